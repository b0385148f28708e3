"""The evidence is JSON, of a form that a probe wrote long ago or will write one day."""

from dataclasses import replace

WHEN = "running"
PAGE = "could not be read"


def work(job, ordinary, desk):
    evidence = {"00-welcome.first.json": b'{"form": 99, "answer": {"layers": 2}}'}
    return replace(ordinary(), evidence=evidence)
