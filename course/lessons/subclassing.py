"""Unit 03, lesson: models as classes. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Sous-classer `Model`
#
# Une cantine recueille des avis : « pas cher, mais bon » ; « cher, mais pas bon ». Les mêmes mots, deux jugements opposés : ce qui compte, c’est la façon dont ils s’emboîtent. Un analyseur syntaxique vous livre donc chaque avis sous forme d’**arbre**, et il n’y en a pas deux pareils. Or un réseau attend des tableaux. **Quel modèle sait lire un arbre ?**
#
# Ni une pile ni un graphe : tous deux sont dessinés avant que les données n’arrivent. Il faut un modèle qui se dessine *en lisant*, donc un modèle écrit comme un programme : une **sous-classe** de `keras.Model`.
#
# **À la fin de cette leçon, vous saurez :**
#
# - écrire un modèle avec `__init__` et `call`, et dire à quel moment naissent ses poids ;
# - montrer qu’il équivaut à une pile ou à un graphe, et comparer ce que chacun coûte à écrire ;
# - énumérer ce que l’on perd en quittant le graphe, et enregistrer quand même son modèle ;
# - écrire un `if`, une boucle, une récursion qui dépendent des données, jusqu’au **réseau sur des arbres** ;
# - choisir entre les trois styles.
#
# Comptez 35 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Subclassing `Model`
#
# A canteen collects comments: “not cheap, but tasty”; “cheap, but not tasty”. The same words, two opposite verdicts: what matters is how the words fit into one another. So a parser hands you every comment as a **tree**, and no two trees are alike. Networks, however, want arrays. **What model can read a tree?**
#
# Neither a stack nor a graph: both are drawn before any data arrive. You need a model that draws itself *while it reads*, a model written as a program: a **subclass** of `keras.Model`.
#
# **By the end of this lesson you will be able to:**
#
# - write a model with `__init__` and `call`, and say when its weights come into being;
# - show that it equals a stack or a graph, and compare what each costs you to write;
# - list what you lose when you leave the graph, and save your model all the same;
# - write an `if`, a loop, a recursion that depend on the data, up to a **network on trees**;
# - choose between the three styles.
#
# Allow 35 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 子类化 `Model`
#
# 一家食堂在收集意见：“不便宜，但好吃”“便宜，但不好吃”。用的是同样的词，褒贬却正好相反，关键在于词与词怎样组合。于是，句法分析器把每条意见都变成一棵**树**交给你，而每棵树的形状都不一样。可是网络要的是数组。**什么样的模型能读懂一棵树？**
#
# 堆叠不行，图也不行：它们在数据到来之前就已经画好了。我们需要一个*边读边画*的模型，一个像程序那样写出来的模型：`keras.Model` 的**子类**（subclass）。
#
# **学完本课，你将能够：**
#
# - 用 `__init__` 和 `call` 写模型，并说出权重是什么时候诞生的；
# - 证明它与堆叠或图等价，并比较几种写法的代价；
# - 说清楚离开图会失去什么，并且照样把模型保存下来；
# - 写出取决于数据的 `if`、循环和递归，直到写出**读树的网络**；
# - 在三种风格之间做出选择。
#
# 阅读大约需要 35 分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import inspect
import random
import tempfile
import warnings
from math import comb
from pathlib import Path

import keras
import numpy as np
from course import data, plots
from keras import layers, ops

keras.utils.set_random_seed(3)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. `__init__` crée, `call` branche
#
# Commençons par un modèle que vous connaissez : celui de [l’unité 01](../01-sequential/lesson.ipynb), qui dit jusqu’où s’étend un bras articulé d’après ses huit angles. Écrit sous forme de classe, il a deux parties :
#
# - `__init__` crée les couches et les range dans `self` ;
# - `call` dit ce qui arrive aux données, chaque fois qu’il en arrive.
# %% [markdown] lang="en"
# ## 1. `__init__` makes, `call` connects
#
# Let us begin with a model that you know: the one of [unit 01](../01-sequential/lesson.ipynb), which tells, from its eight angles, how far a jointed arm reaches. As a class it has two parts:
#
# - `__init__` makes the layers and keeps them in `self`;
# - `call` says what happens to the data, each time that data come in.
# %% [markdown] lang="zh"
# ## 1. `__init__` 创建，`call` 连接
#
# 先从一个老朋友开始：[第 01 单元](../01-sequential/lesson.ipynb)的模型，它根据机械臂的八个角度算出手臂伸到了多远。写成类，它有两个部分：
#
# - `__init__` 创建各层，存进 `self`；
# - `call` 说明每次数据到来时该怎么处理。


# %%
class MyModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden_1 = layers.Dense(64, activation="relu", name="hidden_1")
        self.hidden_2 = layers.Dense(32, activation="relu", name="hidden_2")
        self.distance = layers.Dense(1, name="distance")

    def call(self, angles):
        return self.distance(self.hidden_2(self.hidden_1(angles)))


model = MyModel()

# %% [markdown] lang="fr"
# `super().__init__()` vient toujours en premier : c’est lui qui apprend à `self` à reconnaître les couches qu’on y range.
#
# **Prédisez.** Combien de paramètres a `model` en ce moment ? Relisez la classe : où est-il écrit que huit nombres vont arriver ?
# %% [markdown] lang="en"
# `super().__init__()` always comes first: it teaches `self` to notice the layers that are kept there.
#
# **Predict.** How many parameters does `model` have at this moment? Read the class again: where does it say that eight numbers will come in?
# %% [markdown] lang="zh"
# `super().__init__()` 总是放在第一行：有了它，`self` 才认得存进来的层。
#
# **先预测**：此刻 `model` 有多少个参数？再读一遍这个类：哪里写了会有八个数进来？

# %%
model.summary()
try:
    plots.model_drawing(model)
except ValueError as error:
    print("ValueError:", str(error).split(". ")[0])

# %% [markdown] lang="fr"
# ## 2. Les poids naissent au premier appel
#
# Nulle part : la classe ne dit rien de l’entrée. Sans elle, pas de matrice, pas de forme, et rien à dessiner. Le modèle existe, ses poids pas encore. Donnons-lui trois positions du bras.
# %% [markdown] lang="en"
# ## 2. Weights are born at the first call
#
# Nowhere: the class says nothing about its input. Without it there are no matrices, no shapes, and nothing to draw. The model exists, its weights do not yet. Let us give it three positions of the arm.
# %% [markdown] lang="zh"
# ## 2. 第一次调用时，权重才诞生
#
# 哪里也没写：这个类对输入只字未提。不知道输入，就没有矩阵，没有形状，也没什么可画。模型已经有了，权重还没有。我们给它三个手臂姿态看看。

# %%
arms = data.arms()
print("built:", model.built, "- weight arrays:", len(model.weights))
answers = model(arms.x_test[:3])
print("answers:", answers.shape)
print("built:", model.built, "- weight arrays:", len(model.weights))
model.summary()

# %% [markdown] lang="fr"
# 576 + 2 080 + 33 = **2 689**, comme la pile. Pendant ce premier appel, chaque couche a vu arriver ses données et créé ses poids. Mais regardez les formes : `(3, 64)`. Le résumé ne décrit pas le modèle ; il raconte ce qui s’est passé avec ce lot de trois.
#
# Pas de données sous la main ? Appelez le modèle sur une entrée symbolique. Ou bien…
#
# > **Vous rencontrerez ceci.** Dans du code pour TensorFlow 2 : `model.build((None, 8))`, pour créer les poids sans données. **Prédisez.** Cela marche-t-il encore ?
# %% [markdown] lang="en"
# 576 + 2,080 + 33 = **2,689**, like the stack. During that first call, each layer saw its data come in and made its weights. But look at the shapes: `(3, 64)`. The summary does not describe the model; it reports what happened to this batch of three.
#
# No data at hand? Call the model on a symbolic input. Or else…
#
# > **You will meet this.** In code for TensorFlow 2: `model.build((None, 8))`, to make the weights without data. **Predict.** Does it still work?
# %% [markdown] lang="zh"
# 576 + 2,080 + 33 = **2,689**，和堆叠一样。第一次调用时，每一层看到自己的数据，就创建了自己的权重。不过请看形状：`(3, 64)`。这张表描述的不是模型，而是刚才这三个样本走过的路。
#
# 手头没有数据？那就用符号输入调用一次。或者……
#
# > **你会遇到这种写法**：面向 TensorFlow 2 的代码里有 `model.build((None, 8))`，不用数据就能创建权重。**先预测**：现在还管用吗？

# %%
on_request = MyModel()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    on_request.build((None, 8))
print("build:", on_request.built, f"- {on_request.count_params():,} parameters")
print(f"{len(caught)} warning: ...", str(caught[0].message).split(". ")[-1])

symbolic = MyModel()
output = symbolic(keras.Input(shape=(8,)))
print("Input:", output.shape, f"- {symbolic.count_params():,} parameters")

# %% [markdown] lang="fr"
# Voilà un piège : `build` se déclare satisfait et n’a rien construit, puisque la classe n’a pas de méthode `build` à elle. L’appel sur `keras.Input`, lui, crée tout, et avec `None` pour la taille du lot.
#
# ## 3. La même que la pile
#
# **Prédisez.** Recopions dans notre sous-classe les poids d’une pile de même structure. Les réponses seront-elles égales ? Et si `__init__` crée les couches dans un autre ordre, `call` restant le même ?
# %% [markdown] lang="en"
# There is a trap: `build` says that it is done, and has built nothing, since the class has no `build` method of its own. The call on `keras.Input` makes everything, with `None` for the batch size.
#
# ## 3. The same as the stack
#
# **Predict.** Let us copy the weights of a stack of the same structure into our subclass. Will the answers be equal? And if `__init__` makes the layers in another order, with the same `call`?
# %% [markdown] lang="zh"
# 这里有个坑：`build` 自称建好了，其实什么也没建，因为这个类没有自己的 `build` 方法。用 `keras.Input` 调用则会创建一切，批次大小是 `None`。
#
# ## 3. 和堆叠一模一样
#
# **先预测**：把结构相同的堆叠的权重复制到子类里，结果相同吗？如果 `__init__` 换个顺序创建各层，`call` 不变呢？

# %% alt="Drawing of the stack: hidden_1 64, hidden_2 32, distance 1, in a row"
stack = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.Dense(64, activation="relu", name="hidden_1"),
        layers.Dense(32, activation="relu", name="hidden_2"),
        layers.Dense(1, name="distance"),
    ],
    name="stack",
)
model.set_weights(stack.get_weights())
same = np.allclose(model(arms.x_test), stack(arms.x_test), atol=1e-6)
print(f"{stack.count_params():,} and {model.count_params():,}, same answers: {same}")
plots.model_drawing(stack)


# %%
class OtherOrder(MyModel):
    def __init__(self):
        keras.Model.__init__(self)
        self.distance = layers.Dense(1, name="distance")
        self.hidden_2 = layers.Dense(32, activation="relu", name="hidden_2")
        self.hidden_1 = layers.Dense(64, activation="relu", name="hidden_1")


other_order = OtherOrder()
other_order(arms.x_test[:3])
print("MyModel:   ", [tuple(kernel.shape) for kernel in model.weights[::2]])
print("OtherOrder:", [tuple(kernel.shape) for kernel in other_order.weights[::2]])
try:
    other_order.set_weights(stack.get_weights())
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# Le calcul est le même, mais la liste des poids suit l’ordre de `__init__`, tandis que le calcul suit `call`. Ici les formes se contredisent, et Keras proteste. Avec deux couches de même taille, il ne dirait rien. Quand vous transportez des poids, faites-le couche par couche.
#
# ## 4. Les mêmes verbes
#
# `compile`, `fit`, `evaluate`, `predict` : rien ne change. **Prédisez.** Cette sous-classe apprendra-t-elle aussi bien que la pile, qui divisait l’erreur au moins par quatre ?
# %% [markdown] lang="en"
# The calculation is the same, but the list of weights follows the order of `__init__`, whereas the calculation follows `call`. Here the shapes contradict each other, and Keras objects. With two layers of the same size it would say nothing. When you carry weights over, do it layer by layer.
#
# ## 4. The same verbs
#
# `compile`, `fit`, `evaluate`, `predict`: nothing changes. **Predict.** Will this subclass learn as well as the stack of unit 01, whose error was at least four times smaller than that of always answering the average?
# %% [markdown] lang="zh"
# 计算相同，但权重列表按 `__init__` 的顺序排，计算则按 `call` 的顺序走。这里形状对不上，Keras 会报错；如果两层大小一样，它就一声不吭了。所以搬运权重时，请一层一层地来。
#
# ## 4. 训练的写法不变
#
# `compile`、`fit`、`evaluate`、`predict`：一切照旧。**先预测**：堆叠曾把误差降到四分之一以下，这个子类也能学得一样好吗？

# %% alt="Loss and mean absolute error of the subclass fall over 10 epochs, as those of the stack did"
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="mse", metrics=["mae"]
)
history = model.fit(
    arms.x_train,
    arms.y_train,
    batch_size=64,
    epochs=10,
    validation_split=0.1,
    verbose=0,
)
always_the_mean = np.abs(arms.y_test - arms.y_train.mean()).mean()
results = model.evaluate(arms.x_test, arms.y_test, verbose=0, return_dict=True)
print("error at least 4 times smaller:", results["mae"] < always_the_mean / 4)
plots.training(history)

# %% [markdown] lang="fr"
# ### Le piège : créer une couche dans `call`
#
# `call` est exécuté à *chaque* appel. **Prédisez.** Que fait ce modèle, si on l’appelle deux fois sur les mêmes données ? Et que peut-il apprendre ?
# %% [markdown] lang="en"
# ### The trap: making a layer in `call`
#
# `call` is run at *every* call. **Predict.** What does this model do if it is called twice on the same data? And what can it learn?
# %% [markdown] lang="zh"
# ### 常见的坑：在 `call` 里创建层
#
# *每一次*调用都会执行 `call`。**先预测**：用同样的数据调用两次，这个模型会怎样？它又能学到什么？


# %%
class Forgetful(keras.Model):
    def call(self, angles):
        return layers.Dense(1)(angles)


forgetful = Forgetful()
once, again = forgetful(arms.x_test[:3]), forgetful(arms.x_test[:3])
print("same answers:", np.allclose(once, again))
print("weight arrays:", len(forgetful.weights))

# %% [markdown] lang="fr"
# Une couche neuve, tirée au hasard, à chaque appel, et aucune que le modèle connaisse : il n’a rien à entraîner. La règle tient en une ligne : **on crée dans `__init__`, on appelle dans `call`.**
#
# ## 5. Ce que cela coûte à écrire
#
# Un même *perceptron multicouche* (MLP), c’est-à-dire quelques couches denses à la file, 32 → 64 ReLU → 10, écrit des deux façons. **Prédisez.** Laquelle est la plus longue ? Combien de fois chaque couche est-elle nommée ?
# %% [markdown] lang="en"
# A new layer, drawn at random, at each call, and none that the model knows of: there is nothing to train. The rule takes one line: **make in `__init__`, call in `call`.**
#
# ## 5. What it costs to write
#
# One *multilayer perceptron* (MLP), that is, a few dense layers in a row, 32 → 64 ReLU → 10, written both ways. **Predict.** Which is longer? How often is each layer named?
# %% [markdown] lang="zh"
# 每次调用都新建一层，权重随机，而模型对这些层一无所知，也就没有什么可训练的。规矩只有一条：**在 `__init__` 里创建，在 `call` 里调用。**
#
# ## 5. 写起来的代价
#
# 同一个多层感知机（MLP），32 → 64 ReLU → 10，用两种写法各写一遍。**先预测**：哪一种更长？每一层的名字要出现几次？


# %%
def functional_mlp():
    inputs = keras.Input(shape=(32,))
    hidden = layers.Dense(64, activation="relu")(inputs)
    return keras.Model(inputs, layers.Dense(10)(hidden), name="functional_mlp")


class MLP(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = layers.Dense(64, activation="relu")
        self.scores = layers.Dense(10)

    def call(self, inputs):
        return self.scores(self.hidden(inputs))


def lines(*functions):
    return sum(len(inspect.getsource(each).splitlines()) for each in functions)


as_graph, as_class = functional_mlp(), MLP()
before = as_graph.built, as_class.built
as_class(keras.Input(shape=(32,)))
print(f"graph: {lines(functional_mlp)} lines, {as_graph.count_params():,} parameters")
print(f"class: {1 + lines(MLP.__init__, MLP.call)} lines,", end=" ")
print(f"{as_class.count_params():,} parameters")
print("built before any call:", before)

# %% [markdown] lang="fr"
# **2 762** des deux côtés : 32 × 64 + 64, puis 64 × 10 + 10. Quatre lignes contre sept, et un appel de plus pour construire. Dans la classe, chaque couche est écrite deux fois, à sa création et à son usage ; dans le graphe, elle est créée là où elle sert.
#
# ## 6. Ce que l’on perd
#
# Plus grave que la longueur : le chemin des données n’est plus une donnée, c’est du code, que Keras ne lit pas. **Prédisez** l’aspect des deux dessins.
# %% [markdown] lang="en"
# **2,762** either way: 32 × 64 + 64, then 64 × 10 + 10. Four lines against seven, and one more call to build. In the class, each layer is written twice, where it is made and where it is used; in the graph it is made where it is used.
#
# ## 6. What you lose
#
# More serious than length: the path of the data is no longer data but code, which Keras does not read. **Predict** what the two drawings look like.
# %% [markdown] lang="zh"
# 两边都是 **2,762** 个：32 × 64 + 64，再加 64 × 10 + 10。四行对七行，而且类还要多调用一次才建好。在类里，每一层要写两遍：创建时一遍，使用时一遍；在图里，用到哪里就在哪里创建。
#
# ## 6. 失去了什么
#
# 比长短更要紧的是：数据走的路不再是数据，而是代码，Keras 并不去读代码。**先预测**：两张结构图各是什么样子？

# %% alt="Drawing of the graph: input 32, dense 64, dense 10, one box each, with their shapes"
plots.model_drawing(as_graph)

# %% alt="Drawing of the class: a single box, mlp, without anything inside"
plots.model_drawing(as_class)


# %%
def attempt(what, action):
    try:
        action()
        print(f"{what}: yes")
    except Exception as error:
        print(f"{what}: no, {type(error).__name__}")


attempt("output of an inner layer, graph", lambda: as_graph.layers[1].output)
attempt("output of an inner layer, class", lambda: as_class.hidden.output)

# %% [markdown] lang="fr"
# Une boîte noire : on en voit les deux bouts, rien de l’intérieur. Pas de tenseur intermédiaire, donc plus moyen de couper le modèle, d’en extraire des caractéristiques ou de réécrire une couche en chemin, comme l’unité 02 le faisait avec un graphe.
#
# Les erreurs aussi viennent plus tard. **Prédisez.** 64 nombres plus 32 nombres : quand cette faute se voit-elle ?
# %% [markdown] lang="en"
# A black box: you see both its ends and nothing inside. No tensor in between, so there is no cutting the model, no extracting features, no rewriting a layer on the way, as unit 02 did with the graph.
#
# Errors come later, too. **Predict.** 64 numbers plus 32 numbers: when does this mistake show?
# %% [markdown] lang="zh"
# 一个黑盒子：看得见两头，看不见里面。没有中间张量，就无法截取模型、提取特征，也无法像第 02 单元那样中途改写某一层。
#
# 错误也来得更晚。**先预测**：64 个数加上 32 个数，这个错什么时候才会暴露？


# %%
class Mismatched(keras.Model):
    def __init__(self):
        super().__init__()
        self.wide, self.narrow = layers.Dense(64), layers.Dense(32)

    def call(self, inputs):
        return layers.add([self.wide(inputs), self.narrow(inputs)])


mismatched = Mismatched()
mismatched.compile(loss="mse")
print("made and compiled without a word")
attempt("first call", lambda: mismatched(arms.x_test[:3]))

# %% [markdown] lang="fr"
# Un graphe l’aurait dit à la ligne fautive ; ici il faut attendre le premier lot, peut-être après une heure de chargement des données. Appelez donc toujours une sous-classe sur un petit lot avant de l’entraîner.
#
# ### Enregistrer
#
# Un fichier `.keras` contient l’architecture d’un graphe. D’une sous-classe, il ne retient guère que le *nom*. **Prédisez.** Lesquels de ces trois essais relisent le modèle ?
# %% [markdown] lang="en"
# A graph would have said so on the offending line; here you wait for the first batch, perhaps after an hour of loading data. So always call a subclass on a small batch before you train it.
#
# ### Saving
#
# A `.keras` file contains the architecture of a graph. Of a subclass it remembers little more than the *name*. **Predict.** Which of these three attempts will read the model back?
# %% [markdown] lang="zh"
# 换成图，出错的那一行当场就会报错；在这里却要等到第一个批次，说不定数据已经加载了一个小时。所以，训练子类之前，请先拿一小批数据调用一次。
#
# ### 保存
#
# `.keras` 文件里存有图的结构；对子类，它几乎只记下*名字*。**先预测**：下面三次尝试，哪几次能把模型读回来？

# %%
model.save(workshop / "my_model.keras")
as_class.save(workshop / "mlp.keras")


def load(file, **classes):
    return keras.models.load_model(workshop / file, custom_objects=classes)


attempt("MLP, without its class    ", lambda: load("mlp.keras"))
attempt("MLP, with its class       ", lambda: load("mlp.keras", MLP=MLP))
attempt("MyModel, with its class   ", lambda: load("my_model.keras", MyModel=MyModel))

# %% [markdown] lang="fr"
# Il faut la classe, et cela ne suffit pas. Le fichier a noté quelques réglages, comme le type des nombres ; à la relecture, Keras les passe à `__init__`. Celui de `MLP` les accepte grâce à `**kwargs`, celui de `MyModel` non. Écrivez donc toujours :
#
# ```python
# def __init__(self, **kwargs):
#     super().__init__(**kwargs)
# ```
#
# Si vos poids sont déjà dans un fichier comme celui de `MyModel`, rien n’est perdu : la classe étant là, on crée un modèle, on l’appelle une fois, et l’on recharge les poids seuls.
#
# **Prédisez.** Pourquoi faut-il l’appeler ?
# %% [markdown] lang="en"
# You need the class, and even that is not enough. The file has recorded some settings, such as the name and the dtype; when it reads them back, Keras hands them to `__init__`. That of `MLP` takes them thanks to `**kwargs`, that of `MyModel` does not. So always write:
#
# ```python
# def __init__(self, **kwargs):
#     super().__init__(**kwargs)
# ```
#
# If your weights already sit in a file like that of `MyModel`, nothing is lost: you have the class, so make a model, call it once, and load the weights alone.
#
# **Predict.** Why must it be called?
# %% [markdown] lang="zh"
# 类必须在手边，但光有类还不够。文件里还记了几项设置，比如数值类型；读取时，Keras 会把它们传给 `__init__`。`MLP` 有 `**kwargs`，接得住；`MyModel` 接不住。所以请一律这样写：
#
# ```python
# def __init__(self, **kwargs):
#     super().__init__(**kwargs)
# ```
#
# 要是权重已经存进了 `MyModel` 那样的文件，也不要紧：类还在，新建一个模型，调用一次，再单独读入权重。
#
# **先预测**：为什么必须先调用一次？

# %%
fresh = MyModel()
attempt("before a call", lambda: fresh.load_weights(workshop / "my_model.keras"))
fresh(keras.Input(shape=(8,)))
attempt("after a call ", lambda: fresh.load_weights(workshop / "my_model.keras"))
same = np.allclose(fresh(arms.x_test), model(arms.x_test), atol=1e-6)
print("same answers:", same)

# %% [markdown] lang="fr"
# Avant le premier appel, il n’y a pas de poids à remplir. Quant aux arguments que vous ajoutez à `__init__` et aux classes que l’on déclare une fois pour toutes, ils attendent l’unité sur les couches personnalisées.
#
# ## 7. Ce que l’on gagne : du Python
#
# `call` est une fonction : on peut y écrire ce qu’un graphe ne sait pas dire. Par exemple, refuser de répondre quand une articulation dépasse sa butée, 60° soit π/3. Notez au passage qu’une sous-classe peut contenir n’importe quel modèle, ici la pile.
#
# **Prédisez.** L’appel direct marchera ; et `predict` ?
# %% [markdown] lang="en"
# Before the first call, there are no weights to fill. As for arguments of your own in `__init__` and for classes that are registered once and for all, they wait for the unit on custom layers.
#
# ## 7. What you gain: Python
#
# `call` is a function: you can write in it what a graph cannot say. For instance, refuse to answer when a joint turns beyond its stop, 60° or π/3. Notice in passing that a subclass can hold any model, here the stack.
#
# **Predict.** The direct call will work; will `predict`?
# %% [markdown] lang="zh"
# 第一次调用之前，还没有权重可填。至于你自己给 `__init__` 加的参数，以及怎样一次注册、到处可用，留到自定义层那个单元再讲。
#
# ## 7. 得到了什么：Python
#
# `call` 是一个函数，图说不出来的话，在这里都能写。比如：只要有一个关节超出限位（60°，也就是 π/3），就拒绝回答。顺便留意：子类里可以装任何模型，这里装的是堆叠。
#
# **先预测**：直接调用没问题，那 `predict` 呢？


# %%
class Guarded(keras.Model):
    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner

    def call(self, angles):
        if ops.max(ops.abs(angles)) > np.pi / 3:
            raise ValueError("a joint turns beyond its stop")
        return self.inner(angles)


guarded = Guarded(stack)
allowed, too_far = arms.x_test[:3], 2 * arms.x_test[:3]
attempt("call, allowed        ", lambda: guarded(allowed))
attempt("call, too far        ", lambda: guarded(too_far))
attempt("predict              ", lambda: guarded.predict(allowed, verbose=0))

guarded.compile(run_eagerly=True)
attempt("eagerly, allowed     ", lambda: guarded.predict(allowed, verbose=0))
attempt("eagerly, too far     ", lambda: guarded.predict(too_far, verbose=0))

# %% [markdown] lang="fr"
# Par défaut, `fit` et `predict` exécutent `call` une fois sur des tenseurs *symboliques* pour en tirer un calcul compilé, plus rapide. Un `if` sur une **valeur** y échoue, comme dans un graphe : il n’y a pas encore de valeur. `run_eagerly=True` renonce à compiler et exécute votre Python à chaque lot. Plus lent, mais tout est permis.
#
# Et sans y renoncer ? Pour choisir entre des *nombres*, `ops.where` ou `ops.cond` se compilent. Et un `if` sur la **structure** des données, que l’on connaît avant leurs valeurs, ne pose aucun problème. Nous voilà aux arbres.
#
# ## 8. Des avis en forme d’arbres
#
# Un arbre est un mot, ou une paire d’arbres. Cinq mots favorables, cinq défavorables, et trois qui les combinent.
# %% [markdown] lang="en"
# By default, `fit` and `predict` run `call` once on *symbolic* tensors, to make a compiled calculation of it, which is faster. An `if` on a **value** fails there, as it does in a graph: there is no value yet. `run_eagerly=True` does without compiling and runs your Python for each batch. Slower, but everything is allowed.
#
# And if you want to compile? To choose between *numbers*, `ops.where` and `ops.cond` can be compiled. And an `if` on the **structure** of the data, known before their values, is no problem at all. Which brings us to trees.
#
# ## 8. Comments in the shape of trees
#
# A tree is a word, or a pair of trees. Five words of praise, five of blame, and three that combine them.
# %% [markdown] lang="zh"
# 默认情况下，`fit` 和 `predict` 先用*符号*张量执行一次 `call`，编译成更快的计算。根据**数值**写的 `if` 在这里会失败，和在图里一样：还没有数值呢。`run_eagerly=True` 放弃编译，每个批次都执行你的 Python 代码。慢一些，但什么都能写。
#
# 不想放弃编译呢？要在*数*之间做选择，`ops.where` 和 `ops.cond` 都能编译。而根据数据的**结构**写 `if` 毫无问题，因为结构在数值之前就知道了。说到结构，就轮到树了。
#
# ## 8. 树形的意见
#
# 一棵树，要么是一个词，要么是一对树。五个褒义词，五个贬义词，再加上三个用来组合的词。

# %%
good = [_("tasty"), _("warm"), _("fresh"), _("cheap"), _("quick")]
bad = [_("bland"), _("cold"), _("dry"), _("pricey"), _("slow")]
no, both, yet = _("not"), _("and"), _("but")
vocabulary = [*good, *bad, no, both, yet]

one = (no, (good[0], (both, bad[4])))
other = ((no, good[0]), (both, bad[4]))
print(one)
print(other)

# %% alt="Two trees over the same four words: not over the rest, or not with the first word only"
plots.trees([one, other])

# %% [markdown] lang="fr"
# Les mêmes mots, dans le même ordre. À gauche, « pas » porte sur tout le reste : il n’est pas vrai que ce soit bon et lent à la fois. À droite, il ne porte que sur « bon ».
#
# Dans ce petit monde, les règles sont nettes : « pas » renverse ; « et » exige les deux ; avec « mais », c’est le dernier mot qui l’emporte. **Prédisez** le jugement de chacun des deux arbres, sachant que « bon » est favorable et « lent » défavorable.
# %% [markdown] lang="en"
# The same words, in the same order. On the left, “not” applies to all the rest: it is not true that it is tasty and slow at once. On the right it applies to “tasty” alone.
#
# In this small world the rules are plain: “not” reverses; “and” wants both; with “but”, what comes last wins. **Predict** the verdict of each of the two trees, given that “tasty” praises and “slow” blames.
# %% [markdown] lang="zh"
# 同样的词，同样的顺序。左边的“不”管着后面全部：并不是又好吃又慢。右边的“不”只管“好吃”。
#
# 在这个小世界里，规则很清楚：“不”表示反转；“且”要求两边都成立；有“但”的，以后面的为准。已知“好吃”是褒，“慢”是贬，**先预测**：这两棵树各是褒还是贬？


# %%
def verdict(tree):
    """Is this comment favourable? The rules, written as a recursion."""
    if isinstance(tree, str):
        return tree in good
    left, right = tree
    if left == no:
        return not verdict(right)
    link, last = right
    return verdict(last) and (link == yet or verdict(left))


print("favourable:", verdict(one), verdict(other))

# %% [markdown] lang="fr"
# Oui à gauche, non à droite. Ces règles, le réseau ne les connaîtra pas : il devra les deviner d’après des exemples. Tirons au hasard des avis d’une ou deux opinions pour apprendre, et d’autres, de trois ou quatre, **plus longs que tous ceux de l’entraînement**. Nous gardons à part dix avis jumeaux, comme les deux ci-dessus.
# %% [markdown] lang="en"
# Yes on the left, no on the right. The network will not know these rules: it has to guess them from examples. Let us draw comments of one or two opinions to learn from, and others, of three or four, **longer than any in training**. We set aside ten twin comments like the two above.
# %% [markdown] lang="zh"
# 左边是褒，右边是贬。网络并不知道这些规则，只能从样本里猜出来。我们随机生成含一两个看法的意见用来学习，再生成含三四个看法的，**比训练时见过的都长**。另外留出十条像上面那样的“双胞胎”意见。

# %%
chance = random.Random(1)


def comment(opinions):
    """A random tree with that many words of praise or blame."""
    if opinions == 1:
        tree = chance.choice(good + bad)
    else:
        first = chance.randrange(1, opinions)
        link = chance.choice([both, yet])
        tree = (comment(first), (link, comment(opinions - first)))
    return (no, tree) if chance.random() < 0.35 else tree


def draw(count, sizes, known):
    """That many trees, no two alike and none of them known."""
    found = list(known)
    while len(found) < len(known) + count:
        tree = comment(chance.choice(sizes))
        if isinstance(tree, tuple) and tree not in found:
            found.append(tree)
    return found[len(known) :]


pairs = [
    ((no, (praise, (both, blame))), ((no, praise), (both, blame)))
    for praise, blame in zip(good, bad, strict=True)
]
twins = [tree for pair in pairs for tree in pair]
train = draw(600, sizes=[1, 2, 2, 2], known=twins)
unseen = draw(100, sizes=[2], known=[*train, *twins])
longer = draw(60, sizes=[3, 4], known=[])
print(len(train), "to learn from,", len(unseen), "to validate,", end=" ")
print(len(longer), "longer,", len(twins), "twins")

# %% alt="Two longer trees, of three or four opinions"
plots.trees(longer[2:4])

# %% [markdown] lang="fr"
# Essayons d’abord ce qu’un graphe sait lire : un tableau, qui compte combien de fois chaque mot figure dans chaque avis.
#
# **Prédisez.** Sur les jumeaux, combien de bonnes réponses peut-il donner, même s’il apprend parfaitement ?
# %% [markdown] lang="en"
# Let us first try what a graph can read: an array. For each comment, how often each word occurs in it.
#
# **Predict.** On the twins, how many right answers, however well it learns?
# %% [markdown] lang="zh"
# 先用图读得懂的东西试一试：数组。统计每条意见里每个词出现了几次。
#
# **先预测**：不管学得多好，它在双胞胎上能答对多少？


# %% alt="Drawing of the model on word counts: 13 counts, dense 16, dense 1"
def words(tree):
    return [tree] if isinstance(tree, str) else words(tree[0]) + words(tree[1])


def count_words(trees):
    return np.array(
        [[words(tree).count(word) for word in vocabulary] for tree in trees]
    )


def labels(trees):
    return np.array([[verdict(tree)] for tree in trees], "float32")


counts = keras.Input(shape=(len(vocabulary),), name="counts")
hidden = layers.Dense(16, activation="relu", name="hidden")(counts)
favourable = layers.Dense(1, activation="sigmoid", name="favourable")(hidden)
counting = keras.Model(counts, favourable, name="counting")
plots.model_drawing(counting)

# %%
counting.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
counting.fit(count_words(train), labels(train), epochs=10, verbose=0)
twin_answers = counting.predict(count_words(twins), verbose=0) > 0.5
print("twins, right:", int((twin_answers == labels(twins)).sum()), "of", len(twins))

# %% [markdown] lang="fr"
# Cinq sur dix, exactement : deux jumeaux ont le même décompte, donc la même réponse, forcément fausse pour l’un des deux. Un LSTM qui lirait les mots dans l’ordre n’y changerait rien : l’ordre est le même. L’information est dans l’arbre.
#
# ## 9. Un réseau qui lit des arbres
#
# L’idée est une récursion. Un mot donne un vecteur. Une paire donne un vecteur aussi : on lit chaque branche, on met les deux vecteurs bout à bout, et une couche, **toujours la même**, les réduit en un seul. C’est le *Tree-RNN* (Goller et Küchler, 1996 ; Socher et ses collègues, 2011).
#
# **Prédisez.** Combien de paramètres ? Et pour un arbre dix fois plus grand ?
# %% [markdown] lang="en"
# Five out of ten, exactly: two twins have the same counts, so the same answer, and one of the two is wrong. An LSTM that read the words in order would do no better: the order is the same. The information is in the tree.
#
# ## 9. A network that reads trees
#
# The idea is a recursion. A word gives a vector. A pair gives a vector, too: read each branch, put the two vectors end to end, and let one layer, **always the same**, make one vector of them. This is the *Tree-RNN* (Goller and Küchler, 1996; Socher and colleagues, 2011).
#
# **Predict.** How many parameters? And for a tree ten times larger?
# %% [markdown] lang="zh"
# 十个里对五个，不多不少：双胞胎的词频一样，答案也就一样，两个里必有一个是错的。换成按顺序读词的 LSTM 也没用，因为顺序也一样。信息就在树里。
#
# ## 9. 会读树的网络
#
# 办法是递归。一个词给出一个向量；一对树也给出一个向量：分别读两个分支，把两个向量首尾相接，再由一个层合成一个向量，而且**始终是同一个层**。这就是 *Tree-RNN*，又叫递归神经网络（recursive neural network；Goller 与 Küchler，1996 年；Socher 等，2011 年）。
#
# **先预测**：有多少个参数？树大十倍呢？


# %%
class TreeRNN(keras.Model):
    def __init__(self, words, size=16, **kwargs):
        super().__init__(**kwargs)
        self.word = layers.Embedding(words, size, "he_normal", name="word")
        self.join = layers.Dense(size, activation="tanh", name="join")
        self.favourable = layers.Dense(1, activation="sigmoid", name="favourable")

    def read(self, tree):
        if not isinstance(tree, tuple):
            return self.word(tree)
        left, right = tree
        return self.join(ops.concatenate([self.read(left), self.read(right)], axis=-1))

    def call(self, tree):
        return self.favourable(self.read(tree))


def numbered(tree):
    """The same tree with numbers for words, as a batch of one."""
    if isinstance(tree, str):
        return np.array([vocabulary.index(tree)])
    return tuple(numbered(branch) for branch in tree)


reader = TreeRNN(len(vocabulary), name="reader")
for tree in ((no, bad[4]), one, (one, (yet, (one, (both, other))))):
    print(f"{len(words(tree)):2} words:", reader(numbered(tree)).shape, end=" ")
    print(f"- {reader.count_params():,} parameters")
reader.summary()

# %% [markdown] lang="fr"
# **753**, quelle que soit la taille : 13 × 16 pour les mots, 32 × 16 + 16 pour `join`, 17 pour la réponse. Le calcul prend la forme de l’arbre ; les poids, eux, n’en dépendent pas.
#
# Aucun graphe ne sait faire cela : un graphe a *une* forme. Pour *un* arbre donné, on peut bien le dessiner, en appelant notre modèle sur des entrées symboliques :
# %% [markdown] lang="en"
# **753**, whatever the size: 13 × 16 for the words, 32 × 16 + 16 for `join`, 17 for the answer. The calculation takes the shape of the tree; the weights do not depend on it.
#
# No graph can do this: a graph has *one* shape. For *one* given tree it can of course be drawn, by calling our model on symbolic inputs:
# %% [markdown] lang="zh"
# 不管树多大，都是 **753** 个：词向量 13 × 16，`join` 32 × 16 + 16，最后的回答 17。计算的形状随树而变，权重却与树无关。
#
# 任何图都做不到这一点：一张图只有*一种*形状。当然，给定*一棵*树，是可以画出来的，只要用符号输入来调用模型：

# %% alt="The graph of one small tree: two inputs, the shared word layer, concatenate, join, favourable"
leaves = [keras.Input(shape=(), dtype="int32", name=f"word_{i}") for i in (1, 2)]
plots.model_drawing(keras.Model(leaves, reader.call((leaves[0], leaves[1]))))

# %% [markdown] lang="fr"
# Voilà le graphe de « pas lent ». Un autre arbre, un autre graphe. **Prédisez.** Combien de graphes faudrait-il pour lire tous les arbres binaires de dix mots ?
# %% [markdown] lang="en"
# That is the graph of “not slow”. Another tree, another graph. **Predict.** How many graphs would it take to read all binary trees of ten words?
# %% [markdown] lang="zh"
# 这就是“不慢”的图。换一棵树，就要换一张图。**先预测**：要读遍十个词的所有二叉树，需要多少张图？

# %%
for size in (2, 3, 4, 6, 10):
    print(f"{size:2} words, shapes: {comb(2 * size - 2, size - 1) // size:,}")

# %% [markdown] lang="fr"
# 4 862, pour dix mots seulement. La récursion en écrit un à la demande, à chaque arbre.
#
# ### L’entraîner
#
# Un lot réunit des exemples de même forme. Regroupons donc les arbres par forme, et mettons les mots de même place dans un même tableau : la récursion lit alors tout le lot d’un coup. `train_on_batch` fait un pas de `fit` ; la boucle est à nous, car `fit` voudrait que tous les lots se ressemblent.
# %% [markdown] lang="en"
# 4,862, for a mere ten words. The recursion writes one on demand, for each tree.
#
# ### Training it
#
# A batch holds examples of one shape. So let us group the trees by shape, and put the words that stand in the same place into one array: the recursion then reads the whole batch at once. `train_on_batch` takes one step of `fit`; the loop is ours, for `fit` wants all batches to look alike.
# %% [markdown] lang="zh"
# 才十个词，就有 4,862 种。递归则按需生成，来一棵树就写一张。
#
# ### 训练
#
# 一个批次里的样本形状必须相同。所以先把树按形状分组，再把同一位置的词放进同一个数组，这样递归一次就能读完整个批次。`train_on_batch` 相当于 `fit` 的一步；循环由我们自己写，因为 `fit` 要求每个批次都长得一样。


# %%
def shape(tree):
    return "*" if isinstance(tree, str) else (shape(tree[0]), shape(tree[1]))


def stacked(trees):
    """Trees of one shape as one tree, whose leaves are arrays of word numbers."""
    if isinstance(trees[0], str):
        return np.array([vocabulary.index(word) for word in trees])
    return tuple(stacked(branches) for branches in zip(*trees, strict=True))


def batches(trees):
    shapes = dict.fromkeys(map(shape, trees))
    groups = [[tree for tree in trees if shape(tree) == each] for each in shapes]
    return [(stacked(group), labels(group)) for group in groups]


def accuracy(trees):
    right = [(reader(x).numpy() > 0.5) == y for x, y in batches(trees)]
    return float(np.concatenate(right).mean())


train_batches = batches(train)
seen = set(map(shape, train))
new = [tree for tree in longer if shape(tree) not in seen]
print(len(seen), "shapes to learn from;", end=" ")
print(len(new), "of", len(longer), "longer comments have another")

# %% [markdown] lang="fr"
# Huit formes à l’entraînement ; presque tous les avis plus longs en ont une autre. **Prédisez.** Le réseau saura-t-il juger des formes qu’il n’a jamais vues ?
# %% [markdown] lang="en"
# Eight shapes in training; nearly all the longer comments have another one. **Predict.** Will the network be able to judge shapes that it has never seen?
# %% [markdown] lang="zh"
# 训练中只有八种形状，而更长的意见几乎都是别的形状。**先预测**：没见过的形状，网络判断得了吗？

# %% alt="Loss falling over 6 epochs; accuracy rising to the top, in training and in validation"
reader.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss="binary_crossentropy",
    metrics=["accuracy"],
    run_eagerly=True,
)
losses, accuracies, on_unseen = [], [], []
for _epoch in range(6):
    reader.reset_metrics()
    chance.shuffle(train_batches)
    for x, y in train_batches:
        results = reader.train_on_batch(x, y, return_dict=True)
    losses.append(results["loss"])
    accuracies.append(results["accuracy"])
    on_unseen.append(accuracy(unseen))
plots.training({"loss": losses, "accuracy": accuracies, "val_accuracy": on_unseen})

# %%
print("accuracy on longer comments >= 0.9:", accuracy(longer) >= 0.9)
print("accuracy on twins >= 0.8:          ", accuracy(twins) >= 0.8)

# %% [markdown] lang="fr"
# Il a donc appris des règles, et non des phrases : ce que fait « pas » à une branche, il le fait à n’importe quelle branche, de n’importe quelle profondeur. Et puisqu’il donne un vecteur à *chaque* nœud, on peut lui demander son avis à chaque étage. `+` favorable, `−` défavorable.
# %% [markdown] lang="en"
# So it has learned rules, not sentences: what “not” does to one branch it does to any branch, however deep. And since it gives a vector to *every* node, we can ask for its opinion at each level: `+` favourable, `−` unfavourable.
# %% [markdown] lang="zh"
# 可见它学到的是规则，不是句子：“不”对一个分支起什么作用，对任何分支都一样，不管多深。而且它给*每个*节点都算出一个向量，所以每一层都可以问问它的看法：`+` 是褒，`−` 是贬。


# %% alt="Four trees with the network's verdict, plus or minus, at each node that is a comment"
def opinion(tree):
    if tree[0] in (both, yet):  # half a comment: there is nothing to judge yet
        return None
    return float(reader(numbered(tree))[0, 0])


plots.trees([one, other, *longer[2:4]], score=opinion)

# %% [markdown] lang="fr"
# Lisez de bas en haut : chaque signe découle de ceux d’en dessous, et l’on voit où « pas » renverse le jugement. Aucune pile, aucun graphe ne vous donnerait cette image.
#
# ## 10. Quel style choisir ?
#
# | | `Sequential` | fonctionnel | sous-classe |
# |---|---|---|---|
# | ce que vous écrivez | une liste | un graphe | un programme |
# | simplicité | la plus grande | grande, même avec des branches | à vous de tout écrire |
# | liberté | un seul chemin | toute topologie fixe | totale : `if`, boucles, récursion |
# | poids et formes | dès l’écriture (avec `Input`) | dès l’écriture | au premier appel |
# | une erreur de forme | à la ligne fautive | à la ligne fautive | au premier lot |
# | dessin, résumé | oui | oui | une boîte, après l’appel |
# | tenseurs intermédiaires | oui | oui | non |
# | relire un fichier | sans code | sans code | avec la classe |
# | fait pour | une chaîne de couches | presque tout le reste | ce qui dépend des données, la recherche |
#
# Les **forces** des sous-classes sont les faiblesses des graphes, et inversement : un graphe n’a pas de structure dynamique, et un calcul inédit oblige parfois à tout écrire soi-même ; un programme ne se vérifie qu’en tournant.
#
# Ce choix n’engage pas le modèle entier. `Guarded` contenait une pile ; un graphe peut contenir une sous-classe. Écrivez en graphe tout ce qui peut l’être, et en sous-classe le reste.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | un modèle sous forme de classe | `class MyModel(keras.Model)`, `__init__(self, **kwargs)`, `call(self, inputs)` |
# | créer ses poids | un appel sur des données, ou `model(keras.Input(shape=(8,)))` |
# | un `if` sur des valeurs | `model.compile(..., run_eagerly=True)` |
# | relire le fichier | `load_model(file, custom_objects={"MLP": MLP})` |
# | reprendre les poids seuls | un appel, puis `model.load_weights(file)` |
# | une récursion | une méthode qui s’appelle elle-même, et des couches créées une seule fois |
#
# - On crée dans `__init__`, on appelle dans `call` ; les poids naissent au premier appel.
# - L’ordre des poids est celui de `__init__`, l’ordre du calcul est celui de `call`.
# - Une sous-classe échange le dessin, les tenseurs intermédiaires et les vérifications contre la liberté du programme.
# - Un réseau récursif a autant de formes que ses données, et un seul jeu de poids.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions, jusqu’à votre propre Tree-RNN.
# - La documentation de Keras (en anglais) : [créer couches et modèles par sous-classes](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [la classe Model](https://keras.io/api/models/model/), [l’enregistrement](https://keras.io/guides/serialization_and_saving/).
# - Ensuite : [plusieurs entrées, plusieurs sorties](../04-ticket-routing/lesson.ipynb), où les graphes reprennent la main.
# %% [markdown] lang="en"
# Read from the bottom up: each sign follows from those below it, and you can see where “not” turns the verdict round. No stack and no graph would give you this picture.
#
# ## 10. Which style?
#
# | | `Sequential` | functional | subclass |
# |---|---|---|---|
# | what you write | a list | a graph | a program |
# | simplicity | the greatest | great, even with branches | everything is up to you |
# | control | a single path | any fixed topology | total: `if`, loops, recursion |
# | weights and shapes | as you write (with `Input`) | as you write | at the first call |
# | a shape error shows | on the offending line | on the offending line | at the first batch |
# | drawing, summary | yes | yes | one box, after the call |
# | tensors in between | yes | yes | no |
# | reading a file back | without code | without code | with the class |
# | made for | a chain of layers | nearly all the rest | what depends on the data, research |
#
# The **strengths** of subclasses are the weaknesses of graphs, and the other way round: a graph has no dynamic structure, and a calculation of a new kind sometimes means that you must write everything yourself; a program is checked only by running it.
#
# The choice does not bind the whole model. `Guarded` held a stack; a graph can hold a subclass. Write as a graph whatever can be one, and the rest as a subclass.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | a model as a class | `class MyModel(keras.Model)`, `__init__(self, **kwargs)`, `call(self, inputs)` |
# | to make its weights | a call on data, or `model(keras.Input(shape=(8,)))` |
# | an `if` on values | `model.compile(..., run_eagerly=True)` |
# | to read the file back | `load_model(file, custom_objects={"MLP": MLP})` |
# | to load the weights alone | a call, then `model.load_weights(file)` |
# | a recursion | a method that calls itself, and layers that are made once |
#
# - Make in `__init__`, call in `call`; weights are born at the first call.
# - The order of the weights is that of `__init__`, the order of the calculation that of `call`.
# - A subclass trades drawings, tensors in between and checks for the freedom of a program.
# - A recursive network has as many shapes as its data, and a single set of weights.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions, up to a Tree-RNN of your own.
# - Keras’s own pages: [making layers and models by subclassing](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [the Model class](https://keras.io/api/models/model/), [saving](https://keras.io/guides/serialization_and_saving/).
# - Next: [several inputs, several outputs](../04-ticket-routing/lesson.ipynb), where graphs take over again.
# %% [markdown] lang="zh"
# 请从下往上看：每个符号都由它下面的符号得来，“不”在哪里反转了判断也一目了然。这样一幅画面，堆叠和图都给不了你。
#
# ## 10. 选哪种风格？
#
# | | `Sequential` | 函数式 | 子类化 |
# |---|---|---|---|
# | 写的是什么 | 列表 | 图 | 程序 |
# | 简单程度 | 最简单 | 简单，有分支也不难 | 一切自己动手 |
# | 控制力 | 只有一条路 | 任意的固定拓扑 | 完全掌控：`if`、循环、递归 |
# | 权重和形状 | 写下就有（有 `Input` 时） | 写下就有 | 第一次调用才有 |
# | 形状出错 | 当行报错 | 当行报错 | 第一个批次才报错 |
# | 结构图、`summary` | 有 | 有 | 调用之后，只有一个方框 |
# | 中间张量 | 有 | 有 | 没有 |
# | 读回文件 | 不需要代码 | 不需要代码 | 需要类 |
# | 适合 | 一条由层组成的链 | 其余绝大多数模型 | 取决于数据的计算、研究 |
#
# 子类的**长处**正是图的短处，反过来也一样：图没有动态结构，遇到全新的计算，有时只能一切自己动手写；程序则要运行起来，才知道对不对。
#
# 选了哪种风格，也不必整个模型都用它。`Guarded` 里面就装着堆叠，图里也能放子类。能写成图的就写成图，剩下的再用子类。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 把模型写成类 | `class MyModel(keras.Model)`，`__init__(self, **kwargs)`，`call(self, inputs)` |
# | 创建权重 | 用数据调用一次，或者 `model(keras.Input(shape=(8,)))` |
# | 根据数值写 `if` | `model.compile(..., run_eagerly=True)` |
# | 读回文件 | `load_model(file, custom_objects={"MLP": MLP})` |
# | 只取回权重 | 先调用一次，再 `model.load_weights(file)` |
# | 写递归 | 一个调用自身的方法，加上只创建一次的层 |
#
# - 在 `__init__` 里创建，在 `call` 里调用；权重在第一次调用时诞生。
# - 权重按 `__init__` 的顺序排列，计算按 `call` 的顺序进行。
# - 子类用结构图、中间张量和检查，换来了程序的自由。
# - 递归网络的形状随数据而变，权重却只有一套。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，最后写出你自己的 Tree-RNN。
# - Keras 官方文档（英文）：[用子类化编写层和模型](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)、[Model 类](https://keras.io/api/models/model/)、[保存与加载](https://keras.io/guides/serialization_and_saving/)。
# - 接下来：[多输入与多输出](../04-ticket-routing/lesson.ipynb)，图又派上用场了。
