"""Parameters of a stack and a layer in a graph, and of a class around the graph."""

from types import SimpleNamespace

import keras
import numpy as np
from keras import layers


def _counts(**changes):
    return {"encoder": 1188, "scale": 16, "match": 17, "graph": 1221, "judge": 1221, **changes}


def _models():
    class Scale(layers.Layer):
        def build(self, shape):
            self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")

        def call(self, x):
            return x * self.scale

    class Judge(keras.Model):
        def __init__(self, graph):
            super().__init__()
            self.graph = graph

        def call(self, pair):
            query, title = pair
            return (self.graph([query, title]) + self.graph([title, query])) / 2

    encoder = keras.Sequential([layers.Dense(20, activation="relu"), layers.Dense(8)])
    scale, match = Scale(), layers.Dense(1, activation="sigmoid")
    query, title = keras.Input((50,)), keras.Input((50,))
    both = layers.concatenate([encoder(query), encoder(title)])
    graph = keras.Model([query, title], match(scale(both)))
    judge = Judge(graph)
    judge([query, title])
    return SimpleNamespace(encoder=encoder, scale=scale, match=match, graph=graph, judge=judge)


def right_dictionary():
    return _counts()


def right_sums():
    return {
        "encoder": 50 * 20 + 20 + 20 * 8 + 8,
        "scale": 2 * 8,
        "match": 2 * 8 + 1,
        "graph": 1188 + 16 + 17,
        "judge": 1188 + 16 + 17,
    }


def right_floats():
    return {name: float(count) for name, count in _counts().items()}


def right_numpy_integers():
    return {name: np.int64(count) for name, count in _counts().items()}


def right_numpy_floats():
    return {name: np.float32(count) for name, count in _counts().items()}


def right_numpy_scalars_of_arrays():
    return dict(zip(_counts(), np.array([1188, 16, 17, 1221, 1221]), strict=True))


def right_other_order():
    return dict(reversed(_counts().items()))


def right_a_function_of_sizes():
    def dense(n, units):
        return units * (n + 1)

    encoder = dense(50, 20) + dense(20, 8)
    graph = encoder + 16 + dense(16, 1)
    return _counts(encoder=encoder, match=dense(16, 1), graph=graph, judge=graph)


def right_filled_in():
    counts = dict.fromkeys(_counts())
    counts["encoder"] = 1188
    counts["scale"], counts["match"] = 16, 17
    counts["graph"] = counts["judge"] = sum((1188, 16, 17))
    return counts


def right_counted_by_keras():
    models = _models()
    return {name: getattr(models, name).count_params() for name in _counts()}


def right_counted_from_the_weights():
    models = _models()
    sizes = {name: [w.shape for w in getattr(models, name).weights] for name in _counts()}
    return {name: sum(int(np.prod(shape)) for shape in each) for name, each in sizes.items()}


def right_keywords():
    return {"encoder": 1188, "scale": 16, "match": 17, "graph": 1221, "judge": 1221}


def right_products_of_numpy():
    return _counts(encoder=np.prod([50, 20]) + np.prod([20, 8]) + 28)


def wrong_encoder_twice():
    """You counted the encoder twice."""
    return _counts(graph=2 * 1188 + 33, judge=2 * 1188 + 33)


def wrong_graph_twice():
    """You counted the graph twice."""
    return _counts(judge=2 * 1221)


def wrong_scale_before_the_concatenation():
    """“scale” comes after the concatenation"""
    return _counts(scale=8)


def wrong_scale_with_a_bias():
    """“scale” has no bias: it only multiplies."""
    return _counts(scale=32)


def wrong_no_biases_in_the_encoder():
    """You left out the biases of the encoder"""
    return _counts(encoder=1160)


def wrong_judge_has_nothing():
    """A subclass has no weights before its first call"""
    return _counts(judge=0)


def wrong_one_scale():
    """scale"""
    return _counts(scale=1)


def wrong_match_without_bias():
    """match"""
    return _counts(match=16)


def wrong_match_reads_one_encoding():
    """match"""
    return _counts(match=9)


def wrong_graph_forgets_the_scale():
    """graph"""
    return _counts(graph=1205, judge=1205)


def wrong_nothing_filled_in():
    """encoder"""
    return {**dict.fromkeys(_counts()), "scale": 16}


def wrong_texts():
    """graph"""
    return _counts(graph="1 221 parameters")
