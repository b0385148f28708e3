"""What a student handed in goes away while it runs."""

WHEN = "running"
SAID = "No notebooks were matched"


def work(job, ordinary, desk):
    path = desk.submitted / "exercise.ipynb"
    desk.keep_aside(path)
    path.unlink()
    return ordinary()


def mend(desk):
    desk.put_back(desk.submitted / "exercise.ipynb")
