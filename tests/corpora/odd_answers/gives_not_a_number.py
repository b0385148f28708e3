"""different-numbers"""

import keras
from keras import layers


class Broken(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def __call__(self, *args, **kwargs):
        return super().__call__(*args, **kwargs) * float("nan")

    def call(self, inputs):
        return self.dense(inputs)


def answer():
    return Broken()
