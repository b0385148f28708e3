"""A report -> its delay, whether it is urgent, its service; compiled."""

import keras
from keras import layers, losses, metrics, optimizers

LOSSES = {
    "delay": "mean_squared_error",
    "urgent": "binary_crossentropy",
    "service": "sparse_categorical_crossentropy",
}
WEIGHTS = {"delay": 0.05, "urgent": 2.0, "service": 1.0}


def _metrics():
    return {
        "delay": ["mae"],
        "urgent": ["accuracy", keras.metrics.Recall()],
        "service": ["accuracy"],
    }


def _graph(heads=(None, "sigmoid", "softmax"), trunk=None, names=("delay", "urgent", "service")):
    report = keras.Input(shape=(30,), name="report")
    read = (trunk or layers.Dense(24, activation="relu"))(report)
    return keras.Model(
        report,
        [
            layers.Dense(1, activation=heads[0], name=names[0])(read),
            layers.Dense(1, activation=heads[1], name=names[1])(read),
            layers.Dense(4, activation=heads[2], name=names[2])(read),
        ],
    )


def _compiled(model=None, optimizer=None, **settings):
    model = model or _graph()
    given = {"loss": LOSSES, "loss_weights": WEIGHTS, "metrics": _metrics(), **settings}
    model.compile(optimizer=optimizer or optimizers.Adam(learning_rate=0.002), **given)
    return model


def right_dictionaries():
    return _compiled()


def right_lists():
    return _compiled(
        loss=["mse", "binary_crossentropy", "sparse_categorical_crossentropy"],
        loss_weights=[0.05, 2, 1],
        metrics=[["mae"], ["accuracy", keras.metrics.Recall()], ["accuracy"]],
    )


def right_loss_objects():
    return _compiled(
        loss={
            "delay": losses.MeanSquaredError(),
            "urgent": losses.BinaryCrossentropy(),
            "service": losses.SparseCategoricalCrossentropy(),
        }
    )


def right_loss_functions():
    return _compiled(
        loss=[
            losses.mean_squared_error,
            losses.binary_crossentropy,
            losses.sparse_categorical_crossentropy,
        ]
    )


def right_metric_objects():
    return _compiled(
        metrics={
            "delay": [metrics.MeanAbsoluteError()],
            "urgent": [metrics.BinaryAccuracy(), metrics.Recall()],
            "service": [metrics.SparseCategoricalAccuracy()],
        }
    )


def right_metrics_in_another_order():
    return _compiled(
        metrics={
            "service": ["acc"],
            "urgent": [keras.metrics.Recall(name="caught"), "accuracy"],
            "delay": ["mean_absolute_error"],
        }
    )


def right_single_metrics_without_lists():
    return _compiled(
        metrics={"delay": "mae", "urgent": ["accuracy", metrics.Recall()], "service": "accuracy"}
    )


def right_keys_in_another_order():
    return _compiled(
        loss=dict(reversed(LOSSES.items())), loss_weights=dict(reversed(WEIGHTS.items()))
    )


def right_learning_rate_by_position():
    return _compiled(optimizer=optimizers.Adam(0.002))


def right_rate_set_afterwards():
    model = _compiled(optimizer=optimizers.Adam())
    model.optimizer.learning_rate = 0.002
    return model


def right_dictionary_of_outputs():
    model = _graph()
    delay, urgent, service = model.outputs
    return _compiled(
        keras.Model(model.input, {"delay": delay, "urgent": urgent, "service": service})
    )


def right_relu_as_a_layer():
    trunk = keras.Sequential([layers.Dense(24), layers.ReLU()], name="trunk")
    return _compiled(_graph(trunk=trunk))


def right_activations_as_functions():
    heads = (keras.activations.linear, keras.activations.sigmoid, keras.activations.softmax)
    return _compiled(_graph(heads=heads))


def right_heads_as_activation_layers():
    report = keras.Input(shape=(30,), name="report")
    trunk = layers.Dense(24, activation="relu")(report)
    delay = layers.Dense(1, name="delay")(trunk)
    urgent = layers.Activation("sigmoid", name="urgent")(layers.Dense(1)(trunk))
    service = layers.Softmax(name="service")(layers.Dense(4)(trunk))
    return _compiled(keras.Model(report, [delay, urgent, service]))


class _City(keras.Model):
    def __init__(self):
        super().__init__()
        self.service = layers.Dense(4, activation="softmax")
        self.urgent = layers.Dense(1, activation="sigmoid")
        self.delay = layers.Dense(1)
        self.trunk = layers.Dense(24, activation="relu")

    def call(self, report):
        read = self.trunk(report)
        return {
            "delay": self.delay(read),
            "urgent": self.urgent(read),
            "service": self.service(read),
        }


def right_subclass():
    import numpy as np

    model = _City()
    model(np.zeros((1, 30), "float32"))
    return _compiled(model)


def right_compiled_twice():
    return _compiled(_compiled(optimizer=optimizers.SGD()))


def wrong_not_sparse():
    """categorical_crossentropy expects targets of four numbers, one of them 1. Yours are plain
    numbers from 0 to 3: take the sparse version."""
    return _compiled(loss={**LOSSES, "service": "categorical_crossentropy"})


def wrong_weights_swapped():
    """The loss weights of “delay” and “urgent” are swapped."""
    return _compiled(loss_weights={"delay": 2.0, "urgent": 0.05, "service": 1.0})


def wrong_no_loss_weights():
    """The loss weights are missing: squared days would drown out the two other losses."""
    return _compiled(loss_weights=None)


def wrong_no_recall():
    """Recall is missing from the metrics of “urgent”: accuracy does not say how many urgent
    reports were missed."""
    return _compiled(metrics={**_metrics(), "urgent": ["accuracy"]})


def wrong_relu_on_the_delay():
    """A delay with a ReLU gives no gradient wherever it answers 0. A regression output takes no
    activation."""
    return _compiled(_graph(heads=("relu", "sigmoid", "softmax")))


def wrong_three_trunks():
    """Each output has a trunk of its own. One common trunk is asked for: call the layer once, and
    start all three outputs from its result."""
    report = keras.Input(shape=(30,), name="report")
    delay, urgent, service = (layers.Dense(24, activation="relu")(report) for _head in range(3))
    return _compiled(
        keras.Model(
            report,
            [
                layers.Dense(1, name="delay")(delay),
                layers.Dense(1, activation="sigmoid", name="urgent")(urgent),
                layers.Dense(4, activation="softmax", name="service")(service),
            ],
        )
    )


def wrong_usual_rate():
    """This is Adam with its usual learning rate of 0.001; 0.002 is asked for."""
    return _compiled(optimizer="adam")


def wrong_not_compiled():
    """The model is not compiled yet: call its compile method."""
    return _graph()


def wrong_optimizer():
    """; Adam is asked for."""
    return _compiled(optimizer=optimizers.RMSprop(0.002))


def wrong_absolute_error_as_loss():
    """Output “delay” is trained with the loss"""
    return _compiled(loss={**LOSSES, "delay": "mae"})


def wrong_precision_for_recall():
    """Output “urgent” has the metrics"""
    return _compiled(metrics={**_metrics(), "urgent": ["accuracy", metrics.Precision()]})


def wrong_loss_from_logits():
    """Output “urgent” is trained with the loss"""
    return _compiled(loss={**LOSSES, "urgent": losses.BinaryCrossentropy(from_logits=True)})


def wrong_names():
    """“service”"""
    names = ("delay", "urgent", "department")
    model = _graph(names=names)
    return _compiled(
        model,
        loss=list(LOSSES.values()),
        loss_weights=list(WEIGHTS.values()),
        metrics=list(_metrics().values()),
    )


def wrong_trunk_without_relu():
    """has no activation"""
    return _compiled(_graph(trunk=layers.Dense(24)))
