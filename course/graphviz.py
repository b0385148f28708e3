"""A ``dot`` program for machines without Graphviz, so that drawing a model needs no root.

``keras.utils.plot_model`` draws by running a program called ``dot``. pygraphviz's wheel carries
Graphviz as a library, but not that program. :func:`main` is it: the installed command ``dot``
understands the few options that drawing tools use, and has the course's fonts, so a machine needs
none of its own. A Graphviz of the system is preferred.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape


def make_dot_findable() -> None:
    """Put the environment's programs at the end of PATH when no ``dot`` is on it."""
    if shutil.which("dot") is None:
        programs = str(Path(sys.prefix) / "bin")
        os.environ["PATH"] = os.pathsep.join(filter(None, (os.environ.get("PATH"), programs)))


def _font_folders() -> list[Path]:
    """Where glyphs come from: matplotlib (which is not imported), and the course."""
    folders = [Path(__file__).parent / "fonts"]
    matplotlib = importlib.util.find_spec("matplotlib")
    if matplotlib is not None and matplotlib.origin is not None:
        folders.append(Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf")
    return folders


def _fontconfig() -> str:
    """A fontconfig file: a bare machine has none, and with ours drawings look alike everywhere."""
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in _font_folders())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'{folders}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>'
    )


def main(arguments: list[str] | None = None) -> int:
    """Graphviz's command line, as far as drawing tools use it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="dot", description="Draw a graph with Graphviz.")
    parser.add_argument("-T", dest="format", default="dot", help="png, svg, pdf...")
    parser.add_argument("-K", dest="layout", default="dot", help="layout: dot, neato...")
    parser.add_argument("-o", dest="output", help="file to write (default: standard output)")
    parser.add_argument("-V", dest="version", action="store_true", help="print the version")
    parser.add_argument("input", nargs="?", help="graph to read (default: standard input)")
    options = parser.parse_args(arguments)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".conf") as fonts:
        fonts.write(_fontconfig())
        fonts.flush()
        os.environ["FONTCONFIG_FILE"] = fonts.name
        import pygraphviz  # after FONTCONFIG_FILE: its library reads it once

        if options.version:
            print(f"dot - graphviz version {pygraphviz.__graphviz_version__}", file=sys.stderr)
            return 0
        # Creating a context is what makes "its name" a node's default label, for graphs read later.
        pygraphviz.graphviz.gvContextWithBuiltins()
        source = Path(options.input).read_bytes() if options.input else sys.stdin.buffer.read()
        try:
            graph = pygraphviz.AGraph(string=source.decode("utf-8"))
            drawing = graph.draw(format=options.format, prog=options.layout)
        # TypeError: how pygraphviz stumbles after Graphviz has refused a format, in words.
        except (ValueError, OSError, TypeError, pygraphviz.DotError) as error:
            print(f"dot: {options.input or 'standard input'}: {error}", file=sys.stderr)
            return 1
    if options.output:
        Path(options.output).write_bytes(drawing)
    else:
        sys.stdout.buffer.write(drawing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
