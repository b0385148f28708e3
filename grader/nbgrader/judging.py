"""Third phase: judge the evidence outside, and write the verdict where nbgrader looks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from course.units import unit
from grader import feedback, keep
from grader.judge import broken, judge
from grader.nbgrader.sanitise import language_of
from grader.probe import BrokenEvidence, read_evidence
from grader.rubric import Task, load_rubric
from grader.verdict import Verdict

_PREFIX = "check-"


class JudgeCells(NbGraderPreprocessor):
    """Gives every check cell the judge's verdict, whatever the notebook had printed there."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        folder = keep.evidence_folder(
            self.parent.parent.coursedir.root, about["assignment"], about["student"]
        )
        verdicts = judge_folder(about["assignment"], folder)
        for cell in nb.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            name = grade_id.removeprefix(_PREFIX)
            if grade_id.startswith(_PREFIX) and name in verdicts:
                cell.outputs = shown_or_points(verdicts[name], language_of(nb))
                cell.execution_count = None
        return nb, resources


def judge_folder(assignment: str, folder: Path) -> dict[str, Verdict]:
    """The verdict on every question of an assignment, by its name, from kept evidence.

    Also written down beside the evidence, as ``verdicts.json``.
    """
    verdicts = verdicts_on(assignment, folder)
    keep.write(folder / keep.VERDICTS, {name: v.to_json() for name, v in verdicts.items()})
    return verdicts


def verdicts_on(assignment: str, folder: Path) -> dict[str, Verdict]:
    """The same, only told."""
    challenge: dict[str, Any] = {"seed": 0}
    for name in (keep.CHALLENGE, keep.SECRET):
        challenge |= keep.read(folder / name) or {}
    tasks = load_rubric(unit(assignment)).tasks
    return {task.name: _verdict(task, folder, challenge) for task in tasks}


def _verdict(task: Task, folder: Path, challenge: Mapping[str, Any]) -> Verdict:
    try:
        return judge(task, read_evidence(folder, task.id), challenge)
    except BrokenEvidence:
        return broken(task)
    except Exception:  # evidence is a stranger's: whatever it does to the judge costs only itself
        return broken(task)


def shown_or_points(verdict: Verdict, language: str) -> list[NotebookNode]:
    """A check cell's outputs; the points alone where an answer defies being shown."""
    try:
        return outputs(verdict, language)
    except Exception:  # evidence is a stranger's
        results = tuple(replace(result, findings=()) for result in verdict.results)
        return outputs(replace(verdict, results=results, advice=(), graph=None), language)


def outputs(verdict: Verdict, language: str) -> list[NotebookNode]:
    """A check cell's outputs: the explanation, and the points as nbgrader reads them."""
    shown = {
        "text/html": feedback.html(verdict, language),
        "text/plain": feedback.text(verdict, language),
    }
    points = {"text/plain": f"{verdict.points:g}"}
    return [
        nbformat.v4.new_output("display_data", data=shown),
        nbformat.v4.new_output("execute_result", data=points),
    ]
