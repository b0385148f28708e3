"""Graphs of the blueprints with made-up numbers: zeros, infinities, and what is no number.

To earn what the graph alone would earn.
"""

import json

import numpy as np

from grader.blueprint import load_blueprint
from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"
_MADE_UP = dict(zip(NAMES, (0.0, np.inf, np.nan, 1e300), strict=True))


def hand_in(folder, places):
    files = {}
    for name, value in _MADE_UP.items():
        task = f"{ASSIGNMENT}.{name}"
        files[f"{task}.json"] = json.dumps(blueprint_evidence(task, numbers=True)).encode()
        arrays = load_blueprint(task).kept.to_arrays()
        with np.errstate(over="ignore"):
            files[f"{task}.npz"] = packed(
                {k: np.full_like(a, value, dtype=a.dtype) for k, a in arrays.items()}
            )
    answers = dict.fromkeys(NAMES, "stack = song_model = weather_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))
