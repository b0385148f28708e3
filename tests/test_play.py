"""Pictures to play with: controls where a person is, the same picture everywhere else."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pytest

from course import play
from course.session import NAME


def picture(threshold: float = 0.5, title: str = "hello", count: int = 3) -> str:
    return f"{title} {threshold} {count}"


CONTROLS: dict[str, Any] = {
    "threshold": play.Slider("threshold", 0.0, 1.0, 0.1),
    "title": play.Field("title"),
    "count": play.Slider("count", 0, 10, 1),
}


@pytest.fixture
def attended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "en/05-siamese/lesson.ipynb")


def test_without_a_reader_the_picture_is_that_of_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert play.explore(picture, **CONTROLS) == "hello 0.5 3"


@pytest.mark.usefixtures("attended")
def test_a_reader_finds_each_control_where_the_picture_starts() -> None:
    threshold, title, count, _output = play.explore(picture, **CONTROLS).children
    assert (threshold.value, title.value, count.value) == (0.5, "hello", 3)
    assert [c.description for c in (threshold, title, count)] == list(CONTROLS)
    assert isinstance(count, ipywidgets.IntSlider)
    assert (threshold.min, threshold.max, threshold.step) == (0.0, 1.0, 0.1)


@pytest.mark.usefixtures("attended")
def test_moving_a_control_draws_the_picture_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("IPython.display.display", drawn.append)
    shown = play.explore(picture, **CONTROLS)
    shown.children[0].value = 0.9
    shown.children[1].value = "bye"
    assert drawn == ["hello 0.5 3", "hello 0.9 3", "bye 0.9 3"]


@pytest.mark.parametrize("reader", [True, False])
def test_a_control_without_its_argument_is_named(
    reader: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reader:
        monkeypatch.setenv(NAME, "x")
    with pytest.raises(TypeError, match="picture has no argument 'size' with a default"):
        play.explore(picture, size=play.Slider("size", 0, 1, 1))
