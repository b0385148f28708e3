"""The map of the course: it shows what a student's own checks have earned, and only there."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import keras
import pytest

import course
from course import progress
from course.units import UNITS, unit
from grader import check
from grader.text import LANGUAGES


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook that a person works in; where its progress is kept."""
    monkeypatch.setenv("JPY_SESSION_NAME", "en/00-welcome/exercise.ipynb")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    there = progress.folder()
    assert there is not None and there.is_relative_to(tmp_path)
    return there


def _earned(slug: str) -> float:
    return next(step.earned for step in progress.show().steps if step.unit.slug == slug)


def test_a_check_that_earns_points_moves_the_unit_on(session: Path) -> None:
    check("00-welcome.first", None)
    assert _earned("00-welcome") == 0
    check("00-welcome.first", keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]))
    assert _earned("00-welcome") == 2


def test_points_are_never_lost_by_trying_on(session: Path) -> None:
    progress.keep("02-functional.stack", 5)
    progress.keep("02-functional.stack", 1)
    assert _earned("02-functional") == 5


def test_no_more_points_are_shown_than_there_are(session: Path) -> None:
    progress.keep("02-functional.stack", 500)
    assert _earned("02-functional") == 5


@pytest.mark.parametrize("content", ["", "{", "[]", '{"points": "many"}', '{"points": null}'])
def test_a_damaged_file_counts_for_nothing_and_is_replaced(session: Path, content: str) -> None:
    session.mkdir(parents=True)
    (session / "02-functional.stack.json").write_text(content)
    assert _earned("02-functional") == 0
    progress.keep("02-functional.stack", 3)
    assert _earned("02-functional") == 3


def test_a_folder_that_cannot_be_written_does_not_disturb_a_check(session: Path) -> None:
    session.parent.mkdir(parents=True)
    session.write_text("in the way")
    progress.keep("02-functional.stack", 5)
    assert _earned("02-functional") == 0


def test_outside_a_server_nothing_is_kept_or_shown(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.keep("02-functional.stack", 5)
    monkeypatch.delenv("JPY_SESSION_NAME")
    progress.keep("02-functional.counting", 3)
    assert _earned("02-functional") == 0
    assert [path.name for path in session.iterdir()] == ["02-functional.stack.json"]


def test_each_unit_stands_below_those_that_it_builds_on() -> None:
    rows = progress._levels(progress.show().steps)
    row = {step.unit.number: index for index, steps in enumerate(rows) for step in steps}
    assert set(row) == {unit.number for unit in UNITS}
    assert all(row[number] < row[unit.number] for unit in UNITS for number in unit.needs)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name == "href"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_leads_to_every_notebook_in_its_language(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATELIER_LANGUAGE", language)
    page = _Links()
    page.feed(progress.show()._repr_html_())
    folder = Path(course.__file__).parent / language
    assert len(page.found) == 2 * len(UNITS)
    assert all((folder / link).exists() for link in page.found)
    assert all(unit.titles[language] in progress.show()._repr_html_() for unit in UNITS)
    assert unit("siamese").titles[language] in repr(progress.show())
