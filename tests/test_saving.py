"""Whether a layer written by hand comes back from its configuration, however it is written."""

from __future__ import annotations

from typing import Any

import keras
import pytest
from keras import layers

from grader.saving import survives


class SublayersFromTheStart(layers.Layer):
    def __init__(self, units: int = 4, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.inner = layers.Dense(units)

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units}


class SublayersMadeInBuild(layers.Layer):
    def build(self, input_shape: Any) -> None:
        self.inner = layers.Dense(input_shape[-1])

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)


class SublayersMadeAndBuiltInBuild(SublayersMadeInBuild):
    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        self.inner.build(input_shape)


class TwoInputs(layers.Layer):
    def build(self, one_shape: Any, other_shape: Any) -> None:
        self.inner = layers.Dense(other_shape[-1])

    def call(self, one: Any, other: Any) -> Any:
        return self.inner(one) + other


class Forgetful(layers.Layer):
    """Its configuration does not say how many units it has."""

    def __init__(self, units: int = 4, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._count = units

    def build(self, input_shape: Any) -> None:
        self.inner = layers.Dense(self._count)

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)

    def get_config(self) -> dict[str, Any]:
        return super().get_config()


def _called(layer: layers.Layer, inputs: int = 1) -> layers.Layer:
    layer(*(keras.Input((5,)) for _ in range(inputs)))
    return layer


@pytest.mark.parametrize(
    "layer",
    [SublayersFromTheStart(7), SublayersMadeInBuild(), SublayersMadeAndBuiltInBuild()],
    ids=lambda layer: type(layer).__name__,
)
def test_a_layer_whose_configuration_says_all_survives(layer: layers.Layer) -> None:
    assert survives(_called(layer))


def test_so_does_one_of_several_inputs() -> None:
    assert survives(_called(TwoInputs(), inputs=2))


def test_one_whose_configuration_leaves_out_a_size_does_not() -> None:
    assert not survives(_called(Forgetful(7)))
