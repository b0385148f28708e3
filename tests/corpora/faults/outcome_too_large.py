"""A worker sends more evidence than a probe may write: it is refused before it is kept."""

from dataclasses import replace

WHEN = "running"
SAID = r"00-welcome\.first\.npz has \d+ bytes"


def work(job, ordinary, desk):
    outcome = ordinary()
    return replace(outcome, evidence={**outcome.evidence, "00-welcome.first.npz": bytes(40 << 20)})
