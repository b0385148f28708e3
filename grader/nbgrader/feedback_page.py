"""nbgrader's feedback page, in the notebook's language, with nothing on it that runs or fetches.

``configure_feedback`` plugs it into ``nbgrader generate_feedback`` (and formgrader's button of the
same effect). A preprocessor works out what the page says; the template lays it out.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import markupsafe
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import ansi2html, markdown2html
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import GetGrades
from pygments.formatters import HtmlFormatter
from traitlets import Bool
from traitlets.config import Config

from course.units import unit
from grader import feedback
from grader.nbgrader.clean import clean, clean_verdict
from grader.text import LANGUAGES, translate
from grader.text import mark as _
from grader.untrusted import ELLIPSIS, POLICY, one_line

_TEMPLATES = Path(__file__).parent / "templates"
LONGEST_OUTPUT = 20_000
WORDS: Mapping[str, str] = {
    "feedback": _("Feedback on your work"),
    "contents": _("The questions"),
    "answer": _("Your answer"),
    "check": _("Check"),
    "written": _("Your written answer"),
    "task": _("Task"),
    "comment": _("Your teacher’s comment"),
    "top": _("Back to the top"),
    "footer": _(
        "A remark seems unfair or unclear? Talk to your teacher: the work can be graded again."
    ),
}
TITLE = _("{heading}: feedback")
TOTAL = _("Total: {points}")
LATE = _("Handed in late: {points}")
QUESTION = _("Question {name}")
NO_RESPONSE = _("No answer was given here.")
NO_DESCRIPTION = _("Picture without a description, made by the code above")
ALL_POINTS, SOME_POINTS, NO_POINTS = _("all points"), _("part of the points"), _("no points yet")


def configure_feedback(config: Config) -> None:
    """Let ``nbgrader generate_feedback`` write this page; ``config`` is nbgrader's ``c``."""
    config.GenerateFeedback.exporter_class = FeedbackPage
    config.GenerateFeedback.preprocessors = [GetGrades, PrepareFeedbackPage]


def configure_formgrader(config: Config) -> None:
    """Let the teacher's pages (formgrader) show a student's Markdown without what could run."""
    config.HTMLExporter.filters = {"markdown2html": _clean_markdown}


def _clean_markdown(source: str) -> str:
    return clean(markdown2html(source))


class FeedbackPage(HTMLExporter):
    """nbconvert's HTML exporter, with our template and its filters."""

    @property
    def default_config(self) -> Config:
        config = super().default_config
        # nbgrader sets HTMLExporter's template to its own; a subclass's settings go first.
        config.FeedbackPage.template_name = "atelier_feedback"
        config.FeedbackPage.extra_template_basedirs = [str(_TEMPLATES)]
        config.FeedbackPage.exclude_anchor_links = True
        config.FeedbackPage.filters = {}  # nor formgrader's; the template cleans
        return config

    def default_filters(self) -> Iterable[tuple[str, Callable[..., Any]]]:
        yield from super().default_filters()
        yield "clean", clean


class PrepareFeedbackPage(Preprocessor):
    """Works out what the page says, into ``resources["atelier"]`` and each cell's metadata."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        language = _language(nb)
        heading = _heading(nb, resources, language)
        views = _views(nb, language)
        for cell, view in zip(nb.cells, views, strict=True):
            cell.metadata["atelier_page"] = NotebookNode(view)
        grades = resources["nbgrader"]
        earned, possible = float(grades["score"]), float(grades["max_score"])
        late = float(grades.get("late_penalty") or 0)
        total = feedback.points(earned, possible, language)
        resources["atelier"] = {
            "tag": feedback.html_language(language),
            "policy": POLICY,
            "title": translate(TITLE, language, heading=heading),
            "heading": heading,
            "style": _style(),
            "words": {key: translate(text, language) for key, text in WORDS.items()},
            "total": translate(TOTAL, language, points=total),
            "percent": round(100 * min(max(earned / possible, 0.0), 1.0)) if possible else 0,
            "late": _late(late, language),
            "tasks": _contents(views),
        }
        return nb, resources


def _language(nb: NotebookNode) -> str:
    language = nb.metadata.get("atelier", {}).get("language")
    return language if language in LANGUAGES else "en"


def _heading(nb: NotebookNode, resources: Any, language: str) -> str:
    assignment = str(resources["nbgrader"].get("assignment", ""))
    try:
        return unit(assignment).titles[language]
    except KeyError:
        return one_line(assignment or resources["nbgrader"]["notebook"], 80)


def _late(penalty: float, language: str) -> str:
    if penalty <= 0:
        return ""
    lost = "\N{MINUS SIGN}" + feedback.number(penalty, language)
    return translate(LATE, language, points=lost)


# -- cells -------------------------------------------------------------------------------------


def _views(nb: NotebookNode, language: str) -> list[dict[str, Any]]:
    """What to show of each cell, in order."""
    views = []
    question = ""
    for number, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown" and not utils.is_solution(cell):
            question = _last_heading(cell.source) or question
        views.append(_view(cell, number, question, language))
    return views


def _contents(views: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The graded cells; a comment on an answer belongs to the next of them."""
    tasks, comment = [], ""
    for view in views:
        comment = view["comment_anchor"] if view["comment"] else comment
        if view["score"]:
            tasks.append(view | {"comment": comment})
            comment = ""
    return tasks


def _last_heading(source: str) -> str:
    headings = [line.lstrip("#") for line in source.splitlines() if line.startswith("## ")]
    return one_line(headings[-1].replace("*", "").replace("`", ""), 100) if headings else ""


def _view(cell: NotebookNode, number: int, question: str, language: str) -> dict[str, Any]:
    data = cell.metadata.get("nbgrader", {})
    view: dict[str, Any] = {"kind": cell.cell_type, "outputs": [], "score": "", "comment": ""}
    check = utils.is_grade(cell) and not utils.is_solution(cell)
    if cell.cell_type == "code":
        shown = [_shown(cell, output, check, language) for output in cell.outputs]
        view["outputs"] = list(filter(None, shown))
    if check or utils.is_solution(cell) or utils.is_task(cell):
        view["kind"] = "check" if check else "answer"
        view["anchor"] = f"cell-{number}"
        view["title"] = _title(cell, check, question, language)
        view |= _comment(str(data.get("comment") or ""), number, language)
    elif cell.cell_type == "raw":
        view["kind"], view["outputs"] = "code", []
    if utils.is_grade(cell) or utils.is_task(cell):
        view |= _score(float(data.get("score") or 0), float(data.get("points") or 0), language)
        name = one_line(str(data.get("grade_id", "")).removeprefix("check-"), 60)
        view["name"] = question or translate(QUESTION, language, name=name)
    return view


def _title(cell: NotebookNode, check: bool, question: str, language: str) -> str:
    if check:
        key = "check"
    elif utils.is_task(cell):
        key = "task"
    else:
        key = "answer" if cell.cell_type == "code" else "written"
    return translate(WORDS[key], language)


def _comment(comment: str, number: int, language: str) -> dict[str, Any]:
    """A teacher's comment; nbgrader itself writes "No response." where nothing was changed."""
    if comment == "No response.":
        return {"comment": "", "automatic": translate(NO_RESPONSE, language)}
    return {"comment": comment, "automatic": "", "comment_anchor": f"comment-{number}"}


def _score(earned: float, possible: float, language: str) -> dict[str, Any]:
    state, symbol, said = "some", "◐", SOME_POINTS
    if earned >= possible:
        state, symbol, said = "all", "✓", ALL_POINTS
    elif earned <= 0:
        state, symbol, said = "none", "○", NO_POINTS
    return {
        "score": feedback.points(earned, possible, language),
        "state": state,
        "symbol": symbol,
        "said": translate(said, language),
    }


# -- outputs -----------------------------------------------------------------------------------


def _shown(cell: NotebookNode, output: NotebookNode, check: bool, language: str) -> str:
    """One output as HTML that is safe to put on the page; empty if there is nothing to show."""
    if output.output_type == "stream":
        return _pre(output.text)
    if output.output_type == "error":
        return _pre("\n".join(output.traceback))
    data = output.get("data", {})
    if check:
        if "text/html" in data:
            return clean_verdict(data["text/html"])
        # The points alone: they stand in the heading.
        return "" if output.output_type == "execute_result" else _pre(data.get("text/plain", ""))
    if "text/html" in data and (html := clean(data["text/html"])).strip():
        return html
    for kind in ("image/svg+xml", "image/png", "image/jpeg"):
        if kind in data:
            return _picture(cell, output, kind, language)
    if "text/markdown" in data:
        return clean(markdown2html(data["text/markdown"]))
    return _pre(data.get("text/latex") or data.get("text/plain", ""))


def _pre(text: str) -> str:
    if len(text) > LONGEST_OUTPUT:
        text = text[:LONGEST_OUTPUT] + ELLIPSIS
    return f"<pre>{ansi2html(text)}</pre>" if text.strip() else ""


def _picture(cell: NotebookNode, output: NotebookNode, kind: str, language: str) -> str:
    """A picture as a data URL: inside ``img`` not even an SVG can run a script."""
    content = output.data[kind]
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    described = output.metadata.get(kind, {}).get("alt") or output.metadata.get("alt")
    alt = described or cell.metadata.get("alt") or translate(NO_DESCRIPTION, language)
    source = markupsafe.escape(f"data:{kind};base64,{''.join(content.split())}")
    return f'<img src="{source}" alt="{markupsafe.escape(one_line(str(alt), 400))}"/>'


# -- style -------------------------------------------------------------------------------------


def _style() -> str:
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    page = (_TEMPLATES / "atelier_feedback" / "page.css").read_text(encoding="utf-8")
    at_night = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"
    return "\n".join((light, at_night, page, feedback.STYLE))
