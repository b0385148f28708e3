"""What a model computes: all at once where it is written down, else as far as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
import pytest
from keras import layers

from grader import numbers
from grader.comparison import compare
from grader.numbers import answers
from grader.samples import SCALES, Later, Sample
from grader.trace import read_live


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
