"""The names that people know for canonical operations: ``max_pooling2d`` is ``MaxPooling2D``."""

from __future__ import annotations

_WORDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN", "relu": "ReLU", "elu": "ELU", "silu": "SiLU"}
ACTIVATIONS = frozenset(
    [
        "relu",
        "sigmoid",
        "tanh",
        "softmax",
        "elu",
        "selu",
        "gelu",
        "silu",
        "softplus",
        "softsign",
        "exponential",
        "mish",
        "celu",
        "glu",
        "log_softmax",
        "hard_sigmoid",
        "hard_silu",
        "hard_tanh",
        "log_sigmoid",
        "sparsemax",
        "squareplus",
    ]
)
# What ``a ∘ (b ∘ c)`` and ``(a ∘ b) ∘ c`` are the same for.
COMMUTATIVE = frozenset({"add", "multiply", "maximum", "minimum", "average"})
ASSOCIATIVE = frozenset({"add", "multiply", "maximum", "minimum"})


def display_name(op: str) -> str:
    """``"conv2d"`` -> ``"Conv2D"``; activations keep the name they are asked for: ``"relu"``."""
    if op in ACTIVATIONS:
        return op
    words = []
    for word in op.split("_"):
        shown = _WORDS.get(word, word[:1].upper() + word[1:])
        if shown[-1:] == "d" and shown[-2:-1].isdigit():
            shown = shown[:-1] + "D"
        words.append(shown)
    return "".join(words)
