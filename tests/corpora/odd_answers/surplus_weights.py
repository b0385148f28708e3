"""unused-layer"""

import keras
from keras import layers


class Spare(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.spare = layers.Dense(7, name="spare")

    def call(self, inputs):
        self.spare(inputs)
        return self.dense(inputs)


def answer():
    return Spare()
