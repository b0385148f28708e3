"""Pages that are no units: what the builder writes where their prose has a placeholder.

<!-- units -->          the table of units
"""

from __future__ import annotations

import re

from course.build.navigation import EXERCISE, LESSON, UNIT
from course.build.places import Places
from grader.text import mark as _
from grader.text import translate

TIME = _("Time")
AFTER = _("After unit")
MINUTES = _("{minutes} min")
_PLACEHOLDER = re.compile(r"<!-- *(\w+)(?:: *([\w-]+))? *-->")


def fill(text: str, language: str, places: Places) -> str:
    """``text`` with its placeholders replaced. ``ValueError`` names one that means nothing."""

    def written(placeholder: re.Match[str]) -> str:
        match placeholder.groups():
            case ("units", None):
                return unit_table(language, places)
        raise ValueError(f"{placeholder.group()} stands for nothing that the builder knows")

    return _PLACEHOLDER.sub(written, text)


def unit_table(language: str, places: Places) -> str:
    """A Markdown table of the units that exist, with links, times and what each builds on."""
    heads = [translate(text, language) for text in (UNIT, LESSON, EXERCISE, TIME, AFTER)]
    rows = ["| " + " | ".join(heads) + " |", "|---|---|---|---:|---|"]
    for unit in places.units:
        lesson, exercise = places.lesson(unit).exists(), places.exercise(unit).exists()
        if not lesson and not exercise:
            continue
        cells = [
            f"{unit.number:02d} · {unit.titles[language]}",
            f"[{translate(LESSON, language)}]({unit.slug}/lesson.ipynb)" if lesson else "",
            f"[{translate(EXERCISE, language)}]({unit.slug}/exercise.ipynb)" if exercise else "",
            translate(MINUTES, language, minutes=unit.minutes),
            ", ".join(f"{number:02d}" for number in unit.needs),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)
