"""Where the sources lie and where what is built goes: one root, normally the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.units import UNITS, Unit

CHECKOUT = Path(__file__).parents[2]
INDEX = "index"  # the landing page
PAGES = (INDEX, "glossary")  # what is no unit: names, where a unit would have its topic


@dataclass(frozen=True)
class Places:
    """The folders of a course under ``root``."""

    root: Path = CHECKOUT
    units: tuple[Unit, ...] = UNITS

    @property
    def blueprints(self) -> Path:
        return self.root / "course" / "blueprints"

    @property
    def stamps(self) -> Path:
        """What is known to be fresh. Never committed; losing it costs time only."""
        return self.root / ".cache" / "build.json"

    def page(self, name: str) -> Path:
        """The source of a page that is no unit."""
        return self.root / "course" / "lessons" / f"{name}.py"

    def lesson(self, unit: Unit) -> Path:
        return self.root / "course" / "lessons" / f"{unit.module}.py"

    def exercise(self, unit: Unit) -> Path:
        return self.root / "solutions" / f"{unit.module}.py"

    def blueprint(self, unit: Unit) -> Path:
        return self.blueprints / f"{unit.slug}.json"

    def built_page(self, name: str, language: str) -> Path:
        return self.root / "course" / language / f"{name}.ipynb"

    def built_lesson(self, unit: Unit, language: str) -> Path:
        return self.root / "course" / language / unit.slug / "lesson.ipynb"

    def built_exercise(self, unit: Unit, language: str) -> Path:
        """The students' notebook."""
        return self.root / "course" / language / unit.slug / "exercise.ipynb"

    def built_solution(self, unit: Unit, language: str) -> Path:
        """The instructors' notebook, nbgrader's source."""
        return self.root / "solutions" / language / unit.slug / "exercise.ipynb"
