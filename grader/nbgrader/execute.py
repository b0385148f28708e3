"""Second phase: run the sanitised notebook in the sandbox, and keep the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from course.units import unit
from grader import keep, probe, run, unseen
from grader.nbgrader.sanitise import language_of
from grader.rubric import Task, load_rubric
from grader.selfcheck import signature

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
        if nb.metadata.get("atelier", {}).get("unreadable"):
            if self.use_kept and (folder / keep.OUTCOME).exists():
                raise NotKept(_ANEW)
            keep.clear(folder)
            return nb, resources
        challenge = probe.new_challenge()
        job = job_for(nb, about["assignment"], challenge)
        outcome = keep.kept(folder, job) if self.use_kept else None
        if outcome is None and self.use_kept:
            raise NotKept(_ANEW)
        if outcome is None:
            outcome = run.execute(job)
            keep.keep(folder, job, outcome, challenge["secret"])
        if outcome.problem is not None:
            self.log.warning("%s: %s", about["student"], outcome.problem)
        outcome.show_in(nb)
        return nb, resources


def job_for(notebook: NotebookNode, assignment: str, challenge: Mapping[str, Any]) -> run.Job:
    """What there is to run of a sanitised notebook. The challenge's secret is not in it."""
    tasks, language = load_rubric(unit(assignment)).tasks, language_of(notebook)
    about = {
        "seed": challenge["seed"],
        "signatures": signatures(tasks),
        "unseen": unseen.examples(tasks, challenge["secret"], language),
    }
    return run.Job(nbformat.writes(notebook), about, language)


def signatures(tasks: Sequence[Task]) -> dict[str, list[Any]]:
    """The inputs that each question asks for: their names, shapes and types."""
    return {task.id: [[s.name, list(s.shape), s.dtype] for s in signature(task)] for task in tasks}
