"""Two 32-vectors, each through its own layer, concatenated, Dense 1."""

import keras
import numpy as np
from keras import layers, ops


def _inputs():
    return keras.Input(shape=(32,), name="title"), keras.Input(shape=(32,), name="body")


def _functional(merge=layers.concatenate, order=(0, 1), shared=False):
    title, body = _inputs()
    first = layers.Dense(8, activation="relu", name="of_title")
    second = first if shared else layers.Dense(8, activation="relu", name="of_body")
    parts = [first(title), second(body)]
    joined = merge([parts[i] for i in order])
    return keras.Model([title, body], layers.Dense(1, name="answer")(joined))


def reference():
    return _functional()


def same_merge_layer():
    return _functional(merge=layers.Concatenate(axis=1))


def same_merge_operation():
    return _functional(merge=lambda parts: ops.concatenate(parts, axis=-1))


def same_inputs_listed_otherwise():
    title, body = _inputs()
    body_part = layers.Dense(8, activation="relu")(body)
    title_part = layers.Dense(8, activation="relu")(title)
    joined = layers.concatenate([title_part, body_part])
    return keras.Model([body, title], layers.Dense(1)(joined))


def same_dictionary_of_inputs():
    title, body = _inputs()
    joined = layers.concatenate(
        [layers.Dense(8, activation="relu")(title), layers.Dense(8, activation="relu")(body)]
    )
    return keras.Model({"title": title, "body": body}, layers.Dense(1)(joined))


class _Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.of_body = layers.Dense(8)
        self.of_title = layers.Dense(8)
        self.answer = layers.Dense(1)

    def join(self, title, body):
        return self.answer(
            ops.concatenate([ops.relu(self.of_title(title)), ops.relu(self.of_body(body))], -1)
        )


class _OfDictionary(_Subclass):
    def call(self, inputs):
        return self.join(inputs["title"], inputs["body"])


class _OfList(_Subclass):
    def call(self, inputs):
        title, body = inputs
        return self.join(title, body)


class _OfArguments(_Subclass):
    def call(self, title, body):
        return self.join(title, body)


def same_subclass_of_a_dictionary():
    return _OfDictionary()


def same_subclass_of_a_list():
    return _OfList()


def same_subclass_of_two_arguments():
    return _OfArguments()


def same_branches_as_models():
    title, body = _inputs()
    branch = [keras.Sequential([layers.Dense(8), layers.ReLU()]) for _ in range(2)]
    joined = layers.concatenate([branch[0](title), branch[1](body)])
    return keras.Model([title, body], layers.Dense(1)(joined))


def same_order_of_creation():
    body = keras.Input(shape=(32,), name="body")
    body_part = layers.Dense(8, activation="relu", name="b")(body)
    title = keras.Input(shape=(32,), name="title")
    title_part = layers.Dense(8, activation="relu", name="a")(title)
    return keras.Model([title, body], layers.Dense(1)(ops.concatenate([title_part, body_part], 1)))


def same_hstack():
    return _functional(merge=ops.hstack)


def same_concatenated_by_a_lambda_layer():
    return _functional(merge=layers.Lambda(lambda parts: ops.concatenate(parts, axis=-1)))


def same_activation_after_the_merge():
    title, body = _inputs()
    joined = layers.concatenate([layers.Dense(8)(title), layers.Dense(8)(body)])
    return keras.Model([title, body], layers.Dense(1)(layers.ReLU()(joined)))


def same_activations_as_functions():
    title, body = _inputs()
    parts = [ops.relu(layers.Dense(8)(title)), keras.activations.relu(layers.Dense(8)(body))]
    return keras.Model((title, body), layers.Dense(1, activation=None)(layers.Concatenate()(parts)))


def same_with_identity_layers():
    def merge(parts):
        parts = [layers.Identity()(parts[0]), layers.Dropout(0)(parts[1])]
        return layers.Activation("linear")(layers.concatenate(parts))

    return _functional(merge=merge)


def same_parts_in_a_loop():
    inputs = {name: keras.Input(shape=(32,), name=name) for name in ("title", "body")}
    parts = [layers.Dense(8, "relu", name=f"of_{name}")(x) for name, x in inputs.items()]
    return keras.Model(inputs, layers.Dense(1)(layers.concatenate(parts)))


def same_nested_functional():
    inner = _functional()
    title, body = _inputs()
    return keras.Model([title, body], inner([title, body]))


class Part(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
        self.active = layers.Activation(keras.activations.relu)

    def call(self, inputs):
        return self.active(self.dense(inputs))


class Join(layers.Layer):
    def __init__(self):
        super().__init__()
        self.parts = [Part(8), Part(8)]

    def call(self, title, body):
        return ops.concatenate([self.parts[0](title), self.parts[1](body)], axis=-1)


def same_merge_as_a_block():
    title, body = _inputs()
    return keras.Model([title, body], layers.Dense(1)(Join()(title, body)))


class _InALoop(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = {"title": layers.Dense(8, "relu"), "body": layers.Dense(8, "relu")}
        self.merge = layers.Concatenate()
        self.answer = layers.Dense(1)

    def call(self, inputs, training=False):
        return self.answer(self.merge([part(inputs[name]) for name, part in self.parts.items()]))


def same_dictionary_of_layers_in_a_loop():
    return _InALoop()


def same_subclass_called_on_data():
    model = _OfList()
    model([np.zeros((1, 32), "float32"), np.zeros((1, 32), "float32")])
    return model


def same_subclass_called_on_a_tuple():
    model = _OfList()
    model((ops.ones((4, 32)), ops.ones((4, 32))))
    return model


def same_subclass_called_on_a_dictionary():
    model = _InALoop()
    model({name: np.zeros((1, 32), "float32") for name in ("title", "body")})
    return model


def other_merge():
    """replaced-layer sum"""
    return _functional(merge=layers.Add(name="sum"))


def other_order():
    """wrong-input-order join"""
    return _functional(merge=layers.Concatenate(name="join"), order=(1, 0))


def other_shared():
    """wrongly-shared of_title"""
    return _functional(shared=True)


def other_one_input_twice():
    """wrong-connection"""
    title, body = _inputs()
    first = layers.Dense(8, activation="relu", name="of_title")
    second = layers.Dense(8, activation="relu", name="of_body")
    joined = layers.concatenate([first(title), second(title)])
    return keras.Model([title, body], layers.Dense(1)(joined))


def other_no_second_input():
    """input-count"""
    title, _ = _inputs()
    joined = layers.concatenate([layers.Dense(8, "relu")(title), layers.Dense(8, "relu")(title)])
    return keras.Model(title, layers.Dense(1)(joined))


def other_activation_missing_in_one_part():
    """missing-activation of_body"""
    title, body = _inputs()
    first = layers.Dense(8, activation="relu", name="of_title")(title)
    second = layers.Dense(8, name="of_body")(body)
    return keras.Model([title, body], layers.Dense(1)(layers.concatenate([first, second])))


def other_concatenated_along_the_batch():
    """wrong-setting join"""
    return _functional(merge=layers.Concatenate(axis=0, name="join"))


def other_joined_before():
    """missing-layer"""
    title, body = _inputs()
    joined = layers.concatenate([title, body])
    return keras.Model([title, body], layers.Dense(1)(layers.Dense(16, "relu")(joined)))


def other_input_skips_its_layer():
    """missing-layer"""
    title, body = _inputs()
    joined = layers.concatenate([layers.Dense(8, activation="relu")(title), body])
    return keras.Model([title, body], layers.Dense(1)(joined))


def other_subtracted():
    """replaced-layer difference"""
    return _functional(merge=layers.Subtract(name="difference"))


def other_multiplied():
    """replaced-layer"""
    return _functional(merge=lambda parts: parts[0] * parts[1])


class _Crossed(_Subclass):
    def call(self, inputs):
        return self.join(inputs["body"], inputs["title"])


def other_crossed():
    """wrong-input-order concatenate"""
    return _Crossed()


def other_one_layer_after_the_merge_more():
    """surplus-layer extra"""
    return _functional(
        merge=lambda parts: layers.Dense(8, "relu", name="extra")(layers.concatenate(parts))
    )
