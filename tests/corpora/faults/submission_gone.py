"""What somebody handed in is gone after it was graded: their result stays."""

WHEN = "between"
SAID = "no exercise.ipynb was handed in"


def spoil(desk):
    desk.keep_aside(desk.submitted / "exercise.ipynb")
    (desk.submitted / "exercise.ipynb").unlink()


def mend(desk):
    desk.put_back(desk.submitted / "exercise.ipynb")
