"""A recurrent layer written as a loop over time, on batches of 16 with 10 steps of 5 numbers."""

import keras
import numpy as np
from keras import layers, ops


class CustomRNN(layers.Layer):
    """``steps`` are the places that each step reads; ``join`` makes one tensor of all features."""

    def __init__(self, units=32, activation="tanh", bias=True, classes=1, last="sigmoid", **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.project_1 = layers.Dense(units, activation=activation, name="project_1")
        self.project_2 = layers.Dense(units, use_bias=bias, name="project_2")
        self.classifier = layers.Dense(classes, activation=last, name="classifier")

    def start(self, inputs):
        return ops.zeros((inputs.shape[0], self.units))

    def steps(self, inputs):
        return [inputs[:, t, :] for t in range(inputs.shape[1])]

    def step(self, x, state):
        return self.project_1(x) + self.project_2(state)

    def join(self, features):
        return ops.stack(features, axis=1)

    def call(self, inputs):
        state = self.start(inputs)
        features = []
        for x in self.steps(inputs):
            state = self.step(x, state)
            features.append(state)
        return self.classifier(self.join(features))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def _functional(layer=CustomRNN, **settings):
    inputs = keras.Input(batch_shape=(16, 10, 5), name="series")
    return keras.Model(inputs, layer(**settings)(inputs))


def reference():
    return _functional()


class _WrittenOut(layers.Layer):
    """The same in one piece, as it stands in a lesson."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.classifier = layers.Dense(1, activation="sigmoid")
        self.project_2 = layers.Dense(32)
        self.project_1 = layers.Dense(32, activation="tanh")

    def call(self, inputs):
        state = ops.zeros(shape=(inputs.shape[0], 32))
        outputs = []
        for t in range(inputs.shape[1]):
            h = self.project_1(inputs[:, t, :])
            y = h + self.project_2(state)
            state = y
            outputs.append(y)
        features = ops.stack(outputs, axis=1)
        print(features.shape)
        return self.classifier(features)


def same_written_out():
    return _functional(_WrittenOut)


class _ShortSlices(CustomRNN):
    def steps(self, inputs):
        return [inputs[:, t] for t in range(10)]


def same_short_slices():
    return _functional(_ShortSlices)


class _Unstacked(CustomRNN):
    def steps(self, inputs):
        return ops.unstack(inputs, axis=1)


def same_unstacked():
    return _functional(_Unstacked)


class _Taken(CustomRNN):
    def steps(self, inputs):
        return [ops.take(inputs, t, axis=1) for t in range(inputs.shape[1])]


def same_taken():
    return _functional(_Taken)


class _Squeezed(CustomRNN):
    def steps(self, inputs):
        return [ops.squeeze(inputs[:, t : t + 1], axis=1) for t in range(inputs.shape[1])]


def same_squeezed():
    return _functional(_Squeezed)


class _Split(CustomRNN):
    def steps(self, inputs):
        return [ops.reshape(x, (16, 5)) for x in ops.split(inputs, 10, axis=1)]


def same_split():
    return _functional(_Split)


class _StartLikeTheFirst(CustomRNN):
    def start(self, inputs):
        return ops.zeros_like(self.project_1(inputs[:, 0]))


def same_start_like_the_first():
    return _functional(_StartLikeTheFirst)


class _StartOfShape(CustomRNN):
    def start(self, inputs):
        return ops.zeros((ops.shape(inputs)[0], self.units), dtype="float32")


def same_start_of_shape():
    return _functional(_StartOfShape)


class _StartOfOneRow(CustomRNN):
    def start(self, inputs):
        return ops.zeros((1, self.units))


def same_start_of_one_row():
    return _functional(_StartOfOneRow)


class _JoinedAtTheEnd(CustomRNN):
    def join(self, features):
        return ops.stack(features, axis=-2)


def same_stacked_before_the_last_axis():
    return _functional(_JoinedAtTheEnd)


class _Concatenated(CustomRNN):
    def join(self, features):
        return ops.concatenate([ops.expand_dims(f, 1) for f in features], axis=1)


def same_concatenated():
    return _functional(_Concatenated)


class _Transposed(CustomRNN):
    def join(self, features):
        return ops.transpose(ops.stack(features), (1, 0, 2))


def same_transposed():
    return _functional(_Transposed)


class _AddedOtherwise(CustomRNN):
    def step(self, x, state):
        return ops.add(self.project_2(state), self.project_1(x))


def same_added_otherwise():
    return _functional(_AddedOtherwise)


class _AddLayer(CustomRNN):
    def step(self, x, state):
        return layers.add([self.project_1(x), self.project_2(state)])


def same_added_by_a_layer():
    return _functional(_AddLayer)


class _TanhAfterwards(CustomRNN):
    def __init__(self, **kwargs):
        super().__init__(activation=None, last=None, **kwargs)

    def step(self, x, state):
        return ops.tanh(self.project_1(x)) + self.project_2(state)

    def call(self, inputs):
        return keras.activations.sigmoid(super().call(inputs))


def same_activations_as_operations():
    return _functional(_TanhAfterwards)


class _ClassifiedEach(CustomRNN):
    def join(self, features):
        return features

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.last = self.classifier
        self.classifier = lambda features: ops.stack([self.last(f) for f in features], axis=1)


def same_classified_step_by_step():
    return _functional(_ClassifiedEach)


class _ProjectedAtOnce(CustomRNN):
    def steps(self, inputs):
        return ops.unstack(self.project_1(inputs), axis=1)

    def step(self, h, state):
        return h + self.project_2(state)


def same_projected_at_once():
    return _functional(_ProjectedAtOnce)


class Cell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.project_1 = layers.Dense(units, activation="tanh")
        self.project_2 = layers.Dense(units)

    def call(self, x, state):
        return self.project_1(x) + self.project_2(state)


class _OfCells(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.cell = Cell(32)

    def call(self, inputs):
        state, features = ops.zeros((16, 32)), []
        for t in range(10):
            state = self.cell(inputs[:, t, :], state)
            features.append(state)
        return ops.stack(features, axis=1)


def same_cell_and_loop_apart():
    inputs = keras.Input(batch_shape=(16, 10, 5))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(_OfCells()(inputs)))


class KerasCell(layers.Layer):
    state_size = 32

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.project_1 = layers.Dense(32, activation="tanh")
        self.project_2 = layers.Dense(32)

    def build(self, input_shape):
        self.project_1.build(input_shape)
        self.project_2.build((input_shape[0], 32))

    def call(self, x, states):
        y = self.project_1(x) + self.project_2(states[0])
        return y, [y]


def same_cell_of_keras_rnn():
    inputs = keras.Input(batch_shape=(16, 10, 5))
    x = layers.RNN(KerasCell(), return_sequences=True)(inputs)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def _loop_in_the_graph(start):
    inputs = keras.Input(batch_shape=(16, 10, 5))
    project_1, project_2 = layers.Dense(32, activation="tanh"), layers.Dense(32)
    state, features = start(inputs), []
    for t in range(10):
        state = project_1(inputs[:, t, :]) + project_2(state)
        features.append(state)
    outputs = layers.Dense(1, activation="sigmoid")(ops.stack(features, axis=1))
    return keras.Model(inputs, outputs)


def same_loop_in_the_functional_graph():
    return _loop_in_the_graph(lambda x: ops.zeros_like(ops.tile(x[:, 0, :1], (1, 32))))


def same_sequential():
    return keras.Sequential([keras.Input(batch_shape=(16, 10, 5)), CustomRNN(name="rnn")])


class _Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = CustomRNN()

    def call(self, inputs):
        return self.rnn(inputs)


def same_subclassed():
    return _Net()


def same_subclassed_and_called():
    model = _Net()
    model(np.zeros((16, 10, 5), "float32"))
    return model


def other_units():
    """wrong-setting project_1"""
    return _functional(units=16)


def other_no_tanh():
    """missing-activation project_1"""
    return _functional(activation=None)


def other_relu():
    """wrong-activation project_1"""
    return _functional(activation="relu")


def other_logits():
    """logits classifier"""
    return _functional(last=None)


def other_no_bias():
    """wrong-setting project_2"""
    return _functional(bias=False)


def other_softmax():
    """wrong-activation classifier"""
    return _functional(last="softmax")


class _StartAtOne(CustomRNN):
    def start(self, inputs):
        return ops.ones((inputs.shape[0], self.units))


def other_start_at_one():
    """wrong-setting"""
    return _functional(_StartAtOne)


def other_loop_from_a_constant():
    """different-numbers"""
    return _loop_in_the_graph(lambda _x: ops.zeros((16, 32)))  # project_2 of it is never trained


class _StateForgotten(CustomRNN):
    def call(self, inputs):
        state = self.start(inputs)
        features = [self.step(x, state) for x in self.steps(inputs)]
        return self.classifier(self.join(features))


def other_state_never_updated():
    """different-numbers"""
    return _functional(_StateForgotten)


class _TanhOfTheSum(CustomRNN):
    def __init__(self, **kwargs):
        super().__init__(activation=None, **kwargs)

    def step(self, x, state):
        return ops.tanh(super().step(x, state))


def other_tanh_of_the_sum():
    """wrong-order"""
    return _functional(_TanhOfTheSum)


class _Backwards(CustomRNN):
    def steps(self, inputs):
        return super().steps(inputs)[::-1]


def other_backwards():
    """wrong-connection"""
    return _functional(_Backwards)


class _LastOnly(CustomRNN):
    def join(self, features):
        return features[-1]


def other_last_step_only():
    """missing-layer"""
    return _functional(_LastOnly)


class _NewLayers(CustomRNN):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.each = [layers.Dense(32, activation="tanh") for _ in range(10)]

    def call(self, inputs):
        state, features = self.start(inputs), []
        for project, x in zip(self.each, self.steps(inputs), strict=True):
            state = project(x) + self.project_2(state)
            features.append(state)
        return self.classifier(self.join(features))


def other_new_projection_each_step():
    """not-shared"""
    return _functional(_NewLayers)


def other_simple_rnn():
    """missing-layer"""
    inputs = keras.Input(batch_shape=(16, 10, 5))
    x = layers.SimpleRNN(32, return_sequences=True, name="rnn")(inputs)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def other_steps():
    """wrong-input-shape series"""
    inputs = keras.Input(batch_shape=(16, 20, 5), name="series")
    return keras.Model(inputs, CustomRNN()(inputs))
