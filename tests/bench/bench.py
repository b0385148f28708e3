"""Measure, as ratios within one run: comparing against building, checking against importing.

Nothing here asserts a time; the table is for people.
"""

from __future__ import annotations

import gc
import importlib.util
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import course  # noqa: F401  (quietens TensorFlow before it is imported)

MODELS = Path(__file__).resolve().parents[1] / "corpora" / "models"
RUNS = 7


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def median(action: Callable[[], object]) -> float:
    """The median of seconds over several runs, after one that is not counted."""
    action()
    taken = []
    for _ in range(RUNS):
        gc.collect()
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _head(title: str, ours: str, theirs: str) -> None:
    print(f"{title:44} {ours:>13} {theirs:>13} {'ratio':>8}")


def _row(name: str, ours: float, theirs: float) -> None:
    print(f"{name:44} {ours * 1000:10.1f} ms {theirs * 1000:10.1f} ms {ours / theirs:8.3f}")


def _chain(count: int) -> object:
    import keras
    from keras import layers

    tensor = inputs = keras.Input((8,))
    for _ in range(count):
        tensor = layers.Dense(8, activation="relu")(tensor)
    return keras.Model(inputs, tensor)


def _against_building(name: str, build: Callable[[], object]) -> None:
    from grader.equivalence import compare_graphs
    from grader.trace import read

    one, other = build(), build()
    _row(name, median(lambda: compare_graphs(read(one), read(other))), median(build))


def models() -> None:
    """Reading and comparing two graphs, against building one model in Keras."""
    _head("graph tier against building the model", "compare", "build")
    for path in sorted(MODELS.glob("*.py")):
        _against_building(path.stem, _module(path).reference)
    for count in (100, 300):
        _against_building(f"a chain of {count} Dense layers", partial(_chain, count))


def check() -> None:
    """A whole ``check`` (probe and judge) against the import that every cold kernel pays."""
    from grader.judge import judge
    from grader.probe import collect, new_challenge
    from grader.rubric import load_blueprint

    module = _module(MODELS / "digits_mlp.py")
    task = load_blueprint("02-functional.stack")
    answer = module.reference()

    def whole() -> object:
        challenge = new_challenge()
        return judge(task, collect(task.id, answer, challenge), challenge)

    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import course, keras"], check=True)
    cold = time.perf_counter() - started
    print(
        f"\n{'a check against a cold import of Keras':44} {'check':>13} {'import':>13} {'ratio':>8}"
    )
    _row("02-functional.stack", median(whole), cold)


if __name__ == "__main__":
    models()
    check()
