"""Grade the sample class through nbgrader, from the released assignment to the exported grades.

Every step is nbgrader's own command, run in a course folder of its own with an exchange of its
own; nothing is left behind but what the last line names. Exits with 1 if anybody's points are
not the expected ones.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from class_ import ASSIGNMENT, ROOT, Submission, submissions

# nbgrader takes the student's name from the system's user, and from JupyterHub for its images'
# common user, `jovyan`: here every student is one.
_NBGRADER = """
import os, pwd, sys
if "JUPYTERHUB_USER" in os.environ:
    pwd.getpwuid = lambda uid: ("jovyan", "x", uid, uid, "", os.environ["HOME"], "/bin/sh")
from nbgrader.apps.nbgraderapp import main
sys.exit(main())
"""


@dataclass(frozen=True)
class Graded:
    """One student after grading: points by question, seconds in the sandbox, feedback page."""

    submission: Submission
    points: dict[str, float]
    seconds: float
    feedback: Path

    @property
    def as_expected(self) -> bool:
        return self.points == self.submission.points


def nbgrader(*words: str, cwd: Path, student: str | None = None, config: bool = True) -> str:
    """Run one nbgrader command in ``cwd``; what it printed. Raises if it failed."""
    environment = {**os.environ, "HOME": str(cwd.parent)}
    environment.pop("JUPYTERHUB_USER", None)
    if student is not None:
        environment["JUPYTERHUB_USER"] = student
    exchange = f"--Exchange.root={cwd.parent / 'exchange'}"
    argv = [sys.executable, "-c", _NBGRADER, *words, exchange, "--course", "keras-atelier"]
    done = subprocess.run(argv, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"nbgrader {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def grade_class(home: Path, students: Sequence[Submission]) -> list[Graded]:
    """The whole way of an assignment, in ``home``; what everybody earned."""
    course = home / "course"
    course.mkdir(parents=True)
    (home / "exchange").mkdir(mode=0o777)
    (home / "exchange").chmod(0o777)
    (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
    nbgrader("generate_assignment", ASSIGNMENT, cwd=course)
    nbgrader("release_assignment", ASSIGNMENT, cwd=course)
    for submission in students:
        _hand_in(home, submission)
    nbgrader("collect", ASSIGNMENT, cwd=course)
    nbgrader("autograde", ASSIGNMENT, cwd=course)
    nbgrader("generate_feedback", ASSIGNMENT, cwd=course)
    nbgrader("release_feedback", ASSIGNMENT, cwd=course)
    nbgrader("export", "--to", "grades.csv", cwd=course)
    return [_graded(course, submission) for submission in students]


def _hand_in(home: Path, submission: Submission) -> None:
    """Fetch, put the student's work in the place of the notebook, and submit."""
    desk = home / submission.student
    desk.mkdir()
    nbgrader("fetch_assignment", ASSIGNMENT, cwd=desk, student=submission.student)
    folder = desk / ASSIGNMENT
    place = "." if submission.language == "en" else submission.language
    (folder / place / "exercise.ipynb").write_text(submission.content, encoding="utf-8")
    nbgrader("submit", ASSIGNMENT, cwd=desk, student=submission.student)


def points_of(course: Path, student: str) -> dict[str, float]:
    """What the gradebook of ``course`` says a student earned, by question."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "keras-atelier") as book:
        notebook = book.find_submission_notebook("exercise", ASSIGNMENT, student)
        return {g.name.removeprefix("check-"): float(g.auto_score) for g in notebook.grades}


def _graded(course: Path, submission: Submission) -> Graded:
    ran = course / "evidence" / ASSIGNMENT / submission.student / "outcome.json"
    seconds = json.loads(ran.read_text())["seconds"] if ran.exists() else 0.0
    page = course / "feedback" / submission.student / ASSIGNMENT / "exercise.html"
    return Graded(submission, points_of(course, submission.student), seconds, page)


def table(graded: Sequence[Graded]) -> str:
    """Student, language, points a question (and the expected ones if others), time, page."""
    names = list(graded[0].submission.points)
    head = ["student", "lang", *names, "total", "time", "feedback"]
    rows = [head]
    for one in graded:
        cells = [_cell(one.points[n], one.submission.points[n]) for n in names]
        total, most = sum(one.points.values()), sum(one.submission.points.values())
        rows.append(
            [
                one.submission.student,
                one.submission.language,
                *cells,
                f"{total:g} of {most:g} expected",
                f"{one.seconds:.1f} s",
                str(one.feedback),
            ]
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    padded = [[c.ljust(w) for c, w in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("  ".join(row).rstrip() for row in padded)


def _cell(earned: float, expected: float) -> str:
    return f"{earned:g}" if earned == expected else f"{earned:g} (not {expected:g})"


def main() -> int:
    """Grade the class, print the table; 0 if everybody earned what was expected."""
    home = Path(tempfile.mkdtemp(prefix="atelier-class-"))
    started = time.monotonic()
    graded = grade_class(home, submissions())
    print(table(graded))
    with (home / "course" / "grades.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == ASSIGNMENT]
    print(f"\nexported: {json.dumps({row['student_id']: row['score'] for row in rows})}")
    wrong = [one.submission.student for one in graded if not one.as_expected]
    seconds = time.monotonic() - started
    print(f"{len(graded)} submissions, {len(wrong)} not as expected, in {seconds:.0f} s")
    print(f"everything is in {home}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
