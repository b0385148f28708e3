"""Cloned: new layers, new weights."""

import keras

from tests.corpus import NotApplicable


def form(model, classes):
    if type(model).__name__ not in ("Functional", "Sequential"):
        raise NotApplicable
    return keras.models.clone_model(model)
