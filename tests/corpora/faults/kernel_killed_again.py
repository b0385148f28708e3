"""The kernel dies in every run: the work up to there counts, and the reason is said."""

import os
import signal

WHEN = "sandbox"
PROBLEM = "the kernel (died|did not answer)"
AGAIN = True


def strike(room):
    for process in room.inside():
        os.kill(process, signal.SIGKILL)
