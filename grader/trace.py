"""Read a Keras model of any API style into its canonical graph.

Functional and Sequential models already are graphs. A subclassed model, or a layer written by
hand, becomes one by calling its ``call`` on symbolic tensors; it is done once for training and
once for inference, and what differs only by that switch is merged again. What cannot be traced
(raw ``tf`` operations, Python control flow over values) stays one opaque node.

What is free between two right answers is removed here: names, fused activations, nesting,
identity layers, the order of commutative inputs, initial values. The model is left as it was
found, except that a model that was never built is built.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
from keras import tree

from grader.compiled import read_compiled
from grader.graph import Graph, Node, Owner, Port, Shape, Weight
from grader.names import ASSOCIATIVE, COMMUTATIVE
from grader.plain import CONSTANT, plain, plain_config, snake_case
from grader.saving import survives

Ref = tuple[int, int]
_Call = Callable[[Sequence[np.ndarray], bool], tuple[list[Any], float]]


class UnreadableModel(Exception):
    """The answer cannot be read as a model. ``kind`` is a stable key, ``detail`` what was seen."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail


class _Opaque(Exception):
    """A custom layer or model whose ``call`` does not run on symbolic tensors."""


@dataclass(frozen=True)
class Signature:
    """One input that a model is asked to accept: for models that do not say so themselves."""

    name: str
    shape: Shape
    dtype: str = "float32"


@dataclass(frozen=True)
class Reading:
    """A model that was read: its graph, and what is needed to compute with it.

    ``variables`` has, for each owner of the graph, its variables in the order of its weights;
    ``call`` runs the model on a list of arrays, one per input of the graph, in a training mode,
    and returns its outputs as tensors and the sum of the losses that it adds by itself.
    """

    graph: Graph
    variables: tuple[tuple[Any, ...], ...]
    call: _Call


def read(model: object, signature: Sequence[Signature] = ()) -> Graph:
    """The canonical graph of ``model``; see ``read_live`` for the arguments and errors."""
    return read_live(model, signature).graph


def read_live(
    answer: object, signature: Sequence[Signature] = (), example: object = None
) -> Reading:
    """Read a model, or a list or tuple of models into one graph that shows what they share.

    The ports of several models are named ``"0:name"``, ``"1:name"``. ``signature`` gives the
    inputs (shapes with the batch size, None if free) of a model that was neither built nor called
    yet, named like the ports. ``example`` is what a model that takes no plain tensors is called
    with (a tree of arrays, say); arrays in it stand for their shapes. Raises ``UnreadableModel``.
    """
    several = isinstance(answer, (list, tuple))
    models = list(answer) if isinstance(answer, (list, tuple)) else [answer]
    if not models:
        raise UnreadableModel("not-a-model", type(answer).__name__)
    builder = _Builder()
    inputs: list[Port] = []
    outputs: list[Port] = []
    calls = []
    for number, model in enumerate(models):
        if not issubclass(type(model), keras.Model):  # an instance may lie about its class
            raise UnreadableModel("not-a-model", type(model).__name__)
        prefix = f"{number}:" if several else ""
        with _undisturbed(model), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            asked = [s for s in signature if s.name.startswith(prefix)]
            entry = _entry(model, asked) if example is None else _shown_entry(model, example)
            mine, ends = _read_into(builder, entry, prefix)
        inputs += [replace(port, name=prefix + port.name) for port in mine]
        outputs += [replace(port, name=prefix + port.name) for port in ends]
        calls.append((len(mine), entry.call))
    graph, variables = _tidy(builder, inputs, outputs)
    unused = _unused(models, variables)
    if unused and _holds_constants(graph) and not several:
        # constants that were computed from these weights while tracing, most likely
        entry = (
            _entry(models[0], signature) if example is None else _shown_entry(models[0], example)
        )
        graph, variables = _unread(models[0], entry)
        unused = ()
    graph = replace(graph, unused=unused)
    if not several:
        compiled = read_compiled(models[0], [port.name for port in outputs])
        graph = replace(graph, compiled=compiled)
    return Reading(graph, variables, _one_after_another(calls))


def _holds_constants(graph: Graph) -> bool:
    return any(_mentions_constant(node.settings) for node in graph.nodes)


def _mentions_constant(value: Any) -> bool:
    if isinstance(value, Mapping):
        return value.get("class") == CONSTANT or any(map(_mentions_constant, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_mentions_constant, value))


def _unread(model: Any, entry: _Entry) -> tuple[Graph, tuple[tuple[Any, ...], ...]]:
    """A model as one node."""
    builder = _Builder()
    first = _Builder()
    with _undisturbed(model), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, ends = _read_into(first, entry, "")
        shapes = [first.nodes[port.node].shapes[port.index] for port in ends]
        whole = replace(entry, run=_whole(model, entry.inputs, shapes))
        ports, outputs = _read_into(builder, whole, "")
    return _tidy(builder, ports, outputs)


def _read_into(builder: _Builder, entry: _Entry, prefix: str) -> tuple[list[Port], list[Port]]:
    ports = []
    env: dict[int, Ref] = {}
    for name, tensor in entry.inputs:
        shape = entry.shape(tensor)
        settings = {"shape": plain(shape), "dtype": str(tensor.dtype)}
        ref = builder.emit("input", settings, (), None, name, (shape,))
        env[id(tensor)] = ref
        ports.append(Port(name.removeprefix(prefix), ref[0]))
    try:
        refs = entry.run(builder, env)
    except _Opaque as problem:
        raise UnreadableModel("raises", str(problem)) from problem
    ends = [
        Port(name or builder.nodes[ref[0]].layer, *ref)
        for name, ref in zip(entry.outputs, refs, strict=True)
    ]
    return ports, ends


def _one_after_another(calls: Sequence[tuple[int, _Call]]) -> _Call:
    def call(arrays: Sequence[np.ndarray], training: bool) -> tuple[list[Any], float]:
        outputs: list[Any] = []
        penalty, start = 0.0, 0
        for count, run in calls:
            mine, added = run(arrays[start : start + count], training)
            outputs += mine
            penalty += added
            start += count
        return outputs, penalty

    return call


# -- entry: the symbolic inputs of a model, its output names, and how to run it ----------------


@dataclass(frozen=True)
class _Entry:
    """How to run a model on symbols: its named inputs, its outputs' names, and what emits it."""

    inputs: list[tuple[str, Any]]
    outputs: list[str | None]
    run: Callable[[_Builder, dict[int, Ref]], list[Ref]]
    call: _Call
    any_batch: bool = False

    def shape(self, symbol: Any) -> Shape:
        """The shape of one of ``inputs``."""
        shape = tuple(symbol.shape)
        return (None, *shape[1:]) if self.any_batch else shape


def _entry(model: keras.Model, signature: Sequence[Signature]) -> _Entry:
    if isinstance(model, keras.Sequential) and not model.built and len(signature) == 1:
        with contextlib.suppress(Exception):  # what is wrong shows again below
            model(keras.KerasTensor(signature[0].shape, dtype=signature[0].dtype))
    graph = _inner_graph(model)
    if graph is None:
        return _subclassed_entry(model, signature)
    tensors = tree.flatten(graph._inputs_struct)
    names = _input_names(graph._inputs_struct, tensors)
    return _Entry(
        list(zip(names, tensors, strict=True)),
        _output_names(graph),
        lambda builder, env: builder.walk(tree.flatten(graph._outputs_struct), env, _Scope()),
        _caller(model, (graph._inputs_struct,)),
        # one that was built by calling it remembers the batch of that call, and takes any other
        any_batch=isinstance(model, keras.Sequential),
    )


def _caller(
    model: keras.Model, arguments: tuple[Any, ...], keywords: Mapping[str, Any] | None = None
) -> _Call:
    """Runs ``model`` on arrays in the places of the symbols among ``arguments``."""
    symbolic = (arguments, dict(keywords or {}))

    def call(arrays: Sequence[np.ndarray], training: bool) -> tuple[list[Any], float]:
        left = iter(arrays)
        leaves = [
            next(left) if isinstance(leaf, keras.KerasTensor) else leaf
            for leaf in tree.flatten(symbolic)
        ]
        args, kwargs = tree.pack_sequence_as(symbolic, leaves)
        try:
            outputs = model(*args, **kwargs, training=training)
        except TypeError:  # a ``call`` without ``training``, and a Keras that insists on it
            outputs = model(*args, **kwargs)
        tensors = [keras.ops.convert_to_tensor(output) for output in tree.flatten(outputs)]
        return tensors, sum(float(loss) for loss in model.losses)

    return call


def _input_names(struct: Any, tensors: Sequence[Any]) -> list[str]:
    if isinstance(struct, Mapping):
        return [str(key) for key in sorted(struct)]
    return [str(tensor.name) for tensor in tensors]


def _output_names(graph: Any) -> list[str | None]:
    struct = graph._outputs_struct
    if isinstance(struct, Mapping):
        return [str(key) for key in sorted(struct)]
    return [str(t._keras_history.operation.name) for t in tree.flatten(struct)]


def _subclassed_entry(model: keras.Model, signature: Sequence[Signature]) -> _Entry:
    """Try the ways in which a subclassed model may take its inputs, the likeliest first."""
    problem: Exception | None = None
    for arguments in _call_forms(model, signature):
        try:
            if not model.built:
                model(*arguments)
            sample = model.call(*arguments)
        except Exception as error:  # student code may raise anything
            problem = error
            continue
        flat = tree.flatten(sample)
        names: list[str | None] = [None] * len(flat)
        if isinstance(sample, Mapping):
            names = [str(key) for key in sorted(sample)]
        inputs, shapes = _named(arguments, signature), [tuple(t.shape) for t in flat]
        run = _expanded(model, arguments, inputs, shapes)
        return _Entry(inputs, names, run, _caller(model, arguments))
    if problem is None:
        raise UnreadableModel("unbuilt")
    return _opaque_entry(model, signature, problem)


def _expanded(
    model: keras.Model,
    arguments: tuple[Any, ...],
    inputs: list[tuple[str, Any]],
    shapes: list[Shape],
    keywords: Mapping[str, Any] | None = None,
) -> Callable[[_Builder, dict[int, Ref]], list[Ref]]:
    def run(builder: _Builder, env: dict[int, Ref]) -> list[Ref]:
        try:
            return builder.expand(model, arguments, keywords or {}, env, _Scope())
        except _Opaque:
            return _whole(model, inputs, shapes)(builder, env)

    return run


def _opaque_entry(model: keras.Model, signature: Sequence[Signature], problem: Exception) -> _Entry:
    """A model that runs, but not on symbols with which ``call`` could be traced."""
    for arguments in _call_forms(model, signature):
        try:
            outputs = tree.flatten(model.compute_output_spec(*arguments))
        except Exception as error:  # the next form may fit
            problem = error
            continue
        inputs, shapes = _named(arguments, signature), [tuple(t.shape) for t in outputs]
        run = _expanded(model, arguments, inputs, shapes)
        return _Entry(inputs, [None] * len(outputs), run, _caller(model, arguments))
    return _eager_entry(model, signature, problem)


def _eager_entry(model: keras.Model, signature: Sequence[Signature], problem: Exception) -> _Entry:
    """A model that runs on values only: Python decides there by what the tensors hold."""
    for arguments in _call_forms(model, signature):
        arrays = tree.map_structure(_zeros, arguments)
        try:
            outputs = model(*arrays)
        except Exception:  # the first problem says more
            continue
        flat = tree.flatten(outputs)
        names: list[str | None] = [None] * len(flat)
        if isinstance(outputs, Mapping):
            names = [str(key) for key in sorted(outputs)]
        shapes: list[Shape] = [(None, *tuple(output.shape)[1:]) for output in flat]
        inputs = _named(arguments, signature)
        return _Entry(inputs, names, _whole(model, inputs, shapes), _caller(model, arguments))
    raise UnreadableModel("raises", f"{type(problem).__name__}: {problem}")


def _shown_entry(model: keras.Model, example: object) -> _Entry:
    """A model that is shown what it is called with."""

    def symbol(leaf: Any) -> Any:
        shape = getattr(leaf, "shape", None)
        return leaf if shape is None else keras.KerasTensor(shape, dtype=str(leaf.dtype))

    forms: list[tuple[tuple[Any, ...], dict[str, Any]]] = [((example,), {})]
    if isinstance(example, dict):
        forms.append(((), example))
    problem: Exception | None = None
    for given, named in forms:
        try:
            outputs = model(*given, **named)
        except Exception as error:  # student code may raise anything
            problem = problem or error
            continue
        arguments, keywords = tree.map_structure(symbol, (given, named))
        flat = tree.flatten(outputs)
        shapes: list[Shape] = [tuple(output.shape) for output in flat]
        inputs = [(f"input_{i}", s) for i, s in enumerate(_flat_tensors((arguments, keywords)))]
        run = _expanded(model, arguments, inputs, shapes, keywords)
        return _Entry(inputs, [None] * len(flat), run, _caller(model, arguments, keywords))
    raise UnreadableModel("raises", f"{type(problem).__name__}: {problem}")


def _whole(
    model: keras.Model, inputs: list[tuple[str, Any]], shapes: list[Shape]
) -> Callable[[_Builder, dict[int, Ref]], list[Ref]]:
    def run(builder: _Builder, env: dict[int, Ref]) -> list[Ref]:
        return builder.opaque(model, tuple(env[id(tensor)] for _, tensor in inputs), shapes, ())

    return run


def _zeros(symbol: Any) -> Any:
    return np.zeros([size or 1 for size in symbol.shape], symbol.dtype)


def _named(arguments: tuple[Any, ...], signature: Sequence[Signature]) -> list[tuple[str, Any]]:
    tensors = list(_flat_tensors(arguments))
    if len(arguments) == 1 and isinstance(arguments[0], Mapping):
        names = [str(key) for key in sorted(arguments[0])]
    elif len(signature) == len(tensors):
        names = [s.name for s in signature]
    else:
        names = [f"input_{i}" for i in range(len(tensors))]
    return list(zip(names, tensors, strict=True))


def _flat_tensors(arguments: tuple[Any, ...]) -> Iterator[Any]:
    return (t for t in tree.flatten(arguments) if isinstance(t, keras.KerasTensor))


def _call_forms(model: keras.Model, signature: Sequence[Signature]) -> Iterator[tuple[Any, ...]]:
    """Symbolic arguments for ``model.call``: as it was built, else as ``signature`` asks."""
    known = getattr(model, "_build_shapes_dict", None)
    if known:
        yield tuple(_symbols(known.values(), signature, _admitted))
        yield tuple(_symbols(known.values(), signature, _exactly))
    if signature:

        def fresh() -> list[Any]:
            return [keras.KerasTensor(s.shape, dtype=s.dtype, name=s.name) for s in signature]

        yield tuple(fresh())
        if len(signature) > 1:
            yield (dict(zip([s.name for s in signature], fresh(), strict=True)),)
            yield (fresh(),)


def _symbols(
    shapes: Iterable[Any],
    signature: Sequence[Signature],
    make: Callable[[Sequence[int | None], Signature | None], Any],
) -> list[Any]:
    """Symbolic tensors for nested shapes, each told which of the inputs asked for it may be."""
    by_name = {s.name: s for s in signature}
    count = 0

    def arrange(value: Any, name: str) -> Any:
        nonlocal count
        if isinstance(value, Mapping):
            return {key: arrange(value[key], str(key)) for key in sorted(value)}
        if all(size is None or isinstance(size, int) for size in value):
            asked = signature[count] if count < len(signature) else None
            count += 1
            return make(value, by_name.get(name, asked))
        mapped = [arrange(item, name) for item in value]
        return tuple(mapped) if isinstance(value, tuple) else mapped

    return [arrange(each, "") for each in shapes]


def _admitted(shape: Sequence[int | None], asked: Signature | None) -> Any:
    """A tensor of any batch size; of the shape that is asked for, if that admits ``shape``."""
    dtype = "float32" if asked is None else asked.dtype
    if asked is not None and len(asked.shape) == len(shape):
        sizes = zip(asked.shape[1:], tuple(shape)[1:], strict=True)
        if all(one is None or one == other for one, other in sizes):
            return keras.KerasTensor(asked.shape, dtype=dtype)
    return keras.KerasTensor((None, *tuple(shape)[1:]), dtype=dtype)


def _exactly(shape: Sequence[int | None], asked: Signature | None) -> Any:
    return keras.KerasTensor(shape, dtype="float32" if asked is None else asked.dtype)


# -- the builder: operations in, canonical nodes out -------------------------------------------


def _inner_graph(operation: object) -> Any | None:
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


def _is_builtin(operation: object) -> bool:
    """Whether the class comes with Keras: a class may say so of itself, a module may not."""
    kind = type(operation)
    module = sys.modules.get(kind.__module__) if kind.__module__.startswith("keras.") else None
    return getattr(module, kind.__qualname__, None) is kind


@dataclass(frozen=True)
class _Scope:
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


class _Builder:
    """Collects canonical nodes; knows which layer objects own which weights."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.owners: list[Owner] = []
        self.opaque_names: list[str] = []
        self.custom: dict[str, bool] = {}
        self.variables: list[tuple[Any, ...]] = []
        self._owner_of: dict[Any, int] = {}
        self._variable_of: dict[int, Ref] = {}
        self._seen: dict[str, Ref] = {}

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
        if not any(word in op for word in _NOT_PURE):
            key = json.dumps((op, settings, inputs, owner), sort_keys=True)
            if key in self._seen:
                return self._seen[key]
        self.nodes.append(Node(op, settings, inputs, owner, layer, shapes))
        ref = (len(self.nodes) - 1, 0)
        if key:
            self._seen[key] = ref
        return ref

    def walk(self, outputs: Sequence[Any], env: dict[int, Ref], scope: _Scope) -> list[Ref]:
        """Emit everything between the tensors known in ``env`` and ``outputs``; their refs."""
        for operation, call in _calls_before(outputs, env):
            refs = self._call(operation, call, env, scope)
            for tensor, ref in zip(call.outputs, refs, strict=True):
                env[id(tensor)] = ref
        return [env[id(tensor)] for tensor in outputs]

    def _call(self, operation: Any, call: Any, env: dict[int, Ref], scope: _Scope) -> list[Ref]:
        args, kwargs = call.arguments.args, dict(call.arguments.kwargs)
        recorded = kwargs.pop("training", None)
        if scope.traced and recorded is not None:
            scope = replace(scope, mode=bool(recorded))
        inner = _inner_graph(operation)
        if inner is not None:
            symbols = tree.flatten(inner._inputs_struct)
            given = _flat_tensors((args, kwargs))
            inside = {id(s): env[id(t)] for s, t in zip(symbols, given, strict=False)}
            scope = replace(scope, traced=False, path=(*scope.path, operation.name))
            return self.walk(tree.flatten(inner._outputs_struct), inside, scope)
        by_hand = not _is_builtin(operation) or type(operation) is keras.layers.Lambda
        if isinstance(operation, keras.Model) or by_hand:
            self._note(operation)
            try:
                return self.expand(operation, args, kwargs, env, scope)
            except _Opaque:
                inputs = tuple(env[id(t)] for t in _flat_tensors((args, kwargs)))
                shapes = [tuple(t.shape) for t in call.outputs]
                return self.opaque(operation, inputs, shapes, scope.path)
        return self._leaf(operation, args, kwargs, call, env, scope)

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
        scope: _Scope,
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
        merged = _merge_modes(in_training, self.nodes[start:])
        if merged is None or refs != other:
            self._forget(start)
            raise _Opaque("training and inference take different paths")
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
        scope: _Scope,
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
            raise _Opaque(f"{type(error).__name__}: {error}") from error
        if not outputs or not all(isinstance(t, keras.KerasTensor) for t in outputs):
            raise _Opaque("no symbolic output")
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
        scope: _Scope,
    ) -> list[Ref]:
        settings = plain_config(type(operation).get_config(operation))
        named = isinstance(operation, keras.layers.Layer)
        layer = scope.shown or (None if named else scope.within)
        layer = layer or str(operation.name if named else snake_case(type(operation).__name__))
        shapes = tuple(tuple(t.shape) for t in call.outputs)
        inputs, template = self._arguments(args, kwargs, env, scope.path)
        if template is not None:
            settings["call"] = template
        if scope.mode is not None and _minds_the_mode(operation, settings):
            settings["training"] = scope.mode
        op, settings, activation = _canonical(operation, settings, call)
        if "call" in settings:
            settings["call"] = _tidied(op, settings["call"])
            if settings["call"] == _NEUTRAL.get(op):
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
            return self._apply(activation, refs[0], shapes[0], scope, layer)
        return refs

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
        scope: _Scope,
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
            Owner(
                name,
                "/".join((*path, name)),
                tuple(map(_weight, variables)),
                bool(operation.trainable),
            )
        )
        return len(self.owners) - 1

    def _variable(self, variable: Any, path: tuple[str, ...]) -> Ref:
        """A variable that an operation uses directly, inside a layer written by hand."""
        if id(variable) not in self._variable_of:
            owner = self._group((variable,), path)
            self._variable_of[id(variable)] = self.emit(
                "weight", {}, (), owner, self.owners[owner].name, (tuple(variable.shape),)
            )
        return self._variable_of[id(variable)]

    def _group(self, variables: tuple[Any, ...], path: tuple[str, ...]) -> int:
        """The owner that stands for variables which a layer written by hand uses together."""
        key = tuple(map(id, variables))
        if key not in self._owner_of:
            self._owner_of[key] = len(self.owners)
            weights = tuple(replace(_weight(v), role="weight") for v in variables)
            name = path[-1] if path else str(variables[0].name)
            self.owners.append(Owner(name, "/".join(path), weights))
            self.variables.append(variables)
        return self._owner_of[key]

    def _by_hand(
        self, op: str, inputs: tuple[Ref, ...], shapes: tuple[Shape, ...], scope: _Scope
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


def _map_leaves(place: Callable[[Any], Any], value: Any) -> Any:
    """``place`` applied to every leaf, in the order in which Keras flattens arguments."""
    if isinstance(value, Mapping):
        return {str(key): _map_leaves(place, value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_map_leaves(place, item) for item in value]
    return place(value)


_AUTOMATIC = re.compile(r"^variable(_\d+)?$")  # what Keras calls a variable without a name


def _weight(variable: Any) -> Weight:
    return Weight(
        role=_AUTOMATIC.sub("weight", str(variable.name)),
        shape=tuple(int(size) for size in variable.shape),
        dtype=str(variable.dtype),
        trainable=bool(variable.trainable),
        initializer=plain(getattr(variable, "_initializer", None)),
        regularizer=plain(variable.regularizer),
        constraint=plain(variable.constraint),
    )


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
            raise _Opaque("an output does not depend on the inputs")
        call = history.operation._inbound_nodes[history.node_index]
        if id(call) in done:
            continue
        if ready:
            done.add(id(call))
            order.append((history.operation, call))
            continue
        if not call.input_tensors:
            raise _Opaque("an output does not depend on the inputs")
        stack.append((tensor, True))
        stack.extend((t, False) for t in reversed(call.input_tensors))
    return order


def _merge_modes(training: list[Node], inference: list[Node]) -> list[Node] | None:
    """One list of nodes that serves both modes; None where they differ by more than the mode."""
    if len(training) != len(inference):
        return None
    merged = []
    for one, other in zip(training, inference, strict=True):
        if one.owner is None:  # a layer made anew at each call has another automatic name
            other = replace(other, layer=one.layer)
        if one != other:
            modes = (one.settings.get("training"), other.settings.get("training"))
            one, other = _without_mode(one), _without_mode(other)
            if modes != (True, False) or one != other:
                return None
        merged.append(one)
    return merged


def _without_mode(node: Node) -> Node:
    return replace(node, settings={k: v for k, v in node.settings.items() if k != "training"})


# -- canonical names and settings --------------------------------------------------------------

# Calling these twice is not calling them once: they draw random numbers or update their state.
_NOT_PURE = ("input", "dropout", "noise", "random", "normalization", "custom")
_RELU = {"negative_slope": 0.0, "max_value": None, "threshold": 0.0}
_SYNONYMS = {"re_lu": "relu", "exp": "exponential"}
_NOISE = frozenset(
    {"dropout", "spatial_dropout1d", "spatial_dropout2d", "spatial_dropout3d", "gaussian_dropout"}
)


def _minds_the_mode(operation: Any, settings: Mapping[str, Any]) -> bool:
    """Whether it matters to a built-in layer in which mode it is called."""
    if not getattr(operation, "_call_has_training_arg", False):
        return False
    if isinstance(
        operation, (keras.layers.Dense, keras.layers.EinsumDense, keras.layers.Embedding)
    ):
        return False  # they take the argument for quantization's sake
    rates = [settings[key] for key in ("dropout", "recurrent_dropout") if key in settings]
    return not rates or any(rates)


def _canonical(
    operation: Any, settings: dict[str, Any], call: Any
) -> tuple[str, dict[str, Any], Callable[[Any], Any] | None]:
    """(op, settings, activation): the canonical form of one call of a Keras layer or operation."""
    name = type(operation).__name__
    op = _SYNONYMS.get(snake_case(name), snake_case(name))
    ranks = [len(t.shape) for t in call.input_tensors]
    rank = ranks[0] if ranks else 0
    if name == "Activation":
        return "activation", {}, operation.activation
    if name in ("ReLU", "Relu", "Relu6", "LeakyReLU", "LeakyRelu"):
        relu = {key: settings.get(key) or default for key, default in _RELU.items()}
        if name == "Relu6":
            relu["max_value"] = 6.0
        return "relu", {k: v for k, v in relu.items() if v is not None}, None
    if name in ("Flatten", "Reshape", "ExpandDims", "Squeeze") or _only_adds_axes(operation, name):
        target = tuple(call.outputs[0].shape)
        if target == tuple(call.input_tensors[0].shape) and target.count(None) <= 1:
            return "identity", {}, None
        if name in ("Flatten", "Reshape") or target.count(None) <= 1:
            return "reshape", {"shape": list(target[1:])}, None
    if name in ("Identity", "ConvertToTensor") or _does_nothing(op, settings):
        return "identity", {}, None
    pooling = _global_pooling(op, settings, rank)
    if pooling is not None:
        return pooling, {"data_format": "channels_last", "keepdims": False}, None
    if rank and "axis" in settings:
        settings["axis"] = _from_the_end(settings["axis"], rank + (op in ("stack", "expand_dims")))
    if op in COMMUTATIVE or op == "concatenate":
        settings.pop("call", None) if _only_tensors(call) else None
    activation = None
    if isinstance(operation, keras.layers.Layer) and _activates_its_output(operation):
        settings.pop("activation", None)
        activation = operation.activation
    return op, settings, activation


_NEUTRAL: Mapping[str, Any] = {
    "add": [["#0", 0], {}],
    "subtract": [["#0", 0], {}],
    "multiply": [["#0", 1], {}],
    "true_divide": [["#0", 1], {}],
    "divide": [["#0", 1], {}],
}
_EVERYTHING = {"class": "slice", "bounds": [None, None, None]}


def _tidied(op: str, template: Any) -> Any:
    """The arguments of a call: what commutes in one order, nothing said that goes without."""
    args, kwargs = template
    if op in COMMUTATIVE and len(args) == 2 and not kwargs and args[1] == "#0":
        return [[args[1], args[0]], {}]
    if op == "get_item" and len(args) == 2 and isinstance(args[1], list):
        index = list(args[1])
        while len(index) > 1 and index[-1] == _EVERYTHING:
            index.pop()
        return [[args[0], index], kwargs]
    return template


def _from_the_end(axis: Any, rank: int) -> Any:
    """An axis, or several, counted from the end; a list of one is that one."""
    if isinstance(axis, (list, tuple)):
        listed = sorted(_from_the_end(each, rank) for each in axis)
        return listed[0] if len(listed) == 1 else listed
    return axis - rank if isinstance(axis, int) and axis >= 0 else axis


def _does_nothing(op: str, settings: Mapping[str, Any]) -> bool:
    if op in _NOISE:
        return settings.get("rate") == 0
    if op == "gaussian_noise":
        return settings.get("stddev") == 0
    if op.startswith(("zero_padding", "cropping")):
        return not any(tree.flatten(settings.get("padding", settings.get("cropping", [1]))))
    return False


_REDUCTIONS = {"max": "max", "amax": "max", "mean": "average"}


def _global_pooling(op: str, settings: Mapping[str, Any], rank: int) -> str | None:
    """The layer that a reduction over all places of a channels-last tensor amounts to."""
    if op not in _REDUCTIONS or settings.get("keepdims") or rank not in (3, 4, 5):
        return None
    axes = settings.get("axis")
    listed = [axes] if isinstance(axes, int) else axes or []
    if sorted(axis % rank for axis in listed) != list(range(1, rank - 1)):
        return None
    return f"global_{_REDUCTIONS[op]}_pooling{rank - 2}d"


def _only_adds_axes(operation: Any, name: str) -> bool:
    """Whether an operation is ``x[..., None]`` or the like."""
    key = getattr(operation, "key", None) if name == "GetItem" else None
    parts = key if isinstance(key, tuple) else (key,)
    return key is not None and all(
        part is None or part is Ellipsis or (isinstance(part, slice) and part == slice(None))
        for part in parts
    )


def _only_tensors(call: Any) -> bool:
    return all(
        isinstance(value, keras.KerasTensor)
        for value in tree.flatten((call.arguments.args, call.arguments.kwargs))
    )


def _activates_its_output(layer: Any) -> bool:
    """Whether ``activation`` is the last thing the layer does (not so in recurrent layers)."""
    return hasattr(layer, "activation") and isinstance(
        layer, (keras.layers.Dense, keras.layers.EinsumDense, *_convolutions())
    )


def _convolutions() -> tuple[type, ...]:
    from keras.src.layers.convolutional.base_conv import BaseConv
    from keras.src.layers.convolutional.base_conv_transpose import BaseConvTranspose
    from keras.src.layers.convolutional.base_depthwise_conv import BaseDepthwiseConv
    from keras.src.layers.convolutional.base_separable_conv import BaseSeparableConv

    return (BaseConv, BaseConvTranspose, BaseDepthwiseConv, BaseSeparableConv)


# -- tidying -----------------------------------------------------------------------------------


def _tidy(
    builder: _Builder, inputs: list[Port], outputs: list[Port]
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


def _unused(models: Sequence[Any], variables: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """The layers whose weights take no part in the outputs."""
    used = {id(variable) for owned in variables for variable in owned}
    paths = [str(v.path) for model in models for v in model.weights if id(v) not in used]
    return tuple(dict.fromkeys(path.rpartition("/")[0] or path for path in paths))


@contextlib.contextmanager
def _undisturbed(model: keras.Model) -> Iterator[None]:
    """Tracing calls layers; forget these calls and the automatic names they used up."""
    from keras.src.backend.common import global_state

    layers = [model, *model._flatten_layers(include_self=False, recursive=True)]
    before = [(layer, len(layer._inbound_nodes), len(layer._outbound_nodes)) for layer in layers]
    counters = dict(global_state.get_global_attribute("object_name_uids") or {})
    built = model.built
    try:
        yield
    finally:
        for layer, calls, uses in before:
            del layer._inbound_nodes[calls:]
            del layer._outbound_nodes[uses:]
        if built:
            uids = global_state.get_global_attribute("object_name_uids")
            if uids is not None:
                uids.clear()
                uids.update(counters)
