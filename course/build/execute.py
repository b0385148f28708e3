"""Execute a built notebook and keep of its outputs what is the same on every machine."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from PIL import Image
from traitlets.config import Config

from course.build.notebook import Built
from course.build.places import CHECKOUT
from course.build.problem import BuildError, Problem

TIMEOUT = 600  # seconds that one cell may take
_IMAGES = ("image/png", "image/jpeg", "image/svg+xml")
_HTML_IMAGE_WITHOUT_ALT = re.compile(r"<img\b(?![^>]*\balt=[\"'][^\"'>]*\S)[^>]*>", re.IGNORECASE)
_LEVELS = 16  # of 255: by how much a pixel may differ in images that look the same


async def execute(built: Built) -> NotebookNode:
    """The executed notebook. Raises ``BuildError``, naming each cell that is to blame.

    It runs in an empty folder of its own, so nothing that a lesson saves stays behind.
    """
    notebook = nbformat.from_dict(json.loads(json.dumps(built.notebook)))
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        here = Path(folder, "here")
        here.mkdir()
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            # sockets that nobody else can reach; with TCP the kernel warns that others could listen
            config=Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel"}),
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            resources={"metadata": {"path": str(here)}},
        )
        failure = ""
        try:
            await client.async_execute(env=_environment(folder))
        except CellExecutionError as error:
            failure = f"{error.ename}: {error.evalue}"
        except (
            CellTimeoutError,
            RuntimeError,
        ) as error:  # RuntimeError: the kernel is dead or mute
            failure = str(error).strip().splitlines()[0]
        _settle_outputs(notebook)
        problems = output_problems(built, notebook, (folder, str(CHECKOUT), str(Path.home())))
    if failure and not any("the cell fails" in problem.message for problem in problems):
        problems.append(Problem(_name(built), 0, failure, 0, built.language))
    if problems:
        raise BuildError(problems)
    notebook.metadata = built.notebook.metadata  # the kernel adds its own version
    return notebook


def _environment(folder: str) -> dict[str, str]:
    """The kernel's environment: this checkout, and nothing of the author's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ATELIER_", "IPYTHON", "MPL", "KERAS_", "PYTEST_"))
    }
    home = Path(folder) / ".ipython"
    home.mkdir()
    return kept | {
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": str(home),
        "TF_ENABLE_ONEDNN_OPTS": "0",
    }


def _settle_outputs(notebook: NotebookNode) -> None:
    """Number the executions from 1, and give each image the alternative text of its cell."""
    count = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
            for kind in _image_kinds(output):
                about = output.setdefault("metadata", {}).setdefault(kind, {})
                if "alt" in cell.metadata and not about.get("alt"):
                    about["alt"] = cell.metadata["alt"]


def _image_kinds(output: Any) -> list[str]:
    return [kind for kind in _IMAGES if kind in output.get("data", {})]


def _name(built: Built) -> str:
    return next(iter(built.origins.values())).file


def output_problems(
    built: Built, executed: NotebookNode, private: tuple[str, ...] = ()
) -> list[Problem]:
    """Errors, noise, images without alternative text, and mentions of the folders ``private``."""
    problems = []
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        place = built.origins[cell.id]
        for output in cell.outputs:
            if output.output_type == "error":
                said = f"the cell fails: {output.ename}: {output.evalue}"
                problems.append(place.problem(built.language, said))
            if output.output_type == "stream" and output.name == "stderr":
                said = f"the cell writes to stderr: {output.text.strip()[:500]}"
                problems.append(place.problem(built.language, said))
            for kind in _image_kinds(output):
                if not str(output.metadata.get(kind, {}).get("alt", "")).strip():
                    said = (
                        "the figure of this cell has no alternative text; give the cell "
                        'alt="..." (English) and add its translations'
                    )
                    problems.append(place.problem(built.language, said))
            for text in _texts(output):
                for image in _HTML_IMAGE_WITHOUT_ALT.findall(text):
                    said = f"an image in the output has no alternative text: {image[:80]}"
                    problems.append(place.problem(built.language, said))
                for folder in private:
                    if folder != "/" and re.search(re.escape(folder) + r"\b", text):
                        said = f"the output names a folder of this machine, {folder}"
                        problems.append(place.problem(built.language, said))
    return problems


def _texts(output: Any) -> Iterator[str]:
    """What an output says in text of any kind."""
    if output.output_type == "stream":
        yield output.text
    for kind, data in output.get("data", {}).items():
        if kind not in _IMAGES or kind == "image/svg+xml":
            yield data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


# -- keeping bytes -----------------------------------------------------------------------------


def keep_known_outputs(executed: NotebookNode, known: NotebookNode) -> NotebookNode:
    """``executed``, with the outputs of ``known`` for cells that say and show the same.

    Another machine may compress an image otherwise, or draw a curve a hair's breadth off; a
    rebuild there must not rewrite every figure.
    """
    earlier = {cell.get("id"): cell for cell in known.cells}
    for cell in executed.cells:
        before = earlier.get(cell.id)
        if cell.cell_type != "code" or before is None or before.cell_type != "code":
            continue
        if len(cell.outputs) == len(before.outputs) and all(
            _alike(new, old) for new, old in zip(cell.outputs, before.outputs, strict=True)
        ):
            cell.outputs = before.outputs
    return executed


def _alike(new: Any, old: Any) -> bool:
    """Equal but for images that look the same."""
    bare_new, bare_old = (
        {**o, "data": {k: v for k, v in o.get("data", {}).items() if k != "image/png"}}
        for o in (new, old)
    )
    images = [o.get("data", {}).get("image/png") for o in (new, old)]
    if bare_new != bare_old or (images[0] is None) != (images[1] is None):
        return False
    return images[0] is None or _look_alike(images[0], images[1])


def _look_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    pixels = [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA"), dtype=int)
        for data in (one, other)
    ]
    if pixels[0].shape != pixels[1].shape:
        return False
    return bool(np.abs(pixels[0] - pixels[1]).max() <= _LEVELS)
