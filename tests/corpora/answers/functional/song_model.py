"""Two inputs, a dense layer of 16 for each, concatenated, then one probability."""

import keras
import numpy as np
from keras import layers, ops


def _inputs(names=("audio", "lyrics"), sizes=(40, 60)):
    return [keras.Input((size,), name=name) for size, name in zip(sizes, names, strict=True)]


def _song(
    merge=layers.concatenate,
    branch=lambda name: layers.Dense(16, "relu", name=name),
    last=lambda x: layers.Dense(1, "sigmoid", name="played")(x),
    **asked,
):
    """``merge`` joins what one ``branch`` makes of each input; ``last`` gives the answer."""
    inputs = _inputs(**asked)
    parts = [branch(name)(x) for name, x in zip(("sound", "words"), inputs, strict=True)]
    return keras.Model(inputs, last(merge(parts)))


def _dense(units=16, activation="relu", **more):
    return lambda name: layers.Dense(units, activation, name=name, **more)


def _last(units=1, activation="sigmoid", **more):
    return layers.Dense(units, activation, name="played", **more)


class _Song(keras.Model):
    def __init__(self):
        super().__init__()
        self.played = layers.Dense(1, activation="sigmoid")
        self.join = layers.Concatenate()
        self.words = layers.Dense(16, activation="relu")
        self.sound = layers.Dense(16, activation="relu")

    def answer(self, audio, lyrics):
        return self.played(self.join([self.sound(audio), self.words(lyrics)]))


class _OfTwo(_Song):
    def call(self, audio, lyrics):
        return self.answer(audio, lyrics)


class _OfList(_Song):
    def call(self, inputs):
        audio, lyrics = inputs
        return self.answer(audio, lyrics)


class _OfNames(_Song):
    def call(self, inputs):
        return self.answer(inputs["audio"], inputs["lyrics"])


def right_step_by_step():
    audio = keras.Input(shape=(40,), name="audio")
    lyrics = keras.Input(shape=(60,), name="lyrics")
    x1 = layers.Dense(16, activation="relu")(audio)
    x2 = layers.Dense(16, activation="relu")(lyrics)
    x = layers.Concatenate()([x1, x2])
    out = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs=[audio, lyrics], outputs=out)


def right_merged_by_a_function():
    return _song()


def right_merged_along_an_axis():
    return _song(merge=layers.Concatenate(axis=1))


def right_merged_by_stacking():
    return _song(merge=ops.hstack)


def right_merged_by_an_operation():
    return _song(merge=lambda parts: ops.concatenate(parts, axis=-1))


def right_lyrics_made_first():
    lyrics, audio = _inputs(("lyrics", "audio"), (60, 40))
    words = layers.Dense(16, activation="relu")(lyrics)
    both = layers.concatenate([layers.Dense(16, activation="relu")(audio), words])
    return keras.Model([audio, lyrics], layers.Dense(1, activation="sigmoid")(both))


def right_lyrics_listed_first():
    audio, lyrics = _inputs()
    both = layers.concatenate([layers.Dense(16, "relu")(audio), layers.Dense(16, "relu")(lyrics)])
    return keras.Model([lyrics, audio], layers.Dense(1, "sigmoid")(both))


def right_inputs_in_a_dictionary():
    inputs = {x.name: x for x in _inputs()}
    parts = [layers.Dense(16, "relu")(inputs[name]) for name in ("audio", "lyrics")]
    return keras.Model(inputs, layers.Dense(1, "sigmoid")(layers.Concatenate()(parts)))


def right_activations_as_layers():
    def branch(name):
        return lambda x: layers.Activation("relu")(layers.Dense(16, name=name)(x))

    return _song(branch=branch, last=lambda x: layers.Activation("sigmoid")(_last(1, None)(x)))


def right_activations_as_functions():
    return _song(
        branch=lambda name: lambda x: keras.activations.relu(layers.Dense(16)(x)),
        last=lambda x: ops.sigmoid(layers.Dense(1)(x)),
    )


def right_relu_once_for_both():
    return _song(branch=_dense(activation=None), last=lambda x: _last()(layers.ReLU()(x)))


def right_stacks_as_branches():
    return _song(branch=lambda name: keras.Sequential([layers.Dense(16, "relu")], name=name))


def right_models_as_branches():
    audio, lyrics = _inputs()
    parts = []
    for x in (audio, lyrics):
        inside = keras.Input(x.shape[1:])
        parts.append(keras.Model(inside, layers.Dense(16, "relu")(inside))(x))
    head = keras.Sequential([layers.Dense(1), layers.Activation("sigmoid")])
    return keras.Model([audio, lyrics], head(layers.concatenate(parts)))


def right_whole_model_inside():
    audio, lyrics = _inputs()
    return keras.Model((audio, lyrics), _song()([audio, lyrics]))


def right_subclass_of_two():
    return _OfTwo()


def right_subclass_of_a_list():
    return _OfList()


def right_subclass_of_a_list_called():
    model = _OfList()
    model([np.zeros((2, 40)), np.zeros((2, 60))])
    return model


def right_subclass_of_names():
    return _OfNames()


def right_subclass_of_names_called():
    model = _OfNames()
    model({"audio": ops.ones((3, 40)), "lyrics": ops.ones((3, 60))})
    return model


def right_functional_inside_a_class():
    class Model(keras.Model):
        def __init__(self, **more):
            audio, lyrics = _inputs()
            super().__init__([audio, lyrics], _song()([audio, lyrics]), **more)

    return Model(name="song_model")


def right_compiled():
    model = _song()
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def wrong_added():
    "You add the two descriptions. A sum mixes them for good"
    return _song(merge=layers.Add())


def wrong_added_by_operator():
    "You add the two descriptions."
    return _song(merge=lambda parts: parts[0] + parts[1])


def wrong_no_branches():
    "The two inputs are concatenated as they are."
    return _song(branch=lambda name: layers.Identity())


def wrong_lyrics_first():
    "Audio comes first in the concatenation, then the lyrics."
    return _song(merge=lambda parts: layers.concatenate(parts[::-1]))


def wrong_no_sigmoid():
    "The output has no activation: it can be any number. A probability needs a sigmoid."
    return _song(last=_last(activation=None))


def wrong_softmax():
    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
    return _song(last=_last(activation="softmax"))


def wrong_relu_at_the_end():
    "“played” uses the relu activation; sigmoid is asked for."
    return _song(last=_last(activation="relu"))


def wrong_tanh():
    "“sound” uses the tanh activation; relu is asked for."
    return _song(branch=_dense(activation="tanh"))


def wrong_no_relu():
    "“sound” has no activation; relu is asked for."
    return _song(branch=_dense(activation=None))


def wrong_units():
    "“sound”: units is 32, but 16 is asked for."
    return _song(branch=_dense(32))


def wrong_units_of_the_lyrics():
    "“words”: units is 24, but 16 is asked for."
    return _song(branch=lambda name: layers.Dense({"words": 24}.get(name, 16), "relu", name=name))


def wrong_lyrics_without_branch():
    "A layer is missing after “lyrics”: Dense."
    return _song(branch=lambda name: _dense()(name) if name == "sound" else layers.Identity())


def wrong_branches_of_two_layers():
    "(Dense) is one layer too many: nothing asks for it here."
    return _song(branch=lambda name: keras.Sequential([_dense()(name), layers.Dense(16, "relu")]))


def wrong_dense_after_the_merge():
    "“more” (Dense) is one layer too many: nothing asks for it here."
    return _song(last=lambda x: _last()(layers.Dense(16, "relu", name="more")(x)))


def wrong_dropout():
    "“drop” (Dropout) is one layer too many"
    return _song(last=lambda x: _last()(layers.Dropout(0.3, name="drop")(x)))


def wrong_multiplied():
    "“mix” is of type Multiply; Concatenate is asked for here."
    return _song(merge=layers.Multiply(name="mix"))


def wrong_averaged():
    "“mix” is of type Average; Concatenate is asked for here."
    return _song(merge=layers.Average(name="mix"))


def wrong_no_names():
    "“audio” is asked for."
    return _song(names=(None, None))


def wrong_one_name():
    "An input is named “lyric”; “lyrics” is asked for."
    return _song(names=("audio", "lyric"))


def wrong_capitals():
    "An input is named “Audio”; “audio” is asked for."
    return _song(names=("Audio", "Lyrics"))


def wrong_names_swapped():
    "Input “audio” has shape (60,), but (40,) is asked for."
    return _song(sizes=(60, 40))


def wrong_one_size_for_both():
    "Input “lyrics” has shape (40,), but (60,) is asked for."
    return _song(sizes=(40, 40))


def wrong_branch_shared():
    "“both” is used in several places and shares its weights; separate layers are asked for."
    shared = _dense()("both")
    return _song(branch=lambda name: shared, sizes=(40, 40))


def wrong_two_answers():
    "The model has 2 output(s), but 1 are asked for."
    return _song(merge=list, last=lambda parts: [layers.Dense(1, "sigmoid")(x) for x in parts])


def wrong_concatenated_twice():
    "A layer is missing after “lyrics”: Dense."
    audio, lyrics = _inputs()
    sound = _dense()("sound")(audio)
    _dense()("words")(lyrics)
    return keras.Model([audio, lyrics], _last()(layers.concatenate([sound, sound])))


def wrong_the_class():
    "A Keras model is expected here, but this is of type type."
    return _OfList


def wrong_one_input():
    "The model has 1 input(s), but 2 are asked for."
    return keras.Sequential([keras.Input((40,)), layers.Dense(1, activation="sigmoid")])
