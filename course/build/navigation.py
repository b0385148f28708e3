"""What the builder itself writes above and below notebooks: the ways to the others."""

from __future__ import annotations

from course.build.places import INDEX, Places
from course.units import Unit
from grader.text import LANGUAGES, translate
from grader.text import mark as _

NAMES = {"fr": "Français", "en": "English", "zh": "中文"}
COURSE = _("All units")
LESSON = _("Lesson")
EXERCISE = _("Exercise")
UNIT = _("Unit")
READING = _("about {minutes} minutes")
NEXT = _("Next unit: {title}")
PREVIOUS = _("Previous unit: {title}")
PRACTISE = _("Now practise: the exercise")
BACK = _("Back to the lesson")


def _languages(here: str, target: str) -> str:
    """The other languages of the same notebook; ``target`` has a ``{language}``."""
    return " · ".join(
        f"**{NAMES[code]}**" if code == here else f"[{NAMES[code]}]({target.format(language=code)})"
        for code in LANGUAGES
    )


def _separated(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def lesson_head(unit: Unit, language: str) -> str:
    """The line above a lesson: the way back, reading time, and the other languages."""
    return _separated(
        f"[← {translate(COURSE, language)}](../index.ipynb)",
        f"{translate(UNIT, language)} {unit.number:02d}",
        translate(READING, language, minutes=unit.minutes),
        _languages(language, f"../../{{language}}/{unit.slug}/lesson.ipynb"),
    )


def lesson_foot(unit: Unit, language: str, places: Places) -> str:
    """The lines below a lesson: its exercise and its neighbours. Empty for a lonely lesson."""
    lines = []
    if places.exercise(unit).exists():
        lines.append(f"**[{translate(PRACTISE, language)}](exercise.ipynb)**")
    return _foot(lines, unit, language, places)


def exercise_head(unit: Unit, language: str) -> str:
    """The line above a student's exercise."""
    return _separated(
        f"[← {translate(COURSE, language)}](../index.ipynb)",
        f"{translate(UNIT, language)} {unit.number:02d}",
        translate(EXERCISE, language),
        _languages(language, f"../../{{language}}/{unit.slug}/exercise.ipynb"),
    )


def exercise_foot(unit: Unit, language: str, places: Places) -> str:
    """The lines below a student's exercise."""
    lines = []
    if places.lesson(unit).exists():
        lines.append(f"[← {translate(BACK, language)}](lesson.ipynb)")
    return _foot(lines, unit, language, places)


def solution_head(unit: Unit, language: str) -> str:
    """The line above nbgrader's source: no links, for it is released to folders of any shape."""
    title = f"{translate(UNIT, language)} {unit.number:02d}"
    return _separated(title, unit.titles[language], translate(EXERCISE, language))


def page_head(name: str, language: str) -> str:
    """The line above a page that is no unit: the other languages, and the way back."""
    return _separated(
        "" if name == INDEX else f"[← {translate(COURSE, language)}]({INDEX}.ipynb)",
        _languages(language, f"../{{language}}/{name}.ipynb"),
    )


def _foot(lines: list[str], unit: Unit, language: str, places: Places) -> str:
    taught = [other for other in places.units if places.lesson(other).exists()]
    before = [other for other in taught if other.number < unit.number]
    after = [other for other in taught if other.number > unit.number]
    ways = []
    if before:
        said = translate(PREVIOUS, language, title=before[-1].titles[language])
        ways.append(f"[← {said}](../{before[-1].slug}/lesson.ipynb)")
    if after:
        said = translate(NEXT, language, title=after[0].titles[language])
        ways.append(f"[{said} →](../{after[0].slug}/lesson.ipynb)")
    if ways:
        lines.append(_separated(*ways))
    return "---\n\n" + "\n\n".join(lines) if lines else ""
