"""No sandbox stands on any machine: everybody is told why, and nothing is run."""

from contextlib import contextmanager

from grader.sandbox.view import NoSandbox

WHEN = "whole"
SAID = "no user namespaces here"


@contextmanager
def around(course, network):
    yield []


def work(job, ordinary, desk):
    raise NoSandbox("no user namespaces here")
