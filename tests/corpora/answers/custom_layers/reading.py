"""What a layer holds after it is made, after a call in training and after another one."""

from collections import OrderedDict

import numpy as np
from keras import layers, ops


def _reading(made=0, parameters=37, trainable=36, again=37, seen=32):
    return {
        "arrays_made": made,
        "parameters": parameters,
        "trainable": trainable,
        "parameters_again": again,
        "seen": seen,
    }


class _Mixer(layers.Layer):
    """As the statement has it."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        features = input_shape[-1]
        self.gain = self.add_weight(shape=(features,), name="gain")
        self.kernel = self.add_weight(shape=(features, self.units), name="kernel")
        self.seen = self.add_weight(shape=(), initializer="zeros", trainable=False, name="seen")

    def call(self, inputs, training=False):
        if training:
            self.seen.assign(self.seen + inputs.shape[0])
        return ops.matmul(inputs * self.gain, self.kernel)


def _called():
    mixer = _Mixer(5)
    made = len(mixer.weights)
    mixer(ops.zeros((32, 12, 6)), training=True)
    parameters = mixer.count_params()
    mixer(ops.zeros((8, 20, 6)))
    return mixer, made, parameters


def right_numbers():
    return {
        "arrays_made": 0,
        "parameters": 37,
        "trainable": 36,
        "parameters_again": 37,
        "seen": 32,
    }


def right_products():
    trainable = 6 + 6 * 5
    return _reading(parameters=trainable + 1, trainable=trainable, again=trainable + 1)


def right_factored():
    return _reading(parameters=6 * (1 + 5) + 1, trainable=6 * 6)


def right_in_another_order():
    return dict(reversed(_reading().items()))


def right_floats():
    return _reading(0.0, 37.0, 36.0, 3.7e1, 32.0)


def right_numpy_numbers():
    return _reading(np.int64(0), np.int32(37), np.uint8(36), np.float64(37), np.float32(32))


def right_arrays_and_tensors():
    return _reading(np.array(0), np.array([6, 30, 1]).sum(), ops.convert_to_tensor(36))


def right_numbers_as_text():
    return _reading("0", "37", " 36 ", "37", "32.0")


def right_ordered():
    return OrderedDict(_reading())


def right_filled_in_later():
    reading = dict.fromkeys(_reading())
    reading["arrays_made"] = 0
    reading["parameters"] = reading["parameters_again"] = 37
    reading.update(trainable=36, seen=32)
    return reading


def right_asked_of_keras():
    mixer, made, parameters = _called()
    trainable = sum(int(np.prod(w.shape)) for w in mixer.trainable_weights)
    return _reading(made, parameters, trainable, mixer.count_params(), float(mixer.seen))


def right_seen_as_the_layer_holds_it():
    mixer, made, parameters = _called()
    return _reading(made, parameters, seen=mixer.seen.numpy())


def right_with_an_entry_more():
    return {"output": 5, **_reading()}


def wrong_weights_from_the_start():
    """Line 1 runs “__init__” only: “build” has not run, so there are no weights."""
    return _reading(made=3)


def wrong_seen_left_out():
    """You left “seen” out. It is not trained, but it is a parameter of the layer all the same"""
    return _reading(parameters=36, again=36)


def wrong_seen_trained():
    """“seen” has trainable=False: no gradient changes it."""
    return _reading(trainable=37)


def wrong_made_anew():
    """“build” runs once only. The second call uses the weights of the first"""
    return _reading(again=74)


def wrong_seen_grows_always():
    """Line 3 is not in training, so “seen” does not grow there."""
    return _reading(seen=40)


def wrong_steps_for_features():
    """“features” is the last axis, 6. The 12 in the middle is a number of steps"""
    return _reading(parameters=12 + 12 * 5 + 1, trainable=12 + 12 * 5)


def wrong_seen_counts_calls():
    """“seen”: 1 is not right."""
    return _reading(seen=1)


def wrong_seen_counts_steps():
    """“seen”: 384 is not right."""
    return _reading(seen=32 * 12)


def wrong_no_gain():
    """“parameters”: 31 is not right."""
    return _reading(parameters=31, trainable=30, again=31)


def wrong_with_a_bias():
    """“parameters”: 42 is not right."""
    return _reading(parameters=42, trainable=41, again=42)


def wrong_arrays_of_the_end():
    """“arrays_made”: 2 is not right."""
    return _reading(made=2)


def wrong_one_entry_left_open():
    """The entry “seen” is missing."""
    return _reading(seen=None)


def wrong_everything_from_the_start():
    """Line 1 runs “__init__” only"""
    return _reading(made=3, seen=40)
