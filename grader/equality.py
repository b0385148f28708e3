"""Whether two canonical graphs are one: every node hashed with what it depends on.

Weights must be shared alike, too. The hashes are also what alignment starts from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.graph import Graph, Node, Owner, Port
from grader.names import COMMUTATIVE


class Interner:
    """Small numbers for structures, equal for equal structures."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, structure: Any) -> int:
        return self._numbers.setdefault(structure, len(self._numbers))


def frozen(value: Any) -> Any:
    """JSON data as a hashable value."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, frozen(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return ("list", *map(frozen, value))
    return (type(value).__name__, value) if isinstance(value, bool) else value


def weight_traits(owner: Owner) -> tuple[Any, ...]:
    """What must be alike in the weights of two owners; shapes follow from the settings."""
    return tuple(
        (w.role, w.dtype, w.trainable, frozen(w.regularizer), frozen(w.constraint))
        for w in owner.weights
    )


def static_keys(graph: Graph, inputs: Mapping[int, int], intern: Interner) -> list[int]:
    """One number a node: what it is, wherever its inputs come from."""
    return [
        intern(
            ("input", inputs.get(index, -1), frozen(_example(node.settings)))
            if node.op == "input"
            else (node.op, frozen(node.settings))
        )
        for index, node in enumerate(graph.nodes)
    ]


def _example(settings: Mapping[str, Any]) -> dict[str, Any]:
    """An input's settings without the batch size."""
    return {**settings, "shape": list(settings["shape"])[1:]}


def forward_keys(
    graph: Graph, static: Sequence[int], intern: Interner, owners: Sequence[int]
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


def refined_keys(graph: Graph, inputs: Mapping[int, int], intern: Interner) -> list[int]:
    """Keys in which an owner also stands for all the places that use it."""
    owners = [intern(("weights", weight_traits(owner))) for owner in graph.owners]
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
    intern = Interner()
    places = [{pair[side].node: n for n, pair in enumerate(inputs)} for side in (0, 1)]
    ours = refined_keys(reference, places[0], intern)
    theirs = refined_keys(candidate, places[1], intern)
    pairs: dict[int, int] = {}
    reached: set[int] = set()
    owners: dict[int, int] = {}
    back: dict[int, int] = {}
    stack = []
    for asked, given in outputs:
        if asked.index != given.index:
            return None
        stack.append((asked.node, given.node))
    while stack:
        one, other = stack.pop()
        if one in pairs or other in reached:
            if pairs.get(one) != other:
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
        reached.add(other)
        before, after = list(node.inputs), list(twin.inputs)
        if node.op in COMMUTATIVE:
            before.sort(key=lambda ref: (ours[ref[0]], ref[1]))
            after.sort(key=lambda ref: (theirs[ref[0]], ref[1]))
        stack.extend((i, k) for (i, _), (k, _) in zip(before, after, strict=True))
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
