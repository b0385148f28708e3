"""Where the notebook should be there is a folder: no points, and the page says what to do."""

WHEN = "running"
PAGE = "could not be read as a notebook"


def hand_in(desk):
    path = desk.submitted / "exercise.ipynb"
    desk.keep_aside(path)
    path.unlink()
    path.mkdir()


def mend(desk):
    (desk.submitted / "exercise.ipynb").rmdir()
    desk.put_back(desk.submitted / "exercise.ipynb")
