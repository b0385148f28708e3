"""A layer twice in a row."""

import copy as copying

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.of_class("Dense", "Conv2D", "Conv2DTranspose", "MaxPooling2D", "ReLU"):
        if not draft.is_simple(layer):
            continue
        copy, name = draft.copy(), layer["name"]
        twin = copying.deepcopy(layer)
        twin["name"] = twin["config"]["name"] = "again"
        twin.pop("build_config", None)
        copy.redirect([name, 0, 0], ["again", 0, 0])
        tensor = copy.tensors(twin)[0]
        tensor["config"]["keras_history"] = [name, 0, 0]
        copy.layers.append(twin)
        yield Mutant(name, copy, frozenset({name, "again"}))
