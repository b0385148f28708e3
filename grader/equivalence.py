"""Decide whether two canonical graphs are one model, and if not, what the smallest cause is.

``grader.equality`` recognises equal graphs, ``grader.alignment`` says what corresponds in
different ones, and ``grader.diagnosis`` turns where they part into differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.alignment import align
from grader.diagnosis import explain, other_outputs
from grader.difference import Difference
from grader.equality import isomorphism, paired_ports, swapped_outputs
from grader.graph import Graph, Port
from grader.names import COMMUTATIVE


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
    beside = [*_batches(inputs, (reference, candidate)), *_beside(reference, candidate)]
    pairs = isomorphism(reference, candidate, inputs, outputs)
    if pairs is not None:
        return GraphComparison(tuple(beside), pairs)
    swapped = swapped_outputs(reference, candidate, inputs)
    if swapped is not None:
        by_name = {p.name for p in reference.outputs} == {p.name for p in candidate.outputs}
        order = _exchanged(outputs, swapped) if by_name else Difference("output-order")
        return GraphComparison((order, *beside), swapped)
    pairs = align(reference, candidate, inputs, outputs)
    found = explain(reference, candidate, pairs)
    if not found:  # aligned node by node, so that only the use of the outputs can differ
        found = other_outputs(candidate, outputs, pairs)
    found += beside
    return GraphComparison(tuple(found), pairs)


def _exchanged(outputs: Sequence[tuple[Port, Port]], pairs: Mapping[int, int]) -> Difference:
    """Outputs that are paired by their names, and the wrong ones."""
    wrong = [given.name for asked, given in outputs if pairs.get(asked.node) != given.node]
    return Difference("swapped-names", params={"found": wrong})


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
    "wrong-connection",
    "wrong-input-order",
    *BESIDE,
}
_ACTIVATION = {"missing-activation", "wrong-activation", "surplus-activation", "logits"}
_INSTEAD = {"missing-layer", "surplus-layer", "replaced-layer", "wrong-order"}
_ARRANGING = {
    "axis",
    "backward_layer",
    "call",
    "cell",
    "keepdims",
    "layer",
    "merge_mode",
    "padding",
    "return_sequences",
    "return_state",
    "shape",
    "size",
    "target_shape",
    "unroll",
    "use_bias",
}


def only_in_form(reference: Graph, candidate: Graph, differences: Iterable[Difference]) -> bool:
    """Whether two graphs may be one function all the same, so that numbers are worth a look.

    Other operations and activations may stand in the place of an activation, as ``x * sigmoid(x)``
    does; one activation too many, and nothing else, is one too many.
    """
    differences = list(differences)
    if _another_merge(reference, candidate, differences):
        return False
    if any(map(_is_beyond_numbers, _concerned(reference, candidate, differences))):
        return False
    if _only_limits(candidate, differences):
        return False
    shapes = [
        sorted(w.shape for owner in graph.owners for w in owner.weights)
        for graph in (reference, candidate)
    ]
    kinds = {d.kind for d in differences}
    instead = bool(kinds & _INSTEAD) or {"wrong-activation", "surplus-activation"} <= kinds
    settings = _ARRANGING | {"negative_slope"} if instead else _ARRANGING
    return shapes[0] == shapes[1] and all(
        d.kind in _FORM
        or (d.kind in _ACTIVATION and instead)
        or (d.kind == "wrong-setting" and d.params["setting"] in settings)
        for d in differences
    )


def _concerned(
    reference: Graph, candidate: Graph, differences: Iterable[Difference]
) -> Iterable[str]:
    """The operations that differences are about."""
    for difference in differences:
        if difference.kind not in ("missing-layer", "missing-activation", "logits"):
            yield from (candidate.nodes[c].op for c in difference.nodes)
        if difference.reference is not None and difference.kind not in ("surplus-layer",):
            yield reference.nodes[difference.reference].op


def _is_beyond_numbers(op: str) -> bool:
    """Whether numbers hide what an operation does: equal shapes are given equal random numbers,
    and whether something is masked shows only on some inputs."""
    return any(word in op for word in ("dropout", "noise", "random", "masking", "not_equal"))


def _only_limits(candidate: Graph, differences: Sequence[Difference]) -> bool:
    """Whether all that differs is a limit too many: no number drawn may reach it."""
    surplus = [d for d in differences if d.kind == "surplus-layer"]
    ops = {candidate.nodes[c].op for d in surplus for c in d.nodes}
    return len(surplus) == len(differences) and bool(ops & _LIMITS)


_LIMITS = {"maximum", "minimum", "clip", "mod", "where", "absolute", "abs", "get_item"}


def _another_merge(reference: Graph, candidate: Graph, differences: Sequence[Difference]) -> bool:
    """Whether all that differs is how tensors are merged: a normalisation after it may hide it."""
    return all(
        d.kind == "replaced-layer"
        and d.reference is not None
        and {reference.nodes[d.reference].op, *(candidate.nodes[c].op for c in d.nodes)} <= _MERGES
        for d in differences
    )


_MERGES = COMMUTATIVE | {"subtract", "concatenate"}


def _counts(reference: Graph, candidate: Graph) -> list[Difference]:
    found = []
    for kind, asked, given in (
        ("input-count", reference.inputs, candidate.inputs),
        ("output-count", reference.outputs, candidate.outputs),
    ):
        counts = [Counter(map(_model, ports)) for ports in (asked, given)]
        for model in sorted({*counts[0], *counts[1]}):
            expected, has = (count[model] for count in counts)
            if expected != has:
                found.append(Difference(kind, params={"found": has, "expected": expected}))
    return found


def _model(port: Port) -> str:
    """Which of several models a port belongs to; empty where there is one only."""
    number, colon, _name = port.name.partition(":")
    return number if colon and number.isdigit() else ""
