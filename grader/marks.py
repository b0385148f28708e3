"""The few words and the symbol with which a drawing marks each kind of difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from grader.boxes import Mark
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import one_line

_EXPECTED = _("asked for: {expected}")
LABELS: Mapping[str, tuple[str, str]] = {
    "missing-layer": ("?", _("missing after this: {expected}")),
    "surplus-layer": ("✗", _("one layer too many")),
    "replaced-layer": ("≠", _EXPECTED),
    "wrong-setting": ("≠", _("{setting}: {found}, asked for: {expected}")),
    "wrong-activation": ("≠", _("activation asked for: {expected}")),
    "missing-activation": ("?", _("activation missing: {expected}")),
    "surplus-activation": ("✗", _("no activation asked for")),
    "logits": ("?", _("activation missing: {expected}")),
    "not-logits": ("✗", _("no activation asked for")),
    "wrong-order": ("≠", _("not the right place")),
    "wrong-connection": ("≠", _("should receive: {expected}")),
    "wrong-input-order": ("≠", _("inputs in the wrong order")),
    "wrong-output": ("≠", _("output asked for from: {expected}")),
    "not-shared": ("≠", _("one shared layer asked for")),
    "wrongly-shared": ("≠", _("separate layers asked for")),
    "frozen": ("≠", _("frozen: should be trained")),
    "not-frozen": ("≠", _("should be frozen")),
    "never-training": ("≠", _("never in training mode")),
    "always-training": ("≠", _("always in training mode")),
    "wrong-mode": ("≠", _("training={expected} asked for")),
    "missing-regularizer": ("?", _("regularizer missing: {role}")),
    "surplus-regularizer": ("✗", _("no regularizer asked for: {role}")),
    "wrong-regularizer": ("≠", _("regularizer asked for: {expected}")),
    "wrong-constraint": ("≠", _("constraint asked for: {expected}")),
    "wrong-constant": ("≠", _("value asked for: {expected}")),
    "wrong-input-shape": ("≠", _("shape asked for: {expected}")),
    "wrong-input-type": ("≠", _("dtype asked for: {expected}")),
    "wrong-output-shape": ("≠", _("shape asked for: {expected}")),
    "wrong-input-name": ("≠", _("name asked for: {expected}")),
    "wrong-output-name": ("≠", _("name asked for: {expected}")),
    "unused-layer": ("✗", _("not part of the outputs")),
    "lost-on-save": ("≠", _("lost when saved")),
    "unreadable": ("?", _("cannot be read layer by layer")),
}


def node_mark(kind: str, params: Mapping[str, Any], message: str, language: str) -> Mark:
    """The mark of one difference; ``message`` stands in for kinds without words of their own."""
    symbol, label = LABELS.get(kind, ("≠", ""))
    if not label:
        return Mark(one_line(message, 160), symbol)
    words = {key: one_line(value, 60) for key, value in params.items()}
    try:
        return Mark(translate(label, language, **words), symbol)
    except KeyError:  # a difference that does not say what the words need
        return Mark(one_line(message, 160), symbol)


def by_node(marks: Iterable[tuple[tuple[int, ...], Mark]]) -> dict[int, Mark]:
    """The marks of each node together, each remark once."""
    found: dict[int, list[Mark]] = {}
    for nodes, mark in marks:
        for node in nodes:
            found.setdefault(node, []).append(mark)
    return {
        node: replace(first, more=tuple(others))
        for node, (first, *others) in ((n, dict.fromkeys(mine)) for n, mine in found.items())
    }
