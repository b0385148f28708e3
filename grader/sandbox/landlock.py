"""A second wall around files and processes, where Linux has Landlock (5.13, better from 6.12).

It stands behind the mount namespace: no writing outside the places that are there for it, even if
a mount could be changed, and no tracing or signals beyond the submission's own processes. For an
ordinary user that matters: the process that keeps the sandbox open runs as the same user.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import system

# Alike on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_WRITES = sum(1 << bit for bit in (1, *range(4, 13)))  # write, remove and make
_REFER, _TRUNCATE = 1 << 13, 1 << 14  # rename between folders, and cut short
_SCOPES = 0b11  # abstract sockets and signals


def restrict(places: Iterable[Path]) -> None:
    """Let this process and all that it starts write in ``places`` only.

    Needs "no new privileges". ``OSError`` where there is no Landlock.
    """
    version = system.call("syscall", _CREATE_RULESET, None, 0, 1)
    writes = _WRITES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    # files, network, scopes; older kernels know only the first
    rules = struct.pack("=QQQ", writes, 0, _SCOPES) if version >= 6 else struct.pack("=Q", writes)
    ruleset = system.call("syscall", _CREATE_RULESET, rules, len(rules), 0)
    try:
        for place in places:
            folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
            try:
                beneath = struct.pack("=Qi", writes, folder)
                system.call("syscall", _ADD_RULE, ruleset, 1, beneath, 0)
            finally:
                os.close(folder)
        system.call("syscall", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
