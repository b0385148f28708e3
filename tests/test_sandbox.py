"""Student code is locked up: every wall stands, and each stands for something it must not do."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from ast import literal_eval
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat import NotebookNode

import course
from course.warm.fork import CannotFork
from grader import cluster, kernels
from grader.run import Job, harmless
from grader.sandbox import limits, start, view, walls, watch
from grader.sandbox.room import UNSAFE, Room
from grader.sandbox.view import NoSandbox

COURSE = Path(course.__path__[0]).resolve()
SECONDS = 120  # a busy machine is not a broken one

both = pytest.mark.parametrize("is_warm", [False, True], ids=["cold", "warm"])


@dataclass
class Said:
    """How a program in the sandbox ended, and what it wrote to its standard streams."""

    status: int | None
    text: str


def _run(code: str, *, is_warm: bool, **environment: str) -> Said:
    with tempfile.TemporaryFile() as said, Room(said.fileno()) as room:
        room.put("asked.py", code.encode())
        status = start.run(room, ["asked"], environment, said.fileno(), is_warm=is_warm)
        said.seek(0)
        return Said(status, said.read().decode())


def _soon(condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


# -- what is seen ------------------------------------------------------------------------------


@both
def test_every_wall_stands(is_warm: bool) -> None:
    found = walls.walls(is_warm=is_warm)
    assert len(found) > 10
    assert [wall for wall in found if not wall.stands] == []


@both
def test_solutions_blueprints_and_git_are_not_there(is_warm: bool) -> None:
    hidden = [str(COURSE.parent / name) for name in ("solutions", ".git", "tests")]
    code = (
        f"import os; print([p for p in {hidden} if os.path.exists(p)], "
        f"os.listdir({str(COURSE / 'blueprints')!r}))"
    )
    assert _run(code, is_warm=is_warm).text == "[] []\n"


@both
def test_no_other_file_and_no_other_process_is_there(is_warm: bool, tmp_path: Path) -> None:
    (tmp_path / "answer").write_text("42")
    code = (
        "import os\n"
        f"print(os.path.exists({str(tmp_path)!r}))\n"
        f"print({os.getpid()} in [int(p) for p in os.listdir('/proc') if p.isdigit()])\n"
        "print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit())[:2], os.getppid() < 2)\n"
        "print(sorted(os.listdir('/proc/self/fd'))[:3], len(os.listdir('/proc/self/fd')))\n"
    )
    seen = "False\nFalse\n[1, 2] True\n['0', '1', '2'] 4\n"
    assert _run(code, is_warm=is_warm).text == seen


@both
def test_the_environment_holds_only_what_was_passed(
    is_warm: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    code = (
        "import glob, os; print(dict(os.environ))\n"
        "for name in glob.glob('/proc/*/environ'):\n"
        "    try: print(open(name).read())\n"
        "    except OSError: pass\n"
    )
    said = _run(code, is_warm=is_warm, GIVEN="yes").text
    assert "s3cret" not in said
    assert "'GIVEN': 'yes'" in said


def test_a_warm_process_inherits_what_a_check_imports_and_no_more() -> None:
    names = "print(sorted(m for m in sys.modules if m.split('.')[0] in _OURS))"
    code = f"import sys; _OURS = ('course', 'grader', 'solutions'); {names}"
    asked = f"import {', '.join(start.MODULES)}; {code}"
    warm, cold = _run(code, is_warm=True), _run(asked, is_warm=False)
    assert warm.text.splitlines()[-1] == cold.text.splitlines()[-1]


# -- what can be changed -----------------------------------------------------------------------


@both
def test_nothing_can_be_written_outside_the_own_places(is_warm: bool) -> None:
    places = [str(COURSE), sys.prefix, "/", "/usr", "/dev", "/proc"]
    code = (
        "import pathlib\n"
        f"for place in {places}:\n"
        "    try: pathlib.Path(place, 'written').touch(); print(place)\n"
        "    except OSError: pass\n"
        "for place in ('/tmp', '/dev/shm', '.'): pathlib.Path(place, 'written').touch()\n"
    )
    assert _run(code, is_warm=is_warm).text == ""
    assert not (COURSE / "written").exists()


@both
def test_the_own_places_are_limited_in_size(is_warm: bool) -> None:
    code = (
        "import os\n"
        "for place in ('.', '/tmp', '/dev/shm'):\n"
        "    written = 0\n"
        "    try:\n"
        "        while True:\n"
        "            with open(f'{place}/{written}', 'wb') as file:\n"
        "                for _ in range(16): written += file.write(bytes(2**22))\n"
        "    except OSError as error: print(error.strerror)\n"
        "    for name in os.listdir(place):\n"
        "        if name.isdigit(): os.remove(f'{place}/{name}')\n"
    )
    assert _run(code, is_warm=is_warm).text == "No space left on device\n" * 3


@both
def test_what_is_in_the_own_folder_is_read_when_all_has_ended(is_warm: bool) -> None:
    with Room() as room:
        room.make_folder("evidence")
        room.put("asked.py", b"for name in ('evidence/note', 'big'): open(name, 'w').write(name)")
        start.run(room, ["asked"], {}, 1, is_warm=is_warm)
        room.end()
        assert room.read("evidence/note", 100) == b"evidence/note"
        assert room.read("big", 2) == b"bi"
        assert room.read("nothing", 4) is None


def test_no_link_leads_out_of_the_own_folder(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("another's")
    code = (
        "import os\n"
        f"os.symlink({str(tmp_path)!r}, 'evidence')\n"
        f"os.symlink({str(tmp_path / 'note')!r}, 'link')\n"
        "os.mkfifo('pipe'); os.mkdir('folder')\n"
    )
    with Room() as room:
        room.put("asked.py", code.encode())
        start.run(room, ["asked"], {}, 1, is_warm=False)
        for name in ("evidence/note", "link", "pipe", "folder"):
            assert room.read(name, 100) is None


# -- what can be used --------------------------------------------------------------------------


@both
def test_memory_and_processes_are_limited(is_warm: bool) -> None:
    code = (
        "import resource as r\n"
        f"print([r.getrlimit(k)[1] == v for k, v in {limits.LIMITS}.items()])\n"
        "try: bytearray(8 * 2**30)\n"  # the tests themselves may have more
        "except MemoryError: print('no')\n"
    )
    assert _run(code, is_warm=is_warm).text == f"{[True] * len(limits.LIMITS)}\nno\n"


@both
def test_processes_are_counted_for_each_submission(is_warm: bool) -> None:
    code = (
        "import os, resource, time\n"
        "resource.setrlimit(resource.RLIMIT_NPROC, (40, 40))\n"
        "started = 0\n"
        "try:\n"
        "    while True:\n"
        "        if os.fork() == 0: time.sleep(600)\n"
        "        started += 1\n"
        "except OSError: print(30 < started < 40)\n"
    )
    assert _run(code, is_warm=is_warm).text == "True\n"


@both
def test_calls_that_attacks_begin_with_are_forbidden(is_warm: bool) -> None:
    code = (
        "import ctypes, errno, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def number(name, *words):\n"
        "    return 0 if getattr(libc, name)(*words) >= 0 else ctypes.get_errno()\n"
        "tried = [number('unshare', 0x10000000), number('setns', 0, 0),\n"
        "         number('ptrace', 0, 0, 0, 0),\n"
        "         number('mount', b'/tmp', b'/tmp', None, 4096, None),\n"
        "         number('memfd_create', b'x', 0), number('shmget', 0, 4096, 0o1600)]\n"
        "print(set(tried) == {errno.EPERM})\n"
        "for victim in (1, 2):\n"
        "    if victim != os.getpid():\n"
        "        try: open(f'/proc/{victim}/mem', 'r+b'); print('open')\n"
        "        except OSError: pass\n"
        "        try: os.kill(victim, 9); print('killed')\n"
        "        except OSError: pass\n"
        "import threading\n"
        "threading.Thread(target=print, args=['thread']).start()\n"
    )
    assert _run(code, is_warm=is_warm).text == "True\nthread\n"


# -- how it ends -------------------------------------------------------------------------------

_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open("there", "w").close()
        time.sleep(600)
    os._exit(0)
time.sleep(600)
"""
_OWNER = f"""
import asyncio, os, sys, time
from pathlib import Path
from grader.sandbox import start
from grader.sandbox.room import Room
room = Room()
room.put("asked.py", {_DAEMON.encode()!r})
if sys.argv[1] == "True":
    forked = asyncio.run(start.warm(room, ["asked"], {{}}, 1))
else:
    start.cold(room, ["asked"], {{}})
while not (room.outside / "there").exists():
    time.sleep(0.05)
print(room.first, flush=True)
time.sleep(600)
"""


def _inside(room: Room) -> list[str]:
    """The processes in a room."""
    return [name for name in os.listdir(room.processes) if name.isdigit()]


@both
def test_the_whole_tree_dies_with_the_one_who_started_it(is_warm: bool) -> None:
    words = [sys.executable, "-c", _OWNER, str(is_warm)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None and int(owner.stdout.readline())
        left = psutil.Process(owner.pid).children(recursive=True)
        assert len(left) >= 4
        os.kill(owner.pid, signal.SIGKILL)
        assert _soon(lambda: not any(process.is_running() for process in left))


def test_the_first_process_takes_all_others_with_it_whatever_they_did() -> None:
    with Room() as room:
        room.put("asked.py", _DAEMON.encode())
        forked = asyncio.run(start.warm(room, ["asked"], {}, 1))
        assert _soon((room.outside / "there").exists)
        psutil.Process(room.first).kill()
        assert _soon(lambda: forked.poll() is not None)
        assert _soon(lambda: not _inside(room))


def test_a_killed_fork_leaves_nothing_that_runs_on_when_the_room_ends() -> None:
    with Room() as room:
        room.put("asked.py", _DAEMON.encode())
        forked = asyncio.run(start.warm(room, ["asked"], {}, 1))
        assert _soon((room.outside / "there").exists)
        forked.kill()
        room.end()
        assert not _inside(room)


# -- notebooks ---------------------------------------------------------------------------------


def _notebook(*codes: str) -> tuple[kernels.Run, list[list[NotebookNode]]]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in codes])
    with Room() as room:
        result = kernels.run(notebook, room, {"GIVEN": "yes"}, "fr")
    return result, [cell.outputs for cell in notebook.cells]


def _texts(outputs: list[NotebookNode]) -> list[str]:
    return [output.data["text/plain"] for output in outputs if "data" in output]


def test_a_notebook_runs_in_a_warm_kernel_in_its_own_folder() -> None:
    code = (
        "import os, sys; 'tensorflow' in sys.modules, os.getcwd(), os.environ['GIVEN'], os.getuid()"
    )
    result, (outputs,) = _notebook(code)
    assert result.problem is None
    assert _texts(outputs) == [f"(True, '{view.HOME}', 'yes', 1000)"]


def test_grading_many_notebooks_keeps_neither_files_nor_threads() -> None:
    def kept() -> tuple[int, int]:
        return len(os.listdir("/proc/self/fd")), threading.active_count()

    _notebook("1")
    before = kept()
    _notebook("1")
    assert kept() == before


def test_a_notebook_runs_where_an_event_loop_runs_already() -> None:
    async def server() -> list[list[NotebookNode]]:
        return _notebook("1 + 1")[1]

    assert _texts(asyncio.run(server())[0]) == ["2"]


def test_where_forking_is_not_safe_a_kernel_starts_cold_behind_the_same_walls(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def cannot(*_words: object) -> None:
        raise CannotFork("there is no fork")

    monkeypatch.setattr(start, "warm", cannot)
    result, (outputs,) = _notebook("import os, sys; 'tensorflow' in sys.modules, os.getuid()")
    assert result.problem is None
    assert _texts(outputs) == ["(False, 1000)"]
    assert "Kernels start cold: there is no fork" in caplog.text


def test_a_notebook_gets_its_kernel_while_another_runs_and_waits_for_its_turn() -> None:
    """The first notebook ends only when the second asks for the turn."""
    turns, rooms = threading.Semaphore(), [Room(), Room()]

    class Turn:
        def __enter__(self) -> None:
            if not turns.acquire(blocking=False):
                rooms[0].put("go", b"")
                turns.acquire()

        def __exit__(self, *_error: object) -> None:
            turns.release()

    def times(room: Room, code: str) -> tuple[float, float]:
        cells = [
            nbformat.v4.new_code_cell("import os, time\ntime.monotonic()"),
            nbformat.v4.new_code_cell(code),
            nbformat.v4.new_code_cell("time.monotonic()"),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        assert kernels.run(notebook, room, {}, turn=Turn()).problem is None
        first, _, last = (_texts(cell.outputs) for cell in notebook.cells)
        return float(first[0]), float(last[0])

    waits = "while not os.path.exists('go'): time.sleep(0.05)"
    with rooms[0], rooms[1], ThreadPoolExecutor(2) as pool:
        first = pool.submit(times, rooms[0], waits)
        assert _soon(lambda: not turns._value)
        second = pool.submit(times, rooms[1], "pass")
        assert first.result()[1] < second.result()[0]


def test_waiting_for_the_turn_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "NOTEBOOK_SECONDS", 5)
    monkeypatch.setattr(kernels, "_MARGIN_SECONDS", 0)

    class Late:
        def __enter__(self) -> None:
            time.sleep(6)

        def __exit__(self, *_error: object) -> None:
            pass

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    with Room() as room:
        result = kernels.run(notebook, room, {}, turn=Late())
    assert result.problem is None
    assert result.seconds < 5
    assert _texts(notebook.cells[0].outputs) == ["2"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_as_many_notebooks_run_at_a_time_as_there_are_jobs(jobs: int) -> None:
    codes = ["import time\nfirst = time.monotonic()", "time.sleep(1)", "first, time.monotonic()"]
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    text = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    asked = [(str(n), Job(text, {"seed": n, "signatures": {}}, "en")) for n in range(2 * jobs + 2)]
    with cluster.cluster(jobs) as client:
        found = [outcome for _name, outcome in cluster.outcomes(client, asked)]
    ran = [literal_eval(o.cells[2]["outputs"][0]["data"]["text/plain"]) for o in found]
    at_once = [sum(a <= first < b for a, b in ran) for first, _last in ran]
    assert len(ran) == len(asked)
    assert max(at_once) <= jobs


def test_a_cell_that_writes_without_end_is_interrupted_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kernels, "CELL_BYTES", 2**20)
    flood = "while True: print('x' * 1000)"
    result, (flooded, single, after) = _notebook(flood, "print('x' * 2**21)", "1 + 1")
    assert result.problem is None
    for outputs in (flooded, single):
        assert [output.ename for output in outputs] == ["OutputLimit"]
        assert "1 Mo" in outputs[0].evalue
    assert _texts(after) == ["2"]


def test_a_message_that_is_too_large_is_never_received_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kernels, "_MESSAGE_BYTES", 2**20)
    monkeypatch.setattr(kernels, "OUTPUT_SECONDS", 1)
    result, outputs = _notebook("print('x' * 2**22)", "1 + 1")
    assert "too large" in str(result.problem)
    assert outputs == [[], []]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", {"name": "stdout", "text": 7}),
        ("stream", {}),
        ("error", {"ename": 1, "evalue": [], "traceback": 3}),
        ("execute_result", {"data": 5, "metadata": None, "execution_count": "x"}),
        ("display_data", {"data": {"image/png": {}}, "metadata": {}, "transient": 3}),
    ],
)
def test_messages_of_a_notebooks_own_making_harm_nobody_else(
    kind: str, content: dict[str, object]
) -> None:
    code = (
        "kernel = get_ipython().kernel\n"
        f"kernel.session.send(kernel.iopub_socket, {kind!r}, {content!r}, kernel.get_parent())"
    )
    _result, (outputs,) = _notebook(code)
    kept = [output for output in map(harmless, outputs) if output is not None]
    assert all(isinstance(output.get("text", ""), str) for output in kept)


@pytest.mark.parametrize(
    ("name", "most", "code"),
    [
        ("FILES", 100, "for i in range(10**6): open(str(i), 'w').close()"),
        (
            "MEMORY",
            2**29,
            "import mmap, time\nwhole = mmap.mmap(-1, 2**30)\n"
            "for i in range(0, 2**30, 4096): whole[i] = 1\ntime.sleep(60)",
        ),
        (
            "PROCESSES",
            60,
            "import threading, time\n"
            "for _ in range(99): threading.Thread(target=time.sleep, args=[60]).start()\n"
            "time.sleep(60)",
        ),
        ("CPU_SECONDS", 2, "while True: pass"),
    ],
)
def test_what_all_processes_use_together_is_limited(
    name: str, most: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, name, most)
    result, _outputs = _notebook(code)
    assert "more than" in str(result.problem)


def test_a_notebook_has_only_so_much_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "CELL_SECONDS", 2)
    monkeypatch.setattr(kernels, "NOTEBOOK_SECONDS", 3)
    endless = "while True:\n  try:\n    while True: pass\n  except BaseException: pass"
    result, _outputs = _notebook(endless, endless, endless)
    assert "for more than 3 s" in str(result.problem)


# -- where there is none -----------------------------------------------------------------------


@pytest.fixture
def _no_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "bwrap", lambda: None)
    monkeypatch.setattr(walls, "fallen", walls.fallen.__wrapped__)


@pytest.mark.usefixtures("_no_bubblewrap")
def test_without_bubblewrap_nothing_runs_and_the_remedy_is_named() -> None:
    with pytest.raises(NoSandbox, match="make setup"):
        Room()
    with pytest.raises(NoSandbox, match=UNSAFE):
        walls.require()


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> set[tuple[bool, str]]:
    """Walls, warm or cold, that do not stand."""
    found: set[tuple[bool, str]] = set()

    def walls_(*, is_warm: bool) -> list[walls.Wall]:
        names = [name for warm, name in found if warm == is_warm]
        return [walls.Wall("start", True), *(walls.Wall(name, False) for name in names)]

    monkeypatch.setattr(walls, "walls", walls_)
    monkeypatch.setattr(walls, "fallen", walls.fallen.__wrapped__)
    return found


def test_grading_refuses_without_a_wall_that_it_needs(missing: set[tuple[bool, str]]) -> None:
    missing.add((False, "network"))
    with pytest.raises(NoSandbox, match="network"):
        walls.require()


def test_grading_goes_on_without_a_second_line(missing: set[tuple[bool, str]]) -> None:
    missing |= {(False, "forbidden system calls"), (True, "signals to others")}
    walls.require()
    assert walls.can_be_warm()


def test_a_wall_that_is_missing_around_warm_kernels_only_makes_kernels_start_cold(
    missing: set[tuple[bool, str]], caplog: pytest.LogCaptureFixture
) -> None:
    missing.add((True, "other files"))
    walls.require()
    assert not walls.can_be_warm()
    assert "Kernels start cold: other files" in caplog.text


@pytest.mark.usefixtures("_no_bubblewrap")
def test_walls_can_be_left_out_only_on_explicit_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UNSAFE, "1")
    walls.require()
    assert _run("print('ran')", is_warm=False).text == "ran\n"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    with Room() as room:
        assert kernels.run(notebook, room, {}, is_warm=walls.can_be_warm()).problem is None
    assert _texts(notebook.cells[0].outputs) == ["2"]
