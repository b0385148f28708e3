"""Grade a class: find what is new, run it, judge it, record it; cut off anywhere, go on there.

Notebooks are sanitised, judged and recorded here, by nbgrader's own converter, one after the
other; what students wrote runs on a cluster meanwhile (``grader.cluster``).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from course.units import unit
from grader import cluster, keep, run
from grader.cluster import Failure, NoCluster
from grader.nbgrader.execute import job_for
from grader.nbgrader.sanitise import UnreadableNotebook, choose, handed_out, language_of, sanitise
from grader.probe import new_challenge
from grader.rubric import load_rubric
from grader.run import Job

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


def autograde(
    api: Any,
    assignment: str,
    students: Sequence[str],
    *,
    jobs: int,
    scheduler: str | None = None,
    again: bool = False,
    execute: cluster.Execute = run.execute,
) -> Iterator[Graded]:
    """Grade ``students``, and say of each what came of it, as it ends.

    What was graded with the same content, environment and rubric is left as it is, unless it is
    to be run ``again``. ``execute`` is what the workers do with a job.
    """
    api.config.ExecuteInSandbox.use_kept = True
    challenge = new_challenge()  # nobody knows it before this run, and nobody meets it twice
    rubric = rubric_digest(assignment)
    recorded = api.get_autograded_students(assignment)
    root = Path(api.coursedir.root)
    to_run: dict[str, Submission] = {}
    for student in students:
        folder = keep.evidence_folder(root, assignment, student)
        try:
            submission = submission_of(api, assignment, student, challenge, rubric)
        except OSError as error:
            yield Graded(student, "failed", reason=f"{type(error).__name__}: {error}")
            continue
        if again:
            keep.clear(folder)
        if student in recorded and _is_recorded(folder, submission):
            yield _told(api, assignment, student, "kept")
        elif submission.job is None or keep.kept(folder, submission.job):
            yield record(api, assignment, submission, folder)
        else:
            to_run[student] = submission
    if not to_run:
        return
    ended: set[str] = set()
    wanted = ((s.student, s.job) for s in to_run.values() if s.job is not None)
    try:
        with cluster.cluster(min(jobs, len(to_run)), scheduler) as client:
            for student, found in cluster.outcomes(client, wanted, execute):
                ended.add(student)
                folder = keep.evidence_folder(root, assignment, student)
                submission = to_run[student]
                if isinstance(found, Failure) or submission.job is None:
                    yield Graded(student, "failed", reason=str(getattr(found, "reason", found)))
                    continue
                keep.keep(folder, submission.job, found)
                yield record(api, assignment, submission, folder)
    except NoCluster as problem:
        for student in to_run.keys() - ended:
            yield Graded(student, "failed", reason=str(problem))


def obstacle(api: Any, assignment: str) -> str | None:
    """Why the gradebook has no place for an assignment's points, and what helps; None if it has."""
    remedy = f"run nbgrader generate_assignment {assignment}"
    with api.gradebook as book:
        try:
            notebook = book.find_notebook("exercise", assignment)
        except MissingEntry:
            return f"the gradebook does not know {assignment}: {remedy}"
        possible = {
            cell.name.removeprefix("check-"): cell.max_score for cell in notebook.grade_cells
        }
    for task in load_rubric(unit(assignment)).tasks:
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


def submission_of(
    api: Any, assignment: str, student: str, challenge: dict[str, int], rubric: str
) -> Submission:
    """What a student handed in, sanitised. Raises ``OSError`` if it cannot be read at all."""
    folder = Path(api.coursedir.format_path(api.coursedir.submitted_directory, student, assignment))
    stamp = folder / "timestamp.txt"  # what is late costs points
    about = [rubric, stamp.read_text(errors="replace") if stamp.is_file() else ""]
    try:
        notebook = choose(folder, assignment)
    except UnreadableNotebook as problem:
        return Submission(student, None, _digest([*about, str(problem)]))
    clean = sanitise(notebook, handed_out(assignment, language_of(notebook))).notebook
    texts = [[cell.cell_type, cell.source] for cell in clean.cells]
    job = job_for(clean, assignment, challenge)
    return Submission(student, job, _digest([*about, job.key, texts]))


def is_kept(api: Any, assignment: str, student: str) -> bool:
    """Whether what is kept came out of what is handed in now."""
    submission = submission_of(api, assignment, student, new_challenge(), "")
    folder = keep.evidence_folder(api.coursedir.root, assignment, student)
    return submission.job is not None and keep.kept(folder, submission.job) is not None


def rubric_digest(assignment: str) -> str:
    return _digest([task.to_json() for task in load_rubric(unit(assignment)).tasks])


def _digest(about: object) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _is_recorded(folder: Path, submission: Submission) -> bool:
    if submission.job is not None and keep.kept(folder, submission.job) is None:
        return False
    return bool(keep.read(folder / keep.RECORDED) == {"fingerprint": submission.fingerprint})


def record(api: Any, assignment: str, submission: Submission, folder: Path) -> Graded:
    """Judge and record what is kept, as nbgrader does it."""
    started = time.monotonic()
    (folder / keep.RECORDED).unlink(missing_ok=True)
    result = api.autograde(assignment, submission.student, force=True)
    if not result["success"]:
        said = (result.get("error") or result.get("log") or "").strip().splitlines()
        reason = said[-1] if said else "nbgrader gives no reason"
        return Graded(submission.student, "failed", reason=reason)
    keep.write(folder / keep.RECORDED, {"fingerprint": submission.fingerprint})
    seconds = time.monotonic() - started
    return _told(api, assignment, submission.student, "graded", seconds)


def _told(api: Any, assignment: str, student: str, state: str, seconds: float = 0.0) -> Graded:
    """What the gradebook and the autograded notebook say."""
    with api.gradebook as book:
        notebook = book.find_submission_notebook("exercise", assignment, student)
        points = [
            (grade.name.removeprefix("check-"), float(grade.score), float(grade.max_score))
            for grade in notebook.grades
        ]
    folder = keep.evidence_folder(api.coursedir.root, assignment, student)
    ran = keep.read(folder / keep.OUTCOME) or {}
    path = Path(api.coursedir.format_path(api.coursedir.autograded_directory, student, assignment))
    about = json.loads((path / "exercise.ipynb").read_text(encoding="utf-8"))["metadata"]
    problem = about.get("atelier", {}).get("unreadable") or ran.get("problem")
    return Graded(student, state, tuple(points), ran.get("seconds", 0.0) + seconds, problem)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))
