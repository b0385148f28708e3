"""Pages that are no units: what the builder writes where their prose has a placeholder.

<!-- units -->          the table of units
<!-- terms: GROUP -->   the terms of one group of the glossary
"""

from __future__ import annotations

import re
import unicodedata

from course.build.navigation import EXERCISE, LESSON, UNIT
from course.build.places import Places
from course.glossary import TERMS, Term
from grader.text import LANGUAGES, translate
from grader.text import mark as _

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
            case ("terms", str(group)) if any(term.group == group for term in TERMS):
                return term_list(group, language, places)
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


def term_list(group: str, language: str, places: Places) -> str:
    """The terms of a group as a Markdown list, sorted as readers of ``language`` expect.

    Each with its names in the other languages (the same name stands once), where it is taught,
    if that unit exists, and its definition.
    """
    terms = [term for term in TERMS if term.group == group]
    terms.sort(key=lambda term: sort_key(translate(term.name, language), language))
    return "\n".join(
        f"- {_heading(term, language, places)}\\\n  {translate(term.definition, language)}"
        for term in terms
    )


def _heading(term: Term, language: str, places: Places) -> str:
    name = translate(term.name, language)
    names = {name: ""}  # in English first: that is what Keras's documentation calls it
    for code in ("en", *LANGUAGES):
        other = translate(term.name, code)
        names.setdefault(other, f'<span lang="{code}">{other}</span>')
    parts = [f"**{name}**", *filter(None, names.values())]
    parts += [
        f"[{translate(UNIT, language)} {unit.number:02d}]({unit.slug}/lesson.ipynb)"
        for unit in places.units
        if unit.topic == term.topic and places.lesson(unit).exists()
    ]
    return " · ".join(parts)


# Less common characters, beside which they stand: common ones that sound alike.
_SOUND = str.maketrans({"阈": "遇"})


def sort_key(name: str, language: str) -> bytes:
    """What names are sorted by: letters without case and accents; Chinese characters by pinyin.

    The first level of GB 2312 (its rows 16 to 55, where common characters are) is in the order of
    pinyin, after ASCII; GB 18030 keeps its codes and has all other characters.
    """
    plain = name.replace("`", "").replace("œ", "oe").casefold()
    if language == "zh":
        plain = plain.translate(_SOUND)
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii())
    return plain.encode("gb18030")
