"""One form for each operation: its canonical name and settings, however it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import tree

from grader.names import COMMUTATIVE
from grader.plain import snake_case

NOT_PURE = ("input", "dropout", "noise", "random", "normalization", "custom")
_RELU = {"negative_slope": 0.0, "max_value": None, "threshold": 0.0}
_SYNONYMS = {"re_lu": "relu", "exp": "exponential"}
_NOISE = frozenset(
    {"dropout", "spatial_dropout1d", "spatial_dropout2d", "spatial_dropout3d", "gaussian_dropout"}
)


ONLY_IN_TRAINING = _NOISE | {"alpha_dropout", "gaussian_noise"}  # else they do nothing


def minds_the_mode(operation: Any, settings: Mapping[str, Any]) -> bool:
    """Whether it matters to a built-in layer in which mode it is called."""
    if not getattr(operation, "_call_has_training_arg", False):
        return False
    if isinstance(
        operation, (keras.layers.Dense, keras.layers.EinsumDense, keras.layers.Embedding)
    ):
        return False  # they take the argument for quantization's sake
    rates = [settings[key] for key in ("dropout", "recurrent_dropout") if key in settings]
    return not rates or any(rates)


def canonical(
    operation: Any, settings: dict[str, Any], call: Any
) -> tuple[str, dict[str, Any], Callable[[Any], Any] | None]:
    """(op, settings, activation): the canonical form of one call of a Keras layer or operation."""
    name = type(operation).__name__
    if name == "ActivityRegularization":
        settings = {key: settings[key] for key in ("l1", "l2") if settings.get(key)}
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


NEUTRAL: Mapping[str, Any] = {
    "add": [["#0", 0], {}],
    "subtract": [["#0", 0], {}],
    "multiply": [["#0", 1], {}],
    "true_divide": [["#0", 1], {}],
    "divide": [["#0", 1], {}],
}
_EVERYTHING = {"class": "slice", "bounds": [None, None, None]}


def tidied_call(op: str, template: Any) -> Any:
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
