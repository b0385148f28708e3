"""Metal parts on a conveyor belt, drawn: pictures of five shapes, as many as are wanted.

The open question of unit 11 learns from these and is measured on fresh ones. A part lies anywhere,
turned and lit at will, lighter than the belt, under a noisy camera: no pixel tells its shape, and
no two pictures are alike. Only numpy is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 20  # pixels
TRAIN = 1500
DISC, RING, SQUARE, TRIANGLE, CROSS = SHAPES = range(5)
_NOISE = 0.03


def belt() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The 1,500 pictures to train on, and their shapes; the same everywhere.

    Pictures are float32, of shape (1500, 20, 20, 1), whole numbers from 0 (dark) to 255 (light).
    Shapes are int64: 0 disc, 1 ring, 2 square, 3 triangle, 4 cross.
    """
    return _drawn(TRAIN, np.random.default_rng(1206))


def draw(
    count: int, language: str, random: np.random.Generator
) -> tuple[dict[str, NDArray[np.float32]], dict[str, NDArray[np.int64]]]:
    """Fresh pictures, by the name of the input, and shapes, by that of the output."""
    pictures, shapes = _drawn(count, random)
    return {"picture": pictures}, {"shape": shapes}


def _drawn(
    count: int, random: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    shapes = random.integers(len(SHAPES), size=count)
    size = random.uniform(6, 8, (count, 1, 1))
    x, y = (random.uniform(7, SIDE - 8, (count, 1, 1)) for _axis in range(2))
    turn = random.uniform(0, 2 * np.pi, (count, 1, 1))
    rows, columns = np.mgrid[:SIDE, :SIDE]
    u = (columns - x) * np.cos(turn) + (rows - y) * np.sin(turn)
    v = (rows - y) * np.cos(turn) - (columns - x) * np.sin(turn)
    # 1 inside, 0 outside, and between them on the edge, which is a pixel wide
    inside = np.clip(0.5 - _distances(u, v, size)[shapes, np.arange(count)], 0, 1)
    contrast = random.uniform(0.4, 0.6, (count, 1, 1))
    slope = random.uniform(-0.15, 0.15, (2, count, 1, 1)) / SIDE
    light = 0.5 + slope[0] * (rows - SIDE / 2) + slope[1] * (columns - SIDE / 2)
    pictures = light + contrast * (inside - 0.5) + random.normal(0, _NOISE, inside.shape)
    whole = np.round(255 * np.clip(pictures, 0, 1)).astype(np.float32)
    return whole[..., None], shapes


def _distances(
    u: NDArray[np.float64], v: NDArray[np.float64], size: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far each pixel lies outside of each shape, about (inside: below 0).

    Of shape (5, pictures, 20, 20).
    """
    a, b, away = np.abs(u), np.abs(v), np.hypot(u, v)
    corners = [u * np.cos(angle) + v * np.sin(angle) for angle in (0, 2 * np.pi / 3, 4 * np.pi / 3)]
    return np.stack(
        [
            away - 0.85 * size,
            np.abs(away - 0.7 * size) - 0.25 * size,
            np.maximum(a, b) - 0.75 * size,
            np.maximum.reduce(corners) - 0.55 * size,
            np.maximum(np.minimum(a, b) - 0.28 * size, np.maximum(a, b) - size),
        ]
    )
