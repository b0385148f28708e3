"""The process that runs a submission is killed, once: what it was running is run again."""

import os
import signal

WHEN = "running"


def work(job, ordinary, desk):
    if desk.once("worker_killed_once"):
        os.kill(os.getpid(), signal.SIGKILL)
    return ordinary()
