"""The sandbox of a submission is killed from outside, with all that is in it."""

import os
import signal

WHEN = "sandbox"


def strike(room):
    os.kill(room.bubblewrap(), signal.SIGKILL)
