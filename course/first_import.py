"""Act around the first import of a module, without importing it early."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Watcher(MetaPathFinder):
    """Finds what the other finders find, and wraps the execution of one module in a context."""

    def __init__(self, name: str, context: Callable[[], AbstractContextManager[None]]) -> None:
        self.name = name
        self.context = context

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        others = [finder for finder in sys.meta_path if finder is not self]
        specs = (finder.find_spec(fullname, path, target) for finder in others)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            with self.context():
                execute(module)
            # Only now: asking whether the module exists (find_spec) is not importing it.
            if self in sys.meta_path:
                sys.meta_path.remove(self)

        # On this one loader: a loader of our own would hide its get_data, get_source...
        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def around_first_import(name: str, context: Callable[[], AbstractContextManager[None]]) -> None:
    """Execute module ``name`` inside ``context()`` when it is imported for the first time.

    Does nothing when the module is loaded already. An exception of the module passes through.
    """
    if name not in sys.modules:
        sys.meta_path.insert(0, _Watcher(name, context))
