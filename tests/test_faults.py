"""Whatever breaks while a class of sixty is graded: nobody else's result is lost or changed.

The faults are files in ``corpora/faults``; what a student wrote is run once, in the real sandbox,
and answered from that recording (``tests.faulty``), but for the faults of the sandbox itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil
import pytest

from course.warm.fork import Forked, Template
from grader.sandbox import walls
from tests.faulty import ASSIGNMENT, FAULTS, ROOT, Desk, about_student, faults, notebook

if walls.fallen(is_warm=True):
    pytest.skip("no sandbox stands here", allow_module_level=True)

SIZE = 60  # at least
SECONDS = 300  # a busy machine is not a broken one
CORPUS = faults()


def _named(*whens: str) -> list[str]:
    return [name for name, fault in CORPUS.items() if fault.WHEN in whens]


OTHERS = [f"s{n:02}" for n in range(1, 24)]
WAITING = OTHERS[:3]  # who is to be graded anew where a fault befalls all
# Whom a fault befalls that happens after all were graded, or before they are.
WHOM = {
    **dict(zip(_named("between"), OTHERS[3:], strict=False)),
    **dict(zip(_named("changed"), OTHERS[3:], strict=False)),
    **{name: getattr(CORPUS[name], "STUDENT", name) for name in _named("running", "sandbox")},
}


def _class() -> dict[str, tuple[str, str]]:
    """Everybody's answer and language."""
    odd = [student for name in _named("class") for student in CORPUS[name].STUDENTS]
    own = [name for name in _named("running") if WHOM[name] == name]
    right = {*WHOM.values(), *WAITING}
    return {
        student: about_student(n, "right" if student in right else None)
        for n, student in enumerate((*own, *odd, *OTHERS))
    }


CLASS = _class()


# -- running the command -----------------------------------------------------------------------


@dataclass
class Ran:
    """How the command ended, and what it said of each student."""

    status: int | None
    results: dict[str, dict[str, Any]]
    complaints: str
    ran: Counter[str] = field(default_factory=Counter)  # how often each notebook was run


class Grader:
    """The command line in a process of its own, forked from one that has the libraries."""

    def __init__(self, lab: Lab, course: Path, plan: dict[str, Any]) -> None:
        self.course = course
        self._folder = Path(tempfile.mkdtemp(dir=lab.home))
        about = {"course": str(course), "recording": str(lab.recording), **plan}
        about["arguments"] = [*plan.get("arguments", ()), "--json"]
        (self._folder / "plan").write_text(json.dumps(about))
        self._log = course.parent / "ran"
        self._log.write_text("")
        words = [str(self._folder / "plan")]
        self.process = lab.fork("tests.faulty", words, course, self._folder)

    def results(self) -> dict[str, dict[str, Any]]:
        """What it has said so far, by student."""
        lines = (self._folder / "out").read_text(encoding="utf-8").splitlines(keepends=True)
        said = [json.loads(line) for line in lines if line.endswith("\n") and line[0] == "{"]
        return {one["student"]: one for one in said if "student" in one}

    def ended(self) -> Ran:
        """Wait for its end."""
        status = self.process.wait()
        said = (self._folder / "err").read_text(encoding="utf-8")
        ran = Counter(map(json.loads, self._log.read_text().splitlines()))
        return Ran(status, self.results(), said, ran)

    def wait_for(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it does not come to that"
            time.sleep(0.005)

    def tree(self) -> list[psutil.Process]:
        """Its processes, but for itself."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def end_tree(self, number: int) -> None:
        """The same signal for all, at once."""
        tree = self.tree()
        self.signal(number)
        for process in tree:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def records_now(self) -> bool:
        """Whether an autograded notebook is there that is not noted as recorded."""
        return bool(self._of_evidence("autograded") - self._noted())

    def kept_only(self) -> bool:
        """Whether an outcome is kept that is neither recorded nor being recorded."""
        kept = {p.parent.name for p in self.course.glob(f"evidence/{ASSIGNMENT}/*/outcome.json")}
        return bool(kept - self._noted() - self._of_evidence("autograded"))

    def _of_evidence(self, step: str) -> set[str]:
        return {path.parent.name for path in self.course.glob(f"{step}/*/{ASSIGNMENT}")}

    def _noted(self) -> set[str]:
        return {p.parent.name for p in self.course.glob(f"evidence/{ASSIGNMENT}/*/recorded.json")}


def _grader_template(environment: dict[str, str]) -> tuple[Template, subprocess.Popen[bytes]]:
    """A template of graders instead of kernels, and its process."""
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        words = ["tests.faulty", "template", str(number), str(os.getpid())]
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            stdin=subprocess.DEVNULL,
            env=environment,
            cwd=ROOT,
            pass_fds=[number],
            start_new_session=True,
        )
    return Template(ours, process), process


class Lab:
    """A template of processes, a recording of what everybody's notebook does, and courses."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.recording = home / "recording"
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self.environment = {**os.environ, "PYTHONPATH": path}
        self._template, self._process = _grader_template(self.environment)

    def close(self) -> None:
        self._template.retire()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:  # a test that failed still holds one of its processes
            self._process.kill()

    def fork(self, module: str, words: Sequence[str], folder: Path, said: Path) -> Forked:
        request = {
            "module": module,
            "arguments": list(words),
            "environment": self.environment,
            "folder": str(folder),
        }
        with (said / "out").open("wb") as out, (said / "err").open("wb") as err:
            return asyncio.run(self._template.fork(request, out.fileno(), err.fileno()))

    def run(self, module: str, *words: str, folder: Path) -> None:
        """Run a module to its end, which must be a good one."""
        said = Path(tempfile.mkdtemp(dir=self.home))
        status = self.fork(module, words, folder, said).wait()
        assert status == 0, (said / "err").read_text()[-3000:]

    def feedback(self, course: Path) -> None:
        """Write the pages of some of the class."""
        words = ["generate_feedback", ASSIGNMENT, "--student", "s1*"]
        self.run("nbgrader", *words, folder=course)

    def course(self, name: str) -> Path:
        """A course in which the class has handed in, and nobody is graded."""
        course = self.home / name / "course"
        shutil.copytree(self.home / "new" / "course", course, symlinks=True)
        return course

    def copy(self, course: Path, name: str) -> Path:
        new = self.home / name / "course"
        shutil.copytree(course, new, symlinks=True)
        return new

    def grader(self, course: Path, **plan: Any) -> Grader:
        return Grader(self, course, plan)

    def grade(self, course: Path, **plan: Any) -> Ran:
        return self.grader(course, **plan).ended()

    def prepare(self) -> None:
        """Record, release the assignment, and let everybody hand in."""
        course = self.home / "new" / "course"
        course.mkdir(parents=True)
        (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
        with ThreadPoolExecutor(2) as both:
            recorded = both.submit(
                self.run, "tests.faulty", "record", str(self.recording), folder=self.home
            )
            self.run("nbgrader", "generate_assignment", ASSIGNMENT, folder=course)
            recorded.result()
        for student, (kind, language) in CLASS.items():
            desk = Desk(course, student)
            desk.submitted.mkdir(parents=True)
            content = notebook(student, kind, language)
            (desk.submitted / "exercise.ipynb").write_text(content, encoding="utf-8")


# -- what is in a course after grading ---------------------------------------------------------

_GRADES = """
SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
       grade.extra_credit, grade.needs_manual_grade
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
ORDER BY 1, 2
"""


def results_in(course: Path, *, with_feedback: bool = False) -> dict[str, tuple[Any, ...]]:
    """Each student's grades, autograded notebook and feedback page."""
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(_GRADES).fetchall()
    grades: dict[str, list[Any]] = {}
    for student, *grade in rows:
        grades.setdefault(student, []).append(grade)
    return {
        student: (grades.get(student), _text(course, "autograded", student, "ipynb"))
        + ((_text(course, "feedback", student, "html"),) if with_feedback else ())
        for student in CLASS
    }


def _text(course: Path, step: str, student: str, kind: str) -> str | None:
    path = course / step / student / ASSIGNMENT / f"exercise.{kind}"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _befallen(when: str) -> set[str]:
    return {WHOM[name] for name in _named(when)}


def assert_same(found: dict[str, Any], wanted: dict[str, Any], *befallen: str) -> None:
    """Nobody but ``befallen`` has another result than they should."""
    assert [s for s in CLASS if s not in befallen and found[s] != wanted[s]] == []


# -- every stage is run once, some at a time ----------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    made = Lab(tmp_path_factory.mktemp("faults"))
    made.prepare()
    yield made
    made.close()
    if "FAULTS_STAGES" not in os.environ:
        shutil.rmtree(made.home, ignore_errors=True)


@dataclass
class Stage:
    """What came of a class: the first run, in which faults were injected, and the second."""

    first: Ran
    found: dict[str, tuple[Any, ...]]
    second: Ran | None = None
    in_the_end: dict[str, tuple[Any, ...]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def stages(lab: Lab) -> Iterator[dict[str, Future[Any]]]:
    pool = ThreadPoolExecutor(3)  # some wait most of the time
    clean = pool.submit(_clean, lab)
    wanted = os.environ.get("FAULTS_STAGES", " ".join(_STAGES)).split()  # a few, for who writes one
    yield {"clean": clean, **{name: pool.submit(_STAGES[name], lab, clean) for name in wanted}}
    pool.shutdown(cancel_futures=True)


def _clean(lab: Lab) -> Stage:
    course = lab.course("clean")
    ran = lab.grade(course)
    found = results_in(course)
    shutil.copytree(course, lab.home / "graded" / "course", symlinks=True)
    lab.feedback(course)
    return Stage(ran, found, in_the_end=results_in(course, with_feedback=True))


def _running(lab: Lab, _clean: Future[Stage]) -> Stage:
    course = lab.course("running")
    befallen = {WHOM[name]: name for name in _named("running")}
    for student, name in befallen.items():
        _call(CORPUS[name], "hand_in", Desk(course, student))
    ran = lab.grade(course, faults=befallen)
    found = results_in(course)
    for student, name in befallen.items():
        _call(CORPUS[name], "mend", Desk(course, student))
        if hasattr(CORPUS[name], "PAGE"):  # what came out is kept, and rightly so
            shutil.rmtree(Desk(course, student).evidence)
    return Stage(ran, found, lab.grade(course), results_in(course))


def _between(lab: Lab, clean: Future[Stage]) -> Stage:
    clean.result()
    course = lab.copy(lab.home / "graded" / "course", "between")
    for name in _named("between"):
        CORPUS[name].spoil(Desk(course, WHOM[name]))
    ran = lab.grade(course)
    found = results_in(course)
    for name in _named("between"):
        _call(CORPUS[name], "mend", Desk(course, WHOM[name]))
    return Stage(ran, found, lab.grade(course), results_in(course))


def _call(fault: ModuleType, name: str, desk: Desk) -> None:
    if hasattr(fault, name):
        getattr(fault, name)(desk)


@dataclass
class Killed:
    """How each of several runs on one course ended, and what is there after the last."""

    struck: dict[str, Ran]
    both: list[Ran]
    in_the_end: dict[str, tuple[Any, ...]]


def _killed(lab: Lab, _clean: Future[Stage]) -> Killed:
    course = lab.course("killed")
    struck: dict[str, Ran] = {}
    for name in _named("killed"):
        grader = lab.grader(course, faults={"nobody": name})
        CORPUS[name].strike(grader)
        struck[name] = grader.ended()
    both = [lab.grader(course), lab.grader(course)]
    ended = [grader.ended() for grader in both]
    lab.feedback(course)
    return Killed(struck, ended, results_in(course, with_feedback=True))


def _changed(lab: Lab, clean: Future[Stage]) -> dict[str, Stage]:
    clean.result()
    course = lab.copy(lab.home / "graded" / "course", "changed")
    stages = {}
    for name in _named("changed"):
        student = WHOM[name]
        _call(CORPUS[name], "spoil", Desk(course, student))
        ran = lab.grade(course, faults={student: name}, arguments=["--student", student])
        stages[name] = Stage(ran, results_in(course))
    return stages


def _whole(lab: Lab, clean: Future[Stage], half: int) -> dict[str, Stage]:
    clean.result()
    course = lab.copy(lab.home / "graded" / "course", f"whole-{half}")
    stages = {}
    for name in _named("whole")[half::2]:
        for student in WAITING:
            shutil.rmtree(Desk(course, student).evidence, ignore_errors=True)
        with CORPUS[name].around(course, _network(lab, course, name)) as arguments:
            plan = {"faults": dict.fromkeys(WAITING, name), "arguments": arguments}
            ran = lab.grade(course, **plan)
        stages[name] = Stage(ran, results_in(course))
    stages["afterwards"] = Stage(lab.grade(course), results_in(course))
    return stages


def _network(lab: Lab, course: Path, name: str) -> Callable[[int], Any]:
    """Starts a scheduler on this machine, and processes that stand for others."""
    plan = course.parent / "network"
    about = {"course": str(course), "recording": str(lab.recording)}
    plan.write_text(json.dumps({**about, "faults": dict.fromkeys(WAITING, name)}))

    @contextmanager
    def network(workers: int) -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        number = course.parent / "scheduler"
        environment = {
            **lab.environment,
            "FAULTY_PLAN": str(plan),
            "FAULTY_SCHEDULER": str(number),
        }
        started: list[subprocess.Popen[bytes]] = []

        def start(kind: str, *words: str, **more: str) -> None:
            argv = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            started.append(
                subprocess.Popen(argv, cwd=lab.home, env={**environment, **more}, **quiet)
            )

        port = address.rpartition(":")[2]
        start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        number.write_text(str(started[0].pid))
        for n in range(workers):
            start("worker", address, "--nthreads", "2", "--no-dashboard", FAULTY_WORKER=str(n))
        try:
            _wait_for_workers(address, workers)
            yield address
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait()

    return network


def _wait_for_workers(address: str, workers: int) -> None:
    import distributed

    with distributed.Client(address, timeout=SECONDS) as client:
        if workers:
            client.wait_for_workers(workers, timeout=SECONDS)


def _sandbox(lab: Lab, _clean: Future[Stage]) -> dict[str, dict[str, Any]]:
    """What is said of a few, run all at once in the real sandbox: one a fault, and others."""
    said: dict[str, dict[str, Any]] = {}
    alone = [name for name in _named("sandbox") if hasattr(CORPUS[name], "BEFALLS_NEIGHBOURS")]
    together = [name for name in _named("sandbox") if name not in alone]
    for befallen, neighbour in ((together, WAITING[0]), (alone, WAITING[1])):
        course = lab.home / f"sandbox-{neighbour}" / "course"
        shutil.copytree(lab.home / "new" / "course", course, symlinks=True)
        shutil.rmtree(course / "submitted")
        for student in (*befallen, neighbour):
            desk = Desk(course, student)
            desk.submitted.mkdir(parents=True)
            content = notebook(student, "right", "en", seconds=3)
            (desk.submitted / "exercise.ipynb").write_text(content, encoding="utf-8")
        faults = {name: name for name in befallen}
        said |= lab.grade(course, faults=faults, is_real=True, arguments=["--jobs", "4"]).results
    return said


_STAGES: dict[str, Callable[[Lab, Future[Stage]], Any]] = {
    "running": _running,
    "killed": _killed,
    "sandbox": _sandbox,
    "between": _between,
    "changed": _changed,
    "whole-0": partial(_whole, half=0),
    "whole-1": partial(_whole, half=1),
}


# -- claims ------------------------------------------------------------------------------------


def test_the_corpus_has_at_least_25_kinds() -> None:
    assert len(CORPUS) >= 25
    assert all(fault.__doc__ and fault.__doc__.strip() for fault in CORPUS.values())
    assert len(CLASS) >= SIZE


def test_without_faults_everybody_is_graded(stages: dict[str, Future[Any]]) -> None:
    clean = stages["clean"].result()
    assert clean.first.status == 0, clean.first.complaints
    assert {one["state"] for one in clean.first.results.values()} == {"graded"}
    assert set(clean.first.results) == set(CLASS) == set(clean.first.ran)
    earned = {s: clean.first.results[s]["points"][0][1] for s in CLASS}
    wanted = {"right": 2.0, "half": 0.5, "swapped": 0.0, "nothing": 0.0, "raises": 0.5}
    assert earned == {student: wanted[kind] for student, (kind, _) in CLASS.items()}


def test_nobodys_result_is_another_students(stages: dict[str, Future[Any]]) -> None:
    for student, (_, autograded) in stages["clean"].result().found.items():
        whose = re.findall(r"run for (.*?)\\n", autograded)
        assert [json.loads(f'"{name}"') for name in whose] == [student]


@pytest.mark.parametrize("name", _named("running", "between"))
def test_it_befalls_one_student_at_most(name: str, stages: dict[str, Future[Any]]) -> None:
    fault, clean, student = CORPUS[name], stages["clean"].result(), WHOM[name]
    stage: Stage = stages[fault.WHEN].result()
    said = stage.first.results[student]
    if hasattr(fault, "SAID"):
        assert said["state"] == "failed"
        assert re.search(fault.SAID, said["reason"]), said["reason"]
        return
    assert said["state"] == "graded", said["reason"]
    if hasattr(fault, "PAGE"):
        assert said["points"][0][1] == 0
        assert fault.PAGE in _english(stage.found[student][1] or "")
    else:
        assert stage.found[student] == clean.found[student]


def _english(autograded: str) -> str:
    """A notebook with the messages of the grader in English."""
    from grader.text import LANGUAGES as KNOWN
    from grader.text import translate

    for message in _messages():
        for language in KNOWN:
            autograded = autograded.replace(
                json.dumps(translate(message, language), ensure_ascii=False)[1:-1], message
            )
    return autograded


def _messages() -> list[str]:
    from grader.judge import BROKEN_EVIDENCE, NO_EVIDENCE
    from grader.nbgrader.sanitise import UNREADABLE

    return [BROKEN_EVIDENCE, NO_EVIDENCE, UNREADABLE]


@pytest.mark.parametrize("when", ["running", "between"])
def test_nobody_else_is_touched(when: str, stages: dict[str, Future[Any]]) -> None:
    stage: Stage = stages[when].result()
    failing = {WHOM[name] for name in _named(when) if hasattr(CORPUS[name], "SAID")}
    assert stage.first.status == 1, stage.first.complaints
    assert {s for s, one in stage.first.results.items() if one["state"] == "failed"} == failing
    assert set(stage.first.results) >= set(CLASS)
    assert_same(stage.found, stages["clean"].result().found, *_befallen(when))


@pytest.mark.parametrize("when", ["running", "between"])
def test_when_the_cause_is_gone_the_same_command_heals_all(
    when: str, stages: dict[str, Future[Any]]
) -> None:
    stage: Stage = stages[when].result()
    assert stage.second is not None
    assert stage.second.status == 0, stage.second.complaints
    assert_same(stage.in_the_end, stages["clean"].result().found)
    unharmed = set(CLASS) - _befallen(when)
    assert {stage.second.results[student]["state"] for student in unharmed} == {"kept"}


def test_only_what_is_broken_is_run_again(stages: dict[str, Future[Any]]) -> None:
    ran = stages["between"].result().first.ran
    assert set(ran) <= _befallen("between")
    assert max(ran.values()) == 1


def test_a_submission_that_kills_is_run_a_bounded_number_of_times(
    stages: dict[str, Future[Any]],
) -> None:
    ran = stages["running"].result().first.ran
    assert ran["worker_killed_again_and_again"] <= 6
    assert ran["worker_killed_once"] <= 6


@pytest.mark.parametrize("name", _named("killed"))
def test_it_was_struck_before_its_end(name: str, stages: dict[str, Future[Any]]) -> None:
    fault, ran = CORPUS[name], stages["killed"].result().struck[name]
    assert 0 < len(ran.results) < len(CLASS)
    assert ran.status == getattr(fault, "STATUS", ran.status) != 0
    assert getattr(fault, "SAID", "") in ran.complaints


def test_killed_again_and_again_it_ends_as_if_nothing_had_been(
    stages: dict[str, Future[Any]],
) -> None:
    assert_same(stages["killed"].result().in_the_end, stages["clean"].result().in_the_end)


def test_of_two_graders_the_second_waits_and_finds_all_done(
    stages: dict[str, Future[Any]],
) -> None:
    both = stages["killed"].result().both
    assert [ran.status for ran in both] == [0, 0]
    assert sum("somebody else grades in this course" in ran.complaints for ran in both) == 1
    second = next(ran for ran in both if "somebody else" in ran.complaints)
    assert {one["state"] for one in second.results.values()} == {"kept"}


@pytest.mark.parametrize("name", _named("changed"))
def test_what_has_changed_is_graded_again(name: str, stages: dict[str, Future[Any]]) -> None:
    fault, clean, student = CORPUS[name], stages["clean"].result(), WHOM[name]
    stage: Stage = stages["changed"].result()[name]
    assert stage.first.status == 0, stage.first.complaints
    said = stage.first.results[student]
    assert said["state"] == "graded"
    assert list(stage.first.ran) == ([student] if fault.IS_RUN else [])
    assert said["points"][0][1] == getattr(fault, "EARNS", 2.0)
    assert_same(stage.found, clean.found, *_befallen("changed"))


@pytest.mark.parametrize("name", _named("whole"))
def test_it_befalls_only_who_was_to_be_graded(name: str, stages: dict[str, Future[Any]]) -> None:
    fault, clean = CORPUS[name], stages["clean"].result()
    stage: Stage = stages[f"whole-{_named('whole').index(name) % 2}"].result()[name]
    if hasattr(fault, "REFUSED"):
        assert stage.first.status == 2
        assert re.search(fault.REFUSED, stage.first.complaints)
        assert_same(stage.found, clean.found)
        return
    befallen = set(WAITING)
    failed = {s for s, one in stage.first.results.items() if one["state"] == "failed"}
    assert set(stage.first.results) == set(CLASS), stage.first.complaints
    if hasattr(fault, "SAID"):
        assert failed == befallen or (hasattr(fault, "MAY_BE_GRADED") and failed < befallen)
        for student in failed:
            reason = stage.first.results[student]["reason"]
            assert re.search(fault.SAID, reason), reason
    else:
        assert failed == set(), stage.first.results[min(failed)]
        assert_same(stage.found, clean.found)
    assert_same(stage.found, clean.found, *WAITING)


@pytest.mark.parametrize("half", [0, 1])
def test_after_all_of_them_everything_is_as_it_should_be(
    half: int, stages: dict[str, Future[Any]]
) -> None:
    stage: Stage = stages[f"whole-{half}"].result()["afterwards"]
    assert stage.first.status == 0, stage.first.complaints
    assert_same(stage.found, stages["clean"].result().found)


@pytest.mark.parametrize("name", [*_named("sandbox"), *WAITING[:2]])
def test_what_is_ended_from_outside_is_run_again(name: str, stages: dict[str, Future[Any]]) -> None:
    one = stages["sandbox"].result()[name]
    assert one["state"] == "graded", one["reason"]
    problem = getattr(CORPUS.get(name), "PROBLEM", None)
    if problem is None:
        assert one["problem"] is None
        assert one["points"][0][1] == 2
    else:
        assert re.search(problem, one["problem"])


def test_every_file_of_the_corpus_says_when() -> None:
    assert {path.stem for path in FAULTS.glob("[a-z]*.py")} == set(CORPUS)
    known = {"class", "running", "between", "changed", "killed", "whole", "sandbox"}
    assert {fault.WHEN for fault in CORPUS.values()} == known
