"""Every task of every unit: right answers in any style earn everything, wrong ones are told why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from course.units import UNITS
from grader import feedback
from grader.blueprint import load_blueprint
from grader.judge import judge
from grader.probe import collect
from grader.rubric import Task, load_rubric, load_task
from grader.selfcheck import practice, signature
from grader.verdict import Verdict
from tests.corpus import CORPORA, cases, load

ANSWERS = CORPORA / "answers"
RIGHT, WRONG = 12, 10  # at least, of each task


def _files() -> Iterator[tuple[str, Path]]:
    for unit in UNITS:
        for path in sorted((ANSWERS / unit.module).glob("*.py")):
            yield f"{unit.slug}.{path.stem}", path


def _cases(prefix: str) -> Iterator[Any]:
    for task, path in _files():
        module = load(path)
        for name in cases(module, prefix):
            yield pytest.param(task, getattr(module, name), id=f"{task}-{name}")


def _verdicts(task: str, answer: object) -> Iterator[Verdict]:
    """What grading says, with the reference at hand, and what a student's own check says."""
    live = load_task(task)
    challenge = practice(live)
    evidence = collect(task, answer, challenge, signature(live))
    for known in (live, load_blueprint(task)):
        yield judge(known, evidence, challenge)


@pytest.mark.parametrize(("task", "answer"), list(_cases("right_")))
def test_a_right_answer_earns_everything_in_any_style(task: str, answer: Any) -> None:
    for verdict in _verdicts(task, answer()):
        assert verdict.points == verdict.max_points, feedback.text(verdict, "en")


@pytest.mark.parametrize(("task", "answer"), list(_cases("wrong_")))
def test_a_wrong_answer_is_told_what_is_wrong(task: str, answer: Any) -> None:
    for verdict in _verdicts(task, answer()):
        assert verdict.points < verdict.max_points
        said = feedback.text(verdict, "en")
        assert " ".join(answer.__doc__.split()) in " ".join(said.split()), said


def _tasks() -> Iterator[Any]:
    for unit in UNITS:
        for task in load_rubric(unit).tasks:
            yield pytest.param(unit.module, task, id=task.id)


@pytest.mark.parametrize(("module", "task"), list(_tasks()))
def test_every_task_has_its_answers_and_every_mistake_its_message_among_them(
    module: str, task: Task
) -> None:
    answers: ModuleType = load(ANSWERS / module / f"{task.name}.py")
    assert len(cases(answers, "right_")) >= RIGHT
    wrong = cases(answers, "wrong_")
    assert len(wrong) >= WRONG
    expected = [" ".join(getattr(answers, name).__doc__.split()) for name in wrong]
    for mistake in task.mistakes:
        assert any(words in mistake.message for words in expected), mistake.message
