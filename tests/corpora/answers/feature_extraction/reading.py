"""What a graph says of itself: a side, a width, two names and what can learn."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers, ops


def _facts(side=13, width=36, read_twice="skin", largest="spots", learns=2849):
    return {
        "side": side,
        "width": width,
        "read_twice": read_twice,
        "largest": largest,
        "learns": learns,
    }


def _sorter():
    """The given model."""
    fruit = keras.Input(shape=(32, 32, 3), name="fruit")
    skin = layers.Conv2D(12, 5, activation="relu", name="skin")(fruit)
    spots = layers.Conv2D(24, 3, strides=2, activation="relu", name="spots")(skin)
    even = layers.BatchNormalization(name="even")(spots)
    texture = layers.GlobalMaxPooling2D(name="texture")(even)
    colour = layers.GlobalAveragePooling2D(name="colour")(skin)
    both = layers.Concatenate(name="both")([colour, texture])
    grade = layers.Dense(5, activation="softmax", name="grade")(both)
    sorter = keras.Model(fruit, grade, name="sorter")
    sorter.get_layer("skin").trainable = False
    return sorter


def right_numbers_and_names():
    return {"side": 13, "width": 36, "read_twice": "skin", "largest": "spots", "learns": 2849}


def right_products():
    return _facts(learns=(3 * 3 * 12 * 24 + 24) + 2 * 24 + (36 * 5 + 5), width=12 + 24)


def right_asked_of_the_weights():
    sorter = _sorter()
    return _facts(learns=sum(np.prod(weight.shape) for weight in sorter.trainable_weights))


def right_asked_of_the_backend():
    sorter = _sorter()
    return _facts(learns=sum(int(ops.size(weight)) for weight in sorter.trainable_variables))


def right_all_minus_frozen():
    sorter = _sorter()
    return _facts(learns=sorter.count_params() - sorter.get_layer("skin").count_params() - 2 * 24)


def right_asked_of_the_shapes():
    sorter = _sorter()
    _batch, rows, _columns, _maps = sorter.get_layer("spots").output.shape
    return _facts(side=rows, width=sorter.get_layer("both").output.shape[1])


def right_asked_of_the_next_layer():
    sorter = _sorter()
    return _facts(
        side=sorter.get_layer("even").input.shape[2], width=sorter.layers[-1].input.shape[-1]
    )


def right_largest_by_sorting():
    ranked = sorted(_sorter().layers, key=lambda layer: layer.count_params())
    return _facts(largest=ranked[-1].name)


def right_read_twice_from_the_configuration():
    entries = _sorter().get_config()["layers"]
    text = [str(entry["inbound_nodes"]) for entry in entries]
    names = [entry["name"] for entry in entries]
    readers = {name: sum(f"'keras_history': ['{name}'" in t for t in text) for name in names}
    return _facts(read_twice=max(readers, key=readers.get))


def right_layer_names_of_the_layers():
    sorter = _sorter()
    return _facts(read_twice=sorter.layers[1].name, largest=sorter.get_layer("spots").name)


def right_other_case():
    return _facts(read_twice="Skin", largest="SPOTS")


def right_floats():
    return _facts(13.0, 36.0, learns=2849.0)


def right_numpy_numbers():
    return _facts(np.int32(13), np.float32(36), learns=np.int64(2849))


def right_numbers_as_text():
    return _facts("13", "36", learns="2,849")


def right_another_order():
    return OrderedDict(reversed(_facts().items()))


def right_filled_in_later():
    reading = dict.fromkeys(_facts())
    reading.update(side=13, width=36, learns=2849)
    reading["read_twice"], reading["largest"] = "skin", "spots"
    return reading


def right_with_an_entry_more():
    return _facts() | {"frozen": 960}


def wrong_all_parameters():
    "You counted all parameters. “skin” is frozen: ask for those that can be trained."
    return _facts(learns=_sorter().count_params())


def wrong_moving_averages_counted():
    "You left out the frozen layer, but counted the moving averages of “even”"
    return _facts(learns=3809 - 912)


def wrong_where_the_arrows_meet():
    "“both” reads two layers. Asked for is the layer that two others read"
    return _facts(read_twice="both")


def wrong_rounded_up():
    "a window of 3 has 26 positions on a side of 28; a stride of 2 keeps every other one."
    return _facts(side=14)


def wrong_texture_only():
    "“both” puts the 12 numbers of “colour” and the 24 of “texture” end to end."
    return _facts(width=24)


def wrong_frozen_counted():
    "“learns”: 960 is not right."
    return _facts(learns=960)


def wrong_no_gradient_for_even():
    "“learns”: 2801 is not right."
    return _facts(learns=2849 - 48)


def wrong_skin_is_large_to_the_eye():
    "“largest”: skin is not right."
    return _facts(largest="skin")


def wrong_input_read_twice():
    "“read_twice”: fruit is not right."
    return _facts(read_twice="fruit")


def wrong_side_of_skin():
    "“side”: 28 is not right."
    return _facts(side=28)


def wrong_whole_shape():
    "“side”: [13, 13] is not right."
    return _facts(side=(13, 13))


def wrong_width_added():
    "“width”: 12 is not right."
    return _facts(width=12)


def wrong_left_open():
    "The entry “learns” is missing."
    return _facts(learns=None)


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return list(_facts().values())
