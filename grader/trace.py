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
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np
from keras import tree

from grader.builder import Builder, Opaque, Ref, Scope, flat_tensors, inner_graph, is_builtin, tidy
from grader.canonical import minds_the_mode
from grader.compiled import read_compiled
from grader.graph import Graph, Port, Shape, Signature
from grader.plain import CONSTANT, plain

_Call = Callable[[Sequence[np.ndarray], bool], tuple[list[Any], Any]]


class UnreadableModel(Exception):
    """The answer cannot be read as a model. ``kind`` is a stable key, ``detail`` what was seen."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Reading:
    """A model that was read: its graph, and what is needed to compute with it.

    ``variables`` has, for each owner of the graph, its variables in the order of its weights;
    ``call`` runs the model on a list of arrays, one per input of the graph, in a training mode,
    and returns its outputs as tensors and the sum of the losses that it adds by itself.
    ``has_modes`` is False where training is known to compute what inference does, and to change
    and add nothing.
    ``computed`` is for whoever computes the same with it again and again (``grader.agreement``).
    """

    graph: Graph
    variables: tuple[tuple[Any, ...], ...]
    call: _Call
    has_modes: bool = True
    computed: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


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
    models: list[Any] = list(answer) if isinstance(answer, (list, tuple)) else [answer]
    if not any(issubclass(type(model), keras.Model) for model in models):
        raise UnreadableModel("not-a-model", type(answer).__name__)
    builder = Builder()
    inputs: list[Port] = []
    outputs: list[Port] = []
    calls = []
    for number, model in enumerate(models):
        if not issubclass(type(model), keras.Model):  # an instance may lie about its class
            raise UnreadableModel("not-a-model", type(model).__name__)
        if isinstance(model, keras.Sequential) and not model.layers:
            raise UnreadableModel("empty")
        prefix = f"{number}:" if several else ""
        with _undisturbed(model), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            asked = [s for s in signature if s.name.startswith(prefix)]
            entry = _entry(model, asked) if example is None else _shown_entry(model, example)
            builder.trained.update(map(id, model.trainable_variables))
            mine, ends = _read_into(builder, entry, prefix)
        inputs += [replace(port, name=prefix + port.name) for port in mine]
        outputs += [replace(port, name=prefix + port.name) for port in ends]
        calls.append((len(mine), entry.call))
    graph, variables = tidy(builder, inputs, outputs)
    unused = _unused(models, variables)
    if unused and _holds_constants(graph) and not several:
        # constants that were computed from these weights while tracing, most likely
        graph, variables = _unread(models[0], entry)
        unused = ()
    names = {str(layer.name): None for model in models for layer in _layers(model)}
    graph = replace(graph, unused=unused, layers=tuple(names))
    if not several:
        compiled = read_compiled(models[0], [port.name for port in outputs])
        graph = replace(graph, compiled=compiled)
    is_the_same = all(_is_plain(layer) for model in models for layer in _layers(model))
    has_modes = bool(graph.opaque) or not is_the_same
    return Reading(graph, variables, _one_after_another(calls), has_modes)


def _holds_constants(graph: Graph) -> bool:
    return any(_mentions_constant(node.settings) for node in graph.nodes)


def _mentions_constant(value: Any) -> bool:
    if isinstance(value, Mapping):
        return value.get("class") == CONSTANT or any(map(_mentions_constant, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_mentions_constant, value))


def _unread(model: Any, entry: _Entry) -> tuple[Graph, tuple[tuple[Any, ...], ...]]:
    """A model as one node."""
    builder, first = Builder(), Builder()
    builder.trained.update(map(id, model.trainable_variables))
    with _undisturbed(model), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, ends = _read_into(first, entry, "")
        shapes = [first.nodes[port.node].shapes[port.index] for port in ends]
        whole = replace(entry, run=_whole(model, entry.inputs, shapes))
        ports, outputs = _read_into(builder, whole, "")
    return tidy(builder, ports, outputs)


def _read_into(builder: Builder, entry: _Entry, prefix: str) -> tuple[list[Port], list[Port]]:
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
    except Opaque as problem:
        raise UnreadableModel("raises", str(problem)) from problem
    ends = [
        Port(name or builder.nodes[ref[0]].layer, *ref)
        for name, ref in zip(entry.outputs, refs, strict=True)
    ]
    return ports, ends


def _one_after_another(calls: Sequence[tuple[int, _Call]]) -> _Call:
    def call(arrays: Sequence[np.ndarray], training: bool) -> tuple[list[Any], Any]:
        outputs: list[Any] = []
        start = 0
        penalty: Any = 0.0
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
    run: Callable[[Builder, dict[int, Ref]], list[Ref]]
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
    graph = inner_graph(model)
    if graph is None:
        return _subclassed_entry(model, signature)
    tensors = tree.flatten(graph._inputs_struct)
    names = _input_names(graph._inputs_struct, tensors)
    return _Entry(
        list(zip(names, tensors, strict=True)),
        _output_names(graph),
        lambda builder, env: builder.walk(tree.flatten(graph._outputs_struct), env, Scope()),
        _caller(model, (graph._inputs_struct,)),
        # one that was built by calling it remembers the batch of that call, and takes any other
        any_batch=isinstance(model, keras.Sequential)
        and not any(getattr(layer, "stateful", False) for layer in model.layers),
    )


def _caller(
    model: keras.Model, arguments: tuple[Any, ...], keywords: Mapping[str, Any] | None = None
) -> _Call:
    """Runs ``model`` on arrays in the places of the symbols among ``arguments``."""
    symbolic = (arguments, dict(keywords or {}))
    stateful = [each for each in _layers(model) if getattr(each, "stateful", False)]
    stateful = [each for each in stateful if hasattr(each, "reset_state")]

    def call(arrays: Sequence[np.ndarray], training: bool) -> tuple[list[Any], Any]:
        for layer in stateful:
            layer.reset_state()
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
        return tensors, sum(model.losses, keras.ops.zeros(()))

    return call


def _input_names(struct: Any, tensors: Sequence[Any]) -> list[str]:
    if isinstance(struct, Mapping) and len(struct) == len(tensors):
        return [str(key) for key in sorted(struct)]
    return [str(tensor.name) for tensor in tensors]


def _output_names(graph: Any) -> list[str | None]:
    struct = graph._outputs_struct
    if isinstance(struct, Mapping) and len(struct) == len(tree.flatten(struct)):
        return [str(key) for key in sorted(struct)]
    return [str(t._keras_history.operation.name) for t in tree.flatten(struct)]


def _subclassed_entry(model: keras.Model, signature: Sequence[Signature]) -> _Entry:
    """Try the ways in which a subclassed model may take its inputs, the likeliest first."""
    problem: Exception | None = None
    built, known = model.built, getattr(model, "_build_shapes_dict", None)
    for arguments in _call_forms(model, signature):
        try:
            if not model.built:
                model(*arguments)
            sample = model.call(*arguments)
        except Exception as error:  # student code may raise anything
            problem = error
            # a call that failed is nothing that the model was built with
            model.built, model._build_shapes_dict = built, known
            continue
        flat = tree.flatten(sample)
        names: list[str | None] = [None] * len(flat)
        if isinstance(sample, Mapping) and len(sample) == len(flat):
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
) -> Callable[[Builder, dict[int, Ref]], list[Ref]]:
    def run(builder: Builder, env: dict[int, Ref]) -> list[Ref]:
        try:
            return builder.expand(model, arguments, keywords or {}, env, Scope())
        except Opaque:
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
        if isinstance(outputs, Mapping) and len(outputs) == len(flat):
            names = [str(key) for key in sorted(outputs)]
        shapes: list[Shape] = [(None, *tuple(output.shape)[1:]) for output in flat]
        inputs = _named(arguments, signature)
        return _Entry(inputs, names, _whole(model, inputs, shapes), _caller(model, arguments))
    raise UnreadableModel("raises", f"{type(problem).__name__}: {problem}")


def _shown_entry(model: keras.Model, example: object) -> _Entry:
    """A model that is shown what it is called with."""

    def symbol(leaf: Any) -> Any:
        shape = getattr(leaf, "shape", None)
        return (
            leaf
            if shape is None
            else keras.KerasTensor(shape, keras.backend.standardize_dtype(leaf.dtype))
        )

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
        inputs = [(f"input_{i}", s) for i, s in enumerate(flat_tensors((arguments, keywords)))]
        run = _expanded(model, arguments, inputs, shapes, keywords)
        return _Entry(inputs, [None] * len(flat), run, _caller(model, arguments, keywords))
    raise UnreadableModel("raises", f"{type(problem).__name__}: {problem}")


def _whole(
    model: keras.Model, inputs: list[tuple[str, Any]], shapes: list[Shape]
) -> Callable[[Builder, dict[int, Ref]], list[Ref]]:
    def run(builder: Builder, env: dict[int, Ref]) -> list[Ref]:
        return builder.opaque(model, tuple(env[id(tensor)] for _, tensor in inputs), shapes, ())

    return run


def _zeros(symbol: Any) -> Any:
    return np.zeros([size or 1 for size in symbol.shape], symbol.dtype)


def _named(arguments: tuple[Any, ...], signature: Sequence[Signature]) -> list[tuple[str, Any]]:
    tensors = list(flat_tensors(arguments))
    one = arguments[0] if len(arguments) == 1 else None
    if isinstance(one, Mapping) and len(one) == len(tensors):
        names = [str(key) for key in sorted(one)]
    elif len(signature) == len(tensors):
        names = [s.name for s in signature]
    else:
        names = [f"input_{i}" for i in range(len(tensors))]
    return list(zip(names, tensors, strict=True))


def _call_forms(model: keras.Model, signature: Sequence[Signature]) -> Iterator[tuple[Any, ...]]:
    """Symbolic arguments for ``model.call``: as it was built, else as ``signature`` asks."""
    known = getattr(model, "_build_shapes_dict", None)
    if known and all(known.values()):
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


def _unused(models: Sequence[Any], variables: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """The layers whose weights take no part in the outputs."""
    used = {id(variable) for owned in variables for variable in owned}
    paths = [str(v.path) for model in models for v in model.weights if id(v) not in used]
    return tuple(dict.fromkeys(path.rpartition("/")[0] or path for path in paths))


@contextlib.contextmanager
def _undisturbed(model: keras.Model) -> Iterator[None]:
    """Tracing calls layers; forget these calls and the automatic names they used up.

    What was built meanwhile stays: the calls inside a Sequential model are its graph.
    """
    from keras.src.backend.common import global_state

    before = {id(call): call for layer in _layers(model) for call in _calls(layer)}
    counters = dict(global_state.get_global_attribute("object_name_uids") or {})
    built = model.built
    try:
        yield
    finally:
        for layer in _layers(model):
            graph = inner_graph(layer)
            if graph is not None:
                before |= {id(c): c for calls in graph._nodes_by_depth.values() for c in calls}
        for layer in _layers(model):
            for calls in (layer._inbound_nodes, layer._outbound_nodes):
                while calls and id(calls[-1]) not in before:
                    calls.pop()
        if built:
            uids = global_state.get_global_attribute("object_name_uids")
            if uids is not None:
                uids.clear()
                uids.update(counters)


# Operations that are given functions, in which there may be any layer.
_TAKE_FUNCTIONS = frozenset(
    [
        "AssociativeScan",
        "Cond",
        "CustomGradient",
        "ForiLoop",
        "Map",
        "Scan",
        "Switch",
        "VectorizedMap",
        "WhileLoop",
    ]
)


def _is_plain(layer: Any) -> bool:
    """Whether a layer or model surely computes in training what it does in inference, and changes
    and adds nothing: all is Keras's own, and nothing in it minds the mode, or adds a loss."""
    if isinstance(layer, keras.Model):
        graph = inner_graph(layer)
        follows = graph is not None and all(map(_is_plain_operation, _operations(graph)))
    else:
        follows = not minds_the_mode(layer, {})
    return (
        follows
        and is_builtin(layer)
        and getattr(layer, "quantization_mode", None) is None
        and layer.activity_regularizer is None
        and all(v.regularizer is None for v in layer.variables)
        and _comes_with_keras(getattr(layer, "activation", None))
    )


def _operations(graph: Any) -> list[Any]:
    return [call.operation for calls in graph._nodes_by_depth.values() for call in calls]


def _is_plain_operation(operation: Any) -> bool:
    if isinstance(operation, keras.layers.Layer):  # looked at as a layer
        return True
    return is_builtin(operation) and type(operation).__name__ not in _TAKE_FUNCTIONS


def _comes_with_keras(activation: Any) -> bool:
    """A function of one's own may call any layer."""
    return activation is None or str(getattr(activation, "__module__", "")).startswith("keras.")


def _layers(model: keras.Model) -> list[Any]:
    return [model, *model._flatten_layers(include_self=False, recursive=True)]


def _calls(layer: Any) -> list[Any]:
    return [*layer._inbound_nodes, *layer._outbound_nodes]
