"""The small stack, in the styles in which students write it."""

import keras
from keras import layers, ops


def _compiled(model, optimizer=None, loss="mse"):
    model.compile(optimizer or keras.optimizers.Adam(learning_rate=0.005), loss=loss)
    return model


def _stack(units=(64, 32), activations=("relu", "relu"), last=None, shape=(8,)):
    model = keras.Sequential([keras.Input(shape=shape)])
    for size, activation in zip(units, activations, strict=True):
        model.add(layers.Dense(size, activation=activation))
    model.add(layers.Dense(1, activation=last))
    return model


def right_with_relu_layers():
    return _compiled(
        keras.Sequential(
            [
                keras.Input((8,)),
                layers.Dense(64),
                layers.ReLU(),
                layers.Dense(32),
                layers.ReLU(),
                layers.Dense(1),
            ]
        )
    )


def right_with_fused_activations():
    return _compiled(_stack())


def right_with_activation_layers():
    model = keras.Sequential()
    model.add(keras.Input((8,)))
    model.add(layers.Dense(64))
    model.add(layers.Activation("relu"))
    model.add(layers.Dense(32))
    model.add(layers.Activation(keras.activations.relu))
    model.add(layers.Dense(1, activation="linear"))
    return _compiled(model)


def right_built_later():
    model = keras.Sequential(
        [layers.Dense(64, "relu"), layers.Dense(32, "relu"), layers.Dense(1)], name="turbine"
    )
    model.build((None, 8))
    return _compiled(model)


def right_built_by_a_call():
    model = keras.Sequential(
        [layers.Dense(64), layers.ReLU(), layers.Dense(32), layers.ReLU(), layers.Dense(1)]
    )
    model(ops.ones((2, 8)))
    return _compiled(model)


def right_never_built():
    return _compiled(
        keras.Sequential([layers.Dense(64, "relu"), layers.Dense(32, "relu"), layers.Dense(1)])
    )


def right_functional():
    measurements = keras.Input((8,), name="measurements")
    hidden = layers.ReLU()(layers.Dense(64)(measurements))
    hidden = layers.ReLU()(layers.Dense(32)(hidden))
    return _compiled(keras.Model(measurements, layers.Dense(1)(hidden)))


def right_functional_with_ops():
    measurements = keras.Input((8,))
    hidden = ops.relu(layers.Dense(64)(measurements))
    hidden = keras.activations.relu(layers.Dense(32)(hidden))
    return _compiled(keras.Model(measurements, layers.Dense(1, name="power")(hidden)))


def right_subclassed():
    class Turbine(keras.Model):
        def __init__(self):
            super().__init__()
            self.power = layers.Dense(1)
            self.second = layers.Dense(32, activation="relu")
            self.first = layers.Dense(64, activation="relu")

        def call(self, measurements):
            return self.power(self.second(self.first(measurements)))

    model = Turbine()
    model(ops.zeros((1, 8)))
    return _compiled(model)


def right_nested():
    body = keras.Sequential([layers.Dense(64), layers.ReLU(), layers.Dense(32), layers.ReLU()])
    return _compiled(keras.Sequential([keras.Input((8,)), body, layers.Dense(1)]))


def right_optimizer_by_name_then_rate():
    optimizer = keras.optimizers.get("adam")
    optimizer.learning_rate = 0.005
    return _compiled(_stack(), optimizer)


def right_loss_object():
    return _compiled(_stack(), loss=keras.losses.MeanSquaredError())


def right_loss_function():
    return _compiled(_stack(), loss=keras.losses.mean_squared_error)


def right_loss_spelt_out_and_metrics_added():
    model = _stack()
    model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(5e-3), metrics=["mae"])
    return model


def right_other_initial_values():
    model = keras.Sequential([keras.Input((8,), dtype="float32", name="sensors")], name="t")
    for size in (64, 32):
        model.add(layers.Dense(units=size, kernel_initializer="he_normal", name=f"hidden_{size}"))
        model.add(layers.ReLU(name=f"relu_{size}"))
    model.add(layers.Dense(1, name="power"))
    return _compiled(model)


def right_popped_and_added():
    model = _stack(last="sigmoid")
    model.pop()
    model.add(layers.Dense(1))
    return _compiled(model)


def wrong_no_activations():
    """Without a ReLU after the first two layers, the whole stack is a single straight line"""
    return _compiled(_stack(activations=(None, None)))


def wrong_relu_at_the_end():
    """The last layer goes through a ReLU: where it falls below 0 it stops learning."""
    return _compiled(_stack(last="relu"))


def wrong_sigmoid_at_the_end():
    """A sigmoid keeps the power between 0 and 1."""
    return _compiled(_stack(last="sigmoid"))


def wrong_sizes_swapped():
    """The sizes are swapped: 64 units come first, then 32."""
    return _compiled(_stack(units=(32, 64)))


def wrong_loss_for_yes_or_no():
    """Binary crossentropy is for yes-or-no answers."""
    return _compiled(_stack(), loss="binary_crossentropy")


def wrong_loss_mae():
    """is trained with the loss mean_absolute_error; mean_squared_error is asked for."""
    return _compiled(_stack(), loss="mae")


def wrong_learning_rate():
    """The optimizer’s learning_rate is 0.001; 0.005 is asked for."""
    return _compiled(_stack(), keras.optimizers.Adam())


def wrong_optimizer():
    """The optimizer is SGD; Adam is asked for."""
    return _compiled(_stack(), keras.optimizers.SGD(0.005))


def wrong_not_compiled():
    """The model is not compiled yet: call its compile method."""
    return _stack()


def wrong_inputs():
    """has shape (7,), but (8,) is asked for."""
    return _compiled(_stack(shape=(7,)))


def wrong_second_relu_missing():
    """has no activation; relu is asked for."""
    return _compiled(_stack(activations=("relu", None)))


def wrong_tanh():
    """uses the tanh activation; relu is asked for."""
    return _compiled(_stack(activations=("tanh", "relu")))


def wrong_one_layer_too_many():
    """is one layer too many: nothing asks for it here."""
    return _compiled(_stack(units=(64, 32, 32), activations=("relu",) * 3))


def wrong_size():
    """units is 46, but 64 is asked for."""
    return _compiled(_stack(units=(46, 32)))


def wrong_one_layer_too_few():
    """A layer is missing after"""
    return _compiled(_stack(units=(64,), activations=("relu",)))
