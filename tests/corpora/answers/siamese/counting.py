"""Parameters of a shared embedding, of three separate ones, and of a Siamese network."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers, ops


def _counts(shared=320_000, separate=960_000, siamese=2_344):
    return {"shared": shared, "separate": separate, "siamese": siamese}


def _encoder():
    return keras.Sequential([keras.Input((64,)), layers.Dense(32), layers.Dense(8)])


def _reading(embeddings):
    texts = [keras.Input((None,), dtype="int32") for _text in range(3)]
    read = [embeddings[i % len(embeddings)](text) for i, text in enumerate(texts)]
    return keras.Model(texts, read)


def right_numbers():
    return {"shared": 320000, "separate": 960000, "siamese": 2344}


def right_products():
    return _counts(5000 * 64, 3 * 5000 * 64, 64 * 32 + 32 + 32 * 8 + 8)


def right_factored():
    return _counts(siamese=(64 + 1) * 32 + (32 + 1) * 8)


def right_in_another_order():
    return {"siamese": 2344, "separate": 960_000, "shared": 320_000}


def right_floats():
    return _counts(3.2e5, 9.6e5, 2344.0)


def right_numpy_numbers():
    return _counts(np.int64(320_000), np.int32(960_000), np.float32(2344))


def right_arrays_and_tensors():
    return _counts(np.array(320_000), ops.prod([3, 5000, 64]), np.prod([65, 32]) + 264)


def right_numbers_as_text():
    return _counts("320000", "960,000", "2,344")


def right_keyword_arguments():
    return dict(shared=320_000, separate=960_000, siamese=2_344)  # noqa: C408


def right_ordered():
    return OrderedDict([("shared", 320_000), ("separate", 960_000), ("siamese", 2_344)])


def right_filled_in_later():
    counting = dict.fromkeys(("shared", "separate", "siamese"))
    counting["shared"] = 5000 * 64
    counting["separate"] = 3 * counting["shared"]
    counting["siamese"] = 2080 + 264
    return counting


def right_sums_over_layers():
    encoder = sum(inputs * units + units for inputs, units in [(64, 32), (32, 8)])
    return _counts(siamese=encoder)


def right_asked_of_keras():
    shared = _reading([layers.Embedding(5000, 64)])
    separate = _reading([layers.Embedding(5000, 64) for _each in range(3)])
    encoder = _encoder()
    a, b = keras.Input((64,)), keras.Input((64,))
    siamese = keras.Model([a, b], ops.norm(encoder(a) - encoder(b), axis=1))
    return _counts(shared.count_params(), separate.count_params(), siamese.count_params())


def right_with_an_entry_more():
    return {"matrices": 3, **_counts()}


def wrong_shared_counted_at_each_call():
    "You counted the shared embedding once for each call."
    return _counts(shared=3 * 5000 * 64)


def wrong_encoder_counted_twice():
    "You counted the encoder twice. Both images go through the same weights."
    return _counts(siamese=2 * _encoder().count_params())


def wrong_everything_counted_at_each_call():
    "You counted the shared embedding once for each call."
    return _counts(shared=960_000, siamese=4688)


def wrong_no_biases():
    "You counted the weights of the encoder, but not its biases: 32, then 8."
    return _counts(siamese=64 * 32 + 32 * 8)


def wrong_separate_counted_once():
    "Three separate embeddings have three matrices, one each."
    return _counts(separate=320_000)


def wrong_shared_and_separate_swapped():
    "“separate”: 320000 is not right."
    return _counts(960_000, 320_000)


def wrong_two_separate():
    "“separate”: 640000 is not right."
    return _counts(separate=2 * 5000 * 64)


def wrong_embedding_with_biases():
    "“shared”: 320064 is not right."
    return _counts(shared=5000 * 64 + 64)


def wrong_vocabulary_only():
    "“shared”: 5000 is not right."
    return _counts(5000, 15000)


def wrong_first_layer_only():
    "“siamese”: 2080 is not right."
    return _counts(siamese=2080)


def wrong_biases_once():
    "“siamese”: 2336 is not right."
    return _counts(siamese=64 * 32 + 32 * 8 + 32)


def wrong_distance_with_weights():
    "“siamese”: 2353 is not right."
    return _counts(siamese=2344 + 9)


def wrong_left_open():
    "The entry “siamese” is missing."
    return _counts(siamese=None)


def wrong_names():
    "The entry “shared” is missing."
    return {"Shared": 320_000, "Separate": 960_000, "Siamese": 2_344}


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return [320_000, 960_000, 2_344]
