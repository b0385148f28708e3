"""Somebody clears the folder for temporary files: workers end, and what they ran is named."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import distributed

from grader import cluster

WHEN = "whole"
SAID = "no worker has been there for 5 s"
MAY_BE_GRADED = True


@contextmanager
def around(course, network):
    yield []


def patch(desk, patch):
    patch(cluster, "_WITHOUT_WORKERS", 5)


def work(job, ordinary, desk):
    shutil.rmtree(Path(distributed.get_worker().local_directory).parent, ignore_errors=True)
    return ordinary()
