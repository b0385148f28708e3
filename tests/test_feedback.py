"""What a student reads about an answer: in one language, safe, kind and in the right order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from grader.feedback import FIRST_REMARKS, HEADLINES, html, number, points, text
from grader.graph import Graph
from grader.marks import LABELS
from grader.messages import MESSAGES
from grader.probe import EVIDENCE
from grader.rubric import TITLES
from grader.selfcheck import hint
from grader.text import LANGUAGES, translate
from grader.verdict import CriterionResult, Finding, State, Verdict
from tests.test_draw import HOSTILE, two_inputs

MISTAKE = "The two loss weights are swapped."


def finding(kind: str, layer: str | None = None, nodes: tuple[int, ...] = (), **params: object):
    return Finding(kind, MESSAGES[kind], layer, {"layer": layer or "", **params}, nodes)


def wrong_units(layer: str = "played", found: object = 64) -> Finding:
    return finding("wrong-setting", layer, (7,), setting="units", found=found, expected=32)


def verdict(
    *findings: Finding, state: State = "partial", earned: float = 1.5, graph: Graph | None = None
) -> Verdict:
    return Verdict(
        "02-functional.stack",
        state,
        (
            CriterionResult("interface", TITLES["interface"], 1, 1),
            CriterionResult("equivalent", TITLES["equivalent"], earned, 3, findings),
        ),
        (Finding("mistake", MISTAKE),) if state == "partial" else (),
        (graph or two_inputs()).to_json(),
    )


class _Page(HTMLParser):
    """The elements, attributes and words of a piece of HTML; asserts that it is well nested."""

    VOID = frozenset({"br", "hr", "img", "meta", "link"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(source)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title", "desc"):
            self.words += data + " "


def test_french_numbers_have_a_comma_and_french_points_no_break_spaces() -> None:
    assert number(2.5, "fr") == "2,5"
    assert (
        points(2.5, 4, "fr") == "2,5\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}4\N{NO-BREAK SPACE}points"
    )
    assert points(0, 1.5, "fr").endswith("point")
    assert points(2.5, 4, "en") == "2.5 / 4 points"
    assert points(1, 1, "en") == "1 / 1 point"
    assert points(2.5, 4, "zh") == "2.5 / 4 分"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", HEADLINES)
def test_the_headline_and_the_points_come_first(state: State, language: str) -> None:
    shown = verdict(wrong_units(), state=state)
    headline = translate(HEADLINES[state][1], language)
    score = points(2.5, 4, language)
    assert text(shown, language).splitlines()[0].split(" ", 1)[1] == f"{headline} {score}"
    page = _Page(html(shown, language))
    assert page.words.index(headline) < page.words.index(score)
    assert ("section", "lang", "zh-Hans" if language == "zh" else language) in page.attributes


@pytest.mark.parametrize("language", ["fr", "zh"])
@pytest.mark.parametrize("state", HEADLINES)
def test_each_language_renders_every_string_in_that_language(state: State, language: str) -> None:
    findings = [
        finding(kind, "played", (7,), setting="units", found=1, expected=2, role="kernel",
                after="played", layers="a, b", count=200, share=87, asked=90)
        for kind in MESSAGES
    ]  # fmt: skip
    shown = verdict(*findings, state=state)
    ours, english = _Page(html(shown, language)), _Page(html(shown, "en"))
    both = {*_sentences(ours.words)} & {*_sentences(english.words)}
    assert not both, "the same words in English"
    assert not {*_sentences(text(shown, language))} & {*_sentences(text(shown, "en"))}


def _sentences(words: str) -> list[str]:
    """Pieces of at least three Latin words in a row that are no code."""
    pieces = re.findall(r"(?:[A-Za-z’]{2,} ){2,}[A-Za-z’]{2,}", words)
    return [piece for piece in pieces if "Dense" not in piece]


def test_a_recognised_misconception_comes_before_the_criteria() -> None:
    for shown in (
        _Page(html(verdict(wrong_units()), "en")).words,
        text(verdict(wrong_units()), "en"),
    ):
        assert shown.index(MISTAKE) < shown.index(TITLES["interface"])


def test_at_most_three_remarks_stand_first_and_the_rest_is_folded() -> None:
    shown = html(verdict(*(wrong_units(f"layer_{i}") for i in range(6))), "en")
    before, after = shown.split("<details><summary>3 more remarks</summary>")
    assert [f"layer_{i}" in before for i in range(6)] == [True] * FIRST_REMARKS + [False] * 3
    assert all(f"layer_{i}" in after for i in range(3, 6))


def test_a_remark_that_concerns_two_criteria_is_made_once() -> None:
    remark = wrong_units()
    twice = Verdict(
        "t", "failed",
        (CriterionResult("interface", TITLES["interface"], 0, 1, (remark,)),
         CriterionResult("equivalent", TITLES["equivalent"], 0, 3, (remark,))),
    )  # fmt: skip
    assert text(twice, "en").count("32") == 1
    assert "For the reason given above." in text(twice, "en")


def test_the_state_of_a_criterion_can_be_told_without_colour() -> None:
    page = html(verdict(wrong_units()), "en")
    for symbol, words in (("✓", "met"), ("◐", "partly met")):
        assert f'role="img" aria-label="{words}">{symbol}</span>' in page


def test_the_drawing_marks_what_the_findings_name() -> None:
    shown = html(verdict(wrong_units()), "fr")
    assert "≠ units\N{NO-BREAK SPACE}: 64, demandé\N{NO-BREAK SPACE}: 32" in shown
    assert "≠ units\N{NO-BREAK SPACE}: 64, demandé" in text(verdict(wrong_units()), "fr")


def test_nothing_a_student_wrote_becomes_markup() -> None:
    clean = _Page(html(verdict(wrong_units()), "en"))
    graph = two_inputs(HOSTILE)
    page = _Page(html(verdict(wrong_units(HOSTILE, HOSTILE), graph=graph), "en"))
    assert set(page.tags) == set(clean.tags)
    assert "script" not in page.tags
    assert not [name for _tag, name, _value in page.attributes if name.startswith("on")]
    plain = text(verdict(wrong_units(HOSTILE, HOSTILE), graph=graph), "en")
    assert not set("\0\x1b\N{RIGHT-TO-LEFT OVERRIDE}\ud800") & set(html(verdict(), "en") + plain)


def test_braces_in_a_students_text_are_only_text() -> None:
    for shown in (html, text):
        assert "{0.__class__}" in shown(verdict(wrong_units("{0.__class__}", "{x}")), "en")


def test_values_of_any_kind_and_size_can_be_shown() -> None:
    values = [10**5000, float("nan"), None, {"a": 1}, [1, [2]], "x" * 10**6, b"", {"_": MISTAKE}]
    for value in values:
        assert len(html(verdict(wrong_units(found=value)), "fr")) < 60_000
    assert translate(MISTAKE, "fr") in text(verdict(wrong_units(found={"_": MISTAKE})), "fr")


def test_lists_are_enumerated_as_the_language_does() -> None:
    said = [text(verdict(wrong_units(found=["a", "b", "c"])), lang) for lang in LANGUAGES]
    for shown, enumeration in zip(said, ("a, b et c", "a, b, and c", "a、b和c"), strict=True):
        assert enumeration in shown


def test_a_hint_is_offered_until_all_is_right() -> None:
    for shown in (html, text):
        assert "stack" in shown(verdict(wrong_units()), "en").split("hint(")[1]
        assert "hint(" not in shown(verdict(state="passed", earned=3), "en")


def test_a_hint_that_was_left_in_says_nothing_while_grading(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(EVIDENCE, "a folder")
    hint("02-functional.stack")
    assert capsys.readouterr().out == ""


def test_an_answer_that_is_not_there_yet_is_not_scolded() -> None:
    blank = Verdict("t", "not-attempted", (CriterionResult("value", TITLES["value"], 0, 3),))
    assert "✗" not in html(blank, "en") + text(blank, "en")
    assert "What will be checked:" in text(blank, "en")


def test_a_graph_that_cannot_be_read_costs_the_drawing_only() -> None:
    odd = two_inputs().to_json()
    odd["nodes"][2]["settings"] = 3
    graphs: list[dict[str, Any]] = [{}, {"nodes": 3}, {"nodes": [{}]}, {"nodes": [[]]}, odd]
    for graph in graphs:
        broken = Verdict("t", "failed", (), (), graph)
        assert "<svg" not in html(broken, "en")
        assert text(broken, "en")


def test_the_html_needs_nothing_from_elsewhere() -> None:
    shown = html(verdict(wrong_units()), "zh")
    assert not re.search(r"<script|<link|@import|url\(|\bsrc=|\bid=", shown)
    assert set(re.findall(r"https?://[^\"' ]+", shown)) <= {"http://www.w3.org/2000/svg"}


def test_every_style_rule_is_scoped_to_the_verdict() -> None:
    style = html(verdict(), "en").split("<style>")[1].split("</style>")[0]
    rules = re.sub(r"@media \w+\{(.*?\})\}", r"\1", style)
    for selector in re.findall(r"([^{}]+)\{[^}]*\}", rules):
        assert all(part.startswith(".atelier-verdict") for part in selector.split(",")), selector


def test_marks_have_words_in_each_language() -> None:
    for _symbol, label in LABELS.values():
        assert translate(label, "fr") != label
        assert translate(label, "zh") != label


def test_the_colours_of_an_error_are_left_out() -> None:
    from grader.untrusted import one_line

    assert one_line("\x1b[1mValueError\x1b[0m: no [1m]") == "ValueError: no [1m]"
