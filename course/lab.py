"""Open the course in JupyterLab: interface and landing page in one language.

``python -m course.lab --language fr``; further arguments go to JupyterLab (``--no-browser``...).
JupyterLab's settings and open tabs are kept in the environment, apart from those of any other
JupyterLab of the user; nothing is fetched from the network.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from course import quiet, warm
from grader.text import LANGUAGES

_COURSE = Path(__file__).parent
_STATE = Path(sys.prefix) / "share" / "keras-atelier" / "lab"
_LOCALES = {"fr": "fr_FR", "en": "en", "zh": "zh_CN"}
_TRANSLATION = "@jupyterlab/translation-extension:plugin"


def system_language(environ: Mapping[str, str]) -> str:
    """The course language of a system's locale variables; English if it has none of them."""
    settings = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in settings if value), "")
    code = locale[:2].lower()
    return code if code in LANGUAGES else "en"


def overrides(language: str) -> dict[str, dict[str, object]]:
    """What differs from JupyterLab's own settings, by plugin."""
    return {
        _TRANSLATION: {"locale": _LOCALES[language]},
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    }


def hidden_names() -> list[str]:
    """What stands beside the languages' folders in the course, and is not for students."""
    beside = [path.name for path in _COURSE.iterdir() if path.name not in LANGUAGES]
    return sorted({*beside, "__pycache__", "*.pyc"})


def prepare(language: str, state: Path = _STATE) -> None:
    """Write JupyterLab's settings for ``language`` into the folder ``state``; prepare kernels."""
    quiet.install()
    warm.install()
    settings = state / language / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(overrides(language), indent=1))
    # A language chosen in the menu holds until JupyterLab is opened again in a language.
    namespace, plugin = _TRANSLATION.split(":")
    chosen = state / "user-settings" / namespace / f"{plugin}.jupyterlab-settings"
    chosen.unlink(missing_ok=True)


def command(language: str, arguments: Sequence[str] = (), state: Path = _STATE) -> list[str]:
    """The command that opens JupyterLab in ``language``; ``arguments`` have the last word."""
    options = {
        "ServerApp.root_dir": _COURSE,
        "ServerApp.jpserver_extensions": {"course.warm.ahead": True},
        "ContentsManager.hide_globs": hidden_names(),
        "LabApp.default_url": f"/lab/tree/{language}/index.ipynb",
        "LabApp.app_settings_dir": state / language / "settings",
        "LabApp.user_settings_dir": state / "user-settings",
        "LabApp.workspaces_dir": state / language / "workspaces",
        "LabApp.extension_manager": "readonly",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        # Between JupyterLab and its kernels, where users share a machine.
        "KernelManager.transport_encryption": "auto",
        # A container's only user is often root; Jupyter's token protects the server all the same.
        "ServerApp.allow_root": os.geteuid() == 0,
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "jupyterlab", *given, *arguments]


def main(arguments: Sequence[str] | None = None) -> None:
    """Become JupyterLab (this process is replaced)."""
    parser = argparse.ArgumentParser(prog="python -m course.lab", description=__doc__)
    parser.add_argument(
        "--language", choices=("", *LANGUAGES), default="", help="default: the system's"
    )
    options, others = parser.parse_known_args(arguments)
    language = options.language or system_language(os.environ)
    prepare(language)
    # A notebook that the student adds speaks the same language, until it says otherwise.
    environment = warm.environment({**os.environ, "ATELIER_LANGUAGE": language})
    run = command(language, others)
    os.execve(run[0], run, environment)


if __name__ == "__main__":
    main()
