"""One Embedding(1000, 128) on two integer inputs of any length."""

import keras
from keras import layers


def _inputs():
    return (
        keras.Input(shape=(None,), dtype="int32", name="one"),
        keras.Input(shape=(None,), dtype="int32", name="other"),
    )


def reference():
    one, other = _inputs()
    embed = layers.Embedding(1000, 128, name="embed")
    return keras.Model([one, other], [embed(one), embed(other)])


def same_inside_a_model():
    word = keras.Input(shape=(None,), dtype="int32")
    encoder = keras.Model(word, layers.Embedding(1000, 128)(word))
    one, other = _inputs()
    return keras.Model([one, other], [encoder(one), encoder(other)])


class _Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(1000, 128)

    def call(self, inputs):
        return [self.embed(inputs[0]), self.embed(inputs[1])]


def same_subclassed():
    return _Subclass()


def other_two_embeddings():
    """not-shared"""
    one, other = _inputs()
    first, second = layers.Embedding(1000, 128), layers.Embedding(1000, 128)
    return keras.Model([one, other], [first(one), second(other)])


def other_vocabulary():
    """wrong-setting embed"""
    one, other = _inputs()
    embed = layers.Embedding(500, 128, name="embed")
    return keras.Model([one, other], [embed(one), embed(other)])


def other_type():
    """wrong-input-type one"""
    one = keras.Input(shape=(None,), dtype="int64", name="one")
    other = keras.Input(shape=(None,), dtype="int32", name="other")
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], [embed(one), embed(other)])
