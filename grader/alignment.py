"""Align two graphs: which node of a candidate stands for which of the reference.

The cost of leaving out, adding and replacing nodes is the least that was found. Nodes whose twins
are sure anchor the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from grader.equality import Interner, forward_keys, static_keys, unequal
from grader.graph import Graph, Node, Port
from grader.names import ACTIVATIONS, COMMUTATIVE

_LEFT_OUT = 1.0


def _substitution(one: Node, other: Node, graphs: tuple[Graph, Graph]) -> float:
    """What it costs to take ``other`` for ``one``: 0 alike, 1.2 another operation."""
    if one.op != other.op:
        if "input" in (one.op, other.op):
            return 5.0
        if (one.op in ACTIVATIONS) != (other.op in ACTIVATIONS):
            return 2.5
        return 1.2
    cost = 0.25 * len(unequal(one.settings, other.settings))
    if one.owner is not None and other.owner is not None:
        mine, theirs = graphs[0].owners[one.owner], graphs[1].owners[other.owner]
        cost += 0.1 * (mine.traits != theirs.traits)
    return min(cost, 0.9)


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
    intern = Interner()
    statics = [static_keys(g, p, intern) for g, p in zip(graphs, places, strict=True)]
    owners = [[intern(o.traits) for o in g.owners] for g in graphs]
    forward = [
        forward_keys(g, s, intern, o) for g, s, o in zip(graphs, statics, owners, strict=True)
    ]
    anchors = _unique_pairs(*forward)
    backward = [
        backward_keys(g, s, intern, o, e)
        for g, s, o, e in zip(graphs, statics, owners, ends, strict=True)
    ]
    ours, theirs = (_sources(g, p) for g, p in zip(graphs, places, strict=True))
    there = set(zip(statics[1], theirs, strict=True))
    taken = set(anchors.values())
    for r, c in _unique_pairs(*backward).items():
        # used alike, but one that reads the same inputs stands elsewhere: branches are swapped
        swapped = not ours[r] & theirs[c] and (statics[0][r], ours[r]) in there
        if r not in anchors and c not in taken and not swapped:
            anchors[r] = c
    return anchors


def _sources(graph: Graph, inputs: Mapping[int, int]) -> list[int]:
    """The inputs of the model that each node depends on, as the bits of a number."""
    found: list[int] = []
    for index, node in enumerate(graph.nodes):
        bits = 1 << inputs[index] if index in inputs else 0
        for source, _ in node.inputs:
            bits |= found[source]
        found.append(bits)
    return found


def _unique_pairs(ours: Sequence[int], theirs: Sequence[int]) -> dict[int, int]:
    """Index pairs of the keys that each side has exactly once."""
    counts = [Counter(keys) for keys in (ours, theirs)]
    place = {key: index for index, key in enumerate(theirs) if counts[1][key] == 1}
    return {
        index: place[key] for index, key in enumerate(ours) if counts[0][key] == 1 and key in place
    }


def backward_keys(
    graph: Graph,
    static: Sequence[int],
    intern: Interner,
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
                    1.5 if elsewhere else 0.25 * len(unequal(one.settings, other.settings))
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
            alike = twin.op == node.op and not unequal(node.settings, twin.settings)
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
