"""``timestamp.txt`` of somebody graded before holds no date any more: only they are not graded."""

WHEN = "between"
SAID = "timestamp.txt holds no date"


def spoil(desk):
    (desk.submitted / "timestamp.txt").write_bytes(b"\xff\x00 yesterday")


def mend(desk):
    (desk.submitted / "timestamp.txt").unlink()
