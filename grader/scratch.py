"""Temporary folders of this process; what a killed process leaves, the next one removes."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "atelier-grader-"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that only this user may enter, until the end of the block.

    It is locked as long as this process lives: one that nobody holds was left behind.
    """
    _sweep()
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        held = _lock(path, fcntl.LOCK_EX)
        if held is not None:
            break
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(held)


def _sweep() -> None:
    """Remove what others of this user left behind."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if (held := _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)) is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(held)


def _lock(path: Path, how: int) -> int | None:
    """The folder as an open file that is locked; None if another has it, or it is not there, or
    not this user's."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(number, how)
        about = os.fstat(number)
        if about.st_uid == os.geteuid() and os.path.samestat(about, os.lstat(path)):
            return number
    os.close(number)
    return None
