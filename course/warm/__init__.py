"""Warm kernels: forked from a process that has imported TensorFlow, so a lesson need not wait.

``install`` writes a kernelspec ``python3`` whose kernels are warm (``course.warm.provisioner``),
beside the environment's plain one: a program runs notebooks warm if ``JUPYTER_PATH`` names the
folder, and plain otherwise. Neither notebooks nor files of another package are changed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "keras-atelier" / "jupyter"
PROVISIONER = "keras-atelier-warm"  # its entry point in pyproject.toml


def install(folder: Path = FOLDER) -> None:
    """Write the kernelspec: ipykernel's own, with a provisioner named."""
    from ipykernel.kernelspec import RESOURCES, get_kernel_dict

    spec = get_kernel_dict()
    spec["metadata"]["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
    place = folder / "kernels" / "python3"
    shutil.copytree(RESOURCES, place, dirs_exist_ok=True)
    (place / "kernel.json").write_text(json.dumps(spec, indent=1))


def environment(environ: Mapping[str, str], folder: Path = FOLDER) -> dict[str, str]:
    """``environ`` for a program whose ``python3`` kernels are to be warm."""
    others = environ.get("JUPYTER_PATH", "").split(os.pathsep)
    paths = [str(folder), *(path for path in others if path not in ("", str(folder)))]
    return {**environ, "JUPYTER_PATH": os.pathsep.join(paths)}
