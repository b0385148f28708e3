"""Which method of a layer does what."""

from collections import OrderedDict

import numpy as np


def _roles(**changes):
    return {
        "rate": "__init__",
        "kernel": "build",
        "product": "call",
        "generator": "__init__",
        "draw": "call",
        "settings": "get_config",
        **changes,
    }


def right_dictionary():
    return {
        "rate": "__init__",
        "kernel": "build",
        "product": "call",
        "generator": "__init__",
        "draw": "call",
        "settings": "get_config",
    }


def right_capitals():
    return {job: method.upper() for job, method in _roles().items()}


def right_one_capital():
    return _roles(kernel="Build", settings="Get_Config")


def right_with_spaces():
    return {job: f" {method} " for job, method in _roles().items()}


def right_in_another_order():
    return dict(reversed(_roles().items()))


def right_keyword_arguments():
    return dict(  # noqa: C408
        rate="__init__",
        kernel="build",
        product="call",
        generator="__init__",
        draw="call",
        settings="get_config",
    )


def right_ordered():
    return OrderedDict(sorted(_roles().items()))


def right_zipped():
    methods = ["__init__", "build", "call", "__init__", "call", "get_config"]
    return dict(zip(_roles(), methods, strict=True))


def right_filled_in_later():
    roles = dict.fromkeys(_roles())
    roles["rate"] = roles["generator"] = "__init__"
    roles["product"] = roles["draw"] = "call"
    roles.update(kernel="build", settings="get_config")
    return roles


def right_by_method():
    by_method = {
        "get_config": ["settings"],
        "call": ["draw", "product"],
        "build": ["kernel"],
        "__init__": ["generator", "rate"],
    }
    return {job: method for method, jobs in by_method.items() for job in jobs}


def right_names_of_functions():
    class Any:
        def __init__(self):
            pass

        def build(self):
            pass

        def call(self):
            pass

        def get_config(self):
            pass

    methods = [Any.__init__, Any.build, Any.call, Any.__init__, Any.call, Any.get_config]
    return dict(zip(_roles(), [method.__name__ for method in methods], strict=True))


def right_numpy_texts():
    return {job: np.str_(method) for job, method in _roles().items()}


def right_with_an_entry_more():
    return _roles(mask="call")


def wrong_kernel_too_early():
    """In “__init__” nobody knows the size of the input yet."""
    return _roles(kernel="__init__")


def wrong_kernel_too_late():
    """a weight made there would come too late, and Keras refuses it."""
    return _roles(kernel="call")


def wrong_one_draw_for_ever():
    """Drawn in “build”, the same numbers would be switched off for ever."""
    return _roles(draw="build")


def wrong_generator_afresh():
    """Made in “call”, the generator would start afresh with every batch."""
    return _roles(generator="call")


def wrong_rate_given_back():
    """“get_config” does not note the rate, it gives it back."""
    return _roles(rate="get_config")


def wrong_settings_received():
    """to give them back, so that the layer can be ordered again, is the job of “get_config”."""
    return _roles(settings="__init__")


def wrong_product_once():
    """“product”: build is not right."""
    return _roles(product="build")


def wrong_rate_in_build():
    """“rate”: build is not right."""
    return _roles(rate="build")


def wrong_everything_in_call():
    """a weight made there would come too late"""
    return dict.fromkeys(_roles(), "call")


def wrong_everything_in_init():
    """In “__init__” nobody knows the size of the input yet."""
    return dict.fromkeys(_roles(), "__init__")


def wrong_another_word():
    """“settings”: from_config is not right."""
    return _roles(settings="from_config")


def wrong_short_name():
    """“rate”: init is not right."""
    return _roles(rate="init", generator="init")


def wrong_one_left_open():
    """The entry “draw” is missing."""
    return _roles(draw=None)
