"""Student code wrote bytes of its own in place of the evidence."""

from dataclasses import replace

WHEN = "running"
PAGE = "could not be read"


def work(job, ordinary, desk):
    outcome = ordinary()
    return replace(outcome, evidence=dict.fromkeys(outcome.evidence, b"\x00\xff{[" * 1000))
