"""Compute with two models under the same weights, and compare the numbers.

Weights and inputs are drawn from a seed, so that a sandbox and a judge who share nothing but the
seed draw the same ones. A model is left with the weights it had.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from grader.equivalence import paired_ports
from grader.graph import Graph, Node, Shape
from grader.trace import Reading

_BATCH, _LENGTH = 3, 5
_MOST_ORDERS = 48


def draw_inputs(graph: Graph, seed: int) -> list[np.ndarray]:
    """One array per input of ``graph``; free sizes become a batch of 3 and a length of 5.

    Whole numbers stay below the smallest vocabulary (``Embedding``'s ``input_dim``) of the graph.
    """
    generator = np.random.default_rng((seed, 1))
    vocabulary = min(
        (n.settings["input_dim"] for n in graph.nodes if n.op == "embedding"), default=2
    )
    arrays = []
    for port in graph.inputs:
        settings = graph.nodes[port.node].settings
        shape = _sized(settings["shape"])
        if "int" in settings["dtype"]:
            arrays.append(generator.integers(0, vocabulary, shape).astype(settings["dtype"]))
        else:
            arrays.append(generator.normal(size=shape).astype(settings["dtype"]))
    return arrays


def _sized(shape: Shape | Sequence[int | None]) -> tuple[int, ...]:
    first, *rest = shape
    return (first or _BATCH, *(size or _LENGTH for size in rest))


def draw_weights(graph: Graph, seed: int) -> list[list[np.ndarray]]:
    """For each owner of ``graph``, one array per weight: small, and positive (so that variances
    are variances)."""
    drawn = []
    for number, owner in enumerate(graph.owners):
        generator = np.random.default_rng((seed, 2, number))
        drawn.append([_weight(generator, w.role, w.shape) for w in owner.weights])
    return drawn


def _weight(generator: np.random.Generator, role: str, shape: Sequence[int]) -> np.ndarray:
    values = generator.normal(scale=0.4, size=tuple(shape))
    return (np.abs(values) + 0.5 if "variance" in role else values).astype("float32")


def run(
    reading: Reading,
    weights: Sequence[Sequence[np.ndarray]],
    inputs: Sequence[np.ndarray],
    *,
    training: bool = False,
) -> list[np.ndarray]:
    """The outputs of a model under given weights (one list per owner), which it then forgets."""
    before = [[keras.ops.convert_to_numpy(v) for v in owned] for owned in reading.variables]
    try:
        _assign(reading, weights)
        return reading.call(inputs, training)
    finally:
        _assign(reading, before)


def _assign(reading: Reading, weights: Sequence[Sequence[np.ndarray]]) -> None:
    for variables, values in zip(reading.variables, weights, strict=True):
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)


def answers(reading: Reading, seed: int) -> list[np.ndarray]:
    """What a model computes on what ``seed`` draws: its outputs in inference, then in training."""
    weights, inputs = draw_weights(reading.graph, seed), draw_inputs(reading.graph, seed)
    return [
        *run(reading, weights, inputs, training=False),
        *run(reading, weights, inputs, training=True),
    ]


def disagreement(
    reference: Reading,
    candidate: Graph,
    given: Sequence[np.ndarray],
    pairs: Mapping[int, int],
    seed: int,
) -> str | None:
    """How ``given`` (the candidate's ``answers`` to ``seed``) differ from the reference's.

    ``pairs`` aligns reference nodes with candidate nodes. Without it (a candidate that cannot be
    read node by node) weights are matched by their shapes, in every order that fits, and what is
    random in training cannot be decided. None if they agree, else the kind of the difference.
    """
    draws = any(map(_is_random, reference.graph.nodes))
    if not pairs and (draws or _traits(reference.graph) != _traits(candidate)):
        return "unreadable"
    inputs = _arranged(reference.graph, candidate, draw_inputs(candidate, seed))
    half = len(given) // 2
    worst = "different-numbers"
    for weights in _transplants(reference.graph, candidate, draw_weights(candidate, seed), pairs):
        if not _alike(
            _by_port(reference.graph, candidate, run(reference, weights, inputs)), given[:half]
        ):
            continue
        if draws:
            return None
        training = run(reference, weights, inputs, training=True)
        if _alike(_by_port(reference.graph, candidate, training), given[half:]):
            return None
        worst = "different-in-training"
    return worst


def _is_random(node: Node) -> bool:
    """Whether a node draws random numbers in training."""
    if any(word in node.op for word in ("dropout", "noise", "random")):
        return True
    return any(bool(node.settings.get(key)) for key in ("dropout", "recurrent_dropout"))


def _traits(graph: Graph) -> list[str]:
    """What training does with the weights, whatever computes with them."""
    weights = [w for owner in graph.owners for w in owner.weights]
    return sorted(repr((w.shape, w.trainable, w.regularizer, w.constraint)) for w in weights)


def _arranged(reference: Graph, candidate: Graph, arrays: list[np.ndarray]) -> list[np.ndarray]:
    """The candidate's input arrays in the order of the reference's inputs."""
    place = {port.node: index for index, port in enumerate(candidate.inputs)}
    pairs = paired_ports(reference.inputs, candidate.inputs)
    return [arrays[place[given.node]] for _, given in pairs]


def _by_port(reference: Graph, candidate: Graph, arrays: list[np.ndarray]) -> list[np.ndarray]:
    """The reference's outputs in the order of the candidate's."""
    pairs = paired_ports(candidate.outputs, reference.outputs)
    return [arrays[reference.outputs.index(asked)] for _, asked in pairs]


def _transplants(
    reference: Graph,
    candidate: Graph,
    drawn: Sequence[Sequence[np.ndarray]],
    pairs: Mapping[int, int],
) -> Iterator[list[list[np.ndarray]]]:
    """The drawn weights arranged for the reference, each way that may be meant."""
    owners: dict[int, int] = {}
    for one, other in pairs.items():
        mine, theirs = reference.nodes[one].owner, candidate.nodes[other].owner
        if mine is not None and theirs is not None:
            owners[mine] = theirs
    if len(owners) == len(reference.owners):
        yield [
            [
                _of_role(candidate, drawn, owners[index], w.role, place)
                for place, w in enumerate(o.weights)
            ]
            for index, o in enumerate(reference.owners)
        ]
        return
    flat = [array for arrays in drawn for array in arrays]
    slots = [w.shape for owner in reference.owners for w in owner.weights]
    if sorted(a.shape for a in flat) != sorted(slots):
        return
    for order in itertools.islice(_orders(slots, flat), _MOST_ORDERS):
        arranged = iter(order)
        yield [[next(arranged) for _ in owner.weights] for owner in reference.owners]


def _of_role(
    candidate: Graph, drawn: Sequence[Sequence[np.ndarray]], owner: int, role: str, place: int
) -> np.ndarray:
    roles = [w.role for w in candidate.owners[owner].weights]
    return drawn[owner][roles.index(role) if roles.count(role) == 1 else place]


def _orders(slots: Sequence[Any], arrays: Sequence[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """Every arrangement of ``arrays`` whose shapes are ``slots``."""
    if not slots:
        yield []
        return
    for index, array in enumerate(arrays):
        if array.shape == tuple(slots[0]):
            for rest in _orders(slots[1:], [*arrays[:index], *arrays[index + 1 :]]):
                yield [array, *rest]


def _alike(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]) -> bool:
    """Equal up to what reordering float32 arithmetic changes."""
    return len(ours) == len(theirs) and all(
        a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-3, atol=1e-4))
        for a, b in zip(ours, theirs, strict=True)
    )
