"""Another way of merging."""

from tests.mutation import Mutant

LAYERS = ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate")


def mutants(draft):
    for layer in draft.of_class(*LAYERS):
        if layer.get("module") != "keras.layers":
            continue
        for other in LAYERS[:5]:
            if other == layer["class_name"]:
                continue
            copy = draft.copy()
            entry = copy.layer(layer["name"])
            entry["class_name"] = other
            entry["config"] = {k: v for k, v in entry["config"].items() if k != "axis"}
            yield Mutant(f"{layer['name']}: {other}", copy, frozenset({layer["name"]}))
