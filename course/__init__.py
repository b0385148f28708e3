"""What the lessons import: the language of a notebook, data and plots.

Importing it is quick (neither TensorFlow nor matplotlib is loaded) and settles what every notebook
needs settled before Keras is imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from course import first_import, graphviz, quiet
from grader.text import LANGUAGES

_LANGUAGE = "ATELIER_LANGUAGE"  # in the environment: grader.check and child processes read it too

# Whatever ~/.keras/keras.json says: the lessons use tf.data and TensorFlow's training loop.
os.environ["KERAS_BACKEND"] = "tensorflow"
graphviz.make_dot_findable()


def language() -> str:
    """The language of this notebook: ``"fr"``, ``"en"`` or ``"zh"``."""
    code = os.environ.get(_LANGUAGE, "en")
    return code if code in LANGUAGES else "en"


def use_language(code: str) -> None:
    """Make ``code`` the language of this notebook: of its plots, and of what the grader says.

    ``ValueError`` names the languages of the course if ``code`` is none of them.
    """
    if code not in LANGUAGES:
        raise ValueError(f"no language {code!r}; the course has {', '.join(LANGUAGES)}")
    os.environ[_LANGUAGE] = code
    _use_fonts()


def _use_fonts() -> None:
    """Give matplotlib the glyphs of the language, if it has been loaded."""
    if "matplotlib.pyplot" in sys.modules:
        importlib.import_module("course.plots").use_fonts(language())


@contextmanager
def _fonts_after() -> Iterator[None]:
    yield
    _use_fonts()


first_import.around_first_import("matplotlib.pyplot", _fonts_after)
_use_fonts()  # in a warm kernel it was loaded before
__all__ = ["language", "quiet", "use_language"]
