"""A dense layer written by hand, 4 -> 10."""

import keras
from keras import layers, ops


class CustomDense(layers.Layer):
    def __init__(self, units=10, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True
        )
        self.b = self.add_weight(shape=(self.units,), initializer="random_normal", trainable=True)

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def _functional(layer=CustomDense, units=10, **settings):
    inputs = keras.Input(shape=(4,), name="inputs")
    return keras.Model(inputs, layer(units, name="dense", **settings)(inputs))


def _called(call):
    """A model of a layer by hand whose ``call`` is this function."""

    class Written(CustomDense):
        def call(self, inputs):
            return call(inputs, self.w, self.b)

    return _functional(Written)


def reference():
    return _functional()


def same_keras_layer():
    return _functional(layers.Dense)


def same_keras_layer_spelled_out():
    return _functional(layers.Dense, activation=None, use_bias=True, kernel_initializer="ones")


def same_sequential():
    return keras.Sequential([keras.Input(shape=(4,)), CustomDense()])


def same_sequential_without_input():
    return keras.Sequential([CustomDense(10)])


def same_matrix_operator():
    return _called(lambda x, w, b: x @ w + b)


def same_dot():
    return _called(lambda x, w, b: ops.dot(x, w) + b)


def same_einsum():
    return _called(lambda x, w, b: ops.einsum("bi,io->bo", x, w) + b)


def same_einsum_with_dots():
    return _called(lambda x, w, b: ops.add(ops.einsum("...i,ij->...j", x, w), b))


def same_tensordot():
    return _called(lambda x, w, b: ops.tensordot(x, w, axes=1) + b)


def same_add_operation():
    return _called(lambda x, w, b: ops.add(ops.matmul(x, w), b))


def same_bias_first():
    return _called(lambda x, w, b: b + ops.matmul(x, w))


def same_bias_subtracted_twice():
    return _called(lambda x, w, b: ops.subtract(x @ w, -b))


def same_product_transposed():
    return _called(lambda x, w, b: ops.transpose(ops.transpose(w) @ ops.transpose(x)) + b)


def same_bias_of_one_row():
    return _called(lambda x, w, b: x @ w + ops.reshape(b, (1, -1)))


def same_products_summed():
    return _called(lambda x, w, b: ops.sum(ops.expand_dims(x, -1) * w, axis=1) + b)


def same_with_einsum_dense():
    inputs = keras.Input(shape=(4,))
    outputs = layers.EinsumDense("bi,io->bo", output_shape=10, bias_axes="o")(inputs)
    return keras.Model(inputs, outputs)


class _Named(layers.Layer):
    """Named weights, and ``build`` that ends as Keras once wanted it."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        super().build(input_shape)

    def call(self, inputs):
        product = ops.matmul(inputs, self.w)
        return product + self.b


def same_weights_created_in_another_order():
    return _functional(_Named)


class _Eager(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.w = self.add_weight(shape=(4, units), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(units,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


def same_weights_made_in_init():
    return _functional(_Eager)


class _Variables(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.w = keras.Variable(keras.random.normal((4, units)), name="w")
        self.b = keras.Variable(ops.zeros(units), name="b")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


def same_variables():
    return _functional(_Variables)


class _Activated(CustomDense):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(units, **kwargs)
        self.activation = keras.activations.get(activation)

    def call(self, inputs):
        return self.activation(super().call(inputs))


def same_with_an_activation_left_out():
    return _functional(_Activated)


class _Around(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units)

    def call(self, inputs):
        return self.dense(inputs)


def same_around_a_keras_layer():
    return _functional(_Around)


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = CustomDense(10)

    def call(self, inputs):
        return self.dense(inputs)


def same_subclassed():
    return _Net()


def same_subclassed_and_called():
    model = _Net()
    model(ops.ones((2, 4)))
    return model


class _Weights(keras.Model):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], 10))
        self.b = self.add_weight(shape=(10,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


def same_weights_of_the_model():
    return _Weights()


def same_layer_from_its_configuration():
    layer = CustomDense.from_config(CustomDense(10).get_config())
    return keras.Sequential([keras.Input(shape=(4,)), layer])


def other_units():
    """wrong-setting dense"""
    return _functional(units=5)


def other_no_bias():
    """wrong-setting"""
    return _called(lambda x, w, b: ops.matmul(x, w))


def other_bias_subtracted():
    """wrong-setting dense"""
    return _called(lambda x, w, b: ops.matmul(x, w) - b)


def other_multiplied_by_the_bias():
    """wrong-setting dense"""
    return _called(lambda x, w, b: ops.matmul(x, w) * b)


def other_activated():
    """surplus-activation dense"""
    return _functional(_Activated, activation="relu")


class _Frozen(CustomDense):
    def build(self, input_shape):
        super().build(input_shape)
        self.b.trainable = False


def other_bias_not_trained():
    """frozen dense"""
    return _functional(_Frozen)


class _Constant(CustomDense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = ops.zeros((self.units,))


def other_bias_no_weight():
    """wrong-setting"""
    return _functional(_Constant)


class _Punished(CustomDense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), regularizer="l2")
        self.b = self.add_weight(shape=(self.units,))


def other_penalty():
    """surplus-regularizer dense"""
    return _functional(_Punished)


class _OneBias(CustomDense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(1,))


def other_one_bias_for_all_units():
    """wrong-setting"""
    return _functional(_OneBias)


def other_applied_twice():
    """surplus-layer"""
    inputs = keras.Input(shape=(4,))
    return keras.Model(inputs, CustomDense(10)(CustomDense(10)(inputs)))
