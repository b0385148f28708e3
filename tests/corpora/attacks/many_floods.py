"""Writes nearly as much as a cell may, in a hundred cells.

To fill the grader's memory and the graded notebook with what is allowed.
"""

from tests.attacks import notebook, write

REPORTED = "wrote more than"
LIMITS = {"CELL_BYTES": 2**20, "NOTEBOOK_BYTES": 2**22}


def hand_in(folder, places):
    extra = [{"before": "first", "source": "print('x' * 900_000)"}] * 100
    write(folder, notebook("00-welcome", {"extra": extra}, places))
