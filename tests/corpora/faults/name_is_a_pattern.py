"""A folder was handed in whose name nbgrader takes for other students' names: it is refused."""

import shutil

WHEN = "running"
STUDENT = "s0[12]"
SAID = r"takes \*, \? and \[ in a name for a pattern"


def hand_in(desk):
    shutil.copytree(desk.other("s01").submitted, desk.submitted)


def mend(desk):
    shutil.rmtree(desk.submitted.parent)
