"""The contrastive loss of four pairs, worked out by hand."""

from collections import OrderedDict
from fractions import Fraction

import numpy as np
from keras import ops

PAIRS = {
    "same_close": (0, 0.2),
    "same_far": (0, 0.9),
    "different_close": (1, 0.4),
    "different_far": (1, 1.5),
}


def _losses(same_close=0.04, same_far=0.81, different_close=0.36, different_far=0.0):
    return {
        "same_close": same_close,
        "same_far": same_far,
        "different_close": different_close,
        "different_far": different_far,
    }


def _each(loss):
    return {name: loss(y, d) for name, (y, d) in PAIRS.items()}


def right_numbers():
    return {"same_close": 0.04, "same_far": 0.81, "different_close": 0.36, "different_far": 0}


def right_powers():
    return _losses(0.2**2, 0.9**2, 0.6**2, 0**2)


def right_products():
    return _losses(0.2 * 0.2, 0.9 * 0.9, (1 - 0.4) * (1 - 0.4), 0 * 0)


def right_formula():
    return _each(lambda y, d: (1 - y) * d**2 + y * max(1 - d, 0) ** 2)


def right_formula_of_numpy():
    return _each(lambda y, d: (1 - y) * np.square(d) + y * np.square(np.maximum(1 - d, 0)))


def right_formula_of_keras():
    def loss(y, d):
        d = ops.convert_to_tensor(d, "float32")
        return (1 - y) * ops.square(d) + y * ops.square(ops.maximum(1 - d, 0))

    return _each(loss)


def right_relu():
    return _each(lambda y, d: y * float(ops.relu(1.0 - d)) ** 2 if y else d * d)


def right_arrays_at_once():
    y, d = np.array(list(PAIRS.values()), "float32").T
    return dict(zip(PAIRS, (1 - y) * d**2 + y * np.clip(1 - d, 0, None) ** 2, strict=True))


def right_in_another_order():
    return dict(reversed(_losses().items()))


def right_text():
    return _losses("0.04", "0.81", "0.36", "0")


def right_fractions():
    return _losses(*(float(Fraction(n, 100)) for n in (4, 81, 36, 0)))


def right_rounded():
    return {name: round(value, 2) for name, value in right_formula().items()}


def right_ordered():
    return OrderedDict(_losses())


def right_filled_in_later():
    losses = dict.fromkeys(PAIRS)
    for name in losses:
        y, d = PAIRS[name]
        losses[name] = max(1 - d, 0) ** 2 if y else d**2
    return losses


def right_minus_zero():
    return _losses(different_far=-0.0)


def wrong_terms_exchanged():
    "You have exchanged the two terms: here y is 1 for different signs"
    return _losses(0.8**2, 0.1**2, 0.4**2, 1.5**2)


def wrong_formula_of_the_other_convention():
    "You have exchanged the two terms"
    return _each(lambda y, d: y * d**2 + (1 - y) * max(1 - d, 0) ** 2)


def wrong_not_squared():
    "You forgot the squares: both terms are squared."
    return _losses(0.2, 0.9, 0.6, 0)


def wrong_no_maximum():
    "Beyond the margin there is nothing left to push"
    return _each(lambda y, d: (1 - y) * d**2 + y * (1 - d) ** 2)


def wrong_pushed_without_end():
    "“different_far”: -0.5 is not right."
    return _losses(different_far=1 - 1.5)


def wrong_distance_of_the_different():
    "“different_close”: 0.16 is not right."
    return _losses(different_close=0.4**2)


def wrong_doubled():
    "“same_close”: 0.4 is not right."
    return _losses(0.2 * 2, 0.9 * 2, 0.6 * 2, 0)


def wrong_root():
    "“same_close”: 0.4472136 is not right."
    return _losses(0.2**0.5)


def wrong_margin_of_two():
    "“different_close”: 2.56 is not right."
    return _each(lambda y, d: (1 - y) * d**2 + y * max(2 - d, 0) ** 2)


def wrong_halved():
    "“same_far”: 0.405 is not right."
    return _losses(0.02, 0.405, 0.18, 0)


def wrong_per_cent():
    "“same_close”: 4 is not right."
    return _losses(4, 81, 36, 0)


def wrong_left_open():
    "The entry “different_far” is missing."
    return _losses(different_far=None)


def wrong_names():
    "The entry “same_close” is missing."
    return dict(zip("abcd", _losses().values(), strict=True))


def wrong_list():
    "The answer is of another type than expected: dict."
    return [0.04, 0.81, 0.36, 0]


def wrong_mean():
    "The answer is of another type than expected: dict."
    return np.mean([0.04, 0.81, 0.36, 0])
