"""32 -> Dense 64 ReLU -> Dense 10, functional and subclassed: 2,762 parameters."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _functional(units=64, activation="relu", last=None, classes=10, between=(), **settings):
    inputs = keras.Input(shape=(32,), name="inputs")
    x = layers.Dense(units, activation=activation, name="dense_1", **settings)(inputs)
    for layer in between:
        x = layer(x)
    return keras.Model(inputs, layers.Dense(classes, activation=last, name="dense_2")(x))


class MLP(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense_1 = layers.Dense(64, activation="relu")
        self.dense_2 = layers.Dense(10)

    def call(self, inputs):
        return self.dense_2(self.dense_1(inputs))

    def get_config(self):
        return {"name": self.name}


def reference():
    return _functional()


def same_subclassed():
    return MLP()


def same_subclassed_and_called():
    model = MLP()
    model(np.zeros((1, 32)))
    return model


def same_subclassed_and_called_on_symbols():
    model = MLP()
    model(keras.Input(shape=(32,)))
    return model


def same_subclassed_and_built():
    model = MLP()
    model.build((None, 32))
    return model


def same_subclassed_and_reloaded():
    model = MLP()
    model(np.zeros((3, 32)))
    return reloaded(model, MLP=MLP)


def same_subclass_inside_a_functional_model():
    inputs = keras.Input(shape=(32,))
    return keras.Model(inputs, MLP()(inputs))


def same_subclass_inside_a_sequential():
    return keras.Sequential([keras.Input(shape=(32,)), MLP()])


def same_subclass_wrapped_from_its_call():
    inputs = keras.Input(shape=(32,))
    return keras.Model(inputs, MLP().call(inputs))


class _FunctionalInside(keras.Model):
    def __init__(self):
        inputs = keras.Input(shape=(32,))
        x = layers.Dense(64, activation="relu")(inputs)
        super().__init__(inputs=inputs, outputs=layers.Dense(10)(x))


def same_functional_that_is_subclassed():
    return _FunctionalInside()


class _Reversed(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense_2 = layers.Dense(10, name="last")
        self.activation = layers.Activation("relu")
        self.dense_1 = layers.Dense(64, name="first")

    def call(self, inputs, training=False, mask=None):
        x = self.dense_1(inputs)
        x = self.activation(x)
        return self.dense_2(x)


def same_subclassed_in_another_order():
    return _Reversed()


class _Listed(keras.Model):
    def __init__(self, units=(64,), classes=10):
        super().__init__()
        self.hidden = [layers.Dense(n, activation=keras.activations.relu) for n in units]
        self.out = layers.Dense(classes)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)


def same_subclassed_with_a_list():
    return _Listed()


class _Dictionary(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = {"b": layers.Dense(10), "a": layers.Dense(64)}

    def call(self, x):
        return self.parts["b"](ops.maximum(self.parts["a"](x), 0.0))


def same_subclassed_with_a_dictionary_and_a_maximum():
    return _Dictionary()


class _LateLayers(keras.Model):
    def build(self, _input_shape):
        self.hidden = layers.Dense(64, "relu")
        self.out = layers.Dense(10)

    def call(self, x):
        return self.out(self.hidden(x))


def same_subclassed_with_layers_made_in_build():
    return _LateLayers()


class _Unused(MLP):
    def __init__(self):
        super().__init__()
        self.forgotten = layers.Dropout(0.5)


def same_subclassed_with_a_layer_that_is_not_called():
    return _Unused()


class _Chatty(MLP):
    def call(self, inputs):
        x = self.dense_1(inputs)
        assert x.shape[-1] == 64
        assert tuple(inputs.shape)[1:] == (32,)
        return self.dense_2(ops.convert_to_tensor(x))


def same_subclassed_with_checks():
    return _Chatty()


class _Switched(MLP):
    def __init__(self, use_dropout=False):
        super().__init__()
        self.drop = layers.Dropout(0.5) if use_dropout else None

    def call(self, inputs, training=None):
        x = self.dense_1(inputs)
        if self.drop is not None and training:
            x = self.drop(x, training=training)
        return self.dense_2(x)


def same_subclassed_with_dropout_switched_off():
    return _Switched()


def same_sequential():
    return keras.Sequential([layers.Dense(64, activation="relu"), layers.Dense(10)])


def same_sequential_of_parts():
    return keras.Sequential(
        [
            keras.Input(shape=(32,)),
            keras.Sequential([layers.Dense(64), layers.ReLU()]),
            keras.Sequential([layers.Dense(10), layers.Activation("linear")]),
        ]
    )


def same_relu_in_its_long_form():
    return _functional(activation=layers.ReLU(max_value=None, negative_slope=0.0, threshold=0.0))


def same_relu_of_keras_ops():
    return _functional(activation=None, between=[ops.relu])


def same_relu_by_where():
    return _functional(activation=None, between=[lambda x: ops.where(x > 0, x, 0.0)])


def same_linear_last():
    return _functional(last="linear", between=[layers.Flatten(), layers.Reshape((64,))])


def same_dense_as_einsum():
    inputs = keras.Input(shape=(32,))
    x = layers.EinsumDense("ab,bc->ac", 64, activation="relu", bias_axes="c")(inputs)
    return keras.Model(inputs, layers.Dense(10)(x))


def same_with_weights_of_the_other():
    one, other = _functional(), MLP()
    other(np.zeros((1, 32)))
    other.set_weights(one.get_weights())
    return other


def other_softmax():
    """not-logits"""
    return _functional(last="softmax")


def other_no_activation():
    """missing-activation dense_1"""
    return _functional(activation=None)


def other_units():
    """wrong-setting dense_1"""
    return _functional(units=32)


def other_classes():
    """wrong-setting dense_2"""
    return _functional(classes=9)


def other_no_bias():
    """wrong-setting dense_1"""
    return _functional(use_bias=False)


def other_leaky():
    """wrong-setting leak"""
    return _functional(activation=None, between=[layers.LeakyReLU(0.2, name="leak")])


def other_capped():
    """wrong-setting dense_1"""
    return _functional(activation="relu6")


def other_gelu():
    """wrong-activation dense_1"""
    return _functional(activation="gelu")


def other_normalised():
    """surplus-layer norm"""
    return _functional(between=[layers.BatchNormalization(name="norm")])


class _ActivationForgotten(MLP):
    def __init__(self):
        super().__init__()
        self.dense_1 = layers.Dense(64, name="hidden")
        self.relu = layers.ReLU()


def other_activation_never_called():
    """missing-activation hidden"""
    return _ActivationForgotten()


class _Twice(MLP):
    def __init__(self):
        super().__init__()
        self.middle = layers.Dense(64, "relu")

    def call(self, inputs):
        return self.dense_2(self.middle(self.dense_1(inputs)))


def other_one_layer_more():
    """surplus-layer"""
    return _Twice()


def other_dropout_switched_on():
    """surplus-layer"""
    return _Switched(use_dropout=True)


class _Frozen(MLP):
    def __init__(self):
        super().__init__()
        self.dense_1 = layers.Dense(64, "relu", trainable=False, name="hidden")


def other_frozen():
    """frozen hidden"""
    return _Frozen()


class _NoReturn(MLP):
    def call(self, inputs):
        self.dense_2(self.dense_1(inputs))


def other_return_forgotten():
    """raises"""
    return _NoReturn()
