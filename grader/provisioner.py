"""The kernel of ``grader.kernels`` as ``jupyter_client`` wants it: a room with a module in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Dict, Instance

from course.warm.fork import Forked
from grader.sandbox import start
from grader.sandbox.room import Room

_SOCKETS = "kernel"  # in the room's folder; a number follows
_CONNECTION = "kernel.json"


class LockedProvisioner(KernelProvisionerBase):
    """Starts ``ipykernel`` in ``room``. Signals end the whole room."""

    room: Any = Instance(Room)
    environment: Any = Dict()
    is_warm = Bool(True)

    _forked: Forked | None = None
    _runs = False

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel, or was one that nobody let go of."""
        return self._runs

    async def pre_launch(self, **_kwargs: Any) -> dict[str, Any]:
        """Name the sockets, and write their names where the kernel finds them."""
        manager = self.parent
        assert manager is not None
        for number, channel in enumerate(("shell", "iopub", "stdin", "hb", "control"), 1):
            setattr(manager, f"{channel}_port", number)
        manager.ip = str(self.room.outside / _SOCKETS)
        self.connection_info = manager.get_connection_info()
        inside = {**self.connection_info, "ip": str(self.room.home / _SOCKETS)}
        self.room.put(_CONNECTION, json.dumps(_plain(inside)).encode())
        return {"cmd": []}

    async def launch_kernel(self, cmd: list[str], **_kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; what the room was made with is all that it gets."""
        connection = str(self.room.home / _CONNECTION)
        words = ["ipykernel_launcher", "-f", connection, "--HistoryManager.enabled=False"]
        self._forked = await start.start(self.room, words, self.environment, is_warm=self.is_warm)
        self._runs = True
        return self.connection_info

    async def poll(self) -> int | None:
        """The exit status; None while the kernel runs."""
        status = self.room.poll()
        if status is None and self._forked is not None:
            status = self._forked.poll()
        return status

    async def wait(self) -> int | None:
        """End the room: nobody waits for student code to end by itself."""
        await self.kill()
        return self.room.poll()

    async def send_signal(self, signum: int) -> None:
        """End the room, whatever the signal; a cell is interrupted by a message."""
        if signum != 0:
            self.room.end()

    async def kill(self, restart: bool = False) -> None:
        """End everything that the kernel started, and it."""
        self.room.end()

    async def terminate(self, restart: bool = False) -> None:
        """The same as ``kill``: there is nothing that it could save."""
        self.room.end()

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel; whoever made the room closes it, when it has been read."""
        self._runs = False
        self._forked = None


def _plain(info: Mapping[str, Any]) -> dict[str, Any]:
    """Connection information as JSON takes it."""
    return {name: v.decode() if isinstance(v, bytes) else v for name, v in info.items()}
