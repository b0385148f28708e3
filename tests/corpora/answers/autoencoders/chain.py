"""A decoder for the given encoder, and the autoencoder that calls both: 12 x 12 -> 9 -> 12 x 12."""

import keras
import numpy as np
from keras import layers, ops


def _encoder():
    """The given model, new for each answer."""
    heat = keras.Input(shape=(12, 12, 1), name="heat")
    spots = layers.Conv2D(8, 3, activation="relu", name="spots")(heat)
    halved = layers.MaxPooling2D(2, name="halved")(spots)
    flat = layers.Flatten(name="flat")(halved)
    code = layers.Dense(9, activation="relu", name="heat_code")(flat)
    return keras.Model(heat, code, name="thermal_encoder")


def _steps(hidden="relu", last="sigmoid", kind=layers.Conv2DTranspose, filters=8, **more):
    return [
        layers.Reshape((3, 3, 1)),
        kind(filters, 3, activation=hidden, **more),
        layers.UpSampling2D(2),
        kind(1, 3, activation=last, **more),
    ]


def _walk(tensor, steps):
    for step in steps:
        tensor = step(tensor)
    return tensor


def _decoder(steps=None):
    numbers = keras.Input((9,))
    return keras.Model(numbers, _walk(numbers, steps or _steps()))


def _answer(decoder=None, within=None, instead=None):
    """The given encoder, a decoder, and both in a chain (or others in their place)."""
    encoder, decoder = _encoder(), decoder or _decoder()
    camera = keras.Input((12, 12, 1))
    code = (instead or encoder)(camera)
    return encoder, decoder, keras.Model(camera, (within or decoder)(code))


class _Decoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.reshape, self.first, self.larger, self.last = _steps()

    def call(self, numbers):
        return self.last(self.larger(self.first(self.reshape(numbers))))


class _Autoencoder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.decoder, self.encoder = decoder, encoder

    def call(self, picture):
        return self.decoder(self.encoder(picture))


def right_called_in_a_chain():
    return _answer()


def right_as_in_the_lesson():
    encoder = _encoder()
    numbers = keras.Input(shape=(9,), name="numbers")
    x = layers.Reshape((3, 3, 1))(numbers)
    x = layers.Conv2DTranspose(8, 3, activation="relu")(x)
    x = layers.UpSampling2D(2)(x)
    x = layers.Conv2DTranspose(1, 3, activation="sigmoid")(x)
    decoder = keras.Model(inputs=numbers, outputs=x, name="thermal_decoder")
    camera = keras.Input(shape=(12, 12, 1))
    return encoder, decoder, keras.Model(inputs=camera, outputs=decoder(encoder(camera)))


def right_stack_of_both():
    encoder, decoder, _chain = _answer()
    return encoder, decoder, keras.Sequential([encoder, decoder])


def right_stack_of_both_with_input():
    encoder, decoder, _chain = _answer()
    return encoder, decoder, keras.Sequential([keras.Input((12, 12, 1)), encoder, decoder])


def right_decoder_as_a_stack():
    return _answer(keras.Sequential([keras.Input((9,)), *_steps()]))


def right_decoder_stack_without_input():
    return _answer(keras.Sequential(_steps()))


def right_decoder_on_the_output_of_the_encoder():
    encoder, decoder = _encoder(), _decoder()
    return encoder, decoder, keras.Model(encoder.input, decoder(encoder.output))


def right_layers_of_both_on_one_graph():
    encoder, decoder = _encoder(), _decoder()
    found = [*encoder.layers[1:], *decoder.layers[1:]]
    camera = keras.Input((12, 12, 1))
    return encoder, decoder, keras.Model(camera, _walk(camera, found))


def right_decoder_cut_out_of_the_graph():
    encoder = _encoder()
    picture = _walk(encoder.output, _steps())
    decoder = keras.Model(encoder.output, picture)
    return encoder, decoder, keras.Model(encoder.input, picture)


def right_subclassed_autoencoder():
    encoder, decoder, _chain = _answer()
    return encoder, decoder, _Autoencoder(encoder, decoder)


def right_subclassed_decoder():
    return _answer(_Decoder())


def right_subclasses_called():
    encoder, decoder = _encoder(), _Decoder()
    whole = _Autoencoder(encoder, decoder)
    whole(np.zeros((1, 12, 12, 1), "float32"))
    return encoder, decoder, whole


def right_activations_as_layers():
    square, first, larger, last = _steps(hidden=None, last=None)
    steps = [square, first, layers.ReLU(), larger, last, layers.Activation("sigmoid")]
    return _answer(_decoder(steps))


def right_activations_as_functions():
    square, first, larger, last = _steps(hidden=None, last=None)
    numbers = keras.Input((9,))
    maps = larger(ops.relu(first(square(numbers))))
    return _answer(keras.Model(numbers, keras.activations.sigmoid(last(maps))))


def right_pairs_for_sizes():
    return _answer(
        _decoder(
            [
                layers.Reshape(target_shape=(3, 3, 1)),
                layers.Conv2DTranspose(filters=8, kernel_size=(3, 3), activation="relu"),
                layers.UpSampling2D(size=(2, 2)),
                layers.Convolution2DTranspose(1, (3, 3), activation=ops.sigmoid),
            ]
        )
    )


def right_padding_spelled_out():
    return _answer(_decoder(_steps(padding="valid", strides=1)))


def right_reshape_by_ops():
    steps = _steps()[1:]
    numbers = keras.Input((9,))
    square = ops.reshape(numbers, (-1, 3, 3, 1))
    return _answer(keras.Model(numbers, _walk(square, steps)))


def right_trained():
    encoder, decoder, whole = _answer()
    whole.compile("adam", "mse")
    pictures = np.ones((4, 12, 12, 1), "float32")
    whole.fit(pictures, pictures, verbose=0)
    return encoder, decoder, whole


def wrong_encoder_of_its_own():
    """Your autoencoder has an encoder of its own. Call “thermal_encoder” itself"""
    return _answer(instead=_encoder())


def wrong_cloned_encoder():
    """Your autoencoder has an encoder of its own. Call “thermal_encoder” itself"""
    return _answer(instead=keras.models.clone_model(_encoder()))


def wrong_decoder_of_its_own():
    """Your autoencoder has a decoder of its own. Call “thermal_decoder” itself"""
    return _answer(within=_decoder())


def wrong_decoder_stack_of_its_own():
    """Your autoencoder has a decoder of its own. Call “thermal_decoder” itself"""
    return _answer(within=keras.Sequential(_steps()))


def wrong_convolutions():
    """Conv2D never makes a picture larger; going back takes Conv2DTranspose, which does."""
    return _answer(_decoder(_steps(kind=layers.Conv2D, padding="same")))


def wrong_upsampling_last():
    """Upsampling comes between the two transposed convolutions, not after them."""
    square, first, larger, last = _steps()
    return _answer(_decoder([square, first, last, larger]))


def wrong_relu_at_the_end():
    """ReLU lets pixels rise above 1."""
    return _answer(_decoder(_steps(last="relu")))


def wrong_no_relu():
    """The first transposed convolution has a ReLU in what is asked for."""
    return _answer(_decoder(_steps(hidden=None)))


def wrong_number_of_filters():
    """filters is 16, but 8 is asked for."""
    return _answer(_decoder(_steps(filters=16)))


def wrong_factor():
    """size is (3, 3), but (2, 2) is asked for."""
    square, first, _larger, last = _steps()
    return _answer(_decoder([square, first, layers.UpSampling2D(3), last]))


def wrong_padding():
    """padding is same, but valid is asked for."""
    return _answer(_decoder(_steps(padding="same")))


def wrong_smooth_upsampling():
    """interpolation is bilinear, but nearest is asked for."""
    square, first, _larger, last = _steps()
    smooth = layers.UpSampling2D(2, interpolation="bilinear")
    return _answer(_decoder([square, first, smooth, last]))


def wrong_no_activation_at_the_end():
    """is an output and has no activation, so it gives logits; sigmoid is asked for."""
    return _answer(_decoder(_steps(last=None)))


def wrong_encoder_frozen():
    """“heat_code” is frozen (trainable=False), but its weights should be trained."""
    encoder, decoder, whole = _answer()
    encoder.trainable = False
    return encoder, decoder, whole


def wrong_order_of_the_models():
    """has shape (12, 12, 1), but (9,) is asked for."""
    encoder, decoder, whole = _answer()
    return encoder, whole, decoder


def wrong_encoder_alone():
    """has shape (9,), but (12, 12, 1) is asked for."""
    encoder, decoder, _whole = _answer()
    return encoder, decoder, encoder
