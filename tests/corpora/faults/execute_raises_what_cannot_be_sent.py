"""Running a submission raises an exception that no pickle holds."""

import threading

WHEN = "running"
SAID = "a lock within"


class Unsendable(Exception):
    def __init__(self):
        super().__init__("a lock within")
        self.lock = threading.Lock()


def work(job, ordinary, desk):
    raise Unsendable
