"""The train_step of a small GAN, its three faults mended."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from solutions.custom_training import Duel, after_one_step


class _Base(Duel):
    """A step in parts, so that each part can be written otherwise."""

    trains = True
    wants = 1.0
    bribes = False
    applied = ("expert", "forger")

    def train_step(self, batch):
        real, noise = batch
        with tf.GradientTape() as expert_tape, tf.GradientTape() as forger_tape:
            made = self.forger(noise, training=self.trains)
            of_real = self.expert(real, training=True)
            of_made = self.expert(made, training=True)
            expert_loss, forger_loss = self.losses_of(of_real, of_made)
        weights = {
            "expert": self.expert.trainable_variables,
            "forger": self.trainable_variables if self.bribes else self.forger.trainable_variables,
        }
        gradients = {
            "expert": expert_tape.gradient(expert_loss, weights["expert"]),
            "forger": forger_tape.gradient(forger_loss, weights["forger"]),
        }
        optimizers = {"expert": self.expert_optimizer, "forger": self.forger_optimizer}
        for name in self.applied:
            optimizers[name].apply(gradients[name], weights[name])
        return {"expert_loss": expert_loss, "forger_loss": forger_loss}

    def losses_of(self, of_real, of_made):
        ones, zeros = ops.ones_like(of_real), ops.zeros_like(of_made)
        expert_loss = self.ask(ones, of_real) + self.ask(zeros, of_made)
        return expert_loss, self.ask(self.wants * ones, of_made)


def _trained(**parts):
    return after_one_step(type("Mended", (_Base,), parts))


def right_as_described():
    return _trained()


def right_forger_applied_first():
    return _trained(applied=("forger", "expert"))


def right_softplus():
    def losses_of(_self, of_real, of_made):
        expert = ops.mean(ops.softplus(-of_real)) + ops.mean(ops.softplus(of_made))
        return expert, ops.mean(ops.softplus(-of_made))

    return _trained(losses_of=losses_of)


def right_tf_crossentropy():
    def losses_of(_self, of_real, of_made):
        ask = tf.nn.sigmoid_cross_entropy_with_logits
        ones, zeros = tf.ones_like(of_real), tf.zeros_like(of_made)
        expert = tf.reduce_mean(ask(ones, of_real)) + tf.reduce_mean(ask(zeros, of_made))
        return expert, tf.reduce_mean(ask(ones, of_made))

    return _trained(losses_of=losses_of)


def right_probabilities():
    def losses_of(_self, of_real, of_made):
        ask = keras.losses.binary_crossentropy
        real, made = ops.sigmoid(of_real), ops.sigmoid(of_made)
        ones, zeros = ops.ones_like(real), ops.zeros_like(made)
        expert = ops.mean(ask(ones, real)) + ops.mean(ask(zeros, made))
        return expert, ops.mean(ask(ones, made))

    return _trained(losses_of=losses_of)


def right_numbers_as_targets():
    def losses_of(self, of_real, of_made):
        count = len(of_real)
        ones, zeros = np.ones((count, 1), "float32"), np.zeros((count, 1), "float32")
        expert = self.ask(ones, of_real) + self.ask(zeros, of_made)
        return expert, self.ask(np.ones_like(zeros), of_made)

    return _trained(losses_of=losses_of)


class _OneTape(Duel):
    def train_step(self, batch):
        real, noise = batch
        with tf.GradientTape(persistent=True) as tape:
            of_made = self.expert(self.forger(noise, training=True), training=True)
            of_real = self.expert(real, training=True)
            expert_loss = self.ask(ops.ones_like(of_real), of_real)
            expert_loss += self.ask(ops.zeros_like(of_made), of_made)
            forger_loss = self.ask(ops.ones_like(of_made), of_made)
        expert = tape.gradient(expert_loss, self.expert.trainable_variables)
        forger = tape.gradient(forger_loss, self.forger.trainable_variables)
        self.expert_optimizer.apply(expert, self.expert.trainable_variables)
        self.forger_optimizer.apply(forger, self.forger.trainable_variables)
        return {"expert_loss": expert_loss}


def right_one_persistent_tape():
    return after_one_step(_OneTape)


class _Pairs(Duel):
    def train_step(self, batch):
        real, noise = batch
        sides = [
            (self.expert, self.expert_optimizer),
            (self.forger, self.forger_optimizer),
        ]
        with tf.GradientTape(persistent=True) as tape:
            of_made = self.expert(self.forger(noise, training=True), training=True)
            of_real = self.expert(real, training=True)
            ones, zeros = tf.ones_like(of_real), tf.zeros_like(of_real)
            losses = [
                self.ask(ones, of_real) + self.ask(zeros, of_made),
                self.ask(ones, of_made),
            ]
        steps = []
        for loss, (network, optimizer) in zip(losses, sides, strict=True):
            variables = network.trainable_weights
            steps.append((optimizer, tape.gradient(loss, variables), variables))
        for optimizer, gradients, variables in steps:
            optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return {"expert_loss": losses[0], "forger_loss": losses[1]}


def right_in_a_loop():
    return after_one_step(_Pairs)


class _Concatenated(_Base):
    def losses_of(self, of_real, of_made):
        scores = ops.concatenate([of_real, of_made], axis=0)
        truth = ops.concatenate([ops.ones_like(of_real), ops.zeros_like(of_made)], axis=0)
        return 2 * self.ask(truth, scores), self.ask(ops.ones_like(of_made), of_made)


def right_both_in_one_batch():
    return after_one_step(_Concatenated)


class _ByHand(_Base):
    def train_step(self, batch):
        real, noise = batch
        with tf.GradientTape(persistent=True) as tape:
            of_made = self.expert(self.forger(noise, training=True), training=True)
            expert_loss, forger_loss = self.losses_of(self.expert(real, training=True), of_made)
        changes = []
        for loss, network in ((expert_loss, self.expert), (forger_loss, self.forger)):
            for variable in network.trainable_variables:
                changes.append((variable, 0.5 * tape.gradient(loss, variable)))
        for variable, change in changes:
            variable.assign_sub(change)
        return {"loss": forger_loss}


def right_descent_by_hand():
    return after_one_step(_ByHand)


class _FromScratch(keras.Model):
    def __init__(self):
        super().__init__()
        pattern = Duel()
        self.expert, self.forger = pattern.expert, pattern.forger
        self.ask = keras.losses.BinaryCrossentropy(from_logits=True)
        self.expert_optimizer = keras.optimizers.SGD(0.5)
        self.forger_optimizer = keras.optimizers.SGD(0.5)

    train_step = _OneTape.train_step


def right_not_a_subclass_of_duel():
    return after_one_step(_FromScratch)


class _WithMetrics(_Base):
    def __init__(self):
        super().__init__()
        self.mean = keras.metrics.Mean(name="forger_loss")

    def train_step(self, batch):
        measured = super().train_step(batch)
        self.mean.update_state(measured["forger_loss"])
        return {"forger_loss": self.mean.result()}


def right_with_a_metric():
    return after_one_step(_WithMetrics)


def right_copied_numbers():
    return {"expert": [0.96, 0.86, 0.79], "forger": 0.23, "moving_mean": [0.5, 0.5]}


def wrong_as_it_was():
    """This is still the class with all three faults."""
    return after_one_step(Duel)


def wrong_without_training():
    """The forger is still called without training=True: its moving mean has not moved."""
    return _trained(trains=False)


def wrong_training_left_out():
    """The forger is still called without training=True: its moving mean has not moved."""
    return _trained(trains=None)


def wrong_wants_zero():
    """The forger still wants to hear 0, so it helps the expert."""
    return _trained(wants=0.0)


def wrong_bribes():
    """The forger’s optimizer still changes the expert as well: the forger bribes the expert."""
    return _trained(bribes=True)


def wrong_only_training_mended():
    """The forger is in training mode now, but the other two faults are still there."""
    return _trained(wants=0.0, bribes=True)


def wrong_only_the_target_mended():
    """“moving_mean”"""
    return _trained(trains=False, bribes=True)


def wrong_only_the_variables_mended():
    """“moving_mean”"""
    return _trained(trains=False, wants=0.0)


def wrong_forger_not_applied():
    """“forger”: 0.0 is not right."""
    return _trained(applied=("expert",))


def wrong_expert_not_applied():
    """“expert”"""
    return _trained(applied=("forger",))


def wrong_expert_twice():
    """“expert”"""
    return _trained(applied=("expert", "forger", "expert"))


def wrong_targets_exchanged():
    """“expert”"""

    def losses_of(self, of_real, of_made):
        ones, zeros = ops.ones_like(of_real), ops.zeros_like(of_made)
        return self.ask(zeros, of_real) + self.ask(ones, of_made), self.ask(ones, of_made)

    return _trained(losses_of=losses_of)


def wrong_uphill():
    """The forger still wants to hear 0, so it helps the expert."""
    return {**_trained(), "forger": _trained(wants=0.0)["forger"]}


def wrong_left_open():
    """The entry “expert” is missing."""
    return {**_trained(), "expert": None}
