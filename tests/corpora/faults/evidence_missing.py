"""No evidence came out, as when the notebook stops early: no points, and the page says why."""

from dataclasses import replace

WHEN = "running"
PAGE = "could not be checked"


def work(job, ordinary, desk):
    return replace(ordinary(), evidence={})
