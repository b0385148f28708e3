"""Every attack of the corpus comes to nothing, and the honest rest of its notebook still counts."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader
from nbgrader.server_extensions.formgrader import handlers

from grader import kernels
from grader.sandbox import start, watch
from tests.attacks import FULL, ROOT, SUCCESS, Attack, attacks, everything

ATTACKS = attacks()
VICTIM = "victim"
SECRET = "token-of-another-student-3f9c"


@dataclass
class Class:
    """A course with one honest student, who was graded, and a place for attackers."""

    api: Any
    course: Path
    places: dict[str, str]
    formgrader: HTMLExporter
    temporary: Path

    def grade(self, attack: Attack) -> Graded:
        folder = self.course / "submitted" / attack.name / attack.assignment
        folder.mkdir(parents=True)
        attack.hand_in(folder, self.places)
        began = time.monotonic()
        result = self.api.autograde(attack.assignment, attack.name, force=True)
        return Graded(self, attack, result, time.monotonic() - began)

    def points(self, assignment: str, student: str) -> dict[str, float | None]:
        with Gradebook(f"sqlite:///{self.course / 'gradebook.db'}", "keras-atelier") as book:
            notebook = book.find_submission_notebook("exercise", assignment, student)
            return {g.name.removeprefix("check-"): g.auto_score for g in notebook.grades}

    def of_others(self) -> dict[str, object]:
        """All that an attack must leave as it is: files outside its own folders, other grades."""
        kept = {
            str(place): everything(place)
            for place in (
                self.course / "source",
                *(self.course / kind / VICTIM for kind in ("submitted", "autograded", "feedback")),
                *(self.course / "evidence" / assignment / VICTIM for assignment in FULL),
                *(ROOT / name for name in ("course", "grader", "solutions")),
            )
        }
        packages = Path(nbformat.__file__).parents[1]
        kept[".pth"] = sorted(p.name for p in packages.iterdir() if p.is_file())
        return kept | {name: self.points(name, VICTIM) for name in FULL}


@dataclass
class Graded:
    """What became of an attack."""

    class_: Class
    attack: Attack
    result: dict[str, Any]
    seconds: float

    @property
    def log(self) -> str:
        said = f"{self.result.get('log', '')}{self.result.get('error', '')}"
        return "\n".join(line for line in said.splitlines() if "[INFO]" not in line)

    @property
    def points(self) -> dict[str, float | None]:
        return self.class_.points(self.attack.assignment, self.attack.name)

    @property
    def notebook(self) -> nbformat.NotebookNode:
        folder = self.class_.course / "autograded" / self.attack.name / self.attack.assignment
        return nbformat.read(folder / "exercise.ipynb", as_version=4)

    @property
    def printed(self) -> str:
        """All outputs, as text."""
        return json.dumps([cell.get("outputs", []) for cell in self.notebook.cells])

    @property
    def files(self) -> Iterator[Path]:
        """All that grading wrote about this student."""
        for kind in ("autograded", "feedback"):
            yield from (self.class_.course / kind / self.attack.name).rglob("*")
        yield from (
            self.class_.course / "evidence" / self.attack.assignment / self.attack.name
        ).rglob("*")

    def feedback(self) -> str:
        result = self.class_.api.generate_feedback(self.attack.assignment, self.attack.name)
        assert result["success"], result
        folder = self.class_.course / "feedback" / self.attack.name / self.attack.assignment
        return (folder / "exercise.html").read_text(encoding="utf-8")

    def as_formgrader_shows_it(self) -> str:
        """The notebook on the teacher's page, without the page's own head."""
        folder = self.class_.course / "autograded" / self.attack.name / self.attack.assignment
        about = dict.fromkeys(
            ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name",
             "first_name", "notebook_path"), "x",
        )  # fmt: skip
        page, _ = self.class_.formgrader.from_filename(
            str(folder / "exercise.ipynb"), resources={**about, "index": 0, "total": 1}
        )
        return str(BeautifulSoup(page, "html.parser").find(id="notebook"))


_ACTING = (
    "script", "iframe", "frame", "object", "embed", "link", "base", "applet", "form", "portal",
    "meta[http-equiv=refresh]", "math", "foreignobject", "animate", "set", "use", "audio", "video",
)  # fmt: skip


def acts(page: str) -> list[str]:
    """What in a page would run, fetch or lead to code."""
    soup = BeautifulSoup(page, "html.parser")
    found = [str(tag) for selector in _ACTING for tag in soup.select(selector)]
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            text = "".join(str(value).split()).lower()
            acting = name.startswith("on") or name in ("srcdoc", "formaction", "ping", "background")
            leads = text.startswith(("javascript:", "vbscript:", "data:text", "data:application"))
            fetches = name in ("src", "srcset", "poster") and not text.startswith("data:image/")
            if acting or leads or fetches or ("url(" in text and name == "style"):
                found.append(f"{name}={value!r}"[:200])
    return found


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    home = tmp_path_factory.mktemp("attacked")
    course = home / "course"
    course.mkdir()
    (course / "nbgrader_config.py").symlink_to(ROOT / "nbgrader_config.py")
    temporary = home / "temporary"
    temporary.mkdir()
    (home / "secret").write_text(SECRET)
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as server:
        patch.chdir(course)
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.setenv("ATELIER_SECRET", SECRET)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME"):
            patch.setenv(name, str(home))
        app = NbGrader()
        app.log_level = logging.WARNING
        app.initialize([])
        config = app.config.copy()
        config.HTMLExporter.template_name = "formgrade"  # as formgrader does
        config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
        made = Class(
            NbGraderAPI(app.coursedir, parent=app),
            course,
            _places(home, server),
            HTMLExporter(config=config),
            temporary,
        )
        for assignment in FULL:
            assert made.api.generate_assignment(assignment)["success"]
            folder = course / "submitted" / VICTIM / assignment
            folder.mkdir(parents=True)
            solved = ROOT / "solutions" / "en" / assignment / "exercise.ipynb"
            (folder / "exercise.ipynb").write_bytes(solved.read_bytes())
            (folder / "private.txt").write_text(SECRET)
            assert made.api.autograde(assignment, VICTIM)["success"]
            assert made.api.generate_feedback(assignment, VICTIM)["success"]
            assert made.points(assignment, VICTIM) == FULL[assignment]
        yield made


def _places(home: Path, server: socket.socket) -> dict[str, str]:
    """What an attacker may guess of the machine."""
    folder = home / "shared"
    folder.mkdir(mode=0o700)
    start.shared(folder)  # as for the workers of a class
    return {
        "HOME": str(home),
        "COURSE": str(home / "course"),
        "CHECKOUT": str(ROOT),
        "PREFIX": sys.prefix,
        "PORT": str(server.getsockname()[1]),
        "PID": str(os.getpid()),
        "VICTIM": VICTIM,
        "TEMPLATE": str(folder / "template"),
    }


def _running() -> set[int]:
    """The processes that this one started, and theirs."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_comes_to_nothing(
    class_: Class, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.template()  # the one process that stays
    before, running = class_.of_others(), _running()
    temporary = os.listdir(class_.temporary)
    for name, value in attack.limits.items():
        module = kernels if hasattr(kernels, name) else watch
        monkeypatch.setattr(module, name, value)
    graded = class_.grade(attack)

    assert graded.result["success"], graded.log
    assert graded.points == attack.points, graded.log
    assert attack.reported in graded.log
    said = graded.printed
    assert SUCCESS not in said
    assert attack.printed in said
    assert acts(graded.feedback()) == []
    assert acts(graded.as_formgrader_shows_it()) == []
    for path in graded.files:
        assert not path.is_symlink()
        if path.is_file():
            content = path.read_bytes()
            assert SECRET.encode() not in content
    assert class_.of_others() == before
    assert _running() <= running
    assert os.listdir(class_.temporary) == temporary


def test_the_corpus_is_large_and_says_what_each_attack_is_about() -> None:
    assert len(ATTACKS) >= 40
    assert all(attack.about and attack.claim for attack in ATTACKS)
