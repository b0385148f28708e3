"""Another way of enlarging."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("UpSampling2D"):
        now = layer["config"]["interpolation"]
        other = "bilinear" if now == "nearest" else "nearest"
        yield changed(draft, layer["name"], interpolation=other)
