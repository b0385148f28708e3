"""Turn the calls of Keras layers and operations into canonical nodes.

Nested models and layers written by hand are opened, fused activations taken apart, identities
dropped, and what is computed twice from the same inputs is computed once.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras
from keras import tree

from grader.canonical import (
    NEUTRAL,
    NOT_PURE,
    ONLY_IN_TRAINING,
    canonical,
    minds_the_mode,
    tidied_call,
)
from grader.graph import Graph, Node, Owner, Port, Shape, Weight
from grader.names import ASSOCIATIVE, COMMUTATIVE
from grader.plain import plain, plain_config, snake_case
from grader.saving import survives

Ref = tuple[int, int]  # a node, and which of its outputs


class Opaque(Exception):
    """A custom layer or model whose ``call`` does not run on symbolic tensors."""


def inner_graph(operation: object) -> Any | None:
    """The functional graph inside a Functional or Sequential model, else None."""
    if isinstance(operation, keras.Sequential):
        if operation._functional is None:
            return None
        return operation._functional
    if isinstance(operation, keras.Model) and type(operation).call is _functional_call():
        return operation
    return None


def _functional_call() -> Any:
    from keras.src.models.functional import Functional

    return Functional.call


def is_builtin(operation: object) -> bool:
    """Whether the class comes with Keras: a class may say so of itself, a module may not."""
    kind = type(operation)
    module = sys.modules.get(kind.__module__) if kind.__module__.startswith("keras.") else None
    return getattr(module, kind.__qualname__, None) is kind


@dataclass(frozen=True)
class Scope:
    """Where in the model the builder is.

    ``mode`` is the training mode there (None: the caller's); ``traced`` whether the calls were
    recorded while running a ``call``, so that a mode they recorded is what really happens (inside
    a functional graph Keras overrides it); ``path`` the models around; ``shown`` a name that
    replaces the layers' own, for parts that their author sees as one layer; ``within`` the layer
    written by hand whose ``call`` holds the operations.
    """

    mode: bool | None = None
    traced: bool = False
    path: tuple[str, ...] = ()
    shown: str | None = None
    within: str | None = None


@contextlib.contextmanager
def _calling(operation: Any, mode: bool | None) -> Iterator[None]:
    """Run as Keras does inside ``operation(...)``: the layers called there follow ``mode``."""
    from keras.src.backend.common import global_state
    from keras.src.layers.layer import CallContext

    before = global_state.get_global_attribute("current_call_ctx")
    context = CallContext(entry_layer=operation)
    context.set_value("training", mode)
    global_state.set_global_attribute("current_call_ctx", context)
    try:
        yield
    finally:
        global_state.set_global_attribute("current_call_ctx", before)


class Builder:
    """Collects canonical nodes; knows which layer objects own which weights."""

    def __init__(self) -> None:
        self.trained: set[int] = set()  # the ids of the variables that training changes
        self.nodes: list[Node] = []
        self.owners: list[Owner] = []
        self.opaque_names: list[str] = []
        self.custom: dict[str, bool] = {}
        self.variables: list[tuple[Any, ...]] = []
        self._owner_of: dict[Any, int] = {}
        self._variable_of: dict[int, Ref] = {}
        self._seen: dict[str, Ref] = {}
        self._settings_of: dict[int, tuple[Any, dict[str, Any]]] = {}

    def emit(
        self,
        op: str,
        settings: Mapping[str, Any],
        inputs: tuple[Ref, ...],
        owner: int | None,
        layer: str,
        shapes: tuple[Shape, ...],
    ) -> Ref:
        """Add a node; what was computed before, from the same inputs, is the same node."""
        key = ""
        if not any(word in op for word in NOT_PURE):
            key = json.dumps((op, settings, inputs, owner), sort_keys=True)
            if key in self._seen:
                return self._seen[key]
        self.nodes.append(Node(op, settings, inputs, owner, layer, shapes))
        ref = (len(self.nodes) - 1, 0)
        if key:
            self._seen[key] = ref
        return ref

    def walk(self, outputs: Sequence[Any], env: dict[int, Ref], scope: Scope) -> list[Ref]:
        """Emit everything between the tensors known in ``env`` and ``outputs``; their refs."""
        for operation, call in _calls_before(outputs, env):
            refs = self._call(operation, call, env, scope)
            for tensor, ref in zip(call.outputs, refs, strict=True):
                env[id(tensor)] = ref
        return [env[id(tensor)] for tensor in outputs]

    def _call(self, operation: Any, call: Any, env: dict[int, Ref], scope: Scope) -> list[Ref]:
        args, kwargs = call.arguments.args, dict(call.arguments.kwargs)
        recorded = kwargs.pop("training", None)
        if scope.traced and recorded is not None:
            scope = replace(scope, mode=bool(recorded))
        inner = inner_graph(operation)
        if inner is not None:
            symbols = tree.flatten(inner._inputs_struct)
            given = flat_tensors((args, kwargs))
            inside = {id(s): env[id(t)] for s, t in zip(symbols, given, strict=False)}
            scope = replace(scope, traced=False, path=(*scope.path, operation.name))
            return self.walk(tree.flatten(inner._outputs_struct), inside, scope)
        by_hand = not is_builtin(operation) or type(operation) is keras.layers.Lambda
        try:
            if isinstance(operation, keras.Model) or by_hand:
                self._note(operation)
                return self.expand(operation, args, kwargs, env, scope)
            return self._leaf(operation, args, kwargs, call, env, scope)
        except Opaque:
            inputs = tuple(env[id(t)] for t in flat_tensors((args, kwargs)))
            shapes = [tuple(t.shape) for t in call.outputs]
            return self.opaque(operation, inputs, shapes, scope.path)

    # custom layers and subclassed models

    def _note(self, operation: Any) -> None:
        """Write down whether a layer written by hand can be saved."""
        wrapper = isinstance(operation, (keras.Model, keras.layers.Lambda))
        if isinstance(operation, keras.layers.Layer) and not wrapper:
            name = str(operation.name)
            if name not in self.custom:
                self.custom[name] = survives(operation)

    def expand(
        self,
        operation: Any,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        env: dict[int, Ref],
        scope: Scope,
    ) -> list[Ref]:
        """Emit what the ``call`` of a custom layer or subclassed model computes."""
        within = None if isinstance(operation, keras.Model) else str(operation.name)
        path = (*scope.path, operation.name)
        scope = replace(scope, traced=True, path=path, within=within)
        if scope.mode is not None:
            return self._expand_once(operation, args, kwargs, env, scope)
        start, opaque = len(self.nodes), len(self.opaque_names)
        refs = self._expand_once(operation, args, kwargs, env, replace(scope, mode=True))
        in_training = self.nodes[start:]
        self._forget(start)
        del self.opaque_names[opaque:]
        other = self._expand_once(operation, args, kwargs, env, replace(scope, mode=False))
        merged = _merge_modes(start, in_training, self.nodes[start:], refs, other)
        if merged is None:
            self._forget(start)
            raise Opaque("training and inference take different paths")
        self.nodes[start:] = merged
        return refs

    def _forget(self, start: int) -> None:
        """Take back the nodes from ``start`` on."""
        del self.nodes[start:]
        self._seen = {key: ref for key, ref in self._seen.items() if ref[0] < start}
        self._variable_of = {k: ref for k, ref in self._variable_of.items() if ref[0] < start}

    def _expand_once(
        self,
        operation: Any,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        env: dict[int, Ref],
        scope: Scope,
    ) -> list[Ref]:
        inside: dict[int, Ref] = {}
        keep: list[Any] = []  # a symbol's id must stay its own

        def fresh(value: Any) -> Any:
            if not isinstance(value, keras.KerasTensor):
                return value
            symbol = keras.KerasTensor(value.shape, dtype=value.dtype)
            inside[id(symbol)] = env[id(value)]
            keep.append(symbol)
            return symbol

        new_args, new_kwargs = tree.map_structure(fresh, (tuple(args), dict(kwargs)))
        if getattr(operation, "_call_has_training_arg", False):
            new_kwargs["training"] = scope.mode
        try:
            with _calling(operation, scope.mode):
                outputs = tree.flatten(operation.call(*new_args, **new_kwargs))
        except Exception as error:  # student code may raise anything
            raise Opaque(f"{type(error).__name__}: {error}") from error
        if not outputs or not all(isinstance(t, keras.KerasTensor) for t in outputs):
            raise Opaque("no symbolic output")
        return self.walk(outputs, inside, scope)

    def opaque(
        self,
        operation: Any,
        inputs: tuple[Ref, ...],
        shapes: Sequence[Shape],
        path: tuple[str, ...],
    ) -> list[Ref]:
        """One node for what cannot be read; ``compare`` decides it by numbers."""
        self.opaque_names.append(str(operation.name))
        settings = {"class": type(operation).__name__}
        owner = self.owner(operation, path)
        node, _ = self.emit("custom", settings, inputs, owner, operation.name, tuple(shapes))
        return [(node, index) for index in range(len(shapes))]

    # layers and operations that come with Keras

    def _leaf(
        self,
        operation: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        call: Any,
        env: dict[int, Ref],
        scope: Scope,
    ) -> list[Ref]:
        settings = self._settings(operation)
        activity = settings.pop("activity_regularizer", None)
        named = isinstance(operation, keras.layers.Layer)
        layer = scope.shown or (None if named else scope.within)
        layer = layer or str(operation.name if named else snake_case(type(operation).__name__))
        shapes = tuple(tuple(t.shape) for t in call.outputs)
        inputs, template = self._arguments(args, kwargs, env, scope.path)
        if template is not None:
            settings["call"] = template
        if scope.mode is not None and minds_the_mode(operation, settings):
            settings["training"] = scope.mode
        op, settings, activation = canonical(operation, settings, call)
        if "call" in settings:
            settings["call"] = tidied_call(op, settings["call"])
            if settings["call"] == NEUTRAL.get(op):
                return [inputs[0]]
        if op == "identity":
            return [inputs[0]]
        if op == "activation" and activation is not None:
            return self._apply(activation, inputs[0], shapes[0], scope, layer)
        by_hand = self._by_hand(op, inputs, shapes, scope) if template is None else None
        if by_hand is not None:
            return [by_hand]
        if op in COMMUTATIVE or op == "concatenate":
            inputs = self._flattened(op, settings, inputs)
        if op == "reshape":
            inputs = (self._past_reshapes(inputs[0]), *inputs[1:])
        node, _ = self.emit(op, settings, inputs, self.owner(operation, scope.path), layer, shapes)
        refs = [(node, index) for index in range(len(shapes))]
        if activation is not None:
            refs = self._apply(activation, refs[0], shapes[0], scope, layer)
        if activity:  # on what the layer gives in the end
            refs[0] = self.emit(PENALTY, activity, (refs[0],), None, layer, shapes[:1])
        return refs

    def _settings(self, operation: Any) -> dict[str, Any]:
        """The plain configuration; that of a layer called many times is read once."""
        if id(operation) not in self._settings_of:  # the object is kept, so its id stays its own
            self._settings_of[id(operation)] = (operation, plain_config(_config(operation)))
        return dict(self._settings_of[id(operation)][1])

    def _arguments(
        self,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        env: dict[int, Ref],
        path: tuple[str, ...],
    ) -> tuple[tuple[Ref, ...], Any | None]:
        """The refs among the arguments of a call, and what else it was given (None: nothing)."""
        refs: list[Ref] = []
        literal = False

        def place(value: Any) -> Any:
            nonlocal literal
            if isinstance(value, keras.KerasTensor):
                refs.append(env[id(value)])
            elif isinstance(value, keras.Variable):
                refs.append(self._variable(value, path))
            else:
                literal = literal or value is not None
                return plain(value)
            return f"#{len(refs) - 1}"

        kwargs = {key: value for key, value in kwargs.items() if value is not None}
        template = _map_leaves(place, [list(args), kwargs])
        named = any(key not in ("inputs", "sequence", "query", "value") for key in kwargs)
        return tuple(refs), template if literal or named else None

    def _apply(
        self,
        function: Callable[[Any], Any],
        ref: Ref,
        shape: Shape,
        scope: Scope,
        layer: str,
    ) -> list[Ref]:
        """Emit an activation given as a function or a layer, as part of ``layer``."""
        symbol = keras.KerasTensor(shape)
        try:
            outputs = tree.flatten(function(symbol))
            return self.walk(outputs, {id(symbol): ref}, replace(scope, shown=layer))
        except Exception:  # an activation that only runs on values
            settings = {"class": str(getattr(function, "__name__", type(function).__name__))}
            return [self.emit("custom", settings, (ref,), None, layer, (shape,))]

    def _flattened(
        self, op: str, settings: dict[str, Any], inputs: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        """``a + (b + c)`` and ``(a + b) + c`` are one sum of three."""
        if op not in ASSOCIATIVE and op != "concatenate":
            return inputs
        flat: list[Ref] = []
        for ref in inputs:
            node = self.nodes[ref[0]]
            if node.op == op and dict(node.settings) == settings and "call" not in settings:
                flat.extend(node.inputs)
            else:
                flat.append(ref)
        return tuple(flat)

    def _past_reshapes(self, ref: Ref) -> Ref:
        while self.nodes[ref[0]].op == "reshape":
            ref = self.nodes[ref[0]].inputs[0]
        return ref

    # owners

    def owner(self, operation: Any, path: tuple[str, ...]) -> int | None:
        """The index of the owner that stands for a layer object; None if it holds no weights."""
        if id(operation) in self._owner_of:
            return self._owner_of[id(operation)]
        variables = list(getattr(operation, "weights", ()))
        if not variables:
            return None
        self._owner_of[id(operation)] = len(self.owners)
        name = str(operation.name)
        self.variables.append(tuple(variables))
        self.owners.append(
            Owner(name, "/".join((*path, name)), tuple(map(self._weight, variables)))
        )
        return len(self.owners) - 1

    def _variable(self, variable: Any, path: tuple[str, ...]) -> Ref:
        """A variable that an operation uses directly, inside a layer written by hand."""
        if id(variable) not in self._variable_of:
            owner = self._group((variable,), path)
            shape = tuple(int(size) for size in variable.shape)
            settings = {"shape": _broadcast(shape)}
            self._variable_of[id(variable)] = self.emit(
                "weight", settings, (), owner, self.owners[owner].name, (shape,)
            )
        return self._variable_of[id(variable)]

    def _weight(self, variable: Any) -> Weight:
        return Weight(
            role=_AUTOMATIC.sub("weight", str(variable.name)),
            shape=tuple(int(size) for size in variable.shape),
            dtype=str(variable.dtype),
            # a layer, or a model around it, may be frozen while its variables do not know
            trainable=id(variable) in self.trained,
            initializer=plain(getattr(variable, "_initializer", None)),
            regularizer=plain(variable.regularizer),
            constraint=plain(variable.constraint),
        )

    def _group(self, variables: tuple[Any, ...], path: tuple[str, ...]) -> int:
        """The owner that stands for variables which a layer written by hand uses together."""
        key = tuple(map(id, variables))
        if key not in self._owner_of:
            self._owner_of[key] = len(self.owners)
            weights = tuple(replace(self._weight(v), role="weight") for v in variables)
            name = path[-1] if path else str(variables[0].name)
            self.owners.append(Owner(name, "/".join(path), weights))
            self.variables.append(variables)
        return self._owner_of[key]

    def _by_hand(
        self, op: str, inputs: tuple[Ref, ...], shapes: tuple[Shape, ...], scope: Scope
    ) -> Ref | None:
        """``x @ kernel`` and ``... + bias`` with a layer's own variables are a Dense layer."""
        if len(inputs) != 2:
            return None
        if op == "add" and self.nodes[inputs[0][0]].op == "weight":
            inputs = inputs[::-1]
        one, other = (self.nodes[ref[0]] for ref in inputs)
        if other.op != "weight" or other.owner is None or one.op == "weight":
            return None
        variables = self.variables[other.owner]
        if op in ("matmul", "dot") and len(other.shapes[0]) == 2:
            source = inputs[0]
        elif op == "add" and one.op == "dense" and other.shapes[0] == one.shapes[0][-1:]:
            if one.settings["use_bias"] or one.owner is None:
                return None
            variables, source = (*self.variables[one.owner], *variables), one.inputs[0]
        else:
            return None
        owner = self._group(variables, scope.path)
        roles = zip(self.owners[owner].weights, ("kernel", "bias"), strict=False)
        weights = tuple(replace(weight, role=role) for weight, role in roles)
        self.owners[owner] = replace(self.owners[owner], weights=weights)
        settings = {"units": shapes[0][-1], "use_bias": len(weights) == 2}
        return self.emit("dense", settings, (source,), owner, self.owners[owner].name, shapes)


PENALTY = "activity_regularization"


def _broadcast(shape: Sequence[int]) -> list[int]:
    """A shape as operations take it: ones in front change nothing."""
    return list(itertools.dropwhile(lambda size: size == 1, shape))


def _config(operation: Any) -> dict[str, Any]:
    """The configuration, and what a layer has learnt beside its weights."""
    try:
        with _without_activation(operation):
            config = dict(type(operation).get_config(operation))
    except Exception as error:  # something in it cannot be serialised
        raise Opaque(f"{type(error).__name__}: {error}") from error
    if hasattr(operation, "get_vocabulary"):
        config["vocabulary"] = [str(word) for word in operation.get_vocabulary()]
    return config


@contextlib.contextmanager
def _without_activation(operation: Any) -> Iterator[None]:
    """A layer whose activation was taken off later: it calls none, and cannot say so."""
    if vars(operation).get("activation", ...) is not None:
        yield
        return
    vars(operation)["activation"] = keras.activations.linear
    try:
        yield
    finally:
        vars(operation)["activation"] = None


def _map_leaves(place: Callable[[Any], Any], value: Any) -> Any:
    """``place`` applied to every leaf, in the order in which Keras flattens arguments."""
    if isinstance(value, Mapping):
        return {str(key): _map_leaves(place, value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_map_leaves(place, item) for item in value]
    return place(value)


_AUTOMATIC = re.compile(r"^variable(_\d+)?$")  # what Keras calls a variable without a name


def _calls_before(outputs: Sequence[Any], env: Mapping[int, Ref]) -> list[tuple[Any, Any]]:
    """(operation, call) pairs between ``env`` and ``outputs``, in topological order."""
    order: list[tuple[Any, Any]] = []
    done: set[int] = set()
    stack = [(tensor, False) for tensor in reversed(outputs)]
    while stack:
        tensor, ready = stack.pop()
        if id(tensor) in env:
            continue
        history = getattr(tensor, "_keras_history", None)
        if history is None or history.operation is None:
            raise Opaque("an output does not depend on the inputs")
        call = history.operation._inbound_nodes[history.node_index]
        if id(call) in done:
            continue
        if ready:
            done.add(id(call))
            order.append((history.operation, call))
            continue
        if not call.input_tensors:
            raise Opaque("an output does not depend on the inputs")
        stack.append((tensor, True))
        stack.extend((t, False) for t in reversed(call.input_tensors))
    return order


def _merge_modes(
    start: int,
    training: list[Node],
    inference: list[Node],
    refs: Sequence[Ref],
    others: Sequence[Ref],
) -> list[Node] | None:
    """One list of nodes that serves both modes; None where they differ by more than the mode.

    Both lists are numbered from ``start``; ``refs`` and ``others`` are the outputs. What does
    nothing in inference may be missing there, as under ``if training:``.
    """
    left_out: dict[Ref, Ref] = {}  # what would be there instead
    twins: dict[int, int] = {}
    merged = []
    rest = iter(inference)
    other = next(rest, None)
    for number, one in enumerate(training, start):
        mine = replace(one, inputs=tuple(left_out.get(ref, ref) for ref in one.inputs))
        if other is not None and (found := _in_both_modes(mine, _renumbered(other, twins))):
            twins[start + len(twins)] = number
            merged.append(replace(found, inputs=one.inputs))
            other = next(rest, None)
        elif one.op in ONLY_IN_TRAINING and one.settings.get("training") is True:
            left_out[number, 0] = mine.inputs[0]
            merged.append(_without_mode(one))
        else:
            return None
    given = [(twins.get(node, node), index) for node, index in others]
    is_same = other is None and [left_out.get(ref, ref) for ref in refs] == given
    return merged if is_same else None


def _renumbered(node: Node, twins: Mapping[int, int]) -> Node:
    return replace(node, inputs=tuple((twins.get(i, i), index) for i, index in node.inputs))


def _in_both_modes(one: Node, other: Node) -> Node | None:
    """What stands for a node in training and its twin in inference; None if they are none."""
    if one.owner is None:  # a layer made anew at each call has another automatic name
        other = replace(other, layer=one.layer)
    if one == other:
        return one
    modes = (one.settings.get("training"), other.settings.get("training"))
    one, other = _without_mode(one), _without_mode(other)
    return one if modes == (True, False) and one == other else None


def _without_mode(node: Node) -> Node:
    return replace(node, settings={k: v for k, v in node.settings.items() if k != "training"})


def tidy(
    builder: Builder, inputs: list[Port], outputs: list[Port]
) -> tuple[Graph, tuple[tuple[Any, ...], ...]]:
    """Keep what the outputs depend on (and every input), numbered anew."""
    alive = {port.node for port in (*inputs, *outputs)}
    for index in range(len(builder.nodes) - 1, -1, -1):
        if index in alive:
            alive.update(node for node, _ in builder.nodes[index].inputs)
    kept = sorted(alive)
    number = {old: new for new, old in enumerate(kept)}
    used = sorted({n.owner for i in kept if (n := builder.nodes[i]).owner is not None})
    owner_number = {old: new for new, old in enumerate(used)}
    nodes = tuple(
        replace(
            node,
            inputs=tuple((number[i], j) for i, j in node.inputs),
            owner=None if node.owner is None else owner_number[node.owner],
        )
        for node in (builder.nodes[i] for i in kept)
    )
    graph = Graph(
        nodes=nodes,
        owners=tuple(builder.owners[i] for i in used),
        inputs=tuple(Port(p.name, number[p.node], p.index) for p in inputs),
        outputs=tuple(Port(p.name, number[p.node], p.index) for p in outputs),
        opaque=tuple(builder.opaque_names),
        custom=builder.custom,
    )
    return graph, tuple(builder.variables[i] for i in used)


def flat_tensors(arguments: tuple[Any, ...]) -> Iterator[Any]:
    return (t for t in tree.flatten(arguments) if isinstance(t, keras.KerasTensor))
