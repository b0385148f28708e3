"""Two residual blocks on small colour images, 10 classes: 223,242 parameters."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded


def _start(image, filters=(32, 64), pool=3):
    x = layers.Conv2D(filters[0], 3, activation="relu", name="start_1")(image)
    x = layers.Conv2D(filters[1], 3, activation="relu", name="start_2")(x)
    return layers.MaxPooling2D(pool, name="pool")(x)


def _block(x, number, add=layers.add, activations=("relu", "relu"), **conv):
    conv = {"padding": "same", **conv}
    y = layers.Conv2D(64, 3, activation=activations[0], name=f"block_{number}_1", **conv)(x)
    y = layers.Conv2D(64, 3, activation=activations[1], name=f"block_{number}_2", **conv)(y)
    return add([x, y])


def _end(x, pool=layers.GlobalAveragePooling2D, rate=0.5, units=256):
    x = layers.Conv2D(64, 3, activation="relu", name="end")(x)
    x = pool()(x)
    x = layers.Dense(units, activation="relu", name="hidden")(x)
    x = layers.Dropout(rate, name="drop")(x)
    return layers.Dense(10, activation="softmax", name="kind")(x)


def _functional(start=_start, block=_block, blocks=2, end=_end):
    image = keras.Input(shape=(32, 32, 3), name="image")
    x = start(image)
    for number in range(1, blocks + 1):
        x = block(x, number)
    return keras.Model(image, end(x), name="toy_resnet")


def reference():
    return _functional()


def same_plus():
    return _functional(block=lambda x, n: _block(x, n, add=lambda parts: parts[0] + parts[1]))


def same_plus_the_other_way():
    return _functional(block=lambda x, n: _block(x, n, add=lambda parts: parts[1] + parts[0]))


def same_add_operation():
    return _functional(block=lambda x, n: _block(x, n, add=lambda parts: ops.add(*parts)))


def same_add_layer():
    return _functional(block=lambda x, n: _block(x, n, add=layers.Add()))


def same_sum_of_a_list():
    return _functional(block=lambda x, n: _block(x, n, add=sum))


def same_sum_of_a_stack():
    return _functional(
        block=lambda x, n: _block(x, n, add=lambda parts: ops.sum(ops.stack(parts), axis=0))
    )


def same_settings_spelled_out():
    def start(image):
        x = layers.Conv2D(32, (3, 3), strides=1, padding="valid", activation="relu")(image)
        x = layers.Conv2D(filters=64, kernel_size=[3, 3], strides=(1, 1), activation="relu")(x)
        return layers.MaxPool2D(pool_size=(3, 3), strides=3, padding="valid")(x)

    return _functional(
        start=start,
        block=lambda x, n: _block(x, n, dilation_rate=1, groups=1, use_bias=True),
    )


def same_activations_as_layers():
    def block(x, _number):
        y = layers.ReLU()(layers.Conv2D(64, 3, padding="same")(x))
        y = layers.Activation("relu")(layers.Conv2D(64, 3, padding="same")(y))
        return layers.Add()([y, x])

    return _functional(block=block)


def same_activations_as_operations():
    def block(x, _number):
        y = ops.relu(layers.Conv2D(64, 3, padding="same")(x))
        return x + keras.activations.relu(layers.Conv2D(64, 3, padding="same")(y))

    return _functional(block=block)


def same_activations_as_functions():
    functions = (ops.relu, lambda x: ops.maximum(x, 0))
    return _functional(block=lambda x, n: _block(x, n, activations=functions))


def same_activations_as_objects():
    functions = (layers.ReLU(), keras.activations.relu)
    return _functional(block=lambda x, n: _block(x, n, activations=functions))


def same_mean_over_the_image():
    return _functional(end=lambda x: _end(x, pool=lambda: lambda y: ops.mean(y, axis=(1, 2))))


def same_mean_over_the_image_from_the_end():
    return _functional(end=lambda x: _end(x, pool=lambda: lambda y: ops.mean(y, axis=[-3, -2])))


def same_mean_twice():
    def pool():
        return lambda y: ops.mean(ops.mean(y, axis=1), axis=1)

    return _functional(end=lambda x: _end(x, pool=pool))


def same_pooled_and_flattened():
    def pool():
        return keras.Sequential([layers.GlobalAveragePooling2D(keepdims=True), layers.Flatten()])

    return _functional(end=lambda x: _end(x, pool=pool))


def same_average_of_the_whole_image():
    def pool():
        return keras.Sequential([layers.AveragePooling2D(7), layers.Flatten()])

    return _functional(end=lambda x: _end(x, pool=pool))


def same_ends_and_blocks_as_models():
    image, grey = keras.Input(shape=(32, 32, 3)), keras.Input(shape=(9, 9, 64))
    start = keras.Model(image, _start(image), name="start")
    blocks = [keras.Model(grey, _block(grey, n), name=f"block_{n}") for n in (1, 2)]
    end = keras.Model(grey, _end(grey), name="end")
    return keras.Sequential([start, *blocks, end])


def same_inner_paths_as_models():
    def block(x, _number):
        path = [layers.Conv2D(64, 3, padding="same", activation="relu") for _ in range(2)]
        return x + keras.Sequential(path)(x)

    return _functional(block=block)


def same_with_identity_layers():
    def block(x, number):
        return _block(layers.Identity()(layers.Dropout(0)(x)), number)

    return _functional(block=block, end=lambda x: _end(layers.Activation("linear")(x)))


class Residual(layers.Layer):
    def __init__(self, filters=64, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.second = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.first = layers.Conv2D(filters, 3, padding="same", activation="relu")

    def call(self, x):
        return layers.add([self.second(self.first(x)), x])

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


def same_blocks_as_layers():
    return _functional(block=lambda x, _n: Residual()(x))


def same_blocks_as_layers_reloaded():
    return reloaded(_functional(block=lambda x, _n: Residual()(x)), Residual=Residual)


def same_sequential_of_layers():
    return keras.Sequential(
        [
            keras.Input(shape=(32, 32, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D((3, 3)),
            Residual(64),
            Residual(64),
            layers.Conv2D(64, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(256, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


class _Private(Residual):
    """TensorFlow wants no scope to begin with an underscore, which this class's name does."""


class _Net(keras.Model):
    def __init__(self, block=Residual):
        super().__init__()
        self.head = [layers.Dense(256, "relu"), layers.Dropout(0.5), layers.Dense(10, "softmax")]
        self.pool = layers.GlobalAveragePooling2D()
        self.end = layers.Conv2D(64, 3, activation="relu")
        self.blocks = [block() for _ in range(2)]
        self.start = keras.Sequential(
            [
                layers.Conv2D(32, 3, activation="relu"),
                layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(3),
            ]
        )

    def call(self, image, training=None):
        x = self.start(image)
        for block in self.blocks:
            x = block(x)
        x = self.pool(self.end(x))
        for layer in self.head:
            x = layer(x, training=training) if isinstance(layer, layers.Dropout) else layer(x)
        return x


def same_subclassed():
    return _Net()


def same_subclassed_of_layers_with_private_names():
    return _Net(block=_Private)


def same_subclassed_and_built():
    model = _Net()
    model.build((None, 32, 32, 3))
    return model


def same_subclassed_and_called():
    model = _Net()
    model(np.zeros((1, 32, 32, 3), "float32"))
    return model


class _DropsInTraining(_Net):
    def call(self, image, training=False):
        x = self.start(image)
        for block in self.blocks:
            x = block(x)
        hidden, drop, kind = self.head
        x = hidden(self.pool(self.end(x)))
        if training:
            x = drop(x, training=True)
        return kind(x)


def same_dropout_called_in_training_only():
    return _DropsInTraining()


def other_one_block():
    """missing-layer"""
    return _functional(blocks=1)


def other_three_blocks():
    """surplus-layer"""
    return _functional(blocks=3)


def other_block_used_twice():
    """wrongly-shared"""
    block = Residual()
    return _functional(block=lambda x, _n: block(x))


def other_no_shortcut():
    """missing-layer"""
    return _functional(block=lambda x, n: _block(x, n, add=lambda parts: parts[1]))


def other_concatenated():
    """replaced-layer join_1"""
    return _functional(block=lambda x, n: _block(x, n, add=layers.Concatenate(name=f"join_{n}")))


def other_shortcut_from_the_start():
    """wrong-connection"""
    image = keras.Input(shape=(32, 32, 3))
    start = _start(image)
    x = _block(start, 1)
    return keras.Model(image, _end(_block(x, 2, add=lambda parts: parts[1] + start)))


def other_relu_only_after_the_sum():
    """wrong-order"""
    return _functional(block=lambda x, n: ops.relu(_block(x, n, activations=("relu", None))))


def other_second_without_activation():
    """missing-activation block_1_2"""
    return _functional(block=lambda x, n: _block(x, n, activations=("relu", None)))


def other_pool_size():
    """wrong-setting pool"""
    return _functional(start=lambda image: _start(image, pool=2))


def other_filters():
    """wrong-setting start_1"""
    return _functional(start=lambda image: _start(image, filters=(64, 64)))


def other_flattened():
    """replaced-layer flat"""
    return _functional(end=lambda x: _end(x, pool=lambda: layers.Flatten(name="flat")))


def other_maximum():
    """replaced-layer largest"""
    return _functional(
        end=lambda x: _end(x, pool=lambda: layers.GlobalMaxPooling2D(name="largest"))
    )


def other_rate():
    """wrong-setting drop"""
    return _functional(end=lambda x: _end(x, rate=0.2))


def other_no_dropout():
    """missing-layer"""
    return _functional(end=lambda x: _end(x, rate=0.0))
