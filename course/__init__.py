"""What the lessons import: the language of a notebook, data and plots."""

from __future__ import annotations
