"""``compare``: two live models, by their graphs and by their numbers."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.agreement import confirmed
from grader.equivalence import Difference, compare_graphs
from grader.graph import Graph
from grader.messages import EQUIVALENT, MESSAGES, NOT_EQUIVALENT
from grader.numbers import answers
from grader.text import translate
from grader.trace import Reading, Signature, UnreadableModel, read_live


@dataclass(frozen=True)
class Comparison:
    """Whether a candidate is the reference up to API style, and if not, why.

    ``tier`` says what decided: the canonical graphs, or numbers where a graph could not be read.
    Shows itself as a drawing of the candidate with the differences marked, or as text.
    """

    equivalent: bool
    differences: list[Difference] = field(default_factory=list)
    tier: Literal["graph", "numbers"] = "graph"
    graph: Graph | None = None

    def text(self, language: str = "en") -> str:
        """The comparison as plain text."""
        from grader.draw import text

        lines = [translate(EQUIVALENT if self.equivalent else NOT_EQUIVALENT, language)]
        lines += [f"- {difference.message(language)}" for difference in self.differences]
        if self.graph is not None:
            lines += ["", text(self.graph, self._marks(language), language)]
        return "\n".join(lines)

    def html(self, language: str = "en") -> str:
        """The comparison as HTML, with the drawing."""
        from html import escape

        from grader.draw import picture
        from grader.feedback import html_language

        headline = translate(EQUIVALENT if self.equivalent else NOT_EQUIVALENT, language)
        items = "".join(f"<li>{escape(d.message(language))}</li>" for d in self.differences)
        drawing = "" if self.graph is None else picture(self.graph, self._marks(language), language)
        tag = html_language(language)
        return f'<div lang="{tag}"><p>{escape(headline)}</p><ul>{items}</ul>{drawing}</div>'

    def _marks(self, language: str) -> dict[int, Any]:
        from grader.marks import by_node, node_mark

        return by_node(
            (d.nodes, node_mark(d.kind, d.shown(), d.message(language), language))
            for d in self.differences
        )

    def __str__(self) -> str:
        return self.text(os.environ.get("ATELIER_LANGUAGE", "en"))

    def _repr_html_(self) -> str:
        return self.html(os.environ.get("ATELIER_LANGUAGE", "en"))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def compare(reference: Any, candidate: Any, *, seed: int | None = None) -> Comparison:
    """Whether ``candidate`` is the same model as ``reference``, in whatever style it is written.

    The graphs decide; numbers under the same weights confirm them, and decide alone where a
    model cannot be read layer by layer. Inputs and weights are drawn anew at each call unless
    ``seed`` is given. Never raises for what the candidate does; ``UnreadableModel`` if the
    reference itself is no model.
    """
    asked = read_live(reference)
    signature = [
        Signature(p.name, tuple(s["shape"]), s["dtype"])
        for p in asked.graph.inputs
        for s in (asked.graph.nodes[p.node].settings,)
    ]
    try:
        given = read_live(candidate, signature)
    except UnreadableModel as problem:
        kind = problem.kind if problem.kind in MESSAGES else "raises"
        return Comparison(False, [Difference(kind, params={"found": problem.detail})])
    except Exception as error:  # a candidate may raise anything, anywhere
        found = f"{type(error).__name__}: {error}"
        return Comparison(False, [Difference("raises", params={"found": found})])
    return _compared(asked, given, secrets.randbelow(2**31) if seed is None else seed)


def _compared(asked: Reading, given: Reading, seed: int) -> Comparison:
    verdict = compare_graphs(asked.graph, given.graph)
    opaque = bool(asked.graph.opaque or given.graph.opaque)
    decided: Literal["graph", "numbers"] = "numbers" if opaque else "graph"
    numbers = None
    if opaque or verdict.equivalent:
        try:
            numbers = answers(given, seed)
        except Exception as error:  # likewise
            found = f"{type(error).__name__}: {error}"
            return Comparison(False, [Difference("raises", params={"found": found})], "numbers")
    differences = confirmed(asked, given.graph, verdict, numbers, seed)
    if differences and verdict.equivalent:
        decided = "numbers"
    return Comparison(not differences, differences, decided, given.graph)
