"""8 -> Dense 64 -> ReLU -> Dense 32 -> ReLU -> Dense 1: 2,689 parameters."""

from functools import partial, reduce

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _stack(units=(64, 32), activations=(layers.ReLU, layers.ReLU), end=(), between=(), **first):
    return keras.Sequential(
        [
            keras.Input(shape=(8,), name="features"),
            layers.Dense(units[0], name="wide", **first),
            *(make() for make in activations[:1]),
            *between,
            layers.Dense(units[1], name="narrow"),
            *(make() for make in activations[1:]),
            layers.Dense(1, name="answer"),
            *end,
        ]
    )


def _chain(*steps):
    """A functional model of ``steps``: layers or plain functions."""
    features = keras.Input(shape=(8,))
    return keras.Model(features, reduce(lambda x, step: step(x), steps, features))


def reference():
    return _stack()


def same_functional():
    inputs = keras.Input(shape=(8,), name="x")
    hidden = layers.Dense(64, name="first")(inputs)
    hidden = layers.ReLU(name="first_relu")(hidden)
    hidden = layers.Dense(32, name="second")(hidden)
    hidden = layers.ReLU(name="second_relu")(hidden)
    outputs = layers.Dense(1, name="y")(hidden)
    return keras.Model(inputs=inputs, outputs=outputs, name="small")


def same_fused():
    return _chain(layers.Dense(64, "relu"), layers.Dense(32, "relu"), layers.Dense(1))


def same_linear_end():
    return _chain(
        layers.Dense(64, activation=keras.activations.relu),
        layers.Dense(32, activation=ops.relu),
        layers.Dense(1, activation="linear"),
    )


def same_one_relu_layer_used_twice():
    relu = layers.ReLU()
    return _chain(layers.Dense(64), relu, layers.Dense(32), relu, layers.Dense(1))


def same_relu_as_function():
    return _chain(
        layers.Dense(64), keras.activations.relu, layers.Dense(32), ops.relu, layers.Dense(1)
    )


def same_relu_as_lambda_and_as_layer():
    return _chain(
        layers.Dense(64, activation=lambda x: ops.relu(x)),
        layers.Dense(32, activation=layers.ReLU()),
        layers.Dense(1),
    )


def same_activation_layers():
    return _stack(
        activations=(partial(layers.Activation, "relu"), lambda: layers.Activation(ops.relu))
    )


def same_lambda_layers():
    return _stack(activations=(lambda: layers.Lambda(ops.relu), layers.ReLU))


def same_leaky_with_no_slope():
    leaky = partial(layers.LeakyReLU, negative_slope=0.0)
    return _stack(activations=(leaky, partial(layers.ReLU, threshold=0.0)))


def same_maximum_with_zero():
    return _chain(
        layers.Dense(64),
        lambda x: ops.maximum(x, 0.0),
        layers.Dense(32),
        lambda x: ops.maximum(0.0, x),
        layers.Dense(1),
    )


def same_deferred_and_built():
    model = keras.Sequential()
    for units in (64, 32):
        model.add(layers.Dense(units))
        model.add(layers.ReLU())
    model.add(layers.Dense(1))
    model.build((None, 8))
    return model


def same_deferred_and_called():
    model = keras.Sequential([layers.Dense(64, "relu"), layers.Dense(32, "relu"), layers.Dense(1)])
    model(np.zeros((3, 8), "float32"))
    return model


def same_popped_and_completed():
    model = _stack(end=(layers.Dense(5),))
    model.pop()
    return model


def same_sequential_of_sequentials():
    def block(units):
        return keras.Sequential([layers.Dense(units), layers.ReLU()])

    return keras.Sequential([keras.Input(shape=(8,)), block(64), block(32), layers.Dense(1)])


def same_cut_out_of_a_larger_model():
    inputs = keras.Input(shape=(8,))
    hidden = layers.Dense(32, "relu")(layers.Dense(64, "relu")(inputs))
    answer, other = layers.Dense(1)(hidden), layers.Dense(7)(hidden)
    full = keras.Model(inputs, [answer, other])
    return keras.Model(full.inputs, full.outputs[0])


def same_layers_of_another_model():
    features = x = keras.Input(shape=(8,))
    for layer in _stack().layers:
        x = layer(x)
    return keras.Model(features, x)


def same_called_on_an_input():
    features = keras.Input(batch_shape=(None, 8), dtype="float32")
    return keras.Model(features, _stack()(features))


def same_json_round_trip():
    return keras.models.model_from_json(same_functional().to_json())


class Small(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.answer = layers.Dense(1)
        self.relu = layers.ReLU()
        self.hidden = [layers.Dense(units) for units in (64, 32)]

    def call(self, x):
        for layer in self.hidden:
            x = self.relu(layer(x))
        return self.answer(x)


def same_subclass_with_a_list():
    return Small()


def same_subclass_reloaded():
    model = Small()
    model(np.zeros((1, 8), "float32"))
    return reloaded(model, Small=Small)


class Stack(keras.Sequential):
    def __init__(self):
        super().__init__(
            [layers.Dense(64), layers.ReLU(), layers.Dense(32), layers.ReLU(), layers.Dense(1)]
        )


def same_subclass_of_sequential():
    return Stack()


class Inherited(keras.Model):
    def __init__(self):
        inputs = keras.Input(shape=(8,))
        x = layers.Dense(64, "relu")(inputs)
        x = layers.Dense(32, "relu")(x)
        super().__init__(inputs=inputs, outputs=layers.Dense(1)(x))


def same_functional_inside_a_subclass():
    return Inherited()


class DenseRelu(layers.Dense):
    def call(self, inputs):
        return ops.relu(super().call(inputs))


def same_dense_that_is_extended():
    return _chain(DenseRelu(64), DenseRelu(32), layers.Dense(1))


def other_relu_missing():
    """missing-activation wide"""
    return _stack(activations=())


def other_second_relu_missing():
    """missing-activation narrow"""
    return _stack(activations=(layers.ReLU,))


def other_relu_at_the_end():
    """surplus-activation positive"""
    return _stack(end=(layers.ReLU(name="positive"),))


def other_sigmoid_at_the_end():
    """not-logits probability"""
    return _stack(end=(layers.Activation("sigmoid", name="probability"),))


def other_units_swapped():
    """wrong-setting wide"""
    return _stack(units=(32, 64))


def other_leaky():
    """wrong-setting leaky"""
    return _stack(activations=(partial(layers.LeakyReLU, name="leaky"), layers.ReLU))


def other_capped():
    """wrong-setting capped"""
    return _stack(activations=(partial(layers.ReLU, max_value=6.0, name="capped"), layers.ReLU))


def other_without_bias():
    """wrong-setting wide"""
    return _stack(use_bias=False)


def other_normalised():
    """surplus-layer norm"""
    return _stack(between=(layers.BatchNormalization(name="norm"),))


def other_constrained():
    """wrong-constraint wide"""
    return _stack(kernel_constraint="non_neg")


def other_last_layer_missing():
    """missing-layer"""
    features = keras.Input(shape=(8,))
    x = layers.Dense(64, "relu")(features)
    return keras.Model(features, layers.Dense(32, "relu")(x))
