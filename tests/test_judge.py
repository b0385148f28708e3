"""The judge: mistakes by their names, forged evidence for nothing, the same points everywhere."""

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
from keras import layers

from grader.blueprint import load_blueprint
from grader.judge import judge
from grader.nbgrader.judging import judge_folder
from grader.probe import Evidence, collect, new_challenge, write_evidence
from grader.rubric import Task, UnknownTask, load_rubric, load_task
from grader.samples import Answers
from grader.selfcheck import signature
from solutions import functional, welcome

SLUG = "02-functional"
F = functional
ANSWERS: dict[str, Any] = {
    "counting": F.counting,
    "stack": F.stack,
    "song_model": F.song_model,
    "weather_model": F.weather_model,
    "features": (F.reader, F.features),
}


def _verdict(name: str, answer: object, slug: str = SLUG) -> Any:
    task = load_task(f"{slug}.{name}")
    challenge = new_challenge()
    return judge(task, collect(task.id, answer, challenge, signature(task)), challenge)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_solution_earns_everything(name: str) -> None:
    verdict = _verdict(name, ANSWERS[name])
    assert verdict.state == "passed"
    assert verdict.points == verdict.max_points


MISTAKES = [
    ("counting", {"hidden": 2048, "digit": 320, "total": 2368}, "biases"),
    ("counting", {"hidden": 2080, "digit": 650, "total": 2730}, "32 outputs"),
    ("counting", {"hidden": 2049, "digit": 321, "total": 2370}, "one bias for each"),
    ("stack", F._stack(last=None), "logits"),
    ("stack", F._stack(last="sigmoid"), "Sigmoid treats"),
    ("stack", F._stack(last="relu"), "ReLU on the last"),
    ("stack", F._stack(activations=(None, None)), "no more than one"),
    ("stack", F._stack(units=(32, 48)), "swapped sizes"),
    ("song_model", F._song(merge=layers.add), "add the two"),
    ("song_model", F._raw_song(), "as they are"),
    ("song_model", F._song(swapped=True), "Audio comes first"),
    ("song_model", F._song(last=None), "any number"),
    ("song_model", F._song(last="softmax"), "always gives 1"),
    ("weather_model", F._weather(heads=("relu", "sigmoid")), "below 0"),
    ("weather_model", F._weather(heads=("sigmoid", "sigmoid")), "between 0 and 1"),
    ("weather_model", F._weather(losses=("binary_crossentropy", "mse")), "losses are swapped"),
    ("weather_model", F._weather(weights=(1.0, 0.1)), "loss weights are swapped"),
    ("weather_model", F._weather(two_trunks=True), "two trunks"),
    ("weather_model", F._weather(heads=(None, None)), "raw scores"),
    ("features", (F.reader, F._rebuilt()), "new ones"),
    (
        "features",
        (F.reader, keras.Model(F.reader.input, F.reader.get_layer("detail").output)),
        "one layer too early",
    ),
    ("features", (F.reader, F.reader), "whole of"),
]


@pytest.mark.parametrize(("name", "answer", "said"), MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_known_mistake_gets_its_own_message(name: str, answer: object, said: str) -> None:
    verdict = _verdict(name, answer)
    assert verdict.points < verdict.max_points
    assert said in verdict.advice[0].message


def test_every_mistake_of_the_rubrics_is_among_these() -> None:
    known = sum(len(task.mistakes) for task in functional.RUBRIC.tasks)
    assert known == len(MISTAKES)
    swapped = _verdict("first", welcome._first(units=4, size=3), "00-welcome")
    active = _verdict("first", welcome._first(activation="relu"), "00-welcome")
    assert "changed places" in swapped.advice[0].message
    assert "but the activation" in active.advice[0].message


@pytest.mark.parametrize("answer", [None, ..., {"hidden": None, "digit": None}, (F.reader, ...)])
def test_no_answer_yet_is_a_state_of_its_own(answer: object) -> None:
    assert _verdict("stack", answer).state == "not-attempted"


@pytest.mark.parametrize("name", ANSWERS)
def test_self_check_and_grading_give_the_same_points(name: str) -> None:
    wrong = [answer for task, answer, _ in MISTAKES if task == name]
    blueprint = load_blueprint(f"{SLUG}.{name}")
    for answer in [ANSWERS[name], *wrong, 3, "text", keras.Sequential([keras.Input((2,))])]:
        challenge = new_challenge()
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


def _points(data: dict[str, Any]) -> None:
    data.update(state="value", value=100.0, points=100.0)


@pytest.mark.parametrize(
    "forge",
    [_cycle, _many, _negative, _owner, _types, _settings, _no_shape, _no_graph, _points],
    ids=lambda forge: forge.__name__.strip("_"),
)
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
    verdicts = judge_folder(SLUG, tmp_path)
    assert verdicts["stack"].points == 0
    assert verdicts["counting"].points == 3


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
    assert judge_folder(SLUG, tmp_path)["stack"].points == 0
    assert not (tmp_path / "pwned").exists()


def test_load_rubric_keeps_the_order_of_the_exercise() -> None:
    from course.units import unit

    assert [task.name for task in load_rubric(unit(SLUG)).tasks] == list(ANSWERS)
