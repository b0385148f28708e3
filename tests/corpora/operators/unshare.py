"""A second layer with its own weights, where one should be used twice."""

import copy as copying

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.inner():
        if len(layer["inbound_nodes"]) < 2 or layer["class_name"] in ("Dropout", "ReLU"):
            continue
        copy, name = draft.copy(), layer["name"]
        original = copy.layer(name)
        twin = copying.deepcopy(original)
        twin["name"] = twin["config"]["name"] = f"{name}_again"
        last = len(original["inbound_nodes"]) - 1
        twin["inbound_nodes"] = [original["inbound_nodes"].pop()]
        copy.redirect([name, last, 0], [twin["name"], 0, 0])
        copy.layers.append(twin)
        yield Mutant(name, copy, frozenset({name, twin["name"]}))
