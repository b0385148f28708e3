"""Judges are processes of their own: what happens to one is said, and the next one goes on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import NoReturn

import psutil
import pytest

from course.warm import fork
from grader.judges import MEMORY, JudgeFailed, Judges
from grader.judging import asked
from grader.rubric import load_rubric
from grader.sandbox import start

can_fork = pytest.mark.skipif(fork.obstacle(os.environ) is not None, reason="forking is not safe")


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    with Judges(2) as found:
        yield found


@can_fork
def test_a_judge_is_another_process_and_is_asked_again_and_again(judges: Judges) -> None:
    pids = {judges.call(os.getpid) for _time in range(4)}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_a_judge_tells_what_is_asked_as_it_is_known_here(judges: Judges) -> None:
    from course.units import unit

    told = judges.call(asked, "02-functional")
    known = load_rubric(unit("02-functional")).tasks
    assert [task.to_json() for task in told] == [task.to_json() for task in known]
    assert all(task.live is None for task in told), "a reference would be sent"


def test_answers_come_in_the_order_of_the_questions(judges: Judges) -> None:
    assert list(judges.map(abs, range(-50, 50))) == [abs(number) for number in range(-50, 50)]


@can_fork
def test_what_a_judge_prints_is_no_answer(judges: Judges) -> None:
    assert judges.call(print, "to whom it concerns") is None
    assert judges.call(abs, -3) == 3


@can_fork
def test_what_a_judge_cannot_do_is_said(judges: Judges) -> None:
    with pytest.raises(JudgeFailed, match=r"ValueError: invalid literal .* 'three'"):
        judges.call(int, "three")
    assert judges.call(int, "3") == 3


@can_fork
def test_one_that_fails_among_many_is_told_in_its_place(judges: Judges) -> None:
    one, failed, three = judges.map(int, ["1", "two", "3"])
    assert (one, three) == (1, 3)
    assert isinstance(failed, JudgeFailed)


@can_fork
def test_after_a_judge_that_died_comes_another(judges: Judges) -> None:
    with pytest.raises(JudgeFailed, match="ended; run the same command again"):
        judges.call(os._exit, 1)
    assert judges.call(abs, -3) == 3


@can_fork
def test_a_judge_without_end_is_ended_and_that_is_said(
    judges: Judges, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = psutil.Process(judges.call(os.getpid))
    monkeypatch.setattr("grader.judges.SECONDS", 0.1)
    with pytest.raises(JudgeFailed, match="no verdict within"):
        judges.call(time.sleep, 600)
    assert psutil.wait_procs([process], timeout=60)[0]
    monkeypatch.undo()
    assert judges.call(abs, -3) == 3


@can_fork
def test_a_judge_that_takes_too_much_memory_is_not_given_it(judges: Judges) -> None:
    with pytest.raises(JudgeFailed, match="MemoryError"):
        judges.call(bytearray, MEMORY)
    assert judges.call(abs, -3) == 3


@can_fork
def test_judges_end_when_nobody_needs_them(judges: Judges) -> None:
    with Judges() as one:
        process = psutil.Process(one.call(os.getpid))
    assert psutil.wait_procs([process], timeout=60)[0]
    assert judges.call(abs, -3) == 3


def test_where_nothing_can_be_forked_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot() -> NoReturn:
        raise fork.CannotFork("not here")

    monkeypatch.setattr(start, "template", cannot)
    with Judges() as one:
        assert one.call(os.getpid) == os.getpid()
        assert list(one.map(abs, [-1, 2])) == [1, 2]


def test_grading_imports_no_keras_of_its_own() -> None:
    """What takes longest is imported once, where kernels and judges come from."""
    import subprocess

    code = (
        "import sys, nbgrader.apps, grader.__main__, grader.autograde, grader.cluster, "
        "grader.rejudge, grader.report; print({'keras', 'tensorflow'} & sys.modules.keys())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n", said.stderr
