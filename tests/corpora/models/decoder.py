"""16 -> 4x4x1 -> ConvT 16, 32, enlarge by 3, ConvT 16, 1, all 3x3 ReLU -> 28x28x1: 9,569."""

from functools import partial, reduce

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _decoder(filters=(16, 32, 16, 1), start=None, larger=None, end=(), **last):
    """The decoder with names; ``last`` are settings of the last convolution."""
    relu = {"kernel_size": 3, "activation": "relu"}
    return _chain(
        start or layers.Reshape((4, 4, 1), name="square"),
        layers.Conv2DTranspose(filters[0], name="conv_1", **relu),
        layers.Conv2DTranspose(filters[1], name="conv_2", **relu),
        larger or layers.UpSampling2D(3, name="larger"),
        layers.Conv2DTranspose(filters[2], name="conv_3", **relu),
        layers.Conv2DTranspose(filters[3], **{**relu, "name": "image", **last}),
        *end,
    )


def _chain(*steps):
    code = keras.Input(shape=(16,), name="code")
    return keras.Model(code, reduce(lambda x, step: step(x), steps, code), name="decoder")


def _layers():
    deconv = partial(layers.Conv2DTranspose, kernel_size=3, activation="relu")
    return [
        layers.Reshape((4, 4, 1)),
        deconv(16),
        deconv(32),
        layers.UpSampling2D(3),
        deconv(16),
        deconv(1),
    ]


def reference():
    return _decoder()


def same_sequential():
    return keras.Sequential([keras.Input(shape=(16,)), *_layers()])


def same_sequential_without_input():
    return keras.Sequential(_layers())


def same_added_one_by_one():
    model = keras.Sequential(name="decoder")
    model.add(layers.Input(shape=(16,)))
    for layer in _layers():
        model.add(layer)
    return model


def same_sequential_called_on_codes():
    model = keras.Sequential(_layers())
    model(np.zeros((5, 16), "float32"))
    return model


def same_settings_written_out():
    return _decoder(
        larger=layers.UpSampling2D(size=(3, 3), interpolation="nearest"),
        kernel_size=(3, 3),
        strides=(1, 1),
        padding="valid",
        output_padding=None,
        dilation_rate=1,
        use_bias=True,
    )


def same_reshape_as_operation():
    return _decoder(start=lambda code: ops.reshape(code, (-1, 4, 4, 1)))


def same_reshape_with_a_free_size():
    return _decoder(start=layers.Reshape((4, -1, 1)))


def same_reshape_in_two_steps():
    return _decoder(start=lambda code: layers.Reshape((4, 4, 1))(layers.Reshape((2, 8))(code)))


def same_reshape_and_a_new_axis():
    return _decoder(start=lambda code: ops.expand_dims(layers.Reshape((4, 4))(code), axis=-1))


def same_reshape_and_an_index():
    return _decoder(start=lambda code: ops.reshape(code, (-1, 4, 4))[..., None])


def same_upsampling_in_two_axes():
    return _decoder(
        larger=lambda x: layers.UpSampling2D((1, 3))(layers.UpSampling2D((3, 1))(x)),
    )


def same_upsampling_as_repeat():
    return _decoder(larger=lambda x: ops.repeat(ops.repeat(x, 3, axis=1), 3, axis=2))


def same_upsampling_as_resizing():
    return _decoder(larger=layers.Resizing(24, 24, interpolation="nearest"))


def same_upsampling_as_resize():
    return _decoder(larger=lambda x: ops.image.resize(x, (24, 24), interpolation="nearest"))


def same_activation_layers():
    return _chain(
        layers.Reshape(target_shape=(4, 4, 1)),
        layers.Conv2DTranspose(16, 3),
        layers.ReLU(),
        layers.Convolution2DTranspose(32, 3),
        ops.relu,
        layers.UpSampling2D(size=3),
        layers.Conv2DTranspose(16, 3, activation=lambda x: ops.relu(x)),
        layers.Conv2DTranspose(1, 3, activation=None),
        layers.Activation(keras.activations.relu),
    )


def same_with_layers_that_do_nothing():
    return _decoder(end=(layers.Identity(), layers.Reshape((28, 28, 1)), layers.Dropout(0.0)))


def same_image_cropped_by_nothing():
    return _decoder(end=(layers.Cropping2D(0),))


def same_flattened_code():
    return _decoder(start=lambda code: layers.Reshape((4, 4, 1))(layers.Flatten()(code)))


def same_stages_as_models():
    stages = _layers()
    return keras.Sequential([keras.Sequential(stages[:3]), keras.Sequential(stages[3:])])


def same_helper():
    def two(x, *filters):
        for number in filters:
            x = layers.Conv2DTranspose(number, (3, 3), activation=keras.activations.relu)(x)
        return x

    code = keras.Input((16,))
    x = two(layers.Reshape([4, 4, 1])(code), 16, 32)
    return keras.Model(code, two(layers.UpSampling2D([3, 3])(x), 16, 1))


class DeconvBlock(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.first = layers.Conv2DTranspose(filters[0], 3)
        self.second = layers.Conv2DTranspose(filters[1], 3)
        self.relu = layers.ReLU()

    def call(self, x):
        return self.relu(self.second(self.relu(self.first(x))))

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


def _blocks():
    return _chain(
        layers.Reshape((4, 4, 1)),
        DeconvBlock([16, 32]),
        layers.UpSampling2D(3),
        DeconvBlock([16, 1]),
    )


def same_blocks():
    return _blocks()


def same_blocks_reloaded():
    return reloaded(_blocks(), DeconvBlock=DeconvBlock)


class Decoder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.image = layers.Conv2DTranspose(1, 3, activation="relu")
        self.convs = [layers.Conv2DTranspose(n, 3, activation="relu") for n in (16, 32, 16)]
        self.larger = layers.UpSampling2D(3)

    def call(self, code, training=None):
        x = ops.reshape(code, (-1, 4, 4, 1))
        x = self.convs[1](self.convs[0](x))
        return self.image(self.convs[2](self.larger(x)))


def same_subclassed():
    return Decoder()


def same_subclassed_and_called():
    model = Decoder()
    model(np.zeros((1, 16), "float32"))
    return model


class _BySize(Decoder):
    def call(self, code):
        x = ops.reshape(code, (ops.shape(code)[0], 4, 4, 1))
        x = self.convs[1](self.convs[0](x))
        return self.image(self.convs[2](self.larger(x)))


def same_subclass_that_reads_the_batch_size():
    return _BySize()


def other_sigmoid_image():
    """wrong-activation image"""
    return _decoder(activation="sigmoid")


def other_linear_image():
    """missing-activation image"""
    return _decoder(activation=None)


def other_padding():
    """wrong-setting image"""
    return _decoder(padding="same")


def other_filters():
    """wrong-setting conv_2"""
    return _decoder(filters=(16, 16, 16, 1))


def other_three_colours():
    """wrong-setting image"""
    return _decoder(filters=(16, 32, 16, 3))


def other_enlarged_less():
    """wrong-setting twice"""
    return _decoder(larger=layers.UpSampling2D(2, name="twice"))


def other_bilinear():
    """wrong-setting smooth"""
    return _decoder(larger=layers.UpSampling2D(3, interpolation="bilinear", name="smooth"))


def other_strides_instead_of_upsampling():
    """replaced-layer strided"""
    return _decoder(larger=layers.Conv2DTranspose(32, 3, strides=3, name="strided"))


def other_pool_instead_of_upsampling():
    """replaced-layer pool"""
    return _decoder(larger=layers.MaxPooling2D(3, name="pool"))


def other_square():
    """wrong-setting square"""
    return _decoder(start=layers.Reshape((2, 8, 1), name="square"))


def other_code_as_channels():
    """wrong-setting square"""
    return _decoder(start=layers.Reshape((1, 1, 16), name="square"))


def other_square_transposed():
    """surplus-layer"""
    return _decoder(
        start=lambda code: layers.Permute((2, 1, 3))(layers.Reshape((4, 4, 1))(code)),
    )


def other_dense_first():
    """surplus-layer dense"""
    return _decoder(
        start=lambda code: layers.Reshape((4, 4, 1))(layers.Dense(16, name="dense")(code))
    )


def other_plain_convolution():
    """replaced-layer conv"""
    steps = _layers()
    steps[1] = layers.Conv2D(16, 3, padding="same", activation="relu", name="conv")
    return _chain(*steps)


def other_cropped():
    """surplus-layer crop"""
    return _decoder(end=(layers.Cropping2D(2, name="crop"),))


def other_upsampling_first():
    """wrong-order larger"""
    deconv = partial(layers.Conv2DTranspose, kernel_size=3, activation="relu")
    square, larger = layers.Reshape((4, 4, 1)), layers.UpSampling2D(3, name="larger")
    return _chain(square, larger, deconv(16), deconv(32), deconv(16), deconv(1))
