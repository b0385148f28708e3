"""The grader is killed and its workers are not: they end by themselves."""

import signal

WHEN = "killed"


def strike(grader):
    grader.wait_for(lambda: len(grader.results()) >= 6)
    workers = grader.tree()
    grader.signal(signal.SIGKILL)
    grader.wait_for(lambda: not any(worker.is_running() for worker in workers))
