"""Turn an answer into evidence: plain data that a judge can decide on.

The probe runs beside student code. It knows no reference and decides nothing: it writes down the
canonical graph of what it was given, what the answer computes under the weights and inputs that
the judge's challenge draws, and what it predicts for examples that the challenge may hold.
Evidence is JSON and arrays, never a pickle.
"""

from __future__ import annotations

import io
import json
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from grader.draws import computable
from grader.graph import Graph, Node, Weight
from grader.samples import Answers

if TYPE_CHECKING:
    from grader.trace import Reading

# What tells a notebook that it is graded: where evidence goes, and what it is to answer.
EVIDENCE, CHALLENGE, LANGUAGE = "ATELIER_EVIDENCE", "ATELIER_CHALLENGE", "ATELIER_LANGUAGE"
FORM = 2  # of evidence; to be raised when what it says changes
MOST_BYTES = 32 * 2**20  # of one file of evidence
_MOST_JSON = 4 * 2**20
_MOST_VALUES = 300_000  # in all; a model of a thousand layers has 40,000
_MOST_LETTERS = 1000  # of one text in a graph
_LARGEST = 2**53  # number without a fraction in a graph: the hash of a larger one can be chosen
_MOST_NODES = 5000
_MOST_EDGES = 20_000  # between nodes; as many weights
_MOST_SIZE = 2**40  # of one axis
_MOST_AXES = 32
_MOST_LEVELS = 40  # of what stands within something else
_MOST_NUMBERS = 1000  # in an array that is an answer
_MOST_ARRAYS = 1000
_PREDICTED = "predicted."  # how arrays of predictions are called, before their number
_MOST_OUTPUTS = 100  # as many inputs
_MOST_PREDICTED = 2**16  # numbers in what one output gives on all examples
_BATCH = 50  # examples at a time


class BrokenEvidence(Exception):
    """What lies there is not evidence that this probe wrote."""


@dataclass(frozen=True)
class Evidence:
    """What the probe saw. ``numbers`` are what the model computes on the challenge.

    ``predictions`` are what the model, as it was handed in, gives for the examples of the
    challenge, one array an output, one row an example; an output that is too large is left empty.

    ``live`` is the model itself, for a judge in the student's own notebook; it is never written.

    ``problem`` is (kind, detail) where an answer could not be read as a model.
    """

    task: str
    state: Literal["not-attempted", "model", "value", "unreadable"]
    graph: Graph | None = None
    value: Any = None
    problem: tuple[str, str] | None = None
    numbers: Answers | None = None
    predictions: tuple[np.ndarray, ...] | None = None
    live: Reading | None = field(default=None, compare=False, repr=False)


def new_challenge() -> dict[str, Any]:
    """A fresh challenge: what the answer will be computed on is drawn from its ``seed``.

    From its ``secret`` the examples are drawn that nobody has seen; it stays with the judge.
    """
    return {"seed": secrets.randbelow(2**31), "secret": secrets.randbits(128)}


def collect(
    task: str,
    answer: object,
    challenge: Mapping[str, Any],
    signature: Sequence[Any] = (),
    *,
    later: bool = False,
) -> Evidence:
    """The evidence on one answer. Never raises for what an answer does.

    ``signature`` (``grader.graph.Signature``) tells which inputs the task asks for. ``challenge``
    may have examples for the answer to be measured on, by task (``grader.unseen.examples``). What
    is judged at once, and never written, may compute ``later`` what only answers in doubt are
    asked for.
    """
    if _is_blank(answer):
        return Evidence(task, "not-attempted")
    if _is_value(answer):
        from grader.plain import plain

        return Evidence(task, "value", value=plain(_bare(answer)))
    unseen = challenge.get("unseen", {}).get(task)
    return _model_evidence(task, answer, int(challenge["seed"]), signature, unseen, later)


def _is_blank(answer: object) -> bool:
    """Whether there is no answer yet: ``...``, a model still missing, a form not filled in."""
    if isinstance(answer, Mapping):
        return bool(answer) and all(map(_is_blank, answer.values()))
    if isinstance(answer, (list, tuple)):
        return any(map(_is_blank, answer))
    return answer is None or answer is Ellipsis


def _is_value(answer: object) -> bool:
    if isinstance(answer, Mapping):
        return all(isinstance(key, str) and _is_value(item) for key, item in answer.items())
    if isinstance(answer, (list, tuple)):
        return all(map(_is_value, answer))
    return answer is None or isinstance(answer, _VALUES) or _is_array(answer)


# what holds numbers in TensorFlow, and Keras's own variable
_TENSORS = ("EagerTensor", "ResourceVariable", "Variable")
_VALUES = (bool, int, float, str, np.bool_, np.integer, np.floating)


def _is_array(answer: object) -> bool:
    """Whether this is a number, or a few, that numpy, TensorFlow or Keras holds."""
    if not isinstance(answer, np.ndarray) and type(answer).__name__ not in _TENSORS:
        return False
    try:
        return np.asarray(answer).size <= _MOST_NUMBERS
    except Exception:  # a class of the student's may go by that name
        return False


def _bare(answer: object) -> object:
    """Arrays as lists and numbers."""
    if isinstance(answer, Mapping):
        return {key: _bare(item) for key, item in answer.items()}
    if isinstance(answer, (list, tuple)):
        return list(map(_bare, answer))
    return np.asarray(answer).tolist() if _is_array(answer) else answer


def _model_evidence(
    task: str,
    answer: object,
    seed: int,
    signature: Sequence[Any],
    unseen: Mapping[str, Any] | None,
    later: bool,
) -> Evidence:
    from grader.numbers import answers
    from grader.trace import UnreadableModel, read_live
    from grader.unseen import unpacked

    try:
        reading = read_live(answer, signature)
    except UnreadableModel as problem:
        return Evidence(task, "unreadable", problem=(problem.kind, problem.detail[:500]))
    except Exception as error:  # an answer may raise anything, anywhere
        return Evidence(task, "unreadable", problem=("raises", _said(error)))
    graph, predictions = reading.graph, None
    try:
        if unseen is not None:
            predictions = _predictions(reading, unpacked(unseen["inputs"]))
        numbers = answers(reading, seed, later=later)
    except Exception as error:  # likewise
        raised = ("raises", _said(error))
        return Evidence(task, "unreadable", graph=graph, problem=raised, predictions=predictions)
    return Evidence(task, "model", graph, None, None, numbers, predictions, reading)


def _predictions(
    reading: Reading, examples: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, ...] | None:
    """What a model gives for examples; None if it does not take so many inputs."""
    ports = reading.graph.inputs
    if len(ports) != len(examples):
        return None
    if {port.name for port in ports} != examples.keys():
        examples = dict(zip((port.name for port in ports), examples.values(), strict=True))
    arrays = [
        examples[port.name].astype(reading.graph.nodes[port.node].settings["dtype"])
        for port in ports
    ]
    batches = [
        reading.call([array[start : start + _BATCH] for array in arrays], False)[0]
        for start in range(0, len(arrays[0]), _BATCH)
    ]
    outputs = [
        np.concatenate([np.asarray(part, "float32") for part in parts])
        for parts in zip(*batches, strict=True)
    ]
    return tuple(o if o.size <= _MOST_PREDICTED else o[:0] for o in outputs)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


# -- on disk -----------------------------------------------------------------------------------


def write_evidence(folder: Path, evidence: Evidence) -> None:
    """Write ``<task>.json`` and ``<task>.npz`` into ``folder``."""
    data = {
        "task": evidence.task,
        "state": evidence.state,
        "graph": None if evidence.graph is None else evidence.graph.to_json(),
        "value": evidence.value,
        "problem": evidence.problem,
        "numbers": evidence.numbers is not None,
        "predictions": None if evidence.predictions is None else len(evidence.predictions),
    }
    arrays: dict[str, Any] = {} if evidence.numbers is None else evidence.numbers.to_arrays()
    arrays |= {f"{_PREDICTED}{i}": array for i, array in enumerate(evidence.predictions or ())}
    with (folder / f"{evidence.task}.npz").open("wb") as file:
        np.savez(file, **arrays)
    (folder / f"{evidence.task}.json").write_text(json.dumps(data), encoding="utf-8")


def read_evidence(folder: Path, task: str) -> Evidence | None:
    """What was written for ``task``; None if nothing was. Trusts nothing that it reads.

    Raises ``BrokenEvidence`` for anything that the probe would not have written.
    """
    path = folder / f"{task}.json"
    if not path.is_file() or path.is_symlink():
        return None
    try:
        data = json.loads(_bytes(path, _MOST_JSON))
        if not _is_shallow(data, _MOST_LEVELS):
            raise BrokenEvidence("it is nested too deeply")
        if not _is_plain(data["graph"]):
            raise BrokenEvidence(
                "what no model has: a very long text, a very large number, too much"
            )
        graph = None if data["graph"] is None else Graph.from_json(data["graph"])
        if graph is not None:
            _check(graph)
        if data["task"] != task or data["state"] not in (
            "not-attempted",
            "model",
            "value",
            "unreadable",
        ):
            raise BrokenEvidence("it is about something else")
        problem = data["problem"]
        computed = data["state"] == "model" and graph is not None and computable(graph)
        if computed != bool(data["numbers"]):
            raise BrokenEvidence("numbers are missing, or of a model that gives none")
        predicted = data.get("predictions")
        is_numeric = bool(data["numbers"]) or predicted is not None
        arrays = _arrays(folder / f"{task}.npz") if is_numeric else {}
        return Evidence(
            task=task,
            state=data["state"],
            graph=graph,
            value=data["value"],
            problem=None if problem is None else (str(problem[0]), str(problem[1])[:500]),
            numbers=Answers.from_arrays(arrays) if data["numbers"] else None,
            predictions=None if predicted is None else _read_predictions(arrays, predicted),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OSError) as error:
        raise BrokenEvidence(f"{type(error).__name__}: {error}") from error
    except (RecursionError, zipfile.BadZipFile, EOFError) as error:
        raise BrokenEvidence(type(error).__name__) from error


def _bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BrokenEvidence(f"{path.name} is larger than {most} bytes")
    return content


def _arrays(path: Path) -> Mapping[str, np.ndarray]:
    if path.is_symlink():
        raise BrokenEvidence("a link instead of arrays")
    content = _bytes(path, MOST_BYTES)
    arrays = np.load(io.BytesIO(content), allow_pickle=False)  # a file in memory, read in parts
    inside = arrays.zip.infolist()
    if len(inside) > _MOST_ARRAYS or sum(info.file_size for info in inside) > MOST_BYTES:
        raise BrokenEvidence("the arrays unpack to more than they should")
    found: Mapping[str, np.ndarray] = arrays
    return found


def _read_predictions(arrays: Mapping[str, np.ndarray], count: int) -> tuple[np.ndarray, ...]:
    if not 0 <= count <= _MOST_OUTPUTS:
        raise BrokenEvidence(f"{count} outputs")
    found = tuple(arrays[f"{_PREDICTED}{i}"] for i in range(count))
    if any(a.dtype != "float32" or a.size > _MOST_PREDICTED for a in found):
        raise BrokenEvidence("predictions that are none")
    return found


def _is_shallow(value: Any, levels: int) -> bool:
    """Whether no more than so many lists and dictionaries stand within one another."""
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(item, levels - 1) for item in inner)


def _is_plain(graph: Any) -> bool:
    """Whether nothing in it is larger, and all of it not more, than in any model."""
    waiting, count = [graph], 0
    while waiting and count <= _MOST_VALUES:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str | int) and not _is_usual(value):
            return False
    return count <= _MOST_VALUES


def _is_usual(value: str | int) -> bool:
    return len(value) <= _MOST_LETTERS if isinstance(value, str) else abs(value) <= _LARGEST


def _check(graph: Graph) -> None:
    """What the rest of the grader relies on; ``BrokenEvidence`` if it does not hold."""
    edges = sum(len(node.inputs) for node in graph.nodes)
    weights = [weight for owner in graph.owners for weight in owner.weights]
    if not 0 < len(graph.nodes) <= _MOST_NODES or len(graph.owners) > _MOST_NODES:
        raise BrokenEvidence(f"{len(graph.nodes)} nodes, {len(graph.owners)} owners")
    if max(edges, len(weights)) > _MOST_EDGES:
        raise BrokenEvidence(f"{edges} edges, {len(weights)} weights")
    if max(len(graph.inputs), len(graph.outputs)) > _MOST_OUTPUTS:
        raise BrokenEvidence(f"{len(graph.inputs)} inputs, {len(graph.outputs)} outputs")
    for index, node in enumerate(graph.nodes):
        if not all(0 <= before < index and output >= 0 for before, output in node.inputs):
            raise BrokenEvidence("nodes are not in order")
        if node.owner is not None and not 0 <= node.owner < len(graph.owners):
            raise BrokenEvidence("an owner that is not there")
        if not _is_node(node):
            raise BrokenEvidence("a node that is none")
    if not all(map(_is_weight, weights)):
        raise BrokenEvidence("a weight that is none")
    for port in (*graph.inputs, *graph.outputs):
        if not 0 <= port.node < len(graph.nodes) or not isinstance(port.name, str):
            raise BrokenEvidence("a port that leads nowhere")
        if not 0 <= port.index < len(graph.nodes[port.node].shapes):
            raise BrokenEvidence("a port that leads nowhere")
    if any(graph.nodes[port.node].op != "input" for port in graph.inputs):
        raise BrokenEvidence("an input that is none")
    names = (*graph.opaque, *graph.unused, *graph.layers, *graph.custom)
    names += tuple(name for owner in graph.owners for name in (owner.name, owner.path))
    if len(names) > 4 * _MOST_NODES or not all(isinstance(name, str) for name in names):
        raise BrokenEvidence("names that are none")
    if not isinstance(graph.compiled, (dict, type(None))):
        raise BrokenEvidence("settings that are none")


def _is_node(node: Node) -> bool:
    return (
        isinstance(node.op, str)
        and isinstance(node.layer, str)
        and isinstance(node.settings, dict)
        and bool(node.shapes)
        and all(len(shape) <= _MOST_AXES for shape in node.shapes)
        and all(size is None or _is_size(size) for shape in node.shapes for size in shape)
    )


def _is_weight(weight: Weight) -> bool:
    named = isinstance(weight.role, str) and isinstance(weight.dtype, str)
    return named and len(weight.shape) <= _MOST_AXES and all(map(_is_size, weight.shape))


def _is_size(size: Any) -> bool:
    return type(size) is int and 0 <= size < _MOST_SIZE
