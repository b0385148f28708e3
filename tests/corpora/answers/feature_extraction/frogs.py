"""Two new layers on the trunk of the given model, of which one layer alone is frozen."""

import keras
import numpy as np
from keras import layers, ops


def _birds():
    """The given model, new for each answer."""
    sound = keras.Input(shape=(64, 8), name="sound")
    chirps = layers.Conv1D(16, 5, activation="relu", name="chirps")(sound)
    phrases = layers.Conv1D(32, 3, activation="relu", name="phrases")(chirps)
    song = layers.GlobalMaxPooling1D(name="song")(phrases)
    species = layers.Dense(20, activation="softmax", name="species")(song)
    return keras.Model(sound, species, name="birds")


def _frozen(names=("chirps",)):
    birds = _birds()
    for name in names:
        birds.get_layer(name).trainable = False
    return birds


def _head(song, units=12, hidden="relu", last="softmax", answers=4):
    return layers.Dense(answers, activation=last)(layers.Dense(units, activation=hidden)(song))


def _graft(birds, head=_head, cut="song"):
    return birds, keras.Model(birds.input, head(birds.get_layer(cut).output))


class _Frogs(keras.Model):
    def __init__(self, birds):
        super().__init__()
        self.frog = layers.Dense(4, activation="softmax")
        self.croaks = layers.Dense(12, activation="relu")
        self.trunk = [birds.get_layer(name) for name in ("chirps", "phrases", "song")]

    def call(self, sound):
        for layer in self.trunk:
            sound = layer(sound)
        return self.frog(self.croaks(sound))


def right_graft():
    return _graft(_frozen())


def right_frozen_afterwards():
    birds, frogs = _graft(_birds())
    birds.get_layer("chirps").trainable = False
    return birds, frogs


def right_frozen_through_the_new_model():
    birds, frogs = _graft(_birds())
    frogs.layers[1].trainable = False
    return birds, frogs


def right_all_frozen_then_thawed():
    birds = _birds()
    birds.trainable = False
    birds.trainable = True
    birds.layers[1].trainable = False
    return _graft(birds)


def right_loop_over_layers():
    birds = _birds()
    for layer in birds.layers:
        layer.trainable = layer.name != "chirps"
    return _graft(birds)


def right_by_number():
    birds = _birds()
    birds.layers[1].trainable = False
    return birds, keras.Model(birds.inputs, _head(birds.layers[3].output))


def right_what_species_reads():
    birds = _frozen()
    return birds, keras.Model(birds.input, _head(birds.get_layer("species").input))


def right_trunk_as_a_model():
    birds = _frozen()
    trunk = keras.Model(birds.input, birds.get_layer("song").output)
    sound = keras.Input((64, 8))
    return birds, keras.Model(sound, _head(trunk(sound)))


def right_trunk_in_a_stack():
    birds = _frozen()
    trunk = keras.Model(birds.input, birds.get_layer("song").output)
    head = layers.Dense(12, activation="relu"), layers.Dense(4, activation="softmax")
    return birds, keras.Sequential([trunk, *head])


def right_stack_of_its_layers():
    birds = _frozen()
    head = layers.Dense(12, "relu"), layers.Dense(4, "softmax")
    return birds, keras.Sequential([keras.Input((64, 8)), *birds.layers[1:4], *head])


def right_layers_called_anew():
    birds = _frozen()
    x = sound = keras.Input((64, 8))
    for name in ("chirps", "phrases", "song"):
        x = birds.get_layer(name)(x)
    return birds, keras.Model(sound, _head(x))


def right_pooling_of_its_own():
    birds = _frozen()
    song = layers.GlobalMaxPooling1D()(birds.get_layer("phrases").output)
    return birds, keras.Model(birds.input, _head(song))


def right_pooling_as_an_operation():
    birds = _frozen()
    song = ops.max(birds.get_layer("phrases").output, axis=1)
    return birds, keras.Model(birds.input, _head(song))


def right_activations_as_layers():
    def head(song):
        return layers.Softmax()(layers.Dense(4)(layers.ReLU()(layers.Dense(12)(song))))

    return _graft(_frozen(), head)


def right_activations_as_operations():
    def head(song):
        return ops.softmax(layers.Dense(4)(ops.relu(layers.Dense(12)(song))))

    return _graft(_frozen(), head)


def right_head_as_a_model():
    head = keras.Sequential([layers.Dense(12, "relu"), layers.Dense(4, "softmax")])
    return _graft(_frozen(), head)


def right_subclass():
    birds = _frozen()
    return birds, _Frogs(birds)


def right_subclass_called():
    birds = _frozen()
    frogs = _Frogs(birds)
    frogs(np.zeros((1, 64, 8), "float32"))
    return birds, frogs


def right_compiled():
    birds, frogs = _graft(_frozen())
    frogs.compile("adam", "sparse_categorical_crossentropy")
    return birds, frogs


def wrong_nothing_frozen():
    "Nothing is frozen: “chirps” would learn as well."
    return _graft(_birds())


def wrong_phrases_frozen_too():
    "“phrases” is frozen, too. Only “chirps” is to keep what it has learned."
    return _graft(_frozen(("chirps", "phrases")))


def wrong_all_of_birds_frozen():
    "All of “birds” is frozen. Only “chirps” is to be."
    birds = _birds()
    birds.trainable = False
    return _graft(birds)


def wrong_everything_frozen():
    "Everything is frozen, your new layers included: nothing could learn."
    birds, frogs = _graft(_birds())
    frogs.trainable = False
    return birds, frogs


def wrong_the_other_one_frozen():
    "It is the other way round: “chirps” is to be frozen, and “phrases” is to learn."
    return _graft(_frozen(("phrases",)))


def wrong_old_head_frozen():
    "“species” is frozen (trainable=False), but its weights should be trained."
    return _graft(_frozen(("chirps", "species")))


def wrong_cut_after_the_old_head():
    "Your model starts from the old head “species”"
    return _graft(_frozen(), cut="species")


def wrong_birds_called():
    "Cut at “song”."
    birds = _frozen()
    sound = keras.Input((64, 8))
    return birds, keras.Model(sound, _head(birds(sound)))


def wrong_rebuilt():
    "These are not the layers of “birds” but new ones, which have learned nothing."
    return _frozen(), _graft(_frozen())[1]


def wrong_cloned():
    "These are not the layers of “birds” but new ones"
    birds = _frozen()
    return birds, _graft(keras.models.clone_model(birds))[1]


def wrong_no_softmax():
    "The last layer has no softmax."
    return _graft(_frozen(), lambda song: _head(song, last=None))


def wrong_sigmoid():
    "uses the sigmoid activation; softmax is asked for."
    return _graft(_frozen(), lambda song: _head(song, last="sigmoid"))


def wrong_hidden_without_activation():
    "has no activation; relu is asked for."
    return _graft(_frozen(), lambda song: _head(song, hidden=None))


def wrong_hidden_missing():
    "A layer is missing after “song”: Dense."
    return _graft(_frozen(), layers.Dense(4, activation="softmax"))


def wrong_size_of_hidden():
    "units is 16, but 12 is asked for."
    return _graft(_frozen(), lambda song: _head(song, units=16))


def wrong_five_answers():
    "has shape (5,), but (4,) is asked for."
    return _graft(_frozen(), lambda song: _head(song, answers=5))


def wrong_dropout_more():
    "(Dropout) is one layer too many"
    return _graft(_frozen(), lambda song: _head(layers.Dropout(0.5)(song)))


def wrong_average():
    "is of type GlobalAveragePooling1D; GlobalMaxPooling1D is asked for here."
    birds = _frozen()
    song = layers.GlobalAveragePooling1D()(birds.get_layer("phrases").output)
    return birds, keras.Model(birds.input, _head(song))
