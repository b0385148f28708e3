"""Run a notebook in a kernel that is locked up, within limits, and keep what came out.

One kernel a notebook, in a room of its own (``grader.sandbox``); messages go through sockets in
its folder, since it has no network. An exception, a dead kernel, a cell without end or one that
writes without end costs what it touches and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import queue
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from typing import Any

import nbformat
import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from grader.provisioner import LockedProvisioner
from grader.sandbox import start
from grader.sandbox.room import Room
from grader.sandbox.watch import Watch
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import one_line

CELL_SECONDS = 60
NOTEBOOK_SECONDS = 240
_SETTLE_SECONDS = 5
_INTERRUPT_SECONDS = 2  # before a cell that writes on is interrupted once more
OUTPUT_SECONDS = 10  # to wait for outputs after a cell has ended
CELL_BYTES = 8 * 2**20  # of outputs
NOTEBOOK_BYTES = 64 * 2**20
_MESSAGE_COST = 500  # bytes that a message takes beside what it says
# A larger message is never received: the kernel's channel of outputs is closed. Evidence, which
# lies in files, is not touched by that. A cell that does nothing but print has sent more than a
# quarter of this at once.
_MESSAGE_BYTES = 16 * CELL_BYTES
_MESSAGES = 4  # received and not yet looked at, in each channel
_CONNECT_MILLISECONDS = 5  # between attempts, while the kernel starts
_MARGIN_SECONDS = 30  # for what nbclient does between cells, before nobody waits any more
TOO_MUCH = _("This cell wrote more than {most} MB. It was interrupted; what it wrote is not kept.")


class _KernelClient(AsyncKernelClient):
    """A client that keeps only so much of what it is sent, however fast it is sent."""

    def start_channels(self, *channels: bool, **named: bool) -> None:
        """No heartbeat: whether the kernel lives is known of its process, and a thread stays."""
        self.context.setsockopt(zmq.MAXMSGSIZE, _MESSAGE_BYTES)
        self.context.setsockopt(zmq.RCVHWM, _MESSAGES)
        self.context.setsockopt(zmq.RECONNECT_IVL, _CONNECT_MILLISECONDS)
        super().start_channels(*channels, **{**named, "hb": False})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs arrive, and not longer.

        Raises ``RuntimeError`` if it ends before, or has not answered after ``timeout`` seconds.
        """
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            with contextlib.suppress(queue.Empty):
                await self._answer_to(asked, "kernel_info_reply", self.get_shell_msg, 1)
                # Told of what was asked before they were connected, outputs do not arrive: again.
                await self._answer_to(asked, "status", self.get_iopub_msg, 0.2)
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it answered")
        raise RuntimeError(f"the kernel did not answer within {timeout:g} s")

    async def _answer_to(
        self, asked: str, kind: str, receive: Callable[..., Any], seconds: float
    ) -> None:
        """Wait for a message of one kind about one request. Raises ``queue.Empty``."""
        deadline = time.monotonic() + seconds
        while True:
            message = await receive(timeout=max(0.0, deadline - time.monotonic()))
            if message["msg_type"] == kind and message["parent_header"].get("msg_id") == asked:
                return


class LockedKernelManager(AsyncKernelManager):
    """Starts ``ipykernel`` in a room, and nothing else."""

    def __init__(self, room: Room, environment: Mapping[str, str], is_warm: bool) -> None:
        super().__init__(transport="ipc", client_factory=_KernelClient)
        self._contexts: list[zmq.Context[Any]] = [self.context]
        self.room = room
        self.provisioner = LockedProvisioner(
            parent=self, room=room, environment=dict(environment), is_warm=is_warm
        )

    def client(self, **more: Any) -> AsyncKernelClient:  # type: ignore[override]
        """A client, whose sockets are closed with the others."""
        client = super().client(**more)
        self._contexts.append(client.context)
        return client

    def let_go(self) -> None:
        """Close all sockets now: the grader of a class may not wait for a garbage collector."""
        for context in self._contexts:
            context.destroy(linger=0)

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            display_name="Python 3",
            language="python",
            interrupt_mode="message",  # a signal would end the room, not the cell
        )


class _Client(NotebookClient):
    """Runs cells; what one writes beyond ``CELL_BYTES`` is dropped, and the cell interrupted.

    What comes after ``NOTEBOOK_BYTES`` is dropped too, and widgets are from the start.
    """

    def __init__(self, notebook: NotebookNode, manager: LockedKernelManager, **more: Any) -> None:
        super().__init__(notebook, km=manager, **more)
        self.flooded: set[int] = set()
        self.completed: set[int] = set()
        self.is_cut_off = False
        self.is_full = False
        self.is_odd = False
        self.on_cell_executed = self._listen
        self._manager = manager
        self._cell = -1
        self._bytes = self._bytes_in_all = 0
        self._interrupt: asyncio.Future[Any] | None = None
        self._interrupted = -math.inf  # when

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        if cell_index != self._cell:
            self._cell, self._bytes = cell_index, 0
        if msg["msg_type"] != "status":
            size = _MESSAGE_COST + len(json.dumps(msg["content"], default=str))
            size += sum(memoryview(buffer).nbytes for buffer in msg.get("buffers") or ())
            self._bytes += size
            if self._bytes > CELL_BYTES:
                self._stop(cell_index)
                return None
            self._bytes_in_all += size
            self.is_full = self.is_full or self._bytes_in_all > NOTEBOOK_BYTES
            if self.is_full or msg["msg_type"].startswith("comm"):
                return None
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # student code can send messages of its own making
            self.is_odd = True
            return None

    def _stop(self, cell_index: int) -> None:
        """Interrupt a cell, and again as long as it writes: a library may swallow an interrupt."""
        now = time.monotonic()
        if cell_index not in self.flooded or now > self._interrupted + _INTERRUPT_SECONDS:
            self.flooded.add(cell_index)
            self._interrupted = now
            self._interrupt = asyncio.ensure_future(self._manager.interrupt_kernel())

    async def _listen(self, cell_index: int, **_event: Any) -> None:
        self.completed.add(cell_index)
        if cell_index != self._cell:  # not even that the kernel was busy
            self.is_cut_off = True
        if cell_index in self.flooded:
            await self._settle()

    async def _settle(self) -> None:
        """Wait until an interrupt has arrived: it is for the cell that has ended, not the next."""
        client = self.kc
        if self._interrupt is None or not isinstance(client, AsyncKernelClient):
            return
        await self._interrupt
        client.control_channel.send(client.session.msg("kernel_info_request"))
        with contextlib.suppress(queue.Empty, TimeoutError):
            await client.get_control_msg(timeout=_SETTLE_SECONDS)  # it comes after the interrupt
        await asyncio.sleep(0.1)


@dataclass(frozen=True)
class Run:
    """How a run ended: None if every cell was run, else a sentence in English for the log.

    ``was_lost``: the kernel went away, by itself or because somebody outside ended it. ``seconds``
    is what the cells took.
    """

    notebook: NotebookNode
    problem: str | None = None
    was_lost: bool = False
    seconds: float = 0.0


def run(
    notebook: NotebookNode,
    room: Room,
    environment: Mapping[str, str],
    language: str = "en",
    *,
    is_warm: bool = True,
    turn: AbstractContextManager[Any] | None = None,
) -> Run:
    """Run ``notebook`` (it gets the outputs, and the cells that were run to their end get their
    counts) in ``room``; afterwards nothing runs there any more.

    ``environment`` is added to the little that the sandbox lets in; ``language`` is that of what
    a cell is told which was stopped. ``is_warm``: in a fork, if that can be (``grader.sandbox.
    walls.can_be_warm``). ``turn`` is entered when the kernel is ready and left when no cell runs
    any more; how long that takes is not counted. Student code never raises here.
    """
    watch = Watch(room, NOTEBOOK_SECONDS + _MARGIN_SECONDS)
    started: float | None = None  # the first cell

    def seconds_so_far() -> float:
        return 0.0 if started is None else time.monotonic() - started

    def seconds_left(_cell: NotebookNode) -> int:
        return int(max(1, min(CELL_SECONDS, NOTEBOOK_SECONDS - seconds_so_far())))

    def begin_or_stop(**_event: Any) -> None:
        nonlocal started
        if started is None:
            its_turn.enter_context(turn or nullcontext())
            watched.enter_context(watch)
            started = time.monotonic()
        elif seconds_so_far() > NOTEBOOK_SECONDS:
            raise _OutOfTime

    manager = LockedKernelManager(room, environment, is_warm)
    client = _Client(
        notebook,
        manager,
        allow_errors=True,
        timeout_func=seconds_left,
        interrupt_on_timeout=True,
        error_on_timeout={
            "ename": "CellTimeoutError",
            "evalue": f"no answer within {CELL_SECONDS} s",
            "traceback": [f"CellTimeoutError: no answer within {CELL_SECONDS} s"],
        },
        on_cell_start=begin_or_stop,
        startup_timeout=120,
        iopub_timeout=OUTPUT_SECONDS,
        raise_on_iopub_timeout=False,
        store_widget_state=False,
        record_timing=False,  # by the kernel's own clock and word
    )
    problem = None
    was_lost = False
    with ExitStack() as watched, ExitStack() as its_turn:
        try:
            start.in_own_loop(_execute(client, manager, its_turn))
        except _OutOfTime:
            problem = f"the notebook ran for more than {NOTEBOOK_SECONDS} s"
        except CellTimeoutError:
            problem = f"a cell ran for more than {CELL_SECONDS} s"
        except DeadKernelError:
            problem, was_lost = "the kernel died", True
        except RuntimeError as error:  # the kernel did not start, or went away between cells
            was_lost = True
            problem = f"the kernel did not answer: {error}"
        except Exception as error:  # student code can send messages of its own making
            problem = (
                f"the kernel sent something that is not a message: {one_line(repr(error), 200)}"
            )
        finally:
            seconds = seconds_so_far()
            room.end()
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and index not in client.completed:
            cell.execution_count = None  # whatever the kernel said
    if client.is_cut_off:
        problem = problem or "a message was too large: outputs after it are lost"
    if client.is_odd:
        problem = problem or "the kernel sent something that is not a message: that was dropped"
    if client.is_full:
        most = NOTEBOOK_BYTES // 2**20
        problem = problem or f"the notebook wrote more than {most} MB: outputs after it are lost"
    for index in client.flooded:
        said = translate(TOO_MUCH, language, most=CELL_BYTES // 2**20)
        notebook.cells[index].outputs = [
            nbformat.v4.new_output("error", ename="OutputLimit", evalue=said, traceback=[said])
        ]
    was_lost = was_lost and watch.problem is None
    return Run(notebook, watch.problem or problem, was_lost, seconds)


class _OutOfTime(Exception):
    """The notebook's time is used up."""


async def _execute(
    client: NotebookClient, manager: LockedKernelManager, its_turn: ExitStack
) -> None:
    """Run all cells, let others have their turn, and end the kernel.

    The manager would send it a message first, and wait a tenth of a second for the dead to read it.
    """
    try:
        await client.async_execute()
    finally:
        its_turn.close()
        manager.room.end()
        manager.let_go()
        await manager.cleanup_resources()
