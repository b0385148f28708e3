"""equivalent: initial values are free, even these"""

import keras
import numpy as np
from keras import layers


def answer():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    model.set_weights([np.full((4, 2), np.nan), np.full(2, np.nan)])
    return model
