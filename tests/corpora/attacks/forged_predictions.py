"""Graphs of the blueprints, said to predict where they raise, or to be too large to compute.

To be believed without numbers: by an answer for no examples, and by a difference of form.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
RAISING, TOO_LARGE = ("stack", "song_model"), ("weather_model", "features")
POINTS = dict.fromkeys((*RAISING, *TOO_LARGE), 0)
PRINTED = "forged"


def hand_in(folder, places):
    files = {}
    for name in RAISING:
        said = {"state": "unreadable", "problem": ["raises", "x"], "predictions": 0}
        files |= _files(blueprint_evidence(f"{ASSIGNMENT}.{name}", **said))
    for name in TOO_LARGE:
        evidence = blueprint_evidence(f"{ASSIGNMENT}.{name}")
        evidence["graph"]["owners"][0]["weights"][0]["shape"] = [2**30, 512]
        files |= _files(evidence)
    answers = dict.fromkeys(POINTS, "stack = song_model = weather_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))


def _files(evidence):
    evidence["graph"]["unused"] = ["spare"]
    task = evidence["task"]
    return {f"{task}.json": json.dumps(evidence).encode(), f"{task}.npz": packed({})}
