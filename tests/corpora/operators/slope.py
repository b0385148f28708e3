"""Another slope, ceiling or threshold of an activation layer."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("LeakyReLU", "ReLU", "ELU"):
        for key in ("negative_slope", "alpha", "max_value"):
            if key in layer["config"]:
                yield changed(draft, layer["name"], **{key: 0.43})
