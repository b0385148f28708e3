"""Another epsilon in a normalisation."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        if isinstance(layer["config"].get("epsilon"), float):
            yield changed(draft, layer["name"], epsilon=layer["config"]["epsilon"] * 100)
