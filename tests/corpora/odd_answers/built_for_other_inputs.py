"""wrong-input-shape"""

import keras
from keras import layers


def answer():
    return keras.Sequential([keras.Input((5,)), layers.Dense(2)])
