"""What a drawing of a model shows: a box for each layer as its author wrote it, and arrows.

Canonicalisation splits ``Dense(64, activation="relu")`` into two nodes; here they are one box
again. ``grader.fold`` makes what is drawn of a large model smaller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from grader.graph import Graph, Node
from grader.names import ACTIVATIONS, ASSOCIATIVE, display_name
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import one_line

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


Ref = tuple[int, int]
_FEW = 20  # earlier sums to look at


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
    """One layer as its author wrote it, or ``layers`` of them that were folded into one box.

    ``nodes`` are its nodes in the graph; none where it stands for "… 40 more layers".
    """

    kind: Literal["input", "layer", "fold"]
    name: str
    what: str = ""
    shape: str = ""
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    nodes: tuple[int, ...] = ()
    layers: int = 1


@dataclass(frozen=True)
class Repeat:
    """Boxes that come ``count`` times, one block after the other, and are drawn once."""

    boxes: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Sketch:
    """Boxes, each after those it depends on where nothing is clumped, and arrows between them.

    The boxes of a repeat follow each other; a repeat inside another comes after it.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[int, int], ...]
    repeats: tuple[Repeat, ...] = ()


def sketch(graph: Graph, marks: Mapping[int, Mark], language: str) -> Sketch:
    """What to draw of ``graph``; ``marks`` are by node."""
    groups = _groups(graph)
    home = {node: group for group, nodes in enumerate(groups) for node in nodes}
    arrows = [
        (home[source], home[index])
        for index, sources in enumerate(_as_written(graph))
        for source in sources
        if home[source] != home[index]
    ]
    calls = Counter(o for nodes in groups for o in {graph.nodes[i].owner for i in nodes})
    boxes = [_box(graph, nodes, marks, calls, language) for nodes in groups]
    return Sketch(tuple(boxes), tuple(arrows))


def _sources(node: Node, index: int) -> list[int]:
    """The nodes that ``node`` reads. Evidence may claim anything: only what comes before counts."""
    return [source for source, _output in node.inputs if 0 <= source < index]


def _as_written(graph: Graph) -> Iterator[list[int]]:
    """The nodes that each node reads, sums of sums as sums again.

    Canonicalisation makes ``(a + b) + c`` a sum of three; where ``a + b`` is a node too, as it is
    between residual blocks, the drawing shows that the second sum reads the first.
    """
    readers: dict[Ref, list[int]] = {}
    for index, node in enumerate(graph.nodes):
        inputs = list(node.inputs)
        if node.op in ASSOCIATIVE or node.op == "concatenate":
            earlier = {i for ref in set(inputs) for i in readers.get(ref, [])[-_FEW:]}
            for i in sorted(earlier, reverse=True)[:_FEW]:
                inner = graph.nodes[i]
                if inner.op == node.op and inner.settings == node.settings:
                    rest = _rest(inputs, inner.inputs, i, node.op in ASSOCIATIVE)
                    if rest is not None:
                        inputs = rest
                        break
            for ref in set(node.inputs):
                readers.setdefault(ref, []).append(index)
        yield [source for source, _output in inputs if 0 <= source < index]


def _rest(
    inputs: Sequence[Ref], inner: Sequence[Ref], index: int, any_order: bool
) -> list[Ref] | None:
    """``inputs`` with ``(index, 0)`` in the place of ``inner``; None if that is not among them."""
    if any_order:
        left = Counter(inputs) - Counter(inner)
        found = len(inner) < len(inputs) and left.total() == len(inputs) - len(inner)
        return [(index, 0), *left.elements()] if found else None
    for at in range(len(inputs) - len(inner) + 1):
        if len(inner) < len(inputs) and tuple(inputs[at : at + len(inner)]) == tuple(inner):
            return [*inputs[:at], (index, 0), *inputs[at + len(inner) :]]
    return None


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
        return "×".join(_item(item) for item in value[:6])
    if isinstance(value, Mapping):
        return one_line(value.get("class", "…"), 30)
    return one_line(value, 30)


def _item(value: Any) -> str:
    if isinstance(value, (list, tuple)):  # the padding before and after
        return f"({', '.join(one_line(item, 12) for item in value[:2])})"
    return one_line(value, 12)


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
