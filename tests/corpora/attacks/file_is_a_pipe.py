"""The notebook is a pipe that nobody writes to.

To have the grader wait for ever.
"""

import os

POINTS = {"first": 0}


def hand_in(folder, places):
    os.mkfifo(folder / "exercise.ipynb")
