"""One of two machines goes away, worker and nanny, while it is at work: the other does it."""

import os
import signal
from contextlib import contextmanager

WHEN = "whole"


@contextmanager
def around(course, network):
    with network(workers=2) as address:
        yield ["--scheduler", address]


def work(job, ordinary, desk):
    if desk.once("machine_lost"):
        os.kill(os.getppid(), signal.SIGKILL)  # the nanny
        os.kill(os.getpid(), signal.SIGKILL)
    return ordinary()
