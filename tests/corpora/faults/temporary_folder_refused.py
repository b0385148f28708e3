"""Nothing can be written where temporary files go: said before anything is run."""

import errno
import tempfile
from contextlib import contextmanager

WHEN = "whole"
SAID = "no workers can be started here .*TMPDIR"


@contextmanager
def around(course, network):
    yield []


def patch(desk, patch):
    def full(*_arguments, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    patch(tempfile, "mkdtemp", full)
