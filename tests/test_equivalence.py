"""Right in any style is right; wrong is named."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from grader import compare
from grader.graph import Graph
from grader.messages import MESSAGES
from grader.text import LANGUAGES
from grader.trace import read

CORPUS = Path(__file__).parent / "corpora" / "models"


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cases(prefix: str) -> list[Any]:
    return list(_found(prefix))


def _found(prefix: str) -> Iterator[Any]:
    for path in sorted(CORPUS.glob("*.py")):
        module = _module(path)
        for name in vars(module):
            if name.startswith(prefix):
                yield pytest.param(module, name, id=f"{path.stem}-{name}")


@pytest.mark.parametrize(("module", "name"), _cases("same_"))
def test_the_same_model_in_another_style_is_accepted(module: ModuleType, name: str) -> None:
    comparison = compare(module.reference(), getattr(module, name)())
    assert comparison.equivalent, comparison.differences


@pytest.mark.parametrize(("module", "name"), _cases("other_"))
def test_another_model_is_refused_and_its_fault_is_named(module: ModuleType, name: str) -> None:
    build = getattr(module, name)
    kind, *layer = build.__doc__.split()
    comparison = compare(module.reference(), build())
    assert not comparison.equivalent
    first = comparison.differences[0]
    assert first.kind == kind, comparison.differences
    assert not layer or first.layer == layer[0]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.py")), ids=lambda path: path.stem)
def test_a_model_equals_itself_and_its_graph_travels_as_json(path: Path) -> None:
    reference = _module(path).reference
    model = reference()
    assert compare(model, model).equivalent
    graph = read(model)
    assert Graph.from_json(graph.to_json()) == graph


def test_comparing_leaves_a_model_as_it_was() -> None:
    model = _module(CORPUS / "residual.py").reference()
    before = [w.numpy() for w in model.weights]
    nodes = [len(layer._inbound_nodes) for layer in model.layers]
    compare(model, model)
    assert all(np.array_equal(a, b.numpy()) for a, b in zip(before, model.weights, strict=True))
    assert [len(layer._inbound_nodes) for layer in model.layers] == nodes
    assert model.get_layer("start").output is not None


def test_reading_does_not_use_up_automatic_names() -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(2, activation="relu")])
    before = layers.ReLU().name
    read(model)
    number = int(layers.ReLU().name.rsplit("_", 1)[1])
    assert number == int("0" + before.removeprefix("re_lu").lstrip("_")) + 1


class _Liar:
    """Says that it equals everything and is a model."""

    __class__ = keras.Model  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class _Raising(keras.Model):
    def call(self, inputs: Any) -> Any:
        raise RuntimeError("on purpose")


class _Fickle(keras.Model):
    """Computes what is asked for, times a number that nobody sees in its layers."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = layers.Dense(2)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(*args, **kwargs) * 2

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)


_ANSWERS = {
    "nothing": None,
    "a number": 3,
    "a text": "model",
    "a class": keras.Model,
    "a liar": _Liar(),
    "a model that raises": _Raising(),
    "a model that computes more than it says": _Fickle(),
    "a list": [],
    "an object": object(),
}


@pytest.mark.parametrize("answer", _ANSWERS.values(), ids=_ANSWERS)
def test_what_is_no_right_model_is_refused_with_a_clear_difference(answer: object) -> None:
    reference = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    comparison = compare(reference, answer)
    assert not comparison.equivalent
    assert comparison.differences[0].kind in MESSAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_every_kind_of_difference_has_a_message_that_can_be_filled(
    kind: str, language: str
) -> None:
    from string import Formatter

    from grader.text import translate

    fields = {name for _, name, _, _ in Formatter().parse(MESSAGES[kind]) if name}
    text = translate(MESSAGES[kind], language)
    assert {name for _, name, _, _ in Formatter().parse(text) if name} == fields
