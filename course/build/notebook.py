"""Turn a source into the notebook of one language: pure functions, nothing executed.

A cell has the same id in all languages: the name of its answer or check, else a hash of its English
text. ``Built`` keeps, beside each notebook, where every cell stands in its source, so that
what fails later can be named.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    LockCells,
)

from course.build import navigation, pages, typography
from course.build.localise import CodeFault, localise, split, texts
from course.build.places import Places
from course.build.problem import BuildError, Problem
from course.build.source import Answer, Cell, Check, Code, Prose, Source
from course.units import Unit
from grader.nbgrader.stubs import ClearLocalisedSolutions
from grader.text import LANGUAGES, TRANSLATED, catalogue_path, read_catalogue, translate

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE_INFO = {  # without the version, which differs from machine to machine
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_HTML_ALT = re.compile(r"\balt\s*=\s*(\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*')", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a cell of a notebook comes from."""

    file: str
    line: int
    cell: int

    def problem(self, language: str, message: str) -> Problem:
        return Problem(self.file, self.line, message, self.cell, language)


@dataclass(frozen=True)
class Built:
    """A notebook that is not executed yet, where it goes, and where its cells come from."""

    path: Path
    language: str
    notebook: NotebookNode
    origins: Mapping[str, Place]

    def text(self) -> str:
        """The notebook as its file will hold it."""
        return to_text(self.notebook)


def to_text(notebook: NotebookNode) -> str:
    """The one way in which a notebook is written down."""
    text: str = nbformat.writes(nbformat.from_dict(notebook), version=nbformat.NO_CONVERT)
    return text.rstrip("\n") + "\n"


# -- checks on a source ------------------------------------------------------------------------


def catalogue_problems(source: Source) -> list[Problem]:
    """Texts in code and alternative texts that a catalogue lacks, and code that is not code."""
    known = {code: {m.id: m for m in read_catalogue(code)} for code in TRANSLATED}
    problems = []
    for cell in source.cells:
        code = _code(cell)
        if code is None:
            continue
        place = Place(source.file, code.line, code.cell)
        try:
            used = [(text.msgid, code.line + text.line) for text in texts(code.source)]
        except CodeFault as fault:
            line = code.line + fault.line
            problems.append(Problem(source.file, line, fault.message, code.cell))
            continue
        used += [(code.alt, code.line)] if code.alt else []
        for msgid, line in used:
            for language in TRANSLATED:
                entry = known[language].get(msgid)
                if entry is None or not entry.string or entry.fuzzy:
                    path = catalogue_path(language).relative_to(catalogue_path("x").parents[4])
                    message = (
                        f"{msgid!r} has no translation; add it to {path.as_posix()} with "
                        "'python -m grader.text add'"
                    )
                    problems.append(Problem(source.file, line, message, place.cell, language))
    return problems


def prose_problems(source: Source) -> list[Problem]:
    """Images without alternative text and emphasis that does not show, in each language."""
    problems = []
    for cell in source.cells:
        if not isinstance(cell, Prose):
            continue
        for language in LANGUAGES:
            place = Place(source.file, cell.lines[language], cell.cells[language])
            text = typography.apply(cell.texts[language], language)
            for missing in _images_without_alt(text):
                problems.append(
                    place.problem(language, f"the image {missing} has no alternative text")
                )
            for line in typography.unclosed_emphasis(text):
                message = (
                    f"Markdown does not take the ** in {line!r} for emphasis: "
                    "put the punctuation outside"
                )
                problems.append(place.problem(language, message))
    return problems


def _images_without_alt(text: str) -> list[str]:
    missing = []
    for token in _MARKDOWN.parse(text):
        for child in (token, *(token.children or ())):
            if child.type == "image" and not child.content.strip():
                missing.append(str(child.attrs.get("src", "")))
            if child.type in ("html_block", "html_inline"):
                missing += [
                    i for i in _HTML_IMAGE.findall(child.content) if not _HTML_ALT.search(i)
                ]
    return missing


def _code(cell: Cell) -> Code | None:
    return cell.code if isinstance(cell, Answer) else cell if isinstance(cell, Code) else None


# -- the notebooks -----------------------------------------------------------------------------


def build_lesson(source: Source, unit: Unit, language: str, places: Places) -> Built:
    """The lesson of a unit in one language."""
    return _assemble(
        source,
        language,
        {"unit": unit.slug, "kind": "lesson"},
        places.built_lesson(unit, language),
        navigation.lesson_head(unit, language),
        navigation.lesson_foot(unit, language, places),
    )


def build_page(source: Source, name: str, language: str, places: Places) -> Built:
    """A page that is no unit in one language, its placeholders filled.

    Raises ``BuildError`` for a placeholder that stands for nothing.
    """
    built = _assemble(
        source,
        language,
        {"unit": name, "kind": name},
        places.built_page(name, language),
        navigation.page_head(name, language),
        "",
    )
    problems = []
    for cell in built.notebook.cells:
        if cell.cell_type == "markdown":
            try:
                cell.source = pages.fill(cell.source, language, places)
            except ValueError as fault:
                problems.append(built.origins[cell.id].problem(language, str(fault)))
    if problems:
        raise BuildError(problems)
    return built


def build_solution(
    source: Source, unit: Unit, language: str, places: Places, points: Mapping[str, float]
) -> Built:
    """The exercise with its answers: nbgrader's source. ``points`` of each task, from the rubric.

    Raises ``BuildError`` when the rubric and the checks do not name the same tasks.
    """
    checks = {cell.task: cell for cell in source.cells if isinstance(cell, Check)}
    problems = [
        Problem(source.file, check.line, f"the rubric has no task {name!r}", check.cell)
        for name, check in checks.items()
        if name not in points
    ]
    problems += [
        Problem(source.file, 0, f'the task {name!r} of the rubric has no check="{name}" cell')
        for name in points
        if name not in checks
    ]
    if problems:
        raise BuildError(problems)
    return _assemble(
        source,
        language,
        {"unit": unit.slug, "kind": "exercise"},
        places.built_solution(unit, language),
        navigation.solution_head(unit, language),
        "",
        points,
    )


def build_exercise(solution: Built, unit: Unit, places: Places) -> Built:
    """The students' notebook: what nbgrader would release, with links to the rest of the course."""
    notebook: NotebookNode = nbformat.from_dict(json.loads(json.dumps(solution.notebook)))
    language = solution.language
    resources: dict[str, Any] = {"unique_key": unit.slug}
    quiet = logging.getLogger("nbgrader.build")
    quiet.setLevel(logging.CRITICAL)
    for preprocessor in (
        LockCells,
        ClearLocalisedSolutions,
        ClearOutput,
        CheckCellMetadata,
        ClearHiddenTests,
        ClearMarkScheme,
        ComputeChecksums,
        CheckCellMetadata,
    ):
        notebook, resources = preprocessor(log=quiet).preprocess(notebook, resources)
    origins = dict(solution.origins)
    notebook.cells[0].source = navigation.exercise_head(unit, language)
    foot = navigation.exercise_foot(unit, language, places)
    if foot:
        notebook.cells.append(new_markdown_cell(foot, id=_FOOT))
        origins[_FOOT] = origins[_HEAD]
    return Built(places.built_exercise(unit, language), language, notebook, origins)


_HEAD, _FOOT = "navigation-head", "navigation-foot"


def _assemble(
    source: Source,
    language: str,
    about: Mapping[str, str],
    path: Path,
    head: str,
    foot: str,
    points: Mapping[str, float] | None = None,
) -> Built:
    origins: dict[str, Place] = {_HEAD: Place(source.file, 0, 0)}
    cells = [new_markdown_cell(head, id=_HEAD)]
    problems: list[Problem] = []
    for cell in source.cells:
        if isinstance(cell, (Answer, Check)) and points is None:
            what = _code(cell) or cell
            assert isinstance(what, (Code, Check))
            message = "answers and checks belong into solutions/, not into a lesson"
            problems.append(Problem(source.file, what.line, message, what.cell))
            continue
        node, place = _cell(cell, source.file, language, about["unit"], points or {}, set(origins))
        origins[node.id] = place
        cells.append(node)
    if problems:
        raise BuildError(problems)
    if foot:
        cells.append(new_markdown_cell(foot, id=_FOOT))
        origins[_FOOT] = Place(source.file, 0, 0)
    metadata = {
        "kernelspec": dict(_KERNEL),
        "language_info": json.loads(json.dumps(_LANGUAGE_INFO)),
        "atelier": {**about, "language": language},
    }
    notebook = new_notebook(cells=cells, metadata=metadata)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return Built(path, language, notebook, origins)


def _cell(
    cell: Cell,
    file: str,
    language: str,
    unit: str,
    points: Mapping[str, float],
    taken: set[str],
) -> tuple[NotebookNode, Place]:
    if isinstance(cell, Prose):
        place = Place(file, cell.lines[language], cell.cells[language])
        text = typography.apply(cell.texts[language], language)
        return new_markdown_cell(text, id=_hashed("prose", cell.texts["en"], taken)), place
    if isinstance(cell, Check):
        return _check_cell(cell, unit, points), Place(file, cell.line, cell.cell)
    code = _code(cell)
    assert code is not None
    metadata: dict[str, Any] = {}
    if code.tags:
        metadata["tags"] = list(code.tags)
    if code.alt:
        metadata["alt"] = translate(code.alt, language)
    if isinstance(cell, Answer):
        metadata["atelier"] = {"answer": list(cell.names)}
        metadata["nbgrader"] = _nbgrader(cell.task, solution=True)
    identifier = cell.task if isinstance(cell, Answer) else _hashed("code", code.source, taken)
    source = localise(code.source, lambda text: translate(text, language))
    return new_code_cell(source, id=identifier, metadata=metadata), Place(
        file, code.line, code.cell
    )


def _check_cell(cell: Check, unit: str, points: Mapping[str, float]) -> NotebookNode:
    answer = cell.names[0] if len(cell.names) == 1 else f"({', '.join(cell.names)})"
    worth = points[cell.task]
    metadata = {
        "nbgrader": {
            **_nbgrader(f"check-{cell.task}", solution=False),
            "points": int(worth) if worth == int(worth) else worth,
        }
    }
    source = f'from grader import check\n\ncheck("{unit}.{cell.task}", {answer})'
    return new_code_cell(source, id=f"check-{cell.task}", metadata=metadata)


def _nbgrader(grade_id: str, *, solution: bool) -> dict[str, Any]:
    return {
        "grade": not solution,
        "grade_id": grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def _hashed(kind: str, text: str, taken: set[str]) -> str:
    """An id from a cell's English text; cells with the same text are counted."""
    stem = f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    identifier, count = stem, 1
    while identifier in taken:
        count += 1
        identifier = f"{stem}-{count}"
    return identifier


def skeleton(source: str) -> tuple[str, ...]:
    """A code cell without its catalogued texts: what no language may change."""
    return tuple(part for part in split(source) if isinstance(part, str))
