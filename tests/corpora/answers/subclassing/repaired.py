"""The violins mended: two layers, a dropout that is active, the sound added, four classes."""

import keras
import numpy as np
from keras import layers, ops


class _Violins(keras.Model):
    """As it is given."""

    def __init__(self):
        super().__init__(name="violins")
        self.first = layers.Dense(24, activation="relu", name="first")
        self.second = layers.Dense(24, activation="relu", name="second")
        self.drop = layers.Dropout(0.5, name="drop")
        self.answer = layers.Dense(4, activation="softmax", name="answer")

    def call(self, sound):
        x = self.first(sound)
        x = self.first(x)
        x = self.drop(x, training=False)
        layers.add([x, sound])
        return self.answer(x)


def _with(call):
    """The given class with another ``call``."""
    return type("Repaired", (_Violins,), {"call": call})()


def right_inherits():
    class Repaired(_Violins):
        def call(self, sound):
            x = self.first(sound)
            x = self.second(x)
            x = self.drop(x)
            x = layers.add([x, sound])
            return self.answer(x)

    return Repaired()


def right_plus():
    def call(self, sound):
        return self.answer(self.drop(self.second(self.first(sound))) + sound)

    return _with(call)


def right_the_sound_first():
    def call(self, sound):
        return self.answer(sound + self.drop(self.second(self.first(sound))))

    return _with(call)


def right_ops_add():
    def call(self, sound):
        x = self.drop(self.second(self.first(sound)))
        total = ops.add(x, sound)
        return self.answer(total)

    return _with(call)


def right_add_layer():
    class Repaired(_Violins):
        def __init__(self):
            super().__init__()
            self.total = layers.Add()

        def call(self, sound):
            x = self.drop(self.second(self.first(sound)))
            return self.answer(self.total([x, sound]))

    return Repaired()


def right_training_passed_on():
    def call(self, sound, training=None):
        x = self.second(self.first(sound))
        x = self.drop(x, training=training)
        return self.answer(x + sound)

    return _with(call)


def right_training_false_by_default():
    def call(self, sound, training=False):
        x = self.second(self.first(sound))
        return self.answer(self.drop(x, training=training) + sound)

    return _with(call)


def right_written_anew():
    class Fiddles(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.quality = layers.Dense(4, activation="softmax")
            self.drop = layers.Dropout(0.5)
            self.b = layers.Dense(24, activation="relu")
            self.a = layers.Dense(24, activation="relu")

        def call(self, inputs):
            return self.quality(self.drop(self.b(self.a(inputs))) + inputs)

    return Fiddles(name="fiddles")


def right_called():
    model = right_plus()
    model(np.zeros((2, 24), "float32"))
    return model


def right_called_on_an_input():
    model = right_inherits()
    model(keras.Input((24,)))
    return model


def right_given_model_with_another_call():
    class Repaired(keras.Model):
        def __init__(self):
            super().__init__()
            self.broken = _Violins()

        def call(self, sound):
            parts = self.broken
            x = parts.drop(parts.second(parts.first(sound)))
            return parts.answer(x + sound)

    return Repaired()


def right_functional():
    sound = keras.Input((24,), name="sound")
    x = layers.Dense(24, activation="relu")(sound)
    x = layers.Dense(24, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(sound, layers.Dense(4, activation="softmax")(x + sound))


def right_functional_with_the_given_layers():
    given, sound = _Violins(), keras.Input((24,))
    x = layers.add([given.drop(given.second(given.first(sound))), sound])
    return keras.Model(sound, given.answer(x))


def right_activations_apart():
    class Repaired(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = [layers.Dense(24), layers.ReLU(), layers.Dense(24), layers.ReLU()]
            self.drop, self.answer = layers.Dropout(0.5), layers.Dense(4)

        def call(self, sound):
            x = sound
            for step in self.steps:
                x = step(x)
            return ops.softmax(self.answer(self.drop(x) + sound))

    return Repaired()


def right_compiled_and_trained():
    model = right_plus()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.ones((4, 24)), np.ones(4), verbose=0)
    return model


def wrong_still_broken():
    """This is still “broken”: its three faults are all there."""
    return _Violins()


def wrong_still_broken_and_called():
    """This is still “broken”: its three faults are all there."""
    model = _Violins()
    model(np.zeros((2, 24), "float32"))
    return model


def wrong_first_twice():
    """“first” is called twice and “second” never: the two steps share their weights."""

    def call(self, sound):
        return self.answer(self.drop(self.first(self.first(sound))) + sound)

    return _with(call)


def wrong_dropout_asleep():
    """The dropout is told training=False for ever, so it never drops anything."""

    def call(self, sound):
        x = self.drop(self.second(self.first(sound)), training=False)
        return self.answer(x + sound)

    return _with(call)


def wrong_sum_thrown_away():
    """The sum is computed and thrown away: keep its result, and give it to “answer”."""

    def call(self, sound):
        x = self.drop(self.second(self.first(sound)))
        layers.add([x, sound])
        return self.answer(x)

    return _with(call)


def wrong_no_dropout():
    """You took the dropout out. It is asked for, and must be active in training."""

    def call(self, sound):
        return self.answer(self.second(self.first(sound)) + sound)

    return _with(call)


def wrong_dropout_always():
    """training=True"""

    def call(self, sound):
        x = self.drop(self.second(self.first(sound)), training=True)
        return self.answer(x + sound)

    return _with(call)


def wrong_dropout_on_the_sum():
    """“drop”"""

    def call(self, sound):
        return self.answer(self.drop(self.second(self.first(sound)) + sound))

    return _with(call)


def wrong_concatenated():
    """is of type Concatenate; Add is asked for here."""

    def call(self, sound):
        x = self.drop(self.second(self.first(sound)))
        return self.answer(layers.concatenate([x, sound]))

    return _with(call)


def wrong_first_is_skipped():
    """A layer is missing"""

    def call(self, sound):
        return self.answer(self.drop(self.second(sound)) + sound)

    return _with(call)


def wrong_adds_the_first_layer():
    """“add” receives drop, first; it should receive drop, input_0."""

    def call(self, sound):
        x = self.first(sound)
        return self.answer(self.drop(self.second(x)) + x)

    return _with(call)


def wrong_multiplied():
    """is of type Multiply; Add is asked for here."""

    def call(self, sound):
        return self.answer(self.drop(self.second(self.first(sound))) * sound)

    return _with(call)


def wrong_two_faults_left():
    """training=False"""

    def call(self, sound):
        x = self.first(self.first(sound))
        x = self.drop(x, training=False)
        return self.answer(x + sound)

    return _with(call)


def wrong_logits():
    """has no activation, so it gives logits; softmax is asked for."""

    class Repaired(_Violins):
        def __init__(self):
            super().__init__()
            self.answer = layers.Dense(4)

        def call(self, sound):
            return self.answer(self.drop(self.second(self.first(sound))) + sound)

    return Repaired()
