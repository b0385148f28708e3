"""The other padding."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        now = layer["config"].get("padding")
        if now in ("same", "valid"):
            yield changed(draft, layer["name"], padding="valid" if now == "same" else "same")
