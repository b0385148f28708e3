"""The rubric has changed since: judged again, but no student code is run."""

from grader import autograde

WHEN = "changed"
IS_RUN = False


def patch(desk, patch):
    patch(autograde, "rubric_digest", lambda tasks: "another rubric")
