"""Two signatures, one encoder, the absolute difference, one probability."""

import keras
from keras import layers, ops


def make_encoder(units=16, activation=None, filters=8, relu="relu"):
    """The given function, with settings for the wrong answers."""
    image = keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(filters, 3, activation=relu)(image)
    x = layers.Flatten()(x)
    return keras.Model(image, layers.Dense(units, activation=activation)(x))


def _images(names=("signature_a", "signature_b"), shape=(8, 8, 1)):
    return [keras.Input(shape=shape, name=name) for name in names]


def _absolute(a, b):
    return ops.abs(a - b)


def _verifier(encode=None, compare=_absolute, last=None, images=None):
    images = images or _images()
    encode = encode or make_encoder()
    last = last or layers.Dense(1, activation="sigmoid")
    return keras.Model(images, last(compare(*map(encode, images))))


class _Verifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.differ = layers.Dense(1, activation="sigmoid")
        self.code = layers.Dense(16)
        self.flat = layers.Flatten()
        self.strokes = layers.Conv2D(8, 3, activation="relu")

    def encode(self, image):
        return self.code(self.flat(self.strokes(image)))

    def call(self, images):
        a, b = images
        return self.differ(ops.absolute(self.encode(a) - self.encode(b)))


class _Absolute(layers.Layer):
    def call(self, a, b):
        return ops.abs(a - b)


def right_draft_mended():
    signature_a = keras.Input(shape=(8, 8, 1), name="signature_a")
    signature_b = keras.Input(shape=(8, 8, 1), name="signature_b")
    encoder = make_encoder()
    difference = ops.abs(encoder(signature_a) - encoder(signature_b))
    differ = layers.Dense(1, activation="sigmoid")(difference)
    return keras.Model([signature_a, signature_b], differ)


def right_python_abs():
    return _verifier(compare=lambda a, b: abs(a - b))


def right_other_way_round():
    return _verifier(compare=lambda a, b: ops.abs(b - a))


def right_subtract_layer():
    return _verifier(compare=lambda a, b: ops.absolute(layers.Subtract()([a, b])))


def right_subtract_function():
    return _verifier(compare=lambda a, b: ops.abs(ops.subtract(a, b)))


def right_larger_minus_smaller():
    return _verifier(compare=lambda a, b: ops.maximum(a, b) - ops.minimum(a, b))


def right_largest_of_both_differences():
    return _verifier(compare=lambda a, b: layers.maximum([a - b, b - a]))


def right_custom_layer():
    return _verifier(compare=_Absolute())


def right_encoder_as_a_stack():
    encode = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(8, (3, 3), activation="relu"),
            layers.Flatten(),
            layers.Dense(16),
        ]
    )
    return _verifier(encode)


def right_encoder_built_later():
    conv = layers.Conv2D(8, 3)
    return _verifier(keras.Sequential([conv, layers.ReLU(), layers.Flatten(), layers.Dense(16)]))


def right_layers_called_twice():
    conv, flat, dense = layers.Conv2D(8, 3, activation="relu"), layers.Flatten(), layers.Dense(16)
    return _verifier(lambda image: dense(flat(conv(image))))


def right_layers_called_twice_with_two_flattens():
    conv, dense = layers.Conv2D(8, 3), layers.Dense(16)
    return _verifier(lambda image: dense(layers.Flatten()(ops.relu(conv(image)))))


def right_sigmoid_as_a_layer():
    return _verifier(last=lambda x: layers.Activation("sigmoid")(layers.Dense(1)(x)))


def right_sigmoid_as_an_operation():
    return _verifier(last=lambda x: ops.sigmoid(layers.Dense(1)(x)))


def right_named_layers():
    return _verifier(last=layers.Dense(1, activation=keras.activations.sigmoid, name="differ"))


def right_subclass_in_a_graph():
    images = _images()
    return keras.Model(images, _Verifier()(images))


def right_b_listed_first():
    a, b = _images()
    encode = make_encoder()
    differ = layers.Dense(1, activation="sigmoid")(ops.abs(encode(a) - encode(b)))
    return keras.Model([b, a], differ)


def wrong_two_encoders():
    "Each call of make_encoder makes a new encoder: the two signatures are seen with different"
    return _verifier(lambda image: make_encoder()(image))


def wrong_second_encoder_with_the_same_weights():
    "Call it once, and use its result twice."
    first, second = make_encoder(), make_encoder()
    second.set_weights(first.get_weights())
    each = iter([first, second])
    return _verifier(lambda image: next(each)(image))


def wrong_only_the_last_layer_shared():
    "one shared layer is asked for."
    dense = layers.Dense(16)
    return _verifier(
        lambda image: dense(layers.Flatten()(layers.Conv2D(8, 3, activation="relu")(image)))
    )


def wrong_no_absolute_value():
    "Without the absolute value, exchanging the two signatures changes the answer."
    return _verifier(compare=lambda a, b: a - b)


def wrong_softmax():
    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
    return _verifier(last=layers.Dense(1, activation="softmax"))


def wrong_squared():
    "You square the difference. Its absolute value is asked for"
    return _verifier(compare=lambda a, b: ops.square(a - b))


def wrong_concatenated():
    "You concatenate the two codes. Then the order of the signatures counts"
    return _verifier(compare=lambda a, b: layers.concatenate([a, b]))


def wrong_no_activation():
    "“differ” is an output and has no activation, so it gives logits; sigmoid is asked for."
    return _verifier(last=layers.Dense(1, name="differ"))


def wrong_tanh_in_the_encoder():
    "applies tanh, but no activation is asked for here."
    return _verifier(make_encoder(activation="tanh"))


def wrong_units():
    "units is 8, but 16 is asked for."
    return _verifier(make_encoder(units=8))


def wrong_filters():
    "filters is 16, but 8 is asked for."
    return _verifier(make_encoder(filters=16))


def wrong_no_relu():
    "has no activation; relu is asked for."
    return _verifier(make_encoder(relu=None))


def wrong_names():
    "An input is named “other”; “signature_b” is asked for."
    return _verifier(images=_images(("signature_a", "other")))


def wrong_shape():
    "“signature_a” has shape (28, 28, 1), but (8, 8, 1) is asked for."

    def encode(image):
        return flat(conv(image))

    conv = layers.Conv2D(8, 3, activation="relu")
    flat = keras.Sequential([layers.Flatten(), layers.Dense(16)])
    return _verifier(encode, images=_images(shape=(28, 28, 1)))


def wrong_distance_of_the_whole():
    "“mean” (Mean) is one layer too many"
    return _verifier(compare=lambda a, b: ops.mean(ops.abs(a - b), axis=1, keepdims=True))


def wrong_function():
    "A Keras model is expected here, but this is of type function."
    return make_encoder


def wrong_tensor():
    "A Keras model is expected here, but this is of type KerasTensor."
    return _verifier().output
