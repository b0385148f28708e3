"""Judge a class again from what is kept, after a rubric or a reference was changed.

No student code is run. Where a question now asks for other inputs, or is measured on data that
is drawn otherwise, what is kept does not answer it: those submissions are named, and have to be
run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from course.units import unit
from grader import keep, unseen
from grader.feedback import message
from grader.judges import JudgeFailed, Judges
from grader.judging import verdicts_on
from grader.rubric import load_rubric
from grader.selfcheck import signatures
from grader.verdict import CriterionResult, Verdict


@dataclass(frozen=True)
class Change:
    """One question whose points change, and what is said about it now and was said before."""

    question: str
    before: float
    after: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Rejudged:
    """One submission: what changes, which questions must be run again first, or the ``problem``
    that kept it from being judged."""

    student: str
    changes: tuple[Change, ...] = ()
    to_run: tuple[str, ...] = ()
    problem: str | None = None


def rejudge(
    root: Path, assignment: str, judges: Judges, language: str = "en"
) -> Iterator[Rejudged]:
    """Judge every kept submission to ``assignment`` of the course at ``root``; change nothing.

    Reasons are given in ``language``, whatever that of a submission.
    """
    folder = keep.evidence_folder(root, assignment, "")
    students = sorted(path.parent.name for path in folder.glob(f"*/{keep.OUTCOME}"))
    found = judges.map(partial(rejudged, folder, assignment, language), students)
    for student, one in zip(students, found, strict=True):
        yield Rejudged(student, problem=str(one)) if isinstance(one, JudgeFailed) else one


def rejudged(folder: Path, assignment: str, language: str, student: str) -> Rejudged:
    """What changes for one student; done by a judge."""
    tasks = load_rubric(unit(assignment)).tasks
    asked = signatures(tasks)
    kept = folder / student
    before = keep.read(kept / keep.VERDICTS)
    given = keep.read(kept / keep.CHALLENGE) or {}
    written_in = (keep.read(kept / keep.SECRET) or {}).get("language", "en")
    drawn, drawn_before = unseen.forms(tasks, written_in), unseen.forms_in(given)
    to_run = tuple(
        task
        for task in asked
        if given.get("signatures", {}).get(task) != asked[task]
        or drawn_before.get(task) != drawn.get(task)
    )
    if not to_run and (before is None or keep.intact(kept) is None):
        to_run = tuple(asked)
    if to_run or before is None:
        return Rejudged(student, to_run=to_run)
    after = verdicts_on(assignment, kept)
    return Rejudged(student, tuple(_changes(before, after, language)))


def _changes(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Verdict], language: str
) -> Iterator[Change]:
    nothing = Verdict("", "error")
    for name in {**before, **after}:
        old = Verdict.from_json(before[name]) if name in before else nothing
        new = after.get(name, nothing)
        if old.points != new.points:
            reasons = tuple(_reasons(old.results, new.results, language))
            yield Change(name, old.points, new.points, reasons)


def _reasons(
    before: Sequence[CriterionResult], after: Sequence[CriterionResult], language: str
) -> Iterator[str]:
    """The criteria that give other points, with what was found in them."""
    old, new = ({(r.name, r.title): r for r in results} for results in (before, after))
    for key in {**old, **new}:
        was, now = _earned(old.get(key)), _earned(new.get(key))
        if was != now:
            findings = [f for side in (new, old) if key in side for f in side[key].findings]
            why = f": {message(findings[0], language)}" if findings else ""
            yield f"{key[0]} {was} -> {now}{why}"


def _earned(result: CriterionResult | None) -> str:
    return "-" if result is None else f"{result.points:g}/{result.max_points:g}"
