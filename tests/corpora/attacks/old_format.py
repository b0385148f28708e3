"""A notebook of formats 2 and 0, with worksheets that are none.

To make the conversion to today's format fail.
"""

import json

POINTS = {"first": 0}
REPORTED = "not a notebook"


def hand_in(folder, places):
    data = {"nbformat": 2, "nbformat_minor": -1, "worksheets": {"cells": 5}, "metadata": 7}
    (folder / "exercise.ipynb").write_text(json.dumps(data))
