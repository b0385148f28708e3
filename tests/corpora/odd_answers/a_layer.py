"""not-a-model"""

from keras import layers


def answer():
    return layers.Dense(2)
