"""Grade a class: find what is new, run it, judge it, record it; cut off anywhere, go on there.

Notebooks are sanitised, judged and recorded here, by nbgrader's own converter, one after the
other; what students wrote runs on a cluster meanwhile (``grader.cluster``).
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import json
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.utils import parse_utc
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from grader import cluster, keep, run
from grader.cluster import Failure, NoCluster
from grader.judges import Judges
from grader.judging import asked, judge_folder
from grader.nbgrader import gradebook
from grader.nbgrader.execute import ExecuteInSandbox, job_for
from grader.nbgrader.judging import JudgeCells
from grader.nbgrader.sanitise import UnreadableNotebook, choose, handed_out, language_of, sanitise
from grader.probe import new_challenge
from grader.rubric import Task
from grader.run import Job
from grader.untrusted import one_line

_LOCKED_SECONDS = 30

Points = Sequence[tuple[str, float, float]]  # question, earned, possible


@dataclass(frozen=True)
class Graded:
    """One submission: its points in the gradebook, or why there are none.

    ``state`` is "graded", "kept" (nothing had changed since it was graded) or "failed".
    ``problem`` is what went wrong in the notebook, ``reason`` what went wrong with grading it.
    """

    student: str
    state: str
    points: Points = ()
    seconds: float = 0.0
    problem: str | None = None
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Submission:
    """What there is to do for one student: ``job`` is None where nothing can be run."""

    student: str
    job: Job | None
    fingerprint: str


@dataclass(frozen=True)
class Grading:
    """An assignment of the course that nbgrader's ``api`` is about, as it is asked for now."""

    api: Any
    assignment: str
    tasks: Sequence[Task]
    judges: Judges

    @classmethod
    def of(cls, api: Any, assignment: str, judges: Judges) -> Grading:
        """With the questions as the judges know them. Raises ``JudgeFailed``."""
        return cls(api, assignment, judges.call(asked, assignment), judges)

    @cached_property
    def rubric(self) -> str:
        """The same as long as the rubric is."""
        return rubric_digest(self.tasks)

    def folder(self, student: str) -> Path:
        """Where the evidence on a student's submission is kept."""
        return keep.evidence_folder(self.api.coursedir.root, self.assignment, student)


def autograde(
    grading: Grading,
    students: Sequence[str],
    start: cluster.Start,
    *,
    again: bool = False,
    execute: cluster.Execute = run.execute,
) -> Iterator[Graded]:
    """Grade ``students``, and say of each what came of it, as it ends.

    What was graded with the same content, environment and rubric is left as it is, unless it is
    to be run ``again``. ``start`` gives the cluster to run the others on, and is only called if
    there are any; ``execute`` is what its workers do with a job.
    """
    for phase in (ExecuteInSandbox, JudgeCells):
        grading.api.config[phase.__name__].use_kept = True
    challenge = new_challenge()  # nobody knows it before this run, and nobody meets it twice
    known: deque[Graded] = deque()  # of those who need not be run
    to_run: dict[str, Submission] = {}
    with gradebook.looked_at_once():
        jobs = _jobs(grading, students, challenge, again, known, to_run)
        first = next(jobs, None)
        yield from _drained(known)
        if first is None:
            return
        try:
            for student, found in cluster.outcomes(start(), chain([first], jobs), execute):
                yield from _drained(known)
                yield _ended(grading, to_run.pop(student), found, challenge["secret"])
        except NoCluster as problem:
            deque(jobs, maxlen=0)
            for student in sorted(to_run):
                yield Graded(student, "failed", reason=str(problem))
        yield from _drained(known)


def _drained(found: deque[Graded]) -> Iterator[Graded]:
    while found:
        yield found.popleft()


def _jobs(
    grading: Grading,
    students: Sequence[str],
    challenge: Mapping[str, int],
    again: bool,
    known: deque[Graded],
    to_run: dict[str, Submission],
) -> Iterator[tuple[str, Job]]:
    """What there is to run, prepared when it is asked for; the others are graded on the way."""
    recorded = _recorded(grading)
    for student in students:
        folder = grading.folder(student)
        try:
            submission = submission_of(grading, student, challenge)
            if again:
                keep.clear(folder)
            if student in recorded and _is_recorded(grading, folder, submission):
                known.append(_told(grading, student, "kept"))
            elif submission.job is None or keep.kept(folder, submission.job):
                known.append(_record(grading, submission, folder))
            else:
                to_run[student] = submission
                yield student, submission.job
        except Exception as error:  # whatever is wrong with one of them, the others are graded
            known.append(_failed(student, error))


def _ended(
    grading: Grading, submission: Submission, found: run.Outcome | Failure, secret: int
) -> Graded:
    """Keep and record what came back of one submission."""
    if isinstance(found, Failure):
        return Graded(submission.student, "failed", reason=found.reason)
    assert submission.job is not None
    folder = grading.folder(submission.student)
    try:
        keep.keep(folder, submission.job, found, secret)
        return _record(grading, submission, folder)
    except Exception as error:  # a full disk, a folder that is none
        return _failed(submission.student, error)


def _failed(student: str, error: Exception) -> Graded:
    return Graded(student, "failed", reason=_explained(_said(error)))


def _said(error: Exception) -> str:
    said = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {said[0]}"


def patient(url: str) -> str:
    """A gradebook's address; one that is a file is waited for while another program writes."""
    about = make_url(url)
    if about.get_backend_name() == "sqlite" and "timeout" not in about.query:
        about = about.update_query_dict({"timeout": str(_LOCKED_SECONDS)})
    return about.render_as_string(hide_password=False)


def obstacle(grading: Grading) -> str | None:
    """Why the gradebook has no place for an assignment's points, and what helps; None if it has."""
    remedy = f"run nbgrader generate_assignment {grading.assignment}"
    try:
        with grading.api.gradebook as book:
            notebook = book.find_notebook("exercise", grading.assignment)
            possible = {
                cell.name.removeprefix("check-"): cell.max_score for cell in notebook.grade_cells
            }
    except MissingEntry:
        return f"the gradebook does not know {grading.assignment}: {remedy}"
    except SQLAlchemyError as error:
        return f"the gradebook cannot be read: {_explained(_said(error))}"
    for task in grading.tasks:
        mine, theirs = sum(c.points for c in task.criteria), possible.get(task.name, 0)
        if mine != theirs:
            return (
                f"{task.name} is worth {theirs:g} points in the gradebook and {mine:g} in the "
                f"rubric: {remedy} --force"
            )
    return None


@contextmanager
def alone(root: str | Path, wait: Callable[[], None]) -> Iterator[None]:
    """Be the only one to grade in the course at ``root``; ``wait`` is told if somebody else is."""
    folder = Path(root) / "evidence"
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def submission_of(grading: Grading, student: str, challenge: Mapping[str, Any]) -> Submission:
    """What a student handed in, sanitised. Raises ``OSError`` or ``ValueError`` if it cannot be."""
    api, assignment = grading.api, grading.assignment
    folder = Path(api.coursedir.format_path(api.coursedir.submitted_directory, student, assignment))
    if glob.has_magic(student):
        raise ValueError("nbgrader takes *, ? and [ in a name for a pattern: rename the folder")
    if not os.path.lexists(folder / "exercise.ipynb"):
        there = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
        raise FileNotFoundError(f"no exercise.ipynb was handed in, but {there}")
    stamp = folder / "timestamp.txt"  # what is late costs points
    when = stamp.read_text(errors="replace").strip() if stamp.is_file() else ""
    try:
        when and parse_utc(when)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"timestamp.txt holds no date but {one_line(when, 40)!r}") from error
    about = [grading.rubric, when]
    try:
        notebook = choose(folder, assignment)
    except UnreadableNotebook as problem:
        return Submission(student, None, _digest([*about, str(problem)]))
    clean = sanitise(notebook, handed_out(assignment, language_of(notebook))).notebook
    texts = [[cell.cell_type, cell.source] for cell in clean.cells]
    job = job_for(clean, grading.tasks, challenge)
    return Submission(student, job, _digest([*about, job.key, texts]))


def is_kept(grading: Grading, student: str) -> bool:
    """Whether what is kept came out of what is handed in now."""
    job = submission_of(grading, student, new_challenge()).job
    return job is not None and keep.kept(grading.folder(student), job) is not None


def rubric_digest(tasks: Sequence[Task]) -> str:
    return _digest([task.to_json() for task in tasks])


def _digest(about: object) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _recorded(grading: Grading) -> set[str]:
    """Who has a submission in the gradebook."""
    with grading.api.gradebook as book:
        return {one.student_id for one in book.assignment_submissions(grading.assignment)}


def _is_recorded(grading: Grading, folder: Path, submission: Submission) -> bool:
    if submission.job is not None and keep.kept(folder, submission.job) is None:
        return False
    if submission.job is not None and keep.read(folder / keep.VERDICTS) is None:
        return False
    about = _about_record(grading, submission)
    return about["notebook"] is not None and keep.read(folder / keep.RECORDED) == about


def _about_record(grading: Grading, submission: Submission) -> dict[str, str | None]:
    """What was recorded, and what became of it."""
    path = _autograded(grading, submission.student)
    return {"fingerprint": submission.fingerprint, "notebook": keep.digest(path)}


def _autograded(grading: Grading, student: str) -> Path:
    course = grading.api.coursedir
    folder = course.format_path(course.autograded_directory, student, grading.assignment)
    return Path(folder) / "exercise.ipynb"


def _record(grading: Grading, submission: Submission, folder: Path) -> Graded:
    """Judge what is kept, and record it as nbgrader does."""
    started = time.monotonic()
    student = submission.student
    keep.forget_record(folder)
    if submission.job is None:
        keep.clear(folder)
    grading.judges.call(judge_folder, grading.assignment, folder)
    result = grading.api.autograde(grading.assignment, _only(student), force=True)
    if not result["success"]:
        return Graded(student, "failed", reason=_reason(result))
    keep.write(folder / keep.RECORDED, _about_record(grading, submission))
    return _told(grading, student, "graded", time.monotonic() - started)


def _only(student: str) -> str:
    """A student's name for nbgrader, which takes it for a pattern and strips spaces from it."""
    return re.sub(r"^\s|\s$", lambda space: f"[{space[0]}]", student)


_RAISED = re.compile(r"(?:\w+\.)*(\w+(?:Error|Exception|Exit)|NotKept)(?:: .*)?")
_SAYS_NOTHING = ("Please see the", "There was an error accessing the nbgrader database")


def _reason(result: dict[str, Any]) -> str:
    """Why nbgrader gave up, out of what it logged. Raises ``KeyboardInterrupt`` if that is why."""
    error = result.get("error", "").splitlines()
    if error[-1:] == ["KeyboardInterrupt"]:
        raise KeyboardInterrupt  # nbgrader stops for nothing
    lines = [*result.get("log", "").splitlines(), *error]
    raised = [found for line in lines if (found := _RAISED.fullmatch(line.strip()))]
    said = [found[0][found.start(1) :] for found in raised]
    telling = [line for line in said if not any(words in line for words in _SAYS_NOTHING)]
    return _explained((telling or said or ["nbgrader gives no reason"])[-1])


def _explained(reason: str) -> str:
    if "database is locked" in reason:
        return f"another program has kept the gradebook locked for {_LOCKED_SECONDS} s"
    return reason.removeprefix("NotKept: ")


def _told(grading: Grading, student: str, state: str, seconds: float = 0.0) -> Graded:
    """What the gradebook and the autograded notebook say."""
    with grading.api.gradebook as book:
        notebook = book.find_submission_notebook("exercise", grading.assignment, student)
        points = [
            (grade.name.removeprefix("check-"), float(grade.score), float(grade.max_score))
            for grade in notebook.grades
        ]
    ran = keep.read(grading.folder(student) / keep.OUTCOME) or {}
    path = _autograded(grading, student)
    about = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    problem = about.get("atelier", {}).get("unreadable") or ran.get("problem")
    return Graded(student, state, tuple(points), ran.get("seconds", 0.0) + seconds, problem)
