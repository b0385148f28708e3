"""A recurrent network over trees: leaves of 4 numbers, joined two by two by one layer."""

import keras
import numpy as np
from keras import layers, ops

_LEAF = np.zeros((1, 4), "float32")
EXAMPLE = [[_LEAF, _LEAF], [_LEAF, [_LEAF, _LEAF]]]


class TreeRNN(keras.Model):
    """``size`` numbers for each tree; ``merged`` makes one tensor of two."""

    def __init__(self, size=3, activation="tanh", last=1, **join):
        super().__init__()
        self.leaf = layers.Dense(size, name="leaf")
        self.join = layers.Dense(size, activation=activation, name="join", **join)
        self.score = layers.Dense(last, name="score")

    def merged(self, parts):
        return ops.concatenate(parts, axis=-1)

    def joined(self, parts):
        return self.join(self.merged(parts))

    def is_leaf(self, tree):
        return not isinstance(tree, (list, tuple))

    def read(self, tree):
        if self.is_leaf(tree):
            return self.leaf(tree)
        return self.joined([self.read(branch) for branch in tree])

    def call(self, tree):
        return self.score(self.read(tree))


def reference():
    return TreeRNN()


class _Layers(TreeRNN):
    def merged(self, parts):
        return layers.concatenate(parts)


def same_merge_layer():
    return _Layers()


class _OneMerge(TreeRNN):
    def __init__(self):
        super().__init__()
        self.merge = layers.Concatenate(axis=-1)

    def merged(self, parts):
        return self.merge(parts)


def same_one_merge_layer():
    return _OneMerge()


class _Stack(TreeRNN):
    """Goes down with a stack of its own instead of calling itself."""

    def read(self, tree):
        waiting, done = [(tree, False)], []
        while waiting:
            tree, ready = waiting.pop()
            if self.is_leaf(tree):
                done.append(self.leaf(tree))
            elif ready:
                right, left = done.pop(), done.pop()
                done.append(self.joined([left, right]))
            else:
                waiting += [(tree, True), (tree[1], False), (tree[0], False)]
        return done.pop()


def same_stack_instead_of_recursion():
    return _Stack()


class _Function(TreeRNN):
    def read(self, tree):
        def walk(node):
            if self.is_leaf(node):
                return self.leaf(node)
            left, right = node
            return self.joined([walk(left), walk(right)])

        return walk(tree)


def same_function_inside():
    return _Function()


class _ByAttribute(TreeRNN):
    def is_leaf(self, tree):
        return hasattr(tree, "shape")


def same_leaf_by_its_shape():
    return _ByAttribute()


class _CallsItself(TreeRNN):
    def __init__(self):
        super().__init__()
        self.inside = False

    def call(self, tree):
        if self.is_leaf(tree):
            return self.leaf(tree)
        outer, self.inside = not self.inside, True
        found = self.joined([self.call(branch) for branch in tree])
        if outer:
            self.inside = False
        return self.score(found) if outer else found


def same_call_calls_itself():
    return _CallsItself()


class _Activation(TreeRNN):
    def __init__(self, activation=ops.tanh):
        super().__init__(activation=None)
        self.bend = activation

    def joined(self, parts):
        return self.bend(super().joined(parts))


def same_activation_as_operation():
    return _Activation()


def same_activation_as_layer():
    return _Activation(layers.Activation("tanh"))


def same_activation_by_name():
    return TreeRNN(activation=keras.activations.tanh)


class _Cell(layers.Layer):
    def __init__(self, size=3):
        super().__init__()
        self.join = layers.Dense(size, activation="tanh")

    def call(self, left, right):
        return self.join(ops.concatenate([left, right], axis=-1))


class _OfCells(TreeRNN):
    def __init__(self):
        super().__init__()
        self.join = _Cell()

    def joined(self, parts):
        return self.join(*parts)


def same_cell_as_layer():
    return _OfCells()


class _OtherOrder(TreeRNN):
    """Reads the right branch first, which changes nothing."""

    def read(self, tree):
        if self.is_leaf(tree):
            return self.leaf(tree)
        right = self.read(tree[1])
        return self.joined([self.read(tree[0]), right])


def same_right_branch_read_first():
    return _OtherOrder()


class _Model(TreeRNN):
    """The joining network is a model of its own."""

    def __init__(self):
        super().__init__()
        left, right = keras.Input((3,)), keras.Input((3,))
        joined = layers.Dense(3, activation="tanh")(layers.concatenate([left, right]))
        self.join = keras.Model([left, right], joined)

    def joined(self, parts):
        return self.join(parts)


def same_join_as_a_model():
    return _Model()


def same_called_before():
    model = TreeRNN()
    model(EXAMPLE)
    return model


def other_activation():
    """wrong-activation join"""
    return TreeRNN(activation="relu")


def other_size():
    """wrong-setting leaf"""
    return TreeRNN(size=5)


def other_no_activation():
    """missing-activation join"""
    return TreeRNN(activation=None)


def other_no_bias():
    """wrong-setting join"""
    return TreeRNN(use_bias=False)


def other_scores():
    """wrong-setting score"""
    return TreeRNN(last=2)


class _Mirrored(TreeRNN):
    def merged(self, parts):
        return ops.concatenate(parts[::-1], axis=-1)


def other_branches_swapped():
    """wrong-input-order"""
    return _Mirrored()


class _Added(TreeRNN):
    def merged(self, parts):
        return parts[0] + parts[1]


def other_added():
    """replaced-layer"""
    return _Added()


class _TwoJoins(TreeRNN):
    def __init__(self):
        super().__init__()
        self.top = layers.Dense(3, activation="tanh", name="top")

    def call(self, tree):
        return self.score(self.top(self.merged([self.read(branch) for branch in tree])))


def other_join_for_the_root():
    """not-shared"""
    return _TwoJoins()


class _FirstBranch(TreeRNN):
    def read(self, tree):
        return self.leaf(tree) if self.is_leaf(tree) else self.read(tree[0])


def other_first_branch_only():
    """missing-layer"""
    return _FirstBranch()


def other_frozen():
    """frozen join"""
    model = TreeRNN()
    model.join.trainable = False
    return model
