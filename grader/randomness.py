"""Randomness under control: two models that draw alike are given the same random numbers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from random import Random
from typing import Any


@contextlib.contextmanager
def steady(seed: int, *, by_itself: bool = False) -> Iterator[None]:
    """Inside, whatever Keras draws depends on ``seed`` and on the shape drawn, on nothing else.

    Dropout at the same place of two models then drops the same units, whatever their layers'
    own seeds and the order in which they run. What draws ``by_itself``, through TensorFlow, is
    then the same at each call, but not alike in two models; it costs TensorFlow all that it
    remembers about operations.
    """
    import tensorflow as tf
    from keras.src.backend.tensorflow import image, random
    from tensorflow.python.eager import context

    def draw_seed(_seed: Any) -> Any:
        return tf.constant([seed % (2**31 - 1), 1], dtype="int32")

    modules: list[Any] = [random, image]
    before = [module.draw_seed for module in modules]
    for module in modules:
        module.draw_seed = draw_seed
    eager = context.context()
    chosen = eager._seed, getattr(eager, "_rng", None)
    eager._seed, eager._rng = seed, Random(seed)
    if by_itself:
        eager.clear_kernel_cache()
    try:
        yield
    finally:
        eager._seed, eager._rng = chosen
        for module, function in zip(modules, before, strict=True):
            module.draw_seed = function
