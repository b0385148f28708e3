"""28x28x1 -> Conv 16, 32, pool 3, Conv 32, 16, all 3x3 ReLU -> global max: 18,672 parameters."""

from functools import partial, reduce

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _encoder(filters=(16, 32, 32, 16), pool=None, end=None, between=(), size=28, **first):
    """The encoder with names; ``between`` comes after the first convolution."""
    relu = {"kernel_size": 3, "activation": "relu"}
    first = {**relu, "name": "conv_1", **first}
    steps = [
        layers.Conv2D(filters[0], **first),
        *between,
        layers.Conv2D(filters[1], name="conv_2", **relu),
        pool or layers.MaxPooling2D(3, name="pool"),
        layers.Conv2D(filters[2], name="conv_3", **relu),
        layers.Conv2D(filters[3], name="conv_4", **relu),
        end or layers.GlobalMaxPooling2D(name="code"),
    ]
    return _chain(*steps, size=size)


def _chain(*steps, size=28):
    image = keras.Input(shape=(size, size, 1), name="image")
    return keras.Model(image, reduce(lambda x, step: step(x), steps, image), name="encoder")


def _layers():
    conv = partial(layers.Conv2D, kernel_size=3, activation="relu")
    pool, code = layers.MaxPool2D(3), layers.GlobalMaxPool2D()
    return [conv(16), conv(32), pool, conv(32), conv(16), code]


def reference():
    return _encoder()


def same_sequential():
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *_layers()])


def same_sequential_without_input():
    return keras.Sequential(_layers())


def same_sequential_built():
    model = keras.Sequential(_layers())
    model.build((None, 28, 28, 1))
    return model


def same_sequential_called_on_one_image():
    model = keras.Sequential(_layers())
    model(np.zeros((1, 28, 28, 1), "float32"))
    return model


def same_settings_written_out():
    conv = {
        "kernel_size": (3, 3),
        "strides": (1, 1),
        "padding": "valid",
        "data_format": "channels_last",
        "dilation_rate": (1, 1),
        "groups": 1,
        "use_bias": True,
    }
    return _encoder(
        pool=layers.MaxPooling2D(pool_size=(3, 3), strides=(3, 3), padding="valid"),
        end=layers.GlobalMaxPooling2D(data_format="channels_last", keepdims=False),
        **conv,
    )


def same_stride_of_the_pool_given():
    return _encoder(pool=layers.MaxPooling2D(3, strides=3))


def same_padding_in_capitals():
    return _encoder(padding="VALID", kernel_initializer="he_normal")


def same_pool_as_operation():
    return _encoder(pool=lambda x: ops.max_pool(x, 3))


def same_pool_as_operation_written_out():
    return _encoder(pool=lambda x: ops.max_pool(x, (3, 3), strides=(3, 3), padding="valid"))


def same_end_as_max():
    return _encoder(end=lambda x: ops.max(x, axis=(1, 2)))


def same_end_as_max_from_the_end():
    return _encoder(end=lambda x: ops.amax(x, axis=[-3, -2]))


def same_end_as_two_maxima():
    return _encoder(end=lambda x: ops.max(ops.max(x, axis=1), axis=1))


def same_end_as_max_that_keeps_axes():
    return _encoder(end=lambda x: ops.squeeze(ops.max(x, axis=(1, 2), keepdims=True), axis=(1, 2)))


def same_end_kept_and_flattened():
    return _encoder(end=lambda x: layers.Flatten()(layers.GlobalMaxPooling2D(keepdims=True)(x)))


def same_end_kept_and_reshaped():
    return _encoder(end=lambda x: ops.reshape(layers.GlobalMaxPool2D(keepdims=True)(x), (-1, 16)))


def same_end_as_pool_of_the_whole_image():
    return _encoder(end=lambda x: layers.Flatten()(layers.MaxPooling2D((4, 4))(x)))


def same_end_over_places():
    return _encoder(end=lambda x: layers.GlobalMaxPooling1D()(layers.Reshape((-1, 16))(x)))


def same_code_reshaped_to_what_it_is():
    return _encoder(end=lambda x: layers.Reshape((16,))(layers.GlobalMaxPooling2D()(x)))


def same_activation_layers():
    return _chain(
        layers.Conv2D(16, 3),
        layers.ReLU(),
        layers.Conv2D(32, 3),
        layers.Activation("relu"),
        layers.MaxPooling2D(3),
        layers.Conv2D(32, 3),
        ops.relu,
        layers.Conv2D(16, 3, activation=keras.activations.relu),
        layers.GlobalMaxPooling2D(),
    )


def same_with_layers_that_do_nothing():
    return _encoder(between=(layers.Identity(), layers.Dropout(0), layers.SpatialDropout2D(0.0)))


def same_with_no_padding():
    return _encoder(between=(layers.ZeroPadding2D(0),))


def same_with_no_noise():
    return _encoder(between=(layers.GaussianNoise(0.0),))


def same_two_stages_as_models():
    conv = partial(layers.Conv2D, kernel_size=3, activation="relu")
    stages = [
        keras.Sequential([conv(16), conv(32), layers.MaxPooling2D(3)], name="stage_1"),
        keras.Sequential([conv(32), conv(16), layers.GlobalMaxPooling2D()], name="stage_2"),
    ]
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *stages])


def same_helper():
    def two_convolutions(x, *filters):
        for number in filters:
            x = layers.Conv2D(number, 3)(x)
            x = layers.ReLU()(x)
        return x

    image = keras.Input((28, 28, 1))
    x = layers.MaxPooling2D(3)(two_convolutions(image, 16, 32))
    return keras.Model(image, layers.GlobalMaxPooling2D()(two_convolutions(x, 32, 16)))


class ConvBlock(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.convs = [layers.Conv2D(n, 3, activation="relu") for n in filters]

    def call(self, x):
        for conv in self.convs:
            x = conv(x)
        return x

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


def _blocks():
    return _chain(
        ConvBlock((16, 32)),
        layers.MaxPooling2D(3),
        ConvBlock((32, 16), name="second"),
        layers.GlobalMaxPooling2D(),
    )


def same_blocks():
    return _blocks()


def same_blocks_reloaded():
    return reloaded(_blocks(), ConvBlock=ConvBlock)


class Encoder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.code = layers.GlobalMaxPooling2D()
        self.pool = layers.MaxPooling2D(3)
        self.conv4 = layers.Conv2D(16, 3, activation="relu")
        self.conv3 = layers.Conv2D(32, 3, activation="relu")
        self.conv2 = layers.Conv2D(32, 3, activation="relu")
        self.conv1 = layers.Conv2D(16, 3, activation="relu")

    def call(self, image, training=None):
        x = self.pool(self.conv2(self.conv1(image)))
        return self.code(self.conv4(self.conv3(x)))


def same_subclassed():
    return Encoder()


def same_subclassed_and_called():
    model = Encoder()
    model(ops.zeros((1, 28, 28, 1)))
    return model


def same_subclassed_and_reloaded():
    return reloaded(same_subclassed_and_called(), Encoder=Encoder)


class _Steps(keras.Model):
    def __init__(self):
        super().__init__()
        self.steps = _layers()[:-1]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return ops.max(x, axis=(1, 2))


def same_list_of_steps():
    return _Steps()


def same_cut_out_of_a_classifier():
    model = _encoder()
    classifier = keras.Model(model.input, layers.Dense(10)(model.output))
    return keras.Model(classifier.inputs, classifier.layers[-2].output)


def other_average_at_the_end():
    """replaced-layer mean"""
    return _encoder(end=layers.GlobalAveragePooling2D(name="mean"))


def other_flattened():
    """replaced-layer flat"""
    return _encoder(end=layers.Flatten(name="flat"))


def other_end_over_the_wrong_axes():
    """replaced-layer"""
    return _encoder(end=lambda x: ops.max(x, axis=(2, 3)))


def other_pool_size():
    """wrong-setting halves"""
    return _encoder(pool=layers.MaxPooling2D(2, name="halves"))


def other_pool_stride():
    """wrong-setting overlap"""
    return _encoder(pool=layers.MaxPooling2D(3, strides=1, name="overlap"))


def other_average_pool():
    """replaced-layer mean"""
    return _encoder(pool=layers.AveragePooling2D(3, name="mean"))


def other_padding():
    """wrong-setting conv_1"""
    return _encoder(padding="same")


def other_kernel_size():
    """wrong-setting conv_1"""
    return _encoder(kernel_size=5)


def other_activation_missing():
    """missing-activation conv_1"""
    return _encoder(activation=None)


def other_filters():
    """wrong-setting conv_3"""
    return _encoder(filters=(16, 32, 64, 16))


def other_input():
    """wrong-input-shape image"""
    return _encoder(size=32)


def other_normalised():
    """surplus-layer norm"""
    return _encoder(between=(layers.BatchNormalization(name="norm"),))


def other_pool_too_early():
    """wrong-order pool"""
    conv = partial(layers.Conv2D, kernel_size=3, activation="relu")
    pool, end = layers.MaxPooling2D(3, name="pool"), layers.GlobalMaxPooling2D()
    return _chain(conv(16), pool, conv(32), conv(32), conv(16), end)


def other_separable():
    """replaced-layer conv_1"""
    conv = partial(layers.Conv2D, kernel_size=3, activation="relu")
    first = layers.SeparableConv2D(16, 3, activation="relu", name="conv_1")
    pool, end = layers.MaxPooling2D(3), layers.GlobalMaxPooling2D()
    return _chain(first, conv(32), pool, conv(32), conv(16), end)


def other_no_end():
    """missing-layer"""
    return _encoder(end=layers.Identity())


def other_frozen():
    """frozen conv_1"""
    return _encoder(trainable=False)
