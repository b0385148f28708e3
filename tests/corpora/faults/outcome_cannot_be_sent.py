"""What came out of a submission cannot be pickled."""

import threading
from dataclasses import replace

WHEN = "running"
SAID = "Could not serialize"


def work(job, ordinary, desk):
    return replace(ordinary(), problem=threading.Lock())
