"""not-a-model"""

import keras


def answer():
    return keras.Model
