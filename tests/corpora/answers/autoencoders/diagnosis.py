"""The given encoder, frozen, called under two dense layers that learn: 16 ReLU, 3 softmax."""

import keras
import numpy as np
from keras import layers, ops


def _listener():
    """The given model, new for each answer, since answers freeze it."""
    sound = keras.Input(shape=(40,), name="sound")
    tones = layers.Dense(24, activation="relu", name="tones")(sound)
    timbre = layers.Dense(10, activation="relu", name="timbre")(tones)
    return keras.Model(sound, timbre, name="listener")


def _frozen():
    listener = _listener()
    listener.trainable = False
    return listener


def _head(units=16, hidden="relu", last="softmax"):
    return [layers.Dense(units, activation=hidden), layers.Dense(3, activation=last)]


def _walk(tensor, steps):
    for step in steps:
        tensor = step(tensor)
    return tensor


def _answer(listener=None, head=None, call=None, size=40):
    """The given model, and the one that calls it (or ``call`` in its place)."""
    listener = listener or _frozen()
    recording = keras.Input((size,))
    features = (call or listener)(recording)
    return listener, keras.Model(recording, _walk(features, head or _head()))


class _Diagnosis(keras.Model):
    def __init__(self, listener):
        super().__init__()
        self.state = layers.Dense(3, activation="softmax")
        self.signs = layers.Dense(16, activation="relu")
        self.listener = listener

    def call(self, recording, training=None):
        features = self.listener(recording, training=training)
        return self.state(self.signs(features))


def right_frozen_first():
    listener = _listener()
    listener.trainable = False
    recording = keras.Input(shape=(40,), name="recording")
    x = layers.Dense(16, activation="relu")(listener(recording))
    x = layers.Dense(3, activation="softmax")(x)
    return listener, keras.Model(inputs=recording, outputs=x, name="diagnosis")


def right_in_a_loop():
    return _answer()


def right_frozen_afterwards():
    listener, model = _answer(_listener())
    listener.trainable = False
    return listener, model


def right_frozen_layer_by_layer():
    listener = _listener()
    for layer in listener.layers:
        layer.trainable = False
    return _answer(listener)


def right_frozen_within_the_new_model():
    listener, model = _answer(_listener())
    model.get_layer("listener").trainable = False
    return listener, model


def right_frozen_by_number():
    listener, model = _answer(_listener())
    model.layers[1].trainable = False
    return listener, model


def right_on_the_output_of_the_listener():
    listener = _frozen()
    return listener, keras.Model(listener.input, _walk(listener.output, _head()))


def right_on_an_inner_layer():
    listener = _frozen()
    features = listener.get_layer("timbre").output
    return listener, keras.Model(listener.inputs, _walk(features, _head()))


def right_stack():
    listener = _frozen()
    return listener, keras.Sequential([listener, *_head()])


def right_stack_with_input():
    listener = _frozen()
    return listener, keras.Sequential([keras.Input((40,)), listener, *_head()])


def right_stack_by_add():
    listener, model = _frozen(), keras.Sequential()
    for step in (listener, *_head()):
        model.add(step)
    return listener, model


def right_head_as_a_model():
    head = keras.Sequential([keras.Input((10,)), *_head()])
    return _answer(head=[head])


def right_activations_as_layers():
    first, last = _head(hidden=None, last=None)
    return _answer(head=[first, layers.ReLU(), last, layers.Softmax()])


def right_activations_as_functions():
    first, last = _head(hidden=None, last=None)
    return _answer(head=[first, ops.relu, last, keras.activations.softmax])


def right_called_with_training_off():
    listener = _frozen()
    return _answer(listener, call=lambda recording: listener(recording, training=False))


def right_subclass():
    listener = _frozen()
    return listener, _Diagnosis(listener)


def right_subclass_called():
    listener = _frozen()
    model = _Diagnosis(listener)
    model(np.zeros((2, 40), "float32"))
    return listener, model


def right_compiled_and_trained():
    listener, model = _answer()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.ones((6, 40)), np.ones(6), verbose=0)
    return listener, model


def right_unfrozen_head_after_freezing_everything():
    listener, model = _answer(_listener())
    model.trainable = False
    for layer in model.layers[2:]:
        layer.trainable = True
    model._trainable = True  # what `model.trainable = True` sets, but for the layers
    return listener, model


def wrong_not_frozen():
    """“listener” can still learn: with few labels, it would forget what it knows."""
    return _answer(_listener())


def wrong_frozen_too_late():
    """“listener” can still learn: with few labels, it would forget what it knows."""
    listener, model = _answer(_listener())
    keras.models.clone_model(model).trainable = False
    return listener, model


def wrong_everything_frozen():
    """Everything is frozen, your own layers too: nothing could learn."""
    listener, model = _answer(_listener())
    model.trainable = False
    return listener, model


def wrong_rebuilt():
    """You built another encoder, with weights of its own."""
    return _answer(call=_frozen())


def wrong_cloned():
    """You built another encoder, with weights of its own."""
    listener = _frozen()
    copy = keras.models.clone_model(listener)
    copy.trainable = False
    return _answer(listener, call=copy)


def wrong_copied_with_its_weights():
    """You built another encoder, with weights of its own."""
    listener = _frozen()
    copy = keras.models.clone_model(listener)
    copy.set_weights(listener.get_weights())
    copy.trainable = False
    return _answer(listener, call=copy)


def wrong_raw_scores():
    """Your last layer gives raw scores. Softmax is asked for"""
    return _answer(head=_head(last=None))


def wrong_no_hidden_layer():
    """The dense layer of 16 units between “listener” and the answer is missing."""
    return _answer(head=[layers.Dense(3, activation="softmax")])


def wrong_one_layer_frozen():
    """“tones” can be trained, but its weights should be frozen."""
    listener = _listener()
    listener.get_layer("timbre").trainable = False
    return _answer(listener)


def wrong_sigmoids():
    """uses the sigmoid activation; softmax is asked for."""
    return _answer(head=_head(last="sigmoid"))


def wrong_size():
    """units is 32, but 16 is asked for."""
    return _answer(head=_head(units=32))


def wrong_no_activation():
    """has no activation; relu is asked for."""
    return _answer(head=_head(hidden=None))


def wrong_without_the_listener():
    """A layer is missing after “Input”: Dense."""
    recording = keras.Input((40,))
    return _frozen(), keras.Model(recording, _walk(recording, _head()))


def wrong_head_only():
    """has shape (10,), but (40,) is asked for."""
    features = keras.Input((10,))
    return _frozen(), keras.Model(features, _walk(features, _head()))


def wrong_first_layer_of_the_listener():
    """A layer is missing after “tones”: Dense."""
    listener = _frozen()
    features = listener.get_layer("tones").output
    return listener, keras.Model(listener.input, _walk(features, _head()))
