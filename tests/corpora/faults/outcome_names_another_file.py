"""A worker sends evidence whose name leads out of the student's folder: it is not written."""

from dataclasses import replace

WHEN = "running"
SAID = r"no outcome of it \(evidence called '\.\./ada/outcome\.json'\)"


def work(job, ordinary, desk):
    return replace(ordinary(), evidence={"../ada/outcome.json": b"{}"})
