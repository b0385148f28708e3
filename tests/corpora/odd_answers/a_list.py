"""not-a-model"""


def answer():
    return []
