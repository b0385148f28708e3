"""What Keras Atelier plugs into nbgrader."""

from __future__ import annotations
