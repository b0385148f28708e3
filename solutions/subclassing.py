"""Unit 03, exercise: models as classes. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : sous-classer `Model`
#
# Cinq questions, du coup d’œil à la conception, jusqu’à votre propre réseau sur des arbres. Comptez une demi-heure.
#
# Chaque énoncé fixe ce qui compte : tailles, activations, couches partagées ou non. **Ce qui n’est pas demandé est libre** : noms des couches, ordre dans `__init__`, `keras.ops` ou couches. La vérification exécute votre `call` : inutile d’appeler le modèle avant de le rendre.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("03-subclassing.watering")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: subclassing `Model`
#
# Five questions, from reading to designing, up to a network on trees of your own. Allow half an hour.
#
# Each statement fixes what counts: sizes, activations, which layers are shared. **Whatever is not asked for is up to you**: names of layers, their order in `__init__`, `keras.ops` or layers. The check runs your `call`, so there is no need to call the model before you hand it in.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("03-subclassing.watering")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：子类化 `Model`
#
# 一共五道题，从读懂到设计，最后写出你自己的读树网络，大约需要半小时。
#
# 题目写明了所有会影响评分的要求：大小、激活函数，以及哪些层要共享。**没有写明的都由你决定**：层的名称、在 `__init__` 里的顺序、用 `keras.ops` 还是用层。检查时会运行你的 `call`，所以提交之前不必先调用模型。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("03-subclassing.watering")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers, ops

# %% [markdown] lang="fr"
# ## 1. La vie d’une sous-classe
#
# Un collègue exécute ce code :
#
# ```python
# class Mixer(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.large = layers.Dense(50, activation="relu")
#         self.small = layers.Dense(5)
#
#     def call(self, inputs):
#         return self.small(self.large(inputs))
#
# mixer = Mixer()             # 1
# mixer(ops.zeros((3, 20)))   # 2
# mixer(ops.zeros((100, 20))) # 3
# ```
#
# Sans l’exécuter, dites :
#
# - `arrays_made` : combien de tableaux contient `mixer.weights` après la ligne 1 ;
# - `arrays_called` : combien il en contient après la ligne 2 ;
# - `parameters_called` : combien de paramètres a le modèle après la ligne 2 ;
# - `parameters_again` : combien il en a après la ligne 3. *(4 points)*
# %% [markdown] lang="en"
# ## 1. The life of a subclass
#
# A colleague runs this code:
#
# ```python
# class Mixer(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.large = layers.Dense(50, activation="relu")
#         self.small = layers.Dense(5)
#
#     def call(self, inputs):
#         return self.small(self.large(inputs))
#
# mixer = Mixer()             # 1
# mixer(ops.zeros((3, 20)))   # 2
# mixer(ops.zeros((100, 20))) # 3
# ```
#
# Without running it, say:
#
# - `arrays_made`: how many arrays `mixer.weights` holds after line 1;
# - `arrays_called`: how many it holds after line 2;
# - `parameters_called`: how many parameters the model has after line 2;
# - `parameters_again`: how many it has after line 3. *(4 points)*
# %% [markdown] lang="zh"
# ## 1. 一个子类的一生
#
# 一位同事运行了这段代码：
#
# ```python
# class Mixer(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.large = layers.Dense(50, activation="relu")
#         self.small = layers.Dense(5)
#
#     def call(self, inputs):
#         return self.small(self.large(inputs))
#
# mixer = Mixer()             # 1
# mixer(ops.zeros((3, 20)))   # 2
# mixer(ops.zeros((100, 20))) # 3
# ```
#
# 不运行，写出：
#
# - `arrays_made`：第 1 行之后，`mixer.weights` 里有几个数组；
# - `arrays_called`：第 2 行之后，里面有几个；
# - `parameters_called`：第 2 行之后，模型有多少个参数；
# - `parameters_again`：第 3 行之后，模型有多少个参数。*（4 分）*

# %% answer="timeline"
timeline = {
    "arrays_made": None,
    "arrays_called": None,
    "parameters_called": None,
    "parameters_again": None,
}
### BEGIN SOLUTION
timeline = {
    "arrays_made": 0,
    "arrays_called": 4,
    "parameters_called": (20 * 50 + 50) + (50 * 5 + 5),
    "parameters_again": 1305,
}
### END SOLUTION

# %% check="timeline"

# %% [markdown] lang="fr"
# ## 2. Le style le plus simple qui suffise
#
# Pour chaque besoin, choisissez le style **le plus simple qui suffise** : `"sequential"`, `"functional"` ou `"subclass"`, du plus simple au plus libre.
#
# - `chain` : un signal traverse huit couches, l’une après l’autre, et reçoit une étiquette.
# - `two_inputs` : une photo et quelques mesures traversent chacune leurs couches, puis sont concaténées.
# - `skip` : l’entrée d’un bloc est ajoutée à sa sortie ; on veut voir cette connexion sur le dessin, et relire le fichier sans code.
# - `formula` : chaque exemple est une formule chimique, donnée sous forme d’arbre, et ces arbres n’ont pas tous la même forme.
# - `until_stable` : une couche est appliquée encore et encore, jusqu’à ce que la réponse change de moins de 0,01. Le nombre de tours dépend de l’exemple, et vous voulez l’écrire comme une boucle Python. *(5 points)*
# %% [markdown] lang="en"
# ## 2. The simplest style that will do
#
# For each need, choose the **simplest style that will do**: `"sequential"`, `"functional"` or `"subclass"`, from the simplest to the freest.
#
# - `chain`: a signal goes through eight layers, one after another, and gets a label.
# - `two_inputs`: a photo and a few measurements each go through layers of their own, and are then concatenated.
# - `skip`: the input of a block is added to its output; this connection must show in the drawing, and the file must load without code.
# - `formula`: each example is a chemical formula written as a tree, and the trees do not all have the same shape.
# - `until_stable`: a layer is applied again and again until the answer changes by less than 0.01. The number of rounds depends on the example, and you want to write it as a Python loop. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 够用就好，越简单越好
#
# 针对每种需求，选出**够用的最简单的风格**：`"sequential"`、`"functional"` 或 `"subclass"`，从最简单到最自由。
#
# - `chain`：一段信号依次经过八层，得到一个标签。
# - `two_inputs`：一张照片和几个测量值各自经过自己的层，然后拼接。
# - `skip`：把一个模块的输入加到它的输出上；结构图里要看得见这条连接，文件要不依赖代码就能读回。
# - `formula`：每个样本都是树形的化学式，形状各不相同。
# - `until_stable`：反复应用同一个层，直到答案的变化小于 0.01 为止。轮数因样本而异，而且你想写成 Python 循环。*（5 分）*

# %% answer="styles"
styles = {
    "chain": None,
    "two_inputs": None,
    "skip": None,
    "formula": None,
    "until_stable": None,
}
### BEGIN SOLUTION
styles = {
    "chain": "sequential",
    "two_inputs": "functional",
    "skip": "functional",
    "formula": "subclass",
    "until_stable": "subclass",
}
### END SOLUTION

# %% check="styles"

# %% [markdown] lang="fr"
# ## 3. Une classe avec une boucle
#
# Une serre veut savoir combien de litres d’eau donner à ses plantes. Écrivez une sous-classe, puis créez un modèle : `watering`. Il reçoit 10 mesures, qui traversent :
#
# - **trois** couches denses de 20 unités, activation tanh, l’une après l’autre ; chacune a ses propres poids. Une liste dans `self` et une boucle dans `call` font l’affaire ;
# - un `Dropout` de taux 0,2 ;
# - une couche dense de 1 unité, **sans** activation. *(5 points)*
# %% [markdown] lang="en"
# ## 3. A class with a loop
#
# A greenhouse wants to know how many litres of water to give its plants. Write a subclass, then make a model of it: `watering`. It takes 10 measurements:
#
# - **three** dense layers of 20 units, tanh activation, one after another; each has its own weights. A list in `self` and a loop in `call` will do;
# - a `Dropout` of rate 0.2;
# - a dense layer of 1 unit, with **no** activation. *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 带循环的类
#
# 一座温室想知道该给植物浇多少升水。写一个子类，再用它创建模型 `watering`。输入是 10 个测量值：
#
# - **三个**全连接层，各 20 个单元，tanh 激活，依次相连，各有各的权重。可以用 `self` 里的一个列表，加上 `call` 里的一个循环；
# - 一个 `Dropout`，比例 0.2；
# - 一个只有 1 个单元的全连接层，**不带**激活函数。*（5 分）*


# %% answer="watering"
### BEGIN SOLUTION
class Watering(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = [layers.Dense(20, activation="tanh") for _each in range(3)]
        self.drop = layers.Dropout(0.2)
        self.litres = layers.Dense(1, name="litres")

    def call(self, measurements):
        x = measurements
        for layer in self.hidden:
            x = layer(x)
        return self.litres(self.drop(x))


watering = Watering()
litres = watering(ops.zeros((1, 10)))
### END SOLUTION

# %% check="watering"

# %% [markdown] lang="fr"
# ## 4. Trois fautes dans `call`
#
# Une luthière veut classer des violons d’après 24 mesures de leur son. Elle décrit ainsi son modèle :
#
# - `first`, puis `second` : deux couches denses de 24 unités, ReLU, **chacune avec ses poids** ;
# - `drop`, un `Dropout` de taux 0,5, actif à l’entraînement ;
# - le son d’origine est **ajouté** au résultat ;
# - `answer`, sur cette somme : une couche dense de 4 unités, softmax.
#
# La description et `__init__` sont justes, mais `call` contient **trois** fautes, et rien ne plante. Corrigez-les : votre réponse, un **modèle** et non une classe, s’appellera `repaired`. *(6 points)*
# %% [markdown] lang="en"
# ## 4. Three faults in `call`
#
# A violin maker wants to sort violins by 24 measurements of their sound. She describes her model as follows:
#
# - `first`, then `second`: two dense layers of 24 units, ReLU, **each with its own weights**;
# - `drop`, a `Dropout` of rate 0.5, active in training;
# - the original sound is **added** to the result;
# - `answer`, on that sum: a dense layer of 4 units, softmax.
#
# The description and `__init__` are right, but `call` contains **three** faults, and nothing crashes. Fix them; your answer, a **model** and not a class, is to be called `repaired`. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. `call` 里的三处错误
#
# 一位制琴师想根据声音的 24 个测量值给小提琴分类。她这样描述自己的模型：
#
# - 先 `first` 后 `second`：两个全连接层，各 24 个单元，ReLU 激活，**各有各的权重**；
# - `drop`：`Dropout`，比例 0.5，训练时起作用；
# - 把原来的声音**加**到结果上；
# - `answer`：作用在这个和上的全连接层，4 个单元，softmax 激活。
#
# 描述和 `__init__` 都没有问题，但 `call` 里有**三处**错误，而且都不会报错。请改正，并把改好的模型命名为 `repaired`。*（6 分）*


# %%
class Violins(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(24, activation="relu", name="first")
        self.second = layers.Dense(24, activation="relu", name="second")
        self.drop = layers.Dropout(0.5, name="drop")
        self.answer = layers.Dense(4, activation="softmax", name="answer")

    def call(self, sound):
        x = self.first(sound)
        x = self.first(x)
        x = self.drop(x, training=False)
        layers.add([x, sound])
        return self.answer(x)


broken = Violins()


# %% answer="repaired"
### BEGIN SOLUTION
class Repaired(Violins):
    def call(self, sound):
        x = self.first(sound)
        x = self.second(x)
        x = self.drop(x)
        x = layers.add([x, sound])
        return self.answer(x)


repaired = Repaired()
kinds = repaired(ops.zeros((1, 24)))
### END SOLUTION

# %% check="repaired"

# %% [markdown] lang="fr"
# ## 5. Votre Tree-RNN
#
# « Le chat noir dort » s’analyse ainsi : `((le, (chat, noir)), dort)`. Chaque mot est un vecteur de 6 nombres, chaque paire un tuple de deux arbres. Écrivez une sous-classe `TreeReader` qui lit n’importe quel arbre de ce genre :
#
# - un **mot** traverse une couche dense de 8 unités, sans activation ;
# - une **paire** : on lit la branche gauche et la branche droite, on concatène leurs deux vecteurs, la gauche d’abord, et une couche dense de 8 unités, activation tanh, en fait un vecteur ;
# - la **racine**, et elle seule : une couche dense de 1 unité, activation sigmoïde, donne la réponse.
#
# Ces trois couches sont créées une seule fois et servent partout. La fonction `on_trees` appelle votre modèle sur trois arbres ; terminez votre réponse par
#
# ```python
# tree_models = on_trees(TreeReader())
# ```
#
# *(6 points)*
# %% [markdown] lang="en"
# ## 5. Your Tree-RNN
#
# “The black cat is sleeping” is parsed as `((the, (black, cat)), (is, sleeping))`. Each word is a vector of 6 numbers, each pair a tuple of two trees. Write a subclass `TreeReader` that reads any tree of this kind:
#
# - a **word** goes through a dense layer of 8 units, without activation;
# - a **pair**: read the left branch and the right branch, concatenate their two vectors, left first, and let a dense layer of 8 units, tanh activation, make one vector of them;
# - the **root**, and it alone: a dense layer of 1 unit with sigmoid activation gives the answer.
#
# These three layers are made once and serve everywhere. The function `on_trees` calls your model on three trees; end your answer with
#
# ```python
# tree_models = on_trees(TreeReader())
# ```
#
# *(6 points)*
# %% [markdown] lang="zh"
# ## 5. 你自己的 Tree-RNN
#
# “黑猫在睡觉”的句法树是 `((黑, 猫), (在, 睡觉))`。每个词是一个由 6 个数组成的向量，每一对是由两棵树组成的元组。写一个子类 `TreeReader`，让它能读任何这样的树：
#
# - **词**：经过一个全连接层，8 个单元，不带激活函数；
# - **一对**：分别读左分支和右分支，把两个向量拼接起来，左边在前，再经过一个全连接层（8 个单元，tanh 激活），合成一个向量；
# - **根**，而且只有根：经过一个只有 1 个单元的全连接层（sigmoid 激活），给出答案。
#
# 这三个层都只创建一次，处处共用。函数 `on_trees` 会在三棵树上调用你的模型；请用这一行结束你的答案：
#
# ```python
# tree_models = on_trees(TreeReader())
# ```
#
# *（6 分）*


# %%
def on_trees(model):
    """The model on three trees: for each tree, the graph that it draws."""
    a, b, c, d = (keras.Input(shape=(6,), name=name) for name in "abcd")
    return (
        keras.Model([a, b], model((a, b))),
        keras.Model([a, b, c], model(((a, b), c))),
        keras.Model([a, b, c, d], model((a, (b, (c, d))))),
    )


# %% answer="tree_models"
### BEGIN SOLUTION
class TreeReader(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.word = layers.Dense(8, name="word")
        self.join = layers.Dense(8, activation="tanh", name="join")
        self.answer = layers.Dense(1, activation="sigmoid", name="answer")

    def read(self, tree):
        if not isinstance(tree, tuple):
            return self.word(tree)
        left, right = tree
        return self.join(ops.concatenate([self.read(left), self.read(right)], axis=-1))

    def call(self, tree):
        return self.answer(self.read(tree))


tree_models = on_trees(TreeReader())
### END SOLUTION

# %% check="tree_models"

# %% [markdown] lang="fr"
# ## Et maintenant ?
#
# Quand tout est vert, enregistrez le notebook et rendez-le. Certaines réponses ne sont justes qu’à moitié ? Rendez-le quand même : chaque critère réussi rapporte ses points.
# %% [markdown] lang="en"
# ## What now?
#
# When everything is green, save the notebook and hand it in. Are some questions only half right? Hand it in all the same: each criterion that holds earns its points.
# %% [markdown] lang="zh"
# ## 接下来
#
# 全部通过以后，保存并提交这份笔记本。还有题目只对了一半？也请照常提交：每达到一条标准都会得分。


# %% active="py"
def _watering(sizes=(20, 20, 20), activation="tanh", shared=False, rate=0.2, last=None):
    measurements = x = keras.Input(shape=(10,))
    once = layers.Dense(20, activation=activation)
    for index, units in enumerate(sizes):
        x = once(x) if shared and index else layers.Dense(units, activation=activation)(x)
    if rate:
        x = layers.Dropout(rate)(x)
    return keras.Model(measurements, layers.Dense(1, activation=last)(x))


class _Violins(keras.Model):
    """With the faults that are asked for; it makes only the layers that it calls."""

    def __init__(self, twice=False, asleep=False, alone=False, drop=True):
        super().__init__(name="violins")
        self.first = layers.Dense(24, activation="relu")
        self.second = self.first if twice else layers.Dense(24, activation="relu")
        self.drop = layers.Dropout(0.5) if drop else None
        self.answer = layers.Dense(4, activation="softmax")
        self.asleep, self.alone = asleep, alone
        self(ops.zeros((1, 24)))

    def call(self, sound):
        x = self.second(self.first(sound))
        if self.drop:
            x = self.drop(x, training=False) if self.asleep else self.drop(x)
        return self.answer(x if self.alone else x + sound)


class _Reader(keras.Model):
    def __init__(self, activation="tanh", last="sigmoid", word=None):
        super().__init__(name="tree_reader")
        self.word = layers.Dense(8, activation=word)
        self.join = layers.Dense(8, activation=activation)
        self.answer = layers.Dense(1, activation=last)

    def joined(self, parts):
        return self.join(ops.concatenate(parts, axis=-1))

    def read(self, tree):
        if not isinstance(tree, tuple):
            return self.word(tree)
        return self.joined([self.read(branch) for branch in tree])

    def call(self, tree):
        return self.answer(self.read(tree))


class _Added(_Reader):
    def joined(self, parts):
        return self.join(parts[0] + parts[1])


class _Mirrored(_Reader):
    def joined(self, parts):
        return self.join(ops.concatenate(parts[::-1], axis=-1))


class _TopApart(_Reader):
    def __init__(self):
        super().__init__()
        self.top = layers.Dense(8, activation="tanh")
        word = ops.zeros((1, 6))
        self(((word, word), word))

    def call(self, tree):
        parts = [self.read(branch) for branch in tree]
        return self.answer(self.top(ops.concatenate(parts, axis=-1)))


def _three_readers():
    return tuple(on_trees(_Reader())[index] for index in range(3))


RUBRIC = Rubric(
    "subclassing",
    [
        value_task(
            "timeline",
            timeline,
            points=4,
            hints=[
                _("Where does the class say how many numbers come in? When does it learn that?"),
                _(
                    "Each dense layer makes two arrays when it sees its first data: a kernel and a bias."
                ),
                _(
                    "The 20 inputs count, the batch does not: 20 × 50 + 50 for the first layer, 50 × 5 + 5 for the second."
                ),
            ],
            mistakes={
                _(
                    "Line 1 makes layers, but no weights yet: nobody has said how many numbers come in."
                ): {"arrays_made": 4},
                _("You counted layers. Each dense layer holds two arrays: a kernel and a bias."): {
                    "arrays_called": 2
                },
                _("You counted the weights of the layers, but not their biases: 50, then 5."): {
                    "parameters_called": 20 * 50 + 50 * 5,
                    "parameters_again": 20 * 50 + 50 * 5,
                },
                _("The second call makes nothing new: it uses the weights of the first."): {
                    "parameters_again": 2 * 1305
                },
                _(
                    "The first number of a shape is the batch: 3 examples of 20 numbers each. Weights do not depend on it."
                ): {"parameters_called": (3 * 50 + 50) + (50 * 5 + 5)},
            },
        ),
        value_task(
            "styles",
            styles,
            points=5,
            hints=[
                _("Ask in this order: is it a chain? If not, is its shape fixed before the data?"),
                _(
                    "A fork or a junction is beyond a list, but not beyond a graph, as long as it is the same for all examples."
                ),
                _(
                    "Two of the five needs have a structure that depends on the example: only a program can follow it."
                ),
            ],
            mistakes={
                _(
                    "A chain of layers needs no more than a list, however long it is: Sequential is the simplest."
                ): {"chain": "functional"},
                _("A stack has one way in: two inputs that meet need a graph."): {
                    "two_inputs": "sequential"
                },
                _(
                    "A subclass could compute the skip, but it shows as one box, and its file needs its class. A graph says it all."
                ): {"skip": "subclass"},
                _(
                    "A graph has one shape, drawn before the data. Trees of many shapes need a recursion, so a program."
                ): {"formula": "functional"},
                _(
                    "In a graph the number of rounds would be fixed in advance. A Python loop that looks at the values needs a subclass."
                ): {"until_stable": "functional"},
            },
        ),
        model_task(
            "watering",
            watering,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _(
                    "Keras finds the layers of a list: self.hidden = [layers.Dense(...) for _ in range(3)]."
                ),
                _(
                    "In call: x = measurements, then for layer in self.hidden: x = layer(x); each turn takes the result of the one before."
                ),
                _(
                    "After the loop: self.litres(self.drop(x)). End the cell with watering = Watering()."
                ),
            ],
            mistakes={
                _(
                    "One layer is called again and again, so its weights are shared. Make a new layer for each turn, in __init__."
                ): _watering(shared=True),
                _("There are fewer than three hidden layers."): _watering(sizes=(20, 20)),
                _("The dropout is missing: made in __init__, perhaps, but not called in call."): (
                    _watering(rate=None)
                ),
                _("The hidden layers use ReLU; tanh is asked for."): _watering(activation="relu"),
                _(
                    "A sigmoid keeps the answer below 1 litre. A regression output takes no activation."
                ): _watering(last="sigmoid"),
            },
        ),
        model_task(
            "repaired",
            repaired,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _("Is every layer that __init__ makes called in call? Is one called too often?"),
                _("What does training=False tell the dropout, even while fit is running?"),
                _("Is the result of every line of call kept, and used by a line below it?"),
            ],
            mistakes={
                _(
                    "“first” is called twice and “second” never: the two steps share their weights."
                ): _Violins(twice=True),
                _(
                    "The dropout is told training=False for ever, so it never drops anything. Leave the argument out: Keras passes it on."
                ): _Violins(asleep=True),
                _(
                    "The sum is computed and thrown away: keep its result, and give it to “answer”."
                ): _Violins(alone=True),
                _("This is still “broken”: its three faults are all there."): (
                    _Violins(twice=True, asleep=True, alone=True)
                ),
                _("You took the dropout out. It is asked for, and must be active in training."): (
                    _Violins(drop=False)
                ),
            },
        ),
        model_task(
            "tree_models",
            tree_models,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _(
                    "Put the recursion into a method of its own, read(self, tree): if the tree is no tuple, it is a word."
                ),
                _(
                    "For a pair: left, right = tree, then self.join(ops.concatenate([self.read(left), self.read(right)], axis=-1))."
                ),
                _(
                    "call is short: self.answer(self.read(tree)). The last layer stays outside the recursion."
                ),
            ],
            mistakes={
                _(
                    "You add the two branches. A sum forgets which was left and which was right: concatenate them."
                ): on_trees(_Added()),
                _("The left branch comes first in the concatenation, then the right one."): (
                    on_trees(_Mirrored())
                ),
                _(
                    "The pair at the root has a layer of its own. One and the same layer is to join all pairs."
                ): on_trees(_TopApart()),
                _(
                    "Each tree is read by another TreeReader, with weights of its own. Make one and call it on all three."
                ): _three_readers(),
                _("The layer that joins two branches has no activation: tanh is asked for."): (
                    on_trees(_Reader(activation=None))
                ),
                _("The words go through a tanh as well. No activation is asked for there."): (
                    on_trees(_Reader(word="tanh"))
                ),
                _(
                    "The output has no activation: it can be any number. A probability needs a sigmoid."
                ): on_trees(_Reader(last=None)),
            },
        ),
    ],
)
