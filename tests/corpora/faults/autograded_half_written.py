"""The autograded notebook ends in the middle: the submission is recorded again."""

WHEN = "between"


def spoil(desk):
    path = desk.autograded / "exercise.ipynb"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:1000])
