"""Grade Keras models against reference models, and say which layer differs.

In a notebook: ``from grader import check, hint, compare``. The names are loaded when they are
first used, so that the parts of the grader that need no TensorFlow never import it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.comparison import compare
    from grader.selfcheck import check, hint

__all__ = ["check", "compare", "hint"]

_HOMES = {
    "check": "grader.selfcheck",
    "hint": "grader.selfcheck",
    "compare": "grader.comparison",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
