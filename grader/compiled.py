"""Read a model's compile settings as plain data: the same settings, however they were written.

``loss="mse"``, ``MeanSquaredError()`` and ``[..., ...]`` or ``{"output": ...}`` for several
outputs all read alike: one canonical entry per output, in the order of the outputs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import keras

from grader.plain import plain, plain_config, snake_case

_LOSS_CLASSES = {
    snake_case(name): cls
    for name, cls in vars(keras.losses).items()
    if isinstance(cls, type) and issubclass(cls, keras.losses.Loss) and cls is not keras.losses.Loss
}
_ACCURACY = {
    "binary_crossentropy": "binary_accuracy",
    "categorical_crossentropy": "categorical_accuracy",
    "sparse_categorical_crossentropy": "sparse_categorical_accuracy",
}


def read_compiled(model: keras.Model, outputs: Sequence[str]) -> dict[str, Any] | None:
    """``{"optimizer", "loss", "loss_weights", "metrics"}``, the last three by output name.

    None if the model was not compiled. ``outputs`` are the names of the model's outputs.
    """
    if not getattr(model, "compiled", False):
        return None
    config = getattr(model, "_compile_config", None)
    given = dict(config.config) if config is not None else {}
    losses = _per_output(given.get("loss"), outputs)
    named_losses = {name: _loss(loss) for name, loss in losses.items()}
    weights = _per_output(given.get("loss_weights"), outputs)
    metrics = _per_output(given.get("metrics"), outputs, nested=True)
    return {
        "optimizer": _optimizer(model.optimizer),
        "loss": named_losses,
        "loss_weights": {n: 1.0 if w is None else plain(float(w)) for n, w in weights.items()},
        "metrics": {
            name: sorted(_metric(m, named_losses.get(name)) for m in _listed(given_metrics))
            for name, given_metrics in metrics.items()
        },
    }


def _per_output(value: Any, outputs: Sequence[str], *, nested: bool = False) -> dict[str, Any]:
    """What was given as one value, a list or a dictionary, by output name."""
    if isinstance(value, Mapping):
        return {name: value.get(name) for name in outputs}
    if isinstance(value, (list, tuple)):
        if nested and len(outputs) == 1:
            flat = value[0] if len(value) == 1 and isinstance(value[0], (list, tuple)) else value
            return {outputs[0]: flat}
        if len(value) == len(outputs):
            return dict(zip(outputs, value, strict=True))
    return dict.fromkeys(outputs, value)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _optimizer(optimizer: Any) -> dict[str, Any]:
    config = plain_config(optimizer.get_config())
    return {"class": type(optimizer).__name__, **config}


def _loss(loss: Any) -> dict[str, Any] | None:
    """A loss with the settings that matter: its canonical name and what is not at its default."""
    if loss is None:
        return None
    if isinstance(loss, str):
        try:
            loss = keras.losses.get(loss)
        except ValueError:
            return {"class": loss}
    if isinstance(loss, keras.losses.Loss):
        name, config = snake_case(type(loss).__name__), loss.get_config()
    else:
        name, config = str(getattr(loss, "__name__", type(loss).__name__)), {}
    known = _LOSS_CLASSES.get(name)
    settings = plain_config(config)
    if known is not None and settings:
        default = plain_config(known().get_config())
        settings = {key: value for key, value in settings.items() if default.get(key) != value}
    return {"class": name, **settings}


def _metric(metric: Any, loss: Mapping[str, Any] | None) -> str:
    """A metric's canonical name; ``"accuracy"`` is what Keras makes of it for that loss."""
    if isinstance(metric, keras.metrics.Metric):
        name = snake_case(type(metric).__name__)
    else:
        name = str(metric if isinstance(metric, str) else getattr(metric, "__name__", metric))
        with contextlib.suppress(ValueError):
            resolved = keras.metrics.get("accuracy" if name == "acc" else name)
            name = snake_case(str(getattr(resolved, "__name__", type(resolved).__name__)))
    return "accuracy" if name == _ACCURACY.get(str(loss and loss["class"])) else name
