"""A notebook nested a hundred thousand levels deep.

To exhaust the stack of whoever reads it.
"""

POINTS = {"first": 0}
REPORTED = "nested too deeply"


def hand_in(folder, places):
    deep = "[" * 100_000 + "]" * 100_000
    (folder / "exercise.ipynb").write_text(f'{{"cells": {deep}, "metadata": {{}}, "nbformat": 4}}')
