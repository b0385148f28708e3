"""Grade Keras models against reference models, and say which layer differs.

In a notebook: ``from grader import check, hint, compare``.
"""

from __future__ import annotations
