"""Three experts of 20 -> Dense 1 sigmoid with weights of their own, averaged."""

import keras
import numpy as np
from keras import layers, ops


def _expert(activation="sigmoid", size=20):
    return keras.Sequential([keras.Input((size,)), layers.Dense(1, activation=activation)])


def _jury(merge=layers.average, make=_expert, count=3, experts=None, size=20):
    case = keras.Input((size,), name="case")
    experts = experts or [make() for _each in range(count)]
    return keras.Model(case, merge([expert(case) for expert in experts]))


class _Jury(keras.Model):
    def __init__(self, experts):
        super().__init__()
        self.mean = layers.Average()
        self.experts = experts

    def call(self, case):
        return self.mean([expert(case) for expert in self.experts])


def right_stacks_in_a_loop():
    return _jury()


def right_dense_layers():
    case = keras.Input(shape=(20,))
    one = layers.Dense(1, activation="sigmoid")(case)
    two = layers.Dense(1, activation="sigmoid")(case)
    three = layers.Dense(1, activation="sigmoid")(case)
    return keras.Model(inputs=case, outputs=layers.average([one, two, three]))


def right_draft_mended():
    case = keras.Input(shape=(20,), name="case")
    experts = [
        keras.Sequential([keras.Input((20,)), layers.Dense(1, activation="sigmoid")])
        for _name in ("banker", "lawyer", "engineer")
    ]
    opinions = [experts[0](case), experts[1](case), experts[2](case)]
    return keras.Model(case, layers.average(opinions), name="jury")


def right_average_layer():
    return _jury(merge=layers.Average(name="verdict"))


def right_functional_experts():
    def expert():
        case = keras.Input((20,))
        return keras.Model(case, layers.Dense(1, activation="sigmoid")(case))

    return _jury(make=expert)


def right_stacks_without_input():
    return _jury(make=lambda: keras.Sequential([layers.Dense(1, "sigmoid")]))


def right_activation_as_a_layer():
    return _jury(make=lambda: keras.Sequential([layers.Dense(1), layers.Activation("sigmoid")]))


def right_activation_as_a_function():
    case = keras.Input((20,))
    opinions = [ops.sigmoid(layers.Dense(1)(case)) for _each in range(3)]
    return keras.Model(case, layers.average(opinions))


def right_activations_mixed():
    case = keras.Input((20,))
    opinions = [
        keras.activations.sigmoid(layers.Dense(1)(case)),
        layers.Activation(ops.sigmoid)(layers.Dense(1)(case)),
        layers.Dense(units=1, activation=keras.activations.sigmoid)(case),
    ]
    return keras.Model(case, layers.Average()(opinions))


def right_cloned_experts():
    first = _expert()
    experts = [first, keras.models.clone_model(first), keras.models.clone_model(first)]
    for number, expert in enumerate(experts):
        expert.name = f"expert_{number}"
    return _jury(experts=experts)


def right_other_order():
    return _jury(merge=lambda opinions: layers.average(opinions[::-1]))


def right_subclass():
    return _Jury([layers.Dense(1, activation="sigmoid") for _each in range(3)])


def right_subclass_called():
    jury = _Jury([_expert(), _expert(), _expert()])
    jury(np.zeros((2, 20), "float32"))
    return jury


def right_trained_experts():
    experts = [_expert() for _each in range(3)]
    for expert in experts:
        expert.compile("adam", "binary_crossentropy")
        expert.fit(np.ones((4, 20)), np.ones((4, 1)), verbose=0)
    return _jury(experts=experts)


def right_sum_over_three():
    return _jury(merge=lambda opinions: sum(opinions) / 3)


def right_add_and_rescale():
    return _jury(merge=lambda opinions: layers.Rescaling(1 / 3)(layers.add(opinions)))


def right_mean_of_joined():
    join = layers.Concatenate()
    return _jury(merge=lambda parts: ops.mean(join(parts), axis=-1, keepdims=True))


def right_mean_of_stacked():
    return _jury(merge=lambda opinions: ops.mean(ops.stack(opinions), axis=0))


def wrong_the_draft():
    """An expert is called several times, so its opinion counts several times."""
    expert = _expert("softmax")
    return _jury(merge=layers.add, experts=[expert] * 3)


def wrong_one_expert():
    """An expert is called several times, so its opinion counts several times."""
    return _jury(experts=[_expert()] * 3)


def wrong_one_dense_layer():
    """An expert is called several times, so its opinion counts several times."""
    return _jury(experts=[layers.Dense(1, activation="sigmoid")] * 3)


def wrong_sum():
    """The opinions are added up: three sure experts would give 3."""
    return _jury(merge=layers.add)


def wrong_sum_by_operators():
    """The opinions are added up: three sure experts would give 3."""
    return _jury(merge=lambda opinions: opinions[0] + opinions[1] + opinions[2])


def wrong_softmax():
    """Softmax over a single unit always gives 1"""
    return _jury(make=lambda: _expert("softmax"))


def wrong_side_by_side():
    """The opinions stand side by side."""
    return _jury(merge=layers.concatenate)


def wrong_sigmoid_afterwards():
    """The sigmoid comes after the average here."""
    return _jury(
        merge=lambda scores: layers.Activation("sigmoid")(layers.average(scores)),
        make=lambda: _expert(None),
    )


def wrong_two_experts():
    """There are only two experts; three are asked for."""
    return _jury(count=2)


def wrong_one_of_two_asked_twice():
    """An expert is called several times, so its opinion counts several times."""
    twice = _expert()
    return _jury(experts=[twice, _expert(), twice])


def wrong_four_experts():
    """is one layer too many: nothing asks for it here."""
    return _jury(count=4)


def wrong_largest():
    """is of type Maximum; Average is asked for here."""
    return _jury(merge=layers.maximum)


def wrong_scores():
    """has no activation; sigmoid is asked for."""
    return _jury(make=lambda: _expert(None))


def wrong_tanh():
    """uses the tanh activation; sigmoid is asked for."""
    return _jury(make=lambda: _expert("tanh"))


def wrong_one_layer_of_three():
    """units is 3, but 1 is asked for."""
    case = keras.Input((20,))
    return keras.Model(case, layers.Dense(3, activation="sigmoid")(case))


def wrong_not_averaged():
    """The model has 3 output(s), but 1 are asked for."""
    return _jury(merge=list)


def wrong_input_size():
    """has shape (128,), but (20,) is asked for."""
    return _jury(make=lambda: _expert(size=128), size=128)
