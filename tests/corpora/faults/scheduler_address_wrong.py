"""``--scheduler`` names an address where nobody answers."""

from contextlib import contextmanager

WHEN = "whole"
SAID = "there is no Dask scheduler at tcp://127.0.0.1:9 .*Start one with `dask scheduler`"


@contextmanager
def around(course, network):
    yield ["--scheduler", "tcp://127.0.0.1:9"]
