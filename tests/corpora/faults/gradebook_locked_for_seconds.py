"""Another program writes in the gradebook for longer than SQLite waits by itself (5 s)."""

import sqlite3
import threading
import time

WHEN = "running"


def work(job, ordinary, desk):
    if desk.once("gradebook_locked_for_seconds"):
        threading.Thread(target=_lock, args=[desk.gradebook]).start()
    return ordinary()


def _lock(path):
    book = sqlite3.connect(path, timeout=30, isolation_level=None)
    book.execute("BEGIN EXCLUSIVE")
    time.sleep(8)
    book.execute("ROLLBACK")
    book.close()
