"""The inputs of a merge in another order."""

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.of_class("Concatenate", "Subtract", "Dot", "MultiHeadAttention"):
        for number in range(len(layer["inbound_nodes"])):
            copy = draft.copy()
            call = copy.layer(layer["name"])["inbound_nodes"][number]
            within = call["args"][0] if isinstance(call["args"][0], list) else call["args"]
            if len(within) > 1:
                swapped = [within[-1], *within[1:-1], within[0]]
                call["args"] = [swapped] if within is call["args"][0] else swapped
                yield Mutant(layer["name"], copy, frozenset({layer["name"]}))
