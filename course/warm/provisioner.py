"""Kernels that are forked from a template, for ``jupyter_client``; plain ones where it must be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from course.warm import fork

_said: set[str] = set()  # once is enough


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by forking; all else about them is as with a plain local kernel."""

    process: Any
    pid: int | None
    pgid: int | None
    cwd: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; where it cannot be forked, say so in one line and start it plainly."""
        try:
            process = await _fork(cmd, self._scrub_kwargs(kwargs))
        except fork.CannotFork as reason:
            if str(reason) not in _said:
                _said.add(str(reason))
                self.log.warning("Kernels start cold: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


async def _fork(cmd: Sequence[str], popen: dict[str, Any]) -> fork.Forked:
    """The process that ``subprocess.Popen(cmd, **popen)`` would be, forked."""
    python, *words = cmd
    if not _is_this_python(python):
        raise fork.CannotFork(f"{python} is not the Python of this environment")
    if "-m" not in words:
        raise fork.CannotFork("the kernel is not started as a module")
    start = words.index("-m")
    environment = popen.pop("env", None) or dict(os.environ)
    folder = popen.pop("cwd", None) or os.getcwd()
    popen.pop("stdin", None)  # a kernel's is empty, whatever it is
    out, err = popen.pop("stdout", None), popen.pop("stderr", None)
    if any(popen.values()):
        raise fork.CannotFork(f"a forked process cannot have {', '.join(popen)}")
    request = {
        "module": words[start + 1],
        "arguments": words[start + 2 :],
        "environment": environment,
        "folder": str(folder),
    }
    template = fork.template(words[:start], environment)
    with ExitStack() as opened:
        stdout = _descriptor(out, 1, opened)
        stderr = stdout if err == subprocess.STDOUT else _descriptor(err, 2, opened)
        return await template.fork(request, stdout, stderr)


def _is_this_python(program: str) -> bool:
    """Whether ``program`` is this environment's; another's may be a link to the same file."""
    here, there = Path(sys.executable).absolute(), Path(program).absolute()
    return there.parent == here.parent and there.exists() and there.samefile(here)


def _descriptor(stream: Any, inherited: int, opened: ExitStack) -> int:
    """The file descriptor of a standard stream, as ``subprocess.Popen`` takes one."""
    if stream is None:
        return inherited
    if stream == subprocess.DEVNULL:
        return opened.enter_context(open(os.devnull, "wb")).fileno()
    if stream == subprocess.PIPE:
        raise fork.CannotFork("a forked process cannot have a pipe as its output")
    return stream if isinstance(stream, int) else int(stream.fileno())
