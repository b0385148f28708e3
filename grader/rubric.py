"""What a task asks for: reference, criteria, hints and known mistakes, as plain data.

An exercise source (``solutions/<topic>.py``) writes its rubric with ``model_task`` and
``value_task`` from models and values; what they return is data. The same data without the live
reference is the *blueprint* (``grader.blueprint``) that is handed out with the course, so that
``check`` works without ``solutions``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from typing import Any, Literal

from course.units import UNITS, Unit, unit
from grader.graph import Graph
from grader.samples import Answers
from grader.text import mark as _

Kind = Literal[
    "interface",
    "equivalent",
    "input-names",
    "output-names",
    "layer-names",
    "loss",
    "loss-weights",
    "optimizer",
    "metrics",
    "measured",
    "value",
]
TITLES: Mapping[str, str] = {
    "interface": _("The model has the inputs and outputs that are asked for"),
    "equivalent": _("Layer by layer, it is the model that is asked for"),
    "input-names": _("The inputs have the names that are asked for"),
    "output-names": _("The outputs have the names that are asked for"),
    "layer-names": _("The layers have the names that are asked for"),
    "loss": _("Each output has the loss that is asked for"),
    "loss-weights": _("The losses have the weights that are asked for"),
    "optimizer": _("The optimizer is the one that is asked for"),
    "metrics": _("The metrics are those that are asked for"),
    "measured": _("On examples that it has not seen, the model is right"),
    "value": _("The answer is right"),
}


class UnknownTask(Exception):
    """No task of that name; ``known`` lists the tasks that exist (perhaps none)."""

    def __init__(self, task: str, known: Sequence[str]) -> None:
        super().__init__(f"no task {task!r}; known: {', '.join(known) or 'none'}")
        self.task = task
        self.known = tuple(known)


@dataclass(frozen=True)
class Measure:
    """How often an output must be right on examples that nobody has seen.

    ``data`` names their set (``grader.unseen``), ``output`` one of the reference's outputs, whose
    classes are counted: the place of its largest value, or for a single value whether it is above
    0.5. From ``full`` percent of right answers on all points are earned, from ``half`` percent on
    half of them. ``title`` says what is judged, a msgid.
    """

    data: str
    output: str
    full: int
    half: int
    title: str = TITLES["measured"]


@dataclass(frozen=True)
class Criterion:
    """One thing that earns points. ``names`` are the layer names of a ``layer-names`` criterion.

    ``measure`` is what a ``measured`` criterion measures.
    """

    kind: Kind
    points: float
    names: tuple[str, ...] = ()
    measure: Measure | None = None

    @property
    def title(self) -> str:
        """What is judged, a msgid."""
        return TITLES[self.kind] if self.measure is None else self.measure.title


@dataclass(frozen=True)
class Mistake:
    """A mistake that people really make, with a message of its own.

    For a model, ``signatures`` are the differences that it shows against the reference; it is
    recognised when all of them are there. For a value, ``value`` is the wrong answer.
    """

    message: str
    signatures: tuple[Any, ...] = ()
    value: Any = None


@dataclass(frozen=True)
class Task:
    """One graded question. ``id`` is ``"NN-slug.name"``.

    Exactly one of ``reference`` (a model's canonical graph) and ``value`` is set. ``live`` is the
    reference model itself where the judge has it; it never leaves the process. ``kept`` are
    numbers that it computed (``grader.numbers.kept``), which a blueprint has in its place.
    """

    name: str
    criteria: tuple[Criterion, ...]
    reference: Graph | None = None
    value: Any = None
    hints: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    unit: str = ""
    live: Any = field(default=None, compare=False, repr=False)
    kept: Answers | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        return f"{self.unit}.{self.name}"

    @property
    def points(self) -> float:
        return sum(criterion.points for criterion in self.criteria)

    @property
    def unseen(self) -> str | None:
        """The set whose examples the answer is measured on; None if it is not measured."""
        return next((c.measure.data for c in self.criteria if c.measure is not None), None)

    @property
    def is_open(self) -> bool:
        """Whether any model will do that is measured well enough: none is asked for."""
        return self.unseen is not None and all(c.kind != "equivalent" for c in self.criteria)

    def to_json(self) -> dict[str, Any]:
        """The task as JSON data, without the live reference and without numbers."""
        data = asdict(replace(self, live=None, kept=None, reference=None))
        del data["live"], data["kept"]
        for criterion in data["criteria"]:
            if criterion["measure"] is None:
                del criterion["measure"]
        data["reference"] = None if self.reference is None else self.reference.to_json()
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Task:
        graph = data["reference"]
        return cls(
            name=data["name"],
            criteria=tuple(map(_criterion, data["criteria"])),
            reference=None if graph is None else Graph.from_json(graph),
            value=data["value"],
            hints=tuple(data["hints"]),
            mistakes=tuple(
                Mistake(m["message"], _tuples(m["signatures"]), m["value"])
                for m in data["mistakes"]
            ),
            unit=data["unit"],
        )


def _criterion(data: Mapping[str, Any]) -> Criterion:
    measure = Measure(**data["measure"]) if "measure" in data else None
    return Criterion(data["kind"], data["points"], tuple(data["names"]), measure)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class Rubric:
    """The tasks of one unit, in the order of its exercise. ``topic`` as in ``course.units``."""

    topic: str
    tasks: tuple[Task, ...]

    def __init__(self, topic: str, tasks: Sequence[Task]) -> None:
        slug = unit(topic).slug
        object.__setattr__(self, "topic", topic)
        object.__setattr__(self, "tasks", tuple(replace(task, unit=slug) for task in tasks))
        names = [task.name for task in tasks]
        if len(set(names)) != len(names):
            raise ValueError(f"the rubric of {slug} names a task twice: {', '.join(names)}")

    def task(self, name: str) -> Task:
        for task in self.tasks:
            if task.name == name:
                return task
        raise UnknownTask(f"{unit(self.topic).slug}.{name}", [task.id for task in self.tasks])


def model_task(
    name: str,
    reference: Any,
    criteria: Sequence[Criterion],
    *,
    hints: Sequence[str] = (),
    mistakes: Mapping[str, Any] | None = None,
) -> Task:
    """A task that asks for a model (or for several: a tuple of models).

    ``mistakes`` maps a message (msgid) to a model with that mistake: what sets it apart from the
    reference is found here, so that nobody has to describe it. Where any model will do that is
    measured well enough, it maps a message to the ``Difference`` that shows the mistake
    (``grader.measured``).
    """
    from grader.difference import Difference
    from grader.judge import differences
    from grader.trace import read

    task = Task(name, tuple(criteria), read(reference), hints=tuple(hints), live=reference)
    known = []
    for message, mistake in (mistakes or {}).items():
        shown = isinstance(mistake, Difference)
        found = [mistake] if shown else differences(task, read(mistake))
        signatures = sorted({d.signature() for d in found}, key=repr)
        if not signatures:
            raise ValueError(f"task {name!r}: the mistake {message!r} is no mistake")
        known.append(Mistake(message, tuple(signatures)))
    return replace(task, mistakes=tuple(known))


def value_task(
    name: str,
    reference: Any,
    points: float,
    *,
    hints: Sequence[str] = (),
    mistakes: Mapping[str, Any] | None = None,
) -> Task:
    """A task that asks for a value: a number, a text, or a list or dictionary of them."""
    from grader.plain import plain

    return Task(
        name,
        (Criterion("value", points),),
        value=plain(reference),
        hints=tuple(hints),
        mistakes=tuple(Mistake(m, value=plain(v)) for m, v in (mistakes or {}).items()),
    )


# -- where rubrics are found -------------------------------------------------------------------


def load_rubric(topic: Unit) -> Rubric:
    """The rubric of a unit from its exercise source; needs a checkout with ``solutions``."""
    rubric: Rubric = import_module(f"solutions.{topic.module}").RUBRIC
    return rubric


def load_task(task_id: str) -> Task:
    """The task with its live reference, for the judge; needs a checkout with ``solutions``."""
    topic, name = split_id(task_id)
    return load_rubric(topic).task(name)


def split_id(task_id: str) -> tuple[Unit, str]:
    """The unit and the name of a task; ``UnknownTask`` if there is no such unit."""
    slug, _dot, name = task_id.partition(".")
    for candidate in UNITS:
        if candidate.slug == slug:
            return candidate, name
    raise UnknownTask(task_id, [f"{candidate.slug}.…" for candidate in UNITS])
