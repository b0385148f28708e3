"""Kept evidence lost its end: that costs no points, the submission is run again."""

WHEN = "between"


def spoil(desk):
    path = desk.evidence / "00-welcome.first.npz"
    path.write_bytes(path.read_bytes()[:-20])
    (desk.evidence / "recorded.json").unlink()
