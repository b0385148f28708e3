"""A small VGG that gives back all it computes on the way: six outputs."""

import keras
import numpy as np
from keras import layers, ops

from tests.corpus import reloaded

NAMES = ("block1_conv1", "block1_conv2", "block1_pool", "block2_conv1", "block2_conv2")
NAMES += ("block2_pool",)


def _stack(filters=(8, 16), activation="relu", pool=layers.MaxPooling2D, **conv):
    conv = {"padding": "same", "activation": activation, **conv}
    made = []
    for number, size in enumerate(filters, 1):
        made += [
            layers.Conv2D(size, 3, name=f"block{number}_conv1", **conv),
            layers.Conv2D(size, 3, name=f"block{number}_conv2", **conv),
            pool(2, name=f"block{number}_pool"),
        ]
    return made


def _one_by_one(steps, x):
    features = []
    for step in steps:
        x = step(x)
        features.append(x)
    return features


def _functional(chosen=slice(None), **settings):
    image = keras.Input(shape=(16, 16, 3), name="image")
    return keras.Model(image, _one_by_one(_stack(**settings), image)[chosen])


def _vgg():
    image = keras.Input(shape=(16, 16, 3), name="image")
    return keras.Model(image, _one_by_one(_stack(), image)[-1], name="vgg")


def reference():
    return _functional()


def same_from_the_layers_of_a_model():
    vgg = _vgg()
    return keras.Model(vgg.input, [layer.output for layer in vgg.layers[1:]])


def same_from_the_layers_of_a_sequential():
    vgg = keras.Sequential([keras.Input(shape=(16, 16, 3)), *_stack()])
    return keras.Model(vgg.inputs, [layer.output for layer in vgg.layers])


def same_from_the_names_of_layers():
    vgg = _vgg()
    return keras.Model(inputs=vgg.inputs, outputs=[vgg.get_layer(n).output for n in NAMES])


def same_from_what_is_no_input_layer():
    vgg = _vgg()
    kept = [x for x in vgg.layers if not isinstance(x, layers.InputLayer)]
    return keras.Model(vgg.input, [layer.output for layer in kept])


def same_without_names():
    image = keras.Input(shape=(16, 16, 3))
    a = layers.Conv2D(8, 3, activation="relu", padding="same")(image)
    b = layers.Conv2D(8, 3, activation="relu", padding="same")(a)
    c = layers.MaxPooling2D()(b)
    d = layers.Conv2D(16, 3, activation="relu", padding="same")(c)
    e = layers.Conv2D(16, 3, activation="relu", padding="same")(d)
    return keras.Model(image, [a, b, c, d, e, layers.MaxPooling2D()(e)])


def same_names_given_in_another_order():
    vgg = _vgg()
    return keras.Model(vgg.input, [vgg.get_layer(name).output for name in reversed(NAMES)])


def same_dictionary_of_outputs():
    vgg = _vgg()
    return keras.Model(vgg.input, {name: vgg.get_layer(name).output for name in NAMES})


def same_tuple_of_outputs():
    image = keras.Input(shape=(16, 16, 3))
    return keras.Model(image, tuple(_one_by_one(_stack(), image)))


def same_nested_outputs():
    image = keras.Input(shape=(16, 16, 3))
    features = _one_by_one(_stack(), image)
    return keras.Model(image, [features[:3], features[3:]])


def same_settings_spelled_out():
    return _functional(
        strides=1, padding="SAME", dilation_rate=(1, 1), data_format="channels_last", groups=1
    )


def _then(activation):
    """Convolutions whose activation is another step."""
    image = x = keras.Input(shape=(16, 16, 3))
    features = []
    for filters in (8, 16):
        for _ in range(2):
            x = activation(layers.Conv2D(filters, (3, 3), padding="same")(x))
            features.append(x)
        x = layers.MaxPool2D((2, 2), strides=2)(x)
        features.append(x)
    return keras.Model(image, features)


def same_relu_layers():
    return _then(lambda x: layers.ReLU()(x))


def same_activation_layers():
    return _then(lambda x: layers.Activation(keras.activations.relu)(x))


def same_relu_operations():
    return _then(ops.relu)


def same_one_relu_for_all():
    return _then(layers.ReLU())


def same_relu_by_maximum():
    return _then(lambda x: ops.maximum(x, 0.0))


def same_pool_by_operation():
    return _functional(pool=lambda size, name: lambda x: ops.max_pool(x, size))


def same_pool_by_reshaping():
    def pool(_size, name):
        def largest(x):
            _, height, width, channels = x.shape
            x = ops.reshape(x, (-1, height // 2, 2, width // 2, 2, channels))
            return ops.max(x, axis=(2, 4))

        return largest

    return _functional(pool=pool)


def same_padded_by_a_layer():
    image = x = keras.Input(shape=(16, 16, 3))
    features = []
    for filters in (8, 16):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, activation="relu")(layers.ZeroPadding2D(1)(x))
            features.append(x)
        x = layers.MaxPooling2D()(x)
        features.append(x)
    return keras.Model(image, features)


def same_with_identity_outputs():
    image = keras.Input(shape=(16, 16, 3))
    features = _one_by_one(_stack(), image)
    return keras.Model(image, [layers.Identity()(feature) for feature in features])


class Block(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.pool = layers.MaxPooling2D()
        self.convs = [
            layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(2)
        ]

    def call(self, x):
        return _one_by_one([*self.convs, self.pool], x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


def _of_blocks():
    image = keras.Input(shape=(16, 16, 3))
    first = Block(8)(image)
    return keras.Model(image, [*first, *Block(16)(first[-1])])


def same_blocks_as_layers():
    return _of_blocks()


def same_blocks_as_layers_reloaded():
    return reloaded(_of_blocks(), Block=Block)


def same_blocks_as_models():
    image, half = keras.Input(shape=(16, 16, 3)), keras.Input(shape=(8, 8, 8))
    made = _stack()
    first = keras.Model(image, _one_by_one(made[:3], image))
    second = keras.Model(half, _one_by_one(made[3:], half))
    start = keras.Input(shape=(16, 16, 3))
    features = first(start)
    return keras.Model(start, [*features, *second(features[-1])])


def same_extractor_inside_a_model():
    image = keras.Input(shape=(16, 16, 3))
    return keras.Model(image, _functional()(image))


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.pool = layers.MaxPooling2D(2)
        self.second = [layers.Conv2D(16, 3, padding="same", activation="relu") for _ in range(2)]
        self.first = [layers.Conv2D(8, 3, padding="same", activation="relu") for _ in range(2)]

    def call(self, x):
        return _one_by_one([*self.first, self.pool, *self.second, self.pool], x)


def same_subclassed():
    return _Net()


def same_subclassed_and_called():
    model = _Net()
    model(np.zeros((1, 16, 16, 3), "float32"))
    return model


class _OfDictionary(_Net):
    def call(self, x):
        return dict(zip(NAMES, super().call(x), strict=True))


def same_subclassed_with_a_dictionary():
    return _OfDictionary()


class _Extractor(keras.Model):
    def __init__(self):
        super().__init__()
        vgg = _vgg()
        self.features = keras.Model(vgg.input, [layer.output for layer in vgg.layers[1:]])

    def call(self, images, training=None):
        return self.features(images, training=training)


def same_subclass_around_an_extractor():
    return _Extractor()


def same_of_a_reloaded_model():
    vgg = reloaded(_vgg())
    return keras.Model(vgg.inputs, [layer.output for layer in vgg.layers[1:]])


def other_image_too():
    """output-count"""
    vgg = _vgg()
    return keras.Model(vgg.input, [layer.output for layer in vgg.layers])


def other_last_only():
    """output-count"""
    return _vgg()


def other_last_forgotten():
    """output-count"""
    return _functional(chosen=slice(0, 5))


def other_first_twice():
    """missing-layer"""
    image = keras.Input(shape=(16, 16, 3))
    features = _one_by_one(_stack(), image)
    return keras.Model(image, [features[0], *features[:-1]])


def other_order():
    """output-order"""
    image = keras.Input(shape=(16, 16, 3))
    features = _one_by_one(_stack(), image)
    return keras.Model(image, [layers.Identity()(feature) for feature in features[::-1]])


def other_before_the_activation():
    """wrong-output"""
    image = x = keras.Input(shape=(16, 16, 3))
    features = []
    for filters in (8, 16):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same")(x)
            features.append(x)
            x = layers.ReLU()(x)
        x = layers.MaxPooling2D()(x)
        features.append(x)
    return keras.Model(image, features)


def other_no_activation():
    """missing-activation block1_conv1"""
    return _functional(activation=None)


def other_filters():
    """wrong-setting block2_conv1"""
    return _functional(filters=(8, 32))


def other_padding():
    """wrong-setting block1_conv1"""
    return _functional(padding="valid")


def other_average():
    """replaced-layer block1_pool"""
    return _functional(pool=layers.AveragePooling2D)


def other_frozen():
    """frozen block1_conv1"""
    model = _functional()
    model.trainable = False
    return model


def other_pool_forgotten():
    """output-count"""
    image = keras.Input(shape=(16, 16, 3))
    first, second, _, *rest = _stack()
    return keras.Model(image, _one_by_one([first, second, *rest], image))
