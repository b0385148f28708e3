"""Replace solutions by stubs that speak the notebook's language.

A stub says "your code here" and gives ``...`` to each name that the cell asks for and that its
solution defined: ``...`` is an answer that is not there yet, not an error.
"""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions

from grader.text import LANGUAGES, translate
from grader.text import mark as _

CODE_HERE = _("Your code here")
ANSWER_HERE = _("Your answer here")


class ClearLocalisedSolutions(ClearSolutions):
    """nbgrader's ClearSolutions, with a stub in the language of the notebook's metadata.

    The names to define come from the cell's metadata, ``{"atelier": {"answer": ["stack"]}}``.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        code = nb.metadata.get("atelier", {}).get("language", "en")
        self._language = code if code in LANGUAGES else "en"
        cleared: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return cleared

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        found = self._replace_solution_region(cell, resources["language"])
        if found and not utils.is_solution(cell) and self.enforce_metadata:
            raise RuntimeError(
                f"a solution region stands in a cell that asks for none: {cell.source}"
            )
        if utils.is_solution(cell) and not found:
            cell.source = self._stub(cell, cell.source, "")
        return cell, resources

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        kept: list[str] = []
        region: list[str] | None = None
        regions: list[tuple[int, str, str]] = []  # where its stub goes, its text, its indentation
        indent = ""
        for line in cell.source.split("\n"):
            if self.begin_solution_delimeter in line:
                if region is not None:
                    raise RuntimeError("encountered nested begin solution statements")
                region, indent = [], line[: len(line) - len(line.lstrip())]
            elif self.end_solution_delimeter in line:
                if region is None:
                    raise RuntimeError("an end solution statement has no beginning")
                regions.append((len(kept), "\n".join(region), indent))
                region = None
            elif region is not None:
                region.append(line)
            else:
                kept.append(line)
        if region is not None:
            raise RuntimeError("no end solution statement found")
        given = _defined("\n".join(kept))
        for place, text, indent in reversed(regions):
            kept.insert(place, self._stub(cell, text, indent, given))
        cell.source = "\n".join(kept)
        return bool(regions)

    def _stub(
        self, cell: NotebookNode, solution: str, indent: str, given: frozenset[str] = frozenset()
    ) -> str:
        """What stands in for ``solution``; names that are ``given`` beside it keep their value."""
        if cell.cell_type != "code":
            return translate(ANSWER_HERE, self._language)
        lines = [f"# {translate(CODE_HERE, self._language)}"]
        if indent:  # within a function or a class, which the cell itself names
            lines.append("...")
        else:
            wanted = cell.metadata.get("atelier", {}).get("answer", [])
            defined = _defined(dedent(solution))
            lines += [f"{name} = ..." for name in wanted if name in defined and name not in given]
        return "\n".join(indent + line for line in lines)


def _defined(code: str) -> frozenset[str]:
    """The names that top-level statements of ``code`` define; none if it cannot be read alone."""
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return frozenset()
    names = set()
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return frozenset(names)
