"""Lock up student code: walls around it, limits on it, and what of it can be seen from outside.

``view`` builds the outer walls with bubblewrap, ``inside`` the inner ones; ``room`` is a sandbox
that stands, ``start`` and ``enter`` bring a kernel into it, warm where that can be, ``watch``
looks on, ``walls`` tries what stands. Where a wall cannot stand, nothing runs: ``NoSandbox`` says
what is missing.
"""
