"""HTML from a notebook, with everything taken out that could act, fetch, or pass for the page.

A student's Markdown and outputs are shown on a page that teachers and students trust. What
remains after cleaning is prose, tables, pictures that are part of the page, and, in the cells
that the judge wrote, verdicts with their drawings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner
from bs4 import BeautifulSoup


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PROSE = (
    _words("a abbr b blockquote br cite code del dfn em hr i img ins kbd mark p pre q s samp small")
    | _words("span strong sub sup u var dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6")
    | _words("li ol section summary ul caption col colgroup table tbody td tfoot th thead tr")
)
_DRAWING = _words("svg g title desc rect circle path polygon text")
_WITH_CONTENTS = ["script", "style", "template", "noscript", "iframe", "object", "embed", "math"]
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_LINK = re.compile(r"(?:https?://|mailto:)\S+")
# What Pygments writes: highlight, k, nb, s2, hll...; never a class of the page or of a verdict.
_HIGHLIGHTING = re.compile(r"(?:highlight|[a-z][a-z0-9]{0,2})(?: [a-z][a-z0-9]{0,2})*")
_VERDICT = re.compile(r"atelier-[a-z-]+(?: atelier-[a-z-]+)*")
_SHAPE = (
    _words("d cx cy fill fill-opacity font-family font-size font-weight height lang opacity points")
    | _words("r role rx stroke stroke-dasharray stroke-linecap stroke-opacity stroke-width style")
    | _words("text-anchor viewBox viewbox width x xmlns y")
)


def clean(html: str) -> str:
    """What a student wrote or printed, as harmless HTML; headings one level below the page's."""
    return _cleaned(html, _student_cleaner())


def clean_verdict(html: str) -> str:
    """What the judge wrote into a check cell; the page brings the style of verdicts itself."""
    return _cleaned(html, _verdict_cleaner())


def _cleaned(html: str, cleaner: Cleaner) -> str:
    soup = BeautifulSoup(html, features="html.parser")
    for element in soup.find_all(_WITH_CONTENTS):
        element.decompose()  # the cleaner would leave their contents as text
    for image in soup.find_all("img"):
        if not _PICTURE.fullmatch(str(image.get("src", ""))):
            image.decompose()
        else:
            image["alt"] = str(image.get("alt", ""))
    for level in (5, 4, 3, 2, 1):
        for heading in soup.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"
    return str(cleaner.clean(str(soup)))


@lru_cache
def _student_cleaner() -> Cleaner:
    return Cleaner(
        tags=_PROSE, attributes=_student_attribute, protocols={"http", "https", "mailto", "data"},
        strip=True, css_sanitizer=CSSSanitizer(allowed_css_properties=[]),
    )  # fmt: skip


@lru_cache
def _verdict_cleaner() -> Cleaner:
    return Cleaner(
        tags=_PROSE | _DRAWING, attributes=_verdict_attribute, protocols={"data"}, strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=["width", "max-width", "height"]),
    )  # fmt: skip


def _student_attribute(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return name == "title" or (name == "href" and bool(_LINK.fullmatch(value)))
    if tag == "img":
        if name == "src":
            return bool(_PICTURE.fullmatch(value))
        return name == "alt" or (name in ("width", "height") and value.isdigit())
    if name == "class":
        return bool(_HIGHLIGHTING.fullmatch(value))
    if tag in ("td", "th"):
        return name in ("colspan", "rowspan", "scope", "headers") and len(value) < 20
    return name in ("lang", "dir", "title") or (tag == "details" and name == "open")


def _verdict_attribute(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return bool(_VERDICT.fullmatch(value))
    if name in ("role", "lang", "open") or name.startswith("aria-"):
        return True
    if tag == "div":
        return name == "style"
    return tag in _DRAWING and name in _SHAPE and "url(" not in value
