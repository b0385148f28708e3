"""wrong-setting"""

import keras
from keras import layers


class Liar(layers.Dense):
    def get_config(self):
        return {**super().get_config(), "units": 2}


def answer():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
    model.layers[0].get_config = lambda: layers.Dense(2).get_config()
    return model
