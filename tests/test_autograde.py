"""A class is graded once: what has not changed is kept, what was cut off goes on, and a new rubric
needs no new run."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbgrader.apps import NbGraderAPI

sys.path.insert(0, str(Path(__file__).parent / "sample_class"))

from class_ import ASSIGNMENT, ROOT, Submission, submissions
from grade import nbgrader, points_of

from grader import __main__ as command
from grader import judging, keep, rubric, run
from grader.judges import JudgeFailed, Judges
from grader.verdict import Verdict
from solutions import functional

CLASS = {submission.student: submission for submission in submissions()}
STUDENTS = ("ada", "chen", "dmitri", "hugo", "jonas")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder in which five students have handed in, and nobody was graded."""
    course = tmp_path_factory.mktemp("class") / "course"
    course.mkdir()
    (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
    nbgrader("generate_assignment", ASSIGNMENT, cwd=course)
    for student in STUDENTS:
        _hand_in(course, CLASS[student])
    return course


def _hand_in(course: Path, submission: Submission, student: str = "") -> None:
    folder = course / "submitted" / (student or submission.student) / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exercise.ipynb").write_text(submission.content, encoding="utf-8")


@pytest.fixture(scope="module")
def graded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course folder after one undisturbed run."""
    course = _copy(template, tmp_path_factory.mktemp("graded"))
    assert _told(_grade(course, "--json", "--jobs", "2")) == dict.fromkeys(STUDENTS, "graded")
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded course, to go on with."""
    return _copy(graded, tmp_path)


def _copy(course: Path, home: Path) -> Path:
    return Path(shutil.copytree(course, home / "course", symlinks=True))


def _start(course: Path, *words: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-m", "grader", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(argv, cwd=course, text=True, **pipes)  # type: ignore[call-overload]


def _grade(course: Path, *words: str) -> str:
    process = _start(course, "autograde", ASSIGNMENT, *words)
    said, errors = process.communicate()
    assert process.returncode == 0, said + errors
    return said


def _told(said: str) -> dict[str, str]:
    """The state of each student, as ``--json`` says it."""
    lines = [json.loads(line) for line in said.splitlines()]
    return {line["student"]: line["state"] for line in lines if "student" in line}


def _results(course: Path) -> dict[str, object]:
    """Everything that anybody sees: points, autograded notebooks, feedback."""
    found: dict[str, object] = {}
    for student in STUDENTS:
        path = course / "autograded" / student / ASSIGNMENT / "exercise.ipynb"
        notebook = nbformat.read(path, as_version=4)
        cells = [(cell.source, cell.get("outputs")) for cell in notebook.cells]
        found[student] = (points_of(course, student), cells)
    return found


@pytest.mark.parametrize("student", STUDENTS)
def test_everybody_earns_what_nbgrader_alone_gives(graded: Path, student: str) -> None:
    assert points_of(graded, student) == CLASS[student].points


@pytest.fixture
def in_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The course folder, for commands in this process, which may run no student code."""

    def execute(_job: run.Job) -> run.Outcome:
        raise AssertionError("student code was run")

    monkeypatch.chdir(course)
    monkeypatch.setattr(run, "execute", execute)
    yield course


def test_what_has_not_changed_is_neither_run_nor_recorded_again(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (in_course / "gradebook.db").read_bytes()
    assert command.main(["autograde", ASSIGNMENT, "--json"]) == 0
    assert _told(capsys.readouterr().out) == dict.fromkeys(STUDENTS, "kept")
    assert (in_course / "gradebook.db").read_bytes() == before


def test_a_newer_submission_is_run_and_nobody_elses(course: Path) -> None:
    _hand_in(course, CLASS["ada"], "dmitri")
    assert _told(_grade(course, "--json")) == {
        **dict.fromkeys(STUDENTS, "kept"),
        "dmitri": "graded",
    }
    assert points_of(course, "dmitri") == CLASS["ada"].points


def test_what_is_only_handed_in_later_is_recorded_again_but_not_run(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = in_course / "submitted" / "ada" / ASSIGNMENT / "timestamp.txt"
    stamp.write_text("2030-01-01 00:00:00 UTC")
    assert command.main(["autograde", ASSIGNMENT, "--json"]) == 0
    assert _told(capsys.readouterr().out)["ada"] == "graded"


def test_cut_off_anywhere_it_goes_on_and_ends_the_same(
    template: Path, graded: Path, tmp_path: Path
) -> None:
    course = _copy(template, tmp_path)
    process = _start(course, "autograde", ASSIGNMENT, "--jobs", "2")
    evidence = course / "evidence" / ASSIGNMENT
    while not list(evidence.glob(f"*/{keep.OUTCOME}")) and process.poll() is None:
        time.sleep(0.05)
    family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended with its parent, or by itself
            member.send_signal(signal.SIGKILL)
    process.communicate()
    assert psutil.wait_procs(family, timeout=20)[1] == []
    kept = {p.parent.name: p.stat().st_mtime_ns for p in evidence.glob(f"*/{keep.OUTCOME}")}
    assert kept
    _grade(course)
    for student, when in kept.items():
        assert (evidence / student / keep.OUTCOME).stat().st_mtime_ns == when, "it was run again"
    assert _results(course) == _results(graded)


def test_a_second_grader_waits_for_the_first(course: Path) -> None:
    with (course / "evidence" / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = _start(course, "autograde", ASSIGNMENT)
        assert process.stderr is not None
        assert "somebody else grades in this course" in process.stderr.readline()
        assert process.poll() is None
    said, errors = process.communicate()
    assert process.returncode == 0, said + errors
    assert f"{len(STUDENTS)} unchanged" in said


def test_a_student_who_handed_in_nothing_is_named(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["autograde", ASSIGNMENT, "--student", "zoe"]) == 2
    assert "zoe has handed in nothing" in capsys.readouterr().err


def test_without_a_scheduler_at_the_address_everybody_is_told_so(
    course: Path,
) -> None:
    words = ("--again", "--student", "ada", "--scheduler", "tcp://127.0.0.1:9")
    process = _start(course, "autograde", ASSIGNMENT, *words)
    said, _errors = process.communicate()
    assert process.returncode == 1
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in said


# -- a new rubric --------------------------------------------------------------------------------


@pytest.fixture
def weighed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of “stack”, half a point goes from the names to the model itself."""
    more = {"equivalent": 0.5, "layer-names": -0.5}
    _change_stack(monkeypatch, more)


def _change_stack(monkeypatch: pytest.MonkeyPatch, more: Mapping[str, float]) -> None:
    topic = rubric.split_id(f"{ASSIGNMENT}.stack")[0]
    old = rubric.load_rubric(topic)
    tasks = [
        replace(
            task,
            criteria=tuple(replace(c, points=c.points + more.get(c.kind, 0)) for c in task.criteria)
            if task.name == "stack"
            else task.criteria,
        )
        for task in old.tasks
    ]
    monkeypatch.setattr(functional, "RUBRIC", replace(old, tasks=tuple(tasks)))
    monkeypatch.setattr(command, "Judges", lambda _count=1: Judges(0))  # in this process


def test_with_the_same_rubric_nothing_changes(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["rejudge", ASSIGNMENT]) == 0
    assert "4 judged, 0 change" in capsys.readouterr().out  # hugo's file cannot be read


@pytest.mark.usefixtures("weighed_anew")
def test_a_new_rubric_says_whose_points_change_and_why_and_records_nothing_unasked(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (in_course / "gradebook.db").read_bytes()
    assert command.main(["rejudge", ASSIGNMENT]) == 0
    said = capsys.readouterr().out
    assert "dmitri               stack 3.5 -> 3.25  equivalent 1.5/3 -> 1.75/3.5: " in said
    assert "4 judged, 1 change, -0.25 points in all" in said
    assert "Nothing was recorded" in said
    assert (in_course / "gradebook.db").read_bytes() == before


class _Fainting(Judges):
    def call(self, function: Any, *arguments: Any) -> Any:
        if arguments[-1] == "chen":
            raise JudgeFailed("the process that judged ended")
        return super().call(function, *arguments)


@pytest.mark.usefixtures("weighed_anew")
def test_one_that_cannot_be_judged_again_is_named_and_the_others_are_recorded(
    in_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "Judges", lambda _count=1: _Fainting(0))
    assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 1
    said = capsys.readouterr().out
    assert "chen                 was not judged: the process that judged ended" in said
    assert "3 judged, 1 change, -0.25 points in all" in said
    assert points_of(in_course, "chen") == CLASS["chen"].points
    assert points_of(in_course, "dmitri")["stack"] == 3.25


@pytest.mark.usefixtures("weighed_anew")
def test_a_new_rubric_is_recorded_without_running_anything(in_course: Path) -> None:
    assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 0
    for student in STUDENTS:
        changed = {"stack": 3.25} if student == "dmitri" else {}
        assert points_of(in_course, student) == {**CLASS[student].points, **changed}


@pytest.mark.usefixtures("weighed_anew")
def test_what_could_not_be_recorded_changes_still_when_it_is_judged_again(
    in_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as meanwhile:
        full = {"success": False, "error": "", "log": "OSError: no space left on device"}
        meanwhile.setattr(NbGraderAPI, "autograde", lambda *_args, **_more: full)
        assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 1
    assert "no space left" in capsys.readouterr().out
    assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 0
    assert "dmitri               stack 3.5 -> 3.25" in capsys.readouterr().out
    assert points_of(in_course, "dmitri")["stack"] == 3.25


def test_what_a_newer_judge_finds_is_recorded_though_the_rubric_is_the_same(
    in_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = judging.judge

    def stricter(task: rubric.Task, *about: Any) -> Verdict:
        found = judge(task, *about)
        results = tuple(replace(r, points=r.points / 2) for r in found.results)
        return replace(found, results=results) if task.name == "stack" else found

    monkeypatch.setattr(judging, "judge", stricter)
    monkeypatch.setattr(command, "Judges", lambda _count=1: Judges(0))  # in this process
    assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 0
    assert points_of(in_course, "ada")["stack"] == CLASS["ada"].points["stack"] / 2


@pytest.mark.usefixtures("weighed_anew")
def test_what_was_handed_in_anew_is_not_run_by_judging_again(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _hand_in(in_course, CLASS["ada"], "dmitri")
    assert command.main(["rejudge", ASSIGNMENT, "--yes"]) == 0
    assert "dmitri               has handed in anew" in capsys.readouterr().out
    assert points_of(in_course, "dmitri") == CLASS["dmitri"].points


@pytest.mark.parametrize("words", [["autograde"], ["rejudge", "--yes"]])
def test_a_gradebook_with_other_points_than_the_rubric_is_named_with_the_remedy(
    words: list[str],
    in_course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _change_stack(monkeypatch, {"equivalent": 2})
    assert command.main([words[0], ASSIGNMENT, *words[1:]]) == 2
    said = capsys.readouterr().err
    assert "stack is worth 5 points in the gradebook and 7 in the rubric" in said
    assert f"nbgrader generate_assignment {ASSIGNMENT} --force" in said


def test_an_assignment_that_the_gradebook_does_not_know_is_named(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["autograde", "01-sequential"]) == 2
    assert "nbgrader generate_assignment 01-sequential" in capsys.readouterr().err


def test_a_question_that_asks_for_other_inputs_is_named(
    in_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = in_course / "evidence" / ASSIGNMENT / "ada" / keep.CHALLENGE
    challenge = json.loads(path.read_text())
    challenge["signatures"][f"{ASSIGNMENT}.stack"] = [["image", [None, 3], "float32"]]
    path.write_text(json.dumps(challenge))
    assert command.main(["rejudge", ASSIGNMENT]) == 0
    assert f"must run again: {ASSIGNMENT}.stack" in capsys.readouterr().out


def test_the_lock_goes_with_its_holder(course: Path) -> None:
    process = _start(course, "autograde", ASSIGNMENT)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert f"{len(STUDENTS)} unchanged" in _grade(course)
