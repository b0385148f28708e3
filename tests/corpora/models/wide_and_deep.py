"""Numbers go the wide way; words the deep way: GRU, attention, normalisation; one answer."""

import keras
import numpy as np
from keras import layers, ops, regularizers

from tests.corpus import reloaded


def _inputs(dtype="int32"):
    return (
        keras.Input(shape=(6,), name="numbers"),
        keras.Input(shape=(12,), dtype=dtype, name="words"),
    )


def _wide(x, norm=layers.BatchNormalization, penalty="l2", momentum=0.9, units=16):
    x = norm(momentum=momentum, name="scale")(x)
    return layers.Dense(units, activation="relu", kernel_regularizer=penalty, name="wide")(x)


def _deep(
    words,
    heads=2,
    gru=None,
    attend=None,
    add=layers.add,
    norm=layers.LayerNormalization,
    pool=layers.GlobalAveragePooling1D,
    rate=0.3,
):
    x = layers.Embedding(500, 16, name="embed")(words)
    x = layers.GRU(16, return_sequences=True, name="read", **(gru or {}))(x)
    attention = layers.MultiHeadAttention(num_heads=heads, key_dim=8, name="attend")
    looked = attend(attention, x) if attend else attention(x, x)
    x = norm(name="even")(add([x, looked]))
    x = pool()(x)
    return layers.Dropout(rate, name="drop")(x)


def _answer(parts, merge=layers.concatenate, penalty=1e-3):
    x = layers.Dense(
        16, activation="relu", kernel_regularizer=regularizers.L2(penalty), name="both"
    )(merge(parts))
    return layers.Dense(1, activation="sigmoid", name="answer")(x)


def _functional(wide=_wide, deep=_deep, answer=_answer):
    numbers, words = _inputs()
    return keras.Model([numbers, words], answer([wide(numbers), deep(words)]))


def _wider(**settings):
    return _functional(wide=lambda x: _wide(x, **settings))


def _deeper(**settings):
    return _functional(deep=lambda x: _deep(x, **settings))


def _data():
    return {
        "numbers": np.arange(18, dtype="float32").reshape(3, 6),
        "words": np.arange(36, dtype="int32").reshape(3, 12),
    }


def reference():
    return _functional()


def same_penalty_as_object():
    return _wider(penalty=regularizers.L2(0.01))


def same_penalty_as_l2_in_small_letters():
    return _wider(penalty=keras.regularizers.l2(0.01))


def same_penalty_of_both_kinds():
    return _wider(penalty=regularizers.L1L2(l1=0.0, l2=0.01))


def same_plus():
    return _deeper(add=lambda parts: parts[1] + parts[0])


def same_added_into_a_layer():
    return _deeper(add=layers.Add())


def same_attention_by_keywords():
    return _deeper(attend=lambda attention, x: attention(query=x, value=x))


def same_attention_with_a_key():
    return _deeper(attend=lambda attention, x: attention(query=x, key=x, value=x))


def same_attention_with_a_key_in_its_place():
    return _deeper(attend=lambda attention, x: attention(x, x, x))


def same_attention_that_keeps_its_scores():
    def attend(attention, x):
        looked, _scores = attention(x, x, return_attention_scores=True)
        return looked

    return _deeper(attend=attend)


def same_gru_spelled_out():
    return _deeper(
        gru={"activation": "tanh", "reset_after": True, "dropout": 0.0, "go_backwards": False}
    )


def same_gru_with_other_initial_values():
    return _deeper(gru={"kernel_initializer": "he_normal", "recurrent_initializer": "identity"})


def same_gru_as_rnn_of_a_cell():
    def deep(words):
        x = layers.Embedding(500, 16)(words)
        x = layers.RNN(layers.GRUCell(16), return_sequences=True)(x)
        x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 8)(x, x))
        return layers.Dropout(0.3)(layers.GlobalAveragePooling1D()(x))

    return _functional(deep=deep)


def same_mean_over_time():
    return _deeper(pool=lambda: lambda x: ops.mean(x, axis=1))


def same_mean_over_time_from_the_end():
    return _deeper(pool=lambda: lambda x: ops.mean(x, axis=-2))


def same_normalised_on_a_list_of_axes():
    return _deeper(norm=lambda name: layers.LayerNormalization(axis=[-1], epsilon=1e-3))


def same_normalised_on_the_last_axis():
    return _deeper(norm=lambda name: layers.LayerNormalization(axis=2, center=True, scale=True))


def same_scaled_on_axis_1():
    return _wider(norm=lambda momentum, name: layers.BatchNormalization(1, momentum=0.9))


def same_scaled_with_other_initial_values():
    return _wider(
        norm=lambda momentum, name: layers.BatchNormalization(
            momentum=0.9, epsilon=0.001, beta_initializer="ones", center=True
        )
    )


def same_merge_operation():
    def merge(parts):
        return ops.concatenate(parts, axis=-1)

    return _functional(answer=lambda parts: _answer(parts, merge=merge))


def same_with_surplus_identities():
    def wide(x):
        return layers.Identity()(_wide(layers.Flatten()(x)))

    def deep(words):
        return layers.GaussianDropout(0)(_deep(layers.Reshape((12,))(words)))

    return _functional(wide=wide, deep=deep)


def same_created_in_another_order():
    answer = layers.Dense(1, activation="sigmoid")
    both = layers.Dense(16, "relu", kernel_regularizer=regularizers.L2(1e-3))
    numbers, words = _inputs()
    deep = _deep(words)
    wide = _wide(numbers)
    joined = layers.Concatenate()([wide, deep])
    return keras.Model({"numbers": numbers, "words": words}, answer(both(joined)))


def same_ways_as_models():
    numbers, words = _inputs()
    wide, deep = keras.Model(numbers, _wide(numbers)), keras.Model(words, _deep(words))
    ends = _inputs()
    return keras.Model(list(ends), _answer([wide(ends[0]), deep(ends[1])]))


class Attend(layers.Layer):
    def __init__(self, heads=2, **kwargs):
        super().__init__(**kwargs)
        self.heads = heads
        self.even = layers.LayerNormalization()
        self.attention = layers.MultiHeadAttention(num_heads=heads, key_dim=8)

    def call(self, x):
        return self.even(x + self.attention(x, x))

    def get_config(self):
        return {**super().get_config(), "heads": self.heads}


def _deep_of_blocks(words):
    x = layers.GRU(16, return_sequences=True)(layers.Embedding(500, 16)(words))
    return layers.Dropout(0.3)(layers.GlobalAveragePooling1D()(Attend()(x)))


def same_attention_as_layer():
    return _functional(deep=_deep_of_blocks)


def same_attention_as_layer_reloaded():
    return reloaded(_functional(deep=_deep_of_blocks), Attend=Attend)


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = keras.Sequential(
            [
                layers.Dense(16, activation="relu", kernel_regularizer=regularizers.L2(1e-3)),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        self.drop = layers.Dropout(0.3)
        self.attend = Attend()
        self.read = keras.Sequential(
            [layers.Embedding(500, 16), layers.GRU(16, return_sequences=True)]
        )
        self.wide = layers.Dense(16, activation="relu", kernel_regularizer="l2")
        self.scale = layers.BatchNormalization(momentum=0.9)

    def join(self, numbers, words, training=None):
        wide = self.wide(self.scale(numbers, training=training))
        deep = ops.mean(self.attend(self.read(words)), axis=1)
        deep = self.drop(deep, training=training)
        return self.head(ops.concatenate([wide, deep], axis=-1))


class _Pooled(_Net):
    def __init__(self):
        super().__init__()
        self.pool = layers.GlobalAveragePooling1D()

    def join(self, numbers, words, training=None):
        wide = self.wide(self.scale(numbers))
        deep = self.drop(self.pool(self.attend(self.read(words))))
        return self.head(layers.concatenate([wide, deep]))

    def call(self, inputs):
        return self.join(inputs["numbers"], inputs["words"])


class _OfDictionary(_Net):
    def call(self, inputs, training=None):
        return self.join(inputs["numbers"], inputs["words"], training)


class _OfArguments(_Pooled):
    def call(self, numbers, words):
        return self.join(numbers, words)


def same_subclass_of_a_dictionary():
    return _Pooled()


def same_subclass_with_a_mean():
    return _OfDictionary()


def same_subclass_of_two_arguments():
    return _OfArguments()


def same_subclass_called():
    model = _Pooled()
    model(_data())
    return model


def same_subclass_called_on_symbols():
    model = _Pooled()
    numbers, words = _inputs()
    model({"numbers": numbers, "words": words})
    return model


def other_no_penalty():
    """missing-regularizer wide"""
    return _wider(penalty=None)


def other_penalty_of_l1():
    """wrong-regularizer wide"""
    return _wider(penalty="l1")


def other_strength():
    """wrong-regularizer both"""
    return _functional(answer=lambda parts: _answer(parts, penalty=0.1))


def other_momentum():
    """wrong-setting scale"""
    return _wider(momentum=0.99)


def other_normalisation_of_layers():
    """replaced-layer scale"""
    return _wider(norm=lambda momentum, name: layers.LayerNormalization(name=name))


def other_normalisation_of_batches():
    """replaced-layer even"""
    return _deeper(norm=layers.BatchNormalization)


def other_heads():
    """wrong-setting attend"""
    return _deeper(heads=4)


def other_causal_attention():
    """wrong-setting attend"""
    return _deeper(attend=lambda attention, x: attention(x, x, use_causal_mask=True))


def other_gru_without_reset_after():
    """wrong-setting read"""
    return _deeper(gru={"reset_after": False})


def other_gru_that_drops():
    """wrong-setting read"""
    return _deeper(gru={"recurrent_dropout": 0.2})


def other_gru_activation():
    """wrong-setting read"""
    return _deeper(gru={"activation": "relu"})


def other_rate():
    """wrong-setting drop"""
    return _deeper(rate=0.5)


def other_no_dropout():
    """missing-layer"""
    return _deeper(rate=0)


def other_no_shortcut():
    """missing-layer"""
    return _deeper(add=lambda parts: parts[1])


def other_maximum_over_time():
    """replaced-layer largest"""
    return _deeper(pool=lambda: layers.GlobalMaxPooling1D(name="largest"))


def other_deep_first():
    """wrong-input-order join"""
    return _functional(
        answer=lambda parts: _answer(parts[::-1], merge=layers.Concatenate(name="join"))
    )


class _NeverDrops(_Pooled):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.3, name="drop")

    def join(self, numbers, words, training=None):
        wide = self.wide(self.scale(numbers))
        deep = self.drop(self.pool(self.attend(self.read(words))), training=False)
        return self.head(layers.concatenate([wide, deep]))


def other_dropout_never_on():
    """never-training drop"""
    return _NeverDrops()


def other_scale_frozen():
    """frozen scale"""
    model = _functional()
    model.get_layer("scale").trainable = False
    return model
