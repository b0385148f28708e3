"""Answers written so much alike that a teacher may want to look: a hint, never a proof.

Code is read as tokens without comments and layout, once as it was written and once with the names
that it gives (variables, layers) left out, so that renaming hides little. What was handed out, and
what more than a few of the class write, says nothing about who wrote it and is not counted. What is
left is looked up in an inverted index, so a large class is no all-pairs comparison of texts.
"""

from __future__ import annotations

import hashlib
import keyword
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

# Tokens in a row that are looked up together.
_WINDOW = 6
# Of the unusual code of two answers to a question, the share that must be common to both, and how
# many windows of it there must be; over all questions together, how many before anybody is told.
_SHARE, _LEAST, _LEAST_IN_ALL = 0.8, 8, 24
# What more than this share of the class write is usual; at least and at most so many people.
_USUAL, _FEW, _MANY = 0.05, 4, 12
# Of a longer answer, the beginning is read.
_MOST_CODE = 10_000

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<string>[rbfuRBFU]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    | (?P<number>\d[\w.]*)
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>\*\*|//|->|:=|[=!<>+\-*/%&|^]=|[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Alike:
    """People whose answers are nearly the same, and the questions where they are.

    ``share`` is how much of the unusual code of the two who are most alike is common to them.
    """

    students: tuple[str, ...]
    questions: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class _Pair:
    students: tuple[str, str]
    questions: tuple[str, ...]
    common: int
    share: float


def usual(students: int) -> int:
    """The most people of a class of ``students`` who write what still counts as unusual."""
    return max(_FEW, min(_MANY, round(_USUAL * students)))


def near_identical(
    answers: Mapping[str, Mapping[str, str]], given: Iterable[str] = ()
) -> tuple[Alike, ...]:
    """Who wrote nearly the same, the most alike first.

    ``answers`` is the code of each answer, by student and question; ``given`` is code that
    everybody has: the notebook as it was handed out, the lesson.
    """
    known = list(given)
    pairs: dict[tuple[str, str], _Pair] = {}
    for forget_names in (False, True):
        read = _Reader(forget_names)
        handed_out = frozenset().union(*map(read.windows, known))
        for pair in _pairs(answers, handed_out, read):
            before = pairs.get(pair.students)
            if before is None or (len(pair.questions), pair.common) > (
                len(before.questions),
                before.common,
            ):
                pairs[pair.students] = pair
    return tuple(_groups(list(pairs.values()), _order(answers)))


def tokens(code: str, *, forget_names: bool = False) -> list[str]:
    """The tokens of Python code, sound or not, without comments, layout and kinds of quotes."""
    found: list[str] = []
    for match in _TOKEN.finditer(code[:_MOST_CODE]):
        kind, text = match.lastgroup, match.group()
        if kind == "comment":
            continue
        if kind == "string":
            text = "'" + text.lstrip("rbfuRBFU").strip("\"'") + "'"
        if text in (")", "]", "}") and found[-1:] == [","]:
            found.pop()
        found.append(text)
    return _without_names(found) if forget_names else found


def _without_names(found: list[str]) -> list[str]:
    """The same, where whatever the code itself names is an underscore."""
    bound: set[str] = set()
    depth = 0
    for place, text in enumerate(found):
        depth += (text in "([{") - (text in ")]}")
        before, after = (found[place - 1] if place else ""), "".join(found[place + 1 : place + 2])
        if not text.isidentifier() or keyword.iskeyword(text) or before == ".":
            continue
        if before in ("def", "class", "for", "as") or (depth == 0 and after in ("=", ",")):
            bound.add(text)
    named = False
    plain = []
    for place, text in enumerate(found):
        if named and text.startswith("'"):
            text = "'_'"
        named = text == "=" and found[place - 1 : place] == ["name"]
        is_own = text in bound and found[place - 1 : place] != ["."]
        plain.append("_" if is_own else text)
    return plain


class _Reader:
    """Windows of tokens as small numbers; a text that was read is not read again."""

    def __init__(self, forget_names: bool) -> None:
        self._forget_names = forget_names
        self._read: dict[str, frozenset[int]] = {}

    def windows(self, code: str) -> frozenset[int]:
        if code not in self._read:
            found = tokens(code, forget_names=self._forget_names)
            places = range(max(len(found) - _WINDOW + 1, 0))
            self._read[code] = frozenset(_number(found[i : i + _WINDOW]) for i in places)
        return self._read[code]


def _number(window: Sequence[str]) -> int:
    """The same in every run: Python's own hashes of texts are not."""
    digest = hashlib.blake2b("\0".join(window).encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _pairs(
    answers: Mapping[str, Mapping[str, str]], handed_out: Set[int], read: _Reader
) -> Iterable[_Pair]:
    """Pairs of students who agree on questions that tell enough."""
    most = usual(len(answers))
    questions = sorted({question for given in answers.values() for question in given})
    agreed: dict[tuple[str, str], list[tuple[str, int, float]]] = defaultdict(list)
    for question in questions:
        who: dict[int, list[str]] = defaultdict(list)
        for student, given in answers.items():
            for window in read.windows(given.get(question, "")) - handed_out:
                who[window].append(student)
        unusual: Counter[str] = Counter()
        common: Counter[tuple[str, str]] = Counter()
        for students in who.values():
            if len(students) > most:
                continue
            unusual.update(students)
            common.update(combinations(students, 2))
        for pair, count in common.items():
            share = count / (unusual[pair[0]] + unusual[pair[1]] - count)
            if count >= _LEAST and share >= _SHARE:
                agreed[pair].append((question, count, share))
    for pair, found in agreed.items():
        total = sum(count for _question, count, _share in found)
        if total >= _LEAST_IN_ALL:
            share = sum(count * share for _question, count, share in found) / total
            yield _Pair(pair, tuple(question for question, *_ in found), total, share)


def _order(answers: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """The place of each question in the notebook."""
    order: dict[str, int] = {}
    for given in answers.values():
        for question in given:
            order.setdefault(question, len(order))
    return order


def _groups(pairs: Sequence[_Pair], order: Mapping[str, int]) -> list[Alike]:
    """Pairs that have somebody in common, together."""
    group: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = (group.setdefault(student, {student}) for student in pair.students)
        if one is not other:
            one |= other
            for student in other:
                group[student] = one
    found = []
    for students in {id(members): members for members in group.values()}.values():
        inside = [pair for pair in pairs if pair.students[0] in students]
        questions = {question for pair in inside for question in pair.questions}
        found.append(
            Alike(
                tuple(sorted(students)),
                tuple(sorted(questions, key=order.__getitem__)),
                round(max(pair.share for pair in inside), 2),
            )
        )
    return sorted(found, key=lambda alike: (-alike.share, -len(alike.questions), alike.students))
