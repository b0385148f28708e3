"""Scripts in Markdown, raw cells, every kind of output, names of layers, and counts of cells.

To run in the teacher's browser (formgrader) or on the feedback page.
"""

from tests.attacks import notebook, write
from tests.test_feedback_page import ATTACKS

ASSIGNMENT = "02-functional"
POINTS = {"stack": 4.67}
PRINTED = "shown"
REPORTED = "something that is not a message"
_HOSTILE = "".join(ATTACKS)
_SHOW = f"""
from IPython.display import display
hostile = {_HOSTILE!r}
for kind in ("text/html", "text/markdown", "image/svg+xml", "application/javascript", "text/latex",
             "application/vnd.jupyter.widget-view+json", "text/vnd.mermaid", "image/png", "image/jpeg"):
    display({{kind: hostile, "text/plain": hostile}}, raw=True, metadata={{kind: {{"alt": hostile}}}})
print("shown", hostile)
kernel = get_ipython().kernel
def send(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, kernel.get_parent())
send("execute_input", {{"code": "x", "execution_count": hostile}})
send("execute_result", {{"data": {{"text/plain": hostile}}, "metadata": {{}}, "execution_count": hostile}})
send("stream", {{"name": hostile, "text": hostile}})
send("error", {{"ename": hostile, "evalue": hostile, "traceback": [hostile]}})
"""
_STACK = """
pixels = keras.Input(shape=(64,), name="pixels")
class Layer(layers.Layer):
    def call(self, inputs): return inputs
x = layers.Dense(48, activation="relu", name="hidden_1")(pixels)
x = layers.Dense(32, activation="relu", name="hidden_2")(x)
stack = keras.Model(pixels, layers.Dense(10, activation="softmax", name="<script>alert(1)</script>".replace("/", "|"))(x))
"""


def hand_in(folder, places):
    extra = [
        {
            "before": "counting",
            "kind": "markdown",
            "source": _HOSTILE + "\n\n[x](javascript:alert(1))\n",
        },
        {"before": "counting", "kind": "raw", "source": _HOSTILE},
        {"before": "counting", "source": _SHOW},
    ]
    write(folder, notebook(ASSIGNMENT, {"extra": extra, "answers": {"stack": _STACK}}, places))
