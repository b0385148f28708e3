"""Places for boxes and arrows, found by Graphviz.

Graphviz is told sizes and connections only. What students wrote never reaches it, and no font is
measured by it, so the result is the same wherever it runs.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

# The library keeps its state in global variables.
_one_at_a_time = threading.Lock()


class NoGraphviz(RuntimeError):
    """Graphviz cannot be loaded on this machine."""


@dataclass(frozen=True)
class Layout:
    """Pixels, from the upper left corner.

    ``centres`` has one point a box. A curve is its Bézier control points, the last one the tip
    of the arrow. ``frames`` has two corners a frame, the upper left and the lower right one.
    """

    width: float
    height: float
    centres: tuple[Point, ...]
    curves: tuple[tuple[Point, ...], ...]
    frames: tuple[tuple[Point, Point], ...] = ()


# More arrows than this cross, whatever is done: straight ones, and no long search for places.
_FEW_ARROWS = 130
_QUICK = "graph [splines=line, nslimit=1, nslimit1=1, mclimit=0.1]"

# Frees space for a line of text at the top of a frame.
_HEADED = (
    'label=<<TABLE FIXEDSIZE="TRUE" WIDTH="40" HEIGHT="14" BORDER="0"><TR><TD></TD></TR></TABLE>>'
)


def place(
    sizes: Sequence[tuple[float, float]],
    arrows: Sequence[tuple[int, int]],
    frames: Sequence[Sequence[int]] = (),
) -> Layout:
    """Place boxes of ``sizes`` (width and height in pixels) from top to bottom.

    ``frames`` are boxes to keep together, with nothing else among them; a frame inside another
    comes after it. Raises ``NoGraphviz``.
    """
    try:
        import pygraphviz
    except ImportError as error:
        raise NoGraphviz(str(error)) from error
    lines = ["digraph {", "graph [nodesep=0.3, ranksep=0.34, outputorder=nodesfirst]"]
    lines.append('node [shape=box, fixedsize=true, label=""]')
    lines.append("edge [arrowsize=0.6]")
    if len(arrows) > _FEW_ARROWS:
        lines.append(_QUICK)
    for number, (width, height) in enumerate(sizes):
        lines.append(f"{number} [width={width / 72:.4f}, height={height / 72:.4f}]")
    lines += _clusters(frames)
    lines += [f"{one} -> {other}" for one, other in arrows]
    lines.append("}")
    with _one_at_a_time:
        drawing = pygraphviz.AGraph(string="\n".join(lines)).draw(format="json0", prog="dot")
    return _read(json.loads(drawing), len(sizes), arrows, len(frames))


def _clusters(frames: Sequence[Sequence[int]]) -> list[str]:
    inside: dict[int | None, list[int]] = {}
    for number, frame in enumerate(frames):
        around = [n for n in range(number) if set(frame) <= set(frames[n])]
        inside.setdefault(max(around, default=None), []).append(number)

    def lines(number: int) -> list[str]:
        members = "; ".join(map(str, frames[number]))
        found = [f"subgraph cluster_{number} {{", f"margin=10; {_HEADED}", members]
        for inner in inside.get(number, ()):
            found += lines(inner)
        return [*found, "}"]

    return [line for number in inside.get(None, ()) for line in lines(number)]


def _read(
    data: dict[str, object], count: int, arrows: Sequence[tuple[int, int]], frame_count: int
) -> Layout:
    left, bottom, right, top = (float(number) for number in str(data["bb"]).split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")[-2:]
        return float(x) - left, top - float(y)

    objects: list[dict[str, str]] = data.get("objects", [])  # type: ignore[assignment]
    edges: list[dict[str, str]] = data.get("edges", [])  # type: ignore[assignment]
    placed = [each for each in objects if "pos" in each]
    centres = {int(each["name"]): point(each["pos"]) for each in placed}
    number = {each["_gvid"]: int(each["name"]) for each in placed}
    frames = {each["name"]: each["bb"].split(",") for each in objects if "bb" in each}
    curves = []
    for edge in edges:
        tip, *controls = edge["pos"].split(" ")
        ends = (number[edge["tail"]], number[edge["head"]])
        points = [point(text) for text in (*controls, tip)]
        curves.append((ends, tuple(points)))
    curves.sort(key=lambda curve: arrows.index(curve[0]))
    return Layout(
        width=right - left,
        height=top - bottom,
        centres=tuple(centres[i] for i in range(count)),
        curves=tuple(points for _ends, points in curves),
        frames=tuple(
            (point(f"{x0},{y1}"), point(f"{x1},{y0}"))
            for x0, y0, x1, y1 in (frames[f"cluster_{n}"] for n in range(frame_count))
        ),
    )
