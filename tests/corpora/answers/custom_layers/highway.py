"""Two highway layers of 12 numbers, each with its own weights, and 5 classes."""

import keras
import numpy as np
from keras import layers, ops


class _Highway(layers.Layer):
    """The answer, in parts that the others change."""

    activation, opening = "relu", "sigmoid"

    def build(self, input_shape):
        size = input_shape[-1]
        self.transform = layers.Dense(size, activation=self.activation)
        self.gate = layers.Dense(size, activation=self.opening)
        self.transform.build(input_shape)
        self.gate.build(input_shape)

    def mixed(self, gate, h, x):
        return gate * h + (1 - gate) * x

    def call(self, inputs):
        return self.mixed(self.gate(inputs), self.transform(inputs), inputs)


def _network(*lanes, classes=5, last="softmax"):
    x = road = keras.Input((12,))
    for lane in lanes:
        x = lane(x)
    return keras.Model(road, layers.Dense(classes, activation=last)(x))


def _of(kind, **more):
    return _network(kind(), kind(), **more)


def _with(**changes):
    """The network of a highway layer with other parts."""
    return _of(type("Highway", (_Highway,), changes))


def _by(mixed):
    return _with(mixed=lambda self, gate, h, x: mixed(gate, h, x))


def right_loop():
    x = road = keras.Input(shape=(12,), name="road")
    for _lane in range(2):
        x = _Highway()(x)
    return keras.Model(road, layers.Dense(5, activation="softmax")(x))


def right_sequential():
    return keras.Sequential(
        [keras.Input((12,)), _Highway(), _Highway(), layers.Dense(5, activation="softmax")]
    )


def right_sequential_without_input():
    return keras.Sequential([_Highway(), _Highway(), layers.Dense(5), layers.Softmax()])


def right_input_first():
    return _by(lambda gate, h, x: x * (1.0 - gate) + h * gate)


def right_difference():
    return _by(lambda gate, h, x: x + gate * (h - x))


def right_ops():
    return _by(
        lambda gate, h, x: ops.add(ops.multiply(gate, h), ops.multiply(ops.subtract(1, gate), x))
    )


def right_layers_for_the_merge():
    return _by(
        lambda gate, h, x: layers.add([layers.multiply([gate, h]), layers.multiply([1 - gate, x])])
    )


def right_carry_named():
    def call(self, x):
        carry = 1 - self.gate(x)
        return (1 - carry) * self.transform(x) + carry * x

    return _with(call=call)


def right_sizes_given():
    class Highway(layers.Layer):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.gate = layers.Dense(units, activation="sigmoid", name="gate")
            self.transform = layers.Dense(units, activation="relu", name="transform")

        def call(self, inputs):
            gate = self.gate(inputs)
            return gate * self.transform(inputs) + (1 - gate) * inputs

    return _network(Highway(12), Highway(units=12))


def right_not_built_by_hand():
    class Highway(_Highway):
        def build(self, input_shape):
            self.gate = layers.Dense(input_shape[-1], "sigmoid")
            self.transform = layers.Dense(input_shape[-1], "relu")

    return _of(Highway)


def right_weights_by_hand():
    class Highway(layers.Layer):
        def build(self, input_shape):
            n = input_shape[-1]
            self.w_h = self.add_weight(shape=(n, n), initializer="glorot_uniform", name="w_h")
            self.b_h = self.add_weight(shape=(n,), initializer="zeros", name="b_h")
            self.w_g = self.add_weight(shape=(n, n), initializer="glorot_uniform", name="w_g")
            self.b_g = self.add_weight(shape=(n,), initializer="zeros", name="b_g")

        def call(self, x):
            h = ops.relu(ops.matmul(x, self.w_h) + self.b_h)
            g = ops.sigmoid(ops.matmul(x, self.w_g) + self.b_g)
            return g * h + (1 - g) * x

    return _of(Highway)


def right_activations_in_call():
    class Highway(_Highway):
        activation = opening = None

        def call(self, inputs):
            gate = keras.activations.sigmoid(self.gate(inputs))
            return gate * ops.relu(self.transform(inputs)) + (1 - gate) * inputs

    return _of(Highway)


def right_gate_shut_at_first():
    class Highway(_Highway):
        def build(self, input_shape):
            shut = keras.initializers.Constant(-2.0)
            size = input_shape[-1]
            self.gate = layers.Dense(size, activation="sigmoid", bias_initializer=shut)
            self.transform = layers.Dense(size, activation="relu")

    return _of(Highway)


def right_subclassed():
    class Network(keras.Model):
        def __init__(self):
            super().__init__()
            self.answer = layers.Dense(5, activation="softmax")
            self.lanes = [_Highway() for _lane in range(2)]

        def call(self, x):
            for lane in self.lanes:
                x = lane(x)
            return self.answer(x)

    return Network()


def right_functions():
    def lane(x):
        gate = layers.Dense(12, activation="sigmoid")(x)
        return gate * layers.Dense(12, activation="relu")(x) + (1 - gate) * x

    return _network(lane, lane)


def right_lane_as_a_model():
    def lane():
        x = keras.Input((12,))
        gate = layers.Dense(12, activation="sigmoid")(x)
        return keras.Model(x, gate * layers.Dense(12, activation="relu")(x) + (1 - gate) * x)

    return _network(lane(), lane())


def right_called():
    model = _of(_Highway)
    model(np.ones((3, 12), "float32"))
    return model


def wrong_shared():
    """One Highway is called twice, so its weights are shared."""
    lane = _Highway()
    return _network(lane, lane)


def wrong_gate_without_activation():
    """The gate has no activation: it can be any number."""
    return _with(opening=None)


def wrong_gate_relu():
    """The gate is a ReLU, which is never below 0 but may be far above 1."""
    return _with(opening="relu")


def wrong_no_relu():
    """The dense layer that transforms has no activation: ReLU is asked for."""
    return _with(activation=None)


def wrong_gate_the_wrong_way_round():
    """Your gate works the wrong way round: g should multiply the transformed numbers, and 1 − g
    the input."""
    return _by(lambda gate, h, x: gate * x + (1 - gate) * h)


def wrong_residual():
    """The input is added whole, as in a residual block."""
    return _by(lambda gate, h, x: gate * h + x)


def wrong_logits():
    """The output has no softmax: it gives raw scores."""
    return _of(_Highway, last=None)


def wrong_one_lane():
    """A layer is missing"""
    return _network(_Highway())


def wrong_three_lanes():
    """one layer too many"""
    return _network(_Highway(), _Highway(), _Highway())


def wrong_tanh():
    """uses the tanh activation; relu is asked for."""
    return _with(activation="tanh")


def wrong_classes():
    """units is 4, but 5 is asked for."""
    return _of(_Highway, classes=4)


def wrong_one_dense_for_both():
    """asked for"""

    class Highway(_Highway):
        def build(self, input_shape):
            self.both = layers.Dense(input_shape[-1])

        def call(self, inputs):
            z = self.both(inputs)
            gate = ops.sigmoid(z)
            return gate * ops.relu(z) + (1 - gate) * inputs

    return _of(Highway)


def wrong_size_changes():
    """asked for"""
    x = road = keras.Input((12,))
    x = layers.Dense(16, activation="relu")(x)
    return keras.Model(road, layers.Dense(5, activation="softmax")(_Highway()(_Highway()(x))))


def wrong_gate_frozen():
    """should be trained"""

    class Highway(_Highway):
        def build(self, input_shape):
            super().build(input_shape)
            self.gate.trainable = False

    return _of(Highway)
