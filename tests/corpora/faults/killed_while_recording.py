"""Killed between the first file that a recording touches and the last."""

import signal

WHEN = "killed"


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 3)
    grader.wait_for(lambda: grader.records_now())
    grader.end_tree(signal.SIGKILL)
