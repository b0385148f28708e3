"""Run a notebook in a kernel that is locked up, within limits of time, and keep what came out.

One kernel a notebook; messages go through sockets in its own folder, since it has no network.
An exception, a dead kernel or a cell without end costs what it touches and nothing else.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets import Dict, Unicode

from grader import sandbox

CELL_SECONDS = 60
NOTEBOOK_SECONDS = 240


class LockedKernelManager(AsyncKernelManager):
    """Starts ``ipykernel`` inside the sandbox, with ``folder`` as the only place to write."""

    folder = Unicode()
    environment = Dict()

    @property
    def kernel_spec(self) -> KernelSpec:
        launch = [sys.executable, "-m", "ipykernel_launcher", "-f", self.connection_file]
        return KernelSpec(
            argv=sandbox.command(launch, Path(self.folder), self.environment),
            display_name="Python 3",
            language="python",
            interrupt_mode="message",  # a signal would end the sandbox, not the cell
        )


@dataclass(frozen=True)
class Run:
    """How a run ended: None if every cell was run, else a sentence in English for the log."""

    notebook: NotebookNode
    problem: str | None = None


def run(notebook: NotebookNode, folder: Path, environment: dict[str, str]) -> Run:
    """Run ``notebook`` (it gets the outputs) with ``folder`` as its home.

    ``environment`` is added to the little that the sandbox lets in. Student code never raises
    here; ``NoSandbox`` if there is no sandbox to run it in.
    """
    started = time.monotonic()

    def seconds_left(_cell: NotebookNode) -> int:
        left = NOTEBOOK_SECONDS - (time.monotonic() - started)
        return int(max(1, min(CELL_SECONDS, left)))

    def over(**_event: Any) -> None:
        if time.monotonic() - started > NOTEBOOK_SECONDS:
            raise _OutOfTime

    manager = LockedKernelManager(
        transport="ipc",
        connection_file=str(folder / "kernel.json"),
        folder=str(folder),
        environment=environment,
    )
    client = NotebookClient(
        notebook,
        km=manager,
        resources={"metadata": {"path": str(folder)}},
        allow_errors=True,
        timeout_func=seconds_left,
        interrupt_on_timeout=True,
        error_on_timeout={
            "ename": "CellTimeoutError",
            "evalue": f"no answer within {CELL_SECONDS} s",
            "traceback": [f"CellTimeoutError: no answer within {CELL_SECONDS} s"],
        },
        on_cell_start=over,
        startup_timeout=120,
        iopub_timeout=10,
        raise_on_iopub_timeout=False,
        store_widget_state=False,
    )
    try:
        asyncio.run(_execute(client, manager))
    except _OutOfTime:
        return Run(notebook, f"the notebook ran for more than {NOTEBOOK_SECONDS} s")
    except CellTimeoutError:
        return Run(notebook, f"a cell ran for more than {CELL_SECONDS} s")
    except DeadKernelError:
        return Run(notebook, "the kernel died")
    except RuntimeError as error:  # the kernel did not start, or went away between cells
        return Run(notebook, f"the kernel did not answer: {error}")
    return Run(notebook)


class _OutOfTime(Exception):
    """The notebook's time is used up."""


async def _execute(client: NotebookClient, manager: LockedKernelManager) -> None:
    try:
        await client.async_execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
