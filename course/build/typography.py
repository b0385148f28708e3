"""Set French and Chinese Markdown as their readers expect it, and touch nothing but prose.

French: guillemets with no-break spaces inside, a no-break space before ``: ; ! ?`` and ``%`` and
between the digits of long numbers, typographic apostrophes. Chinese: full-width punctuation, a
space between Chinese and Latin or digits, none at a line break between Chinese characters.

Code, mathematics, links' addresses, HTML and Markdown's own signs are taken out first, each leaving
one character of a private-use area that says how it behaves beside prose; the rules are regular
expressions over what is left. Applying them twice gives what applying them once gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt

NBSP = "\u00a0"

# What a piece that is not prose leaves in its place. Each kind has a plane of its own.
_ATOM, _WALL, _OPEN, _CLOSE = 0xF0000, 0xF8000, 0x100000, 0x108000
_KIND_SIZE = 0x8000 - 2
_A = f"[{chr(_ATOM)}-{chr(_ATOM + _KIND_SIZE)}]"  # behaves like a word: code, mathematics, address
_W = f"[{chr(_WALL)}-{chr(_WALL + _KIND_SIZE)}]"  # nothing reaches across: table, heading, HTML
_O = f"[{chr(_OPEN)}-{chr(_OPEN + _KIND_SIZE)}]"  # opens emphasis or a link's text
_C = f"[{chr(_CLOSE)}-{chr(_CLOSE + _KIND_SIZE)}]"  # closes it
_M = f"[{chr(_OPEN)}-{chr(_CLOSE + _KIND_SIZE)}]"

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

_INLINE = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<code>(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\3(?!`))
    | (?P<math>\$\$.+?\$\$ | \\\(.+?\\\) | \\\[.+?\\\]
        | (?<![\\$])\$(?![\s$])(?:[^$\n\\]|\\.)+?(?<![\s\\])\$(?![\d$]))
    | (?P<comment><!--.*?-->)
    | (?P<auto><(?:https?:|mailto:)[^<>\s]*>)
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<image>!\[)
    | (?P<target>\]\((?:[^()\s]|\([^()\s]*\))*(?:[ \n]+"[^"\n]*")?\) | \]\[[^\]\n]*\])
    | (?P<url>https?://[^\s<>）】。，；！？、\U000F0000-\U0010FFFF]*
        [^\s<>）】。，；！？、.,;:!?)\]'"»”’*_\U000F0000-\U0010FFFF])
    | (?P<call>(?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*
        (?:(?:\((?:[!-'*-~ ]|\([!-'*-~ ]*\))*\))+|=\{[!-z|~ ]*\}))
    | (?P<space>&nbsp;)
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z]\w*);)
    | (?P<field>\{[A-Za-z_][\w.!:\[\],]*\})
    | (?P<star>\*+|~~|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_]))
    | (?P<bracket>\[(?=[^\]\n]*\](?:\(|\[)))
    | (?P<pipe>\|)
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE_START = re.compile(
    r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\#{1,6}[ \t]+)?(?:\[[ xX]\][ \t]+)?"
)
_WHOLE_LINE = re.compile(
    r"[ \t]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?|[-*_=](?:[ \t]*[-*_=])+"
    r"|\[[^\]]+\]:[ \t].*)[ \t]*"
)


@dataclass
class _Pieces:
    """The pieces taken out of a text, and the characters that stand for them."""

    taken: dict[str, str] = field(default_factory=dict)

    def take(self, kind: int, piece: str) -> str:
        character = chr(kind + len(self.taken))
        if len(self.taken) >= _KIND_SIZE:
            raise ValueError("this text has too many pieces of code and markup for one cell")
        self.taken[character] = self.restore(piece)
        return character

    def restore(self, text: str) -> str:
        return "".join(self.taken.get(character, character) for character in text)


def apply(text: str, language: str) -> str:
    """``text`` (Markdown) with the typography of ``language``; English comes back as it is."""
    if language not in _RULES:
        return text
    if any(ord(c) >= _ATOM for c in text):
        raise ValueError("this text has characters of a private-use plane")
    # A sign that became Chinese can make its neighbour one: go on until nothing changes.
    for _round in range(9):
        before, pieces = text, _Pieces()
        text = pieces.restore(_RULES[language](_take_out(before, pieces)))
        if text == before:
            return text
    raise ValueError(f"the typography of this text does not settle: {text!r}")


def unclosed_emphasis(text: str) -> list[str]:
    """Lines in which ``**`` is left over: Markdown did not take it for emphasis.

    That happens where ``**`` stands between punctuation and a Chinese character.
    """
    return [
        child.content
        for token in _MARKDOWN.parse(text)
        for child in token.children or ()
        if child.type == "text" and "**" in child.content
    ]


def _take_out(text: str, pieces: _Pieces) -> str:
    """``text`` with what is not prose replaced by one character each."""
    lines = text.split("\n")
    opaque: set[int] = set()
    walled: set[int] = set()
    for token in _MARKDOWN.parse(text):
        if token.map is None:
            continue
        covered = range(token.map[0], min(token.map[1], len(lines)))
        if token.type in ("fence", "code_block", "html_block", "hr"):
            opaque.update(covered)
        elif token.type in ("heading_open", "table_open"):
            walled.update(covered)
    done: list[str] = []
    pending: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if number in opaque or (line.strip() and _WHOLE_LINE.fullmatch(line)):
            done += _prose(pending, walled, pieces)
            pending = []
            done.append(pieces.take(_WALL, line) if line else line)
        else:
            pending.append((number, line))
    done += _prose(pending, walled, pieces)
    return "\n".join(done)


def _prose(lines: list[tuple[int, str]], walled: set[int], pieces: _Pieces) -> list[str]:
    """Neighbouring lines of prose, without their markup."""
    if not lines:
        return []
    marked = []
    for number, line in lines:
        start = _LINE_START.match(line)
        assert start is not None
        marks = start.group()
        # plain indentation is a paragraph that goes on; anything else starts something
        head = marks if not marks.strip() else pieces.take(_WALL, marks)
        body = line[len(marks) :]
        tail = pieces.take(_WALL, "") if number in walled else ""
        broken = re.search(r"( {2,}|\\)$", body)
        if broken and not tail:
            body, tail = body[: broken.start()], pieces.take(_WALL, broken.group())
        marked.append(head + body + tail)
    opened: list[str] = []

    def taken(match: re.Match[str]) -> str:
        kind, piece = match.lastgroup, match.group()
        # the group inside "code" is unnamed, so lastgroup is always the alternative's own name
        if kind == "star":
            if piece in opened:
                opened.remove(piece)
                return pieces.take(_CLOSE, piece)
            opened.append(piece)
            return pieces.take(_OPEN, piece)
        if kind == "tag":
            if piece.lower().startswith(("<br", "<img", "<hr")):
                return pieces.take(_WALL, piece)
            return pieces.take(_CLOSE if piece.startswith("</") else _OPEN, piece)
        if kind in ("image", "bracket"):
            return pieces.take(_OPEN, piece)
        if kind == "target":
            return pieces.take(_CLOSE, piece)
        if kind in ("comment", "pipe", "space"):
            return pieces.take(_WALL, piece)
        return pieces.take(_ATOM, piece)

    return _INLINE.sub(taken, "\n".join(marked)).split("\n")


# -- French ------------------------------------------------------------------------------------

_Rules = tuple[tuple[re.Pattern[str], Any], ...]
_SPACES = "[ \u00a0\u202f]*"
_FRENCH: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # " and “ ” become guillemets when they pair up around something
        (rf"(?<![^\s{_O[1:-1]}{_W[1:-1]}])\"(?=\S)([^\"\n]*?)(?<=\S)\"(?![^\W_])", "«\\1»"),
        (r"“([^“”\n]*)”", "«\\1»"),
        (rf"«{_SPACES}", f"«{NBSP}"),
        (rf"{_SPACES}»", f"{NBSP}»"),
        # l'API, d'`Input`, aujourd'hui
        (rf"(?<=[^\W\d_])'(?=[^\W_]|{_A}|{_O}|«)", "’"),
        # 55 050
        (
            r"(?<![\d.,])\d{1,3}(?:[ \u202f]\d{3})+(?!\d)",
            lambda match: re.sub(r"\s", NBSP, match.group()),
        ),
        # 95 %
        (rf"(?<=\d){_SPACES}%(?![^\W_])", f"{NBSP}%"),
        (rf"(?<={_A})[ \u00a0\u202f]+%(?![^\W_])", f"{NBSP}%"),
        # : ; ! ? at the end of a word, and not in 10:30, ::, or a smiley's eyes
        (
            rf"(?<=[^\s(\[¿¡:;!?{_W[1:-1]}]){_SPACES}([:;!?]+)"
            rf"(?=\s|$|[)\]»”’\"…]|{_M}|{_A}|{_W})",
            f"{NBSP}\\1",
        ),
    )
)


def _french(text: str) -> str:
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    return text


# -- Chinese -----------------------------------------------------------------------------------

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〇"
_H = f"[{_HAN}]"
_END = "，。；：！？、）》】」』”’…"  # full-width punctuation that follows a word
_START = "（《【「『“‘"
_LATIN = "0-9A-Za-zÀ-ÖØ-öø-ÿα-ωΑ-Ω"
_FULL = str.maketrans(",;:!?.", "，；：！？。")


def _full(match: re.Match[str]) -> str:
    return match.group().strip(" ").translate(_FULL)


_AFTER = rf"(?: +(?=[^\s{_W[1:-1]}]))?"  # spaces before something, not those at a cell's end
_BEFORE = rf"(?:(?<=[^\s{_W[1:-1]}]) +)?"
_BESIDE = _HAN + _END + _START  # what makes an ASCII sign beside it a Chinese one
_CHINESE_FIRST: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # "引号": between or beside Chinese characters
        (rf"\"([^\"\n]*{_H}[^\"\n]*)\"", "“\\1”"),
        (rf"(?<={_H})( ?)\"(?=\S)([^\"\n]+?)(?<=\S)\"", "“\\2”"),
        # (括号), and brackets beside Chinese text; never a call such as Dense(64)
        (rf"{_BEFORE}\(([^()\n]*[{_BESIDE}][^()\n]*)\){_AFTER}", "（\\1）"),
        (rf"(?<=[{_BESIDE}]) *\(([^()\n]*)\){_AFTER}", "（\\1）"),
        (rf"(?<=[ {_A[1:-1]}{_C[1:-1]}])\(([^()\n]*)\) *(?=[{_END}]|{_H})", "（\\1）"),
    )
)
_CHINESE: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # after Chinese, or after closing punctuation
        (rf"(?<=[{_BESIDE}]) *[,;:!?]+(?!\d*:\d){_AFTER}", _full),
        (rf"(?<=[{_BESIDE}])({_C}+)[,;:!?]+{_AFTER}", _full),
        (rf"(?<=[{_HAN}）》】」』”])(?:{_C})*\.(?![.\w]){_AFTER}", _full),
        # before Chinese
        (rf"(?<=[{_LATIN}%)\]]|{_A}|{_C})[,;:!?]+ *(?={_O}*[{_HAN}{_START}])", _full),
        (rf"(?<=[A-Za-z)\]]|{_A}|{_C})\. *(?={_O}*[{_HAN}{_START}])", _full),
    )
)
_CHINESE_END = re.compile(
    rf"(?<=[{_LATIN}%)\]]|{_A}|{_C})([:;!?]+|\.(?<!\.\.))(?={_C}*(?:$|{_W}$))"
)
_CHINESE_SPACES: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # full-width punctuation brings its own space
        (rf"(?<=[^\s{_W[1:-1]}]) +({_C}*)(?=[{_END.replace('”', '').replace('’', '')}])", "\\1"),
        (rf"(?<=[，。；：！？、）》】」』])({_C}*) +(?=[^\s{_W[1:-1]}])", "\\1"),
        (r"(?<=[（《【「『]) +(?=\S)", ""),
        (r"(?<=\S) +(?=[（《【「『])", ""),
        (rf"(?<={_H}) +(?=“)|(?<=”) +(?={_H})", ""),
        # Chinese beside Latin, digits, code or mathematics
        (rf"(?<={_H})({_C}*)({_O}*)(?=[{_LATIN}(]|{_A})", "\\1 \\2"),
        (rf"(?<=[{_LATIN}%°)])({_C}*)({_O}*)(?={_H})", "\\1 \\2"),
        (rf"(?<={_A})({_C}*)({_O}*)(?={_H})", "\\1 \\2"),
        # a line break in a paragraph would show as a space
        (rf"(?<=[{_HAN}{_END}])({_C}*)\n[ \t]*(?=({_O}*)[{_HAN}{_START}{_END}])", "\\1"),
        (rf"(?<=[{_END}])({_C}*)\n[ \t]*(?=({_O}*)(?:[{_LATIN}]|{_A}))", "\\1"),
        (rf"(?<=[{_LATIN})]|{_A})({_C}*)\n[ \t]*(?=[{_START}{_END}])", "\\1"),
    )
)


def _chinese(text: str) -> str:
    for pattern, replacement in (*_CHINESE_FIRST, *_CHINESE):
        text = pattern.sub(replacement, text)
    # a sentence may end in a Latin word: then its line tells that it is Chinese
    text = "\n".join(
        _CHINESE_END.sub(_full, line) if re.search(_H, line) else line for line in text.split("\n")
    )
    for pattern, replacement in _CHINESE_SPACES:
        text = pattern.sub(replacement, text)
    return text


_RULES = {"fr": _french, "zh": _chinese}
