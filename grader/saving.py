"""Whether a layer written by hand is rebuilt by its configuration, as saving needs it."""

from __future__ import annotations

import inspect
from typing import Any

import keras

from grader.plain import plain

_PLAIN = (bool, int, float, str, tuple, type(None))


def survives(layer: keras.layers.Layer) -> bool:
    """Whether ``from_config(get_config())`` gives a layer like ``layer``, weights' shapes included.

    Values aside: saving keeps those. Never raises, whatever the layer does.
    """
    try:
        config = layer.get_config()
        twin = type(layer).from_config(dict(config))
        if plain(twin.get_config()) != plain(config) or _arguments(twin) != _arguments(layer):
            return False
        shapes = layer.get_build_config()
        if not shapes or type(layer).build is keras.layers.Layer.build:
            return True
        if not twin.built:
            twin.build_from_config(shapes)
        return [tuple(w.shape) for w in twin.weights] == [tuple(w.shape) for w in layer.weights]
    except Exception:  # student code may raise anything
        return False


def _arguments(layer: Any) -> dict[str, Any]:
    """The arguments of ``__init__`` that the layer remembers under their own names."""
    names = inspect.signature(type(layer).__init__).parameters
    known = {name: vars(layer)[name] for name in names if name in vars(layer)}
    return {name: value for name, value in known.items() if isinstance(value, _PLAIN)}
