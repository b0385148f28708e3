"""Forges the count of a cell as a script, and ends the kernel before the cell is done.

To have the count shown on the teacher's page as it came.
"""

from tests.attacks import notebook, write

POINTS = {"first": 0}
REPORTED = "the kernel died"
_CODE = """
import os, time
kernel = get_ipython().kernel
content = {"code": "x", "execution_count": "<script>alert(1)</script>"}
kernel.session.send(kernel.iopub_socket, "execute_input", content, kernel.get_parent())
time.sleep(0.5)
os._exit(1)
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
