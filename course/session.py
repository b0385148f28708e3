"""Whether a person works in this notebook: a Jupyter server runs it, not a build or a test."""

from __future__ import annotations

import os

NAME = "JPY_SESSION_NAME"  # a Jupyter server's kernels have it, others do not


def is_attended() -> bool:
    """Whether somebody may look on, move a slider, come back tomorrow."""
    return NAME in os.environ
