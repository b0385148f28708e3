"""Where the student's autograded folder should be there is a file: it is left, and named."""

WHEN = "running"
SAID = "NotADirectoryError|FileExistsError"


def hand_in(desk):
    desk.autograded.parent.parent.mkdir(parents=True, exist_ok=True)
    desk.autograded.parent.write_text("not a folder")


def mend(desk):
    desk.autograded.parent.unlink()
