"""The post of a larger shop: tickets for five departments, as word numbers, as many as are wanted.

The open question of unit 04 learns from these and is measured on fresh ones. They are the tickets
of ``course.tickets``, with three differences: a fifth department gives advice before buying, fewer
titles name the problem, and more bodies do not say what it is (then a tag tells the department,
always). So a model that leaves out the body, or the tags, is wrong on one ticket in five or more.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

import course
from course import tickets

if TYPE_CHECKING:
    from numpy.typing import NDArray

Columns = Mapping[str, "NDArray[np.generic]"]

TRAIN = 1200
TITLE, BODY = 12, 48  # words; what is longer is cut
WORDS = 500  # in the vocabulary; number 0 is an empty place, 1 a word that is not in it
# A Chinese character is a word of its own.
_WORD = re.compile("[\u4e00-\u9fff]|[^\\W_\u4e00-\u9fff]+")


def post(language: str | None = None) -> tuple[dict[str, NDArray], dict[str, NDArray]]:
    """The 1,200 tickets to train on: inputs and labels, each by name, one row a ticket.

    Inputs are ``title`` (int32, 12 word numbers) and ``body`` (int32, 48), filled up with 0, and
    ``tags`` (float32, 12, 1 where a tag is set). Labels are ``department`` (int64, 0 to 4, see
    ``departments``) and ``priority`` (int64, 1 for a ticket that must be answered today, else 0).
    In the course's language unless told otherwise.
    """
    language = course.language() if language is None else language
    return _columns(_training(language), language)


def draw(count: int, language: str, case: tickets.Case) -> tuple[Columns, Columns]:
    """Fresh tickets, drawn with ``case``: inputs and labels as ``post`` gives them."""
    return _columns(tickets.draw(_world(language), count, case), language)


def departments(language: str | None = None) -> tuple[str, ...]:
    """The names of the five departments, in the order of their numbers."""
    return _world(course.language() if language is None else language).departments


def _columns(post: tickets.Tickets, language: str) -> tuple[dict[str, NDArray], dict[str, NDArray]]:
    inputs = {
        "title": _numbers(post.title, TITLE, language),
        "body": _numbers(post.body, BODY, language),
        "tags": post.tags,
    }
    return inputs, {"department": post.department, "priority": post.priority.astype(np.int64)}


@cache
def _training(language: str) -> tickets.Tickets:
    return tickets.draw(_world(language), TRAIN, random.Random(2005))


@cache
def _vocabulary(language: str) -> Mapping[str, int]:
    """The numbers of the words, the most frequent ones first."""
    post = _training(language)
    count = Counter(word for text in (*post.title, *post.body) for word in _words(text))
    ranked = sorted(count, key=lambda word: (-count[word], word))
    return {word: number for number, word in enumerate(ranked[: WORDS - 2], 2)}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _numbers(texts: Iterable[str], length: int, language: str) -> NDArray[np.int32]:
    known = _vocabulary(language)
    texts = list(texts)
    rows = np.zeros((len(texts), length), np.int32)
    for row, text in zip(rows, texts, strict=True):
        found = [known.get(word, 1) for word in _words(text)[:length]]
        row[: len(found)] = found
    return rows


@cache
def _world(language: str) -> tickets.World:
    world, (name, titles, problems) = tickets.WORLDS[language], _ADVICE[language]
    return replace(
        world,
        departments=(*world.departments, name),
        titles=(*world.titles, titles),
        problems=(*world.problems, problems),
        tells=(*world.tells, tickets.GIFT),
        unclear_share=0.4,
        told_share=0.25,
    )


# The fifth department: its name, titles that name its business, and what people ask of it.
_ADVICE: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        "advice",
        (
            *("Which one to choose?", "Before I buy", "Still in stock?", "Ideas for a present"),
            *("Could you advise me?", "What size to take?"),
        ),
        (
            "Which model would you recommend for a small kitchen?",
            "Before I buy, I would like to know how loud it is.",
            "Is it still in stock, and in which colours?",
            "I am torn between this model and the next size up.",
            "I am looking for a present for a friend who has everything.",
            "Is there a cheaper one that does the same?",
            "The description does not say how heavy it is.",
            "Do you have a shop in {city} where I could try it?",
        ),
    ),
    "fr": (
        "conseil",
        (
            *("Lequel choisir ?", "Avant d’acheter", "Encore en stock ?", "Une idée de cadeau"),
            *("Besoin d’un conseil", "Quelle taille prendre ?"),
        ),
        (
            "Quel modèle me conseillez-vous pour une petite cuisine ?",
            "Avant d’acheter, j’aimerais savoir si c’est bruyant.",
            "Est-ce encore en stock, et dans quels coloris ?",
            "J’hésite entre ce modèle et la taille au-dessus.",
            "Je cherche un cadeau pour une amie qui a déjà tout.",
            "Existe-t-il un modèle moins cher pour le même usage ?",
            "La fiche ne dit pas combien ça pèse.",
            "Avez-vous un magasin à {city} où je pourrais l’essayer ?",
        ),
    ),
    "zh": (
        "导购",
        ("选哪款好？", "买前咨询", "还有货吗？", "想买份礼物", "求推荐", "买多大的合适？"),
        (
            "厨房不大，你们推荐哪一款？",
            "买之前想问一下，声音大不大？",
            "这款还有货吗？都有什么颜色？",
            "这款和大一号的，我拿不定主意。",
            "想给朋友挑份礼物，可他什么都不缺。",
            "有没有便宜些、功能差不多的？",
            "商品页上没写有多重。",
            "{city}有门店吗？想先试试再买。",
        ),
    ),
}
