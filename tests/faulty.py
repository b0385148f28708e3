"""A class of sixty, graded by the command line in a process where faults are injected.

``python -m tests.faulty PLAN`` is ``grader autograde`` for the class; ``PLAN`` (JSON) says which
student meets which fault of ``corpora/faults``. What students wrote was run once, in the real
sandbox (``record``): workers answer from that recording, by the job's key. ``template`` starts
what all these processes are forked from.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from grader import lean  # noqa: F401  before nbformat

# isort: split
import nbformat

from course.units import unit
from grader.run import Job, Outcome

ROOT = Path(__file__).resolve().parents[1]
FAULTS = Path(__file__).resolve().parent / "corpora" / "faults"
ASSIGNMENT = "00-welcome"
CHALLENGE = {"seed": 7, "secret": 7}  # the recording answers this one
_PLAN = "FAULTY_PLAN"
_LIBRARIES = (
    "tensorflow",
    "keras",
    "nbgrader.apps",
    "nbgrader.converters",
    "nbclient",
    "distributed",
)

# What the sixty hand in for `first`: the source of the answer, by kind.
ANSWERS = {
    "right": "first = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(3)])",
    "half": "first = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(5)])",
    "swapped": "first = keras.Sequential([keras.Input(shape=(3,)), layers.Dense(4)])",
    "nothing": "first = ...",
    "raises": "first = keras.Sequential([layers.Dense('three')])",
}
LANGUAGES = ("en", "fr", "zh")


# -- what a fault's file can reach ----------------------------------------------------------------


@dataclass(frozen=True)
class Desk:
    """Where the files of one student lie in the course that is graded."""

    course: Path
    student: str

    @property
    def submitted(self) -> Path:
        return self.course / "submitted" / self.student / ASSIGNMENT

    @property
    def evidence(self) -> Path:
        return self.course / "evidence" / ASSIGNMENT / self.student

    @property
    def autograded(self) -> Path:
        return self.course / "autograded" / self.student / ASSIGNMENT

    @property
    def gradebook(self) -> Path:
        return self.course / "gradebook.db"

    def other(self, student: str) -> Desk:
        return Desk(self.course, student)

    def keep_aside(self, path: Path) -> None:
        """Copy a file to where ``put_back`` finds it."""
        aside = self.course.parent / "aside" / self.student
        aside.mkdir(parents=True, exist_ok=True)
        (aside / path.name).write_bytes(path.read_bytes())

    def put_back(self, path: Path) -> None:
        path.write_bytes((self.course.parent / "aside" / self.student / path.name).read_bytes())

    def once(self, name: str) -> bool:
        """Whether this is the first time that ``name`` is asked for; survives any death."""
        try:
            (self.course.parent / f"{name}.once").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass(frozen=True)
class Plan:
    """One run of the command: of which course, with which faults, by the student they befall."""

    course: str
    recording: str
    faults: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    is_real: bool = False  # with the real sandbox

    def desk(self, student: str) -> Desk:
        return Desk(Path(self.course), student)


def faults(when: str | None = None) -> dict[str, ModuleType]:
    """The corpus, by name: all of it, or what happens ``when``."""
    found = {path.stem: _load(path) for path in sorted(FAULTS.glob("[a-z]*.py"))}
    return {name: fault for name, fault in found.items() if when in (None, fault.WHEN)}


@cache
def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- on the worker --------------------------------------------------------------------------------


def execute(job: Job) -> Outcome:
    """What workers do with a job: what the recording says, unless a fault befalls its student."""
    plan = _plan()
    student = student_of(job)
    with (Path(plan.course).parent / "ran").open("a") as log:
        log.write(f"{json.dumps(student)}\n")
    fault = plan.faults.get(student)
    injected = _load(FAULTS / f"{fault}.py") if fault else None
    if plan.is_real:
        return _real(job, injected, plan.desk(student))
    ordinary = partial(_recorded, plan, job)
    work = getattr(injected, "work", None)
    outcome: Outcome = ordinary() if work is None else work(job, ordinary, plan.desk(student))
    return outcome


def student_of(job: Job) -> str:
    """Who wrote a notebook: everybody's begins with their name."""
    first = nbformat.reads(job.notebook, 4).cells[0].source
    return str(json.loads(first.removeprefix("# ")))


def _plan() -> Plan:
    return Plan(**json.loads(Path(os.environ[_PLAN]).read_text()))


def _recorded(plan: Plan, job: Job) -> Outcome:
    outcome = _recording(plan.recording)[job.key]
    return replace(outcome, cells=signed(outcome.cells, student_of(job)))


@cache
def _recording(path: str) -> dict[str, Outcome]:
    with open(path, "rb") as file:
        found: dict[str, Outcome] = pickle.load(file)
    return found


def signed(cells: Any, student: str) -> list[dict[str, Any]]:
    """Outputs that say whose they are, so that nobody's can pass for another's."""
    output = {"output_type": "stream", "name": "stdout", "text": f"run for {student}\n"}
    first, *rest = (dict(cell) for cell in cells)
    return [{**first, "outputs": [output, *first["outputs"]]}, *rest]


class Struck:
    """A sandbox in which somebody's notebook runs, for who wants to break it."""

    def __init__(self, room: Any) -> None:
        self._room = room

    def inside(self) -> list[int]:
        """The processes of the notebook: all but the one that the room began with."""
        space = os.readlink(f"/proc/{self._room.first}/ns/pid")
        found = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        return [
            p for p in found if _space(p) == space and p != self._room.first and not _is_init(p)
        ]

    def bubblewrap(self) -> int:
        return int(self._room._process.pid)

    def template(self) -> int:
        from grader.sandbox import start

        return start.template().process.pid


def _space(process: int) -> str | None:
    try:
        return os.readlink(f"/proc/{process}/ns/pid")
    except OSError:
        return None


def _is_init(process: int) -> bool:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return any(line.startswith("NSpid:") and line.split()[-1] == "1" for line in lines)


_here = threading.local()


def _real(job: Job, fault: ModuleType | None, desk: Desk) -> Outcome:
    """Run a job in the real sandbox, and strike while its notebook runs."""
    from grader import kernels, run

    if not isinstance(kernels.run, partial):
        kernels.run = partial(_run, kernels.run)  # type: ignore[assignment]
    _here.fault, _here.desk = fault, desk
    return run.execute(job)


def _run(run: Callable[..., Any], notebook: Any, room: Any, *others: Any, **more: Any) -> Any:
    fault, desk = _here.fault, _here.desk
    if fault is not None and (desk.once(fault.__name__) or getattr(fault, "AGAIN", False)):
        threading.Thread(target=_strike, args=[fault, Struck(room)], daemon=True).start()
    return run(notebook, room, *others, **more)


def _strike(fault: ModuleType, room: Struck) -> None:
    """As soon as the notebook runs, which sleeps for a while."""
    deadline = time.monotonic() + 60
    while not room.inside() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    fault.strike(room)


# -- the process of the command -------------------------------------------------------------------


def main() -> int:
    """Do what the plan says; the command's exit code."""
    if sys.argv[1] == "record":
        return _record(sys.argv[2])
    if sys.argv[1] == "template":
        return _template()
    os.environ[_PLAN] = sys.argv[1]
    plan = _plan()
    from grader import __main__ as command
    from grader import autograde as grading
    from grader import judges, run
    from grader.sandbox import start, walls

    undone: list[Callable[[], None]] = []

    def patch(target: object, name: str, value: object) -> None:
        undone.append(partial(setattr, target, name, getattr(target, name)))
        setattr(target, name, value)

    patch(grading, "new_challenge", lambda: dict(CHALLENGE))
    patch(grading, "autograde", partial(grading.autograde, execute=execute))
    if not plan.is_real:
        patch(command, "Judges", partial(judges.Judges, 0))  # references are here already
        patch(start, "shared", lambda _folder: {})  # and no kernels are needed
        patch(walls, "require", lambda: None)
        patch(run, "prepare", int)  # does nothing
    for student, name in plan.faults.items():
        injected = getattr(_load(FAULTS / f"{name}.py"), "patch", None)
        if injected is not None:
            injected(plan.desk(student), patch)
    return command.main(["autograde", ASSIGNMENT, *plan.arguments])


def _template() -> int:
    """Be a template that has imported what grading takes."""
    from course.warm import template

    del sys.argv[1]
    template.LIBRARIES = _LIBRARIES
    template.main()
    return 0


def _record(path: str) -> int:
    """Run what is handed in once, in the real sandbox."""
    from grader import run
    from grader.nbgrader.execute import job_for
    from grader.nbgrader.sanitise import handed_out, sanitise
    from grader.rubric import load_rubric

    found = {}
    tasks = load_rubric(unit(ASSIGNMENT)).tasks
    for kind, language in sorted({about_student(n, kind) for kind in ANSWERS for n in range(3)}):
        content = nbformat.reads(notebook("", kind, language), 4)
        clean = sanitise(content, handed_out(ASSIGNMENT, language)).notebook
        job = job_for(clean, tasks, CHALLENGE)
        found[job.key] = run.execute(job)
    with open(path, "wb") as file:
        pickle.dump(found, file)
    return 0


# -- the class ------------------------------------------------------------------------------------


def about_student(number: int, kind: str | None = None) -> tuple[str, str]:
    """The kind of answer and the language of one of many; not every kind is in every language."""
    kinds = list(ANSWERS)
    kind = kind or kinds[number % len(kinds)]
    everywhere = kind in ("right", "half")
    return kind, LANGUAGES[(number if everywhere else kinds.index(kind)) % len(LANGUAGES)]


def notebook(student: str, kind: str, language: str, seconds: float = 0) -> str:
    """What a student hands in, with their name at the top; it may take some ``seconds``."""
    path = ROOT / "course" / language / ASSIGNMENT / "exercise.ipynb"
    content = nbformat.read(path, as_version=4)
    for cell in content.cells:
        cell.metadata.pop("tags", None)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "first":
            cell.source, cell.outputs = ANSWERS[kind], []
    if seconds:
        content.cells.insert(0, nbformat.v4.new_code_cell(f"import time\ntime.sleep({seconds})"))
    content.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {json.dumps(student)}", id="name"))
    return nbformat.writes(content)


if __name__ == "__main__":
    from tests import faulty  # workers must find it under its own name

    sys.exit(faulty.main())
