"""Graphs that take long to draw: a layer that 200 follow, and boxes that are all joined.

To hold up whoever shows what was found wrong.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0, "song_model": 0}
PRINTED = "forged"
LONG = ("units", "filters", "kernel_size", "pool_size", "rate")


def hand_in(folder, places):
    followers = [
        _node("dropout", number, [number + 1], dict.fromkeys(LONG, f"{number:030}"))
        for number in range(200)
    ]
    joined = [_node(f"op{number}", number, range(number)) for number in range(1, 46)]
    files = {}
    for name, more in (("stack", [_node("dense", "d", [0]), *followers]), ("song_model", joined)):
        said = {"state": "unreadable", "problem": ["raises", "x"]}
        evidence = blueprint_evidence(f"{ASSIGNMENT}.{name}", **said)
        graph = evidence["graph"]
        graph["nodes"], graph["owners"] = [graph["nodes"][0], *more], []
        graph["inputs"], graph["layers"] = graph["inputs"][:1], []
        graph["outputs"] = [{"name": name, "node": 0, "index": 0} for name in "ab"]
        files[f"{ASSIGNMENT}.{name}.json"] = json.dumps(evidence).encode()
        files[f"{ASSIGNMENT}.{name}.npz"] = packed({})
    answers = dict.fromkeys(POINTS, "stack = song_model = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))


def _node(op, layer, sources, settings=None):
    inputs = [[source, 0] for source in sources]
    about = {"op": op, "layer": str(layer), "settings": settings or {}, "inputs": inputs}
    return {**about, "owner": None, "shapes": [[None, 1]]}
