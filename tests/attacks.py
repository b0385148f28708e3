"""The attack corpus: hostile submissions as data, made into real folders (see its README)."""

from __future__ import annotations

import base64
import io
import json
import os
import tomllib
import zlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode

from tests.corpus import CORPORA, load

FOLDER = CORPORA / "attacks"
ROOT = CORPORA.parents[1]
# What an attack says, prints or writes where it got what it wanted; in pieces here, so that the
# source of an attack, which stays in its notebook, may hold the word.
SUCCESS = "ATTACK SUCCEEDED"
FULL: Mapping[str, dict[str, float]] = {
    "00-welcome": {"first": 2.0},
    "02-functional": {
        "counting": 3.0,
        "stack": 5.0,
        "song_model": 5.0,
        "weather_model": 7.0,
        "features": 4.0,
    },
    "04-ticket-routing": {
        "counting": 6.0,
        "traps": 5.0,
        "mended": 5.0,
        "review_model": 6.0,
        "city_model": 8.0,
        "router": 9.0,
    },
}


@dataclass(frozen=True)
class Attack:
    """One hostile submission, and what must become of it."""

    name: str
    about: str
    claim: str
    assignment: str
    points: dict[str, float]
    hand_in: Callable[[Path, Mapping[str, str]], None]
    reported: str = ""  # in the log of grading
    printed: str = ""  # in an output: what shows that the attack was tried
    limits: dict[str, float] = field(default_factory=dict)


def attacks() -> list[Attack]:
    """Every attack of the corpus, by name."""
    read = {".toml": _described, ".py": _programmed}
    files = sorted(p for p in FOLDER.iterdir() if p.suffix in read)
    return [read[path.suffix](path) for path in files]


def _described(path: Path) -> Attack:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    assignment = said.get("assignment", "00-welcome")

    def hand_in(folder: Path, places: Mapping[str, str]) -> None:
        write(folder, notebook(assignment, said, places))

    return Attack(
        name=path.stem,
        about=said["about"],
        claim=said["claim"],
        assignment=assignment,
        points=FULL[assignment] | said.get("points", {}),
        hand_in=hand_in,
        reported=said.get("reported", ""),
        printed=said.get("printed", ""),
        limits=said.get("limits", {}),
    )


def _programmed(path: Path) -> Attack:
    module = load(path)
    about, _blank, claim = (module.__doc__ or "").strip().partition("\n\n")
    assignment = getattr(module, "ASSIGNMENT", "00-welcome")
    return Attack(
        name=path.stem,
        about=about,
        claim=claim,
        assignment=assignment,
        points=FULL[assignment] | getattr(module, "POINTS", {}),
        hand_in=module.hand_in,
        reported=getattr(module, "REPORTED", ""),
        printed=getattr(module, "PRINTED", ""),
        limits=getattr(module, "LIMITS", {}),
    )


def notebook(
    assignment: str, said: Mapping[str, Any], places: Mapping[str, str] | None = None
) -> NotebookNode:
    """The right solution, without its outputs, and what ``said`` changes in it."""
    language = said.get("language", "en")
    path = ROOT / "solutions" / language / assignment / "exercise.ipynb"
    whole = nbformat.read(path, as_version=4)
    cells: list[NotebookNode] = []
    for cell in whole.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code":
            cell.outputs = []
        for extra in said.get("extra", ()):
            if extra["before"] == name:
                make = getattr(nbformat.v4, f"new_{extra.get('kind', 'code')}_cell")
                cells.append(make(_filled(extra["source"], places or {})))
        if name in said.get("answers", {}):
            cell.source = _filled(said["answers"][name], places or {})
        if name in said.get("delete", ()):
            continue
        if name in said.get("duplicate", ()):
            cells.append(deepcopy(cell) | {"id": f"{name}-copy"})
        cells.append(cell)
    for extra in said.get("extra", ()):
        if extra["before"] == "end":
            cells.append(nbformat.v4.new_code_cell(_filled(extra["source"], places or {})))
    whole.cells = cells
    return whole


def _filled(source: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    return source.strip()


def write(folder: Path, made: NotebookNode) -> None:
    """Hand in a notebook as JSON, right or wrong."""
    nbformat.write(made, folder / "exercise.ipynb")


def forging(files: Mapping[str, bytes]) -> dict[str, str]:
    """A last cell that puts files where evidence lies, over what the probe wrote there."""
    coded = {name: base64.b85encode(zlib.compress(content)) for name, content in files.items()}
    code = (
        "import base64, os, zlib\n"
        f"for name, content in {coded!r}.items():\n"
        "    with open(os.path.join(os.environ['ATELIER_EVIDENCE'], name), 'wb') as file:\n"
        "        file.write(zlib.decompress(base64.b85decode(content)))\n"
        "print('forged')"
    )
    return {"before": "end", "source": code}


def blueprint_evidence(task_id: str, **said: Any) -> dict[str, Any]:
    """Evidence with the graph of a blueprint, which no model computed."""
    from grader.blueprint import load_blueprint

    graph = load_blueprint(task_id).reference
    evidence = {"task": task_id, "state": "model", "graph": graph and graph.to_json()}
    evidence |= {"value": None, "problem": None, "numbers": False}
    return json.loads(json.dumps({**evidence, **said}))


def packed(arrays: Mapping[str, Any]) -> bytes:
    """Arrays as the probe packs them."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=True, **arrays)
    return file.getvalue()


def everything(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What is in a folder, for telling whether anything was changed there."""
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _CHANGING]
        for name in set(files) - _CHANGING:
            about = os.lstat(os.path.join(place, name))
            found[os.path.join(place, name)] = (about.st_size, about.st_mtime_ns, about.st_mode)
    return found


# What other tests may write at the same time; fontconfig names a folder of fonts in ``.uuid``.
_CHANGING = {".git", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".uuid"}
