"""Draw a model's graph, differences marked: as SVG for the eye, as text for terminals and ears.

The SVG takes its colours from the page around it (``currentColor``), so that it reads in light
and in dark themes; a mark is a thick dashed border, a symbol and words, and needs no colour. It
has no ids, so any number of drawings can share a page. All text in it is escaped.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from grader.boxes import Box, Mark, Repeat, Sketch, sketch
from grader.fold import folded
from grader.graph import Graph
from grader.layout import NoGraphviz, Point, place
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import ELLIPSIS

__all__ = ["Mark", "NoGraphviz", "picture", "svg", "text"]

TITLE = _("Drawing of your model")
UNMARKED = _("Drawing of your model, from its inputs at the top to its outputs at the bottom.")
MARKED = _(
    "Drawing of your model, from its inputs at the top to its outputs at the bottom. "
    "Marked with {symbols}: {layers}."
)
THIS_BLOCK = _("this block {count} times")
NO_GRAPHVIZ = _(
    "The drawing needs Graphviz, which comes with the package “pygraphviz”: "
    "pip install pygraphviz. Here is your model as a list:"
)

# A red that has a contrast of 3:1 or more on white and on JupyterLab's dark grey.
_ACCENT = "#dc4a4a"
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', "
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
)
_PADDING, _MARGIN = 12.0, 16.0
_NARROWEST, _WIDEST = 96.0, 250.0
_MOST_LETTERS = 500  # more than three lines of the narrowest


def svg(graph: Graph, marks: Mapping[int, Mark], language: str) -> str:
    """The graph as an ``<svg>`` element to put into HTML; empty for a graph without nodes.

    ``marks`` are by node. Raises ``NoGraphviz`` where Graphviz cannot be loaded.
    """
    shown = folded(sketch(graph, marks, language), language)
    if not shown.boxes:
        return ""
    cards = [_card(box) for box in shown.boxes]
    layout = place(
        [(card.width, card.height) for card in cards],
        shown.arrows,
        [repeat.boxes for repeat in shown.repeats],
    )
    parts = [
        _frame(repeat, *corners, language)
        for repeat, corners in zip(shown.repeats, layout.frames, strict=True)
    ]
    parts += [_arrow(curve) for curve in layout.curves]
    parts += [_drawn(card, centre) for card, centre in zip(cards, layout.centres, strict=True)]
    width, height = (math.ceil(size + 2 * _MARGIN) for size in (layout.width, layout.height))
    description = escape(_description(shown, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}"'
        f' aria-label="{description}" width="{width}" height="{height}"'
        f' viewBox="{-_MARGIN:g} {-_MARGIN:g} {width} {height}"'
        f' style="max-width:100%;height:auto;color:inherit" font-family="{_FONT}"'
        ' fill="currentColor" text-anchor="middle">'
        f"<title>{escape(translate(TITLE, language))}</title>"
        f"<desc>{escape(_listing(shown, language))}</desc>"
        f"{''.join(parts)}</svg>"
    )


def text(graph: Graph, marks: Mapping[int, Mark], language: str) -> str:
    """The graph as numbered lines: layer, operation, shape, what it reads, and its marks."""
    return _listing(folded(sketch(graph, marks, language), language), language)


def picture(graph: Graph, marks: Mapping[int, Mark], language: str) -> str:
    """HTML that shows the graph: drawn where Graphviz is to be had, as a list elsewhere."""
    try:
        return svg(graph, marks, language)
    except NoGraphviz:
        reason = escape(translate(NO_GRAPHVIZ, language))
        return f"<p>{reason}</p><pre>{escape(text(graph, marks, language))}</pre>"


# -- as text -----------------------------------------------------------------------------------


def _listing(shown: Sketch, language: str) -> str:
    sources: dict[int, list[int]] = {}
    for one, other in shown.arrows:
        sources.setdefault(other, []).append(one)
    digits = len(str(len(shown.boxes)))
    lines = []
    for number, box in enumerate(shown.boxes):
        indent = ""
        for repeat in shown.repeats:
            first, last = repeat.boxes[0], repeat.boxes[-1]
            if first == number:
                words = translate(THIS_BLOCK, language, count=repeat.count)
                which = f"{first + 1}–{last + 1}" if first != last else f"{first + 1}"
                lines.append(" " * (digits + 2) + f"{indent}{words} [{which}]")
            if first <= number <= last:
                indent += "   "
        line = f"{number + 1:>{digits}}. {indent}{box.name}"
        if box.what:
            line += f": {box.what}"
        if box.shape:
            line += f" → {box.shape}"
        read = sorted(sources.get(number, ()))
        if read and read != [number - 1]:
            line += " ← " + ", ".join(str(source + 1) for source in read)
        if box.notes:
            line += f" [{', '.join(box.notes)}]"
        lines.append(line)
        lines += [" " * (digits + 4) + indent + remark for remark in _remarks(box)]
    return "\n".join(lines)


def _remarks(box: Box) -> list[str]:
    return [f"{mark.symbol} {mark.label}" for mark in box.marks[:4]]


def _description(shown: Sketch, language: str) -> str:
    marked = [box for box in shown.boxes if box.marks]
    if not marked:
        return translate(UNMARKED, language)
    symbols = " ".join(dict.fromkeys(mark.symbol for box in marked for mark in box.marks))
    layers = ", ".join(dict.fromkeys(box.name for box in marked))
    return translate(MARKED, language, symbols=symbols, layers=layers)


# -- as cards: lines of text of known size -----------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """``size`` in pixels; ``style`` holds more SVG attributes; ``gap`` is free above the line."""

    text: str
    size: float
    style: str = ""
    gap: float = 0.0


@dataclass(frozen=True)
class _Card:
    """A box with its lines set, and what it measures."""

    box: Box
    lines: tuple[_Line, ...]
    width: float
    height: float


# Bold letters are broader.
_BOLD = 1.1
_MUTED = ' opacity="0.75"'


def _card(box: Box) -> _Card:
    lines = [_Line(_fitting(note, 10.5, _WIDEST), 10.5, _MUTED) for note in box.notes[:3]]
    weight = "" if box.kind == "fold" else ' font-weight="600"'
    lines.append(_Line(_fitting(box.name, 13 * _BOLD, _WIDEST), 13, weight, 1.0))
    what = box.what[:_MOST_LETTERS]
    parts = [what]
    if box.layers > 1 and _width(what, 12) > _WIDEST:  # followers on lines of their own
        parts = what.replace(" + ", "\0+ ", 1).split("\0")
    lines += [_Line(line, 12, "", 1.0) for part in parts for line in _wrapped(part, 12, _WIDEST, 3)]
    if box.shape:
        lines.append(_Line(_fitting(f"→ {box.shape}", 11.5, _WIDEST), 11.5, _MUTED, 2.0))
    for number, remark in enumerate(_remarks(box)):
        gap = 8.0 if number == 0 else 1.0
        for line in _wrapped(remark, 12 * _BOLD, _WIDEST, 3):
            lines.append(_Line(line, 12, ' font-weight="600"', gap))
            gap = 1.0
    width = max(_width(line.text, line.size * _BOLD) for line in lines) + 2 * _PADDING
    height = sum(line.gap + 1.32 * line.size for line in lines) + 14.0
    return _Card(box, tuple(lines), max(width, _NARROWEST), height)


_NARROW, _BROAD = frozenset("iljtfrI.,:;'|!()[]{} -·"), frozenset("mwMW@%—…×→←")


def _width(line: str, size: float) -> float:
    """About how wide a line will be: fonts differ, so rather too wide."""
    return size * sum(map(_advance, line))


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.38
    if character in _BROAD:
        return 0.95
    return 0.7 if character.isupper() else 0.6


def _fitting(line: str, size: float, room: float) -> str:
    if len(line) <= _MOST_LETTERS and _width(line, size) <= room:
        return line
    widths = accumulate(size * _advance(character) for character in line[:_MOST_LETTERS])
    fitting = sum(width <= room - _width(ELLIPSIS, size) for width in widths)
    return line[:fitting].rstrip() + ELLIPSIS


# Words of alphabetic scripts, with a dot that separates them from the next; single characters of
# East Asian ones, with the punctuation that may not begin a line.
_WORDS = re.compile(r" *(?:[^ \u2e80-\uffef]+(?: ·)?|[\u2e80-\uffef][，。：；！？、）」』”’》…]*)")


def _wrapped(line: str, size: float, room: float, most: int) -> list[str]:
    """``line`` broken into at most ``most`` lines; what does not fit is cut off."""
    lines = [""]
    for word in _WORDS.findall(line):
        longer = lines[-1] + word
        if lines[-1] and _width(longer, size) > room:
            lines.append(word.lstrip())
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [_fitting(each, size, room) for each in lines if each]


# -- as SVG ------------------------------------------------------------------------------------


def _drawn(card: _Card, centre: Point) -> str:
    box = card.box
    left, top = centre[0] - card.width / 2, centre[1] - card.height / 2
    radius = min(card.height / 2, 18.0) if box.kind == "input" else 5.0
    frame = {"fold": ' stroke-dasharray="1.5 4" stroke-linecap="round" stroke-opacity="0.6"'}
    style = frame.get(box.kind, ' stroke-opacity="0.6"') + ' stroke="currentColor"'
    fill = ' fill="currentColor" fill-opacity="0.05"'
    if box.marks:
        style = f' stroke="{_ACCENT}" stroke-width="3" stroke-dasharray="8 4"'
        fill = f' fill="{_ACCENT}" fill-opacity="0.12"'
    parts = [
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{card.width:.0f}" height="{card.height:.0f}"'
        f' rx="{radius:g}"{fill}{style}/>'
    ]
    baseline = top + 7.0
    for line in card.lines:
        baseline += line.gap + 1.32 * line.size
        parts.append(
            f'<text x="{centre[0]:.0f}" y="{baseline - 0.34 * line.size:.0f}"'
            f' font-size="{line.size:g}"{line.style}>{escape(line.text)}</text>'
        )
    if box.marks:
        parts.append(_badge(box.marks[0], left, top))
    whole = " · ".join(filter(None, (box.name, box.what, box.shape)))
    return f"<g><title>{escape(whole)}</title>{''.join(parts)}</g>"


def _frame(repeat: Repeat, upper_left: Point, lower_right: Point, language: str) -> str:
    """A thin dashed frame around a block that is drawn once, with how often it comes."""
    (left, top), (right, bottom) = upper_left, lower_right
    words = escape(translate(THIS_BLOCK, language, count=repeat.count))
    return (
        f'<g><title>{words}</title><rect x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}"'
        f' height="{bottom - top:.0f}" rx="12" fill="currentColor" fill-opacity="0.04"'
        ' stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="6 5"/>'
        f'<text x="{left + 9:.0f}" y="{top + 18:.0f}" font-size="14" font-weight="700"'
        f' text-anchor="start">× {repeat.count}</text></g>'
    )


def _badge(mark: Mark, x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="11" fill="{_ACCENT}"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}" font-size="15" font-weight="700" fill="#fff">'
        f"{escape(mark.symbol)}</text>"
    )


def _arrow(curve: Sequence[Point]) -> str:
    start, *controls, tip = curve
    last = controls[-1]
    path = f"M{start[0]:.0f},{start[1]:.0f}C" + " ".join(f"{x:.0f},{y:.0f}" for x, y in controls)
    length = math.dist(last, tip) or 1.0
    dx, dy = (tip[0] - last[0]) / length, (tip[1] - last[1]) / length
    wings = [(last[0] - 3.5 * dy, last[1] + 3.5 * dx), (last[0] + 3.5 * dy, last[1] - 3.5 * dx)]
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *wings))
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.3"'
        f' opacity="0.75"/><polygon points="{head}" opacity="0.75"/>'
    )
