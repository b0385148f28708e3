"""Graphs of thousands of nodes: a chain, a star of parallel edges, and layers joined all to all.

To have the judge compare for hours.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0, "song_model": 0, "features": 0}
PRINTED = "forged"


def _node(before):
    shape = [[None, 10]]
    return {
        "op": "add",
        "settings": {},
        "inputs": before,
        "owner": None,
        "layer": "l",
        "shapes": shape,
    }


def hand_in(folder, places):
    first = [0, 0]
    mazes = {
        "stack": [_node([[i, 0]]) for i in range(4900)],
        "song_model": [_node([first] * 90) for _ in range(1000)],
        "features": [_node([[max(0, i - j), 0] for j in range(18)]) for i in range(1000)],
    }
    files = {}
    for name, nodes in mazes.items():
        said = blueprint_evidence(
            f"{ASSIGNMENT}.{name}", state="unreadable", problem=["raises", ""]
        )
        given = [n for n in said["graph"]["nodes"] if n["op"] == "input"]
        said["graph"]["nodes"] = [*given, *nodes]
        for port in said["graph"]["outputs"]:
            port["node"] = len(given) + len(nodes) - 1
        for place, port in enumerate(said["graph"]["inputs"]):
            port["node"] = place if place < len(given) else 0
        files[f"{ASSIGNMENT}.{name}.json"] = json.dumps(said).encode()
    write(folder, notebook(ASSIGNMENT, {"extra": [forging(files)]}, places))
