"""Say a code cell's catalogued texts in a language, and leave every other byte of it as it is.

A cell is split once, for all languages, into code that is kept and texts that are translated:
``_("...")`` becomes the translated literal, a comment ``#: ...`` becomes ``# ...`` translated.
So the cells of two languages cannot differ anywhere else.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Text:
    """A catalogued text in code: its msgid, and whether it is a literal or a comment."""

    msgid: str
    kind: Literal["literal", "comment"]
    line: int


class CodeFault(Exception):
    """A cell that cannot be localised: what is wrong on its line ``line`` (from 1)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def split(source: str) -> tuple[str | Text, ...]:
    """The parts of a cell's code, in order: kept code, and texts. Raises ``CodeFault``."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CodeFault(error.lineno or 1, f"this is not Python: {error.msg}") from None
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = sorted([*_literals(tree, starts), *_comments(source, starts)], key=lambda f: f[0])
    parts: list[str | Text] = []
    encoded, end = source.encode(), 0
    for start, stop, text in found:
        parts += [encoded[end:start].decode(), text]
        end = stop
    return tuple(part for part in (*parts, encoded[end:].decode()) if part != "")


def texts(source: str) -> list[Text]:
    """The catalogued texts of a cell. Raises ``CodeFault``."""
    return [part for part in split(source) if isinstance(part, Text)]


def localise(source: str, translate: Translate) -> str:
    """``source`` with its catalogued texts said by ``translate``. Raises ``CodeFault``."""
    return "".join(
        part
        if isinstance(part, str)
        else literal(translate(part.msgid))
        if part.kind == "literal"
        else f"# {translate(part.msgid)}"
        for part in split(source)
    )


def literal(text: str) -> str:
    """A Python literal for ``text`` as a person would write it: in double quotes if possible."""
    quote = "'" if '"' in text and "'" not in text else '"'
    body = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return quote + body.replace(quote, "\\" + quote) + quote


def _literals(tree: ast.AST, starts: list[int]) -> Iterator[tuple[int, int, Text]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for inner in ast.walk(node):
                if _is_marked(inner):
                    raise CodeFault(
                        node.lineno, "_(...) cannot stand in an f-string; give the text a name"
                    )
        if not _is_marked(node):
            continue
        assert isinstance(node, ast.Call)
        argument = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise CodeFault(node.lineno, '_(...) takes one plain text: _("...")')
        assert node.end_lineno is not None and node.end_col_offset is not None
        yield (
            starts[node.lineno - 1] + node.col_offset,
            starts[node.end_lineno - 1] + node.end_col_offset,
            Text(argument.value, "literal", node.lineno),
        )


def _is_marked(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def _comments(source: str, starts: list[int]) -> Iterator[tuple[int, int, Text]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or not token.string.startswith("#:"):
            continue
        number, column = token.start
        if token.line[:column].strip():
            raise CodeFault(number, "a '#:' comment stands on a line of its own")
        if not token.string.startswith("#: "):
            raise CodeFault(number, "a '#:' comment needs a space after the colon")
        start = starts[number - 1] + len(token.line[:column].encode())
        stop = start + len(token.string.encode())
        yield start, stop, Text(token.string[3:].strip(), "comment", number)
