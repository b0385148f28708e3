"""What the layer “summary” of the given model computes, from that model's own layers."""

import keras
import numpy as np
from keras import layers


def _reader():
    """The given model, new for each answer, since some answers change it."""
    scan = keras.Input(shape=(64,), name="scan")
    detail = layers.Dense(40, activation="relu", name="detail")(scan)
    summary = layers.Dense(12, activation="tanh", name="summary")(detail)
    letter = layers.Dense(26, activation="softmax", name="letter")(summary)
    return keras.Model(scan, letter, name="reader")


def _graph(outputs, inputs=lambda reader: reader.input):
    """The answer whose model is cut out of the given one."""
    reader = _reader()
    return reader, keras.Model(inputs(reader), outputs(reader))


def _own(reader, names=("detail", "summary"), size=64):
    """The layers of these names, called anew."""
    x = inputs = keras.Input((size,), name="scan")
    for name in names:
        x = reader.get_layer(name)(x)
    return reader, keras.Model(inputs, x)


def _stack(choose):
    reader = _reader()
    return reader, keras.Sequential(choose(reader.layers))


def _summary(reader):
    return reader.get_layer("summary").output


class _Features(keras.Model):
    def __init__(self, reader):
        super().__init__()
        self.summary, self.detail = reader.get_layer("summary"), reader.get_layer("detail")

    def call(self, x):
        return self.summary(self.detail(x))


def right_layer_by_name():
    return _graph(_summary)


def right_keyword_arguments():
    reader = _reader()
    summary = reader.get_layer(name="summary")
    return reader, keras.models.Model(inputs=reader.inputs, outputs=summary.output, name="features")


def right_layer_by_number():
    return _graph(lambda reader: reader.layers[2].output)


def right_layer_from_the_end():
    return _graph(lambda reader: reader.layers[-2].output, lambda reader: reader.layers[0].output)


def right_index_of_get_layer():
    return _graph(lambda reader: reader.get_layer(index=2).output)


def right_what_the_next_layer_reads():
    return _graph(lambda reader: reader.get_layer("letter").input)


def right_input_of_the_first_layer():
    return _graph(_summary, lambda reader: reader.get_layer("detail").input)


def right_variables_of_the_statement():
    scan = keras.Input(shape=(64,), name="scan")
    summary = layers.Dense(12, activation="tanh", name="summary")(
        layers.Dense(40, activation="relu", name="detail")(scan)
    )
    letter = layers.Dense(26, activation="softmax", name="letter")(summary)
    return keras.Model(scan, letter, name="reader"), keras.Model(scan, summary)


def right_layers_called_anew():
    return _own(_reader())


def right_stack_of_its_layers():
    return _stack(lambda found: found[:-1])


def right_stack_without_its_input():
    return _stack(lambda found: found[1:3])


def right_stack_with_another_input():
    return _stack(lambda found: [keras.Input((64,)), *found[1:3]])


def right_stack_add():
    reader, model = _reader(), keras.Sequential()
    for layer in reader.layers:
        if layer.name != "letter":
            model.add(layer)
    return reader, model


def right_stack_without_the_last():
    reader = _reader()
    model = keras.Sequential(reader.layers)
    model.pop()
    return reader, model


def right_subclass():
    reader = _reader()
    return reader, _Features(reader)


def right_subclass_called():
    reader = _reader()
    model = _Features(reader)
    model(np.zeros((1, 64), "float32"))
    return reader, model


def right_model_around_a_model():
    reader, inside = _graph(_summary)
    inputs = keras.Input((64,))
    return reader, keras.Model(inputs, inside(inputs))


def right_one_model_after_another():
    reader, detail = _graph(lambda reader: reader.get_layer("detail").output)
    return reader, keras.Sequential([detail, reader.get_layer("summary")])


def right_output_with_a_name():
    return _graph(lambda reader: {"features": _summary(reader)})


def right_reader_trained_afterwards():
    reader, features = _graph(_summary)
    reader.compile("adam", "sparse_categorical_crossentropy")
    reader.fit(np.ones((8, 64)), np.ones(8), verbose=0)
    return reader, features


def wrong_new_layers():
    "Your layers look right but are new ones, with weights of their own"
    return _reader(), _graph(_summary)[1]


def wrong_new_stack():
    "training “reader” would not change them"
    made = layers.Dense(40, "relu"), layers.Dense(12, "tanh")
    return _reader(), keras.Sequential([keras.Input((64,)), *made])


def wrong_cloned():
    "Your layers look right but are new ones"
    reader, features = _graph(_summary)
    return reader, keras.models.clone_model(features)


def wrong_cloned_with_the_same_weights():
    "Your layers look right but are new ones"
    reader, features = _graph(_summary)
    clone = keras.models.clone_model(features)
    clone.set_weights(features.get_weights())
    return reader, clone


def wrong_layers_from_their_configuration():
    "Your layers look right but are new ones"
    return _stack(lambda found: [type(each).from_config(each.get_config()) for each in found[1:3]])


def wrong_one_layer_new():
    "summary, mine are separate layers with their own weights; one shared layer is asked for."
    return _stack(lambda found: [*found[:2], layers.Dense(12, "tanh", name="mine")])


def wrong_detail():
    "This is the output of “detail”, one layer too early."
    return _graph(lambda reader: reader.get_layer("detail").output)


def wrong_number_of_the_layer():
    "This is the output of “detail”, one layer too early."
    return _graph(lambda reader: reader.layers[1].output)


def wrong_what_summary_reads():
    "one layer too early."
    return _graph(lambda reader: reader.get_layer("summary").input)


def wrong_whole():
    "This is the whole of “reader”: stop one layer earlier, at “summary”."
    return _graph(lambda reader: reader.output)


def wrong_reader_itself():
    "This is the whole of “reader”"
    reader = _reader()
    return reader, reader


def wrong_last_layer():
    "This is the whole of “reader”"
    return _graph(lambda reader: reader.layers[-1].output)


def wrong_all_layers_stacked():
    "This is the whole of “reader”"
    return _stack(list)


def wrong_starts_at_detail():
    "has shape (40,), but (64,) is asked for."
    return _own(_reader(), ("summary",), 40)


def wrong_activation_again():
    "“again” applies tanh, but no activation is asked for here."
    return _graph(lambda reader: layers.Activation("tanh", name="again")(_summary(reader)))


def wrong_layer_more():
    "“more” (Dense) is one layer too many"
    return _graph(lambda reader: layers.Dense(12, name="more")(_summary(reader)))


def wrong_dropout():
    "“drop” (Dropout) is one layer too many"
    return _graph(lambda reader: layers.Dropout(0.5, name="drop")(_summary(reader)))


def wrong_frozen():
    "“detail” is frozen (trainable=False), but its weights should be trained."
    reader, features = _graph(_summary)
    features.trainable = False
    return reader, features


def wrong_detail_called_anew():
    "This is the output of “detail”, one layer too early."
    return _own(_reader(), ("detail",))


def wrong_the_layer():
    "A Keras model is expected here, but this is of type Dense."
    reader = _reader()
    return reader, reader.get_layer("summary")


def wrong_the_tensor():
    "A Keras model is expected here, but this is of type KerasTensor."
    reader = _reader()
    return reader, _summary(reader)


def wrong_numbers():
    "A Keras model is expected here, but this is of type ndarray."
    reader, features = _graph(_summary)
    return reader, features.predict(np.ones((2, 64)), verbose=0)
