"""Other strides."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        now = layer["config"].get("strides")
        if isinstance(now, (list, tuple)):
            yield changed(draft, layer["name"], strides=[size % 3 + 1 for size in now])
