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


class _Branching(keras.Model):
    """Drops as told by Python's ``if``."""

    def __init__(self, when=True, early=False):
        super().__init__()
        self.one, self.other = layers.Dense(4, name="one"), layers.Dense(4, name="other")
        self.drop, self.answer = layers.Dropout(0.5, name="drop"), layers.Dense(2, name="answer")
        self.when, self.early = when, early

    def call(self, numbers, training=False):
        both = self.one(numbers) + self.other(numbers)
        if self.early and not training:
            return self.answer(both)
        if self.early or bool(training) is self.when:
            both = self.drop(both, training=True)
        return self.answer(both)


def _branching(**settings):
    model = _Branching(**settings)
    model(keras.Input((8,)))
    return model


def same_under_if_training():
    return _branching()


def same_returning_early_in_inference():
    return _branching(early=True)


def same_layer_with_an_if():
    class Dropped(layers.Layer):
        def __init__(self):
            super().__init__()
            self.drop = layers.Dropout(0.5)

        def call(self, values, training=None):
            if training:
                values = self.drop(values, training=training)
            return values

    return _model(lambda one, other: Dropped()(one + other))


def same_noise_made_nothing():
    def join(one, other):
        return layers.GaussianNoise(0.0)(layers.Dropout(0.5)(one + other))

    return _model(join)


def other_only_in_inference():
    """different-numbers"""
    return _branching(when=False)


def other_two_masks():
    """wrong-order"""
    return _model(lambda one, other: layers.Dropout(0.5)(one) + layers.Dropout(0.5)(other))


def other_limited():
    """surplus-layer clip"""
    return _model(lambda one, other: layers.Dropout(0.5)(ops.clip(one + other, -50, 50)))
