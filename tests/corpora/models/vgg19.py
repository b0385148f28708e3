"""All that VGG19 computes on the way, for images of 32 x 32: 21 outputs, 20 million weights."""

import keras
from keras import layers, ops

BLOCKS = ((64, 2), (128, 2), (256, 4), (512, 4), (512, 4))  # filters, convolutions


def _vgg(**settings):
    settings = {"weights": None, "include_top": False, "input_shape": (32, 32, 3), **settings}
    return keras.applications.VGG19(**settings)


def _features(vgg, chosen=slice(1, None)):
    return keras.Model(vgg.inputs, [layer.output for layer in vgg.layers[chosen]])


def reference():
    return _features(_vgg())


def _conv(filters, name):
    return [layers.Conv2D(filters, 3, padding="same", activation="relu", name=name)]


def _conv_and_relu(filters, name):
    return [layers.Conv2D(filters, 3, padding="same", name=name), layers.ReLU()]


def _steps(blocks=BLOCKS, conv=_conv, pool=layers.MaxPooling2D):
    """Lists of layers; the last of each gives an output."""
    for number, (filters, count) in enumerate(blocks, 1):
        for index in range(1, count + 1):
            yield conv(filters, f"block{number}_conv{index}")
        yield [pool(2, name=f"block{number}_pool")]


def _built(**settings):
    x = image = keras.Input(shape=(32, 32, 3))
    outputs = []
    for steps in _steps(**settings):
        for step in steps:
            x = step(x)
        outputs.append(x)
    return keras.Model(image, outputs)


def same_from_names():
    vgg = _vgg()
    names = [layer.name for layer in vgg.layers if "block" in layer.name]
    return keras.Model(vgg.input, [vgg.get_layer(name).output for name in names])


def same_of_a_clone():
    return _features(keras.models.clone_model(_vgg()))


def same_of_its_configuration():
    return _features(keras.Model.from_config(_vgg().get_config()))


def same_with_its_own_input():
    return _features(_vgg(input_shape=None, input_tensor=keras.Input(shape=(32, 32, 3))))


def same_part_of_the_whole():
    vgg = _vgg(include_top=True, classes=2)
    return _features(vgg, slice(1, -4))


def same_written_out():
    return _built()


def same_relu_layers():
    return _built(conv=_conv_and_relu)


def same_relu_operations():
    return _built(
        conv=lambda filters, name: [layers.Conv2D(filters, (3, 3), padding="same"), ops.relu]
    )


def same_pools_spelled_out():
    return _built(
        pool=lambda size, name: layers.MaxPooling2D((size, size), strides=(2, 2), padding="valid")
    )


def same_sequential():
    flat = [step for steps in _steps() for step in steps]
    vgg = keras.Sequential([keras.Input(shape=(32, 32, 3)), *flat])
    return keras.Model(vgg.inputs, [layer.output for layer in vgg.layers])


class _Features(keras.Model):
    def __init__(self):
        super().__init__()
        self.steps = [step for (step,) in _steps()]

    def call(self, image):
        found, x = [], image
        for step in self.steps:
            x = step(x)
            found.append(x)
        return found


def same_subclassed():
    return _Features()


def same_around_an_extractor():
    features = _features(_vgg())
    image = keras.Input(shape=(32, 32, 3))
    return keras.Model(image, features(image))


def same_tuple():
    vgg = _vgg()
    return keras.Model(vgg.inputs, tuple(layer.output for layer in vgg.layers[1:]))


def other_vgg16():
    """output-count"""
    settings = {"weights": None, "include_top": False, "input_shape": (32, 32, 3)}
    return _features(keras.applications.VGG16(**settings))


def other_image_too():
    """output-count"""
    return _features(_vgg(), slice(None))


def other_filters():
    """wrong-setting block4_conv1"""
    return _built(blocks=(*BLOCKS[:3], (256, 4), BLOCKS[4]))


def other_average():
    """replaced-layer block1_pool"""
    return _built(pool=layers.AveragePooling2D)


def other_frozen():
    """frozen block1_conv1"""
    vgg = _vgg()
    vgg.trainable = False
    return _features(vgg)


def other_order():
    """output-order"""
    model = _built(conv=lambda filters, name: _conv(filters, None))
    return keras.Model(model.inputs, model.outputs[::-1])
