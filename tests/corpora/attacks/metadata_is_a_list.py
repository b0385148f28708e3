"""A notebook whose metadata are a list.

To make grading fail, so that somebody grades by hand, and leniently.
"""

import json

from tests.attacks import notebook


def hand_in(folder, places):
    made = json.loads(json.dumps(notebook("00-welcome", {}, places)))
    made["metadata"] = ["atelier"]
    (folder / "exercise.ipynb").write_text(json.dumps(made), encoding="utf-8")
