"""Three ordinary blocks, one that shrinks, an average and a softmax."""

import keras
from keras import layers, ops


def _conv(filters=8, size=3, strides=1, activation="relu", **more):
    more = {"padding": "same", **more}
    return layers.Conv2D(filters, size, strides=strides, activation=activation, **more)


def _plain(x, join=layers.add, second="relu"):
    return join([x, _conv(activation=second)(_conv()(x))])


def _shrink(x, filters=16, join=layers.add, second="relu", shortcut=None):
    y = _conv(filters, activation=second)(_conv(filters, strides=2)(x))
    shortcut = shortcut or _conv(filters, 1, 2, None)
    return join([shortcut(x), y])


def _end(x, pool=layers.GlobalAveragePooling2D, last="softmax", units=4):
    return layers.Dense(units, activation=last, name="kind")(pool()(x))


def _functional(plain=_plain, shrink=_shrink, end=_end, blocks=3, start=8):
    picture = keras.Input(shape=(16, 16, 3), name="picture")
    x = _conv(start, name="start")(picture)
    for _number in range(blocks):
        x = plain(x)
    return keras.Model(picture, end(shrink(x)))


class Block(layers.Layer):
    def __init__(self, filters, strides=1):
        super().__init__()
        self.project = strides != 1
        if self.project:
            self.projection = _conv(filters, 1, strides, None)
        self.second = _conv(filters)
        self.first = _conv(filters, strides=strides)

    def call(self, x):
        y = self.second(self.first(x))
        return y + (self.projection(x) if self.project else x)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.kind = layers.Dense(4, activation="softmax")
        self.blocks = [Block(8), Block(8), Block(8), Block(16, 2)]
        self.start = _conv()

    def call(self, x):
        x = self.start(x)
        for block in self.blocks:
            x = block(x)
        return self.kind(ops.mean(x, axis=(1, 2)))


def right_as_in_the_lesson():
    def block(x, filters, strides=1):
        y = layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu")(x)
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
        if strides != 1 or filters != x.shape[-1]:
            x = layers.Conv2D(filters, 1, strides=strides, padding="same")(x)
        return layers.add([x, y])

    picture = keras.Input(shape=(16, 16, 3))
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(picture)
    for _number in range(3):
        x = block(x, 8)
    x = layers.GlobalAveragePooling2D()(block(x, 16, strides=2))
    return keras.Model(picture, layers.Dense(4, activation="softmax")(x))


def right_written_out():
    picture = keras.Input(shape=(16, 16, 3))
    x0 = _conv()(picture)
    x1 = layers.add([x0, _conv()(_conv()(x0))])
    x2 = layers.add([x1, _conv()(_conv()(x1))])
    x3 = layers.add([x2, _conv()(_conv()(x2))])
    y = _conv(16)(_conv(16, strides=2)(x3))
    x4 = layers.add([_conv(16, 1, 2, None)(x3), y])
    x = layers.GlobalAveragePooling2D()(x4)
    return keras.Model(picture, layers.Dense(4, activation="softmax")(x))


def right_plus():
    return _functional(plain=lambda x: _plain(x, join=lambda parts: parts[0] + parts[1]))


def right_plus_the_other_way():
    return _functional(plain=lambda x: _plain(x, join=lambda parts: parts[1] + parts[0]))


def right_add_layers():
    return _functional(plain=lambda x: _plain(x, join=layers.Add()))


def right_one_add_layer_for_all():
    add = layers.Add()
    return _functional(lambda x: _plain(x, add), lambda x: _shrink(x, join=add))


def right_sum_of_a_list():
    return _functional(plain=lambda x: _plain(x, join=sum))


def right_relus_as_operations():
    def plain(x):
        y = ops.relu(_conv(activation=None)(x))
        return x + ops.relu(_conv(activation=None)(y))

    return _functional(plain)


def right_relus_as_layers():
    def plain(x):
        y = layers.ReLU()(_conv(activation=None)(x))
        return layers.add([x, layers.Activation("relu")(_conv(activation=None)(y))])

    return _functional(plain)


def right_subclass():
    return Net()


def right_subclass_in_a_graph():
    picture = keras.Input((16, 16, 3))
    return keras.Model(picture, Net()(picture))


def right_stack_of_blocks():
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            _conv(),
            *[Block(8) for _each in range(3)],
            Block(16, 2),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4, activation="softmax"),
        ]
    )


def right_blocks_as_models():
    def plain(x):
        maps = keras.Input((16, 16, 8))
        return keras.Model(maps, _plain(maps))(x)

    return _functional(plain)


def right_projection_without_padding():
    return _functional(shrink=lambda x: _shrink(x, shortcut=_conv(16, 1, 2, None, padding="valid")))


def right_softmax_as_an_operation():
    return _functional(end=lambda x: ops.softmax(_end(x, last=None)))


def right_pool_as_a_mean():
    return _functional(end=lambda x: _end(ops.mean(x, axis=[1, 2]), pool=layers.Identity))


def right_he_normal():
    return _functional(
        plain=lambda x: (
            x + _conv(kernel_initializer="he_normal")(_conv(kernel_initializer="he_normal")(x))
        )
    )


def wrong_shared_blocks():
    "The three blocks share their weights: one block is called three times."
    first, second = _conv(), _conv()
    return _functional(plain=lambda x: x + second(first(x)))


def wrong_one_block_three_times():
    "Make new layers for each block."
    return _functional(plain=Block(8))


def wrong_two_blocks():
    "There are two ordinary blocks; three are asked for."
    return _functional(blocks=2)


def wrong_no_shortcuts():
    "The shortcuts are missing: this is a plain stack."
    return _functional(
        lambda x: _plain(x, join=lambda parts: parts[1]),
        lambda x: _conv(16)(_conv(16, strides=2)(x)),
    )


def wrong_flattened():
    "Flatten keeps the place of every pixel. An average over the whole image is asked for."
    return _functional(end=lambda x: _end(x, pool=layers.Flatten))


def wrong_no_second_relu():
    "The second convolution of each block has a ReLU as well, before the sum."
    return _functional(lambda x: _plain(x, second=None), lambda x: _shrink(x, second=None))


def wrong_relu_after_the_last_sum():
    "applies relu, but no activation is asked for here."
    return _functional(shrink=lambda x: ops.relu(_shrink(x)))


def wrong_relu_on_the_projection():
    "“projection” applies relu, but no activation is asked for here."
    return _functional(shrink=lambda x: _shrink(x, shortcut=_conv(16, 1, 2, name="projection")))


def wrong_wide_projection():
    "“projection”: kernel_size is (3, 3), but (1, 1) is asked for."
    return _functional(
        shrink=lambda x: _shrink(x, shortcut=_conv(16, 3, 2, None, name="projection"))
    )


def wrong_maximum():
    "“peak” is of type GlobalMaxPooling2D; GlobalAveragePooling2D is asked for here."
    return _functional(end=lambda x: _end(x, pool=lambda: layers.GlobalMaxPooling2D(name="peak")))


def wrong_start():
    "“start” has no activation; relu is asked for."
    picture = keras.Input(shape=(16, 16, 3))
    x = _conv(activation=None, name="start")(picture)
    for _number in range(3):
        x = _plain(x)
    return keras.Model(picture, _end(_shrink(x)))


def wrong_concatenated_at_the_end():
    "“both” is of type Concatenate; Add is asked for here."
    return _functional(shrink=lambda x: _shrink(x, join=layers.Concatenate(name="both")))


def wrong_sigmoid():
    "“kind” uses the sigmoid activation; softmax is asked for."
    return _functional(end=lambda x: _end(x, last="sigmoid"))


def wrong_units():
    "“kind”: units is 10, but 4 is asked for."
    return _functional(end=lambda x: _end(x, units=10))


def wrong_tensor():
    "A Keras model is expected here, but this is of type KerasTensor."
    return _functional().output
