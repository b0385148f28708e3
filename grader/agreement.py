"""Decide on numbers: whether a candidate computes what the reference does, weight for weight.

Where the graphs are aligned, weights go along. Elsewhere weights are matched by their shapes and,
among equal shapes, by their gradients at a point where all weights of one shape are equal, so
that the wrong order does no harm.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.diagnosis import trait_differences
from grader.difference import Difference
from grader.draws import Weights, computable, decides_draws, draw_inputs, draw_weights
from grader.equality import paired_ports
from grader.equivalence import BESIDE, GraphComparison, only_in_form, readable
from grader.graph import Graph, Weight
from grader.numbers import sample, spread, tied_samples
from grader.samples import KEPT_SEED, SCALES, Answers, Later, Sample
from grader.trace import Reading

_MOST_ORDERS = 240
_MOST_COMPUTED = 64
_LOOSE = 2e-2  # of a gradient's length: deep models amplify what reordering arithmetic changes
# From what is most wrong to what is least.
_KINDS = (
    "different-numbers",
    "different-in-training",
    "different-gradients",
    "different-state",
    "different-penalty",
)


def confirmed(
    reference: Reading,
    candidate: Graph,
    verdict: GraphComparison,
    given: Answers | None,
    seed: int,
) -> list[Difference]:
    """The differences once the numbers are known: they confirm the graphs, or stand in for them.

    ``given`` are the candidate's answers to ``seed``; None if it was too large to compute with,
    which the reference then must be as well. Graphs that differ in form only, as the same sum
    written in another way does, are one model if the numbers agree.
    """
    found = readable(verdict, opaque := _opaque(reference.graph, candidate))
    if any(d.kind in _INTERFACE for d in found):
        return found
    if given is None:
        made_up = found == _beside(found) and computable(reference.graph)
        numbers = [Difference("different-numbers")] if made_up else []
        return [*found, *numbers, *_unread(verdict)]
    judge = _Judge(reference.graph, candidate, given, seed, reference)
    if not opaque and (verdict.equivalent or found == _beside(found)):
        return [*found, *judge.differences(verdict.pairs)]
    return judge.instead_of(verdict, found, opaque)


def likely(
    reference: Graph,
    kept: Answers | None,
    candidate: Graph,
    verdict: GraphComparison,
    given: Answers | None,
    live: Reading | None,
) -> list[Difference]:
    """The same without the reference: with its graph, and the answers that were kept of it.

    ``given`` are the candidate's answers to ``KEPT_SEED``, and ``live`` is the candidate itself.
    """
    found = readable(verdict, opaque := _opaque(reference, candidate))
    if any(d.kind in _INTERFACE for d in found) or not (found or opaque):
        return found
    if kept is None or given is None or live is None or given.spread:
        return [*found, *_unread(verdict)]
    if not _same_inputs(reference, candidate):
        return [*found, *_unread(verdict)]
    judge = _Judge(reference, candidate, given, KEPT_SEED, live, kept)
    return judge.instead_of(verdict, found, opaque)


def _opaque(reference: Graph, candidate: Graph) -> bool:
    return bool(reference.opaque or candidate.opaque)


def _unread(verdict: GraphComparison) -> list[Difference]:
    return [d for d in verdict.differences if d.kind == "unreadable"]


def _beside(found: Iterable[Difference]) -> list[Difference]:
    return [d for d in found if d.kind in BESIDE]


def _same_inputs(reference: Graph, candidate: Graph) -> bool:
    """Whether the same inputs are drawn for both."""
    if len(reference.inputs) != len(candidate.inputs):
        return False
    pairs = paired_ports(reference.inputs, candidate.inputs)
    return [given for _, given in pairs] == list(candidate.inputs) and all(
        reference.nodes[asked.node].settings == candidate.nodes[given.node].settings
        for asked, given in pairs
    )


_INTERFACE = {"input-count", "output-count", "wrong-input-shape", "wrong-input-type"}


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
    """``live`` is the reference; or the candidate, if ``kept`` are the reference's answers."""

    reference: Graph
    candidate: Graph
    given: Answers
    seed: int
    live: Reading
    kept: Answers | None = None

    def instead_of(
        self, verdict: GraphComparison, found: Sequence[Difference], opaque: bool
    ) -> list[Difference]:
        """The differences where the graphs cannot have the last word."""
        beside = _beside(found)
        if opaque:
            numbers = self.differences({})
            return [*found, *numbers, *_unread(verdict)] if numbers else beside
        if only_in_form(self.reference, self.candidate, found) and not self.differences({}):
            return beside
        return list(found)

    def differences(self, pairs: Mapping[int, int]) -> list[Difference]:
        """What the numbers say; none if they agree.

        ``pairs`` aligns reference nodes with candidate nodes; empty if the weights are to be
        matched by search.
        """
        try:
            if not pairs:
                return self._searched()
            matching = _along(self.reference, self.candidate, pairs)
            if matching is None:
                return [self._difference("different-numbers")]
            return self._decided([matching])
        except Exception:  # what the candidate claims to be does not even fit the reference
            return [self._difference("different-numbers")]

    def _difference(self, kind: str) -> Difference:
        """A difference in numbers, laid to the one layer that could not be read if it is one."""
        names = dict.fromkeys(self.candidate.opaque)
        name = next(iter(names)) if len(names) == 1 else None
        nodes = tuple(i for i, n in enumerate(self.candidate.nodes) if n.layer == name)
        return Difference(kind, name, nodes=nodes)

    def _searched(self) -> list[Difference]:
        graphs = (self.reference, self.candidate)
        shapes = [sorted(s.weight.shape for s in _slots(graph)) for graph in graphs]
        if shapes[0] != shapes[1]:
            params = {"found": shapes[1], "expected": shapes[0]}
            blamed = self._difference("wrong-weights")
            return [Difference("wrong-weights", blamed.layer, params, blamed.nodes)]
        samples = []
        for ours, theirs, (scale, _signed, _length) in zip(
            self._tied(), self.given.tied, SCALES, strict=True
        ):
            kind = self._tied_kind(ours, theirs, large=scale > 1)
            if kind is not None:
                return [self._difference(kind)]
            if scale <= 1:
                samples.append((ours.slopes, theirs.slopes, _scale(ours.slopes, _size(ours))))
        by_gradient = itertools.islice(self._matchings(samples), _MOST_ORDERS)
        return self._decided(by_gradient)

    def _tied(self) -> Iterable[Sample]:
        if self.kept is not None:
            return self.kept.tied
        reading = self._as_candidate(self.live)
        key = ("tied", reading.graph.inputs, self.seed)
        return _once(reading, key, lambda: Later(tied_samples(reading, self.seed)))

    def _tied_kind(self, ours: Sample, theirs: Sample, large: bool) -> str | None:
        """The kind of the first difference between tied samples, whose weights have no order.

        Of ``large`` numbers only the outputs count: where they saturate, gradients are rounding.
        """
        if not _alike(self._by_port(ours.inference), theirs.inference):
            return "different-numbers"
        if self._draws_by_itself:
            return None
        if not _alike(self._by_port(ours.training), theirs.training):
            return "different-in-training"
        return None if large else self._compared(ours, theirs, _closest(ours, theirs))

    @property
    def _draws_by_itself(self) -> bool:
        """Whether the candidate's training is random beyond control: then its distribution is
        compared. Evidence may claim so of a model only that could not be read."""
        return bool(self.candidate.opaque and self.given.spread)

    def _as_candidate(self, live: Reading) -> Reading:
        """The reference, with its inputs in the order of the candidate's."""
        pairs = paired_ports(self.candidate.inputs, live.graph.inputs)
        order = [live.graph.inputs.index(asked) for _, asked in pairs]

        def call(arrays: Sequence[np.ndarray], training: bool) -> tuple[list[Any], Any]:
            arranged = dict(zip(order, arrays, strict=True))
            return live.call([arranged[i] for i in range(len(order))], training)

        ports = tuple(live.graph.inputs[i] for i in order)
        return replace(live, graph=replace(live.graph, inputs=ports), call=call)

    def _decided(self, matchings: Iterable[Matching]) -> list[Difference]:
        """What is left of the differences under the matching that explains most."""
        worst = None
        for matching in matchings:
            kind = self._kind(matching)
            if kind is None:
                return self._traits(matching)
            if kind in ("different-gradients", "different-penalty") and self._traits(matching):
                return self._traits(matching)  # which say more
            worst = max(worst or kind, kind, key=_KINDS.index)
        return [self._difference(worst or "different-gradients")]

    def _kind(self, matching: Matching) -> str | None:
        if self.kept is not None:
            return self._kind_of_kept(self.kept.drawn, matching)
        reading = self._as_candidate(self.live)

        def weights() -> Weights:
            return self._transplanted(draw_weights(self.candidate, self.seed), matching)

        def compute() -> Sample:
            return sample(reading, weights(), draw_inputs(self.candidate, self.seed), self.seed)

        drawn = decides_draws(self.candidate)
        ours = _once(reading, (drawn, *matching, reading.graph.inputs, self.seed), compute)
        kind = self._compared(ours, self.given.drawn, matching)
        if kind == "different-in-training" and self._draws_by_itself:
            alike = self._spread_alike(spread(reading, weights(), self.seed))
            return None if alike else "different-in-training"
        return kind

    def _kind_of_kept(self, ours: Sample, matching: Matching) -> str | None:
        """The same, the candidate under the weights that the reference had."""
        drawn = [array for row in draw_weights(self.reference, self.seed) for array in row]
        place = {theirs: mine for mine, theirs in enumerate(matching)}
        numbers = itertools.count()
        weights = [
            [np.reshape(drawn[place[next(numbers)]], weight.shape) for weight in owner.weights]
            for owner in self.candidate.owners
        ]
        inputs = draw_inputs(self.candidate, self.seed)
        return self._compared(ours, sample(self.live, weights, inputs, self.seed), matching)

    def _traits(self, matching: Matching) -> list[Difference]:
        """Weights that compute alike, but are not trained, or penalised, alike."""
        mine, theirs = _slots(self.reference), _slots(self.candidate)
        found: list[Difference] = []
        for slot, other in zip(mine, matching, strict=True):
            owner = theirs[other].owner
            nodes = tuple(i for i, n in enumerate(self.candidate.nodes) if n.owner == owner)
            place = {"layer": self.candidate.owners[owner].name, "nodes": nodes}
            found += trait_differences([(slot.weight, theirs[other].weight)], place)
        return list({(d.kind, d.layer): d for d in found}.values())

    def _by_port(self, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The reference's outputs in the order of the candidate's."""
        ours = self.reference.outputs
        pairs = paired_ports(self.candidate.outputs, ours)
        return [arrays[ours.index(asked)] for _, asked in pairs]

    def _transplanted(self, drawn: Weights, matching: Matching) -> Weights:
        """The candidate's drawn weights, arranged for the reference."""
        theirs = iter(matching)
        flat = [array for row in drawn for array in row]
        return [
            [np.reshape(flat[next(theirs)], weight.shape) for weight in owner.weights]
            for owner in self.reference.owners
        ]

    def _compared(self, ours: Sample, theirs: Sample, matching: Matching) -> str | None:
        """The kind of the first difference between two samples."""
        if not _alike(self._by_port(ours.inference), theirs.inference):
            return "different-numbers"
        order = list(matching)
        size = _size(ours)
        if not _prints_alike(ours.slopes, theirs.slopes[order], size):
            return "different-gradients"
        if not _alike(self._by_port(ours.training), theirs.training):
            return "different-in-training"
        if not _prints_alike(ours.training_slopes, theirs.training_slopes[order], size):
            return "different-gradients"
        if not _prints_alike(ours.state, theirs.state[order]):
            return "different-state"
        if not np.isclose(ours.penalty, theirs.penalty, rtol=1e-3, atol=1e-4):
            return "different-penalty"
        return None

    def _spread_alike(self, ours: Sequence[np.ndarray]) -> bool:
        """Whether both draw from the same distribution, as far as so many draws tell."""
        if len(ours) != len(self.given.spread) or not ours:
            return False
        pairs = zip(self._by_port(ours), self.given.spread, strict=True)
        return all(a.shape == b.shape and _same_distribution(a, b) for a, b in pairs)

    def _matchings(
        self, samples: Sequence[tuple[np.ndarray, np.ndarray, float]]
    ) -> Iterator[Matching]:
        """Matchings of weights alike in shape and, in every one of the tied ``samples`` (our
        slopes, theirs, their scale), in gradient; those in the order of their making first."""
        mine, given = _slots(self.reference), _slots(self.candidate)
        choices = [
            [
                i
                for i, other in enumerate(given)
                if other.weight.shape == slot.weight.shape
                and all(_print_alike(a[number], b[i], scale) for a, b, scale in samples)
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


def _once(reading: Reading, key: Any, compute: Callable[[], Any]) -> Any:
    """What ``compute`` gives, of a reference that many candidates are compared with.

    The answers of a class are judged on the same seed, and most are drawn the same weights.
    """
    if key not in reading.computed:
        if len(reading.computed) >= _MOST_COMPUTED:
            reading.computed.clear()
        reading.computed[key] = compute()
    return reading.computed[key]


def _closest(ours: Sample, theirs: Sample) -> Matching:
    """For each weight of ``ours`` one of ``theirs`` that is alike, each taken once."""
    parts = [
        (getattr(ours, name), getattr(theirs, name), _scale(getattr(ours, name), _size(ours)))
        for name in ("slopes", "training_slopes", "state")
    ]
    free = np.ones(len(theirs.slopes), dtype=bool)
    order = []
    for number in range(len(ours.slopes)):
        # the largest excess over what is allowed, for each of theirs
        excess = np.max(
            [
                (np.abs(b - a[number]).max(axis=1) / _room(a[number], b, scale))
                for a, b, scale in parts
            ],
            axis=0,
        )
        excess = np.nan_to_num(excess, nan=1e9, posinf=1e9)
        order.append(int(np.argmin(np.where(free, excess, np.inf))))
        free[order[-1]] = False
    return order


# -- numbers alike -----------------------------------------------------------------------------


def _size(sample: Sample) -> float:
    """How large the outputs are: gradients that are far smaller are rounding."""
    return max((float(np.nanmax(np.abs(o), initial=0.0)) for o in sample.inference), default=0.0)


def _scale(prints: np.ndarray, size: float) -> float:
    return max(float(np.nanmax(np.abs(prints), initial=0.0)), 1e-2 * size, 1e-6)


def _room(one: np.ndarray, others: np.ndarray, scale: float) -> np.ndarray:
    """By how much the prints of alike arrays may differ; what has no end leaves no room."""
    room = _LOOSE * np.maximum(one[..., -1], others[..., -1]) + 1e-4 * scale
    return np.where(np.isfinite(room), room, 0.0)


def _print_alike(one: np.ndarray, other: np.ndarray, scale: float) -> bool:
    near = np.abs(one - other) <= _room(one, other, scale)
    return bool(np.all(near | (np.isnan(one) & np.isnan(other))))


def _prints_alike(ours: np.ndarray, theirs: np.ndarray, size: float = 0.0) -> bool:
    if ours.shape != theirs.shape:
        return False
    scale = _scale(ours, size)
    return all(_print_alike(a, b, scale) for a, b in zip(ours, theirs, strict=True))


def _alike(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]) -> bool:
    """Equal up to what reordering float32 arithmetic changes."""
    return len(ours) == len(theirs) and all(
        a.shape == b.shape and _close(a, b) for a, b in zip(ours, theirs, strict=True)
    )


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    if one.dtype.kind not in "fc" or other.dtype.kind not in "fc":
        return bool(np.array_equal(one, other))
    largest = float(np.abs(one).max(initial=0.0, where=np.isfinite(one)))
    return bool(np.allclose(one, other, rtol=1e-3, atol=2e-4 * largest + 1e-9, equal_nan=True))


def _same_distribution(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the rows may come from one distribution; an honest pair fails once in a million.

    Mean and variance of each column tell most; Kolmogorov and Smirnov's test sees the rest.
    """
    count, columns = one.shape
    limit = np.sqrt(np.log(2e6 * max(1, columns)) / count)
    for a, b in zip(one.T.astype("float64"), other.T.astype("float64"), strict=True):
        unit = 1e-4 * max(float(np.abs(a).max()), 1e-3)
        squares = (a - a.mean()) ** 2, (b - b.mean()) ** 2
        if _apart(a, b, unit) or _apart(squares[0], squares[1], unit**2):
            return False
        if _gap(a, b, unit) > limit:
            return False
    return True


def _apart(a: np.ndarray, b: np.ndarray, unit: float) -> bool:
    """Whether two means differ by more than six standard errors, and by more than rounding."""
    room = 6.0 * np.sqrt((a.var() + b.var()) / len(a)) + unit
    return bool(abs(a.mean() - b.mean()) > room)


def _gap(a: np.ndarray, b: np.ndarray, unit: float) -> float:
    """The largest distance of two empirical distributions; one unit to the side is no distance."""
    a, b = np.sort(np.round(a / unit)), np.sort(np.round(b / unit))
    points = np.concatenate([a, b])

    def up_to(values: np.ndarray, shift: int) -> np.ndarray:
        return np.searchsorted(values, points + shift, "right")

    gap = np.maximum(up_to(a, -1) - up_to(b, 1), up_to(b, -1) - up_to(a, 1))
    return float(gap.max()) / len(a)
