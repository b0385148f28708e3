"""Five questions with choices: a letter for each."""

import numpy as np

RIGHT = {"swapped": "c", "weights": "b", "missed": "a", "chinese": "a", "first_loss": "b"}


def _but(**entries):
    return {**RIGHT, **entries}


def right_as_letters():
    return dict(RIGHT)


def right_in_capitals():
    return {key: letter.upper() for key, letter in RIGHT.items()}


def right_with_spaces_before():
    return {key: f" {letter}" for key, letter in RIGHT.items()}


def right_with_spaces_after():
    return {key: f"{letter}  " for key, letter in RIGHT.items()}


def right_on_a_line_of_its_own():
    return {key: f"{letter}\n" for key, letter in RIGHT.items()}


def right_as_numpy_texts():
    return {key: np.str_(letter) for key, letter in RIGHT.items()}


def right_in_another_order():
    return dict(reversed(RIGHT.items()))


def right_merged_from_two():
    return {"swapped": "c", "weights": "b"} | {"missed": "a", "chinese": "a", "first_loss": "b"}


def right_from_pairs():
    return dict(zip(RIGHT, "cbaab", strict=True))


def right_filled_in():
    answer = dict.fromkeys(RIGHT)
    answer["swapped"] = "c"
    answer["weights"] = answer["first_loss"] = "b"
    answer["missed"] = answer["chinese"] = "a"
    return answer


def right_with_an_entry_more():
    return {**RIGHT, "comment": "the third made me think"}


def right_mixed_case():
    return {"swapped": "C", "weights": "b", "missed": "A", "chinese": "a", "first_loss": "B"}


def wrong_keras_puts_them_back():
    """In a list, arrays have a place but no name: Keras cannot know which text is which."""
    return _but(swapped="a")


def wrong_keras_raises():
    """Both texts are sequences of whole numbers, of any length: nothing is wrong in shape or
    dtype, so there is no error."""
    return _but(swapped="b")


def wrong_ten_times_as_fast():
    """Adam divides each gradient by its usual size, so a common factor disappears."""
    return _but(weights="A")


def wrong_loss_weight():
    """A loss weight arbitrates between outputs, and acts only in training."""
    return _but(missed="b")


def wrong_higher_threshold():
    """With a higher threshold the alarm is given less often, so more urgent tickets are missed."""
    return _but(missed="c")


def wrong_a_token_for_each_character():
    """By default text is cut at spaces only, and there is none between Chinese words"""
    return _but(chinese="c")


def wrong_probability():
    """0.125 is the probability of each choice. The loss is minus its logarithm."""
    return _but(first_loss="a")


def wrong_diverges():
    """“weights”: c is not right"""
    return _but(weights="c")


def wrong_three_words():
    """“chinese”: b is not right"""
    return _but(chinese="b")


def wrong_number_for_a_letter():
    """“chinese”: 1 is not right"""
    return _but(chinese=1)


def wrong_not_a_letter_of_the_choices():
    """“missed”: d is not right"""
    return _but(missed="d")


def wrong_one_left_open():
    """The entry “weights” is missing."""
    return _but(weights=None)


def wrong_a_text():
    """The answer is of another type than expected"""
    return "cbaab"
