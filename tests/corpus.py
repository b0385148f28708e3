"""Corpora are data: folders of files, and in each file the cases, told apart by their names."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

CORPORA = Path(__file__).parent / "corpora"


def load(path: Path) -> ModuleType:
    """The module that stands in ``path``."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(module: ModuleType, prefix: str) -> list[str]:
    """The names of a module's cases, in their order in the file."""
    return [name for name in vars(module) if name.startswith(prefix)]
