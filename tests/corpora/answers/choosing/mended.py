"""The bakery's class as a graph, without the three faults of the copy."""

import keras
from keras import layers, ops


def _inputs():
    return keras.Input((12,), name="weather"), keras.Input((12,), name="calendar")


class _Bakery(keras.Model):
    """As it is given."""

    def __init__(self):
        super().__init__(name="bakery")
        self.sales = layers.Dense(1, name="sales")
        self.drop = layers.Dropout(0.3, name="drop")
        self.days = layers.Dense(16, activation="relu", name="days")
        self.second = layers.Dense(16, activation="tanh", name="second")
        self.first = layers.Dense(16, activation="relu", name="first")

    def call(self, inputs):
        weather, calendar = inputs
        sky = self.drop(self.second(self.first(weather)))
        return self.sales(ops.concatenate([sky, self.days(calendar)], axis=-1))


def _graph(shared=False, activation="tanh", drop="sky", merge=layers.concatenate, rate=0.3):
    weather, calendar = _inputs()
    first = layers.Dense(16, activation="relu")
    days = first if shared else layers.Dense(16, activation="relu")
    sky = layers.Dense(16, activation=activation)(first(weather))
    sky = layers.Dropout(rate)(sky) if drop == "sky" else sky
    both = merge([sky, days(calendar)])
    both = layers.Dropout(rate)(both) if drop == "both" else both
    return keras.Model([weather, calendar], layers.Dense(1)(both))


def right_graph():
    return _graph()


def right_layer_names():
    weather, calendar = _inputs()
    x = layers.Dense(16, activation="relu", name="first")(weather)
    x = layers.Dense(16, activation="tanh", name="second")(x)
    x = layers.Dropout(0.3, name="drop")(x)
    y = layers.Dense(16, activation="relu", name="days")(calendar)
    both = layers.Concatenate(name="both")([x, y])
    return keras.Model([weather, calendar], layers.Dense(1, name="sales")(both), name="mended")


def right_the_class_itself():
    bakery = _Bakery()
    bakery(list(_inputs()))
    return bakery


def right_the_class_never_called():
    return _Bakery()


def right_the_class_traced():
    weather, calendar = _inputs()
    return keras.Model([weather, calendar], _Bakery().call([weather, calendar]))


def right_the_class_called_in_a_graph():
    weather, calendar = _inputs()
    return keras.Model([weather, calendar], _Bakery()([weather, calendar]))


def right_layers_of_the_class():
    given, (weather, calendar) = _Bakery(), _inputs()
    sky = given.drop(given.second(given.first(weather)))
    both = layers.concatenate([sky, given.days(calendar)])
    return keras.Model([weather, calendar], given.sales(both))


def right_stacks_inside():
    weather, calendar = _inputs()
    sky = keras.Sequential(
        [layers.Dense(16, "relu"), layers.Dense(16, "tanh"), layers.Dropout(0.3)], name="sky"
    )
    days = keras.Sequential([layers.Dense(16), layers.ReLU()], name="days")
    both = layers.concatenate([sky(weather), days(calendar)])
    return keras.Model([weather, calendar], layers.Dense(1)(both))


def right_activations_apart():
    weather, calendar = _inputs()
    sky = ops.relu(layers.Dense(16)(weather))
    sky = ops.tanh(layers.Dense(16)(sky))
    days = layers.Activation("relu")(layers.Dense(16)(calendar))
    both = ops.concatenate([layers.Dropout(0.3)(sky), days], axis=1)
    return keras.Model([weather, calendar], layers.Dense(1)(both))


def right_calendar_first_in_the_text():
    weather, calendar = _inputs()
    days = layers.Dense(16, activation="relu")(calendar)
    sky = layers.Dense(16, activation="relu")(weather)
    sky = layers.Dropout(rate=0.3)(layers.Dense(units=16, activation="tanh")(sky))
    return keras.Model([weather, calendar], layers.Dense(1)(layers.concatenate([sky, days])))


def right_another_class():
    class Shop(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.sky = [layers.Dense(16, "relu"), layers.Dense(16, "tanh"), layers.Dropout(0.3)]
            self.join, self.calendar = layers.Concatenate(), layers.Dense(16, "relu")
            self.head = layers.Dense(1)

        def call(self, inputs):
            x, y = inputs
            for step in self.sky:
                x = step(x)
            return self.head(self.join([x, self.calendar(y)]))

    return Shop()


def right_tuple_of_inputs():
    weather, calendar = _inputs()
    given = _Bakery()
    return keras.Model((weather, calendar), given((weather, calendar)))


def right_keywords():
    weather, calendar = _inputs()
    sky = layers.Dense(units=16, activation=keras.activations.relu)(weather)
    sky = layers.Dense(units=16, activation=keras.activations.tanh)(sky)
    sky = layers.Dropout(rate=0.3, seed=4)(sky)
    days = layers.Dense(units=16, activation=ops.relu)(calendar)
    both = layers.Concatenate(axis=-1)([sky, days])
    return keras.Model(inputs=[weather, calendar], outputs=layers.Dense(units=1)(both))


def right_compiled():
    model = _graph()
    model.compile("adam", "mse")
    return model


def wrong_still_the_copy():
    """This is still “copy”: its three faults are all there."""
    return _graph(shared=True, activation="relu", drop="both")


def wrong_first_reads_both():
    """“first” still reads both the weather and the calendar."""
    return _graph(shared=True)


def wrong_relu_for_tanh():
    """“second” still uses ReLU; in “bakery” it is tanh."""
    return _graph(activation="relu")


def wrong_dropout_on_everything():
    """The dropout still acts on the whole concatenation"""
    return _graph(drop="both")


def wrong_no_dropout():
    """The dropout is gone. In “bakery” it acts on the sky, in training."""
    return _graph(drop="")


def wrong_rate():
    """rate is 0.5, but 0.3 is asked for."""
    return _graph(rate=0.5)


def wrong_added():
    """Add"""
    return _graph(merge=layers.add)


def wrong_calendar_first():
    """in the wrong order"""
    return _graph(merge=lambda pair: layers.concatenate(pair[::-1]))


def wrong_two_faults_left():
    """uses the relu activation; tanh is asked for."""
    return _graph(shared=True, activation="relu")


def wrong_logits_for_days():
    """has no activation; relu is asked for."""
    weather, calendar = _inputs()
    sky = layers.Dense(16, activation="tanh")(layers.Dense(16, activation="relu")(weather))
    days = layers.Dense(16)(calendar)
    both = layers.concatenate([layers.Dropout(0.3)(sky), days])
    return keras.Model([weather, calendar], layers.Dense(1)(both))


def wrong_an_output_too_large():
    """units is 2, but 1 is asked for."""
    weather, calendar = _inputs()
    sky = layers.Dense(16, activation="tanh")(layers.Dense(16, activation="relu")(weather))
    days = layers.Dense(16, activation="relu")(calendar)
    both = layers.concatenate([layers.Dropout(0.3)(sky), days])
    return keras.Model([weather, calendar], layers.Dense(2)(both))


def wrong_not_a_model():
    """Keras model"""
    return "mended"
