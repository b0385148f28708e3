"""The seconds that a notebook's own code takes in a process that has imported Keras.

``python -m tests.bench.cells NOTEBOOK`` prints them, in whatever process it runs; ``seconds``
has warm ones run it. Checks write evidence, as they do while grading.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from grader.probe import new_challenge
from tests.corpus import CORPORA

ROOT = CORPORA.parents[1]


def seconds(notebooks: Sequence[Path], at_once: int = 1) -> list[float]:
    """What the cells of each notebook take in a warm process, so many notebooks at a time."""
    from course.warm import fork

    template = fork.template((), dict(os.environ))

    async def each(notebook: Path, slots: asyncio.Semaphore) -> float:
        request = {
            "module": "tests.bench.cells",
            "arguments": [str(notebook)],
            "environment": {"PYTHONPATH": str(ROOT)},
            "folder": str(ROOT),
        }
        with tempfile.TemporaryFile() as said:
            async with slots:
                forked = await template.fork(request, said.fileno(), 2)
                await asyncio.to_thread(forked.wait)
            said.seek(0)
            return float(said.read().split()[-1])

    async def all_of_them() -> list[float]:
        slots = asyncio.Semaphore(at_once)
        return await asyncio.gather(*(each(notebook, slots) for notebook in notebooks))

    return asyncio.run(all_of_them())


def main() -> None:
    """Run the cells, one after the other, as a kernel would."""
    notebook = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        challenge = Path(folder, "challenge.json")
        challenge.write_text(json.dumps({"seed": new_challenge()["seed"], "signatures": {}}))
        os.environ |= {"ATELIER_EVIDENCE": folder, "ATELIER_CHALLENGE": str(challenge)}
        names: dict[str, object] = {"__name__": "__main__"}
        raised = 0
        started = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    try:
                        exec("".join(cell["source"]), names)
                    except Exception:  # submissions may; a lesson's time would then be too short
                        raised += 1
        if raised:
            print(f"{sys.argv[1]}: {raised} cells raised", file=sys.stderr, flush=True)
        print(time.perf_counter() - started, flush=True)


if __name__ == "__main__":
    main()
