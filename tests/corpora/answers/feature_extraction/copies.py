"""Whose weights: those of the model, a copy of them, or new ones."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers


def _letters(cut="a", clone="c", called="a", from_json="c", from_file="b"):
    return {
        "cut": cut,
        "clone": clone,
        "called": called,
        "from_json": from_json,
        "from_file": from_file,
    }


def _tried(**makers):
    """The letters as an experiment finds them."""
    inputs = keras.Input((4,))
    model = keras.Model(inputs, layers.Dense(2)(layers.Dense(3)(inputs)))
    letters = {}
    for name, make in makers.items():
        found = make(model)
        shared = any(one is other for one in found.weights for other in model.weights)
        equal = np.array_equal(found.get_weights()[0], model.get_weights()[0])
        letters[name] = "a" if shared else "b" if equal else "c"
    return letters


def right_letters():
    return {"cut": "a", "clone": "c", "called": "a", "from_json": "c", "from_file": "b"}


def right_capitals():
    return {"cut": "A", "clone": "C", "called": "A", "from_json": "C", "from_file": "B"}


def right_keyword_arguments():
    return dict(cut="a", clone="c", called="a", from_json="c", from_file="b")  # noqa: C408


def right_in_another_order():
    return {"from_file": "b", "from_json": "c", "clone": "c", "cut": "a", "called": "a"}


def right_ordered():
    return OrderedDict(_letters())


def right_from_pairs():
    return dict(zip(_letters(), "acacb", strict=True))


def right_from_groups():
    groups = {"a": ("cut", "called"), "b": ("from_file",), "c": ("clone", "from_json")}
    return {name: letter for letter, names in groups.items() for name in names}


def right_filled_in_later():
    copies = dict.fromkeys(_letters())
    copies["cut"] = copies["called"] = "a"
    copies["clone"] = copies["from_json"] = "c"
    copies["from_file"] = "b"
    return copies


def right_numpy_texts():
    return {name: np.str_(letter) for name, letter in _letters().items()}


def right_spaces():
    return _letters(cut=" a ", from_file="b ")


def right_with_an_entry_more():
    return _letters() | {"note": "tried it"}


def right_tried():
    return _letters(
        **_tried(
            cut=lambda model: keras.Model(model.input, model.layers[1].output),
            clone=keras.models.clone_model,
            called=lambda model: keras.Model(x := keras.Input((4,)), model(x)),
            from_json=lambda model: keras.models.model_from_json(model.to_json()),
        )
    )


def right_joined():
    return {**_letters(), "cut": "".join(["a"])}


def wrong_clone_with_values():
    "clone_model copies the graph, not what it has learned"
    return _letters(clone="b")


def wrong_clone_shared():
    "clone_model makes new layers: training “model” does not change them."
    return _letters(clone="a")


def wrong_weights_in_json():
    "JSON is the architecture written as text. There is no weight in it."
    return _letters(from_json="b")


def wrong_cut_is_a_copy():
    "A cut is not a copy: the new model is made of the same layers."
    return _letters(cut="b")


def wrong_call_is_a_copy():
    "Calling a model uses its layers once more; it makes no new ones."
    return _letters(called="b")


def wrong_file_without_weights():
    "A .keras file holds the weights as well as the architecture."
    return _letters(from_file="c")


def wrong_file_shared():
    "What is loaded from a file lives a life of its own"
    return _letters(from_file="a")


def wrong_everything_copied():
    "One more remark"
    return dict.fromkeys(_letters(), "b")


def wrong_json_shared():
    "“from_json”: a is not right."
    return _letters(from_json="a")


def wrong_cut_is_new():
    "“cut”: c is not right."
    return _letters(cut="c")


def wrong_words():
    "“cut”: shared is not right."
    return _letters(cut="shared")


def wrong_left_open():
    "The entry “called” is missing."
    return _letters(called=None)


def wrong_by_position():
    "The answer is of another type than expected: dict."
    return ["a", "c", "a", "c", "b"]
