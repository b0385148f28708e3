"""Three models of 128 -> Dense 1 sigmoid on one input, averaged: 387 parameters."""

import functools

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _member(activation="sigmoid", units=1, name=None, **settings):
    inputs = keras.Input(shape=(128,))
    output = layers.Dense(units, activation=activation, name=name, **settings)(inputs)
    return keras.Model(inputs, output)


def _ensemble(merge=layers.average, members=None):
    features = keras.Input(shape=(128,), name="features")
    members = members or [_member() for _ in range(3)]
    return keras.Model(features, merge([member(features) for member in members]))


def reference():
    return _ensemble()


def same_average_layer():
    return _ensemble(merge=layers.Average(name="mean"))


def same_members_in_another_order():
    return _ensemble(merge=lambda parts: layers.average(parts[::-1]))


def same_sum_over_three():
    return _ensemble(merge=lambda parts: (parts[0] + parts[1] + parts[2]) / 3)


def same_python_sum():
    return _ensemble(merge=lambda parts: sum(parts) / len(parts))


def same_sum_of_a_third():
    return _ensemble(merge=lambda parts: parts[0] / 3 + parts[1] / 3 + parts[2] / 3)


def same_third_of_the_sum():
    return _ensemble(merge=lambda parts: (1 / 3) * (parts[0] + parts[1] + parts[2]))


def same_add_and_divide():
    return _ensemble(merge=lambda parts: ops.divide(layers.add(parts), 3.0))


def same_add_and_rescale():
    return _ensemble(merge=lambda parts: layers.Rescaling(1 / 3)(layers.Add()(parts)))


def same_mean_of_stacked():
    return _ensemble(merge=lambda parts: ops.mean(ops.stack(parts), axis=0))


def same_average_of_stacked():
    return _ensemble(merge=lambda parts: ops.average(ops.stack(parts, axis=1), axis=1))


def same_mean_of_joined():
    joined = layers.Concatenate()
    return _ensemble(merge=lambda parts: ops.mean(joined(parts), axis=-1, keepdims=True))


def same_average_as_lambda_layer():
    return _ensemble(merge=layers.Lambda(lambda parts: ops.mean(ops.stack(parts), axis=0)))


def same_without_inner_models():
    features = keras.Input(shape=(128,))
    answers = [layers.Dense(1, activation="sigmoid", name=f"expert_{i}")(features) for i in "abc"]
    return keras.Model(features, layers.average(answers))


def same_sigmoid_of_three_logits():
    features = keras.Input(shape=(128,))
    logits = [layers.Dense(1)(features) for _ in range(3)]
    return keras.Model(features, layers.Average()([ops.sigmoid(logit) for logit in logits]))


def same_activations_in_three_styles():
    features = keras.Input(shape=(128,))
    answers = [
        layers.Activation("sigmoid")(layers.Dense(1)(features)),
        keras.activations.sigmoid(layers.Dense(1)(features)),
        layers.Dense(1, activation=lambda x: ops.sigmoid(x))(features),
    ]
    return keras.Model(features, layers.average(answers))


def same_sequential_members():
    members = [keras.Sequential([layers.Dense(1), layers.Activation("sigmoid")]) for _ in "abc"]
    return _ensemble(members=members)


def same_cloned_members():
    members = [keras.models.clone_model(_member()) for _ in range(3)]
    for number, member in enumerate(members):
        member.name = f"member_{number}"
    return _ensemble(members=members)


def same_reloaded_members():
    return _ensemble(members=[reloaded(_member()) for _ in range(3)])


def same_trained_members():
    members = [_member() for _ in range(3)]
    for member in members:
        member.compile("sgd", "binary_crossentropy")
        member.train_on_batch(np.ones((4, 128), "float32"), np.ones((4, 1), "float32"))
    return _ensemble(members=members)


class Member(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.answer = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        return self.answer(inputs)


def same_subclassed_members():
    return _ensemble(members=[Member(), Member(), Member()])


class Ensemble(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.members = [_member(), keras.Sequential([layers.Dense(1, "sigmoid")]), Member()]
        self.average = layers.Average()

    def call(self, inputs, training=None):
        return self.average([member(inputs, training=training) for member in self.members])


def same_subclassed():
    return Ensemble()


def same_subclassed_and_called():
    model = Ensemble()
    model(np.zeros((1, 128), "float32"))
    return model


class _Mean(Ensemble):
    def call(self, inputs):
        answers = [member(inputs) for member in self.members]
        return ops.mean(ops.concatenate(answers, axis=1), axis=1, keepdims=True)


def same_subclassed_with_a_mean():
    return _Mean()


class _Running(Ensemble):
    def call(self, inputs):
        total = 0
        for member in self.members:
            total = total + member(inputs)
        return total / len(self.members)


def same_running_total():
    return _Running()


class Committee(layers.Layer):
    def __init__(self, size=3, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.members = {f"member_{i}": layers.Dense(1) for i in range(size)}

    def call(self, inputs):
        answers = [keras.activations.sigmoid(m(inputs)) for m in self.members.values()]
        return layers.average(answers)


def same_committee_as_a_layer():
    return keras.Sequential([keras.Input(shape=(128,)), Committee()])


def same_with_identity_layers():
    return _ensemble(merge=lambda parts: layers.Identity(name="out")(layers.average(parts)))


def other_one_model_three_times():
    """wrongly-shared expert"""
    return _ensemble(members=[_member(name="expert")] * 3)


def other_one_of_two_used_twice():
    """wrongly-shared expert"""
    twice = _member(name="expert")
    return _ensemble(members=[twice, _member(), twice])


def other_two_models():
    """missing-layer"""
    return _ensemble(members=[_member(), _member()])


def other_four_models():
    """surplus-layer"""
    return _ensemble(members=[_member() for _ in range(4)])


def other_sum():
    """replaced-layer total"""
    return _ensemble(merge=layers.Add(name="total"))


def other_joined():
    """replaced-layer all"""
    return _ensemble(merge=layers.Concatenate(name="all"))


def other_largest():
    """replaced-layer best"""
    return _ensemble(merge=layers.Maximum(name="best"))


def other_half_of_the_sum():
    """replaced-layer"""
    return _ensemble(merge=lambda parts: layers.add(parts) / 2)


def other_weighted():
    """surplus-layer"""
    return _ensemble(merge=lambda parts: 0.5 * parts[0] + 0.25 * parts[1] + 0.25 * parts[2])


def other_softmax_of_one_unit():
    """wrong-activation expert_0"""
    return _ensemble(members=[_member("softmax", name=f"expert_{i}") for i in range(3)])


def other_logits():
    """missing-activation expert_0"""
    return _ensemble(members=[_member(None, name=f"expert_{i}") for i in range(3)])


def other_sigmoid_of_the_average():
    """missing-activation"""
    return _ensemble(
        merge=lambda parts: ops.sigmoid(layers.average(parts)),
        members=[_member(None) for _ in range(3)],
    )


def other_sigmoid_twice():
    """surplus-activation again"""
    return _ensemble(
        merge=lambda parts: layers.Activation("sigmoid", name="again")(layers.average(parts))
    )


def other_average_of_pairs():
    """wrong-order"""
    return _ensemble(
        merge=lambda parts: layers.average([layers.average(parts[:2]), parts[2]]),
    )


def other_average_over_the_batch():
    """replaced-layer"""
    return _ensemble(merge=lambda parts: ops.mean(layers.concatenate(parts), axis=0))


def other_not_averaged():
    """output-count"""
    return _ensemble(merge=lambda parts: parts)


def other_one_member_with_a_penalty():
    """surplus-regularizer sober"""
    return _ensemble(members=[_member(name="sober", kernel_regularizer="l2"), _member(), _member()])


def other_members_frozen():
    """frozen expert_0"""
    members = [_member(name=f"expert_{i}") for i in range(3)]
    for member in members:
        member.trainable = False
    return _ensemble(members=members)


def other_one_layer_of_three_units():
    """missing-layer"""
    features = keras.Input(shape=(128,))
    answers = layers.Dense(3, activation="sigmoid", name="experts")(features)
    return keras.Model(features, ops.mean(answers, axis=-1, keepdims=True))


def other_chain():
    """missing-layer"""
    features = keras.Input(shape=(128,))
    steps = [layers.Dense(1, activation="sigmoid") for _ in range(3)]
    return keras.Model(features, functools.reduce(lambda x, step: step(x), steps, features))
