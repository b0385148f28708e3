"""First phase: make a submitted notebook one that can be run and judged. Nothing is run here.

What a student may change is the content of answer cells, and cells of their own. Everything that
decides points comes from the notebook that was handed out: check cells are put back, each behind
the answer that it checks; a missing answer comes back empty; code that was given before an answer
and is no longer there comes back before it; of an answer that is there several
times the last counts, as the last run would, and the others become ordinary cells.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

import course
from grader.text import LANGUAGES, translate
from grader.text import mark as _
from grader.untrusted import one_line, writable

log = logging.getLogger("traitlets")  # nbgrader's
_MOST_BYTES = 20 * 2**20
_MOST_CELLS = 1000
_MOST_SOURCE = 200_000


UNREADABLE = _(
    "The file that you handed in could not be read as a notebook. "
    "Open it in JupyterLab, save it again, and submit it once more."
)


class UnreadableNotebook(Exception):
    """A submitted file that is no notebook; the message says why."""


@dataclass(frozen=True)
class Sanitised:
    """The notebook to run, and what had to be put right, a sentence each."""

    notebook: NotebookNode
    repairs: tuple[str, ...] = field(default=())


def handed_out(assignment: str, language: str) -> NotebookNode:
    """The student's notebook of an assignment as the course hands it out."""
    path = Path(course.__path__[0]) / language / assignment / "exercise.ipynb"
    about = path.stat()  # formgrader runs for days, and notebooks are built meanwhile
    content = _handed_out(path, about.st_mtime_ns, about.st_size)
    notebook: NotebookNode = nbformat.from_dict(json.loads(content))
    return notebook


@lru_cache(maxsize=64)
def _handed_out(path: Path, _changed: int, _size: int) -> str:
    content = path.read_text(encoding="utf-8")
    return str(nbformat.writes(nbformat.reads(content, as_version=4), split_lines=False))


def read_notebook(path: Path) -> NotebookNode:
    """A notebook that somebody handed in. Raises ``UnreadableNotebook``."""
    if path.is_symlink() or not path.is_file():
        raise UnreadableNotebook("it is not a file")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnreadableNotebook(f"it is larger than {_MOST_BYTES // 2**20} MB")
    try:
        data = json.loads(content.decode("utf-8"))
        notebook = nbformat.from_dict(data)
        if data["nbformat"] != 4:
            notebook = nbformat.convert(notebook, 4)
        cells = [_plain_cell(cell) for cell in notebook.cells[: _MOST_CELLS + 1]]
    except UnicodeDecodeError as error:
        raise UnreadableNotebook("it is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableNotebook("it is nested too deeply") from error
    except Exception as error:  # nbformat raises whatever a malformed notebook makes it meet
        raise UnreadableNotebook(f"it is not a notebook: {type(error).__name__}") from error
    if len(cells) > _MOST_CELLS:
        raise UnreadableNotebook(f"it has more than {_MOST_CELLS} cells")
    notebook.cells = _numbered([cell for cell in cells if cell is not None])
    notebook.metadata = _plain_metadata(notebook)
    return notebook


def _plain_metadata(notebook: NotebookNode) -> NotebookNode:
    """The language that the notebook says it is in, and nothing else that it says of itself."""
    metadata = notebook.get("metadata")
    about = metadata.get("atelier") if isinstance(metadata, dict) else None
    language = about.get("language") if isinstance(about, dict) else None
    return nbformat.from_dict(
        {"atelier": {"language": language if language in LANGUAGES else "en"}}
    )


def _plain_cell(cell: NotebookNode) -> NotebookNode | None:
    """A cell with its source and its grade id, without outputs and other metadata."""
    source = "".join(cell.source) if isinstance(cell.source, list) else str(cell.source)
    if len(source) > _MOST_SOURCE:
        return None
    source = writable(source)
    metadata = cell.get("metadata", {})
    tag = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    grade_id = tag.get("grade_id") if isinstance(tag, dict) else None
    plain = _cell(source, cell.cell_type if cell.cell_type in ("code", "markdown") else "raw")
    if isinstance(grade_id, str):
        plain.metadata["nbgrader"] = {"grade_id": grade_id}
    return plain


def _cell(source: str, kind: str = "code", metadata: NotebookNode | None = None) -> NotebookNode:
    """A cell that was never run, and has no id yet; nbformat would check it against its schema."""
    cell = NotebookNode(cell_type=kind, metadata=metadata or NotebookNode(), source=source)
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def language_of(notebook: NotebookNode) -> str:
    """The language that a notebook says it is in; English if it says nothing that we know."""
    about = notebook.metadata.get("atelier", {})
    language = about.get("language") if isinstance(about, dict) else None
    return language if language in LANGUAGES else "en"


def choose(folder: Path, assignment: str) -> NotebookNode:
    """The notebook in which the student worked: ``exercise.ipynb`` or a language's folder.

    The one with the most answers changed; between equals the one at the top. Raises
    ``UnreadableNotebook`` if the one at the top cannot be read and no other was worked in.
    """
    top = folder / "exercise.ipynb"
    best, most = None, 0
    problem: UnreadableNotebook | None = None
    for path in (top, *(folder / language / "exercise.ipynb" for language in LANGUAGES)):
        if path != top and (path.parent.is_symlink() or not path.exists()):
            continue
        try:
            notebook = read_notebook(path)
        except UnreadableNotebook as error:
            problem = problem or error
            continue
        worked = _changed(notebook, assignment)
        if best is None or worked > most:
            best, most = notebook, worked
    if best is None or (problem is not None and not most):
        raise problem or UnreadableNotebook("it is not there")
    return best


def _changed(notebook: NotebookNode, assignment: str) -> int:
    """How many answers are not as they were handed out."""
    out = handed_out(assignment, language_of(notebook))
    before = {c.metadata.nbgrader.grade_id: c.source for c in out.cells if _is_answer(c)}
    return sum(
        cell.source != before[grade_id]
        for cell in notebook.cells
        if (grade_id := _grade_id(cell)) in before
    )


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _is_check(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _grade_id(cell: NotebookNode) -> str | None:
    tag: Any = cell.metadata.get("nbgrader", {})
    return tag.get("grade_id")


def sanitise(notebook: NotebookNode, out: NotebookNode) -> Sanitised:
    """What a student handed in, laid over ``out``, the notebook that was handed out."""
    repairs: list[str] = []
    answers = {_grade_id(c): c for c in out.cells if _is_answer(c)}
    checks = _checks_by_answer(out)
    last = {
        _grade_id(cell): place
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    }
    given = _given_by_answer(out)
    theirs = {cell.source for cell in notebook.cells}
    cells: list[NotebookNode] = []
    for place, cell in enumerate(notebook.cells):
        name = _grade_id(cell)
        cell.metadata = NotebookNode()
        if cell.cell_type == "raw":  # else it is taken for HTML, and shown as that
            cell.metadata["raw_mimetype"] = "text/plain"
        if name is not None and name not in answers:
            continue  # a check cell, or a cell that claims to be one: ours come instead
        if name is not None and last.get(name) == place:
            lost = [c for c in given[name] if c.source not in theirs]
            cells += [*lost, _with_source(answers[name], cell.source), *checks[name]]
            continue
        if name is not None:
            repairs.append(f"the answer {name!r} is there several times; the last counts")
        cells.append(cell)
    present = {_grade_id(cell) for cell in cells}
    for name, answer in answers.items():
        if name not in present:
            repairs.append(f"the answer {name!r} was missing")
            cells += [*given[name], answer, *checks[name]]
    result = nbformat.v4.new_notebook(metadata=out.metadata, cells=_numbered(cells))
    return Sanitised(result, tuple(repairs))


def _numbered(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The same cells, with an id each."""
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return cells


def _checks_by_answer(out: NotebookNode) -> dict[str | None, list[NotebookNode]]:
    """The check cells that follow each answer of the notebook that was handed out."""
    checks: dict[str | None, list[NotebookNode]] = {}
    answer: str | None = None
    for cell in out.cells:
        if _is_answer(cell):
            answer = _grade_id(cell)
            checks[answer] = []
        elif _is_check(cell):
            cell.outputs, cell.execution_count = [], None
            checks[answer].append(cell)
    return checks


def _given_by_answer(out: NotebookNode) -> dict[str | None, list[NotebookNode]]:
    """The code that was handed out before each answer: imports, models to start from."""
    given: dict[str | None, list[NotebookNode]] = {}
    before: list[NotebookNode] = []
    for cell in out.cells:
        if _is_answer(cell):
            given[_grade_id(cell)], before = before, []
        elif cell.cell_type == "code" and not _is_check(cell):
            before.append(_cell(cell.source))
    return given


def _with_source(cell: NotebookNode, source: str) -> NotebookNode:
    return _cell(source, metadata=deepcopy(cell.metadata))


def unreadable(assignment: str, reason: str) -> NotebookNode:
    """The notebook that stands in for a file that could not be read: no answers, and why."""
    notebook = sanitise(nbformat.v4.new_notebook(), handed_out(assignment, "en")).notebook
    notebook.metadata["atelier"]["unreadable"] = reason
    said = "\n\n".join(translate(UNREADABLE, language) for language in LANGUAGES)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(said, id="unreadable"))
    return notebook


def remove_links(assignment: str, student: str, notebooks: Sequence[str]) -> None:
    """Take links, pipes and devices out of what was handed in, before nbgrader copies the files
    beside ``notebooks`` and what they lead to: another's files, or data without end."""
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for place, folders, files in os.walk(folder):
            for path in (Path(place, name) for name in (*folders, *files)):
                kind = path.lstat().st_mode
                if stat.S_ISDIR(kind) or stat.S_ISREG(kind) or path.suffix == ".ipynb":
                    continue  # a notebook is not copied, and reading it is careful
                path.unlink()
                name = one_line(str(path.relative_to(folder)))
                log.warning("%s: %s was no file of its own and is gone", one_line(student), name)


class SubmittedNotebookExporter(NotebookExporter):
    """Reads what nbgrader is about to autograde, without trusting that it is a notebook."""

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> Any:
        about = (resources or {}).get("nbgrader", {})
        path = Path(filename)
        if not getattr(self.parent, "_sanitizing", False):  # it is our own, from the first phase
            return super().from_filename(filename, resources=resources, **kwargs)
        resources["metadata"] = {"path": str(path.parent), "name": path.stem}
        try:
            notebook = choose(path.parent, about["assignment"])
        except UnreadableNotebook as problem:
            self.log.warning("%s cannot be read: %s", filename, problem)
            notebook = unreadable(about["assignment"], str(problem))
        return self.from_notebook_node(notebook, resources=resources, **kwargs)


class Sanitise(NbGraderPreprocessor):
    """Lays what was handed in over what was handed out; the first of the sanitisers."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        if nb.metadata.get("atelier", {}).get("unreadable"):
            return nb, resources
        result = sanitise(nb, handed_out(about["assignment"], language_of(nb)))
        for repair in result.repairs:
            self.log.warning("%s: %s", about["student"], repair)
        return result.notebook, resources
