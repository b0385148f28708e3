"""Right in any style is right; wrong is named."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from grader import compare
from grader.agreement import confirmed
from grader.comparison import Comparison
from grader.draws import draw_weights
from grader.equivalence import compare_graphs
from grader.graph import Graph
from grader.messages import MESSAGES
from grader.numbers import answers, spread
from grader.text import LANGUAGES
from grader.trace import read, read_live
from tests.corpus import CORPORA, NotApplicable, cases, load

CORPUS = CORPORA / "models"
MODELS = sorted(CORPUS.glob("*.py"))
FUNCTIONAL = type(keras.Model(start := keras.Input((1,)), start))
FORMS = sorted((CORPORA / "forms").glob("*.py"))


def _seed(module: ModuleType, name: str) -> int:
    """A seed for each case: what fails once fails again."""
    return zlib.crc32(f"{module.__name__}.{name}".encode())


def _compare(module: ModuleType, candidate: Any, name: str) -> Comparison:
    example = getattr(module, "EXAMPLE", None)
    return compare(_reference(module), candidate, inputs=example, seed=_seed(module, name))


@cache  # comparing leaves it as it was
def _reference(module: ModuleType) -> Any:
    return module.reference()


def _cases(prefix: str) -> list[Any]:
    return list(_found(prefix))


def _found(prefix: str) -> Iterator[Any]:
    for path in MODELS:
        module = load(path)
        for name in cases(module, prefix):
            yield pytest.param(module, name, id=f"{path.stem}-{name}")


@pytest.mark.parametrize(("module", "name"), _cases("same_"))
def test_the_same_model_in_another_style_is_accepted(module: ModuleType, name: str) -> None:
    comparison = _compare(module, getattr(module, name)(), name)
    assert comparison.equivalent, comparison.differences


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_stays_the_same_whatever_its_form(model: Path, form: Path) -> None:
    module = load(model)
    classes = {name: value for name, value in vars(module).items() if isinstance(value, type)}
    reference = module.reference()
    try:
        candidate = load(form).form(reference, classes)
    except NotApplicable:  # it needs a graph, or one input
        graph = isinstance(reference, keras.Sequential) or type(reference) is FUNCTIONAL
        assert not graph or len(reference.inputs) > 1
        return
    comparison = _compare(module, candidate, form.stem)
    assert comparison.equivalent, comparison.differences


def test_fifteen_models_are_accepted_in_a_dozen_styles_beside_these_forms() -> None:
    assert sum(len(cases(load(path), "same_")) >= 12 for path in MODELS) >= 15


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("autoencoder", "same_subclassed"),
        ("residual", "same_subclassed"),
        ("siamese", "same_subclassed"),
        ("digits_mlp", "same_sequential_without_input"),
    ],
)
def test_comparing_twice_says_the_same_twice(name: str, form: str) -> None:
    module = load(CORPUS / f"{name}.py")
    reference, model = module.reference(), getattr(module, form)()
    assert compare(reference, model).equivalent
    assert compare(reference, model).equivalent
    assert compare(model, reference).equivalent


@pytest.mark.parametrize(("module", "name"), _cases("other_"))
def test_another_model_is_refused_and_its_fault_is_named(module: ModuleType, name: str) -> None:
    build = getattr(module, name)
    kind, *layer = build.__doc__.split()
    comparison = _compare(module, build(), name)
    assert not comparison.equivalent
    first = comparison.differences[0]
    assert first.kind == kind, comparison.differences
    assert not layer or first.layer == layer[0]


def test_layers_of_one_name_are_told_apart() -> None:
    def model(activation: str) -> Any:
        halves = [layers.Dense(5, activation=activation, name="hidden") for _half in range(2)]
        return keras.Sequential([keras.Input((5,)), *(keras.Sequential([half]) for half in halves)])

    reference, candidate = (read_live(model(how)).graph for how in ("relu", "tanh"))
    found = compare_graphs(reference, candidate).differences
    assert [difference.layer for difference in found] == ["hidden", "hidden"]


def test_a_layer_that_is_used_twice_is_named_once() -> None:
    def model(activation: str) -> Any:
        shared = layers.Dense(5, activation=activation, name="hidden")
        return keras.Model(start := keras.Input((5,)), shared(shared(start)))

    reference, candidate = (read_live(model(how)).graph for how in ("relu", "tanh"))
    found = compare_graphs(reference, candidate).differences
    assert [difference.layer for difference in found] == ["hidden"]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_equals_itself_and_its_graph_travels_as_json(path: Path) -> None:
    module = load(path)
    model, example = module.reference(), getattr(module, "EXAMPLE", None)
    assert compare(model, model, inputs=example).equivalent
    graph = read_live(model, example=example).graph
    assert Graph.from_json(graph.to_json()) == graph


def test_evidence_cannot_excuse_its_training_as_random_where_the_graph_is_read() -> None:
    def model(rate: float) -> keras.Model:
        return keras.Sequential([keras.Input((6,)), layers.Dropout(rate), layers.Dense(2)])

    reference, seed = read_live(model(0.5)), 7
    verdict = compare_graphs(reference.graph, reference.graph)
    honest, other = answers(reference, seed), answers(read_live(model(0.9)), seed)
    assert honest is not None and other is not None
    drawn = draw_weights(reference.graph, seed)
    forged = replace(other, spread=spread(reference, drawn, seed))
    assert not confirmed(reference, reference.graph, verdict, honest, seed)
    found = confirmed(reference, reference.graph, verdict, forged, seed)
    assert [difference.kind for difference in found] == ["different-in-training"]


def test_comparing_leaves_a_model_as_it_was() -> None:
    model = load(CORPUS / "residual.py").reference()
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


ODD = sorted((CORPORA / "odd_answers").glob("*.py"))


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.stem)
def test_an_odd_answer_is_refused_by_name_or_is_right_and_never_crashes(path: Path) -> None:
    module = load(path)
    assert module.__doc__ is not None
    expected = module.__doc__.split()[0].strip(":")
    reference = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    comparison = compare(reference, module.answer())
    if expected == "equivalent":
        assert comparison.equivalent, comparison.differences
    else:
        assert not comparison.equivalent
        assert comparison.differences[0].kind == expected, comparison.differences
    assert str(comparison) and comparison.html("zh")


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
