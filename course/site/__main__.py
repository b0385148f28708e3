"""Command line: ``python -m course.site [--to FOLDER]`` writes the site from built notebooks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from course.build.places import Places
from course.site.write import Missing, NotOurs, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the site; 0 when it is written, 1 when something of it is missing."""
    parser = argparse.ArgumentParser(prog="python -m course.site", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("site"), metavar="FOLDER")
    folder = parser.parse_args(arguments).to
    try:
        pages = write(Places(), folder)
    except (Missing, NotOurs, OSError) as problem:
        print(f"site: {problem}", file=sys.stderr)
        return 1
    print(f"{pages} pages; open {folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
