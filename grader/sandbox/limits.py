"""What each process in the sandbox may use, for good. ``watch`` holds their sum to account."""

from __future__ import annotations

import resource

GIB = 2**30
LIMITS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_CPU: 900,  # seconds, over all threads of a process
    resource.RLIMIT_FSIZE: GIB // 4,
    resource.RLIMIT_NOFILE: 1024,
    # Threads count. In a user namespace of its own (``privileges``) nobody else's do. It is twice
    # what ``watch`` allows, which ends what goes on and on to start processes.
    resource.RLIMIT_NPROC: 1024,
    resource.RLIMIT_DATA: 6 * GIB,
}


def set_limits() -> None:
    """Set soft and hard limits; one that was lower already stays."""
    for limit, value in LIMITS.items():
        _soft, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(limit, (value, value))
