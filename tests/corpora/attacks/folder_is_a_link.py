"""A language's folder is a link to another student's submission, beside an empty notebook.

To be graded for the work of another.
"""

from tests.attacks import notebook, write

POINTS = {"first": 0}


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"answers": {"first": "first = ..."}}, places))
    (folder / "fr").symlink_to(f"../../{places['VICTIM']}/00-welcome", target_is_directory=True)
    (folder / "zh").symlink_to("zh")
