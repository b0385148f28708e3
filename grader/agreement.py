"""Decide on numbers: whether a candidate computes what the reference does, weight for weight.

Where the graphs are aligned, weights go along. Where a candidate cannot be read, its weights are
matched with the reference's by their shapes and, among equal shapes, by their gradients at a
point where all weights of one shape are equal, so that the wrong order does no harm.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.draws import Weights, draw_inputs, draw_weights
from grader.equivalence import (
    BESIDE,
    Difference,
    GraphComparison,
    paired_ports,
    readable,
    trait_differences,
)
from grader.graph import Graph, Weight
from grader.numbers import MANY, MOST_WEIGHTS, Answers, Sample, sample, spread
from grader.trace import Reading

_MOST_ORDERS = 240
_LOOSE = 2e-2  # of a gradient's length: deep models amplify what reordering arithmetic changes


def confirmed(
    reference: Reading,
    candidate: Graph,
    verdict: GraphComparison,
    given: Answers | None,
    seed: int,
) -> list[Difference]:
    """The differences once the numbers are known: they confirm the graphs, or stand in for them.

    ``given`` are the candidate's answers to ``seed``; None if it was too large to compute with,
    which the reference then must be as well.
    """
    opaque = bool(reference.graph.opaque or candidate.opaque)
    found = readable(verdict, opaque)
    unread = [d for d in verdict.differences if d.kind == "unreadable"]
    if (found and not opaque) or any(d.kind in _INTERFACE for d in found):
        return found
    if given is None and reference.graph.size <= MOST_WEIGHTS:
        return [*found, Difference("different-numbers"), *unread]
    if given is None:
        return [*found, *unread]
    try:
        numbers = disagreement(reference, candidate, given, {} if opaque else verdict.pairs, seed)
    except Exception:  # the candidate's shapes do not even fit the reference
        numbers = [Difference("different-numbers")]
    if numbers:
        return [*found, *numbers, *unread]
    return [d for d in found if d.kind in BESIDE]


_INTERFACE = {"input-count", "output-count", "wrong-input-shape", "wrong-input-type"}


def disagreement(
    reference: Reading, candidate: Graph, given: Answers, pairs: Mapping[int, int], seed: int
) -> list[Difference]:
    """How ``given``, the candidate's answers to ``seed``, differ from what is asked for.

    ``pairs`` aligns reference nodes with candidate nodes; empty for a candidate that cannot be
    read node by node. No difference means that the numbers agree.
    """
    judge = _Judge(reference, candidate, given, seed)
    if pairs:
        matching = _along(reference.graph, candidate, pairs)
        if matching is None:
            return [judge.difference("different-numbers")]
        return judge.decide([matching])
    return _searched(judge)


@dataclass(frozen=True)
class _Slot:
    """One weight: its owner and its place there."""

    owner: int
    place: int
    weight: Weight


def _slots(graph: Graph) -> list[_Slot]:
    return [
        _Slot(number, place, weight)
        for number, owner in enumerate(graph.owners)
        for place, weight in enumerate(owner.weights)
    ]


Matching = Sequence[int]  # for each weight of the reference, the candidate's weight


def _along(reference: Graph, candidate: Graph, pairs: Mapping[int, int]) -> Matching | None:
    """The matching that aligned nodes imply; None if they leave a weight without its twin."""
    owners: dict[int, int] = {}
    for one, other in pairs.items():
        mine, theirs = reference.nodes[one].owner, candidate.nodes[other].owner
        if mine is not None and theirs is not None:
            owners[mine] = theirs
    index = {(s.owner, s.place): i for i, s in enumerate(_slots(candidate))}
    matching = []
    for slot in _slots(reference):
        if slot.owner not in owners:
            return None
        theirs = owners[slot.owner]
        roles = [w.role for w in candidate.owners[theirs].weights]
        role = slot.weight.role
        place = roles.index(role) if roles.count(role) == 1 else slot.place
        if (theirs, place) not in index:
            return None
        matching.append(index[theirs, place])
    return matching


@dataclass(frozen=True)
class _Judge:
    reference: Reading
    candidate: Graph
    given: Answers
    seed: int

    def difference(self, kind: str) -> Difference:
        """A difference in numbers, laid to the one layer that could not be read if it is one."""
        names = dict.fromkeys(self.candidate.opaque)
        name = next(iter(names)) if len(names) == 1 else None
        nodes = tuple(i for i, n in enumerate(self.candidate.nodes) if n.layer == name)
        return Difference(kind, name, nodes=nodes)

    def decide(self, matchings: Iterable[Matching]) -> list[Difference]:
        """What is left of the differences under the matching that explains most."""
        worst = "different-numbers"
        for matching in matchings:
            kind = self._kind(matching)
            if kind is None:
                return self._traits(matching)
            if kind != "different-numbers":
                worst = kind
        return [self.difference(worst)]

    def _kind(self, matching: Matching) -> str | None:
        weights = self.transplanted(draw_weights(self.candidate, self.seed), matching)
        ours = sample(self.reference, weights, self.inputs(), self.seed)
        kind = self.compared(ours, self.given.drawn, matching)
        if kind in ("different-in-training", "different-gradients") and self.given.spread:
            return None if self._spread_alike(weights) else "different-in-training"
        return kind

    def _traits(self, matching: Matching) -> list[Difference]:
        """Weights that compute alike, but are not trained, or penalised, alike."""
        mine, theirs = _slots(self.reference.graph), _slots(self.candidate)
        found: list[Difference] = []
        for slot, other in zip(mine, matching, strict=True):
            owner = theirs[other].owner
            nodes = tuple(i for i, n in enumerate(self.candidate.nodes) if n.owner == owner)
            place = {"layer": self.candidate.owners[owner].name, "nodes": nodes}
            found += trait_differences([(slot.weight, theirs[other].weight)], place)
        return list({(d.kind, d.layer): d for d in found}.values())

    def inputs(self, repeated: int = 0) -> list[np.ndarray]:
        """The candidate's inputs in the order of the reference's."""
        arrays = draw_inputs(self.candidate, self.seed, repeated=repeated)
        place = {port.node: index for index, port in enumerate(self.candidate.inputs)}
        pairs = paired_ports(self.reference.graph.inputs, self.candidate.inputs)
        return [arrays[place[given.node]] for _, given in pairs]

    def by_port(self, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The reference's outputs in the order of the candidate's."""
        ours = self.reference.graph.outputs
        pairs = paired_ports(self.candidate.outputs, ours)
        return [arrays[ours.index(asked)] for _, asked in pairs]

    def transplanted(self, drawn: Weights, matching: Matching) -> Weights:
        """The candidate's drawn weights, arranged for the reference."""
        theirs = iter(matching)
        flat = [array for row in drawn for array in row]
        return [[flat[next(theirs)] for _ in o.weights] for o in self.reference.graph.owners]

    def compared(self, ours: Sample, theirs: Sample, matching: Matching | None) -> str | None:
        """The kind of the first difference between two samples."""
        if not _alike(self.by_port(ours.inference), theirs.inference):
            return "different-numbers"
        if not _alike(self.by_port(ours.training), theirs.training):
            return "different-in-training"
        if matching is None:
            return None
        order = list(matching)
        for one, other in (
            (ours.slopes, theirs.slopes),
            (ours.training_slopes, theirs.training_slopes),
        ):
            if not _prints_alike(one, other[order]):
                return "different-gradients"
        if not _prints_alike(ours.state, theirs.state[order]):
            return "different-state"
        if not np.isclose(ours.penalty, theirs.penalty, rtol=1e-3, atol=1e-4):
            return "different-penalty"
        return None

    def _spread_alike(self, weights: Weights) -> bool:
        """Whether both draw from the same distribution, as far as ``MANY`` draws tell."""
        ours = spread(self.reference, weights, self.seed)
        if len(ours) != len(self.given.spread) or not ours:
            return False
        pairs = zip(self.by_port(ours), self.given.spread, strict=True)
        return all(a.shape == b.shape and _same_distribution(a, b) for a, b in pairs)


def _searched(judge: _Judge) -> list[Difference]:
    reference, candidate = judge.reference.graph, judge.candidate
    shapes = [sorted(s.weight.shape for s in _slots(g)) for g in (reference, candidate)]
    if shapes[0] != shapes[1]:
        params = {"found": shapes[1], "expected": shapes[0]}
        return [Difference("wrong-weights", judge.difference("x").layer, params)]
    tied = judge.given.tied
    if tied is None:
        return [judge.difference("different-numbers")]
    weights = draw_weights(reference, judge.seed, tied=True)
    ours = sample(judge.reference, weights, judge.inputs(), judge.seed)
    if judge.compared(ours, tied, None) == "different-numbers":
        return [judge.difference("different-numbers")]
    return judge.decide(itertools.islice(_matchings(judge, ours, tied), _MOST_ORDERS))


def _matchings(judge: _Judge, ours: Sample, theirs: Sample) -> Iterator[Matching]:
    """Matchings of weights alike in shape and gradient, the order of their making first."""
    mine, given = _slots(judge.reference.graph), _slots(judge.candidate)
    scale = max(np.abs(ours.slopes).max(initial=0.0), 1e-6)
    choices = [
        [
            i
            for i, other in enumerate(given)
            if other.weight.shape == slot.weight.shape
            and _print_alike(ours.slopes[number], theirs.slopes[i], scale)
        ]
        for number, slot in enumerate(mine)
    ]
    order = sorted(range(len(mine)), key=lambda n: len(choices[n]))
    picked: dict[int, int] = {}

    def extend(depth: int) -> Iterator[Matching]:
        if depth == len(order):
            yield [picked[n] for n in range(len(mine))]
            return
        number = order[depth]
        free = [i for i in choices[number] if i not in picked.values()]
        for choice in sorted(free, key=lambda i: abs(i - number)):
            picked[number] = choice
            yield from extend(depth + 1)
            del picked[number]

    yield from extend(0)


def _print_alike(one: np.ndarray, other: np.ndarray, scale: float) -> bool:
    room = _LOOSE * max(one[-1], other[-1]) + 1e-5 * scale
    return bool(np.all(np.abs(one - other) <= room))


def _prints_alike(ours: np.ndarray, theirs: np.ndarray) -> bool:
    if ours.shape != theirs.shape:
        return False
    scale = max(np.abs(ours).max(initial=0.0), 1e-6)
    return all(_print_alike(a, b, scale) for a, b in zip(ours, theirs, strict=True))


def _alike(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]) -> bool:
    """Equal up to what reordering float32 arithmetic changes."""
    return len(ours) == len(theirs) and all(
        a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-3, atol=1e-4, equal_nan=True))
        for a, b in zip(ours, theirs, strict=True)
    )


def _same_distribution(one: np.ndarray, other: np.ndarray) -> bool:
    """Kolmogorov and Smirnov's test of each column; an honest pair fails once in a million."""
    limit = np.sqrt(np.log(2e6 * max(1, one.shape[1])) / MANY)
    for a, b in zip(one.T, other.T, strict=True):
        # Values that differ by rounding only are one value.
        unit = 1e-4 * max(np.abs(a).max(), 1e-3)
        a, b = np.sort(np.round(a / unit)), np.sort(np.round(b / unit))
        points = np.concatenate([a, b])

        def up_to(values: np.ndarray, shift: int, at: np.ndarray = points) -> np.ndarray:
            return np.searchsorted(values, at + shift, "right")

        # Rounding may put one value into two neighbouring units: one unit is no gap.
        gap = np.maximum(up_to(a, -1) - up_to(b, 1), up_to(b, -1) - up_to(a, 1))
        if gap.max() / MANY > limit:
            return False
    return True
