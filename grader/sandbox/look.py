"""What a program in the sandbox finds: ``python -m grader.sandbox.look`` prints it as JSON.

Its one argument is JSON too: what lies outside and must not be found (``grader.sandbox.walls``).
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.sandbox.limits import LIMITS

_CAPABILITIES = ("Eff", "Prm", "Inh", "Amb")


def _fails(action: Callable[[], object]) -> bool:
    try:
        action()
    except (OSError, MemoryError):
        return True
    return False


def _connect(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        pass


def _environment(process: str) -> str:
    """What a process was started with, as far as that may be read."""
    try:
        return Path("/proc", process, "environ").read_text(errors="replace")
    except OSError:
        return ""


def _is_sized(place: str, most: int) -> bool:
    about = os.statvfs(place)
    return 0 < about.f_blocks * about.f_frsize <= most


def look(outside: dict[str, Any]) -> dict[str, bool]:
    """Each wall by its name, and whether it stands."""
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    seen = {name for name in os.listdir("/proc") if name.isdigit()}
    me = str(os.getpid())
    return {
        "network": _fails(lambda: _connect(outside["port"])),
        "other files": not any(os.path.exists(path) for path in outside["hidden"]),
        "read-only": all(_fails(Path(p, "x").touch) for p in outside["frozen"]),
        "own folder": not _fails(Path("x").touch),
        "size of the own folder": all(_is_sized(*place) for place in outside["places"]),
        "other processes": me in seen and len(seen) <= 3 and os.getppid() <= 1,
        "open files": len(os.listdir("/proc/self/fd")) <= 4,  # one is the listing itself
        "no capabilities": not any(int(status[f"Cap{kind}"], 16) for kind in _CAPABILITIES),
        "no new privileges": status["NoNewPrivs"] == "1",
        "limits": all(resource.getrlimit(k)[1] <= most for k, most in LIMITS.items()),
        "environment": not any("ATELIER_SECRET" in _environment(name) for name in seen),
        # not held by the user's name, which is the same for an ordinary user
        "signals to others": _fails(lambda: os.kill(1, 0)),
        "forbidden system calls": status.get("Seccomp") == "2",
    }


if __name__ == "__main__":
    print(json.dumps(look(json.loads(sys.argv[1]))))
