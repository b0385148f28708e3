"""A sandbox that stands, with a folder of its own that can be reached from outside.

The folder lies in memory, inside the sandbox only. From outside it is reached through an open
file, never through a path that student code could have changed, and outlives the sandbox until
the room is closed: what is to be kept is read when nothing runs any more.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import grader
from grader.sandbox import view
from grader.sandbox.inside import ALONE, READY
from grader.sandbox.view import NoSandbox

UNSAFE = "ATELIER_UNSAFE"
START_SECONDS = 60
# The first process in a room. To find installed packages would take a quarter of a room's start.
_FIRST = (
    *("-I", "-S", "-B", "-c"),
    f"import sys; sys.path.append({str(Path(grader.__path__[0]).resolve().parent)!r}); "
    "from grader.sandbox.inside import main; main()",
)


def unsafe() -> bool:
    """Whether the instructor explicitly asked to run student code without walls."""
    return os.environ.get(UNSAFE) == "1"


class Room:
    """One sandbox. All in it ends with ``end``, with its first process, or with whoever made it.

    That is the thread, not only the process: a room does not outlive the thread that made it.

    ``home`` is the own folder as it is called inside; ``outside`` the same folder from outside.
    Without walls (``unsafe``) they are one, a temporary folder.
    """

    def __init__(self, stdout: int = subprocess.DEVNULL) -> None:
        """Build the walls; raises ``NoSandbox`` where they do not stand.

        ``stdout`` is the file that becomes the standard output and error of what is executed.
        """
        self.has_walls = not unsafe()
        self.home = view.HOME if self.has_walls else Path(tempfile.mkdtemp(prefix="atelier-"))
        self.settings = view.settings(self.home)
        argv = self._command()  # raises where nothing could be built
        self._opened: list[int] = []
        self._init: int | None = None  # what all processes inside end with
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(START_SECONDS)
        if self.has_walls:
            self._channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    argv,
                    stdin=theirs.fileno(),
                    stdout=stdout,
                    stderr=subprocess.PIPE,
                    cwd="/" if self.has_walls else self.home,
                    env={},  # bubblewrap's own is in /proc inside, for who may read it
                    start_new_session=True,  # a terminal's Ctrl-C is for the grader
                )
        except OSError as error:
            self._channel.close()
            raise NoSandbox(f"{type(error).__name__}: {error}") from error
        try:
            self.first = self._wait_for_first()
            self._init = self._watch_init()
            self.outside = self._open(str(self.home))
            self.processes = self._open("/proc")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Room:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, where: TracebackType | None
    ) -> None:
        self.close()

    def _command(self) -> Sequence[str]:
        first = [sys.executable, *_FIRST]
        if self.has_walls:
            return view.command(first, self.settings)
        pairs = [f"{name}={value}" for name, value in self.settings.items()]
        return ["/usr/bin/env", "-i", *pairs, *first, ALONE]

    def _wait_for_first(self) -> int:
        """The number of the first process, once it has locked itself up.

        The kernel says it, with the process's first word: inside it has another number.
        """
        if not self.has_walls:
            said, process = self._channel.recv(1), self._process.pid
        else:
            credentials = struct.Struct("3i")
            said, about, *_ = self._channel.recvmsg(1, socket.CMSG_SPACE(credentials.size))
            process = credentials.unpack(about[0][2])[0] if about else 0
        if said != READY:
            self.end()
            assert self._process.stderr is not None
            reason = self._process.stderr.read().decode(errors="replace").strip()
            raise NoSandbox(reason[-500:] or "the sandbox does not start")
        return process

    def _watch_init(self) -> int | None:
        """The namespace's first process, bubblewrap's own, as an open file."""
        if not self.has_walls:
            return None
        about = Path(f"/proc/{self.first}/status").read_text().splitlines()
        parent = next(line for line in about if line.startswith("PPid:"))
        self._opened.append(os.pidfd_open(int(parent.split()[1])))
        return self._opened[-1]

    def _open(self, path: str) -> Path:
        """A folder inside, as an open file of this process: a name that stays what it is."""
        if not self.has_walls:
            return Path(path)
        number = os.open(f"/proc/{self.first}/root{path}", os.O_PATH | os.O_DIRECTORY)
        self._opened.append(number)
        return Path(f"/proc/self/fd/{number}")

    # -- before anything runs ------------------------------------------------------------------

    def put(self, name: str, content: bytes) -> None:
        """Write a file into the own folder; who is inside can read it."""
        with (self.outside / name).open("xb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)

    def make_folder(self, name: str) -> None:
        """Make a folder in the own folder; who is inside can write in it."""
        (self.outside / name).mkdir()
        (self.outside / name).chmod(0o777)

    def execute(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        """Let the first process become a program; ``environment`` is added to what it has."""
        asked = {"words": list(words), "environment": dict(environment)}
        self._channel.send(json.dumps(asked).encode())

    # -- while it runs -------------------------------------------------------------------------

    def poll(self) -> int | None:
        """The exit status of the first process; None while the room stands."""
        return self._process.poll()

    def wait(self) -> int:
        """The exit status of the first process, once there is one."""
        return self._process.wait()

    def end(self) -> None:
        """End everything that runs inside, and wait for its end."""
        with suppress(OSError):  # nothing is left to kill
            if self._init is not None:
                # It ends when the last process inside has, and bubblewrap outside after it.
                signal.pidfd_send_signal(self._init, signal.SIGKILL)
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    # -- afterwards ----------------------------------------------------------------------------

    def read(self, name: str, most: int) -> bytes | None:
        """At most ``most`` bytes of a file in the own folder; None if no plain file is there.

        No link is followed, in any part of the name: it could lead to what others handed in.
        """
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        place = os.open(self.outside, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in Path(name).parts:
                inner = os.open(part, flags, dir_fd=place)
                os.close(place)
                place = inner
            if not stat.S_ISREG(os.fstat(place).st_mode):
                return None
            with os.fdopen(os.dup(place), "rb") as file:
                return file.read(most)
        except OSError:
            return None
        finally:
            os.close(place)

    def close(self) -> None:
        """End everything, and let go of the folder."""
        self.end()
        self._channel.close()
        if self._process.stderr is not None:
            self._process.stderr.close()
        for number in self._opened:
            os.close(number)
        self._opened.clear()
        if not self.has_walls:
            shutil.rmtree(self.home, ignore_errors=True)
