"""The sample class goes all the way through nbgrader, and everybody earns what is right."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent / "sample_class"))

from class_ import ASSIGNMENT, ROOT, Submission, submissions
from grade import Graded, grade_class, nbgrader, points_of

CLASS = {submission.student: submission for submission in submissions()}
WELL_BEHAVED = ["ada", "dmitri", "elodie", "fang", "gita"]
PAGES = {"fr": '<html lang="fr"', "en": '<html lang="en"', "zh": '<html lang="zh'}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Graded]]:
    home = tmp_path_factory.mktemp("class")
    yield {one.submission.student: one for one in grade_class(home, list(CLASS.values()))}
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.parametrize("student", CLASS)
def test_everybody_earns_the_expected_points(graded: dict[str, Graded], student: str) -> None:
    assert graded[student].points == CLASS[student].points, CLASS[student].about


def test_the_same_work_earns_the_same_in_three_languages(graded: dict[str, Graded]) -> None:
    assert {CLASS[name].language for name in ("dmitri", "elodie", "fang")} == {"fr", "en", "zh"}
    assert graded["dmitri"].points == graded["elodie"].points == graded["fang"].points


@pytest.mark.parametrize("student", [name for name in CLASS if CLASS[name].plain])
def test_feedback_is_in_the_students_language(graded: dict[str, Graded], student: str) -> None:
    page = graded[student].feedback.read_text(encoding="utf-8")
    assert PAGES[CLASS[student].language] in page


def test_a_cheat_finds_neither_solutions_nor_gradebook(graded: dict[str, Graded]) -> None:
    folder = graded["lena"].feedback.parents[3] / "autograded" / "lena" / ASSIGNMENT
    notebook = nbformat.read(folder / "exercise.ipynb", as_version=4)
    printed = [o.text for c in notebook.cells for o in c.get("outputs", ()) if "text" in o]
    assert "found: [] []\n" in printed


def test_the_command_line_grades_one_student_again_and_says_what_was_earned(
    graded: dict[str, Graded],
) -> None:
    course = graded["ada"].feedback.parents[3]
    argv = [sys.executable, "-m", "grader", "autograde", ASSIGNMENT, "--student", "ada"]
    done = subprocess.run(argv, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "24/24" in done.stdout


@pytest.mark.parametrize(
    "words", [["autograde", "99-nothing"], ["autograde"], [], ["autograde", ASSIGNMENT]]
)
def test_wrong_usage_ends_with_2(words: list[str], tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "grader", *words]
    assert subprocess.run(argv, cwd=tmp_path, capture_output=True).returncode == 2


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """The well-behaved part of the class, graded by an nbgrader that knows nothing of us."""
    course = tmp_path_factory.mktemp("stock") / "course"
    source = course / "source" / ASSIGNMENT
    source.parent.mkdir(parents=True)
    shutil.copytree(ROOT / "solutions" / "en" / ASSIGNMENT, source)
    nbgrader("generate_assignment", ASSIGNMENT, cwd=course)
    for student in WELL_BEHAVED:
        folder = course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / "exercise.ipynb").write_text(CLASS[student].content, encoding="utf-8")
    nbgrader("autograde", ASSIGNMENT, cwd=course)
    return {student: points_of(course, student) for student in WELL_BEHAVED}


@pytest.mark.parametrize("student", WELL_BEHAVED)
def test_a_stock_nbgrader_gives_the_same_points(
    stock: dict[str, dict[str, float]], student: str
) -> None:
    submission: Submission = CLASS[student]
    assert stock[student] == submission.points
