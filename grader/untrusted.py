"""Text that a student chose (names, values, error messages), made fit to be shown.

What comes out is one line of bounded length without control characters, bidirectional overrides
or lone surrogates. Escaping for HTML is still up to whoever writes HTML; ``POLICY`` is what a
page says to browsers, should that fail.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # with which TensorFlow writes its errors
ELLIPSIS = "…"
# A page is one file: no script runs, nothing is fetched or sent, whatever a notebook holds.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_KEPT_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def one_line(value: Any, limit: int = 400) -> str:
    """``value`` as one clean line of at most ``limit`` characters."""
    if isinstance(value, str):
        text = value
    elif value is None or isinstance(value, (bool, int, float)):
        text = _number(value)
    else:
        text = type(value).__name__
    text = _COLOURS.sub("", text[: 8 * limit]) + text[8 * limit :]
    # A name of a million characters need not be looked at in full to be cut.
    words = "".join(map(_cleaned, text[: 4 * limit])).split(" ")
    line = unicodedata.normalize("NFC", " ".join(filter(None, words)))
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    return line[: limit - 1].rstrip() + ELLIPSIS


def _number(value: bool | int | float | None) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write out integers of thousands of digits
        return ELLIPSIS


def _cleaned(character: str) -> str:
    if character in _KEPT_SPACES:
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\v\f":
        return " "
    return "" if category.startswith("C") else character


def writable(text: str) -> str:
    """``text`` without halves of characters, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")
