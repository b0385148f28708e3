"""Decide on evidence: criteria, points, findings. Never touches a student's objects.

The same judge decides in a student's own notebook (against the blueprint) and when grading
(against the live reference, where the candidate's numbers are checked as well).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.difference import Difference
from grader.equality import paired_ports
from grader.equivalence import BESIDE, compare_graphs
from grader.graph import Graph, Port
from grader.measured import measured
from grader.messages import MESSAGES
from grader.probe import Evidence
from grader.rubric import Criterion, Mistake, Task
from grader.samples import KEPT_SEED
from grader.text import mark as _
from grader.verdict import CriterionResult, Finding, State, Verdict

if TYPE_CHECKING:
    from grader.trace import Reading

NO_EVIDENCE = _(
    "This question could not be checked: the notebook stopped before it, "
    "or its check cell did not run."
)
BROKEN_EVIDENCE = _(
    "What came out of this question’s check cell could not be read, so it earns no points."
)
TOO_LARGE = _("This model has {found} operations; the one that is asked for has {expected}.")
WRONG_KIND = _("The answer is of another type than expected: {expected}.")
WRONG_VALUE = _("{found} is not the right answer.")
WRONG_ENTRY = _("“{key}”: {found} is not right.")
MISSING_ENTRY = _("The entry “{key}” is missing.")


def judge(
    task: Task, evidence: Evidence | None, challenge: Mapping[str, Any] | None = None
) -> Verdict:
    """The verdict on one answer. ``challenge`` is what the evidence was drawn from: a seed, and for
    what is measured the secret and the language of its examples.

    Without evidence (the kernel died, say) the state is ``"error"`` and no points are earned.
    """
    if evidence is None:
        return _nothing(task, "error", Finding("no-evidence", NO_EVIDENCE))
    if evidence.state == "not-attempted":
        return _nothing(task, "not-attempted")
    if task.reference is None:
        return _judge_value(task, evidence)
    if evidence.graph is not None and _is_too_large(evidence.graph, task.reference):
        params = {"found": len(evidence.graph.nodes), "expected": len(task.reference.nodes)}
        return _nothing(task, "failed", Finding("too-large", TOO_LARGE, params=params))
    has_predicted = bool(evidence.predictions) and any(c.measure for c in task.criteria)
    has_raised = evidence.state != "model" and not has_predicted
    if evidence.graph is None or (has_raised and _computes(task, evidence.graph)):
        return _nothing(task, "failed", _unreadable(evidence))
    return _judge_model(task, task.reference, evidence.graph, evidence, challenge)


def broken(task: Task) -> Verdict:
    """The verdict where evidence was there but is not what a probe writes."""
    return _nothing(task, "error", Finding("broken-evidence", BROKEN_EVIDENCE))


def _nothing(task: Task, state: State, *findings: Finding) -> Verdict:
    results = [CriterionResult(c.kind, c.title, 0.0, c.points) for c in task.criteria]
    return Verdict(task.id, state, tuple(results), advice=findings)


def _is_too_large(candidate: Graph, reference: Graph) -> bool:
    """Whether a model is so much larger than what is asked for that comparing them, which takes
    the longer the more they differ, would tell nobody anything."""
    operations = [
        len(g.nodes) + sum(len(n.inputs) for n in g.nodes) for g in (candidate, reference)
    ]
    layers = [sum(1 + len(o.weights) for o in g.owners) for g in (candidate, reference)]
    return any(found > 8 * expected + 500 for found, expected in (operations, layers))


def _computes(task: Task, candidate: Graph) -> bool:
    """Whether the graph alone finds no fault, so that a model that raises has no other."""
    assert task.reference is not None
    differences = compare_graphs(task.reference, candidate).differences
    return all(d.kind in BESIDE for d in differences) or bool(candidate.opaque)


_PROBLEMS = ("not-a-model", "empty", "unbuilt", "raises")  # with messages that say what was found


def _unreadable(evidence: Evidence) -> Finding:
    kind, detail = evidence.problem or ("not-a-model", type(evidence.value).__name__)
    kind = kind if kind in _PROBLEMS else "raises"
    return Finding(kind, MESSAGES[kind], params={"found": detail})


# -- models ------------------------------------------------------------------------------------


def differences(task: Task, candidate: Graph) -> list[Difference]:
    """Everything in which ``candidate`` differs from the task's reference, over all criteria."""
    assert task.reference is not None, "a task about a value has no differences"
    graph = list(compare_graphs(task.reference, candidate).differences)
    found: list[Difference] = []
    for criterion in task.criteria:
        if criterion.measure is None:  # that takes more than a graph
            found += _CRITERIA[criterion.kind](criterion, task.reference, candidate, graph)
    return list({d.signature(): d for d in found}.values())


def _judge_model(
    task: Task,
    reference: Graph,
    candidate: Graph,
    evidence: Evidence,
    challenge: Mapping[str, Any] | None,
) -> Verdict:
    graph = _known(task, candidate, evidence, challenge)
    # Read in full, a model computes what its graph says: this graph is not that of what computed.
    opaque = reference.opaque or candidate.opaque
    untrue = [] if opaque else [d for d in graph if d.kind == "different-numbers"]
    results, everything = [], []
    for criterion in task.criteria:
        if criterion.measure is None:
            found = untrue or _CRITERIA[criterion.kind](criterion, reference, candidate, graph)
        else:
            found = untrue or measured(criterion.measure, reference, candidate, evidence, challenge)
        everything += found
        points = round(criterion.points * _share(criterion, found), 2)
        findings = tuple(_finding(d) for d in found)
        results.append(
            CriterionResult(criterion.kind, criterion.title, points, criterion.points, findings)
        )
    advice = _recognised(task.mistakes, {d.signature() for d in everything})
    return Verdict(task.id, _state(results), tuple(results), advice, candidate.to_json())


def _known(
    task: Task,
    candidate: Graph,
    evidence: Evidence,
    challenge: Mapping[str, Any] | None,
) -> list[Difference]:
    """What sets a candidate apart: by its graph and, where the reference lives, by its numbers."""
    assert task.reference is not None
    verdict = compare_graphs(task.reference, candidate)
    if task.is_open:
        return list(verdict.differences)
    seed = None if challenge is None else challenge["seed"]
    if task.live is None or seed is None:
        from grader.agreement import likely

        numbers = evidence.numbers if seed == KEPT_SEED else None
        return likely(task.reference, task.kept, candidate, verdict, numbers, evidence.live)
    from grader.agreement import confirmed

    return confirmed(_reading(task.live), candidate, verdict, evidence.numbers, seed)


_readings: dict[int, tuple[Any, Reading]] = {}  # with the object, so that its id stays its own
_MOST_READINGS = 64


def _reading(live: Any) -> Reading:
    """A reference is read once: it does not change."""
    from grader.trace import read_live

    if id(live) not in _readings:
        if len(_readings) >= _MOST_READINGS:
            _readings.clear()
        _readings[id(live)] = (live, read_live(live))
    return _readings[id(live)][1]


def _finding(difference: Difference) -> Finding:
    return Finding(
        difference.kind,
        MESSAGES[difference.kind],
        difference.layer,
        difference.shown(),
        difference.nodes,
    )


def _state(results: Sequence[CriterionResult]) -> State:
    if all(result.passed for result in results):
        return "passed"
    return "partial" if any(result.points for result in results) else "failed"


def _recognised(mistakes: Sequence[Mistake], found: set[tuple[Any, ...]]) -> tuple[Finding, ...]:
    """The most specific known mistake whose signs are all there."""
    known = [m for m in mistakes if m.signatures and set(m.signatures) <= found]
    known.sort(key=lambda m: -len(m.signatures))
    return tuple(Finding("mistake", m.message) for m in known[:1])


# -- criteria: each gives the differences that concern it ----------------------------------------

_INTERFACE = ("input-count", "output-count", "wrong-input-shape", "wrong-input-type")


def _interface(
    criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
) -> list[Difference]:
    found = [d for d in graph if d.kind in _INTERFACE]
    if found or len(reference.outputs) != len(candidate.outputs):
        return found
    for asked, given in paired_ports(reference.outputs, candidate.outputs):
        shapes = [
            graph_.nodes[port.node].shapes[port.index][1:]
            for graph_, port in ((reference, asked), (candidate, given))
        ]
        if shapes[0] != shapes[1]:
            params = {"found": shapes[1], "expected": shapes[0]}
            found.append(Difference("wrong-output-shape", given.name, params, (given.node,)))
    return found


def _equivalent(
    criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
) -> list[Difference]:
    return list(graph)


def _port_names(kind: str, side: str) -> Callable[..., list[Difference]]:
    def check(
        criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
    ) -> list[Difference]:
        asked: Sequence[Port] = getattr(reference, side)
        given: Sequence[Port] = getattr(candidate, side)
        names = {port.name for port in given}
        if names == {port.name for port in asked}:
            return []
        surplus = [port for port in given if port.name not in {p.name for p in asked}]
        missing = [port for port in asked if port.name not in names]
        found = []
        for index, port in enumerate(missing):
            if index >= len(surplus):
                found.append(
                    Difference(kind.replace("wrong", "missing"), None, {"expected": port.name})
                )
                continue
            seen = surplus[index]
            params = {"found": seen.name, "expected": port.name}
            found.append(Difference(kind, seen.name, params, (seen.node,)))
        return found

    return check


def _layer_names(
    criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
) -> list[Difference]:
    given = {node.layer for node in candidate.nodes} | set(candidate.layers)
    return [
        Difference("missing-name", params={"expected": name})
        for name in criterion.names
        if name not in given
    ]


def _compiled(part: str, kind: str) -> Callable[..., list[Difference]]:
    """Differences in one part of the compile settings, output by output."""

    def check(
        criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
    ) -> list[Difference]:
        if not candidate.compiled:
            return [Difference("not-compiled")]
        asked = (reference.compiled or {})[part]
        given = candidate.compiled[part]
        names = [port.name for port in candidate.outputs]
        if set(names) != {port.name for port in reference.outputs}:
            order = zip((port.name for port in reference.outputs), names, strict=False)
            given = {mine: given.get(theirs) for mine, theirs in order}
        return [
            Difference(kind, name, {"found": given.get(name), "expected": wanted})
            for name, wanted in asked.items()
            if given.get(name) != wanted
        ]

    return check


def _optimizer(
    criterion: Criterion, reference: Graph, candidate: Graph, graph: Sequence[Difference]
) -> list[Difference]:
    if not candidate.compiled:
        return [Difference("not-compiled")]
    asked = (reference.compiled or {})["optimizer"]
    given = candidate.compiled["optimizer"]
    if asked["class"] != given.get("class"):
        params = {"found": given.get("class"), "expected": asked["class"]}
        return [Difference("wrong-optimizer", params=params)]
    return [
        Difference(
            "wrong-optimizer-setting",
            params={"setting": key, "found": given.get(key), "expected": asked.get(key)},
        )
        for key in sorted({*asked, *given})
        if asked.get(key) != given.get(key)
    ]


_CRITERIA: Mapping[str, Callable[..., list[Difference]]] = {
    "interface": _interface,
    "equivalent": _equivalent,
    "input-names": _port_names("wrong-input-name", "inputs"),
    "output-names": _port_names("wrong-output-name", "outputs"),
    "layer-names": _layer_names,
    "loss": _compiled("loss", "wrong-loss"),
    "loss-weights": _compiled("loss_weights", "wrong-loss-weight"),
    "metrics": _compiled("metrics", "wrong-metrics"),
    "optimizer": _optimizer,
}


# -- how much of a criterion is earned -----------------------------------------------------------


def _share(criterion: Criterion, found: Sequence[Difference]) -> float:
    if any(d.kind in _BOTTOMLESS for d in found):
        return 0.0
    return _SHARES.get(criterion.kind, _all)(criterion, found)


# What is not one fault in a model that is right otherwise, but all that is known of it.
_BOTTOMLESS = ("different-numbers", "wrong-weights", "input-count", "output-count")


def _all(criterion: Criterion, found: Sequence[Difference]) -> float:
    return 0.0 if found else 1.0


def _half_for_one(criterion: Criterion, found: Sequence[Difference]) -> float:
    """One difference alone leaves half of the points."""
    return (1.0, 0.5)[len(found)] if len(found) < 2 else 0.0


def _per_name(criterion: Criterion, found: Sequence[Difference]) -> float:
    return 1.0 - len(found) / max(len(criterion.names), 1)


def _as_measured(criterion: Criterion, found: Sequence[Difference]) -> float:
    """Half of the points from the lower threshold on."""
    assert criterion.measure is not None
    shares = [d.params["share"] for d in found if d.kind == "rarely-right"]
    return 1.0 if not found else 0.5 * (bool(shares) and shares[0] >= criterion.measure.half)


_SHARES: Mapping[str, Callable[[Criterion, Sequence[Difference]], float]] = {
    "equivalent": _half_for_one,
    "layer-names": _per_name,
    "measured": _as_measured,
}


# -- values --------------------------------------------------------------------------------------


def _judge_value(task: Task, evidence: Evidence) -> Verdict:
    if evidence.state != "value":
        params = {"expected": _kind(task.value)}
        return _nothing(task, "failed", Finding("wrong-kind", WRONG_KIND, params=params))
    share, findings = _compare_values(task.value, evidence.value)
    results = [
        CriterionResult(c.kind, c.title, round(c.points * share, 2), c.points, tuple(findings))
        for c in task.criteria
    ]
    advice = tuple(
        Finding("mistake", m.message)
        for m in task.mistakes
        if share < 1 and _shows(evidence.value, m.value, task.value)
    )
    return Verdict(task.id, _state(results), tuple(results), advice[:1])


def _kind(value: Any) -> str:
    return {dict: "dict", list: "list", str: "str", bool: "bool"}.get(type(value), "number")


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(one, (int, float)) and isinstance(other, str):
        return _same(one, _number(other))
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().lower() == other.strip().lower()
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _number(text: str) -> float | None:
    """A number written as people write it: ``"2080"``, ``"2,080"``, ``"2 080"``."""
    try:
        return float(re.sub(r"[\s,_]", "", text))
    except ValueError:
        return None


def _compare_values(asked: Any, given: Any) -> tuple[float, list[Finding]]:
    """The share that is right, entry by entry for dictionaries, and what is not."""
    if not isinstance(asked, Mapping):
        if _same(asked, given):
            return 1.0, []
        return 0.0, [Finding("wrong-value", WRONG_VALUE, params={"found": str(given)[:100]})]
    if not isinstance(given, Mapping):
        return 0.0, [Finding("wrong-kind", WRONG_KIND, params={"expected": "dict"})]
    findings, right = [], 0
    for key, wanted in asked.items():
        if key not in given or given[key] is None:
            findings.append(Finding("missing-entry", MISSING_ENTRY, params={"key": key}))
        elif _same(wanted, given[key]):
            right += 1
        else:
            params = {"key": key, "found": str(given[key])[:100]}
            findings.append(Finding("wrong-entry", WRONG_ENTRY, params=params))
    return right / len(asked), findings


def _shows(given: Any, mistake: Any, right: Any) -> bool:
    """Whether ``given`` has the entries in which ``mistake`` differs from what is right."""
    if isinstance(mistake, Mapping) and isinstance(given, Mapping):
        wrong = {k: v for k, v in mistake.items() if not _same(v, right.get(k))}
        return bool(wrong) and all(_same(given.get(k), v) for k, v in wrong.items())
    return _same(given, mistake)
