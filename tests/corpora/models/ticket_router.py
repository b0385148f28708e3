"""Title, body and tags of a ticket -> its priority and its department: 1,392,097 parameters."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _inputs(dtype="int32"):
    return (
        keras.Input(shape=(None,), dtype=dtype, name="title"),
        keras.Input(shape=(None,), dtype="int32", name="body"),
        keras.Input(shape=(12,), name="tags"),
    )


def _read(title, body, units=(128, 32), words=(10000, 64), vocabulary=10000, **lstm):
    title = layers.Embedding(*words, name="title_words")(title)
    body = layers.Embedding(vocabulary, 64, name="body_words")(body)
    title = layers.LSTM(units[0], name="title_features", **lstm)(title)
    return title, layers.LSTM(units[1], name="body_features")(body)


def _heads(
    features,
    priority_activation="sigmoid",
    department_activation="softmax",
    departments=4,
):
    priority = layers.Dense(1, activation=priority_activation, name="priority")(features)
    department = layers.Dense(departments, activation=department_activation, name="department")(
        features
    )
    return [priority, department]


def _functional(merge=layers.concatenate, heads=_heads, **reading):
    title, body, tags = _inputs()
    title_features, body_features = _read(title, body, **reading)
    return keras.Model([title, body, tags], heads(merge([title_features, body_features, tags])))


def _tickets(count=2):
    generator = np.random.default_rng(0)
    return {
        "title": generator.integers(0, 10000, (count, 3)).astype("int32"),
        "body": generator.integers(0, 10000, (count, 4)).astype("int32"),
        "tags": generator.normal(size=(count, 12)).astype("float32"),
    }


def reference():
    return _functional()


def same_merge_layer():
    return _functional(merge=layers.Concatenate())


def same_merge_operation():
    return _functional(merge=lambda parts: ops.concatenate(parts, axis=-1))


def same_merge_on_axis_1():
    return _functional(merge=lambda parts: ops.concatenate(parts, axis=1))


def same_merge_two_by_two():
    def merge(parts):
        title, body, tags = parts
        return layers.concatenate([layers.concatenate([title, body]), tags])

    return _functional(merge=merge)


def same_stacked_horizontally():
    return _functional(merge=ops.hstack)


def same_activations_as_layers():
    def heads(features):
        priority = layers.Activation("sigmoid", name="priority")(layers.Dense(1)(features))
        department = layers.Softmax(name="department")(layers.Dense(4)(features))
        return [priority, department]

    return _functional(heads=heads)


def same_activations_as_operations():
    def heads(features):
        return [ops.sigmoid(layers.Dense(1)(features)), ops.softmax(layers.Dense(4)(features))]

    return _functional(heads=heads)


def same_activations_as_functions():
    def heads(features):
        return _heads(features, keras.activations.sigmoid, lambda x: ops.softmax(x, axis=-1))

    return _functional(heads=heads)


def same_settings_spelled_out():
    return _functional(
        activation="tanh", recurrent_activation="sigmoid", return_sequences=False, dropout=0.0
    )


def same_no_masking_and_no_seed():
    title, body, tags = _inputs()
    title_words = layers.Embedding(10000, 64, mask_zero=False)(title)
    body_words = layers.Embedding(input_dim=10000, output_dim=64)(body)
    joined = layers.concatenate(
        [layers.LSTM(128, seed=1)(title_words), layers.LSTM(32, unroll=False)(body_words), tags]
    )
    return keras.Model([title, body, tags], _heads(joined))


def same_created_in_another_order():
    department = layers.Dense(4, activation="softmax", name="department")
    priority = layers.Dense(1, activation="sigmoid", name="priority")
    tags = keras.Input(shape=(12,), name="tags")
    body = keras.Input(shape=(None,), dtype="int32", name="body")
    title = keras.Input(shape=(None,), dtype="int32", name="title")
    body_features = layers.LSTM(32)(layers.Embedding(10000, 64)(body))
    title_features = layers.LSTM(128)(layers.Embedding(10000, 64)(title))
    joined = layers.concatenate([title_features, body_features, tags])
    return keras.Model([tags, title, body], [priority(joined), department(joined)])


def same_dictionary_of_inputs_and_outputs():
    title, body, tags = _inputs()
    priority, department = _heads(layers.concatenate([*_read(title, body), tags]))
    return keras.Model(
        {"title": title, "body": body, "tags": tags},
        {"priority": priority, "department": department},
    )


def same_outputs_named_the_other_way_round():
    title, body, tags = _inputs()
    priority, department = _heads(layers.concatenate([*_read(title, body), tags]))
    return keras.Model([title, body, tags], [department, priority])


def _text_reader(units, name):
    return keras.Sequential([layers.Embedding(10000, 64), layers.LSTM(units)], name=name)


def same_readers_as_models():
    title, body, tags = _inputs()
    parts = [_text_reader(128, "of_title")(title), _text_reader(32, "of_body")(body), tags]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def same_readers_in_a_loop():
    title, body, tags = _inputs()
    parts = [layers.LSTM(n)(layers.Embedding(10000, 64)(x)) for n, x in ((128, title), (32, body))]
    return keras.Model([title, body, tags], _heads(layers.Concatenate()([*parts, tags])))


class _ReadText(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.words = layers.Embedding(10000, 64)
        self.features = layers.LSTM(units)

    def call(self, text, training=None):
        return self.features(self.words(text), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def _with_blocks():
    title, body, tags = _inputs()
    joined = layers.concatenate([_ReadText(128)(title), _ReadText(32)(body), tags])
    return keras.Model([title, body, tags], _heads(joined))


def same_readers_as_layers():
    return _with_blocks()


def same_readers_as_layers_reloaded():
    return reloaded(_with_blocks(), _ReadText=_ReadText)


class _Router(keras.Model):
    def __init__(self):
        super().__init__()
        self.department = layers.Dense(4, activation="softmax")
        self.priority = layers.Dense(1, activation="sigmoid")
        self.body_features = layers.LSTM(32)
        self.title_features = layers.LSTM(128)
        self.words = {name: layers.Embedding(10000, 64) for name in ("body", "title")}

    def route(self, title, body, tags):
        x = ops.concatenate(
            [
                self.title_features(self.words["title"](title)),
                self.body_features(self.words["body"](body)),
                tags,
            ],
            axis=-1,
        )
        return self.priority(x), self.department(x)


class _OfList(_Router):
    def call(self, inputs):
        title, body, tags = inputs
        return list(self.route(title, body, tags))


class _OfDictionary(_Router):
    def call(self, inputs):
        priority, department = self.route(inputs["title"], inputs["body"], inputs["tags"])
        return {"priority": priority, "department": department}


class _OfArguments(_Router):
    def call(self, title, body, tags):
        return self.route(title, body, tags)


def same_subclass_of_a_list():
    return _OfList()


def same_subclass_of_a_dictionary():
    return _OfDictionary()


def same_subclass_of_arguments():
    return _OfArguments()


def same_subclass_called_on_a_dictionary():
    model = _OfDictionary()
    model(_tickets())
    return model


def same_subclass_called_on_a_list():
    model = _OfList()
    model(list(_tickets().values()))
    return model


def other_lstm_units_swapped():
    """wrong-setting title_features"""
    return _functional(units=(32, 128))


def other_vocabulary():
    """wrong-setting body_words"""
    return _functional(vocabulary=1000)


def other_one_embedding():
    """wrongly-shared words"""
    title, body, tags = _inputs()
    words = layers.Embedding(10000, 64, name="words")
    parts = [layers.LSTM(128)(words(title)), layers.LSTM(32)(words(body)), tags]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def other_gru():
    """replaced-layer title_features"""
    title, body, tags = _inputs()
    title_words = layers.Embedding(10000, 64)(title)
    body_words = layers.Embedding(10000, 64)(body)
    parts = [
        layers.GRU(128, name="title_features")(title_words),
        layers.LSTM(32)(body_words),
        tags,
    ]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def other_tags_forgotten():
    """wrong-connection"""
    return _functional(merge=lambda parts: layers.concatenate(parts[:2]))


def other_tags_first():
    """wrong-input-order join"""
    return _functional(
        merge=lambda parts: layers.Concatenate(name="join")([parts[2], parts[0], parts[1]])
    )


def other_texts_crossed():
    """wrong-connection"""
    title, body, tags = _inputs()
    joined = layers.concatenate([*_read(body, title), tags])
    return keras.Model([title, body, tags], _heads(joined))


def other_two_sigmoids():
    """wrong-activation department"""
    return _functional(heads=lambda x: _heads(x, department_activation="sigmoid"))


def other_priority_logits():
    """logits priority"""
    return _functional(heads=lambda x: _heads(x, priority_activation=None))


def other_three_departments():
    """wrong-setting department"""
    return _functional(heads=lambda x: _heads(x, departments=3))


def other_masked():
    """wrong-setting title_words"""
    title, body, tags = _inputs()
    title_words = layers.Embedding(10000, 64, mask_zero=True, name="title_words")(title)
    body_words = layers.Embedding(10000, 64)(body)
    parts = [layers.LSTM(128)(title_words), layers.LSTM(32)(body_words), tags]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def other_dropout_in_the_lstm():
    """wrong-setting title_features"""
    return _functional(dropout=0.2)


def other_read_backwards():
    """wrong-setting title_features"""
    return _functional(go_backwards=True)


def other_department_only():
    """output-count"""
    return _functional(heads=lambda x: _heads(x)[1])


def other_title_of_floats():
    """wrong-input-type title"""
    title, body, tags = _inputs(dtype="float32")
    joined = layers.concatenate([*_read(title, body), tags])
    return keras.Model([title, body, tags], _heads(joined))
