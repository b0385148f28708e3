"""raises"""

import keras
from keras import layers


class Raising(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, inputs, training=None):
        if training:
            raise RuntimeError("on purpose")
        return self.dense(inputs)


def answer():
    return Raising()
