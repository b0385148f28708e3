"""784 -> 64 ReLU -> 64 ReLU -> 10 softmax: 55,050 parameters."""

import keras
from keras import layers, ops


def _functional(units=(64, 64), activations=("relu", "relu", "softmax"), between=(), size=784):
    pixels = keras.Input(shape=(size,), name="pixels")
    x = layers.Dense(units[0], activation=activations[0], name="hidden_1")(pixels)
    for layer in between:
        x = layer(x)
    x = layers.Dense(units[1], activation=activations[1], name="hidden_2")(x)
    return keras.Model(pixels, layers.Dense(10, activation=activations[2], name="digit")(x))


def reference():
    return _functional()


def same_sequential():
    return keras.Sequential(
        [
            keras.Input(shape=(784,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def same_sequential_without_input():
    return keras.Sequential(
        [layers.Dense(64, "relu"), layers.Dense(64, "relu"), layers.Dense(10, "softmax")]
    )


def same_added_one_by_one():
    model = keras.Sequential()
    model.add(keras.Input(shape=(784,)))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def same_activations_as_layers():
    return keras.Sequential(
        [
            keras.Input(shape=(784,)),
            layers.Dense(64),
            layers.ReLU(),
            layers.Dense(64),
            layers.Activation("relu"),
            layers.Dense(10),
            layers.Softmax(),
        ]
    )


def same_activations_as_functions():
    return _functional(
        activations=(keras.activations.relu, ops.relu, lambda x: ops.softmax(x, axis=-1))
    )


def same_operations_of_keras_ops():
    pixels = keras.Input(shape=(784,))
    x = ops.relu(layers.Dense(64)(pixels))
    x = ops.relu(layers.Dense(64)(x))
    return keras.Model(pixels, ops.softmax(layers.Dense(10)(x)))


def same_with_identity_layers():
    return _functional(between=(layers.Identity(), layers.Activation("linear"), layers.Dropout(0)))


def same_with_other_initial_values():
    pixels = keras.Input(shape=(784,))
    x = layers.Dense(64, activation="relu", kernel_initializer="he_normal")(pixels)
    x = layers.Dense(64, activation="relu", bias_initializer="ones")(x)
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(x))


def same_nested():
    trunk = keras.Sequential([layers.Dense(64, activation="relu") for _ in range(2)], name="trunk")
    pixels = keras.Input(shape=(784,))
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(trunk(pixels)))


class _Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = layers.Dense(10, activation="softmax")  # declared in another order
        self.second = layers.Dense(64, activation="relu")
        self.first = layers.Dense(64, activation="relu")

    def call(self, inputs):
        return self.last(self.second(self.first(inputs)))


def same_subclassed():
    return _Subclass()


def same_subclassed_and_called():
    model = _Subclass()
    model(ops.zeros((2, 784)))
    return model


class _ByHand(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


def same_dense_written_by_hand():
    pixels = keras.Input(shape=(784,))
    x = ops.relu(_ByHand(64)(pixels))
    x = ops.relu(_ByHand(64)(x))
    return keras.Model(pixels, ops.softmax(_ByHand(10)(x)))


class _RawTensorFlow(_Subclass):
    def call(self, inputs):
        import tensorflow as tf

        return self.last(tf.identity(self.second(self.first(inputs))))


def same_with_raw_tensorflow():
    return _RawTensorFlow()


class _Mixed(keras.Model):
    def __init__(self):
        super().__init__()
        inputs = keras.Input(shape=(784,))
        hidden = layers.Dense(64, activation="relu")(inputs)
        self.trunk = keras.Model(inputs, layers.Dense(64, activation="relu")(hidden))
        self.head = keras.Sequential([layers.Dense(10), layers.Softmax()])

    def call(self, inputs, training=None):
        return self.head(self.trunk(inputs, training=training))


def same_mixed_styles():
    return _Mixed()


def other_units():
    """wrong-setting hidden_1"""
    return _functional(units=(32, 64))


def other_activation():
    """wrong-activation hidden_2"""
    return _functional(activations=("relu", "tanh", "softmax"))


def other_activation_missing():
    """missing-activation hidden_1"""
    return _functional(activations=(None, "relu", "softmax"))


def other_logits():
    """logits digit"""
    return _functional(activations=("relu", "relu", None))


def other_dropout():
    """surplus-layer drop"""
    return _functional(between=(layers.Dropout(0.5, name="drop"),))


def other_layer_more():
    """surplus-layer extra"""
    return _functional(between=(layers.Dense(16, activation="relu", name="extra"),))


def other_layer_missing():
    """missing-layer"""
    pixels = keras.Input(shape=(784,))
    x = layers.Dense(64, activation="relu")(pixels)
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(x))


def other_input():
    """wrong-input-shape pixels"""
    return _functional(size=28)


def other_frozen():
    """frozen hidden_1"""
    model = _functional()
    model.get_layer("hidden_1").trainable = False
    return model


def other_penalty():
    """surplus-regularizer hidden_1"""
    pixels = keras.Input(shape=(784,))
    x = layers.Dense(64, activation="relu", kernel_regularizer="l2", name="hidden_1")(pixels)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(x))
