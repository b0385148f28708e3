"""Edits, duplicates, deletes and re-orders the check cells, and prints points of its own.

To have its own check cells run instead of those that were handed out.
"""

from copy import deepcopy

from tests.attacks import notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0}


def hand_in(folder, places):
    made = notebook(ASSIGNMENT, {"answers": {"stack": "stack = 5.0"}}, places)
    named = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in made.cells}
    named["check-stack"].source = "5.0"
    named["check-counting"].source = "raise SystemExit"
    twins = [deepcopy(named["check-stack"]) for _ in range(3)]
    for number, twin in enumerate(twins):
        twin["id"], twin.source = f"twin{number}", "100.0"
    checks = [c for c in made.cells if c is named["check-features"] or c is named["check-stack"]]
    made.cells = [*twins, *checks, *(c for c in made.cells if not any(c is d for d in checks))]
    write(folder, made)
