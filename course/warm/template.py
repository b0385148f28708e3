"""The process that warm kernels are forked from.

``python -m course.warm.template SOCKET OWNER MODULE...`` imports the libraries and the modules,
runs none of their operations, and has one thread whenever it forks. ``SOCKET`` is the number of an
inherited socket, ``OWNER`` the process at its other end (``course.warm.fork``). Nothing of it is
in the file system.

A request is one byte with three file descriptors: a channel, and what becomes standard output and
standard error of the new process. Another byte comes with a listening socket: who connects to that
may ask as well. The channel holds one JSON object: ``module`` and ``arguments``
to run as ``python -m`` does, ``environment`` and ``folder``. What comes back is the number of the
process, or why there is none; later its exit status, as ``subprocess`` counts it. When the owner
closes the channel, the process and its group are killed; only then its number is given back to
the system, so no signal of the owner can hit somebody else.

The module is the request's choice: one that locks itself up and then runs a kernel needs nothing
more from here. It starts with one thread, in a session of its own, before IPython.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from course import quiet  # noqa: F401  importing TensorFlow is to write nothing but errors
from course.warm.fork import SHARE

# None that looks for a running kernel when it is imported, as ipywidgets and inline backends do.
LIBRARIES = (
    "tensorflow",
    "keras",
    "matplotlib.pyplot",
    "sklearn.datasets",
    "PIL.Image",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    # what a kernel imports when it starts
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    # what IPython imports when a cell raises
    "stack_data",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
)
_MOST_BYTES = 2**20  # of a request
# Authors edit them while kernels come and go: only those that are named stay.
_OURS = {"course", "grader", "solutions"}
_INLINE = "module://matplotlib_inline.backend_inline"


# -- before the first request ------------------------------------------------------------------


class _Standard:
    """Stands for ``sys.stdout`` or ``sys.stderr``, whichever object that is when it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        stream = getattr(sys, self._name)
        return getattr(getattr(sys, f"__{self._name}__") if stream is self else stream, attribute)

    def close(self) -> None:
        """Nothing: absl closes what it logs to, unless it knows it for a standard stream."""


@contextmanager
def _no_longer_than(owner: int) -> Iterator[None]:
    """End with process ``owner`` while something slow is going on; looked at once a second."""
    signal.signal(signal.SIGALRM, lambda *_: os.getppid() == owner or os._exit(0))
    signal.siginterrupt(signal.SIGALRM, False)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """What libraries look at when they are imported, as they would find it in a kernel."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel: end with this process
    os.environ.setdefault("MPLBACKEND", _INLINE)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # ipykernel's debugger: not to say so
    # TensorFlow logs to the notebook's standard output if somebody seems to be typing.
    here: Any = sys
    here.stdout, here.stderr, here.ps1 = _Standard("stdout"), _Standard("stderr"), "In : "
    try:
        yield
    finally:
        del here.ps1
        here.stdout, here.stderr = sys.__stdout__, sys.__stderr__


def _forget_ours() -> None:
    """Let each kernel import this checkout as it then is."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if type(finder).__module__.partition(".")[0] not in _OURS
    ]


def _preload(modules: Sequence[str]) -> dict[str, str]:
    """Import the libraries, then ``modules``; what they add to the environment."""
    before = {*os.environ, "JPY_PARENT_PID", "MPLBACKEND", "PYDEVD_DISABLE_FILE_VALIDATION"}
    if not sys.flags.safe_path:
        del sys.path[0]  # each process gets its own
    with _as_in_a_kernel():
        for name in LIBRARIES:
            importlib.import_module(name)
            if name == "keras":
                _forget_ours()  # before matplotlib, for which course lies in wait too
        for name in modules:
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # collecting garbage would write to, hence copy, pages that are shared
    # OpenBLAS ends its threads when a process forks, and starts them when they are needed.
    trial = os.fork()
    if trial == 0:
        os._exit(0)
    os.waitpid(trial, 0)
    return {name: value for name, value in os.environ.items() if name not in before}


# -- forking -----------------------------------------------------------------------------------


@dataclass(eq=False)
class _Process:
    """A forked process, from the start until it has ended and the owner has let go of it."""

    pid: int
    handle: int  # becomes readable when the process ends
    channel: socket.socket
    ended: bool = False
    wanted: bool = True

    def kill(self) -> None:
        """End the process and all that it started and did not set apart."""
        with suppress(OSError):  # nothing is left to kill
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Close the files, so the process is of no interest any more."""
        os.close(self.handle)
        self.channel.close()


class _Server:
    """Forks for each request of the owner, and tells it how each process ended."""

    def __init__(self, requests: socket.socket, owner: int) -> None:
        self._asking = {requests}  # who may ask; the owner, and who joined
        self._listening: socket.socket | None = None
        self._owner = owner
        self._processes: set[_Process] = set()
        self._watched = selectors.PollSelector()  # has no file of its own to be inherited
        self._watched.register(requests, selectors.EVENT_READ, partial(self._answer, requests))
        # A copy of the socket in some process that the owner forked would hide the owner's end.
        self._watched.register(owner, selectors.EVENT_READ, self._orphaned)

    def serve(self) -> dict[str, Any] | None:
        """In each forked process, its request; at the end of all, None."""
        while len(self._watched.get_map()) > 1:  # more than the owner
            for key, _events in self._watched.select():
                request = key.data()
                if request is not None:
                    return request
        return None

    def _join(self) -> None:
        if self._listening is None:  # closed since
            return
        try:
            joined, _address = self._listening.accept()
        except OSError:  # who wanted to join is gone
            return
        joined.setblocking(True)
        self._asking.add(joined)
        self._watched.register(joined, selectors.EVENT_READ, partial(self._answer, joined))

    def _leave(self, requests: socket.socket) -> None:
        """Nothing more will be asked for there; without an owner that asks, nobody may join."""
        self._watched.unregister(requests)
        self._asking.remove(requests)
        requests.close()
        if not self._asking:
            self._stop_listening()

    def _stop_listening(self) -> None:
        if self._listening is not None:
            self._watched.unregister(self._listening)
            self._listening.close()
            self._listening = None

    def _answer(self, requests: socket.socket) -> dict[str, Any] | None:
        try:
            asked, received, _flags, _address = socket.recv_fds(requests, 1, 3)
        except ConnectionError:  # who joined was killed
            asked, received = b"", []
        if not received:
            self._leave(requests)
            return None
        if asked == SHARE:
            self._stop_listening()
            self._listening = socket.socket(fileno=received[0])
            self._listening.setblocking(False)
            self._watched.register(self._listening, selectors.EVENT_READ, self._join)
            return None
        if len(received) != 3:  # this process has too many files open
            for number in received:
                os.close(number)
            return None
        channel, streams = socket.socket(fileno=received[0]), received[1:]
        request: dict[str, Any] = json.loads(channel.recv(_MOST_BYTES))
        threads = len(os.listdir("/proc/self/task"))
        sys.stdout.flush()
        sys.stderr.flush()
        obstacle, pid = f"the template has {threads} threads", None
        if threads == 1:
            try:
                pid = os.fork()
            except OSError as error:  # too many processes, too little memory
                obstacle = f"the template cannot fork: {error}"
        if pid == 0:
            os.setsid()
            for number, stream in enumerate(streams, 1):
                os.dup2(stream, number)
            _tell(channel, os.getpid())  # from here, where the session exists by now
            self._close()
        for stream in streams:
            os.close(stream)
        if not pid:
            if pid is None:
                _tell(channel, obstacle)
            channel.close()
            return request if pid == 0 else None
        process = _Process(pid, os.pidfd_open(pid), channel)
        self._processes.add(process)
        ended, let_go = partial(self._ended, process), partial(self._let_go, process)
        self._watched.register(process.handle, selectors.EVENT_READ, ended)
        self._watched.register(channel, selectors.EVENT_READ, let_go)
        return None

    def _close(self) -> None:
        """Close, in a forked process, what belongs to the others."""
        for requests in self._asking:
            requests.close()
        if self._listening is not None:
            self._listening.close()
        os.close(self._owner)
        for process in self._processes:
            process.close()

    def _ended(self, process: _Process) -> None:
        self._watched.unregister(process.handle)
        end = os.waitid(os.P_PIDFD, process.handle, os.WEXITED | os.WNOWAIT)
        assert end is not None
        _tell(process.channel, end.si_status if end.si_code == os.CLD_EXITED else -end.si_status)
        process.ended = True
        self._reap(process)

    def _let_go(self, process: _Process) -> None:
        self._watched.unregister(process.channel)
        process.kill()
        process.wanted = False
        self._reap(process)

    def _reap(self, process: _Process) -> None:
        if process.ended and not process.wanted:
            os.waitpid(process.pid, 0)
            process.close()
            self._processes.remove(process)

    def _orphaned(self) -> None:
        for process in self._processes:
            process.kill()
        sys.exit()


def _tell(channel: socket.socket, said: object) -> None:
    with suppress(OSError):  # the owner may be gone
        channel.send(str(said).encode())


# -- in the forked process ---------------------------------------------------------------------


def _become(request: dict[str, Any], added: dict[str, str]) -> None:
    """Run what was asked for as ``python -m`` would have."""
    import numpy as np

    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(added | request["environment"] | {"JPY_PARENT_PID": str(os.getppid())})
    np.random.seed()  # `random` does so by itself
    if not sys.flags.safe_path:
        sys.path.insert(0, os.getcwd())
    sys.argv = [request["module"], *request["arguments"]]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


def main() -> None:
    """Import, serve until the owner is gone; in a forked process, become what was asked for."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    requests.set_inheritable(False)
    owner = int(sys.argv[2])
    with _no_longer_than(owner):
        added = _preload(sys.argv[3:])
    request = _Server(requests, os.pidfd_open(owner)).serve()
    if request is not None:
        _become(request, added)


if __name__ == "__main__":
    main()
