"""Read a trilingual source (jupytext ``py:percent``) into plain data, or say what is wrong with it.

A prose place is three consecutive Markdown cells with ``lang="fr"``, ``"en"``, ``"zh"``, in that
order. A code cell stands once. What a code cell may carry besides:

    tags=["..."]     kept in the notebooks (``nbval-skip``, ``nbval-ignore-output``)
    alt="..."        alternative text (English, catalogued) of the figures that it draws
    answer="a,b"     exercises: the names that the student must define
    check="task"     exercises: an empty cell; the builder writes the check of the answer before it
    given="a,b"      with ``check``: names to hand to it before the answer
    active="py"      exists only when the file is imported or linted, never in a notebook
    active="ipynb"   commented out in the file, live in the notebooks
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from course.build.problem import BuildError, Problem
from grader.text import LANGUAGES

_FORMAT = {"extension": ".py", "format_name": "percent", "comment_magics": False}
_MARKER = re.compile(r"# %%")
_BOOKKEEPING = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"}
_CODE_METADATA = {"tags", "alt", "answer", "check", "given", "active"}
_NAMES = re.compile(r"[A-Za-z_]\w*(,[A-Za-z_]\w*)*")


@dataclass(frozen=True)
class Prose:
    """One place for prose: its text in each language; ``lines`` and ``cells`` say where it is."""

    texts: Mapping[str, str]
    lines: Mapping[str, int]
    cells: Mapping[str, int]


@dataclass(frozen=True)
class Code:
    """One code cell, the same in all languages but for its catalogued texts."""

    source: str
    line: int
    cell: int
    tags: tuple[str, ...] = ()
    alt: str = ""


@dataclass(frozen=True)
class Answer:
    """A cell that holds the solution of ``task``; the student must define ``names``."""

    code: Code
    task: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """The cell that checks ``names`` as the answer to ``task``."""

    task: str
    names: tuple[str, ...]
    line: int
    cell: int


Cell = Prose | Code | Answer | Check


@dataclass(frozen=True)
class Source:
    """A lesson, an exercise or another page, as written; ``file`` from the checkout."""

    file: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Raw:
    """A cell as jupytext reads it, with its place in the file."""

    kind: str
    source: str
    metadata: dict[str, Any]
    line: int
    cell: int


def read_source(path: Path, root: Path) -> Source:
    """Read the source ``path``, to be called by its path from ``root``.

    Raises ``BuildError`` with every problem found, not only the first.
    """
    file = path.relative_to(root).as_posix()
    problems: list[Problem] = []
    raws = _raw_cells(path.read_text(encoding="utf-8"), file)
    cells: list[Cell] = []
    prose: list[_Raw] = []
    pending: Answer | None = None
    seen: set[str] = set()
    for raw in [*raws, None]:
        if raw is not None and raw.kind == "markdown":
            prose.append(raw)
            continue
        cells += _prose(prose, file, problems)
        prose = []
        if raw is None:
            break
        if raw.kind == "raw":
            if raw.metadata.get("active") != "py":
                problems.append(_at(raw, file, "a raw cell has no place in a notebook here"))
            continue
        code = _code(raw, file, problems)
        for name in (f"answer {raw.metadata.get('answer')}", f"check {raw.metadata.get('check')}"):
            if name in seen:
                problems.append(_at(raw, file, f"a second cell has {name.replace(' ', '=')!r}"))
            if not name.endswith(" None"):
                seen.add(name)
        if "answer" in raw.metadata:
            if pending:
                problems.append(_unchecked(pending, file))
            pending = _answer(raw, code, file, problems)
            if pending:
                cells.append(pending)
        elif "check" in raw.metadata:
            checked = _check(raw, pending, file, problems)
            if checked and pending:
                cells[cells.index(pending)] = Answer(pending.code, checked.task, pending.names)
                cells.append(checked)
            pending = None
        else:
            cells.append(code)
    if pending:
        problems.append(_unchecked(pending, file))
    if problems:
        raise BuildError(problems)
    return Source(file, tuple(cells))


def _raw_cells(text: str, file: str) -> list[_Raw]:
    """The cells after the module docstring, each with its line."""
    notebook = jupytext.reads(text, fmt=_FORMAT)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _MARKER.match(line)]
    cells = notebook.cells
    if len(cells) == len(lines) + 1:  # what stands before the first marker is for Python alone
        cells = cells[1:]
    if len(cells) != len(lines):
        message = f"{len(lines)} lines start with '# %%', but {len(cells)} cells were read"
        raise BuildError([Problem(file, 0, f"{message}: does one stand within a string?")])
    return [
        _Raw(
            cell.cell_type,
            cell.source,
            {k: v for k, v in cell.metadata.items() if k not in _BOOKKEEPING},
            line,
            number,
        )
        for number, (cell, line) in enumerate(zip(cells, lines, strict=True), 1)
    ]


def _at(raw: _Raw, file: str, message: str, language: str = "") -> Problem:
    return Problem(file, raw.line, message, raw.cell, language)


def _prose(raws: list[_Raw], file: str, problems: list[Problem]) -> list[Prose]:
    """The prose places in a run of Markdown cells."""
    places: list[dict[str, _Raw]] = []
    for raw in raws:
        language = raw.metadata.get("lang")
        for stray in raw.metadata.keys() - {"lang"}:
            problems.append(_at(raw, file, f"a prose cell has no {stray!r}", str(language or "")))
        if language not in LANGUAGES:
            said = "has no lang" if language is None else f"is in the stray language {language!r}"
            choice = ", ".join(f'lang="{code}"' for code in LANGUAGES)
            problems.append(_at(raw, file, f"this prose {said}; say one of {choice}"))
            continue
        if not raw.source.strip():
            problems.append(_at(raw, file, "this prose is empty", language))
        if not places or language in places[-1] or len(places[-1]) == len(LANGUAGES):
            places.append({})
        places[-1][language] = raw
    complete = []
    for place in places:
        first = next(iter(place.values()))
        missing = [language for language in LANGUAGES if language not in place]
        for language in missing:
            beside = ", ".join(repr(other) for other in place)
            message = f"this prose has no translation beside {beside}"
            problems.append(_at(first, file, message, language))
        if not missing and tuple(place) != LANGUAGES:
            order = ", ".join(place)
            message = f"the languages stand in the order {order}, not {', '.join(LANGUAGES)}"
            problems.append(_at(first, file, message))
        if not missing:
            complete.append(
                Prose(
                    {language: place[language].source for language in LANGUAGES},
                    {language: place[language].line for language in LANGUAGES},
                    {language: place[language].cell for language in LANGUAGES},
                )
            )
    return complete


def _code(raw: _Raw, file: str, problems: list[Problem]) -> Code:
    if "lang" in raw.metadata:
        message = 'code stands once for all languages: remove lang=, and write texts as _("...")'
        problems.append(_at(raw, file, message, str(raw.metadata["lang"])))
    for stray in sorted(raw.metadata.keys() - _CODE_METADATA - {"lang"}):
        known = ", ".join(sorted(_CODE_METADATA))
        problems.append(_at(raw, file, f"unknown metadata {stray!r}; a code cell may have {known}"))
    if raw.metadata.get("active", "ipynb") != "ipynb":
        problems.append(_at(raw, file, f"unknown active={raw.metadata['active']!r}"))
    if not raw.source.strip() and "check" not in raw.metadata:
        problems.append(_at(raw, file, "this code cell is empty"))
    tags = raw.metadata.get("tags", [])
    return Code(raw.source, raw.line, raw.cell, tuple(tags), raw.metadata.get("alt", ""))


def _names(raw: _Raw, key: str, file: str, problems: list[Problem]) -> tuple[str, ...]:
    value = str(raw.metadata.get(key, "")).replace(" ", "")
    if key in raw.metadata and not _NAMES.fullmatch(value):
        problems.append(_at(raw, file, f"{key}={value!r} is not a list of Python names"))
    return tuple(value.split(",")) if value else ()


def _answer(raw: _Raw, code: Code, file: str, problems: list[Problem]) -> Answer | None:
    names = _names(raw, "answer", file, problems)
    for stray in sorted(raw.metadata.keys() & {"check", "given"}):
        problems.append(_at(raw, file, f"an answer cell has no {stray!r}"))
    if "### BEGIN SOLUTION" not in raw.source or "### END SOLUTION" not in raw.source:
        message = "an answer needs a region from '### BEGIN SOLUTION' to '### END SOLUTION'"
        problems.append(_at(raw, file, message))
    return Answer(code, "", names) if names else None


def _check(raw: _Raw, answer: Answer | None, file: str, problems: list[Problem]) -> Check | None:
    task = str(raw.metadata["check"])
    if raw.source.strip():
        message = f"the check of {task!r} must be empty: the builder writes it"
        problems.append(_at(raw, file, message))
    if answer is None:
        message = f'the check of {task!r} has no answer="..." cell of its own before it'
        problems.append(_at(raw, file, message))
        return None
    given = _names(raw, "given", file, problems)
    return Check(task, given + answer.names, raw.line, raw.cell)


def _unchecked(answer: Answer, file: str) -> Problem:
    names = ",".join(answer.names)
    message = f'no check="..." cell follows the answer {names!r}'
    return Problem(file, answer.code.line, message, answer.code.cell)
