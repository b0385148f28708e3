"""64 -> Dense 64 relu -> 32 sigmoids and a softmax of 10, by name: 6,890 parameters."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded

SIGMOID, SOFTMAX = "sigmoid head", "softmax head"


def _heads(units=(64, 32, 10), activations=("relu", "sigmoid", "softmax"), between=(), **trunk):
    features = keras.Input(shape=(64,), name="features")
    x = layers.Dense(units[0], activation=activations[0], name="trunk", **trunk)(features)
    for layer in between:
        x = layer(x)
    yes_no = layers.Dense(units[1], activation=activations[1], name="yes_no")(x)
    one_of = layers.Dense(units[2], activation=activations[2], name="one_of")(x)
    return keras.Model(features, {SIGMOID: yes_no, SOFTMAX: one_of})


def reference():
    return _heads()


def same_dictionary_in_another_order():
    features = keras.Input(shape=(64,))
    trunk = layers.Dense(64, activation="relu")
    softmax = layers.Dense(10, activation="softmax", name=SOFTMAX)(trunk(features))
    sigmoid = layers.Dense(32, activation="sigmoid", name=SIGMOID)(trunk(features))
    return keras.Model(inputs=features, outputs={SOFTMAX: softmax, SIGMOID: sigmoid})


def same_list():
    features = keras.Input(shape=(64,))
    x = layers.Dense(64, activation="relu")(features)
    heads = [layers.Dense(32, "sigmoid", name="bits"), layers.Dense(10, "softmax", name="digit")]
    return keras.Model(features, [head(x) for head in heads])


def same_tuple_of_named_layers():
    model = same_dictionary_in_another_order()
    return keras.Model(
        model.inputs, (model.get_layer(SIGMOID).output, model.get_layer(SOFTMAX).output)
    )


def same_list_of_named_layers_in_another_order():
    model = same_dictionary_in_another_order()
    return keras.Model(
        model.inputs, [model.get_layer(SOFTMAX).output, model.get_layer(SIGMOID).output]
    )


def same_activations_as_layers():
    features = keras.Input(shape=(64,))
    x = layers.ReLU()(layers.Dense(64)(features))
    sigmoid = layers.Activation("sigmoid")(layers.Dense(32)(x))
    softmax = layers.Softmax()(layers.Dense(10)(x))
    return keras.Model(features, {SIGMOID: sigmoid, SOFTMAX: softmax})


def same_activations_as_operations():
    features = keras.Input(shape=(64,))
    x = ops.relu(layers.Dense(64)(features))
    sigmoid, softmax = ops.sigmoid(layers.Dense(32)(x)), ops.softmax(layers.Dense(10)(x))
    return keras.Model(features, {SIGMOID: sigmoid, SOFTMAX: softmax})


def same_activations_as_functions():
    known = keras.activations
    return _heads(activations=(known.relu, known.sigmoid, lambda x: known.softmax(x, axis=-1)))


def same_activations_by_name():
    return _heads(activations=[keras.activations.get(n) for n in ("relu", "sigmoid", "softmax")])


def same_with_identity_layers():
    return _heads(between=(layers.Identity(), layers.Dropout(0), layers.Activation(None)))


def same_heads_named_by_identity():
    features = keras.Input(shape=(64,))
    x = layers.Dense(64, "relu")(features)
    sigmoid = layers.Identity(name=SIGMOID)(layers.Dense(32, "sigmoid")(x))
    softmax = layers.Identity(name=SOFTMAX)(layers.Dense(10, "softmax")(x))
    return keras.Model(features, {SIGMOID: sigmoid, SOFTMAX: softmax})


def same_trunk_and_heads_as_models():
    trunk = keras.Sequential([layers.Dense(64), layers.ReLU()])
    sigmoid = keras.Sequential([layers.Dense(32), layers.Activation("sigmoid")])
    softmax = keras.Sequential([layers.Dense(10), layers.Softmax()])
    features = keras.Input(shape=(64,))
    x = trunk(features)
    return keras.Model(features, {SIGMOID: sigmoid(x), SOFTMAX: softmax(x)})


def same_two_models_with_one_trunk():
    features = keras.Input(shape=(64,))
    trunk = keras.Model(features, layers.Dense(64, activation="relu")(features))
    parts = {
        SIGMOID: keras.Sequential([trunk, layers.Dense(32, activation="sigmoid")]),
        SOFTMAX: keras.Sequential([trunk, layers.Dense(10, activation="softmax")]),
    }
    inputs = keras.Input(shape=(64,))
    return keras.Model(inputs, {name: part(inputs) for name, part in parts.items()})


class TwoHeads(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.softmax_head = layers.Dense(10, activation="softmax")
        self.sigmoid_head = layers.Dense(32, activation="sigmoid")
        self.trunk = layers.Dense(64, activation="relu")

    def call(self, inputs):
        x = self.trunk(inputs)
        return {SOFTMAX: self.softmax_head(x), SIGMOID: self.sigmoid_head(x)}


def same_subclassed():
    return TwoHeads()


def same_subclassed_and_reloaded():
    model = TwoHeads()
    model(np.zeros((1, 64), "float32"))
    return reloaded(model, TwoHeads=TwoHeads)


class _Tuple(TwoHeads):
    def call(self, inputs):
        return self.sigmoid_head(self.trunk(inputs)), self.softmax_head(self.trunk(inputs))


def same_subclass_that_returns_a_tuple():
    return _Tuple()


class _Loop(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.Sequential([layers.Dense(64, activation="relu")])
        self.heads = {
            SIGMOID: layers.Dense(32, activation="sigmoid"),
            SOFTMAX: layers.Dense(10, activation="softmax"),
        }

    def call(self, inputs, training=None):
        x = self.trunk(inputs, training=training)
        return {name: head(x) for name, head in self.heads.items()}


def same_dictionary_of_heads():
    model = _Loop()
    model(np.zeros((2, 64), "float32"))
    return model


def same_subclass_inside_a_functional_model():
    features = keras.Input(shape=(64,), name="anything")
    return keras.Model(features, _Loop()(features))


class _HeadsLayer(layers.Layer):
    def __init__(self):
        super().__init__()
        self.sigmoid = layers.Dense(32)
        self.softmax = layers.Dense(10)

    def call(self, x):
        return ops.sigmoid(self.sigmoid(x)), ops.softmax(self.softmax(x), axis=-1)


def same_heads_as_one_layer():
    features = keras.Input(shape=(64,))
    sigmoid, softmax = _HeadsLayer()(layers.Dense(64, "relu")(features))
    return keras.Model(features, {SIGMOID: sigmoid, SOFTMAX: softmax})


def other_sigmoid_everywhere():
    """wrong-activation one_of"""
    return _heads(activations=("relu", "sigmoid", "sigmoid"))


def other_softmax_everywhere():
    """wrong-activation yes_no"""
    return _heads(activations=("relu", "softmax", "softmax"))


def other_logits():
    """logits one_of"""
    return _heads(activations=("relu", "sigmoid", None))


def other_units_of_a_head():
    """wrong-setting yes_no"""
    return _heads(units=(64, 64, 10))


def other_relu_missing():
    """missing-activation trunk"""
    return _heads(activations=(None, "sigmoid", "softmax"))


def other_layer_more():
    """surplus-layer extra"""
    return _heads(between=(layers.Dense(16, activation="relu", name="extra"),))


def other_layer_twice():
    """surplus-layer"""
    return _heads(between=(layers.Dense(64, activation="relu", name="again"),))


def other_head_on_the_other_head():
    """wrong-connection one_of"""
    features = keras.Input(shape=(64,), name="features")
    x = layers.Dense(64, activation="relu", name="trunk")(features)
    yes_no = layers.Dense(32, activation="sigmoid", name="yes_no")(x)
    one_of = layers.Dense(10, activation="softmax", name="one_of")(yes_no)
    return keras.Model(features, {SIGMOID: yes_no, SOFTMAX: one_of})


def other_head_on_the_input():
    """wrong-connection one_of"""
    features = keras.Input(shape=(64,), name="features")
    x = layers.Dense(64, activation="relu", name="trunk")(features)
    yes_no = layers.Dense(32, activation="sigmoid", name="yes_no")(x)
    one_of = layers.Dense(10, activation="softmax", name="one_of")(features)
    return keras.Model(features, {SIGMOID: yes_no, SOFTMAX: one_of})


def other_one_trunk_a_head():
    """not-shared"""
    features = keras.Input(shape=(64,))
    first = layers.Dense(64, activation="relu", name="first")(features)
    second = layers.Dense(64, activation="relu", name="second")(features)
    sigmoid = layers.Dense(32, activation="sigmoid")(first)
    softmax = layers.Dense(10, activation="softmax")(second)
    return keras.Model(features, {SIGMOID: sigmoid, SOFTMAX: softmax})


def other_names_exchanged():
    """swapped-names"""
    model = _heads()
    return keras.Model(
        model.input, {SIGMOID: model.output[SOFTMAX], SOFTMAX: model.output[SIGMOID]}
    )


def other_list_in_the_wrong_order():
    """output-order"""
    model = _heads()
    return keras.Model(model.input, [model.output[SOFTMAX], model.output[SIGMOID]])


def other_joined():
    """output-count"""
    model = _heads()
    return keras.Model(model.input, layers.concatenate(list(model.output.values())))


def other_one_head():
    """output-count"""
    model = _heads()
    return keras.Model(model.input, model.output[SOFTMAX])


def other_penalty_on_the_trunk():
    """surplus-regularizer trunk"""
    return _heads(bias_regularizer="l1")
