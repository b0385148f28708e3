"""The first process in a sandbox (``room``).

It locks itself up, says so, and waits on its standard input, a socket. A JSON object there says
what to become, ``words``, and what to add to the ``environment``. At the end of the input it
ends, and with it the sandbox. While it waits, forked processes may come in (``enter``).
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from grader.sandbox import landlock, limits, privileges, syscalls

READY = b"!"
MOST_BYTES = 2**20  # of what is asked
ALONE = "alone"  # the argument that says that there are no walls: keep to limits
WRITABLE = (Path("/tmp"), Path("/dev"))  # besides the own folder; of /dev only /dev/shm is


def lock(home: Path) -> None:
    """Give up, for good, all that a program in the sandbox does not need."""
    with suppress(OSError):  # where memory runs out, this is what Linux ends first
        Path("/proc/self/oom_score_adj").write_text("1000")
    privileges.drop()
    limits.set_limits()  # after that: processes are counted in the namespace that it made
    # Second walls: ``walls`` says where there are none.
    with suppress(OSError):
        landlock.restrict((home, *WRITABLE))
    with suppress(OSError):
        syscalls.forbid()


def main() -> None:
    """Lock up, wait, become what is asked for."""
    if sys.argv[1:] == [ALONE]:
        limits.set_limits()
    else:
        lock(Path.cwd())
    os.write(0, READY)
    said = os.read(0, MOST_BYTES)
    if said:
        asked = json.loads(said)
        words, environment = asked["words"], asked["environment"]
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(1, 2)  # where it was told why the sandbox does not stand, if it does not
        os.execve(words[0], words, {**os.environ, **environment})


if __name__ == "__main__":
    main()
