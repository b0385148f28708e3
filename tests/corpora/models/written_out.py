"""Activations that have names and formulas: silu, leaky ReLU, mish, softmax, 5 -> 3."""

import keras
from keras import layers, ops


def _model(silu=ops.silu, leaky=None, mish=None, end=ops.softmax):
    inputs = keras.Input(shape=(5,), name="given")
    x = silu(layers.Dense(6, name="one")(inputs))
    x = (leaky or layers.LeakyReLU(negative_slope=0.2, name="leak"))(layers.Dense(5, name="two")(x))
    x = (mish or layers.Activation("mish", name="mish"))(layers.Dense(4, name="three")(x))
    return keras.Model(inputs, end(layers.Dense(3, name="four")(x)))


def reference():
    return _model()


def same_as_layers():
    return _model(
        layers.Activation("silu"), layers.ReLU(negative_slope=0.2), end=layers.Softmax(name="end")
    )


def same_of_named_activations():
    return keras.Sequential(
        [
            keras.Input(shape=(5,)),
            layers.Dense(6, activation="swish"),
            layers.Dense(5),
            layers.ReLU(negative_slope=0.2),
            layers.Dense(4, activation=keras.activations.mish),
            layers.Dense(3, activation="softmax"),
        ]
    )


def same_silu_as_product():
    return _model(silu=lambda x: x * ops.sigmoid(x))


def same_silu_as_product_of_layers():
    return _model(silu=lambda x: layers.Multiply()([layers.Activation("sigmoid")(x), x]))


def same_silu_by_half_angles():
    return _model(silu=lambda x: x * (1 + ops.tanh(x / 2)) / 2)


def same_leaky_as_difference():
    return _model(leaky=lambda x: ops.relu(x) - 0.2 * ops.relu(-x))


def same_leaky_as_larger_of_two():
    return _model(leaky=lambda x: ops.maximum(x, 0.2 * x))


def same_leaky_as_choice():
    return _model(leaky=lambda x: ops.where(x > 0, x, 0.2 * x))


def same_leaky_as_operation():
    return _model(leaky=lambda x: ops.leaky_relu(x, negative_slope=0.2))


def same_mish_written_out():
    return _model(mish=lambda x: x * ops.tanh(ops.softplus(x)))


def same_softmax_by_its_logarithm():
    return _model(end=lambda x: ops.exp(ops.log_softmax(x)))


def same_all_written_out():
    return _model(
        lambda x: x * ops.sigmoid(x),
        lambda x: ops.maximum(x, 0.2 * x),
        lambda x: x * ops.tanh(ops.softplus(x)),
        lambda x: ops.exp(x - ops.logsumexp(x, axis=-1, keepdims=True)),
    )


def other_silu_steeper():
    """missing-activation one"""
    return _model(silu=lambda x: x * ops.sigmoid(1.7 * x))


def other_tanh_for_the_sigmoid():
    """missing-activation one"""
    return _model(silu=lambda x: x * ops.tanh(x))


def other_leak_too_large():
    """wrong-setting leaky_re_lu"""
    return _model(leaky=layers.LeakyReLU(negative_slope=0.3, name="leaky_re_lu"))


def other_relu_after_the_softmax():
    """surplus-activation relu"""
    return _model(end=lambda x: ops.relu(ops.softmax(x)))


def other_logarithm_of_the_softmax():
    """wrong-activation log_softmax"""
    return _model(end=ops.log_softmax)
