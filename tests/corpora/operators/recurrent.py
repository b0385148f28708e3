"""Another way through time."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("LSTM", "GRU", "SimpleRNN"):
        config = layer["config"]
        yield changed(draft, layer["name"], go_backwards=not config["go_backwards"])
        if "recurrent_activation" in config:
            yield changed(draft, layer["name"], recurrent_activation="hard_sigmoid")
        if "unit_forget_bias" in config:
            yield changed(draft, layer["name"], use_bias=False)
        if "reset_after" in config:
            yield changed(draft, layer["name"], reset_after=not config["reset_after"])
