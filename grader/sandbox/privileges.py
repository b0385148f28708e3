"""Become nobody: no user's rights, no capabilities, and no way to get any."""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path

from grader.sandbox import system

NOBODY = 65534  # who root's submissions run as; an ordinary user's run as that user
_SYS_ADMIN = 21
INSIDE = 1000  # what the user and group are called inside


def is_root() -> bool:
    """Whether this is root that may build walls and become nobody; in a container, often not."""
    about = Path("/proc/self/status")
    if os.geteuid() != 0 or not about.exists():
        return False
    effective = next(line for line in about.read_text().splitlines() if line.startswith("CapEff"))
    if not int(effective.split()[1], 16) >> _SYS_ADMIN & 1:
        return False
    names = (line.split() for line in Path("/proc/self/uid_map").read_text().splitlines())
    return any(int(first) <= NOBODY < int(first) + int(count) for first, _outside, count in names)


def drop() -> None:
    """Give up root, then every capability, for this process and all that it starts."""
    if os.geteuid() == 0:
        _leave_root()
    with suppress(OSError):  # may not, or there are no more of them
        for capability in range(64):
            system.prctl(system.PR_CAPBSET_DROP, capability)
    with suppress(OSError):  # older than Linux 4.3
        system.prctl(system.PR_CAP_AMBIENT, 4)  # clear all
    version_3 = struct.pack("=Ii", 0x20080522, 0)
    system.call("capset", version_3, bytes(24))  # effective, permitted, inheritable: none
    system.prctl(system.PR_SET_NO_NEW_PRIVS, 1)


def _leave_root() -> None:
    """Be nobody outside as well: root without capabilities still owns root's files."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    system.prctl(system.PR_SET_DUMPABLE, 1)  # else root owns what describes it in /proc
    # A user namespace of its own, so that processes are counted for each submission. Some systems
    # allow it to root alone; then all of nobody's processes count together.
    with suppress(OSError):
        system.call("unshare", system.CLONE_NEWUSER)
        for name, line in (
            ("setgroups", "deny"),
            ("uid_map", f"{INSIDE} {NOBODY} 1"),
            ("gid_map", f"{INSIDE} {NOBODY} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)
