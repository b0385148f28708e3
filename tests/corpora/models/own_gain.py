"""A layer with a weight of its own: one factor for each of 16 values."""

import keras
from keras import layers, ops


class Gain(layers.Layer):
    def __init__(self, shape=(16,), **kwargs):
        super().__init__(**kwargs)
        self.shape = shape

    def build(self, input_shape):
        self.gain = self.add_weight(shape=self.shape, initializer="ones")

    def call(self, inputs):
        return inputs * self.gain

    def get_config(self):
        return {**super().get_config(), "shape": self.shape}


def _functional(layer=Gain, **settings):
    inputs = keras.Input(shape=(8,), name="inputs")
    hidden = layers.Dense(16, activation="relu", name="hidden")(inputs)
    return keras.Model(inputs, layer(name="gain", **settings)(hidden))


def reference():
    return _functional()


def same_one_row():
    return _functional(shape=(1, 16))


def same_from_the_input_shape():
    class Measured(Gain):
        def build(self, input_shape):
            self.gain = self.add_weight(shape=(input_shape[-1],))

    return _functional(Measured)


def same_operation():
    class Operation(Gain):
        def call(self, inputs):
            return ops.multiply(self.gain, inputs)

    return _functional(Operation)


def same_sequential():
    return keras.Sequential([keras.Input((8,)), layers.Dense(16), layers.ReLU(), Gain()])


def same_subclassed():
    class Subclassed(keras.Model):
        def __init__(self):
            super().__init__()
            self.gain = Gain()
            self.hidden = layers.Dense(16, activation="relu")

        def call(self, inputs):
            return self.gain(self.hidden(inputs))

    return Subclassed()


def other_one_gain_for_all():
    """wrong-setting gain"""
    return _functional(shape=())


def other_one_gain_for_all_as_a_vector():
    """wrong-setting gain"""
    return _functional(shape=(1,))


def other_added():
    """replaced-layer gain"""

    class Added(Gain):
        def call(self, inputs):
            return inputs + self.gain

    return _functional(Added)
