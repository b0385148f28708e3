"""The autograded notebook is somebody else's: the submission is recorded again."""

WHEN = "between"


def spoil(desk):
    path = desk.autograded / "exercise.ipynb"
    path.chmod(0o644)
    path.write_bytes((desk.other("s01").autograded / "exercise.ipynb").read_bytes())
