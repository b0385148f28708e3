"""Characters that no text file can hold, in sources, outputs and the names of layers.

To make writing the graded notebook, or the page, fail.
"""

import json

from tests.attacks import notebook

PRINTED = "printed"
_CODE = """
print("printed \\ud800 \\x00 \\ufffe")
from IPython.display import display
display({"text/plain": "\\udfff"}, raw=True)
"""


def hand_in(folder, places):
    extra = [{"before": "first", "source": _CODE}]
    made = json.loads(json.dumps(notebook("00-welcome", {"extra": extra}, places)))
    made["cells"][0]["source"] = "# \ud800 \udc00 \x00"
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] += "\n# \ud800"
    (folder / "exercise.ipynb").write_text(json.dumps(made), encoding="utf-8")
