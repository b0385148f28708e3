"""Which models a stack can be, in the words that a student would write."""

from collections import OrderedDict
from types import MappingProxyType

import numpy as np

NAMES = ("spam", "house", "film", "signature", "shortcut")
RIGHT = {
    "spam": "stack",
    "house": "graph",
    "film": "stack",
    "signature": "graph",
    "shortcut": "graph",
}


def right_as_in_the_statement():
    return dict(RIGHT)


def right_in_capitals():
    return {name: word.upper() for name, word in RIGHT.items()}


def right_with_capitals_at_the_front():
    return {name: word.title() for name, word in RIGHT.items()}


def right_in_another_order():
    return dict(sorted(RIGHT.items()))


def right_ordered():
    return OrderedDict(RIGHT)


def right_from_pairs():
    return dict((name, RIGHT[name]) for name in reversed(NAMES))  # noqa: C402  as students write


def right_zipped():
    return dict(zip(NAMES, ["stack", "graph", "stack", "graph", "graph"], strict=True))


def right_numpy_texts():
    return dict(zip(NAMES, np.array(list(RIGHT.values())), strict=True))


def right_filled_in_later():
    choosing = dict.fromkeys(NAMES, "graph")
    choosing["spam"] = choosing["film"] = "stack"
    return choosing


def right_by_a_rule():
    paths = {"spam": 1, "house": 2, "film": 1, "signature": 2, "shortcut": 2}
    return {name: "stack" if count == 1 else "graph" for name, count in paths.items()}


def right_merged():
    stacks = dict.fromkeys(("spam", "film"), "stack")
    return stacks | dict.fromkeys(("house", "signature", "shortcut"), "graph")


def right_mixed_case():
    return RIGHT | {"spam": "Stack", "house": "GRAPH"}


def right_from_a_view():
    return dict(MappingProxyType(RIGHT))


def wrong_house():
    """“house” has two inputs, a photo and a form"""
    return RIGHT | {"house": "stack"}


def wrong_signature():
    """In “signature” the same layers are used twice and the results meet"""
    return RIGHT | {"signature": "stack"}


def wrong_shortcut():
    """In “shortcut” the original image skips some layers and comes back"""
    return RIGHT | {"shortcut": "stack"}


def wrong_film():
    """A film is a single tensor"""
    return RIGHT | {"film": "graph"}


def wrong_spam():
    """The words of one message are one input, a sequence."""
    return RIGHT | {"spam": "graph"}


def wrong_all_graphs():
    """“film”: graph is not right."""
    return dict.fromkeys(NAMES, "graph")


def wrong_all_stacks():
    """“shortcut”: stack is not right."""
    return dict.fromkeys(NAMES, "stack")


def wrong_one_left_open():
    """The entry “film” is missing."""
    return RIGHT | {"film": None}


def wrong_one_missing():
    """The entry “shortcut” is missing."""
    return {name: word for name, word in RIGHT.items() if name != "shortcut"}


def wrong_yes_and_no():
    """“film”: yes is not right."""
    return {name: "yes" if word == "stack" else "no" for name, word in RIGHT.items()}


def wrong_a_list():
    """The answer is of another type than expected"""
    return list(RIGHT.values())
