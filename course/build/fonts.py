"""Make the shipped font out of the complete one, and tell which characters it can draw.

    pip download --no-deps --dest FOLDER mplfonts==0.0.11
    unzip -j FOLDER/mplfonts-*.whl mplfonts/fonts/NotoSansCJKsc-Regular.otf -d FOLDER
    python -m course.build.fonts FOLDER/NotoSansCJKsc-Regular.otf

keeps what the course can be expected to need: Latin with the French letters, Greek, punctuation
of both worlds, arrows and common mathematics, the 3,755 most used Chinese characters (the first
level of GB 2312), and every character that the sources use. New text rarely asks for a new font.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from course import fonts
from grader.text import TRANSLATED, read_catalogue, source_files

_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: French, and most European names
    (0x02BC, 0x02BC),
    (0x0391, 0x03C9),  # Greek
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20AC, 0x20AC),  # euro
    (0x2100, 0x214F),  # letter-like symbols
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x2473),  # circled numbers
    (0x2500, 0x257F),  # box drawing: model summaries
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),
    (0x2713, 0x2718),  # ticks and crosses, as far as the font has them
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full-width forms
)
_INVISIBLE = frozenset("\n\t\u00a0\u2009\u200b\u2011\u202f")
"""Characters that a font need not draw."""


def common_hanzi() -> str:
    """The 3,755 characters of the first level of GB 2312 (rows 16 to 55)."""
    text = []
    for row in range(16, 56):
        for column in range(1, 95):
            try:
                text.append(bytes((0xA0 + row, 0xA0 + column)).decode("gb2312"))
            except UnicodeDecodeError:  # row 55 has 89 characters
                break
    return "".join(text)


def source_characters() -> set[str]:
    """Every character in the sources and the catalogues."""
    used = {c for path in source_files() for c in path.read_text(encoding="utf-8")}
    for language in TRANSLATED:
        used.update(c for message in read_catalogue(language) for c in str(message.string))
    return used


def make(complete: Path, target: Path, characters: Iterable[str]) -> None:
    """Write to ``target`` the part of the font ``complete`` that draws ``characters``."""
    font = TTFont(complete, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.desubroutinize = False
    options.drop_tables += ["DSIG", "VORG", "vhea", "vmtx", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={ord(c) for c in characters})
    subsetter.subset(font)
    _rename(font)
    font.save(target, reorderTables=True)


def _rename(font: TTFont) -> None:
    """Give a derived font a family name of its own, and keep its copyright and licence."""
    postscript = fonts.PATH.stem
    names = {1: fonts.FAMILY, 3: postscript, 4: fonts.FAMILY, 6: postscript, 16: fonts.FAMILY}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    compact.topDictIndex[0].FullName = fonts.FAMILY
    compact.topDictIndex[0].FamilyName = fonts.FAMILY


@lru_cache
def glyphs(path: Path = fonts.PATH) -> frozenset[str]:
    """The characters that a font file can draw."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing_glyphs(text: str, path: Path = fonts.PATH) -> str:
    """The characters of ``text`` that the font cannot draw, in order, each once."""
    drawable = glyphs(path) | _INVISIBLE
    return "".join(dict.fromkeys(c for c in text if c not in drawable))


def main(arguments: list[str]) -> int:
    """The command line; returns its exit code."""
    match arguments:
        case [complete] if not complete.startswith("-"):
            wanted = {chr(code) for first, last in _RANGES for code in range(first, last + 1)}
            make(Path(complete), fonts.PATH, wanted | set(common_hanzi()) | source_characters())
            print(f"{fonts.PATH.name}: {fonts.PATH.stat().st_size:,} bytes")
            return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
