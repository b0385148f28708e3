"""What is wrong with a source, and where: the only way in which the build says no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to correct. ``cell`` counts the cells of the source file from 1; 0 is the file."""

    file: str
    line: int
    message: str
    cell: int = 0
    language: str = ""

    def __str__(self) -> str:
        place = [f"{self.file}:{self.line}" if self.line else self.file]
        place += [f"cell {self.cell}"] if self.cell else []
        place += [f"language {self.language!r}"] if self.language else []
        return f"{', '.join(place)}: {self.message}"


class BuildError(Exception):
    """The build cannot go on. ``problems`` says all that is known to be wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
