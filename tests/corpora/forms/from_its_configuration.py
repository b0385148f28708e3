"""Made from its configuration."""


def form(model, classes):
    return type(model).from_config(model.get_config(), custom_objects=classes)
