"""The drawing of a model: complete, safe, and readable without colour."""

from __future__ import annotations

import dataclasses
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable

import pytest

from grader.draw import Mark, picture, svg, text
from grader.fold import MOST_BOXES
from grader.graph import Graph, Node, Owner, Port
from grader.marks import LABELS, by_node, node_mark
from grader.messages import MESSAGES
from grader.text import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


def node(
    op: str,
    inputs: Iterable[int] = (),
    layer: str = "",
    shape: tuple[int | None, ...] = (None, 8),
    owner: int | None = None,
    **settings: object,
) -> Node:
    return Node(op, settings, tuple((i, 0) for i in inputs), owner, layer or op, (shape,))


def two_inputs(name: str = "shared_dense") -> Graph:
    """Two inputs through one shared layer with a fused activation, added, one output."""
    return Graph(
        nodes=(
            node("input", layer="audio", shape=(None, 40)),
            node("input", layer="lyrics", shape=(None, 60)),
            node("dense", [0], name, (None, 16), 0, units=16, use_bias=True),
            node("relu", [2], name, (None, 16), negative_slope=0.0, threshold=0.0),
            node("dense", [1], name, (None, 16), 0, units=16, use_bias=True),
            node("relu", [4], name, (None, 16), negative_slope=0.0, threshold=0.0),
            node("add", [3, 5], "add", (None, 16)),
            node("dense", [6], "played", (None, 1), 1, units=1, use_bias=False),
        ),
        owners=(Owner(name, name), Owner("played", "played")),
        inputs=(Port("audio", 0), Port("lyrics", 1)),
        outputs=(Port("played", 7),),
    )


def chain(length: int) -> Graph:
    nodes = [node("input", layer="start")]
    nodes += [node("relu", [i], f"layer_{i}") for i in range(length)]
    return Graph(tuple(nodes), (), (Port("start", 0),), (Port("end", length),))


def parsed(graph: Graph, marks: dict[int, Mark] | None = None, language: str = "en") -> ET.Element:
    return ET.fromstring(svg(graph, marks or {}, language))


def words(drawing: ET.Element) -> list[str]:
    return [each.text or "" for each in drawing.iter(f"{SVG}text")]


def test_each_layer_shows_its_name_operation_settings_and_shape_without_the_batch() -> None:
    shown = words(parsed(two_inputs()))
    assert {"audio", "shared_dense", "Dense · units=16 · relu", "→ 16", "→ 40"} <= set(shown)
    assert "Dense · units=1 · use_bias=False" in shown
    assert not any("None" in line for line in shown)


def test_an_activation_that_the_author_wrote_into_a_layer_is_drawn_in_its_box() -> None:
    assert len(list(parsed(two_inputs()).iter(f"{SVG}rect"))) == 6  # of 8 nodes


def test_an_activation_layer_of_its_own_keeps_its_own_box() -> None:
    apart = two_inputs()
    nodes = list(apart.nodes)
    nodes[3] = dataclasses.replace(nodes[3], layer="activation")
    drawing = parsed(dataclasses.replace(apart, nodes=tuple(nodes)))
    assert len(list(drawing.iter(f"{SVG}rect"))) == 7


def test_a_layer_that_is_called_twice_says_so_at_both_places() -> None:
    assert words(parsed(two_inputs())).count("shared ×2") == 2
    assert words(parsed(two_inputs(), language="fr")).count("partagée ×2") == 2


def test_images_show_their_kernel_as_people_write_it() -> None:
    convolution = node(
        "conv2d", [0], "conv", (None, 30, 30, 32), 0,
        filters=32, kernel_size=[3, 3], strides=[1, 1], padding="same",
    )  # fmt: skip
    graph = Graph((node("input"), convolution), (Owner("conv", "conv"),), (), (Port("conv", 1),))
    shown = " ".join(words(parsed(graph)))
    assert "Conv2D · filters=32 · 3×3 · padding=same" in shown
    assert "→ 30 × 30 × 32" in shown


def test_marks_are_visible_without_colour() -> None:
    drawing = parsed(two_inputs(), {6: Mark("asked for: Concatenate", "✗")})
    dashed = [r for r in drawing.iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    assert [r.get("stroke-width") for r in dashed] == ["3"]
    assert "✗" in words(drawing), "the badge"
    assert "✗ asked for: Concatenate" in words(drawing), "the words"
    assert "add" in drawing.get("aria-label", "")


def test_a_mark_on_a_fused_activation_marks_the_box_of_its_layer() -> None:
    drawing = parsed(two_inputs(), {3: Mark("wrong activation")})
    assert sum(1 for r in drawing.iter(f"{SVG}rect") if r.get("stroke-dasharray")) == 1


def test_several_remarks_on_one_layer_each_keep_their_symbol() -> None:
    marks = by_node([((6,), Mark("one", "≠")), ((6,), Mark("two", "?")), ((6,), Mark("one", "≠"))])
    shown = words(parsed(two_inputs(), marks))
    assert shown.count("≠ one") == 1
    assert shown.count("? two") == 1


def test_colours_come_from_the_page_so_that_dark_themes_work() -> None:
    drawing = svg(two_inputs(), {}, "en")
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) <= {"currentColor", "none"}
    assert "#fff" not in drawing
    assert "white" not in drawing


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_drawings_on_one_page_share_no_id_for_there_is_none(language: str) -> None:
    drawing = svg(two_inputs(), {2: Mark("label")}, language)
    assert not re.search(r"\bid=", drawing)
    assert "url(#" not in drawing


def test_the_same_graph_is_drawn_the_same_twice() -> None:
    assert svg(two_inputs(), {2: Mark("x")}, "zh") == svg(two_inputs(), {2: Mark("x")}, "zh")


HOSTILE = '"/><script>alert(1)</script><x onload="y" \N{RIGHT-TO-LEFT OVERRIDE}\0\x1b[31m\ud800{0}'


def test_a_layer_name_cannot_inject_markup() -> None:
    graph = two_inputs(HOSTILE)
    graph = dataclasses.replace(graph, outputs=(Port(HOSTILE, 7),))
    settings = {"class": HOSTILE, "units": HOSTILE}
    hostile = Node("custom", settings, ((6, 0),), None, HOSTILE, ((None, 2),))
    graph = dataclasses.replace(graph, nodes=(*graph.nodes, hostile))
    drawing = parsed(graph, {2: Mark(HOSTILE, HOSTILE), 8: Mark(HOSTILE)})
    known = {
        f"{SVG}{tag}"
        for tag in ["svg", "title", "desc", "g", "rect", "text", "path", "polygon", "circle"]
    }
    assert {element.tag for element in drawing.iter()} <= known
    assert not {a for e in drawing.iter() for a in e.attrib if a.startswith("on")}
    listing = text(graph, {2: Mark(HOSTILE)}, "en")
    assert not set("\0\x1b\N{RIGHT-TO-LEFT OVERRIDE}\ud800") & set(listing)


def test_a_name_of_a_million_letters_is_cut() -> None:
    long = "x" * 1_000_000
    assert len(svg(two_inputs(long), {2: Mark(long)}, "en")) < 20_000
    assert "…" in svg(two_inputs(long), {}, "en")


def test_a_huge_model_is_folded_around_what_is_marked() -> None:
    drawing = parsed(chain(2000), {1000: Mark("here")})
    assert len(list(drawing.iter(f"{SVG}rect"))) <= MOST_BOXES
    shown = words(drawing)
    assert {"start", "layer_998", "layer_999", "layer_1000", "layer_1999"} <= set(shown)
    assert sum(1 for line in shown if line.startswith("× ")) == 2
    listing = text(chain(2000), {1000: Mark("here")}, "fr")
    assert "ce bloc 997 fois [2]" in listing
    assert "≠ here" in listing


def test_a_huge_model_in_which_nothing_repeats_is_clumped_around_what_is_marked() -> None:
    nodes = [node("input", layer="start")]
    nodes += [node("dense", [i], f"layer_{i}", units=i) for i in range(2000)]
    graph = Graph(tuple(nodes), (), (Port("start", 0),), (Port("end", 2000),))
    shown = words(parsed(graph, {1000: Mark("here")}))
    assert {"start", "layer_998", "layer_999", "layer_1000", "layer_1999"} <= set(shown)
    assert sum(1 for line in shown if line.endswith("more layers")) == 2
    assert "autres couches" in text(graph, {1000: Mark("here")}, "fr")


def test_a_repeated_block_is_framed_and_says_how_often_it_comes() -> None:
    drawing = parsed(chain(300))
    frame, _start, block, _end = drawing.iter(f"{SVG}rect")
    assert frame.get("stroke-dasharray")
    assert not block.get("stroke-dasharray")
    place, inside = (
        [float(r.get(side, "")) for side in ("x", "y", "width", "height")] for r in (frame, block)
    )
    for start, size in ((0, 2), (1, 3)):
        assert place[start] < inside[start]
        assert inside[start] + inside[size] < place[start] + place[size]
    assert "× 299" in words(drawing)
    for language, said in {
        "en": "this block 299 times",
        "fr": "ce bloc 299 fois",
        "zh": "此模块重复 299 次",
    }.items():
        assert f"{said} [2]" in text(chain(300), {}, language)
        assert said in svg(chain(300), {}, language)


def test_a_huge_model_without_connections_is_folded_too() -> None:
    graph = Graph(tuple(node("custom", layer=f"n{i}") for i in range(5000)), (), (), ())
    assert len(list(parsed(graph).iter(f"{SVG}rect"))) <= MOST_BOXES


def test_connections_that_make_no_sense_are_left_out() -> None:
    graph = Graph((node("input"), node("relu", [0, 1, 7, -1], "r")), (), (), (Port("r", 1),))
    assert len(list(parsed(graph).iter(f"{SVG}path"))) == 1


def test_sums_of_sums_are_drawn_as_the_author_wrote_them() -> None:
    graph = Graph(
        (
            node("input", layer="x"),
            node("dense", [0], "a", units=8),
            node("add", [0, 1], "one"),
            node("dense", [2], "b", units=8),
            node("add", [0, 1, 3], "two"),  # as canonicalisation leaves it
        ),
        (),
        (Port("x", 0),),
        (Port("two", 4),),
    )
    assert "5. two: Add → 8 ← 3, 4 [output]" in text(graph, {}, "en")


def test_the_text_lists_layers_connections_and_marks() -> None:
    listing = text(two_inputs(), {6: Mark("asked for: Concatenate", "≠")}, "en").splitlines()
    assert listing[0] == "1. audio: Input → 40"
    assert "3. shared_dense: Dense · units=16 · relu → 16 ← 1 [shared ×2]" in listing
    assert listing[listing.index("5. add: Add → 16 ← 3, 4") + 1].strip() == (
        "≠ asked for: Concatenate"
    )
    assert listing[-1].endswith("[output]")


def test_a_drawing_can_be_heard() -> None:
    for language, start in (("fr", "Dessin"), ("en", "Drawing"), ("zh", "你的模型")):
        drawing = parsed(two_inputs(), {}, language)
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label", "").startswith(start)
        assert "shared_dense" in (drawing.findtext(f"{SVG}desc") or "")


def test_an_empty_graph_has_no_drawing() -> None:
    assert svg(Graph((), (), (), ()), {}, "en") == ""


def test_without_graphviz_there_is_a_list_and_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    shown = picture(two_inputs("<b>"), {}, "en")
    assert "pip install pygraphviz" in shown
    assert "&lt;b&gt;" in shown
    assert "<svg" not in shown


def test_every_kind_of_difference_has_a_message_and_every_mark_its_words() -> None:
    assert set(LABELS) <= set(MESSAGES)
    params = dict.fromkeys(("expected", "found", "setting", "role", "layer"), "thing")
    for kind in LABELS:
        for language in LANGUAGES:
            assert "{" not in node_mark(kind, params, "", language).label
