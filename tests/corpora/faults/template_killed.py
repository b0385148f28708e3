"""The process that kernels are forked from is killed, and with it all kernels that run there."""

import os
import signal

WHEN = "sandbox"
BEFALLS_NEIGHBOURS = True


def strike(room):
    os.kill(room.template(), signal.SIGKILL)
