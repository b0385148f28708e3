"""The kernel of a submission is killed from outside, as by a machine short of memory."""

import os
import signal

WHEN = "sandbox"


def strike(room):
    for process in room.inside():
        os.kill(process, signal.SIGKILL)
