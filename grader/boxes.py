"""What a drawing of a model shows: a box for each layer as its author wrote it, and arrows.

Canonicalisation splits ``Dense(64, activation="relu")`` into two nodes; here they are one box
again. Large models are folded: what is far from every mark becomes "… 40 more layers".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from grader.graph import Graph, Node
from grader.names import ACTIVATIONS, display_name
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import one_line

MOST_BOXES = 60
_NEAR = 4  # arrows from a marked box to those shown around it, where a model is folded
MORE_LAYERS = _("… {count} more layers")
OUTPUT = _("output")
NAMED_OUTPUT = _("output: {name}")
SHARED = _("shared ×{count}")

# The settings worth a place in a small box, and the values that go without saying.
_SETTINGS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("units", ()),
    ("filters", ()),
    ("kernel_size", ()),
    ("pool_size", ()),
    ("size", ()),
    ("strides", (1,)),
    ("padding", ("valid",)),
    ("dilation_rate", (1,)),
    ("input_dim", ()),
    ("output_dim", ()),
    ("num_heads", ()),
    ("key_dim", ()),
    ("rate", ()),
    ("activation", ("linear", "tanh")),
    ("recurrent_activation", ("sigmoid",)),
    ("return_sequences", (False,)),
    ("return_state", (False,)),
    ("go_backwards", (False,)),
    ("axis", (-1,)),
    ("negative_slope", (0,)),
    ("max_value", ()),
    ("threshold", (0,)),
    ("use_bias", (True,)),
    ("mask_zero", (False,)),
    ("training", ()),
    ("dtype", ("float32",)),
)


@dataclass(frozen=True)
class Mark:
    """Where a drawing says that something differs: a few translated words, and a symbol.

    ``symbol`` tells marks apart without colour: ``"≠"`` is not what was asked for, ``"✗"`` has no
    place here, ``"?"`` lacks something. ``more`` are further remarks on the same place.
    """

    label: str
    symbol: str = "≠"
    more: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Box:
    """One layer as its author wrote it. ``nodes`` are its nodes in the graph; none for a fold."""

    kind: Literal["input", "layer", "fold"]
    name: str
    what: str = ""
    shape: str = ""
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    nodes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sketch:
    """Boxes, each after those it depends on where nothing is folded, and arrows between them."""

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[int, int], ...]


def sketch(graph: Graph, marks: Mapping[int, Mark], language: str) -> Sketch:
    """What to draw of ``graph``; ``marks`` are by node."""
    groups = _groups(graph)
    home = {node: group for group, nodes in enumerate(groups) for node in nodes}
    arrows = [
        (home[source], home[index])
        for index, node in enumerate(graph.nodes)
        for source in _sources(node, index)
        if home[source] != home[index]
    ]
    calls = Counter(o for nodes in groups for o in {graph.nodes[i].owner for i in nodes})
    boxes = [_box(graph, nodes, marks, calls, language) for nodes in groups]
    return _folded(Sketch(tuple(boxes), tuple(arrows)), language)


def _sources(node: Node, index: int) -> list[int]:
    """The nodes that ``node`` reads. Evidence may claim anything: only what comes before counts."""
    return [source for source, _output in node.inputs if 0 <= source < index]


def _groups(graph: Graph) -> list[list[int]]:
    """The nodes of each box: a layer, and the activation that its author wrote into it."""
    groups: list[list[int]] = []
    home: dict[int, int] = {}
    for index, node in enumerate(graph.nodes):
        sources = {home[source] for source in _sources(node, index)}
        if len(sources) == 1:
            (group,) = sources
            first = graph.nodes[groups[group][0]]
            if node.owner is None and first.owner is not None and node.layer == first.layer:
                groups[group].append(index)
                home[index] = group
                continue
        home[index] = len(groups)
        groups.append([index])
    return groups


def _box(
    graph: Graph,
    nodes: Sequence[int],
    marks: Mapping[int, Mark],
    calls: Mapping[int | None, int],
    language: str,
) -> Box:
    first, last = graph.nodes[nodes[0]], graph.nodes[nodes[-1]]
    name, operation = one_line(first.layer, 60), _operation(first)
    parts = [operation, *_settings(first)]
    parts += [_activation(graph.nodes[index]) for index in nodes[1:]]
    return Box(
        kind="input" if first.op == "input" else "layer",
        name=name,
        what=" · ".join(parts),
        shape=_shape(last),
        notes=tuple(_notes(graph, nodes, name, calls, language)),
        marks=tuple(dict.fromkeys(m for i in nodes if i in marks for m in _flat(marks[i]))),
        nodes=tuple(nodes),
    )


def _operation(node: Node) -> str:
    if node.op == "custom":
        return one_line(node.settings.get("class", "custom"), 40)
    return display_name(one_line(node.op, 40))


def _activation(node: Node) -> str:
    settings = ", ".join(_settings(node))
    name = _operation(node) if node.op in ACTIVATIONS else one_line(node.op, 40)
    return f"{name}({settings})" if settings else name


def _notes(
    graph: Graph, nodes: Sequence[int], name: str, calls: Mapping[int | None, int], language: str
) -> Iterable[str]:
    owner = graph.nodes[nodes[0]].owner
    if owner is not None and calls[owner] > 1:
        yield translate(SHARED, language, count=calls[owner])
    for port in graph.outputs:
        if port.node in nodes:
            port_name = one_line(port.name, 30)
            same = port_name == name
            yield (
                translate(OUTPUT, language)
                if same
                else translate(NAMED_OUTPUT, language, name=port_name)
            )


def _settings(node: Node) -> list[str]:
    if node.op == "input":
        dtype = one_line(node.settings.get("dtype", "float32"), 20)
        return [] if dtype == "float32" else [dtype]
    shown = []
    for key, usual in _SETTINGS:
        value = node.settings.get(key)
        if value is None or _goes_without_saying(value, usual):
            continue
        if key == "strides" and value == node.settings.get("pool_size"):
            continue
        text = _value(value)
        shown.append(text if "×" in text and key != "strides" else f"{key}={text}")
    return shown


def _goes_without_saying(value: Any, usual: tuple[Any, ...]) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(_goes_without_saying(item, usual) for item in value)
    return any(type(value) is type(item) and value == item for item in usual) or (
        isinstance(value, float) and value in [u for u in usual if type(u) is int]
    )


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "×".join(one_line(item, 12) for item in value[:6])
    if isinstance(value, Mapping):
        return one_line(value.get("class", "…"), 30)
    return one_line(value, 30)


def _shape(node: Node) -> str:
    """The shape of one example: the batch size is left out, as in ``keras.Input``."""
    if not node.shapes:
        return ""
    sizes = node.shapes[0] if node.op == "weight" else node.shapes[0][1:]
    return " × ".join(one_line(size, 12) for size in sizes[:8]) or "()"


def _flat(mark: Mark) -> Iterator[Mark]:
    yield Mark(one_line(mark.label, 160), one_line(mark.symbol, 2))
    for further in mark.more:
        yield from _flat(further)


# -- folding -----------------------------------------------------------------------------------


def _folded(whole: Sketch, language: str) -> Sketch:
    """The same with at most about ``MOST_BOXES`` boxes."""
    if len(whole.boxes) <= MOST_BOXES:
        return whole
    shown = _worth_showing(whole)
    clumps = _clumps(whole, shown)
    order: list[int | tuple[int, ...]] = [*shown, *(c for c in clumps)]
    order.sort(key=lambda item: item if isinstance(item, int) else item[0])
    place: dict[int, int] = {}
    boxes = []
    for number, item in enumerate(order):
        members = (item,) if isinstance(item, int) else item
        place.update(dict.fromkeys(members, number))
        if isinstance(item, int):
            boxes.append(whole.boxes[item])
        else:
            text = translate(MORE_LAYERS, language, count=len(members))
            boxes.append(Box("fold", text))
    arrows = dict.fromkeys((place[a], place[b]) for a, b in whole.arrows if place[a] != place[b])
    return Sketch(tuple(boxes), tuple(arrows))


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
    return shown


def _clumps(whole: Sketch, shown: set[int]) -> list[tuple[int, ...]]:
    """The hidden boxes, those together that hang together; small clumps join ``shown``."""
    parent = list(range(len(whole.boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in whole.arrows:
        if one not in shown and other not in shown:
            parent[root(one)] = root(other)
    clumps: dict[int, list[int]] = {}
    for i in range(len(whole.boxes)):
        if i not in shown:
            clumps.setdefault(root(i), []).append(i)
    found = []
    spare = MOST_BOXES - len(shown)
    for clump in clumps.values():
        if len(clump) == 1 and spare > len(clumps):
            shown.add(clump[0])
            spare -= 1
        else:
            found.append(tuple(clump))
    if len(found) > spare:  # a thousand separate crumbs: one heap
        crumbs = tuple(sorted(i for clump in found[spare - 1 :] for i in clump))
        found = [*found[: spare - 1], crumbs]
    return found
