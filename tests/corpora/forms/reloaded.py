"""Saved to a file and read back."""

from tests.corpus import reloaded


def form(model, classes):
    return reloaded(model, **classes)
