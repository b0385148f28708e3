"""The inputs of a merge in another order."""

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.of_class("Concatenate", "Subtract", "Dot", "MultiHeadAttention"):
        for number in range(len(layer["inbound_nodes"])):
            copy = draft.copy()
            args = copy.layer(layer["name"])["inbound_nodes"][number]["args"]
            listed = args[0] if isinstance(args[0], list) else args
            if len(listed) > 1:
                listed[0], listed[-1] = listed[-1], listed[0]
                yield Mutant(layer["name"], copy, frozenset({layer["name"]}))
