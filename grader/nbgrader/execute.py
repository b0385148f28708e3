"""Second phase: run the sanitised notebook in the sandbox, and keep the evidence."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grader import kernels, probe
from grader.nbgrader.sanitise import language_of
from grader.rubric import load_rubric
from grader.sandbox import walls
from grader.sandbox.room import Room
from grader.selfcheck import CHALLENGE, EVIDENCE, LANGUAGE, signature

_EVIDENCE, _CHALLENGE = "evidence", "challenge.json"  # as files are called in the room
_PICTURES = ("image/png", "image/jpeg")
_MOST_TEXT = 20_000
_MOST_PICTURE = 4 * 2**20


def evidence_folder(root: str | Path, assignment: str, student: str) -> Path:
    """Where the evidence on one submission is kept, for judging it again."""
    return Path(root) / "evidence" / assignment / student


class ExecuteInSandbox(NbGraderPreprocessor):
    """Runs the notebook locked up. What comes out is outputs, cleaned, and evidence on disk."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        keep = evidence_folder(
            self.parent.parent.coursedir.root, about["assignment"], about["student"]
        )
        if keep.exists():
            shutil.rmtree(keep)
        keep.mkdir(parents=True)
        if nb.metadata.get("atelier", {}).get("unreadable"):
            return nb, resources
        walls.require()
        is_warm = walls.can_be_warm()
        started = time.monotonic()
        challenge = _challenge(about["assignment"])
        code = language_of(nb)
        with Room() as room:
            room.make_folder(_EVIDENCE)
            room.put(_CHALLENGE, json.dumps(challenge).encode())
            environment = {
                EVIDENCE: str(room.home / _EVIDENCE),
                CHALLENGE: str(room.home / _CHALLENGE),
                LANGUAGE: code,
            }
            result = kernels.run(nb, room, environment, code, is_warm=is_warm)
            _keep(room, keep, challenge)
        ran = {"seconds": round(time.monotonic() - started, 1), "problem": result.problem}
        (keep / "run.json").write_text(json.dumps(ran), encoding="utf-8")
        if result.problem is not None:
            self.log.warning("%s: %s", about["student"], result.problem)
            nb.metadata["atelier"]["problem"] = result.problem
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [o for o in map(harmless, cell.outputs) if o is not None]
        return nb, resources


def _challenge(assignment: str) -> dict[str, Any]:
    """A fresh challenge, with the inputs that each question asks for."""
    from course.units import unit

    signatures = {
        task.id: [[s.name, list(s.shape), s.dtype] for s in signature(task)]
        for task in load_rubric(unit(assignment)).tasks
    }
    return {**probe.new_challenge(), "signatures": signatures}


def _keep(room: Room, keep: Path, challenge: dict[str, Any]) -> None:
    """Copy evidence out of the room: plain files of known names and bounded size."""
    (keep / _CHALLENGE).write_text(json.dumps(challenge), encoding="utf-8")
    for task in challenge["signatures"]:
        for name in (f"{task}.json", f"{task}.npz"):
            content = room.read(f"{_EVIDENCE}/{name}", probe.MOST_BYTES + 1)
            if content is not None:
                (keep / name).write_bytes(content)


def harmless(output: NotebookNode) -> NotebookNode | None:
    """An output as text or a picture; what could run in a page is dropped.

    Nothing in it need be what it should: student code can send messages of its own making.
    """
    if output.output_type == "stream":
        output.text = str(output.text)[:_MOST_TEXT]
    elif output.output_type == "error":
        output.ename, output.evalue = str(output.ename)[:200], str(output.evalue)[:_MOST_TEXT]
        lines = output.traceback if isinstance(output.traceback, list) else []
        output.traceback = [str(line)[:_MOST_TEXT] for line in lines[-50:]]
    elif output.output_type in ("display_data", "execute_result"):
        if not isinstance(output.data, dict):
            return None
        kept = NotebookNode()
        for kind, content in output.data.items():
            if kind == "text/plain" and isinstance(content, str):
                kept[kind] = content[:_MOST_TEXT]
            elif kind in _PICTURES and isinstance(content, str) and len(content) < _MOST_PICTURE:
                kept[kind] = content
        if not kept:
            return None
        output.data, output.metadata = kept, NotebookNode()
    else:
        return None
    return output
