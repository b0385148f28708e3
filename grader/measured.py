"""Measure what an answer predicts for examples that nobody has seen, and tell why it is wrong.

Works on evidence and labels alone. What it finds are differences like any other; a rubric names
them to recognise a mistake, such as ``Difference("same-answer", params={"output": "digit"})``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.difference import Difference
from grader.equality import paired_ports
from grader.graph import Graph, Port, upstream
from grader.probe import Evidence
from grader.rubric import Measure
from grader.unseen import drawn

_CHANCE = 10  # percent by which guessing the most frequent class may seem better than it is


def measured(
    measure: Measure,
    reference: Graph,
    candidate: Graph,
    evidence: Evidence,
    challenge: Mapping[str, Any] | None,
) -> list[Difference]:
    """Why an output is not right often enough; nothing if it is.

    ``challenge`` has the secret that the examples were drawn from, and their language.
    """
    if evidence.problem is not None and evidence.predictions is None:
        return [Difference("raises", params={"found": evidence.problem[1]})]
    if len(reference.outputs) != len(candidate.outputs):
        params = {"found": len(candidate.outputs), "expected": len(reference.outputs)}
        return [Difference("output-count", params=params)]
    if len(reference.inputs) != len(candidate.inputs):
        params = {"found": len(candidate.inputs), "expected": len(reference.inputs)}
        return [Difference("input-count", params=params)]
    pairs = {a.name: (a, b) for a, b in paired_ports(reference.outputs, candidate.outputs)}
    asked, given = pairs[measure.output]
    at = candidate.outputs.index(given)
    predictions = evidence.predictions or ()
    if challenge is None or "secret" not in challenge or at >= len(predictions):
        return [Difference("not-measured", given.name, nodes=(given.node,))]
    labels = drawn(measure.data, challenge["secret"], challenge["language"])[1][measure.output]
    expected = (len(labels), *_shape(reference, asked))
    if predictions[at].shape != expected:
        shapes = {"found": _shape(candidate, given), "expected": expected[1:]}
        if shapes["found"] == shapes["expected"]:  # other rows, or a graph that lies
            shapes = {"found": predictions[at].shape, "expected": expected}
        return [Difference("wrong-output-shape", given.name, shapes, (given.node,))]
    found = _wrong(measure, predictions[at], labels)
    if found:
        found += _unread(reference, candidate, given)
    # the output by the name that the task gives it: what a rubric tells mistakes by
    by_output = {"output": measure.output}
    return [
        Difference(kind, given.name, {**by_output, **params}, (given.node,))
        for kind, params in found
    ]


_Found = list[tuple[str, dict[str, Any]]]


def _wrong(measure: Measure, predictions: np.ndarray, labels: np.ndarray) -> _Found:
    """What the predictions alone show: kinds and params of differences."""
    if not np.isfinite(predictions).all():
        return [("not-finite", {})]
    classes = predictions.argmax(1) if predictions.shape[1] > 1 else predictions[:, 0] > 0.5
    share = _percent(classes == labels)
    if share >= measure.full:
        return []
    figure = {"count": len(labels), "share": share, "asked": measure.full}
    found: _Found = [("rarely-right", figure)]
    most = _percent(labels == np.bincount(labels).argmax())
    if (classes == classes[0]).all():
        found.append(("same-answer", {}))
    elif share < measure.half <= _percent(_renumbered(classes.astype(int), labels) == labels):
        found.append(("renumbered", {}))
    elif share <= most + _CHANCE:
        found.append(("like-guessing", {}))
    return found


def _percent(is_right: np.ndarray) -> int:
    """Rounded down, so that a threshold is never shown as reached before it is."""
    return int(100 * np.count_nonzero(is_right) // is_right.size)


def _renumbered(classes: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Each class under the number that its examples mostly have; -1 if two would have one."""
    new = {c: int(np.bincount(labels[classes == c]).argmax()) for c in np.unique(classes)}
    if len(set(new.values())) < len(new):
        return np.full_like(classes, -1)
    return np.array([new[c] for c in classes])


def _shape(graph: Graph, port: Port) -> tuple[Any, ...]:
    return tuple(graph.nodes[port.node].shapes[port.index][1:])


def _unread(reference: Graph, candidate: Graph, output: Port) -> _Found:
    """The inputs, by the names that are asked for, from which nothing reaches an output."""
    before = {output.node, *upstream(candidate, output.node)}
    return [
        ("unread-input", {"expected": asked.name})
        for asked, given in paired_ports(reference.inputs, candidate.inputs)
        if given.node not in before
    ]
