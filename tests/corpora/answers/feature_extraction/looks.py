"""Maps of two layers and the means of one, from the given model's own layers."""

import keras
import numpy as np
from keras import layers, ops


def _eye():
    """The given model, new for each answer."""
    picture = keras.Input(shape=(16, 16, 1), name="picture")
    edges = layers.Conv2D(8, 3, activation="relu", name="edges")(picture)
    halved = layers.MaxPooling2D(2, name="halved")(edges)
    parts = layers.Conv2D(16, 3, activation="relu", name="parts")(halved)
    flat = layers.Flatten(name="flat")(parts)
    sign = layers.Dense(6, activation="softmax", name="sign")(flat)
    return keras.Model(picture, sign, name="eye")


def _average(maps):
    return layers.GlobalAveragePooling2D()(maps)


def _looks(outputs, used=None):
    """The given model, and one with these of its tensors as outputs."""
    eye = _eye()
    used = used(eye) if used else eye
    return eye, keras.Model(used.input, outputs(lambda name: used.get_layer(name).output))


def _with_mean(mean):
    return _looks(lambda of: [of("edges"), of("parts"), mean(of("parts"))])


class _Looks(keras.Model):
    def __init__(self, eye):
        super().__init__()
        self.means = layers.GlobalAveragePooling2D()
        self.parts, self.halved = eye.get_layer("parts"), eye.get_layer("halved")
        self.edges = eye.get_layer("edges")

    def call(self, picture):
        edges = self.edges(picture)
        parts = self.parts(self.halved(edges))
        return [edges, parts, self.means(parts)]


def right_by_name():
    return _with_mean(_average)


def right_by_number():
    eye = _eye()
    parts = eye.layers[3].output
    return eye, keras.Model(eye.input, [eye.layers[1].output, parts, _average(parts)])


def right_by_what_the_next_layer_reads():
    return _looks(lambda of: [of("edges"), of("parts"), _average(of("parts"))])


def right_inputs_of_the_next_layers():
    eye = _eye()
    edges, parts = eye.get_layer("halved").input, eye.get_layer("flat").input
    return eye, keras.Model(eye.inputs, [edges, parts, _average(parts)])


def right_tuple():
    return _looks(lambda of: (of("edges"), of("parts"), _average(of("parts"))))


def right_mean_as_an_operation():
    return _with_mean(lambda maps: ops.mean(maps, axis=(1, 2)))


def right_mean_axis_by_axis():
    return _with_mean(lambda maps: ops.mean(ops.mean(maps, axis=1), axis=1))


def right_mean_of_reshaped_maps():
    return _with_mean(lambda maps: layers.GlobalAveragePooling1D()(layers.Reshape((25, 16))(maps)))


def right_mean_by_pooling():
    return _with_mean(lambda maps: layers.Flatten()(layers.AveragePooling2D(5)(maps)))


def right_sum_divided():
    return _with_mean(lambda maps: ops.sum(maps, axis=(1, 2)) / 25)


def right_layers_called_anew():
    eye = _eye()
    picture = keras.Input((16, 16, 1))
    edges = eye.get_layer("edges")(picture)
    parts = eye.get_layer("parts")(eye.get_layer("halved")(edges))
    return eye, keras.Model(picture, [edges, parts, _average(parts)])


def right_pooling_of_its_own():
    eye = _eye()
    picture = keras.Input((16, 16, 1))
    edges = eye.get_layer("edges")(picture)
    parts = eye.get_layer("parts")(layers.MaxPooling2D()(edges))
    return eye, keras.Model(picture, [edges, parts, _average(parts)])


def right_loop():
    eye = _eye()
    maps = [eye.get_layer(name).output for name in ("edges", "parts")]
    return eye, keras.Model(inputs=eye.input, outputs=[*maps, _average(maps[-1])], name="looks")


def right_model_of_a_model():
    eye, maps = _looks(lambda of: [of("edges"), of("parts")])
    picture = keras.Input((16, 16, 1))
    edges, parts = maps(picture)
    return eye, keras.Model(picture, [edges, parts, _average(parts)])


def right_subclass():
    eye = _eye()
    return eye, _Looks(eye)


def right_subclass_called():
    eye = _eye()
    looks = _Looks(eye)
    looks(np.zeros((1, 16, 16, 1), "float32"))
    return eye, looks


def right_named_mean():
    return _with_mean(layers.GlobalAveragePooling2D(name="means"))


def wrong_rebuilt():
    "Your layers look right but are new ones, with weights of their own"
    return _eye(), right_by_name()[1]


def wrong_cloned():
    "they do not see what “eye” sees. Take the tensors of “eye” itself."
    return _looks(
        lambda of: [of("edges"), of("parts"), _average(of("parts"))], keras.models.clone_model
    )


def wrong_cloned_with_weights():
    "Your layers look right but are new ones"

    def copied(eye):
        clone = keras.models.clone_model(eye)
        clone.set_weights(eye.get_weights())
        return clone

    return _looks(lambda of: [of("edges"), of("parts"), _average(of("parts"))], copied)


def wrong_halved():
    "This is the output of “halved”, not of “edges”"
    return _looks(lambda of: [of("halved"), of("parts"), _average(of("parts"))])


def wrong_maximum():
    "You took the maximum of each map. The mean is asked for."
    return _with_mean(layers.GlobalMaxPooling2D())


def wrong_mean_of_edges():
    "The mean is asked for of the maps of “parts”, not of those of “edges”."
    return _looks(lambda of: [of("edges"), of("parts"), _average(of("edges"))])


def wrong_order():
    "The maps of “edges” come first, then those of “parts”."
    return _looks(lambda of: [of("parts"), of("edges"), _average(of("parts"))])


def wrong_two_outputs():
    "The model has 2 output(s), but 3 are asked for."
    return _looks(lambda of: [of("edges"), of("parts")])


def wrong_flat():
    "has shape (400,), but (16,) is asked for."
    return _with_mean(layers.Flatten())


def wrong_mean_over_maps():
    "has shape (5, 5), but (16,) is asked for."
    return _with_mean(lambda maps: ops.mean(maps, axis=-1))


def wrong_kept_axes():
    "has shape (1, 1, 16), but (16,) is asked for."
    return _with_mean(layers.GlobalAveragePooling2D(keepdims=True))


def wrong_frozen():
    "is frozen (trainable=False), but its weights should be trained."
    eye, looks = right_by_name()
    looks.trainable = False
    return eye, looks


def wrong_activation_again():
    "but no activation is asked for here."
    return _with_mean(lambda maps: layers.Activation("tanh")(_average(maps)))


def wrong_eye_itself():
    "The model has 1 output(s), but 3 are asked for."
    eye = _eye()
    return eye, eye


def wrong_numbers():
    "A Keras model is expected here, but this is of type list."
    eye, looks = right_by_name()
    return eye, looks(np.zeros((1, 16, 16, 1)))
