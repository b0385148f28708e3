"""``check`` and ``hint``: what a student calls in a notebook.

In a student's own notebook, ``check`` is probe and judge in one process, against the blueprint.
Where grading runs the notebook (the environment names a folder for evidence), only the probe
runs, and the verdict is found elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course import progress
from grader.blueprint import load_blueprint
from grader.graph import Signature
from grader.probe import (
    CHALLENGE,
    EVIDENCE,
    LANGUAGE,
    Evidence,
    collect,
    new_challenge,
    write_evidence,
)
from grader.rubric import Task, UnknownTask
from grader.samples import KEPT_SEED
from grader.text import LANGUAGES, translate
from grader.text import mark as _
from grader.unseen import examples
from grader.verdict import Verdict

UNKNOWN = _("There is no question “{task}”. The questions are: {known}.")
RECORDED = _("Your answer was recorded for grading.")
HINT = _("Hint {number} of {count}: {hint}")
NO_MORE_HINTS = _(
    "You have seen all {count} hints. Read the result of check again: it names the layer."
)
_hints_given: dict[str, int] = {}


def language() -> str:
    """The language of this notebook, as ``course.use_language`` set it; English by default."""
    code = os.environ.get(LANGUAGE, "en")
    return code if code in LANGUAGES else "en"


def check(task_id: str, answer: object) -> Verdict | None:
    """Judge ``answer`` to the question ``task_id`` (``"02-functional.stack"``) and explain.

    Shows the result, criterion by criterion, and returns the verdict, which reads as its points.
    While being graded it only records the answer, and returns None.
    """
    if EVIDENCE in os.environ:
        _record(task_id, answer)
        return None
    from grader.judge import judge

    task = _task(task_id)
    challenge = practice(task)
    evidence = collect(task_id, answer, challenge, signature(task), later=True)
    verdict = judge(task, evidence, challenge)
    progress.keep(verdict.task, verdict.points)
    _show(verdict)
    return verdict


def practice(task: Task) -> dict[str, Any]:
    """The challenge of a self-check: what a blueprint's numbers were drawn from, and examples that
    are new each time. It is for practice: what they are drawn from is there for all to read."""
    secret, code = new_challenge()["secret"], language()
    unseen = examples([task], secret, code)
    return {"seed": KEPT_SEED, "secret": secret, "language": code, "unseen": unseen}


def hint(task_id: str) -> None:
    """Show the next hint for a question; the hints go from a nudge to nearly the answer.

    While being graded it does nothing.
    """
    if EVIDENCE in os.environ:
        return
    hints = _task(task_id).hints
    number = _hints_given.get(task_id, 0) + 1
    _hints_given[task_id] = number
    code = language()
    if number > len(hints):
        print(translate(NO_MORE_HINTS, code, count=len(hints)))
        return
    text = translate(hints[number - 1], code)
    print(translate(HINT, code, number=number, count=len(hints), hint=text))


def signature(task: Task) -> list[Signature]:
    """The inputs that a task asks for, for models that do not name them themselves."""
    if task.reference is None:
        return []
    return [
        Signature(port.name, tuple(settings["shape"]), settings["dtype"])
        for port in task.reference.inputs
        for settings in (task.reference.nodes[port.node].settings,)
    ]


def signatures(tasks: Sequence[Task]) -> dict[str, list[Any]]:
    """The inputs that each task asks for, as JSON data."""
    return {task.id: [[s.name, list(s.shape), s.dtype] for s in signature(task)] for task in tasks}


def _task(task_id: str) -> Task:
    try:
        return load_blueprint(task_id)
    except UnknownTask as error:
        known = ", ".join(error.known)
        message = translate(UNKNOWN, language(), task=task_id, known=known)
        raise UnknownTaskHere(message) from None


class UnknownTaskHere(LookupError):
    """A question that does not exist, said in the notebook's language."""


def _record(task_id: str, answer: object) -> None:
    challenge = json.loads(Path(os.environ[CHALLENGE]).read_text(encoding="utf-8"))
    asked = [
        Signature(name, tuple(shape), dtype)
        for name, shape, dtype in challenge.get("signatures", {}).get(task_id, ())
    ]
    evidence: Evidence = collect(task_id, answer, challenge, asked)
    write_evidence(Path(os.environ[EVIDENCE]), evidence)
    print(translate(RECORDED, language()))


def _show(verdict: Verdict) -> None:
    from grader.feedback import html, text

    code = language()
    plain = text(verdict, code)
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(plain)
        return
    if get_ipython() is None:
        print(plain)
    else:
        display({"text/html": html(verdict, code), "text/plain": plain}, raw=True)
