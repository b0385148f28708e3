"""Whether a layer written by hand is rebuilt by its configuration, as saving needs it."""

from __future__ import annotations

import inspect
from typing import Any

import keras
from keras.src.backend.common import global_state

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
            _build(twin, shapes)
        if _shapes(twin) != _shapes(layer) and not all(each.built for each in _inside(twin)):
            _call(twin, shapes)  # as it will be in the model that is rebuilt around it
        return _shapes(twin) == _shapes(layer)
    except Exception:  # student code may raise anything
        return False


def _build(layer: Any, shapes: Any) -> None:
    """Build a layer without drawing values for its weights, unless it asks for them."""
    waiting = global_state.get_global_attribute("uninitialized_variables", [], set_to_default=True)
    before = list(waiting)
    try:
        with keras.StatelessScope(initialize_variables=False):
            layer.build_from_config(shapes)
    except Exception:  # whatever it was: it shows again, or was about values
        layer.built = False
        layer.build_from_config(shapes)
    finally:
        waiting[:] = before


def _shapes(layer: Any) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for weight in layer.weights]


def _inside(layer: Any) -> list[Any]:
    """The layers that a layer is made of."""
    return [each for each in layer._flatten_layers() if each is not layer]


def _call(layer: Any, shapes: Any) -> None:
    """Call a layer on symbols of the shapes that it was built for."""
    symbols = {
        name.removesuffix("_shape"): keras.tree.map_shape_structure(keras.KerasTensor, shape)
        for name, shape in shapes.get("shapes_dict", shapes).items()
    }
    if list(symbols) == ["input"]:
        layer(symbols["input"])
    else:
        layer(**symbols)


def _arguments(layer: Any) -> dict[str, Any]:
    """The arguments of ``__init__`` that the layer remembers under their own names."""
    names = inspect.signature(type(layer).__init__).parameters
    known = {name: vars(layer)[name] for name in names if name in vars(layer)}
    return {name: value for name, value in known.items() if isinstance(value, _PLAIN)}
