"""A class report as CSV: one row a student, one row a criterion, one row a remark.

The headings are English in every language, so that a script written once goes on working. A cell
that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.feedback import message
from grader.report import Report, Submission
from grader.untrusted import one_line

_FORMULA = tuple("=+-@=+-@\t\r")  # full width too: spreadsheets in East Asia read it
_LONGEST = 1000


def tables(report: Report) -> dict[str, str]:
    """The content of each file by its name."""
    return {
        "students.csv": _csv(_students(report)),
        "criteria.csv": _csv(_criteria(report)),
        "remarks.csv": _csv(_remarks(report)),
    }


def _csv(rows: Iterator[Sequence[Any]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([_cell(value) for value in r] for r in rows)
    return file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return f"{round(value, 4):g}"
    if not isinstance(value, str):
        return "" if value is None else value
    text = one_line(value, _LONGEST)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _students(report: Report) -> Iterator[Sequence[Any]]:
    names = [question.name for question in report.questions]
    alike = _alike(report)
    yield (
        "student",
        "points",
        "max_points",
        "seconds",
        *names,
        *(f"{name}_state" for name in names),
        "needs_a_look",
        "details",
        "alike_group",
        "alike_questions",
    )
    for submission in report.submissions:
        given = [submission.verdicts.get(name) for name in names]
        yield (
            submission.student,
            submission.points,
            submission.max_points if submission.points is not None else None,
            submission.seconds,
            *(None if verdict is None else verdict.points for verdict in given),
            *(None if verdict is None else verdict.state for verdict in given),
            " ".join(reason.kind for reason in submission.reasons),
            _details(submission),
            *alike.get(submission.student, (None, None)),
        )


def _details(submission: Submission) -> str:
    said = [
        f"{reason.kind}: {', '.join(filter(None, (*reason.questions, reason.detail)))}"
        for reason in submission.reasons
        if reason.questions or reason.detail
    ]
    return "; ".join(said)


def _alike(report: Report) -> Mapping[str, tuple[int, str]]:
    return {
        student: (number, " ".join(group.questions))
        for number, group in enumerate(report.alike, 1)
        for student in group.students
    }


def _criteria(report: Report) -> Iterator[Sequence[Any]]:
    yield (
        "question",
        "criterion",
        "title",
        "max_points",
        "met",
        "partly_met",
        "not_met",
        "not_judged",
        "failed",
        "failed_share",
        "points_lost",
    )
    for question in report.questions:
        for criterion in question.criteria:
            yield (
                question.name,
                criterion.name,
                criterion.title,
                float(criterion.max_points),
                criterion.met,
                criterion.partly,
                criterion.missed,
                criterion.unanswered,
                criterion.failed,
                criterion.share,
                criterion.lost,
            )


def _remarks(report: Report) -> Iterator[Sequence[Any]]:
    yield "question", "kind", "submissions", "message", "layer", "submissions_with_layer"
    for question in report.questions:
        for remark in (*question.mistakes, *question.remarks):
            said = (question.name, remark.finding.kind, remark.count, message(remark.finding, "en"))
            for layer, count in remark.layers or (("", None),):
                yield (*said, layer, count)
