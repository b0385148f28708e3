"""A penalty on what a layer gives."""

import keras

from tests.mutation import changed


def mutants(draft):
    penalty = keras.saving.serialize_keras_object(keras.regularizers.L1(0.02))
    for layer in draft.of_class("Dense", "Conv2D", "LSTM"):
        yield changed(draft, layer["name"], activity_regularizer=penalty)
