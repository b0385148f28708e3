"""The scheduler stands, and no worker ever comes."""

from contextlib import contextmanager

from grader import cluster

WHEN = "whole"
SAID = "no worker has been there for 2 s; what was graded is kept"


@contextmanager
def around(course, network):
    with network(workers=0) as address:
        yield ["--scheduler", address]


def patch(desk, patch):
    patch(cluster, "_WITHOUT_WORKERS", 2)
