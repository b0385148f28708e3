"""The arrays end in the middle: no points, the page says why, and the judge goes on."""

from dataclasses import replace

WHEN = "running"
PAGE = "could not be read"


def work(job, ordinary, desk):
    outcome = ordinary()
    half = {name: content[: len(content) // 2] for name, content in outcome.evidence.items()}
    return replace(outcome, evidence=half)
