"""The sample class as data: submissions described in TOML, made into real notebooks."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ASSIGNMENT = "02-functional"


@dataclass(frozen=True)
class Submission:
    """What one student hands in, and what it must earn, by question."""

    student: str
    language: str
    about: str
    content: str
    points: dict[str, float]
    plain: bool


def submissions() -> list[Submission]:
    """Every student of the class, by name."""
    return [
        _read(folder) for folder in sorted(HERE.iterdir()) if (folder / "submission.toml").exists()
    ]


def _read(folder: Path) -> Submission:
    said = tomllib.loads((folder / "submission.toml").read_text(encoding="utf-8"))
    if "same_as" in said:
        other = HERE / said["same_as"] / "submission.toml"
        said = {**tomllib.loads(other.read_text(encoding="utf-8")), **said}
    content = said.get("raw") or nbformat.writes(_notebook(said))
    return Submission(
        student=folder.name,
        language=said["language"],
        about=said["about"],
        content=content,
        points=said["points"],
        plain="raw" not in said,
    )


def _notebook(said: dict[str, Any]) -> NotebookNode:
    kind = "solutions" if said.get("style") == "solution" else "course"
    path = ROOT / kind / said["language"] / ASSIGNMENT / "exercise.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in said.get("delete", ()):
            continue
        for extra in said.get("extra", ()):
            if extra["before"] == name:
                cells.append(nbformat.v4.new_code_cell(extra["source"].strip()))
        if name in said.get("answers", {}):
            cell.source = said["answers"][name].strip()
            cell.outputs = []
        if name in said.get("duplicate", ()):
            twin = deepcopy(cell)
            twin["id"] = f"{name}-copy"
            cells.append(twin)
        cells.append(cell)
    notebook.cells = cells
    return notebook
