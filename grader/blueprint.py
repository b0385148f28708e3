"""What is handed out of a rubric: its tasks as data, and numbers that the references computed.

``course/blueprints/NN-slug.json`` has the tasks, ``NN-slug.npz`` the numbers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from course.units import Unit
from grader.rubric import Task, UnknownTask, load_rubric, split_id
from grader.samples import Answers

Numbers = Mapping[str, Answers]  # by the names of tasks
_FOLDER = "blueprints"


def load_blueprint(task_id: str) -> Task:
    """The task as handed out with the course. Raises ``UnknownTask``."""
    topic, name = split_id(task_id)
    tasks = _blueprint(topic.slug)
    if name not in tasks:
        raise UnknownTask(task_id, [task.id for task in tasks.values()])
    return tasks[name]


@lru_cache
def _blueprint(slug: str) -> dict[str, Task]:
    folder = Path(str(resources.files("course"))) / _FOLDER
    path = folder / f"{slug}.json"
    if not path.is_file():
        return {}
    tasks = [Task.from_json(data) for data in json.loads(path.read_text(encoding="utf-8"))]
    numbers = read_numbers(path.with_suffix(".npz"))
    return {task.name: replace(task, kept=numbers.get(task.name)) for task in tasks}


def write_blueprints(units: Sequence[Unit], folder: Path) -> None:
    """Write ``NN-slug.json`` and ``NN-slug.npz`` for each unit that has an exercise.

    Numbers that another processor rounds otherwise are left as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for topic in units:
        tasks = load_rubric(topic).tasks
        path = folder / f"{topic.slug}.json"
        data = [task.to_json() for task in tasks]
        text = json.dumps(data, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
        numbers = _computed(tasks)
        if not alike(numbers, read_numbers(path.with_suffix(".npz"))):
            np.savez_compressed(path.with_suffix(".npz"), allow_pickle=False, **_arrays(numbers))


def _computed(tasks: Sequence[Task]) -> Numbers:
    from grader.numbers import kept
    from grader.trace import read_live

    found = {task.name: kept(read_live(task.live)) for task in tasks if task.live is not None}
    return {name: answers for name, answers in found.items() if answers is not None}


def _arrays(numbers: Numbers) -> dict[str, np.ndarray]:
    return {
        f"{name}/{part}": array
        for name, answers in numbers.items()
        for part, array in answers.to_arrays().items()
    }


def read_numbers(path: Path) -> Numbers:
    """The numbers in a file; none if there is no such file."""
    if not path.is_file():
        return {}
    parts: dict[str, dict[str, np.ndarray]] = {}
    with np.load(path, allow_pickle=False) as arrays:
        for key in arrays.files:
            name, _slash, part = key.partition("/")
            parts.setdefault(name, {})[part] = arrays[key]
    return {name: Answers.from_arrays(found) for name, found in parts.items()}


def alike(one: Numbers, other: Numbers) -> bool:
    """Whether numbers are the same up to rounding."""
    mine, theirs = _arrays(one), _arrays(other)
    return mine.keys() == theirs.keys() and all(
        array.shape == theirs[key].shape and _rounded_alike(array, theirs[key])
        for key, array in mine.items()
    )


def _rounded_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Beside a gradient of thousands, one of a thousandth is what rounding leaves."""
    largest = float(np.abs(other[np.isfinite(other)]).max(initial=0.0))
    return np.allclose(one, other, rtol=1e-3, atol=1e-5 + 1e-6 * largest, equal_nan=True)
