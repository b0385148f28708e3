"""A submission kills every process that runs it: it is given up, and its neighbours are graded."""

import os
import signal

WHEN = "running"
SAID = "died again and again, and once more when it ran alone"


def work(job, ordinary, desk):
    os.kill(os.getpid(), signal.SIGKILL)
