"""Three dense layers of 20, tanh, a dropout of 0.2, one unit: as a class or in any other style."""

import keras
import numpy as np
from keras import layers, ops


class _Watering(keras.Model):
    """The answer with one thing changed."""

    def __init__(self, count=3, units=20, activation="tanh", rate=0.2, last=None, **last_more):
        super().__init__(name="watering")
        self.hidden = [layers.Dense(units, activation=activation) for _each in range(count)]
        self.drop = layers.Dropout(rate)
        self.litres = layers.Dense(1, activation=last, **last_more)

    def call(self, measurements):
        x = measurements
        for layer in self.hidden:
            x = layer(x)
        return self.litres(self.drop(x))


def _functional(*steps):
    measurements = x = keras.Input((10,))
    for step in steps:
        x = step(x)
    return keras.Model(measurements, x)


def _hidden(**more):
    return layers.Dense(20, activation="tanh", **more)


def right_list_and_loop():
    return _Watering()


def right_called_on_data():
    model = _Watering()
    model(np.zeros((2, 10), "float32"))
    return model


def right_called_on_an_input():
    model = _Watering()
    model(keras.Input((10,)))
    return model


def right_one_by_one():
    class Watering(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = _hidden()
            self.second = _hidden()
            self.third = _hidden()
            self.drop = layers.Dropout(0.2)
            self.litres = layers.Dense(1)

        def call(self, measurements):
            x = self.first(measurements)
            x = self.second(x)
            x = self.third(x)
            x = self.drop(x)
            return self.litres(x)

    return Watering()


def right_made_in_another_order():
    class Watering(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.litres = layers.Dense(1)
            self.third = _hidden()
            self.drop = layers.Dropout(0.2)
            self.first = _hidden()
            self.second = _hidden()

        def call(self, measurements):
            return self.litres(self.drop(self.third(self.second(self.first(measurements)))))

    return Watering(name="watering")


def right_training_passed_on():
    class Watering(_Watering):
        def call(self, measurements, training=None):
            x = measurements
            for layer in self.hidden:
                x = layer(x)
            return self.litres(self.drop(x, training=training))

    return Watering()


def right_training_false_by_default():
    class Watering(_Watering):
        def call(self, measurements, training=False):
            x = measurements
            for layer in self.hidden:
                x = layer(x)
            x = self.drop(x, training=training)
            return self.litres(x)

    return Watering()


def right_activation_as_operation():
    class Watering(_Watering):
        def __init__(self):
            super().__init__(activation=None)

        def call(self, measurements):
            x = measurements
            for layer in self.hidden:
                x = ops.tanh(layer(x))
            return self.litres(self.drop(x))

    return Watering()


def right_activation_layer_called_three_times():
    class Watering(_Watering):
        def __init__(self):
            super().__init__(activation=None)
            self.bend = layers.Activation("tanh")

        def call(self, measurements):
            x = measurements
            for layer in self.hidden:
                x = self.bend(layer(x))
            return self.litres(self.drop(x))

    return Watering()


def right_layers_by_number():
    class Watering(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = [_hidden(), _hidden(), _hidden(), layers.Dropout(0.2), layers.Dense(1)]

        def call(self, x):
            for index in range(len(self.steps)):
                x = self.steps[index](x)
            return x

    return Watering()


def right_stack_inside():
    class Watering(keras.Model):
        def __init__(self):
            super().__init__()
            self.body = keras.Sequential([_hidden(), _hidden(), _hidden()])
            self.end = keras.Sequential([layers.Dropout(0.2), layers.Dense(1)])

        def call(self, measurements):
            return self.end(self.body(measurements))

    return Watering()


def right_attributes_by_name():
    class Watering(keras.Model):
        def __init__(self):
            super().__init__()
            for index in range(3):
                setattr(self, f"hidden_{index}", _hidden(name=f"hidden_{index}"))
            self.drop, self.litres = layers.Dropout(0.2), layers.Dense(1)

        def call(self, x):
            for index in range(3):
                x = getattr(self, f"hidden_{index}")(x)
            return self.litres(self.drop(x))

    return Watering()


def right_dictionary_of_layers():
    class Watering(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = {name: _hidden() for name in ("one", "two", "three")}
            self.drop, self.litres = layers.Dropout(0.2), layers.Dense(1)

        def call(self, x):
            for step in self.steps.values():
                x = step(x)
            return self.litres(self.drop(x))

    return Watering()


def right_sequential():
    end = [layers.Dropout(0.2), layers.Dense(1)]
    return keras.Sequential([keras.Input((10,)), *(_hidden() for _each in range(3)), *end])


def right_sequential_without_input():
    return keras.Sequential([_hidden(), _hidden(), _hidden(), layers.Dropout(0.2), layers.Dense(1)])


def right_functional():
    return _functional(_hidden(), _hidden(), _hidden(), layers.Dropout(0.2), layers.Dense(1))


def right_compiled_and_trained():
    model = _Watering()
    model.compile("adam", "mse")
    model.fit(np.ones((4, 10)), np.ones((4, 1)), verbose=0)
    return model


def wrong_one_layer_three_times():
    """One layer is called again and again, so its weights are shared."""

    class Watering(_Watering):
        def __init__(self):
            super().__init__(count=2)

        def call(self, measurements):
            x = self.hidden[0](measurements)
            x = self.hidden[1](self.hidden[1](x))
            return self.litres(self.drop(x))

    return Watering()


def wrong_two_layers():
    """There are fewer than three hidden layers."""
    return _Watering(count=2)


def wrong_loop_forgets_its_result():
    """A layer is missing"""

    class Watering(_Watering):
        def call(self, measurements):
            for layer in self.hidden:
                x = layer(measurements)
            return self.litres(self.drop(x))

    return Watering()


def wrong_no_dropout():
    """The dropout is missing: made in __init__, perhaps, but not called in call."""

    class Watering(_Watering):
        def call(self, x):
            for layer in self.hidden:
                x = layer(x)
            return self.litres(x)

    return Watering()


def wrong_relu():
    """The hidden layers use ReLU; tanh is asked for."""
    return _Watering(activation="relu")


def wrong_sigmoid():
    """A sigmoid keeps the answer below 1 litre."""
    return _Watering(last="sigmoid")


def wrong_units():
    """units is 10, but 20 is asked for."""
    return _Watering(units=10)


def wrong_four_layers():
    """is one layer too many"""
    return _Watering(count=4)


def wrong_no_activation():
    """has no activation; tanh is asked for."""
    return _Watering(activation=None)


def wrong_rate():
    """rate is 0.8, but 0.2 is asked for."""
    return _Watering(rate=0.8)


def wrong_dropout_asleep():
    """training=False"""

    class Watering(_Watering):
        def call(self, x):
            for layer in self.hidden:
                x = layer(x)
            return self.litres(self.drop(x, training=False))

    return Watering()


def wrong_relu_at_the_end():
    """applies relu, but no activation is asked for here."""
    return _Watering(last="relu")


def wrong_layer_made_in_call():
    """cannot be read layer by layer; only its numbers can be compared."""

    class Watering(_Watering):
        def call(self, x):
            for _each in range(3):
                x = _hidden()(x)
            return self.litres(self.drop(x))

    return Watering()


def wrong_no_bias():
    """use_bias"""
    return _Watering(use_bias=False)


def wrong_the_class_itself():
    """A Keras model is expected here"""
    return _Watering


def wrong_returns_nothing():
    """The model cannot be called on the inputs that are asked for."""

    class Watering(_Watering):
        def call(self, x):
            for layer in self.hidden:
                x = layer(x)

    return Watering()
