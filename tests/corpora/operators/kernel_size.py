"""A kernel or a pool of another size."""

from tests.mutation import changed


def mutants(draft):
    for layer in draft.inner():
        for key in ("kernel_size", "pool_size", "size"):
            now = layer["config"].get(key)
            if isinstance(now, (list, tuple)):
                yield changed(draft, layer["name"], **{key: [size + 1 for size in now]})
                yield changed(draft, layer["name"], **{key: [max(1, now[0] - 1), *now[1:]]})
