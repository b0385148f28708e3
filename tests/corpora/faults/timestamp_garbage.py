"""``timestamp.txt``, which a student can write, holds no date."""

WHEN = "running"
SAID = "timestamp.txt holds no date but 'the day before yesterday'"


def hand_in(desk):
    (desk.submitted / "timestamp.txt").write_text("the day before yesterday")


def mend(desk):
    (desk.submitted / "timestamp.txt").unlink()
