"""The notebook was handed in under another name, which a browser gave it."""

WHEN = "running"
SAID = r"no exercise\.ipynb was handed in, but exercise \(1\)\.ipynb"


def hand_in(desk):
    (desk.submitted / "exercise.ipynb").rename(desk.submitted / "exercise (1).ipynb")


def mend(desk):
    (desk.submitted / "exercise (1).ipynb").rename(desk.submitted / "exercise.ipynb")
