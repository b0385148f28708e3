"""Three styles in one model: a stack that sees, a layer of one's own, a graph around them."""

import keras
from keras import layers, ops

NAMES = ("depot", "fragile")
LOSSES = ("sparse_categorical_crossentropy", "binary_crossentropy")


class _Gain(layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones", name="gain")

    def call(self, inputs):
        return inputs * self.gain


def _inputs():
    return keras.Input((28, 28, 1), name="photo"), keras.Input((6,), name="measures")


def _eye(pool=layers.GlobalAveragePooling2D, padding="valid"):
    return keras.Sequential(
        [
            layers.Conv2D(8, 3, activation="relu", padding=padding),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, activation="relu", padding=padding),
            pool(),
        ]
    )


def _compiled(model, losses=LOSSES, weights=(1.0, 0.3), rate=0.002, optimizer=None):
    model.compile(
        optimizer or keras.optimizers.Adam(rate),
        loss=dict(zip(NAMES, losses, strict=True)),
        loss_weights=dict(zip(NAMES, weights, strict=True)),
    )
    return model


def _parcel(gain=_Gain, eye=None, swapped=False, heads=("softmax", "sigmoid"), felt=16, late=False):
    photo, measures = _inputs()
    seen = (eye or _eye())(photo)
    seen = gain()(seen) if gain and not late else seen
    other = layers.Dense(felt, activation="relu")(measures) if felt else measures
    both = layers.concatenate([other, seen] if swapped else [seen, other])
    both = gain()(both) if late else both
    mixed = layers.Dense(32, activation="relu")(both)
    depot = layers.Dense(5, activation=heads[0], name="depot")(mixed)
    fragile = layers.Dense(1, activation=heads[1], name="fragile")(mixed)
    return keras.Model([photo, measures], [depot, fragile])


def _with(gain):
    return _compiled(_parcel(gain=gain))


def right_three_styles():
    return _compiled(_parcel())


def right_outputs_as_a_dictionary():
    model = _parcel()
    outputs = dict(zip(NAMES, model.outputs, strict=True))
    return _compiled(keras.Model(model.inputs, outputs))


def right_registered_with_config():
    @keras.saving.register_keras_serializable(package="parcels")
    class Gain(layers.Layer):
        def __init__(self, start="ones", **kwargs):
            super().__init__(**kwargs)
            self.start = start

        def build(self, shape):
            self.gain = self.add_weight(shape=shape[-1:], initializer=self.start)
            super().build(shape)

        def call(self, inputs):
            return ops.multiply(inputs, self.gain)

        def get_config(self):
            return {**super().get_config(), "start": self.start}

    return _with(Gain)


def right_gains_in_one_row():
    class Gain(_Gain):
        def build(self, shape):
            self.gain = self.add_weight(shape=(1, shape[-1]), initializer="ones")

    return _with(Gain)


def right_weights_made_in_init():
    class Gain(layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.gain = self.add_weight(shape=(16,), initializer="ones")

        def call(self, inputs):
            return self.gain * inputs

    return _with(Gain)


def right_gain_by_another_name():
    class Weigh(layers.Layer):
        def build(self, input_shape):
            self.w = self.add_weight(shape=(16,), initializer=keras.initializers.Ones())

        def call(self, x):
            return ops.multiply(self.w, x)

    return _with(Weigh)


def right_all_in_one_graph():
    photo, measures = _inputs()
    x = layers.Conv2D(8, 3, activation="relu")(photo)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(filters=16, kernel_size=(3, 3), activation="relu")(x)
    x = _Gain()(layers.GlobalAveragePooling2D()(x))
    y = layers.Dense(16, activation="relu")(measures)
    x = layers.Dense(32, activation="relu")(layers.concatenate([x, y]))
    outputs = [
        layers.Dense(5, activation="softmax", name="depot")(x),
        layers.Dense(1, activation="sigmoid", name="fragile")(x),
    ]
    return _compiled(keras.Model([photo, measures], outputs))


def right_activations_apart():
    photo, measures = _inputs()
    x = layers.ReLU()(layers.Conv2D(8, 3)(photo))
    x = ops.relu(layers.Conv2D(16, 3)(layers.MaxPool2D(2)(x)))
    x = _Gain()(ops.mean(x, axis=(1, 2)))
    y = layers.Activation("relu")(layers.Dense(16)(measures))
    x = ops.relu(layers.Dense(32)(ops.concatenate([x, y], axis=-1)))
    depot = layers.Softmax(name="depot")(layers.Dense(5)(x))
    fragile = layers.Activation("sigmoid", name="fragile")(layers.Dense(1)(x))
    return _compiled(keras.Model([photo, measures], [depot, fragile]))


def right_losses_as_lists():
    model = _parcel()
    model.compile(
        keras.optimizers.Adam(learning_rate=2e-3), loss=list(LOSSES), loss_weights=[1, 0.3]
    )
    return model


def right_losses_as_objects():
    losses = (
        keras.losses.SparseCategoricalCrossentropy(),
        keras.losses.BinaryCrossentropy(),
    )
    return _compiled(_parcel(), losses=losses)


def right_metrics_added():
    model = _parcel()
    model.compile(
        keras.optimizers.Adam(0.002),
        loss=dict(zip(NAMES, LOSSES, strict=True)),
        loss_weights={"depot": 1, "fragile": 0.3},
        metrics={"depot": ["accuracy"], "fragile": ["accuracy"]},
    )
    return model


def right_inputs_as_a_dictionary():
    model = _parcel()
    photo, measures = model.inputs
    inputs = {"photo": photo, "measures": measures}
    return _compiled(keras.Model(inputs, dict(zip(NAMES, model.outputs, strict=True))))


def right_measures_declared_first():
    model = _parcel()
    return _compiled(keras.Model(model.inputs, model.outputs, name="parcels"))


def right_subclassed_eye_in_the_graph():
    class Eye(layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.pool, self.mean = layers.MaxPooling2D(2), layers.GlobalAveragePooling2D()
            self.wide = layers.Conv2D(16, 3, activation="relu")
            self.narrow = layers.Conv2D(8, 3, activation="relu")

        def call(self, photo):
            return self.mean(self.wide(self.pool(self.narrow(photo))))

    return _compiled(_parcel(eye=Eye()))


def right_functional_eye_with_its_input():
    photo = keras.Input((28, 28, 1))
    return _compiled(_parcel(eye=keras.Model(photo, _eye()(photo), name="eye")))


def right_gain_at_the_end_of_the_stack():
    eye = _eye()
    eye.add(_Gain())
    return _compiled(_parcel(gain=None, eye=eye))


def wrong_a_dense_layer_for_the_gain():
    """A dense layer mixes all the numbers. “Gain” only multiplies each by a weight of its own"""
    return _with(lambda: layers.Dense(16))


def wrong_no_gain():
    """The photo reaches the concatenation without going through your layer, “Gain”."""
    return _with(None)


def wrong_gain_on_the_concatenation():
    """“Gain” acts on the concatenation."""
    return _compiled(_parcel(late=True))


def wrong_measures_first():
    """The measurements come first in your concatenation"""
    return _compiled(_parcel(swapped=True))


def wrong_maximum():
    """The stack ends with a global maximum. A global average is asked for."""
    return _compiled(_parcel(eye=_eye(pool=layers.GlobalMaxPooling2D)))


def wrong_sigmoid_depots():
    """Each parcel goes to one depot out of five: softmax makes them compete"""
    return _compiled(_parcel(heads=("sigmoid", "sigmoid")))


def wrong_softmax_fragile():
    """Softmax over the single unit of “fragile” always gives 1."""
    return _compiled(_parcel(heads=("softmax", "softmax")))


def wrong_loss_weights_swapped():
    """The loss weights are swapped: the depot counts 1, fragility 0.3."""
    return _compiled(_parcel(), weights=(0.3, 1.0))


def wrong_measures_as_they_are():
    """The measurements go straight into the concatenation."""
    return _compiled(_parcel(felt=0))


def wrong_frozen_gain():
    """frozen"""

    class Gain(layers.Layer):
        def build(self, shape):
            self.gain = self.add_weight(shape=shape[-1:], initializer="ones", trainable=False)

        def call(self, inputs):
            return inputs * self.gain

    return _with(Gain)


def wrong_gain_with_a_bias():
    """Add"""

    class Gain(layers.Layer):
        def build(self, shape):
            self.gain = self.add_weight(shape=shape[-1:], initializer="ones")
            self.bias = self.add_weight(shape=shape[-1:], initializer="zeros")

        def call(self, inputs):
            return inputs * self.gain + self.bias

    return _with(Gain)


def wrong_same_padding():
    """padding"""
    return _compiled(_parcel(eye=_eye(padding="same")))


def wrong_units_for_the_measures():
    """units is 8, but 16 is asked for."""
    return _compiled(_parcel(felt=8))


def wrong_not_compiled():
    """compile"""
    return _parcel()


def wrong_learning_rate():
    """learning_rate"""
    return _compiled(_parcel(), rate=0.02)


def wrong_optimizer():
    """SGD"""
    return _compiled(_parcel(), optimizer=keras.optimizers.SGD(0.002))


def wrong_loss():
    """loss"""
    return _compiled(_parcel(), losses=(LOSSES[0], "mse"))


def wrong_one_gain_for_all():
    """shape is (), but (16,) is asked for."""

    class Gain(_Gain):
        def build(self, shape):
            self.gain = self.add_weight(shape=(), initializer="ones")

    return _with(Gain)
