"""A newer submission is there: it is run, and its points count."""

WHEN = "changed"
IS_RUN = True
EARNS = 0.5


def spoil(desk):
    path = desk.submitted / "exercise.ipynb"
    path.write_text(path.read_text().replace("layers.Dense(3)", "layers.Dense(5)"))
