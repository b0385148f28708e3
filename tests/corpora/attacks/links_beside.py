"""Beside the notebook lie links: to another's files, to the secret, to a device without end, to nothing.

To have nbgrader copy what they lead to into the graded folder and the feedback, or never end.
"""

import os

from tests.attacks import notebook, write


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {}, places))
    theirs = f"../../{places['VICTIM']}/00-welcome"
    (folder / "notes.txt").symlink_to(f"{theirs}/private.txt")
    (folder / "stolen.html").symlink_to(f"{places['HOME']}/secret")
    (folder / "nothing.txt").symlink_to("no/such/file")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "folder").mkdir()
    (folder / "folder" / "secret.txt").symlink_to(f"{places['HOME']}/secret")
    (folder / "theirs").symlink_to(theirs, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
