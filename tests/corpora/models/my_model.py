"""A subclass: 8 -> Dense 64 relu -> Dense 32 relu -> Dense 1, called once on one example."""

from functools import reduce
from itertools import pairwise

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


class MyModel(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense1 = layers.Dense(64, activation="relu")
        self.dense2 = layers.Dense(32, activation="relu")
        self.dense3 = layers.Dense(1)

    def call(self, inputs):
        return self.dense3(self.dense2(self.dense1(inputs)))


def _called(model, size=8):
    model(np.zeros((1, size), "float32"))
    return model


def _dense():
    return [layers.Dense(64, "relu"), layers.Dense(32, "relu"), layers.Dense(1)]


def reference():
    return _called(MyModel())


def same_not_called_yet():
    return MyModel()


def same_called_on_more_examples():
    model = MyModel()
    model(ops.ones((5, 8)))
    return model


def same_called_on_an_input():
    model = MyModel()
    model(keras.Input(shape=(8,)))
    return model


def same_built():
    model = MyModel()
    model.build((None, 8))
    return model


def same_predicted():
    model = MyModel()
    model.predict(np.zeros((2, 8)), verbose=0)
    return model


def same_sequential():
    return keras.Sequential([keras.Input(shape=(8,)), *_dense()])


def same_sequential_without_input():
    return keras.Sequential(_dense())


def same_functional():
    inputs = keras.Input(shape=(8,))
    return keras.Model(inputs, reduce(lambda x, layer: layer(x), _dense(), inputs))


def same_functional_from_the_subclass():
    inputs = keras.Input(shape=(8,))
    return keras.Model(inputs, MyModel()(inputs))


def same_functional_reloaded():
    return reloaded(same_functional())


class OtherOrder(keras.Model):
    def __init__(self, name="other_order"):
        super().__init__(name=name)
        self.out = layers.Dense(units=1, name="out")
        self.b = layers.Dense(units=32, name="b")
        self.a = layers.Dense(units=64, name="a")

    def call(self, x, training=None, mask=None):
        x = keras.activations.relu(self.a(x))
        x = ops.relu(self.b(x))
        return self.out(x)


def same_declared_in_another_order():
    return _called(OtherOrder())


class Looped(keras.Model):
    def __init__(self, units=(64, 32, 1)):
        super().__init__()
        self.steps = [layers.Dense(n) for n in units]

    def call(self, x):
        for step in self.steps[:-1]:
            x = ops.relu(step(x))
        return self.steps[-1](x)


def same_list_of_layers():
    return _called(Looped())


class Named(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = {
            "answer": layers.Dense(1),
            "first": layers.Dense(64),
            "second": layers.Dense(32),
            "relu": layers.ReLU(),
        }

    def call(self, x):
        for name in ("first", "second"):
            x = self.parts["relu"](self.parts[name](x))
        return self.parts["answer"](x)


def same_dictionary_of_layers():
    return _called(Named())


class BuiltLate(keras.Model):
    def build(self, input_shape):
        self.hidden = layers.Dense(64, "relu")
        self.narrow = layers.Dense(32, "relu")
        self.answer = layers.Dense(1)
        self.hidden.build(input_shape)
        self.narrow.build((None, 64))
        self.answer.build((None, 32))

    def call(self, inputs):
        return self.answer(self.narrow(self.hidden(inputs)))


def same_layers_made_in_build():
    return _called(BuiltLate())


class Wrapping(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential(_dense())

    def call(self, inputs):
        return self.net(inputs)


def same_wrapping_a_sequential():
    return _called(Wrapping())


class Hidden(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.linear = layers.Dense(units)
        self.active = layers.Activation("relu")

    def call(self, x):
        return self.active(self.linear(x))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Blocks(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Hidden(64), Hidden(32)]
        self.answer = layers.Dense(1)

    def call(self, x):
        return self.answer(reduce(lambda value, block: block(value), self.blocks, x))


def same_blocks():
    return _called(Blocks())


def _with_blocks():
    return keras.Sequential([keras.Input(shape=(8,)), Hidden(64), Hidden(32), layers.Dense(1)])


def same_blocks_in_a_sequential_that_is_reloaded():
    return reloaded(_with_blocks(), Hidden=Hidden)


def same_blocks_that_are_cloned():
    return keras.models.clone_model(_with_blocks())


class ByHand(keras.Model):
    def build(self, input_shape):
        sizes = [input_shape[-1], 64, 32, 1]
        self.kernels = [
            self.add_weight(shape=pair, name=f"kernel_{i}")
            for i, pair in enumerate(pairwise(sizes))
        ]
        self.biases = [self.add_weight(shape=(n,), initializer="zeros") for n in sizes[1:]]

    def call(self, x):
        for kernel, bias in zip(self.kernels[:-1], self.biases[:-1], strict=True):
            x = ops.relu(x @ kernel + bias)
        return x @ self.kernels[-1] + self.biases[-1]


def same_weights_by_hand():
    return _called(ByHand())


class WithSwitch(MyModel):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.0)

    def call(self, inputs, training=False):
        x = self.dense1(inputs)
        if training:
            x = self.drop(x, training=training)
        return self.dense3(self.dense2(x))


def same_with_a_switch_that_does_nothing():
    return _called(WithSwitch())


class WithKeywords(MyModel):
    def call(self, inputs):
        hidden = self.dense2(inputs=self.dense1(inputs=inputs))
        return self.dense3(hidden)


def same_layers_called_with_keywords():
    return _called(WithKeywords())


class _First(MyModel):
    def __init__(self, layer):
        super().__init__()
        self.dense1 = layer


def other_activation_missing():
    """missing-activation hidden"""
    return _called(_First(layers.Dense(64, name="hidden")))


def other_activation():
    """wrong-activation hidden"""
    return _called(_First(layers.Dense(64, activation="tanh", name="hidden")))


def other_units():
    """wrong-setting hidden"""
    return _called(_First(layers.Dense(128, activation="relu", name="hidden")))


def other_input():
    """wrong-input-shape"""
    return _called(MyModel(), size=16)


class Forgetful(MyModel):
    def call(self, inputs):
        return self.dense3(self.dense1(inputs))


def other_layer_declared_but_not_used():
    """missing-layer"""
    return _called(Forgetful())


class SameTwice(keras.Model):
    def __init__(self):
        super().__init__()
        self.wide = layers.Dense(64, activation="relu", name="wide")
        self.square = layers.Dense(64, activation="relu", name="square")
        self.answer = layers.Dense(1)

    def call(self, x):
        return self.answer(self.square(self.wide(x)))


def other_second_units():
    """wrong-setting square"""
    return _called(SameTwice())


class WithDropout(MyModel):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.2, name="drop")

    def call(self, inputs, training=None):
        return self.dense3(self.dense2(self.drop(self.dense1(inputs), training=training)))


def other_dropout():
    """surplus-layer drop"""
    return _called(WithDropout())


class Doubling(MyModel):
    def call(self, inputs):
        return 2 * super().call(inputs)


def other_result_doubled():
    """surplus-layer"""
    return _called(Doubling())


class Stopped(MyModel):
    def call(self, inputs):
        return self.dense3(ops.stop_gradient(self.dense2(self.dense1(inputs))))


def other_gradient_stopped():
    """surplus-layer"""
    return _called(Stopped())


class WithInput(MyModel):
    def call(self, inputs):
        return [super().call(inputs), inputs]


def other_two_outputs():
    """output-count"""
    return _called(WithInput())


def other_frozen():
    """frozen hidden"""
    model = _called(_First(layers.Dense(64, activation="relu", name="hidden")))
    model.dense1.trainable = False
    return model
