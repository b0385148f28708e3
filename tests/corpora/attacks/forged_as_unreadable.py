"""The graph of a blueprint, said to belong to a model that raises, with one small thing beside it.

To earn the points of the graph while the numbers are excused.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"


def hand_in(folder, places):
    files = {}
    for name in NAMES:
        task = f"{ASSIGNMENT}.{name}"
        said = blueprint_evidence(task, state="unreadable", problem=["raises", "by itself"])
        said["graph"]["unused"] = ["spare"]
        files[f"{task}.json"] = json.dumps(said).encode()
    answers = dict.fromkeys(NAMES, "stack = song_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))
