"""The encoder and the decoder in one graph: 28x28x1 -> 16 -> 28x28x1, 28,241 parameters."""

from functools import partial, reduce

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded

_conv = partial(layers.Conv2D, kernel_size=3, activation="relu")
_deconv = partial(layers.Conv2DTranspose, kernel_size=3, activation="relu")


def _encoding():
    return [
        _conv(16, name="conv_1"),
        _conv(32, name="conv_2"),
        layers.MaxPooling2D(3, name="pool"),
        _conv(32, name="conv_3"),
        _conv(16, name="conv_4"),
        layers.GlobalMaxPooling2D(name="code"),
    ]


def _decoding():
    return [
        layers.Reshape((4, 4, 1), name="square"),
        _deconv(16, name="deconv_1"),
        _deconv(32, name="deconv_2"),
        layers.UpSampling2D(3, name="larger"),
        _deconv(16, name="deconv_3"),
        _deconv(1, name="image"),
    ]


def _chain(*steps, shape=(28, 28, 1), name=None):
    inputs = keras.Input(shape=shape)
    return keras.Model(inputs, reduce(lambda x, step: step(x), steps, inputs), name=name)


def _changed(name, *instead):
    """The autoencoder with other layers in place of one."""
    steps = []
    for step in (*_encoding(), *_decoding()):
        steps += instead if step.name == name else [step]
    return _chain(*steps)


def _encoder():
    return _chain(*_encoding(), name="encoder")


def _decoder():
    return _chain(*_decoding(), shape=(16,), name="decoder")


def reference():
    return _chain(*_encoding(), *_decoding())


def same_encoder_and_decoder_in_a_chain():
    image = keras.Input(shape=(28, 28, 1), name="img")
    encoded = _encoder()(image)
    return keras.Model(image, _decoder()(encoded), name="autoencoder")


def same_sequential_of_both():
    return keras.Sequential([_encoder(), _decoder()])


def same_sequential_of_both_with_input():
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), _encoder(), _decoder()])


def same_one_long_sequential():
    return keras.Sequential([keras.Input((28, 28, 1)), *_encoding(), *_decoding()])


def same_decoder_on_the_output_of_the_encoder():
    encoder, decoder = _encoder(), _decoder()
    return keras.Model(encoder.input, decoder(encoder.output))


def same_two_models_in_one_graph():
    image = keras.Input(shape=(28, 28, 1))
    code = reduce(lambda x, step: step(x), _encoding(), image)
    encoder = keras.Model(image, code, name="encoder")
    decoded = reduce(lambda x, step: step(x), _decoding(), encoder.output)
    return keras.Model(encoder.input, decoded, name="autoencoder")


def same_sequential_encoder_and_decoder():
    encoder, decoder = keras.Sequential(_encoding()), keras.Sequential(_decoding())
    image = keras.Input(shape=(28, 28, 1))
    return keras.Model(image, decoder(encoder(image)))


def same_layers_of_two_models():
    image = x = keras.Input(shape=(28, 28, 1))
    for layer in (*_encoder().layers, *_decoder().layers):
        if not isinstance(layer, layers.InputLayer):
            x = layer(x)
    return keras.Model(image, x)


def same_cut_out_of_a_model_with_two_outputs():
    image = keras.Input(shape=(28, 28, 1))
    code = _encoder()(image)
    both = keras.Model(image, {"code": code, "image": _decoder()(code)})
    return keras.Model(both.inputs, both.output["image"])


def same_activations_apart():
    def conv(kind, filters):
        return keras.Sequential([kind(filters, (3, 3)), layers.ReLU()])

    down, up = partial(conv, layers.Conv2D), partial(conv, layers.Conv2DTranspose)
    return _chain(
        *(down(16), down(32), layers.MaxPool2D(3), down(32), down(16), layers.GlobalMaxPool2D()),
        *(layers.Reshape((4, 4, 1)), up(16), up(32), layers.UpSampling2D(3), up(16), up(1)),
    )


def same_activations_as_functions():
    conv, deconv = partial(layers.Conv2D, kernel_size=3), layers.Conv2DTranspose
    image = keras.Input(shape=(28, 28, 1))
    x = ops.relu(conv(32)(ops.relu(conv(16)(image))))
    x = layers.MaxPooling2D((3, 3))(x)
    x = conv(16, activation=ops.relu)(conv(32, activation=keras.activations.relu)(x))
    x = ops.reshape(layers.GlobalMaxPooling2D()(x), (-1, 4, 4, 1))
    x = deconv(32, 3, activation=lambda y: ops.relu(y))(layers.ReLU()(deconv(16, 3)(x)))
    x = ops.relu(deconv(16, 3)(layers.UpSampling2D((3, 3))(x)))
    return keras.Model(image, layers.Activation("relu")(deconv(1, 3)(x)))


def same_code_as_max():
    return _changed("code", lambda x: ops.max(x, axis=(1, 2)))


def same_code_kept_as_an_image():
    return _changed("code", layers.GlobalMaxPooling2D(keepdims=True))


def same_code_without_its_place():
    return _changed("square", layers.Identity(), layers.Reshape((16,)), layers.Reshape((4, 4, 1)))


def same_with_layers_that_do_nothing():
    return _changed(
        "code", layers.Dropout(0), layers.GlobalMaxPooling2D(), layers.Activation("linear")
    )


class Autoencoder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.decoder = keras.Sequential(_decoding())
        self.encoder = keras.Sequential(_encoding())

    def call(self, image):
        return self.decoder(self.encoder(image))


def same_subclassed():
    return Autoencoder()


def same_subclassed_and_called():
    model = Autoencoder()
    model(np.zeros((1, 28, 28, 1), "float32"))
    return model


def same_subclassed_called_on_a_batch():
    model = Autoencoder()
    model.predict(np.zeros((2, 28, 28, 1), "float32"), verbose=0)
    return model


def same_subclassed_and_reloaded():
    return reloaded(same_subclassed_and_called(), Autoencoder=Autoencoder)


class Encoder(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.steps = _encoding()

    def call(self, x):
        return reduce(lambda value, step: step(value), self.steps, x)


class Decoder(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.steps = {step.name: step for step in _decoding()}

    def call(self, x, training=None):
        for step in self.steps.values():
            x = step(x)
        return x


def same_custom_layers():
    return keras.Sequential([keras.Input((28, 28, 1)), Encoder(), Decoder()])


def same_custom_layers_reloaded():
    return reloaded(same_custom_layers(), Encoder=Encoder, Decoder=Decoder)


class _OfModels(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def call(self, x, training=False):
        return self.decoder(self.encoder(x, training=training), training=training)


def same_subclass_of_two_models():
    return _OfModels(_encoder(), _decoder())


def same_subclass_of_two_subclasses():
    class Half(keras.Model):
        def __init__(self, steps):
            super().__init__()
            self.steps = steps

        def call(self, x):
            for step in self.steps:
                x = step(x)
            return x

    return _OfModels(Half(_encoding()), Half(_decoding()))


def same_reloaded_halves():
    encoder, decoder = reloaded(_encoder()), reloaded(_decoder())
    return keras.Model(encoder.inputs, decoder(encoder.outputs[0]))


def same_decoder_frozen_for_a_while():
    encoder, decoder = _encoder(), _decoder()
    decoder.trainable = False
    model = keras.Sequential([encoder, decoder])
    decoder.trainable = True
    return model


def other_decoder_frozen():
    """frozen deconv_1"""
    decoder = _decoder()
    decoder.trainable = False
    return keras.Sequential([_encoder(), decoder])


def other_encoder_alone():
    """missing-layer"""
    return _encoder()


def other_both_outputs():
    """output-count"""
    image = keras.Input(shape=(28, 28, 1))
    code = _encoder()(image)
    return keras.Model(image, [code, _decoder()(code)])


def other_decoder_first():
    """wrong-input-shape"""
    code = keras.Input(shape=(16,))
    return keras.Model(code, _encoder()(_decoder()(code)))


def other_there_and_back_twice():
    """surplus-layer"""
    image = keras.Input(shape=(28, 28, 1))
    model = same_sequential_of_both()
    return keras.Model(image, model(model(image)))


def other_sigmoid_image():
    """wrong-activation image"""
    return _changed("image", _deconv(1, activation="sigmoid", name="image"))


def other_average_code():
    """replaced-layer code"""
    return _changed("code", layers.GlobalAveragePooling2D(name="code"))


def other_dense_code():
    """surplus-layer dense"""
    return _changed("code", layers.GlobalMaxPooling2D(), layers.Dense(16, name="dense"))


def other_noise():
    """surplus-layer noise"""
    return _changed("conv_1", layers.GaussianNoise(0.1, name="noise"), _conv(16))


def other_dropout_on_the_code():
    """surplus-layer drop"""
    return _changed("code", layers.GlobalMaxPooling2D(), layers.Dropout(0.2, name="drop"))


def other_pool():
    """wrong-setting halves"""
    return _changed("pool", layers.MaxPooling2D(2, name="halves"))


def other_padding():
    """wrong-setting padded"""
    return _changed("deconv_3", _deconv(16, padding="same", name="padded"))


def other_no_code():
    """surplus-layer"""
    return _changed("code", layers.Flatten(), layers.Dense(16))


def other_convolutions_in_the_decoder():
    """replaced-layer conv"""
    return _changed("deconv_2", layers.Conv2D(32, 3, activation="relu", name="conv"))


class Residual(Autoencoder):
    def call(self, image):
        return image + self.decoder(self.encoder(image))


def other_image_added():
    """surplus-layer"""
    return Residual()
