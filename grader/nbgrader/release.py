"""Hand out an assignment in every language: one folder, one notebook a language."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.nbgrader.sanitise import handed_out
from grader.text import LANGUAGES


class AddLanguages(NbGraderPreprocessor):
    """Adds ``fr/exercise.ipynb``, ``en/...`` and ``zh/...`` to the folder that is released."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        assignment = resources["nbgrader"]["assignment"]
        outputs = resources.setdefault("outputs", {})
        for language in LANGUAGES:
            text = nbformat.writes(handed_out(assignment, language))
            outputs[f"{language}/exercise.ipynb"] = text.encode("utf-8")
        return nb, resources
