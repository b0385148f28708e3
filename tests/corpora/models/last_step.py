"""The last state of an LSTM: many ways to ask for it, and a mask that counts."""

import keras
from keras import layers


def _model(last):
    series = keras.Input((6, 3), name="series")
    return keras.Model(series, layers.Dense(2, name="answer")(last(series)))


def reference():
    return _model(layers.LSTM(4, name="memory"))


def same_state_returned_and_dropped():
    return _model(lambda series: layers.LSTM(4, return_state=True)(series)[0])


def same_hidden_state():
    return _model(lambda series: layers.LSTM(4, return_state=True)(series)[1])


def same_last_of_the_sequence():
    return _model(lambda series: layers.LSTM(4, return_sequences=True)(series)[:, -1])


def same_unrolled():
    return _model(layers.LSTM(4, unroll=True))


def same_cell_in_a_loop_of_keras():
    return _model(layers.RNN(layers.LSTMCell(4)))


def other_masked():
    """surplus-layer"""
    return _model(lambda series: layers.LSTM(4)(layers.Masking(name="mask")(series)))


def other_first_step():
    """surplus-layer get_item"""
    return _model(lambda series: layers.LSTM(4)(series[:, :1]))


def other_cell_state():
    """wrong-setting memory"""
    return _model(lambda series: layers.LSTM(4, return_state=True, name="memory")(series)[2])
