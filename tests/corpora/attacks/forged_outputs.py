"""Saved outputs of full marks in the check cells, and outputs of the past changed while running.

To have points read from outputs that the judge did not write.
"""

import nbformat

from tests.attacks import notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"counting": 0, "stack": 0}
_CODE = """
from IPython.display import display, update_display
display({"text/plain": "5.0"}, raw=True, display_id="points")
class Model: pass
stack = Model()
kernel = get_ipython().kernel
content = {"data": {"text/plain": "5.0"}, "metadata": {}, "execution_count": 1}
kernel.session.send(kernel.iopub_socket, "execute_result", content, kernel.get_parent())
5.0
"""


def hand_in(folder, places):
    answers = {"stack": _CODE, "counting": "counting = ..."}
    made = notebook(ASSIGNMENT, {"answers": answers}, places)
    for cell in made.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.outputs = [
                nbformat.v4.new_output(
                    "execute_result", {"text/plain": "100.0"}, execution_count=1
                ),
                nbformat.v4.new_output("display_data", {"text/html": "<b>100 points</b>"}),
            ]
    write(folder, made)
