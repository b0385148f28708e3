"""The grader is asked to end (SIGTERM), as when a machine is shut down."""

import signal

WHEN = "killed"


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 5)
    grader.end_tree(signal.SIGTERM)
