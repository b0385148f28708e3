"""Another rate, of dropout on its own or inside a layer."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        for key in ("rate", "dropout", "recurrent_dropout"):
            if isinstance(layer["config"].get(key), (int, float)):
                yield changed(draft, layer["name"], **{key: layer["config"][key] * 0.5 + 0.1})
