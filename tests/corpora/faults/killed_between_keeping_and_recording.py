"""Killed when outcomes are kept that nobody has recorded: they are not run again."""

import signal

WHEN = "killed"


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 2)
    grader.wait_for(lambda: grader.kept_only())
    grader.end_tree(signal.SIGKILL)
