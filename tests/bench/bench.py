"""Measure, as ratios within one run: comparing against building, checking against importing.

Nothing here asserts a time; the table is for people.
"""

from __future__ import annotations

import asyncio
import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from course import warm  # importing course quietens TensorFlow before it is imported
from tests.corpus import CORPORA, load

MODELS = CORPORA / "models"
ROOT = CORPORA.parents[1]
RUNS = 7
RUN_SECONDS = 0.02


def median(action: Callable[[], object]) -> float:
    """The median of seconds over several runs, after two that are not counted.

    What is quick is done again and again in each run: once alone, it would mostly wait for what
    the garbage collection before it has put out of the processor's cache.
    """
    action()
    started = time.perf_counter()
    action()
    times = max(1, int(RUN_SECONDS / (time.perf_counter() - started)))
    taken = []
    for _ in range(RUNS):
        gc.collect()
        started = time.perf_counter()
        for _ in range(times):
            action()
        taken.append((time.perf_counter() - started) / times)
    return statistics.median(taken)


def _head(title: str, ours: str, theirs: str) -> None:
    print(f"{title:44} {ours:>13} {theirs:>13} {'ratio':>8}")


def _row(name: str, ours: float, theirs: float) -> None:
    print(f"{name:44} {ours * 1000:10.1f} ms {theirs * 1000:10.1f} ms {ours / theirs:8.3f}")


def _chain(count: int, fault: int = -1) -> object:
    import keras
    from keras import layers

    tensor = inputs = keras.Input((8,))
    for number in range(count):
        activation = "tanh" if number == fault else "relu"
        tensor = layers.Dense(8, activation=activation)(tensor)
    return keras.Model(inputs, tensor)


def _against_building(name: str, build: Callable[[], object], example: object) -> None:
    from grader.equivalence import compare_graphs
    from grader.trace import read_live

    def compared() -> object:
        graphs = [read_live(model, example=example).graph for model in models]
        return compare_graphs(*graphs)

    models = build(), build()
    _row(name, median(compared), median(build))


def models() -> None:
    """Reading and comparing two graphs, against building one model in Keras."""
    _head("graph tier against building the model", "compare", "build")
    for path in sorted(MODELS.glob("*.py")):
        module = load(path)
        _against_building(path.stem, module.reference, getattr(module, "EXAMPLE", None))


def growth() -> None:
    """Reading and comparing as models grow: what nine times the layers cost, against nine."""
    from grader.equivalence import compare_graphs
    from grader.trace import read

    print(f"\n{'growth of a chain of Dense layers':44} {'same':>13} {'one fault':>13}")
    taken = []
    for count in (100, 300, 900):
        one, other, faulty = _chain(count), _chain(count), _chain(count, fault=count // 2)
        same = median(lambda a=one, b=other: compare_graphs(read(a), read(b)))  # type: ignore[misc]
        fault = median(lambda a=one, b=faulty: compare_graphs(read(a), read(b)))  # type: ignore[misc]
        taken.append((same, fault))
        print(f"{count:>4} layers {'':32} {same * 1000:10.1f} ms {fault * 1000:10.1f} ms")
    ratios = [late / early / 9 for early, late in zip(taken[0], taken[-1], strict=True)]
    print(f"{'900 layers against 9 times 100 layers':44} {ratios[0]:13.2f} {ratios[1]:13.2f}")


def against_networkx() -> None:
    """Deciding that two graphs are one, against networkx on the same labelled graphs."""
    import keras
    import networkx

    from grader.equivalence import compare_graphs
    from grader.graph import Graph
    from grader.trace import read

    def labelled(graph: Graph) -> networkx.DiGraph:
        drawn = networkx.DiGraph()
        for number, node in enumerate(graph.nodes):
            drawn.add_node(number, label=repr((node.op, sorted(node.settings.items(), key=str))))
            drawn.add_edges_from((source, number) for source, _ in node.inputs)
        return drawn

    print()
    _head("one graph or two, over 300 nodes", "ours", "vf2pp")
    for name in ("DenseNet121", "ResNet101", "EfficientNetB1", "NASNetMobile"):
        construct = getattr(keras.applications, name)
        ours = [read(construct(weights=None)) for _ in range(2)]
        theirs = [labelled(graph) for graph in ours]
        _row(
            f"{name}, {len(ours[0].nodes)} nodes",
            # what is kept about a graph that was compared before is not known of a student's
            median(lambda pair=ours: compare_graphs(pair[0], replace(pair[1]))),  # type: ignore[misc]
            median(lambda pair=theirs: networkx.vf2pp_is_isomorphic(*pair, node_label="label")),  # type: ignore[misc]
        )


def applications() -> None:
    """Every model of ``keras.applications``: the graph tier against one construction."""
    import tracemalloc

    import keras

    from grader.equivalence import compare_graphs
    from grader.trace import read

    print()
    _head("keras.applications", "compare", "build")
    ratios, peaks = [], []
    names = [n for n in sorted(vars(keras.applications)) if n[0].isupper()]
    for name in names:
        started = time.perf_counter()
        model = getattr(keras.applications, name)(weights=None)
        built = time.perf_counter() - started
        read(model)
        started = time.perf_counter()
        compare_graphs(read(model), read(model))
        compared = time.perf_counter() - started
        tracemalloc.start()
        compare_graphs(read(model), read(model))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        ratios.append(compared / built)
        peaks.append((peak / len(model.layers), model.count_params()))
        _row(f"{name}, {model.count_params() / 1e6:.0f} million weights", compared, built)
        del model
        keras.backend.clear_session()
        gc.collect()
    print(f"median {statistics.median(ratios):.3f}, worst {max(ratios):.3f}")
    few, many = min(peaks, key=lambda p: p[1]), max(peaks, key=lambda p: p[1])
    print(
        f"peak memory a layer: {few[0] / 1024:.0f} KiB with {few[1] / 1e6:.1f} million weights, "
        f"{many[0] / 1024:.0f} KiB with {many[1] / 1e6:.1f} million"
    )


def check() -> None:
    """A whole ``check`` (probe and judge) against the import that every cold kernel pays."""
    from grader.blueprint import load_blueprint
    from grader.judge import judge
    from grader.probe import collect, new_challenge

    module = load(MODELS / "digits_mlp.py")
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


async def _start_kernels(count: int) -> float:
    """Seconds until ``count`` kernels, all asked for at once, have imported Keras."""
    from jupyter_client.manager import AsyncKernelManager

    async def one() -> None:
        manager = AsyncKernelManager(transport_encryption="auto")
        managers.append(manager)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=180)
        await client.execute_interactive("import keras", timeout=180)
        client.stop_channels()

    managers: list[AsyncKernelManager] = []
    started = time.perf_counter()
    try:
        await asyncio.gather(*(one() for _ in range(count)))
        return time.perf_counter() - started
    finally:
        await asyncio.gather(*(manager.shutdown_kernel(now=True) for manager in managers))


def kernels() -> None:
    """From asking for a kernel until it has imported Keras, forked against started plainly."""
    plain = asyncio.run(_start_kernels(1))
    before = dict(os.environ)
    os.environ.update(warm.environment(os.environ))
    first = asyncio.run(_start_kernels(1))
    later = statistics.median(asyncio.run(_start_kernels(1)) for _ in range(RUNS))
    twenty = asyncio.run(_start_kernels(20))
    os.environ.clear()
    os.environ.update(before)
    print()
    _head("a kernel that has imported Keras", "warm", "plain")
    _row("the first, which waits for the template", first, plain)
    _row("each later one", later, plain)
    _row("twenty at once, against one", twenty, plain)


def grading() -> None:
    """One submission's notebook, from the first wall to the last evidence: warm against cold."""
    import nbformat

    from course.warm.fork import CannotFork
    from grader.kernels import run
    from grader.sandbox import start
    from grader.sandbox.room import Room

    path = ROOT / "solutions" / "en" / "02-functional" / "exercise.ipynb"

    def whole() -> None:
        with Room() as room:
            assert run(nbformat.read(path, as_version=4), room, {}).problem is None

    def walls() -> None:
        Room().close()

    async def cannot(*_words: object) -> None:
        raise CannotFork("it is measured")

    started = time.perf_counter()
    whole()
    first = time.perf_counter() - started
    later, empty = median(whole), median(walls)
    warm, start.warm = start.warm, cannot  # type: ignore[assignment]
    started = time.perf_counter()
    whole()
    cold = time.perf_counter() - started
    start.warm = warm
    print()
    _head("a notebook in the sandbox", "warm", "cold")
    _row("the first, which waits for the template", first, cold)
    _row("each later one", later, cold)
    _row("of which the walls alone", empty, cold)


def lessons() -> None:
    """What the lessons' own code takes in a warm process, against the minute that they may take."""
    from tests.bench import cells

    print(f"\n{'lesson':44} {'seconds':>13} {'of a minute':>13}")
    paths = sorted((ROOT / "course" / "en").glob("*/lesson.ipynb"))
    for path, taken in zip(paths, cells.seconds(paths), strict=True):
        print(f"{path.parent.name:44} {taken:11.1f} s {taken / 60:13.2f}")


def main() -> None:
    """Print every table, or those that are named."""
    from tests.bench import classes

    tables = (models, growth, against_networkx, applications, check, kernels, grading, lessons)
    sections = {table.__name__: table for table in tables}
    sections |= {f"class_{table.__name__}": table for table in classes.SECTIONS}
    unknown = set(sys.argv[1:]) - set(sections)
    if unknown:
        raise SystemExit(f"no table {', '.join(unknown)}; there are: {', '.join(sections)}")
    for name in sys.argv[1:] or sections:
        sections[name]()


if __name__ == "__main__":
    main()
