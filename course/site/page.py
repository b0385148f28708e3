"""One notebook as one HTML page: prose, code, outputs and pictures, nothing fetched, no script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter

from grader.feedback import html_language
from grader.text import mark as _
from grader.text import translate
from grader.untrusted import POLICY

_TEMPLATES = Path(__file__).parent / "templates"
_LIGHT, _DARK = "default", "github-dark"  # of Pygments
_NOTEBOOK = re.compile(r"^(?![a-z]+:)([^#?]*)\.ipynb(#.*)?$")

COURSE = _("Keras Atelier")
UNITS = _("Units")
SKIP = _("Skip to the text")
TAKE = _("Download this notebook")
TO_WORK = _("To run the cells, open this notebook in JupyterLab.")


@dataclass(frozen=True)
class Link:
    """A link of the page: where it leads from there, what it says, and in which language."""

    address: str
    text: str
    language: str
    is_here: bool = False


class _Renderer(IPythonRenderer):
    """Renders Markdown as JupyterLab does; formulas become MathML, which browsers draw."""

    def inline_math(self, body: str) -> str:
        return str(convert(body.strip()))

    def block_math(self, body: str) -> str:
        return str(convert(body.strip(), display="block"))


class _Exporter(HTMLExporter):
    """The body of a page."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        renderer = _Renderer(escape=False, exclude_anchor_links=True)
        return str(MarkdownWithMath(renderer=renderer).render(source))


def page(
    notebook: NotebookNode,
    language: str,
    units: Sequence[Link],
    translations: Sequence[Link],
    file: str,
) -> str:
    """The page of a notebook whose file, called ``file``, lies beside it.

    Links between notebooks become links between their pages.
    """
    body = _linked(_body(notebook))
    heading = body.find("h1")
    title = heading.get_text().strip() if heading else file
    said = {
        name: translate(text, language)
        for name, text in (
            ("course", COURSE),
            ("units", UNITS),
            ("skip", SKIP),
            ("take", TAKE),
            ("to_work", TO_WORK),
        )
    }
    return _template("page.html.j2").render(
        language=html_language(language),
        title=title,
        words=said,
        units=units,
        translations=translations,
        file=file,
        body=str(body),
        style=_style(),
        policy=POLICY,
    )


def entrance(landing: Sequence[Link]) -> str:
    """The site's first page: the languages to choose from."""
    return _template("entrance.html.j2").render(landing=landing, style=_style(), policy=POLICY)


def _body(notebook: NotebookNode) -> str:
    body, _resources = _exporter().from_notebook_node(notebook)
    return str(body)


@cache  # it compiles its templates
def _exporter() -> _Exporter:
    return _Exporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)


def _linked(body: str) -> BeautifulSoup:
    soup = BeautifulSoup(body, "html.parser")
    for link in soup.find_all("a", href=True):
        found = _NOTEBOOK.match(str(link["href"]))
        if found:
            link["href"] = f"{found[1]}.html{found[2] or ''}"
    for code in soup.select("div.output pre, div.input_area, div.output_png"):
        code["tabindex"] = "0"  # what is wider than the screen can be scrolled with keys
    return soup


@cache
def _style() -> str:
    light = HtmlFormatter(style=_LIGHT).get_style_defs(".highlight")
    dark = HtmlFormatter(style=_DARK).get_style_defs(".highlight")
    own = (_TEMPLATES / "site.css").read_text(encoding="utf-8")
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{own}"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
