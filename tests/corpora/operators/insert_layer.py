"""A layer too many: something that people put everywhere."""

from keras import layers

from tests.mutation import Mutant

EXTRA = [
    lambda: layers.Dropout(0.3, name="extra"),
    lambda: layers.BatchNormalization(name="extra"),
    lambda: layers.ReLU(name="extra"),
    lambda: layers.LayerNormalization(name="extra"),
]


def mutants(draft):
    places = [layer["name"] for layer in draft.inner() if len(layer["inbound_nodes"]) == 1]
    for number, name in enumerate(places):
        copy = draft.copy()
        extra = EXTRA[number % len(EXTRA)]()
        copy.insert(extra, name)
        yield Mutant(f"{type(extra).__name__} after {name}", copy, frozenset({"extra"}))
