"""Terminal codes in errors, names of errors and outputs, which reach the teacher's log.

To clear, colour or answer in the name of the teacher's terminal.
"""

from tests.attacks import notebook, write

PRINTED = "done"
_CODE = """
codes = "\\x1b[2J\\x1b]0;title\\x07\\x1b[31m"
print("done", codes)
class Error(Exception): pass
Error.__name__ = codes
raise Error(codes)
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
