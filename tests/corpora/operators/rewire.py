"""One call reads another tensor of the same shape."""

from tests.mutation import Mutant


def mutants(draft):
    seen = {}
    for layer in draft.layers:
        for tensor in draft.tensors(layer):
            config = tensor["config"]
            seen.setdefault(tuple(config["keras_history"]), tuple(config["shape"]))
    order = [layer["name"] for layer in draft.layers]
    for layer in draft.inner():
        for place, tensor in enumerate(draft.tensors(layer)):
            now = tensor["config"]
            for history, shape in seen.items():
                earlier = order.index(history[0]) < order.index(layer["name"])
                if not earlier or shape != tuple(now["shape"]):
                    continue
                if history == tuple(now["keras_history"]):
                    continue
                copy = draft.copy()
                copied = copy.tensors(copy.layer(layer["name"]))[place]["config"]
                copied["keras_history"] = list(history)
                skipped = frozenset({layer["name"], now["keras_history"][0]})
                yield Mutant(f"{layer['name']} reads {history[0]}", copy, skipped)
                break
