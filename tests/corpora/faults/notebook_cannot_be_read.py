"""The submitted notebook may not be read. (Root may read anything: the refusal is made up.)"""

import errno
from pathlib import Path

WHEN = "running"
SAID = "PermissionError.*Permission denied"


def patch(desk, patch):
    opened = Path.open

    def refused(path, *arguments, **more):
        if path == desk.submitted / "exercise.ipynb":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **more)

    patch(Path, "open", refused)
