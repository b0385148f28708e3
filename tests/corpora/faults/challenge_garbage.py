"""``challenge.json`` is garbage: nobody knows what the evidence answers, so it is run again."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "challenge.json").write_text('{"seed": ')
