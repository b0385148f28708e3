"""A yes-or-no head on the frozen layers of the given model, cut before its old head."""

import keras
import numpy as np
from keras import layers, ops


def _botanist(frozen=True):
    """The given model, new for each answer."""
    leaf = keras.Input(shape=(20, 20, 3), name="leaf")
    veins = layers.Conv2D(8, 3, activation="relu", name="veins")(leaf)
    blade = layers.GlobalAveragePooling2D(name="blade")(veins)
    traits = layers.Dense(16, activation="relu", name="traits")(blade)
    plant = layers.Dense(30, activation="softmax", name="plant")(traits)
    botanist = keras.Model(leaf, plant, name="botanist")
    if frozen:
        botanist.trainable = False
    return botanist


def _head(traits, rate=0.3, last="sigmoid", units=1):
    return layers.Dense(units, activation=last)(layers.Dropout(rate)(traits))


def _graft(botanist=None, head=_head, cut="traits"):
    botanist = botanist or _botanist()
    return botanist, keras.Model(botanist.input, head(botanist.get_layer(cut).output))


class _Sick(keras.Model):
    def __init__(self, botanist):
        super().__init__()
        self.answer = layers.Dense(1, activation="sigmoid")
        self.drop = layers.Dropout(0.3)
        self.known = keras.Model(botanist.input, botanist.get_layer("traits").output)

    def call(self, leaf):
        return self.answer(self.drop(self.known(leaf)))


def right_draft_mended():
    botanist = _botanist()
    dropped = layers.Dropout(0.3)(botanist.get_layer("traits").output)
    return botanist, keras.Model(
        botanist.input, layers.Dense(1, activation="sigmoid")(dropped), name="sick"
    )


def right_frozen_layer_by_layer():
    botanist = _botanist(frozen=False)
    for layer in botanist.layers:
        layer.trainable = False
    return _graft(botanist)


def right_frozen_afterwards():
    botanist, sick = _graft(_botanist(frozen=False))
    botanist.trainable = False
    return botanist, sick


def right_all_frozen_then_the_head_thawed():
    botanist, sick = _graft(_botanist(frozen=False))
    botanist.trainable = False
    for layer in sick.layers[:-1]:
        layer.trainable = False
    sick.layers[-1].trainable = True
    return botanist, sick


def right_by_number():
    botanist = _botanist()
    return botanist, keras.Model(botanist.inputs, _head(botanist.layers[-2].output))


def right_what_plant_reads():
    botanist = _botanist()
    return botanist, keras.Model(botanist.input, _head(botanist.get_layer("plant").input))


def right_trunk_as_a_model():
    botanist = _botanist()
    trunk = keras.Model(botanist.input, botanist.get_layer("traits").output)
    leaf = keras.Input((20, 20, 3))
    return botanist, keras.Model(leaf, _head(trunk(leaf)))


def right_trunk_frozen_as_well():
    botanist = _botanist()
    trunk = keras.Model(botanist.input, botanist.get_layer("traits").output)
    trunk.trainable = False
    return botanist, keras.Sequential(
        [trunk, layers.Dropout(0.3), layers.Dense(1, activation="sigmoid")]
    )


def right_trunk_called_in_inference_mode():
    botanist = _botanist()
    trunk = keras.Model(botanist.input, botanist.get_layer("traits").output)
    leaf = keras.Input((20, 20, 3))
    return botanist, keras.Model(leaf, _head(trunk(leaf, training=False)))


def right_stack_of_its_layers():
    botanist = _botanist()
    head = layers.Dropout(0.3), layers.Dense(1, "sigmoid")
    return botanist, keras.Sequential([keras.Input((20, 20, 3)), *botanist.layers[1:-1], *head])


def right_layers_called_anew():
    botanist = _botanist()
    x = leaf = keras.Input((20, 20, 3))
    for name in ("veins", "blade", "traits"):
        x = botanist.get_layer(name)(x)
    return botanist, keras.Model(leaf, _head(x))


def right_pooling_of_its_own():
    botanist = _botanist()
    blade = ops.mean(botanist.get_layer("veins").output, axis=(1, 2))
    traits = botanist.get_layer("traits")(blade)
    return botanist, keras.Model(botanist.input, _head(traits))


def right_sigmoid_as_a_layer():
    def head(traits):
        return layers.Activation("sigmoid")(layers.Dense(1)(layers.Dropout(0.3)(traits)))

    return _graft(head=head)


def right_sigmoid_as_an_operation():
    return _graft(head=lambda traits: ops.sigmoid(layers.Dense(1)(layers.Dropout(0.3)(traits))))


def right_head_as_a_stack():
    return _graft(head=keras.Sequential([layers.Dropout(rate=0.3), layers.Dense(1, "sigmoid")]))


def right_dropout_with_a_seed():
    def head(traits):
        dropped = layers.Dropout(0.3, seed=7, name="rest")(traits)
        return layers.Dense(1, activation=keras.activations.sigmoid, name="sick")(dropped)

    return _graft(head=head)


def right_subclass():
    botanist = _botanist()
    return botanist, _Sick(botanist)


def right_subclass_called():
    botanist = _botanist()
    sick = _Sick(botanist)
    sick(np.zeros((1, 20, 20, 3), "float32"))
    return botanist, sick


def wrong_clone():
    "a clone, or layers built anew, have not learned what it knows."
    botanist = _botanist()
    return botanist, _graft(keras.models.clone_model(botanist))[1]


def wrong_rebuilt():
    "Start from “botanist” itself."
    return _botanist(), _graft()[1]


def wrong_clone_with_weights():
    "The layers are not those of “botanist”"
    botanist = _botanist()
    clone = keras.models.clone_model(botanist)
    clone.set_weights(botanist.get_weights())
    return botanist, _graft(clone)[1]


def wrong_old_head():
    "Your model still goes through the old head “plant”."
    return _graft(cut="plant")


def wrong_botanist_called():
    "The description stops at “traits”."
    botanist = _botanist()
    leaf = keras.Input((20, 20, 3))
    return botanist, keras.Model(leaf, _head(botanist(leaf)))


def wrong_everything_frozen():
    "The whole new model is frozen, its last layer included: it could never learn."
    botanist, sick = _graft()
    sick.trainable = False
    return botanist, sick


def wrong_nothing_frozen():
    "Nothing is frozen: a few examples would spoil what “botanist” has learned."
    return _graft(_botanist(frozen=False))


def wrong_only_one_layer_frozen():
    "can be trained, but its weights should be frozen."
    botanist = _botanist(frozen=False)
    botanist.get_layer("veins").trainable = False
    return _graft(botanist)


def wrong_old_head_not_frozen():
    "“plant” can be trained, but its weights should be frozen."
    botanist = _botanist(frozen=False)
    for name in ("veins", "traits"):
        botanist.get_layer(name).trainable = False
    return _graft(botanist)


def wrong_no_dropout():
    "The Dropout of 0.3 is missing."
    return _graft(head=layers.Dense(1, activation="sigmoid"))


def wrong_softmax():
    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
    return _graft(head=lambda traits: _head(traits, last="softmax"))


def wrong_no_activation():
    "has no activation, so it gives logits; sigmoid is asked for."
    return _graft(head=lambda traits: _head(traits, last=None))


def wrong_rate():
    "rate is 0.5, but 0.3 is asked for."
    return _graft(head=lambda traits: _head(traits, rate=0.5))


def wrong_dropout_at_the_end():
    "(Dropout) is at the wrong place in the chain of layers."
    return _graft(
        head=lambda traits: layers.Dropout(0.3)(layers.Dense(1, activation="sigmoid")(traits))
    )


def wrong_two_answers():
    "has shape (2,), but (1,) is asked for."
    return _graft(head=lambda traits: _head(traits, units=2))


def wrong_draft():
    "The layers are not those of “botanist”"
    botanist = _botanist()
    base = keras.models.clone_model(botanist)
    draft = keras.Model(base.input, _head(base.output))
    draft.trainable = False
    return botanist, draft
