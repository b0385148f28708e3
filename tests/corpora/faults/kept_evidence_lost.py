"""A file of kept evidence is gone: that costs no points, the submission is run again."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "00-welcome.first.json").unlink()
