"""Setting up, opening and quietening the course."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import nbclient
import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import course
from course import lab

_NAMED = {"tensorflow", "jupyterlab", "nbgrader", "nbval", "matplotlib", "pytest"}

# A small model through everything a lesson does with one.
_WORK = """
import numpy as np
import keras

inputs = keras.Input((4,))
hidden = keras.layers.Dense(3, activation="relu")(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
model.compile("adam", "mse", jit_compile=True)
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
model.predict(np.zeros((2, 4)), verbose=0)
model.save("model.keras")
keras.models.load_model("model.keras").evaluate(np.zeros((2, 4)), np.zeros(2), verbose=0)
model.export("exported", verbose=False)
"""

# TensorFlow's part is played by a module that talks as it does, so that every ending can be tried.
_TALKATIVE = """
import os, sys
os.write(2, b'''WARNING: All log messages before absl::InitializeLog() is called are written to...
I0000 00:00:1795247716.842613    8505 port.cc:153] oneDNN custom operations are on.
2026-11-21 07:55:16.842613: I tensorflow/core/util/port.cc:153] oneDNN custom operations are on.
E0000 00:00:1795247716.842613    8505 some_file.cc:1] the disk is full
''')
print("a warning of Python", file=sys.stderr)
"""


def _pinned(checkout: Path) -> dict[str, tuple[Requirement, int]]:
    """Package -> its requirement in the lock that applies here, and the number of its hashes."""
    found: dict[str, tuple[Requirement, int]] = {}
    text = (checkout / "requirements.lock").read_text()
    for entry in re.split(r"\n(?=\S)", text):
        requirement = Requirement(entry.split("\\")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[canonicalize_name(requirement.name)] = (
                requirement,
                entry.count("--hash=sha256:"),
            )
    return found


def _project(checkout: Path) -> dict[str, object]:
    project: dict[str, object] = tomllib.loads((checkout / "pyproject.toml").read_text())["project"]
    return project


def _python(code: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` as a fresh Python does, with none of this process's own quietening."""
    ours = {"TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "KERAS_BACKEND", "ATELIER_LANGUAGE"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**inherited, **environ},
        capture_output=True,
        text=True,
        timeout=300,
    )


# -- what is installed ---------------------------------------------------------------------------


def test_the_lock_names_no_index_and_no_host(checkout: Path) -> None:
    text = (checkout / "requirements.lock").read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|@ ", text)


def test_every_direct_dependency_is_pinned_with_hashes(checkout: Path) -> None:
    pinned = _pinned(checkout)
    direct = [Requirement(text) for text in _project(checkout)["dependencies"]]  # type: ignore[attr-defined]
    assert {requirement.name for requirement in direct} >= _NAMED
    for requirement in direct:
        if requirement.marker is None or requirement.marker.evaluate():
            pin, hashes = pinned[canonicalize_name(requirement.name)]
            (version,) = pin.specifier
            assert version.operator == "==" and hashes > 0, f"{requirement.name} is not pinned"
            assert requirement.specifier.contains(version.version, prereleases=True)


def test_every_package_of_the_lock_has_a_hash(checkout: Path) -> None:
    assert [name for name, (_, hashes) in _pinned(checkout).items() if hashes == 0] == []


def test_the_environment_holds_what_the_lock_says(checkout: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
        capture_output=True,
        check=True,
    )
    installed = {canonicalize_name(p["name"]): p["version"] for p in json.loads(listed.stdout)}
    wanted = {
        name: next(iter(pin.specifier)).version for name, (pin, _) in _pinned(checkout).items()
    }
    assert {n: v for n, v in installed.items() if n not in ("pip", "keras-atelier")} == wanted


def test_conda_users_get_the_same_set(checkout: Path) -> None:
    environment = yaml.safe_load((checkout / "environment.yml").read_text())
    *from_conda, from_pip = environment["dependencies"]
    assert from_conda == [f"python{_project(checkout)['requires-python']}", "pip"]
    assert from_pip == {"pip": ["--require-hashes", "-r requirements.lock"]}


# -- make ----------------------------------------------------------------------------------------


def _make(
    *arguments: str, cwd: Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    make = shutil.which("make")
    assert make is not None
    # A make that runs this test must not pass its own settings on.
    inherited = {
        n: v for n, v in os.environ.items() if n not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    return subprocess.run(
        [make, *arguments],
        cwd=cwd,
        env=inherited if environ is None else environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def copy(checkout: Path, tmp_path: Path) -> Path:
    """A folder with what `make setup` depends on, and nothing set up."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(checkout / name, tmp_path)
    return tmp_path


def test_make_alone_lists_its_targets(checkout: Path, copy: Path) -> None:
    said = _make(cwd=copy)
    assert said.returncode == 0
    for target in ("lab", "setup", "test", "build", "site", "grade", "bench", "lock"):
        assert f"  make {target} " in said.stdout
    assert not (copy / ".venv").exists()


def test_without_a_suitable_python_setup_says_which_is_needed(copy: Path) -> None:
    said = _make("setup", cwd=copy, environ={"PATH": str(copy)})
    assert said.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in said.stderr


def test_without_venv_setup_says_what_to_install(copy: Path) -> None:
    python = copy / "python3"
    python.write_text('#!/bin/sh\ncase "$*" in *venv*) exit 1;; esac\n')
    python.chmod(0o755)
    said = _make("setup", cwd=copy, environ={"PATH": str(copy)})
    assert said.returncode != 0
    assert "python3-venv" in said.stderr


def test_a_failing_part_fails_make_test_and_the_next_part_still_runs(copy: Path) -> None:
    python = copy / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\necho "$*" >> calls\ncase "$*" in *nbval*) exit 0;; esac\nexit 1\n'
    )
    python.chmod(0o755)
    for stamp in (".packages", ".ready"):
        (copy / ".venv" / stamp).touch()
    said = _make("test", cwd=copy)
    assert said.returncode != 0
    assert ["--nbval" in call for call in (copy / "calls").read_text().splitlines()] == [
        False,
        True,
    ]


def test_continuous_integration_can_run_its_script(checkout: Path) -> None:
    assert os.access(checkout / ".ci" / "run", os.X_OK)


# -- quiet ---------------------------------------------------------------------------------------


def test_importing_the_course_is_light_and_silent(tmp_path: Path) -> None:
    said = _python(
        "import sys, course\n"
        "loaded = {'tensorflow', 'keras', 'matplotlib', 'numpy'} & set(sys.modules)\n"
        "assert not loaded, loaded",
        tmp_path,
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_a_terminal_sees_no_chatter_of_tensorflow(tmp_path: Path) -> None:
    said = _python("import course" + _WORK, tmp_path)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_a_new_notebook_sees_no_chatter_of_tensorflow(tmp_path: Path) -> None:
    """No cell imports course: the kernels of the environment do."""
    drawing = "keras.utils.plot_model(model, show_shapes=True);"
    cells = [nbformat.v4.new_code_cell(code) for code in ("import keras", _WORK, drawing)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert [cell.outputs for cell in notebook.cells] == [[], [], []]
    assert (tmp_path / "model.png").exists()


@pytest.fixture
def talkative(tmp_path: Path) -> Path:
    """The file of a stand-in for TensorFlow that writes its chatter and then real messages."""
    module = tmp_path / "tensorflow.py"
    module.write_text(_TALKATIVE)
    return module


def test_what_is_not_chatter_passes(talkative: Path) -> None:
    said = _python(
        "import course, tensorflow, sys; print('later', file=sys.stderr)", talkative.parent
    )
    error, *others = said.stderr.splitlines()
    assert error.endswith("some_file.cc:1] the disk is full")
    assert others == ["a warning of Python", "later"]


def test_an_exception_at_import_passes(talkative: Path) -> None:
    talkative.write_text(_TALKATIVE + "raise ImportError('broken installation')")
    said = _python("import course, tensorflow", talkative.parent)
    assert said.returncode == 1
    assert said.stderr.endswith("ImportError: broken installation\n")


def test_the_last_words_of_a_crash_at_import_pass(talkative: Path) -> None:
    last = "F0000 00:00:1795247716.8    8505 cpu.cc:1] this processor has no AVX"
    talkative.write_text(_TALKATIVE + f"os.write(2, b'{last}')\nos.abort()")
    said = _python("import course, tensorflow", talkative.parent)
    assert said.returncode < 0
    assert last in said.stderr


def test_asking_whether_tensorflow_exists_keeps_its_import_quiet(talkative: Path) -> None:
    said = _python(
        "import course, importlib.util as u; u.find_spec('tensorflow'); import tensorflow",
        talkative.parent,
    )
    assert "oneDNN" not in said.stderr


# -- languages and drawings ----------------------------------------------------------------------


@pytest.mark.parametrize("code", ["fr", "en", "zh"])
def test_a_notebook_has_the_language_it_uses(
    code: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATELIER_LANGUAGE", "en")  # restored at the end
    course.use_language(code)
    assert course.language() == code == os.environ["ATELIER_LANGUAGE"]
    assert capfd.readouterr() == ("", "")


def test_a_language_that_the_course_lacks_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ATELIER_LANGUAGE", "fr")
    with pytest.raises(ValueError, match="no language 'de'; the course has fr, en, zh"):
        course.use_language("de")
    assert course.language() == "fr"


@pytest.mark.parametrize(
    "imports",
    [
        "import matplotlib.pyplot as plt",
        "from course import plots; import matplotlib.pyplot as plt",
    ],
)
@pytest.mark.parametrize("order", ["language first", "matplotlib first"])
def test_a_plot_in_chinese_has_its_glyphs(imports: str, order: str, tmp_path: Path) -> None:
    language = "import course; course.use_language('zh')"
    steps = [language, imports] if order == "language first" else [imports, language]
    code = [*steps, "plt.title('损失 loss')", "plt.savefig('plot.png')"]
    said = _python("\n".join(code), tmp_path, MPLBACKEND="agg")
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_a_model_is_drawn_without_graphviz_of_the_system(tmp_path: Path) -> None:
    said = _python(
        "import course, keras\n"
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
        "keras.utils.plot_model(model, show_shapes=True)",
        tmp_path,
        PATH=str(tmp_path),
    )
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "model.png").read_bytes().startswith(b"\x89PNG")


def _dot(source: str, format: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.prefix) / "bin" / "dot")
    return subprocess.run([program, f"-T{format}"], input=source, capture_output=True, text=True)


def test_a_drawing_needs_no_font_of_the_machine() -> None:
    """Boxes are as wide as their text in the course's own fonts, Chinese included."""
    label = "éléphant 层级结构 layer"
    source = f'digraph {{ node [shape=box fontname="sans-serif"]; a [label="{label}"]; a -> b }}'
    said = _dot(source, "svg")
    assert f">{label}</text>" in said.stdout and ">b</text>" in said.stdout
    assert 'points="181,-108 0,-108 0,-72 181,-72 181,-108"' in said.stdout


@pytest.mark.parametrize(
    ("source", "format", "words"),
    [
        ("digraph { a -> }", "svg", "syntax error"),
        ("digraph { a -> b }", "word", '"word" not recognized'),
    ],
)
def test_a_drawing_that_cannot_be_made_says_why(source: str, format: str, words: str) -> None:
    said = _dot(source, format)
    assert said.returncode == 1
    assert words in said.stderr and "Traceback" not in said.stderr


# -- JupyterLab ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
    ],
)
def test_without_a_choice_the_system_decides_the_language(
    environ: dict[str, str], language: str
) -> None:
    assert lab.system_language(environ) == language


def test_arguments_for_jupyterlab_are_passed_on_last() -> None:
    assert lab.command("fr", ["--no-browser", "--port=9000"])[-2:] == [
        "--no-browser",
        "--port=9000",
    ]


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr_FR"), ("zh", "zh_CN")])
def test_jupyterlab_opens_in_the_language(language: str, locale: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", f"--ServerApp.port={port}", "--IdentityProvider.token=t"]
    folders = {f"JUPYTER_{kind}_DIR": str(tmp_path) for kind in ("RUNTIME", "CONFIG")}
    log = tmp_path / "log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "course.lab", "--language", language, *options],
            env={**os.environ, **folders},
            stdout=file,
            stderr=file,
        )

    def get(path: str) -> tuple[str, bytes]:
        address = f"http://127.0.0.1:{port}{path}?token=t"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.url, answer.read()

    def is_up() -> bool:
        assert server.poll() is None, log.read_text()
        try:
            get("/api")
        except urllib.error.URLError:
            return False
        return True

    try:
        started = time.monotonic()
        while not is_up():
            assert time.monotonic() < started + 90, log.read_text()
            time.sleep(0.2)
        landing, _ = get("/")
        assert f"/lab/tree/{language}/index.ipynb" in landing
        _, settings = get("/lab/api/settings/@jupyterlab/translation-extension:plugin")
        assert json.loads(settings)["schema"]["properties"]["locale"]["default"] == locale
        _, translations = get(f"/lab/api/translations/{locale}")
        assert json.loads(translations)["data"]["jupyterlab"]
        _, listing = get("/api/contents")
        assert {entry["name"] for entry in json.loads(listing)["content"]} <= {"fr", "en", "zh"}
    finally:
        server.terminate()
        server.wait(timeout=30)
