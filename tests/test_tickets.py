"""The tickets: as promised in shape, the same facts in every language, none in both parts."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

import course
from course import tickets
from course.build import typography
from grader.text import LANGUAGES

#: Of all texts, so that what the lesson prints stays true.
FINGERPRINTS = {
    "fr": "3a2e28e2cbbdd864",
    "en": "e693caf01b613041",
    "zh": "3cdf31237757210a",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tickets_have_the_shapes_and_types_that_are_promised(language: str) -> None:
    corpus = tickets.corpus(language)
    assert len(corpus.departments) == 4
    assert len(corpus.tags) == 12
    for part, count in ((corpus.train, tickets.TRAIN), (corpus.test, tickets.TEST)):
        assert part.title.shape == part.body.shape == part.priority.shape == (count,)
        assert part.tags.shape == (count, 12)
        assert part.tags.dtype == part.priority.dtype == np.float32
        assert part.department.dtype == np.int64
        assert all(isinstance(text, str) and text for text in (*part.title, *part.body))
        assert set(part.tags.ravel()) == set(part.priority) == {0.0, 1.0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_the_same_on_every_machine(language: str) -> None:
    corpus = tickets.corpus(language)
    texts = "\n".join(
        [*corpus.train.title, *corpus.train.body, *corpus.test.title, *corpus.test.body]
    )
    assert hashlib.sha256(texts.encode()).hexdigest()[:16] == FINGERPRINTS[language]


def test_a_row_has_the_same_tags_priority_and_department_in_every_language() -> None:
    english = tickets.corpus("en")
    for language in LANGUAGES:
        other = tickets.corpus(language)
        for one, two in ((english.train, other.train), (english.test, other.test)):
            assert np.array_equal(one.tags, two.tags)
            assert np.array_equal(one.priority, two.priority)
            assert np.array_equal(one.department, two.department)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_body_of_the_test_part_was_seen_in_training(language: str) -> None:
    corpus = tickets.corpus(language)
    assert not set(corpus.train.body) & set(corpus.test.body)


def test_every_department_and_both_priorities_have_a_fair_share() -> None:
    corpus = tickets.corpus("en")
    for part in (corpus.train, corpus.test):
        shares = np.bincount(part.department, minlength=4) / len(part.department)
        assert shares.min() > 0.2
        assert shares.max() < 0.3
        assert 0.4 < part.priority.mean() < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_that_could_be_about_anything_are_met_in_every_department(language: str) -> None:
    train = tickets.corpus(language).train
    seen: dict[str, set[int]] = {}
    for title, department in zip(train.title, train.department, strict=True):
        seen.setdefault(title, set()).add(int(department))
    anything = [title for title in train.title if len(seen[title]) == 4]
    assert len(anything) > len(train.title) / 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_set_as_their_language_is(language: str) -> None:
    corpus = tickets.corpus(language)
    for text in {*corpus.train.title, *corpus.train.body, *corpus.departments, *corpus.tags}:
        assert typography.apply(text, language) == text


def test_the_language_is_the_courses_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "language", lambda: "zh")
    assert tickets.corpus().language == "zh"
    assert tickets.corpus("fr").language == "fr"
    with pytest.raises(ValueError, match="fr, en, zh"):
        tickets.corpus("de")


def test_importing_the_tickets_loads_neither_tensorflow_nor_keras() -> None:
    code = (
        "import sys, course.tickets;print([m for m in ('tensorflow', 'keras') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
