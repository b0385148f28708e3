"""Write the whole site: a page and a copy for each notebook that a student sees."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import nbformat

from course.build.navigation import NAMES
from course.build.places import PAGES, Places
from course.site.page import Link, entrance, page
from grader.text import LANGUAGES

_MARK = ".keras-atelier-site"  # this folder was written by us, and may be replaced


class Missing(Exception):
    """A notebook that is not built."""


class NotOurs(Exception):
    """A folder that holds what we did not write."""


@dataclass(frozen=True)
class _Source:
    """A notebook: its file, its language, and where its copy goes in the site."""

    path: Path
    language: str
    place: PurePosixPath


def write(places: Places, folder: Path) -> int:
    """Write the site into ``folder``, in place of one that was written before; count its pages.

    Raises ``Missing`` for a notebook that is not built, ``NotOurs`` for a folder of something
    else. What was there stays until all is written.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise NotOurs(f"{folder} holds something else; name another folder with --to")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    (unfinished / _MARK).touch()
    sources = list(_sources(places))
    for source in sources:
        there = unfinished / source.place
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.path, there)
        there.with_suffix(".html").write_text(_page(source, places), encoding="utf-8")
    landing = [Link(f"{code}/index.html", NAMES[code], code) for code in LANGUAGES]
    (unfinished / "index.html").write_text(entrance(landing), encoding="utf-8")
    if folder.exists():
        shutil.rmtree(folder)
    unfinished.rename(folder)
    return len(sources) + 1


def _sources(places: Places) -> Iterator[_Source]:
    for language in LANGUAGES:
        built = [places.built_page(name, language) for name in PAGES]
        for unit in places.units:
            if places.lesson(unit).exists():
                built.append(places.built_lesson(unit, language))
            if places.exercise(unit).exists():
                built.append(places.built_exercise(unit, language))
        root = places.root / "course"
        for path in built:
            if not path.exists():
                name = path.relative_to(places.root).as_posix()
                raise Missing(f"{name} is not built; run make build")
            yield _Source(path, language, PurePosixPath(path.relative_to(root).as_posix()))


def _page(source: _Source, places: Places) -> str:
    try:
        notebook = nbformat.read(source.path, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise Missing(f"{source.path.name} is no notebook ({error}); run make build") from error
    here, language = source.place, source.language
    units = [
        Link(
            _way(here, language, unit.slug, "lesson"),
            f"{unit.number:02d} · {unit.titles[language]}",
            language,
            is_here=here.parts[1] == unit.slug,
        )
        for unit in places.units
        if places.lesson(unit).exists()
    ]
    stem = here.with_suffix("").parts[1:]
    translations = [
        Link(_way(here, code, *stem), NAMES[code], code, is_here=code == language)
        for code in LANGUAGES
    ]
    return page(notebook, language, units, translations, here.name)


def _way(here: PurePosixPath, *there: str) -> str:
    """The address of a page, given by the parts of its path, from the page ``here``."""
    return f"{os.path.relpath('/'.join(there), here.parent.as_posix())}.html".replace(os.sep, "/")
