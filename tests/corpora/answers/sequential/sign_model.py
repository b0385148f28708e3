"""A convolution stack for road signs, in the styles in which students write it."""

import keras
from keras import layers, ops


def _signs(shape=(32, 32, 3), **changes):
    body = {
        "conv_1": layers.Conv2D(16, 3, padding="same", activation="relu"),
        "pooling": layers.MaxPooling2D(2),
        "conv_2": layers.Conv2D(32, 3, activation="relu"),
        "summary": layers.GlobalAveragePooling2D(),
        "drop": layers.Dropout(0.4),
        "sign": layers.Dense(6, activation="softmax"),
    }
    body |= changes
    made = [layer for layer in body.values() if layer is not None]
    return keras.Sequential([keras.Input(shape), *made])


def right_a_list():
    return _signs()


def right_layer_by_layer():
    model = keras.Sequential(name="signs")
    model.add(keras.Input(shape=(32, 32, 3)))
    model.add(layers.Conv2D(16, (3, 3), padding="same"))
    model.add(layers.ReLU())
    model.add(layers.MaxPooling2D((2, 2)))
    model.add(layers.Conv2D(32, (3, 3), padding="valid"))
    model.add(layers.Activation("relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(6))
    model.add(layers.Softmax())
    return model


def right_keywords():
    return _signs(
        conv_1=layers.Conv2D(filters=16, kernel_size=3, activation="relu", padding="same"),
        pooling=layers.MaxPooling2D(pool_size=2, strides=2),
        conv_2=layers.Conv2D(filters=32, kernel_size=(3, 3), strides=1, activation="relu"),
        drop=layers.Dropout(rate=0.4, seed=7),
    )


def right_old_names_of_layers():
    return _signs(
        conv_1=layers.Convolution2D(16, 3, padding="same", activation="relu"),
        pooling=layers.MaxPool2D(),
        summary=layers.GlobalAvgPool2D(),
    )


def right_built_later():
    model = keras.Sequential(_signs().layers)
    model.build((None, 32, 32, 3))
    return model


def right_functional():
    photo = keras.Input((32, 32, 3), name="photo")
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(photo)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.4)(x)
    return keras.Model(photo, layers.Dense(6, activation="softmax")(x))


def right_functional_with_ops():
    photo = keras.Input((32, 32, 3))
    x = ops.relu(layers.Conv2D(16, 3, padding="same")(photo))
    x = ops.relu(layers.Conv2D(32, 3)(layers.MaxPooling2D()(x)))
    x = layers.Dropout(0.4)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(photo, keras.activations.softmax(layers.Dense(6)(x)))


def right_averaged_with_ops():
    photo = keras.Input((32, 32, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(photo)
    x = layers.Conv2D(32, 3, activation="relu")(layers.MaxPooling2D(2)(x))
    x = layers.Dropout(0.4)(ops.mean(x, axis=(1, 2)))
    return keras.Model(photo, layers.Dense(6, activation="softmax")(x))


def right_subclassed():
    class Signs(keras.Model):
        def __init__(self):
            super().__init__()
            self.sign = layers.Dense(6, activation="softmax")
            self.drop = layers.Dropout(0.4)
            self.conv_2 = layers.Conv2D(32, 3, activation="relu")
            self.conv_1 = layers.Conv2D(16, 3, padding="same", activation="relu")
            self.pooling = layers.MaxPooling2D(2)
            self.summary_layer = layers.GlobalAveragePooling2D()

        def call(self, photo, training=None):
            x = self.conv_2(self.pooling(self.conv_1(photo)))
            return self.sign(self.drop(self.summary_layer(x), training=training))

    model = Signs()
    model(ops.zeros((1, 32, 32, 3)))
    return model


def right_two_stacks():
    eyes = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
        ]
    )
    head = keras.Sequential([layers.Dropout(0.4), layers.Dense(6, activation="softmax")])
    return keras.Sequential([keras.Input((32, 32, 3)), eyes, head])


def right_pooled_by_a_whole_window():
    return _signs(
        summary=layers.AveragePooling2D(14),
        drop=layers.Flatten(),
        sign=keras.Sequential([layers.Dropout(0.4), layers.Dense(6, activation="softmax")]),
    )


def right_in_a_loop():
    x = photo = keras.Input((32, 32, 3))
    for filters, padding in ((16, "same"), (32, "valid")):
        x = layers.Conv2D(filters, 3, padding=padding, activation=keras.activations.relu)(x)
        if filters == 16:
            x = layers.MaxPooling2D(2)(x)
    x = layers.Dropout(0.4)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(photo, layers.Dense(6, "softmax")(x))


def right_named_and_compiled():
    model = _signs(sign=layers.Dense(6, activation="softmax", name="sign"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def wrong_flattened():
    """Flatten hands on every pixel of every channel."""
    return _signs(summary=layers.Flatten())


def wrong_global_maximum():
    """You take the global maximum of each channel; its average is asked for."""
    return _signs(summary=layers.GlobalMaxPooling2D())


def wrong_no_border():
    """The first convolution needs padding="same\""""
    return _signs(conv_1=layers.Conv2D(16, 3, activation="relu"))


def wrong_border_twice():
    """Only the first convolution has a border; the second takes padding="valid"."""
    return _signs(conv_2=layers.Conv2D(32, 3, padding="same", activation="relu"))


def wrong_no_dropout():
    """The dropout is missing, just before the last layer."""
    return _signs(drop=None)


def wrong_share_kept():
    """The argument is the share that is dropped, not the share that is kept: 0.4."""
    return _signs(drop=layers.Dropout(0.6))


def wrong_sigmoid():
    """A sign is one of six: softmax makes the six answers compete."""
    return _signs(sign=layers.Dense(6, activation="sigmoid"))


def wrong_filters_swapped():
    """filters is 32, but 16 is asked for."""
    return _signs(
        conv_1=layers.Conv2D(32, 3, padding="same", activation="relu"),
        conv_2=layers.Conv2D(16, 3, activation="relu"),
    )


def wrong_average_pooling():
    """is of type AveragePooling2D; MaxPooling2D is asked for here."""
    return _signs(pooling=layers.AveragePooling2D(2))


def wrong_window():
    """kernel_size is (5, 5), but (3, 3) is asked for."""
    return _signs(conv_1=layers.Conv2D(16, 5, padding="same", activation="relu"))


def wrong_number_of_signs():
    """has shape (5,), but (6,) is asked for."""
    return _signs(sign=layers.Dense(5, activation="softmax"))


def wrong_no_relu():
    """has no activation; relu is asked for."""
    return _signs(conv_2=layers.Conv2D(32, 3))


def wrong_strided_instead_of_pooled():
    """A layer is missing after"""
    return _signs(
        conv_1=layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"), pooling=None
    )


def wrong_grey_images():
    """has shape (32, 32, 1), but (32, 32, 3) is asked for."""
    return _signs(shape=(32, 32, 1))


def wrong_dropout_too_early():
    """Dropout"""
    photo = keras.Input((32, 32, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(photo)
    x = layers.Conv2D(32, 3, activation="relu")(layers.MaxPooling2D(2)(x))
    x = layers.GlobalAveragePooling2D()(layers.Dropout(0.4)(x))
    return keras.Model(photo, layers.Dense(6, activation="softmax")(x))
