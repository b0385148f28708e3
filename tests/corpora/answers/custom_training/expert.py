"""A compiled discriminator of 16 x 16 stamps that returns a logit."""

import keras
from keras import layers, ops


def _compiled(model, rate=0.0002, beta=0.5, logits=True):
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=rate, beta_1=beta),
        loss=keras.losses.BinaryCrossentropy(from_logits=logits),
    )
    return model


def _conv(filters, activation="leaky_relu", strides=2, padding="same", kernel=4):
    return layers.Conv2D(filters, kernel, strides=strides, padding=padding, activation=activation)


def _stack(first=8, second=16, drop=0.3, last=None, **settings):
    return [
        _conv(first, **settings),
        _conv(second, **settings),
        layers.Flatten(),
        layers.Dropout(drop),
        layers.Dense(1, activation=last),
    ]


def _sequential(**settings):
    return keras.Sequential([keras.Input((16, 16, 1)), *_stack(**settings)])


def _functional(*parts):
    stamp = keras.Input(shape=(16, 16, 1))
    x = stamp
    for part in parts:
        x = part(x)
    return keras.Model(stamp, x)


def right_sequential():
    return _compiled(_sequential())


def right_added_one_by_one():
    model = keras.Sequential()
    model.add(keras.Input(shape=(16, 16, 1)))
    for layer in _stack():
        model.add(layer)
    return _compiled(model)


def right_functional():
    return _compiled(_functional(*_stack()))


def right_leaky_layers():
    leaky = [_conv(8, None), layers.LeakyReLU(0.2), _conv(16, None), layers.LeakyReLU(0.2)]
    return _compiled(keras.Sequential([keras.Input((16, 16, 1)), *leaky, *_stack()[2:]]))


def right_slope_by_keyword():
    leak = layers.LeakyReLU(negative_slope=0.2)
    return _compiled(_functional(_conv(8, None), leak, _conv(16, None), leak, *_stack()[2:]))


def right_leak_as_operation():
    def leak(x):
        return ops.leaky_relu(x, negative_slope=0.2)

    return _compiled(_functional(_conv(8, None), leak, _conv(16, None), leak, *_stack()[2:]))


def right_leak_as_a_fused_layer():
    return _compiled(_sequential(activation=layers.LeakyReLU(0.2)))


def right_leak_by_maximum():
    def leak(x):
        return ops.maximum(x, 0.2 * x)

    return _compiled(_functional(_conv(8, None), leak, _conv(16, None), leak, *_stack()[2:]))


def right_sizes_as_tuples():
    return _compiled(_sequential(kernel=(4, 4), strides=(2, 2)))


def right_linear_by_name():
    return _compiled(_sequential(last="linear"))


def right_reshaped_instead_of_flattened():
    parts = _stack()
    return _compiled(_functional(*parts[:2], layers.Reshape((256,)), *parts[3:]))


def right_nested():
    parts = _stack()
    eye = keras.Sequential([keras.Input((16, 16, 1)), *parts[:2]])
    return _compiled(keras.Sequential([keras.Input((16, 16, 1)), eye, *parts[2:]]))


class _Expert(keras.Model):
    def __init__(self):
        super().__init__()
        self.score = layers.Dense(1)
        self.drop = layers.Dropout(0.3)
        self.flat = layers.Flatten()
        self.shapes = _conv(16)
        self.edges = _conv(8)

    def call(self, stamp, training=None):
        x = self.flat(self.shapes(self.edges(stamp)))
        return self.score(self.drop(x, training=training))


def right_subclassed():
    model = _Expert()
    model(ops.zeros((1, 16, 16, 1)))
    return _compiled(model)


def right_compiled_by_position():
    model = _sequential()
    loss = keras.losses.BinaryCrossentropy(True)
    model.compile(keras.optimizers.Adam(2e-4, 0.5), loss)
    return model


def right_with_a_metric():
    model = _sequential()
    model.compile(
        keras.optimizers.Adam(2e-4, beta_1=0.5),
        [keras.losses.BinaryCrossentropy(from_logits=True)],
        metrics=[keras.metrics.BinaryAccuracy(threshold=0)],
    )
    return model


def wrong_sigmoid_twice():
    """the sigmoid would be applied twice."""
    return _compiled(_sequential(last="sigmoid"))


def wrong_loss_for_probabilities():
    """Your loss takes the score for a probability. For a logit, it needs from_logits=True."""
    return _compiled(_sequential(), logits=False)


def wrong_loss_by_name():
    """Your loss takes the score for a probability. For a logit, it needs from_logits=True."""
    model = _sequential()
    model.compile(keras.optimizers.Adam(0.0002, beta_1=0.5), "binary_crossentropy")
    return model


def wrong_probabilities():
    """Your discriminator computes probabilities with a sigmoid and a loss to match. That would
    work, but a logit is asked for: it is numerically more stable."""
    return _compiled(_sequential(last="sigmoid"), logits=False)


def wrong_relu():
    """The slope of your leaky ReLU is 0: that is an ordinary ReLU"""
    return _compiled(_sequential(activation="relu"))


def wrong_swapped_sizes():
    """Your two convolutions are the wrong way round: 8 filters come first, then 16."""
    return _compiled(_sequential(first=16, second=8))


def wrong_beta():
    """beta_1 of your Adam is still 0.9. For this GAN, 0.5 is asked for."""
    return _compiled(_sequential(), beta=0.9)


def wrong_rate():
    """learning_rate"""
    return _compiled(_sequential(), rate=0.001)


def wrong_slope():
    """0.3"""
    return _compiled(_sequential(activation=layers.LeakyReLU()))


def wrong_without_dropout():
    """Dropout"""
    parts = _stack()
    return _compiled(_functional(*parts[:3], parts[4]))


def wrong_rate_of_dropout():
    """rate is 0.5, but 0.3 is asked for."""
    return _compiled(_sequential(drop=0.5))


def wrong_strides():
    """strides"""
    return _compiled(_sequential(strides=1))


def wrong_padding():
    """padding"""
    return _compiled(_sequential(padding="valid"))


def wrong_input():
    """28"""
    return _compiled(keras.Sequential([keras.Input((28, 28, 1)), *_stack()]))


def wrong_not_compiled():
    """compile"""
    return _sequential()
