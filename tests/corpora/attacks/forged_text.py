"""Evidence that is deep, holds numbers of thousands of digits, lone surrogates, scripts and terminal codes.

To make writing or showing the verdict fail, or to run where it is shown.
"""

import json

from tests.attacks import blueprint_evidence, forging, notebook, write

ASSIGNMENT = "02-functional"
POINTS = {"counting": 0, "stack": 2, "song_model": 0, "weather_model": 0, "features": 0}
PRINTED = "forged"
_HOSTILE = "\ud800\x1b[2J\x07\u202e</svg><script>alert(1)</script><img src=x onerror=alert(1)>"


def hand_in(folder, places):
    hidden = blueprint_evidence(
        "02-functional.stack", state="unreadable", problem=["raises", _HOSTILE]
    )
    hidden["graph"]["nodes"][1]["layer"] = hidden["graph"]["unused"] = [_HOSTILE]
    shown = blueprint_evidence(
        "02-functional.stack", state="unreadable", problem=["raises", _HOSTILE]
    )
    for node in shown["graph"]["nodes"]:
        node["layer"] = _HOSTILE
    shown["graph"]["layers"] = ["hidden_1", "hidden_2", "digit"]
    shown["graph"]["nodes"][1]["settings"] |= {"units": _HOSTILE, _HOSTILE: _HOSTILE}
    deep = blueprint_evidence(
        "02-functional.song_model", state="unreadable", problem=["raises", "x"]
    )
    inner = deep["graph"]["nodes"][2]["settings"]
    for _level in range(250):
        inner["a"] = inner = {}
    files = {
        "02-functional.counting.json": json.dumps(
            {"task": "02-functional.counting", "state": "value", "graph": None, "problem": None,
             "value": {"hidden": [float("nan")], "digit": "9" * 5000, "total": _HOSTILE}, "numbers": False}
        ),
        "02-functional.stack.json": json.dumps(shown),
        "02-functional.song_model.json": json.dumps(deep),
        "02-functional.weather_model.json": '{"task": "02-functional.weather_model", "value": 1' + "0" * 6000 + "}",
        "02-functional.features.json": json.dumps(hidden).replace("stack", "features"),
    }  # fmt: skip
    cell = forging({name: text.encode() for name, text in files.items()})
    write(folder, notebook(ASSIGNMENT, {"extra": [cell]}, places))
