"""A residual block: two convolutions, the sum with the input, a ReLU."""

import keras
from keras import layers, ops


def _conv(filters=16, size=3, activation=None, **more):
    return layers.Conv2D(filters, size, activation=activation, **{"padding": "same", **more})


def _functional(
    first=lambda x: _conv(activation="relu")(x),
    second=lambda x: _conv()(x),
    join=layers.add,
    last=lambda x: layers.ReLU()(x),
    shape=(8, 8, 16),
):
    maps = keras.Input(shape=shape, name="maps")
    return keras.Model(maps, last(join([maps, second(first(maps))])))


class Block(keras.Model):
    def __init__(self):
        super().__init__()
        self.second = _conv()
        self.first = _conv(activation="relu")

    def call(self, x):
        return ops.relu(x + self.second(self.first(x)))


class Wrapped(layers.Layer):
    """A residual connection around any layer."""

    def __init__(self, inside):
        super().__init__()
        self.inside = inside

    def call(self, x):
        return x + self.inside(x)


def right_as_in_the_lesson():
    maps = keras.Input(shape=(8, 8, 16))
    y = layers.Conv2D(16, 3, padding="same", activation="relu")(maps)
    y = layers.Conv2D(16, 3, padding="same")(y)
    y = layers.add([maps, y])
    return keras.Model(maps, layers.ReLU()(y))


def right_plus():
    return _functional(join=lambda parts: parts[0] + parts[1])


def right_plus_the_other_way():
    return _functional(join=lambda parts: parts[1] + parts[0])


def right_add_layer():
    return _functional(join=layers.Add())


def right_add_operation():
    return _functional(join=lambda parts: ops.add(*parts))


def right_sum_of_a_list():
    return _functional(join=sum)


def right_relus_as_layers():
    return _functional(first=lambda x: layers.Activation("relu")(_conv()(x)))


def right_relus_as_operations():
    return _functional(first=lambda x: ops.relu(_conv()(x)), last=ops.relu)


def right_relu_as_a_function():
    return _functional(last=keras.activations.relu)


def right_keyword_arguments():
    return _functional(
        second=lambda x: layers.Conv2D(
            filters=16, kernel_size=(3, 3), strides=(1, 1), padding="SAME", activation="linear"
        )(x)
    )


def right_he_normal():
    return _functional(second=lambda x: _conv(kernel_initializer="he_normal")(x))


def right_subclass():
    return Block()


def right_subclass_in_a_graph():
    maps = keras.Input((8, 8, 16))
    return keras.Model(maps, Block()(maps))


def right_branch_as_a_stack():
    branch = keras.Sequential([_conv(activation="relu"), _conv()])
    return _functional(first=lambda x: x, second=branch)


def right_stack_around_a_layer_of_mine():
    branch = keras.Sequential([_conv(), layers.ReLU(), _conv()])
    return keras.Sequential([keras.Input((8, 8, 16)), Wrapped(branch), layers.ReLU()])


def right_padding_by_hand():
    return _functional(
        second=lambda x: _conv(padding="valid")(layers.ZeroPadding2D(1)(x)),
    )


def wrong_no_shortcut():
    "There is no shortcut: the input has to be added to what the second convolution gives."
    return _functional(join=lambda parts: parts[1])


def wrong_shortcut_from_inside():
    "The shortcut has to start before the first convolution, at the input of the block."
    maps = keras.Input((8, 8, 16))
    inner = _conv(activation="relu")(maps)
    return keras.Model(maps, ops.relu(inner + _conv()(inner)))


def wrong_relu_before_the_sum():
    "The last ReLU stands before the sum. It is asked for after it."
    return _functional(second=lambda x: _conv(activation="relu")(x), last=lambda x: x)


def wrong_concatenated():
    "Concatenating puts the channels side by side and doubles them. Add the two branches instead."
    return _functional(join=layers.concatenate)


def wrong_no_relu_between():
    "Between the two convolutions, a ReLU is asked for: without it they amount to a single one."
    return _functional(first=lambda x: _conv()(x))


def wrong_relu_on_both():
    "“second” applies relu, but no activation is asked for here."
    return _functional(second=lambda x: _conv(activation="relu", name="second")(x))


def wrong_no_last_relu():
    "“sum” has no activation; relu is asked for."
    return _functional(join=layers.Add(name="sum"), last=lambda x: x)


def wrong_multiplied():
    "“product” is of type Multiply; Add is asked for here."
    return _functional(join=layers.Multiply(name="product"))


def wrong_window():
    "kernel_size is (5, 5), but (3, 3) is asked for."
    return _functional(first=lambda x: _conv(size=5, activation="relu")(x))


def wrong_filters_inside():
    "filters is 32, but 16 is asked for."
    return _functional(first=lambda x: _conv(32, activation="relu")(x))


def wrong_no_biases():
    "use_bias is False, but True is asked for."
    return _functional(second=lambda x: _conv(use_bias=False)(x))


def wrong_one_convolution_twice():
    "is used in several places and shares its weights; separate layers are asked for."
    conv = _conv()
    return _functional(first=lambda x: ops.relu(conv(x)), second=conv)


def wrong_shape():
    "“maps” has shape (16, 16, 16), but (8, 8, 16) is asked for."
    return _functional(shape=(16, 16, 16))


def wrong_function():
    "A Keras model is expected here, but this is of type function."
    return _functional
