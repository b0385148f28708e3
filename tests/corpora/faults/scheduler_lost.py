"""The scheduler dies while submissions run."""

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

WHEN = "whole"
SAID = "the scheduler was lost; what was graded is kept"


@contextmanager
def around(course, network):
    with network(workers=1) as address:
        yield ["--scheduler", address]


def work(job, ordinary, desk):
    os.kill(int(Path(os.environ["FAULTY_SCHEDULER"]).read_text()), signal.SIGKILL)
    time.sleep(3)
    return ordinary()
