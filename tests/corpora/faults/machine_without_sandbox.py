"""On one of two machines no sandbox stands, so it answers at once: the other runs the class."""

import os
from contextlib import contextmanager

from grader.sandbox.view import NoSandbox

WHEN = "whole"


@contextmanager
def around(course, network):
    with network(workers=2) as address:
        yield ["--scheduler", address]


def work(job, ordinary, desk):
    if os.environ["FAULTY_WORKER"] == "0":
        raise NoSandbox("no user namespaces here")
    return ordinary()
