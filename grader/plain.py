"""Keras objects and settings as plain JSON data, alike for alike meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

# What a layer's configuration says that does not change the function it computes, or that the
# canonical graph keeps elsewhere (regularisers and constraints stand with the weights).
_ALIKE = frozenset(
    {
        "name",
        "trainable",
        "seed",
        "build_config",
        "module",
        "registered_name",
        "quantization_config",
    }
)


def plain(value: Any) -> Any:
    """``value`` as JSON data: tuples as lists, Keras objects as ``{"class": ..., settings}``."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        return plain(value.item())
    if isinstance(value, Mapping):
        if "class_name" in value and "config" in value:
            return _serialised(value)
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, slice):
        return {
            "class": "slice",
            "bounds": [plain(value.start), plain(value.stop), plain(value.step)],
        }
    if isinstance(value, keras.regularizers.Regularizer):
        return _penalty(value)
    if isinstance(value, np.ndarray) and value.size <= 1024:
        return {"class": "array", "values": plain(value.tolist())}
    if type(value).__name__ == "EagerTensor":
        return _computed(np.asarray(value))
    if isinstance(value, np.ndarray):
        digest = hashlib.sha256(value.tobytes()).hexdigest()
        return {"class": "array", "shape": list(value.shape), "digest": digest}
    if value is Ellipsis:
        return {"class": "ellipsis"}
    if isinstance(value, type) or (callable(value) and hasattr(value, "__name__")):
        return str(value.__name__)
    if hasattr(value, "get_config"):
        return {"class": type(value).__name__, **plain_config(value.get_config())}
    return {"class": type(value).__name__}


def plain_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration without names, initial values and settings that were left unset."""
    settings: dict[str, Any] = {}
    for key, value in config.items():
        if value is None or key in _ALIKE:
            continue
        if key.endswith(("_initializer", "_regularizer", "_constraint")) and key != (
            "activity_regularizer"
        ):
            continue
        settings[key] = plain(value)
    if settings.get("dtype") == "float32":
        del settings["dtype"]
    return settings


def _computed(array: np.ndarray) -> Any:
    """A tensor that was computed while tracing, perhaps from weights: its values say nothing."""
    if array.size and array.dtype.kind in "fiub" and (array == array.flat[0]).all():
        value = plain(array.flat[0])
        return value if array.ndim == 0 else {"class": CONSTANT, "value": value}
    return {"class": CONSTANT, "shape": list(array.shape)}


CONSTANT = "constant"


def _rounded(value: float) -> float:
    """A float as its author wrote it: 0.001, not the float32 0.0010000000474974513."""
    return float(f"{value:.7g}")


def _serialised(value: Mapping[str, Any]) -> Any:
    """What ``keras.saving.serialize_keras_object`` wrote, shortened."""
    kind, config = value["class_name"], value["config"]
    if kind in ("DTypePolicy", "function"):
        return config["name"] if isinstance(config, Mapping) else config
    if not isinstance(config, Mapping):
        return {"class": kind, "config": plain(config)}
    if kind in ("L1", "L2", "L1L2"):
        return {key: plain(item) for key, item in config.items() if item}
    return {"class": kind, **plain_config(config)}


def _penalty(value: Any) -> dict[str, Any]:
    """``L2(0.01)`` and ``L1L2(l2=0.01)`` are one penalty."""
    config = {key: plain(item) for key, item in value.get_config().items()}
    name = type(value).__name__
    if name in ("L1", "L2", "L1L2"):
        return {key: item for key, item in config.items() if item}
    return {"class": name, **config}


def snake_case(name: str) -> str:
    """``MaxPooling2D`` -> ``max_pooling2d``, ``LSTM`` -> ``lstm``: how Keras names instances."""
    from keras.src.utils.naming import to_snake_case

    convert: Callable[[str], str] = to_snake_case
    return convert(name)
