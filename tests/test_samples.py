"""What a model computes: all at once where it is written down, else as far as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from grader import numbers
from grader.comparison import compare
from grader.draws import computable
from grader.numbers import answers
from grader.samples import SCALES, Later, Sample
from grader.trace import UnreadableModel, read_live
from tests.corpus import CORPORA, cases, load

MODELS = sorted((CORPORA / "models").glob("*.py"))


def _model(units: int = 3) -> keras.Model:
    return keras.Sequential([keras.Input((4,)), layers.Dense(units, "relu"), layers.Dense(2)])


def test_samples_are_computed_when_they_are_asked_for_and_once() -> None:
    asked: list[int] = []
    some = answers(read_live(_model()), 7)
    assert some is not None

    def samples() -> Iterator[Sample]:
        for number, sample in enumerate(some.tied):
            asked.append(number)
            yield sample

    later = Later(samples())
    assert asked == []
    assert later[0] is later[0] is some.tied[0]
    assert asked == [0]
    assert len(list(later)) == len(list(later)) == len(later) == len(SCALES)
    assert asked == [0, 1, 2]
    assert later[-1] is later[1:][-1] is some.tied[-1]
    with pytest.raises(IndexError):
        later[3]


def test_what_is_computed_later_is_what_is_computed_now() -> None:
    reading = read_live(_model())
    now, later = answers(reading, 7), answers(reading, 7, later=True)
    assert now is not None and later is not None
    arrays, others = now.to_arrays(), later.to_arrays()
    assert arrays.keys() == others.keys()
    assert all(np.array_equal(array, others[name]) for name, array in arrays.items())


def test_what_cannot_be_computed_shows_again_when_it_is_asked_for_again() -> None:
    def samples() -> Iterator[Sample]:
        raise KeyError("tied0")
        yield

    later = Later(samples())
    with pytest.raises(KeyError):
        len(later)
    with pytest.raises(IndexError):
        later[0]


def test_of_models_whose_graphs_agree_one_sample_each_is_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = []
    monkeypatch.setattr(numbers, "tied_weights", lambda *_, **__: drawn.append(1))
    assert compare(_model(), _model()).equivalent
    assert not compare(_model(), _model(units=5)).equivalent
    assert drawn == []


# -- training that is known to compute what inference does ---------------------------------------


class _Louder(layers.Dense):
    def call(self, inputs, training=None):  # type: ignore[no-untyped-def]
        return super().call(inputs) * (2 if training else 1)


class _Adding(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, inputs):  # type: ignore[no-untyped-def]
        self.add_loss(keras.ops.sum(inputs))
        return self.dense(inputs)


class _LouderAsAWhole(keras.Sequential):
    def call(self, inputs, training=None, mask=None):  # type: ignore[no-untyped-def]
        return super().call(inputs) * (2 if training else 1)


class _Noisy(keras.Operation):
    def call(self, inputs):  # type: ignore[no-untyped-def]
        return inputs + 1

    def compute_output_spec(self, inputs):  # type: ignore[no-untyped-def]
        return keras.KerasTensor(inputs.shape, inputs.dtype)


class _Mapped:
    def __call__(self, inputs):  # type: ignore[no-untyped-def]
        return keras.ops.vectorized_map(layers.Dropout(0.5), inputs)


def _dropping() -> Callable[[object], object]:
    drop = layers.Dropout(0.5)
    return lambda x: drop(keras.ops.relu(x))


def _adding() -> keras.Model:
    model = _Adding()
    model(np.ones((1, 4)))
    return model


MODED: dict[str, Callable[[], object]] = {
    "dropout": lambda: layers.Dropout(0.5),
    "noise": lambda: layers.GaussianNoise(0.5),
    "normalisation": layers.BatchNormalization,
    "recurrent dropout": lambda: layers.SimpleRNN(2, dropout=0.5),
    "a regulariser": lambda: layers.Dense(2, kernel_regularizer="l2"),
    "a loss on outputs": lambda: layers.Dense(2, activity_regularizer="l2"),
    "a layer that adds a loss": lambda: layers.ActivityRegularization(0.1),
    "one inside another": lambda: layers.TimeDistributed(layers.Dropout(0.5)),
    "one that is written by hand": lambda: _Louder(2),
    "a function of its own": lambda: layers.Lambda(lambda x: x * 2),
    "an activation that calls a layer": lambda: layers.Dense(2, activation=_dropping()),
    "an operation that is given a function": lambda: _Mapped(),
    "an operation that is written by hand": lambda: _Noisy(),
    "a nested model": lambda: keras.Sequential([layers.Dropout(0.5)]),
    "a model that adds a loss": _adding,
    "a model with a call of its own": lambda: _LouderAsAWhole([layers.Dense(2)]),
}


@pytest.mark.parametrize("name", MODED)
def test_what_may_differ_in_training_is_computed_in_training(name: str) -> None:
    made = MODED[name]()
    inputs = keras.Input((3, 4) if name in ("recurrent dropout", "one inside another") else (4,))
    model = made if isinstance(made, _Adding) else keras.Model(inputs, made(inputs))  # type: ignore[operator]
    assert read_live(model).has_modes


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_what_is_not_computed_in_training_would_come_out_as_it_is_told(path: Path) -> None:
    module = load(path)
    for name in ("reference", *cases(module, "same_")):
        try:
            reading = read_live(getattr(module, name)(), example=getattr(module, "EXAMPLE", None))
        except UnreadableModel:  # it must be told its inputs first
            continue
        if not computable(reading.graph):
            return
        if reading.has_modes:
            continue
        told = answers(reading, 7)
        assert told is not None
        computed = answers(replace(reading, has_modes=True), 7)
        assert computed is not None
        others = computed.to_arrays()
        for part, array in told.to_arrays().items():
            np.testing.assert_allclose(array, others[part], 1e-5, 1e-6, err_msg=f"{name} {part}")


def test_most_models_of_the_corpus_need_not_be_computed_in_training() -> None:
    readings = [
        read_live(module.reference(), example=getattr(module, "EXAMPLE", None))
        for module in map(load, MODELS)
    ]
    assert sum(not reading.has_modes for reading in readings) >= len(readings) / 3
