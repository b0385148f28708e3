"""64 pixels, dense layers of 48 and 32 units with ReLU, 10 with softmax; the layers have names."""

import tempfile

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

NAMES = "hidden_1", "hidden_2", "digit"


def _layers(
    units=(48, 32, 10), activations=("relu", "relu", "softmax"), names=NAMES, **more
) -> list[layers.Layer]:
    return [
        layers.Dense(size, activation, name=name, **more)
        for size, activation, name in zip(units, activations, names, strict=True)
    ]


def _chained(made, size=(64,)):
    x = inputs = keras.Input(shape=size, name="pixels")
    for each in made:
        x = each(x)
    return keras.Model(inputs, x)


def _stack(**settings):
    return _chained(_layers(**settings))


def _logits():
    return _layers(activations=(None, None, None))


class _Stack(keras.Model):
    """Layers made in another order than called; the activations are called, not given."""

    def __init__(self, relu=ops.relu, softmax=ops.softmax):
        super().__init__()
        self.relu, self.softmax = relu, softmax
        self.digit = layers.Dense(10, name="digit")
        self.hidden_2 = layers.Dense(32, name="hidden_2")
        self.hidden_1 = layers.Dense(48, name="hidden_1")

    def call(self, x):
        x = self.relu(self.hidden_1(x))
        x = self.relu(self.hidden_2(x))
        return self.softmax(self.digit(x))


def right_subclassed_with_raw_tensorflow():
    return _Stack(tf.nn.relu, tf.nn.softmax)


def right_functional():
    pixels = keras.Input(shape=(64,))
    hidden_1 = layers.Dense(48, activation="relu", name="hidden_1")(pixels)
    hidden_2 = layers.Dense(32, activation="relu", name="hidden_2")(hidden_1)
    digit = layers.Dense(10, activation="softmax", name="digit")(hidden_2)
    return keras.Model(inputs=pixels, outputs=digit)


def right_loop():
    return _stack()


def right_sequential():
    return keras.Sequential([keras.Input((64,)), *_layers()])


def right_sequential_not_built():
    return keras.Sequential(_layers())


def right_sequential_add():
    model = keras.Sequential(name="stack")
    model.add(keras.Input(shape=(64,)))
    for layer in _layers():
        model.add(layer)
    return model


def right_activations_as_layers():
    one, two, digit = _logits()
    return _chained([one, layers.Activation("relu"), two, layers.ReLU(), digit, layers.Softmax()])


def right_activations_as_functions():
    one, two, digit = _logits()
    pixels = keras.Input((64,))
    return keras.Model(
        pixels, ops.softmax(digit(ops.relu(two(keras.activations.relu(one(pixels))))))
    )


def right_activations_as_objects():
    return _stack(activations=(keras.activations.relu, ops.relu, keras.activations.softmax))


def right_activations_of_tensorflow():
    return _stack(activations=(tf.nn.relu, tf.nn.relu, tf.nn.softmax))


def right_activations_by_hand():
    def softmax(x):
        x = ops.exp(x - ops.max(x, axis=-1, keepdims=True))
        return x / ops.sum(x, axis=-1, keepdims=True)

    return _stack(
        activations=(lambda x: ops.maximum(x, 0), lambda x: ops.where(x > 0, x, 0.0), softmax)
    )


def right_leaky_with_no_leak():
    return _chained([_logits()[0], layers.LeakyReLU(0.0), *_layers()[1:]])


def right_subclass():
    return _Stack()


def right_subclass_called():
    model = _Stack(layers.ReLU(), layers.Softmax())
    model(np.zeros((5, 64), "float32"))
    return model


def right_subclass_with_a_list():
    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.chain = _layers()

        def call(self, x):
            for layer in self.chain:
                x = layer(x)
            return x

    return Model()


def right_nested():
    one, two, digit = _layers()
    return _chained([keras.Sequential([one, two], name="hidden"), digit])


def right_named_after_the_fact():
    model = _stack(names=("a", "b", "c"))
    for layer, name in zip(model.layers[1:], NAMES, strict=True):
        layer.name = name
    return model


def right_other_initial_values():
    return _stack(kernel_initializer="he_normal", bias_initializer="ones")


def right_compiled_and_trained():
    model = _stack()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.ones((8, 64)), np.ones(8), verbose=0)
    return model


def right_saved_and_loaded():
    with tempfile.TemporaryDirectory() as folder:
        _stack().save(f"{folder}/stack.keras")
        return keras.models.load_model(f"{folder}/stack.keras")


def right_from_its_configuration():
    model = _stack()
    return keras.Model.from_config(model.get_config())


def wrong_logits():
    "Your last layer gives raw scores (logits). Softmax is asked for"
    return keras.Sequential([keras.Input((64,)), *_layers()[:2], _logits()[2]])


def wrong_sigmoid():
    "Sigmoid treats the ten digits as ten separate yes-or-no questions."
    return _stack(activations=("relu", "relu", "sigmoid"))


def wrong_relu_at_the_end():
    "ReLU on the last layer cuts scores at 0 and gives no probabilities."
    return _stack(activations=["relu"] * 3)


def wrong_no_activation_in_between():
    "Without an activation in between, two dense layers are no more than one"
    return _stack(activations=(None, None, "softmax"))


def wrong_sizes_swapped():
    "The two hidden layers have swapped sizes: 48 units come first, then 32."
    return _stack(units=(32, 48, 10))


def wrong_layers_swapped():
    "swapped sizes"
    one, two, digit = _layers()
    return _chained([two, one, digit])


def wrong_size():
    "“hidden_1”: units is 84, but 48 is asked for."
    return _stack(units=(84, 32, 10))


def wrong_number_of_digits():
    "“digit”: units is 9, but 10 is asked for."
    return _stack(units=(48, 32, 9))


def wrong_one_answer():
    "“digit”: units is 1, but 10 is asked for."
    return _stack(units=(48, 32, 1))


def wrong_tanh():
    "“hidden_2” uses the tanh activation; relu is asked for."
    return _stack(activations=("relu", "tanh", "softmax"))


def wrong_first_not_active():
    "“hidden_1” has no activation; relu is asked for."
    return _stack(activations=(None, "relu", "softmax"))


def wrong_no_names():
    "No layer is named “hidden_1”."
    return _stack(names=[None] * 3)


def wrong_one_name():
    "No layer is named “hidden_2”."
    return _stack(names=("hidden_1", "hidden2", "digit"))


def wrong_names_of_variables():
    "No layer is named “digit”."
    hidden_1, hidden_2, digit = _layers(names=(None, None, None))
    return _chained([hidden_1, hidden_2, digit])


def wrong_image():
    "Input “pixels” has shape (8, 8), but (64,) is asked for."
    return _chained([layers.Flatten(), *_layers()], size=(8, 8))


def wrong_image_not_flattened():
    "Input “pixels” has shape (8, 8), but (64,) is asked for."
    return _chained(_layers(), size=(8, 8))


def wrong_batch_in_the_shape():
    "Input “pixels” has shape (None, 64), but (64,) is asked for."
    return _chained(_layers(), size=(None, 64))


def wrong_second_left_out():
    "A layer is missing after “hidden_1”: Dense."
    return _stack(units=(48, 10), activations=("relu", "softmax"), names=("hidden_1", "digit"))


def wrong_third_hidden():
    "“hidden_3” (Dense) is one layer too many: nothing asks for it here."
    more = layers.Dense(32, "relu", name="hidden_3")
    return _chained([*_layers()[:2], more, _layers()[2]])


def wrong_dropout():
    "“drop” (Dropout) is one layer too many"
    return _chained([_layers()[0], layers.Dropout(0.5, name="drop"), *_layers()[1:]])


def wrong_normalised():
    "“norm” (BatchNormalization) is one layer too many"
    return _chained([_layers()[0], layers.BatchNormalization(name="norm"), *_layers()[1:]])


def wrong_softmax_twice():
    "“again” applies softmax, but no activation is asked for here."
    return _chained([*_layers(), layers.Softmax(name="again")])


def wrong_no_bias():
    "“hidden_1”: use_bias is False, but True is asked for."
    return _stack(use_bias=False)


def wrong_penalised():
    "has a regularizer on kernel that nothing asks for."
    return _stack(kernel_regularizer=keras.regularizers.L2(1e-4))


def wrong_forgets_a_layer():
    "A layer is missing after “hidden_1”"
    one, two, digit = _layers()
    pixels = keras.Input((64,))
    x = one(pixels)
    two(x)
    return keras.Model(pixels, digit(x))


def wrong_output_of_the_second():
    "A layer is missing after “hidden_2”: Dense."
    return _chained(_layers()[:2])


def wrong_the_output():
    "A Keras model is expected here, but this is of type KerasTensor."
    return _stack().output
