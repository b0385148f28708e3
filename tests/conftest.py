"""What every test shares: a quiet TensorFlow, and where the checkout is."""

from __future__ import annotations

import gc
import resource
import sys
from pathlib import Path

import pytest

import course  # noqa: F401  before any test imports Keras

_MOST_MEMORY = 12 * 2**30  # bytes of address space for data, more than twice what tests take

# What takes longest goes first, so that no worker is left with it when the others have ended.
_SLOWEST = (
    "equivalence",
    "sample_class",
    "answers",
    "mutants",
    "faults",
    "applications",
    "autograde",
    "warm",
    "attacks",
    "build_committed",
    "setup",
    "site",
    "build_notebooks",
    "plots",
    "quality",
    "sandbox",
)


def pytest_configure() -> None:
    """Let a test that runs away fail with a traceback, not take the machine's memory."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > _MOST_MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, hard))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest files first; the rest stays in its order."""
    order = {f"test_{name}": place for place, name in enumerate(_SLOWEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


def pytest_collection_finish() -> None:
    """Let no collection of garbage look again at the modules, TensorFlow's among them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of this checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _stderr_stays_open() -> None:
    """Keep nbgrader from closing what pytest captures with.

    Its applications close every logging handler that is there, and absl's, which TensorFlow
    brings, closes the stream that was standard error when TensorFlow was imported.
    """
    if (absl_logging := sys.modules.get("absl.logging")) is not None:
        absl_logging.get_absl_handler().python_handler.stream = sys.__stderr__
