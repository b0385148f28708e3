"""The sum of the vectors of the items that are no padding, and a dense layer."""

import keras
import numpy as np
from keras import layers, ops


def _basket(layer, mask_zero=True, items=300, size=8, units=1):
    """The model of the statement around a layer."""
    numbers = keras.Input(shape=(None,), dtype="int32", name="items")
    vectors = layers.Embedding(items, size, mask_zero=mask_zero)(numbers)
    return keras.Model(numbers, layers.Dense(units)(layer(vectors)))


class _Sum(layers.Layer):
    def call(self, vectors, mask=None):
        return self.summed(vectors, mask)

    def compute_mask(self, inputs, previous_mask=None):
        return None


def _by(summed):
    """The model with a layer that sums by this function of vectors and mask."""
    kind = type("SumOfItems", (_Sum,), {"summed": lambda self, *given: summed(*given)})
    return _basket(kind())


def _real(mask):
    return ops.expand_dims(ops.cast(mask, "float32"), -1)


def right_multiplied():
    return _by(lambda v, mask: ops.sum(v * _real(mask), axis=1))


def right_without_mask_too():
    def summed(vectors, mask):
        if mask is None:
            return ops.sum(vectors, axis=1)
        return ops.sum(vectors * ops.cast(mask, vectors.dtype)[..., None], axis=1)

    return _by(summed)


def right_mask_first():
    return _by(lambda v, mask: ops.sum(ops.multiply(_real(mask), v), axis=1))


def right_where():
    return _by(lambda v, mask: ops.sum(ops.where(mask[..., None], v, 0.0), axis=1))


def right_where_zeros():
    def summed(vectors, mask):
        real = ops.expand_dims(mask, axis=2)
        return ops.sum(ops.where(real, vectors, ops.zeros_like(vectors)), axis=1)

    return _by(summed)


def right_einsum():
    return _by(lambda v, mask: ops.einsum("bin,bi->bn", v, ops.cast(mask, "float32")))


def right_matrix_product():
    def summed(vectors, mask):
        row = ops.expand_dims(ops.cast(mask, "float32"), 1)
        return ops.squeeze(ops.matmul(row, vectors), axis=1)

    return _by(summed)


def right_negative_axis():
    return _by(lambda v, mask: ops.sum(v * _real(mask), axis=-2))


def right_boolean_multiplied():
    return _by(lambda v, mask: ops.sum(v * ops.cast(mask[:, :, None], v.dtype), axis=1))


def right_supports_masking():
    class SumOfItems(layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.supports_masking = True

        def call(self, vectors, mask=None):
            return ops.sum(vectors * _real(mask), axis=1)

        def compute_mask(self, inputs, mask=None):
            return None

    return _basket(SumOfItems())


def right_mask_not_mentioned_again():
    class SumOfItems(layers.Layer):  # Keras warns that it stops the mask, and it should
        def call(self, vectors, mask=None):
            return ops.sum(vectors * _real(mask), axis=1)

    return _basket(SumOfItems())


def right_mean_times_count():
    def summed(vectors, mask):
        real = _real(mask)
        count = ops.sum(real, axis=1)
        return layers.GlobalAveragePooling1D()(vectors, mask=mask) * count

    return _by(summed)


def right_subclassed():
    class Basket(keras.Model):
        def __init__(self):
            super().__init__()
            self.weight = layers.Dense(1)
            self.total = type("SumOfItems", (_Sum,), {"summed": _summed})()
            self.vectors = layers.Embedding(300, 8, mask_zero=True)

        def call(self, items):
            return self.weight(self.total(self.vectors(items)))

    return Basket()


def _summed(self, vectors, mask):
    return ops.sum(vectors * _real(mask), axis=1)


def right_sequential():
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(300, 8, mask_zero=True),
            type("SumOfItems", (_Sum,), {"summed": _summed})(),
            layers.Dense(1),
        ]
    )


def right_called():
    model = right_multiplied()
    model(np.array([[3, 7, 0, 0]]))
    return model


def wrong_zeros_summed():
    """The zeros are summed as if they were items."""
    return _by(lambda v, mask: ops.sum(v, axis=1))


def wrong_mask_not_asked_for():
    """The zeros are summed as if they were items."""

    class SumOfItems(layers.Layer):
        def call(self, vectors):
            return ops.sum(vectors, axis=1)

    return _basket(SumOfItems())


def wrong_mean():
    """This is the mean of the real items"""
    return _by(lambda v, mask: ops.sum(v * _real(mask), axis=1) / ops.sum(_real(mask), axis=1))


def wrong_upside_down():
    """You use the mask the wrong way round: it is True for the real items, and you keep the
    others."""
    return _by(lambda v, mask: ops.sum(v * _real(ops.logical_not(mask)), axis=1))


def wrong_largest():
    """You keep the largest number of each column. The sum over the items is asked for."""
    return _by(lambda v, mask: ops.max(v * _real(mask), axis=1))


def wrong_no_mask_given():
    """The embedding has no mask to give: mask_zero=True is missing."""
    layer = type("SumOfItems", (_Sum,), {"summed": lambda self, v, mask: ops.sum(v, axis=1)})()
    return _basket(layer, mask_zero=False)


def wrong_mask_of_none():
    """mask_zero"""

    class SumOfItems(_Sum):
        def summed(self, vectors, mask):
            if mask is None:
                return ops.sum(vectors, axis=1)
            return ops.sum(vectors * _real(mask), axis=1)

    return _basket(SumOfItems(), mask_zero=False)


def wrong_last_item():
    """GetItem"""
    return _by(lambda v, mask: v[:, -1] * ops.cast(mask[:, -1:], "float32"))


def wrong_mean_of_keras():
    """GlobalAveragePooling1D"""
    return _basket(layers.GlobalAveragePooling1D())


def wrong_counted():
    """one layer too many"""
    return _by(lambda v, mask: ops.sum(v * _real(mask), axis=1) + ops.sum(_real(mask), axis=1))


def wrong_two_answers():
    """units is 2, but 1 is asked for."""
    return _basket(type("SumOfItems", (_Sum,), {"summed": _summed})(), units=2)


def wrong_vectors_too_long():
    """output_dim is 16, but 8 is asked for."""
    return _basket(type("SumOfItems", (_Sum,), {"summed": _summed})(), size=16)


def wrong_squared():
    """it should receive embedding"""
    return _by(lambda v, mask: ops.sum(v * v * _real(mask), axis=1))
