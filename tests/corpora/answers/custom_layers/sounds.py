"""A gain per microphone, and a number that survives saving, before a dense layer."""

import keras
import numpy as np
from keras import layers, ops


class _Gain(layers.Layer):
    """The answer, in parts that the others change."""

    def __init__(self, boost, **kwargs):
        super().__init__(**kwargs)
        self.boost = boost

    def build(self, input_shape):
        self.gains = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gains")

    def call(self, inputs):
        return inputs * self.gains * self.boost


def _sounds(layer, units=3, activation="softmax"):
    return keras.Sequential(
        [keras.Input(shape=(6,)), layer, layers.Dense(units, activation=activation)]
    )


def _with(call):
    """The layer with another ``call``."""
    return _sounds(type("Gain", (_Gain,), {"call": call})(3.0))


def right_as_asked():
    return _sounds(_Gain(3.0))


def right_keyword():
    return _sounds(_Gain(boost=3.0, name="gain"))


def right_gains_in_one_row():
    class Gain(_Gain):
        def build(self, input_shape):
            self.gains = self.add_weight(shape=(1, input_shape[-1]), initializer="ones")

    return _sounds(Gain(3.0))


def right_whole_number():
    return _sounds(_Gain(3))


def right_with_get_config():
    class Gain(_Gain):
        def get_config(self):
            config = super().get_config()
            config.update({"boost": self.boost})
            return config

    return _sounds(Gain(3.0))


def right_registered():
    @keras.saving.register_keras_serializable(package="test")
    class Gain(_Gain):
        def get_config(self):
            return {**super().get_config(), "boost": self.boost}

    return _sounds(Gain(3.0))


def right_boost_first():
    return _with(lambda self, inputs: self.boost * (inputs * self.gains))


def right_boost_times_gains():
    return _with(lambda self, inputs: inputs * (self.gains * self.boost))


def right_ops():
    return _with(lambda self, inputs: ops.multiply(ops.multiply(inputs, self.gains), self.boost))


def right_diagonal():
    return _with(lambda self, inputs: ops.matmul(inputs, ops.diag(self.gains)) * self.boost)


def right_einsum():
    return _with(lambda self, inputs: ops.einsum("bm,m->bm", inputs, self.gains) * self.boost)


def right_with_a_default():
    class Gain(_Gain):
        def __init__(self, boost=1.0, **kwargs):
            super().__init__(boost, **kwargs)

    return _sounds(Gain(3.0))


def right_super_build():
    class Gain(_Gain):
        def build(self, input_shape):
            size = int(input_shape[-1])
            self.g = self.add_weight(name="g", shape=[size], initializer="ones", trainable=True)
            super(_Gain, self).build(input_shape)

        def call(self, x):
            return x * self.g * self.boost

    return _sounds(Gain(3.0))


def right_initial_values_of_another_kind():
    class Gain(_Gain):
        def build(self, input_shape):
            start = keras.initializers.Constant(1.0)
            self.gains = self.add_weight(shape=input_shape[-1:], initializer=start)

    return _sounds(Gain(3.0))


def right_boost_cast():
    class Gain(_Gain):
        def __init__(self, boost, **kwargs):
            super().__init__(boost, **kwargs)
            self.factor = float(boost)

        def call(self, inputs, training=None):
            return inputs * self.gains * self.factor

    return _sounds(Gain(3.0))


def right_functional():
    inputs = keras.Input((6,), name="microphones")
    return keras.Model(inputs, layers.Dense(3, "softmax")(_Gain(3.0)(inputs)))


def right_subclassed():
    class Sounds(keras.Model):
        def __init__(self):
            super().__init__()
            self.states = layers.Dense(3)
            self.gain = _Gain(3.0)

        def call(self, inputs):
            return ops.softmax(self.states(self.gain(inputs)))

    return Sounds()


def right_list_added_to():
    model = keras.Sequential(name="sounds")
    model.add(keras.Input((6,)))
    model.add(_Gain(3.0))
    model.add(layers.Dense(3))
    model.add(layers.Softmax())
    return model


def right_trained():
    model = _sounds(_Gain(3.0))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.ones((4, 6)), np.ones(4), verbose=0)
    return model


def wrong_added():
    """You add the gains. A gain is a factor: multiply by it."""
    return _with(lambda self, inputs: (inputs + self.gains) * self.boost)


def wrong_not_trained():
    """The gains are not trainable, so they stay at 1 for ever."""

    class Gain(_Gain):
        def build(self, input_shape):
            self.gains = self.add_weight(
                shape=(input_shape[-1],), initializer="ones", trainable=False
            )

    return _sounds(Gain(3.0))


def wrong_layer_frozen():
    """The gains are not trainable, so they stay at 1 for ever."""
    return _sounds(_Gain(3.0, trainable=False))


def wrong_boost_lost():
    """Read back from a file, the layer has lost its boost."""

    class Gain(_Gain):
        def __init__(self, boost=1.0, **kwargs):
            super().__init__(boost, **kwargs)

        def get_config(self):
            return {"name": self.name}

    return _sounds(Gain(3.0))


def wrong_boost_under_another_name():
    """Read back from a file, the layer has lost its boost."""

    class Gain(_Gain):
        def get_config(self):
            return {**super().get_config(), "factor": self.boost}

    return _sounds(Gain(3.0))


def wrong_no_keywords():
    """Read back from a file, the layer has lost its boost."""

    class Gain(_Gain):
        def __init__(self, boost):
            super().__init__(boost)

    return _sounds(Gain(3.0))


def wrong_boost_unused():
    """The number boost is not used: multiply by self.boost as well."""
    return _with(lambda self, inputs: inputs * self.gains)


def wrong_no_weights():
    """The layer has no weights of its own: it multiplies by boost, but learns nothing."""

    class Gain(_Gain):
        def build(self, input_shape):
            pass

        def call(self, inputs):
            return inputs * self.boost

    return _sounds(Gain(3.0))


def wrong_another_boost():
    """computes with 2.0 where 3.0 is asked for."""
    return _sounds(_Gain(2.0))


def wrong_logits():
    """has no activation, so it gives logits; softmax is asked for."""
    return _sounds(_Gain(3.0), activation=None)


def wrong_states():
    """units is 4, but 3 is asked for."""
    return _sounds(_Gain(3.0), units=4)


def wrong_dense_instead():
    """Dense"""
    return _sounds(layers.Dense(6, use_bias=False))


def wrong_only_the_layer():
    """A Keras model is expected here, but this is of type"""
    return _Gain(3.0)


def wrong_one_gain_for_all():
    """shape is (), but (6,) is asked for."""

    class Gain(_Gain):
        def build(self, input_shape):
            self.gains = self.add_weight(shape=(), initializer="ones")

    return _sounds(Gain(3.0))
