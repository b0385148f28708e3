"""Another vocabulary."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("Embedding"):
        yield changed(draft, layer["name"], input_dim=layer["config"]["input_dim"] + 1)
