"""Measure grading a class: stock nbgrader against ours, and how ours grows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from tests.bench import cells
from tests.corpus import CORPORA

ROOT = CORPORA.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "sample_class"))
WELL_BEHAVED = ("ada", "benoit", "chen", "dmitri", "elodie", "fang")
UNITS = ("00-welcome", "02-functional")  # light and heavy
EACH = 20  # submissions a unit; to stock nbgrader, which takes as long for each
MANY = 60  # to a cluster, whose workers each import Keras first
CLASS = 120  # to ours, which starts workers first


def hand_in(course: Path, unit: str, count: int) -> list[Path]:
    """``count`` well-behaved submissions to ``unit``; their notebooks."""
    from class_ import ASSIGNMENT, submissions

    if unit == ASSIGNMENT:
        contents = [s.content for s in submissions() if s.student in WELL_BEHAVED]
    else:
        notebooks = (ROOT / "solutions" / code / unit / "exercise.ipynb" for code in ("en", "fr"))
        contents = [path.read_text(encoding="utf-8") for path in notebooks]
    handed_in = []
    for number in range(count):
        folder = course / "submitted" / f"student-{number:04}" / unit
        folder.mkdir(parents=True)
        handed_in.append(folder / "exercise.ipynb")
        handed_in[-1].write_text(contents[number % len(contents)], encoding="utf-8")
    return handed_in


def _course(home: Path, *, stock: bool = False, count: int = EACH) -> Path:
    """A course folder in which a class has handed in two units."""
    course = home / ("stock" if stock else "ours")
    course.mkdir()
    if not stock:
        (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
    for unit in UNITS:
        if stock:
            shutil.copytree(ROOT / "solutions" / "en" / unit, course / "source" / unit)
        _run(course, "nbgrader", "generate_assignment", unit)
        hand_in(course, unit, count)
    return course


def _run(course: Path, program: str, *words: str) -> tuple[float, float]:
    """Run a command; its seconds, and the peak of all its processes' memory in GiB."""
    argv = [str(Path(sys.executable).with_name(program)), *words]
    started = time.perf_counter()
    process = subprocess.Popen(
        argv, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak, over = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, over))
    watcher.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - started
    over.set()
    watcher.join()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(argv)} failed:\n{said[-2000:]}")
    return seconds, peak[0]


def _watch(pid: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(0.5):
        total = 0
        try:
            family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for member in family:
            try:
                total += member.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total / 2**30)


def _own_seconds(notebooks: Sequence[Path], jobs: int) -> float:
    """What the cells of these notebooks take in warm processes, so many notebooks at a time: what
    the processors could do at best."""
    return sum(cells.seconds(notebooks, jobs)) / jobs


def against_nbgrader() -> None:
    """Submissions a minute: stock nbgrader, ours with one job, ours with one a processor."""
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as place:
        home = Path(place)
        stock = _course(home, stock=True)
        ours = _course(home, count=CLASS)
        notebooks = [
            ours / "submitted" / f"student-{n:04}" / unit / "exercise.ipynb"
            for unit in UNITS
            for n in range(EACH)
        ]
        rows = [("stock nbgrader", 1, EACH, *_both(stock, "nbgrader"))]
        for jobs in dict.fromkeys((1, cores)):
            more = ("--again", "--jobs", str(jobs))
            taken = _both(ours, "grader", *more)
            rows.append((f"ours, --jobs {jobs}", jobs, CLASS, *taken))
        own = {jobs: _own_seconds(notebooks, jobs) / EACH for jobs in (1, cores)}
        rejudged = _rejudged(ours)
    print(f"\n{'a class: submissions of two units':34} {'number':>7} {'a minute':>9}", end="")
    print(f" {'ratio':>7} {'own cells':>10} {'peak memory':>12}")
    rate = EACH / rows[0][3]
    for name, jobs, each, seconds, peak in rows:
        share = own[jobs] * each / seconds
        print(
            f"{name:34} {each * len(UNITS):7} {60 * len(UNITS) * each / seconds:9.1f} "
            f"{each / seconds / rate:7.1f} {share:10.2f} {peak:8.1f} GiB"
        )
    print(f"judging 1,000 kept submissions again: {rejudged:.1f} s")


def _both(course: Path, program: str, *more: str) -> tuple[float, float]:
    runs = [_run(course, program, "autograde", unit, *more) for unit in UNITS]
    return sum(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def _rejudged(course: Path) -> float:
    """The seconds of ``grader rejudge`` for 1,000 submissions, made of those that were graded."""
    folder = course / "evidence" / UNITS[1]
    graded = sorted(folder.glob("student-*"))
    for number in range(len(graded), 1000):
        shutil.copytree(graded[number % len(graded)], folder / f"student-{number:04}")
    return _run(course, "grader", "rejudge", UNITS[1])[0]


# -- growth --------------------------------------------------------------------------------------


def growth() -> None:
    """What grading costs beside running, from 100 to 2,000 submissions that run in no time."""
    taken = []
    print(f"\n{'submissions that run in no time':32} {'all':>9} {'each':>9}")
    for count in (100, 2000):
        with tempfile.TemporaryDirectory(prefix="atelier-bench-") as place:
            course = Path(place) / "ours"
            course.mkdir()
            (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
            _run(course, "nbgrader", "generate_assignment", UNITS[0])
            hand_in(course, UNITS[0], count)
            program = f"from tests.bench.classes import simulate; simulate({UNITS[0]!r})"
            argv = [sys.executable, "-c", program]
            started = time.perf_counter()
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            subprocess.run(argv, cwd=course, env=environment, check=True, capture_output=True)
            taken.append((time.perf_counter() - started) / count)
        print(f"{count:<32} {taken[-1] * count:7.1f} s {taken[-1] * 1000:6.0f} ms")
    print(f"{'each of 2,000 against each of 100':42} {taken[1] / taken[0]:9.2f}")


def simulate(assignment: str) -> None:
    """Grade the course in this folder, without running anything."""
    from grader.__main__ import _nbgrader
    from grader.autograde import Grading, autograde
    from grader.cluster import ahead
    from grader.judges import Judges

    with Judges() as judges, ahead(2, prepare=int) as start:
        start()
        api = _nbgrader()
        students = sorted(api.get_submitted_students(assignment))
        grading = Grading.of(api, assignment, judges)
        for graded in autograde(grading, students, start, execute=at_once):
            assert graded.state == "graded", graded


def at_once(job: object) -> object:
    """What a notebook gives whose cells print nothing."""
    import nbformat

    from grader.run import Job, Outcome

    assert isinstance(job, Job)
    cells = [c for c in nbformat.reads(job.notebook, 4).cells if c.cell_type == "code"]
    return Outcome([{"execution_count": None, "outputs": []} for _ in cells], {}, 0.0)


def workers() -> None:
    """A Dask cluster of two worker processes against one."""
    import distributed

    taken = []
    for count in (1, 2):
        with (
            tempfile.TemporaryDirectory(prefix="atelier-bench-") as place,
            distributed.LocalCluster(
                n_workers=count, threads_per_worker=1, memory_limit=0, dashboard_address=None
            ) as cluster,
        ):
            course = Path(place) / "ours"
            course.mkdir()
            (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
            _run(course, "nbgrader", "generate_assignment", UNITS[1])
            hand_in(course, UNITS[1], MANY)
            address = ("--scheduler", cluster.scheduler_address)
            taken.append(_run(course, "grader", "autograde", UNITS[1], *address)[0])
    print(f"\n{f'a cluster: {MANY} submissions':32} {'one worker':>12} {'two':>10} {'ratio':>7}")
    print(f"{'':32} {taken[0]:10.1f} s {taken[1]:8.1f} s {taken[0] / taken[1]:7.2f}")


SECTIONS: Sequence[Callable[[], None]] = (against_nbgrader, workers, growth)
