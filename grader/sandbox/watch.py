"""Hold all processes of one submission to what they may use together.

Limits of a process (``limits``) say nothing about their sum. Linux counts sums in control groups,
which an ordinary user often may not make; so somebody outside looks, a few times a second.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType

from grader.sandbox.limits import GIB
from grader.sandbox.room import Room

MEMORY = 6 * GIB  # bytes, all processes, what they share counted once
PROCESSES = 512  # threads count
CPU_SECONDS = 900
FILES = 100_000  # in the own folder
_EVERY = 0.25  # seconds
_PATIENCE = 8  # looks in a row
_MEMORY = ("RssAnon", "RssShmem", "VmSwap")
_TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """Ends a room that uses too much, from ``with`` to the end of its block."""

    def __init__(self, room: Room, seconds: float) -> None:
        """``seconds`` is how long the room may stand, from then on."""
        self.problem: str | None = None  # a sentence in English, for the log
        self._room = room
        self._seconds = seconds
        self._deadline = 0.0
        self._seen = self._growing = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> Watch:
        self._deadline = time.monotonic() + self._seconds
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            try:
                self.problem = self._excess()
            except Exception as error:  # unwatched, nothing may run
                self.problem = f"the notebook cannot be watched: {error!r}"
            if self.problem is not None:
                self._room.end()
                return

    def _excess(self) -> str | None:
        if time.monotonic() > self._deadline:
            return f"the notebook ran for more than {self._seconds:g} s"
        if not self._room.has_walls:  # nothing tells its processes from others
            return None
        about = os.statvfs(self._room.outside)
        if about.f_files - about.f_ffree > FILES:
            return f"the notebook wrote more than {FILES} files"
        processes = self._processes()
        too_many = f"the notebook started more than {PROCESSES} processes"
        if len(processes) > PROCESSES:
            return too_many
        memory = threads = 0
        seconds = 0.0
        for process in processes:
            try:
                anonymous, running = _status(process)
                memory += anonymous
                threads += running
                seconds += _seconds(process)
            except OSError:  # it has ended
                continue
        if threads > PROCESSES:
            return too_many
        if seconds > CPU_SECONDS:
            return f"the notebook computed for more than {CPU_SECONDS} s"
        # Pages that processes share were counted for each of them; counting well takes longer, and
        # very long while they multiply: a little later they have stopped, or are too many.
        self._growing = self._growing + 1 if len(processes) > self._seen else 0
        self._seen = len(processes)
        if memory <= MEMORY or 0 < self._growing <= _PATIENCE:
            return None
        memory = 0
        for process in processes:
            if len(self._processes()) > PROCESSES:
                return too_many
            memory += _share(process)
        return (
            f"the notebook used more than {MEMORY // GIB} GiB of memory"
            if memory > MEMORY
            else None
        )

    def _processes(self) -> list[Path]:
        try:
            names = os.listdir(self._room.processes)
        except OSError:  # the room has ended
            return []
        return [self._room.processes / name for name in names if name.isdigit()]


def _status(process: Path) -> tuple[int, int]:
    """Bytes that no file holds, and threads."""
    text = (process / "status").read_text(errors="replace")
    about = {name: said for name, _colon, said in (x.partition(":") for x in text.splitlines())}
    kilobytes = (int(about[name].split()[0]) for name in _MEMORY if name in about)
    return sum(kilobytes) * 1024, int(about["Threads"])


def _seconds(process: Path) -> float:
    """CPU time of a process and of those that it started and saw end."""
    after_name = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()
    return sum(map(int, after_name[11:15])) / _TICKS


def _share(process: Path) -> int:
    """Bytes, a page that several processes use counted to each in part.

    A process that hides this from an ordinary user counts in full.
    """
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
        return sum(
            int(line.split()[1]) * 1024
            for line in lines
            if line.startswith(("Pss_Anon:", "Pss_Shmem:", "SwapPss:"))
        )
    except OSError:
        pass
    try:
        return _status(process)[0]
    except OSError:  # it has ended
        return 0
