"""Sends the kernel's own messages: replies and ends of cells that are not over, strange parents, wrong types.

To confuse whoever listens: to be taken for another cell, to end the run, to break the grader.
"""

from tests.attacks import notebook, write

REPORTED = "unhandled"
LIMITS = {"OUTPUT_SECONDS": 1}
_CODE = """
kernel = get_ipython().kernel
parent = kernel.get_parent()
def send(kind, content, about=parent, **more):
    kernel.session.send(kernel.iopub_socket, kind, content, about, **more)
for about in ({}, {"header": {}}, {"header": {"msg_id": "other"}}, {**parent, "header": {**parent["header"], "msg_id": 7}}):
    send("status", {"execution_state": "idle"}, about)
    send("stream", {"name": "stdout", "text": "ATTACK SUCCEED" + "ED"}, about) if about else None
for number in range(200):
    send("status", {"execution_state": "busy"})
    send("clear_output", {"wait": True})
    send("comm_open", {"comm_id": str(number), "target_name": "jupyter.widget", "data": {"state": {}}})
    send("comm_msg", {"comm_id": str(number), "data": {"state": {"x": "y" * 999}, "buffer_paths": [["x"]]}}, buffers=[b"x" * 999])
    send("nonsense", {})
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
