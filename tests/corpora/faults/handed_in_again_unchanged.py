"""The same notebook was handed in once more, later: recorded with its date, not run."""

WHEN = "changed"
IS_RUN = False


def spoil(desk):
    (desk.submitted / "timestamp.txt").write_text("2030-01-02 03:04:05.678901 UTC")
