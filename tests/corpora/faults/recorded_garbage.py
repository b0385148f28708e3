"""``recorded.json`` is garbage: the submission is recorded again."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "recorded.json").write_bytes(b"\xff\xfe\x00")
