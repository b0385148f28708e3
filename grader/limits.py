"""Limit what a process may use, then become the program that it was asked to run.

``python -m grader.limits PROGRAM ARGUMENT...``: the first thing that runs inside the sandbox.
"""

from __future__ import annotations

import os
import resource
import sys

_GIB = 2**30
LIMITS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_CPU: 900,  # seconds, over all threads
    resource.RLIMIT_FSIZE: _GIB // 4,
    resource.RLIMIT_NOFILE: 1024,
    resource.RLIMIT_NPROC: 512,  # threads count
    resource.RLIMIT_DATA: 6 * _GIB,
}


def main() -> None:
    """Set the limits for good (hard limits too), then run the rest of the command line."""
    for limit, value in LIMITS.items():
        _soft, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(limit, (value, value))
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
