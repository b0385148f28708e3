"""Judges in processes of their own: those have the references, and what they are built with.

They are forked from the template that kernels come from too (``grader.sandbox.start``), so Keras
is imported once, while whoever grades does something else. The template stays without references:
a judge imports them for itself. Where nothing can be forked, work is done in this process.

What goes to and fro is pickled: both sides are ours, and what students made stays in files.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import LifoQueue
from types import TracebackType
from typing import Any, TypeVar

from course.warm.fork import CannotFork, Template
from grader.sandbox import start
from grader.sandbox.limits import GIB

SECONDS = 120  # for one answer, the first of which needs the references built
MEMORY = 6 * GIB  # of one judge

Item = TypeVar("Item")
Result = TypeVar("Result")


class JudgeFailed(Exception):
    """What a judge was asked for came to nothing; the message says why."""


class Judges:
    """So many judges, each started when it is first needed; to be closed. Without any, work is
    done here."""

    def __init__(self, count: int = 1) -> None:
        self._count = count
        self._here = threading.Lock()  # Keras is not for several threads
        self._free: LifoQueue[_Judge | None] = LifoQueue()  # None: to be started
        for _number in range(count):
            self._free.put(None)
        if count:
            try:
                start.template()  # imports the libraries meanwhile
            except CannotFork:
                self._count = 0

    def __enter__(self) -> Judges:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, where: TracebackType | None
    ) -> None:
        for judge in [self._free.get() for _number in range(self._free.qsize())]:
            self._free.put(None)
            if judge is not None:
                judge.close()

    def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """What ``function`` of a module gives, where the references are. Raises ``JudgeFailed``."""
        if not self._count:
            return self._work_here(function, arguments)
        judge = self._free.get()
        try:
            judge = judge or _Judge(start.template())
        except CannotFork:
            self._free.put(None)
            return self._work_here(function, arguments)
        except BaseException:
            self._free.put(None)
            raise
        try:
            found: Result = judge.call(function, arguments)
        except BaseException:  # whatever it still says would be taken for another answer
            judge.close()
            judge = None
            raise
        finally:
            self._free.put(judge)
        return found

    def _work_here(self, function: Callable[..., Result], arguments: tuple[object, ...]) -> Result:
        with self._here:
            found: Result = _found(*_answer(function, arguments))
        return found

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result | JudgeFailed]:
        """What ``function`` gives for each item, or why nothing; in their order, by all judges."""

        def one(item: Item) -> Result | JudgeFailed:
            try:
                return self.call(function, item)
            except JudgeFailed as problem:
                return problem

        if not self._count:
            yield from map(one, items)
            return
        with ThreadPoolExecutor(self._count) as threads:
            yield from threads.map(one, items)


class _Judge:
    """One process, and the socket to it, which is its standard output."""

    def __init__(self, template: Template) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            request = {
                "module": "grader.judges",
                "arguments": [json.dumps([path or os.getcwd() for path in sys.path])],
                "environment": dict(os.environ),
                "folder": "/",
            }
            try:
                forked = start.in_own_loop(template.fork(request, theirs.fileno(), 2))
            except BaseException:
                ours.close()
                raise
        self._process = forked  # ends when nobody knows of it any more
        self._channel = Connection(ours.detach())

    def call(self, function: Callable[..., Result], arguments: tuple[object, ...]) -> Result:
        try:
            self._channel.send((function, arguments))
            if not self._channel.poll(SECONDS):
                raise JudgeFailed(f"there was no verdict within {SECONDS} s; look at it yourself")
            answer = self._channel.recv()
        except (EOFError, OSError) as error:
            raise JudgeFailed(
                "the process that judged ended; run the same command again"
            ) from error
        found: Result = _found(*answer)
        return found

    def close(self) -> None:
        self._channel.close()
        self._process.kill()


def main() -> None:
    """Do what is asked for through standard output, until nobody asks any more."""
    sys.path[:] = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    channel = Connection(os.dup(1))
    os.dup2(2, 1)  # what is printed goes elsewhere
    sys.stdout = sys.stderr
    with suppress(EOFError):
        channel.send(_answer(*channel.recv()))
        # The references are here now. Collecting garbage would look through them again and again,
        # which took a third of a judge's time.
        gc.collect()
        gc.freeze()
        while True:
            channel.send(_answer(*channel.recv()))


def _answer(function: Callable[..., Any], arguments: tuple[object, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except Exception as error:
        traceback.print_exc()
        return False, f"{type(error).__name__}: {error}"


def _found(is_well: bool, found: Any) -> Any:
    """What an answer holds. Raises ``JudgeFailed`` if that is why there is none."""
    if not is_well:
        raise JudgeFailed(found)
    return found


if __name__ == "__main__":
    main()
