"""different-numbers"""

import keras
from keras import layers


class Counting(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.times = 0

    def call(self, inputs):
        self.times += 1
        return self.dense(inputs) * self.times


def answer():
    return Counting()
