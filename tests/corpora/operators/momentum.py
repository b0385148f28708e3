"""Another momentum of moving averages: nothing that a forward pass shows."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("BatchNormalization"):
        yield changed(draft, layer["name"], momentum=layer["config"]["momentum"] * 0.7)
