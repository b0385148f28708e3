"""Try every wall on this machine, and refuse to grade where one is missing that grading needs."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import course
import grader
from course.warm.fork import CannotFork
from grader.sandbox import start, view
from grader.sandbox.room import UNSAFE, Room, unsafe
from grader.sandbox.view import NoSandbox

_MOST_BYTES = 10_000
# Second lines: grading goes on without them, and ``grader doctor`` says that they are missing.
# Root of a container that may not become nobody is the last: its rights end at the container.
_SECOND = ("forbidden system calls", "signals to others", "not root")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wall:
    """One wall of the sandbox, and whether it stands on this machine."""

    name: str
    stands: bool
    detail: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether grading refuses without it."""
        return self.name not in _SECOND


def walls(*, is_warm: bool) -> list[Wall]:
    """Every wall around a warm or a cold kernel; if nothing starts, only why."""
    with (
        tempfile.NamedTemporaryFile(prefix="atelier-secret-") as secret,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        outside = _outside(secret.name, server.getsockname()[1])
        try:
            found = _found(outside, is_warm=is_warm)
        except (NoSandbox, CannotFork) as problem:
            return [Wall("start", False, str(problem))]
        except (OSError, ValueError) as problem:
            return [Wall("start", False, f"{type(problem).__name__}: {problem}")]
    return [Wall("start", True), *(Wall(wall, bool(stands)) for wall, stands in found.items())]


def _outside(secret: str, port: int) -> dict[str, object]:
    """What is there and must not be found, or must not be changed."""
    packages = [str(Path(module.__path__[0]).resolve()) for module in (course, grader)]
    private = [secret, str(Path(packages[0]).parent / "solutions"), "/root", "/etc/passwd"]
    seen = (sys.prefix, sys.base_prefix, *packages)
    return {
        "port": port,
        "hidden": [path for path in private if not any(p.startswith(path) for p in seen)],
        "frozen": [*packages, sys.prefix, "/usr", "/", "/dev"],
        "places": list(view.PLACES.items()),
    }


def _found(outside: dict[str, object], *, is_warm: bool) -> dict[str, bool]:
    with tempfile.TemporaryFile() as said, mock.patch.dict(os.environ, {"ATELIER_SECRET": "1"}):
        with Room(said.fileno()) as room:
            words = ["grader.sandbox.look", json.dumps(outside)]
            start.run(room, words, {}, said.fileno(), is_warm=is_warm)
            # Whose it is from outside: root inside a sandbox is root.
            is_root = (room.outside / "x").exists() and os.stat(room.outside / "x").st_uid == 0
        said.seek(0)
        lines = said.read(_MOST_BYTES).decode(errors="replace").splitlines()
        try:
            return {**json.loads(lines[-1]), "not root": not is_root}
        except (IndexError, ValueError):
            raise NoSandbox(" ".join(lines)[-500:] or "nothing runs in it") from None


@cache  # once a process is enough
def fallen(*, is_warm: bool) -> str:
    """The walls that grading needs and that do not stand, as a text; empty if all do."""
    missing = [wall for wall in walls(is_warm=is_warm) if wall.is_needed and not wall.stands]
    named = "; ".join(f"{w.name}: {w.detail}" if w.detail else w.name for w in missing)
    if is_warm and named:
        log.warning("Kernels start cold: %s", named)
    return named


def can_be_warm() -> bool:
    """Whether all that stands around a cold kernel stands around a warm one; if not, says why."""
    return not unsafe() and not fallen(is_warm=True)


def require() -> None:
    """Raise ``NoSandbox`` unless every wall stands or the instructor chose to do without."""
    if unsafe():
        return
    missing = fallen(is_warm=False)
    if missing:
        raise NoSandbox(
            f"student code cannot be locked up here ({missing}). On Linux, allow unprivileged user "
            "namespaces (sysctl kernel.unprivileged_userns_clone=1, or "
            "kernel.apparmor_restrict_unprivileged_userns=0), or grade inside a machine that has "
            f"them. To grade without walls all the same, at your own risk, set {UNSAFE}=1."
        )
