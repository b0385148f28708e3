"""The simplest style that will do, for six needs."""

from collections import OrderedDict

import numpy as np


def _needs(**changes):
    return {
        "excel": "sequential",
        "ticket": "functional",
        "twins": "functional",
        "molecule": "subclass",
        "formula": "layer",
        "duel": "subclass",
        **changes,
    }


def right_dictionary():
    return _needs()


def right_capitals():
    return {need: style.upper() for need, style in _needs().items()}


def right_title_case():
    return {need: style.title() for need, style in _needs().items()}


def right_class_name_case():
    return _needs(excel="Sequential")


def right_other_order():
    return dict(reversed(_needs().items()))


def right_from_pairs():
    styles = ["sequential", "functional", "functional", "subclass", "layer", "subclass"]
    return dict(zip(_needs(), styles, strict=True))


def right_keywords():
    return {
        "excel": "sequential",
        "ticket": "functional",
        "twins": "functional",
        "molecule": "subclass",
        "formula": "layer",
        "duel": "subclass",
    }


def right_ordered_dictionary():
    return OrderedDict(_needs())


def right_numpy_texts():
    return {need: np.str_(style) for need, style in _needs().items()}


def right_filled_one_by_one():
    needs = dict.fromkeys(_needs())
    needs["excel"] = "sequential"
    needs["ticket"] = needs["twins"] = "functional"
    needs["molecule"] = needs["duel"] = "subclass"
    needs["formula"] = "layer"
    return needs


def right_by_style():
    by_style = {
        "sequential": ["excel"],
        "functional": ["ticket", "twins"],
        "subclass": ["molecule", "duel"],
        "layer": ["formula"],
    }
    return {need: style for style, needs in by_style.items() for need in needs}


def right_by_questions():
    def style(dynamic=False, training=False, branches=False, formula=False):
        if dynamic or training:
            return "subclass"
        if formula:
            return "layer"
        return "functional" if branches else "sequential"

    return {
        "excel": style(),
        "ticket": style(branches=True),
        "twins": style(branches=True),
        "molecule": style(dynamic=True),
        "formula": style(formula=True),
        "duel": style(training=True, branches=True),
    }


def right_updated():
    needs = _needs(molecule="functional")
    needs.update(molecule="subclass")
    return needs


def wrong_the_formula_makes_a_class():
    """A new formula does not make the whole model a class"""
    return _needs(formula="subclass")


def wrong_a_graph_for_the_table():
    """A graph would do for the Excel table, but nothing in it branches"""
    return _needs(excel="functional")


def wrong_a_stack_for_the_twins():
    """A stack has one way in and one way out."""
    return _needs(twins="sequential")


def wrong_a_graph_for_molecules():
    """A graph is drawn before the data come"""
    return _needs(molecule="functional")


def wrong_a_graph_for_the_duel():
    """the contest between them is a training step of your own"""
    return _needs(duel="functional")


def wrong_a_stack_for_the_ticket():
    """ticket"""
    return _needs(ticket="sequential")


def wrong_a_layer_for_the_duel():
    """duel"""
    return _needs(duel="layer")


def wrong_all_functional():
    """excel"""
    return dict.fromkeys(_needs(), "functional")


def wrong_all_subclass():
    """excel"""
    return dict.fromkeys(_needs(), "subclass")


def wrong_one_left_out():
    """formula"""
    return _needs(formula=None)


def wrong_french_word():
    """molecule"""
    return _needs(molecule="sous-classe")


def wrong_a_list():
    """The answer is of another type than expected: dict."""
    return list(_needs().values())
