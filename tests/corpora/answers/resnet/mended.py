"""A convolution, a normalised residual block with its sum in the right place, a classifier."""

import keras
from keras import layers, ops


def _conv(filters=16, activation=None, **more):
    return layers.Conv2D(filters, 3, padding="same", activation=activation, **more)


def _norm_relu(x):
    return layers.ReLU()(layers.BatchNormalization()(x))


def _block(x, join=layers.add, relu=ops.relu, inside=_norm_relu, norm=layers.BatchNormalization):
    y = inside(_conv()(x))
    y = norm()(_conv()(y))
    return relu(join([x, y]))


def _end(x, pool=layers.GlobalAveragePooling2D, rate=0.5, units=5, last="softmax"):
    x = layers.Dropout(rate, name="drop")(pool()(x))
    return layers.Dense(units, activation=last, name="kind")(x)


def _functional(block=_block, end=_end, start=lambda x: _conv(activation="relu")(x)):
    photo = keras.Input(shape=(16, 16, 3), name="photo")
    return keras.Model(photo, end(block(start(photo))))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.kind = layers.Dense(5, activation="softmax")
        self.drop = layers.Dropout(0.5)
        self.norms = [layers.BatchNormalization(), layers.BatchNormalization()]
        self.convs = [_conv(), _conv()]
        self.start = _conv(activation="relu")

    def call(self, x, training=None):
        x = self.start(x)
        y = ops.relu(self.norms[0](self.convs[0](x), training=training))
        y = self.norms[1](self.convs[1](y), training=training)
        x = ops.mean(ops.relu(x + y), axis=(1, 2))
        return self.kind(self.drop(x, training=training))


class Residual(layers.Layer):
    def __init__(self):
        super().__init__()
        self.first, self.second = _conv(), _conv()
        self.first_norm, self.second_norm = (layers.BatchNormalization() for _each in range(2))

    def call(self, x):
        y = ops.relu(self.first_norm(self.first(x)))
        return ops.relu(self.second_norm(self.second(y)) + x)


def right_draft_mended():
    photo = keras.Input(shape=(16, 16, 3), name="photo")
    start = layers.Conv2D(16, 3, padding="same", activation="relu")(photo)
    y = layers.Conv2D(16, 3, padding="same")(start)
    y = layers.BatchNormalization()(y)
    inside = layers.ReLU()(y)
    y = layers.Conv2D(16, 3, padding="same")(inside)
    y = layers.BatchNormalization()(y)
    y = layers.add([start, y])
    y = layers.ReLU()(y)
    y = layers.GlobalAveragePooling2D()(y)
    y = layers.Dropout(0.5)(y)
    return keras.Model(photo, layers.Dense(5, activation="softmax")(y))


def right_plus():
    return _functional(lambda x: _block(x, join=lambda parts: parts[0] + parts[1]))


def right_plus_the_other_way():
    return _functional(lambda x: _block(x, join=lambda parts: parts[1] + parts[0]))


def right_add_layer():
    return _functional(lambda x: _block(x, join=layers.Add()))


def right_relu_layer():
    return _functional(lambda x: _block(x, relu=layers.ReLU()))


def right_activation_layer():
    return _functional(lambda x: _block(x, relu=layers.Activation("relu")))


def right_relu_as_an_operation_inside():
    return _functional(
        lambda x: _block(x, inside=lambda y: ops.relu(layers.BatchNormalization()(y)))
    )


def right_pool_as_a_mean():
    return _functional(end=lambda x: _end(ops.mean(x, axis=(1, 2)), pool=layers.Identity))


def right_pool_by_its_other_name():
    return _functional(end=lambda x: _end(x, pool=layers.GlobalAvgPool2D))


def right_softmax_as_a_layer():
    return _functional(end=lambda x: layers.Softmax()(_end(x, last=None)))


def right_start_with_a_relu_layer():
    return _functional(start=lambda x: layers.ReLU()(_conv()(x)))


def right_subclass():
    return Net()


def right_subclass_in_a_graph():
    photo = keras.Input((16, 16, 3))
    return keras.Model(photo, Net()(photo))


def right_layer_of_mine_in_a_stack():
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            _conv(activation="relu"),
            Residual(),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(5, activation="softmax"),
        ]
    )


def right_seed_and_names():
    return _functional(
        end=lambda x: layers.Dense(5, "softmax", name="answer")(
            layers.Dropout(rate=0.5, seed=3)(layers.GlobalAveragePooling2D(name="mean")(x))
        )
    )


def _draft(outer=False, join=layers.multiply, relu_first=True):
    def block(x):
        inside = _norm_relu(_conv()(x))
        y = layers.BatchNormalization(name="norm_2")(_conv()(inside))
        y = layers.ReLU(name="relu_2")(y) if relu_first else y
        y = join([x if outer else inside, y])
        return y if relu_first else layers.ReLU(name="relu_2")(y)

    return _functional(block)


def wrong_shortcut_from_inside():
    "The shortcut starts inside the block, after its first convolution."
    return _draft(join=layers.add, relu_first=False)


def wrong_multiplied():
    "The branches are multiplied. A residual block adds"
    return _draft(outer=True, relu_first=False)


def wrong_relu_before_the_sum():
    "The last ReLU of the block stands before the sum. It belongs after it."
    return _draft(outer=True, join=layers.add)


def wrong_flattened():
    "Flatten keeps the place of every pixel. An average over the whole image is asked for."
    return _functional(end=lambda x: _end(x, pool=layers.Flatten))


def wrong_maximum():
    "GlobalMaxPooling2D keeps the largest value of each channel. An average is asked for."
    return _functional(end=lambda x: _end(x, pool=layers.GlobalMaxPooling2D))


def wrong_draft_as_given():
    "This is still the draft: none of its three mistakes is mended."
    return _draft()


def wrong_multiplied_and_relu_before():
    "The branches are multiplied. A residual block adds"
    return _draft(outer=True)


def wrong_relu_before_and_after():
    "applies relu, but no activation is asked for here."

    def block(x):
        y = _norm_relu(_conv()(_norm_relu(_conv()(x))))
        return ops.relu(x + y)

    return _functional(block)


def wrong_no_last_relu():
    "has no activation; relu is asked for."
    return _functional(lambda x: _block(x, relu=lambda y: y))


def wrong_no_second_normalisation():
    "A layer is missing after “conv_2”: BatchNormalization."

    def block(x):
        y = _conv(name="conv_2")(_norm_relu(_conv()(x)))
        return ops.relu(x + y)

    return _functional(block)


def wrong_dropout_rate():
    "“drop”: rate is 0.2, but 0.5 is asked for."
    return _functional(end=lambda x: _end(x, rate=0.2))


def wrong_sigmoid():
    "“kind” uses the sigmoid activation; softmax is asked for."
    return _functional(end=lambda x: _end(x, last="sigmoid"))


def wrong_logits():
    "“kind” is an output and has no activation, so it gives logits; softmax is asked for."
    return _functional(end=lambda x: _end(x, last=None))


def wrong_frozen_normalisation():
    "“norm_2” is frozen (trainable=False), but its weights should be trained."
    return _functional(
        lambda x: _block(x, norm=lambda: layers.BatchNormalization(trainable=False, name="norm_2"))
    )


def wrong_type():
    "A Keras model is expected here, but this is of type type."
    return Residual
