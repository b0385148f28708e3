"""Who shares with whom: three parameter counts, what can still learn, and which models follow."""

from collections import OrderedDict

import keras
import numpy as np
from keras import layers


def _sharing(autoencoder=518, twice=248, with_copy=496, frozen=270, follows="b"):
    return {
        "autoencoder": autoencoder,
        "twice": twice,
        "with_copy": with_copy,
        "frozen": frozen,
        "follows": follows,
    }


def _models():
    encoder = keras.Sequential([keras.Input((30,)), layers.Dense(8, activation="relu")])
    decoder = keras.Sequential([keras.Input((8,)), layers.Dense(30)])
    copy = keras.models.clone_model(encoder)
    copy.name = "copy"
    signal = keras.Input((30,))
    autoencoder = keras.Model(signal, decoder(encoder(signal)))
    twice = keras.Model(signal, layers.average([encoder(signal), encoder(signal)]))
    with_copy = keras.Model(signal, layers.average([encoder(signal), copy(signal)]))
    return encoder, autoencoder, twice, with_copy


def right_numbers():
    return {"autoencoder": 518, "twice": 248, "with_copy": 496, "frozen": 270, "follows": "b"}


def right_in_another_order():
    return {"follows": "b", "frozen": 270, "with_copy": 496, "twice": 248, "autoencoder": 518}


def right_computed():
    return _sharing(248 + 270, 30 * 8 + 8, 248 + 248, 8 * 30 + 30)


def right_capital_letter():
    return _sharing(follows="B")


def right_letter_with_spaces():
    return _sharing(follows=" b ")


def right_floats():
    return _sharing(518.0, 248.0, 496.0, 2.7e2)


def right_numpy_numbers():
    return _sharing(np.int64(518), np.int32(248), np.float32(496), np.uint16(270))


def right_numpy_text():
    return _sharing(follows=np.str_("b"))


def right_ordered():
    return OrderedDict(_sharing())


def right_filled_in_later():
    sharing = dict.fromkeys(_sharing())
    sharing.update(autoencoder=518, twice=248, with_copy=2 * 248)
    sharing["frozen"] = sharing["autoencoder"] - sharing["twice"]
    sharing["follows"] = "b"
    return sharing


def right_keyword_arguments():
    return dict(autoencoder=518, twice=248, with_copy=496, frozen=270, follows="b")  # noqa: C408


def right_zipped():
    return dict(zip(_sharing(), (518, 248, 496, 270, "b"), strict=True))


def right_asked_of_keras():
    encoder, *models = _models()
    counts = [model.count_params() for model in models]
    encoder.trainable = False
    frozen = sum(int(np.prod(weight.shape)) for weight in models[0].trainable_weights)
    return _sharing(*counts, frozen)


def right_choice_from_a_list():
    return _sharing(follows=["a", "b", "c"][1])


def wrong_counted_twice():
    """“twice” calls the same model two times: the weights are shared, and count once."""
    return _sharing(twice=496)


def wrong_copy_not_counted():
    """clone_model copies the architecture into new layers: “copy” has weights of its own."""
    return _sharing(with_copy=248)


def wrong_nothing_frozen():
    """The layer of “encoder” is also a layer of “autoencoder”: frozen here, it is frozen there."""
    return _sharing(frozen=518)


def wrong_what_is_frozen():
    """That is what is frozen; the question is what can still learn."""
    return _sharing(frozen=248)


def wrong_copy_follows():
    """A copy goes its own way: training “autoencoder” does not reach it."""
    return _sharing(follows="a")


def wrong_nothing_follows():
    """The layer of “encoder” belongs to “autoencoder” too, and learns when it is trained."""
    return _sharing(follows="c")


def wrong_autoencoder_is_the_decoder():
    """“autoencoder”: 270 is not right."""
    return _sharing(autoencoder=270)


def wrong_everything_frozen():
    """“frozen”: 0 is not right."""
    return _sharing(frozen=0)


def wrong_no_such_choice():
    """“follows”: d is not right."""
    return _sharing(follows="d")


def wrong_choice_in_words():
    """“follows”: encoder is not right."""
    return _sharing(follows="encoder")


def wrong_choice_missing():
    """The entry “follows” is missing."""
    sharing = _sharing()
    del sharing["follows"]
    return sharing


def wrong_not_filled_in():
    """The entry “with_copy” is missing."""
    return _sharing(with_copy=None)


def wrong_only_the_letter():
    """The answer is of another type than expected"""
    return "b"
