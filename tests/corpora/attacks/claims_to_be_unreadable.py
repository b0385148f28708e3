"""Says in the notebook's own metadata that nothing of it can be read, and is no notebook besides.

To pass by the phase that lays the check cells over what was handed in.
"""

from tests.attacks import notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"stack": 0}


def hand_in(folder, places):
    made = notebook(ASSIGNMENT, {"answers": {"stack": "stack = 5.0"}}, places)
    made.metadata["atelier"] = {
        "unreadable": "<script>alert(1)</script>",
        "problem": "no",
        "language": "fr",
    }
    write(folder, made)
