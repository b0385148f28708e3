"""Wrong models by the thousand: a model's configuration, changed in one place.

An operator (a file of ``corpora/operators``) is a function ``mutants(draft)`` that yields, for
each place where it applies, a ``Mutant``: a changed copy of the draft and the names of the
layers at fault, any of which a good diagnosis may name.
"""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import keras

from tests.corpus import CORPORA, load

History = list[Any]  # [layer's name, which of its calls, which output of the call]


@dataclass(frozen=True)
class Mutant:
    """A changed draft. ``where`` names the place; ``names`` the layers that may be blamed."""

    where: str
    draft: Draft
    names: frozenset[str]

    def build(self) -> keras.Model | None:
        """The model; None where Keras refuses it, so that nobody could hand it in."""
        with contextlib.suppress(Exception):
            return self.draft.build()
        return None


class Draft:
    """The configuration of a functional model, with what operators need to change it."""

    def __init__(self, config: dict[str, Any], classes: Mapping[str, type]) -> None:
        self.config = config
        self.classes = dict(classes)

    @classmethod
    def of(cls, model: keras.Model, module: ModuleType) -> Draft:
        classes = {k: v for k, v in vars(module).items() if isinstance(v, type)}
        if isinstance(model, keras.Sequential):
            model = keras.Model(model.inputs, model.outputs)
        return cls(model.get_config(), classes)

    def __str__(self) -> str:
        return json.dumps(self.config, default=str)

    def copy(self) -> Draft:
        return Draft(copy.deepcopy(self.config), self.classes)

    def build(self) -> keras.Model:
        config = copy.deepcopy(self.config)
        for layer in config["layers"]:  # shapes change behind a changed layer
            layer.pop("build_config", None)
        return keras.Model.from_config(config, custom_objects=self.classes)

    @property
    def layers(self) -> list[dict[str, Any]]:
        return self.config["layers"]

    def layer(self, name: str) -> dict[str, Any]:
        return next(layer for layer in self.layers if layer["name"] == name)

    def of_class(self, *names: str) -> Iterator[dict[str, Any]]:
        return (layer for layer in self.layers if layer["class_name"] in names)

    def inner(self) -> Iterator[dict[str, Any]]:
        """The layers that are not inputs."""
        return (layer for layer in self.layers if layer["class_name"] != "InputLayer")

    # connections

    def tensors(self, layer: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The configurations of the tensors that a layer's calls read, in order."""
        return list(_tensors([(n["args"], n["kwargs"]) for n in layer["inbound_nodes"]]))

    def shape_of(self, history: History) -> tuple[Any, ...] | None:
        """The shape of a tensor, as far as some call reads it."""
        for layer in self.layers:
            for tensor in self.tensors(layer):
                if tensor["config"]["keras_history"] == history:
                    return tuple(tensor["config"]["shape"])
        return None

    def outputs(self) -> list[History]:
        listed = self.config["output_layers"]
        return list(_histories(listed))

    def readers(self, name: str) -> set[str]:
        """The layers that read one of a layer's outputs."""
        return {
            layer["name"]
            for layer in self.layers
            for tensor in self.tensors(layer)
            if tensor["config"]["keras_history"][0] == name
        }

    def sources(self, name: str) -> set[str]:
        return {t["config"]["keras_history"][0] for t in self.tensors(self.layer(name))}

    def redirect(self, old: History, new: History, *, beside: str = "") -> None:
        """Let everything that reads ``old`` read ``new``, except the layer ``beside``."""
        for layer in self.layers:
            if layer["name"] != beside:
                for tensor in self.tensors(layer):
                    if tensor["config"]["keras_history"] == old:
                        tensor["config"]["keras_history"] = list(new)
        for history in _histories(self.config["output_layers"]):
            if history == old:
                history[:] = new

    def insert(self, layer: keras.layers.Layer, after: str) -> None:
        """Put a layer behind the only call of another."""
        shape = self.shape_of([after, 0, 0])
        tensor = {"shape": shape, "dtype": "float32", "keras_history": [after, 0, 0]}
        self.redirect([after, 0, 0], [layer.name, 0, 0])
        entry = keras.saving.serialize_keras_object(layer)
        entry.pop("build_config", None)
        call = {"args": [{"class_name": "__keras_tensor__", "config": tensor}], "kwargs": {}}
        place = next(i for i, each in enumerate(self.layers) if each["name"] == after)
        self.layers.insert(place + 1, {**entry, "name": layer.name, "inbound_nodes": [call]})

    def remove(self, name: str) -> None:
        """Take out a layer that is called once on one tensor."""
        source = self.tensors(self.layer(name))[0]["config"]["keras_history"]
        self.config["layers"] = [layer for layer in self.layers if layer["name"] != name]
        self.redirect([name, 0, 0], list(source))

    def is_simple(self, layer: Mapping[str, Any]) -> bool:
        """Whether a layer is called once, on one tensor."""
        return len(layer["inbound_nodes"]) == 1 and len(self.tensors(layer)) == 1


def changed(draft: Draft, name: str, **settings: Any) -> Mutant:
    """The draft with some settings of one layer changed."""
    copied = draft.copy()
    layer = copied.layer(name)
    layer["config"].update(settings)
    layer.pop("build_config", None)
    where = ", ".join(f"{key}={_short(value)}" for key, value in settings.items())
    return Mutant(f"{name}: {where}", copied, frozenset({name}))


def _short(value: Any) -> str:
    return value["class_name"] if isinstance(value, Mapping) else str(value)


def _tensors(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            yield value
            return
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)


def _histories(value: Any) -> Iterator[History]:
    if isinstance(value, dict):
        value = list(value.values())
    if len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], int):
        yield value
        return
    for item in value:
        yield from _histories(item)


def operators() -> dict[str, Callable[[Draft], Iterator[Mutant]]]:
    """Every operator by its file's name."""
    return {path.stem: load(path).mutants for path in sorted((CORPORA / "operators").glob("*.py"))}
