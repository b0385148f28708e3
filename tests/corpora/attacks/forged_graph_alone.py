"""Evidence with the graphs of the blueprints, which the student embedded, and no numbers.

To earn points for models that were never built.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"


def hand_in(folder, places):
    files = {}
    for name in NAMES:
        task = f"{ASSIGNMENT}.{name}"
        files[f"{task}.json"] = json.dumps(blueprint_evidence(task)).encode()
    answers = dict.fromkeys(NAMES, "stack = song_model = weather_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [forging(files)]}, places))
