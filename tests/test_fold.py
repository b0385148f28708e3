"""What large models look like when they are drawn: repeated blocks once, marks never hidden."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from grader.boxes import Box, Mark, Sketch, sketch
from grader.draw import text
from grader.fold import ALL_SHOWN, MOST_BOXES, folded
from grader.graph import Graph


class Drawn:
    """A sketch in the making: ``add`` a box that reads others, get its number."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.arrows: list[tuple[int, int]] = []

    def add(self, what: str, *sources: int, shape: str = "8", name: str = "") -> int:
        number = len(self.boxes)
        kind = "layer" if sources else "input"
        self.boxes.append(Box(kind, name or f"layer_{number}", what, shape, nodes=(number,)))
        self.arrows += [(source, number) for source in sources]
        return number

    def chain(self, whats: Sequence[str], source: int) -> int:
        for what in whats:
            source = self.add(what, source)
        return source

    def residual(self, whats: Sequence[str], source: int) -> int:
        return self.add("Add", source, self.chain(whats, source))

    def fold(self, *marked: int) -> Sketch:
        boxes = [replace(b, marks=(Mark("!"),)) if i in marked else b for i, b in self.numbered()]
        whole = Sketch(tuple(boxes), tuple(self.arrows))
        shown = folded(whole, "en")
        assert all(0 <= a < len(shown.boxes) > b >= 0 for a, b in shown.arrows)
        assert layers(shown) == len(boxes), "no layer is forgotten"
        for repeat in shown.repeats:
            first, last = repeat.boxes[0], repeat.boxes[-1]
            assert repeat.boxes == tuple(range(first, last + 1)), "a block is in one piece"
        return shown

    def numbered(self) -> list[tuple[int, Box]]:
        return list(enumerate(self.boxes))


def layers(shown: Sketch) -> int:
    total = 0
    for i, box in enumerate(shown.boxes):
        times = 1
        for repeat in shown.repeats:
            times *= repeat.count if i in repeat.boxes else 1
        total += box.layers * times
    return total


def whats(shown: Sketch) -> list[str]:
    return [box.what or box.name for box in shown.boxes]


def repeats(shown: Sketch) -> list[tuple[int, list[str]]]:
    return [(r.count, [whats(shown)[i] for i in r.boxes]) for r in shown.repeats]


def test_a_model_that_fits_is_drawn_whole() -> None:
    drawn = Drawn()
    drawn.chain(["Dense"] * (ALL_SHOWN - 1), drawn.add("Input"))
    assert len(drawn.fold().boxes) == ALL_SHOWN
    drawn.add("Dense", ALL_SHOWN - 1)
    assert repeats(drawn.fold()) == [(ALL_SHOWN, ["Dense"])]


def test_a_chain_of_equal_layers_is_one_box_whatever_their_names() -> None:
    drawn = Drawn()
    drawn.add("Dense · units=1", drawn.chain(["Dense"] * 300, drawn.add("Input")))
    shown = drawn.fold()
    assert whats(shown) == ["Input", "Dense", "Dense · units=1"]
    assert shown.arrows == ((0, 1), (1, 2))
    assert repeats(shown) == [(300, ["Dense"])]


def test_blocks_of_other_sizes_are_not_the_same_block() -> None:
    drawn = Drawn()
    drawn.chain([f"Dense · units={n}" for n in range(40)], drawn.add("Input"))
    assert drawn.fold().repeats == ()
    assert len(drawn.fold().boxes) == 41


def test_a_residual_block_begins_where_its_shortcut_begins() -> None:
    drawn = Drawn()
    at = drawn.add("Conv2D · 7×7", drawn.add("Input"))
    for _ in range(8):
        at = drawn.add("relu", drawn.residual(["Conv2D", "relu", "Conv2D"], at))
    drawn.add("Dense", at)
    shown = drawn.fold()
    assert repeats(shown) == [(8, ["Conv2D", "relu", "Conv2D", "Add", "relu"])]
    assert (1, 5) in shown.arrows, "the shortcut"
    assert whats(shown)[-1] == "Dense"


def test_a_block_begins_with_a_layer_and_not_with_the_activation_after_it() -> None:
    drawn = Drawn()
    at = drawn.chain(["Conv2D", "BatchNormalization", "relu"] * 12, drawn.add("Input"))
    drawn.add("Dense", drawn.chain(["Conv2D", "BatchNormalization"], at))
    assert repeats(drawn.fold()) == [(12, ["Conv2D", "BatchNormalization", "relu"])]


def test_a_block_begins_where_the_numbers_in_the_names_change() -> None:
    drawn = Drawn()
    at = drawn.add("B", drawn.add("Input"), name="b_0")
    for n in range(1, 16):
        at = drawn.add("B", drawn.add("A", at, name=f"a_{n}"), name=f"b_{n}")
    assert repeats(drawn.fold()) == [(15, ["A", "B"])]


def test_repetitions_inside_repetitions_are_framed_twice() -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    for _ in range(4):
        at = drawn.residual(["relu", "Conv2D"] * 4, at)
    assert repeats(drawn.fold()) == [
        (4, ["relu", "Conv2D", "Add"]),
        (4, ["relu", "Conv2D"]),
    ]


def test_each_of_two_branches_is_folded() -> None:
    drawn = Drawn()
    towers = [drawn.chain(["LSTM"] * 20, drawn.add("Input")) for _ in range(2)]
    drawn.add("Add", *towers)
    assert repeats(drawn.fold()) == [(20, ["LSTM"]), (20, ["LSTM"])]
    assert len(drawn.fold().boxes) == 5


def test_a_late_second_input_does_not_hide_the_repetition_before_it() -> None:
    drawn = Drawn()
    first, late = drawn.add("Input"), drawn.add("Input")
    drawn.add("Add", drawn.chain(["Dense"] * 30, first), late)
    assert repeats(drawn.fold()) == [(30, ["Dense"])]


def test_layers_that_something_else_reads_are_not_left_out() -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    every = [at := drawn.add("Dense", at) for _ in range(30)]
    drawn.add("Concatenate", *every)
    assert drawn.fold().repeats == ()


def test_where_shapes_change_from_block_to_block_the_box_shows_the_first_and_the_last() -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    for n in range(30):
        at = drawn.add("Conv2D", at, shape=f"{100 - n}")
    assert drawn.fold().boxes[1].shape == "100 … 71"


def test_a_marked_box_and_what_is_beside_it_stay_visible() -> None:
    drawn = Drawn()
    drawn.chain(["Dense"] * 300, drawn.add("Input"))
    shown = drawn.fold(150)
    assert [r.count for r in shown.repeats] == [147, 148]
    names = [box.name for box in shown.boxes]
    assert names[2:7] == ["layer_148", "layer_149", "layer_150", "layer_151", "layer_152"]
    assert shown.boxes[4].marks


def test_layers_that_only_activate_join_the_layer_before_them_where_there_is_no_room() -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    for n in range(30):
        at = drawn.chain([f"Conv2D · filters={n}", "BatchNormalization", "relu"], at)
    shown = drawn.fold(41)
    assert shown.boxes[1].what == "Conv2D · filters=0 + BatchNormalization + relu"
    assert shown.boxes[1].name == "layer_1 + 2"
    assert shown.boxes[1].nodes == (1, 2, 3)
    assert [box.what for box in shown.boxes if box.marks] == ["BatchNormalization"]


def test_the_insides_of_blocks_give_way_before_whole_stages_do() -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    for n in range(20):
        at = drawn.residual([f"Dense · units={n + k}" for k in range(5)], at)
    shown = drawn.fold()
    assert whats(shown) == ["Input"] + ["… 5 more layers", "Add"] * 20


@pytest.mark.parametrize("shape", ["apart", "fan", "ladder", "stairs", "random"])
def test_models_written_to_be_hard_to_fold_are_small_within_seconds(shape: str) -> None:
    drawn = Drawn()
    at = drawn.add("Input")
    rows: dict[str, Callable[[int], object]] = {
        "apart": lambda n: drawn.add("Custom"),
        "fan": lambda n: drawn.add("Dense", 0),
        "ladder": lambda n: drawn.add(f"Dense · units={n % 977}", n, max(0, n - 1)),
        "stairs": lambda n: drawn.add("Dense", n, n // 2),
        "random": lambda n: drawn.add(f"Dense · units={n * n % 7}", n),
    }
    for n in range(at, 3000):
        rows[shape](n)
    start = time.perf_counter()
    assert len(drawn.fold(1500).boxes) <= MOST_BOXES
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("name", "most"),
    [("ResNet50", 45), ("MobileNet", 30), ("DenseNet121", 55), ("EfficientNetB0", MOST_BOXES)],
)
def test_well_known_models_are_small_and_every_layer_is_counted(name: str, most: int) -> None:
    keras = pytest.importorskip("keras")
    from grader.trace import read

    graph: Graph = read(getattr(keras.applications, name)(weights=None))
    whole = sketch(graph, {}, "en")
    shown = folded(whole, "en")
    assert len(shown.boxes) <= most
    assert layers(shown) == len(whole.boxes)
    assert len(text(graph, {}, "en").splitlines()) <= most + len(shown.repeats)
    assert not any(box.name.startswith("…") for box in shown.boxes) or name == "EfficientNetB0"


def test_nested_models_fold_like_the_layers_they_hold() -> None:
    keras = pytest.importorskip("keras")
    from grader.trace import read

    def block(number: int) -> object:
        start = keras.Input((16,))
        hidden = keras.layers.Dense(16, activation="relu")(start)
        end = keras.layers.Add()([start, keras.layers.Dense(16)(hidden)])
        return keras.Model(start, end, name=f"block_{number}")

    model = keras.Sequential([keras.Input((16,)), *map(block, range(12)), keras.layers.Dense(1)])
    listing = text(read(model), {}, "en").splitlines()
    assert len(listing) == 6
    assert listing[1].strip() == "this block 12 times [2–4]"
