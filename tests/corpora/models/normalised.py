"""Batch normalisation, by Keras and by hand: what it keeps counts."""

import keras
from keras import layers, ops


def _model(norm):
    return keras.Sequential([keras.Input((6,)), layers.Dense(5), norm, layers.Dense(2)])


def reference():
    return _model(layers.BatchNormalization(momentum=0.9, name="norm"))


class _ByHand(layers.Layer):
    def __init__(self, momentum=0.9, epsilon=1e-3, keeps=True):
        super().__init__(name="by_hand")
        self.momentum, self.epsilon, self.keeps = momentum, epsilon, keeps

    def build(self, shape):
        size = shape[-1:]
        self.gamma = self.add_weight(shape=size, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=size, initializer="zeros", name="beta")
        moving = {"shape": size, "trainable": False}
        self.mean = self.add_weight(**moving, initializer="zeros", name="moving_mean")
        self.variance = self.add_weight(**moving, initializer="ones", name="moving_variance")

    def call(self, x, training=None):
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = ops.moments(x, axes=[0])
            if self.keeps:
                share = 1 - self.momentum
                self.mean.assign(self.mean * self.momentum + mean * share)
                self.variance.assign(self.variance * self.momentum + variance * share)
        return (x - mean) / ops.sqrt(variance + self.epsilon) * self.gamma + self.beta


def same_by_hand():
    return _model(_ByHand())


def other_momentum():
    """different-state by_hand"""
    return _model(_ByHand(momentum=0.5))


def other_epsilon():
    """different-numbers by_hand"""
    return _model(_ByHand(epsilon=0.3))


def other_that_keeps_nothing():
    """different-state by_hand"""
    return _model(_ByHand(keeps=False))
