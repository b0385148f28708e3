"""Four numbers in, one dense layer of three units, no activation."""

import tempfile

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def _first(*made, size=(4,), **more):
    """A functional model: ``made``, or a dense layer named ``out`` with these settings."""
    x = inputs = keras.Input(shape=size, name="four")
    for layer in made or (layers.Dense(**{"units": 3, "name": "out", **more}),):
        x = layer(x)
    return keras.Model(inputs, x)


class _Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(3)

    def call(self, x):
        return self.out(x)


class _Affine(layers.Layer):
    """A dense layer from first principles; ``product`` multiplies matrices."""

    def __init__(self, product=ops.matmul):
        super().__init__()
        self.product = product

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 3), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(3,), initializer="zeros")

    def call(self, x):
        return self.product(x, self.kernel) + self.bias


def right_functional():
    return _first()


def right_sequential():
    return keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="my_first_model")


def right_sequential_add():
    model = keras.Sequential()
    model.add(layers.InputLayer(shape=[4]))
    model.add(layers.Dense(units=3, activation=None))
    return model


def right_sequential_not_built():
    return keras.Sequential([layers.Dense(3)])


def right_sequential_built():
    model = keras.Sequential([layers.Dense(3)])
    model.build((None, 4))
    return model


def right_sequential_called_on_data():
    model = keras.Sequential([layers.Dense(3)])
    model(np.ones((7, 4), "float32"))
    return model


def right_input_shape_in_the_layer():
    return keras.Sequential([layers.Dense(3, input_shape=(4,))])


def right_linear():
    return _first(activation="linear", kernel_initializer="he_normal", bias_initializer="ones")


def right_linear_as_a_layer():
    return _first(layers.Dense(3), layers.Activation("linear"))


def right_nested():
    return _first(keras.Sequential([keras.Sequential([layers.Dense(3)])]))


def right_subclass():
    return _Own()


def right_subclass_called():
    model = _Own()
    model(ops.zeros((1, 4)))
    return model


def right_functional_inside_a_class():
    class Model(keras.Model):
        def __init__(self):
            inputs = keras.Input((4,))
            super().__init__(inputs, layers.Dense(3)(inputs))

    return Model()


def right_named_inputs_and_outputs():
    numbers = {"numbers": keras.Input((4,))}
    return keras.Model(inputs=numbers, outputs={"three": layers.Dense(3)(numbers["numbers"])})


def right_own_layer():
    return keras.Sequential([keras.Input((4,)), _Affine()])


def right_own_layer_in_tensorflow():
    return keras.Sequential([keras.Input((4,)), _Affine(tf.matmul)])


def right_einsum():
    return _first(layers.EinsumDense("bi,io->bo", output_shape=3, bias_axes="o"))


def right_trained():
    model = _first()
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
    model.fit(np.ones((8, 4)), np.ones((8, 3)), epochs=2, verbose=0)
    return model


def right_saved_and_loaded():
    with tempfile.TemporaryDirectory() as folder:
        right_sequential().save(f"{folder}/first.keras")
        return keras.models.load_model(f"{folder}/first.keras")


def right_cloned():
    return keras.models.clone_model(right_sequential())


def wrong_the_draft():
    "“draft_layer”: units is 5, but 3 is asked for."
    return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(5, name="draft_layer")])


def wrong_swapped():
    "The numbers 3 and 4 have changed places: 4 numbers come in, 3 come out."
    return _first(size=(3,), units=4)


def wrong_swapped_sequential():
    "The numbers 3 and 4 have changed places"
    return keras.Sequential([keras.Input((3,)), layers.Dense(4)])


def wrong_relu():
    "Everything is right but the activation: none is asked for here."
    return _first(activation="relu")


def wrong_relu_as_a_layer():
    "Everything is right but the activation"
    return keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.ReLU()])


def wrong_tanh():
    "“out” applies tanh, but no activation is asked for here."
    return _first(activation="tanh")


def wrong_input_size():
    "Input “four” has shape (3,), but (4,) is asked for."
    return _first(size=(3,))


def wrong_batch_in_the_shape():
    "Input “four” has shape (None, 4), but (4,) is asked for."
    return _first(size=(None, 4))


def wrong_four_numbers_as_a_column():
    "Input “four” has shape (4, 1), but (4,) is asked for."
    return _first(size=(4, 1))


def wrong_a_layer_for_the_input():
    "“four_in” (Dense) is one layer too many: nothing asks for it here."
    return _first(layers.Dense(4, name="four_in"), layers.Dense(3))


def wrong_no_bias():
    "“out”: use_bias is False, but True is asked for."
    return _first(use_bias=False)


def wrong_a_layer_for_the_input_in_a_list():
    "The 4 numbers have a dense layer of their own: keras.Input lets them in"
    return keras.Sequential([keras.Input((4,)), layers.Dense(4), layers.Dense(3)])


def wrong_frozen():
    "“out” is frozen (trainable=False), but its weights should be trained."
    return _first(trainable=False)


def wrong_regularised():
    "“out” has a regularizer on kernel that nothing asks for."
    return _first(kernel_regularizer="l2")


def wrong_dropout():
    "“drop” (Dropout) is one layer too many"
    return _first(layers.Dense(3), layers.Dropout(0.2, name="drop"))


def wrong_two_outputs():
    "The model has 2 output(s), but 1 are asked for."
    inputs = keras.Input((4,))
    return keras.Model(inputs, [layers.Dense(3)(inputs), layers.Dense(3)(inputs)])


def wrong_no_layer():
    "A layer is missing after “four”: Dense."
    return _first(layers.Identity())


def wrong_a_layer():
    "A Keras model is expected here, but this is of type Dense."
    return layers.Dense(3)


def wrong_the_output():
    "A Keras model is expected here, but this is of type KerasTensor."
    return layers.Dense(3)(keras.Input((4,)))


def wrong_the_class():
    "A Keras model is expected here, but this is of type type."
    return _Own


def wrong_call_forgets_the_result():
    "The model cannot be called on the inputs that are asked for."

    class Model(_Own):
        def call(self, x):
            self.out(x)

    return Model()


def wrong_empty():
    "The model has no layers yet"
    return keras.Sequential()


def wrong_list_of_layers():
    "this is of type list"
    return [keras.Input((4,)), layers.Dense(3)]
