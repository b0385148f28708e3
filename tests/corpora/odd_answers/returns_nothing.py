"""raises"""

import keras


class Forgetful(keras.Model):
    def call(self, inputs):
        inputs + 1


def answer():
    return Forgetful()
