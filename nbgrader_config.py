"""nbgrader for this course: solutions in, course out, three phases of grading plugged in.

``ATELIER_LANGUAGE`` (fr, en or zh; default en) chooses the language of the notebook at the top of
the folder that students fetch; the two others lie beside it. The gradebook knows no languages.
"""

import os
import sys
from pathlib import Path

from nbgrader import preprocessors as stock

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))  # the reference models: `solutions` is never installed

from grader.nbgrader.execute import ExecuteInSandbox  # noqa: E402
from grader.nbgrader.feedback_page import configure_feedback, configure_formgrader  # noqa: E402
from grader.nbgrader.judging import JudgeCells  # noqa: E402
from grader.nbgrader.release import AddLanguages  # noqa: E402
from grader.nbgrader.sanitise import (  # noqa: E402
    Sanitise,
    SubmittedNotebookExporter,
    remove_links,
)
from grader.nbgrader.stubs import ClearLocalisedSolutions  # noqa: E402

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "keras-atelier"
c.CourseDirectory.source_directory = str(
    HERE / "solutions" / os.environ.get("ATELIER_LANGUAGE", "en")
)

# What students hand in beside their notebook is not copied where a teacher's browser would run it.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    *("*.[hH][tT][mM]*", "*.[sS][vV][gG]*", "*.[xX]*[mM][lL]*", "*.[xX][sS][lL]*"),
]

c.GenerateAssignment.preprocessors = [
    stock.LockCells,
    ClearLocalisedSolutions,
    stock.ClearOutput,
    stock.CheckCellMetadata,
    stock.ComputeChecksums,
    stock.SaveCells,
    stock.ClearHiddenTests,
    stock.ComputeChecksums,
    stock.CheckCellMetadata,
    AddLanguages,
]

c.Autograde.pre_convert_hook = remove_links
c.Autograde.exporter_class = SubmittedNotebookExporter
c.Autograde.sanitize_preprocessors = [
    Sanitise,
    stock.DeduplicateIds,
    stock.OverwriteKernelspec,
    stock.OverwriteCells,
]
# Metadata need no check: after Sanitise they are those of the notebook that was handed out.
c.Autograde.autograde_preprocessors = [
    ExecuteInSandbox,
    JudgeCells,
    stock.LimitOutput,
    stock.SaveAutoGrades,
    stock.AssignLatePenalties,
]
configure_feedback(c)
configure_formgrader(c)
