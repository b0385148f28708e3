"""``outcome.json`` is JSON, but not what we write."""

WHEN = "between"


def spoil(desk):
    (desk.evidence / "outcome.json").write_text('["key", {"cells": 3}]')
