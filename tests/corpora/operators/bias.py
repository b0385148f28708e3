"""Without a bias, or with one."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        for key in ("use_bias", "center", "scale"):
            if isinstance(layer["config"].get(key), bool):
                yield changed(draft, layer["name"], **{key: not layer["config"][key]})
