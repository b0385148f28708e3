"""The generator of a GAN: 128 numbers -> an image of 28 x 28."""

import keras
from keras import layers, ops

from tests.corpus import reloaded


def _stack(
    units=7 * 7 * 8,
    leak=lambda number: layers.LeakyReLU(0.2, name=f"leak_{number}"),
    shape=lambda: layers.Reshape((7, 7, 8), name="shape"),
    filters=16,
    kernel=4,
    strides=2,
    last="sigmoid",
    between=(),
    up=layers.Conv2DTranspose,
    **conv,
):
    conv = {"strides": strides, "padding": "same", **conv}
    return [
        layers.Dense(units, name="dense"),
        leak(1),
        shape(),
        up(filters, kernel, name="up_1", **conv),
        *between,
        leak(2),
        up(1, kernel, activation=last, name="up_2", **conv),
    ]


def _sequential(latent=128, **settings):
    return keras.Sequential([keras.Input(shape=(latent,), name="latent"), *_stack(**settings)])


def _called(layers_in_a_row, x):
    for layer in layers_in_a_row:
        x = layer(x)
    return x


def _functional(**settings):
    latent = keras.Input(shape=(128,), name="latent")
    return keras.Model(latent, _called(_stack(**settings), latent))


def reference():
    return _sequential()


def same_functional():
    return _functional()


def same_sequential_without_input():
    return keras.Sequential(_stack())


def same_added_one_by_one():
    model = keras.Sequential(name="generator")
    model.add(keras.Input((128,)))
    for layer in _stack():
        model.add(layer)
    return model


def same_leak_by_keyword():
    return _sequential(leak=lambda _n: layers.LeakyReLU(negative_slope=0.2))


def same_leak_of_relu():
    return _sequential(leak=lambda _n: layers.ReLU(negative_slope=0.2))


def same_leak_by_name():
    return _sequential(leak=lambda _n: layers.Activation("leaky_relu"))


def same_leak_of_activations():
    return _functional(leak=lambda _n: lambda x: keras.activations.leaky_relu(x, 0.2))


def same_leak_of_relu_in_activations():
    return _functional(leak=lambda _n: lambda x: keras.activations.relu(x, negative_slope=0.2))


def same_leak_of_operations():
    return _functional(leak=lambda _n: lambda x: ops.leaky_relu(x, negative_slope=0.2))


def same_leak_by_maximum():
    return _functional(leak=lambda _n: lambda x: ops.maximum(x, 0.2 * x))


def same_leak_by_where():
    return _functional(leak=lambda _n: lambda x: ops.where(x > 0, x, 0.2 * x))


def same_leak_as_an_activation_object():
    return _functional(leak=lambda _n: layers.Activation(layers.LeakyReLU(0.2)))


def same_leak_shared():
    leak = layers.LeakyReLU(0.2)
    return _functional(leak=lambda _n: leak)


def same_leaks_fused():
    return keras.Sequential(
        [
            layers.Dense(392, activation=layers.LeakyReLU(0.2)),
            layers.Reshape((7, 7, -1)),
            layers.Conv2DTranspose(
                16, 4, strides=2, padding="same", activation=keras.activations.leaky_relu
            ),
            layers.Conv2DTranspose(1, (4, 4), (2, 2), "same", activation="sigmoid"),
        ]
    )


def same_leak_after_the_reshape():
    latent = keras.Input(shape=(128,))
    x = layers.Reshape((7, 7, 8))(layers.Dense(7 * 7 * 8)(latent))
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="leaky_relu")(x)
    x = layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid")(x)
    return keras.Model(latent, x)


def same_reshape_by_operation():
    return _functional(shape=lambda: lambda x: ops.reshape(x, (-1, 7, 7, 8)))


def same_reshape_in_two_steps():
    return _sequential(
        shape=lambda: keras.Sequential([layers.Reshape((49, 8)), layers.Reshape((7, 7, 8))])
    )


def same_reshape_with_a_guess():
    return _sequential(shape=lambda: layers.Reshape(target_shape=[-1, 7, 8]))


def same_settings_spelled_out():
    return _sequential(
        kernel=(4, 4),
        strides=[2, 2],
        output_padding=None,
        dilation_rate=1,
        data_format="channels_last",
        use_bias=True,
    )


def same_sigmoid_as_layer():
    return keras.Sequential([*_stack(last=None), layers.Activation("sigmoid")])


def same_sigmoid_as_operation():
    latent = keras.Input(shape=(128,))
    return keras.Model(latent, ops.sigmoid(_called(_stack(last=None), latent)))


def same_sigmoid_as_function():
    return _sequential(last=keras.ops.sigmoid)


class _Up(layers.Layer):
    def __init__(self, filters, activation, **kwargs):
        super().__init__(**kwargs)
        self.settings = {"filters": filters, "activation": activation}
        self.up = layers.Conv2DTranspose(
            filters, 4, strides=2, padding="same", activation=activation
        )

    def call(self, x):
        return self.up(x)

    def get_config(self):
        return {**super().get_config(), **self.settings}


def _of_blocks():
    return keras.Sequential(
        [
            keras.Input(shape=(128,)),
            layers.Dense(7 * 7 * 8, activation="leaky_relu"),
            layers.Reshape((7, 7, 8)),
            _Up(16, "leaky_relu"),
            _Up(1, "sigmoid"),
        ]
    )


def same_blocks_as_layers():
    return _of_blocks()


def same_blocks_as_layers_reloaded():
    return reloaded(_of_blocks(), _Up=_Up)


def same_seed_and_upsampling_as_models():
    made = _stack()
    return keras.Sequential([keras.Sequential(made[:3]), keras.Sequential(made[3:])])


class _Generator(keras.Model):
    def __init__(self):
        super().__init__()
        self.up_2 = layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid")
        self.up_1 = layers.Conv2DTranspose(16, 4, strides=2, padding="same")
        self.shape = layers.Reshape((7, 7, 8))
        self.leak = layers.LeakyReLU(negative_slope=0.2)
        self.dense = layers.Dense(7 * 7 * 8)

    def call(self, latent, training=None):
        x = self.shape(self.leak(self.dense(latent)))
        return self.up_2(self.leak(self.up_1(x)))


def same_subclassed():
    return _Generator()


def same_subclassed_and_called():
    model = _Generator()
    model(keras.random.normal((2, 128)))
    return model


class _ReshapedToTheBatch(_Generator):
    def call(self, latent):
        x = self.leak(self.dense(latent))
        x = ops.reshape(x, (ops.shape(x)[0], 7, 7, 8))
        return self.up_2(self.leak(self.up_1(x)))


def same_subclassed_and_reshaped_to_the_batch():
    model = _ReshapedToTheBatch()
    model(keras.random.normal((2, 128)))
    return model


class _Listed(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = _stack()

    def call(self, latent):
        return _called(self.stack, latent)


def same_subclassed_with_a_list():
    return _Listed()


class _Gan(keras.Model):
    """A whole GAN that generates when it is called."""

    def __init__(self):
        super().__init__()
        self.generator = _sequential()
        self.discriminator = keras.Sequential(
            [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(1)]
        )

    def call(self, latent):
        return self.generator(latent)


def same_generator_of_a_gan():
    return _Gan().generator


def other_gan_with_its_discriminator():
    """unused-layer"""
    return _Gan()


def other_slope():
    """wrong-setting leak_1"""
    return _sequential(leak=lambda n: layers.LeakyReLU(0.3, name=f"leak_{n}"))


def other_relu():
    """wrong-setting leak_1"""
    return _sequential(leak=lambda n: layers.ReLU(name=f"leak_{n}"))


def other_one_leak():
    """missing-activation up_1"""
    return _sequential(
        leak=lambda n: layers.LeakyReLU(0.2) if n == 1 else layers.Activation("linear")
    )


def other_tanh():
    """wrong-activation up_2"""
    return _sequential(last="tanh")


def other_logits():
    """logits up_2"""
    return _sequential(last=None)


def other_kernel():
    """wrong-setting up_1"""
    return _sequential(kernel=3)


def other_filters():
    """wrong-setting up_1"""
    return _sequential(filters=32)


def other_padding():
    """wrong-setting up_1"""
    return _sequential(padding="valid")


def other_no_bias():
    """wrong-setting up_1"""
    return _sequential(use_bias=False)


def other_latent():
    """wrong-input-shape latent"""
    return _sequential(latent=100)


def other_shape():
    """wrong-setting shape"""
    return _sequential(shape=lambda: layers.Reshape((8, 7, 7), name="shape"))


def other_no_transposition():
    """replaced-layer up_1"""
    return _sequential(up=layers.Conv2D)


def other_upsampled():
    """surplus-layer"""
    return keras.Sequential(
        [
            keras.Input((128,)),
            *_stack()[:3],
            layers.UpSampling2D(2),
            layers.Conv2D(16, 4, padding="same", activation="leaky_relu"),
            layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
        ]
    )


def other_normalised():
    """surplus-layer norm"""
    return _sequential(between=[layers.BatchNormalization(name="norm")])


def other_dropout():
    """surplus-layer drop"""
    return _sequential(between=[layers.Dropout(0.3, name="drop")])
