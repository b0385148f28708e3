"""One dropout over a sum: two masks are not one."""

import keras
from keras import layers, ops


def _model(join):
    numbers = keras.Input((8,))
    one, other = layers.Dense(4, name="one")(numbers), layers.Dense(4, name="other")(numbers)
    return keras.Model(numbers, layers.Dense(2, name="answer")(join(one, other)))


def reference():
    return _model(lambda one, other: layers.Dropout(0.5, name="drop")(one + other))


def same_sum_of_a_stack():
    return _model(lambda one, other: layers.Dropout(0.5)(ops.sum(ops.stack([one, other]), axis=0)))


def other_two_masks():
    """wrong-order"""
    return _model(lambda one, other: layers.Dropout(0.5)(one) + layers.Dropout(0.5)(other))


def other_limited():
    """surplus-layer clip"""
    return _model(lambda one, other: layers.Dropout(0.5)(ops.clip(one + other, -50, 50)))
