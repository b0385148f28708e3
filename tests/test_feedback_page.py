"""The page that nbgrader gives back: in the student's language, and harmless."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grader import feedback
from grader.nbgrader.clean import clean, clean_verdict
from grader.nbgrader.feedback_page import (
    LATE,
    NO_RESPONSE,
    WORDS,
    FeedbackPage,
    PrepareFeedbackPage,
    configure_feedback,
)
from grader.text import LANGUAGES, translate
from grader.untrusted import POLICY
from tests.test_feedback import verdict, wrong_units

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://elsewhere.example/x.png'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src='https://elsewhere.example'></iframe>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<form action='https://elsewhere.example'><input name=q><button>go</button></form>",
    "<style>body{display:none}</style><link rel=stylesheet href='//elsewhere.example'>",
    "<div style='position:fixed;inset:0' id='page-top' class='atelier-verdict page-all'>x</div>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example'><base href='//e.example'>",
    "<details ontoggle=alert(1) open><summary>x</summary></details>",
)


def notebook(language: str) -> nbformat.NotebookNode:
    """An autograded exercise: one question, its answer with hostile outputs, its verdict."""
    shown = verdict(wrong_units(), state="partial")
    hostile = "".join(ATTACKS)
    return new_notebook(
        cells=[
            new_markdown_cell("# Exercise\n\n## 1. The *stack*\n\n" + hostile),
            new_code_cell(
                "stack = '<b>'",
                metadata={"nbgrader": {"grade_id": "stack", **_kind(solution=True)}},
                outputs=[
                    new_output("display_data", {"text/html": hostile}),
                    new_output("display_data", {"application/javascript": "alert(1)"}),
                    new_output("display_data", {"image/svg+xml": "<svg onload='alert(1)'/>"}),
                    new_output("display_data", {"text/markdown": hostile}),
                    new_output("stream", name="stderr", text="\x1b[31m<script>\x1b[0m"),
                    new_output("error", ename="E", evalue="", traceback=["<script>x"]),
                ],
            ),
            new_code_cell(
                "check('02-functional.stack', stack)",
                metadata={"nbgrader": {"grade_id": "check-stack", **_kind(grade=True)}},
                outputs=[
                    new_output("display_data", {"text/html": feedback.html(shown, language)}),
                    new_output("execute_result", {"text/plain": "2.5"}, execution_count=1),
                ],
            ),
        ],
        metadata={"atelier": {"language": language, "unit": "02-functional"}},
    )


def _kind(solution: bool = False, grade: bool = False) -> dict[str, Any]:
    kind = {"solution": solution, "grade": grade, "locked": grade, "task": False}
    extra = {"points": 4, "score": 2.5} if grade else {"comment": "No response."}
    return {**kind, "cell_type": "code", "schema_version": 3, **extra}


def page(language: str, **grades: float) -> str:
    exporter = FeedbackPage(config=Config({"Exporter": {"default_preprocessors": []}}))
    exporter.register_preprocessor(PrepareFeedbackPage)
    numbers = {"score": 2.5, "max_score": 4.0, "late_penalty": 0.0, **grades}
    resources = {"nbgrader": {"notebook": "exercise", "assignment": "02-functional", **numbers}}
    return str(exporter.from_notebook_node(notebook(language), resources)[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_notebooks_language(language: str) -> None:
    shown = page(language, late_penalty=0.5)
    assert f'<html lang="{feedback.html_language(language)}">' in shown
    for text in (*(WORDS[k] for k in ("feedback", "contents", "answer", "check")), NO_RESPONSE):
        assert translate(text, language) in shown
        assert language == "en" or text not in shown
    assert translate(LATE, language, points="").strip() in shown


def test_the_contents_give_the_points_of_each_question() -> None:
    shown = page("fr")
    entry = re.search(r'<ol class="page-contents">(.*?)</ol>', shown, re.S)
    assert entry is not None
    assert "1. The stack" in entry[1]
    assert "2,5~/~4~points".replace("~", "\N{NO-BREAK SPACE}") in entry[1]
    for anchor in re.findall(r'href="#([^"]*)"', shown):
        assert shown.count(f'id="{anchor}"') == 1


def test_the_verdict_is_shown_with_its_drawing_and_the_bare_points_are_not() -> None:
    shown = page("zh")
    assert 'class="atelier-verdict atelier-partial"' in shown
    assert "<svg" in shown
    assert "≠ units：64，要求：32" in shown
    assert "<pre>2.5</pre>" not in shown


def test_nothing_on_the_page_runs_or_comes_from_elsewhere() -> None:
    shown = page("en")
    assert POLICY.startswith("default-src 'none';")
    assert "script-src" not in POLICY
    assert shown.index(f'content="{POLICY}"'.replace("'", "'")) < shown.index("<style")
    _assert_harmless(shown.partition("<main>")[2])


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("cleaned_by", [clean, clean_verdict])
def test_markup_that_acts_is_taken_out(attack: str, cleaned_by: Any) -> None:
    _assert_harmless(cleaned_by(attack))


def _assert_harmless(html: str) -> None:
    tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z]+)", html)}
    acting = "script iframe form input button link meta base object embed style math"
    assert not tags & set(acting.split())
    markup = " ".join(re.findall(r"<[^>]*>", html))
    assert not re.search(r"\son\w+\s*=|javascript:|data:text|position:|elsewhere\.example", markup)


def test_a_student_cannot_dress_an_output_as_a_verdict() -> None:
    assert "class" not in clean("<div class='atelier-verdict atelier-passed'>5 / 5</div>")
    assert "class" not in clean("<div class='page-task'>5 / 5</div>")


def test_tables_highlighted_code_and_pictures_stay() -> None:
    table = "<table><tr><td colspan='2'>1</td></tr></table>"
    assert '<td colspan="2">1</td>' in clean(table)
    assert clean('<span class="kn">import</span>') == '<span class="kn">import</span>'
    picture = '<img src="data:image/png;base64,AAAA" alt="A curve">'
    assert 'alt="A curve"' in clean(picture)
    assert 'href="https://keras.io"' in clean("<a href='https://keras.io'>Keras</a>")


def test_every_picture_has_an_alternative_text_and_none_is_in_the_wrong_language() -> None:
    shown = page("fr")
    images = re.findall(r"<img [^>]*>", shown)
    assert images
    assert all("alt=" in image for image in images)
    assert "No description" not in shown


def test_nbgrader_generates_this_page(tmp_path: Path) -> None:
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.assignment_id = "02-functional"
    configure_feedback(config)
    _graded_submission(tmp_path, "fr")
    course = CourseDirectory(config=config)
    converter = GenerateFeedback(coursedir=course, config=config)
    converter.start()
    shown = (tmp_path / "feedback/ana/02-functional/exercise.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in shown
    assert "2,5~/~4~points".replace("~", "\N{NO-BREAK SPACE}") in shown
    assert "cdnjs" not in shown


def _graded_submission(course: Path, language: str) -> None:
    """What autograding leaves behind: a graded notebook, and its grades in the gradebook."""
    folder = course / "autograded" / "ana" / "02-functional"
    folder.mkdir(parents=True)
    nbformat.write(notebook(language), folder / "exercise.ipynb")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("02-functional")
        gradebook.add_notebook("exercise", "02-functional")
        place = ("exercise", "02-functional")
        gradebook.add_grade_cell("check-stack", *place, max_score=4, cell_type="code")
        gradebook.add_solution_cell("stack", *place)
        gradebook.add_student("ana")
        gradebook.add_submission("02-functional", "ana", timestamp=datetime(2026, 1, 1))
        gradebook.find_grade("check-stack", *place, "ana").auto_score = 2.5
        gradebook.db.commit()
