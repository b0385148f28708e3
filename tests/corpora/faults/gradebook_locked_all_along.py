"""Another program never lets go of the gradebook: said in a sentence, after a while."""

import sqlite3
from contextlib import contextmanager

from grader import autograde

WHEN = "whole"
REFUSED = "the gradebook cannot be read: another program has kept the gradebook locked for 1 s"


@contextmanager
def around(course, network):
    book = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    book.execute("BEGIN EXCLUSIVE")
    yield []
    book.execute("ROLLBACK")
    book.close()


def patch(desk, patch):
    patch(autograde, "_LOCKED_SECONDS", 1)
