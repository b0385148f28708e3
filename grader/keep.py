"""Keep what came out of each submission's run, so that it need not be run again.

``evidence/NN-slug/STUDENT/`` holds the evidence, the challenge that it answers, ``secret.json``
with what the challenge's examples were drawn from, ``outcome.json`` with what the notebook
printed, and later ``verdicts.json`` (``judged.json`` until they go into the gradebook) and
``recorded.json``. A folder counts once ``outcome.json``
is there: it is written last, and removed first. It names the digests of the files beside it: what
a crash, a full disk or a hand has changed since then counts for nothing, and is run again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.run import Job, Outcome

CHALLENGE, SECRET, OUTCOME, JUDGED, VERDICTS, RECORDED = (
    "challenge.json",
    "secret.json",
    "outcome.json",
    "judged.json",
    "verdicts.json",
    "recorded.json",
)
_OURS = (CHALLENGE, SECRET)
_PARTS = {"key", "code", "seconds", "problem", "cells", "files"}  # of ``outcome.json``


def evidence_folder(root: str | Path, assignment: str, student: str) -> Path:
    """Where the evidence on one submission is kept, for judging it again."""
    return Path(root) / "evidence" / assignment / student


def is_complete(root: str | Path, assignment: str) -> bool:
    """Whether something is kept of everybody who handed in, as far as a glance can tell."""
    handed_in = [path.parent.name for path in Path(root, "submitted").glob(f"*/{assignment}")]
    folders = (evidence_folder(root, assignment, student) for student in handed_in)
    return all((folder / OUTCOME).exists() for folder in folders)


def clear(folder: Path) -> None:
    """Forget what was kept; a folder that counts for nothing is left if this is cut off."""
    if folder.is_dir() and not folder.is_symlink():
        (folder / OUTCOME).unlink(missing_ok=True)
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)  # whatever it is, it is not what we left there
    folder.mkdir(parents=True)


def forget_record(folder: Path) -> None:
    """Have what is kept recorded again by whoever grades next, whatever was recorded of it."""
    with suppress(FileNotFoundError, NotADirectoryError):
        (folder / RECORDED).unlink()


def keep(folder: Path, job: Job, outcome: Outcome, secret: int) -> None:
    """Write down what came out of ``job``, in place of what was there.

    ``secret`` is what its examples were drawn from, in the language of the job.
    """
    clear(folder)
    for name, content in outcome.evidence.items():
        (folder / name).write_bytes(content)
    write(folder / CHALLENGE, job.challenge)
    write(folder / SECRET, {"secret": secret, "language": job.language})
    data = {
        "key": job.key,
        "code": job.code,
        "seconds": outcome.seconds,
        "problem": outcome.problem,
        "cells": outcome.cells,
        "files": {name: digest(folder / name) for name in (*outcome.evidence, *_OURS)},
    }
    write(folder / OUTCOME, data)


def kept(folder: Path, job: Job) -> Outcome | None:
    """What came out of the same job before; None if it was not run, or not to its end."""
    return _outcome(folder, "key", job.key)


def kept_of(folder: Path, code: str) -> Outcome | None:
    """The same for any job with this ``code``, whatever was asked and drawn."""
    return _outcome(folder, "code", code)


def _outcome(folder: Path, part: str, wanted: str) -> Outcome | None:
    data = intact(folder)
    if data is None or data[part] != wanted:
        return None
    evidence = {name: (folder / name).read_bytes() for name in data["files"] if name not in _OURS}
    return Outcome(data["cells"], evidence, data["seconds"], data["problem"])


def intact(folder: Path) -> dict[str, Any] | None:
    """What ``outcome.json`` says; None unless all that it tells of is there as it was written."""
    data = read(folder / OUTCOME)
    if data is None or not data.keys() >= _PARTS:
        return None
    is_changed = any(digest(folder / name) != known for name, known in data["files"].items())
    return None if is_changed else data


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write JSON: all of it is there, or what was there before."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(data), encoding="utf-8")
    os.replace(unfinished, path)


def read(path: Path) -> dict[str, Any] | None:
    """The JSON of a file of ours; None if it is not there, or is not what we wrote."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def digest(path: Path) -> str | None:
    """What tells one content of a file from any other; None if there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
