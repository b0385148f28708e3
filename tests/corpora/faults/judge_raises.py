"""The judge meets evidence that makes it raise: that costs the points of this answer only."""

from grader import judging

WHEN = "running"
PAGE = "could not be read"


class _Bomb:
    def __getattr__(self, name):
        raise RuntimeError("nobody foresaw this")


def patch(desk, patch):
    read = judging.read_evidence
    patch(
        judging,
        "read_evidence",
        lambda folder, task: _Bomb() if folder == desk.evidence else read(folder, task),
    )
