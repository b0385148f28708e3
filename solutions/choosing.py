"""Unit 11, exercise: one model in three styles. Statement, solution and rubric in one file."""

# %% active="py"
from course import parts
from grader.difference import Difference
from grader.rubric import Criterion, Measure, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : choisir son style
#
# Six questions pour finir le cours : choisir, compter, comparer, remanier, un ouvrage où les trois styles se rencontrent, et un modèle où tout est libre. Comptez trois quarts d’heure, un peu plus si la dernière vous plaît.
#
# Chaque énoncé fixe ce qui compte : tailles, activations, noms demandés. **Ce qui n’est pas demandé est libre**, et le style, ici, plus que jamais : on vous en conseille un, mais un modèle qui calcule la même chose est juste.
#
# Vous avez le droit, et même le devoir, d’appeler `compare` dans une cellule à vous. Sous chaque réponse, la cellule `check` vous répond autant de fois que vous voulez ; pour un coup de pouce, écrivez par exemple `hint("11-choosing.mended")`.
# %% [markdown] lang="en"
# # Exercise: choosing a style
#
# Six questions to end the course: choose, count, compare, refactor, a piece of work in which the three styles meet, and a model in which all is yours to decide. Allow three quarters of an hour, a little more if you enjoy the last one.
#
# Each statement fixes what counts: sizes, activations, names where they are asked for. **What is not asked for is free**, style above all: we suggest one, but a model that computes the same thing is right.
#
# You may, indeed you should, call `compare` in cells of your own. Below each answer, the `check` cell replies as often as you like; for a nudge, write for instance `hint("11-choosing.mended")`.
# %% [markdown] lang="zh"
# # 练习：三种风格，怎么选
#
# 用六道题为整个课程收尾：选择、数参数、比较、重构，做一件三种风格齐聚的作品，最后是一个全由你做主的模型。大约需要三刻钟；要是最后一题做得入迷，再多留点时间。
#
# 题目写明了所有会影响评分的要求：大小、激活函数，以及要求的名称。**没有写明的都由你决定**，风格尤其如此：我们会推荐一种，但只要计算相同就是对的。
#
# 你可以（其实是应该）在自己的单元格里调用 `compare`。每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("11-choosing.mended")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, compare, hint
from keras import layers, ops

# %% [markdown] lang="fr"
# ## 1. Six besoins
#
# Pour chaque besoin, écrivez le style **le plus simple qui suffise** : `"sequential"`, `"functional"`, `"subclass"` (tout le modèle est une sous-classe), ou `"layer"` (une pile ou un graphe, où **une couche** est à vous).
#
# - `excel` : 30 colonnes de nombres, une étiquette par ligne.
# - `ticket` : un texte et ses mots-clés entrent ; un service et une priorité sortent.
# - `twins` : le même encodeur lit deux photos, on compare les deux vecteurs.
# - `molecule` : chaque exemple est un arbre d’atomes, et il n’y en a pas deux de même forme.
# - `formula` : une chaîne de couches, dont une formule toute neuve, avec deux nombres à apprendre ; pour le reste, on tient au dessin et au fichier.
# - `duel` : un générateur et un critique s’entraînent l’un contre l’autre, et un seul `fit` doit s’occuper des deux. *(3 points)*
# %% [markdown] lang="en"
# ## 1. Six needs
#
# For each need, write the **simplest style that will do**: `"sequential"`, `"functional"`, `"subclass"` (the whole model is a subclass), or `"layer"` (a stack or a graph in which **one layer** is your own).
#
# - `excel`: 30 columns of numbers, one label per row.
# - `ticket`: a text and its tags go in; a department and a priority come out.
# - `twins`: the same encoder reads two photos, and the two vectors are compared.
# - `molecule`: each example is a tree of atoms, and no two have the same shape.
# - `formula`: a chain of layers, one of them a brand-new formula with two numbers to learn; for the rest, you want the drawing and the file.
# - `duel`: a generator and a critic train against each other, and one `fit` must see to both. *(3 points)*
# %% [markdown] lang="zh"
# ## 1. 六种需求
#
# 针对每种需求，写出**够用的最简单的风格**：`"sequential"`、`"functional"`、`"subclass"`（整个模型是一个子类），或者 `"layer"`（堆叠或图，其中有**一个层**是自己写的）。
#
# - `excel`：30 列数字，每行一个标签。
# - `ticket`：输入一段文本和它的几个标记（tags），输出部门和优先级。
# - `twins`：同一个编码器读两张照片，再比较两个向量。
# - `molecule`：每个样本都是一棵由原子组成的树，没有两棵形状相同。
# - `formula`：一条由层组成的链，其中一层是全新的公式，有两个数要学；其余部分希望能画图、能直接存取。
# - `duel`：生成器和判别器互相对抗着训练，而且要由一次 `fit` 兼顾两者。*（3 分）*

# %% answer="needs"
needs = {
    "excel": None,
    "ticket": None,
    "twins": None,
    "molecule": None,
    "formula": None,
    "duel": None,
}
### BEGIN SOLUTION
needs = {
    "excel": "sequential",
    "ticket": "functional",
    "twins": "functional",
    "molecule": "subclass",
    "formula": "layer",
    "duel": "subclass",
}
### END SOLUTION

# %% check="needs"

# %% [markdown] lang="fr"
# ## 2. Compter dans un mélange
#
# Une pile et une couche personnalisée dans un graphe, le graphe dans une classe :
#
# ```python
# class Scale(layers.Layer):
#     def build(self, shape):
#         self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")
#
#     def call(self, x):
#         return x * self.scale
#
# encoder = keras.Sequential([layers.Dense(20, activation="relu"), layers.Dense(8)])
# scale = Scale()
# match = layers.Dense(1, activation="sigmoid")
#
# query, title = keras.Input(shape=(50,)), keras.Input(shape=(50,))
# both = layers.concatenate([encoder(query), encoder(title)])
# graph = keras.Model([query, title], match(scale(both)))
#
# class Judge(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.graph = graph
#
#     def call(self, pair):
#         query, title = pair
#         return (self.graph([query, title]) + self.graph([title, query])) / 2
#
# judge = Judge()
# ```
#
# Sans rien exécuter, écrivez le nombre de paramètres de `encoder`, `scale`, `match`, `graph`, et de `judge` une fois qu’on l’a appelé. *(5 points)*
# %% [markdown] lang="en"
# ## 2. Counting in a mixture
#
# A stack and a custom layer in a graph, the graph in a class:
#
# ```python
# class Scale(layers.Layer):
#     def build(self, shape):
#         self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")
#
#     def call(self, x):
#         return x * self.scale
#
# encoder = keras.Sequential([layers.Dense(20, activation="relu"), layers.Dense(8)])
# scale = Scale()
# match = layers.Dense(1, activation="sigmoid")
#
# query, title = keras.Input(shape=(50,)), keras.Input(shape=(50,))
# both = layers.concatenate([encoder(query), encoder(title)])
# graph = keras.Model([query, title], match(scale(both)))
#
# class Judge(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.graph = graph
#
#     def call(self, pair):
#         query, title = pair
#         return (self.graph([query, title]) + self.graph([title, query])) / 2
#
# judge = Judge()
# ```
#
# Without running anything, write the number of parameters of `encoder`, `scale`, `match`, `graph`, and of `judge` once it has been called. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 数一数混合模型的参数
#
# 图里装着一个堆叠和一个自定义层，类里又装着这张图：
#
# ```python
# class Scale(layers.Layer):
#     def build(self, shape):
#         self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")
#
#     def call(self, x):
#         return x * self.scale
#
# encoder = keras.Sequential([layers.Dense(20, activation="relu"), layers.Dense(8)])
# scale = Scale()
# match = layers.Dense(1, activation="sigmoid")
#
# query, title = keras.Input(shape=(50,)), keras.Input(shape=(50,))
# both = layers.concatenate([encoder(query), encoder(title)])
# graph = keras.Model([query, title], match(scale(both)))
#
# class Judge(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.graph = graph
#
#     def call(self, pair):
#         query, title = pair
#         return (self.graph([query, title]) + self.graph([title, query])) / 2
#
# judge = Judge()
# ```
#
# 不运行，写出 `encoder`、`scale`、`match`、`graph` 各有多少个参数，以及 `judge` 调用过之后有多少个。*（5 分）*

# %% answer="counting"
counting = {"encoder": None, "scale": None, "match": None, "graph": None, "judge": None}
### BEGIN SOLUTION
counting = {
    "encoder": (50 * 20 + 20) + (20 * 8 + 8),
    "scale": 16,
    "match": 17,
    "graph": 1188 + 16 + 17,
    "judge": 1221,
}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 3. Trouvez ce qui diffère
#
# Une boulangerie prévoit ses ventes avec `bakery`, une classe en service. Quelqu’un l’a remaniée en graphe, `copy`. Les deux devraient être le même modèle ; il y a **trois** fautes, toutes dans `copy`.
#
# Cherchez d’abord à l’œil, puis avec `compare(bakery, copy)`, et corrigez une faute à la fois. Votre réponse, `mended`, doit être équivalente à `bakery`. *(6 points)*
# %% [markdown] lang="en"
# ## 3. Find what differs
#
# A bakery forecasts its sales with `bakery`, a class in service. Somebody has refactored it into a graph, `copy`. The two should be the same model; there are **three** faults, all of them in `copy`.
#
# Look with your own eyes first, then with `compare(bakery, copy)`, and mend one fault at a time. Your answer, `mended`, must equal `bakery`. *(6 points)*
# %% [markdown] lang="zh"
# ## 3. 找出不同
#
# 一家面包店用 `bakery` 预测销量，这是一个正在使用的类。有人把它重构成了图 `copy`。两者本该是同一个模型，可是 `copy` 里有**三处**错误。
#
# 先用眼睛找，再用 `compare(bakery, copy)`，一次改一处。你的答案叫 `mended`，它必须与 `bakery` 等价。*（6 分）*


# %%
class Bakery(keras.Model):
    def __init__(self):
        super().__init__(name="bakery")
        self.sales = layers.Dense(1, name="sales")
        self.drop = layers.Dropout(0.3, name="drop")
        self.days = layers.Dense(16, activation="relu", name="days")
        self.second = layers.Dense(16, activation="tanh", name="second")
        self.first = layers.Dense(16, activation="relu", name="first")

    def call(self, inputs):
        weather, calendar = inputs
        sky = self.drop(self.second(self.first(weather)))
        return self.sales(ops.concatenate([sky, self.days(calendar)], axis=-1))


weather = keras.Input(shape=(12,), name="weather")
calendar = keras.Input(shape=(12,), name="calendar")
bakery = Bakery()
forecast = bakery([weather, calendar])

first = layers.Dense(16, activation="relu", name="first")
sky = layers.Dense(16, activation="relu", name="second")(first(weather))
both = layers.concatenate([sky, first(calendar)], name="both")
both = layers.Dropout(0.3, name="drop")(both)
copy = keras.Model([weather, calendar], layers.Dense(1, name="sales")(both))

# %% answer="mended"
### BEGIN SOLUTION
sky = layers.Dense(16, activation="relu", name="first")(weather)
sky = layers.Dense(16, activation="tanh", name="second")(sky)
sky = layers.Dropout(0.3, name="drop")(sky)
days = layers.Dense(16, activation="relu", name="days")(calendar)
both = layers.concatenate([sky, days], name="both")
sales = layers.Dense(1, name="sales")(both)
mended = keras.Model([weather, calendar], sales, name="mended")
### END SOLUTION

# %% check="mended"

# %% [markdown] lang="fr"
# ## 4. De la classe au graphe
#
# Une ornithologue reconnaît sept oiseaux à leur chant, avec la classe ci-dessous. Elle voudrait maintenant retrouver les chants qui *ressemblent* à un autre : il lui faut les 12 nombres que calcule `features`. Or on ne coupe pas une classe.
#
# Remaniez-la en graphe, puis construisez `exposed` :
#
# - une entrée : 40 nombres ;
# - **deux** sorties, dans cet ordre : les probabilités de `species`, puis le résultat de `features` ;
# - les couches gardent leurs noms (`entry`, `step_1`, `step_2`, `features`, `species`), puisque c’est d’après leurs noms que l’on reportera les poids.
#
# Attention : chaque couche n’existe qu’une fois, et `features` sert aux deux sorties. *(6 points)*
# %% [markdown] lang="en"
# ## 4. From the class to the graph
#
# An ornithologist tells seven species of bird apart by their song, with the class below. Now she would like to find songs that *resemble* another one: she needs the 12 numbers that `features` computes. But a class cannot be cut.
#
# Refactor it into a graph, then build `exposed`:
#
# - one input: 40 numbers;
# - **two** outputs, in this order: the probabilities of `species`, then the result of `features`;
# - the layers keep their names (`entry`, `step_1`, `step_2`, `features`, `species`), since weights will be carried over by name.
#
# Make sure that each layer exists only once, and that `features` serves both outputs. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 从类到图
#
# 一位鸟类学家用下面这个类，根据鸣声辨认七种鸟。现在她想找出彼此*相似*的鸣声，这需要 `features` 算出的 12 个数。可是，类没法截取。
#
# 请把它重构成图，再搭建 `exposed`：
#
# - 一个输入：40 个数；
# - **两个**输出，依次是：`species` 的概率、`features` 的结果；
# - 各层保留原名（`entry`、`step_1`、`step_2`、`features`、`species`），因为以后要按名称搬运权重。
#
# 注意：每个层只有一个，两个输出共用同一个 `features`。*（6 分）*


# %%
class Listener(keras.Model):
    def __init__(self):
        super().__init__(name="listener")
        self.species = layers.Dense(7, activation="softmax", name="species")
        self.features = layers.Dense(12, activation="tanh", name="features")
        self.steps = [
            layers.Dense(24, activation="relu", name=f"step_{number}") for number in (1, 2)
        ]
        self.entry = layers.Dense(24, activation="relu", name="entry")

    def call(self, song):
        x = self.entry(song)
        for step in self.steps:
            x = x + step(x)
        return self.species(self.features(x))


listener = Listener()

# %% answer="exposed"
### BEGIN SOLUTION
song = keras.Input(shape=(40,), name="song")
x = layers.Dense(24, activation="relu", name="entry")(song)
for number in (1, 2):
    step = layers.Dense(24, activation="relu", name=f"step_{number}")
    x = layers.add([x, step(x)])
features = layers.Dense(12, activation="tanh", name="features")(x)
species = layers.Dense(7, activation="softmax", name="species")(features)
graph = keras.Model(song, species, name="graph")
exposed = keras.Model(graph.input, [graph.output, graph.get_layer("features").output])
### END SOLUTION

# %% check="exposed"

# %% [markdown] lang="fr"
# ## 5. L’ouvrage : trois styles dans un modèle
#
# Un centre de tri envoie chaque colis vers l’un de ses cinq dépôts, d’après la photo d’un chiffre de l’étiquette et six mesures (poids, côtés…). Il veut aussi savoir si le colis est fragile. Construisez **et compilez** `parcel_model` :
#
# - deux entrées : `photo`, de forme (28, 28, 1), et `measures`, 6 nombres ;
# - la photo passe par une **pile** : convolution 2D de 8 filtres de côté 3, ReLU ; max pooling de côté 2 ; convolution 2D de 16 filtres de côté 3, ReLU ; moyenne globale (*global average pooling*). Il en sort 16 nombres ;
# - ces 16 nombres passent par une **couche à vous**, `Gain` : chaque nombre est multiplié par un poids appris. Les 16 poids forment un tableau de forme (16,), rempli de 1 au départ ; pas de biais, pas d’activation ;
# - les mesures passent par une couche dense de 16 unités, ReLU ;
# - le **graphe** concatène le tout, la photo d’abord, puis vient une couche dense de 32 unités, ReLU ;
# - deux sorties, sur cette dernière : `depot`, dense de 5 unités, softmax ; `fragile`, dense de 1 unité, sigmoïde. Ces deux couches portent ces noms.
#
# Pour l’entraînement : Adam, taux d’apprentissage 0,002 ; l’entropie croisée catégorielle *sparse* (`sparse_categorical_crossentropy`) pour `depot`, l’entropie croisée binaire pour `fragile` ; poids des pertes : 1 pour `depot`, 0,3 pour `fragile`.
#
# Les convolutions gardent leurs réglages par défaut (pas de bordure ajoutée, un pas de 1). *(10 points)*
# %% [markdown] lang="en"
# ## 5. The masterpiece: three styles in one model
#
# A sorting centre sends each parcel to one of five depots, from the photo of a digit on its label and six measurements (weight, sides…). It also wants to know whether the parcel is fragile. Build **and compile** `parcel_model`:
#
# - two inputs: `photo`, of shape (28, 28, 1), and `measures`, 6 numbers;
# - the photo goes through a **stack**: 2D convolution with 8 filters of 3 × 3, ReLU; max pooling of 2 × 2; 2D convolution with 16 filters of 3 × 3, ReLU; global average pooling. Out come 16 numbers;
# - these 16 numbers go through a **layer of your own**, `Gain`: each number is multiplied by a learned weight. The 16 weights form an array of shape (16,), filled with 1 at the start; no bias, no activation;
# - the measurements go through a dense layer of 16 units, ReLU;
# - the **graph** concatenates the two, photo first, and a dense layer of 32 units, ReLU, follows;
# - two outputs, on top of that: `depot`, dense, 5 units, softmax; `fragile`, dense, 1 unit, sigmoid. Give the two layers these names.
#
# For training: Adam with a learning rate of 0.002; sparse categorical crossentropy (`sparse_categorical_crossentropy`) for `depot`, binary crossentropy for `fragile`; loss weights: 1 for `depot`, 0.3 for `fragile`.
#
# The convolutions keep their default settings (no padding, a stride of 1). *(10 points)*
# %% [markdown] lang="zh"
# ## 5. 收官之作：一个模型，三种风格
#
# 一个分拣中心要根据面单上一个数字的照片和六项测量值（重量、边长……），把每个包裹送往五个仓库之一，还想知道包裹是否易碎。搭建**并编译** `parcel_model`：
#
# - 两个输入：`photo`，形状 (28, 28, 1)；`measures`，6 个数；
# - 照片经过一个**堆叠**：二维卷积，8 个边长为 3 的卷积核，ReLU；边长为 2 的最大池化；二维卷积，16 个边长为 3 的卷积核，ReLU；全局平均池化（global average pooling）。得到 16 个数；
# - 这 16 个数经过一个**自己写的层** `Gain`：每个数乘以一个学到的权重。16 个权重组成一个形状为 (16,) 的数组，初始值全为 1；没有偏置，没有激活函数；
# - 测量值经过一个 16 个单元的全连接层，ReLU；
# - **图**把两路拼接起来，照片在前，再接一个 32 个单元的全连接层，ReLU；
# - 在它之上有两个输出：`depot` 是 5 个单元的全连接层，softmax；`fragile` 是 1 个单元的全连接层，sigmoid。这两层就用这两个名称。
#
# 训练设置：Adam，学习率 0.002；`depot` 用稀疏分类交叉熵（`sparse_categorical_crossentropy`），`fragile` 用二元交叉熵；损失权重：`depot` 为 1，`fragile` 为 0.3。
#
# 卷积保留默认设置（不填充，步幅为 1）。*（10 分）*


# %% answer="parcel_model"
### BEGIN SOLUTION
class Gain(layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones", name="gain")

    def call(self, inputs):
        return inputs * self.gain


eye = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(16, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
    ],
    name="eye",
)
photo = keras.Input(shape=(28, 28, 1), name="photo")
measures = keras.Input(shape=(6,), name="measures")
seen = Gain(name="gain")(eye(photo))
felt = layers.Dense(16, activation="relu", name="felt")(measures)
both = layers.concatenate([seen, felt], name="both")
mixed = layers.Dense(32, activation="relu", name="mixed")(both)
depot = layers.Dense(5, activation="softmax", name="depot")(mixed)
fragile = layers.Dense(1, activation="sigmoid", name="fragile")(mixed)
parcel_model = keras.Model([photo, measures], {"depot": depot, "fragile": fragile})
parcel_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.002),
    loss={"depot": "sparse_categorical_crossentropy", "fragile": "binary_crossentropy"},
    loss_weights={"depot": 1.0, "fragile": 0.3},
)
### END SOLUTION

# %% check="parcel_model"

# %% [markdown] lang="fr"
# ## 6. Atteindre 90 %
#
# Une caméra surveille un tapis roulant sur lequel passent des pièces de métal : 0 disque, 1 anneau, 2 carré, 3 triangle, 4 croix. Une pièce peut se trouver n’importe où, tournée n’importe comment. Voici 1 500 images de 20 × 20 pixels, en nombres entiers de 0 (noir) à 255 (blanc).
# %% [markdown] lang="en"
# ## 6. Reach 90%
#
# A camera watches a conveyor belt on which metal parts pass by: 0 disc, 1 ring, 2 square, 3 triangle, 4 cross. A part may lie anywhere, turned at any angle. Here are 1,500 pictures of 20 × 20 pixels, whole numbers from 0 (black) to 255 (white).
# %% [markdown] lang="zh"
# ## 6. 达到 90%
#
# 传送带上送来各种金属零件，由一台摄像头盯着：0 圆片，1 圆环，2 方片，3 三角片，4 十字片。零件的位置和朝向都不固定。下面是 1,500 张 20 × 20 像素的图片，像素值是 0（黑）到 255（白）的整数。

# %% active="ipynb" alt="Twenty grey pictures of metal parts, light on a darker belt, each with the number of its shape above it."
# from course import parts, plots
#
# pictures, shapes = parts.belt()
# print(pictures.shape, pictures.dtype, shapes.shape, shapes.dtype)
# plots.images(255 - pictures[:20, ..., 0], shapes[:20])

# %% [markdown] lang="fr"
# Construisez, compilez **et entraînez** `sorter`, qui reconnaît la forme d’une pièce :
#
# - une entrée : une image, `shape=(20, 20, 1)`, avec ses nombres de 0 à 255 ;
# - une sortie : 5 unités, softmax, dans l’ordre des formes ci-dessus.
#
# **Tout le reste est libre** : les couches, la perte, l’optimiseur, le nombre d’époques. Seul compte ce que le modèle sait faire : `check` dessine, à chaque fois, **200 images que personne n’a vues** ; la correction en dessine d’autres. Il faut reconnaître 90 % des formes pour avoir tous les points de la mesure, 70 % pour en avoir la moitié.
#
# La correction exécute de nouveau ce notebook, entraînement compris : quelques secondes suffisent. *(6 points)*
# %% [markdown] lang="en"
# Build, compile **and train** `sorter`, which recognises the shape of a part:
#
# - one input: a picture, `shape=(20, 20, 1)`, with its numbers from 0 to 255;
# - one output: 5 units, softmax, in the order of the shapes above.
#
# **Everything else is up to you**: the layers, the loss, the optimizer, the number of epochs. All that counts is what the model can do: each time, `check` draws **200 pictures that nobody has seen**; grading draws others. Recognising 90% of the shapes earns all points for what is measured, 70% half of them.
#
# Grading runs this notebook again, training included: a few seconds are enough. *(6 points)*
# %% [markdown] lang="zh"
# 搭建、编译**并训练**模型 `sorter`，让它认出零件的形状：
#
# - 一个输入：一张图片，`shape=(20, 20, 1)`，像素值为 0 到 255；
# - 一个输出：5 个单元，softmax，顺序与上面的形状编号一致。
#
# **其余一切由你决定**：用哪些层、什么损失、什么优化器、训练几轮，都可以。评分只看模型的本事：每次运行 `check`，都会现画 **200 张谁也没见过的图片**；正式评分时另外再画一批。认对 90% 的形状，实测部分得满分；认对 70%，得一半的分。
#
# 评分时会把这份笔记本重新运行一遍，训练也在内：训练几秒钟就够了。*（6 分）*

# %% answer="sorter" active="ipynb"
# ### BEGIN SOLUTION
# picture = keras.Input(shape=(20, 20, 1), name="part")
# x = layers.Rescaling(1 / 127.5, offset=-1)(picture)
# x = layers.Conv2D(16, 5, strides=2, padding="same", activation="relu")(x)
# x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
# x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
# x = layers.GlobalMaxPooling2D()(x)
# sorter = keras.Model(picture, layers.Dense(5, activation="softmax", name="shape")(x))
# sorter.compile(keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
# history = sorter.fit(pictures, shapes, batch_size=32, epochs=8, verbose=0)
# ### END SOLUTION

# %% check="sorter"

# %% [markdown] lang="fr"
# ## Et maintenant ?
#
# Quand tout est vert, enregistrez le notebook et rendez-le. Certaines réponses ne sont justes qu’à moitié ? Rendez-le quand même : chaque critère réussi rapporte ses points.
#
# Et si tout est vert, vous savez lire, écrire, prouver et remanier un modèle dans les trois styles. Félicitations.
# %% [markdown] lang="en"
# ## What now?
#
# When everything is green, save the notebook and hand it in. Are some questions only half right? Hand it in all the same: each criterion that holds earns its points.
#
# And if everything is green, you can read, write, prove and refactor a model in all three styles. Congratulations.
# %% [markdown] lang="zh"
# ## 接下来
#
# 全部通过以后，保存并提交这份笔记本。还有题目只对了一半？也请照常提交：每达到一条标准都会得分。
#
# 要是全都通过了，那么三种风格的模型，你都会读、会写、会重构，还能证明它们等价。祝贺你！


# %% active="py"
def _bakery(shared=False, activation="tanh", drop="sky", sky_first=True):
    one, other = keras.Input((12,), name="weather"), keras.Input((12,), name="calendar")
    first = layers.Dense(16, activation="relu")
    days = first if shared else layers.Dense(16, activation="relu")
    seen = layers.Dense(16, activation=activation)(first(one))
    seen = layers.Dropout(0.3)(seen) if drop == "sky" else seen
    pair = [seen, days(other)]
    joined = layers.concatenate(pair if sky_first else pair[::-1])
    joined = layers.Dropout(0.3)(joined) if drop == "both" else joined
    return keras.Model([one, other], layers.Dense(1)(joined))


def _exposed(skips=True, shared=False, twice=False, activation="tanh", last="softmax"):
    sound = keras.Input((40,))
    found = layers.Dense(24, activation="relu", name="entry")(sound)
    known = [layers.Dense(24, activation="relu", name=f"step_{i + 1}") for i in (0, 1)]
    for layer in known:
        stepped = (known[0] if shared else layer)(found)
        found = layers.add([found, stepped]) if skips else stepped
    inner = layers.Dense(12, activation=activation, name="features")
    other = layers.Dense(12, activation=activation) if twice else inner
    kinds = layers.Dense(7, activation=last, name="species")(inner(found))
    return keras.Model(sound, [kinds, other(found)])


def _parcel(
    gain=Gain,
    pool=layers.GlobalAveragePooling2D,
    swapped=False,
    heads=("softmax", "sigmoid"),
    losses=("sparse_categorical_crossentropy", "binary_crossentropy"),
    weights=(1.0, 0.3),
    felt="dense",
    late=False,
):
    image, numbers = keras.Input((28, 28, 1), name="photo"), keras.Input((6,), name="measures")
    x = layers.Conv2D(8, 3, activation="relu")(image)
    x = layers.Conv2D(16, 3, activation="relu")(layers.MaxPooling2D(2)(x))
    x = pool()(x)
    x = gain()(x) if gain and not late else x
    y = layers.Dense(16, activation="relu")(numbers) if felt else numbers
    x = layers.concatenate([y, x] if swapped else [x, y])
    x = Gain()(x) if late else x
    x = layers.Dense(32, activation="relu")(x)
    ends = zip((5, 1), heads, ("depot", "fragile"), strict=True)
    outputs = {name: layers.Dense(n, activation=a, name=name)(x) for n, a, name in ends}
    model = keras.Model([image, numbers], outputs)
    names = ("depot", "fragile")
    model.compile(
        keras.optimizers.Adam(0.002),
        loss=dict(zip(names, losses, strict=True)),
        loss_weights=dict(zip(names, weights, strict=True)),
    )
    return model


def _sorter():
    """The input and the output of a sorter; what lies between is up to the student."""
    picture = keras.Input((parts.SIDE, parts.SIDE, 1), name="part")
    read = layers.GlobalMaxPooling2D()(layers.Conv2D(4, 3)(picture))
    return keras.Model(picture, layers.Dense(5, activation="softmax", name="shape")(read))


def _shows(kind):
    return Difference(kind, params={"output": "shape"})


RUBRIC = Rubric(
    "choosing",
    [
        value_task(
            "needs",
            needs,
            points=3,
            hints=[
                _(
                    "Ask the questions in order: does the shape of the calculation depend on the data? Is a training step more than one loss? Are there branches?"
                ),
                _(
                    "The first yes decides. If every answer is no, a stack will do; a new formula alone calls for a layer, not for turning the whole model into a class."
                ),
                _(
                    "Two of the six need a subclass, two a graph, one a stack, and one a layer of your own."
                ),
            ],
            mistakes={
                _(
                    "A new formula does not make the whole model a class: write the formula as a layer, and keep the stack around it."
                ): {"formula": "subclass"},
                _(
                    "A graph would do for the Excel table, but nothing in it branches: the simplest style that will do is a stack."
                ): {"excel": "functional"},
                _(
                    "A stack has one way in and one way out. Two photos, or two answers, need a graph."
                ): {"twins": "sequential"},
                _(
                    "A graph is drawn before the data come: it has one shape, and each molecule has another."
                ): {"molecule": "functional"},
                _(
                    "The generator and the critic may well be graphs, but the contest between them is a training step of your own: a subclass around both."
                ): {"duel": "functional"},
            },
        ),
        value_task(
            "counting",
            counting,
            points=5,
            hints=[
                _(
                    "The style of the writing changes nothing: count the weights of each layer, once each."
                ),
                _(
                    "Each encoding has 8 numbers, so both together have 16; “scale” has one weight for each."
                ),
                _(
                    "“graph” calls the encoder twice, and “judge” calls the graph twice: calling again shares the weights."
                ),
            ],
            mistakes={
                _(
                    "You counted the encoder twice. It is one model called twice: its weights are shared."
                ): {"graph": 2 * 1188 + 16 + 17},
                _("You counted the graph twice. “judge” calls it twice, but it is one graph."): {
                    "judge": 2 * 1221
                },
                _(
                    "“scale” comes after the concatenation: it sees 16 numbers, and has a weight for each."
                ): {"scale": 8},
                _("“scale” has no bias: it only multiplies."): {"scale": 32},
                _("You left out the biases of the encoder: 20 in one layer, 8 in the other."): {
                    "encoder": 50 * 20 + 20 * 8
                },
                _(
                    "A subclass has no weights before its first call, but the graph inside has them already."
                ): {"judge": 0},
            },
        ),
        model_task(
            "mended",
            mended,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _(
                    "compare(bakery, copy) draws “copy” and marks where it differs. Mend what it names first, and compare again."
                ),
                _(
                    "Read the two versions side by side, layer by layer: the activation, the layer that reads the calendar, the place of the dropout."
                ),
                _(
                    "“second” is tanh; “days” is a layer of its own; the dropout acts on the sky alone, before the concatenation."
                ),
            ],
            mistakes={
                _("This is still “copy”: its three faults are all there."): _bakery(
                    shared=True, activation="relu", drop="both"
                ),
                _(
                    "“first” still reads both the weather and the calendar. In “bakery”, the calendar has a layer of its own."
                ): _bakery(shared=True),
                _("“second” still uses ReLU; in “bakery” it is tanh."): _bakery(activation="relu"),
                _(
                    "The dropout still acts on the whole concatenation; in “bakery” it acts on the sky alone."
                ): _bakery(drop="both"),
                _("The dropout is gone. In “bakery” it acts on the sky, in training."): _bakery(
                    drop=""
                ),
            },
        ),
        model_task(
            "exposed",
            exposed,
            [
                Criterion("interface", 1),
                Criterion("equivalent", 4),
                Criterion("layer-names", 1, ("entry", "step_1", "step_2", "features", "species")),
            ],
            hints=[
                _(
                    "Let the class draw itself: keras.Model(song, listener.call(song)), with song = keras.Input(shape=(40,))."
                ),
                _(
                    "Write the loop as it stands: it runs twice, and each time adds x and what a new step makes of x."
                ),
                _(
                    "A model may have any of its tensors as outputs: keras.Model(song, [species, features])."
                ),
            ],
            mistakes={
                _(
                    "The additions are lost: each step adds what it computes to what came in, x = x + step(x)."
                ): _exposed(skips=False),
                _(
                    "You use one step twice. The class has two steps, each with weights of its own."
                ): _exposed(shared=True),
                _(
                    "“species” has no activation: the class gives probabilities, with softmax."
                ): _exposed(last=None),
                _(
                    "You have two “features” layers. A single one must serve both outputs: take its result for the second output, and go on from it to the species."
                ): _exposed(twice=True),
                _("“features” should use tanh, as in the class."): _exposed(activation="relu"),
            },
        ),
        model_task(
            "parcel_model",
            parcel_model,
            [
                Criterion("interface", 1),
                Criterion("input-names", 1),
                Criterion("output-names", 1),
                Criterion("equivalent", 4),
                Criterion("loss", 1),
                Criterion("loss-weights", 1),
                Criterion("optimizer", 1),
            ],
            hints=[
                _(
                    "Begin with the stack, call it on “photo”, and look at the shape: 16 numbers must come out."
                ),
                _(
                    'In build, self.add_weight(shape=(shape[-1],), initializer="ones") makes one weight per number; call returns the product.'
                ),
                _(
                    "Give the output layers their names, and use the same names as keys of loss and of loss_weights."
                ),
            ],
            mistakes={
                _(
                    "A dense layer mixes all the numbers. “Gain” only multiplies each by a weight of its own: 16 weights, not 272."
                ): _parcel(gain=lambda: layers.Dense(16)),
                _(
                    "The photo reaches the concatenation without going through your layer, “Gain”."
                ): _parcel(gain=None),
                _(
                    "“Gain” acts on the concatenation. It belongs to the photo alone, before it meets the measurements."
                ): _parcel(late=True),
                _(
                    "The measurements come first in your concatenation; the photo should come first."
                ): _parcel(swapped=True),
                _("The stack ends with a global maximum. A global average is asked for."): _parcel(
                    pool=layers.GlobalMaxPooling2D
                ),
                _(
                    "Each parcel goes to one depot out of five: softmax makes them compete, sigmoid would ask five separate questions."
                ): _parcel(heads=("sigmoid", "sigmoid")),
                _(
                    "Softmax over the single unit of “fragile” always gives 1. For one probability, use a sigmoid."
                ): _parcel(heads=("softmax", "softmax")),
                _("The loss weights are swapped: the depot counts 1, fragility 0.3."): _parcel(
                    weights=(0.3, 1.0)
                ),
                _(
                    "The measurements go straight into the concatenation. A dense layer of 16 units is asked for first."
                ): _parcel(felt=""),
            },
        ),
        model_task(
            "sorter",
            _sorter(),
            [
                Criterion("interface", 1),
                Criterion(
                    "measured",
                    5,
                    measure=Measure(
                        "parts",
                        "shape",
                        full=90,
                        half=70,
                        title=_("It recognises the shape of parts that it has not seen"),
                    ),
                ),
            ],
            hints=[
                _(
                    "A part may lie anywhere: convolutions see it everywhere alike, dense layers on single pixels do not."
                ),
                _(
                    "Bring the pixels to about -1 to 1 first (layers.Rescaling). Then two or three convolutions, some with a stride of 2, GlobalMaxPooling2D and the output layer are enough."
                ),
                _(
                    "Sparse categorical crossentropy, Adam with a learning rate of 0.003, six to ten epochs; compile and fit stand in the same cell as the model."
                ),
            ],
            mistakes={
                _(
                    "Every part is given the same shape: training went astray. Numbers up to 255 or a high learning rate can do that: rescale the pixels, lower the rate."
                ): _shows("same-answer"),
                _(
                    "The loss has become NaN. Lower the learning rate, and look whether the output has a softmax and a loss that fits it."
                ): _shows("not-finite"),
                _(
                    "Your shapes have other numbers than those asked for: 0 disc, 1 ring, 2 square, 3 triangle, 4 cross."
                ): _shows("renumbered"),
                _(
                    "This is guessing. Either the model was not trained, or pictures and shapes no longer stood in the same order when it was."
                ): _shows("like-guessing"),
            },
        ),
    ],
)
