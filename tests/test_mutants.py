"""Wrong by one fault: refused, and the fault is named."""

from __future__ import annotations

import functools
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import keras
import pytest

from grader.comparison import compare
from grader.equivalence import compare_graphs, only_in_form
from grader.graph import Graph
from grader.trace import read
from tests.corpus import CORPORA, load
from tests.mutation import Draft, Mutant, operators

MODELS = sorted((CORPORA / "models").glob("*.py"))
EQUIVALENT = json.loads((CORPORA / "equivalent_mutants.json").read_text(encoding="utf-8"))
MOST_PLACES = 8  # of one operator in one model
MOST_WEIGHTS = 10**7  # of a model whose mutants are built: VGG19 is mutated in small
OPERATORS = operators()


@dataclass(frozen=True)
class Result:
    """What became of one mutant. ``localised`` says whether the first difference names the layer
    at fault; None where no single layer is at fault. ``said`` are the first differences."""

    name: str
    refused: bool
    localised: bool | None
    said: str


def _functional(module: ModuleType) -> keras.Model | None:
    """The reference as a functional model, whose configuration can be changed."""
    for name in ("reference", "same_functional"):
        model = getattr(module, name, lambda: None)()
        if model is not None and model.built and model.count_params() > MOST_WEIGHTS:
            return None
        if isinstance(model, keras.Sequential) and model.built:
            return keras.Model(model.inputs, model.outputs)
        if type(model).__name__ == "Functional":
            return model
    return None


@functools.cache
def results(path: Path) -> tuple[Result, ...]:
    """Every mutant of one model."""
    keras.backend.clear_session()  # automatic names are part of what mutants are called
    module = load(path)
    model = _functional(module)
    if model is None:
        return ()
    draft, reference = Draft.of(model, module), read(model)
    found = []
    for operator, mutants in OPERATORS.items():
        for mutant in _spread([m for m in mutants(draft) if str(m.draft) != str(draft)]):
            built = mutant.build()
            if built is not None:
                name = f"{path.stem}/{operator}/{mutant.where}"
                found.append(_result(name, model, reference, mutant, built))
    return tuple(found)


def _spread(mutants: list[Mutant]) -> list[Mutant]:
    """At most ``MOST_PLACES``, from the first to the last."""
    if len(mutants) <= MOST_PLACES:
        return mutants
    return [mutants[i * (len(mutants) - 1) // (MOST_PLACES - 1)] for i in range(MOST_PLACES)]


def _result(
    name: str, model: keras.Model, reference: Graph, mutant: Mutant, built: keras.Model
) -> Result:
    graph = read(built)
    differences = list(compare_graphs(reference, graph).differences)
    if only_in_form(reference, graph, differences):  # numbers may say otherwise
        differences = compare(model, built, seed=zlib.crc32(name.encode())).differences
    if not differences:
        return Result(name, False, None, "")
    first = differences[0]
    blamed = {first.layer}
    if first.reference is not None:
        blamed.add(reference.nodes[first.reference].layer)
    localised = bool(blamed & mutant.names) if mutant.names else None
    return Result(name, True, localised, "; ".join(d.message() for d in differences[:3]))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_mutant_is_refused_unless_it_is_known_to_be_equivalent(path: Path) -> None:
    accepted = {result.name for result in results(path) if not result.refused}
    known = {name for name in EQUIVALENT if name.startswith(f"{path.stem}/")}
    assert accepted == known


def test_of_a_thousand_mutants_the_first_difference_names_the_fault_in_95_of_100() -> None:
    everything = [result for path in MODELS for result in results(path)]
    refused = [result for result in everything if result.refused]
    single = [result for result in refused if result.localised is not None]
    wrong = [f"{result.name}: {result.said}" for result in single if not result.localised]
    print(f"{len(everything)} mutants, {len(refused)} refused, {len(wrong)} not localised")
    assert len(everything) >= 1000
    assert len(wrong) <= 0.05 * len(single), "\n".join(wrong)


def test_every_operator_applies_somewhere() -> None:
    applied = {result.name.split("/")[1] for path in MODELS for result in results(path)}
    assert applied == set(OPERATORS)
