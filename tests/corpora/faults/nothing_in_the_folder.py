"""A folder was handed in with nothing in it."""

WHEN = "running"
SAID = "no exercise.ipynb was handed in, but nothing"


def hand_in(desk):
    desk.keep_aside(desk.submitted / "exercise.ipynb")
    (desk.submitted / "exercise.ipynb").unlink()


def mend(desk):
    desk.put_back(desk.submitted / "exercise.ipynb")
