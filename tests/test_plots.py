"""The figures of the lessons: legible, in the notebook's language, and the same every time."""

from __future__ import annotations

import io
import itertools
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from IPython.display import Image
from matplotlib.figure import Figure
from PIL import Image as pillow

import course
from course import plots
from grader.text import LANGUAGES, translate

HISTORY = {
    "loss": [1.0, 0.5, 0.3],
    "digit_accuracy": [0.2, 0.6, 0.9],
    "val_loss": [1.1, 0.7, 0.6],
    "val_digit_accuracy": [0.3, 0.5, 0.8],
}
PICTURES = np.linspace(0, 1, 3 * 28 * 28).reshape(3, 28, 28)
MAPS = np.arange(5 * 5 * 4.0).reshape(5, 5, 4) * [1, 1, 0, 1]  # the third is 0 everywhere
FIGURES: dict[str, Callable[[], Image]] = {
    "training": lambda: plots.training(HISTORY),
    "curves": lambda: plots.curves({"a": [1.0, 2.0], "b": [2.0, 1.0]}, title="title"),
    "images": lambda: plots.images(PICTURES, [1, 2, 3], [1, 2, 4]),
    "colour images": lambda: plots.images(np.stack([PICTURES] * 3, axis=-1), [1, 2, 3]),
    "feature_maps": lambda: plots.feature_maps({"a": MAPS, "b": MAPS[:, :, :1]}, columns=3),
    "weights": lambda: plots.weights(PICTURES[:, :8, :8] - 0.5, ["a", "b", "c"]),
    "paths": lambda: plots.paths(PICTURES[:, :9, :2], ["a", "b", "c"]),
    "line": lambda: plots.line([0, 1, 2], [1, 3, 5], [1, 3, 5.2]),
    "points": lambda: plots.points({"a": [[0, 1], [2, 3]], "b": [[1, 1], [0, 2]]}, [7, 4]),
    "trees": lambda: plots.trees(["a", ("a", ("b", "c"))], score=lambda tree: len(tree[1]) - 1),
    "histogram": lambda: plots.histogram({"a": [1.0, 2.0], "b": [2.0, 3.0]}, "x", mark=1.5),
    "questions": lambda: plots.questions(
        [("a long question, to be wrapped?", "b"), ("c?", "d")], "e"
    ),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course, "language", lambda: request.param)
    return str(request.param)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_gives_the_same_bytes_every_time(name: str) -> None:
    assert FIGURES[name]().data == FIGURES[name]().data


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_an_opaque_white_ground_for_light_and_dark_themes(name: str) -> None:
    picture = pillow.open(io.BytesIO(FIGURES[name]().data)).convert("RGBA")
    assert picture.getpixel((0, 0)) == (255, 255, 255, 255)
    assert picture.getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize("name", FIGURES)
def test_no_glyph_is_missing_in_any_language(name: str, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FIGURES[name]()


@pytest.mark.parametrize(("language", "written"), [("fr", "1,4"), ("en", "1.4"), ("zh", "1.4")])
def test_numbers_beside_an_axis_are_written_as_in_the_language(
    monkeypatch: pytest.MonkeyPatch, language: str, written: str
) -> None:
    monkeypatch.setattr(course, "language", lambda: language)
    drawn: list[Figure] = []
    monkeypatch.setattr(plots, "_shown", drawn.append)
    plots.curves({"a": [1.0, 2.0]})
    drawn[0].savefig(io.BytesIO())
    assert written in [label.get_text() for label in drawn[0].axes[0].get_yticklabels()]


def test_chinese_words_are_drawn_and_not_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "language", lambda: "zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one, other = (plots.curves({"a": [1.0]}, title=title).data for title in ("损失", "准确"))
    assert one != other  # missing glyphs would be drawn as the same boxes


def test_panels_are_named_in_the_language_of_the_notebook(language: str) -> None:
    assert plots._measure("loss") == translate("loss", language)
    named = plots._measure("digit_accuracy")
    assert named.startswith("digit")
    assert translate("accuracy", language) in named
    assert plots._measure("perplexity") == "perplexity"


def test_training_draws_the_measures_that_are_asked_for() -> None:
    one, all_of_them = plots.training(HISTORY, "loss"), plots.training(HISTORY)
    assert all_of_them.width == pytest.approx(2 * one.width, abs=1)
    with pytest.raises(KeyError, match="accuracy"):
        plots.training(HISTORY, "accuracy")


def test_curves_run_over_epochs_or_over_what_is_said() -> None:
    values = {"a": [1.0, 2.0]}
    assert plots.curves(values).data != plots.curves(values, x_label="layer").data


def test_pictures_with_three_channels_keep_their_colours() -> None:
    red = np.zeros((1, 8, 8, 3))
    red[..., 0] = 1
    shown = pillow.open(io.BytesIO(plots.images(red).data)).convert("RGB")
    assert shown.getpixel((shown.width // 2, shown.height // 2)) == (255, 0, 0)


def test_curves_differ_in_more_than_colour() -> None:
    for one, other in itertools.combinations(plots._STYLES, 2):
        assert one["marker"] != other["marker"]
        assert one["linestyle"] != other["linestyle"]


def test_feature_maps_do_not_depend_on_the_scale_of_a_layer() -> None:
    one, other = ({"a": MAPS * scale} for scale in (1, 1 / 1024))
    assert plots.feature_maps(one).data == plots.feature_maps(other).data
    turned = {"a": MAPS[::-1]}
    assert plots.feature_maps(one).data != plots.feature_maps(turned).data


def _luminance(colour: str) -> float:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_every_colour_stands_out_on_white() -> None:
    for style in plots._STYLES:  # 3 to 1 is WCAG's contrast for graphics
        assert 1.05 / (_luminance(style["color"]) + 0.05) >= 3


def test_a_drawing_of_a_model_shows_its_layers_and_fits_a_notebook() -> None:
    import keras

    pixels = keras.Input(shape=(784,), name="pixels")
    digit = keras.layers.Dense(10, name="digit")(pixels)
    model = keras.Model(pixels, digit, name="digits")
    with_shapes = plots.model_drawing(model)
    without = plots.model_drawing(model, shapes=False)
    assert without.width < with_shapes.width < 800


def test_questions_break_chinese_anywhere_but_in_a_word_or_before_punctuation() -> None:
    assert plots._wrapped("子类，自己写 train_step，里面", 18).split("\n") == [
        "子类，自己写",
        "train_step，里面",
    ]
    assert plots._wrapped("one two three", 8) == "one two\nthree"
