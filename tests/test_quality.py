"""The sources are well formed and typed, and notebooks leave little unchecked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

_TOP = {
    *("README.md", "README.fr.md", "README.zh.md", "LICENSE", "Makefile"),
    *("environment.yml", "nbgrader_config.py", "pyproject.toml", "requirements.lock"),
    *("course", "grader", "solutions", "tests"),
}
_EXEMPT_TAGS = {"nbval-skip", "nbval-ignore-output"}
_EXEMPT_COMMENTS = ("NBVAL_SKIP", "NBVAL_IGNORE_OUTPUT", "PYTEST_VALIDATE_IGNORE_OUTPUT")


@pytest.mark.parametrize(
    "tool",
    [
        "ruff check --quiet .",
        "ruff format --quiet --check .",
        "mypy --no-error-summary course grader solutions",
    ],
)
def test_the_sources_pass(tool: str, checkout: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", *tool.split()], cwd=checkout, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_nothing_else_stands_at_the_top(checkout: Path) -> None:
    """What a command leaves in the folder where it runs is committed all too easily."""
    listed = subprocess.run(["git", "ls-files"], cwd=checkout, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is no clone")
    top = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == _TOP


def _is_exempt(cell: nbformat.NotebookNode) -> bool:
    """Whether nbval leaves the cell's output unchecked, by a tag or by a comment."""
    tags = set(cell.metadata.get("tags", []))
    return bool(tags & _EXEMPT_TAGS) or any(mark in cell.source for mark in _EXEMPT_COMMENTS)


def test_at_most_one_code_cell_in_ten_is_exempt_from_comparison(checkout: Path) -> None:
    patterns = ("course/??/*.ipynb", "course/??/[0-9]*/*.ipynb", "solutions/??/[0-9]*/*.ipynb")
    paths = [path for pattern in patterns for path in sorted(checkout.glob(pattern))]
    assert paths, "there are no built notebooks"
    for path in paths:
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        exempt = [cell for cell in cells if _is_exempt(cell)]
        assert 10 * len(exempt) <= len(cells), (
            f"{path.relative_to(checkout)}: {len(exempt)} of {len(cells)} code cells are exempt: "
            f"{', '.join(cell.id for cell in exempt)}"
        )
