"""Where the folder of evidence should be there is a file: it makes way."""

WHEN = "running"


def hand_in(desk):
    desk.evidence.parent.mkdir(parents=True, exist_ok=True)
    desk.evidence.write_text("not a folder")
