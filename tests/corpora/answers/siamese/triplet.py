"""One encoder called on three images, and two squared distances."""

import keras
from keras import layers, ops


def _encoder(units=(32, 8), hidden="relu", last=None):
    image = keras.Input((64,))
    x = layers.Dense(units[0], activation=hidden, name="mine")(image)
    return keras.Model(image, layers.Dense(units[1], activation=last, name="code")(x))


def _squared(a, b):
    return ops.sum(ops.square(a - b), axis=1, keepdims=True)


def _images(names=("anchor", "positive", "negative")):
    return [keras.Input(shape=(64,), name=name) for name in names]


def _triplet(encoder=None, measure=_squared, pairs=((0, 1), (0, 2)), called=None, images=None):
    encoder = encoder or _encoder()
    images = images or _images()
    codes = [(called or encoder)(image) for image in images]
    outputs = [measure(codes[one], codes[other]) for one, other in pairs]
    return encoder, keras.Model(images, outputs)


class _Encoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.code = layers.Dense(8)
        self.hidden = layers.Dense(32, activation="relu")

    def call(self, image):
        return self.code(self.hidden(image))


def right_step_by_step():
    encoder = keras.Sequential(
        [keras.Input(shape=(64,)), layers.Dense(32, activation="relu"), layers.Dense(8)]
    )
    anchor = keras.Input(shape=(64,), name="anchor")
    positive = keras.Input(shape=(64,), name="positive")
    negative = keras.Input(shape=(64,), name="negative")
    a, p, n = encoder(anchor), encoder(positive), encoder(negative)
    near = ops.sum(ops.square(a - p), axis=1, keepdims=True)
    far = ops.sum(ops.square(a - n), axis=1, keepdims=True)
    return encoder, keras.Model([anchor, positive, negative], [near, far])


def right_functional():
    return _triplet()


def right_keyword_arguments():
    encoder, images = _encoder(), _images()
    a, p, n = map(encoder, images)
    return encoder, keras.Model(inputs=images, outputs=[_squared(a, p), _squared(a, n)])


def right_difference_the_other_way_round():
    return _triplet(pairs=((1, 0), (2, 0)))


def right_power():
    return _triplet(measure=lambda a, b: ops.sum((a - b) ** 2, axis=1, keepdims=True))


def right_product():
    return _triplet(measure=lambda a, b: ops.sum((a - b) * (a - b), axis=-1, keepdims=True))


def right_dot_product():
    def measure(a, b):
        difference = layers.Subtract()([a, b])
        return layers.Dot(axes=1)([difference, difference])

    return _triplet(measure=measure)


def right_last_axis_restored():
    return _triplet(
        measure=lambda a, b: ops.expand_dims(ops.sum(ops.square(a - b), axis=1), axis=-1)
    )


def right_reshaped():
    return _triplet(measure=lambda a, b: layers.Reshape((1,))(ops.sum(ops.square(a - b), axis=1)))


def right_subtract_layer():
    return _triplet(
        measure=lambda a, b: ops.sum(ops.square(layers.subtract([a, b])), axis=-1, keepdims=True)
    )


def right_relu_as_a_layer():
    encoder = keras.Sequential([keras.Input((64,)), layers.Dense(32), layers.ReLU()])
    encoder.add(layers.Dense(8))
    return _triplet(encoder)


def right_stack_built_later():
    return _triplet(keras.Sequential([layers.Dense(32, "relu"), layers.Dense(8)]))


def right_subclassed_encoder():
    return _triplet(_Encoder())


def right_layers_of_the_encoder():
    encoder = _encoder()
    hidden, code = encoder.layers[1:]
    return _triplet(encoder, called=lambda image: code(hidden(image)))


def right_anchor_encoded_for_each_distance():
    encoder, (a, p, n) = _encoder(), _images()
    near, far = _squared(encoder(a), encoder(p)), _squared(encoder(a), encoder(n))
    return encoder, keras.Model([a, p, n], [near, far])


def wrong_three_encoders():
    "All three images must go through “encoder” itself"
    copies = [_encoder() for _image in range(3)]
    each = iter(copies)
    return _triplet(copies[0], called=lambda image: next(each)(image))


def wrong_new_encoder_for_the_network():
    "All three images must go through “encoder” itself"
    return _triplet(called=_encoder())


def wrong_encoder_cloned():
    "made once and called three times."
    encoder = _encoder()
    return _triplet(encoder, called=keras.models.clone_model(encoder))


def wrong_root():
    "You took the root. The squared distance is asked for."
    return _triplet(measure=lambda a, b: ops.sqrt(_squared(a, b)))


def wrong_from_the_positive():
    "The second distance should start from the anchor as well: anchor and negative."
    return _triplet(pairs=((0, 1), (1, 2)))


def wrong_relu_last():
    "ReLU on the last layer of the encoder cuts the code at 0. No activation is asked for there."
    return _triplet(_encoder(last="relu"))


def wrong_order_of_outputs():
    "The outputs are right, but listed in another order than asked for."
    return _triplet(pairs=((0, 2), (0, 1)))


def wrong_absolute():
    "is asked for"
    return _triplet(measure=lambda a, b: ops.sum(ops.abs(a - b), axis=1, keepdims=True))


def wrong_mean():
    "is of type Mean; Sum is asked for here."
    return _triplet(measure=lambda a, b: ops.mean(ops.square(a - b), axis=1, keepdims=True))


def wrong_no_axis_kept():
    "but (1,) is asked for."
    return _triplet(measure=lambda a, b: ops.sum(ops.square(a - b), axis=1))


def wrong_hidden_units():
    "“mine”: units is 16, but 32 is asked for."
    return _triplet(_encoder(units=(16, 8)))


def wrong_code_units():
    "“code”: units is 16, but 8 is asked for."
    return _triplet(_encoder(units=(32, 16)))


def wrong_no_relu():
    "“mine” has no activation; relu is asked for."
    return _triplet(_encoder(hidden=None))


def wrong_names():
    "No layer is named “negative”."
    return _triplet(images=_images(("anchor", "positive", "other")))


def wrong_one_distance():
    "The model has 1 output(s), but 2 are asked for."
    return _triplet(pairs=((0, 1),))
