"""What every test shares: a quiet TensorFlow, and where the checkout is."""

from __future__ import annotations

from pathlib import Path

import pytest

import course  # noqa: F401  before any test imports Keras


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of this checkout."""
    return Path(__file__).parents[1]
