"""The gradebook is no database: nobody is graded, and nothing is written into it."""

from contextlib import contextmanager

WHEN = "whole"
REFUSED = "the gradebook cannot be read: .*file is not a database"


@contextmanager
def around(course, network):
    book, copy = course / "gradebook.db", course / "copy.db"
    book.rename(copy)
    book.write_bytes(b"this is no gradebook " * 1000)
    yield []
    assert book.read_bytes().startswith(b"this is no")
    copy.rename(book)
