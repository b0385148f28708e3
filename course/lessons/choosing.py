"""Unit 11, lesson: one model in three styles, and how to choose. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Choisir son style
#
# Une régie des eaux relève ses compteurs par photo. Le réseau qui lit les chiffres marche bien ; son auteur est parti. Un collègue veut tout réécrire « proprement », en graphe. Une autre ne jure que par les classes. La direction demande seulement que rien ne change pour les abonnés. **Il y a trois façons d’écrire ce modèle : laquelle pour votre problème, pour votre équipe, et dans deux ans ?**
#
# La réponse tient en deux idées. Le style est un choix d’*écriture*, pas de modèle : on peut en changer sans rien changer au calcul. Et cela se **prouve**, à chaque pas, par un outil : `compare`.
#
# **À la fin de cette leçon, vous saurez :**
#
# - écrire un même modèle en pile, en graphe et en classe, et montrer que c’est le même ;
# - lire ce que `compare` vous dit de deux modèles, et savoir ce que d’autres vérifications laissent passer ;
# - **remanier une classe en graphe, pas à pas**, sans perdre ni un poids ni une nuit de sommeil ;
# - mêler les styles dans les deux sens ;
# - choisir, par une courte suite de questions, et défendre votre choix.
#
# Comptez 35 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Choosing a style
#
# A water company reads its meters from photographs. The network that reads the digits works well; its author has left. One colleague wants to rewrite it all “properly”, as a graph. Another swears by classes. Management asks one thing only: nothing may change for the customers. **There are three ways to write the model: which one, for my problem, my team, and in two years?**
#
# The answer rests on two ideas. A style is a choice of *writing*, not of model: you can change it without changing the calculation. And this can be **proved**, at every step, with a tool: `compare`.
#
# **By the end of this lesson you will be able to:**
#
# - write one model as a stack, as a graph and as a class, and show that it is one model;
# - read what `compare` says about two models, and know what other checks let through;
# - **refactor a class into a graph, step by step**, without losing a weight or a night’s sleep;
# - mix the styles in both directions;
# - choose, with a short chain of questions, and defend your choice.
#
# Allow 35 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 三种风格，怎么选
#
# 一家自来水公司靠拍照抄表。识别数字的网络一直好用，可写它的人已经离职了。一位同事想把它“规规矩矩”地重写成图，另一位只认类，领导只有一个要求：用户那边什么都不能变。**同一个模型有三种写法，对我的问题、我的团队，以及两年之后，哪一种才合适？**
#
# 答案归结为两点。第一，风格是*写法*的选择，不是模型的选择：换一种写法，计算可以丝毫不变。第二，“丝毫不变”是可以**证明**的，而且每走一步都能证明，工具就是 `compare`。
#
# **学完本课，你将能够：**
#
# - 把同一个模型写成堆叠、图和类，并证明它们是同一个模型；
# - 看懂 `compare` 的结论，也清楚别的检查会放过什么；
# - **一步一步地把类重构成图**，一个权重也不丢，晚上照样睡得着；
# - 从两个方向混用各种风格；
# - 用几个问题做出选择，并说得出理由。
#
# 阅读大约需要 35 分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import tempfile
from pathlib import Path

import keras
import numpy as np
from course import data, plots
from grader import compare
from keras import layers, ops

keras.utils.set_random_seed(11)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. Un modèle, trois écritures
#
# Un scan de 8 × 8 pixels, mis à plat : 64 nombres. 32 unités ReLU, puis dix probabilités. D’abord la **pile** : une liste.
# %% [markdown] lang="en"
# ## 1. One model, written three ways
#
# A scan of 8 × 8 pixels, flattened: 64 numbers. 32 ReLU units, then ten probabilities. First the **stack**: a list.
# %% [markdown] lang="zh"
# ## 1. 一个模型，三种写法
#
# 一张 8 × 8 像素的扫描图，展平成 64 个数；先经过 32 个 ReLU 单元，再得到十个概率。第一种是**堆叠**：一个列表。


# %%
def make_list():
    return keras.Sequential(
        [
            keras.Input(shape=(64,), name="pixels"),
            layers.Dense(32, activation="relu", name="hidden"),
            layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="as_list",
    )


# %% [markdown] lang="fr"
# Puis le **graphe** : des tenseurs que l’on branche.
# %% [markdown] lang="en"
# Then the **graph**: tensors that are connected.
# %% [markdown] lang="zh"
# 第二种是**图**：把张量一个个连起来。


# %%
def make_graph():
    pixels = keras.Input(shape=(64,), name="pixels")
    hidden = layers.Dense(32, activation="relu", name="hidden")(pixels)
    digit = layers.Dense(10, activation="softmax", name="digit")(hidden)
    return keras.Model(pixels, digit, name="as_graph")


# %% [markdown] lang="fr"
# Et la **classe** : un programme. Remarquez qu’elle crée ses couches dans l’autre sens ; seul `call` dit l’ordre du calcul.
#
# **Prédisez.** Combien de paramètres pour chacun ? Et lequel n’en a pas encore, tant que rien n’est passé par lui ?
# %% [markdown] lang="en"
# And the **class**: a program. Notice that it makes its layers the other way round; `call` alone says in which order they compute.
#
# **Predict.** How many parameters does each have? And which has none yet, until something has gone through it?
# %% [markdown] lang="zh"
# 第三种是**类**：一段程序。注意，它创建各层的次序是反过来的；计算的顺序只由 `call` 决定。
#
# **先预测**：三者各有多少个参数？在没有任何东西流过之前，哪一个还没有参数？


# %% alt="Drawing of the graph: pixels 64, hidden 32, digit 10, in a row"
class AsClass(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.digit = layers.Dense(10, activation="softmax", name="digit")
        self.hidden = layers.Dense(32, activation="relu", name="hidden")

    def call(self, pixels):
        return self.digit(self.hidden(pixels))


makers = {"Sequential": make_list, "functional": make_graph, "subclass": AsClass}
models = {style: make() for style, make in makers.items()}
print("weight arrays:", {style: len(model.weights) for style, model in models.items()})
for style, model in models.items():
    model(keras.Input(shape=(64,)))
    print(f"{style:10} {model.count_params():,} parameters")
plots.model_drawing(models["functional"])

# %% [markdown] lang="fr"
# 64 × 32 + 32 = 2 080, et 32 × 10 + 10 = 330 : **2 410** trois fois. La classe a attendu qu’on l’appelle. Mais un même total ne prouve pas que ce soit le même modèle. Demandons-le.
#
# ## 2. `compare` : est-ce le même modèle ?
#
# Vous avez croisé cet outil dans l’unité 09, et vous vous en servez depuis le début : c’est lui qui répond sous chaque exercice. Donnez-lui deux modèles, la référence d’abord ; quel que soit leur style, il en tire deux graphes, les aligne, et vérifie par des nombres, avec les mêmes poids des deux côtés, à l’entraînement comme en inférence.
#
# **Prédisez.** La classe sera-t-elle reconnue, avec ses couches créées à l’envers ?
# %% [markdown] lang="en"
# 64 × 32 + 32 = 2,080 and 32 × 10 + 10 = 330: **2,410**, three times. The class has waited to be called. But the same total does not prove that it is the same model. Let us ask.
#
# ## 2. `compare`: is it the same model?
#
# You met this tool in unit 09, and have used it all along: it is what answers below every exercise. Give it two models, the reference first; whatever their style, it turns both into graphs, aligns them, and checks them with numbers, using the same weights on both sides, in training as well as in inference.
#
# **Predict.** Will the class be recognised, with its layers made back to front?
# %% [markdown] lang="zh"
# 64 × 32 + 32 = 2,080，32 × 10 + 10 = 330，三个模型都是 **2,410**。类要等到被调用才有参数。不过，总数相同并不能证明是同一个模型，还是问一问吧。
#
# ## 2. `compare`：是同一个模型吗？
#
# 这个工具你在第 09 单元见过，其实从一开始就在用：每道练习下面给出回答的就是它。给它两个模型，参照的放在前面；不管是什么风格，它都会从中读出两张图，对齐，再让两边用同样的权重算一遍，训练和推理两种情形都算，用数值来核对。
#
# **先预测**：类里的层是倒着创建的，`compare` 还认得出来吗？

# %%
compare(models["functional"], models["subclass"])

# %% [markdown] lang="fr"
# Le dessin est celui du *second* modèle. Keras ne voit d’une classe que la boîte ; `compare` a exécuté son `call` et lu ce qu’il y a dedans. Et la pile ? Et une variante écrite tout autrement ?
# %% [markdown] lang="en"
# The drawing shows the *second* model. Of a class, Keras sees only the box; `compare` has run its `call` and read what is inside. And the stack? And a variant written in quite another way?
# %% [markdown] lang="zh"
# 图上画的是*第二个*模型。对一个类，Keras 只看得见外面的盒子；`compare` 则运行了它的 `call`，读出了里面的内容。那堆叠呢？再来一个写法完全不同的呢？

# %%
scan = keras.Input(shape=(64,), name="scan")
trunk = keras.Sequential([layers.Dense(32, name="hidden"), layers.ReLU()], name="trunk")
scores = layers.Dense(10, name="scores")(trunk(scan))
other_words = keras.Model(scan, ops.softmax(scores), name="other_words")

print("stack:      ", compare(models["functional"], models["Sequential"]).equivalent)
print("other words:", compare(models["functional"], other_words).equivalent)

# %% [markdown] lang="fr"
# D’autres noms, une pile imbriquée, la ReLU en couche, la softmax en opération : `compare` n’y voit que des façons d’écrire.
#
# ## 3. Même départ, même chemin
#
# Prouvons-le aussi à l’ancienne. `carry` reporte les poids **couche par couche, d’après le nom des couches** (la liste de la classe est dans un autre ordre). Puis chacun s’entraînera sur les mêmes lots ; un quatrième, le graphe encore, partira d’autres poids.
#
# **Prédisez.** Combien de courbes distinctes verrez-vous ?
# %% [markdown] lang="en"
# Other names, a nested stack, ReLU as a layer, softmax as an operation: to `compare`, all that is only wording.
#
# ## 3. Same start, same path
#
# Let us prove it the old way, too. `carry` takes the weights over **layer by layer, by name** (the class lists its weights in another order). Then each will train on the same batches; a fourth, the graph again, will start from other weights.
#
# **Predict.** How many separate curves will you see?
# %% [markdown] lang="zh"
# 名称换了，堆叠嵌套在里面，ReLU 成了层，softmax 成了运算，在 `compare` 眼里都只是写法不同。
#
# ## 3. 起点相同，路也相同
#
# 再用老办法证明一次。`carry` **按名称逐层**搬运权重（类的权重列表次序不同）。然后让它们在同样的批次上训练；另外加第四个，还是图，但从另一组权重出发。
#
# **先预测**：你会看到几条不同的曲线？

# %%
scans = data.thumbnails()
x_train, x_test = scans.x_train.reshape(-1, 64), scans.x_test.reshape(-1, 64)


def carry(source, target):
    """Copy the weights of each layer into the layer of the same name."""
    for layer in source.layers:
        if layer.weights:
            target.get_layer(layer.name).set_weights(layer.get_weights())


start = make_graph()
for model in models.values():
    carry(start, model)
expected = models["functional"](x_test)
for style, model in models.items():
    same = np.allclose(model(x_test), expected, atol=1e-5)
    print(f"{style:10} same answers at the start:", same)

# %% [markdown] lang="fr"
# `routine` fait tout ce que l’on demande à un modèle : entraîner, évaluer, prédire, enregistrer, relire. Remarquez ce qu’elle ne demande pas : le style.
# %% [markdown] lang="en"
# `routine` does all that is asked of a model: train, evaluate, predict, save, load. Notice what it does not ask for: the style.
# %% [markdown] lang="zh"
# `routine` 把对模型的要求都做一遍：训练、评估、预测、保存、读回。请留意，有一件事它从不过问：风格。


# %% alt="Four loss curves over 6 epochs: three coincide, the fourth, from other weights, runs apart"
def routine(model, x, x_held_out):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    how = {"batch_size": 64, "epochs": 6, "validation_split": 0.1, "shuffle": False}
    history = model.fit(x, scans.y_train, **how, verbose=0)
    results = model.evaluate(x_held_out, scans.y_test, verbose=0, return_dict=True)
    predicted = model.predict(x_held_out, verbose=0)
    model.save(workshop / "any.keras")
    known = {"AsClass": AsClass}
    again = keras.models.load_model(workshop / "any.keras", custom_objects=known)
    reloaded = np.allclose(again(x_held_out), predicted, atol=1e-5)
    print(f"{model.name:8} {predicted.shape}", end="  ")
    print("accuracy >= 0.8:", results["accuracy"] >= 0.8, " reloaded:", reloaded)
    return history


losses = {}
for style, model in [*models.items(), ("other start", make_graph())]:
    losses[style] = routine(model, x_train, x_test).history["loss"]
for style in ("Sequential", "subclass", "other start"):
    same = np.allclose(losses[style], losses["functional"], atol=1e-3)
    print(f"{style:11} same training curve as functional:", same)
plots.curves(losses, y_label=_("loss"))

# %% [markdown] lang="fr"
# Deux : les courbes des trois styles se superposent, et le hasard du départ pèse plus que le style. **Le style ne change rien à ce qui est appris.**
#
# ## 4. Trois filets, de plus en plus fins
#
# Alors, à quoi bon `compare`, si l’on peut compter les paramètres et comparer des réponses ? Essayons. Voici un modèle et quatre « copies ».
#
# **Prédisez**, copie par copie, lequel de ces trois filets verra la faute : le nombre de paramètres, les réponses avec les mêmes poids, `compare`.
# %% [markdown] lang="en"
# Two: the three styles lie on top of one another, and the luck of the starting weights matters more than the style. **Style changes nothing in what is learned.**
#
# ## 4. Three safety nets, finer and finer
#
# So what is `compare` for, if you can count parameters and compare answers? Let us try. Here is a model, with four “copies”.
#
# **Predict**, copy by copy, which of these three safety nets will catch the fault: the number of parameters, the answers with the same weights, `compare`.
# %% [markdown] lang="zh"
# 两条：三种风格完全重合，可见起点的随机性比风格影响更大。**风格不会改变学到的东西。**
#
# ## 4. 三道筛网，一道比一道细
#
# 既然可以数参数、比结果，还要 `compare` 做什么？试试看。下面是一个模型和它的四份“副本”。
#
# **先预测**：对每一份副本，下面三道筛网哪一道能拦住错误：参数个数、权重相同时的结果、`compare`？


# %%
def network(activation="relu", rate=0.5, trainable=True):
    """Our stack, with dropout."""
    return keras.Sequential(
        [
            keras.Input(shape=(64,), name="pixels"),
            layers.Dense(32, activation=activation, trainable=trainable, name="hidden"),
            layers.Dropout(rate, name="drop"),
            layers.Dense(10, activation="softmax", name="digit"),
        ]
    )


def answers_of(model, data):
    found = model(data)
    return list(found.values()) if isinstance(found, dict) else [found]


def nets(reference, candidate, data):
    """What each net says: True where it sees no difference."""
    carry(reference, candidate)
    pairs = zip(answers_of(reference, data), answers_of(candidate, data), strict=True)
    alike = all(np.allclose(a, b, atol=1e-5) for a, b in pairs)
    count = reference.count_params() == candidate.count_params()
    return count, alike, compare(reference, candidate)


reference = network()
copies = {
    "tanh for ReLU": network(activation="tanh"),
    "no dropout": make_list(),
    "less dropout": network(rate=0.2),
    "frozen": network(trainable=False),
}
found = {}
print(f"{'':15} parameters  answers  compare")
for name, copy in copies.items():
    count, alike, found[name] = nets(reference, copy, x_test)
    print(f"{name:15} {count!s:10}  {alike!s:7}  {found[name].equivalent}")

# %% [markdown] lang="fr"
# Les quatre ont 2 410 paramètres. Trois donnent les mêmes réponses : un `Dropout` ne fait rien en inférence, et un poids gelé calcule comme un autre. Ces fautes-là ne se verraient qu’au *prochain* entraînement, dans deux ans. Que dit `compare` ?
# %% [markdown] lang="en"
# All four have 2,410 parameters. Three give the same answers: a `Dropout` does nothing in inference, and a frozen weight reads like any other. Such faults would show only the *next* time the model is trained, in two years. What does `compare` say?
# %% [markdown] lang="zh"
# 四份副本都是 2,410 个参数，其中三份连结果都一样：`Dropout` 在推理时什么也不做，冻结的权重读出来也没有两样。这类错误，要等到两年后*下一次*训练时才会露出来。`compare` 怎么说？

# %%
for name, comparison in found.items():
    for difference in comparison.differences:
        print(f"{name}: {difference.message(course.language())}")

# %% [markdown] lang="fr"
# Et, en dessin, l’endroit exact :
# %% [markdown] lang="en"
# And, in a drawing, the exact place:
# %% [markdown] lang="zh"
# 画成图，位置一目了然：

# %%
found["no dropout"]

# %% [markdown] lang="fr"
# > **À savoir.** `compare` montre d’abord ce qui vient en premier dans le modèle ; une faute peut en cacher une autre. Corrigez la première, comparez de nouveau, jusqu’à ce qu’il n’ait plus rien à dire.
#
# ## 5. Mêmes calculs, autres pouvoirs
#
# Si le calcul est le même, qu’est-ce qui distingue les styles ? Ce que *Keras* sait de votre modèle. Essayons sept choses sur chacun, au lieu de croire un tableau.
#
# **Prédisez** les sept lignes : oui ou non, pour la pile, le graphe, la classe.
# %% [markdown] lang="en"
# > **Keep in mind.** `compare` shows first what comes first in the model; one fault may hide another. Mend the first, compare again, until it has nothing more to say.
#
# ## 5. The same calculation, different powers
#
# If the calculation is the same, what sets the styles apart? What *Keras* knows about your model. Let us try seven things on each, instead of believing a table.
#
# **Predict** the seven lines: yes or no, for the stack, the graph, the class.
# %% [markdown] lang="zh"
# > **请记住**：`compare` 先报告模型里靠前的差异，一个错误可能遮住另一个。改好第一个，再比较一次，直到它无话可说。
#
# ## 5. 计算相同，本领不同
#
# 既然计算一样，风格之间差在哪里？差在 *Keras* 对你的模型了解多少。与其相信一张现成的表，不如逐项试一试，一共七项。
#
# **先预测**这七行：堆叠、图、类，各是“是”还是“否”？


# %%
def attempt(action, *arguments):
    try:
        action(*arguments)
    except Exception:
        return "no"
    return "yes"


def mistake_in_a_list():
    keras.Sequential([keras.Input(shape=(64,)), layers.Conv2D(4, 3)])


def mistake_in_a_graph():
    layers.Conv2D(4, 3)(keras.Input(shape=(64,)))


def mistake_in_a_class():
    class Mistaken(keras.Model):
        def __init__(self):
            super().__init__()
            self.conv = layers.Conv2D(4, 3)

        def call(self, pixels):
            return self.conv(pixels)

    Mistaken().compile(loss="mse")


def cut(model):
    return keras.Model(model.inputs, model.get_layer("hidden").output)


def rewrite(model):
    def again(layer):
        return type(layer).from_config(layer.get_config())

    return keras.models.clone_model(model, clone_function=again)


def json_alone(model):
    return keras.models.model_from_json(model.to_json())


def file_alone(model):
    model.save(workshop / "model.keras")
    return keras.models.load_model(workshop / "model.keras")


def file_and_class(model):
    model.save(workshop / "model.keras")
    known = {"AsClass": AsClass}
    return keras.models.load_model(workshop / "model.keras", custom_objects=known)


def show(what, answers):
    print(f"{what:34} {answers[0]:5} {answers[1]:5} {answers[2]}")


written = (mistake_in_a_list, mistake_in_a_graph, mistake_in_a_class)
show("", ["stack", "graph", "class"])
show(
    "weights before any data", ["yes" if m().weights else "no" for m in makers.values()]
)
seen = ["yes" if attempt(mistake) == "no" else "no" for mistake in written]
show("a wrong shape seen while defining", seen)
for what, action in {
    "a tensor inside can be reused": cut,
    "layers rewritten while copying": rewrite,
    "rebuilt from its JSON alone": json_alone,
    "loaded from its file alone": file_alone,
    "loaded with its class": file_and_class,
}.items():
    show(what, [attempt(action, model) for model in models.values()])

# %% [markdown] lang="fr"
# Pile et graphe, même colonne : une pile *est* un graphe, à un seul chemin. La classe perd six fois sur sept, car son chemin est du code, que Keras exécute sans le lire. En échange, ce code peut tout faire :
#
# | | `Sequential` | fonctionnel | sous-classe |
# |---|---|---|---|
# | vous écrivez | une liste | un graphe | un programme |
# | simplicité | la plus grande | grande | à vous de tout écrire |
# | liberté | un chemin | toute topologie fixe | `if`, boucles, récursion |
# | une erreur de forme | à la ligne fautive | à la ligne fautive | au premier lot |
# | dessiner, couper, réécrire | oui | oui | non |
# | relire dans deux ans | le fichier suffit | le fichier suffit | le fichier **et** la classe, inchangée |
# | fait pour | une chaîne de couches | presque tout le reste | ce qui change avec les données, la recherche |
#
# **Forces des graphes** : moins à écrire, vérifiés pendant qu’on les écrit, dessinables, enregistrables, clonables. **Faiblesses** : pas de structure dynamique, et parfois il faut tout écrire soi-même, de zéro.
#
# ## 6. Le cœur du métier : remanier avec un filet
#
# Revenons à la régie des eaux. Le chiffre du jour est celui de la veille, ou le suivant : le réseau lit donc le scan **et** le relevé d’hier. Il répond deux choses : le chiffre, et si le compteur a bougé.
# %% [markdown] lang="en"
# Stack and graph, same column: a stack *is* a graph, with a single path. The class loses six times out of seven, since its path is code, which Keras runs without reading. In return, that code can do anything:
#
# | | `Sequential` | functional | subclass |
# |---|---|---|---|
# | you write | a list | a graph | a program |
# | simplicity | the greatest | great | everything is up to you |
# | control | one path | any fixed topology | `if`, loops, recursion |
# | a shape error | on the offending line | on the offending line | at the first batch |
# | draw, cut, rewrite | yes | yes | no |
# | load it in two years | the file is enough | the file is enough | the file **and** the class, unchanged |
# | made for | a chain of layers | nearly all the rest | what changes with the data, research |
#
# **Strengths of graphs**: less to write, checked while they are defined, easy to draw, save and clone. **Weaknesses**: no dynamic structure, and some models still have to be written from scratch, as a class.
#
# ## 6. The heart of the craft: refactoring over a safety net
#
# Back to the water company. Today’s digit is yesterday’s, or the next one: so the network reads the scan **and** yesterday’s reading. It answers two things: the digit, and whether the meter has moved.
# %% [markdown] lang="zh"
# 堆叠和图两列一样：堆叠*就是*图，只不过只有一条路。类在七项里输了六项，因为它的路径是代码，Keras 只执行，不阅读。作为交换，代码什么都能做：
#
# | | `Sequential` | 函数式 | 子类化 |
# |---|---|---|---|
# | 写的是什么 | 列表 | 图 | 程序 |
# | 简单程度 | 最简单 | 简单 | 一切自己动手 |
# | 控制力 | 一条路 | 任意的固定拓扑 | `if`、循环、递归 |
# | 形状出错 | 当行报错 | 当行报错 | 第一个批次才报错 |
# | 画图、截取、改写 | 能 | 能 | 不能 |
# | 两年后读回 | 有文件就够 | 有文件就够 | 文件**加上**原封不动的类 |
# | 适合 | 一条由层组成的链 | 其余绝大多数模型 | 随数据而变的计算、研究 |
#
# **图的长处**：写得少，边写边检查，能画、能存、能克隆。**短处**：没有动态结构，有时一切都得从头自己写。
#
# ## 6. 真功夫：张好安全网再重构
#
# 回到自来水公司。今天的数字要么和昨天一样，要么是下一个数，所以网络既看扫描图，**也**看昨天的读数。它回答两件事：数字是几；表有没有走字。

# %%
chance = np.random.default_rng(11)


def meter(images, digits):
    """Scans as a meter's last digit: half of the time, it has moved since yesterday."""
    moved = chance.integers(0, 2, len(digits))
    yesterday = np.eye(10, dtype="float32")[(digits - moved) % 10]
    return {"scan": images, "yesterday": yesterday}, {"digit": digits, "moved": moved}


meter_x, meter_y = meter(scans.x_train, scans.y_train)
test_x, test_y = meter(scans.x_test, scans.y_test)
print({name: array.shape for name, array in meter_x.items()})

# %% [markdown] lang="fr"
# Voici la classe dont vous héritez, entraînée et en service. **Lisez-la**, et essayez de la dessiner sur papier avant d’aller plus loin.
# %% [markdown] lang="en"
# Here is the class that you inherit, trained and in service. **Read it**, and try to draw it on paper before you go on.
# %% [markdown] lang="zh"
# 这就是你接手的类，已经训练好，正在使用。请先**读一读**，试着在纸上把它画出来，再往下看。


# %% alt="Losses and accuracies of the inherited class over 8 epochs, training and validation"
class MeterReader(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.digit = layers.Dense(10, activation="softmax", name="digit")
        self.moved = layers.Dense(1, activation="sigmoid", name="moved")
        self.drop = layers.Dropout(0.2, name="drop")
        self.refine = layers.Dense(32, activation="relu", name="refine")
        self.both = layers.Dense(24, activation="relu", name="both")
        self.pixels = layers.Dense(32, activation="relu", name="pixels")

    def look(self, scan, training):
        x = self.pixels(ops.reshape(scan, (-1, 64)))
        x += self.refine(x)
        return self.drop(x, training=training)

    def call(self, inputs, training=None):
        seen = self.look(inputs["scan"], training)
        x = self.both(ops.concatenate([seen, inputs["yesterday"]], axis=-1))
        return {"digit": self.digit(x), "moved": self.moved(x)}


def prepare(model):
    losses = {
        "digit": "sparse_categorical_crossentropy",
        "moved": "binary_crossentropy",
    }
    metrics = {"digit": ["accuracy"], "moved": ["accuracy"]}
    model.compile(keras.optimizers.Adam(0.01), loss=losses, metrics=metrics)
    return model


legacy = prepare(MeterReader(name="legacy"))
history = legacy.fit(
    meter_x, meter_y, batch_size=64, epochs=8, validation_split=0.1, verbose=0
)
results = legacy.evaluate(test_x, test_y, verbose=0, return_dict=True)
print(f"{legacy.count_params():,} parameters")
print("digit accuracy >= 0.9:", results["digit_accuracy"] >= 0.9)
print("moved accuracy >= 0.8:", results["moved_accuracy"] >= 0.8)
plots.training(history)

# %% [markdown] lang="fr"
# ### Étape 1 : laisser le code se dessiner
#
# Une ligne suffit : appeler la méthode `call` sur des entrées symboliques. Elle s’exécute une fois, et laisse derrière elle son graphe.
#
# **Prédisez.** Combien de boîtes, et où sera le `+` ?
# %% [markdown] lang="en"
# ### Step 1: let the code draw itself
#
# One line will do: call the method `call` on symbolic inputs. It runs once, and leaves its graph behind.
#
# **Predict.** How many boxes, and where will the `+` be?
# %% [markdown] lang="zh"
# ### 第 1 步：让代码自己画出图来
#
# 只要一行：用符号输入调用 `call` 方法。它运行一遍，身后就留下一张图。
#
# **先预测**：一共有几个方框？`+` 会在哪里？

# %% alt="The graph of the inherited class: scan, reshape, pixels, refine, add, drop; joined with yesterday; both; digit, moved"
inputs = {
    "scan": keras.Input(shape=(8, 8), name="scan"),
    "yesterday": keras.Input(shape=(10,), name="yesterday"),
}
traced = keras.Model(inputs, legacy.call(inputs), name="traced")
print("the same layers, not copies:", traced.get_layer("digit") is legacy.digit)
plots.model_drawing(traced)

# %% [markdown] lang="fr"
# Voilà le plan. `traced` est une fenêtre sur la classe, avec ses couches mêmes : parfait pour lire, pas pour livrer, car il n’est écrit nulle part dans le code. Si `call` contenait un `if` sur une valeur, cette ligne échouerait : vous sauriez tout de suite ce qui doit rester une classe.
#
# ### Étape 2 : un premier jet, et le filet
#
# Votre collègue recopie le plan en graphe. C’est vendredi soir.
#
# **Prédisez.** Il y a **trois** fautes dans sa copie. Trouvez-les avant `compare`.
# %% [markdown] lang="en"
# There is the plan. `traced` is a window onto the class, with its very layers: perfect for reading, not for delivery, since nobody can read it in the code. Had `call` held an `if` on a value, this line would have failed: you would know at once what must stay a class.
#
# ### Step 2: a first draft, and the safety net
#
# Your colleague copies the plan as a graph. It is Friday evening.
#
# **Predict.** There are **three** faults in this code. Find them before `compare` does.
# %% [markdown] lang="zh"
# 图纸有了。`traced` 好比一扇窗，透过它看到的就是这个类自己的那些层：用来看正好，用来交付不行，因为从代码里读不出这个结构。要是 `call` 里有根据数值做判断的 `if`，这一行就会报错，你也就立刻知道哪一块必须留作类。
#
# ### 第 2 步：初稿，加上安全网
#
# 同事照着图纸写成了图。那是周五傍晚。
#
# **先预测**：这段代码里有**三处**错误，请赶在 `compare` 之前找出来。


# %%
def first_draft():
    scan = keras.Input(shape=(8, 8), name="scan")
    yesterday = keras.Input(shape=(10,), name="yesterday")
    x = layers.Flatten(name="flat")(scan)
    x = layers.Dense(32, activation="relu", name="pixels")(x)
    x = layers.Dense(32, activation="relu", name="refine")(x)
    x = layers.concatenate([yesterday, x], name="joined")
    x = layers.Dense(24, activation="relu", name="both")(x)
    digit = layers.Dense(10, activation="softmax", name="digit")(x)
    moved = layers.Dense(1, activation="sigmoid", name="moved")(x)
    return keras.Model([scan, yesterday], {"digit": digit, "moved": moved})


print(f"{first_draft().count_params():,} parameters")
compare(legacy, first_draft())

# %% [markdown] lang="fr"
# 4 443 paramètres, là aussi : compter n’aurait rien appris. `compare` a vu deux fautes : l’addition, et le `Dropout`. La troisième se cache derrière elles.
#
# ### Étape 3 : une correction à la fois
#
# On corrige la première, on compare ; la suivante, on compare. `draft` garde les trois corrections comme des interrupteurs, pour que vous voyiez chaque étape.
# %% [markdown] lang="en"
# 4,443 parameters here too: counting would have told you nothing. `compare` has seen two faults: the addition and the `Dropout`. The third hides behind them.
#
# ### Step 3: one correction at a time
#
# Mend the first, compare; the next, compare. `draft` keeps the three corrections as switches, so that you see each stage.
# %% [markdown] lang="zh"
# 参数同样是 4,443 个，光数参数什么也看不出来。`compare` 发现了两处：加法和 `Dropout`。第三处还躲在它们后面。
#
# ### 第 3 步：一次只改一处
#
# 改好第一处，比较；再改下一处，再比较。`draft` 把三处修改做成开关，让你看清每个阶段。


# %%
def draft(add=False, drop=False, scan_first=False):
    scan = keras.Input(shape=(8, 8), name="scan")
    yesterday = keras.Input(shape=(10,), name="yesterday")
    flat = layers.Flatten(name="flat")(scan)
    seen = layers.Dense(32, activation="relu", name="pixels")(flat)
    refined = layers.Dense(32, activation="relu", name="refine")(seen)
    x = layers.add([seen, refined], name="add") if add else refined
    x = layers.Dropout(0.2, name="drop")(x) if drop else x
    pair = [x, yesterday] if scan_first else [yesterday, x]
    joined = layers.concatenate(pair, name="joined")
    x = layers.Dense(24, activation="relu", name="both")(joined)
    digit = layers.Dense(10, activation="softmax", name="digit")(x)
    moved = layers.Dense(1, activation="sigmoid", name="moved")(x)
    return keras.Model([scan, yesterday], {"digit": digit, "moved": moved})


for corrections in (
    ["add"],
    ["add", "drop"],
    ["add", "scan_first"],
    ["add", "drop", "scan_first"],
):
    candidate = draft(**dict.fromkeys(corrections, True))
    count, alike, comparison = nets(legacy, candidate, test_x)
    print("with", ", ".join(corrections))
    print(
        f"    parameters: {count}, answers: {alike}, compare: {comparison.equivalent}"
    )
    for difference in comparison.differences:
        print("   ", difference.message(course.language()))

# %% [markdown] lang="fr"
# Une fois `add` et `drop` remis, la troisième faute sort de l’ombre : le relevé d’hier passait avant le scan. Mais arrêtez-vous à la ligne `add, scan_first`. Mêmes paramètres, mêmes réponses sur 360 scans : beaucoup auraient livré. Le `Dropout` manquait encore, et le réentraînement de l’an prochain n’aurait pas donné le même modèle, sans que personne sache pourquoi.
#
# ### Étape 4 : maintenant seulement, embellir
#
# Le graphe est juste ; on peut le rendre beau. L’œil du réseau devient un modèle à part, `eye`, que l’on pourra réutiliser ; le filet reste tendu.
# %% [markdown] lang="en"
# Once `add` and `drop` are back, the third fault comes out of the shadow: yesterday went before the scan. But stop at the line `add, scan_first`. The same parameters, the same answers on 360 scans: many would have delivered. The `Dropout` was still missing, and next year’s retraining would have given another model, and nobody would have known why.
#
# ### Step 4: only now, make it beautiful
#
# The graph is right; now it can be made beautiful. The eye of the network becomes a model of its own, `eye`, which can be used again elsewhere; the safety net stays in place.
# %% [markdown] lang="zh"
# 补回 `add` 和 `drop` 之后，第三处错误才露面：昨天的读数排到扫描图前面去了。不过，请在 `add, scan_first` 那一行停一下：参数相同，360 张扫描图的结果也相同，很多人到这里就交付了。可 `Dropout` 还缺着，明年重新训练，得到的就不是同一个模型了，而且谁也说不清为什么。
#
# ### 第 4 步：现在才来美化
#
# 图对了，才轮到让它好看。把网络的“眼睛”单独做成一个模型 `eye`，以后别处也能用；安全网继续张着。


# %% alt="The refactored graph: scan through the model eye, joined with yesterday, both, then digit and moved"
def make_eye():
    scan = keras.Input(shape=(8, 8), name="scan")
    flat = layers.Flatten(name="flat")(scan)
    seen = layers.Dense(32, activation="relu", name="pixels")(flat)
    refined = layers.Dense(32, activation="relu", name="refine")(seen)
    total = layers.add([seen, refined], name="add")
    return keras.Model(scan, layers.Dropout(0.2, name="drop")(total), name="eye")


def make_meter_reader():
    scan = keras.Input(shape=(8, 8), name="scan")
    yesterday = keras.Input(shape=(10,), name="yesterday")
    joined = layers.concatenate([make_eye()(scan), yesterday], name="joined")
    both = layers.Dense(24, activation="relu", name="both")(joined)
    digit = layers.Dense(10, activation="softmax", name="digit")(both)
    moved = layers.Dense(1, activation="sigmoid", name="moved")(both)
    outputs = {"digit": digit, "moved": moved}
    return keras.Model([scan, yesterday], outputs, name="meter_reader")


reader = make_meter_reader()
print("still the same model:", compare(legacy, reader).equivalent)
plots.model_drawing(reader)

# %% [markdown] lang="fr"
# ### Étape 5 : reporter les poids, livrer, laisser un test
#
# Le filet a jugé l’architecture ; les poids appris, eux, se reportent d’après le nom des couches. **Prédisez.** Le nouveau fichier se relira-t-il sans aucune classe ?
# %% [markdown] lang="en"
# ### Step 5: carry the weights, deliver, leave a test
#
# The safety net has judged the architecture; the learned weights are carried over by name. **Predict.** Will the new file load without any class?
# %% [markdown] lang="zh"
# ### 第 5 步：搬权重，交付，留下测试
#
# 安全网判断的是结构；学到的权重，要按名称搬过去。**先预测**：新文件不靠任何类，读得回来吗？

# %%
for layer in legacy.layers:
    eye = reader.get_layer("eye")
    owner = eye if layer.name in {inner.name for inner in eye.layers} else reader
    owner.get_layer(layer.name).set_weights(layer.get_weights())

pairs = zip(answers_of(legacy, test_x), answers_of(reader, test_x), strict=True)
print("same answers:", all(np.allclose(a, b, atol=1e-5) for a, b in pairs))

reader.save(workshop / "reader.keras")
delivered = prepare(keras.models.load_model(workshop / "reader.keras"))
results = delivered.evaluate(test_x, test_y, verbose=0, return_dict=True)
print(
    "loaded without a class, digit accuracy >= 0.9:", results["digit_accuracy"] >= 0.9
)


def test_the_code_still_builds_the_model_that_was_delivered():
    found = compare(delivered, make_meter_reader())
    assert found.equivalent, found.text()


test_the_code_still_builds_the_model_that_was_delivered()

# %% [markdown] lang="fr"
# Le test et le fichier restent dans le projet : celui qui « améliorera » le modèle dans deux ans saura tout de suite s’il l’a changé, et où. La recette, dans les deux sens :
#
# 1. laisser l’ancien modèle se dessiner ;
# 2. écrire le nouveau sans rien embellir, comparer ;
# 3. corriger **une** chose, comparer, recommencer jusqu’à l’égalité ;
# 4. alors seulement embellir, en comparant ;
# 5. reporter les poids d’après le nom des couches, vérifier les réponses, garder le test.
#
# ## 7. Mêler les styles
#
# On ne choisit pas *un* style, on en choisit un par étage. Ci-dessous, un **graphe** contient une **pile** et une **couche sous-classée** : `Contrast` apprend à quel gris commence l’encre. Puis, dans l’autre sens, une **sous-classe** contient ce graphe : `Patient` regarde chaque scan trois fois (un pixel à gauche, en place, un pixel à droite) et fait la moyenne, dans une boucle Python.
#
# L’unité 09 dit tout des couches ; retenez ici que `register_keras_serializable` permet au fichier de retrouver la classe.
# %% [markdown] lang="en"
# The test and the file stay in the project: whoever “improves” the model in two years will know at once whether they have changed it, and where. The recipe, in either direction:
#
# 1. let the old model draw itself;
# 2. write the new one without making anything prettier; compare;
# 3. mend **one** thing, compare, and again until they are equal;
# 4. only then make it beautiful, comparing all the while;
# 5. carry the weights over by name, check the answers, keep the test.
#
# ## 7. Mixing the styles
#
# You do not choose *one* style; you choose one for each level of the model. Below, a **graph** holds a **stack** and a **subclassed layer**: `Contrast` learns at which grey the ink begins. Then, in the other direction, a **subclass** holds that graph: `Patient` looks at each scan three times, one pixel to the left, in place, to the right, and takes the mean, in a Python loop.
#
# Unit 09 covers layers of your own in full; here, just remember that `register_keras_serializable` lets the file find the class again.
# %% [markdown] lang="zh"
# 测试和文件都留在项目里：两年后谁来“改进”模型，马上就能知道自己有没有改动它、改了哪里。步骤如下，反方向重构也一样：
#
# 1. 让旧模型自己画出图来；
# 2. 照着写出新模型，先不求好看，比较；
# 3. 只改**一处**，比较，反复进行，直到相等；
# 4. 然后才美化，边改边比较；
# 5. 按名称搬运权重，核对结果，保留测试。
#
# ## 7. 混用各种风格
#
# 要选的不是*一种*风格，而是每一级各选一种。下面的**图**里装着一个**堆叠**和一个**自定义层**：`Contrast` 会学习灰到什么程度才算墨迹。然后反过来，用**子类**装下这张图：`Patient` 把每张扫描图看三遍（左移一个像素、不动、右移一个像素），再用 Python 循环求平均。
#
# 怎样写层，[第 09 单元](../09-custom-layers/lesson.ipynb)已经详细讲过；这里只要记住，有了 `register_keras_serializable`，文件才找得回类。


# %% alt="The mixed graph: scan, contrast, the stack named block, digit"
@keras.saving.register_keras_serializable(package="atelier")
class Contrast(layers.Layer):
    """From grey to ink: sigmoid(gain * (grey - threshold)), both learned."""

    def build(self, shape):
        gain, threshold = map(keras.initializers.Constant, (8.0, 0.5))
        self.gain = self.add_weight(shape=(), initializer=gain, name="gain")
        self.threshold = self.add_weight(
            shape=(), initializer=threshold, name="threshold"
        )

    def call(self, grey):
        return ops.sigmoid(self.gain * (grey - self.threshold))


def make_mixed():
    scan = keras.Input(shape=(8, 8), name="scan")
    block = keras.Sequential(
        [layers.Flatten(), layers.Dense(32, activation="relu")], name="block"
    )
    features = block(Contrast(name="contrast")(scan))
    digit = layers.Dense(10, activation="softmax", name="digit")(features)
    return keras.Model(scan, digit, name="mixed")


@keras.saving.register_keras_serializable(package="atelier")
class Patient(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = make_mixed()

    def call(self, scan):
        views = [self.inner(ops.roll(scan, step, axis=2)) for step in (-1, 0, 1)]
        return sum(views) / len(views)


mixed, patient = make_mixed(), Patient(name="patient")
print(f"{mixed.count_params():,} parameters: 2 + 2,080 + 330")
plots.model_drawing(mixed)

# %% [markdown] lang="fr"
# Et les verbes ? **Prédisez.** Que faut-il changer à `routine`, écrite à la section 3, pour qu’elle serve à ces deux mélanges ?
# %% [markdown] lang="en"
# And the verbs? **Predict.** What must be changed in `routine`, written in section 3, for it to serve these two mixtures?
# %% [markdown] lang="zh"
# 那训练的写法呢？**先预测**：第 3 节写的 `routine`，要改动什么才能用于这两种混合？

# %% alt="Loss and accuracy of the patient reader over 6 epochs, training and validation"
routine(mixed, scans.x_train, scans.x_test)
plots.training(routine(patient, scans.x_train, scans.x_test))

# %% [markdown] lang="fr"
# Rien. `compile`, `fit`, `evaluate`, `predict`, `save` ne demandent qu’un `Model`. Le style de l’intérieur ne regarde que vous.
#
# ## 8. Trois questions pour choisir, et une à part
#
# Posez-les dans cet ordre, de la plus contraignante à la plus simple. Le premier « oui » décide.
# %% [markdown] lang="en"
# Nothing. `compile`, `fit`, `evaluate`, `predict`, `save` ask only for a `Model`. The style inside is your business alone.
#
# ## 8. Three questions to choose by, and one aside
#
# Ask them in this order, from the most binding to the simplest. The first “yes” decides.
# %% [markdown] lang="zh"
# 什么都不用改。`compile`、`fit`、`evaluate`、`predict`、`save` 只要求它是一个 `Model`；里面用什么风格，是你自己的事。
#
# ## 8. 三个问题定风格，外加一个
#
# 按这个顺序问，从约束最强的问到最简单的。第一个“是”就决定了答案。

# %% alt="Three questions from top to bottom; each yes leads to a style, the last no to Sequential"
GUIDE = {
    "dynamic": (
        _(
            "Does the calculation change shape with the data: trees, a loop until it settles?"
        ),
        _("subclass, with a call of your own"),
    ),
    "training": (
        _(
            "Is one training step more than one loss to bring down: two networks that compete?"
        ),
        _("subclass, with a train_step of your own, around ordinary models"),
    ),
    "branches": (
        _("Several inputs or outputs, a branch, a shared part, a tensor to take out?"),
        _("functional"),
    ),
}
SIMPLEST = _("Sequential")
plots.questions(GUIDE.values(), otherwise=SIMPLEST)

# %% [markdown] lang="fr"
# Et la quatrième, à part, car elle ne change pas la réponse : *faut-il une formule qu’aucune couche n’offre ?* Alors écrivez **cette formule** comme une couche, et gardez le style que les trois questions vous ont donné.
#
# **Prédisez** la réponse pour chacun de ces huit besoins, avant d’exécuter.
# %% [markdown] lang="en"
# And a fourth, aside, since it does not change the answer: *is there a formula that no layer offers?* Then write **that formula** as a layer, and keep the style that the chain has given you.
#
# **Predict** the answer for each of these eight needs, before you run the cell.
# %% [markdown] lang="zh"
# 第四个问题单独列出，因为它不影响答案：*有没有现成的层都做不到的公式？*有的话，就把**这个公式**写成一个层，风格仍按前三问的答案。
#
# 运行之前，请**先预测**下面八种需求各该用什么。

# %%
NEEDS = {
    _("sort customers, from the columns of an Excel table"): [],
    _("a text and its metadata, one verdict"): ["branches"],
    _("do these two signatures match? (one shared encoder)"): ["branches"],
    _("find objects, on a pretrained backbone"): ["branches"],
    _("judge sentences given as trees"): ["dynamic"],
    _("draw new images: a generator against a critic (GAN)"): ["training", "branches"],
    _("a chain of layers, one of them a formula from a paper"): ["formula"],
    _("read meters: scan and yesterday’s reading, digit and movement"): ["branches"],
}


def choose(traits):
    """The first yes decides; a new formula adds a layer, whatever the style."""
    yes = [style for trait, (_question, style) in GUIDE.items() if trait in traits]
    style = yes[0] if yes else SIMPLEST
    if "formula" in traits:
        style += _(", and a layer of your own")
    return style


for need, traits in NEEDS.items():
    print("-", need)
    print("     ->", choose(traits))

# %% [markdown] lang="fr"
# Six fois sur huit, la réponse est un graphe ou une pile ; c’est aussi ce que vous rencontrerez. Essayez vos propres besoins : `choose(["branches", "formula"])`. La ligne du GAN montre le bon partage : ses deux réseaux sont des piles ou des graphes ordinaires, et seule la *lutte* entre eux est une classe ; l’unité 10 en construit un.
#
# Et l’équipe, et les deux ans ?
#
# | Si… | alors… |
# |---|---|
# | d’autres que vous liront le modèle | le plus simple qui suffise ; un dessin dans la documentation |
# | il sera rechargé longtemps après | un graphe : le fichier suffit ; une classe demande son code, dans la bonne version |
# | il changera chaque semaine (recherche) | une classe, tant que cela bouge ; un graphe quand cela se fige |
# | on en réutilisera des morceaux | un graphe fait de petits modèles nommés |
# | il est déjà en service | n’y touchez pas sans un `compare` |
#
# ## 9. Devant le code d’un autre, dans le « mauvais » style
#
# Avant de réécrire, regardez :
#
# - **Une classe qui n’est qu’une chaîne** (`x = self.a(x)`, puis `self.b(x)`…). Laissez-la se dessiner (étape 1). Si le dessin est une ligne, une pile suffit.
# - **Une pile qui ruse** : une `Lambda` qui découpe l’entrée en deux, des colonnes « magiques ». C’est un graphe déguisé ; donnez-lui ses deux entrées.
# - **Un graphe de trois cents lignes.** Le style est bon, il manque des *sous-modèles* : extrayez-les un à un (étape 4).
# - **Dans `call`** : une couche créée là, une couche appelée deux fois, un `training=` fixé, un résultat jeté. Ce sont des fautes, non un style.
# - **Dans `__init__`** : une couche que rien n’appelle. Ses poids voyagent dans le fichier pour rien.
# - **Rien de tout cela ?** Le modèle marche, il est testé, personne ne le modifie : laissez-le. Remanier a un prix, et le style n’est pas une faute.
#
# > **Vous rencontrerez ceci.** « Le fonctionnel est pour les débutants », ou « les classes sont plus rapides ». Ni l’un ni l’autre : les trois sont compilés de la même façon, et la section 3 les a vus calculer la même chose.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | savoir si deux modèles n’en font qu’un | `compare(reference, candidate)` |
# | la liste de ce qui diffère | `compare(...).differences`, et `.message("fr")` pour chaque différence |
# | dessiner une classe | `keras.Model(inputs, model.call(inputs))` |
# | reporter des poids | couche par couche, d’après leur nom |
# | un graphe dans une classe | `self.inner = make_graph()`, appelé dans `call` |
# | une classe dans un graphe | `MyLayer()(tensor)` |
#
# - Le style est une écriture : même calcul, mêmes poids, même entraînement.
# - Le plus simple qui suffise : pile, sinon graphe, sinon classe ; et chacun à son étage.
# - Compter les paramètres ou comparer des réponses ne suffit pas : un `Dropout` perdu passe au travers.
# - On remanie par petits pas, l’ancien modèle pour référence, jusqu’à ce que `compare` se taise.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions, dont la dernière mêle les trois styles.
# - Revoir : [les piles](../01-sequential/lesson.ipynb), [les graphes](../02-functional/lesson.ipynb), [les classes](../03-subclassing/lesson.ipynb).
# - La documentation de Keras (en anglais) : [l’API fonctionnelle](https://keras.io/guides/functional_api/), [créer couches et modèles par sous-classes](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [l’enregistrement](https://keras.io/guides/serialization_and_saving/).
# - C’était la dernière unité. La suite est à vous : vos données, votre problème, et `compare` à portée de main.
# %% [markdown] lang="en"
# Six times out of eight, the answer is a graph or a stack; that is also what you will mostly meet. Try needs of your own: `choose(["branches", "formula"])`. The line of the GAN shows how to share the work: its two networks are ordinary stacks or graphs, and only the *contest* between them is a class; unit 10 builds one.
#
# And the team, and the two years?
#
# | If… | then… |
# |---|---|
# | others will read the model | the simplest that will do; a drawing in the documentation |
# | it will be loaded long afterwards | a graph: the file is enough; a class also needs its code, in the right version |
# | it will change every week (research) | a class while it moves; a graph when it settles |
# | parts of it will be used again | a graph made of small models with names |
# | it is already in service | touch it only at the price of a `compare` |
#
# ## 9. Faced with someone else’s code, in the “wrong” style
#
# Before you rewrite, look:
#
# - **A class that is only a chain** (`x = self.a(x)`, then `self.b(x)`…). Let it draw itself (step 1). If the drawing is a line, a stack will do.
# - **A stack that cheats**: a `Lambda` that splits the input in two, “magic” columns. It is a graph in disguise; give it its two inputs.
# - **A graph of three hundred lines.** The style is right; what is missing is *models inside*: take them out one by one (step 4).
# - **In `call`**: a layer made there, one layer called twice where two were meant, a fixed `training=`, a result thrown away. These are faults, not a style.
# - **In `__init__`**: a layer that nothing calls. Its weights travel in the file for nothing.
# - **And none of these?** It works, it is tested, nobody touches it: leave it. Refactoring has a price, and a style is not a fault.
#
# > **You will meet this.** “Functional is for beginners”, or “classes are faster”. Neither is true: all three are compiled in the same way, and in section 3 you saw them compute the same thing.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | to know whether two models are one | `compare(reference, candidate)` |
# | the list of what differs | `compare(...).differences`, and `.message("en")` for each |
# | to draw a class | `keras.Model(inputs, model.call(inputs))` |
# | to carry weights over | layer by layer, by name |
# | a graph inside a class | `self.inner = make_graph()`, called in `call` |
# | a class inside a graph | `MyLayer()(tensor)` |
#
# - A style is a way of writing: the same calculation, the same weights, the same training.
# - The simplest that will do: a stack, else a graph, else a class; and each at its own level.
# - Counting parameters or comparing answers is not enough: a lost `Dropout` slips through.
# - Refactor in small steps, with the old model as the reference, until `compare` falls silent.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions, the last of which mixes the three styles.
# - Look again at [stacks](../01-sequential/lesson.ipynb), [graphs](../02-functional/lesson.ipynb), [classes](../03-subclassing/lesson.ipynb).
# - Keras’s own guides: [the functional API](https://keras.io/guides/functional_api/), [making layers and models by subclassing](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [saving](https://keras.io/guides/serialization_and_saving/).
# - This was the last unit. What comes next is yours: your data, your problem, and `compare` within reach.
# %% [markdown] lang="zh"
# 八种需求里有六种，答案是图或者堆叠；你今后遇到的也大致如此。不妨试试你自己的需求：`choose(["branches", "formula"])`。GAN 那一行说明了该怎样分工：两个网络本身就是普通的堆叠或图，只有它们之间的*对抗*才写成类；第 10 单元就做了一个。
#
# 那么，团队呢？两年之后呢？
#
# | 如果…… | 那么…… |
# |---|---|
# | 别人也要读这个模型 | 用够用的最简单的写法，文档里放一张结构图 |
# | 很久以后还要加载 | 用图：有文件就够；类还需要当时那个版本的代码 |
# | 每周都在改（研究阶段） | 还在变的时候用类，定下来以后改成图 |
# | 其中的部件会再次用到 | 用几个有名字的小模型拼成一张图 |
# | 已经在线上运行 | 要动它，就得先过 `compare` 这一关 |
#
# ## 9. 面对别人用“错误”风格写的代码
#
# 重写之前，先看看：
#
# - **其实只是一条链的类**（`x = self.a(x)`，接着 `self.b(x)`……）。让它自己画出图来（第 1 步）。要是画出来是一条线，用堆叠就够了。
# - **耍花招的堆叠**：用 `Lambda` 把输入切成两半，还有些列谁也说不清含义。这是一张伪装起来的图，把两个输入还给它吧。
# - **三百行的图**。风格没有错，缺的是*子模型*：一个一个提取出来（第 4 步）。
# - **看 `call`**：有没有在里面创建的层、误调用了两次的层、写死的 `training=`、算完就扔的结果。这些是错误，不是风格。
# - **看 `__init__`**：有没有谁也不调用的层。它的权重白白占着文件的地方。
# - **都没有**？能用、有测试、没人要改，那就别动。重构是有代价的，风格本身并不是错。
#
# > **你会遇到这种说法**：“函数式是给初学者用的”，或者“类跑得更快”。都不对：三种写法的编译方式一样，第 3 节也看到了，它们算的是同一件事。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 知道两个模型是不是同一个 | `compare(reference, candidate)` |
# | 列出所有差异 | `compare(...).differences`，对每一项调用 `.message("zh")` |
# | 把类画出来 | `keras.Model(inputs, model.call(inputs))` |
# | 搬运权重 | 按名称，一层一层地来 |
# | 在类里放图 | `self.inner = make_graph()`，在 `call` 里调用 |
# | 在图里放类 | `MyLayer()(tensor)` |
#
# - 风格只是写法：计算一样，权重一样，训练也一样。
# - 够用就好，越简单越好：先堆叠，再图，最后才是类；而且每一级各用各的。
# - 数参数、比结果都不够：丢了一个 `Dropout`，照样能蒙混过关。
# - 小步重构，以旧模型为参照，直到 `compare` 无话可说。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，最后一题要把三种风格混在一个模型里。
# - 温故知新：[堆叠](../01-sequential/lesson.ipynb)、[图](../02-functional/lesson.ipynb)、[类](../03-subclassing/lesson.ipynb)。
# - Keras 官方指南（英文）：[函数式 API](https://keras.io/guides/functional_api/)、[用子类化编写层和模型](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)、[保存与加载](https://keras.io/guides/serialization_and_saving/)。
# - 这是最后一个单元。接下来就看你的了：你的数据，你的问题，还有随时可用的 `compare`。
