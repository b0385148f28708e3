"""``compare``: two live models, by their graphs and by their numbers."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.agreement import confirmed
from grader.difference import Difference
from grader.equivalence import compare_graphs, only_in_form
from grader.graph import Graph, Signature
from grader.messages import EQUIVALENT, MESSAGES, NOT_EQUIVALENT
from grader.numbers import answers
from grader.text import mark as _
from grader.text import translate
from grader.trace import Reading, UnreadableModel, read_live
from grader.untrusted import one_line

BY_NUMBERS = _("Decided by what the models compute under the same weights.")


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
        from grader.feedback import FIRST_REMARKS, more_remarks

        lines = [translate(EQUIVALENT if self.equivalent else NOT_EQUIVALENT, language)]
        first, rest = self.differences[:FIRST_REMARKS], self.differences[FIRST_REMARKS:]
        lines += [f"- {difference.message(language)}" for difference in first]
        if rest:
            lines.append(f"- {more_remarks(len(rest), language)}")
        if self.tier == "numbers":
            lines.append(translate(BY_NUMBERS, language))
        if self.graph is not None:
            lines += ["", text(self.graph, self._marks(language), language)]
        return "\n".join(lines)

    def html(self, language: str = "en") -> str:
        """The comparison as HTML, with the drawing."""
        from html import escape

        from grader.draw import picture
        from grader.feedback import FIRST_REMARKS, html_language, more_remarks

        headline = translate(EQUIVALENT if self.equivalent else NOT_EQUIVALENT, language)
        items = [f"<li>{escape(d.message(language))}</li>" for d in self.differences]
        said = f"<p>{escape(headline)}</p><ul>{''.join(items[:FIRST_REMARKS])}</ul>"
        if items[FIRST_REMARKS:]:
            more = escape(more_remarks(len(items) - FIRST_REMARKS, language))
            rest = "".join(items[FIRST_REMARKS:])
            said += f"<details><summary>{more}</summary><ul>{rest}</ul></details>"
        if self.tier == "numbers":
            said += f"<p>{escape(translate(BY_NUMBERS, language))}</p>"
        drawing = "" if self.graph is None else picture(self.graph, self._marks(language), language)
        tag = html_language(language)
        return f'<div lang="{tag}">{said}{drawing}</div>'

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


def compare(
    reference: Any, candidate: Any, *, inputs: Any = None, seed: int | None = None
) -> Comparison:
    """Whether ``candidate`` is the same model as ``reference``, in whatever style it is written.

    The graphs decide; numbers under the same weights confirm them, and decide alone where a
    model cannot be read layer by layer. Inputs and weights are drawn anew at each call unless
    ``seed`` is given. ``inputs`` is an example of what the models are called with, for models
    that take something other than tensors (trees, lists of any length). Never raises for what the
    candidate does; ``UnreadableModel`` if the reference itself is no model.
    """
    asked = read_live(reference, example=inputs)
    signature = [
        Signature(p.name, tuple(s["shape"]), s["dtype"])
        for p in asked.graph.inputs
        for s in (asked.graph.nodes[p.node].settings,)
    ]
    try:
        given = read_live(candidate, signature, inputs)
    except UnreadableModel as problem:
        kind = problem.kind if problem.kind in MESSAGES else "raises"
        return Comparison(False, [Difference(kind, params={"found": _brief(problem.detail)})])
    except (Exception, SystemExit) as error:  # a candidate may raise anything, anywhere
        return Comparison(False, [_raised(error)])
    return _compared(asked, given, secrets.randbelow(2**31) if seed is None else seed)


def _raised(error: BaseException) -> Difference:
    return Difference("raises", params={"found": _brief(f"{type(error).__name__}: {error}")})


def _brief(problem: str) -> str:
    """The first paragraph of what Keras says."""
    return one_line(problem.strip().partition("\n\n")[0], 300)


def _compared(asked: Reading, given: Reading, seed: int) -> Comparison:
    verdict = compare_graphs(asked.graph, given.graph)
    opaque = bool(asked.graph.opaque or given.graph.opaque)
    decided: Literal["graph", "numbers"] = "numbers" if opaque else "graph"
    doubtful = only_in_form(asked.graph, given.graph, verdict.differences)
    try:
        computed = opaque or verdict.equivalent or doubtful
        numbers = answers(given, seed, later=True) if computed else None
        differences = confirmed(asked, given.graph, verdict, numbers, seed)
    except (Exception, SystemExit) as error:  # likewise
        return Comparison(False, [_raised(error)], "numbers")
    if bool(differences) == verdict.equivalent:  # the graphs alone would have said otherwise
        decided = "numbers"
    return Comparison(not differences, differences, decided, given.graph)
