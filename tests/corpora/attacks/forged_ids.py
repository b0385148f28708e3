"""Cells that claim other ids, points, types and schemas, before and behind the real ones.

To earn points with cells of its own, or to abort the grading of the class.
"""

import nbformat

from tests.attacks import notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0}
_CLAIMS = (
    {"grade_id": "check-stack", "grade": True, "points": 100, "solution": True, "locked": False},
    {"grade_id": "check-stack", "grade": True, "points": -5, "schema_version": 99},
    {"grade_id": "stack", "grade": True, "points": "many", "task": True, "schema_version": 0},
    {"grade_id": "", "grade": True, "points": 100},
    {"grade_id": "new", "grade": True, "points": 100, "solution": False, "schema_version": 3},
    {"grade_id": ["stack"]},
    {"grade_id": "../../x"},
    "stack",
    None,
    7,
)


def hand_in(folder, places):
    made = notebook(ASSIGNMENT, {"answers": {"stack": "stack = 5.0"}}, places)
    for number, claim in enumerate(_CLAIMS):
        cell = nbformat.v4.new_code_cell("100.0", metadata={"nbgrader": claim})
        cell["id"] = "same"
        cell.metadata["atelier"] = {"answer": ["stack"], "points": 100}
        made.cells.insert(number if number % 2 else len(made.cells), cell)
    made.metadata["nbgrader"] = {"points": 100}
    made.metadata["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "x"}
    write(folder, made)
