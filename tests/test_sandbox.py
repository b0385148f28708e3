"""Student code is locked up: every wall stands, and each stands for something it must not do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import course
from grader import sandbox
from grader.sandbox import NoSandbox, Wall

COURSE = Path(course.__path__[0]).resolve()


def _run(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    argv = sandbox.command([sys.executable, "-c", code], folder, environment)
    return subprocess.run(argv, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("wall", sandbox.walls(), ids=lambda wall: wall.name)
def test_every_wall_stands(wall: Wall) -> None:
    assert wall.stands, wall.detail


def test_solutions_blueprints_and_git_are_not_there(tmp_path: Path) -> None:
    hidden = [COURSE.parent / "solutions", COURSE.parent / ".git", COURSE.parent / "tests"]
    code = f"import os; print([p for p in {[str(p) for p in hidden]} if os.path.exists(p)])"
    assert _run(tmp_path, code).stdout == "[]\n"
    code = f"import os; print(os.listdir({str(COURSE / 'blueprints')!r}))"
    assert _run(tmp_path, code).stdout == "[]\n"


def test_another_students_folder_is_not_there(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    (other / "answer").write_text("42")
    done = _run(mine, f"open({str(other / 'answer')!r})")
    assert "FileNotFoundError" in done.stderr


@pytest.mark.parametrize("place", [COURSE, Path(sys.prefix), Path("/"), Path("/usr")], ids=str)
def test_nothing_can_be_written_outside_the_own_folder(tmp_path: Path, place: Path) -> None:
    done = _run(tmp_path, f"open({str(place / 'written')!r}, 'w')")
    assert "OSError" in done.stderr or "PermissionError" in done.stderr
    assert not (place / "written").exists()


def test_the_own_folder_can_be_written(tmp_path: Path) -> None:
    assert _run(tmp_path, "open('note', 'w').write('hello')").returncode == 0
    assert (tmp_path / "note").read_text() == "hello"


def test_the_environment_holds_only_what_was_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    done = _run(tmp_path, "import os; print(dict(os.environ))", GIVEN="yes")
    assert "s3cret" not in done.stdout
    assert "'GIVEN': 'yes'" in done.stdout


def test_memory_and_processes_are_limited(tmp_path: Path) -> None:
    assert "MemoryError" in _run(tmp_path, "x = bytearray(20 * 2**30)").stderr
    code = "import resource as r; print(r.getrlimit(r.RLIMIT_NPROC), r.getrlimit(r.RLIMIT_FSIZE))"
    assert "-1" not in _run(tmp_path, code).stdout


def test_the_whole_tree_dies_with_the_one_who_started_it(tmp_path: Path) -> None:
    inner = sandbox.command([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, {})
    code = f"import subprocess; subprocess.run({inner!r})"
    parent = subprocess.Popen([sys.executable, "-c", code])

    def alive() -> bool:
        lines = [process.info["cmdline"] or [""] for process in psutil.process_iter(["cmdline"])]
        return any(line[0].endswith("bwrap") and str(tmp_path) in line for line in lines)

    deadline = time.monotonic() + 20
    while not alive() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive()
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 20
    while alive() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive()


def test_without_bubblewrap_nothing_runs_and_the_remedy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "bwrap", lambda: None)
    with pytest.raises(NoSandbox, match="make setup"):
        sandbox.command(["true"], tmp_path, {})
    with pytest.raises(NoSandbox, match=sandbox.UNSAFE):
        sandbox.require()


def test_walls_can_be_left_out_only_on_explicit_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "bwrap", lambda: None)
    monkeypatch.setenv(sandbox.UNSAFE, "1")
    sandbox.require()
    assert _run(tmp_path, "print('ran')").stdout == "ran\n"
