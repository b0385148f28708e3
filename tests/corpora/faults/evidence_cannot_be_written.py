"""The folder of evidence may not be written. (Root may write anywhere: the refusal is made up.)"""

import errno

from grader import keep

WHEN = "running"
SAID = "PermissionError.*Permission denied"


def patch(desk, patch):
    clear = keep.clear

    def refused(folder):
        if folder == desk.evidence:
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return clear(folder)

    patch(keep, "clear", refused)
