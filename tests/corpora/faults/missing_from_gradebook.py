"""A student is no longer in the gradebook, as after an older copy was put back."""

from nbgrader.api import Gradebook

WHEN = "between"


def spoil(desk):
    with Gradebook(f"sqlite:///{desk.gradebook}") as book:
        book.remove_student(desk.student)
