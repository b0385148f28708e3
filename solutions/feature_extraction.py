"""Unit 08, exercise: read, cut, graft and freeze a graph. Statement, solution and rubric."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : lire un graphe, réutiliser ce qu’il a appris
#
# Cinq questions, dans l’ordre de la leçon ; comptez une demi-heure.
#
# Chaque énoncé fixe ce qui compte : formes, tailles, activations, ce qui est gelé et ce qui est partagé. **Ce qui n’est pas demandé est libre** : noms des couches, style. Quand l’énoncé parle des couches d’un modèle donné, ce sont *les siennes* qu’il faut, ni des copies ni des jumelles.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("08-feature-extraction.looks")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: reading a graph, reusing what it has learned
#
# Five questions, in the order of the lesson; allow half an hour.
#
# Each statement fixes what counts: shapes, sizes, activations, what is frozen and what is shared. **Whatever is not asked for is up to you**: names of layers, style. Where a statement speaks of the layers of a given model, it means *its own*, neither copies nor look-alikes.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("08-feature-extraction.looks")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：读懂模型的图，复用它学到的东西
#
# 一共五道题，顺序与本单元的课程一致，大约需要半小时。
#
# 题目写明了所有会影响评分的要求：形状、大小、激活函数、哪些冻结、哪些共享。**没有写明的都由你决定**：层的名称、写法风格。题目里说到某个模型的层时，指的就是*它自己的*层，不是副本，也不是长得一样的新层。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("08-feature-extraction.looks")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## 1. Lire un graphe
#
# Voici `sorter`, qui trie des fruits. Interrogez-le avec du code, dans autant de cellules que vous voulez, puis remplissez le dictionnaire :
#
# - `side` : le côté, en pixels, des cartes que rend `spots` ;
# - `width` : combien de nombres rend `both` pour un fruit ;
# - `read_twice` : le nom de la couche dont la sortie est lue par **deux** autres ;
# - `largest` : le nom de la couche qui a le plus de paramètres ;
# - `learns` : combien de paramètres `fit` peut modifier par le gradient. *(5 points)*
# %% [markdown] lang="en"
# ## 1. Read a graph
#
# Here is `sorter`, which sorts fruit. Question it with code, in as many cells as you like, then fill in the dictionary:
#
# - `side`: the side, in pixels, of the maps that `spots` returns;
# - `width`: how many numbers `both` returns for one fruit;
# - `read_twice`: the name of the layer whose output is read by **two** others;
# - `largest`: the name of the layer with the most parameters;
# - `learns`: how many parameters `fit` can change by the gradient. *(5 points)*
# %% [markdown] lang="zh"
# ## 1. 读图
#
# 下面是给水果分级的模型 `sorter`。请用代码查看它（想用几个单元格都行），然后填写字典：
#
# - `side`：`spots` 输出的特征图，边长是多少像素；
# - `width`：对一个水果，`both` 输出多少个数；
# - `read_twice`：哪一层的输出被另外**两**层读取（写名称）；
# - `largest`：哪一层的参数最多（写名称）；
# - `learns`：`fit` 能通过梯度修改多少个参数。*（5 分）*

# %%
fruit = keras.Input(shape=(32, 32, 3), name="fruit")
skin = layers.Conv2D(12, 5, activation="relu", name="skin")(fruit)
spots = layers.Conv2D(24, 3, strides=2, activation="relu", name="spots")(skin)
even = layers.BatchNormalization(name="even")(spots)
texture = layers.GlobalMaxPooling2D(name="texture")(even)
colour = layers.GlobalAveragePooling2D(name="colour")(skin)
both = layers.Concatenate(name="both")([colour, texture])
grade = layers.Dense(5, activation="softmax", name="grade")(both)
sorter = keras.Model(fruit, grade, name="sorter")
sorter.get_layer("skin").trainable = False

# %% answer="reading"
reading = {
    "side": None,
    "width": None,
    "read_twice": None,
    "largest": None,
    "learns": None,
}
### BEGIN SOLUTION
reading = {
    "side": sorter.get_layer("spots").output.shape[1],
    "width": sorter.get_layer("both").output.shape[-1],
    "read_twice": "skin",
    "largest": max(sorter.layers, key=lambda layer: layer.count_params()).name,
    "learns": sum(weight.shape.num_elements() for weight in sorter.trainable_weights),
}
### END SOLUTION

# %% check="reading"

# %% [markdown] lang="fr"
# ## 2. Partager, copier, recommencer
#
# `model` est entraîné, et `x` est une entrée de la bonne forme. Que valent les poids de chacun de ces modèles ?
#
# ```python
# cut = keras.Model(model.input, model.layers[2].output)
# clone = keras.models.clone_model(model)
# called = keras.Model(x, model(x))
# from_json = keras.models.model_from_json(model.to_json())
# model.save("model.keras")
# from_file = keras.models.load_model("model.keras")
# ```
#
# Répondez par une lettre :
#
# - `"a"` : ce sont **les poids mêmes** de `model` ; si on l’entraîne, ils changent avec lui ;
# - `"b"` : des poids **à part**, de mêmes valeurs au départ ;
# - `"c"` : des poids **à part**, tirés au hasard. *(5 points)*
# %% [markdown] lang="en"
# ## 2. Share, copy, start anew
#
# `model` is trained, and `x` is an input of the right shape. What are the weights of each of these models?
#
# ```python
# cut = keras.Model(model.input, model.layers[2].output)
# clone = keras.models.clone_model(model)
# called = keras.Model(x, model(x))
# from_json = keras.models.model_from_json(model.to_json())
# model.save("model.keras")
# from_file = keras.models.load_model("model.keras")
# ```
#
# Answer with a letter:
#
# - `"a"`: they are **the very weights** of `model`; if it is trained, they change with it;
# - `"b"`: weights **of its own**, with the same values to begin with;
# - `"c"`: weights **of its own**, drawn at random. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 共享、复制，还是从头开始
#
# `model` 已经训练好，`x` 是一个形状合适的输入。下面各个模型的权重是怎样的？
#
# ```python
# cut = keras.Model(model.input, model.layers[2].output)
# clone = keras.models.clone_model(model)
# called = keras.Model(x, model(x))
# from_json = keras.models.model_from_json(model.to_json())
# model.save("model.keras")
# from_file = keras.models.load_model("model.keras")
# ```
#
# 用字母回答：
#
# - `"a"`：**就是** `model` 的权重；训练 `model`，它们也跟着变；
# - `"b"`：**另一套**权重，一开始数值相同；
# - `"c"`：**另一套**权重，随机产生。*（5 分）*

# %% answer="copies"
copies = {
    "cut": None,
    "clone": None,
    "called": None,
    "from_json": None,
    "from_file": None,
}
### BEGIN SOLUTION
copies = {
    "cut": "a",
    "clone": "c",
    "called": "a",
    "from_json": "c",
    "from_file": "b",
}
### END SOLUTION

# %% check="copies"

# %% [markdown] lang="fr"
# ## 3. Voir ce que voit un modèle
#
# `eye` reconnaît six panneaux. À partir de **ses propres couches**, construisez `looks` : la même entrée, et trois sorties, dans une liste et dans cet ordre :
#
# 1. les cartes que rend `edges` ;
# 2. les cartes que rend `parts` ;
# 3. la **moyenne** de chaque carte de `parts` : 16 nombres (`GlobalAveragePooling2D`). *(5 points)*
# %% [markdown] lang="en"
# ## 3. See what a model sees
#
# `eye` recognises six traffic signs. From **its own layers**, build `looks`: the same input, and three outputs, in a list and in this order:
#
# 1. the maps that `edges` returns;
# 2. the maps that `parts` returns;
# 3. the **mean** of each map of `parts`: 16 numbers (`GlobalAveragePooling2D`). *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 看看模型看到了什么
#
# `eye` 能识别六种路牌。请用**它自己的层**搭建 `looks`：输入与它相同，三个输出放在列表里，顺序为：
#
# 1. `edges` 输出的特征图；
# 2. `parts` 输出的特征图；
# 3. `parts` 每张特征图的**平均值**：共 16 个数（`GlobalAveragePooling2D`）。*（5 分）*

# %%
picture = keras.Input(shape=(16, 16, 1), name="picture")
edges = layers.Conv2D(8, 3, activation="relu", name="edges")(picture)
halved = layers.MaxPooling2D(2, name="halved")(edges)
parts = layers.Conv2D(16, 3, activation="relu", name="parts")(halved)
flat = layers.Flatten(name="flat")(parts)
sign = layers.Dense(6, activation="softmax", name="sign")(flat)
eye = keras.Model(picture, sign, name="eye")

# %% answer="looks"
### BEGIN SOLUTION
all_parts = eye.get_layer("parts").output
means = layers.GlobalAveragePooling2D(name="means")(all_parts)
looks = keras.Model(eye.input, [eye.get_layer("edges").output, all_parts, means])
### END SOLUTION

# %% check="looks" given="eye"

# %% [markdown] lang="fr"
# ## 4. Des oiseaux aux grenouilles
#
# `birds` a appris vingt chants d’oiseaux. Vous avez quelques enregistrements de quatre espèces de grenouilles. Construisez `frogs` :
#
# - l’entrée et les **couches mêmes** de `birds`, jusqu’à `song` compris ;
# - puis une couche dense de 12 unités, ReLU ;
# - puis une couche dense de 4 unités, softmax.
#
# Gelez `chirps`, et **elle seule** : `phrases` doit continuer d’apprendre, comme les deux nouvelles couches. *(5 points)*
# %% [markdown] lang="en"
# ## 4. From birds to frogs
#
# `birds` has learned twenty bird songs. You have a few recordings of four species of frogs. Build `frogs`:
#
# - the input and the **very layers** of `birds`, up to and including `song`;
# - then a dense layer of 12 units, ReLU;
# - then a dense layer of 4 units, softmax.
#
# Freeze `chirps`, and **only that**: `phrases` must go on learning, like the two new layers. *(5 points)*
# %% [markdown] lang="zh"
# ## 4. 从鸟到蛙
#
# `birds` 学会了二十种鸟的鸣声。你手上有四种蛙的少量录音。请搭建 `frogs`：
#
# - 使用 `birds` 的输入和**它自己的层**，直到 `song`（包括 `song`）；
# - 然后是全连接层，12 个单元，ReLU；
# - 最后是全连接层，4 个单元，softmax。
#
# **只**冻结 `chirps`：`phrases` 和两个新的层都要继续学习。*（5 分）*

# %%
sound = keras.Input(shape=(64, 8), name="sound")
chirps = layers.Conv1D(16, 5, activation="relu", name="chirps")(sound)
phrases = layers.Conv1D(32, 3, activation="relu", name="phrases")(chirps)
song = layers.GlobalMaxPooling1D(name="song")(phrases)
species = layers.Dense(20, activation="softmax", name="species")(song)
birds = keras.Model(sound, species, name="birds")

# %% answer="frogs"
### BEGIN SOLUTION
birds.get_layer("chirps").trainable = False
croaks = layers.Dense(12, activation="relu", name="croaks")(birds.get_layer("song").output)
frog = layers.Dense(4, activation="softmax", name="frog")(croaks)
frogs = keras.Model(birds.input, frog, name="frogs")
### END SOLUTION

# %% check="frogs" given="birds"

# %% [markdown] lang="fr"
# ## 5. Un transfert à réparer
#
# `botanist` reconnaît trente plantes d’après une feuille. Une collègue veut en tirer un modèle qui dit si la feuille est **malade**, à partir de quelques exemples :
#
# - les **couches mêmes** de `botanist`, avec ce qu’elles ont appris, jusqu’à `traits` compris ;
# - puis un `Dropout` de 0,3 ;
# - puis une couche dense de 1 unité, sigmoïde ;
# - **tout** `botanist` est gelé, son ancienne tête `plant` comprise ; la nouvelle couche, elle, doit apprendre.
#
# Son code s’exécute, mais il contient **trois** erreurs. Corrigez-les : votre réponse s’appellera `sick`. *(6 points)*
# %% [markdown] lang="en"
# ## 5. A transfer to fix
#
# `botanist` recognises thirty plants by a leaf. A colleague wants to turn it into a model that says whether the leaf is **sick**, from a few examples:
#
# - the **very layers** of `botanist`, with what they have learned, up to and including `traits`;
# - then a `Dropout` of 0.3;
# - then a dense layer of 1 unit with sigmoid activation;
# - **all** of `botanist` is frozen, its old head `plant` included; the new layer must learn.
#
# Her code runs, but it contains **three** mistakes. Fix them, and call your answer `sick`. *(6 points)*
# %% [markdown] lang="zh"
# ## 5. 修好一次迁移
#
# `botanist` 看一片叶子，就能认出三十种植物。一位同事想用少量样本，由它得到一个判断叶子是否**生病**的模型：
#
# - 使用 `botanist` **自己的层**，连同它们学到的东西，直到 `traits`（包括 `traits`）；
# - 然后是 `Dropout`，比例 0.3；
# - 最后是全连接层，1 个单元，sigmoid 激活；
# - `botanist` **全部**冻结，旧的输出头 `plant` 也不例外；新的层要能学习。
#
# 她的代码能运行，但有**三处**错误。请改正，并把改好的模型命名为 `sick`。*（6 分）*

# %%
leaf = keras.Input(shape=(20, 20, 3), name="leaf")
veins = layers.Conv2D(8, 3, activation="relu", name="veins")(leaf)
blade = layers.GlobalAveragePooling2D(name="blade")(veins)
traits = layers.Dense(16, activation="relu", name="traits")(blade)
plant = layers.Dense(30, activation="softmax", name="plant")(traits)
botanist = keras.Model(leaf, plant, name="botanist")

base = keras.models.clone_model(botanist)
dropped = layers.Dropout(0.3)(base.output)
draft = keras.Model(base.input, layers.Dense(1, activation="sigmoid")(dropped))
draft.trainable = False

# %% answer="sick"
### BEGIN SOLUTION
botanist.trainable = False
dropped = layers.Dropout(0.3)(botanist.get_layer("traits").output)
sick = keras.Model(botanist.input, layers.Dense(1, activation="sigmoid")(dropped))
### END SOLUTION

# %% check="sick" given="botanist"

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
def _eye():
    inputs = keras.Input((16, 16, 1))  # names as given: a wrong output is known by its name
    edges = layers.Conv2D(8, 3, activation="relu", name="edges")(inputs)
    halved = layers.MaxPooling2D(2, name="halved")(edges)
    parts = layers.Conv2D(16, 3, activation="relu", name="parts")(halved)
    sign = layers.Dense(6, activation="softmax")(layers.Flatten()(parts))
    return keras.Model(inputs, sign)


def _looks(first=1, mean_of=3, pool=layers.GlobalAveragePooling2D, rebuilt=False, order=(0, 1, 2)):
    """The given model and the answer, cut out of it at the layers of these numbers."""
    given = _eye()
    used = _eye() if rebuilt else given
    outputs = [
        used.layers[first].output,
        used.layers[3].output,
        pool()(used.layers[mean_of].output),
    ]
    return given, keras.Model(used.input, [outputs[index] for index in order])


def _birds():
    inputs = keras.Input((64, 8))
    chirps = layers.Conv1D(16, 5, activation="relu")(inputs)
    phrases = layers.Conv1D(32, 3, activation="relu")(chirps)
    song = layers.GlobalMaxPooling1D()(phrases)
    return keras.Model(inputs, layers.Dense(20, activation="softmax")(song))


def _frogs(frozen=(1,), cut=3, rebuilt=False, hidden="relu", last="softmax", everything=False):
    given = _birds()
    used = _birds() if rebuilt else given
    for index in frozen:
        given.layers[index].trainable = used.layers[index].trainable = False
    croaks = layers.Dense(12, activation=hidden)(used.layers[cut].output)
    model = keras.Model(used.input, layers.Dense(4, activation=last)(croaks))
    if everything:
        model.trainable = False
    return given, model


def _botanist():
    inputs = keras.Input((20, 20, 3))
    blade = layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3, activation="relu")(inputs))
    traits = layers.Dense(16, activation="relu")(blade)
    return keras.Model(inputs, layers.Dense(30, activation="softmax")(traits))


def _sick(frozen=True, everything=False, cut=3, rebuilt=False, rate=0.3, last="sigmoid"):
    given = _botanist()
    used = _botanist() if rebuilt else given
    given.trainable = used.trainable = not frozen
    x = used.layers[cut].output
    x = layers.Dropout(rate)(x) if rate else x
    model = keras.Model(used.input, layers.Dense(1, activation=last)(x))
    if everything:
        model.trainable = False
    return given, model


RUBRIC = Rubric(
    "feature-extraction",
    [
        value_task(
            "reading",
            reading,
            points=5,
            hints=[
                _('sorter.get_layer("spots").output.shape is (batch, rows, columns, maps).'),
                _(
                    "sorter.summary() has a column “Connected to”, and its last lines count the trainable parameters."
                ),
                _(
                    "A frozen layer learns nothing, and two of the four numbers that BatchNormalization keeps for each map are averages: it measures them, no gradient changes them."
                ),
            ],
            mistakes={
                _(
                    "You counted all parameters. “skin” is frozen: ask for those that can be trained."
                ): {"learns": 3809},
                _(
                    "You left out the frozen layer, but counted the moving averages of “even”: they are measured, not learned by the gradient."
                ): {"learns": 2897},
                _(
                    "“both” reads two layers. Asked for is the layer that two others read: look at where the arrows part, not where they meet."
                ): {"read_twice": "both"},
                _(
                    "Without padding, a window of 3 has 26 positions on a side of 28; a stride of 2 keeps every other one."
                ): {"side": 14},
                _("“both” puts the 12 numbers of “colour” and the 24 of “texture” end to end."): {
                    "width": 24
                },
            },
        ),
        value_task(
            "copies",
            copies,
            points=5,
            hints=[
                _("Ask of each line: does it make new layers, or does it use those of “model”?"),
                _(
                    "A configuration says how many weights a layer has, but not their values. A .keras file holds both."
                ),
                _(
                    "Cutting and calling use the layers that are there. clone_model and JSON go by the configuration only."
                ),
            ],
            mistakes={
                _(
                    "clone_model copies the graph, not what it has learned: its weights are new until you call set_weights."
                ): {"clone": "b"},
                _("clone_model makes new layers: training “model” does not change them."): {
                    "clone": "a"
                },
                _("JSON is the architecture written as text. There is no weight in it."): {
                    "from_json": "b"
                },
                _("A cut is not a copy: the new model is made of the same layers."): {"cut": "b"},
                _("Calling a model uses its layers once more; it makes no new ones."): {
                    "called": "b"
                },
                _("A .keras file holds the weights as well as the architecture."): {
                    "from_file": "c"
                },
                _(
                    "What is loaded from a file lives a life of its own: training “model” does not change it."
                ): {"from_file": "a"},
            },
        ),
        model_task(
            "looks",
            (eye, looks),
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _(
                    "Each layer of a graph knows the tensor that it returns there: eye.get_layer(name).output."
                ),
                _(
                    "A new layer can be called on such a tensor: layers.GlobalAveragePooling2D()(...) on the output of “parts”."
                ),
                _(
                    "At the end: keras.Model(eye.input, [...]) with the three tensors in the order asked for."
                ),
            ],
            mistakes={
                _(
                    "Your layers look right but are new ones, with weights of their own: they do not see what “eye” sees. Take the tensors of “eye” itself."
                ): _looks(rebuilt=True),
                _(
                    "This is the output of “halved”, not of “edges”: the maps are already smaller there."
                ): _looks(first=2),
                _("You took the maximum of each map. The mean is asked for."): _looks(
                    pool=layers.GlobalMaxPooling2D
                ),
                _("The mean is asked for of the maps of “parts”, not of those of “edges”."): _looks(
                    mean_of=1
                ),
                _("The maps of “edges” come first, then those of “parts”."): _looks(
                    order=(1, 0, 2)
                ),
            },
        ),
        model_task(
            "frogs",
            (birds, frogs),
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _('Start from birds.input and from birds.get_layer("song").output.'),
                _(
                    "Freezing is a matter of one layer: birds.get_layer(name).trainable = False. Do not touch the others."
                ),
                _(
                    "Call the two new dense layers one after the other on the output of “song”; then keras.Model(birds.input, ...)."
                ),
            ],
            mistakes={
                _("Nothing is frozen: “chirps” would learn as well."): _frogs(frozen=()),
                _(
                    "“phrases” is frozen, too. Only “chirps” is to keep what it has learned."
                ): _frogs(frozen=(1, 2)),
                _(
                    "It is the other way round: “chirps” is to be frozen, and “phrases” is to learn."
                ): _frogs(frozen=(2,)),
                _("All of “birds” is frozen. Only “chirps” is to be."): _frogs(frozen=(1, 2, 4)),
                _("Everything is frozen, your new layers included: nothing could learn."): _frogs(
                    everything=True
                ),
                _(
                    "Your model starts from the old head “species”: twenty probabilities of birds say little about frogs. Cut at “song”."
                ): _frogs(cut=4),
                _(
                    "These are not the layers of “birds” but new ones, which have learned nothing."
                ): _frogs(rebuilt=True),
                _(
                    "The last layer has no softmax. The four answers are to be probabilities that sum to 1."
                ): _frogs(last=None),
            },
        ),
        model_task(
            "sick",
            (botanist, sick),
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _("What does clone_model copy, and what does it leave behind?"),
                _(
                    "base.output is what the last layer returns. At which layer does the description stop?"
                ),
                _(
                    "Freeze “botanist” before you add anything to it: what you add afterwards can learn."
                ),
            ],
            mistakes={
                _(
                    "The layers are not those of “botanist”: a clone, or layers built anew, have not learned what it knows. Start from “botanist” itself."
                ): _sick(rebuilt=True),
                _(
                    "Your model still goes through the old head “plant”. The description stops at “traits”."
                ): _sick(cut=4),
                _(
                    "The whole new model is frozen, its last layer included: it could never learn."
                ): _sick(everything=True),
                _("Nothing is frozen: a few examples would spoil what “botanist” has learned."): (
                    _sick(frozen=False)
                ),
                _("The Dropout of 0.3 is missing."): _sick(rate=0),
                _(
                    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
                ): _sick(last="softmax"),
            },
        ),
    ],
)
