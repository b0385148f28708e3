"""A notebook of fifty thousand cells.

To hold up the grader before anything is run.
"""

import json

from tests.attacks import notebook

POINTS = {"first": 0}
REPORTED = "more than 1000 cells"


def hand_in(folder, places):
    made = notebook("00-welcome", {}, places)
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": 1}
    made["cells"] += [{**cell, "id": str(number)} for number in range(50_000)]
    (folder / "exercise.ipynb").write_text(json.dumps(made), encoding="utf-8")
