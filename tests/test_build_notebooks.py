"""From a source to its notebooks: the same cells in three languages, executed, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.build import pipeline
from course.build.execute import keep_known_outputs
from course.build.pages import unit_table
from course.build.places import INDEX, Places
from course.build.problem import BuildError
from course.units import Unit
from grader.nbgrader.stubs import ClearLocalisedSolutions
from grader.text import LANGUAGES

TITLES = {"fr": "Un", "en": "One", "zh": "一"}
UNITS = (Unit(1, "one", 5, TITLES), Unit(3, "three", 7, {"fr": "Trois", "en": "Three", "zh": "三"}))
PROSE = """# %% [markdown] lang="fr"
# # Bonjour : le monde
# %% [markdown] lang="en"
# # Hello
# %% [markdown] lang="zh"
# # 你好,世界
"""
LESSON = (
    '"""A lesson."""\n'
    + PROSE
    + """# %%
print(_("en"), 6 * 7)
# %% alt="Lesson"
from IPython.display import Image

Image(data=bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735812e0000000049454e44ae426082"
))
"""
)
EXERCISE = (
    '"""An exercise."""\n'
    + PROSE
    + """# %% answer="total"
### BEGIN SOLUTION
total = 1 + 1
### END SOLUTION
# %% active="ipynb"
# print("live")
# %% check="total"
# %% answer="double,half"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


### BEGIN SOLUTION
half = 0.5
### END SOLUTION
# %% check="pair" given="total"
"""
)


def write_blueprints(units: Any, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for unit in units:
        tasks = [
            {"name": "total", "criteria": [{"points": 1.5}, {"points": 0.5}]},
            {"name": "pair", "criteria": [{"points": 2.5}]},
        ]
        (folder / f"{unit.slug}.json").write_text(json.dumps(tasks))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A course of one unit with a lesson and an exercise, and one with a lesson only."""
    places = Places(tmp_path, UNITS)
    for path, text in (
        (places.lesson(UNITS[0]), LESSON),
        (places.lesson(UNITS[1]), LESSON.split("# %% alt")[0]),
        (places.exercise(UNITS[0]), EXERCISE),
        (
            places.page(INDEX),
            '"""Landing."""\n' + PROSE.replace("# # ", "# <!-- units -->\n#\n# # "),
        ),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return places


def notebooks(places: Places) -> dict[str, Any]:
    """Every notebook, not executed, by its path."""
    write_blueprints(UNITS[:1], places.blueprints)
    sources = pipeline.read_sources(places, UNITS)
    return {
        built.path.relative_to(places.root).as_posix(): built.notebook
        for built in pipeline.make_notebooks(sources, places)
    }


def read(places: Places, name: str) -> Any:
    return nbformat.read(places.root / name, as_version=nbformat.NO_CONVERT)


def build(places: Places) -> list[str]:
    said: list[str] = []
    pipeline.build(places, UNITS, write_blueprints, said.append)
    return said


def test_cells_have_the_same_ids_types_and_tags_in_all_languages(places: Places) -> None:
    made = notebooks(places)
    for name in ("course/{}/01-one/lesson.ipynb", "solutions/{}/01-one/exercise.ipynb"):
        fr, en, zh = (made[name.format(language)] for language in LANGUAGES)
        shapes = [[(c.id, c.cell_type, sorted(c.metadata)) for c in n.cells] for n in (fr, en, zh)]
        assert shapes[0] == shapes[1] == shapes[2]
        assert len({cell.id for cell in fr.cells}) == len(fr.cells)


def test_notebooks_say_their_unit_kind_and_language(places: Places) -> None:
    made = notebooks(places)
    assert made["course/fr/01-one/lesson.ipynb"].metadata.atelier == {
        "unit": "01-one",
        "kind": "lesson",
        "language": "fr",
    }
    assert made["course/zh/01-one/exercise.ipynb"].metadata.atelier.kind == "exercise"
    assert made["course/zh/index.ipynb"].metadata.atelier.unit == "index"


def test_prose_is_set_and_code_is_said_in_the_language(places: Places) -> None:
    made = notebooks(places)
    fr, zh = made["course/fr/01-one/lesson.ipynb"], made["course/zh/01-one/lesson.ipynb"]
    assert fr.cells[1].source == "# Bonjour\u00a0: le monde"
    assert zh.cells[1].source == "# 你好，世界"
    assert zh.cells[2].source == 'print("zh", 6 * 7)'
    assert fr.cells[3].metadata.alt == "Leçon"


def test_a_one_line_change_reaches_all_three_notebooks(places: Places) -> None:
    before = notebooks(places)
    path = places.lesson(UNITS[0])
    path.write_text(path.read_text(encoding="utf-8").replace("6 * 7", "7 * 7"), encoding="utf-8")
    after = notebooks(places)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"course/{language}/01-one/lesson.ipynb" for language in LANGUAGES}


def test_links_between_notebooks_lead_to_notebooks(places: Places) -> None:
    import re

    made = notebooks(places)
    for name, notebook in made.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                for target in re.findall(r"\]\(([^)]+\.ipynb)\)", cell.source):
                    path = (places.root / name).parent / target
                    assert path.resolve().relative_to(places.root.resolve()).as_posix() in made


def test_the_landing_page_lists_what_there_is(places: Places) -> None:
    table = unit_table("fr", places)
    assert "[Leçon](01-one/lesson.ipynb)" in table and "[Exercice](01-one/exercise.ipynb)" in table
    assert "03-three/lesson.ipynb" in table and "03-three/exercise.ipynb" not in table
    assert table in notebooks(places)["course/fr/index.ipynb"].cells[1].source


def test_a_placeholder_that_means_nothing_is_named(places: Places) -> None:
    path = places.page(INDEX)
    path.write_text(path.read_text(encoding="utf-8").replace("units -->", "unites -->"))
    with pytest.raises(BuildError) as error:
        notebooks(places)
    found = [str(problem) for problem in error.value.problems]
    assert len(found) == len(LANGUAGES)
    assert found[0].startswith("course/lessons/index.py:2")
    assert "<!-- unites --> stands for nothing" in found[0]


def test_checks_are_written_locked_and_worth_what_the_rubric_says(places: Places) -> None:
    made = notebooks(places)
    cells = {cell.id: cell for cell in made["solutions/zh/01-one/exercise.ipynb"].cells}
    assert cells["check-total"].source.endswith('check("01-one.total", total)')
    assert cells["check-pair"].source.endswith('check("01-one.pair", (total, double, half))')
    assert cells["check-total"].metadata.nbgrader == {
        "grade": True,
        "grade_id": "check-total",
        "locked": True,
        "points": 2,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert cells["check-pair"].metadata.nbgrader.points == 2.5
    assert cells["pair"].metadata.nbgrader.grade_id == "pair"


def test_students_get_stubs_in_their_language_and_no_solution(places: Places) -> None:
    made = notebooks(places)
    cells = {cell.id: cell for cell in made["course/fr/01-one/exercise.ipynb"].cells}
    assert cells["total"].source == "# Votre code ici\ntotal = ..."
    assert cells["pair"].source == (
        "def double(x):\n    # Votre code ici\n    ...\n\n\n# Votre code ici\nhalf = ..."
    )
    assert cells["check-total"].metadata.editable is False
    assert "checksum" in cells["check-total"].metadata.nbgrader
    assert "在这里写代码" in str(made["course/zh/01-one/exercise.ipynb"])
    for language in LANGUAGES:
        assert "SOLUTION" not in str(made[f"course/{language}/01-one/exercise.ipynb"])


def test_a_name_that_the_cell_gives_keeps_its_value_in_the_stub() -> None:
    source = "x = {'a': None}\n### BEGIN SOLUTION\nx = {'a': 1}\n### END SOLUTION"
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata = nbformat.from_dict(
        {
            "atelier": {"answer": ["x"]},
            "nbgrader": {"solution": True, "grade": False, "locked": False},
        }
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    cleared, _resources = ClearLocalisedSolutions().preprocess(notebook, {})
    assert cleared.cells[0].source == "x = {'a': None}\n# Your code here"


def test_rubric_and_checks_must_name_the_same_tasks(places: Places) -> None:
    path = places.exercise(UNITS[0])
    path.write_text(
        path.read_text(encoding="utf-8").replace('check="pair"', 'check="couple"'),
        encoding="utf-8",
    )
    with pytest.raises(BuildError) as error:
        notebooks(places)
    assert "the rubric has no task 'couple'" in str(error.value)
    assert "the task 'pair' of the rubric has no check" in str(error.value)


def test_answers_do_not_belong_into_lessons(places: Places) -> None:
    places.lesson(UNITS[0]).write_text(EXERCISE, encoding="utf-8")
    with pytest.raises(BuildError, match="belong into solutions"):
        notebooks(places)


# -- executed ----------------------------------------------------------------------------------


@pytest.fixture
def quick(places: Places) -> Places:
    """The same without the exercise, whose checks would load TensorFlow."""
    places.exercise(UNITS[0]).unlink()
    return places


def files(places: Places) -> dict[str, bytes]:
    return {
        path.relative_to(places.root).as_posix(): path.read_bytes()
        for path in sorted(places.root.rglob("*.ipynb"))
    }


def test_building_twice_changes_nothing_byte_for_byte(quick: Places) -> None:
    build(quick)
    first = files(quick)
    assert len(first) == 9
    assert build(quick) == ["9 notebooks: 0 built, 9 unchanged"]
    quick.stamps.unlink()  # what was remembered must not matter
    assert build(quick)[-1] == "9 notebooks: 9 built, 0 unchanged"
    assert files(quick) == first
    assert pipeline.check(quick, UNITS) == []


def test_changed_prose_is_written_without_running_anything(
    quick: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(quick)
    before = files(quick)
    _replace(quick, "# # Hello", "# # Hello again")
    monkeypatch.setattr(pipeline, "execute", None)
    pipeline.build_text(quick, UNITS, lambda _said: None)
    after = files(quick)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"course/{code}/01-one/lesson.ipynb" for code in LANGUAGES}  # a cell's id
    lesson = read(quick, "course/en/01-one/lesson.ipynb")
    assert lesson.cells[1].source == "# Hello again"
    assert lesson.cells[2].outputs[0].text == "en 42\n"
    assert pipeline.check(quick, UNITS) == []


def test_a_changed_alternative_text_reaches_the_figure_without_running_anything(
    quick: Places,
) -> None:
    build(quick)
    _replace(quick, '# %% alt="Lesson"', '# %% alt="Exercise"')
    pipeline.build_text(quick, UNITS, lambda _said: None)
    figure = read(quick, "course/fr/01-one/lesson.ipynb").cells[3]
    assert figure.metadata.alt == figure.outputs[0].metadata["image/png"].alt == "Exercice"


def test_changed_code_is_not_passed_off_as_prose(quick: Places) -> None:
    build(quick)
    before = files(quick)
    _replace(quick, "6 * 7", "7 * 7")
    with pytest.raises(BuildError, match="its code has changed; run make build"):
        pipeline.build_text(quick, UNITS, lambda _said: None)
    assert files(quick) == before


def _replace(places: Places, old: str, new: str) -> None:
    path = places.lesson(UNITS[0])
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_outputs_carry_text_and_alternative_text_and_nothing_of_the_moment(quick: Places) -> None:
    build(quick)
    notebook = read(quick, "course/fr/01-one/lesson.ipynb")
    assert notebook.cells[2].outputs[0].text == "fr 42\n"
    assert notebook.cells[3].outputs[0].metadata["image/png"].alt == "Leçon"
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [1, 2]
    assert "version" not in notebook.metadata.language_info
    assert not any("execution" in cell.metadata for cell in notebook.cells)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("6 * 7", "1 / 0"), "the cell fails: ZeroDivisionError"),
        (('print(_("en"), 6 * 7)', "import sys\nprint(1, file=sys.stderr)"), "stderr"),
        (('# %% alt="Lesson"', "# %%"), "the figure of this cell has no alternative text"),
        (("6 * 7", "__import__('os').getcwd()"), "names a folder of this machine"),
    ],
)
def test_a_cell_that_goes_wrong_is_named(quick: Places, change: tuple[str, str], said: str) -> None:
    path = quick.lesson(UNITS[0])
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(BuildError) as error:
        build(quick)
    for language in LANGUAGES:
        found = [str(p) for p in error.value.problems if p.language == language]
        assert len(found) == 1 and said in found[0]
        assert found[0].startswith("course/lessons/one.py:") and ", cell " in found[0]


def test_a_notebook_that_was_edited_by_hand_is_found(quick: Places) -> None:
    build(quick)
    path = quick.root / "course/zh/01-one/lesson.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("6 * 7", "6 * 8"), encoding="utf-8")
    (problem,) = pipeline.check(quick, UNITS)
    assert problem.file == "course/zh/01-one/lesson.ipynb" and problem.language == "zh"
    assert "cell 3, from course/lessons/one.py:8" in problem.message


def test_a_notebook_that_no_source_makes_is_found(quick: Places) -> None:
    build(quick)
    stray = quick.root / "course/fr/09-gone/lesson.ipynb"
    stray.parent.mkdir()
    stray.write_text("{}")
    (problem,) = pipeline.check(quick, UNITS)
    assert problem.file == "course/fr/09-gone/lesson.ipynb"


def test_images_that_look_the_same_keep_their_bytes() -> None:
    import base64
    import io

    from PIL import Image

    def notebook(level: int, compression: int) -> Any:
        data = io.BytesIO()
        Image.new("RGB", (20, 20), (level, 0, 0)).save(data, "png", compress_level=compression)
        image = base64.b64encode(data.getvalue()).decode()
        output = nbformat.v4.new_output("display_data", {"image/png": image})
        return nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("draw()", id="a", outputs=[output])]
        )

    known = notebook(100, 9)
    assert keep_known_outputs(notebook(100, 0), known).cells == known.cells
    assert keep_known_outputs(notebook(103, 0), known).cells == known.cells
    assert keep_known_outputs(notebook(200, 0), known).cells != known.cells
