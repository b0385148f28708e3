"""The judge: full marks for solutions, nothing for forged evidence, the same points everywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from grader.blueprint import load_blueprint
from grader.judge import judge
from grader.judging import verdicts_on
from grader.messages import MESSAGES
from grader.nbgrader.judging import outputs, shown_or_points
from grader.probe import Evidence, collect, new_challenge, write_evidence
from grader.rubric import Task, UnknownTask, load_rubric, load_task
from grader.samples import KEPT_SEED, Answers
from grader.selfcheck import signature
from grader.verdict import CriterionResult, Finding, Verdict
from solutions import functional, welcome
from tests.corpus import CORPORA, cases, load

SLUG = "02-functional"
FEW = 5  # wrong answers of a task are enough here
F = functional
ANSWERS: dict[str, Any] = {
    "counting": F.counting,
    "stack": F.stack,
    "song_model": F.song_model,
    "weather_model": F.weather_model,
    "features": (F.reader, F.features),
}


def _verdict(name: str, answer: object) -> Any:
    task = load_task(f"{SLUG}.{name}")
    challenge = new_challenge()
    return judge(task, collect(task.id, answer, challenge, signature(task)), challenge)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_solution_earns_everything(name: str) -> None:
    verdict = _verdict(name, ANSWERS[name])
    assert verdict.state == "passed"
    assert verdict.points == verdict.max_points


@pytest.mark.parametrize("answer", [None, ..., {"hidden": None, "digit": None}, (F.reader, ...)])
def test_no_answer_yet_is_a_state_of_its_own(answer: object) -> None:
    assert _verdict("stack", answer).state == "not-attempted"


@pytest.mark.parametrize("name", ANSWERS)
def test_self_check_and_grading_give_the_same_points(name: str) -> None:
    corpus = load(CORPORA / "answers" / "functional" / f"{name}.py")
    wrong = [getattr(corpus, case)() for case in cases(corpus, "wrong_")[:FEW]]
    blueprint = load_blueprint(f"{SLUG}.{name}")
    for answer in [ANSWERS[name], *wrong, 3, "text", keras.Sequential([keras.Input((2,))])]:
        challenge = {"seed": KEPT_SEED}
        evidence = collect(blueprint.id, answer, challenge, signature(blueprint))
        graded = judge(load_task(blueprint.id), evidence, challenge)
        assert judge(blueprint, evidence, challenge).points == graded.points


@pytest.mark.parametrize("task", [*F.RUBRIC.tasks, *welcome.RUBRIC.tasks], ids=lambda task: task.id)
def test_a_blueprint_travels_as_json(task: Task) -> None:
    assert Task.from_json(json.loads(json.dumps(task.to_json()))) == task


def test_an_unknown_task_names_those_that_exist() -> None:
    with pytest.raises(UnknownTask, match=r"02-functional\.stack"):
        load_blueprint("02-functional.stak")


# -- evidence that nobody's model gave -----------------------------------------------------------


def _honest(name: str = "stack") -> tuple[Evidence, dict[str, int]]:
    challenge = new_challenge()
    task = load_task(f"{SLUG}.{name}")
    return collect(task.id, ANSWERS[name], challenge, signature(task)), challenge


def _outputs(answers: Answers, outputs: tuple[np.ndarray, ...]) -> Answers:
    return replace(answers, drawn=replace(answers.drawn, inference=outputs, training=outputs))


_MADE_UP: dict[str, Callable[[Answers], Answers | None]] = {
    "none": lambda answers: None,
    "no outputs": lambda answers: _outputs(answers, ()),
    "zeros": lambda answers: _outputs(answers, (np.zeros((3, 10), "float32"),)),
    "not a number": lambda answers: _outputs(answers, (np.full((3, 10), np.nan),)),
    "another shape": lambda answers: _outputs(answers, (np.zeros(1),)),
}


@pytest.mark.parametrize("made_up", _MADE_UP.values(), ids=_MADE_UP)
def test_a_right_graph_with_made_up_numbers_is_refused(
    made_up: Callable[[Answers], Answers | None],
) -> None:
    evidence, challenge = _honest()
    assert evidence.numbers is not None
    forged = replace(evidence, numbers=made_up(evidence.numbers))
    verdict = judge(load_task(evidence.task), forged, challenge)
    kinds = {finding.kind for result in verdict.results for finding in result.findings}
    assert "different-numbers" in kinds
    assert verdict.points == 0, "nothing else that such a graph says can be believed"


def test_gradients_without_end_are_like_no_others() -> None:
    evidence, challenge = _honest()
    assert evidence.numbers is not None
    drawn = evidence.numbers.drawn
    endless = replace(drawn, slopes=np.full_like(drawn.slopes, np.inf))
    forged = replace(evidence, numbers=replace(evidence.numbers, drawn=endless))
    assert judge(load_task(evidence.task), forged, challenge).state != "passed"


def test_a_graph_that_claims_to_be_too_large_to_compute_with_is_refused() -> None:
    evidence, challenge = _honest()
    assert evidence.graph is not None
    large = replace(
        evidence.graph,
        owners=tuple(
            replace(o, weights=tuple(replace(w, shape=(10**9,)) for w in o.weights))
            for o in evidence.graph.owners
        ),
    )
    forged = replace(evidence, graph=large, numbers=None)
    assert judge(load_task(evidence.task), forged, challenge).points < 5


def test_numbers_of_another_challenge_are_refused() -> None:
    evidence, challenge = _honest()
    verdict = judge(load_task(evidence.task), evidence, {"seed": challenge["seed"] + 1})
    assert verdict.points < verdict.max_points


def _cycle(data: dict[str, Any]) -> None:
    data["graph"]["nodes"][1]["inputs"] = [[5, 0]]


def _many(data: dict[str, Any]) -> None:
    data["graph"]["nodes"] = data["graph"]["nodes"] * 2000


def _negative(data: dict[str, Any]) -> None:
    data["graph"]["outputs"][0]["node"] = -1


def _owner(data: dict[str, Any]) -> None:
    data["graph"]["nodes"][1]["owner"] = 99


def _types(data: dict[str, Any]) -> None:
    data["graph"]["nodes"][1]["op"] = {"a": 1}


def _settings(data: dict[str, Any]) -> None:
    data["graph"]["nodes"][1]["settings"] = "full marks"


def _no_shape(data: dict[str, Any]) -> None:
    data["graph"]["nodes"][0]["settings"] = {"dtype": "float32"}


def _no_graph(data: dict[str, Any]) -> None:
    data["graph"] = None


def _no_numbers(data: dict[str, Any]) -> None:
    data["numbers"] = False


def _raises(data: dict[str, Any]) -> None:
    data.update(state="unreadable", problem=["raises", ""], numbers=False)
    data["graph"]["unused"] = ["spare"]


def _large_weights(data: dict[str, Any]) -> None:
    data["graph"]["owners"][0]["weights"][0]["shape"] = [200_000, 200_000]


def _negative_weights(data: dict[str, Any]) -> None:
    data["graph"]["owners"][0]["weights"][0]["shape"] = [-1, 2**50]


def _deep(data: dict[str, Any]) -> None:
    settings = data["graph"]["nodes"][1]["settings"]
    for _level in range(60):
        settings["deeper"] = settings = {}


def _maze(data: dict[str, Any]) -> None:
    inputs, dense, *_ = data["graph"]["nodes"]
    chain = [{**dense, "owner": None, "inputs": [[i, 0]]} for i in range(4000)]
    data["graph"]["nodes"] = [inputs, *chain]
    data["graph"]["outputs"][0]["node"] = 4000


def _points(data: dict[str, Any]) -> None:
    data.update(state="value", value=100.0, points=100.0)


@pytest.mark.parametrize(
    "forge",
    [_cycle, _many, _negative, _owner, _types, _settings, _no_shape, _no_graph, _no_numbers,
     _raises, _large_weights, _negative_weights, _deep, _maze, _points],
    ids=lambda forge: forge.__name__.strip("_"),
)  # fmt: skip
def test_broken_evidence_earns_nothing_and_harms_no_other_question(
    tmp_path: Path, forge: Any
) -> None:
    evidence, challenge = _honest()
    write_evidence(tmp_path, evidence)
    (tmp_path / "challenge.json").write_text(json.dumps(challenge))
    path = tmp_path / f"{evidence.task}.json"
    data = json.loads(path.read_text())
    forge(data)
    path.write_text(json.dumps(data))
    other = collect(f"{SLUG}.counting", F.counting, challenge)
    write_evidence(tmp_path, other)
    verdicts = verdicts_on(SLUG, tmp_path)
    assert verdicts["stack"].points == 0
    assert verdicts["counting"].points == 3


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_a_problem_of_any_kind_can_be_shown(kind: str) -> None:
    task = load_task(f"{SLUG}.stack")
    claimed = Evidence(task.id, "unreadable", problem=(kind, "{found.x}"))
    assert outputs(judge(task, claimed, new_challenge()), "fr")


def test_an_answer_that_defies_being_shown_keeps_its_points() -> None:
    finding = Finding("wrong-setting", MESSAGES["wrong-setting"])  # without what it speaks of
    results = (CriterionResult("equivalent", "title", 2.0, 3.0, (finding,)),)
    shown = shown_or_points(Verdict(f"{SLUG}.stack", "partial", results), "en")
    assert shown[-1].data["text/plain"] == "2"


class _Boom:
    def __reduce__(self) -> Any:
        return os.system, ("touch pwned",)


def test_a_pickle_among_the_arrays_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    evidence, challenge = _honest()
    write_evidence(tmp_path, evidence)
    (tmp_path / "challenge.json").write_text(json.dumps(challenge))
    boom: dict[str, Any] = {"drawn.slopes": np.array([_Boom()], dtype=object)}
    np.savez(tmp_path / f"{evidence.task}.npz", **boom)
    assert verdicts_on(SLUG, tmp_path)["stack"].points == 0
    assert not (tmp_path / "pwned").exists()


def test_load_rubric_keeps_the_order_of_the_exercise() -> None:
    from course.units import unit

    assert [task.name for task in load_rubric(unit(SLUG)).tasks] == list(ANSWERS)


def _with_two_outputs() -> Any:
    inputs = keras.Input((64,))
    return keras.Model(inputs, [inputs, inputs])


def _for_one_example() -> Any:
    inputs = keras.Input(batch_shape=(1, 64))
    return keras.Model(inputs, keras.layers.Dense(10)(inputs))


@pytest.mark.parametrize("build", [_with_two_outputs, _for_one_example])
def test_one_difference_leaves_points_only_where_the_rest_was_compared(
    build: Callable[[], Any],
) -> None:
    task = load_task(f"{SLUG}.stack")
    shape = task.live.input_shape
    assert shape == (None, 64)
    challenge = new_challenge()
    verdict = judge(task, collect(task.id, build(), challenge, signature(task)), challenge)
    assert {r.name: r.points for r in verdict.results}["equivalent"] == 0
