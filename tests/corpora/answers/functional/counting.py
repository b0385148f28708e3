"""Parameters of two dense layers: 64 numbers, 32 units, 10 units."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers


def _counts(hidden=2080, digit=330, total=None):
    return {
        "hidden": hidden,
        "digit": digit,
        "total": hidden + digit if total is None else total,
    }


def _model():
    return keras.Sequential(
        [keras.Input((64,)), layers.Dense(32, name="hidden"), layers.Dense(10, name="digit")]
    )


def _each(count):
    """The counts of the two layers of a model, as ``count`` finds them."""
    return _counts(*(count(layer) for layer in _model().layers))


def right_numbers():
    return {"hidden": 2080, "digit": 330, "total": 2410}


def right_in_another_order():
    return {"total": 2410, "digit": 330, "hidden": 2080}


def right_sums():
    return _counts(64 * 32 + 32, 32 * 10 + 10)


def right_factored():
    return _counts((64 + 1) * 32, (32 + 1) * 10, 65 * 32 + 33 * 10)


def right_floats():
    return _counts(2080.0, 3.3e2)


def right_arrays_and_tensors():
    return _counts(np.array(2080), keras.ops.prod([10, 33]), np.float32(2410))


def right_numbers_as_text():
    return _counts("2080", "330", "2,410")


def right_numpy_numbers():
    return _counts(np.int64(2080), np.int32(330), np.float32(2410))


def right_numpy_product():
    return _counts(np.prod([64, 32]) + 32, np.prod([32, 10]) + 10)


def right_keyword_arguments():
    return dict(hidden=2080, digit=330, total=2410)  # noqa: C408


def right_ordered():
    return OrderedDict([("hidden", 2080), ("digit", 330), ("total", 2410)])


def right_filled_in_later():
    counting = dict.fromkeys(("hidden", "digit", "total"))
    counting["hidden"] = 64 * 32 + 32
    counting["digit"] = 32 * 10 + 10
    counting["total"] = sum(counting[name] for name in ("hidden", "digit"))
    return counting


def right_loop():
    sizes = [64, 32, 10]
    pairs = zip(("hidden", "digit"), sizes, sizes[1:], strict=False)
    counts = {name: inputs * units + units for name, inputs, units in pairs}
    return counts | {"total": sum(counts.values())}


def right_asked_of_keras():
    model = _model()
    counts = {layer.name: layer.count_params() for layer in model.layers}
    return {**counts, "total": model.count_params()}


def right_sizes_of_the_weights():
    return _each(lambda layer: sum(weight.size for weight in layer.get_weights()))


def right_shapes_of_the_weights():
    return _each(lambda layer: sum(np.prod(weight.shape) for weight in layer.weights))


def right_with_an_entry_more():
    return {"pixels": 0, **_counts()}


def wrong_no_biases():
    "You counted the weights, but not the biases: each unit has one more parameter of its own."
    return _counts(64 * 32, 32 * 10)


def wrong_no_biases_but_the_right_total():
    "You counted the weights, but not the biases"
    return _each(lambda layer: layer.kernel.shape[0] * layer.units) | {"total": 2410}


def wrong_both_read_the_pixels():
    "The inputs of “digit” are the 32 outputs of “hidden”, not the 64 pixels."
    return _counts(digit=64 * 10 + 10)


def wrong_one_bias_for_a_layer():
    "There is one bias for each unit, not one for the whole layer."
    return _counts(64 * 32 + 1, 32 * 10 + 1)


def wrong_no_bias_in_the_first():
    "“hidden”: 2048 is not right."
    return _counts(64 * 32)


def wrong_bias_for_each_input():
    "“hidden”: 2112 is not right."
    return _counts(64 * 32 + 64, 32 * 10 + 32)


def wrong_units_only():
    "“digit”: 10 is not right."
    return _counts(32, 10)


def wrong_outputs_instead_of_inputs():
    "“digit”: 110 is not right."
    return _counts(digit=10 * 10 + 10)


def wrong_one_side_of_the_scan():
    "“hidden”: 288 is not right."
    return _counts(8 * 32 + 32)


def wrong_swapped():
    "“hidden”: 330 is not right."
    return _counts(330, 2080)


def wrong_product_of_all():
    "“total”: 20480 is not right."
    return _counts(total=64 * 32 * 10)


def wrong_thousands_after_a_point():
    "“hidden”: 2.08 is not right."
    return _counts(2.080, 330, 2.410)


def wrong_total_left_open():
    "The entry “total” is missing."
    return {"hidden": 2080, "digit": 330, "total": None}


def wrong_two_entries():
    "The entry “total” is missing."
    return {"hidden": 2080, "digit": 330}


def wrong_names():
    "The entry “hidden” is missing."
    return {"Hidden": 2080, "Digit": 330, "Total": 2410}


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return [2080, 330, 2410]


def wrong_a_set():
    "The answer is of another type than expected: dict."
    return {2080, 330, 2410}


def wrong_total_only():
    "The answer is of another type than expected: dict."
    return _model().count_params()


def wrong_the_model():
    "The answer is of another type than expected: dict."
    return _model()
