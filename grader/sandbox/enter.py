"""Bring a forked process into a sandbox: what ``course.warm`` runs for a warm, locked kernel.

``python -m grader.sandbox.enter PID HOME MODULE ARGUMENT...`` joins the namespaces of process
``PID``, the first one of a sandbox, and forks. The child is in the sandbox, locks itself up as
everybody there does, and runs the module. The parent stays outside of the process namespace,
out of reach, and waits: for a student's code there is nothing in the sandbox but itself.

What the child inherits is the memory of a template that has imported libraries and seen neither a
submission nor a reference, and its standard streams. All other files are closed.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from pathlib import Path

from grader.sandbox import privileges, system
from grader.sandbox.inside import lock


def main() -> None:
    """Enter, and run what is asked for; the exit status is its."""
    first, home, words = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    system.die_with_parent(signal.SIGKILL)
    # All at once: after the user namespace alone, the right to join the others would be gone.
    # Where the sandbox was made by root there is none to join (``view``).
    own_user = 0 if privileges.is_root() else system.CLONE_NEWUSER
    kinds = system.NAMESPACES & ~system.CLONE_NEWUSER | own_user
    system.call("setns", os.pidfd_open(first), kinds)
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        os._exit(max(os.waitstatus_to_exitcode(status), 0) if os.WIFEXITED(status) else 1)
    os.setsid()
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(home)
    lock(home)
    system.die_with_parent(signal.SIGKILL)  # becoming nobody undoes it
    _run(words)


def _run(words: list[str]) -> None:
    """Run a module as ``python -m`` does."""
    os.environ["JPY_PARENT_PID"] = ""  # whoever started this cannot be seen from here
    for name in [name for name in sys.modules if name.startswith("grader.sandbox")]:
        del sys.modules[name]  # as in a process that was started
    if not sys.flags.safe_path:
        sys.path[0] = os.getcwd()
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
