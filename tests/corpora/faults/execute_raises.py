"""Running a submission raises something that nobody foresaw: it is named, the others go on."""

WHEN = "running"
SAID = "ZeroDivisionError: .*by zero"


def work(job, ordinary, desk):
    return 1 / 0
