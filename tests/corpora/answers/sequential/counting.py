"""The shapes and parameters of a small convolution stack, counted."""

import keras
import numpy as np
from keras import layers

RIGHT = {"conv_1": 208, "side": 12, "conv_2": 1168, "flat": 2304, "digit": 23050}


def _built():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 5),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, padding="same"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )


def right_integers():
    return dict(RIGHT)


def right_floats():
    return {name: float(number) for name, number in RIGHT.items()}


def right_numpy_integers():
    return {name: np.int64(number) for name, number in RIGHT.items()}


def right_numpy_floats():
    return {name: np.float32(number) for name, number in RIGHT.items()}


def right_small_numpy_integers():
    return {name: np.array(list(RIGHT.values()), "uint16")[i] for i, name in enumerate(RIGHT)}


def right_in_another_order():
    return dict(reversed(RIGHT.items()))


def right_calculated():
    side = (28 - 4) // 2
    flat = side**2 * 16
    return {
        "conv_1": 5 * 5 * 8 + 8,
        "side": side,
        "conv_2": 3 * 3 * 8 * 16 + 16,
        "flat": flat,
        "digit": (flat + 1) * 10,
    }


def right_divided():
    return RIGHT | {"side": (28 - 5 + 1) / 2}


def right_products():
    return RIGHT | {"flat": np.prod([12, 12, 16]), "conv_2": np.prod([3, 3, 8, 16]) + 16}


def right_sums():
    return {"conv_1": sum([200, 8]), "side": 12, "conv_2": 1152 + 16} | {
        "flat": 12 * 12 * 16,
        "digit": 23040 + 10,
    }


def right_read_off_a_model():
    model = _built()
    first, pooling, second, flatten, last = model.layers
    return {
        "conv_1": first.count_params(),
        "side": pooling.output.shape[1],
        "conv_2": second.count_params(),
        "flat": flatten.output.shape[-1],
        "digit": last.count_params(),
    }


def right_counted_on_the_weights():
    sizes = [int(np.prod(weight.shape)) for weight in _built().weights]
    return RIGHT | {
        "conv_1": sizes[0] + sizes[1],
        "conv_2": sizes[2] + sizes[3],
        "digit": sizes[4] + sizes[5],
    }


def right_from_two_lists():
    return dict(zip(RIGHT, [208, 12, 1168, 2304, 23050], strict=True))


def right_as_texts():
    return {name: str(number) for name, number in RIGHT.items()}


def wrong_no_biases():
    """You left out the biases: each filter has one, and each unit too."""
    return RIGHT | {"conv_1": 200, "conv_2": 1152, "digit": 23040}


def wrong_one_channel():
    """The filters of “conv_2” read all 8 channels that come in"""
    return RIGHT | {"conv_2": 160}


def wrong_as_if_padded():
    """Without padding, a window of 5 stops at 24 places in a row, not 28"""
    return RIGHT | {"side": 14, "flat": 3136, "digit": 31370}


def wrong_before_the_pooling():
    """“side” is asked for after the pooling, which halves rows and columns."""
    return RIGHT | {"side": 24}


def wrong_channels_forgotten():
    """Flatten keeps every number: rows × columns × channels"""
    return RIGHT | {"flat": 144, "digit": 1450}


def wrong_one_bias():
    """“conv_1”: 201 is not right."""
    return RIGHT | {"conv_1": 201}


def wrong_no_border_at_the_second():
    """“flat”: 1600 is not right."""
    return RIGHT | {"flat": 1600, "digit": 16010}


def wrong_left_open():
    """The entry “digit” is missing."""
    return RIGHT | {"digit": None}


def wrong_missing():
    """The entry “flat” is missing."""
    return {name: number for name, number in RIGHT.items() if name != "flat"}


def wrong_in_words():
    """“side”: twelve is not right."""
    return RIGHT | {"side": "twelve"}


def wrong_a_total():
    """The answer is of another type than expected"""
    return sum(RIGHT.values())


def wrong_half_a_pixel():
    """“side”: 11.5 is not right."""
    return RIGHT | {"side": 11.5}
