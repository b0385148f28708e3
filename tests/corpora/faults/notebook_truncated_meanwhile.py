"""Half of a notebook is there when it is recorded, as while somebody collects anew."""

WHEN = "running"
SAID = "changed while it was graded; run the same command again"


def work(job, ordinary, desk):
    path = desk.submitted / "exercise.ipynb"
    desk.keep_aside(path)
    path.write_bytes(path.read_bytes()[:700])
    return ordinary()


def mend(desk):
    desk.put_back(desk.submitted / "exercise.ipynb")
