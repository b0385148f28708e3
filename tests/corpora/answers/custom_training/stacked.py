"""A generator and a frozen discriminator, stacked: both given models, and the answer."""

import keras
from keras import layers


def _given():
    noise = keras.Input(shape=(16,), name="noise")
    sketch = layers.Dense(40, activation="leaky_relu", name="sketch")(noise)
    drawn = layers.Dense(64, activation="sigmoid", name="drawn")(sketch)
    forger = keras.Model(noise, drawn, name="forger")

    picture = keras.Input(shape=(64,), name="picture")
    clues = layers.Dense(30, activation="leaky_relu", name="clues")(picture)
    score = layers.Dense(1, name="score")(clues)
    return forger, keras.Model(picture, score, name="judge")


def _frozen():
    forger, judge = _given()
    judge.trainable = False
    return forger, judge


def right_on_the_output():
    forger, judge = _frozen()
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def right_on_a_new_input():
    forger, judge = _frozen()
    noise = keras.Input(shape=(16,))
    return forger, judge, keras.Model(noise, judge(forger(noise)), name="gan")


def right_sequential():
    forger, judge = _frozen()
    return forger, judge, keras.Sequential([forger, judge])


def right_sequential_with_an_input():
    forger, judge = _frozen()
    return forger, judge, keras.Sequential([keras.Input((16,)), forger, judge])


def right_added_one_by_one():
    forger, judge = _frozen()
    model = keras.Sequential()
    model.add(forger)
    model.add(judge)
    return forger, judge, model


def right_frozen_layer_by_layer():
    forger, judge = _given()
    for layer in judge.layers:
        layer.trainable = False
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def right_frozen_afterwards():
    forger, judge = _given()
    stacked = keras.Model(forger.input, judge(forger.output))
    judge.trainable = False
    return forger, judge, stacked


def right_layer_by_layer():
    forger, judge = _frozen()
    x = forger.output
    for layer in judge.layers[1:]:
        x = layer(x)
    return forger, judge, keras.Model(forger.input, x)


def right_all_the_layers_in_a_row():
    forger, judge = _frozen()
    row = [*forger.layers[1:], *judge.layers[1:]]
    return forger, judge, keras.Sequential([keras.Input((16,)), *row])


class _Stacked(keras.Model):
    def __init__(self, forger, judge):
        super().__init__()
        self.judge, self.forger = judge, forger

    def call(self, noise):
        return self.judge(self.forger(noise))


def right_subclassed():
    forger, judge = _frozen()
    stacked = _Stacked(forger, judge)
    stacked(keras.random.normal((1, 16)))
    return forger, judge, stacked


def right_compiled_and_trained():
    forger, judge = _frozen()
    stacked = keras.Model(forger.input, judge(forger.output))
    stacked.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    noise = keras.random.normal((4, 16))
    stacked.fit(noise, keras.ops.ones((4, 1)), verbose=0)
    return forger, judge, stacked


def right_judge_compiled_before():
    forger, judge = _given()
    judge.compile("adam", "mse")
    judge.trainable = False
    return forger, judge, keras.Model(forger.inputs, judge(forger.outputs[0]))


def right_input_with_a_name():
    forger, judge = _frozen()
    seed = keras.Input(shape=(16,), name="seed", dtype="float32")
    made = forger(seed, training=None)
    return forger, judge, keras.Model(inputs=seed, outputs=judge(made))


def wrong_nothing_frozen():
    """Nothing is frozen: training “stacked” would teach the judge to be fooled."""
    forger, judge = _given()
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def wrong_forger_frozen():
    """You froze the forger. It is the judge that must not learn here."""
    forger, judge = _given()
    forger.trainable = False
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def wrong_both_frozen():
    """Both models are frozen: nothing could learn."""
    forger, judge = _frozen()
    forger.trainable = False
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def wrong_stack_frozen():
    """Both models are frozen: nothing could learn."""
    forger, judge = _given()
    stacked = keras.Model(forger.input, judge(forger.output))
    stacked.trainable = False
    return forger, judge, stacked


def wrong_copy():
    """Your judge is a copy with weights of its own"""
    forger, judge = _given()
    copy = keras.models.clone_model(judge)
    copy.trainable = False
    return forger, judge, keras.Model(forger.input, copy(forger.output))


def wrong_sigmoid():
    """You return the score after a sigmoid. The judge’s own score is asked for."""
    forger, judge = _frozen()
    score = keras.ops.sigmoid(judge(forger.output))
    return forger, judge, keras.Model(forger.input, score)


def wrong_half_frozen():
    """“score” can be trained, but its weights should be frozen."""
    forger, judge = _given()
    judge.layers[1].trainable = False
    return forger, judge, keras.Model(forger.input, judge(forger.output))


def wrong_copied_forger():
    """weights"""
    forger, judge = _frozen()
    copy = keras.models.clone_model(forger)
    return forger, judge, keras.Model(copy.input, judge(copy.output))


def wrong_only_the_picture():
    """64"""
    forger, judge = _frozen()
    return forger, judge, keras.Model(forger.input, forger.output)


def wrong_only_the_judge():
    """64"""
    forger, judge = _frozen()
    return forger, judge, judge


def wrong_clues():
    """30"""
    forger, judge = _frozen()
    clues = judge.get_layer("clues")(forger.output)
    return forger, judge, keras.Model(forger.input, clues)


def wrong_picture_and_score():
    """output"""
    forger, judge = _frozen()
    outputs = [forger.output, judge(forger.output)]
    return forger, judge, keras.Model(forger.input, outputs)


def wrong_list():
    """A Keras model is expected here, but this is of type list."""
    forger, judge = _frozen()
    return forger, judge, [forger, judge]
