"""raises"""

import keras


class Endless(keras.Model):
    def call(self, inputs):
        return self.call(inputs)


def answer():
    return Endless()
