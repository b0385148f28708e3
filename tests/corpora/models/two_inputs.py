"""Two 32-vectors, each through its own layer, concatenated, Dense 1."""

import keras
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
