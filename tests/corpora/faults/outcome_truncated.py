"""``outcome.json`` ends in the middle: the submission is run again."""

WHEN = "between"


def spoil(desk):
    path = desk.evidence / "outcome.json"
    path.write_bytes(path.read_bytes()[:500])
