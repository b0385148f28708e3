"""Written as text and made from it."""

import keras


def form(model, classes):
    return keras.models.model_from_json(model.to_json(), custom_objects=classes)
