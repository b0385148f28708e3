"""The class report on disk: from an nbgrader course's folders and gradebook to pages and tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader import report
from grader.report import Booked, Collected, Report
from grader.report_page import page, summary
from grader.report_tables import tables

__all__ = ["collect", "summary", "write"]


def collect(api: Any, assignment: str, *, anonymous: bool = False) -> Collected:
    """The class as it lies in nbgrader’s course, without names if ``anonymous``."""
    directory = api.coursedir
    booked, enrolled = _gradebook(api, assignment)
    found = report.collect(
        Path(directory.root),
        assignment,
        submitted=_folders(directory, directory.submitted_directory, assignment),
        autograded=_folders(directory, directory.autograded_directory, assignment),
        booked=booked,
        enrolled=enrolled,
    )
    if not anonymous:
        return found
    students = [submission.student for submission in found.submissions]
    return report.anonymous(found, report.numbers(Path(directory.root), assignment, students))


def write(found: Report, folder: Path, languages: Sequence[str]) -> list[Path]:
    """Write the pages and the tables into ``folder``; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"report.{language}.html": page(found, language) for language in languages}
    # The mark at the beginning tells spreadsheets that the names are UTF-8.
    contents |= {name: "\N{ZERO WIDTH NO-BREAK SPACE}" + t for name, t in tables(found).items()}
    for name, content in contents.items():
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_bytes(content.encode())
        os.replace(unfinished, folder / name)
    return [folder / name for name in contents]


def _folders(directory: Any, step: str, assignment: str) -> dict[str, Path]:
    """The students' folders of one of nbgrader's steps, wherever the course keeps them."""
    pattern = directory.format_path(step, "*", assignment)
    place = Path(pattern).parts.index("*")
    root = Path(*Path(pattern).parts[:place])
    rest = Path(*Path(pattern).parts[place + 1 :])
    names = [path.name for path in root.iterdir()] if root.is_dir() else []
    return {name: root / name / rest for name in names if (root / name / rest).is_dir()}


def _gradebook(api: Any, assignment: str) -> tuple[Mapping[str, Booked] | None, Iterable[str]]:
    """What the gradebook says of the assignment, and everybody in it; None if there is no book."""
    from nbgrader.api import MissingEntry, Student, SubmittedAssignment

    url = api.coursedir.db_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return None, ()  # asking for it would make an empty one
    with api.gradebook as book:
        try:
            book.find_assignment(assignment)
        except MissingEntry:
            return {}, ()
        query = book.db.query(Student.id, SubmittedAssignment.late_submission_penalty)
        late = dict(
            query.join(SubmittedAssignment).filter(SubmittedAssignment.name == assignment).all()
        )
        booked = {
            str(row["student"]): Booked(
                round(max(0.0, float(row["score"]) - float(late.get(row["student"]) or 0)), 2),
                float(row["max_score"]),
                bool(row["needs_manual_grade"]),
            )
            for row in book.submission_dicts(assignment)
        }
        return booked, [str(name) for (name,) in book.db.query(Student.id).all()]
