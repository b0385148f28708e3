"""One way in which a candidate differs from the reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.messages import MESSAGES
from grader.text import translate

_OF_ONE_CANDIDATE = ("after", "layers", "share", "count", "asked")
_OF_SEVERAL = re.compile(r"^\d+:")  # which model of several a port belongs to


@dataclass(frozen=True)
class Difference:
    """One way in which a candidate differs from the reference.

    ``kind`` is a stable ASCII key (see ``MESSAGES``); ``layer`` the candidate's layer name or
    None; ``params`` fill the message; ``nodes`` are the candidate's nodes concerned and
    ``reference`` the reference's, or None.
    """

    kind: str
    layer: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    nodes: tuple[int, ...] = ()
    reference: int | None = None

    def message(self, language: str = "en") -> str:
        """What differs, for the candidate's author, in ``"fr"``, ``"en"`` or ``"zh"``."""
        return translate(MESSAGES[self.kind], language, **self.shown())

    def shown(self) -> dict[str, Any]:
        """The values that fill the message."""
        values = {"layer": self.layer or "", **self.params}
        return {key: shown_value(value) for key, value in values.items()}

    def signature(self) -> tuple[Any, ...]:
        """What makes this the same mistake in two candidates, whatever they call their layers."""
        facts = {k: v for k, v in self.params.items() if k not in _OF_ONE_CANDIDATE}
        if self.kind in ("wrong-connection", "wrong-input-order"):
            facts = {}
        return (self.kind, self.reference, tuple(sorted((k, str(v)) for k, v in facts.items())))


def shown_value(value: Any) -> Any:
    """A setting as people write it in Python."""
    if isinstance(value, Mapping):
        name = value.get("class", "")
        rest = ", ".join(f"{k}={shown_value(v)}" for k, v in value.items() if k != "class")
        return f"{name}({rest})" if name and rest else name or rest
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, str) for item in value):
            return ", ".join(value)
        return (
            "("
            + ", ".join(str(shown_value(item)) for item in value)
            + ("," * (len(value) == 1))
            + ")"
        )
    if value is None:
        return "None"
    if isinstance(value, str):
        return _OF_SEVERAL.sub("", value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
