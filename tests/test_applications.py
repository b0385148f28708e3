"""Architectures that nobody here wrote: every model of ``keras.applications``."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import keras
import pytest

from grader.equivalence import compare_graphs
from grader.trace import read

CONSTRUCTORS = sorted(
    name
    for name in vars(keras.applications)
    if name[0].isupper() and callable(getattr(keras.applications, name))
)
# Layers whose change of a setting changes no shape.
CHANGES: dict[str, dict[str, Any]] = {
    "BatchNormalization": {"epsilon": 0.37},
    "LayerNormalization": {"epsilon": 0.37},
    "Conv2D": {"activation": "softplus"},
}


@pytest.fixture(autouse=True)
def _without_values() -> Iterator[None]:
    """Build models whose weights are never given values: a graph says nothing about values."""
    with keras.StatelessScope(initialize_variables=False):
        yield
    # Keras remembers them, and would give values to all when it next leaves such a scope.
    keras.utils.clear_session(free_memory=False)


def _renamed(model: keras.Model) -> keras.Model:
    """The model with every layer renamed, and created in the opposite order.

    ``tests.corpus.renamed`` says the same in a configuration, which Keras reads in a time that
    grows with the square of the layers.
    """
    others = {
        each.name: type(each).from_config({**each.get_config(), "name": f"other_{number}"})
        for number, each in reversed(list(enumerate(model.operations)))
    }
    return keras.models.clone_model(
        model,
        input_tensors=others[model.operations[0].name].output,
        clone_function=lambda each: others[each.name],
    )


def _one_changed(config: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The configuration with a setting of a layer in the middle changed, and that layer's name."""
    fitting = [layer for layer in config["layers"] if layer["class_name"] in CHANGES]
    name = fitting[len(fitting) // 2]["name"]
    other = copy.deepcopy(config)
    layer = next(each for each in other["layers"] if each["name"] == name)
    layer["config"].update(CHANGES[layer["class_name"]])
    return other, name


@pytest.mark.parametrize("name", CONSTRUCTORS)
def test_an_application_equals_its_rebuilds_and_not_one_with_a_layer_changed(name: str) -> None:
    construct = getattr(keras.applications, name)
    model = construct(weights=None)
    graph, config = read(model), model.get_config()
    assert not graph.opaque
    assert json.dumps(graph.to_json())
    assert compare_graphs(graph, read(construct(weights=None))).equivalent

    other = _renamed(model)
    names = [{each.name for each in one.operations} for one in (model, other)]
    assert not names[0] & names[1]
    assert compare_graphs(graph, read(other)).equivalent

    changed, layer = _one_changed(config)
    differences = compare_graphs(graph, read(keras.Model.from_config(changed))).differences
    assert [difference.layer for difference in differences] == [layer]


def test_every_constructor_is_tried() -> None:
    assert len(CONSTRUCTORS) >= 38
