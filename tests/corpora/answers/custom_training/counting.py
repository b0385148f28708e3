"""Batches, steps and lines printed by a compiled loop."""

import math
from collections import OrderedDict

import numpy as np


def _counting(**changes):
    return {"last_batch": 8, "steps": 96, "printed": 2, "printed_eager": 96, **changes}


def right_numbers():
    return {"last_batch": 8, "steps": 96, "printed": 2, "printed_eager": 96}


def right_formulas():
    return _counting(last_batch=1000 % 32, steps=3 * math.ceil(1000 / 32))


def right_divmod():
    full, rest = divmod(1000, 32)
    steps = 3 * (full + (rest > 0))
    return {"last_batch": rest, "steps": steps, "printed": 2, "printed_eager": steps}


def right_floats():
    return {key: float(value) for key, value in _counting().items()}


def right_texts():
    return {key: str(value) for key, value in _counting().items()}


def right_numpy_numbers():
    return {key: np.int64(value) for key, value in _counting().items()}


def right_numpy_ceil():
    return _counting(steps=np.ceil(1000 / 32) * 3)


def right_lengths_of_lists():
    batches = [range(1000)[start : start + 32] for start in range(0, 1000, 32)]
    shapes = {len(batch) for batch in batches}
    return {
        "last_batch": len(batches[-1]),
        "steps": 3 * len(batches),
        "printed": len(shapes),
        "printed_eager": 3 * len(batches),
    }


def right_in_another_order():
    return dict(reversed(_counting().items()))


def right_ordered():
    return OrderedDict(_counting())


def right_filled_in_later():
    counting = dict.fromkeys(_counting())
    counting["steps"] = counting["printed_eager"] = 96
    counting.update(last_batch=8, printed=2)
    return counting


def right_with_an_entry_more():
    return _counting(epochs=3)


def right_texts_with_spaces():
    return _counting(steps=" 96 ")


def wrong_without_the_last_batch():
    """You left out the last batch, which is smaller: it makes a step too."""
    return _counting(steps=93, printed_eager=93)


def wrong_traced_once():
    """The last batch has another shape, so the function is traced a second time for it."""
    return _counting(printed=1)


def wrong_printed_at_each_step():
    """print is Python: in a compiled function it runs while tracing, not at each step."""
    return _counting(printed=96)


def wrong_traced_in_each_epoch():
    """What has been traced is kept from one epoch to the next."""
    return _counting(printed=6)


def wrong_one_epoch():
    """That is one epoch; the loop runs three."""
    return _counting(steps=32, printed_eager=32)


def wrong_full_last_batch():
    """“last_batch”: 32 is not right."""
    return _counting(last_batch=32)


def wrong_images_as_steps():
    """“steps”: 3000 is not right."""
    return _counting(steps=3000)


def wrong_not_rounded():
    """“steps”: 93.75 is not right."""
    return _counting(steps=1000 / 32 * 3)


def wrong_eager_as_compiled():
    """“printed_eager”: 2 is not right."""
    return _counting(printed_eager=2)


def wrong_never_printed():
    """“printed”: 0 is not right."""
    return _counting(printed=0)


def wrong_left_open():
    """The entry “printed” is missing."""
    return _counting(printed=None)


def wrong_one_number():
    """The answer is of another type than expected: dict."""
    return 96
