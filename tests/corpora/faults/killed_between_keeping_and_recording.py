"""Killed when outcomes are kept that nobody has recorded: they are not run again."""

import signal
import time

from grader import keep

WHEN = "killed"


def patch(_desk, patch):
    kept = keep.keep

    def slow(*about):
        kept(*about)
        time.sleep(0.5)  # long enough to be seen

    patch(keep, "keep", slow)


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 2)
    grader.wait_for(lambda: grader.kept_only())
    grader.end_tree(signal.SIGKILL)
