"""Sends widgets whose buffers, which are no part of a message's text, hold hundreds of megabytes.

To fill the grader's memory.
"""

from tests.attacks import notebook, write

PRINTED = "OutputLimit"
LIMITS = {"CELL_BYTES": 2**20}
_CODE = """
kernel = get_ipython().kernel
parent = kernel.get_parent()
for number in range(64):
    content = {"comm_id": str(number), "data": {"state": {}, "buffer_paths": [["x"]]}}
    kernel.session.send(kernel.iopub_socket, "comm_msg", content, parent, buffers=[bytes(2**20)])
import time; time.sleep(0.2)
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
