"""The gradebook is gone: nobody is graded, and all is as it was once its copy is back."""

from contextlib import contextmanager

WHEN = "whole"
REFUSED = "does not know 00-welcome: run nbgrader generate_assignment"


@contextmanager
def around(course, network):
    book, copy = course / "gradebook.db", course / "copy.db"
    book.rename(copy)
    yield []
    copy.rename(book)
