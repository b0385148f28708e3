"""Weights that are not trained."""

from tests.mutation import changed

WEIGHTED = (
    "Dense",
    "Conv2D",
    "Conv2DTranspose",
    "LSTM",
    "GRU",
    "Embedding",
    "BatchNormalization",
    "LayerNormalization",
    "MultiHeadAttention",
)


def mutants(draft):
    for layer in draft.of_class(*WEIGHTED):
        yield changed(draft, layer["name"], trainable=False)
