"""What models compute, as plain data: the numbers that a judge compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

FINGERS = 2  # projections in a fingerprint, before the length
KEPT_SEED = 1847  # what a blueprint's numbers were drawn from
# (scale, signed, length): ordinary numbers, large ones (a ceiling shows, gradients may vanish),
# small ones (an epsilon shows).
SCALES = ((1.0, False, 5), (300.0, True, 13), (0.003, False, 5))


@dataclass(frozen=True)
class Sample:
    """What a model computes on one draw of weights and inputs.

    ``inference`` and ``training`` are its outputs in the two modes, randomness under control.
    The rest has one row a weight, in the order of the graph's owners: fingerprints of the
    gradients of the outputs in inference (``slopes``) and in training (``training_slopes``), and
    of the weights after training's call (``state``). ``penalty`` is the sum of the losses that
    the model adds by itself in training.
    """

    inference: tuple[np.ndarray, ...]
    training: tuple[np.ndarray, ...]
    slopes: np.ndarray
    training_slopes: np.ndarray
    state: np.ndarray
    penalty: float

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The sample as named arrays."""
        arrays = {part: getattr(self, part) for part in _ROWS}
        for part in ("inference", "training"):
            arrays |= {f"{part}.{i}": array for i, array in enumerate(getattr(self, part))}
        return {**arrays, "penalty": np.asarray(self.penalty)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Sample:
        """What ``to_arrays`` wrote; ``KeyError`` or ``ValueError`` if it did not."""

        def listed(prefix: str) -> tuple[np.ndarray, ...]:
            count = sum(name.startswith(prefix) for name in arrays)
            return tuple(arrays[f"{prefix}{i}"] for i in range(count))

        slopes, training_slopes, state = (_rows(arrays[part]) for part in _ROWS)
        outputs = (listed("inference."), listed("training."))
        return cls(*outputs, slopes, training_slopes, state, float(arrays["penalty"]))


@dataclass(frozen=True)
class Answers:
    """What a model answers to a seed.

    ``drawn`` is computed with weights that are all different; ``tied`` with equal weights for
    equal shapes, once for each of ``SCALES``; ``spread`` holds what training gives for one example
    many times over, for a model that cannot be read layer by layer.
    """

    drawn: Sample
    tied: Sequence[Sample]
    spread: tuple[np.ndarray, ...] = ()

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The answers as named arrays."""
        arrays = {f"spread.{i}": array for i, array in enumerate(self.spread)}
        for name, sample in (("drawn", self.drawn), *zip(_TIED, self.tied, strict=False)):
            arrays |= {f"{name}.{part}": array for part, array in sample.to_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Answers:
        """What ``to_arrays`` wrote; ``KeyError`` or ``ValueError`` if it did not.

        Of the tied samples that is found out when they are asked for.
        """

        def sample(name: str) -> Sample:
            start = f"{name}."
            mine = [key for key in arrays if key.startswith(start)]
            return Sample.from_arrays({key.removeprefix(start): arrays[key] for key in mine})

        count = sum(key.startswith("spread.") for key in arrays)
        spread = tuple(arrays[f"spread.{i}"] for i in range(count))
        return cls(sample("drawn"), Later(sample(name) for name in _TIED), spread)


class Later(Sequence[Sample]):
    """Samples of which each is read or computed when it is asked for: where graphs agree, none."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._rest = iter(samples)
        self._known: list[Sample] = []

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | Sequence[Sample]:
        last = index if isinstance(index, int) and index >= 0 else None
        while last is None or len(self._known) <= last:
            found = next(self._rest, None)
            if found is None:
                break
            self._known.append(found)
        return self._known[index]

    def __len__(self) -> int:
        return len(self[:])


_TIED = tuple(f"tied{number}" for number in range(len(SCALES)))
_ROWS = ("slopes", "training_slopes", "state")


def _rows(array: np.ndarray) -> np.ndarray:
    if array.ndim != 2 or array.shape[1] != FINGERS + 1 or array.dtype.kind != "f":
        raise ValueError("no fingerprints")
    return array
