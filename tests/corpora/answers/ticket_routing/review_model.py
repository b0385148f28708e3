"""A review and six numbers on the stay -> a rating and a topic."""

import keras
from keras import layers, ops


def _inputs(dtype="int32", length=None):
    return [
        keras.Input(shape=(length,), dtype=dtype, name="review"),
        keras.Input(shape=(6,), name="stay"),
    ]


def _read(review, words=2_000, size=16, units=24, **more):
    return layers.LSTM(units, **more)(layers.Embedding(words, size)(review))


def _heads(visit, rating=None, topic="softmax", names=("rating", "topic")):
    return [
        layers.Dense(1, activation=rating, name=names[0])(visit),
        layers.Dense(5, activation=topic, name=names[1])(visit),
    ]


def _model(merge=layers.concatenate, heads=_heads, **reading):
    review, stay = _inputs()
    return keras.Model([review, stay], heads(merge([_read(review, **reading), stay])))


def right_functional():
    return _model()


def right_with_names_everywhere():
    review, stay = _inputs()
    words = layers.Embedding(2_000, 16, name="words")(review)
    summary = layers.LSTM(24, name="summary")(words)
    visit = layers.Concatenate(name="visit")([summary, stay])
    rating = layers.Dense(units=1, name="rating")(visit)
    topic = layers.Dense(units=5, activation="softmax", name="topic")(visit)
    return keras.Model(inputs=[review, stay], outputs=[rating, topic], name="reviews")


def right_joined_by_an_operation():
    return _model(merge=lambda parts: ops.concatenate(parts, axis=-1))


def right_joined_on_axis_1():
    return _model(merge=lambda parts: layers.concatenate(parts, axis=1))


def right_linear_spelled_out():
    return _model(heads=lambda visit: _heads(visit, rating="linear"))


def right_softmax_as_a_layer():
    def heads(visit):
        rating = layers.Dense(1, name="rating")(visit)
        return [rating, layers.Softmax(name="topic")(layers.Dense(5)(visit))]

    return _model(heads=heads)


def right_activation_layer():
    def heads(visit):
        topic = layers.Activation("softmax", name="topic")(layers.Dense(5)(visit))
        return [layers.Dense(1, name="rating")(visit), topic]

    return _model(heads=heads)


def right_dictionary_of_outputs():
    review, stay = _inputs()
    rating, topic = _heads(layers.concatenate([_read(review), stay]))
    return keras.Model([review, stay], {"rating": rating, "topic": topic})


def right_dictionaries_with_operations():
    review, stay = _inputs()
    visit = layers.concatenate([_read(review), stay])
    topic = ops.softmax(layers.Dense(5)(visit))
    outputs = {"rating": layers.Dense(1)(visit), "topic": topic}
    return keras.Model({"review": review, "stay": stay}, outputs)


def right_reader_as_a_model():
    review, stay = _inputs()
    reader = keras.Sequential([layers.Embedding(2_000, 16), layers.LSTM(24)], name="reader")
    return keras.Model([review, stay], _heads(layers.concatenate([reader(review), stay])))


def right_whole_lstm_and_its_last_step():
    review, stay = _inputs()
    steps = layers.LSTM(24, return_sequences=True)(layers.Embedding(2_000, 16)(review))
    return keras.Model([review, stay], _heads(layers.concatenate([steps[:, -1], stay])))


def right_settings_spelled_out():
    return _model(activation="tanh", recurrent_activation="sigmoid", return_sequences=False)


def right_stay_made_first():
    stay = keras.Input((6,), name="stay")
    review = keras.Input((None,), dtype="int32", name="review")
    return keras.Model([review, stay], _heads(layers.concatenate([_read(review), stay])))


def right_inputs_listed_the_other_way_round():
    review, stay = _inputs()
    return keras.Model([stay, review], _heads(layers.concatenate([_read(review), stay])))


class _Reviews(keras.Model):
    def __init__(self):
        super().__init__()
        self.topic = layers.Dense(5, activation="softmax")
        self.rating = layers.Dense(1)
        self.summary = layers.LSTM(24)
        self.words = layers.Embedding(2_000, 16)

    def call(self, inputs):
        summary = self.summary(self.words(inputs["review"]))
        visit = ops.concatenate([summary, inputs["stay"]], axis=-1)
        return {"rating": self.rating(visit), "topic": self.topic(visit)}


def right_subclass_of_dictionaries():
    import numpy as np

    model = _Reviews()
    model({"review": np.zeros((1, 3), "int32"), "stay": np.zeros((1, 6), "float32")})
    return model


def right_cloned():
    return keras.models.clone_model(_model())


def wrong_numbers_of_the_embedding_swapped():
    """The two numbers of Embedding are swapped: the size of the vocabulary comes first, then the
    size of a vector."""
    return _model(words=16, size=2_000)


def wrong_stay_forgotten():
    """“stay” is an input that leads nowhere: concatenate it with the summary of the review."""
    return _model(merge=lambda parts: parts[0])


def wrong_stay_first():
    """The review comes first in the concatenation, then the stay."""
    return _model(merge=lambda parts: layers.concatenate(parts[::-1]))


def wrong_mean_of_all_steps():
    """You average over all steps of the LSTM. Its last output is the summary: without
    return_sequences, no pooling is needed."""
    review, stay = _inputs()
    steps = _read(review, return_sequences=True)
    visit = layers.concatenate([layers.GlobalAveragePooling1D()(steps), stay])
    return keras.Model([review, stay], _heads(visit))


def wrong_rating_in_a_sigmoid():
    """A rating with a sigmoid stays between 0 and 1. A regression output takes no activation."""
    return _model(heads=lambda visit: _heads(visit, rating="sigmoid"))


def wrong_five_sigmoids():
    """Five sigmoids do not exclude each other. A review has one topic: a softmax."""
    return _model(heads=lambda visit: _heads(visit, topic="sigmoid"))


def wrong_sixteen_units():
    """The LSTM has 24 units; 16 is the size of the word vectors."""
    return _model(units=16)


def wrong_names_of_outputs():
    """“topic”"""
    return _model(heads=lambda visit: _heads(visit, names=("rating", "subject")))


def wrong_names_of_inputs():
    """“review”"""
    text, stay = keras.Input((None,), dtype="int32", name="text"), keras.Input((6,), name="stay")
    return keras.Model([text, stay], _heads(layers.concatenate([_read(text), stay])))


def wrong_length_fixed():
    """Input “review” has shape (100,), but (None,) is asked for."""
    review, stay = _inputs(length=100)
    return keras.Model([review, stay], _heads(layers.concatenate([_read(review), stay])))


def wrong_type_of_the_review():
    """Input “review” has dtype float32, but int32 is asked for."""
    review, stay = _inputs(dtype="float32")
    return keras.Model([review, stay], _heads(layers.concatenate([_read(review), stay])))


def wrong_masked():
    """mask_zero"""
    review, stay = _inputs()
    summary = layers.LSTM(24)(layers.Embedding(2_000, 16, mask_zero=True)(review))
    return keras.Model([review, stay], _heads(layers.concatenate([summary, stay])))


def wrong_no_lstm():
    """LSTM"""
    review, stay = _inputs()
    mean = layers.GlobalAveragePooling1D()(layers.Embedding(2_000, 16)(review))
    return keras.Model([review, stay], _heads(layers.concatenate([mean, stay])))


def wrong_topic_only():
    """The model has 1 output(s), but 2 are asked for."""
    return _model(heads=lambda visit: _heads(visit)[1])
