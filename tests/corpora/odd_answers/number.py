"""not-a-model"""


def answer():
    return 3
