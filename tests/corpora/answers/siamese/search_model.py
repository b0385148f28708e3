"""Two texts of any length, one embedding, two means, one probability."""

import keras
from keras import layers, ops


def _inputs(names=("query", "page"), dtype="int32", shape=(None,)):
    return [keras.Input(shape, dtype=dtype, name=name) for name in names]


def _mean(x):
    return layers.GlobalAveragePooling1D()(x)


def _search(
    words=None, mean=_mean, merge=layers.concatenate, last=lambda x: _last()(x), inputs=None
):
    inputs = inputs or _inputs()
    words = words or layers.Embedding(2000, 32)
    return keras.Model(inputs, last(merge([mean(words(text)) for text in inputs])))


def _last(units=1, activation="sigmoid", **more):
    return layers.Dense(units, activation=activation, **more)


class _OfTwo(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = _last()
        self.mean = layers.GlobalAveragePooling1D()
        self.words = layers.Embedding(2000, 32)

    def read(self, text):
        return self.mean(self.words(text))

    def call(self, texts):
        query, page = texts
        return self.last(ops.concatenate([self.read(query), self.read(page)], axis=-1))


class _OfNames(_OfTwo):
    def call(self, texts):
        parts = [self.read(texts[name]) for name in ("query", "page")]
        return self.last(layers.concatenate(parts))


def _traced(model):
    query, page = _inputs()
    return keras.Model([query, page], model([query, page]))


def right_step_by_step():
    query = keras.Input(shape=(None,), dtype="int32", name="query")
    page = keras.Input(shape=(None,), dtype="int32", name="page")
    embedding = layers.Embedding(2000, 32)
    query_mean = layers.GlobalAveragePooling1D()(embedding(query))
    page_mean = layers.GlobalAveragePooling1D()(embedding(page))
    x = layers.Concatenate()([query_mean, page_mean])
    return keras.Model([query, page], layers.Dense(1, activation="sigmoid")(x))


def right_helper():
    return _search()


def right_one_pooling_layer():
    return _search(mean=layers.GlobalAveragePooling1D())


def right_keyword_arguments():
    words = layers.Embedding(input_dim=2000, output_dim=32, name="vocabulary")
    return _search(words=words, merge=layers.Concatenate(axis=-1))


def right_mean_by_an_operation():
    return _search(mean=lambda x: ops.mean(x, axis=1))


def right_reader_as_a_stack():
    reader = keras.Sequential([layers.Embedding(2000, 32), layers.GlobalAveragePooling1D()])
    return _search(words=reader, mean=lambda x: x)


def right_reader_as_a_model():
    (text,) = _inputs(("text",))
    reader = keras.Model(text, _mean(layers.Embedding(2000, 32)(text)))
    return _search(words=reader, mean=lambda x: x)


def right_merged_by_an_operation():
    return _search(merge=lambda parts: ops.concatenate(parts, axis=-1))


def right_merged_side_by_side():
    return _search(merge=ops.hstack)


def right_activation_as_a_layer():
    return _search(last=lambda x: layers.Activation("sigmoid")(layers.Dense(1)(x)))


def right_activation_as_an_operation():
    return _search(last=lambda x: ops.sigmoid(layers.Dense(1)(x)))


def right_page_listed_first():
    query, page = _inputs()
    words = layers.Embedding(2000, 32)
    both = layers.concatenate([_mean(words(query)), _mean(words(page))])
    return keras.Model([page, query], _last()(both))


def right_page_embedded_first():
    query, page = _inputs()
    words = layers.Embedding(2000, 32)
    page_mean = _mean(words(page))
    return keras.Model([query, page], _last()(layers.concatenate([_mean(words(query)), page_mean])))


def right_inputs_in_a_dictionary():
    texts = {x.name: x for x in _inputs()}
    words = layers.Embedding(2000, 32)
    parts = [_mean(words(texts[name])) for name in ("query", "page")]
    return keras.Model(texts, _last()(layers.concatenate(parts)))


def right_compiled():
    model = _search()
    model.compile("adam", "binary_crossentropy")
    return model


def right_subclass_in_a_graph():
    return _traced(_OfTwo())


def right_another_start():
    return _search(words=layers.Embedding(2000, 32, embeddings_initializer="zeros"))


def wrong_two_embeddings():
    "Each text has an embedding of its own, so the same word is learned twice."
    return _search(words=lambda text: layers.Embedding(2000, 32)(text))


def wrong_two_readers():
    "Make one Embedding and call it on both."

    def read(text):
        return keras.Sequential([layers.Embedding(2000, 32), layers.GlobalAveragePooling1D()])(text)

    return _search(words=read, mean=lambda x: x)


def wrong_added():
    "You add the two means. Then nothing tells the query from the page any more"
    return _search(merge=layers.add)


def wrong_added_by_the_operator():
    "You add the two means."
    return _search(merge=lambda parts: parts[0] + parts[1])


def wrong_page_first():
    "The query comes first in the concatenation, then the page."
    return _search(merge=lambda parts: layers.concatenate(parts[::-1]))


def wrong_no_activation():
    "The output has no activation: it can be any number. A probability needs a sigmoid."
    return _search(last=layers.Dense(1))


def wrong_softmax():
    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
    return _search(last=_last(activation="softmax"))


def wrong_relu():
    "uses the relu activation; sigmoid is asked for."
    return _search(last=_last(activation="relu"))


def wrong_size_of_the_vectors():
    "“mine”: output_dim is 64, but 32 is asked for."
    return _search(words=layers.Embedding(2000, 64, name="mine"))


def wrong_vocabulary():
    "“mine”: input_dim is 1000, but 2000 is asked for."
    return _search(words=layers.Embedding(1000, 32, name="mine"))


def wrong_maximum():
    "is of type GlobalMaxPooling1D; GlobalAveragePooling1D is asked for here."
    return _search(mean=lambda x: layers.GlobalMaxPooling1D()(x))


def wrong_two_outputs():
    "has shape (2,), but (1,) is asked for."
    return _search(last=_last(2))


def wrong_fixed_length():
    "“query” has shape (20,), but (None,) is asked for."
    return _search(inputs=_inputs(shape=(20,)))


def wrong_names():
    "An input is named “title”; “page” is asked for."
    return _search(inputs=_inputs(("query", "title")))


def wrong_numbers_with_a_point():
    "Input “query” has dtype float32, but int32 is asked for."
    return _search(inputs=_inputs(dtype="float32"))


def wrong_hidden_layer():
    "“more” (Dense) is one layer too many"
    return _search(last=lambda x: _last()(layers.Dense(64, name="more")(x)))


def wrong_frozen():
    "“mine” is frozen (trainable=False), but its weights should be trained."
    return _search(words=layers.Embedding(2000, 32, trainable=False, name="mine"))


def wrong_not_a_model():
    "A Keras model is expected here, but this is of type KerasTensor."
    return _search().output


def wrong_list_of_layers():
    "A Keras model is expected here, but this is of type list."
    return _search().layers
