"""A train_step that gives the optimizer the signs of the gradients."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from solutions.custom_training import after_two_steps


class _Base(keras.Model):
    """A step in parts, so that each part can be written otherwise."""

    training = True
    updates_loss = True
    returns_all = True

    def train_step(self, batch):
        inputs, targets = batch
        with tf.GradientTape() as tape:
            answers = self(inputs, training=self.training)
            loss = self.compute_loss(x=inputs, y=targets, y_pred=answers)
        variables = self.chosen()
        self.change(self.signs(tape.gradient(loss, variables)), variables)
        for metric in self.metrics:
            if metric.name == "loss" and self.updates_loss:
                metric.update_state(loss)
        measured = self.compute_metrics(inputs, targets, answers)
        return measured if self.returns_all else {"loss": loss}

    def chosen(self):
        return self.trainable_variables

    def signs(self, gradients):
        return [ops.sign(gradient) for gradient in gradients]

    def change(self, signs, variables):
        self.optimizer.apply(signs, variables)


def _trained(**parts):
    return after_two_steps(type("Signed", (_Base,), parts))


def right_as_in_the_lesson():
    return _trained()


def right_tf_sign():
    return _trained(signs=lambda _self, gradients: [tf.sign(g) for g in gradients])


def right_map():
    return _trained(signs=lambda _self, gradients: list(map(ops.sign, gradients)))


def right_numpy_sign():
    signs = lambda _self, gradients: [tf.constant(np.sign(g.numpy())) for g in gradients]  # noqa: E731
    return _trained(signs=signs)


def right_where():
    def signs(_self, gradients):
        return [ops.where(g > 0, 1.0, ops.where(g < 0, -1.0, 0.0)) for g in gradients]

    return _trained(signs=signs)


def right_divided_safely():
    signs = lambda _self, gradients: [tf.math.divide_no_nan(g, abs(g)) for g in gradients]  # noqa: E731
    return _trained(signs=signs)


def right_differences_of_truths():
    def signs(_self, gradients):
        return [ops.cast(g > 0, "float32") - ops.cast(g < 0, "float32") for g in gradients]

    return _trained(signs=signs)


def right_apply_gradients():
    def change(self, signs, variables):
        self.optimizer.apply_gradients(zip(signs, variables, strict=True))

    return _trained(change=change)


def right_trainable_weights():
    return _trained(chosen=lambda self: self.trainable_weights)


def right_variables_reversed():
    return _trained(chosen=lambda self: self.trainable_variables[::-1])


def right_variable_by_variable():
    def change(_self, signs, variables):
        for sign, variable in zip(signs, variables, strict=True):
            variable.assign_sub(0.5 * sign)

    return _trained(change=change)


class _Plain(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = ops.mean(ops.square(y - y_pred))
        weights = self.trainable_weights
        signs = [tf.math.sign(g) for g in tape.gradient(loss, weights)]
        self.optimizer.apply_gradients(zip(signs, weights, strict=True))
        for metric in self.metrics:
            metric.update_state(*((loss,) if metric.name == "loss" else (y, y_pred)))
        return self.get_metrics_result()


def right_all_by_hand():
    return after_two_steps(_Plain)


class _Metrics(keras.Model):
    def train_step(self, data):
        x, y, weights = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, weights)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply([ops.sign(g) for g in gradients])
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {metric.name: metric.result() for metric in self.metrics}


def right_metrics_one_by_one():
    class Optimised(_Metrics):
        def train_step(self, data):
            if not self.optimizer.built:
                self.optimizer.build(self.trainable_variables)
            return super().train_step(data)

    return after_two_steps(Optimised)


class _Signing(keras.optimizers.SGD):
    def apply(self, gradients, variables=None):
        return super().apply([ops.sign(g) for g in gradients], variables)


class _ByTheOptimizer(keras.Model):
    def compile(self, optimizer, **settings):
        super().compile(_Signing(float(optimizer.learning_rate)), **settings)


def right_by_an_optimizer_of_ones_own():
    return after_two_steps(_ByTheOptimizer)


def right_persistent_tape():
    class Signed(keras.Model):
        def train_step(self, batch):
            tape = tf.GradientTape(persistent=True)
            with tape:
                answers = self(batch[0], training=True)
                loss = self.compute_loss(batch[0], batch[1], answers)
            for variable in self.trainable_variables:
                variable.assign(variable - 0.5 * ops.sign(tape.gradient(loss, variable)))
            self.metrics[0].update_state(loss)
            return self.compute_metrics(batch[0], batch[1], answers)

    return after_two_steps(Signed)


def right_copied_numbers():
    return {
        "kernel": [1, 1, -1],
        "gamma": [1.5, 1.5, 1.5],
        "moving_mean": [2.25, 2.25, 3],
        "first_loss": 22.5,
        "first_mae": 4,
    }


def wrong_gradients():
    """The optimizer has been given the gradients themselves, not their signs."""
    return _trained(signs=lambda _self, gradients: gradients)


def wrong_as_fit():
    """The optimizer has been given the gradients themselves, not their signs."""
    return after_two_steps(keras.Model)


def wrong_without_training():
    """The moving mean has not moved: your step calls the model without training=True."""
    return _trained(training=False)


def wrong_training_left_out():
    """The moving mean has not moved: your step calls the model without training=True."""
    return _trained(training=None)


def wrong_loss_not_recorded():
    """The loss in the history is 0: the metric called “loss” has not been updated."""
    return _trained(updates_loss=False)


def wrong_loss_returned_but_not_recorded():
    """The loss in the history is 0: the metric called “loss” has not been updated."""

    class Signed(_Base):
        updates_loss = False

        def train_step(self, batch):
            measured = super().train_step(batch)
            return {**measured, "loss": ops.ones(())}  # Keras shows its metric of that name

    return after_two_steps(Signed)


def wrong_only_the_loss():
    """“mae” is missing from the history: return what self.compute_metrics gives."""
    return _trained(returns_all=False)


def wrong_only_the_dense_layer():
    """Only the weights of the dense layer have learned."""
    return _trained(chosen=lambda self: self.layers[-1].trainable_variables)


def wrong_nothing_applied():
    """Nothing has learned: no sign has reached optimizer.apply."""
    return _trained(change=lambda *_all: None)


def wrong_uphill():
    """You are going uphill: the optimizer subtracts what it is given, so give it the sign as it
    is."""
    return _trained(signs=lambda _self, gradients: [-ops.sign(g) for g in gradients])


def wrong_lengths():
    """“kernel”"""
    return _trained(signs=lambda _self, gradients: [ops.abs(g) for g in gradients])


def wrong_twice():
    """“kernel”"""

    def change(self, signs, variables):
        self.optimizer.apply(signs, variables)
        self.optimizer.apply(signs, variables)

    return _trained(change=change)


def wrong_divided_by_zero():
    """“gamma”"""
    return _trained(signs=lambda _self, gradients: [g / ops.abs(g) for g in gradients])


def wrong_class():
    """The answer is of another type than expected: dict."""
    return "Signed"
