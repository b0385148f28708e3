"""Data that no student has seen, for tasks that leave the model open: it is measured on them.

Everything is drawn from a secret that never travels. What goes where student code runs is inputs
alone (``examples``); whoever has the secret draws them again, and the labels with them (``drawn``).
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from course import helpdesk, parts

if TYPE_CHECKING:
    from grader.rubric import Task

Columns = Mapping[str, np.ndarray]  # by the names of inputs, or of outputs; one row an example
COUNT = 200  # examples

# How each set is drawn: so many examples, in a language, with a generator -> inputs, labels.
_SETS: Mapping[str, Callable[[int, str, np.random.Generator], tuple[Columns, Columns]]] = {
    "tickets": helpdesk.draw,
    "parts": parts.draw,
}


@lru_cache(maxsize=16)
def drawn(data: str, secret: int, language: str) -> tuple[Columns, Columns]:
    """The inputs and the labels of the set ``data`` that ``secret`` draws."""
    return _SETS[data](COUNT, language, np.random.default_rng(secret))


def examples(tasks: Sequence[Task], secret: int, language: str) -> dict[str, Any]:
    """What travels, as JSON data: for each task that is measured, the inputs of its examples."""
    return {
        task.id: {
            "form": _form(task.unseen, language),
            "inputs": {n: _packed(a) for n, a in drawn(task.unseen, secret, language)[0].items()},
        }
        for task in tasks
        if task.unseen is not None
    }


def forms(tasks: Sequence[Task], language: str) -> dict[str, str]:
    """For each task that is measured, what is the same as long as a secret draws the same data."""
    return {task.id: _form(task.unseen, language) for task in tasks if task.unseen is not None}


def forms_in(challenge: Mapping[str, Any]) -> dict[str, str]:
    """The ``forms`` that a challenge was drawn with."""
    return {task: about["form"] for task, about in challenge.get("unseen", {}).items()}


def unpacked(inputs: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """The arrays that ``examples`` packed, by the names of inputs."""
    return {name: _array(**about) for name, about in inputs.items()}


def _packed(array: np.ndarray) -> dict[str, Any]:
    data = base64.b85encode(zlib.compress(array.tobytes())).decode()
    return {"dtype": str(array.dtype), "shape": list(array.shape), "data": data}


def _array(dtype: str, shape: Sequence[int], data: str) -> np.ndarray:
    return np.frombuffer(zlib.decompress(base64.b85decode(data)), dtype).reshape(shape)


@lru_cache
def _form(data: str, language: str) -> str:
    """A fingerprint of how a set is drawn: of what comes of a secret that is none."""
    digest = hashlib.sha256()
    for columns in drawn(data, 0, language):
        for name in sorted(columns):
            digest.update(name.encode() + columns[name].tobytes())
    return digest.hexdigest()[:16]
