"""A verdict as its reader sees it: HTML and plain text, in French, English or Chinese.

What helps most comes first: where one stands, a recognised misconception, then each criterion
with at most a few remarks (the rest is folded away), the drawing of the model with the places
marked, and how to get a hint. Everything a student wrote is escaped and cut to length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from babel.lists import format_list

from grader.draw import picture
from grader.draw import text as listing
from grader.graph import Graph, Node
from grader.marks import by_node, node_mark
from grader.text import mark as _
from grader.text import translate, written
from grader.untrusted import one_line
from grader.verdict import CriterionResult, Finding, Verdict

FIRST_REMARKS = 3

HEADLINES: Mapping[str, tuple[str, str]] = {
    "passed": ("✓", _("Well done: everything is right.")),
    "partial": ("◐", _("A good start: part of it is right.")),
    "failed": ("○", _("Not there yet.")),
    "not-attempted": ("○", _("Not attempted yet.")),
    "error": ("!", _("This could not be checked.")),
}
NEXT_STEP = _("Write your answer in the cell above, run it, then run this one again.")
TO_EARN = _("What will be checked:")
CRITERIA = _("Criterion by criterion:")
MISCONCEPTION = _("What has probably happened")
SAME_AS_ABOVE = _("For the reason given above.")
ONE_MORE = _("One more remark")
MORE_REMARKS = _("{count} more remarks")
YOUR_MODEL = _("Your model")
YOUR_MODEL_MARKED = _("Your model, with the places to look at")
FOR_A_HINT = _("Would a hint help? Run {call} in a new cell.")
POINTS = _("{points} / {maximum} points")
POINT = _("{points} / {maximum} point")
MET, PARTLY_MET, NOT_MET, OPEN = _("met"), _("partly met"), _("not met yet"), _("open")

_Status = Literal["met", "partly", "not", "open"]
_STATUS: Mapping[_Status, tuple[str, str]] = {
    "met": ("✓", MET),
    "partly": ("◐", PARTLY_MET),
    "not": ("✗", NOT_MET),
    "open": ("○", OPEN),
}


def number(value: float, language: str) -> str:
    """A number as prose in ``language`` writes it: ``2.5`` is ``"2,5"`` in French."""
    return written(f"{round(value, 2):g}", language)


def points(earned: float, maximum: float, language: str) -> str:
    """``"2.5 / 4 points"``; French counts in the plural from 2 on, English from more than 1."""
    singular = abs(maximum) < 2 if language == "fr" else maximum == 1
    return translate(
        POINT if singular else POINTS,
        language,
        points=number(earned, language),
        maximum=number(maximum, language),
    )


def html(verdict: Verdict, language: str) -> str:
    """The verdict as HTML that needs nothing around it: no script, no file, no id."""
    symbol, headline = HEADLINES[verdict.state]
    share = verdict.points / verdict.max_points if verdict.max_points else 0.0
    score = points(verdict.points, verdict.max_points, language)
    tag = html_language(language)
    parts = [
        f'<section class="atelier-verdict atelier-{verdict.state}" lang="{tag}">',
        f"<style>{STYLE}</style>",
        '<p class="atelier-headline" role="heading" aria-level="4">'
        f'<span class="atelier-symbol" aria-hidden="true">{symbol}</span> '
        f"<span>{escape(translate(headline, language))}</span> "
        f'<span class="atelier-score">{escape(score)}</span></p>',
        '<div class="atelier-bar" aria-hidden="true">'
        f'<div style="width:{100 * min(max(share, 0.0), 1.0):.0f}%"></div></div>',
        *(_advice(finding, language) for finding in verdict.advice),
    ]
    if verdict.state == "not-attempted":
        parts.append(f"<p>{escape(translate(NEXT_STEP, language))}</p>")
    parts.append(_criteria(verdict, language))
    parts.append(_model(verdict, language))
    if _hint_helps(verdict):
        call = f"<code>{escape(_hint_call(verdict))}</code>"
        words = escape(translate(FOR_A_HINT, language)).format(call=call)
        parts.append(f'<p class="atelier-hint">{words}</p>')
    parts.append("</section>")
    return "".join(parts)


def text(verdict: Verdict, language: str) -> str:
    """The verdict as plain text, for terminals, printed output and screen readers."""
    symbol, headline = HEADLINES[verdict.state]
    score = points(verdict.points, verdict.max_points, language)
    lines = [f"{symbol} {translate(headline, language)} {score}"]
    if verdict.state == "not-attempted":
        lines.append(translate(NEXT_STEP, language))
    for finding in verdict.advice:
        said = message(finding, language)
        if finding.kind == "mistake":
            said = f"{translate(MISCONCEPTION, language)}{_colon(language)}{said}"
        lines += ["", said]
    if verdict.results:
        waiting = verdict.state in ("not-attempted", "error")
        lines += ["", translate(TO_EARN if waiting else CRITERIA, language)]
    for item in _items(verdict):
        mark, _words = _STATUS[item.status]
        score = points(item.result.points, item.result.max_points, language)
        score = f"（{score}）" if language == "zh" else f" ({score})"
        lines.append(f"{mark} {translate(item.result.title, language)}{score}")
        lines += [f"    - {message(f, language)}" for f in item.first]
        if item.rest:
            lines.append(f"    - {more_remarks(len(item.rest), language)}")
        if item.repeated:
            lines.append(f"    - {translate(SAME_AS_ABOVE, language)}")
    graph = _graph(verdict)
    marks = _marks(verdict, language)
    if graph is not None and graph.nodes:
        title = translate(YOUR_MODEL_MARKED if marks else YOUR_MODEL, language)
        lines += ["", title, listing(graph, marks, language)]
    if _hint_helps(verdict):
        lines += ["", translate(FOR_A_HINT, language, call=_hint_call(verdict))]
    return "\n".join(lines)


def message(finding: Finding, language: str) -> str:
    """What a finding says, as plain text."""
    values = {key: _value(value, language) for key, value in finding.params.items()}
    return translate(finding.message, language, **values)


# -- messages and the values in them -----------------------------------------------------------

_CODE = frozenset({"found", "expected", "setting", "role", "key"})


def _message_html(finding: Finding, language: str) -> str:
    """As ``message``, escaped, with names and values set apart from the prose."""
    template = escape(translate(finding.message, language), quote=False)
    if not finding.params:
        return template
    values = {}
    for key, value in finding.params.items():
        tag = "code" if key in _CODE else "b"
        values[key] = f"<{tag}>{escape(_value(value, language))}</{tag}>"
    return template.format(**values)


def _value(value: Any, language: str) -> str:
    """A value to put into a message: ``{"_": msgid}`` is translated, a list is enumerated."""
    if isinstance(value, Mapping) and set(value) == {"_"} and isinstance(value["_"], str):
        return one_line(translate(value["_"], language))
    if isinstance(value, (list, tuple)):
        items = [_value(item, language) for item in value[:20]]
        return format_list(items, locale=language) if items else "–"
    return one_line(value)


def _colon(language: str) -> str:
    return {"fr": "\N{NO-BREAK SPACE}: ", "zh": "："}.get(language, ": ")


def html_language(language: str) -> str:
    """The language as HTML names it."""
    return "zh-Hans" if language == "zh" else language


# -- criteria ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Item:
    """One criterion as shown: remarks to see at once, to unfold, and whether some stand above."""

    result: CriterionResult
    status: _Status
    first: tuple[Finding, ...] = ()
    rest: tuple[Finding, ...] = ()
    repeated: bool = False


def _items(verdict: Verdict) -> Iterator[_Item]:
    """The criteria; each remark once, and only the first few of them unfolded."""
    room = FIRST_REMARKS
    seen = set(map(_key, verdict.advice))
    for result in verdict.results:
        if verdict.state in ("not-attempted", "error"):
            yield _Item(result, "open")
            continue
        fresh = []
        for finding in result.findings:
            if _key(finding) not in seen:
                seen.add(_key(finding))
                fresh.append(finding)
        first, rest = tuple(fresh[:room]), tuple(fresh[room:])
        room -= len(first)
        repeated = bool(result.findings) and not fresh
        yield _Item(result, _status(result), first, rest, repeated)


def _key(finding: Finding) -> str:
    """Equal for remarks that read alike."""
    return message(finding, "en")


def _status(result: CriterionResult) -> _Status:
    if result.passed:
        return "met"
    return "partly" if result.points > 0 else "not"


def _criteria(verdict: Verdict, language: str) -> str:
    items = list(_items(verdict))
    if not items or (len(items) == 1 and verdict.state == "passed"):
        return ""
    waiting = verdict.state in ("not-attempted", "error")
    title = escape(translate(TO_EARN if waiting else CRITERIA, language))
    entries = "".join(_criterion(item, language) for item in items)
    return f'<p class="atelier-title">{title}</p><ul class="atelier-criteria">{entries}</ul>'


def _criterion(item: _Item, language: str) -> str:
    symbol, words = _STATUS[item.status]
    score = points(item.result.points, item.result.max_points, language)
    said = escape(translate(words, language))
    parts = [
        f'<li class="atelier-is-{item.status}">'
        f'<span class="atelier-symbol" role="img" aria-label="{said}">{symbol}</span> '
        f"<span>{escape(translate(item.result.title, language))}</span> "
        f'<span class="atelier-score">{escape(score)}</span>',
        _remarks(item.first, language),
    ]
    if item.repeated:
        parts.append(f"<ul><li>{escape(translate(SAME_AS_ABOVE, language))}</li></ul>")
    if item.rest:
        summary = more_remarks(len(item.rest), language)
        parts.append(f"<details><summary>{escape(summary)}</summary>")
        parts.append(f"{_remarks(item.rest, language)}</details>")
    parts.append("</li>")
    return "".join(parts)


def more_remarks(count: int, language: str) -> str:
    """What stands over ``count`` remarks that are folded away."""
    if count == 1:
        return translate(ONE_MORE, language)
    return translate(MORE_REMARKS, language, count=count)


def _remarks(findings: Sequence[Finding], language: str) -> str:
    if not findings:
        return ""
    entries = "".join(f"<li>{_message_html(finding, language)}</li>" for finding in findings)
    return f"<ul>{entries}</ul>"


def _advice(finding: Finding, language: str) -> str:
    title = ""
    if finding.kind == "mistake":
        title = f'<p class="atelier-title">{escape(translate(MISCONCEPTION, language))}</p>'
    return f'<div class="atelier-advice">{title}<p>{_message_html(finding, language)}</p></div>'


# -- drawing and hint --------------------------------------------------------------------------


def _graph(verdict: Verdict) -> Graph | None:
    """The graph of the answer, if the verdict holds one that can be read."""
    if verdict.graph is None:
        return None
    try:
        graph = Graph.from_json(verdict.graph)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # evidence comes from student code: no drawing is better than no feedback
    return graph if all(map(_sound, graph.nodes)) else None


def _sound(node: Node) -> bool:
    return (
        isinstance(node.op, str)
        and isinstance(node.layer, str)
        and isinstance(node.settings, Mapping)
        and isinstance(node.owner, int | None)
    )


def _marks(verdict: Verdict, language: str) -> dict[int, Any]:
    findings = [f for result in verdict.results for f in result.findings]
    findings += verdict.advice
    return by_node(
        (f.nodes, node_mark(f.kind, f.params, message(f, language), language))
        for f in findings
        if f.nodes
    )


def _model(verdict: Verdict, language: str) -> str:
    graph = _graph(verdict)
    if graph is None or not graph.nodes:
        return ""
    marks = _marks(verdict, language)
    title = escape(translate(YOUR_MODEL_MARKED if marks else YOUR_MODEL, language))
    unfolded = "" if verdict.state == "passed" else " open"
    drawing = picture(graph, marks, language)
    return f'<details class="atelier-model"{unfolded}><summary>{title}</summary>{drawing}</details>'


def _hint_helps(verdict: Verdict) -> bool:
    return verdict.state in ("partial", "failed", "not-attempted")


def _hint_call(verdict: Verdict) -> str:
    return f'hint("{one_line(verdict.task, 80)}")'


# Colours of a state serve borders and symbols only, and have a contrast of 3:1 or more on white
# and on JupyterLab's dark grey; words keep the page's own colour.
STYLE = """
.atelier-verdict{--accent:#7a8290;color:var(--jp-content-font-color1,inherit);
font-family:var(--jp-content-font-family,system-ui,sans-serif);line-height:1.5;max-width:52rem;
margin:.4em 0;padding:.7em 1em;border:1px solid var(--accent);border-left-width:5px;
border-radius:4px;overflow-wrap:anywhere}
.atelier-verdict.atelier-passed{--accent:#2f9e57}
.atelier-verdict.atelier-partial{--accent:#b97f18}
.atelier-verdict.atelier-error{--accent:#dc4a4a}
.atelier-verdict p,.atelier-verdict ul{margin:.35em 0}
.atelier-verdict ul{padding-left:1.4em}
.atelier-verdict ul.atelier-criteria{list-style:none;padding-left:0}
.atelier-verdict .atelier-criteria>li{margin:.3em 0;padding-left:1.5em}
.atelier-verdict .atelier-criteria>li>.atelier-symbol{display:inline-block;width:1.5em;
margin-left:-1.5em;font-weight:700}
.atelier-verdict .atelier-headline{display:flex;flex-wrap:wrap;gap:.15em .5em;
align-items:baseline;font-size:1.15em;font-weight:600;margin-top:0}
.atelier-verdict .atelier-headline span:nth-child(2){flex:1 1 9em}
.atelier-verdict .atelier-headline .atelier-symbol{color:var(--accent);font-weight:700}
.atelier-verdict .atelier-headline .atelier-score{margin-left:auto}
.atelier-verdict .atelier-score{font-variant-numeric:tabular-nums;white-space:nowrap}
.atelier-verdict li .atelier-score{opacity:.75;font-size:.92em;margin-left:.4em}
.atelier-verdict .atelier-is-met>.atelier-symbol{color:#2f9e57}
.atelier-verdict .atelier-is-partly>.atelier-symbol{color:#b97f18}
.atelier-verdict .atelier-is-not>.atelier-symbol{color:#dc4a4a}
.atelier-verdict .atelier-bar{height:5px;border-radius:3px;margin:.2em 0 .7em;overflow:hidden;
background:color-mix(in srgb,currentColor 15%,transparent)}
.atelier-verdict .atelier-bar>div{height:100%;background:var(--accent)}
.atelier-verdict .atelier-title{font-weight:600}
.atelier-verdict .atelier-advice{margin:.6em 0;padding:.4em .9em;border-left:3px solid
var(--accent);background:color-mix(in srgb,var(--accent) 12%,transparent)}
.atelier-verdict code{font-family:var(--jp-code-font-family,ui-monospace,monospace);
font-size:.92em;unicode-bidi:isolate;background:color-mix(in srgb,currentColor 9%,transparent);
color:inherit;padding:.05em .3em;border-radius:3px}
.atelier-verdict b{font-weight:600;unicode-bidi:isolate}
.atelier-verdict details{margin:.35em 0}
.atelier-verdict summary{cursor:pointer;font-weight:600}
.atelier-verdict .atelier-model svg{display:block;margin:.5em auto 0}
.atelier-verdict .atelier-model pre{overflow-x:auto}
.atelier-verdict .atelier-hint{margin-top:.7em}
@media print{.atelier-verdict{break-inside:avoid}}
""".replace("\n", "")
