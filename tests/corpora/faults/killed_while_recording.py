"""Killed between the first file that a recording touches and the last."""

import signal
import time

from grader import keep

WHEN = "killed"


def patch(_desk, patch):
    write = keep.write

    def slow(path, data):
        if path.name == keep.RECORDED:
            time.sleep(0.5)  # long enough to be seen
        return write(path, data)

    patch(keep, "write", slow)


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 3)
    grader.wait_for(lambda: grader.records_now())
    grader.end_tree(signal.SIGKILL)
