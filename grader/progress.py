"""Say how far grading a class has come: a line a submission, the rest of the time, a summary."""

from __future__ import annotations

import json
import sys
import time

from grader.autograde import Graded
from grader.untrusted import one_line


class Progress:
    """Prints results to standard output, what passes to standard error.

    ``as_json``: each result and the summary as a JSON object a line, and nothing else.
    """

    def __init__(self, total: int, *, as_json: bool) -> None:
        self._total = total
        self._as_json = as_json
        self._started = time.monotonic()
        self._graded: list[Graded] = []
        self._is_terminal = sys.stderr.isatty() and not as_json

    @staticmethod
    def wait() -> None:
        """Somebody else grades in this course."""
        said = "somebody else grades in this course; waiting for them to end (Ctrl-C gives up)"
        print(f"grader: {said}", file=sys.stderr, flush=True)

    def show(self, graded: Graded) -> None:
        """One more submission."""
        self._graded.append(graded)
        if self._as_json:
            print(json.dumps(graded.to_json(), ensure_ascii=False), flush=True)
            return
        if self._is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr)
        print(_line(graded), flush=True)
        if self._is_terminal:
            print(self._rest(), end="", file=sys.stderr, flush=True)

    def _rest(self) -> str:
        """How many are graded, how fast, and how long it still takes."""
        kept = sum(one.state == "kept" for one in self._graded)
        done = len(self._graded)
        rate = (done - kept) / max(time.monotonic() - self._started, 0.1)
        left = f", {_time((self._total - done) / rate)} left" if rate else ""
        return f"{done} of {self._total}, {60 * rate:.0f} a minute{left}"

    def end(self) -> int:
        """Print the summary; the exit code, 1 if some could not be graded."""
        if self._is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        seconds = time.monotonic() - self._started
        count = dict.fromkeys(("graded", "kept", "failed"), 0)
        for one in self._graded:
            count[one.state] += 1
        problems = sum(one.problem is not None for one in self._graded)
        if self._as_json:
            summary = {**count, "with_problems": problems, "seconds": round(seconds, 1)}
            print(json.dumps({"summary": summary}))
        else:
            print(
                f"{count['graded']} graded in {_time(seconds)}, {count['kept']} unchanged, "
                f"{count['failed']} could not be graded; {problems} with a problem of their own"
            )
        failed = sorted(one.student for one in self._graded if one.state == "failed")
        if failed and not self._as_json:
            print(f"could not be graded: {', '.join(one_line(name, 80) for name in failed)}")
        return 1 if failed else 0


def _line(graded: Graded) -> str:
    name = one_line(graded.student, 80)
    if graded.state == "failed":
        return f"{name:20} could not be graded: {one_line(graded.reason or '', 300)}"
    questions = "  ".join(f"{name} {earned:g}/{most:g}" for name, earned, most in graded.points)
    earned, most = sum(p[1] for p in graded.points), sum(p[2] for p in graded.points)
    took = "unchanged" if graded.state == "kept" else f"{graded.seconds:7.1f} s"
    problem = f"  [{one_line(graded.problem, 300)}]" if graded.problem else ""
    return f"{name:20} {earned:5g}/{most:g}  {took}  {questions}{problem}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
