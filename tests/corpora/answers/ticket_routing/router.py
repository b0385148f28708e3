"""An open task: any model will do that routes well; each answer is trained here, in a second."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from course import helpdesk

X, Y = helpdesk.post()
NAMES = ("department", "priority")


def _inputs():
    return [
        keras.Input(shape=(12,), dtype="int32", name="title"),
        keras.Input(shape=(48,), dtype="int32", name="body"),
        keras.Input(shape=(12,), name="tags"),
    ]


def _pooled(text, size=32):
    return layers.GlobalMaxPooling1D()(layers.Embedding(500, size)(text))


def _heads(known, department="softmax", priority="sigmoid", names=NAMES):
    return [
        layers.Dense(5, activation=department, name=names[0])(known),
        layers.Dense(1, activation=priority, name=names[1])(known),
    ]


def _trained(model, labels=Y, epochs=8, rate=0.01, batch=64):
    model.compile(
        keras.optimizers.Adam(rate),
        loss=["sparse_categorical_crossentropy", "binary_crossentropy"],
    )
    targets = [labels[name] for name in NAMES]
    model.fit([X["title"], X["body"], X["tags"]], targets, batch, epochs, verbose=0)
    return model


def _trained_by_name(model, optimizer=None):
    model.compile(
        optimizer or keras.optimizers.Adam(0.01),
        loss={"department": "sparse_categorical_crossentropy", "priority": "binary_crossentropy"},
    )
    model.fit(X, Y, batch_size=64, epochs=8, verbose=0)
    return model


def _model(use=(0, 1, 2), units=32, read=_pooled, heads=_heads):
    inputs = _inputs()
    parts = [inputs[i] if i == 2 else read(inputs[i]) for i in use]
    known = layers.concatenate(parts) if len(parts) > 1 else parts[0]
    return keras.Model(inputs, heads(layers.Dense(units, activation="relu")(known)))


def right_pooled():
    return _trained(_model())


def right_average_of_the_words_that_are_there():
    def read(text):
        words = layers.Embedding(500, 32, mask_zero=True)(text)
        return layers.GlobalAveragePooling1D()(words)

    return _trained(_model(read=read), epochs=10)


def right_convolution():
    def read(text):
        found = layers.Conv1D(32, 3, activation="relu")(layers.Embedding(500, 16)(text))
        return layers.GlobalMaxPooling1D()(found)

    return _trained(_model(read=read))


def right_one_table_for_both_texts():
    table = layers.Embedding(500, 32)
    return _trained(_model(read=lambda text: layers.GlobalMaxPooling1D()(table(text))))


def right_without_a_hidden_layer():
    inputs = _inputs()
    known = layers.concatenate([_pooled(inputs[0]), _pooled(inputs[1]), inputs[2]])
    return _trained(keras.Model(inputs, _heads(known)))


def right_without_the_title():
    return _trained(_model(use=(1, 2)))


def right_with_dropout():
    inputs = _inputs()
    known = layers.concatenate([_pooled(inputs[0]), _pooled(inputs[1]), inputs[2]])
    known = layers.Dropout(0.3)(layers.Dense(64, activation="relu")(known))
    return _trained(keras.Model(inputs, _heads(known)))


def right_with_batch_normalisation():
    inputs = _inputs()
    known = layers.concatenate([_pooled(inputs[0]), _pooled(inputs[1]), inputs[2]])
    known = layers.BatchNormalization(momentum=0.8)(layers.Dense(32)(known))
    return _trained(keras.Model(inputs, _heads(layers.ReLU()(known))), epochs=10)


def right_a_branch_for_each_output():
    inputs = _inputs()
    title, body = _pooled(inputs[0]), _pooled(inputs[1])
    one = layers.Dense(32, activation="relu")(layers.concatenate([title, body, inputs[2]]))
    two = layers.Dense(16, activation="relu")(layers.concatenate([body, inputs[2]]))
    outputs = [_heads(one)[0], _heads(two)[1]]
    return _trained(keras.Model(inputs, outputs))


def right_dictionaries():
    inputs = {tensor.name: tensor for tensor in _inputs()}
    read = [_pooled(inputs["title"]), _pooled(inputs["body"]), inputs["tags"]]
    known = layers.Dense(32, activation="relu")(layers.concatenate(read))
    model = keras.Model(inputs, dict(zip(NAMES, _heads(known), strict=True)))
    return _trained_by_name(model, keras.optimizers.RMSprop(0.01))


def right_inputs_in_another_order():
    title, body, tags = _inputs()
    known = layers.concatenate([tags, _pooled(body), _pooled(title)])
    known = layers.Dense(32, activation="relu")(known)
    department, priority = _heads(known)
    return _trained_by_name(keras.Model([tags, body, title], [priority, department]))


class Router(keras.Model):
    def __init__(self):
        super().__init__()
        self.title, self.body = layers.Embedding(500, 32), layers.Embedding(500, 32)
        self.pool = layers.GlobalMaxPooling1D()
        self.known = layers.Dense(32, activation="relu")
        self.department = layers.Dense(5, activation="softmax")
        self.priority = layers.Dense(1, activation="sigmoid")

    def call(self, given):
        texts = [self.pool(self.title(given["title"])), self.pool(self.body(given["body"]))]
        known = self.known(ops.concatenate([*texts, given["tags"]], axis=-1))
        return {"department": self.department(known), "priority": self.priority(known)}


def right_subclassed():
    return _trained_by_name(Router())


def right_flattened():
    def read(text):
        return layers.Flatten()(layers.Embedding(500, 16)(text))

    return _trained(_model(read=read, units=64), epochs=10)


def right_targets_of_five_numbers():
    model = _model()
    model.compile(keras.optimizers.Adam(0.01), loss=["categorical_crossentropy", "mse"])
    targets = [keras.utils.to_categorical(Y["department"]), Y["priority"]]
    model.fit([X["title"], X["body"], X["tags"]], targets, batch_size=64, epochs=10, verbose=0)
    return model


# -- wrong ---------------------------------------------------------------------------------------


def wrong_not_trained():
    """This is guessing. Either the model was not trained"""
    inputs = _inputs()
    known = layers.concatenate([_pooled(inputs[0]), _pooled(inputs[1]), inputs[2]])
    known = layers.Dense(32, activation="relu")(50 * known)
    return keras.Model(inputs, _heads(known))


def wrong_shuffled_labels():
    """or tickets and departments no longer stood row beside row"""
    keras.utils.set_random_seed(1)  # some guess better than others
    order = np.random.default_rng(1).permutation(len(Y["department"]))
    labels = {name: column[order] for name, column in Y.items()}
    return _trained(_model(), labels, epochs=12)


def wrong_without_the_body():
    """The department is decided without the body, but three titles in four"""
    return _trained(_model(use=(0, 2)))


def wrong_without_the_tags():
    """The department is decided without the tags. Two bodies in five"""
    return _trained(_model(use=(0, 1)))


def wrong_only_the_title():
    """The department is decided without the body"""
    return _trained(_model(use=(0,)))


def wrong_relu_on_the_output():
    """Every ticket is sent to the same department: training went astray."""
    dead = keras.initializers.Constant(-10)

    def heads(known):
        lost = layers.Dense(5, activation="relu", bias_initializer=dead, name="department")(known)
        return [lost, layers.Dense(1, activation="sigmoid", name="priority")(known)]

    return _model(heads=heads)


def wrong_same_department():
    """“department” gives the same answer for every example."""
    return _trained(_model(), {**Y, "department": np.full_like(Y["department"], 2)})


def wrong_numbers_of_departments():
    """Your departments have other numbers than those asked for"""
    return _trained(_model(), {**Y, "department": (Y["department"] + 1) % 5})


def wrong_softmax_over_one_unit():
    """The priority is the same for every ticket. A softmax over one unit always gives 1"""
    return _trained(_model(heads=lambda known: _heads(known, priority="softmax")))


def wrong_priority_inverted():
    """The priority is the wrong way round: 1 stands for a ticket that must be answered today."""
    return _trained(_model(), {**Y, "priority": 1 - Y["priority"]})


def wrong_not_finite():
    """“department” gives values that are not finite (NaN or infinite)"""
    model = _model()
    model.layers[-1].set_weights([w * np.nan for w in model.layers[-1].get_weights()])
    model.layers[-2].set_weights([w * np.nan for w in model.layers[-2].get_weights()])
    return model


def wrong_four_departments():
    """Output “department” has shape (4,), but (5,) is asked for."""
    inputs = _inputs()
    known = layers.Dense(32)(layers.concatenate([_pooled(inputs[0]), inputs[2]]))
    outputs = [layers.Dense(4, name="department")(known), layers.Dense(1, name="priority")(known)]
    return keras.Model(inputs, outputs)


def wrong_no_priority():
    """The model has 1 output(s), but 2 are asked for."""
    inputs = _inputs()
    known = layers.concatenate([_pooled(inputs[0]), _pooled(inputs[1]), inputs[2]])
    return keras.Model(inputs, _heads(known)[0])


def wrong_without_tags_at_all():
    """The model has 2 input(s), but 3 are asked for."""
    title, body, _tags = _inputs()
    known = layers.concatenate([_pooled(title), _pooled(body)])
    return keras.Model([title, body], _heads(known))


def wrong_a_table_that_is_too_small():
    """The model cannot be called on the inputs that are asked for."""
    inputs = _inputs()

    class Strict(layers.Layer):
        def call(self, numbers):
            tf.debugging.assert_less(numbers, 100)
            return ops.one_hot(numbers, 100)

    read = [layers.GlobalMaxPooling1D()(Strict()(text)) for text in inputs[:2]]
    known = layers.Dense(32, activation="relu")(layers.concatenate([*read, inputs[2]]))
    return keras.Model(inputs, _heads(known))


def wrong_output_names():
    """An output is named “team”; “department” is asked for."""
    return _trained(_model(heads=lambda known: _heads(known, names=("team", "priority"))))


def wrong_float_titles():
    """Input “title” has dtype float32, but int32 is asked for."""
    _title, body, tags = _inputs()
    title = keras.Input(shape=(12,), name="title")
    read = layers.Embedding(500, 32)(ops.cast(title, "int32"))
    parts = [layers.GlobalMaxPooling1D()(read), _pooled(body), tags]
    known = layers.Dense(32, activation="relu")(layers.concatenate(parts))
    return _trained(keras.Model([title, body, tags], _heads(known)))
