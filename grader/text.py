"""Languages and the gettext catalogue that the course and the grader share.

English text is the msgid. ``mark`` (imported as ``_``) marks a text for extraction and returns
it unchanged; ``translate`` renders it. The catalogues are ``locale/<language>/LC_MESSAGES/
atelier.po``, read directly, so there is no compiled file to go stale.

On the command line, for authors::

    python -m grader.text missing      # texts in the sources that a catalogue lacks, and dead ones
    python -m grader.text add          # reads [{"en": ..., "fr": ..., "zh": ...}, ...] from stdin
    python -m grader.text prune        # forgets entries that no source uses any more
"""

from __future__ import annotations

import fcntl
import gettext
import io
import json
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("fr", "en", "zh")
TRANSLATED = ("fr", "zh")
_LOCALE = Path(__file__).parent / "locale"
_ALT = re.compile(r'# %%.* alt=("(?:[^"\\]|\\.)*")')
_CHECKOUT = Path(__file__).parents[1]


def mark(text: str) -> str:
    """Mark ``text`` as a msgid of the catalogue; returns it unchanged."""
    return text


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language other than English lies."""
    return _LOCALE / language / "LC_MESSAGES" / "atelier.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of ``language`` (``"fr"`` or ``"zh"``); empty if there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(text: str, language: str, **params: Any) -> str:
    """``text`` in ``language``, its ``{placeholders}`` filled with ``params``.

    A text without translation comes back in English: a missing translation fails the tests and
    the build, never a student's check. ``ValueError`` for a language the course does not have.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; the course has {', '.join(LANGUAGES)}")
    rendered = _translations(language).gettext(text) if text else ""
    return rendered.format(**params) if params else rendered


def written(number: str, language: str) -> str:
    """A number as ``language`` writes it: in French ``"0.5"`` is 0,5 and ``"45%"`` has a space."""
    if language != "fr":
        return number
    return number.replace(".", ",").replace("%", "\N{NO-BREAK SPACE}%")


def source_files() -> Iterator[Path]:
    """Every Python source whose ``_("...")`` texts belong in the catalogue."""
    for folder in ("course", "grader", "solutions"):
        yield from sorted((_CHECKOUT / folder).rglob("*.py"))


def extract(paths: Iterator[Path] | None = None) -> dict[str, list[str]]:
    """msgid -> the places (``file:line``) that use it.

    Used are the texts of ``_("...")`` calls, of ``#: `` comments, and of ``alt="..."`` in the
    ``# %%`` lines of notebook sources.
    """
    found: dict[str, list[str]] = {}
    for path in paths or source_files():
        name = (
            path.relative_to(_CHECKOUT).as_posix() if path.is_relative_to(_CHECKOUT) else path.name
        )
        for line, message, _comments, _context in extract_from_file(
            "python", path, keywords={"_": None}
        ):
            if isinstance(message, str):
                found.setdefault(message, []).append(f"{name}:{line}")
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if text.lstrip().startswith("#: "):
                found.setdefault(text.lstrip()[3:].strip(), []).append(f"{name}:{number}")
            alternative = _ALT.match(text)
            if alternative:
                found.setdefault(json.loads(alternative[1]), []).append(f"{name}:{number}")
    return found


def problems() -> list[str]:
    """What is wrong with the catalogues, a sentence each; empty when all is well."""
    used = extract()
    said = []
    for language in TRANSLATED:
        entries = {m.id: m for m in read_catalogue(language) if m.id}
        for msgid, places in used.items():
            entry = entries.get(msgid)
            if entry is None or not entry.string:
                said.append(f"{places[0]}: {msgid!r} has no translation in {language!r}")
            elif entry.fuzzy:
                said.append(f"{places[0]}: the {language!r} translation of {msgid!r} is fuzzy")
        said += [f"{language}: no source uses {m!r} any more" for m in entries if m not in used]
    return said


def _write(language: str, catalogue: Catalog) -> None:
    from course.build import typography  # for authors only: students' installations never edit

    for message in catalogue:
        if message.id and isinstance(message.string, str):
            message.string = typography.apply(message.string, language)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, no_location=True, sort_output=True, omit_header=True)


def _edit(entries: list[dict[str, str]], used: dict[str, list[str]] | None) -> None:
    """Add ``entries``; with ``used``, drop what is not in it. One writer at a time."""
    _LOCALE.mkdir(exist_ok=True)
    with (Path(__file__)).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for language in TRANSLATED:
            catalogue = read_catalogue(language)
            for entry in entries:
                catalogue.delete(entry["en"])
                catalogue.add(entry["en"], entry[language])
            for msgid in [
                m.id for m in catalogue if m.id and used is not None and m.id not in used
            ]:
                catalogue.delete(msgid)
            _write(language, catalogue)


def main(arguments: list[str]) -> int:
    """The command line; returns its exit code."""
    match arguments:
        case ["missing"]:
            said = problems()
            print("\n".join(said) or "every text is translated, and every translation is used")
            return 1 if said else 0
        case ["add"]:
            _edit(json.load(sys.stdin), None)
            return 0
        case ["prune"]:
            _edit([], extract())
            return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
