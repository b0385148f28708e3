"""What the built notebooks must show: figures, full marks for solutions, empty exercises."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from course.units import UNITS
from grader.blueprint import load_blueprint
from grader.text import LANGUAGES

ROOT = Path(__file__).parents[1]
SHOWN = {  # what a lesson must print, beside its prose
    "01-sequential": (
        *("576", "2,080", "33", "2,689", "9,930", "128,000"),
        *("error at least 4 times smaller: True", "accuracy >= 0.95: True"),
    ),
    "02-functional": (
        *("50,240", "4,160", "650", "55,050", "54,530", "6,890", "65"),
        "accuracy >= 0.95: True",
    ),
    "03-subclassing": (
        *("576", "2,080", "33", "2,689", "2,762", "753", "4,862"),
        "2,689 and 2,689, same answers: True",
        "built: False - weight arrays: 0",
        "error at least 4 times smaller: True",
        "graph: 4 lines, 2,762 parameters",
        "class: 7 lines, 2,762 parameters",
        "twins, right: 5 of 10",
        "accuracy on longer comments >= 0.9: True",
    ),
    "04-ticket-routing": (
        *("640,000", "98,816", "12,416", "173", "692", "1,392,097", "32,225"),
        *("en: 21 tokens", "fr: 19 tokens", "zh: 1 tokens", "zh: 22 tokens"),
        "department, all three >= 0.9: True",
        "department: accuracy >= 0.8: True",
        "priority:   accuracy >= 0.8: True",
        "1, 0.01  priority learned: True, department learned: False",
        "0.01, 1  priority learned: False, department learned: True",
        "lists give the same loss:   True",
        "stream gives the same loss: True",
    ),
    "05-siamese": (
        *("128,000", "256,000", "24,336", "48,672"),
        "shared:   [11. 22. 33.]",
        "accuracy on test pairs >= 0.90: True",
    ),
    "06-resnet": (
        *("223,242", "36,928", "73,856", "8,320"),
        "16 steps, gradients below a tenth: True",
        "skip: True   slope: 4.6",
        "training: with shortcuts >= 0.90:      True",
        "training: without, at least 0.1 behind: True",
        "with, any of the last ten left out >= 0.80: True",
        "accuracy >= 0.50: True",
        "training, same answer in other company:  False",
    ),
    "07-autoencoders": (
        *("18,672", "9,569", "28,241", "387", "170", "18,842"),
        "same layer: True",
        "same digit >= 0.9: True",
        "and with the weights of its decoder: True",
        "better than each of its members:    True",
    ),
    "08-feature-extraction": (
        *("26,519", "20,024,384", "143,667,240", "387"),
        "block5_pool   (1, 4, 4, 512)",
        "conv_1, right >= 0.82: False",
        "conv_4, right >= 0.82: True",
        "ahead of the random trunk:      True",
        "ahead of learning from scratch: True",
        "trunk unchanged:                True",
    ),
    "09-custom-layers": (
        *("50", "80", "2,689", "8 parameters", "(1, 10, 32)", "1,281", "2,657"),
        "ours and Keras's, equivalent: True",
        "one more setting: False",
        "registered       : True",
        "in a new session           : no, TypeError",
        "arm at least 20 times more precise: True",
        "each length within 2 mm of 125 mm: True",
        "AlwaysNumpy: three times the same draw: True",
        "not trainable: 2 arrays, 16 numbers",
        "loss = mse + 0.36: True",
        "graph: 4 lines, 2,762 parameters",
        "class: 11 lines, 2,762 parameters",
        "come back: True True",
    ),
    "11-choosing": (
        *("2,410 parameters", "4,443 parameters", "2,412 parameters: 2 + 2,080 + 330"),
        "weight arrays: {'Sequential': 4, 'functional': 4, 'subclass': 0}",
        "stack:       True",
        "other words: True",
        "subclass   same answers at the start: True",
        "subclass    same training curve as functional: True",
        "other start same training curve as functional: False",
        "no dropout      True        True     False",
        "loaded from its file alone         yes   yes   no",
        "parameters: True, answers: True, compare: False",
        "parameters: True, answers: True, compare: True",
        "still the same model: True",
        "loaded without a class, digit accuracy >= 0.9: True",
        "patient  (360, 10)  accuracy >= 0.8: True  reloaded: True",
    ),
    "10-custom-training": (
        *("2,538", "32,689", "8,713", "steps: 115"),
        "same weights as fit:      True",
        "forgetful has tracked the mean: False",
        "Python is here, images: (29, 64)",
        "keras: two different numbers: True",
        "one argument, same weights: True",
        "the expert has not won: True",
        "at least 5 kinds of digits:      True",
        "variety below half the real: True",
        "same pictures: True",
    ),
}


def _read(*parts: str) -> NotebookNode:
    return nbformat.read(ROOT.joinpath(*parts), as_version=4)


def _printed(notebook: NotebookNode) -> str:
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            texts.append(output.get("text", "") + output.get("data", {}).get("text/plain", ""))
    return "\n".join(texts)


def _points(notebook: NotebookNode) -> dict[str, float]:
    """What each check cell's output says, as a stock nbgrader reads it."""
    return {
        cell.metadata.nbgrader.grade_id.removeprefix("check-"): float(
            next(o for o in cell.outputs if o.output_type == "execute_result").data["text/plain"]
        )
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [unit.slug for unit in UNITS])
def test_solutions_earn_full_marks(slug: str, language: str) -> None:
    points = _points(_read("solutions", language, slug, "exercise.ipynb"))
    assert points == {name: load_blueprint(f"{slug}.{name}").points for name in points}
    assert points


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [unit.slug for unit in UNITS])
def test_an_exercise_as_handed_out_is_not_attempted_and_no_error(slug: str, language: str) -> None:
    assert set(_points(_read("course", language, slug, "exercise.ipynb")).values()) == {0.0}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("slug", "text"), [(s, text) for s in SHOWN for text in SHOWN[s]])
def test_a_lesson_shows_its_figures_and_claims(slug: str, text: str, language: str) -> None:
    assert text in _printed(_read("course", language, slug, "lesson.ipynb"))


def test_a_blueprint_tells_what_is_asked_but_holds_no_live_model() -> None:
    task = load_blueprint("02-functional.stack")
    assert task.live is None
    assert task.reference is not None
