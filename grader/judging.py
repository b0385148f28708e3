"""Judge what is kept of a submission with the rubric and the references as they are now."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from course.units import unit
from grader import keep
from grader.judge import broken, judge
from grader.probe import BrokenEvidence, read_evidence
from grader.rubric import Task, load_rubric
from grader.verdict import Verdict


def asked(assignment: str) -> tuple[Task, ...]:
    """The questions of an assignment without the live references: data that can be sent."""
    tasks = load_rubric(unit(assignment)).tasks
    return tuple(replace(task, live=None, kept=None) for task in tasks)


def verdicts_on(assignment: str, folder: Path) -> dict[str, Verdict]:
    """The verdict on every question of an assignment, by its name, from kept evidence."""
    challenge: dict[str, Any] = {"seed": 0}
    for name in (keep.CHALLENGE, keep.SECRET):
        challenge |= keep.read(folder / name) or {}
    tasks = load_rubric(unit(assignment)).tasks
    return {task.name: _verdict(task, folder, challenge) for task in tasks}


def judge_folder(assignment: str, folder: Path) -> None:
    """Write the verdicts down beside the evidence, as ``judged.json``."""
    verdicts = verdicts_on(assignment, folder)
    keep.write(folder / keep.JUDGED, {name: v.to_json() for name, v in verdicts.items()})


def adopted(folder: Path) -> dict[str, Verdict] | None:
    """The verdicts that were written down, which count from now on (``verdicts.json``); None if
    there are none."""
    written = keep.read(folder / keep.JUDGED)
    if written is None:
        return None
    os.replace(folder / keep.JUDGED, folder / keep.VERDICTS)
    return {name: Verdict.from_json(verdict) for name, verdict in written.items()}


def _verdict(task: Task, folder: Path, challenge: Mapping[str, Any]) -> Verdict:
    try:
        return judge(task, read_evidence(folder, task.id), challenge)
    except BrokenEvidence:
        return broken(task)
    except Exception:  # evidence is a stranger's: whatever it does to the judge costs only itself
        return broken(task)
