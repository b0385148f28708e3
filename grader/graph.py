"""The canonical graph of a model: plain data, whatever the API style it was written in.

``grader.trace`` reads a Keras model into a graph; ``grader.compare`` decides on graphs alone.
A graph needs neither Keras nor TensorFlow, travels as JSON and never as a pickle.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

Shape = tuple[int | None, ...]


def frozen(value: Any) -> Hashable:
    """JSON data as a hashable value; a truth value is no number."""
    if isinstance(value, dict):
        return tuple(sorted((key, frozen(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return ("list", *map(frozen, value))
    return (type(value).__name__, value) if isinstance(value, bool) else value


def _fields(item: Any) -> dict[str, Any]:
    """The fields of a dataclass; ``dataclasses.asdict`` would copy all that they hold."""
    return {each.name: getattr(item, each.name) for each in fields(item)}


@dataclass(frozen=True)
class Signature:
    """One input that a model is asked to accept: for models that do not say so themselves."""

    name: str
    shape: Shape
    dtype: str = "float32"


@dataclass(frozen=True)
class Weight:
    """One variable of a layer. ``role`` is its name inside the layer (``"kernel"``, ``"bias"``)."""

    role: str
    shape: tuple[int, ...]
    dtype: str
    trainable: bool
    initializer: Mapping[str, Any] | None = None
    regularizer: Mapping[str, Any] | None = None
    constraint: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Owner:
    """A layer that holds weights or state; nodes with the same owner share them.

    ``name`` is the layer's name as its author gave it; ``path`` adds the models around it
    (``"encoder/conv2d"``).
    """

    name: str
    path: str
    weights: tuple[Weight, ...] = ()

    @cached_property
    def traits(self) -> Hashable:
        """What must be alike in the weights of two owners; shapes follow from the settings."""
        return tuple(
            (w.role, w.dtype, w.trainable, frozen(w.regularizer), frozen(w.constraint))
            for w in self.weights
        )


@dataclass(frozen=True)
class Node:
    """One operation: one call of a layer or of a function.

    ``op`` is its canonical name (``"input"``, ``"dense"``, ``"conv2d"``, ``"relu"``, ``"add"``);
    ``settings`` what changes the function it computes, as JSON data; ``inputs`` are pairs (node
    index, output index), in canonical order where the operation is commutative; ``owner`` an index
    into ``Graph.owners`` or None; ``layer`` the name to show to its author; ``shapes`` one per
    output, None where a size is free (batch).
    """

    op: str
    settings: Mapping[str, Any]
    inputs: tuple[tuple[int, int], ...]
    owner: int | None
    layer: str
    shapes: tuple[Shape, ...]

    @cached_property
    def label(self) -> Hashable:
        """What the node computes, wherever its inputs come from. An input takes any batch size."""
        settings = self.settings
        if self.op == "input":
            settings = {**settings, "shape": list(settings["shape"])[1:]}
        return self.op, frozen(settings)


@dataclass(frozen=True)
class Port:
    """A named input or output of the model: which node, and which of its outputs."""

    name: str
    node: int
    index: int = 0


@dataclass(frozen=True)
class Graph:
    """A whole model. ``nodes`` are in topological order: inputs come before what uses them.

    ``compiled`` holds the compile settings as JSON data (None if the model is not compiled);
    ``opaque`` the names of layers whose insides could not be read; ``unused`` those of layers that
    have weights and no part in the outputs; ``custom`` tells of each layer written by hand whether
    its configuration rebuilds it; ``layers`` are the names of all layers, models among them.
    """

    nodes: tuple[Node, ...]
    owners: tuple[Owner, ...]
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    compiled: Mapping[str, Any] | None = None
    opaque: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    custom: Mapping[str, bool] = field(default_factory=dict)
    layers: tuple[str, ...] = ()

    @cached_property
    def structure(self) -> Hashable:
        """All that decides what the model computes and learns; graphs in which it is equal are one
        model, node by node."""
        return tuple((n.label, n.inputs, n.owner) for n in self.nodes), tuple(
            owner.traits for owner in self.owners
        )

    @property
    def size(self) -> int:
        """How many numbers its weights hold."""
        return sum(math.prod(w.shape) for owner in self.owners for w in owner.weights)

    def to_json(self) -> dict[str, Any]:
        """The graph as JSON data; it shares settings with the graph."""
        owners = [
            {**_fields(owner), "weights": list(map(_fields, owner.weights))}
            for owner in self.owners
        ]
        ports = {side: list(map(_fields, getattr(self, side))) for side in ("inputs", "outputs")}
        nodes = list(map(_fields, self.nodes))
        return {**_fields(self), "nodes": nodes, "owners": owners, **ports}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Graph:
        """The graph that ``to_json`` described; ``KeyError`` or ``TypeError`` if it did not."""

        def node(d: Mapping[str, Any]) -> Node:
            return Node(
                **{
                    **d,
                    "inputs": tuple((int(i), int(j)) for i, j in d["inputs"]),
                    "shapes": tuple(map(tuple, d["shapes"])),
                }
            )

        def owner(d: Mapping[str, Any]) -> Owner:
            weights = tuple(Weight(**{**w, "shape": tuple(w["shape"])}) for w in d["weights"])
            return Owner(**{**d, "weights": weights})

        return cls(
            nodes=tuple(map(node, data["nodes"])),
            owners=tuple(map(owner, data["owners"])),
            inputs=tuple(Port(**p) for p in data["inputs"]),
            outputs=tuple(Port(**p) for p in data["outputs"]),
            compiled=data["compiled"],
            opaque=tuple(data["opaque"]),
            unused=tuple(data["unused"]),
            custom=dict(data["custom"]),
            layers=tuple(data["layers"]),
        )


def upstream(graph: Graph, start: int) -> Iterator[int]:
    """The nodes before ``start``, the nearest first; of several inputs what is computed last, as
    the end of a block is before the layer that its shortcut and it meet in."""
    queue, seen = [start], {start}
    while queue:
        for index, _ in sorted(graph.nodes[queue.pop(0)].inputs, reverse=True):
            if index not in seen:
                seen.add(index)
                yield index
                queue.append(index)
