"""The static site: the whole course, readable without Jupyter, script or network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from course.build.places import Places
from course.site import __main__ as command
from course.site.page import page
from course.site.write import write
from course.units import UNITS
from grader.text import LANGUAGES

_LANG = {"fr": "fr", "en": "en", "zh": "zh-Hans"}


@dataclass
class _Seen:
    language: str = ""
    title: str = ""
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    fetched: list[str] = field(default_factory=list)
    without_alt: int = 0
    scripts: int = 0


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen = _Seen()
        self._in_title = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        seen = self.seen
        if "id" in about:
            seen.ids.add(about["id"])
        if tag == "html":
            seen.language = about.get("lang", "")
        if tag == "a" and "href" in about:
            seen.links.append(about["href"])
        if tag == "img":
            seen.without_alt += not about.get("alt", "").strip()
        if tag == "script" or any(name.startswith("on") for name in about):
            seen.scripts += 1
        fetched = [about.get("src", ""), about.get("href", "") if tag == "link" else ""]
        seen.fetched += [one for one in fetched if re.match(r"(https?:)?//", one)]
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.seen.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public") / "site"
    write(Places(), folder)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Seen]:
    return {
        path: _Reader(path.read_text(encoding="utf-8")).seen
        for path in sorted(site.rglob("*.html"))
    }


def _broken(pages: dict[Path, _Seen]) -> Iterator[str]:
    for path, seen in pages.items():
        for link in seen.links:
            address, fragment = urldefrag(link)
            if re.match(r"[a-z]+:", address):
                continue
            there = (path.parent / unquote(address)).resolve() if address else path
            has_place = not fragment or there.suffix != ".html" or fragment in pages[there].ids
            if not there.is_file() or not has_place:
                yield f"{path.name}: {link}"


def test_there_is_a_page_for_every_notebook_of_a_student(pages: dict[Path, _Seen]) -> None:
    course = Places().root / "course"
    # not those that Jupyter keeps aside where a student has worked
    kinds = ("*.ipynb", "[0-9]*/*.ipynb")
    notebooks = [p for code in LANGUAGES for kind in kinds for p in (course / code).glob(kind)]
    assert len(pages) == len(notebooks) + 1
    assert len(notebooks) >= 3 * (2 * len(UNITS) + 1)


def test_every_link_leads_somewhere_in_the_site(pages: dict[Path, _Seen]) -> None:
    assert list(_broken(pages)) == []


def test_every_page_is_reached_from_the_entrance(site: Path, pages: dict[Path, _Seen]) -> None:
    reached: set[Path] = set()
    ahead = [site / "index.html"]
    while ahead:
        path = ahead.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        links = (urldefrag(link)[0] for link in pages[path].links)
        ahead += [(path.parent / link).resolve() for link in links if link]
    assert reached == set(pages)


def test_every_page_says_its_language_and_title(site: Path, pages: dict[Path, _Seen]) -> None:
    for path, seen in pages.items():
        first = path.relative_to(site).parts[0]
        assert seen.language == _LANG.get(first, "en"), path
        assert len(seen.title) > len(" · Keras"), path


def test_every_picture_has_words_for_those_who_do_not_see_it(pages: dict[Path, _Seen]) -> None:
    assert {path.name: seen.without_alt for path, seen in pages.items() if seen.without_alt} == {}


def test_nothing_is_fetched_and_nothing_runs(pages: dict[Path, _Seen]) -> None:
    assert {path.name: s.fetched for path, s in pages.items() if s.fetched or s.scripts} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_are_drawn_by_the_browser(site: Path, language: str) -> None:
    text = (site / language / "06-resnet" / "lesson.html").read_text(encoding="utf-8")
    assert "<math" in text
    assert not re.search(r"\$[^$<>]*\\[a-z]+[^$<>]*\$", text)


def test_a_site_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write(Places(units=()), folder)
    (folder / "old.html").write_text("a unit that is gone")
    write(Places(units=()), folder)
    assert (folder / "fr" / "index.html").exists()
    assert not (folder / "old.html").exists()


def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert command.main(["--to", str(tmp_path)]) == 1
    assert "holds something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_words_of_a_notebook_do_not_become_part_of_the_page() -> None:
    cell = nbformat.v4.new_code_cell("x", outputs=[])
    cell.outputs = [nbformat.v4.new_output("stream", text="<script>alert(1)</script>")]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# <&>"), cell])
    written = page(notebook, "en", [], [], "a.ipynb")
    assert "<script>alert" not in written
    assert "<title>&lt;&amp;&gt;" in written
