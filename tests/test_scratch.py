"""Temporary folders go with who made them, at the latest when somebody makes the next one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader import scratch

_HOLDS = """
import time
from grader import scratch
with scratch.folder() as folder:
    (folder / "file").touch()
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@contextmanager
def _other_process() -> Iterator[Path]:
    with subprocess.Popen([sys.executable, "-c", _HOLDS], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        yield Path(one.stdout.readline().strip())
        one.kill()


def test_a_folder_goes_with_its_block(place: Path) -> None:
    with scratch.folder() as one, scratch.folder() as other:
        assert one != other
        assert one.stat().st_mode & 0o077 == 0
        (one / "file").touch()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_folder() -> None:
    with _other_process() as left:
        pass
    assert (left / "file").exists()
    with scratch.folder():
        assert not left.exists()


def test_what_a_living_process_holds_stays() -> None:
    with _other_process() as held, scratch.folder():
        assert (held / "file").exists()


def test_nothing_is_removed_through_a_link(place: Path) -> None:
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "file").touch()
    (place / "atelier-grader-link").symlink_to(place / "elsewhere")
    with scratch.folder():
        pass
    assert (place / "elsewhere" / "file").exists()
