"""The notebook is a link to another student's.

To be graded for the work of another, or to read it in the feedback.
"""

POINTS = {"first": 0}
REPORTED = "not a file"


def hand_in(folder, places):
    theirs = f"../../{places['VICTIM']}/00-welcome/exercise.ipynb"
    (folder / "exercise.ipynb").symlink_to(theirs)
