"""Metadata that are texts, lists and numbers where dictionaries are expected.

To make grading fail, so that somebody grades by hand, and leniently.
"""

import json

from tests.attacks import notebook


def hand_in(folder, places):
    made = json.loads(json.dumps(notebook("00-welcome", {}, places)))
    made["metadata"] = {
        "atelier": "unreadable",
        "kernelspec": 5,
        "language_info": ["x"],
        "widgets": 1,
    }
    for cell in made["cells"]:
        if "nbgrader" not in cell["metadata"]:
            cell["metadata"] = ["a", "list"]
    (folder / "exercise.ipynb").write_text(json.dumps(made), encoding="utf-8")
