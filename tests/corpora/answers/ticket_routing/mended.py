"""Title, body and tags -> urgent and team, after three bugs."""

import keras
from keras import layers, ops


def _inputs():
    return [
        keras.Input(shape=(None,), dtype="int32", name="title"),
        keras.Input(shape=(None,), dtype="int32", name="body"),
        keras.Input(shape=(8,), name="tags"),
    ]


def _read(title, body):
    return [
        layers.LSTM(12)(layers.Embedding(3_000, 16)(title)),
        layers.LSTM(20)(layers.Embedding(3_000, 16)(body)),
    ]


def _heads(joined, urgent="sigmoid", team="softmax", teams=5):
    return [
        layers.Dense(1, activation=urgent, name="urgent")(joined),
        layers.Dense(teams, activation=team, name="team")(joined),
    ]


def _model(merge=layers.concatenate, heads=_heads):
    title, body, tags = _inputs()
    return keras.Model([title, body, tags], heads(merge([*_read(title, body), tags])))


def right_as_in_the_solution():
    title, body, tags = _inputs()
    title_words = layers.Embedding(3_000, 16, name="title_words")(title)
    body_words = layers.Embedding(3_000, 16, name="body_words")(body)
    title_summary = layers.LSTM(12, name="title_summary")(title_words)
    body_summary = layers.LSTM(20, name="body_summary")(body_words)
    joined = layers.concatenate([title_summary, body_summary, tags], name="joined")
    urgent = layers.Dense(1, activation="sigmoid", name="urgent")(joined)
    team = layers.Dense(5, activation="softmax", name="team")(joined)
    return keras.Model([title, body, tags], [urgent, team], name="mended")


def right_with_a_layer_to_join():
    return _model(merge=layers.Concatenate())


def right_joined_by_an_operation():
    return _model(merge=lambda parts: ops.concatenate(parts, axis=-1))


def right_joined_side_by_side():
    return _model(merge=ops.hstack)


def right_joined_two_by_two():
    def merge(parts):
        return layers.concatenate([layers.concatenate(parts[:2]), parts[2]])

    return _model(merge=merge)


def right_activations_as_layers():
    def heads(joined):
        urgent = layers.Activation("sigmoid", name="urgent")(layers.Dense(1)(joined))
        return [urgent, layers.Softmax(name="team")(layers.Dense(5)(joined))]

    return _model(heads=heads)


def right_activations_as_operations():
    def heads(joined):
        return [ops.sigmoid(layers.Dense(1)(joined)), ops.softmax(layers.Dense(5)(joined))]

    return _model(heads=heads)


def right_activations_as_functions():
    def heads(joined):
        return _heads(joined, keras.activations.sigmoid, keras.activations.softmax)

    return _model(heads=heads)


def right_dictionaries():
    title, body, tags = _inputs()
    urgent, team = _heads(layers.concatenate([*_read(title, body), tags]))
    return keras.Model(
        {"title": title, "body": body, "tags": tags}, {"urgent": urgent, "team": team}
    )


def right_readers_as_models():
    title, body, tags = _inputs()
    one = keras.Sequential([layers.Embedding(3_000, 16), layers.LSTM(12)], name="title_reader")
    other = keras.Sequential([layers.Embedding(3_000, 16), layers.LSTM(20)], name="body_reader")
    joined = layers.concatenate([one(title), other(body), tags])
    return keras.Model([title, body, tags], _heads(joined))


def right_in_a_loop():
    title, body, tags = _inputs()
    parts = []
    for text, units in ((title, 12), (body, 20)):
        words = layers.Embedding(input_dim=3_000, output_dim=16)(text)
        parts.append(layers.LSTM(units=units)(words))
    return keras.Model([title, body, tags], _heads(layers.concatenate([*parts, tags])))


def right_created_in_another_order():
    team, urgent = layers.Dense(5, activation="softmax"), layers.Dense(1, activation="sigmoid")
    tags = keras.Input((8,), name="tags")
    body = keras.Input((None,), dtype="int32", name="body")
    title = keras.Input((None,), dtype="int32", name="title")
    of_body = layers.LSTM(20)(layers.Embedding(3_000, 16)(body))
    of_title = layers.LSTM(12)(layers.Embedding(3_000, 16)(title))
    joined = layers.concatenate([of_title, of_body, tags])
    return keras.Model([title, body, tags], [urgent(joined), team(joined)])


def right_inputs_listed_otherwise():
    title, body, tags = _inputs()
    joined = layers.concatenate([*_read(title, body), tags])
    return keras.Model([tags, body, title], _heads(joined))


class _Router(keras.Model):
    def __init__(self):
        super().__init__()
        self.team = layers.Dense(5, activation="softmax")
        self.urgent = layers.Dense(1, activation="sigmoid")
        self.body_words = layers.Embedding(3_000, 16)
        self.title_words = layers.Embedding(3_000, 16)
        self.body_summary = layers.LSTM(20)
        self.title_summary = layers.LSTM(12)
        self.join = layers.Concatenate()

    def call(self, inputs):
        title, body, tags = inputs
        title = self.title_summary(self.title_words(title))
        body = self.body_summary(self.body_words(body))
        joined = self.join([title, body, tags])
        return [self.urgent(joined), self.team(joined)]


def right_subclass():
    return _Router()


class _ReadText(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.words = layers.Embedding(3_000, 16)
        self.summary = layers.LSTM(units)

    def call(self, text):
        return self.summary(self.words(text))


def right_layer_of_its_own_for_texts():
    title, body, tags = _inputs()
    joined = layers.concatenate([_ReadText(12)(title), _ReadText(20)(body), tags])
    return keras.Model([title, body, tags], _heads(joined))


def right_compiled_too():
    model = _model()
    model.compile("adam", ["binary_crossentropy", "sparse_categorical_crossentropy"])
    return model


def wrong_not_mended():
    """Nothing has been fixed yet: these are the three bugs of “broken”."""
    title, body, tags = _inputs()
    words = layers.Embedding(3_000, 16)(title)
    layers.Embedding(3_000, 16)(body)
    joined = layers.concatenate([layers.LSTM(12)(words), layers.LSTM(20)(words)])
    return keras.Model([title, body, tags], _heads(joined, urgent="softmax"))


def wrong_body_not_read():
    """The LSTM of the body still reads the words of the title: the body has no effect on the
    answers."""
    title, body, tags = _inputs()
    words = layers.Embedding(3_000, 16)(title)
    joined = layers.concatenate([layers.LSTM(12)(words), layers.LSTM(20)(words), tags])
    return keras.Model([title, body, tags], _heads(joined))


def wrong_tags_not_read():
    """The tags are an input that leads nowhere: they are missing from the concatenation."""
    return _model(merge=lambda parts: layers.concatenate(parts[:2]))


def wrong_softmax_over_one():
    """A softmax over one unit always gives 1: everything would be urgent. One probability takes
    a sigmoid."""
    return _model(heads=lambda joined: _heads(joined, urgent="softmax"))


def wrong_five_sigmoids():
    """Five sigmoids answer five separate questions. One team out of five is asked for: a
    softmax."""
    return _model(heads=lambda joined: _heads(joined, team="sigmoid"))


def wrong_one_table():
    """Title and body share one table of words. Each is asked to have an Embedding layer of its
    own."""
    title, body, tags = _inputs()
    words = layers.Embedding(3_000, 16)
    parts = [layers.LSTM(12)(words(title)), layers.LSTM(20)(words(body)), tags]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def wrong_tags_first():
    """The order of the concatenation is title, body, tags."""
    return _model(merge=lambda parts: layers.concatenate([parts[2], parts[0], parts[1]]))


def wrong_four_teams():
    """units is 4, but 5 is asked for"""
    return _model(heads=lambda joined: _heads(joined, teams=4))


def wrong_logits():
    """“urgent” is an output"""
    return _model(heads=lambda joined: _heads(joined, urgent=None))


def wrong_units_swapped():
    """units is 20, but 12 is asked for"""
    title, body, tags = _inputs()
    parts = [
        layers.LSTM(20)(layers.Embedding(3_000, 16)(title)),
        layers.LSTM(12)(layers.Embedding(3_000, 16)(body)),
        tags,
    ]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def wrong_gru():
    """GRU"""
    title, body, tags = _inputs()
    parts = [
        layers.GRU(12)(layers.Embedding(3_000, 16)(title)),
        layers.LSTM(20)(layers.Embedding(3_000, 16)(body)),
        tags,
    ]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def wrong_masked():
    """mask_zero"""
    title, body, tags = _inputs()
    parts = [
        layers.LSTM(12)(layers.Embedding(3_000, 16, mask_zero=True)(title)),
        layers.LSTM(20)(layers.Embedding(3_000, 16, mask_zero=True)(body)),
        tags,
    ]
    return keras.Model([title, body, tags], _heads(layers.concatenate(parts)))


def wrong_one_output():
    """The model has 1 output(s), but 2 are asked for."""
    return _model(heads=lambda joined: _heads(joined)[0])
