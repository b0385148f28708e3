"""What decides points comes from the notebook that was handed out, whatever came back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

import course
from grader.nbgrader.sanitise import (
    UnreadableNotebook,
    choose,
    handed_out,
    language_of,
    read_notebook,
    sanitise,
)
from grader.run import harmless

SLUG = "02-functional"


def _out(language: str = "en") -> NotebookNode:
    return handed_out(SLUG, language)


def _back(path: Path, notebook: NotebookNode) -> NotebookNode:
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return read_notebook(path)


def _id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _named(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if _id(cell) == name)


def _edit_checks(nb: NotebookNode) -> None:
    _named(nb, "check-stack").source = "100.0"


def _delete_checks(nb: NotebookNode) -> None:
    nb.cells = [cell for cell in nb.cells if not _id(cell).startswith("check")]


def _double_checks(nb: NotebookNode) -> None:
    nb.cells += [_named(nb, "check-stack")] * 3


def _reverse(nb: NotebookNode) -> None:
    nb.cells.reverse()


def _delete_answers(nb: NotebookNode) -> None:
    nb.cells = [cell for cell in nb.cells if _id(cell) not in ("stack", "features")]


def _forge(nb: NotebookNode) -> None:
    for cell in nb.cells[:3]:
        cell.metadata["nbgrader"] = {"grade_id": "check-stack", "grade": True, "points": 100}


def _break_metadata(nb: NotebookNode) -> None:
    nb.cells[0].metadata["nbgrader"] = ["a", "list"]
    nb.cells[1].metadata = {"nbgrader": {"grade_id": {"deep": 1}}}
    nb.metadata["atelier"] = "en"


@pytest.mark.parametrize(
    "harm",
    [_edit_checks, _delete_checks, _double_checks, _reverse, _delete_answers, _forge,
     _break_metadata],
    ids=lambda harm: harm.__name__.strip("_"),
)  # fmt: skip
def test_every_check_comes_back_once_right_behind_its_answer(
    tmp_path: Path, harm: Callable[[NotebookNode], None]
) -> None:
    notebook = _out()
    harm(notebook)
    result = sanitise(_back(tmp_path / "nb.ipynb", notebook), _out()).notebook
    ids = [_id(cell) for cell in result.cells if _id(cell)]
    answers = [_id(c) for c in _out().cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert sorted(ids) == sorted([*answers, *(f"check-{name}" for name in answers)])
    for name in answers:
        assert ids[ids.index(name) + 1] == f"check-{name}"
        assert _named(result, f"check-{name}").source == _named(_out(), f"check-{name}").source
    nbformat.validate(result)


def test_the_last_of_several_answers_counts_and_the_others_stay_as_cells(tmp_path: Path) -> None:
    notebook = _out()
    for number in (1, 2):
        twin = nbformat.from_dict(json.loads(json.dumps(_named(notebook, "stack"))))
        twin.source = f"stack = {number}"
        notebook.cells.append(twin)
    result = sanitise(_back(tmp_path / "nb.ipynb", notebook), _out())
    assert _named(result.notebook, "stack").source == "stack = 2"
    assert any(cell.source == "stack = 1" for cell in result.notebook.cells)
    assert any("stack" in repair for repair in result.repairs)


def test_code_that_was_given_comes_back_before_the_answer_that_needs_it(tmp_path: Path) -> None:
    notebook = _out()
    notebook.cells = [cell for cell in notebook.cells if "reader = keras.Model" not in cell.source]
    result = sanitise(_back(tmp_path / "nb.ipynb", notebook), _out()).notebook
    sources = [cell.source for cell in result.cells]
    place = next(i for i, source in enumerate(sources) if "reader = keras.Model" in source)
    assert _id(result.cells[place + 1]) == "features"


def test_code_that_is_still_there_is_not_run_twice(tmp_path: Path) -> None:
    result = sanitise(_back(tmp_path / "nb.ipynb", _out()), _out()).notebook
    sources = [cell.source for cell in result.cells if cell.cell_type == "code"]
    assert len(sources) == len([c for c in _out().cells if c.cell_type == "code"])


def test_a_students_own_cells_are_kept_and_outputs_are_not(tmp_path: Path) -> None:
    notebook = _out()
    mine = nbformat.v4.new_code_cell("helper = 1")
    mine.outputs = [nbformat.v4.new_output("stream", text="forged")]
    notebook.cells.insert(0, mine)
    result = sanitise(_back(tmp_path / "nb.ipynb", notebook), _out()).notebook
    assert result.cells[0].source == "helper = 1"
    assert all(not cell.get("outputs") for cell in result.cells)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSON"),
        (b"{nope", "JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 100_000, "deep"),
        (b"[]", "not a notebook"),
        (b'{"cells": 3, "nbformat": 4}', "not a notebook"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "not a notebook"),
        (b" " * (21 * 2**20), "larger"),
    ],
    ids=["empty", "cut", "bytes", "deep", "list", "no cells", "no source", "huge"],
)
def test_what_is_no_notebook_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "exercise.ipynb"
    path.write_bytes(content)
    with pytest.raises(UnreadableNotebook, match=said):
        read_notebook(path)


def test_links_and_folders_are_no_notebooks(tmp_path: Path) -> None:
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "folder.ipynb").mkdir()
    for name in ("link.ipynb", "folder.ipynb", "nothing.ipynb"):
        with pytest.raises(UnreadableNotebook):
            read_notebook(tmp_path / name)


@pytest.mark.parametrize("worked_in", ["", "fr", "zh"])
def test_the_notebook_in_which_the_student_worked_is_chosen(tmp_path: Path, worked_in: str) -> None:
    for place, language in (("", "en"), ("fr", "fr"), ("en", "en"), ("zh", "zh")):
        notebook = _out(language)
        if place == worked_in:
            _named(notebook, "stack").source = "stack = 3"
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "exercise.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    chosen = choose(tmp_path, SLUG)
    assert language_of(chosen) == (worked_in or "en")
    assert _named(chosen, "stack").source == "stack = 3"


def test_an_unknown_language_is_english() -> None:
    assert language_of(nbformat.v4.new_notebook(metadata={"atelier": {"language": "xx"}})) == "en"
    assert language_of(nbformat.v4.new_notebook(metadata={"atelier": [1]})) == "en"


def test_outputs_that_could_run_in_a_page_are_dropped() -> None:
    data = {
        "text/html": "<script>alert(1)</script>",
        "application/javascript": "alert(1)",
        "image/svg+xml": "<svg onload='alert(1)'/>",
        "text/plain": "shown",
    }
    kept = harmless(nbformat.v4.new_output("display_data", data=data))
    assert kept is not None
    assert kept.data == {"text/plain": "shown"}
    assert harmless(nbformat.v4.new_output("display_data", data={"text/html": "<b>"})) is None


def test_a_flood_of_output_is_cut() -> None:
    kept = harmless(nbformat.v4.new_output("stream", text="x" * 10**6))
    assert kept is not None
    assert len(kept.text) <= 20_000


def test_a_notebook_that_was_built_anew_is_the_one_that_is_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """formgrader reads them in a process that runs for days."""
    path = tmp_path / "en" / SLUG / "exercise.ipynb"
    path.parent.mkdir(parents=True)
    before = _out()
    path.write_text(json.dumps(before), encoding="utf-8")
    monkeypatch.setattr(course, "__path__", [str(tmp_path)])
    assert _out() == before
    _named(before, "check-stack").source = "check('02-functional.heap', heap)"
    path.write_text(json.dumps(before), encoding="utf-8")
    assert _out() == before
