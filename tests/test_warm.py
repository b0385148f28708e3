"""Warm kernels behave as plain ones do, start with Keras loaded, and leave nothing behind."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import psutil
import pytest
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import AsyncKernelManager, KernelManager

from course import warm
from course.warm import fork

SECONDS = 120  # a busy machine is not a broken one
can_fork = pytest.mark.skipif(fork.obstacle(os.environ) is not None, reason="forking is not safe")

_TRAINING = """
import keras
import numpy as np

keras.utils.set_random_seed(7)
x = np.random.normal(size=(64, 4))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
losses = model.fit(x, x.sum(axis=1), epochs=2, verbose=0).history["loss"]
[round(loss, 6) for loss in losses]
"""
_SHOWING = (
    "import sys; print('out'); print('err', file=sys.stderr)",
    "import tensorflow as tf; tf.get_logger().warning('to the log')",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show(); plt.get_backend()",
    "%who",
    "sys.argv[0], sys.path, __name__, vars(sys.modules['__main__']) is globals()",
    "import pickle\nclass Own: pass\ntype(pickle.loads(pickle.dumps(Own()))) is Own",
    "import multiprocessing as m",
    "with m.get_context('spawn').Pool(1) as p: print(p.map(abs, [-1]))",
    "with m.get_context('fork').Pool(1) as p: print(p.map(abs, [-2]))",
    "1 / 0",
)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", warm.environment(os.environ)["JUPYTER_PATH"])
        yield


class Kernel:
    """A kernel ``python3``, and what it answers."""

    def __init__(self) -> None:
        self.manager = KernelManager()
        self.manager.start_kernel()
        self.client: BlockingKernelClient = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)
        self.process = psutil.Process(self.value("__import__('os').getpid()"))

    def value(self, expression: str, setup: str = "") -> Any:
        """The value of an expression whose ``repr`` is JSON, after a statement."""
        said = self.client.execute_interactive(
            setup,
            user_expressions={"value": f"__import__('json').dumps({expression})"},
            store_history=False,
            timeout=SECONDS,
            output_hook=lambda _message: None,
        )["content"]["user_expressions"]["value"]
        return json.loads(said["data"]["text/plain"][1:-1])

    def close(self, now: bool = False) -> None:
        """Shut down."""
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=now)


@contextmanager
def _kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    try:
        yield kernel
    finally:
        kernel.close(now=True)


def _soon(condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


# -- what a student sees -----------------------------------------------------------------------


@can_fork
def test_a_kernel_starts_with_keras_loaded_and_an_empty_namespace() -> None:
    with _kernel() as kernel:
        assert kernel.value("'keras' in __import__('sys').modules")
        assert kernel.value("get_ipython().run_line_magic('who_ls', '')") == []


@can_fork
def test_a_restarted_kernel_is_another_process_with_an_empty_namespace() -> None:
    with _kernel() as kernel:
        assert kernel.value("kept", "kept = 1") == 1
        kernel.manager.restart_kernel()
        kernel.client.wait_for_ready(timeout=SECONDS)
        assert kernel.value("'kept' in globals()") is False
        assert kernel.value("__import__('os').getpid()") != kernel.process.pid
        assert _soon(lambda: not kernel.process.is_running())


@can_fork
def test_interrupting_raises_keyboard_interrupt_and_keeps_what_was_computed() -> None:
    with _kernel() as kernel:
        kernel.value("1", "kept = 1")
        # stop_on_error: else what is asked next may be dropped with the rest of the queue
        asked = kernel.client.execute(
            "print('go'); import time; time.sleep(600)", stop_on_error=False
        )
        while kernel.client.get_iopub_msg(timeout=SECONDS)["msg_type"] != "stream":
            pass
        kernel.manager.interrupt_kernel()
        while (reply := kernel.client.get_shell_msg(timeout=SECONDS))["parent_header"].get(
            "msg_id"
        ) != asked:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.value("kept") == 1


@can_fork
def test_two_kernels_draw_other_random_numbers() -> None:
    draw = "[random.random(), np.random.random(), keras.random.uniform(()).numpy().item()]"
    with _kernel() as one, _kernel() as other:
        drawn = [k.value(draw, "import random, keras, numpy as np") for k in (one, other)]
    assert all(first != second for first, second in zip(*drawn, strict=True))


def _outputs(folder: Path) -> list[Any]:
    cells = [nbformat.v4.new_code_cell(code) for code in (_TRAINING, *_SHOWING)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=True,
        coalesce_streams=True,  # in how many pieces a kernel sends what is printed differs
        timeout=SECONDS,
        startup_timeout=SECONDS,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return [cell.outputs for cell in notebook.cells]


@can_fork
def test_outputs_are_those_of_a_plain_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = _outputs(tmp_path)
    monkeypatch.delenv("JUPYTER_PATH")
    assert ours == _outputs(tmp_path)
    assert [len(outputs) for outputs in ours] == [1, 2, 1, 2, 1, 1, 1, 0, 1, 1, 1]


@can_fork
def test_twenty_kernels_started_at_once_all_answer() -> None:
    async def one(number: int) -> int:
        # no ports, which other programs may take before the kernel does
        manager = AsyncKernelManager(transport="ipc", ip=f"{folder}/{number}")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=SECONDS)
            reply = await client.execute_interactive(
                "import keras", user_expressions={"n": f"{number} * 2"}, timeout=SECONDS
            )
            return int(reply["content"]["user_expressions"]["n"]["data"]["text/plain"])
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*map(one, range(20)))

    with tempfile.TemporaryDirectory() as folder:  # a short path: a socket's has few characters
        assert asyncio.run(all_of_them()) == [number * 2 for number in range(20)]


# -- what stays behind -------------------------------------------------------------------------

_CHILD = "import subprocess; child = subprocess.Popen(['sleep', '600'])"


@can_fork
@pytest.mark.parametrize("now", [False, True], ids=["asked", "killed"])
def test_shutting_down_leaves_neither_process_nor_file(now: bool) -> None:
    kernel = Kernel()
    child = psutil.Process(kernel.value("child.pid", _CHILD))
    kernel.close(now=now)
    assert _soon(lambda: not kernel.process.is_running() and not child.is_running())
    assert not Path(kernel.manager.connection_file).exists()


@can_fork
def test_a_kernel_that_crashes_is_seen_and_leaves_no_process() -> None:
    with _kernel() as kernel:
        child = psutil.Process(kernel.value("child.pid", _CHILD))
        kernel.process.kill()
        assert _soon(lambda: not kernel.manager.is_alive())
        assert _soon(lambda: not kernel.process.is_running() and not child.is_running())


_OWNER = f"""
import os, sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(startup_timeout={SECONDS})
client.execute_interactive({_CHILD!r})
copy = os.fork()  # holds all that this process has open
if copy:
    print(manager.provisioner.pid, copy, flush=True)
time.sleep(600)
"""


@pytest.fixture
def light(tmp_path: Path) -> dict[str, str]:
    """An environment where TensorFlow is a file to write to, and what else is slow is empty."""
    for name in ("tensorflow", "keras", "matplotlib/pyplot", "sklearn/datasets"):
        file = tmp_path / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.touch()
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


@can_fork
def test_a_killed_owner_leaves_no_process(light: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER], env=light, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid, copy = map(int, owner.stdout.readline().split())
        kernel = psutil.Process(pid)
        template = psutil.Process(kernel.ppid())
        assert template.ppid() == owner.pid
        left = [template, *template.children(recursive=True)]
        assert len(left) >= 3
        owner.kill()
        try:
            assert _soon(lambda: not any(process.is_running() for process in left))
        finally:
            os.kill(copy, signal.SIGKILL)


@can_fork
def test_an_owner_killed_before_the_libraries_are_there_leaves_no_process(
    light: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "tensorflow.py").write_text(
        "import time; print('at it', flush=True); time.sleep(600)"
    )
    code = (
        "import os, time; from course.warm import fork; fork.template((), os.environ); "
        "time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], env=light, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None and owner.stdout.readline() == "at it\n"
        left = psutil.Process(owner.pid).children()
        owner.kill()
        assert len(left) == 1
        assert _soon(lambda: not left[0].is_running())


# -- the template ------------------------------------------------------------------------------


def _run(environment: dict[str, str], code: str, folder: Path) -> tuple[str, int | None]:
    """What a forked process prints that runs ``code``, and its exit status."""
    with _template(environment) as template:
        return _asked(template, environment, code, folder)


@contextmanager
def _template(environment: dict[str, str]) -> Iterator[fork.Template]:
    template = fork.Template.started((), environment)
    try:
        yield template
    finally:
        template.retire()
        assert template.process is not None
        template.process.wait(SECONDS)


def _asked(
    template: fork.Template, environment: dict[str, str], code: str, folder: Path
) -> tuple[str, int | None]:
    with (folder / "said").open("w+") as said:
        forked = _fork(template, environment, code, folder, said.fileno())
        assert _soon(lambda: forked.poll() is not None)
        said.seek(0)
        return said.read(), forked.returncode


def _fork(
    template: fork.Template, environment: dict[str, str], code: str, folder: Path, said: int
) -> fork.Forked:
    (folder / "asked.py").write_text(code)
    request = {
        "module": "asked",
        "arguments": ["an argument"],
        "environment": environment,
        "folder": str(folder),
    }
    return asyncio.run(template.fork(request, said, said))


@can_fork
def test_a_module_runs_in_its_folder_and_environment_and_with_nothing_of_this_checkout(
    light: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import os, sys\n"
        "print(os.environ['GIVEN'], os.getcwd() == sys.path[0] == os.path.dirname(__file__))\n"
        "print(sys.argv[1:], __name__, os.getsid(0) == os.getpid(), 'tensorflow' in sys.modules)\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('course', 'grader')])\n"
        "print(len(os.listdir('/proc/self/fd')), len(os.listdir('/proc/self/task')))\n"
        "sys.exit(3)"
    )
    said, status = _run({**light, "GIVEN": "yes"}, code, tmp_path)
    assert said.splitlines() == [
        "yes True",
        "['an argument'] __main__ True True",
        "[]",
        "4 1",  # the standard streams, and the listing itself
    ]
    assert status == 3


@can_fork
def test_a_shared_template_forks_for_whoever_joined_and_no_fork_can_ask_it(
    light: dict[str, str], tmp_path: Path
) -> None:
    code = "import os; print(len(os.listdir('/proc/self/fd')))"
    with _template(light) as template:
        template.share(tmp_path / "here")
        joined = [fork.Template.joined(tmp_path / "here") for _time in range(2)]
        for asks in (*joined, template):
            assert _asked(asks, light, code, tmp_path) == ("4\n", 0)
        joined[0].retire()
        for asks in (joined[1], template):
            assert _asked(asks, light, code, tmp_path) == ("4\n", 0)
        joined[1].retire()


@can_fork
def test_what_was_forked_for_one_that_joined_ends_with_it(
    light: dict[str, str], tmp_path: Path
) -> None:
    joins = (
        "import asyncio, os; from course.warm import fork; from pathlib import Path\n"
        "template = fork.Template.joined(Path('here'))\n"
        f"request = {{'module': 'asked', 'arguments': [], 'environment': {light!r}}}\n"
        "request['folder'] = os.getcwd()\n"
        "forked = asyncio.run(template.fork(request, 2, 2))\n"
        "print(forked.pid, flush=True)\n"
        "forked.wait()"
    )
    (tmp_path / "asked.py").write_text("import time; time.sleep(600)")
    with _template(light) as template:
        template.share(tmp_path / "here")
        argv = [sys.executable, "-c", joins]
        with subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.PIPE) as joined:
            assert joined.stdout is not None
            forked = psutil.Process(int(joined.stdout.readline()))
            joined.kill()
        assert _soon(lambda: not forked.is_running())
        assert _asked(template, light, "print(1)", tmp_path) == ("1\n", 0)


@can_fork
def test_a_shared_template_that_is_gone_is_known_to_be(
    light: dict[str, str], tmp_path: Path
) -> None:
    with _template(light) as template:
        template.share(tmp_path / "here")
        joined = fork.Template.joined(tmp_path / "here")
        assert _asked(joined, light, "print(1)", tmp_path) == ("1\n", 0)
        assert not joined.has_died()
        assert template.process is not None
        template.process.kill()
        with pytest.raises(fork.CannotFork):
            _asked(joined, light, "print(1)", tmp_path)
        assert joined.has_died()
        with pytest.raises(OSError, match="refused"):
            fork.Template.joined(tmp_path / "here")


@can_fork
def test_a_template_with_several_threads_does_not_fork(
    light: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "tensorflow.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    )
    with pytest.raises(fork.CannotFork, match="2 threads"):
        _run(light, "", tmp_path)


@can_fork
def test_an_import_that_fails_is_told_and_nothing_is_forked(
    light: dict[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chatter = b"I0000 00:00:1795247716.842613    8505 port.cc:153] oneDNN operations are on.\n"
    (tmp_path / "tensorflow.py").write_text(f"import os\nos.write(2, {chatter!r})\n1 / 0")
    with pytest.raises(fork.CannotFork):
        _run(light, "", tmp_path)
    said = capfd.readouterr().err
    assert "ZeroDivisionError" in said
    assert "oneDNN" not in said


# -- where there is none -----------------------------------------------------------------------


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_do_not_fork(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert fork.obstacle({}) is not None


def test_a_gpu_keeps_from_forking_unless_it_is_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork, "_GPUS", (str(tmp_path),))
    assert "GPU" in str(fork.obstacle({}))
    assert "GPU" not in str(fork.obstacle({"CUDA_VISIBLE_DEVICES": ""}))


def test_where_forking_is_not_safe_a_plain_kernel_starts_and_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(fork, "obstacle", lambda _environment: "there is no fork")
    monkeypatch.setattr(logging.getLogger("traitlets"), "propagate", True)
    for _ in range(2):
        with _kernel() as kernel:
            assert kernel.value("'keras' in __import__('sys').modules") is False
    said = [r.getMessage() for r in caplog.records if "no fork" in r.getMessage()]
    assert said == ["Kernels start cold: there is no fork"]


def test_the_kernelspec_is_that_of_ipykernel_with_a_provisioner(tmp_path: Path) -> None:
    warm.install(tmp_path)
    written = json.loads((tmp_path / "kernels" / "python3" / "kernel.json").read_text())
    assert written["metadata"].pop("kernel_provisioner") == {"provisioner_name": warm.PROVISIONER}
    assert written == get_kernel_dict()


def test_a_users_own_kernels_stay_within_reach() -> None:
    once = warm.environment({"JUPYTER_PATH": "/theirs"})
    assert once["JUPYTER_PATH"] == f"{warm.FOLDER}{os.pathsep}/theirs"
    assert warm.environment(once) == once
