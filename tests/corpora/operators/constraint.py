"""A constraint that nobody asked for."""

import keras

from tests.mutation import changed


def mutants(draft):
    limit = keras.saving.serialize_keras_object(keras.constraints.MaxNorm(2))
    for layer in draft.inner():
        for key in ("kernel_constraint", "embeddings_constraint"):
            if key in layer["config"]:
                yield changed(draft, layer["name"], **{key: limit})
