"""Another activation, or none, or one too many."""

from tests.mutation import changed

OTHERS = {"relu": "tanh", "softmax": "sigmoid", "sigmoid": "softmax", "tanh": "sigmoid"}


def mutants(draft):
    for layer in draft.inner():
        now = layer["config"].get("activation")
        if not isinstance(now, str):
            continue
        yield changed(draft, layer["name"], activation=OTHERS.get(now, "relu"))
        yield changed(draft, layer["name"], activation="elu" if now == "linear" else "linear")
