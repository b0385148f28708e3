"""A worker answers with nothing, as one of another version might."""

WHEN = "running"
SAID = r"no outcome of it \(a NoneType\); is its version ours"


def work(job, ordinary, desk):
    return None
