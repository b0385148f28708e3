"""Open tasks: measured on data that nobody has seen, and whose labels stay with the judge."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import nbformat
import numpy as np
import pytest
from keras import layers

from grader import keep, kernels, run, unseen
from grader.judge import judge
from grader.judges import Judges
from grader.judging import adopted, asked, judge_folder, verdicts_on
from grader.nbgrader.execute import job_for
from grader.probe import (
    BrokenEvidence,
    Evidence,
    collect,
    new_challenge,
    read_evidence,
    write_evidence,
)
from grader.rejudge import rejudge
from grader.rubric import Task, load_task
from grader.run import Job, Outcome
from grader.selfcheck import practice, signature
from grader.verdict import Verdict
from solutions import ticket_routing
from tests.corpus import CORPORA

SLUG = "04-ticket-routing"
ID = f"{SLUG}.router"
TASK = load_task(ID)
HERE = Judges(0)
ROOT = CORPORA.parents[1]
LANGUAGES = ("fr", "en", "zh")
_, DEPARTMENT, PRIORITY = TASK.criteria[2:]


def _labels(challenge: Mapping[str, Any]) -> unseen.Columns:
    return unseen.drawn("tickets", challenge["secret"], challenge["language"])[1]


def _one_hot(numbers: np.ndarray) -> np.ndarray:
    return np.eye(5, dtype="float32")[numbers % 5]


@pytest.mark.parametrize("task", ["04-ticket-routing.router", "11-choosing.sorter"])
def test_what_is_sent_arrives(task: str) -> None:
    live = load_task(task)
    assert live.unseen is not None and live.is_open
    sent = unseen.examples([live], 12, "en")[task]["inputs"]
    inputs, labels = unseen.drawn(live.unseen, 12, "en")
    arrived = unseen.unpacked(json.loads(json.dumps(sent)))
    assert arrived.keys() == inputs.keys()
    for name, column in inputs.items():
        assert len(column) == unseen.COUNT
        np.testing.assert_array_equal(arrived[name], column)
    assert {c.measure.output for c in live.criteria if c.measure is not None} == set(labels)


@pytest.fixture(scope="module")
def challenge() -> dict[str, Any]:
    return practice(TASK)


@pytest.fixture(scope="module")
def honest(challenge: dict[str, Any]) -> Evidence:
    """The evidence on a model with the right inputs and outputs, not trained."""
    return collect(ID, ticket_routing._sorter(), challenge, signature(TASK))


def _right(challenge: Mapping[str, Any], wrong: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Predictions that are right but for the first ``wrong`` departments."""
    labels = _labels(challenge)
    department = labels["department"].copy()
    department[:wrong] += 1
    return _one_hot(department), labels["priority"].astype("float32").reshape(-1, 1)


def _earned(verdict: Verdict) -> list[float]:
    return [result.points for result in verdict.results]


def _kinds(verdict: Verdict) -> list[str]:
    return [finding.kind for result in verdict.results for finding in result.findings]


# -- what is measured -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "points"), [(0, 4), (20, 4), (21, 2), (60, 2), (61, 0), (200, 0)]
)
def test_points_follow_the_thresholds(
    honest: Evidence, challenge: dict[str, Any], wrong: int, points: float
) -> None:
    verdict = judge(TASK, replace(honest, predictions=_right(challenge, wrong)), challenge)
    assert _earned(verdict) == [1, 1, 1, points, 2]


def test_a_figure_is_never_rounded_up_to_a_threshold(
    honest: Evidence, challenge: dict[str, Any]
) -> None:
    verdict = judge(TASK, replace(honest, predictions=_right(challenge, 21)), challenge)
    (finding,) = verdict.results[3].findings
    assert finding.kind == "rarely-right"
    assert finding.params["share"] == 89  # of 89.5
    assert (finding.params["count"], finding.params["asked"]) == (200, 90)


def _scaled(department: np.ndarray, priority: np.ndarray) -> Any:
    return 100 * department - 300, priority


_ODD: Mapping[str, tuple[Any, list[str]]] = {
    "scores instead of probabilities": (_scaled, []),
    "not a number": (lambda d, p: (d * np.nan, p), ["not-finite"]),
    "one value is infinite": (lambda d, p: (np.where(p > 0, np.inf, d), p), ["not-finite"]),
    "more rows than asked": (lambda d, p: (np.repeat(d, 2, 0), p), ["wrong-output-shape"]),
    "fewer rows": (lambda d, p: (d[:-1], p), ["wrong-output-shape"]),
    "no rows": (lambda d, p: (d[:0], p), ["wrong-output-shape"]),
    "flat": (lambda d, p: (d.ravel(), p), ["wrong-output-shape"]),
    "a number alone": (lambda d, p: (np.float32(1).reshape(()), p), ["wrong-output-shape"]),
    "always the same": (
        lambda d, p: (np.ones_like(d), p),
        ["rarely-right", "same-answer"],
    ),
    "other numbers": (lambda d, p: (np.roll(d, 1, 1), p), ["rarely-right", "renumbered"]),
    "guesses": (lambda d, p: (np.roll(d, 1, 0), p), ["rarely-right", "like-guessing"]),
    "missing": (lambda d, p: (), ["not-measured", "not-measured"]),
    "of the first output only": (lambda d, p: (d,), ["not-measured"]),
    "none": (lambda d, p: None, ["not-measured", "not-measured"]),
}


@pytest.mark.parametrize(("change", "kinds"), _ODD.values(), ids=_ODD)
def test_odd_predictions_are_judged_as_what_they_are(
    honest: Evidence, challenge: dict[str, Any], change: Any, kinds: list[str]
) -> None:
    given = replace(honest, predictions=change(*_right(challenge)))
    assert _kinds(judge(TASK, given, challenge)) == kinds


def test_predictions_for_other_examples_are_worth_nothing(
    honest: Evidence, challenge: dict[str, Any]
) -> None:
    other = {**challenge, **new_challenge()}
    given = replace(honest, predictions=_right(challenge))
    assert _earned(judge(TASK, given, other))[3:] == [0, 0]


def test_without_the_secret_nothing_is_measured(
    honest: Evidence, challenge: dict[str, Any]
) -> None:
    given = replace(honest, predictions=_right(challenge))
    for known in (None, {"seed": 1}):
        assert _earned(judge(TASK, given, known))[3:] == [0, 0]


def test_a_model_is_measured_with_the_weights_that_it_has(challenge: dict[str, Any]) -> None:
    model = ticket_routing._sorter()
    x = unseen.unpacked(challenge["unseen"][ID]["inputs"])
    before = model.predict(x, verbose=0)
    found = collect(ID, model, challenge, signature(TASK)).predictions
    assert found is not None
    for mine, its in zip(found, before, strict=True):
        np.testing.assert_allclose(mine, its, atol=1e-5)


def test_dropout_is_off_while_it_is_measured(challenge: dict[str, Any]) -> None:
    inputs = ticket_routing._sorter().inputs
    known = layers.Dropout(0.9)(inputs[2])
    outputs = [layers.Dense(5, "softmax")(known), layers.Dense(1, "sigmoid")(known)]
    model = keras.Model(inputs, outputs)
    found = [collect(ID, model, challenge, signature(TASK)).predictions for _time in range(2)]
    assert found[0] is not None and found[1] is not None
    np.testing.assert_array_equal(found[0][0], found[1][0])


def test_each_check_draws_other_examples() -> None:
    one, two = practice(TASK), practice(TASK)
    assert one["secret"] != two["secret"]
    assert one["unseen"][ID]["inputs"] != two["unseen"][ID]["inputs"]


def test_no_unseen_ticket_is_one_to_train_on() -> None:
    from course import helpdesk

    for language in LANGUAGES:
        x, _y = helpdesk.post(language)
        known = {(*title, *body) for title, body in zip(x["title"], x["body"], strict=True)}
        fresh, _labels = unseen.drawn("tickets", 5, language)
        rows = zip(fresh["title"], fresh["body"], strict=True)
        assert not known & {(*title, *body) for title, body in rows}


# -- what travels ---------------------------------------------------------------------------------


def _job(challenge: Mapping[str, Any], language: str = "en") -> Job:
    path = ROOT / "course" / language / SLUG / "exercise.ipynb"
    return job_for(nbformat.read(path, as_version=4), asked(SLUG), challenge)


def _words(value: Any) -> set[str]:
    """All names and values in JSON data."""
    if isinstance(value, Mapping):
        return set(value) | {word for item in value.values() for word in _words(item)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {word for item in value for word in _words(item)}
    return {str(value)}


def test_neither_the_secret_nor_a_label_is_in_the_job() -> None:
    challenge = new_challenge()
    job = _job(challenge)
    assert str(challenge["secret"]) not in json.dumps(job.challenge) + repr(job)
    assert set(job.challenge) == {"seed", "signatures", "unseen"}
    about = job.challenge["unseen"]
    assert set(about) == {ID} and set(about[ID]) == {"form", "inputs"}
    assert set(about[ID]["inputs"]) == {"title", "body", "tags"}
    assert not {"department", "priority", "labels", "secret"} & _words(about)
    labels = _labels({**challenge, "language": "en"})
    sent = json.dumps(job.challenge)
    for column in labels.values():
        assert unseen._packed(column)["data"] not in sent
        assert unseen._packed(column.astype("float32"))["data"] not in sent


def test_the_public_seed_draws_other_examples_than_the_secret() -> None:
    challenge = new_challenge()
    sent = unseen.unpacked(_job(challenge).challenge["unseen"][ID]["inputs"])
    drawn, _labels = unseen.drawn("tickets", challenge["seed"], "en")
    assert not np.array_equal(sent["body"], drawn["body"])


def test_the_room_holds_the_job_s_challenge_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    challenge, put = new_challenge(), {}

    class FakeRoom:
        home = tmp_path

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None: ...

        def make_folder(self, name: str) -> None: ...

        def put(self, name: str, content: bytes) -> None:
            put[name] = content

        def read(self, name: str, most: int) -> None: ...

    given: dict[str, Any] = {}

    def fake_run(notebook: Any, room: Any, environment: Any, language: str, **_: Any) -> Any:
        given.update(environment)
        return SimpleNamespace(was_lost=False, problem=None, seconds=0.0)

    monkeypatch.setattr(run, "Room", FakeRoom)
    monkeypatch.setattr(run.walls, "require", lambda: None)
    monkeypatch.setattr(run.walls, "can_be_warm", lambda: False)
    monkeypatch.setattr(kernels, "run", fake_run)
    job = _job(challenge)
    run.execute(job)
    assert list(put) == ["challenge.json"]
    assert json.loads(put["challenge.json"]) == json.loads(json.dumps(job.challenge))
    assert str(challenge["secret"]) not in put["challenge.json"].decode() + json.dumps(given)


def test_what_travels_is_small() -> None:
    assert len(json.dumps(_job(new_challenge()).challenge)) < 500_000


def test_a_job_is_known_again_whatever_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = _job(new_challenge()), _job(new_challenge())
    assert one.challenge != two.challenge
    assert one.key == two.key
    _draw_otherwise(monkeypatch)
    assert _job(new_challenge()).key != one.key, "kept evidence would be judged by other labels"


def _draw_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data set is drawn in another way from now on."""
    before = unseen._SETS["tickets"]

    def draw(count: int, language: str, case: np.random.Generator) -> Any:
        case.random()
        return before(count, language, case)

    monkeypatch.setattr(unseen, "_SETS", {"tickets": draw})
    monkeypatch.setattr(unseen, "drawn", unseen.drawn.__wrapped__)
    monkeypatch.setattr(unseen, "_form", unseen._form.__wrapped__)


# -- evidence on disk -----------------------------------------------------------------------------


def test_predictions_come_back_from_disk(
    tmp_path: Path, honest: Evidence, challenge: dict[str, Any]
) -> None:
    write_evidence(tmp_path, honest)
    found = read_evidence(tmp_path, ID)
    assert found is not None and found.predictions is not None and honest.predictions is not None
    for mine, its in zip(found.predictions, honest.predictions, strict=True):
        np.testing.assert_array_equal(mine, its)


def _counted(count: Any) -> Any:
    return lambda data, arrays: data.update(predictions=count)


def _replaced(array: np.ndarray) -> Any:
    return lambda data, arrays: arrays.update({"predicted.0": array})


_FORGED: Mapping[str, Any] = {
    "more outputs than arrays": _counted(3),
    "many": _counted(10**9),
    "fewer than none": _counted(-1),
    "no number": _counted("all"),
    "objects": _replaced(np.array([{}], dtype=object)),
    "texts": _replaced(np.array(["department"])),
    "another type": _replaced(np.zeros((200, 5), "float64")),
    "large": _replaced(np.zeros((200, 5000), "float32")),
}


@pytest.mark.parametrize("forge", _FORGED.values(), ids=_FORGED)
def test_forged_predictions_are_broken_evidence(
    tmp_path: Path, honest: Evidence, forge: Any
) -> None:
    write_evidence(tmp_path, honest)
    path = tmp_path / f"{ID}.json"
    data = json.loads(path.read_text())
    with np.load(path.with_suffix(".npz")) as file:
        arrays = dict(file)
    forge(data, arrays)
    path.write_text(json.dumps(data))
    np.savez(path.with_suffix(".npz"), **arrays)
    with pytest.raises(BrokenEvidence):
        read_evidence(tmp_path, ID)


def test_an_output_that_is_too_large_is_left_empty(challenge: dict[str, Any]) -> None:
    inputs = ticket_routing._sorter().inputs
    model = keras.Model(inputs, [layers.Dense(5000)(inputs[2]), layers.Dense(1)(inputs[2])])
    evidence = collect(ID, model, challenge, signature(TASK))
    assert evidence.predictions is not None
    assert [array.shape for array in evidence.predictions] == [(0, 5000), (200, 1)]
    verdict = judge(TASK, evidence, challenge)
    assert "wrong-output-shape" in _kinds(verdict) and verdict.results[3].points == 0


# -- kept, and judged again -----------------------------------------------------------------------


def _kept(root: Path, language: str, wrong: int, honest: Evidence) -> Path:
    """What is kept of a submission whose router is wrong on so many tickets."""
    challenge = new_challenge()
    job = _job(challenge, language)
    given = replace(honest, predictions=_right({**challenge, "language": language}, wrong))
    files = root / "files"
    files.mkdir(exist_ok=True)
    write_evidence(files, given)
    evidence = {path.name: path.read_bytes() for path in files.iterdir()}
    folder = keep.evidence_folder(root, SLUG, f"student-{language}")
    keep.keep(folder, job, Outcome([], evidence, 1.0), challenge["secret"])
    return folder


def _points(folder: Path) -> list[float]:
    return [result.points for result in verdicts_on(SLUG, folder)["router"].results]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_is_measured_in_the_language_of_the_notebook(
    tmp_path: Path, honest: Evidence, language: str
) -> None:
    folder = _kept(tmp_path, language, 30, honest)
    assert keep.intact(folder) is not None
    assert _points(folder) == [1, 1, 1, 2, 2]
    other = next(code for code in LANGUAGES if code != language)
    about = json.loads((folder / keep.SECRET).read_text())
    keep.write(folder / keep.SECRET, {**about, "secret": about["secret"] + 1, "language": other})
    assert keep.intact(folder) is None, "its digest is kept"


def _with_threshold(task: Task, full: int) -> Task:
    criteria = [
        replace(c, measure=replace(c.measure, full=full)) if c.measure is not None else c
        for c in task.criteria
    ]
    return replace(task, criteria=tuple(criteria))


def test_another_threshold_is_judged_without_running_anything(
    tmp_path: Path, honest: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _kept(tmp_path, "fr", 30, honest)
    judge_folder(SLUG, folder)
    adopted(folder)
    assert [r.changes for r in rejudge(tmp_path, SLUG, HERE)] == [()]
    old = ticket_routing.RUBRIC
    tasks = [_with_threshold(task, 80) for task in old.tasks]
    monkeypatch.setattr(ticket_routing, "RUBRIC", replace_tasks(old, tasks))
    monkeypatch.setattr(run, "execute", None)
    (found,) = rejudge(tmp_path, SLUG, HERE)
    (change,) = found.changes
    assert (change.question, change.before, change.after) == ("router", 7, 9)
    assert "that the model has not seen" in " ".join(change.reasons), "not in the student's French"
    assert not found.to_run


def replace_tasks(rubric: Any, tasks: Sequence[Task]) -> Any:
    return type(rubric)(rubric.topic, tasks)


def test_data_that_is_drawn_otherwise_must_be_run_again(
    tmp_path: Path, honest: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _kept(tmp_path, "en", 0, honest)
    judge_folder(SLUG, folder)
    adopted(folder)
    _draw_otherwise(monkeypatch)
    (found,) = rejudge(tmp_path, SLUG, HERE)
    assert found.to_run == (ID,)


def test_a_measured_criterion_travels_in_a_blueprint() -> None:
    assert Task.from_json(json.loads(json.dumps(TASK.to_json()))) == TASK
