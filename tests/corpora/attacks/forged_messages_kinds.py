"""Claims problems that have messages of another form, so that writing the feedback fails.

To leave the whole submission ungraded, so that somebody grades by hand.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0, "song_model": 0, "features": 0}
PRINTED = "forged"


def hand_in(folder, places):
    files = {}
    kinds = {"stack": "wrong-setting", "song_model": "{0.__class__}", "features": "not-shared"}
    for name, kind in kinds.items():
        task = f"{ASSIGNMENT}.{name}"
        said = blueprint_evidence(task, state="unreadable", problem=[kind, "{found.x}"], graph=None)
        files[f"{task}.json"] = json.dumps(said).encode()
    write(folder, notebook(ASSIGNMENT, {"extra": [forging(files)]}, places))
