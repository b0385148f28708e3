"""Another version of a package is installed: what ran with the old one is run again."""

from grader import run

WHEN = "changed"
IS_RUN = True


def patch(desk, patch):
    before = dict(run.environment())
    patch(run, "environment", lambda: {**before, "keras": "9.9"})
