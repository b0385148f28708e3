"""The font that the course ships, so that Chinese text in figures needs nothing installed.

A subset of Noto Sans CJK SC (SIL Open Font License 1.1, see ``OFL.txt``), under a family name of
its own so that it never mixes with a complete Noto that a machine may have. Made by
``python -m course.build.fonts``.
"""

from __future__ import annotations

from pathlib import Path

FAMILY = "Atelier Sans SC"
PATH = Path(__file__).with_name("AtelierSansSC-Regular.otf")
