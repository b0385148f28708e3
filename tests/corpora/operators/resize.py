"""Another number of units, filters or heads."""

from tests.mutation import changed

SIZES = ("units", "filters", "output_dim", "num_heads", "key_dim")


def mutants(draft):
    for layer in draft.inner():
        for key in SIZES:
            if isinstance(layer["config"].get(key), int):
                yield changed(draft, layer["name"], **{key: layer["config"][key] + 1})
                if layer["config"][key] > 1:
                    yield changed(draft, layer["name"], **{key: max(1, layer["config"][key] // 2)})
