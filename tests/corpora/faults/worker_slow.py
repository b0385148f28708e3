"""A submission takes much longer than the others: they do not wait for it."""

import time

WHEN = "running"


def work(job, ordinary, desk):
    time.sleep(6)
    return ordinary()
