"""What a subclass holds after it is made, after a first call and after a second."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers, ops


def _timeline(made=0, called=4, parameters=1305, again=1305):
    return {
        "arrays_made": made,
        "arrays_called": called,
        "parameters_called": parameters,
        "parameters_again": again,
    }


class _Mixer(keras.Model):
    def __init__(self):
        super().__init__()
        self.large = layers.Dense(50, activation="relu")
        self.small = layers.Dense(5)

    def call(self, inputs):
        return self.small(self.large(inputs))


def right_numbers():
    return {
        "arrays_made": 0,
        "arrays_called": 4,
        "parameters_called": 1305,
        "parameters_again": 1305,
    }


def right_products():
    parameters = (20 * 50 + 50) + (50 * 5 + 5)
    return _timeline(parameters=parameters, again=parameters)


def right_factored():
    return _timeline(called=2 * 2, parameters=21 * 50 + 51 * 5)


def right_in_another_order():
    return dict(reversed(_timeline().items()))


def right_floats():
    return _timeline(0.0, 4.0, 1305.0, 1.305e3)


def right_numpy_numbers():
    return _timeline(np.int64(0), np.int32(4), np.float32(1305), np.uint16(1305))


def right_arrays_and_tensors():
    return _timeline(np.array(0), ops.convert_to_tensor(4), np.array([1050, 255]).sum())


def right_numbers_as_text():
    return _timeline("0", "4", "1305", "1,305")


def right_ordered():
    return OrderedDict(_timeline())


def right_filled_in_later():
    timeline = dict.fromkeys(_timeline())
    timeline["arrays_made"] = 0
    timeline["arrays_called"] = 4
    timeline["parameters_called"] = timeline["parameters_again"] = 1305
    return timeline


def right_in_a_loop():
    total = 0
    for inputs, units in ((20, 50), (50, 5)):
        total += inputs * units + units
    return _timeline(parameters=total, again=total)


def right_asked_of_keras():
    mixer = _Mixer()
    made = len(mixer.weights)
    mixer(ops.zeros((3, 20)))
    called, parameters = len(mixer.weights), mixer.count_params()
    mixer(ops.zeros((100, 20)))
    return _timeline(made, called, parameters, mixer.count_params())


def right_with_an_entry_more():
    return {"layers": 2, **_timeline()}


def right_lengths():
    return _timeline(len([]), len(("kernel", "bias") * 2))


def wrong_arrays_from_the_start():
    """Line 1 makes layers, but no weights yet: nobody has said how many numbers come in."""
    return _timeline(made=4)


def wrong_layers_counted():
    """You counted layers. Each dense layer holds two arrays: a kernel and a bias."""
    return _timeline(called=2)


def wrong_no_biases():
    """You counted the weights of the layers, but not their biases: 50, then 5."""
    return _timeline(parameters=1250, again=1250)


def wrong_made_anew():
    """The second call makes nothing new: it uses the weights of the first."""
    return _timeline(again=2610)


def wrong_batch_for_inputs():
    """The first number of a shape is the batch: 3 examples of 20 numbers each."""
    return _timeline(parameters=200 + 255)


def wrong_batch_and_early():
    """“arrays_made”: 2 is not right."""
    return _timeline(made=2, called=2)


def wrong_batch_multiplies():
    """“parameters_again”: 130500 is not right."""
    return _timeline(again=130_500)


def wrong_first_layer_only():
    """“parameters_called”: 1050 is not right."""
    return _timeline(parameters=1050)


def wrong_three_layers():
    """“arrays_called”: 6 is not right."""
    return _timeline(called=6)


def wrong_bias_once():
    """“parameters_called”: 1252 is not right."""
    return _timeline(parameters=20 * 50 + 1 + 50 * 5 + 1)


def wrong_everything_from_the_start():
    """Line 1 makes layers, but no weights yet"""
    return _timeline(made=4, parameters=1250)


def wrong_one_entry_left_open():
    """“parameters_again”"""
    return _timeline(again=None)
