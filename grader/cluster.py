"""Spread submissions over processes and machines with Dask: jobs in, outcomes out.

Workers need this package and a sandbox that stands, no shared disk, no gradebook, no reference.
A worker or a machine that is lost costs time: what it was running is run elsewhere. A submission
that was running whenever workers died is run once more with nothing beside it, and given up if
its worker dies again.
"""

from __future__ import annotations

import logging
import math
import queue
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dask
import distributed
from distributed.scheduler import KilledWorker
from distributed.security import Security

from grader import run
from grader.run import Job, Outcome
from grader.sandbox.view import NoSandbox

Execute = Callable[[Job], Outcome]  # run on a worker

_THREADS = 4  # submissions at a time that one worker looks after, with one warm template
_AHEAD = 2  # jobs handed out for each that can run now
_DEATHS = 2  # of workers, before a submission that was running there is suspected
_WITHOUT_WORKERS = 60  # seconds
_LOGGERS = ("distributed", "distributed.worker", "distributed.nanny", "distributed.scheduler")


class NoCluster(Exception):
    """There is nothing to run on; the message says why and what helps."""


@dataclass(frozen=True)
class Failure:
    """Why there is no outcome, a sentence in English."""

    reason: str


@contextmanager
def cluster(jobs: int, scheduler: str | None = None) -> Iterator[distributed.Client]:
    """A cluster on this machine that runs ``jobs`` submissions at a time, or the one at an
    address. Raises ``NoCluster``."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if scheduler is not None:
        with _client_of(scheduler) as client:
            yield client
        return
    workers = math.ceil(jobs / _THREADS)
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS}),
        tempfile.TemporaryDirectory(prefix="atelier-dask-") as folder,
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=math.ceil(jobs / workers),
            memory_limit=0,  # the sandbox has its own
            dashboard_address=None,
            worker_dashboard_address=None,
            local_directory=folder,
            security=Security.temporary(),  # others on this machine may reach its port
            silence_logs=logging.CRITICAL,
        ) as local,
        distributed.Client(local) as client,
    ):
        yield client


@contextmanager
def _client_of(address: str) -> Iterator[distributed.Client]:
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(
            f"there is no Dask scheduler at {address} ({error}). Start one with "
            "`dask scheduler`, workers with `dask worker ADDRESS`, or leave out --scheduler"
        ) from error
    with client:
        yield client


def outcomes(
    client: distributed.Client, jobs: Iterable[tuple[str, Job]], execute: Execute = run.execute
) -> Iterator[tuple[str, Outcome | Failure]]:
    """What ``execute`` gives for each job, as it ends; ``jobs`` are taken as they are needed.

    Raises ``NoCluster`` if all workers stay away; what has not ended is then lost.
    """
    suspects: list[tuple[str, Job]] = []
    for name, job, found in _all(client, jobs, execute, _AHEAD):
        if isinstance(found, Failure) and found is _WORKER_DIED:
            suspects.append((name, job))
        else:
            yield name, found
    for suspect in suspects:  # nothing else runs now
        for name, _job, found in _all(client, [suspect], execute, 0):
            yield name, found


_WORKER_DIED = Failure(
    "the process that ran it died again and again, and once more when it ran alone"
)


def _all(
    client: distributed.Client, jobs: Iterable[tuple[str, Job]], execute: Execute, ahead: int
) -> Iterator[tuple[str, Job, Outcome | Failure]]:
    waiting = iter(jobs)
    ended: queue.SimpleQueue[distributed.Future] = queue.SimpleQueue()
    running: dict[Any, tuple[str, Job, distributed.Future]] = {}
    seen = time.monotonic()
    while True:
        slots = _slots(client)
        seen = time.monotonic() if slots else seen
        while len(running) < max(1, slots * ahead):
            try:
                name, job = next(waiting)
            except StopIteration:
                break
            future = client.submit(execute, job, pure=False)
            running[future.key] = (name, job, future)
            future.add_done_callback(ended.put)
        if not running:
            return
        try:
            future = ended.get(timeout=1)
        except queue.Empty:
            if time.monotonic() - seen > _WITHOUT_WORKERS:
                raise NoCluster(
                    f"no worker has been there for {_WITHOUT_WORKERS} s; what was graded is kept: "
                    "run the same command again when there are workers"
                ) from None
            continue
        name, job, future = running.pop(future.key)
        yield name, job, _found(future)
        future.release()


def _slots(client: distributed.Client) -> int:
    """How many submissions can run at a time now."""
    about: dict[str, Any] = client.scheduler_info(n_workers=-1)
    return sum(worker["nthreads"] for worker in about["workers"].values())


def _found(future: distributed.Future) -> Outcome | Failure:
    if future.status == "finished":
        found: Outcome = future.result()
        return found
    if future.status != "error":
        return Failure("the cluster was lost while it ran")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return _WORKER_DIED
    if isinstance(error, NoSandbox):
        return Failure(str(error))
    return Failure(f"{type(error).__name__}: {error}")
