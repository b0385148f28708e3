"""``outcome.json`` is empty, as a power cut leaves files: the submission is run again."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "outcome.json").write_bytes(b"")
