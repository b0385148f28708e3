"""Random inputs and weights, drawn from a seed.

A sandbox and a judge that share nothing but the seed draw the same numbers. Sizes are such that
activations neither saturate nor vanish, so that a difference shows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from grader.graph import Graph, Shape, Weight

Weights = list[list[np.ndarray]]  # one list per owner of a graph, in the order of its weights

_BATCH, _LENGTH = 3, 5
_BLOCK = 2**16
_WORDS = ("printer", "invoice", "login", "refund", "écran", "facture", "打印机", "发票")


def draw_inputs(graph: Graph, seed: int, *, repeated: int = 0) -> list[np.ndarray]:
    """One array per input of ``graph``; free sizes become a batch of 3 and a length of 5.

    Whole numbers stay below the smallest vocabulary (``Embedding``'s ``input_dim``) of the graph.
    With ``repeated``, a free batch is one example that many times.
    """
    generator = np.random.default_rng((seed, 1))
    vocabulary = min(
        (n.settings["input_dim"] for n in graph.nodes if n.op == "embedding"), default=2
    )
    arrays = []
    for port in graph.inputs:
        settings = graph.nodes[port.node].settings
        first, *_rest = settings["shape"] or [1]
        array = _input(generator, _sized(settings["shape"]), settings["dtype"], vocabulary)
        if repeated and first is None:
            array = np.repeat(array[:1], repeated, axis=0)
        arrays.append(array)
    return arrays


def _input(
    generator: np.random.Generator, shape: tuple[int, ...], dtype: str, vocabulary: int
) -> np.ndarray:
    if dtype == "string":
        return generator.choice(np.array(_WORDS), shape)
    if dtype == "bool":
        return generator.integers(0, 2, shape).astype(bool)
    if "int" in dtype:
        return generator.integers(0, vocabulary, shape).astype(dtype)
    return generator.normal(size=shape).astype(dtype)


def _sized(shape: Shape | Sequence[int | None]) -> tuple[int, ...]:
    if not shape:
        return ()
    first, *rest = shape
    return (first or _BATCH, *(size or _LENGTH for size in rest))


def draw_weights(graph: Graph, seed: int, *, tied: bool = False) -> Weights:
    """For each owner of ``graph``, one array per weight.

    ``tied`` gives all weights of one shape the same values: then it does not matter which is
    which. Vectors are positive, so that what is used as a variance is one.
    """
    drawn = []
    for number, owner in enumerate(graph.owners):
        row = []
        for place, weight in enumerate(owner.weights):
            key = (seed, 3, *weight.shape) if tied else (seed, 2, number, place)
            row.append(_values(np.random.default_rng(key), weight))
        drawn.append(row)
    return drawn


def _values(generator: np.random.Generator, weight: Weight) -> np.ndarray:
    shape = tuple(weight.shape)
    size = math.prod(shape)
    values = np.resize(generator.normal(size=min(size, _BLOCK)), shape)
    if len(shape) < 2:
        values = 0.3 * np.abs(values) + 0.3
    else:
        values = values * (1.4 / math.sqrt(min(math.prod(shape[:-1]), 2048)))
    return values.astype("int64" if "int" in weight.dtype else "float32")
