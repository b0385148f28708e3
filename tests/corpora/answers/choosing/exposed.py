"""The ornithologist's class as a graph with two outputs: the species and the features."""

import keras
from keras import layers, ops


class _Listener(keras.Model):
    """As it is given."""

    def __init__(self):
        super().__init__(name="listener")
        self.species = layers.Dense(7, activation="softmax", name="species")
        self.features = layers.Dense(12, activation="tanh", name="features")
        self.steps = [
            layers.Dense(24, activation="relu", name=f"step_{number}") for number in (1, 2)
        ]
        self.entry = layers.Dense(24, activation="relu", name="entry")


def _graph(
    skips=True, shared=False, early=False, twice=False, activation="tanh", steps=2, last="softmax"
):
    song = keras.Input((40,), name="song")
    x = layers.Dense(24, activation="relu", name="entry")(song)
    known = [layers.Dense(24, activation="relu", name=f"step_{i + 1}") for i in range(steps)]
    for step in known:
        stepped = (known[0] if shared else step)(x)
        x = layers.add([x, stepped]) if skips else stepped
    features = layers.Dense(12, activation=activation, name="features")
    other = layers.Dense(12, activation=activation, name="others") if twice else features
    species = layers.Dense(7, activation=last, name="species")(features(x))
    return keras.Model(song, [species, x if early else other(x)])


def right_graph():
    song = keras.Input((40,), name="song")
    entry = layers.Dense(24, activation="relu", name="entry")(song)
    once = layers.add([entry, layers.Dense(24, activation="relu", name="step_1")(entry)])
    again = layers.add([once, layers.Dense(24, activation="relu", name="step_2")(once)])
    features = layers.Dense(12, activation="tanh", name="features")(again)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, [species, features], name="exposed")


def right_loop_and_plus():
    song = x = keras.Input((40,))
    x = layers.Dense(24, "relu", name="entry")(x)
    for number in (1, 2):
        x = x + layers.Dense(24, "relu", name=f"step_{number}")(x)
    features = layers.Dense(12, "tanh", name="features")(x)
    return keras.Model(song, [layers.Dense(7, "softmax", name="species")(features), features])


def right_step_first_in_the_sum():
    song = keras.Input((40,))
    x = layers.Dense(24, activation="relu", name="entry")(song)
    for number in range(1, 3):
        step = layers.Dense(24, activation="relu", name=f"step_{number}")
        x = layers.Add()([step(x), x])
    features = layers.Dense(12, activation="tanh", name="features")(x)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, [species, features])


def right_ops_add():
    song = keras.Input((40,))
    x = layers.Dense(24, activation="relu", name="entry")(song)
    x = ops.add(x, layers.Dense(24, activation="relu", name="step_1")(x))
    x = ops.add(x, layers.Dense(24, activation="relu", name="step_2")(x))
    features = layers.Dense(12, activation="tanh", name="features")(x)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, (species, features))


def right_cut():
    whole = _graph()
    graph = keras.Model(whole.input, whole.output[0])
    return keras.Model(graph.input, [graph.output, graph.get_layer("features").output])


def right_layers_of_the_class():
    given, song = _Listener(), keras.Input((40,))
    x = given.entry(song)
    for step in given.steps:
        x += step(x)
    features = given.features(x)
    return keras.Model(song, [given.species(features), features])


def right_class_traced():
    class Both(_Listener):
        def call(self, song):
            x = self.entry(song)
            for step in self.steps:
                x = x + step(x)
            features = self.features(x)
            return self.species(features), features

    song = keras.Input((40,), name="song")
    return keras.Model(song, Both().call(song))


def right_class_with_two_outputs():
    class Both(_Listener):
        def call(self, song):
            x = self.entry(song)
            for step in self.steps:
                x = x + step(x)
            features = self.features(x)
            return [self.species(features), features]

    return Both()


def right_another_class():
    class Ear(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.entry = layers.Dense(24, activation="relu", name="entry")
            self.one = layers.Dense(24, activation="relu", name="step_1")
            self.two = layers.Dense(24, activation="relu", name="step_2")
            self.features = layers.Dense(12, activation="tanh", name="features")
            self.species = layers.Dense(7, activation="softmax", name="species")

        def call(self, inputs):
            x = self.entry(inputs)
            x = ops.add(x, self.one(x))
            x = ops.add(x, self.two(x))
            features = self.features(x)
            return self.species(features), features

    ear = Ear()
    ear(ops.zeros((2, 40)))
    return ear


def right_made_with_a_function():
    def dense(units, activation, name):
        return layers.Dense(units, activation=activation, name=name)

    song = keras.Input((40,))
    x = dense(24, "relu", "entry")(song)
    for name in ("step_1", "step_2"):
        x = layers.add([x, dense(24, "relu", name)(x)])
    features = dense(12, "tanh", "features")(x)
    return keras.Model(song, [dense(7, "softmax", "species")(features), features])


def right_named_outputs():
    song = keras.Input((40,))
    x = layers.Dense(24, activation="relu", name="entry")(song)
    for number in (1, 2):
        x = layers.add([x, layers.Dense(24, activation="relu", name=f"step_{number}")(x)])
    features = layers.Dense(12, activation="tanh", name="features")(x)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, {"species": species, "features": features})


def right_compiled():
    model = _graph()
    model.compile("adam", ["sparse_categorical_crossentropy", None])
    return model


def right_cloned():
    return keras.models.clone_model(_graph())


def wrong_no_additions():
    """The additions are lost: each step adds what it computes to what came in"""
    return _graph(skips=False)


def wrong_one_step_twice():
    """You use one step twice. The class has two steps, each with weights of its own."""
    return _graph(shared=True)


def wrong_one_layer_too_early():
    """it should be taken from features"""
    return _graph(early=True)


def wrong_two_layers_of_features():
    """You have two “features” layers. A single one must serve both outputs: take its result for
    the second output, and go on from it to the species."""
    return _graph(twice=True)


def wrong_relu_features():
    """“features” should use tanh, as in the class."""
    return _graph(activation="relu")


def wrong_one_step():
    """A layer is missing"""
    return _graph(steps=1)


def wrong_logits():
    """“species” has no activation: the class gives probabilities, with softmax."""
    return _graph(last=None)


def wrong_one_output():
    """output"""
    whole = _graph()
    return keras.Model(whole.input, whole.output[0])


def wrong_features_only():
    """output"""
    whole = _graph()
    return keras.Model(whole.input, whole.output[1])


def wrong_names():
    """step_1"""
    song = keras.Input((40,))
    x = layers.Dense(24, activation="relu")(song)
    for _number in (1, 2):
        x = layers.add([x, layers.Dense(24, activation="relu")(x)])
    features = layers.Dense(12, activation="tanh", name="features")(x)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, [species, features])


def wrong_input():
    """40"""
    song = keras.Input((24,))
    x = layers.Dense(24, activation="relu", name="entry")(song)
    for number in (1, 2):
        x = layers.add([x, layers.Dense(24, activation="relu", name=f"step_{number}")(x)])
    features = layers.Dense(12, activation="tanh", name="features")(x)
    species = layers.Dense(7, activation="softmax", name="species")(features)
    return keras.Model(song, [species, features])


def wrong_three_steps():
    """nothing asks for"""
    return _graph(steps=3)
