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
    of the arrow.
    """

    width: float
    height: float
    centres: tuple[Point, ...]
    curves: tuple[tuple[Point, ...], ...]


def place(sizes: Sequence[tuple[float, float]], arrows: Sequence[tuple[int, int]]) -> Layout:
    """Place boxes of ``sizes`` (width and height in pixels) from top to bottom.

    Raises ``NoGraphviz``.
    """
    try:
        import pygraphviz
    except ImportError as error:
        raise NoGraphviz(str(error)) from error
    lines = ["digraph {", "graph [nodesep=0.3, ranksep=0.34, outputorder=nodesfirst]"]
    lines.append('node [shape=box, fixedsize=true, label=""]')
    lines.append("edge [arrowsize=0.6]")
    for number, (width, height) in enumerate(sizes):
        lines.append(f"{number} [width={width / 72:.4f}, height={height / 72:.4f}]")
    lines += [f"{one} -> {other}" for one, other in arrows]
    lines.append("}")
    with _one_at_a_time:
        drawing = pygraphviz.AGraph(string="\n".join(lines)).draw(format="json0", prog="dot")
    return _read(json.loads(drawing), len(sizes), arrows)


def _read(data: dict[str, object], count: int, arrows: Sequence[tuple[int, int]]) -> Layout:
    left, bottom, right, top = (float(number) for number in str(data["bb"]).split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")[-2:]
        return float(x) - left, top - float(y)

    objects: list[dict[str, str]] = data.get("objects", [])  # type: ignore[assignment]
    edges: list[dict[str, str]] = data.get("edges", [])  # type: ignore[assignment]
    centres = {int(each["name"]): point(each["pos"]) for each in objects}
    number = {each["_gvid"]: int(each["name"]) for each in objects}
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
    )
