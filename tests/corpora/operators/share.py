"""One layer used twice, where there should be two."""

import json

from tests.mutation import Mutant


def _alike(layer):
    config = {k: v for k, v in layer["config"].items() if k != "name"}
    return json.dumps([layer["class_name"], config, layer.get("build_config")], default=str)


def mutants(draft):
    first = {}
    for layer in draft.of_class("Dense", "Conv2D", "Conv2DTranspose", "Embedding", "LSTM"):
        if len(layer["inbound_nodes"]) != 1:
            continue
        earlier = first.setdefault(_alike(layer), layer["name"])
        if earlier == layer["name"]:
            continue
        copy, name = draft.copy(), layer["name"]
        kept, gone = copy.layer(earlier), copy.layer(name)
        if len(kept["inbound_nodes"]) != 1:
            continue
        kept["inbound_nodes"] += gone["inbound_nodes"]
        copy.config["layers"] = [each for each in copy.layers if each["name"] != name]
        copy.redirect([name, 0, 0], [earlier, 1, 0])
        yield Mutant(f"{earlier} for {name}", copy, frozenset({earlier, name}))
