"""A layer of a neighbouring kind."""

from tests.mutation import Mutant

KINDS = {
    "MaxPooling2D": "AveragePooling2D",
    "AveragePooling2D": "MaxPooling2D",
    "GlobalMaxPooling2D": "GlobalAveragePooling2D",
    "GlobalAveragePooling2D": "GlobalMaxPooling2D",
    "LSTM": "GRU",
    "GRU": "LSTM",
    "Dropout": "GaussianDropout",
    "Conv2D": "Conv2DTranspose",
    "BatchNormalization": "LayerNormalization",
    "LayerNormalization": "BatchNormalization",
    "Flatten": "GlobalAveragePooling2D",
    "ReLU": "LeakyReLU",
    "LeakyReLU": "ReLU",
    "Embedding": "Dense",
}
KEPT = {
    "name",
    "trainable",
    "dtype",
    "pool_size",
    "padding",
    "strides",
    "data_format",
    "keepdims",
    "units",
    "filters",
    "kernel_size",
    "activation",
    "rate",
    "return_sequences",
    "axis",
}


def mutants(draft):
    for layer in draft.inner():
        other = KINDS.get(layer["class_name"])
        if other is None:
            continue
        copy, name = draft.copy(), layer["name"]
        entry = copy.layer(name)
        entry.pop("build_config", None)
        config = {k: v for k, v in entry["config"].items() if k in KEPT}
        if "Global" in other:
            config.pop("axis", None)
        if other == "LeakyReLU":
            config["negative_slope"] = 0.1
        entry.update(class_name=other, config=config, module="keras.layers")
        yield Mutant(f"{name}: {other}", copy, frozenset({name}))
