"""Second phase: run the sanitised notebook in the sandbox, and keep the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from course.units import unit
from grader import keep, probe, run, unseen
from grader.nbgrader.sanitise import language_of
from grader.rubric import Task, load_rubric
from grader.selfcheck import signatures

_ANEW = "what was handed in changed while it was graded; run the same command again"


class NotKept(Exception):
    """Nothing is kept of what is there now: it is not what was there when grading began."""


class ExecuteInSandbox(NbGraderPreprocessor):
    """Runs the notebook locked up. What comes out is outputs, cleaned, and evidence on disk."""

    use_kept = Bool(False, help="Whether what is kept stands for a run; nothing is run").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        root = self.parent.parent.coursedir.root
        folder = keep.evidence_folder(root, about["assignment"], about["student"])
        outcome = _kept(nb, folder) if self.use_kept else _ran(nb, folder, about["assignment"])
        if outcome is not None:
            if outcome.problem is not None:
                self.log.warning("%s: %s", about["student"], outcome.problem)
            outcome.show_in(nb)
        return nb, resources


def _kept(notebook: NotebookNode, folder: Path) -> run.Outcome | None:
    """What came out of this notebook before; None if it is none. Raises ``NotKept``."""
    if _is_unreadable(notebook):
        if (folder / keep.OUTCOME).exists():
            raise NotKept(_ANEW)
        return None
    outcome = keep.kept_of(folder, run.code_of(notebook, language_of(notebook)))
    if outcome is None:
        raise NotKept(_ANEW)
    return outcome


def _ran(notebook: NotebookNode, folder: Path, assignment: str) -> run.Outcome | None:
    """What comes out of this notebook now, which is kept; None if it is none."""
    if _is_unreadable(notebook):
        keep.clear(folder)
        return None
    challenge = probe.new_challenge()
    job = job_for(notebook, load_rubric(unit(assignment)).tasks, challenge)
    outcome = run.execute(job)
    keep.keep(folder, job, outcome, challenge["secret"])
    return outcome


def _is_unreadable(notebook: NotebookNode) -> bool:
    return bool(notebook.metadata.get("atelier", {}).get("unreadable"))


def job_for(notebook: NotebookNode, tasks: Sequence[Task], challenge: Mapping[str, Any]) -> run.Job:
    """What there is to run of a sanitised notebook. The challenge's secret is not in it."""
    language = language_of(notebook)
    about = {
        "seed": challenge["seed"],
        "signatures": signatures(tasks),
        "unseen": unseen.examples(tasks, challenge["secret"], language),
    }
    return run.Job(nbformat.writes(notebook), about, language)
