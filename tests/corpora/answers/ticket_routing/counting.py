"""Sizes of an embedding, an LSTM, what is joined, and two heads."""

import numpy as np

RIGHT = {
    "embedding": 160_000,
    "lstm": 3_136,
    "joined": 24,
    "urgent": 25,
    "team": 75,
    "total": 163_236,
}


def _but(**entries):
    return {**RIGHT, **entries}


def right_as_numbers():
    return dict(RIGHT)


def right_as_products():
    joined = 16 + 8
    sizes = {
        "embedding": 5000 * 32,
        "lstm": 4 * (32 * 16 + 16 * 16 + 16),
        "urgent": joined + 1,
        "team": joined * 3 + 3,
    }
    return {**sizes, "joined": joined, "total": sum(sizes.values())}


def right_as_floats():
    return {key: float(value) for key, value in RIGHT.items()}


def right_as_numpy_integers():
    return {key: np.int64(value) for key, value in RIGHT.items()}


def right_as_small_numpy_integers():
    return {key: np.int32(value) for key, value in RIGHT.items()}


def right_as_numpy_floats():
    return {key: np.float32(value) for key, value in RIGHT.items()}


def right_as_items_of_an_array():
    return dict(zip(RIGHT, np.array(list(RIGHT.values())), strict=True))


def right_in_another_order():
    return dict(reversed(RIGHT.items()))


def right_with_an_entry_more():
    return {**RIGHT, "tags": 0}


def right_built_entry_by_entry():
    answer = dict.fromkeys(RIGHT)
    for key, value in RIGHT.items():
        answer[key] = value
    return answer


def right_merged_from_two():
    layers = {"embedding": 160000, "lstm": 3136, "urgent": 25, "team": 75}
    return layers | {"joined": 24, "total": 163236}


def right_by_division():
    return {key: 2 * value / 2 for key, value in RIGHT.items()}


def right_from_layers():
    import keras
    from keras import layers

    words = layers.Embedding(5_000, 32)
    reader = layers.LSTM(16)
    request, tags = keras.Input((None,), dtype="int32"), keras.Input((8,))
    joined = layers.concatenate([reader(words(request)), tags])
    heads = {"urgent": layers.Dense(1), "team": layers.Dense(3)}
    outputs = [head(joined) for head in heads.values()]
    return {
        "embedding": words.count_params(),
        "lstm": reader.count_params(),
        "joined": joined.shape[-1],
        **{name: head.count_params() for name, head in heads.items()},
        "total": keras.Model([request, tags], outputs).count_params(),
    }


def right_as_text():
    return _but(embedding="160 000")


def wrong_embedding_with_biases():
    """An embedding has no biases: it is a table of words by numbers, and nothing more."""
    return _but(embedding=160_032)


def wrong_one_set_of_weights():
    """You forgot the factor 4: an LSTM has four sets of weights, one for its memory and three
    for its gates."""
    return _but(lstm=784, total=160_884)


def wrong_without_tags():
    """You left out the 8 tags: they are concatenated with the summary and reach both outputs."""
    return _but(joined=16, urgent=17, team=51)


def wrong_word_vectors_joined():
    """The LSTM passes on its 16 units, not the 32 numbers of the word vectors: that is what the
    tags are joined to."""
    return _but(joined=40, urgent=41, team=123)


def wrong_without_biases():
    """You counted the weights of the two outputs, but not their biases."""
    return _but(urgent=24, team=72)


def wrong_total():
    """“total”: 163161 is not right"""
    return _but(total=163_161)


def wrong_lstm_without_recurrence():
    """“lstm”: 2112 is not right"""
    return _but(lstm=4 * (32 * 16 + 16))


def wrong_one_left_out():
    """The entry “team” is missing."""
    return {key: value for key, value in RIGHT.items() if key != "team"}


def wrong_one_still_none():
    """The entry “total” is missing."""
    return _but(total=None)


def wrong_in_words():
    """“embedding”"""
    return _but(embedding="a lot")


def wrong_a_list():
    """The answer is of another type than expected"""
    return list(RIGHT.values())


def wrong_only_the_total():
    """The answer is of another type than expected"""
    return RIGHT["total"]
