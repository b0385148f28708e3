"""A faulty source is refused, and its faults are named with file, line, cell and language."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.build import pipeline
from course.build.localise import CodeFault, localise, split
from course.build.notebook import catalogue_problems, prose_problems, skeleton
from course.build.problem import BuildError
from course.build.source import Code, Prose, Source, read_source

GOOD = '''"""A source."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Bonjour
# %% [markdown] lang="en"
# # Hello
# %% [markdown] lang="zh"
# # 你好
# %%
#: Lesson
print(_("Exercise"))
'''


def read(folder: Path, text: str) -> Source:
    path = folder / "course" / "lessons" / "small.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_source(path, folder)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(BuildError) as error:
        read(folder, text)
    return str(error.value)


def test_a_source_is_prose_in_three_languages_and_code_once(tmp_path: Path) -> None:
    source = read(tmp_path, GOOD)
    prose, code = source.cells
    assert isinstance(prose, Prose) and isinstance(code, Code)
    assert prose.texts == {"fr": "# Bonjour", "en": "# Hello", "zh": "# 你好"}
    assert prose.lines == {"fr": 6, "en": 8, "zh": 10}
    assert code.line == 12 and code.cell == 5


def test_a_missing_translation_names_file_line_cell_and_language(tmp_path: Path) -> None:
    text = GOOD.replace('# %% [markdown] lang="zh"\n# # 你好\n', "")
    said = refused(tmp_path, text)
    assert said.startswith("course/lessons/small.py:6, cell 2, language 'zh': ")
    assert "no translation" in said


def test_languages_in_another_order_are_refused(tmp_path: Path) -> None:
    text = GOOD.replace('lang="fr"', 'lang="xx"').replace('lang="en"', 'lang="fr"')
    said = refused(tmp_path, text.replace('lang="xx"', 'lang="en"'))
    assert "order en, fr, zh" in said


def test_a_stray_language_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, GOOD.replace('lang="zh"', 'lang="de"'))
    assert "course/lessons/small.py:10, cell 4: " in said and "stray language 'de'" in said


def test_prose_without_a_language_is_refused(tmp_path: Path) -> None:
    assert "has no lang" in refused(tmp_path, GOOD.replace(' lang="fr"', ""))


def test_code_that_differs_by_language_is_refused(tmp_path: Path) -> None:
    text = GOOD + '# %% lang="fr"\nx = 1\n# %% lang="zh"\nx = 2\n'
    said = refused(tmp_path, text)
    assert "course/lessons/small.py:15, cell 6, language 'fr': code stands once" in said
    assert "course/lessons/small.py:17, cell 7, language 'zh': code stands once" in said


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    text = GOOD.replace(' lang="fr"', "") + '# %% colour="red"\nx = 1\n# %%\n# %% [raw]\n# hi\n'
    said = refused(tmp_path, text).splitlines()
    assert any("unknown metadata 'colour'" in line for line in said)
    assert any("empty" in line for line in said)
    assert any("raw cell" in line for line in said)
    assert any("no lang" in line for line in said)


ANSWER = '# %% answer="a"\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n'


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (ANSWER, "no check"),
        ('# %% check="a"\n', "no answer"),
        (ANSWER + '# %% check="a"\nprint()\n', "must be empty"),
        ((ANSWER + '# %% check="a"\n') * 2, "second cell"),
        (ANSWER + ANSWER.replace('"a"', '"b"') + '# %% check="b"\n', "no check"),
        ('# %% answer="a"\na = 1\n# %% check="a"\n', "BEGIN SOLUTION"),
        (ANSWER.replace('"a"', '"a-b"') + '# %% check="a"\n', "not a list of Python names"),
    ],
)
def test_answers_and_checks_come_in_pairs(tmp_path: Path, cells: str, said: str) -> None:
    assert said in refused(tmp_path, GOOD + cells)


def test_a_text_in_code_without_translation_names_file_line_language_and_remedy(
    tmp_path: Path,
) -> None:
    source = read(tmp_path, GOOD.replace('_("Exercise")', '_("Nobody translated this")'))
    said = [str(problem) for problem in catalogue_problems(source)]
    assert [line.split(": ")[0] for line in said] == [
        "course/lessons/small.py:14, cell 5, language 'fr'",
        "course/lessons/small.py:14, cell 5, language 'zh'",
    ]
    assert all("python -m grader.text add" in line for line in said)


def test_a_comment_in_code_without_translation_is_named_too(tmp_path: Path) -> None:
    source = read(tmp_path, GOOD.replace("#: Lesson", "#: Nobody translated this"))
    assert "small.py:13" in str(catalogue_problems(source)[0])


def test_an_image_without_alternative_text_names_file_cell_and_language(tmp_path: Path) -> None:
    text = GOOD.replace("# # 你好", "# ![](a.png)").replace("# # Hello", '# <img src="b.png">')
    said = [str(problem) for problem in prose_problems(read(tmp_path, text))]
    assert any("small.py:10, cell 4, language 'zh': the image a.png" in line for line in said)
    assert any("small.py:8, cell 3, language 'en'" in line for line in said)
    assert len(said) == 2


def test_a_missing_glyph_names_file_cell_language_and_character(tmp_path: Path) -> None:
    source = read(tmp_path, GOOD.replace("你好", "你好 🦜"))
    (problem,) = pipeline.glyph_problems(source)
    assert str(problem).startswith("course/lessons/small.py:10, cell 4, language 'zh': ")
    assert "'🦜' (U+1F99C)" in str(problem)


def test_a_missing_glyph_in_a_catalogued_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "figure.py"
    path.write_text('_("𝛼 loss")\n', encoding="utf-8")
    said = [str(problem) for problem in pipeline.catalogue_glyph_problems([path])]
    assert "figure.py:1, language 'en': the course's font has no glyph for '𝛼'" in said[0]


# -- code in a language ------------------------------------------------------------------------

CODE = """x = {"a": _("Lesson"), 'é': [ 1,2 ]}  # kept
if x:
    #: Exercise
    print(_("Unit" " and more"), _(
        "Time"
    ))"""


def shout(text: str) -> str:
    return text.upper() + "’é"


def test_only_catalogued_texts_change_in_code() -> None:
    assert localise(CODE, shout) == (
        """x = {"a": "LESSON’é", 'é': [ 1,2 ]}  # kept\n"""
        'if x:\n    # EXERCISE’é\n    print("UNIT AND MORE’é", "TIME’é")'
    )


def test_the_code_of_all_languages_is_one_skeleton_with_other_texts() -> None:
    for translated in (shout, str.lower, str.title):
        said = localise(CODE, translated)
        for kept in skeleton(CODE):
            assert kept in said
    assert len(skeleton(CODE)) == len(split(CODE)) - 4


@pytest.mark.parametrize("text", ["plain", 'a "b"', "l'eau", 'a "b" l\'eau', "a\\b", "a\nb", "层"])
def test_a_translated_literal_means_its_text(text: str) -> None:
    assert eval(localise('_("x")', lambda _msgid: text)) == text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = (", "not Python"),
        ("%matplotlib inline", "not Python"),
        ('f"{_("x")}"'.replace('"x"', "'x'"), "f-string"),
        ("_(name)", "one plain text"),
        ("x = 1  #: Lesson", "line of its own"),
    ],
)
def test_code_that_cannot_be_said_in_a_language_is_refused(code: str, said: str) -> None:
    with pytest.raises(CodeFault, match=said):
        split(code)
