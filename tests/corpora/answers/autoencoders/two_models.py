"""Two models on one graph: 64 -> 32 ReLU -> 6, and on to 32 ReLU -> 64, sharing their layers."""

import keras
import numpy as np
from keras import layers, ops


def _steps(code=None, last=None, sizes=(32, 6, 32, 64), hidden="relu", **more):
    activations = (hidden, code, hidden, last)
    return [
        layers.Dense(size, activation=activation, **more)
        for size, activation in zip(sizes, activations, strict=True)
    ]


def _walk(tensor, steps):
    for step in steps:
        tensor = step(tensor)
    return tensor


def _answer(steps=None, cut=2, anew=None, size=64):
    """Both models on one graph; with ``anew``, the encoder is made of those layers instead."""
    steps = steps or _steps()
    inputs = keras.Input((size,))
    code = _walk(inputs, steps[:cut])
    encoder = keras.Model(inputs, _walk(inputs, anew) if anew else code)
    return encoder, keras.Model(inputs, _walk(code, steps[cut:]))


class _Chain(keras.Model):
    def __init__(self, *parts):
        super().__init__()
        self.parts = parts[::-1]

    def call(self, x):
        for part in reversed(self.parts):
            x = part(x)
        return x


def right_one_graph():
    beat = keras.Input(shape=(64,), name="beat")
    x = layers.Dense(32, activation="relu")(beat)
    code = layers.Dense(6)(x)
    x = layers.Dense(32, activation="relu")(code)
    out = layers.Dense(64)(x)
    return keras.Model(beat, code), keras.Model(beat, out)


def right_in_a_loop():
    return _answer()


def right_keyword_arguments_and_names():
    steps = _steps()
    beat = keras.Input((64,))
    code = _walk(beat, steps[:2])
    encoder = keras.models.Model(inputs=beat, outputs=code, name="beat_encoder")
    rebuilt = _walk(encoder.output, steps[2:])
    return encoder, keras.Model(inputs=[encoder.input], outputs=[rebuilt], name="whole")


def right_encoder_cut_out_of_the_autoencoder():
    beat = keras.Input((64,))
    whole = keras.Model(beat, _walk(beat, _steps()))
    return keras.Model(whole.input, whole.layers[2].output), whole


def right_encoder_called_as_a_layer():
    encoder, _whole = _answer()
    beat = keras.Input((64,))
    return encoder, keras.Model(beat, _walk(encoder(beat), _steps()[2:]))


def right_encoder_and_decoder_in_a_chain():
    encoder, _whole = _answer()
    decoder = keras.Sequential([keras.Input((6,)), *_steps()[2:]])
    beat = keras.Input((64,))
    return encoder, keras.Model(beat, decoder(encoder(beat)))


def right_stacks():
    encoder = keras.Sequential([keras.Input((64,)), *_steps()[:2]])
    return encoder, keras.Sequential([keras.Input((64,)), encoder, *_steps()[2:]])


def right_stacks_that_share_layers():
    steps = _steps()
    return (
        keras.Sequential([keras.Input((64,)), *steps[:2]]),
        keras.Sequential([keras.Input((64,)), *steps]),
    )


def right_stack_of_stacks():
    encoder = keras.Sequential([keras.Input((64,)), *_steps()[:2]])
    return encoder, keras.Sequential([encoder, keras.Sequential(_steps()[2:])])


def right_subclass_of_the_encoder():
    encoder, _whole = _answer()
    return encoder, _Chain(encoder, *_steps()[2:])


def right_subclasses_called():
    steps = _steps()
    encoder, whole = _Chain(*steps[:2]), _Chain(*steps)
    for model in (encoder, whole):
        model(np.zeros((2, 64), "float32"))
    return encoder, whole


def right_activations_as_layers():
    steps = _steps(hidden=None)
    steps.insert(3, layers.ReLU())
    steps.insert(1, layers.Activation("relu"))
    return _answer(steps, cut=3)


def right_activations_as_functions():
    first, second, third, last = _steps(hidden=None)
    beat = keras.Input((64,))
    code = second(ops.relu(first(beat)))
    return keras.Model(beat, code), keras.Model(beat, last(keras.activations.relu(third(code))))


def right_linear_named():
    return _answer(_steps(code="linear", last="linear"))


def right_two_inputs_of_one_shape():
    steps = _steps()
    one, other = keras.Input((64,)), keras.Input((64,))
    return (
        keras.Model(one, _walk(one, steps[:2])),
        keras.Model(other, _walk(other, steps)),
    )


def right_code_with_a_name():
    beat = keras.Input((64,))
    code = _walk(beat, _steps()[:2])
    both = {"code": code, "beat": _walk(code, _steps()[2:])}
    return keras.Model(beat, code), keras.Model(beat, both["beat"])


def right_trained():
    encoder, whole = _answer()
    whole.compile("adam", "mse")
    beats = np.ones((8, 64), "float32")
    whole.fit(beats, beats, verbose=0)
    return encoder, whole


def right_other_initial_values():
    return _answer(_steps(kernel_initializer="he_normal"))


def wrong_encoder_of_its_own():
    """The encoder has layers of its own: training the autoencoder would teach it nothing."""
    return _answer(anew=_steps()[:2])


def wrong_cloned_encoder():
    """The encoder has layers of its own: training the autoencoder would teach it nothing."""
    encoder, whole = _answer()
    return keras.models.clone_model(encoder), whole


def wrong_first_layer_not_shared():
    """The encoder has layers of its own: training the autoencoder would teach it nothing."""
    return _answer(anew=[layers.Dense(32, activation="relu"), layers.Dense(6)])


def wrong_relu_on_the_code():
    """Your code goes through a ReLU, so it loses its negative values."""
    return _answer(_steps(code="relu"))


def wrong_sigmoid_at_the_end():
    """A heartbeat goes below zero, but your output cannot: it ends with an activation."""
    return _answer(_steps(last="sigmoid"))


def wrong_no_layer_on_the_way_back():
    """The code goes straight to the last layer"""
    first, second, _third, last = _steps()
    return _answer([first, second, last])


def wrong_encoder_stops_early():
    """The encoder stops one layer too early: the code has 6 values."""
    return _answer(cut=1)


def wrong_tanh_at_the_end():
    """applies tanh, but no activation is asked for here."""
    return _answer(_steps(last="tanh"))


def wrong_size_of_the_code():
    """units is 8, but 6 is asked for."""
    return _answer(_steps(sizes=(32, 8, 32, 64)))


def wrong_no_activation_within():
    """has no activation; relu is asked for."""
    return _answer(_steps(hidden=None))


def wrong_models_swapped():
    """has shape (64,), but (6,) is asked for."""
    return _answer()[::-1]


def wrong_encoder_frozen():
    """is frozen (trainable=False), but its weights should be trained."""
    encoder, whole = _answer()
    encoder.trainable = False
    return encoder, whole


def wrong_input_size():
    """has shape (32,), but (64,) is asked for."""
    return _answer(_steps(sizes=(32, 6, 32, 32)), size=32)


def wrong_nothing_built():
    """Not attempted yet."""
    return None, None
