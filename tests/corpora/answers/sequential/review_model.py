"""Two LSTM layers over an embedding, in the styles in which students write them."""

import keras
import numpy as np
from keras import layers


def _review(*body, shape=(20,)):
    return keras.Sequential([keras.Input(shape, dtype="int32"), *body])


def _body(table=(500, 24), units=(32, 16), kind=layers.LSTM, last="sigmoid", **second):
    return (
        layers.Embedding(*table),
        kind(units[0], return_sequences=True),
        kind(units[1], **second),
        layers.Dense(1, activation=last),
    )


def right_a_list():
    return _review(*_body())


def right_layer_by_layer():
    model = keras.Sequential()
    model.add(keras.Input(shape=(20,), dtype="int32", name="words"))
    model.add(layers.Embedding(500, 24, name="meaning"))
    model.add(layers.LSTM(32, return_sequences=True))
    model.add(layers.LSTM(16, return_sequences=False))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def right_keywords():
    return _review(
        layers.Embedding(input_dim=500, output_dim=24),
        layers.LSTM(units=32, return_sequences=True),
        layers.LSTM(units=16),
        layers.Dense(units=1, activation=keras.activations.sigmoid),
    )


def right_activation_apart():
    return _review(*_body(last=None), layers.Activation("sigmoid"))


def right_functional():
    words = keras.Input((20,), dtype="int32")
    x = layers.Embedding(500, 24)(words)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(x)
    return keras.Model(words, layers.Dense(1, activation="sigmoid")(x))


def right_functional_with_a_function():
    words = keras.Input(shape=(20,), dtype="int32", name="review")
    memory = layers.LSTM(16)(
        layers.LSTM(32, return_sequences=True)(layers.Embedding(500, 24)(words))
    )
    return keras.Model(words, keras.activations.sigmoid(layers.Dense(1)(memory)), name="reviews")


def right_subclassed():
    class Reviews(keras.Model):
        def __init__(self):
            super().__init__()
            self.answer = layers.Dense(1, activation="sigmoid")
            self.second = layers.LSTM(16)
            self.first = layers.LSTM(32, return_sequences=True)
            self.table = layers.Embedding(500, 24)

        def call(self, words):
            return self.answer(self.second(self.first(self.table(words))))

    model = Reviews()
    model(np.zeros((2, 20), "int32"))
    return model


def right_nested():
    memory = keras.Sequential([layers.LSTM(32, return_sequences=True), layers.LSTM(16)])
    return _review(layers.Embedding(500, 24), memory, layers.Dense(1, activation="sigmoid"))


def right_in_a_loop():
    words = keras.Input((20,), dtype="int32")
    x = layers.Embedding(500, 24)(words)
    for units, every in ((32, True), (16, False)):
        x = layers.LSTM(units, return_sequences=every)(x)
    return keras.Model(words, layers.Dense(1, "sigmoid")(x))


def right_spelt_out_defaults():
    return _review(
        layers.Embedding(500, 24, mask_zero=False),
        layers.LSTM(32, activation="tanh", recurrent_activation="sigmoid", return_sequences=True),
        layers.LSTM(16, dropout=0.0, go_backwards=False),
        layers.Dense(1, activation="sigmoid", use_bias=True),
    )


def right_cells():
    return _review(
        layers.Embedding(500, 24),
        layers.RNN(layers.LSTMCell(32), return_sequences=True),
        layers.RNN(layers.LSTMCell(16)),
        layers.Dense(1, activation="sigmoid"),
    )


def right_popped_and_added():
    model = _review(*_body(last="softmax"))
    model.pop()
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def right_compiled():
    model = _review(*_body())
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def right_other_initial_values():
    return _review(
        layers.Embedding(500, 24, embeddings_initializer="normal"),
        layers.LSTM(32, return_sequences=True, unit_forget_bias=True, name="first"),
        layers.LSTM(16, name="second"),
        layers.Dense(1, activation="sigmoid", name="favourable"),
    )


def wrong_every_word():
    """The second LSTM returns its memory at every word, so there are 20 answers"""
    return _review(*_body(return_sequences=True))


def wrong_table():
    """The two numbers of the embedding are swapped"""
    return _review(*_body(table=(24, 500)))


def wrong_sizes():
    """The two LSTM layers have swapped sizes: 32 units come first, then 16."""
    return _review(*_body(units=(16, 32)))


def wrong_kind():
    """These are GRU layers; LSTM layers are asked for."""
    return _review(*_body(kind=layers.GRU))


def wrong_softmax():
    """Softmax over a single unit is always 1: every review would be favourable."""
    return _review(*_body(last="softmax"))


def wrong_no_activation():
    """is an output and has no activation, so it gives logits; sigmoid is asked for."""
    return _review(*_body(last=None))


def wrong_length():
    """has shape (30,), but (20,) is asked for."""
    return _review(*_body(), shape=(30,))


def wrong_one_lstm():
    """A layer is missing after"""
    return _review(
        layers.Embedding(500, 24), layers.LSTM(16), layers.Dense(1, activation="sigmoid")
    )


def wrong_vocabulary():
    """input_dim is 501, but 500 is asked for."""
    return _review(*_body(table=(501, 24)))


def wrong_vector_length():
    """output_dim is 32, but 24 is asked for."""
    return _review(*_body(table=(500, 32)))


def wrong_backwards():
    """go_backwards is"""
    return _review(*_body(go_backwards=True))


def wrong_averaged():
    """GlobalAveragePooling1D"""
    embedding, first, _second, last = _body()
    return _review(embedding, first, layers.GlobalAveragePooling1D(), last)


def wrong_input_of_floats():
    "has dtype float32, but int32 is asked for"
    return keras.Sequential([keras.Input((20,)), *_body()])
