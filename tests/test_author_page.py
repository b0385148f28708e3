"""The page for authors says what is so: its code runs, its tables hold, no kind is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import keras
import pytest
from keras import layers, ops

from grader import compare
from grader.messages import MESSAGES

PAGE = Path(__file__).parents[1] / "grader" / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _run(matches: list[re.Match[str]]) -> dict[str, Any]:
    """The names that blocks of code leave, run in order; a failure names its line of the page."""
    names: dict[str, Any] = {"__name__": "author_page"}
    for match in matches:
        line = TEXT.count("\n", 0, match.start(1))
        exec(compile("\n" * line + match[1], str(PAGE), "exec"), names)
    return names


def _rows(columns: int) -> list[list[str]]:
    """The rows of the tables of so many columns that compare two pieces of code."""
    rows = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == columns]
    return [row for row in cells if all(cell.startswith("`") for cell in row[1:])]


FREE, NOT_FREE = _rows(3), _rows(4)


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the first block of the page defines."""
    return {**_run(list(BLOCK.finditer(TEXT))[:1]), "layers": layers, "ops": ops}


def _model(code: str, names: dict[str, Any]) -> keras.Model:
    """The model that a cell of a table writes down."""
    shapes = {"x": (4,), "y": (4,), "a": (4,), "b": (4,), "image": (8, 8, 3)}
    inputs = {name: keras.Input(shape, name=name) for name, shape in shapes.items()}
    value = eval(code.strip("`"), {**names, **inputs})
    if isinstance(value, keras.Model):
        return value
    read = sorted(keras.utils.get_source_inputs(value), key=lambda tensor: tensor.name)
    return keras.Model(read, value)


def test_the_code_of_the_page_runs_in_order() -> None:
    blocks = list(BLOCK.finditer(TEXT))
    assert len(blocks) == TEXT.count("```python")
    _run(blocks)


@pytest.mark.parametrize("row", FREE, ids=lambda row: row[0])
def test_what_the_page_calls_free_is_free(row: list[str], names: dict[str, Any]) -> None:
    _what, reference, candidate = row
    found = compare(_model(reference, names), _model(candidate, names))
    assert found.equivalent, found.differences


@pytest.mark.parametrize("row", NOT_FREE, ids=lambda row: f"{row[0]}-{row[3]}")
def test_what_the_page_calls_a_difference_is_one(row: list[str], names: dict[str, Any]) -> None:
    _what, reference, candidate, kind = row
    found = compare(_model(reference, names), _model(candidate, names))
    assert [d.kind for d in found.differences][:1] == [kind.strip("`")]


def test_the_tables_were_found() -> None:
    assert len(FREE) >= 12 and len(NOT_FREE) >= 12


def test_the_page_lists_every_kind_once() -> None:
    listed = re.findall(r"(?:\| |<br>)`([a-z-]+)`: ", TEXT)
    assert sorted(set(listed)) == sorted(listed)
    assert set(MESSAGES) == set(listed)
