"""A Tree-RNN that students write, as the graphs that it draws for three trees."""

import keras
import numpy as np
from keras import layers, ops


def _on_trees(model):
    """The function that the exercise gives."""
    a, b, c, d = (keras.Input(shape=(6,), name=name) for name in "abcd")
    return (
        keras.Model([a, b], model((a, b))),
        keras.Model([a, b, c], model(((a, b), c))),
        keras.Model([a, b, c, d], model((a, (b, (c, d))))),
    )


class _Reader(keras.Model):
    """The answer, in parts that the others change."""

    def __init__(self, size=8, activation="tanh", last="sigmoid", word=None, **join):
        super().__init__(name="tree_reader")
        self.word = layers.Dense(size, activation=word)
        self.join = layers.Dense(size, activation=activation, **join)
        self.answer = layers.Dense(1, activation=last)

    def merged(self, parts):
        return ops.concatenate(parts, axis=-1)

    def is_word(self, tree):
        return not isinstance(tree, tuple)

    def read(self, tree):
        if self.is_word(tree):
            return self.word(tree)
        return self.join(self.merged([self.read(branch) for branch in tree]))

    def call(self, tree):
        return self.answer(self.read(tree))


def right_method_that_calls_itself():
    return _on_trees(_Reader())


def right_left_and_right():
    class TreeReader(_Reader):
        def read(self, tree):
            if isinstance(tree, tuple):
                left, right = tree
                left, right = self.read(left), self.read(right)
                return self.join(layers.concatenate([left, right]))
            return self.word(tree)

    return _on_trees(TreeReader())


def right_merge_layer_made_once():
    class TreeReader(_Reader):
        def __init__(self):
            super().__init__()
            self.merge = layers.Concatenate()

        def merged(self, parts):
            return self.merge(parts)

    return _on_trees(TreeReader())


def right_merge_layer_made_each_time():
    class TreeReader(_Reader):
        def merged(self, parts):
            return layers.Concatenate(axis=1)(parts)

    return _on_trees(TreeReader())


def right_by_index():
    class TreeReader(_Reader):
        def read(self, tree):
            if not isinstance(tree, (tuple, list)):
                return self.word(tree)
            return self.join(self.merged([self.read(tree[0]), self.read(tree[1])]))

    return _on_trees(TreeReader())


def right_by_attribute():
    class TreeReader(_Reader):
        def is_word(self, tree):
            return hasattr(tree, "shape")

    return _on_trees(TreeReader())


def right_by_type():
    class TreeReader(_Reader):
        def is_word(self, tree):
            return type(tree) is not tuple

    return _on_trees(TreeReader())


def right_function_inside_call():
    class TreeReader(_Reader):
        def call(self, tree):
            def walk(node):
                if isinstance(node, tuple):
                    return self.join(self.merged([walk(node[0]), walk(node[1])]))
                return self.word(node)

            return self.answer(walk(tree))

    return _on_trees(TreeReader())


def right_stack_instead_of_recursion():
    class TreeReader(_Reader):
        def read(self, tree):
            waiting, done = [(tree, False)], []
            while waiting:
                tree, ready = waiting.pop()
                if self.is_word(tree):
                    done.append(self.word(tree))
                elif ready:
                    right, left = done.pop(), done.pop()
                    done.append(self.join(self.merged([left, right])))
                else:
                    waiting += [(tree, True), (tree[1], False), (tree[0], False)]
            return done.pop()

    return _on_trees(TreeReader())


def right_call_calls_itself():
    class TreeReader(_Reader):
        def call(self, tree, root=True):
            if self.is_word(tree):
                return self.word(tree)
            left, right = (self.call(branch, root=False) for branch in tree)
            found = self.join(self.merged([left, right]))
            return self.answer(found) if root else found

    return _on_trees(TreeReader())


def right_cell_as_a_layer():
    class Cell(layers.Layer):
        def __init__(self, size=8, **kwargs):
            super().__init__(**kwargs)
            self.dense = layers.Dense(size, activation="tanh")

        def call(self, left, right):
            return self.dense(ops.concatenate([left, right], axis=-1))

    class TreeReader(_Reader):
        def __init__(self):
            super().__init__()
            self.cell = Cell()

        def read(self, tree):
            if self.is_word(tree):
                return self.word(tree)
            return self.cell(*map(self.read, tree))

    return _on_trees(TreeReader())


def right_cell_as_a_graph():
    class TreeReader(_Reader):
        def __init__(self):
            super().__init__()
            left, right = keras.Input((8,)), keras.Input((8,))
            both = layers.concatenate([left, right])
            self.cell = keras.Model([left, right], layers.Dense(8, "tanh")(both))

        def read(self, tree):
            if self.is_word(tree):
                return self.word(tree)
            return self.cell([self.read(branch) for branch in tree])

    return _on_trees(TreeReader())


def right_layers_in_another_order():
    class TreeReader(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.score = layers.Dense(1, activation="sigmoid")
            self.pair = layers.Dense(units=8, activation=keras.activations.tanh)
            self.leaf = layers.Dense(units=8)

        def vector(self, tree):
            if not isinstance(tree, tuple):
                return self.leaf(tree)
            return self.pair(layers.concatenate(list(map(self.vector, tree))))

        def call(self, tree):
            return self.score(self.vector(tree))

    return _on_trees(TreeReader(name="tree_reader"))


def right_activations_apart():
    class TreeReader(_Reader):
        def __init__(self):
            super().__init__(activation=None, last=None)

        def read(self, tree):
            if self.is_word(tree):
                return self.word(tree)
            return ops.tanh(self.join(self.merged([self.read(branch) for branch in tree])))

        def call(self, tree):
            return ops.sigmoid(self.answer(self.read(tree)))

    return _on_trees(TreeReader())


def right_right_branch_read_first():
    class TreeReader(_Reader):
        def read(self, tree):
            if self.is_word(tree):
                return self.word(tree)
            right = self.read(tree[1])
            left = self.read(tree[0])
            return self.join(self.merged([left, right]))

    return _on_trees(TreeReader())


def right_called_on_data_first():
    reader, word = _Reader(), np.zeros((1, 6), "float32")
    reader(((word, word), word))
    return _on_trees(reader)


def right_compiled_and_trained():
    reader, words = _Reader(), np.ones((4, 6), "float32")
    reader.compile("adam", "binary_crossentropy", run_eagerly=True)
    reader.train_on_batch((words, (words, words)), np.ones((4, 1)))
    return _on_trees(reader)


def right_graphs_written_out():
    word, join = layers.Dense(8), layers.Dense(8, activation="tanh")
    answer = layers.Dense(1, activation="sigmoid")

    def read(tree):
        if not isinstance(tree, tuple):
            return word(tree)
        return join(layers.concatenate([read(branch) for branch in tree]))

    return _on_trees(lambda tree: answer(read(tree)))


def right_as_a_list():
    return list(_on_trees(_Reader()))


class _Added(_Reader):
    def merged(self, parts):
        return parts[0] + parts[1]


def wrong_added():
    """You add the two branches. A sum forgets which was left and which was right"""
    return _on_trees(_Added())


def wrong_added_by_layers():
    """You add the two branches. A sum forgets which was left and which was right"""

    class TreeReader(_Reader):
        def merged(self, parts):
            return layers.add(parts)

    return _on_trees(TreeReader())


class _Mirrored(_Reader):
    def merged(self, parts):
        return ops.concatenate(parts[::-1], axis=-1)


def wrong_right_branch_first():
    """The left branch comes first in the concatenation, then the right one."""
    return _on_trees(_Mirrored())


def wrong_right_branch_first_in_layers():
    """The left branch comes first in the concatenation, then the right one."""

    class TreeReader(_Reader):
        def merged(self, parts):
            left, right = parts
            return layers.concatenate([right, left])

    return _on_trees(TreeReader())


def wrong_root_apart():
    """The pair at the root has a layer of its own."""

    class TreeReader(_Reader):
        def __init__(self):
            super().__init__()
            self.top = layers.Dense(8, activation="tanh")

        def call(self, tree):
            return self.answer(self.top(self.merged([self.read(branch) for branch in tree])))

    return _on_trees(TreeReader())


def wrong_three_readers():
    """Each tree is read by another TreeReader, with weights of its own."""
    return tuple(_on_trees(_Reader())[index] for index in range(3))


def wrong_three_readers_whose_layers_have_names():
    """are separate layers with their own weights; one shared layer is asked for."""

    class TreeReader(keras.Model):
        def __init__(self):
            super().__init__()
            self.word = layers.Dense(8, name="word")
            self.join = layers.Dense(8, activation="tanh", name="join")
            self.answer = layers.Dense(1, activation="sigmoid", name="answer")

        def read(self, tree):
            if not isinstance(tree, tuple):
                return self.word(tree)
            return self.join(ops.concatenate([self.read(branch) for branch in tree], axis=-1))

        def call(self, tree):
            return self.answer(self.read(tree))

    return tuple(_on_trees(TreeReader())[index] for index in range(3))


def wrong_join_without_activation():
    """The layer that joins two branches has no activation: tanh is asked for."""
    return _on_trees(_Reader(activation=None))


def wrong_words_through_tanh():
    """The words go through a tanh as well. No activation is asked for there."""
    return _on_trees(_Reader(word="tanh"))


def wrong_answer_without_activation():
    """The output has no activation: it can be any number. A probability needs a sigmoid."""
    return _on_trees(_Reader(last=None))


def wrong_relu():
    """uses the relu activation; tanh is asked for."""
    return _on_trees(_Reader(activation="relu"))


def wrong_size():
    """units is 16, but 8 is asked for."""
    return _on_trees(_Reader(size=16))


def wrong_no_bias():
    """use_bias"""
    return _on_trees(_Reader(use_bias=False))


def wrong_first_branch_only():
    """A layer is missing"""

    class TreeReader(_Reader):
        def read(self, tree):
            return self.word(tree) if self.is_word(tree) else self.read(tree[0])

    return _on_trees(TreeReader())


def wrong_new_layer_for_each_pair():
    """cannot be read layer by layer; only its numbers can be compared."""

    class TreeReader(_Reader):
        def read(self, tree):
            if self.is_word(tree):
                return self.word(tree)
            both = self.merged([self.read(branch) for branch in tree])
            return layers.Dense(8, activation="tanh")(both)

    return _on_trees(TreeReader())


def wrong_flattened():
    """is at the wrong place in the chain of layers."""

    class TreeReader(_Reader):
        def words(self, tree):
            if self.is_word(tree):
                return [self.word(tree)]
            return [word for branch in tree for word in self.words(branch)]

        def call(self, tree):
            x, *rest = self.words(tree)
            for word in rest:
                x = self.join(self.merged([x, word]))
            return self.answer(x)

    return _on_trees(TreeReader())


def wrong_softmax():
    """uses the softmax activation; sigmoid is asked for."""
    return _on_trees(_Reader(last="softmax"))


def wrong_the_reader_itself():
    """The model cannot be called on the inputs that are asked for."""
    return _Reader()


def wrong_two_trees_only():
    """The model has the inputs and outputs that are asked for (0 / 1 point)"""
    return _on_trees(_Reader())[:2]
