"""The disk is full when the evidence is to be kept: nothing of it counts."""

import errno
from pathlib import Path

WHEN = "running"
SAID = "No space left on device"


def patch(desk, patch):
    write = Path.write_bytes

    def full(path, content):
        if path.parent == desk.evidence and path.suffix == ".npz":
            write(path, content[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    patch(Path, "write_bytes", full)
