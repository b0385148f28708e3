"""Open nbgrader's gradebook again and again, and look at its tables once.

Each of nbgrader's steps opens the gradebook anew, ten times a submission: with an engine for which
every query is compiled, a look at every table, and a commit that says the course is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import nbgrader.api
from nbgrader.api import Gradebook
from sqlalchemy.orm import scoped_session, sessionmaker


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Meanwhile, a gradebook that was opened is known to have its tables and its course.

    Each step still has a connection and a session of its own, as nbgrader made them.
    """
    create_engine, opened = nbgrader.api.create_engine, Gradebook.__init__
    engine_of = cache(create_engine)  # one for all, as SQLAlchemy advises
    known: set[tuple[str, str]] = set()

    def open_again(
        self: Gradebook,
        db_url: str,
        course_id: str = "default_course",
        authenticator: Any = None,
    ) -> None:
        if (db_url, course_id) not in known:
            opened(self, db_url, course_id, authenticator)
            known.add((db_url, course_id))
            return
        self.engine = engine_of(db_url, echo=False, future=True)
        self.db = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True))
        self.course_id, self.authenticator = course_id, authenticator

    nbgrader.api.create_engine, Gradebook.__init__ = engine_of, open_again
    try:
        yield
    finally:
        nbgrader.api.create_engine, Gradebook.__init__ = create_engine, opened
