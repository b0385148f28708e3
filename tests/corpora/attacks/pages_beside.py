"""Beside the notebook lie pages with scripts, under the names of pages that nbgrader makes.

To run a script in the teacher's browser, from the address of the teacher's own server.
"""

from tests.attacks import notebook, write

_PAGE = "<script>fetch('/api/contents')</script>"


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {}, places))
    for name in ("exercise.html", "x.html", "y.HTM", "z.svg", "w.xhtml", "fr/exercise.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(_PAGE)
