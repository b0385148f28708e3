"""What every test shares: a quiet TensorFlow, and where the checkout is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import course  # noqa: F401  before any test imports Keras


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
