"""The glossary says what the lessons say, in each language, and in the order its readers expect."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from course.build.pages import sort_key, term_list
from course.build.places import CHECKOUT, INDEX, Places
from course.build.source import Prose, read_source
from course.glossary import TERMS, Term
from course.units import UNITS
from grader.text import LANGUAGES, TRANSLATED, translate

PLACES = Places()
TAUGHT = {unit.topic: unit for unit in UNITS}


@cache
def prose(path: Path, language: str) -> str:
    """What a source says in ``language``, without marks of emphasis and code."""
    cells = read_source(path, CHECKOUT).cells
    text = "\n".join(cell.texts[language] for cell in cells if isinstance(cell, Prose))
    return re.sub(r"[*`]", "", text)


def occurs(name: str, text: str) -> bool:
    """Whether ``text`` uses ``name``, in the singular or the plural."""
    bare = re.sub(r" \(.*\)$|`", "", name)
    if not bare.isascii() and re.search("[\u4e00-\u9fff]", bare):
        return bare in text
    words = r"\s+".join(rf"{re.escape(word)}(?:e?s|x)?" for word in bare.split())
    return re.search(rf"\b{words}\b", text, re.IGNORECASE) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_are_those_of_the_lessons(language: str) -> None:
    """A reader meets each by the end of the unit that teaches it."""
    strange = []
    for term in TERMS:
        if term.topic in TAUGHT:
            read = [unit for unit in UNITS if unit.number <= TAUGHT[term.topic].number]
            sources = [PLACES.page(INDEX), *map(PLACES.lesson, read), *map(PLACES.exercise, read)]
            name = translate(term.name, language)
            if not any(occurs(name, prose(path, language)) for path in sources if path.exists()):
                strange.append((name, term.topic))
    assert strange == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_has_a_name_of_its_own_and_a_definition(language: str) -> None:
    names = [translate(term.name, language) for term in TERMS]
    definitions = [translate(term.definition, language) for term in TERMS]
    assert len(set(names)) == len(names)
    if language in TRANSLATED:
        assert not set(definitions) & {term.definition for term in TERMS}
    assert [text for text in definitions if not text.endswith((".", "。"))] == []


def test_a_term_is_taught_in_a_unit_of_the_course() -> None:
    assert {term.topic for term in TERMS} <= set(TAUGHT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_its_place_on_the_page(language: str) -> None:
    placed = re.findall(r"<!-- terms: (\S+) -->", prose(PLACES.page("glossary"), language))
    assert sorted(placed) == sorted({term.group for term in TERMS})


def test_a_term_stands_with_its_other_names_its_unit_and_its_definition() -> None:
    french = term_list("reuse", "fr", PLACES)
    definition = next(term.definition for term in TERMS if term.name == "shared layer")
    assert (
        '- **couche partagée** · <span lang="en">shared layer</span> · '
        '<span lang="zh">共享层</span> · [Unité 05](05-siamese/lesson.ipynb)\\\n'
        f"  {translate(definition, 'fr')}\n"
    ) in french
    # the same name stands once
    assert '- **projection** · <span lang="zh">投影</span> · [Unité' in french
    assert '- **投影** · <span lang="en">projection</span> · [单元' in term_list(
        "reuse", "zh", PLACES
    )


def test_a_term_is_linked_only_to_a_unit_that_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    term = Term("later", "to-come", "loss", "training")
    monkeypatch.setattr("course.build.pages.TERMS", (term,))
    assert term_list("later", "en", PLACES).splitlines()[0].endswith("</span>\\")


def test_names_are_sorted_as_readers_of_the_language_expect() -> None:
    def in_order(language: str, *names: str) -> bool:
        return sorted(names, key=lambda name: sort_key(name, language)) == list(names)

    assert in_order("fr", "entrée", "époque", "état", "être", "évaluer", "œil", "ombre")
    assert in_order("en", "accuracy", "`check`", "ReLU", "Siamese network", "target")
    assert in_order(
        "zh", "ReLU", "softmax", "编码器", "残差块", "层", "嵌入", "损失", "张量", "子类"
    )


def test_chinese_names_begin_with_characters_that_the_order_by_pinyin_knows() -> None:
    first = {sort_key(translate(term.name, "zh").strip("`")[0], "zh") for term in TERMS}
    assert all(b"\xb0\xa1" <= code <= b"\xd7\xf9" for code in first if not code.isascii())
