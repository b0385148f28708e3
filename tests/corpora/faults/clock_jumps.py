"""The clock of the machine jumps to tomorrow while submissions run, and then two seconds back."""

import threading
import time
from contextlib import contextmanager

WHEN = "whole"


@contextmanager
def around(course, network):
    yield []


def patch(desk, patch):
    now, ahead = time.time, [0]
    patch(time, "time", lambda: now() + ahead[0])
    threading.Thread(target=_jump, args=[desk.course.parent / "ran", ahead], daemon=True).start()


def _jump(ran, ahead):
    while not ran.stat().st_size:  # nothing has been run yet
        time.sleep(0.1)
    for ahead[0] in (86_400, 86_398):
        time.sleep(3)
