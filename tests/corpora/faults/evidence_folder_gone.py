"""Somebody deleted the folder of evidence."""

import shutil

WHEN = "between"


def spoil(desk):
    shutil.rmtree(desk.evidence)
