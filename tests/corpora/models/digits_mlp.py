"""784 -> 64 ReLU -> 64 ReLU -> 10 softmax: 55,050 parameters."""

from functools import partial

import keras
from keras import layers, ops

from tests.corpus import reloaded


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


def same_flat_pixels_flattened():
    flat = (layers.Flatten(), layers.Reshape((64,)), lambda x: ops.reshape(x, (-1, 64)))
    return _functional(between=flat)


def same_softmax_with_axis():
    pixels = keras.Input(shape=(784,))
    dense_relu = partial(layers.Dense, 64, activation="relu")
    x = dense_relu()(dense_relu()(pixels))
    return keras.Model(pixels, layers.Softmax(axis=1)(layers.Dense(10)(x)))


def same_activation_layer_of_a_function():
    pixels = keras.Input(shape=(784,))
    x = layers.Activation(keras.activations.relu)(layers.Dense(64)(pixels))
    x = layers.Activation(ops.relu)(layers.Dense(64)(x))
    return keras.Model(pixels, layers.Activation(keras.activations.softmax)(layers.Dense(10)(x)))


class Block(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.dense = layers.Dense(self.units, use_bias=True)
        self.dense.build(input_shape)

    def call(self, inputs):
        return keras.activations.relu(self.dense(inputs))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def _blocks():
    head = layers.Dense(10, activation="softmax")
    return keras.Sequential([keras.Input(shape=(784,)), Block(64), Block(64), head])


def same_blocks():
    return _blocks()


def same_blocks_reloaded():
    return reloaded(_blocks(), Block=Block)


class _Loop(keras.Model):
    def __init__(self, sizes=(64, 64), classes=10):
        super().__init__()
        self.hidden = {f"hidden_{i}": layers.Dense(n, "relu") for i, n in enumerate(sizes)}
        self.digit = layers.Dense(classes)

    def call(self, inputs, training=None):
        for layer in self.hidden.values():
            inputs = layer(inputs)
        return keras.activations.softmax(self.digit(inputs))


def same_dictionary_of_layers_in_a_loop():
    return _Loop()


def same_subclass_called_on_an_input():
    pixels = keras.Input(shape=(784,))
    return keras.Model(pixels, _Loop()(pixels, training=False))


def same_softmax_added_afterwards():
    logits = _functional(activations=("relu", "relu", None))
    return keras.Sequential([logits, layers.Softmax()])


def same_layers_frozen_and_thawed():
    model = _functional()
    model.trainable = False
    model.trainable = True
    return model


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


def other_sigmoid_head():
    """wrong-activation digit"""
    return _functional(activations=("relu", "relu", "sigmoid"))


def other_softmax_twice():
    """surplus-activation again"""
    model = _functional()
    return keras.Model(model.input, layers.Softmax(name="again")(model.output))


def other_softmax_over_the_batch():
    """wrong-setting over_batch"""
    logits = _functional(activations=("relu", "relu", None))
    return keras.Model(logits.input, layers.Softmax(axis=0, name="over_batch")(logits.output))


def other_scaled_inside():
    """surplus-layer scale"""
    pixels = keras.Input(shape=(784,))
    x = layers.Rescaling(1 / 255, name="scale")(pixels)
    for _ in range(2):
        x = layers.Dense(64, activation="relu")(x)
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(x))


def other_activity_penalty():
    """surplus-layer hidden_1"""
    pixels = keras.Input(shape=(784,))
    penalised = {"activity_regularizer": "l2", "name": "hidden_1"}
    x = layers.Dense(64, activation="relu", **penalised)(pixels)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(pixels, layers.Dense(10, activation="softmax")(x))
