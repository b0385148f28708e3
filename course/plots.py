"""The figures of the lessons: training curves, images, maps, weights, drawings of models.

Every function returns a PNG that Jupyter shows when it ends a cell. The figures keep a white ground
of their own, so they read the same in JupyterLab's light and dark themes, on paper and in feedback.
What differs in colour (Okabe and Ito's, told apart without colour vision) differs in line style,
marker or sign too. Words are in the notebook's language.
"""

from __future__ import annotations

import io
import itertools
import math
import re
import tempfile
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import matplotlib.colors
import numpy as np
from IPython.display import Image
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, ScalarFormatter
from PIL import Image as pillow

import course
from course import fonts
from grader.text import mark as _
from grader.text import translate, written

if TYPE_CHECKING:
    from keras import Model
    from keras.callbacks import History
    from numpy.typing import ArrayLike

INK, FAINT = "#1a1a1a", "#d0d0d0"
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#a0527e"
_STYLES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": VERMILION, "linestyle": "--", "marker": "s"},
    {"color": GREEN, "linestyle": "-.", "marker": "^"},
    {"color": PURPLE, "linestyle": ":", "marker": "D"},
)
_SCREEN, _PIXELS = 96, 144  # dots per inch: as shown, and as drawn, for sharp letters
_MEASURES = {
    "loss": _("loss"),
    "accuracy": _("accuracy"),
    "mae": _("mean absolute error"),
    "mse": _("mean squared error"),
    "binary_accuracy": _("binary accuracy"),
}


def use_fonts(language: str) -> None:
    """Make matplotlib write in ``language``, Chinese with the font that the course ships."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    if fonts.FAMILY not in known:
        font_manager.fontManager.addfont(fonts.PATH)
    families = ["DejaVu Sans", fonts.FAMILY]
    matplotlib.rcParams["font.family"] = families[::-1] if language == "zh" else families


def training(history: History | Mapping[str, Sequence[float]], *measures: str) -> Image:
    """What ``fit`` recorded, epoch by epoch: a panel per measure, training against validation.

    ``measures`` chooses the panels by the names that ``history.history`` uses (``"loss"``,
    ``"digit_accuracy"``); without any, all are drawn. ``KeyError`` if a measure was not recorded.
    """
    recorded: Mapping[str, Sequence[float]] = getattr(history, "history", history)
    # The total loss first: Keras sorts the names of what it records.
    found = sorted(recorded, key=lambda name: name != "loss")
    chosen = measures or [name for name in found if not name.startswith("val_")]
    columns = min(len(chosen), 3)
    figure, panels = _panels(len(chosen), columns, width=4.1, height=2.7)
    for axes, name in zip(panels, chosen, strict=True):
        lines = {_("training"): recorded[name]}
        if f"val_{name}" in recorded:
            lines[_("validation")] = recorded[f"val_{name}"]
        _lines(axes, {_say(text): values for text, values in lines.items()})
        axes.set_title(_measure(name))
        axes.set_xlabel(_say(_("epoch")))
    return _shown(figure)


def curves(
    series: Mapping[str, Sequence[float]], title: str = "", y_label: str = "", x_label: str = ""
) -> Image:
    """Up to four curves in one panel; ``series`` maps each label to its values.

    They run over epochs, or over what ``x_label`` says, counted from 1; then the legend stands
    beside the panel, as the curves may run anywhere in it.
    """
    figure, (axes,) = _panels(1, 1, width=6.4, height=3.2)
    _lines(axes, series)
    if x_label:
        axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    axes.set(title=title, xlabel=x_label or _say(_("epoch")), ylabel=y_label)
    return _shown(figure)


def images(
    pictures: ArrayLike,
    labels: Sequence[object] | np.ndarray | None = None,
    predictions: Sequence[object] | np.ndarray | None = None,
    columns: int = 10,
) -> Image:
    """A grid of pictures in shades of grey, shape (pictures, rows, columns), ink dark.

    With a last axis of 3, red, green and blue from 0 to 1, they are shown in their colours.

    Above each picture stands its label; or, with ``predictions``, what was predicted and whether
    that is right. A wrong one has a cross, a frame, and the true label in brackets.
    """
    grid = np.asarray(pictures)
    figure, panels = _grid(len(grid), columns)
    top = float(grid.max()) if grid.size else 1.0
    for index, axes in enumerate(panels):
        _picture(axes, grid[index], cmap="Greys", vmin=min(0.0, float(grid.min())), vmax=top)
        if predictions is not None and labels is not None:
            _verdict(axes, predictions[index], labels[index])
        elif labels is not None:
            axes.set_title(str(labels[index]), fontsize=10, color=INK)
    return _shown(figure)


def feature_maps(activations: Mapping[str, ArrayLike], columns: int = 8) -> Image:
    """What layers make of one picture: a row per layer, in it the first ``columns`` of its maps.

    ``activations`` maps a heading to an array (rows, columns, maps). Each map has a scale of its
    own, from its least value (dark) to its greatest (bright); one that is the same everywhere is
    left empty and shows its value.
    """
    figure, panels = _grid(len(activations) * columns, columns)
    for row, (name, values) in enumerate(activations.items()):
        maps = np.moveaxis(np.asarray(values), -1, 0)
        for column, axes in enumerate(panels[row * columns : (row + 1) * columns]):
            axes.set_title(" ", fontsize=10)  # room for the heading of the row
            if column >= len(maps):
                axes.set_axis_off()
                continue
            chosen = maps[column]
            if np.ptp(chosen) > 0:
                _picture(axes, chosen, cmap="viridis")
            else:
                _picture(axes, np.zeros_like(chosen), cmap="Greys")
                value = _number(f"{float(chosen.flat[0]):.2g}")
                axes.text(0.5, 0.5, value, transform=axes.transAxes, ha="center", va="center")
        heading = " × ".join(map(str, np.shape(values)))
        first = panels[row * columns]
        title = first.text(0, 1.05, f"{name}: {heading}", transform=first.transAxes, color=INK)
        title.set_in_layout(False)  # it may be wider than its panel
    return _shown(figure)


def weights(
    values: ArrayLike, labels: Sequence[object] | np.ndarray | None = None, columns: int = 5
) -> Image:
    """Arrays with a sign, shape (arrays, rows, columns): orange below zero, purple above.

    Where cells are few, ``-`` and ``+`` mark the sign as well.
    """
    grid = np.asarray(values)
    limit = float(np.abs(grid).max()) or 1.0
    figure, panels = _grid(len(grid), columns, cell=3.2)
    for index, axes in enumerate(panels):
        _picture(axes, grid[index], cmap="PuOr", vmin=-limit, vmax=limit)
        if grid[index].size <= 100:
            for (row, column), value in np.ndenumerate(grid[index]):
                strong = abs(value) > 0.6 * limit
                axes.text(
                    column,
                    row,
                    "+" if value > 0 else "\N{MINUS SIGN}",
                    ha="center",
                    va="center",
                    color="white" if strong else INK,
                )
        if labels is not None:
            axes.set_title(str(labels[index]), fontsize=10, color=INK)
    return _shown(figure)


def paths(points: ArrayLike, labels: Sequence[object] | None = None, columns: int = 5) -> Image:
    """A grid of broken lines to one scale, shape (lines, points, 2): each from square to dot."""
    lines = np.asarray(points)
    low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
    margin = 0.08 * (high - low).max()  # room for the square and the dot
    figure, panels = _grid(len(lines), columns, cell=1.5)
    for index, axes in enumerate(panels):
        across, up = lines[index].T
        axes.plot(across, up, color=BLUE, linewidth=2.5, marker=".", markersize=5)
        axes.plot(across[0], up[0], "s", color=INK, markersize=7)
        axes.plot(across[-1], up[-1], "o", color=VERMILION, markersize=7)
        axes.set(
            xlim=(low[0] - margin, high[0] + margin),
            ylim=(low[1] - margin, high[1] + margin),
            xticks=[],
            yticks=[],
        )
        axes.set_aspect("equal")
        axes.spines[:].set(visible=True, color=FAINT)
        if labels is not None:
            axes.set_title(str(labels[index]), fontsize=10, color=INK)
    return _shown(figure)


def line(
    x: ArrayLike,
    y: ArrayLike,
    predicted: ArrayLike | None = None,
    x_label: str = "",
    y_label: str = "",
) -> Image:
    """Measured points, and the line that a model draws through them: its value at each ``x``."""
    across, up = np.ravel(x), np.ravel(y)
    figure, (axes,) = _panels(1, 1, width=5.6, height=3.4)
    axes.plot(across, up, "o", color=BLUE, markersize=5, label=_say(_("measured")))
    if predicted is not None:
        order = np.argsort(across)
        heights = np.ravel(predicted)[order]
        axes.plot(across[order], heights, "--", color=VERMILION, lw=2, label=_say(_("predicted")))
    axes.legend(frameon=False)
    axes.set(xlabel=x_label, ylabel=y_label)
    return _shown(figure)


def points(places: Mapping[str, ArrayLike], labels: Sequence[object] | np.ndarray) -> Image:
    """Maps of points in the plane, each drawn as its own label (a digit), one panel per title.

    ``places`` maps a title to an array (points, 2); ``labels`` names the points, the same in each
    panel. The labels tell the groups apart; their colours only help.
    """
    figure, panels = _panels(len(places), min(len(places), 2), width=4.8, height=4.2)
    groups = {str(label): index for index, label in enumerate(sorted(set(labels)))}
    for axes, (title, positions) in zip(panels, places.items(), strict=True):
        across, up = np.asarray(positions, dtype=float).T
        axes.plot(across, up, linestyle="none")  # sets the limits: text does not
        for x, y, label in zip(across, up, map(str, labels), strict=True):
            color = _STYLES[groups[label] % len(_STYLES)]["color"]
            axes.text(x, y, label, color=color, fontsize=9, ha="center", va="center")
        axes.set(title=title, xticklabels=[], yticklabels=[])
        axes.tick_params(length=0)
    return _shown(figure)


def histogram(
    groups: Mapping[str, ArrayLike], x_label: str = "", mark: float | None = None
) -> Image:
    """How the values of up to four groups spread, on one axis; ``mark`` draws a line across it.

    Each group counts as a whole: the bars show its share in per cent, so small groups are seen too.
    """
    figure, (axes,) = _panels(1, 1, width=6.4, height=3.2)
    values = {label: np.ravel(group) for label, group in groups.items()}
    everything = np.concatenate(list(values.values()))
    edges = np.linspace(float(everything.min()), float(everything.max()), 31)
    hatches = ("", "////", "....", "xx")
    for style, hatch, (label, group) in zip(_STYLES, hatches, values.items(), strict=False):
        axes.hist(
            group,
            bins=edges.tolist(),
            weights=np.full(len(group), 100 / len(group)),
            label=label,
            histtype="stepfilled",
            facecolor=(*matplotlib.colors.to_rgb(style["color"]), 0.35),
            edgecolor=style["color"],
            linestyle=style["linestyle"],
            linewidth=1.5,
            hatch=hatch,
        )
    if mark is not None:
        axes.axvline(mark, color=INK, linewidth=1.5, linestyle=(0, (1, 1)))
    axes.legend(frameon=False)
    axes.set(xlabel=x_label, ylabel="%")
    return _shown(figure)


def bars(shares: Mapping[str, float], title: str = "") -> Image:
    """Shares from 0 to 1 as bars, one below the other, each with its name and its percentage."""
    figure, (axes,) = _panels(1, 1, width=6.4, height=0.45 * len(shares) + 0.5)
    places = range(len(shares))
    axes.barh(places, list(shares.values()), color=BLUE, height=0.6)
    for place, share in zip(places, shares.values(), strict=True):
        axes.text(share + 0.015, place, _number(f"{share:.0%}"), va="center", color=INK)
    axes.set(title=title, xlim=(0, 1.12), xticks=[], yticks=list(places))
    axes.set_yticklabels(list(shares))
    axes.invert_yaxis()
    axes.grid(visible=False)
    return _shown(figure)


def trees(
    roots: Sequence[Any], score: Callable[[Any], float | None] | None = None, columns: int = 2
) -> Image:
    """Binary trees, each a word or a pair (tuple) of trees, with their words in a row below.

    ``score`` gives a subtree a value from 0 to 1, or nothing: its node then shows ``+`` from a half
    upwards and a minus below, in purple and orange as in :func:`weights`.
    """
    widest = max(len(_words(root)) for root in roots)
    figure, panels = _panels(len(roots), columns, width=max(3.2, 0.85 * widest), height=2.4)
    for axes, root in zip(panels, roots, strict=False):
        places = iter(range(widest))
        _top, height = _tree(axes, root, places, score)
        axes.set(xlim=(-0.6, len(_words(root)) - 0.4), ylim=(-0.6, height + 0.5))
        axes.set_axis_off()
    return _shown(figure)


def questions(steps: Iterable[tuple[str, str]], otherwise: str) -> Image:
    """A chain of questions, from the top down: a yes leads to the right, a no to the next one.

    ``steps`` are pairs, a question and the answer that its yes leads to; ``otherwise`` is the
    answer that is left when all of them are answered with no.
    """
    chain = [(_wrapped(question, 36), _wrapped(answer, 26)) for question, answer in steps]
    figure, (axes,) = _panels(1, 1, width=8.4, height=1.15 * len(chain) + 0.75)
    box = {"boxstyle": "round,pad=0.55", "facecolor": "white", "edgecolor": INK}
    end = {**box, "facecolor": "#e6f0f7", "edgecolor": BLUE, "linewidth": 1.6}
    arrow = {"arrowstyle": "-|>", "color": INK}

    def say(x: float, y: float, text: str, look: dict[str, Any]) -> Any:
        return axes.text(x, y, text, ha="center", va="center", bbox=look)

    def step(start: Any, stop: Any, label: str, down: bool) -> None:
        (x, y), (to_x, to_y) = start.get_position(), stop.get_position()
        axes.annotate(
            "",
            (to_x, to_y),
            (x, y),
            arrowprops={
                **arrow,
                "patchA": start.get_bbox_patch(),
                "patchB": stop.get_bbox_patch(),
            },
        )
        if down:
            axes.text(x + 0.01, (y + to_y) / 2, label, va="center", color=VERMILION)
        else:
            axes.text(0.585, y + 0.09, label, ha="center", color=GREEN)

    asked = [say(0.28, -row, question, box) for row, (question, _answer) in enumerate(chain)]
    for row, (question, (_text, answer)) in enumerate(zip(asked, chain, strict=True)):
        step(question, say(0.8, -row, answer, end), _say(_("yes")), down=False)
    last = say(0.28, -len(chain) + 0.15, otherwise, end)
    for question, following in itertools.pairwise([*asked, last]):
        step(question, following, _say(_("no")), down=True)
    axes.set(xlim=(0, 1), ylim=(-len(chain) - 0.1, 0.5))
    axes.axis("off")
    return _shown(figure)


def model_drawing(model: Model, shapes: bool = True, nested: bool = False) -> Image:
    """``keras.utils.plot_model`` with the names of the layers, at a size that suits a notebook.

    ``shapes`` adds each layer's input and output shape; ``nested`` opens models inside the model.
    """
    import keras

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.png"
        keras.utils.plot_model(
            model,
            to_file=path,
            show_layer_names=True,
            show_shapes=shapes,
            expand_nested=nested,
            dpi=_PIXELS,
        )
        drawing = path.read_bytes()
    width, _height = pillow.open(io.BytesIO(drawing)).size
    return Image(drawing, format="png", width=round(width * _SCREEN / _PIXELS / 1.5))


def _wrapped(text: str, width: int) -> str:
    """``text`` in lines of ``width`` columns at most, of which a Chinese character takes two.

    Chinese breaks between any two characters, but not inside a Latin word or before punctuation.
    """
    if text.isascii() or not any(unicodedata.east_asian_width(sign) in "WF" for sign in text):
        return textwrap.fill(text, width)
    lines = [""]
    for piece in re.findall(r"(?:[!-~]+|.)[，。？；：、]*", text):
        if _columns(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _say(text: str) -> str:
    return translate(text, course.language())


def _number(number: str) -> str:
    return written(number, course.language())


class _Scale(ScalarFormatter):
    """The numbers beside an axis."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return _number(super().__call__(x, pos))


def _measure(name: str) -> str:
    """The heading of a panel: ``digit_accuracy`` is "digit: accuracy"."""
    for known, text in sorted(_MEASURES.items(), key=lambda item: -len(item[0])):
        if name == known:
            return _say(text)
        if name.endswith(f"_{known}"):
            output = name.removesuffix(f"_{known}")
            return translate(
                _("{output}: {measure}"), course.language(), output=output, measure=_say(text)
            )
    return name


def _panels(count: int, columns: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    """A figure with ``count`` panels of ``width`` by ``height`` inches."""
    use_fonts(course.language())
    rows = math.ceil(count / columns)
    figure = Figure(
        figsize=(width * columns, height * rows), facecolor="white", layout="constrained"
    )
    panels = [figure.add_subplot(rows, columns, 1 + index) for index in range(count)]
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.xaxis.set_major_formatter(_Scale())
        axes.yaxis.set_major_formatter(_Scale())
    return figure, panels


def _grid(count: int, columns: int, cell: float = 1.0) -> tuple[Figure, list[Axes]]:
    columns = max(1, min(columns, count))
    return _panels(count, columns, width=cell, height=cell * 1.22)


def _lines(axes: Axes, series: Mapping[str, Sequence[float]]) -> None:
    for style, (label, values) in zip(_STYLES, series.items(), strict=False):
        epochs = range(1, len(values) + 1)
        every = max(1, len(values) // 8)
        axes.plot(epochs, values, **style, markersize=5, markevery=every, label=label)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)


def _picture(axes: Axes, picture: np.ndarray, **colours: Any) -> None:
    axes.imshow(picture, aspect="auto", interpolation="nearest", **colours)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set(visible=True, color=FAINT)


def _words(tree: Any) -> list[str]:
    if isinstance(tree, tuple):
        return [word for branch in tree for word in _words(branch)]
    return [str(tree)]


def _tree(
    axes: Axes, tree: Any, places: Iterator[int], score: Callable[[Any], float | None] | None
) -> tuple[float, int]:
    """Draw ``tree`` above the next of ``places``; where its root is, across and up."""
    if not isinstance(tree, tuple):
        place = next(places)
        axes.text(place, -0.1, str(tree), ha="center", va="top", fontsize=11, color=INK)
        return float(place), 0
    below = [_tree(axes, branch, places, score) for branch in tree]
    root = sum(across for across, _up in below) / len(below)
    height = 1 + max(up for _across, up in below)
    for across, up in below:
        axes.plot([root, across], [height, up], color=INK, linewidth=1.2, zorder=1)
    value = score(tree) if score else None
    if value is None:
        axes.plot(root, height, "o", color=INK, markersize=5, zorder=2)
    else:
        color, sign = (PURPLE, "+") if value >= 0.5 else (VERMILION, "\N{MINUS SIGN}")
        axes.plot(root, height, "o", color=color, markersize=17, zorder=2)
        axes.text(root, height, sign, color="white", ha="center", va="center_baseline", fontsize=13)
    return root, height


def _verdict(axes: Axes, predicted: object, label: object) -> None:
    if predicted == label:
        axes.set_title(f"{predicted} ✓", fontsize=10, color=INK)
        return
    axes.set_title(f"{predicted} ✗ ({label})", fontsize=10, color=VERMILION)
    axes.spines[:].set(color=VERMILION, linewidth=2.5)


def _shown(figure: Figure) -> Image:
    """The figure as a PNG; the same figure gives the same bytes."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_PIXELS, metadata={"Software": None})
    width = round(figure.get_figwidth() * _SCREEN)
    return Image(file.getvalue(), format="png", width=width)


use_fonts(course.language())
