"""Do without what nbformat imports and never uses: importing this before it is enough.

jsonschema, with which nbformat checks notebooks, builds a grammar of international addresses when
it is imported, if the package for it is there (JupyterLab brings it). That takes longer than all
else that it imports, and no field of a notebook is such an address.
"""

from __future__ import annotations

import sys
from typing import Any, cast

cast("dict[str, Any]", sys.modules).setdefault("rfc3987_syntax", None)  # as if it were not there
