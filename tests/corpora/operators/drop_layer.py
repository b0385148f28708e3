"""A layer is left out."""


def mutants(draft):
    from tests.mutation import Mutant

    for layer in draft.inner():
        if draft.is_simple(layer):
            copy = draft.copy()
            copy.remove(layer["name"])
            yield Mutant(layer["name"], copy, frozenset({layer["name"]}))
