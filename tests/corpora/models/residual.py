"""A residual block with batch normalisation and dropout: what training changes must count."""

import keras
import numpy as np
from keras import layers, ops


def _functional(
    rate=0.5,
    order=(layers.BatchNormalization, layers.ReLU),
    add=layers.add,
    pool=lambda x: layers.GlobalAveragePooling2D()(x),
    **conv,
):
    image = keras.Input(shape=(8, 8, 3), name="image")
    x = start = layers.Conv2D(4, 3, padding="same", name="start")(image)
    x = layers.Conv2D(4, 3, **{"padding": "same", "name": "inner", **conv})(x)
    for make in order:
        x = make()(x)
    x = add([x, start])
    x = pool(x)
    x = layers.Dropout(rate, name="drop")(x)
    return keras.Model(image, layers.Dense(2, activation="softmax", name="kind")(x))


def reference():
    return _functional()


def same_plus():
    return _functional(add=lambda parts: parts[0] + parts[1])


def same_plus_the_other_way():
    return _functional(add=lambda parts: ops.add(parts[1], parts[0]))


def same_add_layer():
    return _functional(add=layers.Add())


class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3, padding="same")
        self.norm = layers.BatchNormalization()

    def call(self, x, training=None):
        return x + ops.relu(self.norm(self.conv(x), training=training))


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.kind = layers.Dense(2, activation="softmax")
        self.drop = layers.Dropout(0.5)
        self.start = layers.Conv2D(4, (3, 3), padding="same")
        self.block = Block()
        self.pool = layers.GlobalAveragePooling2D()

    def call(self, x, training=None):
        x = self.pool(self.block(self.start(x), training=training))
        return self.kind(self.drop(x, training=training))


def same_subclassed():
    return _Net()


class _Silent(_Net):
    def call(self, x):
        return self.kind(self.drop(self.pool(self.block(self.start(x)))))


def same_subclassed_where_keras_passes_training():
    return _Silent()


def same_block_as_layer():
    image = keras.Input(shape=(8, 8, 3))
    x = Block()(layers.Conv2D(4, 3, padding="same")(image))
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(image, layers.Dense(2, activation="softmax")(x))


def same_norm_and_relu_as_operations():
    return _functional(order=(layers.BatchNormalization, lambda: ops.relu))


def same_relu_as_activation_layer():
    return _functional(order=(layers.BatchNormalization, lambda: layers.Activation("relu")))


def same_pool_as_mean():
    return _functional(pool=lambda x: ops.mean(x, axis=(1, 2)))


def same_pool_as_two_means():
    return _functional(pool=lambda x: ops.mean(ops.mean(x, axis=2), axis=1))


def same_pool_kept_and_flattened():
    return _functional(
        pool=lambda x: layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(x))
    )


def same_pool_of_the_whole_image():
    return _functional(pool=lambda x: layers.Reshape((4,))(layers.AveragePooling2D(8)(x)))


def same_block_of_layers_in_a_helper():
    def residual(x, filters):
        y = layers.Conv2D(filters, kernel_size=(3, 3), strides=1, padding="SAME")(x)
        y = layers.BatchNormalization(axis=3, momentum=0.99)(y)
        return layers.Add()([layers.ReLU()(y), x])

    image = keras.Input(shape=(8, 8, 3))
    x = residual(layers.Conv2D(4, 3, padding="same", activation="linear")(image), 4)
    x = layers.Dropout(rate=0.5, seed=1)(layers.GlobalAvgPool2D()(x))
    return keras.Model(image, ops.softmax(layers.Dense(2)(x)))


def same_block_as_a_model():
    features = keras.Input(shape=(8, 8, 4))
    y = layers.Conv2D(4, 3, padding="same")(features)
    y = ops.relu(layers.BatchNormalization()(y))
    block = keras.Model(features, layers.add([features, y]))
    return keras.Sequential(
        [
            keras.Input(shape=(8, 8, 3)),
            layers.Conv2D(4, 3, padding="same"),
            block,
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(2, activation="softmax"),
        ]
    )


def same_with_identity_layers():
    return _functional(order=(layers.BatchNormalization, layers.ReLU, lambda: layers.Dropout(0)))


class _Unknowing(layers.Layer):
    """Passes nothing on: Keras finds the mode by itself."""

    def __init__(self):
        super().__init__(name="block")
        self.inner = keras.Sequential(
            [layers.Conv2D(4, 3, padding="same"), layers.BatchNormalization(), layers.ReLU()]
        )

    def call(self, x):
        return ops.add(self.inner(x), x)


class _Steps(keras.Model):
    def __init__(self):
        super().__init__()
        self.steps = [
            layers.Conv2D(4, 3, padding="same"),
            _Unknowing(),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(2),
            layers.Softmax(),
        ]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


def same_list_of_steps():
    return _Steps()


def same_subclassed_and_called_in_training():
    model = _Net()
    model(np.ones((2, 8, 8, 3), "float32"), training=True)
    return model


def same_subclass_inside_a_functional_model():
    image = keras.Input(shape=(8, 8, 3))
    return keras.Model(image, _Net()(image))


class _IfTraining(_Net):
    def call(self, x, training=False):
        x = self.pool(self.block(self.start(x), training=training))
        if training:
            x = self.drop(x, training=True)
        return self.kind(x)


def same_dropout_only_called_in_training():
    return _IfTraining()


def other_rate():
    """wrong-setting drop"""
    return _functional(rate=0.2)


def other_no_dropout():
    """missing-layer"""
    return _functional(rate=0.0)


def other_no_normalisation():
    """missing-layer"""
    return _functional(order=(layers.ReLU,))


def other_order():
    """wrong-order"""
    return _functional(order=(layers.ReLU, layers.BatchNormalization))


def other_dilation():
    """wrong-setting inner"""
    return _functional(dilation_rate=2)


def other_no_bias():
    """wrong-setting inner"""
    return _functional(use_bias=False)


def other_no_shortcut():
    """missing-layer"""
    return _functional(add=lambda parts: parts[0])


def other_multiplied():
    """replaced-layer"""
    return _functional(add=layers.multiply)


class _Deaf(_Net):
    def call(self, x, training=None):
        x = self.pool(self.block(self.start(x), training=training))
        return self.kind(self.drop(x, training=False))


def other_dropout_never_on():
    """never-training"""
    return _Deaf()


def other_max_pool():
    """replaced-layer peak"""
    return _functional(pool=layers.GlobalMaxPooling2D(name="peak"))


def other_flattened():
    """replaced-layer flat"""
    return _functional(pool=layers.Flatten(name="flat"))


def other_relu_missing():
    """missing-activation"""
    return _functional(order=(layers.BatchNormalization,))


def other_relu_after_the_sum():
    """wrong-order"""
    return _functional(
        order=(layers.BatchNormalization,), add=lambda parts: ops.relu(layers.add(parts))
    )


def other_momentum():
    """wrong-setting"""
    return _functional(order=(lambda: layers.BatchNormalization(momentum=0.9), layers.ReLU))


def other_normalisation():
    """replaced-layer norm"""
    return _functional(order=(lambda: layers.LayerNormalization(name="norm"), layers.ReLU))


def other_normalisation_without_scale():
    """wrong-setting norm"""
    return _functional(
        order=(lambda: layers.BatchNormalization(scale=False, name="norm"), layers.ReLU)
    )


def other_shortcut_from_itself():
    """wrong-connection"""
    return _functional(add=lambda parts: layers.add([parts[0], parts[0]]))


def other_concatenated():
    """replaced-layer both"""
    return _functional(add=layers.Concatenate(name="both"))


def other_spatial_dropout():
    """surplus-layer areas"""
    return _functional(
        order=(
            layers.BatchNormalization,
            layers.ReLU,
            lambda: layers.SpatialDropout2D(0.5, name="areas"),
        )
    )


def other_normalisation_frozen():
    """frozen norm"""
    frozen = {"trainable": False, "name": "norm"}
    return _functional(order=(lambda: layers.BatchNormalization(**frozen), layers.ReLU))


class _DropoutAlways(_Net):
    def call(self, x, training=None):
        x = self.pool(self.block(self.start(x), training=training))
        return self.kind(self.drop(x, training=True))


def other_dropout_always_on():
    """always-training"""
    return _DropoutAlways()
