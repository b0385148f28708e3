"""The model stops one layer early."""

from tests.mutation import Mutant


def mutants(draft):
    for place, history in enumerate(draft.outputs()):
        layer = draft.layer(history[0])
        if not draft.is_simple(layer) or draft.readers(history[0]):
            continue
        copy = draft.copy()
        source = draft.tensors(layer)[0]["config"]["keras_history"]
        copy.outputs()[place][:] = source
        copy.config["layers"] = [each for each in copy.layers if each["name"] != history[0]]
        near = frozenset({history[0], source[0]})
        yield Mutant(f"without {history[0]}", copy, near)
