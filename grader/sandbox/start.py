"""Start a Python module in a room: warm, in a fork of a process that has the libraries, or cold.

The template (``course.warm``) is a process of its own with a clean environment: it imports
libraries and what a check needs, and neither submissions nor references, gradebooks or challenges
ever reach it.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import sys
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from course.warm import fork
from grader import scratch
from grader.sandbox import view
from grader.sandbox.room import Room

Result = TypeVar("Result")

# What a check in a notebook imports: a run grades with it as it is when the run begins.
MODULES = (
    "course.data",
    "course.plots",
    "course.tickets",
    "grader.builder",
    "grader.comparison",
    "grader.compiled",
    "grader.numbers",
    "grader.saving",
    "grader.selfcheck",
    "grader.trace",
)

# In the environment of processes that are started here: where this process's template is shared.
_SHARED = "ATELIER_TEMPLATE"

log = logging.getLogger(__name__)
_said: set[str] = set()  # once is enough


@cache
def _template_home() -> Path:
    """A home for what libraries write when they are imported; goes with this process."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(scratch.folder())


def template() -> fork.Template:
    """This process's template, started if need be. Raises ``fork.CannotFork``."""
    place = Path(os.environ[_SHARED]) if _SHARED in os.environ else None
    return fork.template((), view.settings(_template_home()), MODULES, place)


def shared(folder: Path) -> dict[str, str]:
    """What to add to the environment of a process, for its template to be this one's.

    ``folder`` is one that nobody else may enter. Nothing is added where that cannot be.
    """
    path = folder / "template"
    try:
        template().share(path)
    except (fork.CannotFork, OSError) as reason:
        log.debug("a template of its own: %s", reason)
        return {}
    return {_SHARED: str(path)}


async def warm(
    room: Room, words: Sequence[str], environment: Mapping[str, str], stdout: int
) -> fork.Forked:
    """Run ``python -m words...`` in ``room``, in a fork. Raises ``fork.CannotFork``.

    ``environment`` is added to the little that everybody has; ``stdout`` is the file that becomes
    the standard output and error.
    """
    request = {
        "module": "grader.sandbox.enter",
        "arguments": [str(room.first), str(room.home), *words],
        "environment": {**room.settings, **environment},
        "folder": "/",
    }
    return await template().fork(request, stdout, stdout)


def cold(room: Room, words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run ``python -m words...`` in ``room``, with what standard output the room was given."""
    room.execute([sys.executable, "-m", *words], environment)


async def start(
    room: Room, words: Sequence[str], environment: Mapping[str, str], *, is_warm: bool
) -> fork.Forked | None:
    """Run ``python -m words...``, cold if it has to be: why, is said once.

    The forked process, or None if the room's first process runs the module. Nobody sees what it
    writes to its standard streams.
    """
    if not is_warm:
        cold(room, words, environment)
        return None
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        return await warm(room, words, environment, nothing)
    except fork.CannotFork as reason:
        if str(reason) not in _said:
            _said.add(str(reason))
            log.warning("Kernels start cold: %s", reason)
        cold(room, words, environment)
        return None
    finally:
        os.close(nothing)


def run(
    room: Room,
    words: Sequence[str],
    environment: Mapping[str, str],
    stdout: int,
    *,
    is_warm: bool,
) -> int | None:
    """Run ``python -m words...`` to its end; its exit status. Raises ``fork.CannotFork``.

    ``stdout`` is that of a warm process; a cold one has the room's.
    """
    if not is_warm:
        cold(room, words, environment)
        return room.wait()

    async def whole() -> int | None:
        return await asyncio.to_thread((await warm(room, words, environment, stdout)).wait)

    return in_own_loop(whole())


def in_own_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Do ``work`` in an event loop of its own; formgrader calls from within its server's."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # there is none: here, where Ctrl-C ends it at once
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
