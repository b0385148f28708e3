"""The catalogues translate every text, with its placeholders, and nothing that no source says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.text import TRANSLATED, extract, problems, read_catalogue, translate


def test_every_text_is_translated_and_every_translation_is_used() -> None:
    assert problems() == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_placeholders_of_its_text(language: str) -> None:
    def fields(text: str) -> list[str]:
        return sorted(set(re.findall(r"\{(\w+)\}", text)))

    wrong = [
        message.id
        for message in read_catalogue(language)
        if message.id and fields(message.id) != fields(message.string)
    ]
    assert not wrong


def test_a_text_is_filled_in_the_language() -> None:
    assert translate("Next unit: {title}", "fr", title="Un") == "Unité suivante\u00a0: Un"
    assert translate("Next unit: {title}", "zh", title="一") == "下一单元：一"
    assert translate("Next unit: {title}", "en", title="One") == "Next unit: One"


def test_a_language_that_the_course_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no language 'de'"):
        translate("Lesson", "de")


def test_texts_are_found_in_calls_comments_and_alternative_texts(tmp_path: Path) -> None:
    source = tmp_path / "small.py"
    source.write_text(
        '# %% tags=["a"] alt="A \\"curve\\""\nf(_("A title"))\n#: A comment\n', encoding="utf-8"
    )
    assert extract(iter([source])) == {
        "A title": ["small.py:2"],
        'A "curve"': ["small.py:1"],
        "A comment": ["small.py:3"],
    }
