"""Decide whether two canonical graphs are one model, and if not, what the smallest cause is.

Equal graphs are recognised by hashing every node with what it depends on, and by checking that
weights are shared alike. Where they differ, the graphs are aligned at the least cost of leaving
out, adding and replacing nodes; each place where the alignment limps is one ``Difference``.
Shapes are not compared except at the inputs, so a wrong size early is not reported again as
wrong shapes after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from grader.graph import Graph, Node, Owner, Port, Weight
from grader.messages import MESSAGES
from grader.names import ACTIVATIONS, COMMUTATIVE, display_name
from grader.text import translate


@dataclass(frozen=True)
class Difference:
    """One way in which a candidate differs from the reference.

    ``kind`` is a stable ASCII key (see ``MESSAGES``); ``layer`` the candidate's layer name or
    None; ``params`` fill the message; ``nodes`` are the candidate's nodes concerned and
    ``reference`` the reference's, or None.
    """

    kind: str
    layer: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    nodes: tuple[int, ...] = ()
    reference: int | None = None

    def message(self, language: str = "en") -> str:
        """What differs, for the candidate's author, in ``"fr"``, ``"en"`` or ``"zh"``."""
        return translate(MESSAGES[self.kind], language, **self.shown())

    def shown(self) -> dict[str, Any]:
        """The values that fill the message."""
        return {"layer": self.layer or "", **{k: _shown(v) for k, v in self.params.items()}}

    def signature(self) -> tuple[Any, ...]:
        """What makes this the same mistake in two candidates, whatever they call their layers."""
        facts = {k: v for k, v in self.params.items() if k not in ("after", "layers")}
        if self.kind in ("wrong-connection", "wrong-input-order"):
            facts = {}
        return (self.kind, self.reference, tuple(sorted((k, str(v)) for k, v in facts.items())))


@dataclass(frozen=True)
class GraphComparison:
    """The verdict on two graphs. ``pairs`` aligns reference nodes with candidate nodes."""

    differences: tuple[Difference, ...]
    pairs: Mapping[int, int]

    @property
    def equivalent(self) -> bool:
        return not self.differences


def compare_graphs(reference: Graph, candidate: Graph) -> GraphComparison:
    """Compare two graphs: no difference means one model up to API style."""
    ports = _counts(reference, candidate)
    if ports:
        return GraphComparison(tuple(ports), {})
    inputs = paired_ports(reference.inputs, candidate.inputs)
    outputs = paired_ports(reference.outputs, candidate.outputs)
    batches = _batches(inputs, (reference, candidate))
    if batches:
        return GraphComparison(tuple(batches), {})
    beside = _beside(reference, candidate)
    pairs = _isomorphism(reference, candidate, inputs, outputs)
    if pairs is not None:
        return GraphComparison(tuple(beside), pairs)
    swapped = _swapped_outputs(reference, candidate, inputs)
    if swapped is not None:
        return GraphComparison((Difference("output-order"), *beside), swapped)
    pairs = align(reference, candidate, inputs, outputs)
    found = _explain(reference, candidate, pairs)
    if not found:  # aligned node by node, so that only the use of the outputs can differ
        found = _other_outputs(candidate, outputs, pairs)
    found += beside
    return GraphComparison(tuple(found), pairs)


BESIDE = ("unused-layer", "lost-on-save")


def _batches(inputs: Sequence[tuple[Port, Port]], graphs: tuple[Graph, Graph]) -> list[Difference]:
    """Inputs that take one batch size only, and not the one that is asked for."""
    found = []
    for asked, given in inputs:
        wanted, has = (
            list(graph.nodes[port.node].settings["shape"])
            for graph, port in zip(graphs, (asked, given), strict=True)
        )
        if has[:1] not in ([None], wanted[:1]):
            params = {"found": has, "expected": wanted}
            found.append(Difference("wrong-input-shape", given.name, params, (given.node,)))
    return found


def _beside(reference: Graph, candidate: Graph) -> list[Difference]:
    """What sets a candidate apart beside what it computes."""
    found = []
    if not reference.unused:
        found += [Difference("unused-layer", name) for name in candidate.unused]
    if reference.custom and all(reference.custom.values()):
        lost = [name for name, saved in candidate.custom.items() if not saved]
        found += [Difference("lost-on-save", name) for name in lost]
    return found


# What is sure in a candidate of which a part could not be read.
_SURE = {
    "wrong-input-shape",
    "wrong-input-type",
    "wrong-setting",
    "frozen",
    "not-frozen",
    "missing-regularizer",
    "surplus-regularizer",
    "wrong-regularizer",
    "wrong-constraint",
    "input-count",
    "output-count",
    *BESIDE,
}


def readable(verdict: GraphComparison, opaque: bool) -> list[Difference]:
    """The differences of two graphs that hold although a part of one could not be read."""
    return [d for d in verdict.differences if not opaque or d.kind in _SURE]


# Differences that another way of writing the same function may make.
_FORM = {
    "missing-layer",
    "surplus-layer",
    "replaced-layer",
    "wrong-order",
    "missing-activation",
    "surplus-activation",
    "wrong-activation",
    "logits",
    "not-logits",
    "wrong-connection",
    "wrong-input-order",
    *BESIDE,
}
_ARRANGING = {"shape", "keepdims", "axis", "size", "target_shape", "call", "use_bias", "padding"}


def only_in_form(reference: Graph, candidate: Graph, differences: Iterable[Difference]) -> bool:
    """Whether two graphs may be one function all the same, so that numbers are worth a look."""
    shapes = [
        sorted(w.shape for owner in graph.owners for w in owner.weights)
        for graph in (reference, candidate)
    ]
    return shapes[0] == shapes[1] and all(
        d.kind in _FORM or (d.kind == "wrong-setting" and d.params["setting"] in _ARRANGING)
        for d in differences
    )


def _counts(reference: Graph, candidate: Graph) -> list[Difference]:
    found = []
    for kind, asked, given in (
        ("input-count", reference.inputs, candidate.inputs),
        ("output-count", reference.outputs, candidate.outputs),
    ):
        if len(asked) != len(given):
            found.append(Difference(kind, params={"found": len(given), "expected": len(asked)}))
    return found


def paired_ports(reference: Sequence[Port], candidate: Sequence[Port]) -> list[tuple[Port, Port]]:
    """Ports by name where both sides use the same names, else in order."""
    by_name = {port.name: port for port in candidate}
    if len(by_name) == len(candidate) and {port.name for port in reference} == set(by_name):
        return [(port, by_name[port.name]) for port in reference]
    return list(zip(reference, candidate, strict=True))


# -- equality ----------------------------------------------------------------------------------


class _Interner:
    """Small numbers for structures, equal for equal structures."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, structure: Any) -> int:
        return self._numbers.setdefault(structure, len(self._numbers))


def _frozen(value: Any) -> Any:
    """JSON data as a hashable value."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, _frozen(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return ("list", *map(_frozen, value))
    return (type(value).__name__, value) if isinstance(value, bool) else value


def _weights(owner: Owner) -> tuple[Any, ...]:
    """What must be alike in the weights of two owners; shapes follow from the settings."""
    return tuple(
        (w.role, w.dtype, w.trainable, _frozen(w.regularizer), _frozen(w.constraint))
        for w in owner.weights
    )


def _static(graph: Graph, inputs: Mapping[int, int], intern: _Interner) -> list[int]:
    """One number a node: what it is, wherever its inputs come from."""
    return [
        intern(
            ("input", inputs.get(index, -1), _frozen(_example(node.settings)))
            if node.op == "input"
            else (node.op, _frozen(node.settings))
        )
        for index, node in enumerate(graph.nodes)
    ]


def _example(settings: Mapping[str, Any]) -> dict[str, Any]:
    """An input's settings without the batch size."""
    return {**settings, "shape": list(settings["shape"])[1:]}


def _keys(
    graph: Graph, static: Sequence[int], intern: _Interner, owners: Sequence[int]
) -> list[int]:
    """One number a node, equal for nodes that compute alike from alike inputs."""
    keys: list[int] = []
    for what, node in zip(static, graph.nodes, strict=True):
        before = [(keys[i], j) for i, j in node.inputs]
        if node.op in COMMUTATIVE:
            before.sort()
        owner = -1 if node.owner is None else owners[node.owner]
        keys.append(intern((what, tuple(before), owner)))
    return keys


def _refined(graph: Graph, inputs: Mapping[int, int], intern: _Interner) -> list[int]:
    """Keys in which an owner also stands for all the places that use it."""
    owners = [intern(("weights", _weights(owner))) for owner in graph.owners]
    static = _static(graph, inputs, intern)
    keys = _keys(graph, static, intern, owners)
    for _round in range(2):
        uses: list[list[int]] = [[] for _ in graph.owners]
        for key, node in zip(keys, graph.nodes, strict=True):
            if node.owner is not None:
                uses[node.owner].append(key)
        owners = [intern((old, tuple(sorted(use)))) for old, use in zip(owners, uses, strict=True)]
        keys = _keys(graph, static, intern, owners)
    return keys


def _isomorphism(
    reference: Graph,
    candidate: Graph,
    inputs: Sequence[tuple[Port, Port]],
    outputs: Sequence[tuple[Port, Port]],
) -> dict[int, int] | None:
    """Reference node -> candidate node if the graphs are one model, else None."""
    if reference.opaque or candidate.opaque:
        return None
    intern = _Interner()
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    ours = _refined(reference, places[0], intern)
    theirs = _refined(candidate, places[1], intern)
    pairs: dict[int, int] = {}
    owners: dict[int, int] = {}
    back: dict[int, int] = {}
    stack = []
    for asked, given in outputs:
        if asked.index != given.index:
            return None
        stack.append((asked.node, given.node))
    while stack:
        one, other = stack.pop()
        if one in pairs:
            if pairs[one] != other:
                return None
            continue
        if ours[one] != theirs[other]:
            return None
        node, twin = reference.nodes[one], candidate.nodes[other]
        if node.owner is not None and twin.owner is not None:
            if owners.setdefault(node.owner, twin.owner) != twin.owner:
                return None
            if back.setdefault(twin.owner, node.owner) != node.owner:
                return None
        pairs[one] = other
        before, after = list(node.inputs), list(twin.inputs)
        if node.op in COMMUTATIVE:
            before.sort(key=lambda ref: (ours[ref[0]], ref[1]))
            after.sort(key=lambda ref: (theirs[ref[0]], ref[1]))
        stack.extend((i, k) for (i, _), (k, _) in zip(before, after, strict=True))
    return pairs


def _swapped_outputs(
    reference: Graph, candidate: Graph, inputs: Sequence[tuple[Port, Port]]
) -> dict[int, int] | None:
    """The isomorphism, if one exists once the outputs are listed in another order."""
    if len(reference.outputs) < 2:
        return None
    intern = _Interner()
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    ours = _refined(reference, places[0], intern)
    theirs = _refined(candidate, places[1], intern)
    left = list(candidate.outputs)
    pairs = []
    for asked in reference.outputs:
        key = (ours[asked.node], asked.index)
        given = next((port for port in left if (theirs[port.node], port.index) == key), None)
        if given is None:
            return None
        left.remove(given)
        pairs.append((asked, given))
    return _isomorphism(reference, candidate, inputs, pairs)


# -- alignment ---------------------------------------------------------------------------------

_LEFT_OUT = 1.0


def _substitution(one: Node, other: Node, graphs: tuple[Graph, Graph]) -> float:
    """What it costs to take ``other`` for ``one``: 0 alike, 1.2 another operation."""
    if one.op != other.op:
        if "input" in (one.op, other.op):
            return 5.0
        if (one.op in ACTIVATIONS) != (other.op in ACTIVATIONS):
            return 2.5
        return 1.2
    cost = 0.25 * len(_unequal(one.settings, other.settings))
    if one.owner is not None and other.owner is not None:
        mine, theirs = graphs[0].owners[one.owner], graphs[1].owners[other.owner]
        cost += 0.1 * (_weights(mine) != _weights(theirs))
    return min(cost, 0.9)


def _unequal(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [key for key in sorted({*one, *other}) if _differ(one.get(key), other.get(key))]


def _differ(one: Any, other: Any) -> bool:
    return _frozen(one) != _frozen(other)


@dataclass(frozen=True)
class _Alignment:
    """Costs and moves of pairs of nodes between ``anchors``, the pairs that are sure."""

    anchors: Mapping[int, int]
    back: Mapping[int, int]
    costs: dict[tuple[int, int], float] = field(default_factory=dict)
    moves: dict[tuple[int, int], str] = field(default_factory=dict)

    def cost(self, r: int, c: int) -> float:
        if r in self.anchors and self.anchors[r] == c:
            return 0.0
        return self.costs.get((r, c), 2.0)


def align(
    reference: Graph,
    candidate: Graph,
    inputs: Sequence[tuple[Port, Port]],
    outputs: Sequence[tuple[Port, Port]],
) -> dict[int, int]:
    """Reference node -> candidate node, at the least total cost found.

    Nodes that stand alone in computing, or in being used, like their twins are anchors. The costs
    are worked out between anchors only, so that one fault in a large model is found in no more
    time than it takes to read the model.
    """
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    ends = [[pair[side] for pair in outputs] for side in (0, 1)]
    anchors = _anchors((reference, candidate), places, ends)
    alignment = _Alignment(anchors, {c: r for r, c in anchors.items()})
    rows = _between(reference, alignment.anchors)
    columns = _between(candidate, alignment.back)
    if len(rows) * len(columns) <= _MOST_CELLS:
        _work_out(reference, candidate, places, alignment, rows, columns)
        pairs = _follow(reference, candidate, outputs, alignment)
    else:
        pairs = dict(anchors) | _in_order(reference, candidate, alignment)
    for asked, given in inputs:  # these belong together, whatever the model does with them
        pairs = {r: c for r, c in pairs.items() if r != asked.node and c != given.node}
        pairs[asked.node] = given.node
    _keep_activations(reference, candidate, pairs)
    return pairs


_MOST_CELLS = 200_000


def _anchors(
    graphs: tuple[Graph, Graph],
    places: Sequence[Mapping[int, int]],
    ends: Sequence[Sequence[Port]],
) -> dict[int, int]:
    """Pairs that need no search: alone in what they compute, else alone in how they are used."""
    intern = _Interner()
    statics = [_static(g, p, intern) for g, p in zip(graphs, places, strict=True)]
    owners = [[intern(("weights", _weights(o))) for o in g.owners] for g in graphs]
    forward = [_keys(g, s, intern, o) for g, s, o in zip(graphs, statics, owners, strict=True)]
    anchors = _unique_pairs(*forward)
    backward = [
        _uses(g, s, intern, o, e) for g, s, o, e in zip(graphs, statics, owners, ends, strict=True)
    ]
    taken = set(anchors.values())
    for r, c in _unique_pairs(*backward).items():
        if r not in anchors and c not in taken:
            anchors[r] = c
    return anchors


def _unique_pairs(ours: Sequence[int], theirs: Sequence[int]) -> dict[int, int]:
    """Index pairs of the keys that each side has exactly once."""
    counts = [Counter(keys) for keys in (ours, theirs)]
    place = {key: index for index, key in enumerate(theirs) if counts[1][key] == 1}
    return {
        index: place[key] for index, key in enumerate(ours) if counts[0][key] == 1 and key in place
    }


def _uses(
    graph: Graph,
    static: Sequence[int],
    intern: _Interner,
    owners: Sequence[int],
    outputs: Sequence[Port],
) -> list[int]:
    """One number a node, equal for nodes that are used alike, as far as the outputs."""
    uses: list[list[tuple[int, int, int]]] = [[] for _ in graph.nodes]
    for number, port in enumerate(outputs):
        uses[port.node].append((-1, number, port.index))
    keys = [0] * len(graph.nodes)
    for index in range(len(graph.nodes) - 1, -1, -1):
        node = graph.nodes[index]
        owner = -1 if node.owner is None else owners[node.owner]
        keys[index] = intern((static[index], owner, tuple(sorted(uses[index]))))
        for position, (source, output) in enumerate(node.inputs):
            where = 0 if node.op in COMMUTATIVE else position
            uses[source].append((keys[index], where, output))
    return keys


def _between(graph: Graph, anchored: Mapping[int, int]) -> list[int]:
    """The nodes without an anchor, and those that they read."""
    free = {index for index in range(len(graph.nodes)) if index not in anchored}
    return sorted(free | {i for index in free for i, _ in graph.nodes[index].inputs})


def _work_out(
    reference: Graph,
    candidate: Graph,
    places: Sequence[Mapping[int, int]],
    alignment: _Alignment,
    rows: Sequence[int],
    columns: Sequence[int],
) -> None:
    """Fill in the least cost of aligning what leads to each pair of nodes, and the move."""
    graphs, cost = (reference, candidate), alignment.cost
    for r in rows:
        one = reference.nodes[r]
        for c in columns:
            other = candidate.nodes[c]
            fixed = (r in alignment.anchors, c in alignment.back)
            if all(fixed):
                continue
            if one.op == "input" == other.op:
                elsewhere = places[0].get(r) != places[1].get(c)
                alignment.costs[r, c] = (
                    1.5 if elsewhere else 0.25 * len(_unequal(one.settings, other.settings))
                )
                alignment.moves[r, c] = "match"
                continue
            options = []
            if not any(fixed):
                price = _substitution(one, other, graphs) + _inputs_cost(one, other, cost)
                options.append((price, "match"))
            if one.inputs and not fixed[0]:
                skipped = min(cost(i, c) for i, _ in one.inputs) + len(one.inputs) - 1
                options.append((_LEFT_OUT + skipped, "missing"))
            if other.inputs and not fixed[1]:
                skipped = min(cost(r, i) for i, _ in other.inputs) + len(other.inputs) - 1
                options.append((_LEFT_OUT + skipped, "surplus"))
            if options:
                alignment.costs[r, c], alignment.moves[r, c] = min(options)


def _follow(
    reference: Graph,
    candidate: Graph,
    outputs: Sequence[tuple[Port, Port]],
    alignment: _Alignment,
) -> dict[int, int]:
    """The pairs along the cheapest moves, from the outputs and the anchors back."""
    cost = alignment.cost
    pairs = dict(alignment.anchors)
    taken = set(pairs.values())
    stack = [(asked.node, given.node) for asked, given in reversed(outputs)]
    for r, c in alignment.anchors.items():
        stack += reversed(_matched_inputs(reference.nodes[r], candidate.nodes[c], cost))
    seen: set[tuple[int, int]] = set()
    while stack:
        r, c = stack.pop()
        if (r, c) in seen:
            continue
        seen.add((r, c))
        one, other = reference.nodes[r], candidate.nodes[c]
        move = alignment.moves.get((r, c))
        if move == "missing":
            stack.append((min((i for i, _ in one.inputs), key=lambda i: cost(i, c)), c))
        elif move == "surplus":
            stack.append((r, min((i for i, _ in other.inputs), key=lambda i: cost(r, i))))
        elif move == "match":
            if r not in pairs and c not in taken:
                pairs[r] = c
                taken.add(c)
            stack.extend(reversed(_matched_inputs(one, other, cost)))
    return pairs


def _in_order(reference: Graph, candidate: Graph, alignment: _Alignment) -> dict[int, int]:
    """Pairs of free nodes for models that differ nearly everywhere: their operations in a row."""
    rows = [r for r in range(len(reference.nodes)) if r not in alignment.anchors]
    columns = [c for c in range(len(candidate.nodes)) if c not in alignment.back]
    ops = ([reference.nodes[r].op for r in rows], [candidate.nodes[c].op for c in columns])
    blocks = SequenceMatcher(None, *ops, autojunk=False).get_matching_blocks()
    return {rows[block.a + i]: columns[block.b + i] for block in blocks for i in range(block.size)}


def _keep_activations(reference: Graph, candidate: Graph, pairs: dict[int, int]) -> None:
    """Of two activations that fit equally well, keep the one that follows its own layer."""
    back = {c: r for r, c in pairs.items()}
    after: dict[int, list[int]] = {}
    for index, node in enumerate(candidate.nodes):
        if node.op in ACTIVATIONS and len(node.inputs) == 1:
            after.setdefault(node.inputs[0][0], []).append(index)
    for one, node in enumerate(reference.nodes):
        if node.op not in ACTIVATIONS or node.inputs[0][0] not in pairs:
            continue
        for other in after.get(pairs[node.inputs[0][0]], ()):
            twin = candidate.nodes[other]
            alike = twin.op == node.op and not _unequal(node.settings, twin.settings)
            if not alike or pairs.get(one) == other:
                continue
            if other not in back or one not in pairs:
                back.pop(pairs.pop(one, -1), None)
                pairs.pop(back.get(other, -1), None)
                pairs[one], back[other] = other, one


_Cost = Callable[[int, int], float]


def _matched_inputs(one: Node, other: Node, cost: _Cost) -> list[tuple[int, int]]:
    """Which input of ``one`` goes with which of ``other``."""
    mine, theirs = [i for i, _ in one.inputs], [i for i, _ in other.inputs]
    straight = list(zip(mine, theirs, strict=False))
    if one.op != other.op or len(mine) < 2 or len(theirs) < 2:
        return straight
    left, best = list(theirs), []
    for i in sorted(mine, key=lambda i: min(cost(i, k) for k in theirs)):
        if left:
            k = min(left, key=lambda k: cost(i, k))
            left.remove(k)
            best.append((i, k))
    penalty = 0.0 if one.op in COMMUTATIVE else 0.3
    if sum(cost(i, k) for i, k in best) + penalty < sum(cost(i, k) for i, k in straight):
        return best
    return straight


def _inputs_cost(one: Node, other: Node, cost: _Cost) -> float:
    matched = _matched_inputs(one, other, cost)
    return sum(cost(i, k) for i, k in matched) + abs(len(one.inputs) - len(other.inputs))


# -- explanation -------------------------------------------------------------------------------


_Placed = tuple[float, int, Difference]  # (position in the candidate, rank there, difference)


def _explain(reference: Graph, candidate: Graph, pairs: Mapping[int, int]) -> list[Difference]:
    """The differences that an alignment shows, root causes first."""
    back = {c: r for r, c in pairs.items()}
    missing = [r for r in range(len(reference.nodes)) if r not in pairs]
    surplus = [c for c in range(len(candidate.nodes)) if c not in back]
    found: list[_Placed] = list(_unread(candidate))
    for r, c in pairs.items():
        found += [(c, 1, d) for d in _node_differences(reference, candidate, r, c)]
    if not missing and not surplus:
        found += _connections(reference, candidate, pairs)
    found += _moved(reference, candidate, missing, surplus)
    missing = [r for r in missing if not _follows(reference, r, missing)]
    surplus = [c for c in surplus if not _follows(candidate, c, surplus)]
    found += _copied(reference, candidate, surplus, pairs)
    found += _reused(reference, candidate, missing, pairs)
    found += [_missing(reference, candidate, r, pairs) for r in missing]
    found += [(c, 3, _surplus(reference, candidate, c, back)) for c in surplus]
    found += [(position, 5, d) for position, d in _sharing(reference, candidate, pairs)]
    return _merged(difference for _, _, difference in sorted(found, key=lambda f: f[:2]))


def _merged(differences: Iterable[Difference]) -> list[Difference]:
    """A fault of a layer that is used in several places is one difference."""
    found: dict[Any, Difference] = {}
    for difference in differences:
        key: Any = (difference.kind, difference.layer, str(difference.params))
        if difference.kind == "missing-layer":
            key = (*key, difference.reference)
        if key in found:
            nodes = tuple(dict.fromkeys((*found[key].nodes, *difference.nodes)))
            difference = replace(found[key], nodes=nodes)
        found[key] = difference
    return list(found.values())


def _other_outputs(
    candidate: Graph, outputs: Sequence[tuple[Port, Port]], pairs: Mapping[int, int]
) -> list[Difference]:
    """Outputs that are taken from other nodes than they should be."""
    found = []
    for asked, given in outputs:
        wanted = pairs.get(asked.node)
        if wanted is None or (wanted, asked.index) == (given.node, given.index):
            continue
        names = [_called(candidate.nodes[node]) for node in (given.node, wanted)]
        params = {"found": names[0], "expected": names[1]}
        node = (given.node,)
        found.append(Difference("wrong-output", given.name, params, node, asked.node))
    return found or [Difference("output-order")]


def _called(node: Node) -> str:
    return f"{node.layer} ({display_name(node.op)})"


def _unread(candidate: Graph) -> Iterable[_Placed]:
    for name in candidate.opaque:
        place = next((i for i, n in enumerate(candidate.nodes) if n.layer == name), None)
        nodes = () if place is None else (place,)
        yield place or 0, 0, Difference("unreadable", name, nodes=nodes)


def _moved(
    reference: Graph, candidate: Graph, missing: list[int], surplus: list[int]
) -> Iterable[_Placed]:
    """What is missing in one place and too much in another; taken off both lists."""
    for r in list(missing):
        asked = reference.nodes[r]
        twin = next((c for c in surplus if _same_node(asked, candidate.nodes[c])), None)
        if twin is None:
            continue
        missing.remove(r)
        surplus.remove(twin)
        node = candidate.nodes[twin]
        params = {"found": display_name(node.op)}
        yield twin, 2, Difference("wrong-order", node.layer, params, (twin,), r)


def _copied(
    reference: Graph, candidate: Graph, surplus: list[int], pairs: Mapping[int, int]
) -> Iterable[_Placed]:
    """What repeats a layer on the same inputs instead of using it twice; taken off the list."""
    for c in list(surplus):
        node = candidate.nodes[c]
        for r, partner in pairs.items():
            twin = candidate.nodes[partner]
            if node.owner is None or twin.inputs != node.inputs or not _same_node(node, twin):
                continue
            if not _is_used_again(reference, r):
                continue
            surplus.remove(c)
            names = [twin.layer, node.layer]
            params = {"layers": names}
            yield c, 3, Difference("not-shared", names[0], params, (partner, c), r)
            break


def _reused(
    reference: Graph, candidate: Graph, missing: list[int], pairs: Mapping[int, int]
) -> Iterable[_Placed]:
    """What is used twice on the same inputs instead of being two layers; taken off the list."""
    for r in list(missing):
        node = reference.nodes[r]
        for twin, c in pairs.items():
            other = reference.nodes[twin]
            alike = other.inputs == node.inputs and _same_node(node, other)
            if node.owner is None or not alike or not _is_used_again(candidate, c):
                continue
            missing.remove(r)
            name = candidate.nodes[c].layer
            yield c, 3, Difference("wrongly-shared", name, {}, (c,), twin)
            break


def _is_used_again(graph: Graph, index: int) -> bool:
    """Whether what a node computes (or its activation) is read more than once."""
    uses = [n for n, node in enumerate(graph.nodes) for i, _ in node.inputs if i == index]
    if len(uses) == 1 and graph.nodes[uses[0]].op in ACTIVATIONS:
        return _is_used_again(graph, uses[0])
    return len(uses) + sum(port.node == index for port in graph.outputs) > 1


def _follows(graph: Graph, index: int, others: Sequence[int]) -> bool:
    """Whether a node is the activation of a layer that is already among ``others``."""
    node = graph.nodes[index]
    return node.op in ACTIVATIONS and any(
        i in others and graph.nodes[i].layer == node.layer for i, _ in node.inputs
    )


def _same_node(one: Node, other: Node) -> bool:
    return one.op == other.op and not _unequal(one.settings, other.settings)


def _node_differences(reference: Graph, candidate: Graph, r: int, c: int) -> Iterable[Difference]:
    one, other = reference.nodes[r], candidate.nodes[c]
    place: dict[str, Any] = {"layer": other.layer, "nodes": (c,), "reference": r}
    if one.op != other.op:
        kind = "wrong-activation" if {one.op, other.op} <= ACTIVATIONS else "replaced-layer"
        params = {"found": display_name(other.op), "expected": display_name(one.op)}
        yield Difference(kind, params=params, **place)
        return
    for setting in _unequal(one.settings, other.settings):
        values: dict[str, Any] = {
            "found": other.settings.get(setting),
            "expected": one.settings.get(setting),
        }
        if setting == "training":
            kinds = {False: "never-training", True: "always-training", None: "wrong-mode"}
            yield Difference(kinds[values["found"]], params=values, **place)
        elif one.op != "input":
            yield Difference("wrong-setting", params={"setting": setting, **values}, **place)
        elif setting == "shape":
            sizes = {key: list(shape)[1:] for key, shape in values.items()}
            if sizes["found"] != sizes["expected"]:
                yield Difference("wrong-input-shape", params=sizes, **place)
        else:
            yield Difference("wrong-input-type", params=values, **place)
    if one.owner is None or other.owner is None:
        return
    mine, theirs = reference.owners[one.owner].weights, candidate.owners[other.owner].weights
    if [w.role for w in mine] == [w.role for w in theirs]:
        shared = list(zip(mine, theirs, strict=True))
    else:
        given = {w.role: w for w in theirs}
        shared = [(w, given[w.role]) for w in mine if w.role in given]
    yield from trait_differences(shared, place)


def trait_differences(
    shared: Sequence[tuple[Weight, Weight]], place: Mapping[str, Any]
) -> Iterable[Difference]:
    """How pairs of weights, the reference's and the candidate's, differ in what training does.

    ``place`` gives what all these differences say of where they are.
    """
    if any(w.trainable and not v.trainable for w, v in shared):
        yield Difference("frozen", **place)
    if any(v.trainable and not w.trainable for w, v in shared):
        yield Difference("not-frozen", **place)
    for asked, found in shared:
        if _differ(asked.regularizer, found.regularizer):
            params = {
                "role": asked.role,
                "found": found.regularizer,
                "expected": asked.regularizer,
            }
            if not found.regularizer:
                kind = "missing-regularizer"
            elif not asked.regularizer:
                kind = "surplus-regularizer"
            else:
                kind = "wrong-regularizer"
            yield Difference(kind, params=params, **place)
        if _differ(asked.constraint, found.constraint):
            params = {"role": asked.role, "found": found.constraint, "expected": asked.constraint}
            yield Difference("wrong-constraint", params=params, **place)


def _missing(
    reference: Graph, candidate: Graph, r: int, pairs: Mapping[int, int]
) -> tuple[float, int, Difference]:
    node = reference.nodes[r]
    before = next((pairs[i] for i in _upstream(reference, r) if i in pairs), None)
    after = "Input" if before is None else _layer_or_input(candidate.nodes[before])
    nodes = () if before is None else (before,)
    params = {"expected": display_name(node.op), "after": after}
    kind = "missing-layer"
    if node.op in ACTIVATIONS:
        logits = _ends(reference, r) and _gives_logits(reference, candidate, r)
        kind = "logits" if logits else "missing-activation"
        del params["after"]
    layer = None if before is None else candidate.nodes[before].layer
    position = (before if before is not None else -1) + 0.5
    return position, 2, Difference(kind, layer, params, nodes, r)


def _gives_logits(graph: Graph, other: Graph, index: int) -> bool:
    """Whether the output that ``index`` is comes straight from a layer in ``other``."""
    places = [n for n, port in enumerate(graph.outputs) if port.node == index]
    return any(other.nodes[other.outputs[n].node].owner is not None for n in places)


def _ends(graph: Graph, index: int) -> bool:
    """Whether a node turns logits into probabilities at an output."""
    return graph.nodes[index].op in _PROBABILITIES and any(
        port.node == index for port in graph.outputs
    )


_PROBABILITIES = frozenset({"sigmoid", "softmax", "log_softmax"})


def _layer_or_input(node: Node) -> str:
    """A layer's name; automatic names of inputs say nothing to anybody."""
    automatic = node.op == "input" and node.layer.startswith(("keras_tensor", "input_"))
    return "Input" if automatic else node.layer


def _upstream(graph: Graph, start: int) -> Iterable[int]:
    """The nodes before ``start``, the nearest first."""
    queue, seen = [i for i, _ in graph.nodes[start].inputs], set()
    while queue:
        index = queue.pop(0)
        if index not in seen:
            seen.add(index)
            yield index
            queue.extend(i for i, _ in graph.nodes[index].inputs)


def _surplus(reference: Graph, candidate: Graph, c: int, back: Mapping[int, int]) -> Difference:
    node = candidate.nodes[c]
    place = next((back[i] for i in _upstream(candidate, c) if i in back), None)
    kind = "surplus-activation" if node.op in ACTIVATIONS else "surplus-layer"
    if _ends(candidate, c) and _gives_logits(candidate, reference, c):
        kind = "not-logits"
    return Difference(kind, node.layer, {"found": display_name(node.op)}, (c,), place)


def _connections(reference: Graph, candidate: Graph, pairs: Mapping[int, int]) -> Iterable[_Placed]:
    """Wrong connections between nodes that are all there."""
    for r, c in pairs.items():
        node, twin = reference.nodes[r], candidate.nodes[c]
        expected, found = [(pairs[i], j) for i, j in node.inputs], list(twin.inputs)
        alike = sorted(expected) == sorted(found)
        if expected == found or (alike and node.op in COMMUTATIVE):
            continue
        kind = "wrong-input-order" if alike else "wrong-connection"
        names = [[candidate.nodes[i].layer for i, _ in refs] for refs in (found, expected)]
        if names[0] == names[1]:  # several calls of the same layers
            names = [[_numbered(candidate, i) for i, _ in refs] for refs in (found, expected)]
        params = {"found": names[0], "expected": names[1]}
        yield c, 4, Difference(kind, twin.layer, params, (c,), r)


def _numbered(graph: Graph, index: int) -> str:
    """A layer and which of its calls this is."""
    node = graph.nodes[index]
    calls = [
        i for i, other in enumerate(graph.nodes) if (other.layer, other.op) == (node.layer, node.op)
    ]
    return f"{node.layer} ({calls.index(index) + 1})"


def _sharing(
    reference: Graph, candidate: Graph, pairs: Mapping[int, int]
) -> Iterable[tuple[int, Difference]]:
    together: dict[int, dict[int, int]] = {}
    apart: dict[int, dict[int, int]] = {}
    for r, c in sorted(pairs.items()):
        one, other = reference.nodes[r].owner, candidate.nodes[c].owner
        if one is not None and other is not None:
            together.setdefault(one, {}).setdefault(other, c)
            apart.setdefault(other, {}).setdefault(one, c)
    for mine, theirs in together.items():
        if len(theirs) > 1:
            nodes = tuple(theirs.values())
            names = [candidate.nodes[c].layer for c in nodes]
            first = next(r for r, c in sorted(pairs.items()) if reference.nodes[r].owner == mine)
            yield max(nodes), Difference("not-shared", names[0], {"layers": names}, nodes, first)
    for owner, ours in apart.items():
        if len(ours) > 1:
            nodes = tuple(c for c in sorted(pairs.values()) if candidate.nodes[c].owner == owner)
            first = next(r for r, c in sorted(pairs.items()) if c == nodes[0])
            name = candidate.owners[owner].name
            yield max(nodes), Difference("wrongly-shared", name, {}, nodes, first)


# -- values in messages ------------------------------------------------------------------------


def _shown(value: Any) -> Any:
    """A setting as people write it in Python."""
    if isinstance(value, Mapping):
        name = value.get("class", "")
        rest = ", ".join(f"{k}={_shown(v)}" for k, v in value.items() if k != "class")
        return f"{name}({rest})" if name and rest else name or rest
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        return (
            "(" + ", ".join(str(_shown(item)) for item in value) + ("," * (len(value) == 1)) + ")"
        )
    if value is None:
        return "None"
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
