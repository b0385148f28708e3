"""Graphs and numbers of the blueprints; the challenge in the sandbox is set to the seed of those.

To pass off numbers that are public as the answer to a challenge that is not.
"""

import json

from grader.blueprint import load_blueprint
from grader.samples import KEPT_SEED
from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"


def hand_in(folder, places):
    files = {"../challenge.json": json.dumps({"seed": KEPT_SEED}).encode()}
    for name in NAMES:
        task = f"{ASSIGNMENT}.{name}"
        files[f"{task}.json"] = json.dumps(blueprint_evidence(task, numbers=True)).encode()
        kept = load_blueprint(task).kept
        files[f"{task}.npz"] = packed(kept.to_arrays())
    files["challenge.json"] = files.pop("../challenge.json")
    cell = forging(files)
    cell["source"] += (
        "\nfor place in ('challenge.json', 'evidence/../challenge.json'):\n"
        "    try: os.remove(place)\n"
        "    except OSError: pass\n"
        f"    try: open(place, 'w').write('{{\"seed\": {KEPT_SEED}}}')\n"
        "    except OSError: pass\n"
    )
    answers = dict.fromkeys(NAMES, "stack = song_model = weather_model = features = ...")
    write(folder, notebook(ASSIGNMENT, {"answers": answers, "extra": [cell]}, places))
