"""What became of a class: where it lost points and why, who needs a person, who wrote alike.

``collect`` reads what grading left behind (kept verdicts, the gradebook, graded notebooks) into
plain data; ``anonymous`` takes the names out of it; ``report`` counts. ``grader.report_page`` and
``grader.report_tables`` show what was counted. Nothing is run and nothing is judged here.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

import course
from grader import keep
from grader.feedback import message
from grader.similar import Alike, near_identical
from grader.text import LANGUAGES
from grader.untrusted import ELLIPSIS, one_line
from grader.verdict import CriterionResult, Finding, Verdict

# Kinds of reasons why a person should look at a submission, the most pressing first.
REASONS = (
    "ungraded",
    "renewed",
    "damaged",
    "unrecorded",
    "unreadable",
    "problem",
    "broken",
    "unchecked",
    "raises",
    "opaque",
    "manual",
)
MOST_REMARKS, MOST_LAYERS = 8, 6
NUMBERS = ".numbers.json"  # who bears which number where names are left out
_ENOUGH = 3  # so many people must have used a name of their own before it tells nobody
_OURS = frozenset({"expected", "setting", "role", "key", "count", "asked"})  # not the student’s
_AUTOMATIC = frozenset({"keras_tensor", "input_layer", "functional", "sequential", "model"})
_BAD = (KeyError, TypeError, ValueError, AttributeError, IndexError)  # what a damaged file raises


class NothingGraded(Exception):
    """No submission to the assignment was graded yet."""


@dataclass(frozen=True)
class Reason:
    """Why a person should look: a kind (see ``REASONS``), the questions concerned, and what an
    English sentence of the grader's adds."""

    kind: str
    questions: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Booked:
    """What the gradebook says of a submission, less what was lost by handing in late."""

    points: float
    max_points: float
    needs_grading: bool = False


@dataclass(frozen=True)
class Submission:
    """What is known of one submission.

    ``points`` is None if it is not graded; ``verdicts`` by question, without graphs; ``seconds``
    is how long the notebook ran; ``answers`` is the code of its answer cells, by their ids.
    """

    student: str
    points: float | None = None
    max_points: float = 0.0
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    seconds: float | None = None
    reasons: tuple[Reason, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """A class as grading left it. ``headings`` names questions by language and id; ``given`` is
    code that everybody was given; ``absent`` counts who handed in nothing."""

    assignment: str
    submissions: tuple[Submission, ...]
    headings: Mapping[str, Mapping[str, str]]
    given: tuple[str, ...]
    absent: int = 0
    is_anonymous: bool = False


@dataclass(frozen=True)
class Criterion:
    """How one criterion went: how many met it, partly, not, or gave no answer to be judged."""

    name: str
    title: str
    max_points: float
    met: int
    partly: int
    missed: int
    unanswered: int
    lost: float

    @property
    def failed(self) -> int:
        return self.partly + self.missed

    @property
    def share(self) -> float:
        """The share of failures among the answers that were judged."""
        return self.failed / max(self.met + self.failed, 1)


@dataclass(frozen=True)
class Remark:
    """What was said to ``count`` people; ``finding`` in the words that most of them got."""

    finding: Finding
    count: int
    layers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Question:
    """How one question went. ``average`` points earned of ``max_points``; ``states`` counts the
    states of verdicts; ``mistakes`` are the recognised misconceptions."""

    name: str
    max_points: float
    average: float
    states: Mapping[str, int]
    criteria: tuple[Criterion, ...]
    mistakes: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    layers: tuple[tuple[str, int], ...]

    @property
    def lost(self) -> float:
        """Points lost on average."""
        return round(self.max_points - self.average, 4)

    @property
    def judged(self) -> int:
        """How many answers were there to be judged."""
        return sum(self.states.get(state, 0) for state in ("passed", "partial", "failed"))


@dataclass(frozen=True)
class Report:
    """A class, counted."""

    assignment: str
    submissions: tuple[Submission, ...]
    questions: tuple[Question, ...]
    alike: tuple[Alike, ...]
    headings: Mapping[str, Mapping[str, str]]
    absent: int
    is_anonymous: bool

    @property
    def points(self) -> list[float]:
        return [s.points for s in self.submissions if s.points is not None]

    @property
    def max_points(self) -> float:
        return max((s.max_points for s in self.submissions), default=0.0)

    @property
    def median(self) -> float:
        return float(median(self.points))

    @property
    def seconds(self) -> list[float]:
        return [s.seconds for s in self.submissions if s.seconds is not None]

    @property
    def costliest(self) -> Question | None:
        """The question that cost the class most points; None if nobody lost any."""
        costly = max(self.questions, key=lambda q: q.lost, default=None)
        return costly if costly is not None and costly.lost > 0 else None

    @property
    def people(self) -> tuple[Submission, ...]:
        """The submissions that a person should look at."""
        return tuple(s for s in self.submissions if s.reasons)


# -- counting ----------------------------------------------------------------------------------


def report(collected: Collected) -> Report:
    """Count. Raises ``NothingGraded`` where there is nothing to count."""
    graded = [s for s in collected.submissions if s.points is not None]
    if not graded:
        raise NothingGraded(collected.assignment)
    order: dict[str, None] = {}
    for submission in sorted(graded, key=lambda s: -len(s.verdicts)):
        order.update(dict.fromkeys(submission.verdicts))
    answers = {s.student: s.answers for s in graded if s.answers}
    return Report(
        collected.assignment,
        collected.submissions,
        tuple(_question(name, [s.verdicts.get(name) for s in graded]) for name in order),
        near_identical(answers, collected.given),
        collected.headings,
        collected.absent,
        collected.is_anonymous,
    )


def _question(name: str, verdicts: Iterable[Verdict | None]) -> Question:
    given = [verdict for verdict in verdicts if verdict is not None]
    mistakes, remarks = _Remarks(), _Remarks()
    layers: Counter[str] = Counter()
    for verdict in given:
        mistakes.add(f for f in verdict.advice if f.kind == "mistake")
        found = list(_findings(verdict))
        remarks.add(found)
        layers.update({f.layer for f in found if f.layer})
    maximum = max(verdict.max_points for verdict in given)
    return Question(
        name,
        maximum,
        sum(verdict.points for verdict in given) / len(given),
        Counter(verdict.state for verdict in given),
        tuple(_criteria(given)),
        mistakes.counted(),
        remarks.counted(),
        _most(layers),
    )


def _findings(verdict: Verdict) -> Iterator[Finding]:
    """What was remarked on an answer, each thing once, known mistakes aside."""
    seen = set()
    for finding in (*verdict.advice, *(f for result in verdict.results for f in result.findings)):
        if finding.kind in ("mistake", "no-evidence", "broken-evidence"):
            continue
        key = (finding.kind, finding.layer, message(finding, "en"))
        if key not in seen:
            seen.add(key)
            yield finding


def _criteria(verdicts: Sequence[Verdict]) -> Iterator[Criterion]:
    found: dict[tuple[str, str], list[tuple[str, CriterionResult]]] = defaultdict(list)
    for verdict in verdicts:
        for result in verdict.results:
            found[result.name, result.title].append((verdict.state, result))
    for (name, title), results in found.items():
        judged = [r for state, r in results if state not in ("not-attempted", "error")]
        met = sum(result.passed for result in judged)
        partly = sum(0 < result.points < result.max_points for result in judged)
        yield Criterion(
            name,
            title,
            max(result.max_points for _state, result in results),
            met,
            partly,
            len(judged) - met - partly,
            len(results) - len(judged),
            round(sum(result.max_points - result.points for _state, result in results), 2),
        )


class _Remarks:
    """Counts people to whom the same was said, whatever they call their layers."""

    def __init__(self) -> None:
        self._count: Counter[Any] = Counter()
        self._words: dict[Any, dict[str, Finding]] = defaultdict(dict)
        self._said: dict[Any, Counter[str]] = defaultdict(Counter)
        self._layers: dict[Any, Counter[str]] = defaultdict(Counter)

    def add(self, findings: Iterable[Finding]) -> None:
        """What one person was told."""
        layers: dict[Any, set[str]] = defaultdict(set)
        for finding in findings:
            ours = {k: str(v) for k, v in finding.params.items() if k in _OURS}
            key = (finding.kind, finding.message, tuple(sorted(ours.items())))
            words = message(finding, "en")
            if key not in layers:
                self._count[key] += 1
            self._words[key][words] = finding
            self._said[key][words] += 1
            layers[key] |= {finding.layer} if finding.layer else set()
        for key, names in layers.items():
            self._layers[key].update(names)

    def counted(self) -> tuple[Remark, ...]:
        """The most frequent first."""
        order = sorted(self._count, key=lambda key: (-self._count[key], key))
        return tuple(
            Remark(
                self._words[key][_most(self._said[key])[0][0]],
                self._count[key],
                _most(self._layers[key]),
            )
            for key in order
        )


def _most(count: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(count.items(), key=lambda item: (-item[1], item[0])))


# -- without names -----------------------------------------------------------------------------


def anonymous(collected: Collected, numbers: Mapping[str, int]) -> Collected:
    """The same class with numbers for names, in the order of the numbers.

    What students chose (names of layers, values) stays only where several chose it and nobody's
    name is in it: a layer may be called after its author.
    """
    names = [s.student.casefold() for s in collected.submissions]
    used = Counter(text for s in collected.submissions for text in _chosen(s))
    shown = {
        text
        for text, count in used.items()
        if count >= _ENOUGH and not any(name in text.casefold() for name in names if len(name) > 1)
    }
    return replace(
        collected,
        submissions=tuple(
            sorted(
                (_without_name(s, numbers[s.student], shown) for s in collected.submissions),
                key=lambda s: int(s.student),
            )
        ),
        is_anonymous=True,
    )


def _chosen(submission: Submission) -> set[str]:
    """The texts in what was found that may be the student's own."""
    return {
        text
        for verdict in submission.verdicts.values()
        for finding in (*verdict.advice, *(f for r in verdict.results for f in r.findings))
        for value in (finding.layer, *(v for k, v in finding.params.items() if k not in _OURS))
        for text in (value if isinstance(value, (list, tuple)) else [value])
        if isinstance(text, str)
    }


def _without_name(submission: Submission, number: int, shown: set[str]) -> Submission:
    def hide(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return list(map(hide, value))
        return ELLIPSIS if isinstance(value, str) and value not in shown else value

    def plain(finding: Finding) -> Finding:
        params = {k: v if k in _OURS else hide(v) for k, v in finding.params.items()}
        return replace(finding, layer=hide(finding.layer) if finding.layer else None, params=params)

    def told(verdict: Verdict) -> Verdict:
        results = tuple(
            replace(result, findings=tuple(map(plain, result.findings)))
            for result in verdict.results
        )
        return replace(verdict, results=results, advice=tuple(map(plain, verdict.advice)))

    return replace(
        submission,
        student=str(number),
        verdicts={name: told(verdict) for name, verdict in submission.verdicts.items()},
        reasons=tuple(
            replace(reason, detail=reason.detail.partition(":")[0]) for reason in submission.reasons
        ),
    )


def numbers(root: Path, assignment: str, students: Iterable[str]) -> dict[str, int]:
    """A number for each student of an assignment, drawn at random and kept: the same every time.

    ``evidence/.numbers.json`` holds them, and is the only way back to the names.
    """
    path = root / "evidence" / NUMBERS
    kept = keep.read(path) or {}
    mine: dict[str, int] = kept.get(assignment, {})
    new = sorted(set(students) - mine.keys())
    if new:
        taken = set(mine.values())
        top = 10 ** max(4, len(str(2 * (len(mine) + len(new)))))
        while new:
            number = top // 10 + secrets.randbelow(top - top // 10)
            if number not in taken:
                taken.add(number)
                mine[new.pop()] = number
        path.parent.mkdir(exist_ok=True)
        keep.write(path, {**kept, assignment: dict(sorted(mine.items()))})
        path.chmod(0o600)
    return mine


# -- collecting --------------------------------------------------------------------------------


def collect(
    root: Path,
    assignment: str,
    *,
    submitted: Mapping[str, Path],
    autograded: Mapping[str, Path],
    booked: Mapping[str, Booked] | None = None,
    enrolled: Iterable[str] = (),
) -> Collected:
    """What grading left behind in the course at ``root``.

    ``submitted`` and ``autograded`` are students' folders; ``booked`` is the gradebook's page on
    the assignment, None where there is no gradebook; ``enrolled`` are all of its students.
    """
    folder = keep.evidence_folder(root, assignment, "")
    judged = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    students = sorted({*judged, *submitted, *autograded, *(booked or ())})
    submissions = tuple(
        _submission(
            student,
            folder / student,
            submitted.get(student),
            autograded.get(student),
            (booked or {}).get(student),
            has_book=booked is not None,
        )
        for student in students
    )
    absent = len(set(enrolled) - set(students))
    return Collected(assignment, submissions, headings(assignment), _given(assignment), absent)


def _submission(
    student: str,
    kept: Path,
    submitted: Path | None,
    autograded: Path | None,
    booked: Booked | None,
    *,
    has_book: bool,
) -> Submission:
    reasons = []
    verdicts: dict[str, Verdict] = {}
    outcome: Mapping[str, Any] = {}
    graded: Mapping[str, Any] = {}
    try:
        told = keep.read(kept / keep.VERDICTS)
        if told is None and (kept / keep.VERDICTS).exists():
            raise ValueError("it is not what was written there")
        outcome = keep.read(kept / keep.OUTCOME) or {}
        verdicts = {str(name): _verdict(data) for name, data in (told or {}).items()}
        seconds = None if "seconds" not in outcome else float(outcome["seconds"])
        graded = _notebook(autograded)
        unreadable = graded.get("metadata", {}).get("atelier", {}).get("unreadable")
        answers = _answers(graded)
    except _BAD as error:
        verdicts, seconds, unreadable, answers = {}, None, None, {}
        reasons.append(Reason("damaged", detail=type(error).__name__))
    if booked is not None:
        points, maximum = booked.points, booked.max_points
        if not verdicts and not reasons:
            reasons.append(Reason("damaged"))
        if booked.needs_grading:
            reasons.append(Reason("manual"))
    elif verdicts:
        points = round(sum(verdict.points for verdict in verdicts.values()), 2)
        maximum = round(sum(verdict.max_points for verdict in verdicts.values()), 2)
        if has_book:
            reasons.append(Reason("unrecorded"))
    else:
        points, maximum = None, 0.0
        if not reasons:
            reasons.append(Reason("ungraded"))
    if points is not None and _stamp(submitted) != _stamp(autograded):
        reasons.append(Reason("renewed"))
    problem = outcome.get("problem")
    if unreadable:
        reasons.append(Reason("unreadable", detail=one_line(unreadable, 200)))
    elif problem:
        reasons.append(Reason("problem", detail=one_line(problem, 200)))
    reasons += _doubts(verdicts, is_explained=bool(unreadable or problem))
    reasons.sort(key=lambda reason: REASONS.index(reason.kind))
    return Submission(student, points, maximum, verdicts, seconds, tuple(reasons), answers)


def _doubts(verdicts: Mapping[str, Verdict], *, is_explained: bool) -> Iterator[Reason]:
    """The questions on which the judge could not say all that it should."""
    found: dict[str, list[str]] = defaultdict(list)
    names = {"broken-evidence": "broken", "raises": "raises", "unreadable": "opaque"}
    if not is_explained:
        names["no-evidence"] = "unchecked"
    for question, verdict in verdicts.items():
        everything = (*verdict.advice, *(f for r in verdict.results for f in r.findings))
        kinds = {names[f.kind] for f in everything if f.kind in names}
        for kind in kinds:
            found[kind].append(question)
    for kind, questions in found.items():
        yield Reason(kind, tuple(questions))


def _verdict(data: Mapping[str, Any]) -> Verdict:
    """A kept verdict without its graph, with the layers that Keras named called alike."""
    verdict = Verdict.from_json(data)
    kinds: dict[str, set[str]] = defaultdict(set)
    for node in (verdict.graph or {}).get("nodes", ()):
        kinds[str(node["layer"])].add(str(node["op"]))

    def plain(finding: Finding) -> Finding:
        if finding.layer is None:
            return finding
        name = re.sub(r"_\d+$", "", finding.layer)
        if name not in kinds[finding.layer] | _AUTOMATIC:
            name = finding.layer
        name = one_line(name, 60)
        params = {**finding.params, **({"layer": name} if "layer" in finding.params else {})}
        return replace(finding, layer=name, params=params, nodes=())

    results = tuple(
        replace(result, findings=tuple(map(plain, result.findings))) for result in verdict.results
    )
    return replace(verdict, results=results, advice=tuple(map(plain, verdict.advice)), graph=None)


def _notebook(folder: Path | None) -> Mapping[str, Any]:
    """A graded notebook, as JSON; it was sanitised before it was graded."""
    notebook = None if folder is None else keep.read(folder / "exercise.ipynb")
    return notebook if isinstance(notebook, dict) else {}


def _answers(notebook: Mapping[str, Any]) -> dict[str, str]:
    """The code of the answer cells, by grade id."""
    found = {}
    for cell in notebook.get("cells", ()):
        tag = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and tag.get("solution"):
            found[str(tag["grade_id"])] = _source(cell)
    return found


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _stamp(folder: Path | None) -> str | None:
    """When it was handed in, as nbgrader writes it down."""
    path = None if folder is None else folder / "timestamp.txt"
    return path.read_text(errors="replace").strip() if path and path.is_file() else None


def _course_notebook(language: str, assignment: str, name: str) -> Mapping[str, Any]:
    return _read_json(Path(course.__path__[0]) / language / assignment / f"{name}.ipynb")


def _read_json(path: Path) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def headings(assignment: str) -> dict[str, dict[str, str]]:
    """What the exercise calls its questions, by language and by the ids of answers and checks."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        heading, titles = "", {}
        for cell in _course_notebook(language, assignment, "exercise").get("cells", ()):
            if cell["cell_type"] == "markdown":
                lines = [s for s in _source(cell).splitlines() if s.startswith("## ")]
                heading = re.sub(r"[*`]", "", lines[-1][3:]).strip() if lines else heading
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            if name:
                titles[name.removeprefix("check-")] = heading or name
        found[language] = titles
    return found


def _given(assignment: str) -> tuple[str, ...]:
    """The code of the exercise as it was handed out, and of its lesson."""
    return tuple(
        dict.fromkeys(
            _source(cell)
            for language in LANGUAGES
            for name in ("exercise", "lesson")
            for cell in _course_notebook(language, assignment, name).get("cells", ())
            if cell["cell_type"] == "code"
        )
    )
