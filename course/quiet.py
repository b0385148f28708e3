"""Keep TensorFlow's start-up chatter away from people: importing ``course`` is enough.

TensorFlow greets everybody with notes about CUDA drivers, oneDNN and CPU instructions. Some are
written by C++ before any setting is read, so while TensorFlow is imported the process's standard
error runs through ``grep``, which drops those notes and passes on everything else: a warning, an
error, the last words of a crash. Python's exceptions are not touched at all.

It is an IPython extension too, which :func:`install` makes every kernel of the environment load:
a notebook that starts with ``import keras`` is as quiet as a lesson.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course.first_import import around_first_import

# TensorFlow's C++ logger starts its lines "I0000 00:00:1795247716.842613    8505 port.cc:153] "
# or, in older parts, "2026-11-21 07:55:16.842613: I tensorflow/core/util/port.cc:153] ".
_CHATTER = "|".join(
    (
        r"^WARNING: All log messages before absl::InitializeLog",
        r"^[IW][0-9]{4} [0-9:.]+ +[0-9]+ [^ ]+:[0-9]+\] ",
        r"^[0-9]{4}-[0-9-]+ [0-9:.]+: [IW] ",
        r"^(E[0-9]{4}|[0-9]{4}-[0-9-]+) .*(Unable to register cu|failed call to cuInit)",
        r"^To enable the following instructions:",
        r"^computation_placer already registered",
    )
)


@contextmanager
def _filtered_stderr() -> Iterator[None]:
    """Run file descriptor 2 through ``grep``; C++ writes there, past ``sys.stderr``."""
    try:
        stderr = os.dup(2)
    except OSError:  # no standard error, so nothing to keep clean
        yield
        return
    try:
        grep = subprocess.Popen(
            ["grep", "-a", "-E", "-v", _CHATTER],
            stdin=subprocess.PIPE,
            stdout=stderr,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            start_new_session=True,  # interrupting the kernel must not break the pipe
        )
    except OSError:  # no grep, or no process allowed: noisy is better than broken
        os.close(stderr)
        yield
        return
    assert grep.stdin is not None
    sys.stderr.flush()
    os.dup2(grep.stdin.fileno(), 2)
    grep.stdin.close()
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(stderr, 2)
        os.close(stderr)
        try:
            grep.wait(timeout=5)
        except subprocess.TimeoutExpired:  # something started by the import still holds the pipe
            grep.kill()
            grep.wait()


@contextmanager
def _quiet_import() -> Iterator[None]:
    with _filtered_stderr():
        yield
    # In a notebook TensorFlow sets its Python logger to INFO and reports every file it exports.
    logging.getLogger("tensorflow").setLevel(logging.WARNING)


def silence_tensorflow() -> None:
    """Quieten the TensorFlow that this process is going to import; what the user set stays set."""
    # 3: Python raises TensorFlow's errors as exceptions anyway; at 2 it complains of missing GPUs.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Also makes the numbers of a training alike from one processor to the next.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    around_first_import("tensorflow", _quiet_import)


def load_ipython_extension(_ipython: Any) -> None:
    """What IPython calls when it loads this module as an extension: importing it was enough."""


def install() -> None:
    """Make every kernel of this environment load this module, before a cell can import anything.

    Writes ``<environment>/etc/ipython/ipython_config.py``, unless somebody did.
    """
    config = Path(sys.prefix) / "etc" / "ipython" / "ipython_config.py"
    if not config.exists():
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text('c.InteractiveShellApp.extensions.append("course.quiet")\n')


silence_tensorflow()
