"""A dilated kernel."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("Conv2D"):
        if tuple(layer["config"]["strides"]) == (1, 1):
            yield changed(draft, layer["name"], dilation_rate=[2, 2])
