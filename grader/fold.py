"""Make the drawing of a large model small.

Blocks that repeat are drawn once, "this block 5 times". Where that is not enough, layers that only
normalise, activate or drop join the layer before them; then the insides of blocks become
"… 12 more layers"; and in the last resort, so does all that is far from every mark. A marked box,
and what is beside it, is never folded away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from math import prod

from grader.boxes import Box, Repeat, Sketch
from grader.names import ACTIVATIONS
from grader.text import mark as _
from grader.text import translate

ALL_SHOWN = 24
MOST_BOXES = 64
MORE_LAYERS = _("… {count} more layers")

_BESIDE = 2  # arrows from a marked box to those that are drawn as they are
_NEAR = 4  # arrows from a marked box to those shown around it, in the last resort
_SAVED = 3  # boxes that a repeat must leave out to be worth a frame
# What keeps the time short for models that were written to make it long.
_LONGEST, _DEEPEST, _MOST_REPEATS = 40, 8, 40


def folded(whole: Sketch, language: str) -> Sketch:
    """The same with at most about ``MOST_BOXES`` boxes."""
    if len(whole.boxes) <= ALL_SHOWN:
        return whole
    shown = repeats_once(whole)
    if len(shown.boxes) > MOST_BOXES:
        shown = repeats_once(joined(whole))
    if len(shown.boxes) > MOST_BOXES:
        shown = _clumped(shown, _blocks(shown), language)
    if len(shown.boxes) > MOST_BOXES:
        shown = _clumped(shown, _clumps(shown, _worth_showing(shown)), language)
    return shown


# -- repeated blocks, drawn once -----------------------------------------------------------------


@dataclass(frozen=True)
class _Wiring:
    """What each box reads, in order, and by which boxes it is read."""

    sources: list[list[int]]
    readers: list[list[int]]

    @classmethod
    def of(cls, whole: Sketch) -> _Wiring:
        """The wiring of ``whole``."""
        sources: list[list[int]] = [[] for _box in whole.boxes]
        readers: list[list[int]] = [[] for _box in whole.boxes]
        for one, other in whole.arrows:
            sources[other].append(one)
            readers[one].append(other)
        return cls(sources, readers)

    def beside(self, boxes: Sequence[int], steps: int) -> set[int]:
        """``boxes``, and those at most ``steps`` arrows away."""
        found = frontier = set(boxes)
        for _step in range(steps):
            frontier = {n for i in frontier for n in (*self.sources[i], *self.readers[i])} - found
            found = found | frontier
        return found


# The boxes of each repetition of a block, those that are alike at the same place.
_Run = tuple[tuple[int, ...], ...]


def repeats_once(whole: Sketch) -> Sketch:
    """The same with each run of equal blocks drawn as its first block, in a ``Repeat``."""
    wiring = _Wiring.of(whole)
    pinned = wiring.beside([i for i, box in enumerate(whole.boxes) if box.marks], _BESIDE)
    runs = list(islice(_runs(whole, wiring, pinned, _order(wiring), 0), _MOST_REPEATS))
    if not runs:
        return whole
    stands_for = list(range(len(whole.boxes)))
    arrows = list(whole.arrows)
    for run in runs:  # a run inside another comes after it
        first, *others = run
        twin = {i: j for other in others for i, j in zip(other, first, strict=True)}
        arrows = [(twin.get(a, a), b) for a, b in arrows if b not in twin]
        stands_for = [twin.get(i, i) for i in stands_for]
    # A block is entered from one box and left from its last, so it may stand where that stands.
    around: dict[int, list[int]] = {}
    for first, *_others in runs:
        for i in first:
            around.setdefault(i, []).append(max(first))
    kept = sorted(set(stands_for), key=lambda i: [*around.get(i, ()), i])
    number = {i: n for n, i in enumerate(kept)}
    shapes: dict[int, list[str]] = {}
    for i, j in enumerate(stands_for):
        shapes.setdefault(j, []).append(whole.boxes[i].shape)
    repeats = [
        Repeat(tuple(sorted(number[i] for i in first if i in number)), 1 + len(others))
        for first, *others in runs
    ]
    return Sketch(
        tuple(replace(whole.boxes[i], shape=_span(shapes[i])) for i in kept),
        tuple((number[a], number[b]) for a, b in arrows),
        tuple(sorted(repeats, key=lambda repeat: (repeat.boxes[0], -len(repeat.boxes)))),
    )


def _span(shapes: Sequence[str]) -> str:
    return shapes[0] if len(set(shapes)) == 1 else f"{shapes[0]} … {shapes[-1]}"


def _order(wiring: _Wiring) -> list[int]:
    """All boxes, each after those it reads, and each branch in one piece as far as possible."""
    depth: list[int] = []
    for sources in wiring.sources:
        depth.append(1 + max((depth[i] for i in sources), default=0))
    ends = [i for i, readers in enumerate(wiring.readers) if not readers]
    found: dict[int, None] = {}
    waiting = [(i, False) for i in sorted(ends, key=lambda i: -depth[i])]
    while waiting:
        i, ready = waiting.pop()
        if ready:
            found[i] = None
        elif i not in found:
            waiting.append((i, True))
            waiting += [(j, False) for j in sorted(wiring.sources[i], key=lambda j: depth[j])]
    return list(found)


def _runs(
    whole: Sketch, wiring: _Wiring, pinned: set[int], part: Sequence[int], level: int
) -> Iterator[_Run]:
    """The runs of equal blocks among ``part``: boxes in order, all of them or those of a branch."""
    stretches = _stretches(wiring, part)
    tokens = _tokens(whole, wiring, pinned, stretches)
    inside = set(range(len(stretches)))  # the stretches that stay
    waiting = [(0, len(tokens))]
    while waiting:
        low, high = waiting.pop()
        best = _best(whole, wiring, stretches, tokens, low, high)
        if best is None:
            continue
        start, period, count = best
        end = start + period * count
        yield tuple(
            tuple(i for stretch in stretches[at : at + period] for i in stretch)
            for at in range(start, end, period)
        )
        inside.difference_update(range(start + period, end))
        waiting += [(end, high), (start, start + period), (low, start)]
    if level < _DEEPEST:
        for number in sorted(inside):
            for branch in _branches(wiring, stretches[number][:-1]):
                yield from _runs(whole, wiring, pinned, branch, level + 1)


def _stretches(wiring: _Wiring, part: Sequence[int]) -> list[list[int]]:
    """``part``, cut after each box through which every path goes."""
    place = {i: n for n, i in enumerate(part)}
    stretches: list[list[int]] = [[]]
    reach = 0  # how far the arrows of the boxes before go
    for at, i in enumerate(part):
        stretches[-1].append(i)
        if reach <= at:
            stretches.append([])
        reach = max([reach, *(place[j] for j in wiring.readers[i] if j in place)])
    return [stretch for stretch in stretches if stretch]


def _tokens(
    whole: Sketch, wiring: _Wiring, pinned: set[int], stretches: Sequence[Sequence[int]]
) -> list[int]:
    """A number for each stretch; equal numbers for what may be drawn once."""
    part = {i for stretch in stretches for i in stretch}
    known: dict[object, int] = {}
    tokens = []
    for number, stretch in enumerate(stretches):
        mine = {i: n for n, i in enumerate(stretch)}
        last = stretch[-1]
        entries = {j for i in stretch for j in wiring.sources[i] if j not in mine}
        before = {stretches[number - 1][-1]} if number else entries
        at_the_end = number == len(stretches) - 1
        foldable = (
            pinned.isdisjoint(stretch)
            and len(entries) <= 1
            and entries == before
            and all(any(j in mine for j in wiring.readers[i]) for i in stretch[:-1])
            and all(
                j in part or (at_the_end and i == last) for i in stretch for j in wiring.readers[i]
            )
        )
        token: object = number
        if foldable:
            token = tuple(
                (box.kind, box.what, box.notes, tuple(mine.get(j, -1) for j in wiring.sources[i]))
                for i, box in ((i, whole.boxes[i]) for i in stretch)
            )
        tokens.append(known.setdefault(token, len(known)))
    return tokens


def _best(
    whole: Sketch,
    wiring: _Wiring,
    stretches: Sequence[Sequence[int]],
    tokens: Sequence[int],
    low: int,
    high: int,
) -> tuple[int, int, int] | None:
    """The run between ``low`` and ``high`` that leaves out most: start, period, count."""
    ends = list(accumulate((len(stretch) for stretch in stretches[low:high]), initial=0))
    most, best = _SAVED - 1, None
    for period in range(1, min(_LONGEST, (high - low) // 2) + 1):
        start = low
        for at in range(low, high - period + 1):
            if at + period < high and tokens[at] == tokens[at + period]:
                continue
            count = (at - start) // period + 1
            block = ends[start + period - low] - ends[start - low]
            if count > 1 and (count - 1) * block > most:
                most, best = (count - 1) * block, (start, period, count, at + period)
            start = at + 1
    if best is None:
        return None
    start, period, count, end = best

    def oddity(at: int) -> tuple[bool, bool, int]:
        """How odd it would be to say that a block starts here."""
        here, cut = whole.boxes[stretches[at][0]], stretches[at - 1][-1] if at else None
        forks = cut is not None and len(set(wiring.readers[cut])) > 1
        again = at + period
        left, right = stretches[again - 1][-1], stretches[again][0]
        seam = _agreement(whole.boxes[left].name, whole.boxes[right].name)
        return not forks, _follows(here), seam

    return min(range(start, end - period * count + 1), key=oddity), period, count


def _agreement(one: str, other: str) -> int:
    """How many numbers names have in common, up to the first that differs: 1 for
    ``conv2_block1_out`` and ``conv2_block2_in``. New numbers begin where a block begins."""
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=False)
    return next((depth for depth, (a, b) in enumerate(pairs) if a != b), 99)


_NUMBER = re.compile(r"\d+(?!d)")  # not the 2 of conv2d


def _branches(wiring: _Wiring, boxes: Sequence[int]) -> list[list[int]]:
    """``boxes`` in parts without an arrow between them; each part in order."""
    home = _connected(boxes, [(j, i) for i in boxes for j in wiring.sources[i]])
    parts: dict[int, list[int]] = {}
    for i in boxes:
        parts.setdefault(home[i], []).append(i)
    return list(parts.values())


def _connected(boxes: Sequence[int], arrows: Sequence[tuple[int, int]]) -> dict[int, int]:
    """One of the boxes to which each hangs together, by the arrows among ``boxes``."""
    parent = {i: i for i in boxes}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in arrows:
        if one in parent and other in parent:
            parent[root(one)] = root(other)
    return {i: root(i) for i in boxes}


# -- followers, joined to what they follow -------------------------------------------------------

_FOLLOWER = re.compile(r"(Normalization|Dropout(\dD)?|LU)$")


def _follows(box: Box) -> bool:
    """Whether ``box`` does something small to what comes out of the box before it."""
    operation = box.what.split(" · ")[0]
    return operation in ACTIVATIONS or _FOLLOWER.search(operation) is not None


def joined(whole: Sketch) -> Sketch:
    """The same with normalisations, activations and dropout in the box that they follow."""
    wiring = _Wiring.of(whole)
    boxes: list[Box] = []
    names: list[str] = []
    home: dict[int, int] = {}
    for i, box in enumerate(whole.boxes):
        sources = wiring.sources[i]
        if len(sources) == 1 and len(wiring.readers[sources[0]]) == 1 and _follows(box):
            at = home[sources[0]]
            to = boxes[at]
            if to.kind == "layer" and not (to.marks or box.marks or to.notes or box.notes):
                home[i] = at
                boxes[at] = Box(
                    kind="layer",
                    name=f"{names[at]} + {to.layers}",
                    what=f"{to.what} + {box.what}",
                    shape=box.shape,
                    nodes=to.nodes + box.nodes,
                    layers=to.layers + 1,
                )
                continue
        home[i] = len(boxes)
        boxes.append(box)
        names.append(box.name)
    arrows = ((home[a], home[b]) for a, b in whole.arrows)
    return Sketch(tuple(boxes), tuple((a, b) for a, b in arrows if a != b))


# -- clumps, in the last resort ------------------------------------------------------------------


def _blocks(whole: Sketch) -> list[tuple[int, ...]]:
    """What lies between boxes through which every path goes, where no mark and no repeat is."""
    wiring = _Wiring.of(whole)
    pinned = wiring.beside([i for i, box in enumerate(whole.boxes) if box.marks], _BESIDE)
    found = []
    for stretch in _stretches(wiring, _order(wiring)):
        block = set(stretch[:-1])
        if len(block) >= _SAVED and pinned.isdisjoint(stretch):
            repeats = (set(repeat.boxes) for repeat in whole.repeats)
            if all(mine <= block or mine.isdisjoint(block) for mine in repeats):
                found.append(tuple(sorted(block)))
    return found


def _clumped(whole: Sketch, clumps: Sequence[tuple[int, ...]], language: str) -> Sketch:
    """The same with one box for each clump."""
    hidden = {i for clump in clumps for i in clump}
    shown = [(i,) for i in range(len(whole.boxes)) if i not in hidden]
    order = sorted([*shown, *clumps])
    place = {i: number for number, members in enumerate(order) for i in members}
    boxes = []
    for members in order:
        if members[0] not in hidden:
            boxes.append(whole.boxes[members[0]])
        else:
            layers = sum(_layers(whole, i) for i in members)
            text = translate(MORE_LAYERS, language, count=layers)
            boxes.append(Box("fold", text, layers=layers))
    repeats = (
        replace(repeat, boxes=tuple(place[i] for i in repeat.boxes))
        for repeat in whole.repeats
        if hidden.isdisjoint(repeat.boxes)
    )
    arrows = dict.fromkeys((place[a], place[b]) for a, b in whole.arrows if place[a] != place[b])
    return Sketch(tuple(boxes), tuple(arrows), tuple(repeats))


def _layers(whole: Sketch, i: int) -> int:
    """How many layers a box stands for, those left out included."""
    counts = (repeat.count for repeat in whole.repeats if i in repeat.boxes)
    return whole.boxes[i].layers * prod(counts)


def _worth_showing(whole: Sketch) -> set[int]:
    """Marked boxes, then what is near them (or near the ends, where nothing is marked)."""
    near: dict[int, list[int]] = {}
    for one, other in whole.arrows:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    read = {a for a, _b in whole.arrows}
    ends = [i for i, box in enumerate(whole.boxes) if box.kind == "input" or i not in read]
    marked = [i for i, box in enumerate(whole.boxes) if box.marks]
    room = MOST_BOXES // 2
    shown = set(marked[:room]) | set(ends[: room // 3])
    frontier = list(dict.fromkeys(marked[:room] or ends[: room // 3]))
    for _step in range(_NEAR if marked else room):
        beside = [n for i in frontier for n in near.get(i, ()) if n not in shown]
        frontier = list(dict.fromkeys(beside))[: room - len(shown)]
        shown.update(frontier)
    for repeat in whole.repeats:  # whole or not at all
        mine = set(repeat.boxes)
        if not mine.isdisjoint(shown):
            shown = shown | mine if len(shown | mine) <= MOST_BOXES * 3 // 4 else shown - mine
    return shown


def _clumps(whole: Sketch, shown: set[int]) -> list[tuple[int, ...]]:
    """The hidden boxes, those together that hang together; single boxes join ``shown``."""
    hidden = [i for i in range(len(whole.boxes)) if i not in shown]
    home = _connected(hidden, whole.arrows)
    clumps: dict[int, list[int]] = {}
    for i in hidden:
        clumps.setdefault(home[i], []).append(i)
    found = []
    spare = MOST_BOXES - len(shown)
    for clump in clumps.values():
        if len(clump) == 1 and spare > len(clumps) and _layers(whole, clump[0]) == 1:
            shown.add(clump[0])
            spare -= 1
        else:
            found.append(tuple(clump))
    if len(found) > spare:  # a thousand separate crumbs: one heap
        crumbs = tuple(sorted(i for clump in found[spare - 1 :] for i in clump))
        found = [*found[: spare - 1], crumbs]
    return found
