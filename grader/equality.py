"""Whether two canonical graphs are one: every node hashed with what it depends on.

Weights must be shared alike, too. The hashes are also what alignment starts from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.graph import Graph, Node, Port, frozen
from grader.names import COMMUTATIVE


class Interner:
    """Small numbers for structures, equal for equal structures."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, structure: Any) -> int:
        return self._numbers.setdefault(structure, len(self._numbers))


def static_keys(graph: Graph, inputs: Mapping[int, int], intern: Interner) -> list[int]:
    """One number a node: what it is, and which input; wherever its inputs come from."""
    return [intern((node.label, inputs.get(index))) for index, node in enumerate(graph.nodes)]


def forward_keys(
    graph: Graph, static: Sequence[int], number: Callable[[Any], int], owners: Sequence[int]
) -> list[int]:
    """One number a node, equal for nodes that compute alike from alike inputs."""
    keys: list[int] = []
    for what, node in zip(static, graph.nodes, strict=True):
        before = [(keys[i], j) for i, j in node.inputs]
        if len(before) > 1 and node.op in COMMUTATIVE:
            before.sort()
        owner = -1 if node.owner is None else owners[node.owner]
        keys.append(number((what, tuple(before), owner)))
    return keys


def refined_keys(graph: Graph, inputs: Mapping[int, int], intern: Interner) -> list[int]:
    """Keys in which an owner also stands for all the places that use it."""
    owners = [intern(owner.traits) for owner in graph.owners]
    static = static_keys(graph, inputs, intern)
    keys = forward_keys(graph, static, intern, owners)
    for _round in range(2):
        uses: list[list[int]] = [[] for _ in graph.owners]
        for key, node in zip(keys, graph.nodes, strict=True):
            if node.owner is not None:
                uses[node.owner].append(key)
        owners = [intern((old, tuple(sorted(use)))) for old, use in zip(owners, uses, strict=True)]
        keys = forward_keys(graph, static, intern, owners)
    return keys


def isomorphism(
    reference: Graph,
    candidate: Graph,
    inputs: Sequence[tuple[Port, Port]],
    outputs: Sequence[tuple[Port, Port]],
) -> dict[int, int] | None:
    """Reference node -> candidate node if the graphs are one model, else None."""
    if reference.opaque or candidate.opaque:
        return None
    if any(asked.index != given.index for asked, given in outputs):
        return None
    in_place = all(asked.node == given.node for asked, given in (*inputs, *outputs))
    if in_place and reference.structure == candidate.structure:
        return {index: index for index in range(len(reference.nodes))}
    ours, theirs = hashes(reference), hashes(candidate)
    if any(ours[asked.node] != theirs[given.node] for asked, given in outputs):
        return None
    pairs = _walk(reference, candidate, inputs, outputs, ours, theirs)
    if pairs is not None:
        return pairs
    # Commutative inputs that look alike from here: who else uses their weights tells them apart.
    intern = Interner()
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    refined = [
        refined_keys(g, p, intern) for g, p in zip((reference, candidate), places, strict=True)
    ]
    return _walk(reference, candidate, inputs, outputs, *refined)


def hashes(graph: Graph) -> list[int]:
    """One number a node, the same in every graph for nodes that compute alike from alike inputs."""
    labels = [hash(node.label) for node in graph.nodes]
    return forward_keys(graph, labels, hash, [hash(owner.traits) for owner in graph.owners])


def _walk(
    reference: Graph,
    candidate: Graph,
    inputs: Sequence[tuple[Port, Port]],
    outputs: Sequence[tuple[Port, Port]],
    ours: Sequence[int],
    theirs: Sequence[int],
) -> dict[int, int] | None:
    """The pairs of nodes met from the outputs back, commutative inputs in the order of the keys
    ``ours`` and ``theirs``; None as soon as two do not fit."""
    pairs: dict[int, int] = {asked.node: given.node for asked, given in inputs}
    back = {c: r for r, c in pairs.items()}
    owners: dict[int, int] = {}
    owned: dict[int, int] = {}
    stack = [(asked.node, given.node) for asked, given in outputs]
    while stack:
        one, other = stack.pop()
        met = pairs.get(one)
        if met is None:
            if other in back:
                return None
            pairs[one], back[other] = other, one
        elif met != other:
            return None
        elif reference.nodes[one].op != "input":
            continue
        node, twin = reference.nodes[one], candidate.nodes[other]
        if ours[one] != theirs[other] or node.label != twin.label:
            return None
        if node.owner is not None or twin.owner is not None:
            if node.owner is None or twin.owner is None:
                return None
            if node.owner not in owners and (
                reference.owners[node.owner].traits != candidate.owners[twin.owner].traits
            ):
                return None
            if owners.setdefault(node.owner, twin.owner) != twin.owner:
                return None
            if owned.setdefault(twin.owner, node.owner) != node.owner:
                return None
        before, after = list(node.inputs), list(twin.inputs)
        if len(before) != len(after):
            return None
        if len(before) > 1 and node.op in COMMUTATIVE:
            before.sort(key=lambda ref: (ours[ref[0]], ref[1]))
            after.sort(key=lambda ref: (theirs[ref[0]], ref[1]))
        for (i, output), (k, index) in zip(before, after, strict=True):
            if output != index:
                return None
            stack.append((i, k))
    return pairs


def swapped_outputs(
    reference: Graph, candidate: Graph, inputs: Sequence[tuple[Port, Port]]
) -> dict[int, int] | None:
    """The isomorphism, if one exists once the outputs are listed in another order."""
    if len(reference.outputs) < 2:
        return None
    intern = Interner()
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    ours = refined_keys(reference, places[0], intern)
    theirs = refined_keys(candidate, places[1], intern)
    left = list(candidate.outputs)
    pairs = []
    for asked in reference.outputs:
        key = (ours[asked.node], asked.index)
        given = next((port for port in left if (theirs[port.node], port.index) == key), None)
        if given is None:
            return None
        left.remove(given)
        pairs.append((asked, given))
    return isomorphism(reference, candidate, inputs, pairs)


def unequal(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [key for key in sorted({*one, *other}) if differ(one.get(key), other.get(key))]


def differ(one: Any, other: Any) -> bool:
    return frozen(one) != frozen(other)


def same_node(one: Node, other: Node) -> bool:
    return one.op == other.op and not unequal(one.settings, other.settings)


def paired_ports(reference: Sequence[Port], candidate: Sequence[Port]) -> list[tuple[Port, Port]]:
    """Ports by name where both sides use the same names, else in order."""
    by_name = {port.name: port for port in candidate}
    if len(by_name) == len(candidate) and {port.name for port in reference} == set(by_name):
        return [(port, by_name[port.name]) for port in reference]
    return list(zip(reference, candidate, strict=True))
