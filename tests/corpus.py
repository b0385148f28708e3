"""Corpora are data: folders of files, and in each file the cases, told apart by their names."""

from __future__ import annotations

import copy
import importlib.util
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

CORPORA = Path(__file__).parent / "corpora"


@cache
def load(path: Path) -> ModuleType:
    """The module that stands in ``path``, read once."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(module: ModuleType, prefix: str) -> list[str]:
    """The names of a module's cases, in their order in the file."""
    return [name for name in vars(module) if name.startswith(prefix)]


class NotApplicable(Exception):
    """A form has no meaning for this model."""


def example(model: keras.Model) -> Any:
    """Ones in the shapes of the model's inputs; ``NotApplicable`` where it names none."""
    if not getattr(model, "inputs", None):
        raise NotApplicable
    ones = [
        np.ones([tensor.shape[0] or 2, *(size or 4 for size in tensor.shape[1:])], tensor.dtype)
        for tensor in model.inputs
    ]
    return ones if len(ones) > 1 else ones[0]


def reloaded(model: keras.Model, **classes: type) -> keras.Model:
    """The model, saved to a file and read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return keras.saving.load_model(path, custom_objects=classes)


def renamed(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration with every layer renamed, and created in the opposite order."""
    names = {layer["name"]: f"other_{i}" for i, layer in enumerate(config["layers"])}

    def new(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: new(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            if len(value) == 3 and isinstance(value[0], str) and value[0] in names:
                return [names[value[0]], *value[1:]]
            return [new(item) for item in value]
        return value

    other = new(copy.deepcopy({**config, "layers": []}))
    for layer in reversed(config["layers"]):
        entry = new(copy.deepcopy(layer))
        entry["name"] = entry["config"]["name"] = names[layer["name"]]
        other["layers"].append(entry)
    return other
