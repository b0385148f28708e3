"""Two neighbours in the other order."""

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.inner():
        name = layer["name"]
        readers = draft.readers(name)
        if not draft.is_simple(layer) or len(readers) != 1:
            continue
        after = draft.layer(next(iter(readers)))
        if not draft.is_simple(after) or [name, 0, 0] in draft.outputs():
            continue
        copy, other = draft.copy(), after["name"]
        source = list(copy.tensors(copy.layer(name))[0]["config"]["keras_history"])
        copy.redirect([other, 0, 0], [name, 0, 0])
        copy.tensors(copy.layer(other))[0]["config"]["keras_history"] = source
        copy.tensors(copy.layer(name))[0]["config"]["keras_history"] = [other, 0, 0]
        for each in (name, other):
            copy.layer(each).pop("build_config", None)
        yield Mutant(f"{other} before {name}", copy, frozenset({name, other}))
