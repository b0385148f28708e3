"""A class report as one HTML page: no script, nothing fetched, light and dark.

What is said is worked out here, in the language; ``templates/report.html.j2`` lays it out and
escapes everything, since names, layers and problems come from students.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from course.units import unit
from grader.feedback import html_language, message, number
from grader.report import MOST_LAYERS, MOST_REMARKS, Question, Reason, Remark, Report, Submission
from grader.similar import usual
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import POLICY, one_line

_HERE = Path(__file__).parent
_PAGE_STYLE = _HERE / "nbgrader" / "templates" / "atelier_feedback" / "page.css"
_MOST_NAMES, _MOST_GROUPS, _MOST_MISTAKES = 40, 60, 12
_FIRST_NAMES = 10  # on the command line

WORDS: Mapping[str, str] = {
    "kicker": _("Class report"),
    "anonymous": _("Names are replaced by numbers drawn at random."),
    "overview": _("The questions at a glance"),
    "question": _("Question"),
    "average": _("Average"),
    "lost": _("Lost on average"),
    "all": _("Right"),
    "part": _("In part"),
    "none": _("Wrong"),
    "empty": _("Not attempted"),
    "unchecked": _("Not checked"),
    "distribution": _("How points and time spread"),
    "one_by_one": _("Question by question"),
    "criteria": _("Criteria"),
    "criterion": _("Criterion"),
    "failed": _("Failed by"),
    "partly": _("of these, in part"),
    "mistakes": _("Recognised misconceptions"),
    "remarks": _("What the grader remarked most often"),
    "remark": _("Remark, in the words that most students read"),
    "count": _("Students"),
    "layers": _("Layers"),
    "people": _("Submissions that need you"),
    "nobody": _("None: every submission was read, run and judged to its end."),
    "alike": _("Nearly identical answers"),
    "alike_none": _("No two submissions share enough unusual code to mention."),
    "students": _("Students"),
    "where": _("Where they agree"),
    "common": _("In common"),
    "files": _(
        "The same numbers, and more, lie beside this page in students.csv, criteria.csv and "
        "remarks.csv."
    ),
}
TITLE = _("{heading}: class report")
LEAD = _(
    "{count} submissions are graded, the median is {median} of {maximum} points, and “{question}” "
    "cost the class most: {lost} of its {most} points on average."
)
LEAD_ONE = _(
    "One submission is graded, with {median} of {maximum} points; “{question}” cost it most: "
    "{lost} of {most} points."
)
LEAD_PERFECT = _("Submissions graded: {count}; nobody lost a point on any question.")
NEED_YOU = _("{count} submissions need you.")
NEEDS_YOU = _("One submission needs you.")
NOBODY_NEEDS_YOU = _("No submission needs you.")
GROUPS = _("{count} groups of students wrote nearly the same code.")
GROUP = _("One group of students wrote nearly the same code.")
ABSENT = _("Students of the gradebook who have handed in nothing: {count}.")
FAILED = _("{failed} of {judged} ({share})")
PERCENT = _("{share}%")
TIMES = _("{count}×")
MORE = _("and {count} more")
RARER = _("Rarer remarks, not shown here: {count}.")
ABOUT_LAYERS = _("Layers that the remarks are about, and for how many students: {layers}.")
NO_REMARKS = _("No remarks: everyone who answered was right.")
QUESTION_SUMMARY = _(
    "{average} of {maximum} points on average; answers that were judged: {judged}."
)
POINTS_PLOT, TIME_PLOT = _("Points"), _("Run time of the notebooks, in seconds")
PLOT_ALT = _(
    "Histogram of {count} submissions. {title}: lowest {low}, median {median}, highest {high}."
)
PLOT_BAR = _("{range}: {count}")
MEDIAN = _("median {median}")
OR_MORE = _("{value} or more")
SUBMISSIONS_AXIS = _("Submissions")
ALIKE_HINT = _(
    "A reason to look, no proof. People who learn from the same page, or work together where that "
    "is allowed, write alike: read the answers side by side, and talk before you judge."
)
ALIKE_HOW = _(
    "What is compared is the code of the answers, without comments and layout, once with the names "
    "that students chose and once without. Code that was handed out, and code that more than "
    "{most} submissions share, counts for nothing: so short and obvious answers are never listed, "
    "and neither is what half the class found in one place."
)
REASON: Mapping[str, tuple[str, str]] = {
    "ungraded": (_("Handed in, but not graded"), _("Run grader autograde.")),
    "renewed": (
        _("Handed in again since it was graded"),
        _("Run grader autograde: these points are those of the earlier version."),
    ),
    "damaged": (
        _("What grading kept is not there, or cannot be read"),
        _("Run grader autograde --again for this student."),
    ),
    "unrecorded": (
        _("Judged, but missing in the gradebook"),
        _("Run grader autograde: recording was cut off."),
    ),
    "unreadable": (
        _("The file could not be read as a notebook"),
        _("Ask for the notebook again, or open the submitted file yourself."),
    ),
    "problem": (
        _("The notebook did not run to its end as it should"),
        _("What ran before counts. Look at the cell where it stopped."),
    ),
    "broken": (
        _("What a check cell left behind could not be read"),
        _("The question earned nothing. Look whether the code tampers with the check."),
    ),
    "unchecked": (
        _("A question could not be checked"),
        _("Its check cell did not run, or wrote nothing. Look what stands before it."),
    ),
    "raises": (
        _("A model cannot be called on the inputs that are asked for"),
        _("No points were given for it. A small slip may hide in good work."),
    ),
    "opaque": (
        _("A layer could not be read, so only numbers were compared"),
        _("The verdict stands, but the remarks say little. A look helps to explain."),
    ),
    "manual": (
        _("An answer waits for your own grade"),
        _("Grade it in formgrader."),
    ),
}
# What the grader says in English for its log, as a teacher reads it. What is not here stays as is.
SAID = (
    _("the kernel died"),
    _("the kernel did not answer"),
    _("the kernel sent something that is not a message"),
    _("a message was too large: outputs after it are lost"),
    _("a cell ran for more than {number} s"),
    _("the notebook ran for more than {number} s"),
    _("the notebook computed for more than {number} s"),
    _("the notebook used more than {number} GiB of memory"),
    _("the notebook started more than {number} processes"),
    _("the notebook wrote more than {number} files"),
    _("it is not there"),
    _("it is not a file"),
    _("it is not UTF-8 text"),
    _("it is not JSON"),
    _("it is not a notebook"),
    _("it is nested too deeply"),
    _("it is larger than {number} MB"),
    _("it has more than {number} cells"),
)


def page(report: Report, language: str) -> str:
    """The report as a page in ``language``."""
    say = _Sayer(report, language)
    heading = unit(report.assignment).titles[language]
    return _template().render(
        tag=html_language(language),
        policy=POLICY,
        style=_style(),
        title=translate(TITLE, language, heading=heading),
        heading=heading,
        assignment=report.assignment,
        say={key: translate(text, language) for key, text in WORDS.items()},
        is_anonymous=report.is_anonymous,
        lead=lead(report, language),
        need_you=need_you(report, language),
        groups=groups(report, language),
        absent=absent(report, language),
        overview=[say.overview(question) for question in report.questions],
        plots=list(say.plots()),
        questions=[
            say.question(place, question) for place, question in enumerate(report.questions, 1)
        ],
        people=list(say.people()),
        alike=say.alike(),
    )


def summary(report: Report, language: str) -> str:
    """What an instructor should know first, as plain text."""
    said = [lead(report, language), need_you(report, language)]
    for kind, found in _by_reason(report):
        names = [one_line(submission.student, 80) for submission, _reason in found[:_FIRST_NAMES]]
        more = ", …" if len(found) > _FIRST_NAMES else ""
        title = translate(REASON[kind][0], language)
        said.append(f"- {title} ({len(found)}): {', '.join(names)}{more}")
    return "\n".join(filter(None, [*said, groups(report, language), absent(report, language)]))


def lead(report: Report, language: str) -> str:
    """Who was graded, how it went, and what cost most: one sentence."""
    count, costly = len(report.points), report.costliest
    if costly is None:
        return translate(LEAD_PERFECT, language, count=count)
    return translate(
        LEAD_ONE if count == 1 else LEAD,
        language,
        count=count,
        median=number(report.median, language),
        maximum=number(report.max_points, language),
        question=_heading(report, costly.name, language),
        lost=number(costly.lost, language),
        most=number(costly.max_points, language),
    )


def need_you(report: Report, language: str) -> str:
    """How many submissions need a person."""
    count = len(report.people)
    if count < 2:
        return translate(NEEDS_YOU if count else NOBODY_NEEDS_YOU, language)
    return translate(NEED_YOU, language, count=count)


def groups(report: Report, language: str) -> str:
    """How many groups wrote alike; nothing if none did."""
    count = len(report.alike)
    if not count:
        return ""
    return translate(GROUP, language) if count == 1 else translate(GROUPS, language, count=count)


def absent(report: Report, language: str) -> str:
    """How many handed in nothing; nothing if nobody did that."""
    return translate(ABSENT, language, count=report.absent) if report.absent else ""


def _heading(report: Report, question: str, language: str) -> str:
    name = report.headings.get(language, {}).get(question, question)
    return one_line(re.sub(r"^\d+\.\s*", "", name), 100)


def _by_reason(report: Report) -> Iterator[tuple[str, list[tuple[Submission, Reason]]]]:
    for kind in REASON:
        found = [(s, r) for s in report.people for r in s.reasons if r.kind == kind]
        if found:
            yield kind, found


class _Sayer:
    """What each part of the page says, as plain data for the template."""

    def __init__(self, report: Report, language: str) -> None:
        self.report = report
        self.language = language

    def number(self, value: float) -> str:
        return number(value, self.language)

    def percent(self, share: float) -> str:
        return translate(PERCENT, self.language, share=f"{100 * share:.0f}")

    def heading(self, question: str) -> str:
        return _heading(self.report, question, self.language)

    def headings(self, questions: Sequence[str]) -> str:
        return " · ".join(map(self.heading, questions))  # commas stand in headings

    def overview(self, question: Question) -> dict[str, Any]:
        states = question.states
        return {
            "anchor": f"question-{question.name}",
            "heading": self.heading(question.name),
            "average": f"{self.number(question.average)} / {self.number(question.max_points)}",
            "percent": _percent(question.average, question.max_points),
            "lost": self.number(question.lost),
            "states": [
                states.get(state, 0)
                for state in ("passed", "partial", "failed", "not-attempted", "error")
            ],
        }

    def question(self, place: int, question: Question) -> dict[str, Any]:
        people = sum(question.states.values())
        rarer = len(question.remarks) - MOST_REMARKS
        return {
            "anchor": f"question-{question.name}",
            "heading": f"{place}. {self.heading(question.name)}",
            "name": question.name,
            "summary": translate(
                QUESTION_SUMMARY,
                self.language,
                average=self.number(question.average),
                maximum=self.number(question.max_points),
                judged=question.judged,
            ),
            "criteria": [
                {
                    "title": translate(criterion.title, self.language),
                    "failed": translate(
                        FAILED,
                        self.language,
                        failed=criterion.failed,
                        judged=criterion.met + criterion.failed,
                        share=self.percent(criterion.share),
                    ),
                    "percent": round(100 * criterion.share),
                    "partly": criterion.partly or "",
                    "lost": self.number(criterion.lost / max(people, 1)),
                }
                for criterion in question.criteria
            ],
            "mistakes": [self.remark(remark) for remark in question.mistakes[:_MOST_MISTAKES]],
            "has_layers": any(remark.layers for remark in question.remarks),
            "remarks": [self.remark(remark) for remark in question.remarks[:MOST_REMARKS]],
            "rarer": translate(RARER, self.language, count=rarer) if rarer > 0 else "",
            "layers": self.layers(question),
            "nothing": (
                translate(NO_REMARKS, self.language)
                if question.judged and question.judged == question.states.get("passed")
                else ""
            ),
        }

    def remark(self, remark: Remark) -> dict[str, Any]:
        return {
            "message": one_line(message(remark.finding, self.language), 400),
            "kind": remark.finding.kind,
            "times": translate(TIMES, self.language, count=remark.count),
            "count": remark.count,
            "layers": [
                {"name": one_line(name, 40), "count": count}
                for name, count in remark.layers[:MOST_LAYERS]
            ],
            "more": self.more(len(remark.layers) - MOST_LAYERS),
        }

    def layers(self, question: Question) -> str:
        """The layers of a question, where several remarks are about several layers."""
        layers = question.layers
        if len(layers) < 2 or sum(bool(remark.layers) for remark in question.remarks) < 2:
            return ""
        said = [f"{one_line(name, 40)} ({count})" for name, count in layers[:MOST_LAYERS]]
        more = self.more(len(layers) - MOST_LAYERS)
        return translate(
            ABOUT_LAYERS, self.language, layers=self.list([*said, *([more] if more else [])])
        )

    def more(self, count: int) -> str:
        return translate(MORE, self.language, count=count) if count > 0 else ""

    def list(self, items: Sequence[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(items)

    def plots(self) -> Iterator[dict[str, Any]]:
        points = self.report.points
        yield self.plot(POINTS_PLOT, points, _bins(points, self.report.max_points, whole=True))
        seconds = self.report.seconds
        if seconds:
            yield self.plot(TIME_PLOT, seconds, _bins(seconds, _usual_top(seconds), whole=False))

    def plot(self, title: str, values: Sequence[float], bins: _Bins) -> dict[str, Any]:
        middle = _middle(values)
        said = translate(title, self.language)
        alt = translate(
            PLOT_ALT,
            self.language,
            count=len(values),
            title=said,
            low=self.number(min(values)),
            median=self.number(middle),
            high=self.number(max(values)),
        )
        median = translate(MEDIAN, self.language, median=self.number(middle))
        return {"title": said, "alt": alt, **self.histogram(values, bins, middle, median)}

    def histogram(
        self, values: Sequence[float], bins: _Bins, middle: float, median: str
    ) -> dict[str, Any]:
        """The bars and axes of a histogram, in units of its drawing."""
        count = [0] * bins.count
        for value in values:
            count[bins.place(value)] += 1
        step = _round_step(max(count) / 4, at_least=1)
        top = step * math.ceil(max(count) / step)
        wide = (_WIDTH - _LEFT - _RIGHT) / bins.count
        high = _HEIGHT - _TOP - _BOTTOM

        def y(number_of: float) -> float:
            return round(_TOP + high * (1 - number_of / top), 1)

        bars = [
            {
                "x": round(_LEFT + wide * (place + 0.06), 1),
                "y": y(found),
                "width": round(wide * 0.88, 1),
                "height": round(_HEIGHT - _BOTTOM - y(found), 1),
                "title": translate(
                    PLOT_BAR, self.language, range=self.range(bins, place), count=found
                ),
            }
            for place, found in enumerate(count)
            if found
        ]
        every = math.ceil(bins.count / 12)
        shift = 0.5 if bins.are_whole else 0.0
        ticks = [
            {"x": round(_LEFT + wide * (place + shift), 1), "label": self.label(bins, place)}
            for place in range(bins.count)
            if place % every == 0 or (place == bins.count - 1 and place % every > every / 2)
        ]
        grid = [{"y": y(level), "label": level} for level in range(0, int(top) + 1, int(step))]
        at = round(_LEFT + wide * (min(middle / bins.step, bins.count - 1) + shift), 1)
        return {
            "bars": bars,
            "ticks": ticks,
            "grid": grid,
            "median": {
                "x": at,
                "label": median,
                "anchor": "end" if at > _WIDTH * 0.7 else "start",
                "text_x": at - 5 if at > _WIDTH * 0.7 else at + 5,
            },
            "axis": translate(SUBMISSIONS_AXIS, self.language),
            "width": _WIDTH,
            "height": _HEIGHT,
            "left": _LEFT,
            "right": _WIDTH - _RIGHT,
            "top": _TOP,
            "bottom": _HEIGHT - _BOTTOM,
        }

    def label(self, bins: _Bins, place: int) -> str:
        low = self.number(place * bins.step)
        return f"≥ {low}" if bins.is_open and place == bins.count - 1 else low

    def range(self, bins: _Bins, place: int) -> str:
        low = self.number(place * bins.step)
        if place == bins.count - 1:
            return translate(OR_MORE, self.language, value=low) if bins.is_open else low
        return low if bins.are_whole else f"{low}–{self.number((place + 1) * bins.step)}"

    def people(self) -> Iterator[dict[str, Any]]:
        for kind, found in _by_reason(self.report):
            title, advice = REASON[kind]
            entries = [
                {"student": one_line(s.student, 80), "detail": self.detail(reason)}
                for s, reason in found
            ]
            yield {
                "title": translate(title, self.language),
                "advice": translate(advice, self.language),
                "count": len(found),
                "first": entries[:_MOST_NAMES],
                "rest": entries[_MOST_NAMES:],
                "more": self.more(len(entries) - _MOST_NAMES),
            }

    def detail(self, reason: Reason) -> str:
        if reason.detail and reason.kind != "damaged":
            return _said(reason.detail, self.language)
        return self.headings(reason.questions)

    def alike(self) -> dict[str, Any]:
        report = self.report
        answered = sum(bool(s.answers) and s.points is not None for s in report.submissions)
        return {
            "hint": translate(ALIKE_HINT, self.language),
            "how": translate(ALIKE_HOW, self.language, most=usual(answered)),
            "groups": [
                {
                    "students": [one_line(name, 80) for name in group.students[:_MOST_NAMES]],
                    "more": self.more(len(group.students) - _MOST_NAMES),
                    "questions": self.headings(group.questions),
                    "share": self.percent(group.share),
                }
                for group in report.alike[:_MOST_GROUPS]
            ],
            "more": self.more(len(report.alike) - _MOST_GROUPS),
        }


def _said(detail: str, language: str) -> str:
    """A sentence of the grader's log, in the language."""
    known, _colon, rest = detail.partition(":")
    for text in SAID:
        for candidate, tail in ((detail, ""), (known, rest)):
            found = re.fullmatch(re.escape(text).replace(r"\{number\}", r"(\d+)"), candidate)
            if found:
                said = translate(text, language, **({"number": found[1]} if found.groups() else {}))
                return f"{said} ({tail.strip()})" if tail else said
    return detail


# -- drawing -----------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 480, 220, 42, 12, 26, 30  # of a plot
_MOST_BARS = 25


@dataclass(frozen=True)
class _Bins:
    """Bars of equal width from zero on; the last one is open where few values lie far away.

    ``are_whole``: each stands for a whole number, which is written below its middle.
    """

    step: float
    count: int
    is_open: bool = False
    are_whole: bool = False

    def place(self, value: float) -> int:
        return max(0, min(int(value / self.step + 1e-9), self.count - 1))


def _bins(values: Sequence[float], top: float, *, whole: bool) -> _Bins:
    """Bars for values from zero to ``top``, which has one of its own, and beyond."""
    step = _round_step(top / (_MOST_BARS - 1), at_least=1.0 if whole else 0.0)
    count = math.floor(top / step + 1e-9) + 1
    return _Bins(step, count, max(values) > top, whole and step == 1)


def _usual_top(values: Sequence[float]) -> float:
    """Where an axis may end so that a few that took very long do not flatten all others."""
    ordered = sorted(values)
    ninth = ordered[int(0.9 * (len(ordered) - 1))]
    return ordered[-1] if ordered[-1] <= 3 * ninth else 2 * ninth


def _round_step(least: float, at_least: float = 0.0) -> float:
    """1, 2 or 5 times a power of ten, not less than ``least``."""
    least = max(least, at_least, 1e-3)
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least - 1e-9)


def _middle(values: Sequence[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _percent(part: float, whole: float) -> int:
    return round(100 * min(max(part / whole, 0.0), 1.0)) if whole else 0


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _style() -> str:
    own = _HERE / "templates" / "report.css"
    return "\n".join(path.read_text(encoding="utf-8") for path in (_PAGE_STYLE, own))
