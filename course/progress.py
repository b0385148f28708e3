"""What a student has achieved so far: kept when an answer is checked, shown on the landing page.

Only where a person works in a notebook that a Jupyter server runs: a build, a test and a grading
neither keep nor show any. Kept is, for each question, the most points that a check gave, in the
user's own Jupyter data folder; deleting the folder forgets all of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import course
from course import session
from course.units import UNITS, Unit
from grader.text import mark as _
from grader.text import translate

_BLUEPRINTS = Path(__file__).parent / "blueprints"
_BAR = 10  # characters

LESSON = _("Lesson")
EXERCISE = _("Exercise")
MINUTES = _("{minutes} min")
AFTER = _("after {units}")
POINTS = _("{earned} of {possible} points")
TOTAL = _("In all: {earned} of {possible} points.")


@dataclass(frozen=True)
class Step:
    """A unit on the way: points earned in its exercise, and points that there are."""

    unit: Unit
    earned: float
    possible: float

    @property
    def is_done(self) -> bool:
        return 0 < self.possible <= self.earned


@dataclass(frozen=True)
class Map:
    """The units in the order of the course, each with its points; a notebook shows it as a page."""

    steps: tuple[Step, ...]
    language: str

    def _repr_html_(self) -> str:
        return _html(self.steps, self.language)

    def __repr__(self) -> str:
        return _text(self.steps, self.language)


def folder() -> Path | None:
    """Where a student's progress is kept; None where nobody works in a notebook of a server."""
    if not session.is_attended():
        return None
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "keras-atelier" / "progress"


def keep(task: str, points: float) -> None:
    """Remember that a check of question ``task`` (``"02-functional.stack"``) gave ``points``.

    Less than before changes nothing. A folder that cannot be written is no reason to fail.
    """
    there = folder()
    if there is None or points <= _points(there / f"{task}.json"):
        return
    with suppress(OSError):
        there.mkdir(parents=True, exist_ok=True)
        unfinished = there / f"{task}.{os.getpid()}.unfinished"
        unfinished.write_text(json.dumps({"points": points}))
        unfinished.replace(there / f"{task}.json")


def show(units: Sequence[Unit] = UNITS) -> Map:
    """The map of the course in this notebook's language, with what has been achieved."""
    there = folder()
    steps = []
    for unit in units:
        possible = _possible(unit)
        kept = {
            task: _points(there / f"{unit.slug}.{task}.json") if there else 0.0 for task in possible
        }
        earned = sum(min(kept[task], possible[task]) for task in possible)
        steps.append(Step(unit, earned, sum(possible.values())))
    return Map(tuple(steps), course.language())


def _points(path: Path) -> float:
    """The points in a file of ours; 0 if there is none, or it holds something else."""
    try:
        return float(json.loads(path.read_text())["points"])
    except (OSError, ValueError, TypeError, LookupError):
        return 0.0


def _possible(unit: Unit) -> Mapping[str, float]:
    """The points of each question of a unit's exercise; none if it has no exercise."""
    blueprint = _BLUEPRINTS / f"{unit.slug}.json"
    return points_of(blueprint) if blueprint.exists() else {}


def points_of(blueprint: Path) -> dict[str, float]:
    """The points of each task in a blueprint."""
    tasks: list[dict[str, Any]] = json.loads(blueprint.read_text(encoding="utf-8"))
    return {task["name"]: sum(c["points"] for c in task["criteria"]) for task in tasks}


def _levels(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps in rows: each stands below all that it builds on."""
    level: dict[int, int] = {}
    rows: list[list[Step]] = []
    for step in steps:
        row = 1 + max((level.get(number, -1) for number in step.unit.needs), default=-1)
        level[step.unit.number] = row
        rows += [[] for _row in range(row + 1 - len(rows))]
        rows[row].append(step)
    return rows


def _number(points: float) -> str:
    return f"{points:g}"


def _earned(step: Step, language: str) -> str:
    said = translate(POINTS, language, earned=_number(step.earned), possible=_number(step.possible))
    return f"✓ {said}" if step.is_done else said


def _after(unit: Unit, language: str) -> str:
    if not unit.needs:
        return ""
    return translate(AFTER, language, units=", ".join(f"{number:02d}" for number in unit.needs))


def _total(steps: Sequence[Step], language: str) -> str:
    earned, possible = (sum(getattr(s, name) for s in steps) for name in ("earned", "possible"))
    return translate(TOTAL, language, earned=_number(earned), possible=_number(possible))


def _text(steps: Sequence[Step], language: str) -> str:
    lines = []
    for step in steps:
        full = round(_BAR * step.earned / step.possible) if step.possible else 0
        bar = "█" * full + "░" * (_BAR - full)
        title = step.unit.titles[language]
        lines.append(f"{step.unit.number:02d} {bar} {_earned(step, language)}  {title}")
    return "\n".join([*lines, _total(steps, language)])


_ROW = "display:flex;flex-wrap:wrap;gap:.6em;justify-content:center;margin:.3em 0"
_CARD = (
    "flex:0 1 15em;box-sizing:border-box;padding:.5em .8em;border:1px solid currentColor;"
    "border-radius:.4em;text-align:left"
)
_SMALL = "font-size:.85em"
_ARROW = '<div aria-hidden="true" style="text-align:center;line-height:1">↓</div>'


def _html(steps: Sequence[Step], language: str) -> str:
    rows = [
        f'<div style="{_ROW}">{"".join(_card(step, language) for step in row)}</div>'
        for row in _levels(steps)
    ]
    total = f'<p style="text-align:center">{escape(_total(steps, language))}</p>'
    return f'<div lang="{language}">{_ARROW.join(rows)}{total}</div>'


def _card(step: Step, language: str) -> str:
    unit = step.unit
    title = f"<b>{unit.number:02d} · {escape(unit.titles[language])}</b>"
    about = [translate(MINUTES, language, minutes=unit.minutes), _after(unit, language)]
    links = " · ".join(
        f'<a href="{unit.slug}/{name}.ipynb">{escape(translate(text, language))}</a>'
        for name, text in (("lesson", LESSON), ("exercise", EXERCISE))
    )
    said = escape(_earned(step, language))
    bar = (
        f'<progress style="width:100%" max="{_number(step.possible)}" '
        f'value="{_number(step.earned)}" aria-label="{said}"></progress>'
    )
    small = f'<div style="{_SMALL}">{escape(" · ".join(filter(None, about)))}<br>{links}</div>'
    return f'<div style="{_CARD}">{title}{small}{bar}<div style="{_SMALL}">{said}</div></div>'
