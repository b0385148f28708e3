"""A penalty on what a layer gives, after its activation."""

import keras
from keras import layers, ops


def _model(*hidden):
    return keras.Sequential([keras.Input((3,)), *hidden, layers.Dense(2, name="answer")])


def reference():
    penalty = keras.regularizers.L2(0.01)
    return _model(layers.Dense(3, "relu", activity_regularizer=penalty, name="hidden"))


def same_named_penalty():
    return _model(layers.Dense(3, "relu", activity_regularizer="l2"))


def same_penalty_of_both_kinds():
    penalty = keras.regularizers.L1L2(l2=0.01)
    return _model(layers.Dense(3, "relu", activity_regularizer=penalty))


def same_layer_of_its_own():
    return _model(layers.Dense(3, "relu"), layers.ActivityRegularization(l2=0.01))


class _Penalty(layers.Layer):
    def call(self, x):
        self.add_loss(0.01 * ops.sum(ops.square(x)) / ops.cast(ops.shape(x)[0], "float32"))
        return x


def same_added_by_hand():
    return _model(layers.Dense(3, "relu"), _Penalty())


def other_before_the_activation():
    """wrong-order"""
    return _model(layers.Dense(3, activity_regularizer="l2", name="hidden"), layers.ReLU())


def other_without():
    """missing-layer"""
    return _model(layers.Dense(3, "relu"))


def other_stronger():
    """wrong-setting hidden"""
    penalty = keras.regularizers.L2(0.1)
    return _model(layers.Dense(3, "relu", activity_regularizer=penalty, name="hidden"))
