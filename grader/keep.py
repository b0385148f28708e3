"""Keep what came out of each submission's run, so that it need not be run again.

``evidence/NN-slug/STUDENT/`` holds the evidence, the challenge that it answers, ``outcome.json``
with what the notebook printed, and later ``verdicts.json`` and ``recorded.json``. A folder counts
once ``outcome.json`` is there: it is written last, and removed first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.run import Job, Outcome

CHALLENGE, OUTCOME, VERDICTS, RECORDED = (
    "challenge.json",
    "outcome.json",
    "verdicts.json",
    "recorded.json",
)


def evidence_folder(root: str | Path, assignment: str, student: str) -> Path:
    """Where the evidence on one submission is kept, for judging it again."""
    return Path(root) / "evidence" / assignment / student


def clear(folder: Path) -> None:
    """Forget what was kept; a folder that counts for nothing is left if this is cut off."""
    (folder / OUTCOME).unlink(missing_ok=True)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def keep(folder: Path, job: Job, outcome: Outcome) -> None:
    """Write down what came out of ``job``, in place of what was there."""
    clear(folder)
    for name, content in outcome.evidence.items():
        (folder / name).write_bytes(content)
    write(folder / CHALLENGE, job.challenge)
    data = {
        "key": job.key,
        "seconds": outcome.seconds,
        "problem": outcome.problem,
        "cells": outcome.cells,
    }
    write(folder / OUTCOME, data)


def kept(folder: Path, job: Job) -> Outcome | None:
    """What came out of the same job before; None if it was not run, or not to its end."""
    data = read(folder / OUTCOME)
    if data is None or data["key"] != job.key:
        return None
    names = [f"{task}.{kind}" for task in job.challenge["signatures"] for kind in ("json", "npz")]
    evidence = {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
    return Outcome(data["cells"], evidence, data["seconds"], data["problem"])


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write JSON: all of it is there, or what was there before."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(data), encoding="utf-8")
    os.replace(unfinished, path)


def read(path: Path) -> Any:
    """The JSON of a file of ours; None if it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
