"""Compute with a model under drawn weights: outputs, gradients, what it keeps, what it adds.

What comes out is plain data, small even for large models: gradients and weights are written down
as fingerprints. A model is left with the weights it had.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from grader.draws import Weights, draw_inputs, draw_weights
from grader.randomness import steady
from grader.trace import Reading

MOST_WEIGHTS = 2**25  # numbers in a model; a larger one is not computed with
MANY = 512
_FINGERS = 2
_MOST_VALUES = 2**15


@dataclass(frozen=True)
class Sample:
    """What a model computes on one draw of weights and inputs.

    ``inference`` and ``training`` are its outputs in the two modes, randomness under control.
    The rest has one row a weight, in the order of the graph's owners: fingerprints of the
    gradients of the outputs in inference (``slopes``) and in training (``training_slopes``), and
    of the weights after training's call (``state``). ``penalty`` is the sum of the losses that
    the model adds by itself in training.
    """

    inference: tuple[np.ndarray, ...]
    training: tuple[np.ndarray, ...]
    slopes: np.ndarray
    training_slopes: np.ndarray
    state: np.ndarray
    penalty: float


@dataclass(frozen=True)
class Answers:
    """What a model answers to a seed.

    ``tied`` is drawn with equal weights for equal shapes, and ``spread`` holds what training gives
    for one example many times over; both only where a model cannot be read layer by layer.
    """

    drawn: Sample
    tied: Sample | None = None
    spread: tuple[np.ndarray, ...] = ()

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The answers as named arrays."""
        arrays = {f"spread.{i}": array for i, array in enumerate(self.spread)}
        for name, sample in (("drawn", self.drawn), ("tied", self.tied)):
            if sample is None:
                continue
            for part in ("inference", "training"):
                for i, array in enumerate(getattr(sample, part)):
                    arrays[f"{name}.{part}.{i}"] = array
            for part in ("slopes", "training_slopes", "state"):
                arrays[f"{name}.{part}"] = getattr(sample, part)
            arrays[f"{name}.penalty"] = np.asarray(sample.penalty)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Answers:
        """What ``to_arrays`` wrote; ``KeyError`` or ``ValueError`` if it did not."""

        def listed(prefix: str) -> tuple[np.ndarray, ...]:
            count = sum(name.startswith(prefix) for name in arrays)
            return tuple(arrays[f"{prefix}{i}"] for i in range(count))

        def sample(name: str) -> Sample:
            outputs = (listed(f"{name}.inference."), listed(f"{name}.training."))
            slopes, training_slopes, state = (_rows(arrays[f"{name}.{p}"]) for p in _ROWS)
            penalty = float(arrays[f"{name}.penalty"])
            return Sample(*outputs, slopes, training_slopes, state, penalty)

        tied = sample("tied") if "tied.slopes" in arrays else None
        return cls(sample("drawn"), tied, listed("spread."))


_ROWS = ("slopes", "training_slopes", "state")


def _rows(array: np.ndarray) -> np.ndarray:
    if array.ndim != 2 or array.shape[1] != _FINGERS + 1 or array.dtype.kind != "f":
        raise ValueError("no fingerprints")
    return array


def answers(reading: Reading, seed: int) -> Answers | None:
    """What a model computes on what ``seed`` draws; None if it is too large to compute with."""
    graph = reading.graph
    if graph.size > MOST_WEIGHTS:
        return None
    inputs = draw_inputs(graph, seed)
    drawn = sample(reading, draw_weights(graph, seed), inputs, seed)
    if not graph.opaque:
        return Answers(drawn)
    tied = sample(reading, draw_weights(graph, seed, tied=True), inputs, seed)
    return Answers(drawn, tied, spread(reading, draw_weights(graph, seed), seed))


def sample(reading: Reading, weights: Weights, inputs: Sequence[np.ndarray], seed: int) -> Sample:
    """What a model computes under given weights and inputs."""
    with _holding(reading, weights):
        inference, slopes, _ = _pass(reading, inputs, False, seed)
        training, training_slopes, penalty = _pass(reading, inputs, True, seed)
        variables = [v for owned in reading.variables for v in owned]
        state = np.array([fingerprint(keras.ops.convert_to_numpy(v)) for v in variables])
    rows = (slopes, training_slopes, state.reshape(-1, _FINGERS + 1))
    return Sample(inference, training, *rows, penalty)


def spread(reading: Reading, weights: Weights, seed: int) -> tuple[np.ndarray, ...]:
    """The outputs in training for one example ``MANY`` times over, at most 32 values each.

    Empty where the batch size is fixed, or where nothing is random.
    """
    inputs = draw_inputs(reading.graph, seed, repeated=MANY)
    if any(array.shape[0] != MANY for array in inputs):
        return ()
    with _holding(reading, weights), _quiet():
        outputs, _penalty = reading.call(inputs, True)
    rows = [keras.ops.convert_to_numpy(o) for o in outputs]
    rows = [o.reshape(MANY, -1)[:, :32] for o in rows if o.shape[:1] == (MANY,)]
    if all(np.allclose(o, o[:1], atol=1e-5) for o in rows):
        return ()
    return tuple(rows)


@contextlib.contextmanager
def _holding(reading: Reading, weights: Weights) -> Iterator[None]:
    """The model with other weights, for a while."""
    before = [[keras.ops.convert_to_numpy(v) for v in owned] for owned in reading.variables]
    try:
        _assign(reading, weights)
        yield
    finally:
        _assign(reading, before)


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
    with _quiet(), steady(seed), tf.GradientTape(watch_accessed_variables=False) as tape:
        for value in values:
            tape.watch(value)
        outputs, penalty = reading.call(inputs, training)
        weighed = [
            tf.reduce_sum(tf.cast(o, "float32") * _vector(o.shape, 7))
            for o in outputs
            if o.dtype.is_floating
        ]
        total = tf.add_n(weighed) if weighed else tf.constant(0.0)
    slopes = np.zeros((len(values), _FINGERS + 1))
    for row, slope in enumerate(_gradients(tape, total, values)):
        if slope is not None:
            slopes[row] = fingerprint(tf.convert_to_tensor(slope).numpy())
    arrays = tuple(_kept(keras.ops.convert_to_numpy(output)) for output in outputs)
    return arrays, slopes, float(penalty)


def _kept(array: np.ndarray) -> np.ndarray:
    """An output, or of a large one evenly spread values that stand for it."""
    if array.size <= _MOST_VALUES:
        return array
    return array.ravel()[:: (array.size // _MOST_VALUES) | 1]


def _gradients(tape: Any, total: Any, values: Sequence[Any]) -> Sequence[Any]:
    try:
        return tape.gradient(total, list(values)) if values else []
    except (LookupError, TypeError, ValueError):  # an operation without a gradient
        return [None] * len(values)


def fingerprint(array: np.ndarray) -> np.ndarray:
    """A few numbers that tell arrays apart: projections on fixed vectors, and the length."""
    flat = np.asarray(array, dtype="float64").ravel()
    on = [float(flat @ _vector(flat.shape, finger)) for finger in range(_FINGERS)]
    return np.array([*on, float(np.linalg.norm(flat))])


def _vector(shape: Sequence[int], number: int) -> np.ndarray:
    return np.resize(_BLOCKS[number % len(_BLOCKS)], tuple(shape)).astype("float32")


_BLOCKS = np.random.default_rng(20260).normal(size=(8, 4093))
