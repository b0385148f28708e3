"""A worker is there, and never answers: that is noticed, and nobody waits for ever."""

import time
from contextlib import contextmanager

from grader import cluster

WHEN = "whole"
SAID = "nothing has ended for 3 s; what was graded is kept"


@contextmanager
def around(course, network):
    yield []


def patch(desk, patch):
    patch(cluster, "_SILENT", 3)


def work(job, ordinary, desk):
    time.sleep(1000)
