"""The class report counts right, speaks three languages, keeps secrets and does no harm."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import string
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbgrader.api import Gradebook

from grader import keep, report_files
from grader.__main__ import main
from grader.report import (
    Booked,
    Collected,
    NothingGraded,
    Report,
    anonymous,
    collect,
    numbers,
    report,
)
from grader.report_page import REASON, SAID, WORDS, page, summary
from grader.report_tables import tables
from grader.similar import near_identical, tokens
from grader.text import LANGUAGES, translate
from grader.untrusted import POLICY
from grader.verdict import CriterionResult, Finding, Verdict

SLUG = "02-functional"
UNITS = "“{layer}”: {setting} is {found}, but {expected} is asked for."
MISTAKE = (
    "You counted the weights, but not the biases: each unit has one more parameter of its own."
)
INTERFACE = "The model has the inputs and outputs that are asked for"
EQUIVALENT = "Layer by layer, it is the model that is asked for"
HOSTILE = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>"
FORMULA = '=HYPERLINK("https://elsewhere.example")'


def verdict(
    question: str, points: Sequence[float] = (1, 3), state: str = "passed", **more: Any
) -> Verdict:
    """A verdict on two criteria, of 1 and 3 points; ``found`` belongs to the second."""
    found = tuple(more.pop("found", ()))
    results = (
        CriterionResult("interface", INTERFACE, points[0], 1),
        CriterionResult("equivalent", EQUIVALENT, points[1], 3, found),
    )
    return Verdict(f"{SLUG}.{question}", state, results, **more)  # type: ignore[arg-type]


def wrong_units(layer: str, found: int = 64) -> Finding:
    params = {"layer": layer, "setting": "units", "found": found, "expected": 32}
    return Finding("wrong-setting", UNITS, layer, params, (1,))


class Course:
    """A course folder as grading leaves it behind, made by hand."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(
        self,
        student: str,
        verdicts: Mapping[str, Verdict] | None = None,
        *,
        seconds: float = 2.5,
        problem: str | None = None,
        unreadable: str | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        for step in ("submitted", "autograded") if verdicts is not None else ("submitted",):
            folder = self.root / step / student / SLUG
            folder.mkdir(parents=True)
            (folder / "timestamp.txt").write_text("2026-01-01 00:00:00 UTC")
        if verdicts is None:
            return
        cells = [
            {
                "cell_type": "code",
                "source": code,
                "metadata": {"nbgrader": {"grade_id": name, "solution": True}},
            }
            for name, code in (answers or {}).items()
        ]
        about = {} if unreadable is None else {"unreadable": unreadable}
        notebook = {"cells": cells, "metadata": {"atelier": about}}
        graded = self.root / "autograded" / student / SLUG / "exercise.ipynb"
        graded.write_text(json.dumps(notebook), encoding="utf-8")
        kept = keep.evidence_folder(self.root, SLUG, student)
        kept.mkdir(parents=True)
        keep.write(kept / keep.VERDICTS, {name: v.to_json() for name, v in verdicts.items()})
        if unreadable is None:
            outcome = {"key": "", "seconds": seconds, "problem": problem, "cells": []}
            keep.write(kept / keep.OUTCOME, outcome)
        keep.write(kept / keep.RECORDED, {"fingerprint": ""})

    def collected(self, **more: Any) -> Collected:
        folders = {}
        for step in ("submitted", "autograded"):
            found = (self.root / step).glob(f"*/{SLUG}")
            folders[step] = {path.parent.name: path for path in found}
        return collect(self.root, SLUG, **folders, **more)

    def report(self, **more: Any) -> Report:
        return report(self.collected(**more))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


@pytest.fixture
def small(course: Course) -> Course:
    """Ana is right, Ben and Cleo are wrong in the same way, Dan answered nothing."""
    graph = {"nodes": [{"layer": "dense_7", "op": "dense"}]}
    advice = (Finding("mistake", MISTAKE),)
    wrong: Any = {"state": "partial", "advice": advice, "graph": graph}
    course.add("ana", {"stack": verdict("stack"), "pair": verdict("pair")}, seconds=1.5)
    course.add(
        "ben",
        {
            "stack": verdict("stack", (1, 0), found=[wrong_units("dense_7")], **wrong),
            "pair": verdict("pair"),
        },
    )
    course.add(
        "cleo",
        {
            "stack": verdict("stack", (1, 1.5), found=[wrong_units("hidden_1")], **wrong),
            "pair": verdict("pair", (0, 3), "partial"),
        },
        seconds=9,
    )
    nothing = {q: verdict(q, (0, 0), "not-attempted") for q in ("stack", "pair")}
    course.add("dan", nothing, seconds=4)
    return course


def rows(found: Report, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tables(found)[name])))


# -- counting ----------------------------------------------------------------------------------


def test_criteria_count_who_met_them_and_who_did_not(small: Course) -> None:
    stack, pair = small.report().questions
    interface, equivalent = stack.criteria
    assert (interface.met, interface.partly, interface.missed, interface.unanswered) == (3, 0, 0, 1)
    assert (equivalent.met, equivalent.partly, equivalent.missed) == (1, 1, 1)
    assert equivalent.failed == 2
    assert equivalent.share == pytest.approx(2 / 3)
    assert equivalent.lost == 3 + 1.5 + 3
    assert pair.criteria[0].failed == 1
    assert stack.states == {"passed": 1, "partial": 2, "not-attempted": 1}


def test_misconceptions_and_remarks_count_students_and_name_layers(small: Course) -> None:
    stack = small.report().questions[0]
    assert [(m.finding.message, m.count) for m in stack.mistakes] == [(MISTAKE, 2)]
    (remark,) = stack.remarks
    assert remark.finding.kind == "wrong-setting"
    assert remark.count == 2
    assert remark.layers == (("dense", 1), ("hidden_1", 1))  # Keras’s own numbers say nothing


def test_the_page_begins_with_what_matters(small: Course) -> None:
    found = small.report()
    assert found.costliest is not None
    assert found.costliest.name == "stack"
    assert summary(found, "en").splitlines()[0] == (
        "4 submissions are graded, the median is 5.25 of 8 points, and “A stack whose layers have "
        "names” cost the class most: 2.12 of its 4 points on average."
    )
    assert "Une pile dont les couches ont un nom" in summary(found, "fr").splitlines()[0]


def test_points_are_the_gradebooks_where_it_has_them(small: Course) -> None:
    booked = {name: Booked(7, 10, name == "ben") for name in ("ana", "ben", "cleo", "eve")}
    found = small.report(booked=booked, enrolled=[*booked, "dan", "fay"])
    assert found.points == [7, 7, 7, 0, 7]
    assert found.max_points == 10
    assert found.absent == 1
    kinds = {s.student: [r.kind for r in s.reasons] for s in found.people}
    assert kinds == {"ben": ["manual"], "dan": ["unrecorded"], "eve": ["damaged"]}


def test_who_needs_a_person_is_named_with_the_reason(small: Course) -> None:
    lost = verdict("stack", (0, 0), "error", advice=(Finding("no-evidence", ""),))
    forged = verdict("stack", (0, 0), "error", advice=(Finding("broken-evidence", ""),))
    cannot = Finding("raises", "{found}", params={"found": ""})
    raises = verdict("stack", (0, 0), "failed", advice=(cannot,))
    closed = Finding("unreadable", "“{layer}”", "own", {"layer": "own"})
    opaque = verdict("stack", (1, 0), "partial", found=[closed])
    small.add("unread", {"stack": lost}, unreadable="it is not JSON: Expecting value")
    small.add("timeout", {"stack": lost}, problem="a cell ran for more than 120 s")
    small.add("unchecked", {"stack": lost})
    small.add("forged", {"stack": forged})
    small.add("raises", {"stack": raises})
    small.add("opaque", {"stack": opaque})
    small.add("ungraded")
    small.add("renewed", {"stack": verdict("stack")})
    (small.root / "submitted/renewed" / SLUG / "timestamp.txt").write_text("2026-01-02")
    small.add("damaged", {"stack": verdict("stack")})
    (keep.evidence_folder(small.root, SLUG, "damaged") / keep.VERDICTS).write_text('{"stack": {')
    found = small.report()
    kinds = {s.student: [r.kind for r in s.reasons] for s in found.people}
    assert kinds == {
        "unread": ["unreadable"],
        "timeout": ["problem"],
        "forged": ["broken"],
        **{
            name: [name]
            for name in ["unchecked", "raises", "opaque", "ungraded", "renewed", "damaged"]
        },
    }
    shown = page(found, "fr")
    assert "une cellule a tourné plus de 120~s".replace("~", " ") in shown.replace("\xa0", " ")
    for kind in ("unreadable", "problem", "broken", "raises", "ungraded", "renewed", "damaged"):
        assert translate(REASON[kind][0], "fr") in shown


def test_a_class_where_all_is_right_says_so(course: Course) -> None:
    course.add("ana", {"stack": verdict("stack")})
    found = course.report()
    assert found.costliest is None
    assert summary(found, "en").startswith("Submissions graded: 1; nobody lost a point")
    assert translate(WORDS["nobody"], "zh") in page(found, "zh")


def test_one_submission_is_a_class_too(course: Course) -> None:
    course.add("ana", {"stack": verdict("stack", (1, 0), "partial")})
    assert summary(course.report(), "en").startswith("One submission is graded, with 1 of 4 points")


def test_real_verdicts_of_the_judge_are_counted(course: Course) -> None:
    from grader.judge import judge
    from grader.probe import collect as probe
    from grader.probe import new_challenge
    from grader.rubric import load_task
    from grader.selfcheck import signature
    from solutions import functional
    from tests.corpus import CORPORA, cases, load

    task, challenge = load_task(f"{SLUG}.stack"), new_challenge()
    corpus = load(CORPORA / "answers" / "functional" / "stack.py")
    wrong = [getattr(corpus, case)() for case in cases(corpus, "wrong_")[:3]]
    for place, answer in enumerate([functional.stack, None, *wrong]):
        given = probe(task.id, answer, challenge, signature(task))
        course.add(f"s{place}", {"stack": judge(task, given, challenge)})
    (stack,) = course.report().questions
    assert stack.states["passed"] == 1
    assert stack.states["not-attempted"] == 1
    assert sum(criterion.failed for criterion in stack.criteria) >= 3
    assert sum(remark.count for remark in stack.remarks) >= 3


# -- languages and form ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_its_language_and_no_other(small: Course, language: str) -> None:
    shown = page(small.report(), language)
    for text in (WORDS["overview"], WORDS["people"], WORDS["mistakes"], MISTAKE):
        assert translate(text, language) in shown
        assert language == "en" or text not in shown
    assert 'role="img" aria-label="' in shown
    alts = re.findall(r'role="img" aria-label="([^"]*)"', shown)
    assert len(alts) == 2
    assert ("submissions" in alts[0]) == (language == "en")


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_what_the_grader_logs_in_english_is_known_in_the_language(language: str) -> None:
    from grader.report_page import _said

    for text in SAID:
        assert text.partition("{")[0] not in _said(text.replace("{number}", "9"), language)
    assert _said("it is none of these", language) == "it is none of these"


def test_the_page_needs_nothing_and_runs_nothing(small: Course) -> None:
    shown = page(small.report(), "en")
    assert f'content="{POLICY}"'.replace("'", "&#39;") in shown
    assert not re.search(r"<(script|link|iframe|object|img|form)\b", shown)
    assert not re.search(r"""(src|href)=["'](?!#)|url\(|@import""", shown)
    assert "prefers-color-scheme: dark" in shown


def test_every_link_on_the_page_leads_somewhere(small: Course) -> None:
    shown = page(small.report(), "en")
    for anchor in re.findall(r'href="#([^"]*)"', shown):
        assert shown.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize("text", [HOSTILE, FORMULA, "\x1b[31m\u202ered\n\n", "{name} %s \\"])
def test_names_layers_and_problems_do_nothing(course: Course, text: str) -> None:
    student = text.replace("/", "")
    found = [wrong_units(text), Finding("raises", "{found}", None, {"found": text})]
    wrong = verdict("stack", (1, 0), "partial", found=found)
    course.add(student, {"stack": wrong}, problem=text)
    course.add("ben", {"stack": wrong}, unreadable=text)
    counted = course.report()
    for language in LANGUAGES:
        markup = re.sub(r"<style>.*?</style>", "", page(counted, language), flags=re.S)
        tags = set(re.findall(r"<([a-z]+)", markup))
        assert not tags & {"script", "img"}
        assert not re.search(r"<[^>]*\sonerror", markup)
        assert not set(markup) & set("\x1b\u202e")
    for content in tables(counted).values():
        for row in csv.reader(io.StringIO(content)):
            for cell in row:
                assert not cell.startswith(tuple("=+@\t\r")), cell
                assert cell.isprintable()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=1", "  =1"])
def test_a_cell_that_would_be_a_formula_is_neutralised(course: Course, text: str) -> None:
    course.add(text, {"stack": verdict("stack")})
    (row,) = rows(course.report(), "students.csv")
    assert row["student"] == f"'{text.strip()}"


def test_tables_are_well_formed(small: Course) -> None:
    found = small.report()
    students = {row["student"]: row for row in rows(found, "students.csv")}
    assert list(students) == ["ana", "ben", "cleo", "dan"]
    assert students["cleo"]["points"] == "5.5"
    assert students["cleo"]["stack"] == "2.5"
    assert students["dan"]["pair_state"] == "not-attempted"
    assert students["ana"]["seconds"] == "1.5"
    criteria = {(row["question"], row["criterion"]): row for row in rows(found, "criteria.csv")}
    failed = criteria["stack", "equivalent"]
    assert (failed["met"], failed["partly_met"], failed["not_met"]) == ("1", "1", "1")
    remarks = rows(found, "remarks.csv")
    assert [r["kind"] for r in remarks] == ["mistake", "wrong-setting", "wrong-setting"]
    for content in tables(found).values():
        read = list(csv.reader(io.StringIO(content)))
        assert len({len(row) for row in read}) == 1


# -- without names -----------------------------------------------------------------------------


def test_anonymous_pages_and_tables_contain_no_name(small: Course) -> None:
    """Not as a student, not as a layer called after its author, not in a problem."""
    named = [wrong_units("Zoltan_dense"), wrong_units("for_zoltan")]
    wrong = verdict("stack", (1, 0), "partial", found=named)
    for student in ("zoltan", "yvonne", "xaver", "wilma"):
        course_problem = f"the kernel sent something that is not a message: {student}"
        small.add(student, {"stack": wrong}, problem=course_problem)
    small.add("shy", {"stack": verdict("stack", (1, 0), "partial", found=[wrong_units("my_pet")])})
    collected = small.collected()
    names = [s.student for s in collected.submissions]
    found = report(anonymous(collected, numbers(small.root, SLUG, names)))
    shown = [page(found, language) for language in LANGUAGES]
    for content in (*shown, *tables(found).values(), summary(found, "en")):
        text = re.sub(r"<style>.*?</style>", "", content, flags=re.S)
        for name in (*(n for n in names if n not in ("ana", "dan", "shy")), "my_pet"):
            assert name not in text.casefold()
        for name in ("ana", "dan", "shy"):
            assert not re.search(rf"\b{name}\b", text)
    assert translate(WORDS["anonymous"], "fr") in shown[0]
    assert [m.count for m in found.questions[0].mistakes] == [2]


def test_numbers_stay_and_neither_they_nor_the_order_tell(small: Course) -> None:
    names = [f"student{place:03}" for place in range(200)]
    drawn = numbers(small.root, SLUG, names)
    later = numbers(small.root, SLUG, [*names, "late"])
    assert {name: later[name] for name in names} == drawn
    assert len(set(drawn.values())) == 200
    assert [drawn[name] for name in names] != sorted(drawn.values())
    (small.root / "evidence" / ".numbers.json").unlink()
    assert numbers(small.root, SLUG, names) != drawn  # nothing but the lot decides
    collected = small.collected()
    found = anonymous(collected, numbers(small.root, SLUG, ["ana", "ben", "cleo", "dan"]))
    order = [int(s.student) for s in found.submissions]
    assert order == sorted(order)


# -- near-identical answers ----------------------------------------------------------------------

LONG = """
# a comment
sides = {}
for name, size in (("audio", 40), ("lyrics", 60)):
    sides[name] = keras.Input((size,), name=name)
parts = [layers.Activation("relu")(layers.Dense(16)(side)) for side in sides.values()]
ended = layers.Dense(1, "sigmoid")(layers.Concatenate()(parts))
song_model = keras.Model(list(sides.values()), ended)
"""
OTHER = """
audio = keras.Input(shape=(40,), name="audio")
lyrics = keras.Input(shape=(60,), name="lyrics")
left = layers.Dense(16, activation="relu")(audio)
right = layers.Dense(16, activation="relu")(lyrics)
both = layers.concatenate([left, right])
song_model = keras.Model([audio, lyrics], layers.Dense(1, activation="sigmoid")(both))
"""
STUB = "song_model = ...\n"


def test_nearly_identical_answers_are_found_with_their_questions() -> None:
    disguised = LONG.replace("side", "branch").replace('"', "'").replace("# a comment", "# mine")
    found = near_identical(
        {
            "ana": {"stack": OTHER, "song_model": LONG},
            "ben": {"stack": "stack = 1", "song_model": disguised},
            "cleo": {"stack": LONG[:60], "song_model": OTHER},
        }
    )
    (alike,) = found
    assert alike.students == ("ana", "ben")
    assert alike.questions == ("song_model",)
    assert alike.share > 0.8


def test_different_short_and_handed_out_answers_are_not_mentioned() -> None:
    assert near_identical({"ana": {"a": LONG}, "ben": {"a": OTHER}}) == ()
    assert near_identical({"ana": {"a": STUB}, "ben": {"a": STUB}}) == ()
    assert near_identical({"ana": {"a": LONG}, "ben": {"a": LONG}}, given=[LONG]) == ()
    assert near_identical({"ana": {"a": LONG}, "ben": {"b": LONG}}) == ()


def test_what_many_write_is_no_sign() -> None:
    assert near_identical({f"s{place}": {"a": OTHER} for place in range(8)}) == ()


def test_people_who_write_alike_in_turn_are_one_group() -> None:
    found = near_identical({name: {"a": LONG} for name in ("ana", "ben", "cleo")})
    assert [alike.students for alike in found] == [("ana", "ben", "cleo")]


ODD_CODE = {
    "an open quote": "'''",
    "many quotes": '"\\" \\" \\"' * 2000,
    "no letters": "é = '☃",
    "open brackets": "((((",
    "a null": "\x00",
    "a long name": "x" * 10**6,
}


@pytest.mark.parametrize("code", ODD_CODE.values(), ids=ODD_CODE)
def test_code_that_is_no_python_is_read_too(code: str) -> None:
    assert isinstance(tokens(code, forget_names=True), list)
    assert near_identical({"ana": {"a": code}, "ben": {"a": "1"}}) == ()


def test_the_page_calls_it_a_reason_to_look_and_no_proof(course: Course) -> None:
    for student in ("ana", "ben"):
        course.add(student, {"song_model": verdict("song_model")}, answers={"song_model": LONG})
    shown = page(course.report(), "en")
    assert "A reason to look, no proof." in shown
    assert ">ana</bdi>" in shown
    assert rows(course.report(), "students.csv")[1]["alike_questions"] == "song_model"


# -- a large class -------------------------------------------------------------------------------


def test_a_class_of_two_thousand_is_reported(course: Course) -> None:
    rng = random.Random(7)
    for place in range(2000):
        right = rng.random() < 0.6
        names = ["".join(rng.choices(string.ascii_lowercase, k=6)) for _line in range(20)]
        own = "\n".join(f"{a} = layers.Dense({len(a)})({b})" for a, b in pairwise(names))
        found = [] if right else [wrong_units(f"dense_{place}")]
        answers = {"stack": LONG + OTHER if place < 2 else own, "song_model": OTHER}
        points, state = ((1, 3), "passed") if right else ((1, 0), "partial")
        given = verdict("stack", points, state, found=found)
        course.add(f"s{place}", {"stack": given}, seconds=rng.expovariate(0.3), answers=answers)
    counted = course.report()
    (stack,) = counted.questions
    assert sum(stack.states.values()) == 2000
    assert stack.criteria[1].failed == stack.states["partial"] == stack.remarks[0].count
    assert [alike.students for alike in counted.alike] == [("s0", "s1")]
    shown = page(counted, "zh")
    assert len(shown) < 200_000
    assert len(rows(counted, "students.csv")) == 2000


# -- on the command line -------------------------------------------------------------------------


def _api(root: Path) -> Any:
    """As much of nbgrader's API as the report uses, on the course at ``root``."""

    def path(step: str, student: str, assignment: str) -> str:
        return str(root / step / student / assignment)

    url = f"sqlite:///{root / 'gradebook.db'}"
    directory = SimpleNamespace(
        root=str(root),
        db_url=url,
        format_path=path,
        submitted_directory="submitted",
        autograded_directory="autograded",
    )
    return SimpleNamespace(coursedir=directory, gradebook=Gradebook(url) if _has(root) else None)


def _has(root: Path) -> bool:
    return (root / "gradebook.db").exists()


def test_files_are_written_from_a_course_with_a_gradebook(small: Course, tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        book.add_assignment(SLUG)
        book.add_notebook("exercise", SLUG)
        place = ("exercise", SLUG)
        book.add_grade_cell("check-stack", *place, max_score=4, cell_type="code")
        for student in ("ana", "ben", "idle"):
            book.add_student(student)
        for student, score in (("ana", 4), ("ben", 3)):
            book.add_submission(SLUG, student, timestamp=datetime(2026, 1, 1))
            book.find_grade("check-stack", *place, student).auto_score = score
            book.find_grade("check-stack", *place, student).needs_manual_grade = False
        book.find_submission_notebook("exercise", SLUG, "ben").late_submission_penalty = 1
        book.db.commit()
    found = report(report_files.collect(_api(tmp_path), SLUG))
    assert {s.student: s.points for s in found.submissions if s.student in ("ana", "ben")} == {
        "ana": 4,
        "ben": 2,
    }
    assert found.absent == 1
    paths = report_files.write(found, tmp_path / "to", LANGUAGES)
    assert sorted(path.name for path in paths) == [
        "criteria.csv",
        "remarks.csv",
        "report.en.html",
        "report.fr.html",
        "report.zh.html",
        "students.csv",
    ]
    assert sorted((tmp_path / "to").iterdir()) == sorted(paths)


def test_a_course_without_a_gradebook_gets_none(small: Course, tmp_path: Path) -> None:
    found = report(report_files.collect(_api(tmp_path), SLUG, anonymous=True))
    assert found.is_anonymous
    assert not _has(tmp_path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course folder to give commands in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("grader.__main__._nbgrader", lambda: _api(tmp_path))
    return Course(tmp_path)


def test_the_command_writes_all_and_says_what_and_where(
    here: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    here.add("zoltan", {"stack": verdict("stack", (1, 0), "partial")})
    assert main(["report", SLUG]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("One submission is graded, with 1 of 4 points")
    assert len([line for line in said if (here.root / line).is_file()]) == 6
    assert main(["report", SLUG, "--anonymous", "--language", "fr"]) == 0
    assert "Un travail est corrigé" in capsys.readouterr().out
    folder = here.root / "reports" / f"{SLUG}-anonymous"
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".csv", ".csv", ".html"]
    assert all("zoltan" not in path.read_text(encoding="utf-8") for path in folder.iterdir())


def test_nothing_graded_yet_is_said_and_ends_with_2(
    here: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    here.add("ana")
    with pytest.raises(NothingGraded):
        here.report()
    assert main(["report", SLUG]) == 2
    assert f"nothing is graded yet: run grader autograde {SLUG}" in capsys.readouterr().err
    assert not (here.root / "reports").exists()
