"""Sides, code and parameters of Conv 8@3, MaxPool 2, Conv 4@3, GlobalMaxPool on 20 x 20 x 1."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers


def _sides(after_conv_1=18, after_pool=9, after_conv_2=7, code=4, parameters=372):
    return {
        "after_conv_1": after_conv_1,
        "after_pool": after_pool,
        "after_conv_2": after_conv_2,
        "code": code,
        "parameters": parameters,
    }


def _encoder():
    return keras.Sequential(
        [
            keras.Input((20, 20, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(4, 3, activation="relu"),
            layers.GlobalMaxPooling2D(),
        ]
    )


def right_numbers():
    return {
        "after_conv_1": 18,
        "after_pool": 9,
        "after_conv_2": 7,
        "code": 4,
        "parameters": 372,
    }


def right_in_another_order():
    return dict(reversed(_sides().items()))


def right_computed():
    return _sides(20 - 3 + 1, (20 - 3 + 1) // 2, 9 - 3 + 1, 4, 80 + 292)


def right_floats():
    return _sides(18.0, 9.0, 7.0, 4.0, 3.72e2)


def right_true_division():
    return _sides(after_pool=18 / 2)


def right_numpy_numbers():
    return _sides(np.int64(18), np.int32(9), np.uint8(7), np.float32(4), np.int64(372))


def right_numpy_sum():
    return _sides(parameters=np.sum([9 * 8, 8, 9 * 8 * 4, 4]))


def right_ordered():
    return OrderedDict(_sides())


def right_filled_in_later():
    sides = dict.fromkeys(_sides())
    side = 20
    for name, step in (("after_conv_1", 2), ("after_pool", None), ("after_conv_2", 2)):
        side = side // 2 if step is None else side - step
        sides[name] = side
    sides["code"] = 4
    sides["parameters"] = 372
    return sides


def right_joined_dictionaries():
    return {"after_conv_1": 18, "after_pool": 9, "after_conv_2": 7} | {"code": 4, "parameters": 372}


def right_asked_of_keras():
    encoder = _encoder()
    rows = [layer.output.shape[1] for layer in encoder.layers]
    return _sides(*rows, encoder.count_params())


def right_sum_over_layers():
    return _sides(parameters=sum(layer.count_params() for layer in _encoder().layers))


def right_shapes_of_numpy():
    scan = np.zeros((20, 20))
    windows = np.lib.stride_tricks.sliding_window_view(scan, (3, 3))
    return _sides(after_conv_1=windows.shape[0], after_pool=windows.shape[1] / 2)


def right_as_a_function_of_the_kernel():
    def parameters(maps, filters, kernel=3):
        return (kernel * kernel * maps + 1) * filters

    return _sides(parameters=parameters(1, 8) + parameters(8, 4))


def wrong_side_kept():
    """The convolutions have no padding: the side shrinks by 2, one pixel at each edge."""
    return _sides(after_conv_1=20)


def wrong_same_padding_everywhere():
    """The convolutions have no padding: the side shrinks by 2"""
    return _sides(20, 10, 10)


def wrong_pool_takes_two_off():
    """A pooling of 2 keeps one value out of each 2 × 2 square: the side is halved"""
    return _sides(after_pool=16, after_conv_2=14)


def wrong_code_flattened():
    """Global max pooling keeps one number for each map, whatever its size"""
    return _sides(code=196)


def wrong_filters_look_at_one_map():
    """Each filter of the second convolution looks at all 8 maps: it has 3 × 3 × 8 weights."""
    return _sides(parameters=80 + 40)


def wrong_no_biases():
    """You counted the weights of the filters, but not their biases."""
    return _sides(parameters=72 + 288)


def wrong_one_pixel_off():
    """“after_conv_1”: 19 is not right."""
    return _sides(after_conv_1=19)


def wrong_last_side():
    """“after_conv_2”: 6 is not right."""
    return _sides(after_conv_2=6)


def wrong_code_of_one():
    """“code”: 1 is not right."""
    return _sides(code=1)


def wrong_entry_missing():
    """The entry “parameters” is missing."""
    sides = _sides()
    del sides["parameters"]
    return sides


def wrong_not_filled_in():
    """The entry “code” is missing."""
    return _sides(code=None)


def wrong_as_text():
    """“after_pool”: nine is not right."""
    return _sides(after_pool="nine")


def wrong_a_list():
    """The answer is of another type than expected"""
    return [18, 9, 7, 4, 372]


def wrong_a_shape():
    """“after_conv_1”: [18, 18] is not right."""
    return _sides(after_conv_1=(18, 18))


def wrong_one_number():
    """The answer is of another type than expected"""
    return 372
