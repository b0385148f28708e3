"""Print the seconds that a notebook's own code takes: ``python -m tests.bench.cells NOTEBOOK``.

Meant for a process that has imported Keras. Checks write evidence, as they do while grading.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from grader.probe import new_challenge


def main() -> None:
    """Run the cells, one after the other, as a kernel would."""
    notebook = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        challenge = Path(folder, "challenge.json")
        challenge.write_text(json.dumps({**new_challenge(), "signatures": {}}))
        os.environ |= {"ATELIER_EVIDENCE": folder, "ATELIER_CHALLENGE": str(challenge)}
        names: dict[str, object] = {"__name__": "__main__"}
        started = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    with contextlib.suppress(Exception):
                        exec("".join(cell["source"]), names)
        print(time.perf_counter() - started, flush=True)


if __name__ == "__main__":
    main()
