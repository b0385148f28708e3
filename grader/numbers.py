"""Compute with a model under drawn weights: outputs, gradients, what it keeps, what it adds.

What comes out is plain data, small even for large models: gradients and weights are written down
as fingerprints. A model is left with the weights it had.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.draws import Weights, computable, draw_inputs, draw_weights, tied_weights
from grader.graph import Graph
from grader.randomness import steady
from grader.samples import FINGERS, KEPT_SEED, SCALES, Answers, Later, Sample
from grader.trace import Reading

_MOST_DRAWS, _FEWEST_DRAWS, _MOST_DRAWN = 2**14, 2**8, 2**21
_MOST_VALUES = 2**15
_MOST_KEPT = 2**18  # bytes of them


def answers(reading: Reading, seed: int, *, later: bool = False) -> Answers | None:
    """What a model computes on what ``seed`` draws; None if it is too large to compute with.

    The tied samples, which are needed only where graphs differ, are computed now or ``later``,
    when they are asked for; now in any case where a part of the model could not be read.
    """
    graph = reading.graph
    if not computable(graph):
        return None
    weights, inputs = draw_weights(graph, seed), draw_inputs(graph, seed)
    with _restored(reading):
        drawn = _sample(reading, weights, inputs, seed)
        many = _spread(reading, weights, seed) if graph.opaque else ()
        if not later or graph.opaque:
            return Answers(drawn, [_sample(reading, *t, seed) for t in _tied(graph, seed)], many)
    return Answers(drawn, Later(tied_samples(reading, seed)), many)


def tied_samples(reading: Reading, seed: int) -> Iterator[Sample]:
    """What a model computes where all weights of one shape are equal, at each of ``SCALES``."""
    for weights, inputs in _tied(reading.graph, seed):
        yield sample(reading, weights, inputs, seed)


def _tied(graph: Graph, seed: int) -> Iterator[tuple[Weights, Sequence[np.ndarray]]]:
    for number, (scale, signed, length) in enumerate(SCALES):
        weights = tied_weights(graph, seed + number, scale, signed=signed)
        yield weights, draw_inputs(graph, seed + number, scale=scale, length=length)


def kept(reading: Reading) -> Answers | None:
    """What a blueprint keeps of a reference's numbers; nothing where they take much room."""
    found = answers(reading, KEPT_SEED)
    if found is None or sum(a.nbytes for a in found.to_arrays().values()) > _MOST_KEPT:
        return None
    return found


def sample(reading: Reading, weights: Weights, inputs: Sequence[np.ndarray], seed: int) -> Sample:
    """What a model computes under given weights and inputs."""
    with _restored(reading):
        return _sample(reading, weights, inputs, seed)


def _sample(reading: Reading, weights: Weights, inputs: Sequence[np.ndarray], seed: int) -> Sample:
    """The same, of a model that is left with these weights."""
    _assign(reading, weights)
    inference, slopes, _ = _pass(reading, inputs, False, seed)
    training, training_slopes, penalty = inference, slopes, 0.0
    if reading.has_modes:
        training, training_slopes, penalty = _pass(reading, inputs, True, seed)
    variables = [v for owned in reading.variables for v in owned]
    state = np.array([fingerprint(_array(v.value)) for v in variables])
    rows = (slopes, training_slopes, state.reshape(-1, FINGERS + 1))
    return Sample(inference, training, *rows, penalty)


def spread(reading: Reading, weights: Weights, seed: int) -> tuple[np.ndarray, ...]:
    """The outputs in training for one example many times over, at most 16 values of each.

    As many times as fit into reasonable memory. Empty where the batch size is fixed, or where
    nothing is random.
    """
    with _restored(reading):
        return _spread(reading, weights, seed)


def _spread(reading: Reading, weights: Weights, seed: int) -> tuple[np.ndarray, ...]:
    size = sum(array[:1].size for array in draw_inputs(reading.graph, seed))
    many = int(np.clip(_MOST_DRAWN // max(size, 1), _FEWEST_DRAWS, _MOST_DRAWS))
    inputs = draw_inputs(reading.graph, seed, repeated=many)
    if any(array.shape[:1] != (many,) for array in inputs):
        return ()
    _assign(reading, weights)
    with _quiet(), _steady(reading, seed):
        outputs, _penalty = reading.call(inputs, True)
    rows = [_array(o) for o in outputs]
    rows = [o.reshape(many, -1)[:, :16] for o in rows if o.shape[:1] == (many,)]
    if all(np.allclose(o, o[:1], atol=1e-5) for o in rows):
        return ()
    return tuple(rows)


@contextlib.contextmanager
def _restored(reading: Reading) -> Iterator[None]:
    """A model whose weights are as they were when this ends."""
    before = [[_array(v.value) for v in owned] for owned in reading.variables]
    try:
        yield
    finally:
        _assign(reading, before)


def _steady(reading: Reading, seed: int) -> contextlib.AbstractContextManager[None]:
    return steady(seed, by_itself=bool(reading.graph.opaque))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keras has warned its author already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _assign(reading: Reading, weights: Weights) -> None:
    for variables, values in zip(reading.variables, weights, strict=True):
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)


def _pass(
    reading: Reading, inputs: Sequence[np.ndarray], training: bool, seed: int
) -> tuple[tuple[np.ndarray, ...], np.ndarray, float]:
    """(outputs, fingerprints of their gradients, penalty) of one call."""
    import tensorflow as tf

    values = [v.value for owned in reading.variables for v in owned]
    floats = [value for value in values if value.dtype.is_floating]
    with _quiet(), _steady(reading, seed), tf.GradientTape(watch_accessed_variables=False) as tape:
        for value in floats:
            tape.watch(value)
        outputs, penalty = reading.call(inputs, training)
        weighed = [
            tf.reduce_sum(tf.cast(o, "float32") * _vector(o.shape, 7))
            for o in outputs
            if o.dtype.is_floating
        ]
        added = [tf.cast(penalty, "float32")] if training else []
        total = tf.add_n([*weighed, *added, tf.constant(0.0)])
    slopes = np.zeros((len(values), FINGERS + 1))
    for row, slope in enumerate(_gradients(tape, total, values)):
        if slope is not None:
            slopes[row] = fingerprint(tf.convert_to_tensor(slope).numpy())
    arrays = tuple(_kept(_array(output)) for output in outputs)
    return arrays, slopes, float(penalty)


def _kept(array: np.ndarray) -> np.ndarray:
    """An output, or of a large one evenly spread values that stand for it."""
    if array.size <= _MOST_VALUES:
        return array
    return array.ravel()[:: (array.size // _MOST_VALUES) | 1]


def _array(tensor: Any) -> np.ndarray:
    return np.asarray(tensor.numpy())


def _gradients(tape: Any, total: Any, values: Sequence[Any]) -> Sequence[Any]:
    try:
        return tape.gradient(total, list(values)) if values else []
    except (LookupError, TypeError, ValueError):  # an operation without a gradient
        return [None] * len(values)


def fingerprint(array: np.ndarray) -> np.ndarray:
    """A few numbers that tell arrays apart: projections on fixed vectors, and the length."""
    flat = np.asarray(array, dtype="float64").ravel()
    return np.array([*_projected(flat), float(np.linalg.norm(flat))])


def _projected(flat: np.ndarray) -> np.ndarray:
    """The products with the first vectors, which repeat their blocks: so it is folded first."""
    length = _VECTORS.shape[1]
    if flat.size <= length:
        return _VECTORS[:, : flat.size] @ flat
    whole = flat.size // length * length
    folded = flat[:whole].reshape(-1, length).sum(axis=0)
    folded[: flat.size - whole] += flat[whole:]
    return _VECTORS @ folded


def _vector(shape: Sequence[int], number: int) -> np.ndarray:
    return np.resize(_BLOCKS[number % len(_BLOCKS)], tuple(shape)).astype("float32")


_BLOCKS = np.random.default_rng(20260).normal(size=(8, 4093))
_VECTORS = _BLOCKS[:FINGERS].astype("float32").astype("float64")
