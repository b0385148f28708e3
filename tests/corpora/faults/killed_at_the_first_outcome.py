"""The grader and all its processes are killed as soon as one submission is graded."""

import signal

WHEN = "killed"


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 1)
    grader.end_tree(signal.SIGKILL)
