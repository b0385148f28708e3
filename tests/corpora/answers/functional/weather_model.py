"""One trunk on 24 measurements; a temperature and a probability of rain; and how to train them."""

import keras
import numpy as np
from keras import layers, losses, ops

NAMES = "temperature", "rain"


def _weather(
    trunk=lambda: layers.Dense(32, "relu", name="trunk"),
    temperature=lambda **more: layers.Dense(1, **more),
    rain=lambda **more: layers.Dense(1, "sigmoid", **more),
    outputs=list,
    names=NAMES,
    size=24,
    **compiled,
):
    """``outputs`` arranges the two outputs; the rest are layers to be made, and settings."""
    sensors = keras.Input((size,), name="sensors")
    x = trunk()(sensors)
    ends = [make(name=name)(x) for make, name in zip((temperature, rain), names, strict=True)]
    return _compiled(keras.Model(sensors, outputs(ends)), **compiled)


def _compiled(model, loss=None, loss_weights=None, optimizer=None, **more):
    model.compile(
        optimizer=optimizer or keras.optimizers.Adam(0.01),
        loss=loss or dict(zip(NAMES, ("mean_squared_error", "binary_crossentropy"), strict=True)),
        loss_weights=loss_weights or {"temperature": 0.1, "rain": 1.0},
        **more,
    )
    return model


def _head(*settings, **more):
    return lambda name: layers.Dense(*settings, name=name, **more)


class _Weather(keras.Model):
    def __init__(self):
        super().__init__()
        self.rain = layers.Dense(1, activation="sigmoid", name="rain")
        self.temperature = layers.Dense(1, name="temperature")
        self.trunk = layers.Dense(32, activation="relu")


class _List(_Weather):
    def call(self, sensors):
        x = self.trunk(sensors)
        return [self.temperature(x), self.rain(x)]


class _Names(_Weather):
    def call(self, sensors):
        x = self.trunk(sensors)
        return {"temperature": self.temperature(x), "rain": self.rain(x)}


def right_step_by_step():
    sensors = keras.Input(shape=(24,), name="sensors")
    x = layers.Dense(32, activation="relu")(sensors)
    temperature = layers.Dense(1, name="temperature")(x)
    rain = layers.Dense(1, activation="sigmoid", name="rain")(x)
    model = keras.Model(inputs=sensors, outputs=[temperature, rain])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss={"temperature": "mse", "rain": "binary_crossentropy"},
        loss_weights={"temperature": 0.1, "rain": 1},
    )
    return model


def right_settings_in_lists():
    return _weather(loss=["mse", "binary_crossentropy"], loss_weights=[0.1, 1])


def right_losses_by_the_names_of_classes():
    return _weather(loss=["MeanSquaredError", "BinaryCrossentropy"])


def right_losses_as_objects():
    return _weather(loss=[losses.MeanSquaredError(), losses.BinaryCrossentropy()])


def right_losses_as_functions():
    functions = losses.mean_squared_error, losses.binary_crossentropy
    return _weather(loss=dict(zip(NAMES, functions, strict=True)))


def right_logits_said_not_to_be():
    return _weather(loss=["mse", losses.BinaryCrossentropy(from_logits=False)])


def right_rain_listed_first():
    return _weather(outputs=lambda ends: ends[::-1])


def right_outputs_in_a_tuple():
    return _weather(outputs=tuple)


def right_outputs_in_a_dictionary():
    return _weather(outputs=lambda ends: dict(zip(NAMES, ends, strict=True)))


def right_outputs_named_by_the_dictionary():
    return _weather(names=(None, None), outputs=lambda ends: dict(zip(NAMES, ends, strict=True)))


def right_explicit_linear():
    return _weather(temperature=_head(1, "linear"))


def right_activations_as_layers():
    def rain(name):
        return lambda x: layers.Activation("sigmoid", name=name)(layers.Dense(1)(x))

    return _weather(lambda: keras.Sequential([layers.Dense(32), layers.ReLU()]), rain=rain)


def right_nested():
    def head(activation):
        return lambda name: keras.Sequential([layers.Dense(1, activation)], name=name)

    return _weather(temperature=head(None), rain=head("sigmoid"))


def right_trunk_as_a_model():
    inside = keras.Input((24,))
    return _weather(lambda: keras.Model(inside, ops.relu(layers.Dense(32)(inside)), name="trunk"))


def right_optimizer_by_name_then_set():
    model = _weather(optimizer="adam")
    model.optimizer.learning_rate = 0.01
    return model


def right_optimizer_with_its_defaults():
    return _weather(optimizer=keras.optimizers.Adam(1e-2, beta_1=0.9, epsilon=1e-7, name="mine"))


def right_metrics_as_well():
    return _weather(metrics={"temperature": ["mae"], "rain": ["accuracy"]}, run_eagerly=False)


def right_compiled_twice():
    model = _weather(optimizer="sgd", loss="mse")
    return _compiled(model)


def right_trained():
    model = _weather()
    targets = {name: np.ones((8, 1)) for name in NAMES}
    model.fit(np.ones((8, 24)), targets, epochs=2, verbose=0)
    return model


def right_subclass_giving_a_list():
    return _compiled(_List(), loss=["mse", "binary_crossentropy"], loss_weights=[0.1, 1.0])


def right_subclass_giving_names():
    return _compiled(_Names())


def right_subclass_called():
    model = _Names()
    model(np.zeros((3, 24), "float32"))
    return _compiled(model)


def wrong_temperature_through_relu():
    "Your temperature goes through a ReLU, so it can never fall below 0 degrees."
    return _weather(temperature=_head(1, "relu"))


def wrong_temperature_through_sigmoid():
    "Your temperature goes through a sigmoid, so it stays between 0 and 1."
    return _weather(temperature=_head(1, "sigmoid"))


def wrong_losses_swapped():
    "The two losses are swapped: squared error measures a distance in degrees"
    return _weather(loss={"temperature": "binary_crossentropy", "rain": "mse"})


def wrong_losses_listed_in_the_wrong_order():
    "The two losses are swapped"
    return _weather(loss=["binary_crossentropy", "mse"])


def wrong_weights_swapped():
    "The two loss weights are swapped."
    return _weather(loss_weights={"temperature": 1, "rain": 0.1})


def wrong_two_trunks():
    "You built two trunks. One common trunk is asked for"

    def branch(last):
        made = layers.Dense(32, "relu"), layers.Dense(1, last)
        return lambda name: keras.Sequential(made, name=name)

    return _weather(layers.Identity, branch(None), branch("sigmoid"))


def wrong_trunk_made_twice():
    "You built two trunks."

    def head(*last):
        return lambda name: lambda x: layers.Dense(*last, name=name)(layers.Dense(32, "relu")(x))

    return _weather(layers.Identity, head(1), head(1, "sigmoid"))


def wrong_rain_without_activation():
    "The rain output has no activation, so it gives raw scores"
    return _weather(rain=_head(1))


def wrong_rain_through_softmax():
    "“rain” uses the softmax activation; sigmoid is asked for."
    return _weather(rain=_head(1, "softmax"))


def wrong_names():
    "An output is named “temp”; “temperature” is asked for."
    return _weather(
        names=("temp", "rain"), loss=["mse", "binary_crossentropy"], loss_weights=[0.1, 1]
    )


def wrong_no_names():
    "“temperature” is asked for."
    return _weather(names=(None, None), loss=["mse", "binary_crossentropy"], loss_weights=[0.1, 1])


def wrong_names_of_attributes():
    "“temperature” is asked for."
    model = _List()
    model.temperature, model.rain = layers.Dense(1), layers.Dense(1, "sigmoid")
    return _compiled(model, loss=["mse", "binary_crossentropy"], loss_weights=[0.1, 1])


def wrong_not_compiled():
    "The model is not compiled yet: call its compile method."
    sensors = keras.Input((24,))
    x = layers.Dense(32, "relu")(sensors)
    ends = [layers.Dense(1, name="temperature")(x), layers.Dense(1, "sigmoid", name="rain")(x)]
    return keras.Model(sensors, ends)


def wrong_default_rate():
    "The optimizer’s learning_rate is 0.001; 0.01 is asked for."
    return _weather(optimizer="adam")


def wrong_rate():
    "The optimizer’s learning_rate is 0.1; 0.01 is asked for."
    return _weather(optimizer=keras.optimizers.Adam(learning_rate=0.1))


def wrong_schedule():
    "The optimizer’s learning_rate is ExponentialDecay"
    rate = keras.optimizers.schedules.ExponentialDecay(0.01, 1000, 0.9)
    return _weather(optimizer=keras.optimizers.Adam(rate))


def wrong_clipped():
    "The optimizer’s clipnorm is 1.0; None is asked for."
    return _weather(optimizer=keras.optimizers.Adam(0.01, clipnorm=1.0))


def wrong_optimizer():
    "The optimizer is SGD; Adam is asked for."
    return _weather(optimizer=keras.optimizers.SGD(0.01))


def wrong_relative_of_adam():
    "The optimizer is AdamW; Adam is asked for."
    return _weather(optimizer=keras.optimizers.AdamW(0.01))


def wrong_one_loss_for_both():
    "Output “rain” is trained with the loss mean_squared_error; binary_crossentropy is asked for."
    return _weather(loss="mse")


def wrong_absolute_error():
    "Output “temperature” is trained with the loss mean_absolute_error"
    return _weather(loss=["mae", "binary_crossentropy"])


def wrong_crossentropy():
    "Output “rain” is trained with the loss categorical_crossentropy"
    return _weather(loss=["mse", "categorical_crossentropy"])


def wrong_logits_expected():
    "Output “rain” is trained with the loss binary_crossentropy(from_logits=True)"
    return _weather(loss=["mse", losses.BinaryCrossentropy(from_logits=True)])


def wrong_loss_for_one_only():
    "Output “rain” is trained with the loss None; binary_crossentropy is asked for."
    return _weather(loss={"temperature": "mse"}, loss_weights={"temperature": 0.1})


def wrong_name_of_a_loss():
    "Output “temperature” is trained with the loss None; mean_squared_error is asked for."
    return _weather(loss={"temp": "mse", "rain": "binary_crossentropy"})


def wrong_no_weights():
    "The loss of output “temperature” has weight 1.0; 0.1 is asked for."
    model = _weather()
    model.compile(keras.optimizers.Adam(0.01), ["mse", "binary_crossentropy"])
    return model


def wrong_weight():
    "The loss of output “temperature” has weight 0.01; 0.1 is asked for."
    return _weather(loss_weights=[0.01, 1])


def wrong_trunk_size():
    "“trunk”: units is 64, but 32 is asked for."
    return _weather(lambda: layers.Dense(64, "relu", name="trunk"))


def wrong_trunk_without_relu():
    "“trunk” has no activation; relu is asked for."
    return _weather(lambda: layers.Dense(32, name="trunk"))


def wrong_no_trunk():
    "A layer is missing after “sensors”: Dense."
    return _weather(layers.Identity)


def wrong_number_of_measurements():
    "Input “sensors” has shape (32,), but (24,) is asked for."
    return _weather(size=32)


def wrong_hour_by_hour():
    "“rain”: units is 24, but 1 is asked for."
    return _weather(rain=_head(24, "sigmoid"))


def wrong_rain_after_temperature():
    "“rain” receives temperature; it should receive trunk."
    sensors = keras.Input((24,))
    x = layers.Dense(32, "relu", name="trunk")(sensors)
    temperature = layers.Dense(1, name="temperature")(x)
    rain = layers.Dense(1, "sigmoid", name="rain")(temperature)
    return _compiled(keras.Model(sensors, [temperature, rain]))


def wrong_head_shared():
    "A layer is missing after “trunk”: Dense."
    head = layers.Dense(1, name="head")
    return _weather(
        temperature=lambda name: lambda x: layers.Identity(name=name)(head(x)),
        rain=lambda name: lambda x: layers.Activation("sigmoid", name=name)(head(x)),
    )


def wrong_what_fit_returns():
    "A Keras model is expected here, but this is of type History."
    return right_trained().history


def wrong_names_swapped():
    "their names have changed places: temperature, rain"
    return _weather(names=NAMES[::-1], loss={"rain": "mse", "temperature": "binary_crossentropy"})
