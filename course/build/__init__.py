"""Build the notebooks: trilingual text sources in, one executed notebook per language out.

``python -m course.build`` reads the sources (``source``), says their code in each language
(``localise``), sets their prose (``typography``), makes notebooks of them (``notebook``,
``navigation``), executes those (``execute``) and writes what changed (``pipeline``).
"""

from __future__ import annotations
