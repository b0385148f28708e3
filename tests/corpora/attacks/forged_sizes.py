"""Graphs of the blueprints whose weights and activations claim absurd, negative and odd sizes.

To have the judge draw terabytes of numbers, or hold the model too large to be computed with.
"""

import json

from grader.blueprint import load_blueprint
from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"
_SIZES = dict(zip(NAMES, ((200_000, 200_000), (-1, 10**15), (True, "9"), (10**400,)), strict=True))


def hand_in(folder, places):
    files = {}
    for name, shape in _SIZES.items():
        task = f"{ASSIGNMENT}.{name}"
        said = blueprint_evidence(task, numbers=name != "weather_model")
        for owner in said["graph"]["owners"]:
            for weight in owner["weights"]:
                weight["shape"] = list(shape)
        files[f"{task}.json"] = json.dumps(said).encode()
        files[f"{task}.npz"] = packed(load_blueprint(task).kept.to_arrays())
    write(folder, notebook(ASSIGNMENT, {"extra": [forging(files)]}, places))
