"""A worker answers with fewer cells than the notebook has: they are not laid over it."""

from dataclasses import replace

WHEN = "running"
SAID = r"no outcome of it \(\d cells instead of \d\)"


def work(job, ordinary, desk):
    outcome = ordinary()
    return replace(outcome, cells=outcome.cells[:-1])
