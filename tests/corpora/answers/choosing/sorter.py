"""An open task: any model will do that tells shapes apart; each answer is trained here."""

import keras
import numpy as np
from keras import layers, ops

from course import parts

PICTURES, SHAPES = parts.belt()
FEW = 300  # enough for a fault that shows at once


def _conv(filters, size=3, strides=1, activation="relu", **more):
    return layers.Conv2D(filters, size, strides, padding="same", activation=activation, **more)


def _block(x, filters, strides=1):
    y = _conv(filters, activation=None)(_conv(filters, strides=strides)(x))
    if strides > 1:
        x = _conv(filters, 1, strides, None)(x)
    return layers.ReLU()(layers.add([x, y]))


def _start(x):
    return _conv(16, 5, 2)(x)


def _residual(x):
    return layers.GlobalMaxPooling2D()(_block(_start(x), 32, 2))


def _model(body=_residual, scale=(1 / 127.5, -1), last="softmax", classes=5):
    picture = keras.Input((20, 20, 1))
    x = layers.Rescaling(*scale)(picture) if scale else picture
    return keras.Model(picture, layers.Dense(classes, activation=last, name="shape")(body(x)))


def _trained(model, labels=SHAPES, epochs=6, rate=0.003, loss="sparse_categorical_crossentropy"):
    model.compile(keras.optimizers.Adam(rate), loss=loss)
    model.fit(PICTURES[: len(labels)], labels, epochs=epochs, verbose=0)
    return model


def right_residual():
    return _trained(_model())


def right_two_residual_blocks():
    def body(x):
        return layers.GlobalMaxPooling2D()(_block(_block(_start(x), 16), 32, 2))

    return _trained(_model(body))


def right_a_plain_stack():
    stack = keras.Sequential(
        [
            keras.Input((20, 20, 1)),
            layers.Rescaling(1 / 127.5, offset=-1),
            _conv(16, 5, 2),
            _conv(32, 3, 2),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(5, activation="softmax"),
        ]
    )
    return _trained(stack)


def right_scores_without_softmax():
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return _trained(_model(last=None), loss=loss)


def right_softmax_as_a_layer():
    picture = keras.Input((20, 20, 1))
    scores = layers.Dense(5)(_residual(layers.Rescaling(1 / 127.5, offset=-1)(picture)))
    return _trained(keras.Model(picture, layers.Softmax()(scores)))


def right_targets_of_five_numbers():
    labels = keras.utils.to_categorical(SHAPES)
    return _trained(_model(), labels, loss="categorical_crossentropy")


def right_with_normalisation():
    def body(x):
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.8)(_conv(16, 5, 2, None)(x)))
        return layers.GlobalMaxPooling2D()(_block(x, 32, 2))

    return _trained(_model(body), epochs=7)


def right_with_dropout():
    return _trained(_model(lambda x: layers.Dropout(0.2)(_residual(x))))


def right_pixels_from_0_to_1():
    return _trained(_model(scale=(1 / 255, 0)), epochs=7)


def right_pooling_and_dense():
    def body(x):
        x = layers.MaxPooling2D(2)(_conv(32, 3, 2)(_start(x)))
        return layers.Dense(48, activation="relu")(layers.Flatten()(x))

    return _trained(_model(body), epochs=8)


def right_operations():
    def body(x):
        x = _conv(32, 3, 2)(_start(x))
        return ops.max(x + _conv(32)(x), axis=(1, 2))

    return _trained(_model(body))


class Sorter(keras.Model):
    def __init__(self):
        super().__init__()
        self.start, self.middle, self.more = _conv(16, 5, 2), _conv(32, 3, 2), _conv(32)
        self.everywhere = layers.GlobalMaxPooling2D()
        self.shape = layers.Dense(5, activation="softmax")

    def call(self, picture):
        x = self.middle(self.start(picture / 127.5 - 1))
        return self.shape(self.everywhere(x + self.more(x)))


def right_subclassed():
    return _trained(Sorter())


def right_a_model_within_a_model():
    features = keras.Sequential([_conv(16, 5, 2), _conv(32, 3, 2), _conv(32)])
    return _trained(_model(lambda x: layers.GlobalMaxPooling2D()(features(x))))


def right_another_optimizer():
    model = _model()
    model.compile(keras.optimizers.Nadam(0.003), loss="sparse_categorical_crossentropy")
    model.fit(PICTURES, SHAPES, batch_size=25, epochs=6, verbose=0)
    return model


# -- wrong ---------------------------------------------------------------------------------------


def wrong_not_trained():
    """“shape” is hardly better than guessing."""
    spread = keras.initializers.RandomNormal(stddev=1, seed=1)
    picture = keras.Input((20, 20, 1))
    pixels = layers.Flatten()(layers.Rescaling(1 / 127.5, offset=-1)(picture))
    answer = layers.Dense(5, activation="softmax", name="shape", kernel_initializer=spread)
    return keras.Model(picture, answer(pixels))


def wrong_shuffled_shapes():
    """This is guessing. Either the model was not trained, or pictures and shapes no longer stood"""
    keras.utils.set_random_seed(1)  # some guess better than others
    labels = np.random.default_rng(1).permutation(SHAPES)
    pixels = lambda x: layers.Dense(32, activation="relu")(layers.Flatten()(x))  # noqa: E731
    return _trained(_model(pixels), labels, epochs=8)


def wrong_other_numbers():
    """Your shapes have other numbers than those asked for: 0 disc, 1 ring, 2 square"""
    return _trained(_model(), (SHAPES + 1) % 5)


def wrong_numbers_backwards():
    """“shape” tells the classes apart, but calls them by other numbers than the data does."""
    return _trained(_model(), 4 - SHAPES)


def wrong_always_the_same():
    """Every part is given the same shape: training went astray."""
    return _trained(_model(), np.full(FEW, 2))


def wrong_dead_relu():
    """“shape” gives the same answer for every example."""
    dead = keras.initializers.Constant(-1e6)
    body = lambda x: layers.Dense(8, activation="relu", bias_initializer=dead)(_residual(x))  # noqa: E731
    return _trained(_model(body), SHAPES[:FEW], epochs=1)


def wrong_not_finite():
    """The loss has become NaN. Lower the learning rate"""
    return _trained(_model(scale=None, last=None), SHAPES[:FEW], rate=float("nan"), epochs=1)


def wrong_output_is_infinite():
    """“shape” gives values that are not finite (NaN or infinite)"""
    model = _model(last=None)
    kernel, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([kernel, bias + np.inf])
    return model


def wrong_only_dense():
    """Of 200 examples that the model has not seen, “shape” gets"""
    body = lambda x: layers.Dense(64, activation="relu")(layers.Flatten()(x))  # noqa: E731
    return _trained(_model(body), epochs=3)


def wrong_four_shapes():
    """Output “shape” has shape (4,), but (5,) is asked for."""
    return _model(classes=4)


def wrong_pictures_without_channel():
    """has shape (20, 20), but (20, 20, 1) is asked for."""
    picture = keras.Input((20, 20))
    x = layers.Flatten()(layers.Rescaling(1 / 255)(picture))
    return keras.Model(picture, layers.Dense(5, activation="softmax", name="shape")(x))


def wrong_pictures_that_are_larger():
    """has shape (28, 28, 1), but (20, 20, 1) is asked for."""
    picture = keras.Input((28, 28, 1))
    return keras.Model(picture, layers.Dense(5, activation="softmax")(layers.Flatten()(picture)))


def wrong_two_outputs():
    """The model has 2 output(s), but 1 are asked for."""
    model = _model()
    return keras.Model(model.inputs, [model.output, model.layers[-2].output])
