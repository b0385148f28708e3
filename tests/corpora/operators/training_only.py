"""Right in inference, wrong in training."""

from keras import layers

from tests.mutation import Mutant


def mutants(draft):
    for layer in draft.of_class("Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise"):
        copy, name = draft.copy(), layer["name"]
        copy.layer(name)["config"]["rate"] = 0.0
        near = draft.sources(name) | draft.readers(name)
        yield Mutant(f"{name} never drops", copy, frozenset({name, *near}))
    for layer in draft.of_class("Dense", "Conv2D", "LSTM", "GRU"):
        if len(layer["inbound_nodes"]) == 1:
            copy, name = draft.copy(), layer["name"]
            copy.insert(layers.GaussianNoise(0.2, name="noise"), name)
            yield Mutant(f"noise after {name}", copy, frozenset({"noise", name}))
