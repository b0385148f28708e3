"""A model with three faults, mended in the styles in which students would."""

import keras
from keras import layers, ops


def _rain(*body):
    return keras.Sequential([keras.Input((12,)), *body])


def _body(relu="after", last="sigmoid", rate=0.3):
    return [
        layers.Dense(32, activation="relu" if relu == "before" else None),
        layers.BatchNormalization(),
        *([layers.ReLU()] if relu == "after" else []),
        layers.Dropout(rate),
        layers.Dense(1, activation=last),
    ]


def right_a_list():
    return _rain(*_body())


def right_activation_layer():
    return _rain(
        layers.Dense(32),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Dropout(0.3),
        layers.Dense(1),
        layers.Activation("sigmoid"),
    )


def right_layer_by_layer():
    model = keras.Sequential(name="rain")
    model.add(keras.Input(shape=(12,), name="measurements"))
    for layer in _body():
        model.add(layer)
    return model


def right_built_later():
    model = keras.Sequential(_body())
    model.build((None, 12))
    return model


def right_called_once():
    model = keras.Sequential(_body())
    model(ops.zeros((3, 12)))
    return model


def right_functional():
    measurements = keras.Input((12,))
    x = layers.Dense(32)(measurements)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(measurements, layers.Dense(1, activation="sigmoid")(x))


def right_functional_with_ops():
    measurements = keras.Input((12,))
    x = ops.relu(layers.BatchNormalization()(layers.Dense(32)(measurements)))
    return keras.Model(measurements, ops.sigmoid(layers.Dense(1)(layers.Dropout(0.3)(x))))


def right_subclassed():
    class Rain(keras.Model):
        def __init__(self):
            super().__init__()
            self.rain = layers.Dense(1, activation="sigmoid")
            self.drop = layers.Dropout(0.3)
            self.norm = layers.BatchNormalization()
            self.hidden = layers.Dense(32)

        def call(self, measurements, training=None):
            x = ops.relu(self.norm(self.hidden(measurements), training=training))
            return self.rain(self.drop(x, training=training))

    model = Rain()
    model(ops.zeros((1, 12)))
    return model


def right_nested():
    block = keras.Sequential([layers.Dense(32), layers.BatchNormalization(), layers.ReLU()])
    return _rain(block, layers.Dropout(0.3), layers.Dense(1, activation="sigmoid"))


def right_popped_and_added():
    model = _rain(layers.Dense(32), layers.BatchNormalization(), layers.Dense(1))
    model.pop()
    for layer in (layers.ReLU(), layers.Dropout(0.3), layers.Dense(1, activation="sigmoid")):
        model.add(layer)
    return model


def right_spelt_out_defaults():
    return _rain(
        layers.Dense(32, activation="linear"),
        layers.BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001),
        layers.ReLU(),
        layers.Dropout(rate=0.3),
        layers.Dense(units=1, activation=keras.activations.sigmoid),
    )


def right_layers_taken_from_the_broken_one():
    broken = _rain(
        layers.Dense(32, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(1, activation="softmax"),
        layers.Dropout(0.3),
    )
    hidden, norm, rain, drop = broken.layers
    hidden.activation = keras.activations.linear
    rain.activation = keras.activations.sigmoid
    return _rain(hidden, norm, layers.ReLU(), drop, rain)


def right_named_and_compiled():
    model = _rain(*_body())
    model.compile("adam", "binary_crossentropy")
    return model


def wrong_still_broken():
    """This is still “broken”: its three faults are all there."""
    return _rain(
        layers.Dense(32, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(1, activation="softmax"),
        layers.Dropout(0.3),
    )


def wrong_softmax():
    """Softmax over a single unit always gives 1: rain, for ever."""
    return _rain(*_body(last="softmax"))


def wrong_dropout_last():
    """The dropout still comes last: in training it wipes out answers."""
    body = _body()
    body.append(body.pop(-2))
    return _rain(*body)


def wrong_relu_first():
    """The ReLU still comes before the normalisation"""
    return _rain(*_body(relu="before"))


def wrong_relu_lost():
    """You took the ReLU out of the dense layer, but did not put it back"""
    return _rain(*_body(relu="nowhere"))


def wrong_no_dropout():
    """A layer is missing after"""
    body = _body()
    del body[-2]
    return _rain(*body)


def wrong_no_normalisation():
    """A layer is missing after"""
    body = _body()
    del body[1]
    return _rain(*body)


def wrong_rate():
    """rate is 0.7, but 0.3 is asked for."""
    return _rain(*_body(rate=0.7))


def wrong_logits():
    """is an output and has no activation, so it gives logits; sigmoid is asked for."""
    return _rain(*_body(last=None))


def wrong_momentum():
    """momentum is 0.9, but 0.99 is asked for."""
    body = _body()
    body[1] = layers.BatchNormalization(momentum=0.9)
    return _rain(*body)


def wrong_layer_normalisation():
    """is of type LayerNormalization; BatchNormalization is asked for here."""
    body = _body()
    body[1] = layers.LayerNormalization()
    return _rain(*body)


def wrong_two_probabilities():
    """has shape (2,), but (1,) is asked for."""
    return _rain(*_body()[:-1], layers.Dense(2, activation="softmax"))


def right_activation_taken_off_afterwards():
    model = _rain(*_body(relu="before", last=None)[:2], *_body()[2:])
    model.layers[0].activation = None
    return model
