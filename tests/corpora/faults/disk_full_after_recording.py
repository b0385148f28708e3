"""The disk is full when it is to be noted that a submission was recorded: it is recorded anew."""

import errno

from grader import keep

WHEN = "running"
SAID = "No space left on device"


def patch(desk, patch):
    write = keep.write

    def full(path, data):
        if path == desk.evidence / keep.RECORDED:
            path.with_suffix(".unfinished").write_text("{")
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    patch(keep, "write", full)
