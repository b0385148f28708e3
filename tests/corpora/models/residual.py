"""A residual block with batch normalisation and dropout: what training changes must count."""

import keras
from keras import layers, ops


def _functional(rate=0.5, order=(layers.BatchNormalization, layers.ReLU), add=layers.add, **conv):
    image = keras.Input(shape=(8, 8, 3), name="image")
    x = start = layers.Conv2D(4, 3, padding="same", name="start")(image)
    x = layers.Conv2D(4, 3, **{"padding": "same", "name": "inner", **conv})(x)
    for make in order:
        x = make()(x)
    x = add([x, start])
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(rate, name="drop")(x)
    return keras.Model(image, layers.Dense(2, activation="softmax", name="kind")(x))


def reference():
    return _functional()


def same_plus():
    return _functional(add=lambda parts: parts[0] + parts[1])


def same_plus_the_other_way():
    return _functional(add=lambda parts: ops.add(parts[1], parts[0]))


def same_add_layer():
    return _functional(add=layers.Add())


class _Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3, padding="same")
        self.norm = layers.BatchNormalization()

    def call(self, x, training=None):
        return x + ops.relu(self.norm(self.conv(x), training=training))


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.kind = layers.Dense(2, activation="softmax")
        self.drop = layers.Dropout(0.5)
        self.start = layers.Conv2D(4, (3, 3), padding="same")
        self.block = _Block()
        self.pool = layers.GlobalAveragePooling2D()

    def call(self, x, training=None):
        x = self.pool(self.block(self.start(x), training=training))
        return self.kind(self.drop(x, training=training))


def same_subclassed():
    return _Net()


class _Silent(_Net):
    def call(self, x):
        return self.kind(self.drop(self.pool(self.block(self.start(x)))))


def same_subclassed_where_keras_passes_training():
    return _Silent()


def same_block_as_layer():
    image = keras.Input(shape=(8, 8, 3))
    x = _Block()(layers.Conv2D(4, 3, padding="same")(image))
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(image, layers.Dense(2, activation="softmax")(x))


def other_rate():
    """wrong-setting drop"""
    return _functional(rate=0.2)


def other_no_dropout():
    """missing-layer"""
    return _functional(rate=0.0)


def other_no_normalisation():
    """missing-layer"""
    return _functional(order=(layers.ReLU,))


def other_order():
    """wrong-order"""
    return _functional(order=(layers.ReLU, layers.BatchNormalization))


def other_dilation():
    """wrong-setting inner"""
    return _functional(dilation_rate=2)


def other_no_bias():
    """wrong-setting inner"""
    return _functional(use_bias=False)


def other_no_shortcut():
    """missing-layer"""
    return _functional(add=lambda parts: parts[0])


def other_multiplied():
    """replaced-layer"""
    return _functional(add=layers.multiply)


class _Deaf(_Net):
    def call(self, x, training=None):
        x = self.pool(self.block(self.start(x), training=training))
        return self.kind(self.drop(x, training=False))


def other_dropout_never_on():
    """never-training"""
    return _Deaf()
