"""raises"""

import keras


class Raising(keras.Model):
    def call(self, inputs):
        raise RuntimeError("on purpose")


def answer():
    return Raising()
