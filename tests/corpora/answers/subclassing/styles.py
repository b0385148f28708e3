"""The simplest style that will do, for five needs."""

from collections import OrderedDict

import numpy as np


def _styles(**changes):
    return {
        "chain": "sequential",
        "two_inputs": "functional",
        "skip": "functional",
        "formula": "subclass",
        "until_stable": "subclass",
        **changes,
    }


def right_dictionary():
    return {
        "chain": "sequential",
        "two_inputs": "functional",
        "skip": "functional",
        "formula": "subclass",
        "until_stable": "subclass",
    }


def right_capitals():
    return {need: style.capitalize() for need, style in _styles().items()}


def right_shouted():
    return {need: style.upper() for need, style in _styles().items()}


def right_one_capital():
    return _styles(chain="Sequential")


def right_in_another_order():
    return dict(reversed(_styles().items()))


def right_keyword_arguments():
    return dict(  # noqa: C408
        chain="sequential",
        two_inputs="functional",
        skip="functional",
        formula="subclass",
        until_stable="subclass",
    )


def right_ordered():
    return OrderedDict(sorted(_styles().items()))


def right_zipped():
    order = ("sequential", "functional", "functional", "subclass", "subclass")
    return dict(zip(_styles(), order, strict=True))


def right_filled_in_later():
    styles = dict.fromkeys(_styles())
    styles["chain"] = "sequential"
    styles["two_inputs"] = styles["skip"] = "functional"
    styles.update(formula="subclass", until_stable="subclass")
    return styles


def right_by_style():
    by_style = {
        "sequential": ["chain"],
        "functional": ["skip", "two_inputs"],
        "subclass": ["until_stable", "formula"],
    }
    return {need: style for style, needs in by_style.items() for need in needs}


def right_names_for_the_styles():
    stack, graph, program = "sequential", "functional", "subclass"
    return {
        "chain": stack,
        "two_inputs": graph,
        "skip": graph,
        "formula": program,
        "until_stable": program,
    }


def right_numpy_texts():
    return {need: np.str_(style) for need, style in _styles().items()}


def right_with_an_entry_more():
    return _styles(gan="subclass")


def wrong_chain_as_a_graph():
    """A chain of layers needs no more than a list, however long it is"""
    return _styles(chain="functional")


def wrong_two_inputs_in_a_stack():
    """A stack has one way in: two inputs that meet need a graph."""
    return _styles(two_inputs="sequential")


def wrong_skip_as_a_program():
    """A subclass could compute the skip, but it shows as one box, and its file needs its class."""
    return _styles(skip="subclass")


def wrong_formula_as_a_graph():
    """A graph has one shape, drawn before the data."""
    return _styles(formula="functional")


def wrong_loop_in_a_graph():
    """In a graph the number of rounds would be fixed in advance."""
    return _styles(until_stable="functional")


def wrong_chain_as_a_program():
    """“chain”"""
    return _styles(chain="subclass")


def wrong_skip_in_a_stack():
    """“skip”"""
    return _styles(skip="sequential")


def wrong_formula_in_a_stack():
    """“formula”"""
    return _styles(formula="sequential")


def wrong_programs_everywhere():
    """A subclass could compute the skip, but it shows as one box"""
    return dict.fromkeys(_styles(), "subclass")


def wrong_graphs_everywhere():
    """is not right."""
    return dict.fromkeys(_styles(), "functional")


def wrong_two_inputs_as_a_program():
    """“two_inputs”"""
    return _styles(two_inputs="subclass")


def wrong_another_word():
    """“until_stable”"""
    return _styles(until_stable="loop")
