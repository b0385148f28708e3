"""Along another axis."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        now = layer["config"].get("axis")
        if isinstance(now, list) and len(now) == 1:
            now = now[0]
        if isinstance(now, int):
            yield changed(draft, layer["name"], axis=1 if now in (-1, 3) else -1)
