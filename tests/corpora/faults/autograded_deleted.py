"""The autograded folder is gone: the submission is recorded again."""

import shutil

WHEN = "between"


def spoil(desk):
    shutil.rmtree(desk.autograded)
