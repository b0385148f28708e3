"""A block from 8 x 8 x 16 to 4 x 4 x 32, with a projection on the shortcut."""

import keras
from keras import layers, ops


def _conv(filters=32, size=3, strides=1, activation=None, **more):
    more = {"padding": "same", **more}
    return layers.Conv2D(filters, size, strides=strides, activation=activation, **more)


def _functional(
    first=lambda x: _conv(strides=2, activation="relu")(x),
    second=lambda x: _conv()(x),
    shortcut=lambda x: _conv(size=1, strides=2)(x),
    join=layers.add,
    last=lambda x: layers.ReLU()(x),
):
    maps = keras.Input(shape=(8, 8, 16), name="maps")
    return keras.Model(maps, last(join([shortcut(maps), second(first(maps))])))


class Smaller(keras.Model):
    def __init__(self, filters=32):
        super().__init__()
        self.projection = _conv(filters, 1, 2)
        self.second = _conv(filters)
        self.first = _conv(filters, strides=2)

    def call(self, x):
        y = self.second(ops.relu(self.first(x)))
        return ops.relu(y + self.projection(x))


def right_as_in_the_lesson():
    maps = keras.Input(shape=(8, 8, 16))
    y = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(maps)
    y = layers.Conv2D(32, 3, padding="same")(y)
    shortcut = layers.Conv2D(32, 1, strides=2, padding="same")(maps)
    return keras.Model(maps, layers.ReLU()(layers.add([shortcut, y])))


def right_plus():
    return _functional(join=lambda parts: parts[0] + parts[1])


def right_plus_the_other_way():
    return _functional(join=lambda parts: parts[1] + parts[0])


def right_add_layer():
    return _functional(join=layers.Add(name="sum"))


def right_add_operation():
    return _functional(join=lambda parts: ops.add(*parts))


def right_projection_made_first():
    projection = _conv(size=(1, 1), strides=(2, 2))
    return _functional(shortcut=projection)


def right_projection_without_padding():
    return _functional(shortcut=lambda x: _conv(size=1, strides=2, padding="valid")(x))


def right_relus_as_layers():
    return _functional(first=lambda x: layers.ReLU()(_conv(strides=2)(x)))


def right_relus_as_operations():
    return _functional(first=lambda x: ops.relu(_conv(strides=2)(x)), last=ops.relu)


def right_activation_layers():
    return _functional(last=lambda x: layers.Activation(keras.activations.relu)(x))


def right_subclass():
    return Smaller()


def right_subclass_in_a_graph():
    maps = keras.Input((8, 8, 16))
    return keras.Model(maps, Smaller()(maps))


def right_branches_as_stacks():
    branch = keras.Sequential([_conv(strides=2, activation="relu"), _conv()])
    shortcut = keras.Sequential([_conv(size=1, strides=2)])
    return _functional(first=lambda x: x, second=branch, shortcut=shortcut)


def right_branch_as_a_model():
    maps = keras.Input((8, 8, 16))
    branch = keras.Model(maps, _conv()(_conv(strides=2, activation="relu")(maps)))
    return _functional(first=lambda x: x, second=branch)


def right_he_normal_and_names():
    return _functional(
        shortcut=lambda x: _conv(size=1, strides=2, name="s", kernel_initializer="he_normal")(x)
    )


def wrong_relu_on_the_shortcut():
    "The projection on the shortcut has a ReLU. It should let everything through"
    return _functional(shortcut=lambda x: _conv(size=1, strides=2, activation="relu")(x))


def wrong_wide_projection():
    "The convolution on the shortcut is 3 × 3. A window of 1 × 1 is asked for"
    return _functional(shortcut=lambda x: _conv(strides=2)(x))


def wrong_stride_in_the_second():
    "The stride of 2 belongs to the first convolution of the branch, not to the second."
    return _functional(
        first=lambda x: _conv(activation="relu")(x), second=lambda x: _conv(strides=2)(x)
    )


def wrong_no_last_relu():
    "The ReLU after the sum is missing."
    return _functional(last=lambda x: x)


def wrong_pooled_shortcut():
    """You shrink the shortcut by pooling. A convolution of 1 × 1 with a stride of 2 does it
    on its own."""
    return _functional(shortcut=lambda x: _conv(size=1)(layers.MaxPooling2D(2)(x)))


def wrong_averaged_shortcut():
    "is one layer too many"
    return _functional(shortcut=lambda x: _conv(size=1)(layers.AveragePooling2D(2, name="mean")(x)))


def wrong_no_relu_in_the_branch():
    "“first” has no activation; relu is asked for."
    return _functional(first=lambda x: _conv(strides=2, name="first")(x))


def wrong_relu_on_the_second():
    "“second” applies relu, but no activation is asked for here."
    return _functional(second=lambda x: _conv(activation="relu", name="second")(x))


def wrong_projection_without_bias():
    "“projection”: use_bias is False, but True is asked for."
    return _functional(
        shortcut=lambda x: _conv(size=1, strides=2, use_bias=False, name="projection")(x)
    )


def wrong_concatenated():
    "“both” is of type Concatenate; Add is asked for here."
    return _functional(join=layers.Concatenate(name="both"))


def wrong_projection_from_the_branch():
    "“projection” receives conv2d"
    maps = keras.Input((8, 8, 16), name="maps")
    first = _conv(strides=2, activation="relu")(maps)
    shortcut = _conv(size=1, name="projection")(first)
    return keras.Model(maps, ops.relu(shortcut + _conv()(first)))


def wrong_channels():
    "filters is 64, but 32 is asked for."
    return Smaller(64)


def wrong_no_shortcut():
    "A layer is missing after “maps”: Conv2D."
    maps = keras.Input((8, 8, 16), name="maps")
    y = _conv()(_conv(strides=2, activation="relu")(maps))
    return keras.Model(maps, ops.relu(layers.Add(name="sum")([y, y])))


def wrong_tensor():
    "A Keras model is expected here, but this is of type KerasTensor."
    return _functional().output
