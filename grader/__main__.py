"""The command line: ``grader autograde``, ``rejudge``, ``report`` and ``doctor``.

It works in an nbgrader course directory, on nbgrader's own folders and gradebook. Exit codes:
0 everything was graded, 1 some submissions could not be graded (each is named, with the reason),
2 wrong usage or a sandbox that does not stand, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.units import UNITS
from grader import lean  # noqa: F401  before anything that imports nbformat
from grader.judges import JudgeFailed, Judges
from grader.sandbox import view, walls, watch
from grader.sandbox.limits import GIB
from grader.sandbox.room import UNSAFE
from grader.sandbox.view import NoSandbox
from grader.text import LANGUAGES
from grader.untrusted import one_line

if TYPE_CHECKING:
    from grader import cluster
    from grader.rejudge import Rejudged


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="grader", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "autograde", help="grade the submissions to an assignment; what has not changed is kept"
    )
    command.add_argument("assignment", choices=[unit.slug for unit in UNITS])
    command.add_argument("--student", help="only this student")
    command.add_argument(
        "--jobs", type=_positive, help="submissions at a time; default: one for each processor"
    )
    command.add_argument("--scheduler", help="the address of a Dask scheduler: run there")
    command.add_argument("--again", action="store_true", help="run what was graded before, too")
    command.add_argument("--json", action="store_true", help="a JSON object a line, for programs")
    command.add_argument(
        "--unsafe", action="store_true", help="run student code without walls, at your own risk"
    )
    command = commands.add_parser(
        "rejudge", help="judge again what is kept, with the rubric and references as they are now"
    )
    command.add_argument("assignment", choices=[unit.slug for unit in UNITS])
    command.add_argument("--yes", action="store_true", help="record what changes without asking")
    command = commands.add_parser(
        "report", help="say where the class lost points and who needs you, as pages and tables"
    )
    command.add_argument("assignment", choices=[unit.slug for unit in UNITS])
    command.add_argument("--language", choices=LANGUAGES, help="only this page; default: all three")
    command.add_argument(
        "--anonymous", action="store_true", help="numbers drawn at random instead of names"
    )
    command.add_argument("--to", type=Path, metavar="FOLDER", help="default: reports/ASSIGNMENT")
    commands.add_parser("doctor", help="say which walls of the sandbox stand on this machine")
    given = parser.parse_args(arguments)
    if given.command == "doctor":
        return doctor()
    try:
        run = {"autograde": autograde, "rejudge": rejudge, "report": report}[given.command]
        return run(given)
    except (NoSandbox, JudgeFailed, OSError) as problem:
        print(f"grader: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        said = "stopped; what was graded is kept, and the same command goes on from there"
        print(f"\ngrader: {said}", file=sys.stderr)
        return 130


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def doctor() -> int:
    """Print every wall and whether it stands; 0 if all that grading needs do, else 1."""
    print(f"bubblewrap: {view.bwrap() or 'not found'}; running as user {os.getuid()}")
    cold, warm = walls.walls(is_warm=False), walls.walls(is_warm=True)
    print(f"\n{'around a kernel that starts':32} {'cold':8} warm")
    both = {wall.name: [one.get(wall.name) for one in map(_by_name, (cold, warm))] for wall in cold}
    for name, (one, other) in both.items():
        print(f"{name:32} {_says(one):8} {_says(other)}")
    for wall in (*cold, *warm):
        if wall.detail:
            print(f"\n{wall.name}: {wall.detail}")
    print(f"\nOne submission may use {_limits()}.")
    second = {w.name for w in (*cold, *warm) if not w.stands and not w.is_needed}
    if second:
        print(f"\nSecond lines, without which grading goes on: {', '.join(sorted(second))}")
    missing = [wall for wall in cold if wall.is_needed and not wall.stands]
    if missing:
        print("\nGrading refuses to run here, unless --unsafe is given.")
    elif not all(wall.stands for wall in warm if wall.is_needed):
        print("\nGrading works. Kernels start cold, which takes some seconds more each.")
    else:
        print("\nGrading works, in warm kernels.")
    return 1 if missing else 0


def _limits() -> str:
    """What is granted to all processes of one submission together."""
    from grader import kernels

    return (
        f"{watch.MEMORY // GIB} GiB of memory, {watch.PROCESSES} processes, "
        f"{watch.CPU_SECONDS} s of computing, {watch.FILES} files, "
        f"{view.PLACES[str(view.HOME)] // 2**20} MiB in its folder, "
        f"{kernels.CELL_BYTES // 2**20} MiB of outputs a cell, "
        f"{kernels.CELL_SECONDS} s a cell and {kernels.NOTEBOOK_SECONDS} s in all"
    )


def _by_name(found: Sequence[walls.Wall]) -> dict[str, walls.Wall]:
    return {wall.name: wall for wall in found}


def _says(wall: walls.Wall | None) -> str:
    if wall is None:
        return "-"
    return "stands" if wall.stands else "MISSING"


def _nbgrader() -> Any:
    """nbgrader's API on the course in this folder, with its configuration."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.apps.baseapp import NbGrader
    from sqlalchemy.exc import SAWarning

    from grader.autograde import patient

    # nbgrader adds to a session what it has just made, which SQLAlchemy remarks on
    warnings.filterwarnings("ignore", category=SAWarning)
    app = NbGrader()
    app.log_level = logging.ERROR
    app.initialize([])
    if not Path(app.coursedir.root, "nbgrader_config.py").exists():
        print("grader: no nbgrader_config.py here; go to the course directory", file=sys.stderr)
        raise SystemExit(2)
    app.coursedir.db_url = patient(app.coursedir.db_url)
    return NbGraderAPI(app.coursedir, parent=app)


def autograde(given: argparse.Namespace) -> int:
    """Grade, print a line a submission, and go on whatever happens to one of them."""
    if given.unsafe:
        os.environ[UNSAFE] = "1"
        print("grader: student code runs without walls", file=sys.stderr)
    with Judges() as judges:  # Keras is imported while this process does something else
        from grader import cluster, keep, run

        if given.scheduler is None:
            walls.require()
        with cluster.ahead(given.jobs or cores(), given.scheduler, run.prepare) as start:
            if given.again or not keep.is_complete(Path.cwd(), given.assignment):
                with suppress(cluster.NoCluster):  # said of each who needs it
                    start()  # workers import what they need while this process does
            return _autograde(given, start, judges)


def _autograde(given: argparse.Namespace, start: cluster.Start, judges: Judges) -> int:
    from grader import autograde as grading
    from grader.progress import Progress

    api = _nbgrader()
    handed_in = api.get_submitted_students(given.assignment)
    if given.student is not None and given.student not in handed_in:
        known = f"; {len(handed_in)} others have" if handed_in else ""
        print(f"grader: {given.student} has handed in nothing for it{known}", file=sys.stderr)
        return 2
    students = [given.student] if given.student is not None else sorted(handed_in)
    progress = Progress(len(students), as_json=given.json)
    with grading.alone(api.coursedir.root, progress.wait):
        about = grading.Grading.of(api, given.assignment, judges)
        if (problem := grading.obstacle(about)) is not None:
            print(f"grader: {problem}", file=sys.stderr)
            return 2
        for graded in grading.autograde(about, students, start, again=given.again):
            progress.show(graded)
    return progress.end()


def rejudge(given: argparse.Namespace) -> int:
    """Say whose points change, and record it if that is wanted."""
    with Judges(cores()) as judges:  # Keras is imported while this process does something else
        return _rejudge(given, judges)


def _rejudge(given: argparse.Namespace, judges: Judges) -> int:
    from grader import autograde as grading
    from grader import cluster, keep
    from grader.progress import Progress
    from grader.rejudge import rejudge as judged_again

    api = _nbgrader()
    about = grading.Grading.of(api, given.assignment, judges)
    if (problem := grading.obstacle(about)) is not None:
        print(f"grader: {problem}", file=sys.stderr)
        return 2
    root = Path(api.coursedir.root)
    with grading.alone(root, Progress.wait):
        found = list(judged_again(root, given.assignment, judges))
        _show_rejudged(found)
        exit_code = 1 if any(one.problem is not None for one in found) else 0
        changed = [one.student for one in found if one.changes]
        students = [one.student for one in found if one.to_run]
        if not changed and not students:
            return exit_code
        if not given.yes and not _agreed("Record this?"):
            print("Nothing was recorded.")
            return exit_code
        for student in changed:
            if grading.is_kept(about, student):
                keep.forget_record(about.folder(student))  # the judge may be what has changed
                students.append(student)
            else:
                print(f"{one_line(student, 80):20} has handed in anew: run grader autograde")
        progress = Progress(len(students), as_json=False)
        with cluster.ahead(cores()) as start:
            for graded in grading.autograde(about, sorted(students), start):
                progress.show(graded)
        return max(progress.end(), exit_code)


def _show_rejudged(found: Sequence[Rejudged]) -> None:
    for one in found:
        name = f"{one_line(one.student, 80):20}"
        for change in one.changes:
            points = f"{change.question} {change.before:g} -> {change.after:g}"
            print(f"{name} {points}  {'; '.join(change.reasons)}")
        if one.to_run:
            print(f"{name} must run again: {', '.join(one.to_run)}")
        if one.problem is not None:
            print(f"{name} was not judged: {one_line(one.problem, 200)}")
    gains = [change.after - change.before for one in found for change in one.changes]
    judged = sum(one.problem is None for one in found)
    changed = sum(bool(one.changes) for one in found)
    print(f"{judged} judged, {changed} change, {sum(gains):+g} points in all")


def report(given: argparse.Namespace) -> int:
    """Write the class report, and print what matters most and where the rest is."""
    from grader import report as reporting
    from grader import report_files

    try:
        found = reporting.report(
            report_files.collect(_nbgrader(), given.assignment, anonymous=given.anonymous)
        )
    except reporting.NothingGraded:
        said = f"nothing is graded yet: run grader autograde {given.assignment}"
        print(f"grader: {said}", file=sys.stderr)
        return 2
    name = f"{given.assignment}-anonymous" if given.anonymous else given.assignment
    languages = [given.language] if given.language else LANGUAGES
    paths = report_files.write(found, given.to or Path("reports", name), languages)
    print(report_files.summary(found, given.language or "en"))
    for path in paths:
        print(path)
    return 0


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        print(f"{question} Run it again with --yes.")
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


if __name__ == "__main__":
    sys.exit(main())
