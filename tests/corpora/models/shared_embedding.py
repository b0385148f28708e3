"""One Embedding(1000, 128) on two integer inputs of any length."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _inputs():
    return (
        keras.Input(shape=(None,), dtype="int32", name="one"),
        keras.Input(shape=(None,), dtype="int32", name="other"),
    )


def _functional(input_dim=1000, output_dim=128, **settings):
    one, other = _inputs()
    embed = layers.Embedding(input_dim, output_dim, name="embed", **settings)
    return keras.Model([one, other], [embed(one), embed(other)])


def _words():
    return np.ones((2, 3), "int32"), np.ones((2, 4), "int32")


def reference():
    return _functional()


def same_settings_spelled_out():
    return _functional(
        mask_zero=False, embeddings_regularizer=None, lora_rank=None, dtype="float32"
    )


def same_other_initial_values():
    return _functional(embeddings_initializer="glorot_uniform")


def same_called_in_the_other_order():
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    of_other = embed(other)
    return keras.Model([one, other], [embed(one), of_other])


def same_called_in_a_loop():
    inputs = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model(inputs, [embed(words) for words in inputs])


def same_inputs_listed_otherwise():
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model([other, one], [embed(one), embed(other)])


def same_with_identity_layers():
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model(
        [one, other], [layers.Identity()(embed(one)), layers.Dropout(0)(embed(other))]
    )


def same_dictionary_of_inputs():
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model({"one": one, "other": other}, [embed(one), embed(other)])


def same_inside_a_model():
    word = keras.Input(shape=(None,), dtype="int32")
    encoder = keras.Model(word, layers.Embedding(1000, 128)(word))
    one, other = _inputs()
    return keras.Model([one, other], [encoder(one), encoder(other)])


def same_inside_a_sequential():
    encoder = keras.Sequential([layers.Embedding(1000, 128)])
    one, other = _inputs()
    return keras.Model([one, other], [encoder(one), encoder(other)])


def same_two_models_on_one_layer():
    embed = layers.Embedding(1000, 128)
    of_one, of_other = keras.Sequential([embed]), keras.Sequential([embed])
    one, other = _inputs()
    return keras.Model([one, other], [of_one(one), of_other(other)])


def same_by_a_helper():
    embed = layers.Embedding(1000, 128)

    def encode(name):
        words = keras.Input(shape=(None,), dtype="int32", name=name)
        return words, embed(words)

    (one, of_one), (other, of_other) = encode("one"), encode("other")
    return keras.Model([one, other], [of_one, of_other])


class _Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(1000, 128)

    def call(self, inputs):
        return [self.embed(inputs[0]), self.embed(inputs[1])]


class _OfDictionary(_Subclass):
    def call(self, inputs):
        return [self.embed(inputs[name]) for name in ("one", "other")]


class _OfArguments(_Subclass):
    def call(self, one, other):
        return self.embed(one), self.embed(other)


def same_subclassed():
    return _Subclass()


def same_subclassed_and_called():
    model = _Subclass()
    model(list(_words()))
    return model


def same_subclassed_and_called_on_symbols():
    model = _Subclass()
    model(list(_inputs()))
    return model


def same_subclass_of_a_dictionary():
    return _OfDictionary()


def same_subclass_of_two_arguments():
    return _OfArguments()


class _Both(layers.Layer):
    def __init__(self, vocabulary=1000, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.embed = layers.Embedding(vocabulary, 128)

    def call(self, one, other):
        return self.embed(one), self.embed(other)

    def get_config(self):
        return {**super().get_config(), "vocabulary": self.vocabulary}


def _with_one_layer():
    inputs = _inputs()
    return keras.Model(inputs, _Both()(*inputs))


def same_both_in_one_layer():
    return _with_one_layer()


def same_both_in_one_layer_reloaded():
    return reloaded(_with_one_layer(), _Both=_Both)


class _Table(layers.Layer):
    def build(self, _shape):
        self.table = self.add_weight(shape=(1000, 128), name="table")

    def call(self, words):
        return ops.take(self.table, words, axis=0)


def same_table_written_by_hand():
    one, other = _inputs()
    embed = _Table()
    return keras.Model([one, other], [embed(one), embed(other)])


def other_two_embeddings():
    """not-shared"""
    one, other = _inputs()
    first, second = layers.Embedding(1000, 128), layers.Embedding(1000, 128)
    return keras.Model([one, other], [first(one), second(other)])


def other_copied_model():
    """not-shared"""
    words = keras.Input(shape=(None,), dtype="int32")
    encoder = keras.Model(words, layers.Embedding(1000, 128, name="first")(words))
    copy = keras.Sequential([keras.models.clone_model(encoder)])
    one, other = _inputs()
    return keras.Model([one, other], [encoder(one), copy(other)])


def other_one_input_twice():
    """missing-layer"""
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], [embed(one), embed(one)])


def other_vocabulary():
    """wrong-setting embed"""
    return _functional(500, 128)


def other_size():
    """wrong-setting embed"""
    return _functional(1000, 64)


def other_sizes_swapped():
    """wrong-setting embed"""
    return _functional(128, 1000)


def other_masked():
    """wrong-setting embed"""
    return _functional(mask_zero=True)


def other_frozen():
    """frozen embed"""
    return _functional(trainable=False)


def other_constraint():
    """wrong-constraint embed"""
    return _functional(embeddings_constraint="non_neg")


def other_averaged():
    """surplus-layer"""
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model(
        [one, other], [layers.GlobalAveragePooling1D()(embed(words)) for words in (one, other)]
    )


def other_outputs_swapped():
    """output-order"""
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], [embed(other), embed(one)])


def other_joined():
    """output-count"""
    one, other = _inputs()
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], layers.concatenate([embed(one), embed(other)], axis=1))


def other_type():
    """wrong-input-type one"""
    one = keras.Input(shape=(None,), dtype="int64", name="one")
    other = keras.Input(shape=(None,), dtype="int32", name="other")
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], [embed(one), embed(other)])


def other_length():
    """wrong-input-shape one"""
    one = keras.Input(shape=(10,), dtype="int32", name="one")
    other = keras.Input(shape=(None,), dtype="int32", name="other")
    embed = layers.Embedding(1000, 128)
    return keras.Model([one, other], [embed(one), embed(other)])
