"""A student hands in anew while the old notebook runs: it is not taken for what ran."""

WHEN = "running"
SAID = "changed while it was graded; run the same command again"


def work(job, ordinary, desk):
    path = desk.submitted / "exercise.ipynb"
    desk.keep_aside(path)
    path.write_text(path.read_text().replace("Dense(3)", "Dense(7)"))
    return ordinary()


def mend(desk):
    desk.put_back(desk.submitted / "exercise.ipynb")
