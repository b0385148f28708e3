"""different-in-training"""

import keras
from keras import layers


class Drifting(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, inputs, training=None):
        if training:
            self.dense.bias.assign_add(keras.ops.ones((2,)))
        return self.dense(inputs)


def answer():
    return keras.Sequential([keras.Input((4,)), Drifting()])
