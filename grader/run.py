"""Run one submission: a sanitised notebook in, outputs and evidence out, all of it plain data.

Where it runs, there need be no reference, no gradebook and no shared disk: a ``Job`` and an
``Outcome`` travel as bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader import kernels, probe
from grader.probe import CHALLENGE, EVIDENCE, LANGUAGE
from grader.sandbox import walls
from grader.sandbox.room import Room
from grader.sandbox.view import NoSandbox
from grader.unseen import forms_in
from grader.untrusted import writable

_FOLDER, _CHALLENGE = "evidence", "challenge.json"  # as files are called in the room
_PICTURES = ("image/png", "image/jpeg")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=]+")
_MOST_TEXT = 20_000
_MOST_PICTURE = 4 * 2**20
# In the environment of a process: how many notebooks run there at a time while others start or end.
AT_ONCE = "ATELIER_AT_ONCE"
# What decides what a notebook computes, beside itself.
_PACKAGES = ("tensorflow", "keras", "numpy", "ipykernel")
_turns: AbstractContextManager[Any] = (
    threading.Semaphore(int(os.environ[AT_ONCE])) if AT_ONCE in os.environ else nullcontext()
)


@dataclass(frozen=True)
class Job:
    """A sanitised notebook to run.

    ``challenge`` holds the seed that the answers are computed on, what inputs each question asks
    for (``signatures``: names, shapes, dtypes by the id of the question), and the examples that
    some are measured on (``unseen``: ``grader.unseen.examples``), without their labels.
    """

    notebook: str
    challenge: Mapping[str, Any]
    language: str

    @property
    def key(self) -> str:
        """The same for jobs that do the same here: code, questions, environment; not the draws."""
        asked = [self.challenge["signatures"], forms_in(self.challenge)]
        return _digest([self.code, *asked, environment()])

    @cached_property
    def code(self) -> str:
        """The same for notebooks of the same code and language."""
        return code_of(nbformat.reads(self.notebook, 4), self.language)


def code_of(notebook: NotebookNode, language: str) -> str:
    """What ``Job.code`` is for a sanitised notebook."""
    return _digest([[cell.source for cell in notebook.cells if _is_code(cell)], language])


def _digest(about: object) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What came out of each code cell (its count and harmless outputs), and evidence by file name.

    ``seconds`` is what the cells took; ``problem`` is a sentence in English if not all were run.
    """

    cells: Sequence[Mapping[str, Any]]
    evidence: Mapping[str, bytes]
    seconds: float
    problem: str | None = None

    def show_in(self, notebook: NotebookNode) -> None:
        """Write the outputs into the notebook that was run, and what went wrong."""
        for cell, ran in zip(filter(_is_code, notebook.cells), self.cells, strict=True):
            cell.update(nbformat.from_dict(dict(ran)))
        if self.problem is not None:
            notebook.metadata["atelier"]["problem"] = self.problem


def flaw(job: Job, outcome: object) -> str | None:
    """Why this cannot have come out of ``job``; None if it can. It may come from afar."""
    if not isinstance(outcome, Outcome):
        return f"a {type(outcome).__name__}"
    cells = sum(map(_is_code, nbformat.reads(job.notebook, 4).cells))
    if len(outcome.cells) != cells:
        return f"{len(outcome.cells)} cells instead of {cells}"
    if any(set(cell) != {"execution_count", "outputs"} for cell in outcome.cells):
        return "a cell of another form"
    known = set(_names(job.challenge["signatures"]))
    for name, content in outcome.evidence.items():
        if name not in known or not isinstance(content, bytes):
            return f"evidence called {name!r}"
        if len(content) > probe.MOST_BYTES + 1:
            return f"{name} has {len(content)} bytes"
    return None


@cache
def environment() -> Mapping[str, str]:
    """The versions of what notebooks compute with, and of the form of evidence."""
    packages = {name: version(name) for name in _PACKAGES}
    return {"python": platform.python_version(), "evidence": str(probe.FORM), **packages}


def prepare() -> None:
    """Do ahead what the first ``execute`` of a process does: try the walls, import libraries."""
    with suppress(NoSandbox):  # the first execution says so
        walls.require()
        walls.can_be_warm()


def execute(job: Job) -> Outcome:
    """Run the notebook, locked up. Raises ``NoSandbox`` where it cannot be.

    A kernel that went away may have been ended from outside, by a machine short of memory or
    with its template: the notebook is then run a second time, and what comes out of that counts.
    """
    walls.require()
    is_warm = walls.can_be_warm()
    seconds = 0.0
    for is_last in (False, True):
        notebook, evidence, ran = _run(job, is_warm=is_warm)
        seconds += ran.seconds
        if is_last or not ran.was_lost:
            break
    cells = [_ran(cell) for cell in notebook.cells if _is_code(cell)]
    return Outcome(cells, evidence, round(seconds, 2), ran.problem)


def _run(job: Job, *, is_warm: bool) -> tuple[NotebookNode, dict[str, bytes], kernels.Run]:
    notebook = nbformat.reads(job.notebook, as_version=4)
    with Room() as room:
        room.make_folder(_FOLDER)
        room.put(_CHALLENGE, json.dumps(job.challenge).encode())
        given = {
            EVIDENCE: str(room.home / _FOLDER),
            CHALLENGE: str(room.home / _CHALLENGE),
            LANGUAGE: job.language,
        }
        ran = kernels.run(notebook, room, given, job.language, is_warm=is_warm, turn=_turns)
        checked = _checked(notebook)
        tasks = [task for task in job.challenge["signatures"] if task.partition(".")[2] in checked]
        return notebook, _evidence(room, tasks), ran


def _ran(cell: NotebookNode) -> dict[str, Any]:
    shown = [kept for output in cell.outputs if (kept := harmless(output)) is not None]
    return {"execution_count": cell.execution_count, "outputs": shown}


def _checked(notebook: NotebookNode) -> set[str]:
    """The names of the questions whose check cells ran to their end: what an earlier cell tried
    out is no answer."""
    return {
        str(cell.metadata["nbgrader"]["grade_id"]).removeprefix("check-")
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
        and cell.get("execution_count") is not None
    }


def _is_code(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code")


def _evidence(room: Room, tasks: Sequence[str]) -> dict[str, bytes]:
    """What lies in the room: plain files of known names and bounded size."""
    found = {n: room.read(f"{_FOLDER}/{n}", probe.MOST_BYTES + 1) for n in _names(tasks)}
    return {name: content for name, content in found.items() if content is not None}


def _names(tasks: Iterable[str]) -> list[str]:
    """How the files of evidence on these questions are called."""
    return [f"{task}.{kind}" for task in tasks for kind in ("json", "npz")]


def harmless(output: NotebookNode) -> NotebookNode | None:
    """An output as text or a picture; what could run in a page is dropped.

    Nothing in it need be what it should: student code can send messages of its own making.
    """
    if output.output_type == "stream":
        output.text = _text(output.text)
        output.name = "stderr" if output.name == "stderr" else "stdout"
    elif output.output_type == "error":
        output.ename, output.evalue = _text(output.ename)[:200], _text(output.evalue)
        lines = output.traceback if isinstance(output.traceback, list) else []
        output.traceback = [_text(line) for line in lines[-50:]]
    elif output.output_type in ("display_data", "execute_result"):
        if not isinstance(output.data, dict):
            return None
        kept = NotebookNode()
        for kind, content in output.data.items():
            if kind == "text/plain" and isinstance(content, str):
                kept[kind] = _text(content)
            elif kind in _PICTURES and isinstance(content, str) and len(content) < _MOST_PICTURE:
                kept[kind] = "".join(_NOT_BASE64.split(content))
        if not kept:
            return None
        output.data, output.metadata = kept, NotebookNode()
        if output.output_type == "execute_result":
            output.execution_count = None
    else:
        return None
    return output


def _text(value: Any) -> str:
    return writable(str(value)[:_MOST_TEXT])
