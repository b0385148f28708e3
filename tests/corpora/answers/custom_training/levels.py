"""The lowest rung that is enough, for five needs."""

from collections import OrderedDict

import numpy as np


def _levels(**changes):
    return {
        "message": "callback",
        "flood": "loss",
        "nudged": "train_step",
        "duel": "train_step",
        "game": "loop",
        **changes,
    }


def right_dictionary():
    return {
        "message": "callback",
        "flood": "loss",
        "nudged": "train_step",
        "duel": "train_step",
        "game": "loop",
    }


def right_capitals():
    return {need: level.capitalize() for need, level in _levels().items()}


def right_shouted():
    return {need: level.upper() for need, level in _levels().items()}


def right_one_capital():
    return _levels(message="Callback")


def right_with_spaces():
    return _levels(flood=" loss ", game="loop ")


def right_in_another_order():
    return dict(reversed(_levels().items()))


def right_keyword_arguments():
    return dict(  # noqa: C408
        message="callback", flood="loss", nudged="train_step", duel="train_step", game="loop"
    )


def right_ordered():
    return OrderedDict(sorted(_levels().items()))


def right_zipped():
    order = ("callback", "loss", "train_step", "train_step", "loop")
    return dict(zip(_levels(), order, strict=True))


def right_filled_in_later():
    levels = dict.fromkeys(_levels())
    levels["message"], levels["flood"], levels["game"] = "callback", "loss", "loop"
    levels.update(nudged="train_step", duel="train_step")
    return levels


def right_by_rung():
    by_rung = {
        "loop": ["game"],
        "train_step": ["duel", "nudged"],
        "loss": ["flood"],
        "callback": ["message"],
    }
    return {need: rung for rung, needs in by_rung.items() for need in needs}


def right_numpy_texts():
    return {need: np.str_(level) for need, level in _levels().items()}


def right_with_an_entry_more():
    return _levels(clipping="argument")


def wrong_duel_as_a_loop():
    """Two networks fit into one train_step: one step each per batch."""
    return _levels(duel="loop")


def wrong_flood_as_a_step():
    """The cost of an error depends on target and answer only: a loss is enough"""
    return _levels(flood="train_step")


def wrong_message_as_a_step():
    """Between two epochs a callback is enough; nothing in the step changes."""
    return _levels(message="train_step")


def wrong_nudged_as_a_loss():
    """The gradient with respect to the images exists only inside the step."""
    return _levels(nudged="loss")


def wrong_game_as_a_step():
    """fit goes through data that exist beforehand. Here each move makes the next data: the rhythm
    is no longer that of fit."""
    return _levels(game="train_step")


def wrong_loops_everywhere():
    """Two networks fit into one train_step"""
    return dict.fromkeys(_levels(), "loop")


def wrong_steps_everywhere():
    """“game”: train_step is not right."""
    return dict.fromkeys(_levels(), "train_step")


def wrong_message_as_a_loop():
    """“message”: loop is not right."""
    return _levels(message="loop")


def wrong_flood_as_a_callback():
    """“flood”: callback is not right."""
    return _levels(flood="callback")


def wrong_nudged_as_a_callback():
    """“nudged”: callback is not right."""
    return _levels(nudged="callback")


def wrong_another_word():
    """“duel”: gan is not right."""
    return _levels(duel="gan")


def wrong_left_open():
    """The entry “game” is missing."""
    return _levels(game=None)


def wrong_by_position():
    """The answer is of another type than expected: dict."""
    return list(_levels().values())
