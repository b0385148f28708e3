"""Sends hundreds of thousands of messages that are nearly empty.

To fill the grader's memory below the limit on the size of outputs.
"""

from tests.attacks import notebook, write

PRINTED = "OutputLimit"
LIMITS = {"CELL_BYTES": 2**17, "OUTPUT_SECONDS": 1}
_CODE = """
kernel = get_ipython().kernel
parent = kernel.get_parent()
for number in range(5_000):
    kernel.session.send(kernel.iopub_socket, "display_data", {"data": {}, "metadata": {}}, parent)
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
