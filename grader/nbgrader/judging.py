"""Third phase: judge the evidence outside, and write the verdict where nbgrader looks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from grader import feedback, keep
from grader.judging import adopted, judge_folder
from grader.nbgrader.execute import NotKept
from grader.nbgrader.sanitise import language_of
from grader.verdict import Verdict

_PREFIX = "check-"


class JudgeCells(NbGraderPreprocessor):
    """Gives every check cell the judge's verdict, whatever the notebook had printed there."""

    use_kept = Bool(False, help="Whether the verdicts are written down; nothing is judged").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        folder = keep.evidence_folder(
            self.parent.parent.coursedir.root, about["assignment"], about["student"]
        )
        if not self.use_kept:
            judge_folder(about["assignment"], folder)
        verdicts = adopted(folder)
        if verdicts is None:
            raise NotKept("its verdicts are gone; run the same command again")
        for cell in nb.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            name = grade_id.removeprefix(_PREFIX)
            if grade_id.startswith(_PREFIX) and name in verdicts:
                cell.outputs = shown_or_points(verdicts[name], language_of(nb))
                cell.execution_count = None
        return nb, resources


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
    found = [
        {"output_type": "display_data", "data": shown, "metadata": {}},
        {"output_type": "execute_result", "data": points, "metadata": {}, "execution_count": None},
    ]
    return list(map(nbformat.from_dict, found))
