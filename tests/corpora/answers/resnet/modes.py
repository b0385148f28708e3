"""Dropout and normalisation in training and in inference; why deeper may be worse."""

from collections import OrderedDict

import numpy as np


def _choices(dropout="b", training="a", inference="b", deeper="c"):
    return {"dropout": dropout, "training": training, "inference": inference, "deeper": deeper}


def right_choices():
    return {"dropout": "b", "training": "a", "inference": "b", "deeper": "c"}


def right_capitals():
    return _choices("B", "A", "B", "C")


def right_mixed_case():
    return _choices("b", "A", "B", "c")


def right_in_another_order():
    return {"deeper": "c", "inference": "b", "training": "a", "dropout": "b"}


def right_with_spaces():
    return _choices(" b", "a ", " b ", "c")


def right_keyword_arguments():
    return dict(dropout="b", training="a", inference="b", deeper="c")  # noqa: C408


def right_ordered():
    return OrderedDict(_choices())


def right_filled_in_later():
    modes = dict.fromkeys(("dropout", "training", "inference", "deeper"))
    modes["dropout"] = modes["inference"] = "b"
    modes["training"] = "a"
    modes["deeper"] = "c"
    return modes


def right_zipped():
    return dict(zip(("dropout", "training", "inference", "deeper"), "babc", strict=True))


def right_numpy_texts():
    return _choices(*np.array(["b", "a", "b", "c"]))


def right_with_an_entry_more():
    return {**_choices(), "why": "the gradients"}


def right_picked_from_the_letters():
    letters = "abc"
    return _choices(letters[1], letters[0], letters[1], letters[-1])


def right_updated():
    modes = _choices("a", "b", "c", "a")
    modes.update(dropout="b", training="a", inference="b", deeper="c")
    return modes


def wrong_dropout_in_inference():
    "Dropout turns numbers off in training only. In inference it does nothing at all."
    return _choices(dropout="a")


def wrong_dropout_halves():
    "Dropout makes up for it in training already, by doubling what stays."
    return _choices(dropout="c")


def wrong_modes_exchanged():
    "You have exchanged the two modes of BatchNormalization"
    return _choices(training="b", inference="a")


def wrong_overfitting():
    "Overfitting means good on the training set, bad elsewhere."
    return _choices(deeper="a")


def wrong_too_small():
    "“deeper”: b is not right."
    return _choices(deeper="b")


def wrong_whole_training_set():
    "“training”: c is not right."
    return _choices(training="c")


def wrong_whole_test_set():
    "“inference”: c is not right."
    return _choices(inference="c")


def wrong_batch_in_inference():
    "“inference”: a is not right."
    return _choices(inference="a")


def wrong_moving_mean_in_training():
    "“training”: b is not right."
    return _choices(training="b")


def wrong_everything_b():
    "“deeper”: b is not right."
    return _choices("b", "b", "b", "b")


def wrong_letter():
    "“deeper”: d is not right."
    return _choices(deeper="d")


def wrong_left_open():
    "The entry “deeper” is missing."
    return _choices(deeper=None)


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return ["b", "a", "b", "c"]
