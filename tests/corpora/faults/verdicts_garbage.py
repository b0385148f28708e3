"""``verdicts.json`` is garbage: the submission is judged again."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "verdicts.json").write_text("{'first':")
