"""What the judge says about one answer, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

State = Literal["passed", "partial", "failed", "not-attempted", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing to tell the student.

    ``kind`` is a stable ASCII key; ``layer`` the candidate's layer name, if one is concerned;
    ``message`` a msgid of the catalogue, filled with ``params``; ``nodes`` the nodes of the
    candidate's graph to mark in the drawing.
    """

    kind: str
    message: str
    layer: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    nodes: tuple[int, ...] = ()


@dataclass(frozen=True)
class CriterionResult:
    """One criterion: ``title`` is a msgid; points earned of points possible; what was found."""

    name: str
    title: str
    points: float
    max_points: float
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return self.points >= self.max_points


@dataclass(frozen=True)
class Verdict:
    """The verdict on one task.

    ``results`` has one entry per criterion; ``advice`` are recognised misconceptions, shown
    first; ``graph`` is the candidate's canonical graph as JSON data (``Graph.to_json``), or None.
    ``task`` is the full id, ``"02-functional.stack"``.
    """

    task: str
    state: State
    results: tuple[CriterionResult, ...] = ()
    advice: tuple[Finding, ...] = ()
    graph: Mapping[str, Any] | None = None

    @property
    def points(self) -> float:
        return round(sum(r.points for r in self.results), 2)

    @property
    def max_points(self) -> float:
        return round(sum(r.max_points for r in self.results), 2)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the points alone: a stock nbgrader reads a check cell's result as its score."""
        printer.text(f"{self.points:g}")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        def finding(d: Mapping[str, Any]) -> Finding:
            return Finding(**{**d, "nodes": tuple(d["nodes"])})

        return cls(
            task=data["task"],
            state=data["state"],
            results=tuple(
                CriterionResult(**{**r, "findings": tuple(map(finding, r["findings"]))})
                for r in data["results"]
            ),
            advice=tuple(map(finding, data["advice"])),
            graph=data["graph"],
        )
