"""Spread submissions over processes and machines with Dask: jobs in, outcomes out.

Workers need this package and a sandbox that stands, no shared disk, no gradebook, no reference.
A worker or a machine that is lost costs time: what it was running is run elsewhere. A submission
that was running whenever workers died is run once more with nothing beside it, and given up if
its worker dies again. One that met a worker without a sandbox is run elsewhere.
"""

from __future__ import annotations

import logging
import math
import queue
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import dask
import distributed
from distributed import fire_and_forget
from distributed.scheduler import KilledWorker
from distributed.security import Security

from grader import run, scratch
from grader.run import Job, Outcome
from grader.sandbox import start
from grader.sandbox.view import NoSandbox

Execute = Callable[[Job], Outcome]  # run on a worker
Start = Callable[[], distributed.Client]  # raises NoCluster

_THREADS = 4  # submissions at a time that one worker looks after, with one warm template
_AHEAD = 2  # jobs handed out for each that can run now
_DEATHS = 2  # of workers, before a submission that was running there is suspected
_WITHOUT_WORKERS = 60  # seconds
_SILENT = 1800  # seconds in which nothing ends, several times what a submission may take
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
    with ExitStack() as stack:
        try:
            client = _local(jobs, stack)
        except (OSError, RuntimeError, TimeoutError) as error:
            raise NoCluster(
                f"no workers can be started here ({type(error).__name__}: {error}); "
                "is there room in the folder for temporary files, TMPDIR?"
            ) from error
        yield client


@contextmanager
def ahead(
    jobs: int, scheduler: str | None = None, prepare: Callable[[], object] = run.prepare
) -> Iterator[Start]:
    """What gives a cluster, started when it is first called; its workers ``prepare`` at once, while
    the caller does something else."""
    with ExitStack() as stack:

        @cache
        def started() -> distributed.Client:
            client = stack.enter_context(cluster(jobs, scheduler))
            for worker in _workers(client, ()):
                fire_and_forget(client.submit(prepare, pure=False, workers=[worker]))
            return client

        yield started


def _local(jobs: int, stack: ExitStack) -> distributed.Client:
    workers = math.ceil(jobs / _THREADS)
    at_once = math.ceil(jobs / workers)
    settings = {
        "distributed.scheduler.allowed-failures": _DEATHS,
        # Not to be given up while its process is started again, however busy the machine.
        "distributed.deploy.lost-worker-timeout": "1 hour",
        # A worker here is lost when its connection is; of heartbeats a clock that jumps makes days.
        "distributed.scheduler.worker-ttl": None,
        "distributed.worker.preload": ["grader.lean"],
        "distributed.worker.profile.enabled": False,  # it takes a tenth of a worker's time
    }
    stack.enter_context(dask.config.set(settings))
    folder = stack.enter_context(scratch.folder())
    local = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=at_once + 1,  # one gets a kernel ready, or ends it
        memory_limit=0,  # the sandbox has its own
        dashboard_address=None,
        # Without an address, a second grader on this machine is told that 8787 is taken.
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        worker_dashboard_address=None,
        local_directory=str(folder),
        env=start.shared(folder) | {run.AT_ONCE: str(at_once)},
        security=Security.temporary(),  # others on this machine may reach its port
        silence_logs=logging.CRITICAL,
    )
    return stack.enter_context(distributed.Client(stack.enter_context(local)))


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


class Unwalled(Exception):
    """A worker has no sandbox that stands: its address, and why."""


def _execute(execute: Execute, job: Job) -> Outcome:
    """What runs on a worker."""
    try:
        return execute(job)
    except NoSandbox as problem:
        raise Unwalled(distributed.get_worker().address, str(problem)) from None


def _all(
    client: distributed.Client, jobs: Iterable[tuple[str, Job]], execute: Execute, ahead: int
) -> Iterator[tuple[str, Job, Outcome | Failure]]:
    waiting = iter(jobs)
    again: list[tuple[str, Job]] = []
    lost: Counter[str] = Counter()  # how often the outcome of each, or what ran it, went away
    unwalled: set[str] = set()  # workers
    ended: queue.SimpleQueue[distributed.Future] = queue.SimpleQueue()
    running: dict[Any, tuple[str, Job, distributed.Future]] = {}
    seen = heard = time.monotonic()
    while True:
        workers = _workers(client, unwalled)
        slots = sum(workers.values())
        seen = time.monotonic() if slots else seen
        while client.status == "running" and len(running) < max(1, slots * ahead):
            try:
                name, job = again.pop() if again else next(waiting)
            except StopIteration:
                break
            only = list(workers) if unwalled else None
            future = client.submit(_execute, execute, job, pure=False, workers=only)
            running[future.key] = (name, job, future)
            future.add_done_callback(ended.put)
        if not running and client.status == "running":
            return
        try:
            future = ended.get(timeout=1)
        except queue.Empty:
            if client.status == "closed":
                raise NoCluster(f"the scheduler was lost; {_GO_ON}") from None
            if time.monotonic() - seen > _WITHOUT_WORKERS:
                raise NoCluster(
                    f"no worker has been there for {_WITHOUT_WORKERS} s; {_GO_ON}"
                ) from None
            if time.monotonic() - heard > _SILENT:
                raise NoCluster(f"nothing has ended for {_SILENT} s; {_GO_ON}") from None
            continue
        heard = time.monotonic()
        name, job, _ = running.pop(future.key)
        found = _found(future, job)
        if found is None:
            lost[name] += 1
            if lost[name] <= _DEATHS:
                again.append((name, job))
                continue
            found = Failure("what came out of it was lost again and again, with its worker")
        if isinstance(found, Unwalled):
            address, reason = found.args
            unwalled.add(address)
            if _workers(client, unwalled):
                again.append((name, job))
                continue
            found = Failure(reason)
        yield name, job, found
        future.release()


_GO_ON = "what was graded is kept: run the same command again to go on"


def _workers(client: distributed.Client, unwalled: Collection[str]) -> dict[str, int]:
    """How many submissions each worker can run at a time now, by its address."""
    if client.status != "running":  # what is known of the scheduler's workers is out of date
        return {}
    about: dict[str, Any] = client.scheduler_info(n_workers=-1)
    workers = about["workers"].items()
    return {address: w["nthreads"] for address, w in workers if address not in unwalled}


def _found(future: distributed.Future, job: Job) -> Outcome | Failure | Unwalled | None:
    """What came of a job; None if that was on a worker, or with a scheduler, that is lost."""
    if future.status not in ("finished", "error"):
        return None
    try:
        found = future.result()
        flaw = run.flaw(job, found)
    except CancelledError:
        return None
    except KilledWorker:
        return _WORKER_DIED
    except Unwalled as problem:
        return problem
    except Exception as error:  # whatever student code made it raise, or could not be sent
        said = str(error).splitlines() or [""]
        return Failure(f"{type(error).__name__}: {said[0]}")
    if flaw is not None:
        return Failure(f"what a worker answered is no outcome of it ({flaw}); is its version ours?")
    return found
