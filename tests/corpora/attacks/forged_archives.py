"""Arrays that are a zip bomb, hold a pickle, claim terabytes, or are thousands.

To fill the judge's memory, run code there, or hold it up.
"""

import io
import json
import os
import zipfile

import numpy as np

from tests.attacks import blueprint_evidence, forging, notebook, packed, write

ASSIGNMENT = "02-functional"
NAMES = ("stack", "song_model", "weather_model", "features")
POINTS = dict.fromkeys(NAMES, 0)
PRINTED = "forged"


class _Boom:
    def __reduce__(self):
        return os.system, ("touch pwned",)


def _bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            archive.writestr(f"{number}.npy", bytes(2**24))
    return file.getvalue()


def _terabytes():
    file = io.BytesIO()
    header = io.BytesIO()
    about = {"descr": "<f8", "fortran_order": False, "shape": (10**12,)}
    np.lib.format.write_array_header_1_0(header, about)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("drawn.slopes.npy", header.getvalue())
    return file.getvalue()


def _many():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(3_000):
            archive.writestr(f"inference.{number}.npy", b"")
    return file.getvalue()


def hand_in(folder, places):
    pickled = packed({"drawn.slopes": np.array([_Boom()], dtype=object)})
    files = {}
    for name, content in zip(NAMES, (_bomb(), pickled, _terabytes(), _many()), strict=True):
        task = f"{ASSIGNMENT}.{name}"
        files[f"{task}.json"] = json.dumps(blueprint_evidence(task, numbers=True)).encode()
        files[f"{task}.npz"] = content
    write(folder, notebook(ASSIGNMENT, {"extra": [forging(files)]}, places))
