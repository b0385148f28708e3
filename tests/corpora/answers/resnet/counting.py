"""Parameters of a block, a projection and a normalisation; the side after a stride."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers, ops


def _counts(block=18_496, projection=1_584, side=8, normalisation=128):
    return {
        "block": block,
        "projection": projection,
        "side": side,
        "normalisation": normalisation,
    }


def right_numbers():
    return {"block": 18496, "projection": 1584, "side": 8, "normalisation": 128}


def right_products():
    return _counts(2 * (9 * 32 * 32 + 32), 32 * 48 + 48, (15 + 1) // 2, 4 * 32)


def right_factored():
    return _counts(block=2 * (9 * 32 + 1) * 32, projection=(32 + 1) * 48)


def right_in_another_order():
    return {"side": 8, "normalisation": 128, "projection": 1_584, "block": 18_496}


def right_floats():
    return _counts(18496.0, 1.584e3, 8.0, 128.0)


def right_numpy_numbers():
    return _counts(np.int64(18496), np.int32(1584), np.ceil(15 / 2), np.float32(128))


def right_arrays_and_tensors():
    return _counts(np.array(18496), ops.prod([33, 48]), side=ops.convert_to_tensor(8))


def right_numbers_as_text():
    return _counts("18496", "1,584", "8", "128")


def right_keyword_arguments():
    return dict(block=18_496, projection=1_584, side=8, normalisation=128)  # noqa: C408


def right_ordered():
    return OrderedDict(_counts())


def right_filled_in_later():
    counting = dict.fromkeys(("block", "projection", "side", "normalisation"))
    counting["block"] = 2 * 9248
    counting["projection"] = 1536 + 48
    counting["side"] = len(range(0, 15, 2))
    counting["normalisation"] = 2 * 32 + 2 * 32
    return counting


def right_asked_of_keras():
    maps = keras.Input((15, 15, 32))
    y = layers.Conv2D(32, 3, padding="same")(layers.Conv2D(32, 3, padding="same")(maps))
    block = keras.Model(maps, layers.add([maps, y]))
    projection = layers.Conv2D(48, 1, strides=2, padding="same")
    norm = layers.BatchNormalization()
    side = projection(maps).shape[1]
    norm(maps)
    return _counts(block.count_params(), projection.count_params(), side, norm.count_params())


def right_with_an_entry_more():
    return {"channels": 48, **_counts()}


def wrong_no_biases():
    "You counted the weights of the convolutions, but not their biases: one for each filter."
    return _counts(block=18_432, projection=1_536)


def wrong_wide_projection():
    "The window of the projection is 1 × 1, not 3 × 3: that is what makes it light."
    return _counts(projection=9 * 32 * 48 + 48)


def wrong_side_rounded_down():
    "a stride of 2 rounds half the side up, not down."
    return _counts(side=15 // 2)


def wrong_only_what_is_learned():
    "You counted only what the normalisation learns."
    return _counts(normalisation=64)


def wrong_one_convolution():
    "“block”: 9248 is not right."
    return _counts(block=9248)


def wrong_shortcut_with_weights():
    "“block”: 19552 is not right."
    return _counts(block=18_496 + 32 * 32 + 32)


def wrong_one_bias_for_the_layer():
    "“projection”: 1537 is not right."
    return _counts(projection=32 * 48 + 1)


def wrong_projection_from_its_own_filters():
    "“projection”: 2352 is not right."
    return _counts(projection=48 * 48 + 48)


def wrong_side_not_halved():
    "“side”: 15 is not right."
    return _counts(side=15)


def wrong_half_a_pixel():
    "“side”: 7.5 is not right."
    return _counts(side=7.5)


def wrong_one_number_per_channel():
    "“normalisation”: 32 is not right."
    return _counts(normalisation=32)


def wrong_three_numbers_per_channel():
    "“normalisation”: 96 is not right."
    return _counts(normalisation=96)


def wrong_left_open():
    "The entry “normalisation” is missing."
    return _counts(normalisation=None)


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return [18496, 1584, 8, 128]
