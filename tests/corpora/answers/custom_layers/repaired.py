"""The layer of the wine grower mended: dropout in training only, two learned weights, a rate."""

import keras
import numpy as np
from keras import layers, ops


class _Parcels(layers.Layer):
    """As it is given."""

    def __init__(self, units, rate=0.5, **kwargs):
        super().__init__(**kwargs)
        self.units, self.rate = units, rate
        self.drop = layers.Dropout(rate)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(
            shape=(self.units,), initializer="zeros", trainable=False, name="b"
        )

    def call(self, inputs):
        kept = self.drop(inputs, training=True)
        return ops.matmul(kept, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class _Mended(_Parcels):
    """The answer, in parts that the others change."""

    def __init__(self, units, rate=0.5, **kwargs):
        super().__init__(units, rate, **kwargs)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs, training=False):
        kept = self.drop(inputs, training=training)
        return ops.matmul(kept, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}


def _of(layer):
    return keras.Sequential([keras.Input(shape=(16,)), layer])


def _with(**methods):
    """The mended layer with other methods."""
    return _of(type("MendedParcels", (_Mended,), methods)(4, rate=0.2))


def right_as_asked():
    return _of(_Mended(4, rate=0.2))


def right_positional():
    return _of(_Mended(4, 0.2, name="parcels"))


def right_training_left_out():
    def call(self, inputs):
        return ops.matmul(self.drop(inputs), self.w) + self.b

    return _with(call=call)


def right_under_if_training():
    def call(self, inputs, training=False):
        if training:
            inputs = self.drop(inputs, training=training)
        return ops.matmul(inputs, self.w) + self.b

    return _with(call=call)


def right_training_none():
    def call(self, inputs, training=None):
        return ops.matmul(self.drop(inputs, training=training), self.w) + self.b

    return _with(call=call)


def right_written_anew():
    class MendedParcels(layers.Layer):
        def __init__(self, units, rate=0.5, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.rate = rate
            self.drop = layers.Dropout(rate)

        def build(self, input_shape):
            self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")
            self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")

        def call(self, inputs, training=False):
            return ops.add(ops.matmul(self.drop(inputs, training=training), self.w), self.b)

        def get_config(self):
            config = super().get_config()
            config["units"] = self.units
            config["rate"] = self.rate
            return config

    return _of(MendedParcels(4, rate=0.2))


def right_captured_by_keras():
    class MendedParcels(layers.Layer):
        def __init__(self, units, rate=0.5, **kwargs):
            super().__init__(**kwargs)
            self.units, self.rate = units, rate
            self.drop = layers.Dropout(rate)

        build = _Mended.build

        def call(self, inputs, training=False):
            return ops.matmul(self.drop(inputs, training=training), self.w) + self.b

    return _of(MendedParcels(4, rate=0.2))


def right_dense_inside():
    class MendedParcels(layers.Layer):
        def __init__(self, units, rate=0.5, **kwargs):
            super().__init__(**kwargs)
            self.units, self.rate = units, rate
            self.dense = layers.Dense(units)
            self.drop = layers.Dropout(rate)

        def call(self, inputs):
            return self.dense(self.drop(inputs))

        def get_config(self):
            return {**super().get_config(), "units": self.units, "rate": self.rate}

    return _of(MendedParcels(4, rate=0.2))


def right_dropout_made_in_build():
    def build(self, input_shape):
        _Mended.build(self, input_shape)
        self.late = layers.Dropout(self.rate)

    def call(self, inputs, training=False):
        return ops.matmul(self.late(inputs, training=training), self.w) + self.b

    return _with(build=build, call=call)


def right_registered():
    @keras.saving.register_keras_serializable(package="wine")
    class MendedParcels(_Mended):
        def __init__(self, units, rate=0.5, **kwargs):
            super().__init__(units, rate, **kwargs)

    return _of(MendedParcels(4, rate=0.2))


def right_functional():
    measurements = keras.Input((16,), name="measurements")
    return keras.Model(measurements, _Mended(4, rate=0.2)(measurements))


def right_subclassed():
    class Wine(keras.Model):
        def __init__(self):
            super().__init__()
            self.parcels = _Mended(4, rate=0.2)

        def call(self, inputs):
            return self.parcels(inputs)

    return Wine()


def right_keras_layers():
    return keras.Sequential([keras.Input((16,)), layers.Dropout(0.2), layers.Dense(4)])


def right_called_in_training():
    model = right_as_asked()
    model(np.ones((3, 16), "float32"), training=True)
    return model


def wrong_as_given():
    """This is still the class as it was given: its three faults are all there."""
    return _of(_Parcels(4, rate=0.2))


def wrong_always_dropping():
    """The dropout is always told training=True, so it drops inputs in predictions, too. Pass on
    the training argument that call receives, or leave it out."""

    def call(self, inputs, training=False):
        return ops.matmul(self.drop(inputs, training=True), self.w) + self.b

    return _with(call=call)


def wrong_never_dropping():
    """Now the dropout never drops anything, not even in training."""

    def call(self, inputs, training=False):
        return ops.matmul(self.drop(inputs, training=False), self.w) + self.b

    return _with(call=call)


def wrong_still_frozen():
    """The vector b is still frozen: trainable=False keeps it at zero for ever."""
    return _with(build=_Parcels.build)


def wrong_rate_lost():
    """Read back from a file, the layer has a rate of 0.5 again"""
    return _with(get_config=_Parcels.get_config)


def wrong_dropout_gone():
    """You took the dropout out. It is asked for, in training."""

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    return _with(call=call)


def wrong_only_dropout_mended():
    """get_config"""
    return _with(build=_Parcels.build, get_config=_Parcels.get_config)


def wrong_only_configuration_mended():
    """training=True"""
    return _with(build=_Parcels.build, call=_Parcels.call)


def wrong_both_frozen():
    """should be trained"""
    return _of(_Mended(4, rate=0.2, trainable=False))


def wrong_rate():
    """rate is 0.5, but 0.2 is asked for."""
    return _of(_Mended(4))


def wrong_dropout_afterwards():
    """is at the wrong place in the chain of layers."""

    def call(self, inputs, training=False):
        return self.drop(ops.matmul(inputs, self.w) + self.b, training=training)

    return _with(call=call)


def wrong_no_vector():
    """use_bias is False, but True is asked for."""

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")

    def call(self, inputs, training=False):
        return ops.matmul(self.drop(inputs, training=training), self.w)

    return _with(build=build, call=call)


def wrong_units():
    """units is 5, but 4 is asked for."""
    return _of(_Mended(5, rate=0.2))


def wrong_softmax():
    """softmax"""

    def call(self, inputs, training=False):
        return ops.softmax(_Mended.call(self, inputs, training))

    return _with(call=call)
