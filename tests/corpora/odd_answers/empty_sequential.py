"""empty"""

import keras


def answer():
    return keras.Sequential([keras.Input((4,))])
