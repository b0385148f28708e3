"""Say in what an aligned candidate differs: each place where the alignment limps, causes first.

Shapes are not compared except at the inputs, so a wrong size early is not reported again as
wrong shapes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.difference import Difference
from grader.equality import differ, same_node, unequal
from grader.graph import Graph, Node, Port, Weight, upstream
from grader.names import ACTIVATIONS, COMMUTATIVE, display_name

_Placed = tuple[float, int, Difference]  # (position in the candidate, rank there, difference)


def explain(reference: Graph, candidate: Graph, pairs: Mapping[int, int]) -> list[Difference]:
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
    return _merged(candidate, (difference for *_, difference in sorted(found, key=lambda f: f[:2])))


def _merged(candidate: Graph, differences: Iterable[Difference]) -> list[Difference]:
    """A fault of a layer that is used in several places is one difference."""
    found: dict[Any, Difference] = {}
    for difference in differences:
        layers = frozenset(_layer(candidate, node) for node in difference.nodes)
        key: Any = (difference.kind, difference.layer, layers, str(difference.params))
        if difference.kind == "missing-layer":
            key = (*key, difference.reference)
        if key in found:
            nodes = tuple(dict.fromkeys((*found[key].nodes, *difference.nodes)))
            difference = replace(found[key], nodes=nodes)
        found[key] = difference
    return list(found.values())


def _layer(graph: Graph, index: int) -> int | str:
    """Which layer a node belongs to. Names alone do not tell: an author may give one to several."""
    while (node := graph.nodes[index]).owner is None:
        within = [i for i, _output in node.inputs if graph.nodes[i].layer == node.layer]
        if not within:
            return node.layer
        index = within[0]
    return node.owner


def other_outputs(
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
        twin = next((c for c in surplus if same_node(asked, candidate.nodes[c])), None)
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
            if node.owner is None or twin.inputs != node.inputs or not same_node(node, twin):
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
            alike = other.inputs == node.inputs and same_node(node, other)
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


def _node_differences(reference: Graph, candidate: Graph, r: int, c: int) -> Iterable[Difference]:
    one, other = reference.nodes[r], candidate.nodes[c]
    place: dict[str, Any] = {"layer": other.layer, "nodes": (c,), "reference": r}
    if one.op != other.op:
        kind = "wrong-activation" if {one.op, other.op} <= ACTIVATIONS else "replaced-layer"
        params = {"found": display_name(other.op), "expected": display_name(one.op)}
        yield Difference(kind, params=params, **place)
        return
    for setting in unequal(one.settings, other.settings):
        values: dict[str, Any] = {
            "found": other.settings.get(setting),
            "expected": one.settings.get(setting),
        }
        if setting == "training":
            kinds = {False: "never-training", True: "always-training", None: "wrong-mode"}
            yield Difference(kinds[values["found"]], params=values, **place)
        elif setting == "call" and (constants := _constants(**values)) is not None:
            yield Difference("wrong-constant", params=constants, **place)
        elif one.op != "input":
            values |= {"found": _written(setting, values["found"], other)}
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


def _constants(found: Any, expected: Any) -> dict[str, Any] | None:
    """The first number or word in which two calls alike but for such differ; None if they are not.

    ``"#0"`` in a call stands for its first tensor.
    """
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = list(zip(found, expected, strict=True))
    elif isinstance(found, dict) and isinstance(expected, dict) and set(found) == set(expected):
        pairs = [(found[key], expected[key]) for key in sorted(expected)]
    else:
        values = (found, expected)
        is_plain = all(isinstance(value, (int, float, str)) for value in values)
        tensors = any(isinstance(value, str) and value.startswith("#") for value in values)
        return {"found": found, "expected": expected} if is_plain and not tensors else None
    differing = [(one, other) for one, other in pairs if differ(one, other)]
    return _constants(*differing[0]) if differing else None


def _written(setting: str, value: Any, node: Node) -> Any:
    """As its author wrote it: here an axis counts from the end, a weight's shape lacks ones in
    front."""
    if node.op == "weight" and setting == "shape":
        return list(node.shapes[0])
    return 0 if setting == "axis" and value == -len(node.shapes[0]) else value


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
        if differ(asked.regularizer, found.regularizer):
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
        if differ(asked.constraint, found.constraint):
            params = {"role": asked.role, "found": found.constraint, "expected": asked.constraint}
            yield Difference("wrong-constraint", params=params, **place)


def _missing(
    reference: Graph, candidate: Graph, r: int, pairs: Mapping[int, int]
) -> tuple[float, int, Difference]:
    node = reference.nodes[r]
    before = next((pairs[i] for i in upstream(reference, r) if i in pairs), None)
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


def _surplus(reference: Graph, candidate: Graph, c: int, back: Mapping[int, int]) -> Difference:
    node = candidate.nodes[c]
    place = next((back[i] for i in upstream(candidate, c) if i in back), None)
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


def _told_apart(paths: Sequence[str]) -> list[str]:
    """For layers of the same name in separate models, the models' names; else the layers' own."""
    parts = [path.split("/") for path in paths]
    names = [each[-1] for each in parts]
    if len(set(names)) == len(names):
        return names
    for level in zip(*parts, strict=False):
        if len(set(level)) == len(level):
            return list(level)
    return names


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
            names = _told_apart([candidate.owners[owner].path for owner in theirs])
            first = next(r for r, c in sorted(pairs.items()) if reference.nodes[r].owner == mine)
            yield max(nodes), Difference("not-shared", names[0], {"layers": names}, nodes, first)
    for owner, ours in apart.items():
        if len(ours) > 1:
            nodes = tuple(c for c in sorted(pairs.values()) if candidate.nodes[c].owner == owner)
            first = next(r for r, c in sorted(pairs.items()) if c == nodes[0])
            name = candidate.owners[owner].name
            yield max(nodes), Difference("wrongly-shared", name, {}, nodes, first)
