"""Another arrangement of the same numbers."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.of_class("Reshape"):
        target = layer["config"]["target_shape"]
        yield changed(draft, layer["name"], target_shape=[*target[1:], target[0]])
