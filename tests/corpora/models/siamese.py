"""One encoder on two images; the Euclidean distance of what it makes of them."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _inputs():
    return keras.Input(shape=(28, 28, 1), name="one"), keras.Input(shape=(28, 28, 1), name="other")


def _encoder(filters=8, activation="relu", pool=layers.MaxPooling2D, code=None, name="encoder"):
    image = keras.Input(shape=(28, 28, 1), name="image")
    x = layers.Conv2D(filters, 3, activation=activation, name="conv")(image)
    x = pool(2, name="pool")(x)
    x = layers.Flatten(name="flat")(x)
    return keras.Model(image, layers.Dense(16, activation=code, name="code")(x), name=name)


class Distance(layers.Layer):
    def call(self, a, b):
        return ops.sqrt(ops.sum(ops.square(a - b), axis=-1, keepdims=True))


def _functional(encoder=_encoder, distance=Distance):
    one, other = _inputs()
    encode = encoder()
    return keras.Model([one, other], distance()(encode(one), encode(other)))


def _by(distance):
    """A model whose distance is a layer made of this function."""

    class Made(layers.Layer):
        def call(self, a, b):
            return distance(a, b)

    return _functional(distance=Made)


def _images():
    return [np.full((2, 28, 28, 1), value, "float32") for value in (0.0, 1.0)]


def reference():
    return _functional()


def same_distance_of_operations():
    return _functional(
        distance=lambda: (
            lambda a, b: ops.sqrt(ops.sum(ops.square(ops.subtract(a, b)), axis=1, keepdims=True))
        )
    )


def same_distance_subtracted_by_a_layer():
    return _by(
        lambda a, b: ops.sqrt(ops.sum(ops.square(layers.subtract([a, b])), axis=-1, keepdims=True))
    )


def same_distance_with_a_power():
    return _by(lambda a, b: ops.sqrt(ops.sum((a - b) ** 2, axis=-1, keepdims=True)))


def same_distance_with_a_power_of_a_half():
    return _by(lambda a, b: ops.sum(ops.power(a - b, 2), axis=-1, keepdims=True) ** 0.5)


def same_distance_with_a_product():
    return _by(lambda a, b: ops.sqrt(ops.sum((a - b) * (a - b), axis=-1, keepdims=True)))


def same_distance_on_axis_1():
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(a - b), axis=1, keepdims=True)))


def same_distance_on_a_list_of_axes():
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(a - b), axis=(-1,), keepdims=True)))


def same_distance_the_other_way_round():
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(b - a), axis=-1, keepdims=True)))


def same_distance_with_its_dimension_added():
    return _by(lambda a, b: ops.expand_dims(ops.sqrt(ops.sum(ops.square(a - b), axis=-1)), -1))


def same_distance_reshaped():
    return _by(lambda a, b: ops.reshape(ops.sqrt(ops.sum(ops.square(a - b), axis=-1)), (-1, 1)))


def same_distance_as_a_norm():
    return _by(lambda a, b: ops.norm(a - b, axis=-1, keepdims=True))


def same_distance_as_a_norm_of_order_2():
    return _by(lambda a, b: ops.norm(ops.subtract(a, b), ord=2, axis=-1, keepdims=True))


class _OfPair(layers.Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, pair):
        a, b = pair
        return ops.sqrt(ops.sum(ops.square(a - b), axis=self.axis, keepdims=True))

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}


def _of_pair():
    return lambda a, b: _OfPair()([a, b])


def same_distance_of_a_pair():
    return _functional(distance=_of_pair)


def same_distance_of_a_pair_reloaded():
    return reloaded(_functional(distance=_of_pair), _OfPair=_OfPair)


def same_distance_as_a_model():
    one, other = keras.Input(shape=(16,)), keras.Input(shape=(16,))
    distance = keras.Model([one, other], Distance()(one, other))
    return _functional(distance=lambda: lambda a, b: distance([a, b]))


def same_encoder_as_sequential():
    return _functional(
        encoder=lambda: keras.Sequential(
            [
                layers.Conv2D(8, (3, 3), activation="relu"),
                layers.MaxPooling2D((2, 2)),
                layers.Flatten(),
                layers.Dense(16),
            ]
        )
    )


def same_encoder_with_reshape():
    return _functional(
        encoder=lambda: keras.Sequential(
            [
                keras.Input(shape=(28, 28, 1)),
                layers.Conv2D(8, kernel_size=3),
                layers.ReLU(),
                layers.MaxPooling2D(pool_size=2, strides=2),
                layers.Reshape((13 * 13 * 8,)),
                layers.Dense(16, activation="linear"),
            ]
        )
    )


def same_encoder_with_a_guessed_size():
    return _functional(
        encoder=lambda: keras.Sequential(
            [
                keras.Input(shape=(28, 28, 1)),
                layers.Conv2D(8, 3),
                layers.Activation("relu"),
                layers.MaxPooling2D(),
                layers.Reshape((-1,)),
                layers.Dense(16),
            ]
        )
    )


def same_shared_layers_without_a_model():
    stack = [layers.Conv2D(8, 3), layers.ReLU(), layers.MaxPooling2D(), layers.Flatten()]
    stack.append(layers.Dense(16))

    def encode(x):
        for layer in stack:
            x = layer(x)
        return x

    return _functional(encoder=lambda: encode)


class Encoder(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.code = layers.Dense(16)
        self.flat = layers.Flatten()
        self.pool = layers.MaxPooling2D(2)
        self.conv = layers.Conv2D(8, 3, activation="relu")

    def call(self, image):
        return self.code(self.flat(self.pool(self.conv(image))))


def same_encoder_as_layer():
    return _functional(encoder=Encoder)


def same_encoder_flattened_by_an_operation():
    class Flat(Encoder):
        def call(self, image):
            x = self.pool(self.conv(image))
            return self.code(ops.reshape(x, (-1, 13 * 13 * 8)))

    return _functional(encoder=Flat)


class _Siamese(keras.Model):
    def __init__(self):
        super().__init__()
        self.distance = Distance()
        self.encoder = Encoder()

    def call(self, inputs):
        one, other = inputs
        return self.distance(self.encoder(one), self.encoder(other))


def same_subclassed():
    return _Siamese()


def same_subclassed_and_called():
    model = _Siamese()
    model(_images())
    return model


class _OfArguments(_Siamese):
    def call(self, one, other):
        codes = [self.encoder(image) for image in (one, other)]
        return self.distance(*codes)


def same_subclass_of_two_arguments():
    return _OfArguments()


def other_two_encoders():
    """not-shared encoder"""
    one, other = _inputs()
    return keras.Model([one, other], Distance()(_encoder()(one), _encoder(name="second")(other)))


def other_one_image_twice():
    """missing-layer"""
    one, other = _inputs()
    encode = _encoder()
    return keras.Model([one, other], Distance()(encode(one), encode(one)))


def other_no_root():
    """missing-layer"""
    return _by(lambda a, b: ops.sum(ops.square(a - b), axis=-1, keepdims=True))


def other_absolute_distance():
    """replaced-layer"""
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.abs(a - b), axis=-1, keepdims=True)))


def other_sum_of_codes():
    """replaced-layer"""
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(a + b), axis=-1, keepdims=True)))


def other_mean():
    """replaced-layer"""
    return _by(lambda a, b: ops.sqrt(ops.mean(ops.square(a - b), axis=-1, keepdims=True)))


def other_dimension_lost():
    """wrong-setting"""
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(a - b), axis=-1)))


def other_over_the_batch():
    """wrong-setting"""
    return _by(lambda a, b: ops.sqrt(ops.sum(ops.square(a - b), axis=0, keepdims=True)))


def other_code_activated():
    """surplus-activation code"""
    return _functional(encoder=lambda: _encoder(code="relu"))


def other_filters():
    """wrong-setting conv"""
    return _functional(encoder=lambda: _encoder(filters=16))


def other_no_activation():
    """missing-activation conv"""
    return _functional(encoder=lambda: _encoder(activation=None))


def other_average_pooling():
    """replaced-layer pool"""
    return _functional(encoder=lambda: _encoder(pool=layers.AveragePooling2D))


def other_encoder_frozen():
    """frozen conv"""

    def encoder():
        model = _encoder()
        model.trainable = False
        return model

    return _functional(encoder=encoder)
