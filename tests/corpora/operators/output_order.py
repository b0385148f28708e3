"""The outputs listed in another order."""

from tests.mutation import Mutant


def mutants(draft):
    listed = draft.config["output_layers"]
    if isinstance(listed, list) and len(listed) > 1 and isinstance(listed[0], list):
        copy = draft.copy()
        copy.config["output_layers"] = [*listed[1:], listed[0]]
        yield Mutant("rotated", copy, frozenset())
