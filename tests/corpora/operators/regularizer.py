"""A regularizer more, less, or of another strength."""

import keras

from tests.mutation import changed


def _l2(strength):
    return keras.saving.serialize_keras_object(keras.regularizers.L2(strength))


def mutants(draft):
    for layer in draft.inner():
        for key in ("kernel_regularizer", "embeddings_regularizer", "gamma_regularizer"):
            if key not in layer["config"]:
                continue
            yield changed(draft, layer["name"], **{key: _l2(0.37)})
            if layer["config"][key] is not None:
                yield changed(draft, layer["name"], **{key: None})
