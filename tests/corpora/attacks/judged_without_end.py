"""Evidence of a few kilobytes, packed, that would be judged and drawn for minutes, in gigabytes.

To hold up whoever judges it: by a shape of a million axes, a flood of names, a text that each
difference quotes, and numbers that hash alike.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"
PRIME = 2**61 - 1


def axes(graph):
    graph["nodes"][1]["shapes"] = [[9] * 1_250_000]


def flood(graph):
    graph["unused"] = [""] * 900_000


def text(graph):
    graph["nodes"][0]["layer"] = "\x7f" * 500_000
    graph["nodes"][2]["inputs"] = [[0, 0]] * 400


def collisions(graph):
    for number in range(3000):
        weight = {**graph["owners"][0]["weights"][0], "regularizer": {"l2": PRIME * (number + 1)}}
        graph["owners"].append({**graph["owners"][0], "weights": [weight]})


def hand_in(folder, places):
    files = {}
    for name, spoil in zip(NAMES, (axes, flood, text, collisions), strict=True):
        said = {"state": "unreadable", "problem": ["raises", "x"]}
        evidence = blueprint_evidence(f"{ASSIGNMENT}.{name}", **said)
        spoil(evidence["graph"])
        files[f"{ASSIGNMENT}.{name}.json"] = json.dumps(evidence).encode()
        files[f"{ASSIGNMENT}.{name}.npz"] = packed({})
    answers = dict.fromkeys(NAMES, "stack = song_model = weather_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))
