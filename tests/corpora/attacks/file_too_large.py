"""A notebook of 40 MB.

To fill the grader's memory or to hold up the class.
"""

import json

from tests.attacks import notebook

POINTS = {"first": 0}
REPORTED = "larger than 20 MB"


def hand_in(folder, places):
    made = json.loads(json.dumps(notebook("00-welcome", {}, places)))
    made["cells"][0]["source"] = "x" * 40 * 2**20
    (folder / "exercise.ipynb").write_text(json.dumps(made), encoding="utf-8")
