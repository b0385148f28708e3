"""Files whose names hold terminal codes, scripts, quotes, parents of folders, and other exercises.

To run on the teacher's terminal or page, or to have another file graded.
"""

from tests.attacks import notebook, write


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {}, places))
    for name in ("\x1b[2J\x1b[31m.txt", "<img src=x onerror=alert(1)>.txt", "a\nb.txt", "..txt",
                 "$(touch evil).txt", "exercise.ipynb.ipynb", "other.ipynb", "-rf", "exercise .ipynb"):  # fmt: skip
        (folder / name).write_text("{}")
    (folder / "source").mkdir()
    (folder / "source" / "gradebook.db").write_text("x")
