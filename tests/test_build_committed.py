"""The notebooks in the repository are what their sources build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course import fonts
from course.build import pipeline
from course.build.fonts import common_hanzi, missing_glyphs, source_characters
from course.build.notebook import skeleton
from course.build.places import CHECKOUT, PAGES, Places
from course.build.source import Answer, Code, read_source
from course.units import UNITS
from grader.blueprint import alike, read_numbers
from grader.text import LANGUAGES

PLACES = Places()
NOTEBOOKS = sorted(
    path
    for folder in ("course", "solutions")
    for language in LANGUAGES
    for path in (CHECKOUT / folder / language).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts
)


def name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def test_a_rebuild_gives_the_same_cells() -> None:
    assert [str(problem) for problem in pipeline.check(PLACES, UNITS)] == []


def test_the_blueprints_are_what_the_rubrics_say(tmp_path: Path) -> None:
    exercises = [unit.slug for unit in UNITS if PLACES.exercise(unit).exists()]
    program = (
        "import sys; from pathlib import Path; from course.units import unit;"
        "from course.build.__main__ import _write_blueprints as write;"
        "write([unit(slug) for slug in sys.argv[2:]], Path(sys.argv[1]))"
    )
    # in a process of its own: other tests import the solutions too, and Keras numbers its names
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), *exercises], cwd=CHECKOUT, check=True
    )
    for slug in exercises:
        path = PLACES.blueprints / f"{slug}.json"
        assert (tmp_path / path.name).read_text(encoding="utf-8") == path.read_text(
            encoding="utf-8"
        )
        numbers = read_numbers(path.with_suffix(".npz"))
        assert alike(read_numbers(tmp_path / f"{slug}.npz"), numbers)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_valid_and_written_in_the_one_way(path: Path) -> None:
    from course.build.notebook import to_text

    notebook = read(path)
    nbformat.validate(notebook)
    assert to_text(notebook) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_holds_no_error_no_noise_and_no_folder_of_the_author(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert str(CHECKOUT) + "/" not in text and str(Path.home()) + "/" not in text
    for cell in read(path).cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error"
            assert output.get("name") != "stderr"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_what_students_get_holds_no_solution(path: Path) -> None:
    if path.is_relative_to(CHECKOUT / "course"):
        text = path.read_text(encoding="utf-8")
        assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text


def test_code_differs_between_languages_only_in_catalogued_texts() -> None:
    for unit in UNITS:
        for kind, source_path in (
            ("lesson", PLACES.lesson(unit)),
            ("exercise", PLACES.exercise(unit)),
        ):
            if not source_path.exists():
                continue
            source = read_source(source_path, CHECKOUT)
            codes = [c.code if isinstance(c, Answer) else c for c in source.cells]
            skeletons = [skeleton(code.source) for code in codes if isinstance(code, Code)]
            for language in LANGUAGES:
                path = (
                    PLACES.built_lesson(unit, language)
                    if kind == "lesson"
                    else PLACES.built_solution(unit, language)
                )
                cells = [
                    cell.source
                    for cell in read(path).cells
                    if cell.cell_type == "code" and not cell.id.startswith("check-")
                ]
                for kept, cell in zip(skeletons, cells, strict=True):
                    rest = cell
                    for part in kept:
                        _text, found, rest = rest.partition(part)
                        assert found, f"{path}: {part!r} is not in {cell!r}"


def test_the_font_draws_all_that_the_sources_say() -> None:
    assert all(PLACES.page(name).exists() for name in PAGES)
    assert missing_glyphs(common_hanzi()) == ""
    assert not [c for c in source_characters() if "\u4e00" <= c <= "\u9fff" and missing_glyphs(c)]


def test_the_font_is_small_named_apart_and_licensed() -> None:
    from fontTools.ttLib import TTFont

    assert fonts.PATH.stat().st_size < 2_500_000
    font = TTFont(fonts.PATH)
    assert font["name"].getDebugName(1) == fonts.FAMILY
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in fonts.PATH.with_name("OFL.txt").read_text(encoding="utf-8")
