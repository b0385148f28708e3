"""From sources to notebooks: the order of the steps, and what may be skipped."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.build.execute import execute, keep_known_outputs, output_problems
from course.build.fonts import missing_glyphs
from course.build.notebook import (
    Built,
    build_exercise,
    build_lesson,
    build_page,
    build_solution,
    catalogue_problems,
    prose_problems,
    to_text,
)
from course.build.places import CHECKOUT, PAGES, Places
from course.build.problem import BuildError, Problem
from course.build.source import Prose, Source, read_source
from course.progress import points_of
from course.units import Unit
from grader.text import LANGUAGES, TRANSLATED, extract, read_catalogue

WORKERS = 2  # kernels at a time: each needs a core and about 1 GB
Say = Callable[[str], None]
WriteBlueprints = Callable[[Sequence[Unit], Path], object]


@dataclass(frozen=True)
class Sources:
    """The sources of what is to be built; a unit may lack one or the other."""

    pages: tuple[tuple[str, Source], ...]
    lessons: tuple[tuple[Unit, Source], ...]
    exercises: tuple[tuple[Unit, Source], ...]

    def all(self) -> list[Source]:
        return [
            *(source for _name, source in self.pages),
            *(source for _unit, source in self.lessons),
            *(source for _unit, source in self.exercises),
        ]


# -- reading and checking ----------------------------------------------------------------------


def read_sources(places: Places, units: Sequence[Unit]) -> Sources:
    """Read and check the sources of ``units``, and those of the pages that are no units.

    Raises ``BuildError`` with all problems of all files.
    """
    problems: list[Problem] = []

    def read(path: Path) -> Source | None:
        try:
            source = read_source(path, places.root)
        except BuildError as error:
            problems.extend(error.problems)
            return None
        problems.extend(catalogue_problems(source) + prose_problems(source))
        problems.extend(glyph_problems(source))
        return source

    pages = [(name, read(places.page(name))) for name in PAGES if places.page(name).exists()]
    lessons = [(unit, read(places.lesson(unit))) for unit in units if places.lesson(unit).exists()]
    exercises = [
        (unit, read(places.exercise(unit))) for unit in units if places.exercise(unit).exists()
    ]
    if places.root == CHECKOUT:
        problems += catalogue_glyph_problems()
    if problems:
        raise BuildError(problems)
    return Sources(
        tuple((name, source) for name, source in pages if source),
        tuple((unit, source) for unit, source in lessons if source),
        tuple((unit, source) for unit, source in exercises if source),
    )


def glyph_problems(source: Source) -> list[Problem]:
    """Characters of the prose that the shipped font cannot draw."""
    return [
        Problem(
            source.file,
            cell.lines[language],
            _no_glyph(character),
            cell.cells[language],
            language,
        )
        for cell in source.cells
        if isinstance(cell, Prose)
        for language in LANGUAGES
        for character in missing_glyphs(cell.texts[language])
    ]


def catalogue_glyph_problems(paths: Iterable[Path] | None = None) -> list[Problem]:
    """Characters of catalogued texts (they are drawn in figures) that the font cannot draw."""
    problems = []
    translations = {code: {m.id: m.string for m in read_catalogue(code)} for code in TRANSLATED}
    for msgid, uses in extract(None if paths is None else iter(paths)).items():
        file, _colon, line = uses[0].rpartition(":")
        for language in LANGUAGES:
            text = msgid if language == "en" else translations[language].get(msgid, "")
            for character in missing_glyphs(str(text)):
                problems.append(Problem(file, int(line), _no_glyph(character), 0, language))
    return problems


def _no_glyph(character: str) -> str:
    return (
        f"the course's font has no glyph for {character!r} (U+{ord(character):04X}); use another "
        "character, or make the font anew: python -m course.build.fonts"
    )


# -- notebooks ---------------------------------------------------------------------------------


def make_notebooks(sources: Sources, places: Places) -> list[Built]:
    """Every notebook of ``sources`` in every language, not executed. Raises ``BuildError``."""
    built: list[Built] = []
    problems: list[Problem] = []
    makers: list[Callable[[str], list[Built]]] = []
    for name, source in sources.pages:
        makers.append(partial(_page, source, name, places))
    for unit, source in sources.lessons:
        makers.append(partial(_lesson, source, unit, places))
    for unit, source in sources.exercises:
        if places.blueprint(unit).exists():
            makers.append(
                partial(_exercise, source, unit, places, points_of(places.blueprint(unit)))
            )
        else:
            message = "this exercise has no blueprint yet; run make build"
            problems.append(Problem(source.file, 0, message))
    for make in makers:
        for language in LANGUAGES:
            try:
                built += make(language)
            except BuildError as error:
                problems += error.problems
    if problems:
        raise BuildError(tuple(dict.fromkeys(problems)))
    return built


def _page(source: Source, name: str, places: Places, language: str) -> list[Built]:
    return [build_page(source, name, language, places)]


def _lesson(source: Source, unit: Unit, places: Places, language: str) -> list[Built]:
    return [build_lesson(source, unit, language, places)]


def _exercise(
    source: Source, unit: Unit, places: Places, points: dict[str, float], language: str
) -> list[Built]:
    solution = build_solution(source, unit, language, places, points)
    return [solution, build_exercise(solution, unit, places)]


def check_notebooks(built: Sequence[Built], places: Places) -> list[Problem]:
    """How the notebooks on disk differ from ``built`` in anything but their outputs."""
    problems = []
    for wanted in built:
        name = wanted.path.relative_to(places.root).as_posix()
        remedy = "run make build"
        if not wanted.path.exists():
            problems.append(Problem(name, 0, f"is not built; {remedy}", 0, wanted.language))
            continue
        found = nbformat.read(wanted.path, as_version=nbformat.NO_CONVERT)
        if _without_outputs(found) != _without_outputs(wanted.notebook):
            message = (
                f"is not what its source builds ({_first_difference(found, wanted)}); {remedy}"
            )
            problems.append(Problem(name, 0, message, 0, wanted.language))
            continue
        problems += output_problems(wanted, found)
    return problems


def _without_outputs(notebook: NotebookNode) -> Any:
    bare = json.loads(json.dumps(notebook))
    for cell in bare["cells"]:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        cell["source"] = "".join(cell["source"])
    return bare


def _first_difference(found: NotebookNode, wanted: Built) -> str:
    new, old = _without_outputs(wanted.notebook), _without_outputs(found)
    for number, (one, other) in enumerate(zip(new["cells"], old["cells"], strict=False), 1):
        if one != other:
            place = wanted.origins[one["id"]]
            what = next(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
            return f"the {what} of cell {number}, from {place.file}:{place.line}"
    if len(new["cells"]) != len(old["cells"]):
        return f"{len(old['cells'])} cells instead of {len(new['cells'])}"
    return "its metadata"


def stray_notebooks(built: Sequence[Built], places: Places) -> list[Problem]:
    """Notebooks in the built folders that no source makes."""
    made = {wanted.path for wanted in built}
    return [
        Problem(path.relative_to(places.root).as_posix(), 0, "no source makes this; delete it")
        for folder in ("course", "solutions")
        for language in LANGUAGES
        for path in sorted((places.root / folder / language).rglob("*.ipynb"))
        if path not in made and ".ipynb_checkpoints" not in path.parts
    ]


# -- the whole ---------------------------------------------------------------------------------


def check(places: Places, units: Sequence[Unit]) -> list[Problem]:
    """What differs between the notebooks on disk and a rebuild, without executing anything."""
    try:
        built = make_notebooks(read_sources(places, units), places)
    except BuildError as error:
        return list(error.problems)
    problems = check_notebooks(built, places)
    if tuple(units) == places.units:
        problems += stray_notebooks(built, places)
    return problems


def build(
    places: Places, units: Sequence[Unit], write_blueprints: WriteBlueprints, say: Say
) -> None:
    """Build the notebooks of ``units`` and the other pages. Raises ``BuildError``."""
    sources = read_sources(places, units)
    stamps = _read_stamps(places)
    surroundings = _surroundings(places)
    exercises = [unit for unit, _source in sources.exercises]
    _blueprints(places, exercises, write_blueprints, stamps, say)
    built = make_notebooks(sources, places)
    inputs = {wanted.path: _inputs(wanted, surroundings, places) for wanted in built}
    stale = [w for w in built if not _fresh(w.path, inputs[w.path], stamps, places)]
    # The folder of a unit tells nbgrader of files to release: it must exist for all or for none.
    problems: list[Problem] = []

    async def one(wanted: Built, turn: asyncio.Semaphore) -> None:
        async with turn:
            started = time.monotonic()
            name = wanted.path.relative_to(places.root).as_posix()
            try:
                notebook = wanted.notebook
                if any(cell.cell_type == "code" for cell in notebook.cells):
                    notebook = await execute(wanted)
            except BuildError as error:
                problems.extend(error.problems)
                say(f"{name}: failed")
                return
            _write(wanted.path, notebook)
            stamps[name] = {"inputs": inputs[wanted.path], "file": _digest(wanted.path)}
            _write_stamps(places, stamps)
            say(f"{name}: {time.monotonic() - started:.0f} s")

    async def every() -> None:
        turn = asyncio.Semaphore(WORKERS)
        await asyncio.gather(*(one(wanted, turn) for wanted in stale))

    asyncio.run(every())
    if tuple(units) == places.units:
        problems += stray_notebooks(built, places)
    if problems:
        raise BuildError(problems)
    say(f"{len(built)} notebooks: {len(stale)} built, {len(built) - len(stale)} unchanged")


def build_text(places: Places, units: Sequence[Unit], say: Say) -> None:
    """Write what changed in the prose of ``units`` and the other pages; nothing is executed.

    Raises ``BuildError``, and writes nothing, if the code of a notebook is not what it was.
    A notebook that does not exist yet is written if it has no code.
    """
    built = make_notebooks(read_sources(places, units), places)
    problems = []
    for wanted in built:
        if not _take_outputs(wanted.notebook, wanted.path):
            name = wanted.path.relative_to(places.root).as_posix()
            problems.append(Problem(name, 0, "its code has changed; run make build"))
    if problems:
        raise BuildError(problems)
    changed = 0
    for wanted in built:
        text = to_text(wanted.notebook)
        if not wanted.path.exists() or wanted.path.read_text(encoding="utf-8") != text:
            wanted.path.parent.mkdir(parents=True, exist_ok=True)
            wanted.path.write_text(text, encoding="utf-8")
            changed += 1
    say(f"{len(built)} notebooks: the prose of {changed} changed")


def _take_outputs(notebook: NotebookNode, path: Path) -> bool:
    """Give code cells the outputs that they have on disk; False if the code there is another."""
    known = (
        nbformat.read(path, as_version=nbformat.NO_CONVERT)
        if path.exists()
        else nbformat.v4.new_notebook()
    )
    ours, theirs = (
        [cell for cell in each.cells if cell.cell_type == "code"] for each in (notebook, known)
    )
    if [cell.source for cell in ours] != [cell.source for cell in theirs]:
        return False
    for cell, twin in zip(ours, theirs, strict=True):
        cell.outputs, cell.execution_count = twin.outputs, twin.execution_count
        for output in cell.outputs:
            for about in output.get("metadata", {}).values():  # of images: the cell's own text
                if "alt" in cell.metadata and about.get("alt") == twin.metadata.get("alt"):
                    about["alt"] = cell.metadata["alt"]
    return True


def _blueprints(
    places: Places,
    units: Sequence[Unit],
    write_blueprints: WriteBlueprints,
    stamps: dict[str, Any],
    say: Say,
) -> None:
    """Write the blueprints, unless nothing that they are made of has changed."""
    code = [p for p in (CHECKOUT / "grader").rglob("*.py") if "nbgrader" not in p.parts]
    made_of = _digest_all([*code, CHECKOUT / "course" / "units.py", CHECKOUT / "requirements.lock"])
    stale = []
    for unit in units:
        inputs = made_of + _digest(places.exercise(unit))
        if not _fresh(places.blueprint(unit), inputs, stamps, places):
            stale.append((unit, inputs))
    if not stale:
        return
    started = time.monotonic()
    write_blueprints([unit for unit, _inputs in stale], places.blueprints)
    for unit, inputs in stale:
        path = places.blueprint(unit)
        name = path.relative_to(places.root).as_posix()
        stamps[name] = {"inputs": inputs, "file": _digest(path)}
    _write_stamps(places, stamps)
    say(f"blueprints: {time.monotonic() - started:.0f} s")


def _write(path: Path, notebook: NotebookNode) -> None:
    if path.exists():
        known = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        notebook = keep_known_outputs(notebook, known)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = to_text(notebook)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


# -- what may be skipped -----------------------------------------------------------------------


def _surroundings(places: Places) -> str:
    """A digest of all that a notebook's outputs may depend on, besides the notebook."""
    course, grader = CHECKOUT / "course", CHECKOUT / "grader"
    apart = [course / name for name in (*LANGUAGES, "build", "lessons", "blueprints")]
    apart.append(grader / "nbgrader")
    files = [
        path
        for folder in (course, grader)
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not any(path.is_relative_to(other) for other in apart)
    ]
    return _digest_all([*files, CHECKOUT / "requirements.lock"]) + sys.version


def _inputs(wanted: Built, surroundings: str, places: Places) -> str:
    unit = wanted.notebook.metadata["atelier"]["unit"]
    blueprint = places.blueprints / f"{unit}.json"
    text = wanted.text() + surroundings + (_digest(blueprint) if blueprint.exists() else "")
    return hashlib.sha256(text.encode()).hexdigest()


def _fresh(path: Path, inputs: str, stamps: dict[str, Any], places: Places) -> bool:
    stamp = stamps.get(path.relative_to(places.root).as_posix())
    return bool(
        stamp and path.exists() and stamp["inputs"] == inputs and stamp["file"] == _digest(path)
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest_all(paths: Iterable[Path]) -> str:
    parts = "\n".join(f"{path.relative_to(CHECKOUT)} {_digest(path)}" for path in sorted(paths))
    return hashlib.sha256(parts.encode()).hexdigest()


def _read_stamps(places: Places) -> dict[str, Any]:
    try:
        stamps: dict[str, Any] = json.loads(places.stamps.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return stamps


def _write_stamps(places: Places, stamps: dict[str, Any]) -> None:
    places.stamps.parent.mkdir(exist_ok=True)
    places.stamps.write_text(json.dumps(stamps, indent=1, sort_keys=True), encoding="utf-8")
