"""Ask a template for processes: the owner's side of ``course.warm.template``.

A process has one template at a time. One that was started for another environment is told that
nothing more will be asked of it, and ends with the last of its processes; all end with the owner.
An owner may share its template with processes that it starts: what was forked for one of those
ends with that one, at the latest with the owner.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

START_SECONDS = 180
FORK, SHARE = b"+", b"="  # what a template is asked for
# What differs from one kernel to the next, and matters to no library that is imported early.
_OWN = ("JPY_", "IPYTHON", "ATELIER_", "PYTEST_")
_GPUS = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")


class CannotFork(Exception):
    """Why a process is not forked; it has to be started as any other."""


def obstacle(environment: Mapping[str, str]) -> str | None:
    """Why forking is not safe on this machine, or None."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "this system cannot fork a process that has loaded TensorFlow"
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return "this Linux is older than 5.3"
    hidden = environment.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
    if not hidden and any(Path(device).exists() for device in _GPUS):
        return "a GPU cannot be shared with a forked process"
    return None


class Forked:
    """A process of a template's, with as much of ``subprocess.Popen`` as a provisioner uses.

    It is killed when this object goes away.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, channel: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._channel = channel

    def _read(self, flags: int) -> int | None:
        if self.returncode is None:
            try:
                said = self._channel.recv(64, flags)
            except BlockingIOError:
                return None
            self.returncode = int(said or -signal.SIGKILL)  # nothing: the template was killed
            self._channel.close()
        return self.returncode

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while the process runs."""
        return self._read(socket.MSG_DONTWAIT)

    def wait(self) -> int | None:
        """The exit status, once there is one."""
        if self.returncode is None:
            self._channel.setblocking(True)
        return self._read(0)

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


class Template:
    """A process that forks when asked, and how to ask it: ``started`` by this one, or by another
    that shares it (``joined``)."""

    def __init__(self, requests: socket.socket, process: subprocess.Popen[bytes] | None) -> None:
        self.process = process  # None if another process started it
        self._requests = requests
        self._has_forked = False
        self._is_gone = False

    @classmethod
    def started(
        cls, options: Sequence[str], environment: Mapping[str, str], modules: Sequence[str] = ()
    ) -> Template:
        """A new one, which imports the libraries, and ``modules``, at once."""
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            words = ("-m", "course.warm.template", str(number), str(os.getpid()), *modules)
            process = subprocess.Popen(
                [sys.executable, *options, *words],
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                pass_fds=[number],
                start_new_session=True,  # a terminal's Ctrl-C is for the owner
            )
        return cls(ours, process)

    @classmethod
    def joined(cls, path: Path) -> Template:
        """The one that is shared at ``path``. Raises ``OSError`` if there is none."""
        ours = socket.socket(socket.AF_UNIX)
        try:
            ours.connect(str(path))
        except BaseException:
            ours.close()
            raise
        return cls(ours, None)

    def share(self, path: Path) -> None:
        """Let others join at ``path``, a name for a socket. Whoever can reach it can run anything
        in this user's name: it belongs into a folder that nobody else may enter.

        Raises ``OSError`` if there can be no socket, as where the name is too long.
        """
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
            listening.listen()
            socket.send_fds(self._requests, [SHARE], [listening.fileno()])

    def has_died(self) -> bool:
        """Whether another could do better: one that never forked could not import something."""
        if self.process is None:
            return self._is_gone
        return self._has_forked and self.process.poll() is not None

    def has_ended(self) -> bool:
        """Whether nothing is left of the process."""
        return self.process is None or self.process.poll() is not None

    def retire(self) -> None:
        """Ask for nothing more."""
        self._requests.close()

    async def fork(self, request: Mapping[str, object], stdout: int, stderr: int) -> Forked:
        """A process for ``request``, once the libraries are there. Raises ``CannotFork``."""
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        try:
            with theirs:
                ours.send(json.dumps(request).encode())
                socket.send_fds(self._requests, [FORK], [theirs.fileno(), stdout, stderr])
            loop = asyncio.get_running_loop()
            said = await asyncio.wait_for(loop.sock_recv(ours, 200), START_SECONDS)
        except (OSError, TimeoutError) as error:
            ours.close()
            self._is_gone = True
            raise CannotFork(f"its template does not answer ({error!r})") from error
        except BaseException:
            ours.close()
            raise
        if not said.isdigit():
            ours.close()
            self._is_gone = not said
            raise CannotFork(said.decode() or "its template did not start")
        self._has_forked = True
        return Forked(int(said), ours)


_lock = threading.Lock()
_current: tuple[object, Template] | None = None
_retired: list[Template] = []


def template(
    options: Sequence[str],
    environment: Mapping[str, str],
    modules: Sequence[str] = (),
    shared: Path | None = None,
) -> Template:
    """This process's template for interpreter ``options`` and ``environment``, started if need be.

    ``modules`` are imported beside the libraries: as they are then, every fork has them. One that
    is ``shared`` at a path, by a process that started this one, stands for it while it lives.
    Raises ``CannotFork`` where forking is not safe.
    """
    global _current
    reason = obstacle(environment)
    if reason is not None:
        raise CannotFork(reason)
    common = {name: value for name, value in environment.items() if not name.startswith(_OWN)}
    key = (os.getpid(), tuple(options), common, tuple(modules), shared)
    with _lock:
        _retired[:] = [old for old in _retired if not old.has_ended()]
        if _current is not None and (_current[0] != key or _current[1].has_died()):
            _current[1].retire()
            _retired.append(_current[1])
            _current = None
        if _current is None:
            _current = key, _joined(shared) or Template.started(options, common, modules)
        return _current[1]


def _joined(path: Path | None) -> Template | None:
    """The template at ``path``; None if there is none, or none any more."""
    try:
        return None if path is None else Template.joined(path)
    except OSError:
        return None
