"""Command line of the builder: ``python -m course.build [--check | --text] [SLUG ...]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from course import warm
from course.build import pipeline
from course.build.places import Places
from course.build.problem import BuildError
from course.units import Unit, unit
from grader import text


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or check; 0 when all is well, 1 when a source or a notebook is wrong."""
    parser = argparse.ArgumentParser(prog="python -m course.build", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="only compare the notebooks with a rebuild"
    )
    parser.add_argument(
        "--text", action="store_true", help="only write changed prose; no code may have changed"
    )
    parser.add_argument("units", nargs="*", metavar="SLUG", help="such as 02-functional; all")
    chosen = parser.parse_args(arguments)
    os.environ.update(warm.environment(os.environ))
    places = Places()
    try:
        units = [unit(name) for name in chosen.units] or list(places.units)
    except KeyError as error:
        parser.error(str(error.args[0]))
    if chosen.check:
        problems = [str(problem) for problem in pipeline.check(places, units)]
    else:
        problems = []
        try:
            if chosen.text:
                pipeline.build_text(places, units, _say)
            else:
                pipeline.build(places, units, _write_blueprints, _say)
        except BuildError as error:
            problems = [str(problem) for problem in error.problems]
    if not chosen.units:
        problems += text.problems()
    print("\n".join(dict.fromkeys(problems)), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


def _say(line: str) -> None:
    print(line, flush=True)


def _write_blueprints(units: Sequence[Unit], folder: Path) -> None:
    """Write each blueprint as if it were the only one: Keras numbers its names from the start."""
    import keras  # takes ten seconds, and is seldom needed

    from grader.blueprint import write_blueprints

    for one in units:
        keras.utils.clear_session()
        write_blueprints([one], folder)


if __name__ == "__main__":
    sys.exit(main())
