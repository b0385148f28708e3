"""Files that a killed run left half-written lie about: they count for nothing."""

WHEN = "between"


def spoil(desk):
    for name in ("outcome.unfinished", "recorded.unfinished", "verdicts.unfinished"):
        (desk.evidence / name).write_text('{"key": "')
    (desk.evidence / "recorded.json").unlink()
