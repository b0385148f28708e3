"""What Linux can do and Python's ``os`` cannot, until 3.12 or at all: calls by name or number."""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
NAMESPACES = (
    CLONE_NEWNS
    | CLONE_NEWCGROUP
    | CLONE_NEWUTS
    | CLONE_NEWIPC
    | CLONE_NEWUSER
    | CLONE_NEWPID
    | CLONE_NEWNET
)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47


def call(name: str, *arguments: object) -> int:
    """Call the C library's function ``name``; ``OSError`` where it returns -1."""
    words = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    result = int(getattr(ctypes.CDLL(None, use_errno=True), name)(*words))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: object) -> None:
    """``prctl``, its missing arguments 0 as Linux wants them; ``OSError`` if it fails."""
    call("prctl", option, *arguments, *[0] * (4 - len(arguments)))


def die_with_parent(number: int) -> None:
    """Get signal ``number`` when the parent ends, even by SIGKILL."""
    prctl(PR_SET_PDEATHSIG, number)
