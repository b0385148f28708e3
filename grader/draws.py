"""Random inputs and weights, drawn from a seed.

A sandbox and a judge that share nothing but the seed draw the same numbers. Sizes are such that
activations neither saturate nor vanish, so that a difference shows.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np

from grader.graph import Graph, Shape, Weight

Weights = list[list[np.ndarray]]  # one list per owner of a graph, in the order of its weights

# Numbers in the weights, and in all activations for one example: a model that has more is not
# computed with.
_MOST_WEIGHTS = _MOST_ACTIVATIONS = 2**24
_BATCH = 3
_FEW = 4  # small whole numbers: valid in every vocabulary, and 0 among them
_BLOCK = 2**16
_WORDS = ("printer", "invoice", "login", "refund", "écran", "facture", "打印机", "发票")


def computable(graph: Graph) -> bool:
    """Whether a model is small enough to compute with: the graph alone decides on larger ones."""
    activations = sum(
        math.prod(size or 1 for size in shape) for node in graph.nodes for shape in node.shapes
    )
    return graph.size <= _MOST_WEIGHTS and activations <= _MOST_ACTIVATIONS


def decides_draws(graph: Graph) -> Hashable:
    """All of a graph that decides, with a seed, which inputs and weights are drawn."""
    inputs = [graph.nodes[port.node].settings for port in graph.inputs]
    return (
        tuple((tuple(given["shape"]), given["dtype"]) for given in inputs),
        tuple(tuple((w.shape, w.dtype) for w in owner.weights) for owner in graph.owners),
    )


def draw_inputs(
    graph: Graph, seed: int, *, scale: float = 1.0, length: int = 5, repeated: int = 0
) -> list[np.ndarray]:
    """One array per input of ``graph``; free sizes become a batch of 3 and ``length``.

    The last steps of the first example of a series are zero, as padding would be. With
    ``repeated``, a free batch is one example that many times.
    """
    generator = np.random.default_rng((seed, 1))
    arrays = []
    for port in graph.inputs:
        settings = graph.nodes[port.node].settings
        first, *_rest = settings["shape"] or [1]
        array = _input(generator, _sized(settings["shape"], length), settings["dtype"], scale)
        if array.ndim == 3 and array.dtype.kind == "f" and array.shape[1] > 2:
            array[0, -2:] = 0
        if repeated and first is None:
            array = np.repeat(array[:1], repeated, axis=0)
        arrays.append(array)
    return arrays


def _input(
    generator: np.random.Generator, shape: tuple[int, ...], dtype: str, scale: float
) -> np.ndarray:
    if dtype == "string":
        return generator.choice(np.array(_WORDS), shape)
    if dtype == "bool":
        return generator.integers(0, 2, shape).astype(bool)
    if "int" in dtype:
        return generator.integers(0, _FEW, shape).astype(dtype)
    return (scale * generator.normal(size=shape)).astype(dtype)


def _sized(shape: Shape | Sequence[int | None], length: int) -> tuple[int, ...]:
    if not shape:
        return ()
    first, *rest = shape
    return (first or _BATCH, *(size or length for size in rest))


def draw_weights(graph: Graph, seed: int) -> Weights:
    """For each owner of ``graph``, one array per weight; all different.

    Vectors are positive, so that what is used as a variance is one.
    """
    return [
        [
            _values(np.random.default_rng((seed, 2, number, place)), weight)
            for place, weight in enumerate(owner.weights)
        ]
        for number, owner in enumerate(graph.owners)
    ]


def tied_weights(graph: Graph, seed: int, scale: float = 1.0, *, signed: bool = False) -> Weights:
    """The same, but equal for weights of one shape: then it does not matter which is which.

    ``scale`` multiplies the vectors (and a small one, somewhat, the rest); ``signed`` vectors are
    negative in half of their places.
    """
    return [
        [
            _values(np.random.default_rng((seed, 3, *w.shape)), w, scale, signed)
            for w in owner.weights
        ]
        for owner in graph.owners
    ]


def _values(
    generator: np.random.Generator, weight: Weight, scale: float = 1.0, signed: bool = False
) -> np.ndarray:
    shape = tuple(weight.shape)
    size = math.prod(shape)
    values = np.resize(generator.normal(size=min(size, _BLOCK)), shape)
    if len(shape) < 2:
        signs = np.sign(values) if signed and "variance" not in weight.role else 1.0
        values = scale * signs * (0.3 * np.abs(values) + 0.3)
    else:
        values = values * min(1.0, 70 * scale) * (1.4 / math.sqrt(min(math.prod(shape[:-1]), 2048)))
    return values.astype("int64" if "int" in weight.dtype else "float32")
