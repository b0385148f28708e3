"""A notebook in UTF-16, with bytes that are no text besides.

To make reading fail with an error that ends the class's grading.
"""

import json

from tests.attacks import notebook

POINTS = {"first": 0}
REPORTED = "not UTF-8"


def hand_in(folder, places):
    text = json.dumps(notebook("00-welcome", {}, places))
    (folder / "exercise.ipynb").write_bytes(text.encode("utf-16") + b"\xff\xfe\xff")
