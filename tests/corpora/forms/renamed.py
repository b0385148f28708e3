"""Its layers renamed, and created in the opposite order."""

import keras

from tests.corpus import NotApplicable, renamed


def form(model, classes):
    if not getattr(model, "inputs", None):
        raise NotApplicable
    if isinstance(model, keras.Sequential):
        model = keras.Model(model.inputs, model.outputs)
    return keras.Model.from_config(renamed(model.get_config()), custom_objects=classes)
