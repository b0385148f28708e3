"""Unit 09, exercise: layers of one's own. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : écrire ses propres couches
#
# Six questions, de la lecture d’une couche à sa conception. Comptez une demi-heure.
#
# Une couche que vous écrivez est jugée sur trois choses : ce qu’elle **calcule** (en inférence et à l’entraînement), ce qu’elle **garde** (ses poids, entraînables ou non) et ce qui **revient** d’un fichier. Le reste est libre : noms, style, `keras.ops` ou couches, avec ou sans `get_config` si la couche revient sans lui.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("09-custom-layers.sounds")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: layers of your own
#
# Six questions, from reading a layer to designing one. Allow half an hour.
#
# A layer that you write is judged on three things: what it **computes** (in inference and in training), what it **keeps** (its weights, trainable or not) and what **comes back** from a file. The rest is free: names, style, `keras.ops` or layers, with or without `get_config` if the layer comes back without it.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("09-custom-layers.sounds")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：自定义层
#
# 一共六道题，从读懂一个层到设计一个层，大约需要半小时。
#
# 你写的层按三点评分：**计算**什么（预测时和训练时）、**留存**什么（权重，可训练的和不可训练的），以及从文件**读回**来的是什么。其余的都由你决定：名称、风格、用 `keras.ops` 还是用层；不写 `get_config` 也能读回的话，写不写都行。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("09-custom-layers.sounds")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers, ops

# %% [markdown] lang="fr"
# ## 1. À chaque méthode son rôle
#
# Voici six choses qu’une couche fait dans sa vie. Où les écrit-on d’ordinaire ? Répondez `"__init__"`, `"build"`, `"call"` ou `"get_config"`.
#
# - `rate` : noter le taux que l’utilisateur a choisi ;
# - `kernel` : créer une matrice de poids dont l’une des dimensions est la taille de l’entrée ;
# - `product` : multiplier les données par cette matrice ;
# - `generator` : créer le `SeedGenerator`, une fois pour toutes ;
# - `draw` : tirer au hasard ce qui sera éteint, pour le lot qui arrive ;
# - `settings` : donner de quoi commander la même couche à nouveau. *(6 points)*
# %% [markdown] lang="en"
# ## 1. A job for each method
#
# Here are six things that a layer does in its life. Where are they usually written? Answer `"__init__"`, `"build"`, `"call"` or `"get_config"`.
#
# - `rate`: note the rate that the user has chosen;
# - `kernel`: make a matrix of weights, one side of which is the size of the input;
# - `product`: multiply the data by this matrix;
# - `generator`: make the `SeedGenerator`, once and for all;
# - `draw`: draw at random what is to be switched off, for the batch that comes in;
# - `settings`: give what it takes to order the same layer again. *(6 points)*
# %% [markdown] lang="zh"
# ## 1. 各司其职
#
# 下面是一个层一生中要做的六件事，通常写在哪个方法里？请回答 `"__init__"`、`"build"`、`"call"` 或 `"get_config"`。
#
# - `rate`：记下用户选定的比例；
# - `kernel`：创建权重矩阵，其中一边的大小等于输入的大小；
# - `product`：用这个矩阵去乘数据；
# - `generator`：创建 `SeedGenerator`，一次创建，一直使用；
# - `draw`：为刚到的批次随机决定关掉哪些数；
# - `settings`：交出照原样再造这个层所需的一切。*（6 分）*

# %% answer="roles"
roles = {
    "rate": None,
    "kernel": None,
    "product": None,
    "generator": None,
    "draw": None,
    "settings": None,
}
### BEGIN SOLUTION
roles = {
    "rate": "__init__",
    "kernel": "build",
    "product": "call",
    "generator": "__init__",
    "draw": "call",
    "settings": "get_config",
}
### END SOLUTION

# %% check="roles"

# %% [markdown] lang="fr"
# ## 2. Lire une couche
#
# Une collègue exécute ce code :
#
# ```python
# class Mixer(layers.Layer):
#     def __init__(self, units, **kwargs):
#         super().__init__(**kwargs)
#         self.units = units
#
#     def build(self, input_shape):
#         features = input_shape[-1]
#         self.gain = self.add_weight(shape=(features,), name="gain")
#         self.kernel = self.add_weight(shape=(features, self.units), name="kernel")
#         self.seen = self.add_weight(
#             shape=(), initializer="zeros", trainable=False, name="seen"
#         )
#
#     def call(self, inputs, training=False):
#         if training:
#             self.seen.assign(self.seen + inputs.shape[0])
#         return ops.matmul(inputs * self.gain, self.kernel)
#
# mixer = Mixer(5)                                # 1
# mixer(ops.zeros((32, 12, 6)), training=True)    # 2
# mixer(ops.zeros((8, 20, 6)))                    # 3
# ```
#
# Sans l’exécuter, dites :
#
# - `arrays_made` : combien de tableaux contient `mixer.weights` après la ligne 1 ;
# - `parameters` : combien de paramètres a la couche après la ligne 2, en tout ;
# - `trainable` : combien d’entre eux sont entraînables ;
# - `parameters_again` : combien elle en a après la ligne 3 ;
# - `seen` : ce que vaut `mixer.seen` après la ligne 3. *(5 points)*
# %% [markdown] lang="en"
# ## 2. Reading a layer
#
# A colleague runs this code:
#
# ```python
# class Mixer(layers.Layer):
#     def __init__(self, units, **kwargs):
#         super().__init__(**kwargs)
#         self.units = units
#
#     def build(self, input_shape):
#         features = input_shape[-1]
#         self.gain = self.add_weight(shape=(features,), name="gain")
#         self.kernel = self.add_weight(shape=(features, self.units), name="kernel")
#         self.seen = self.add_weight(
#             shape=(), initializer="zeros", trainable=False, name="seen"
#         )
#
#     def call(self, inputs, training=False):
#         if training:
#             self.seen.assign(self.seen + inputs.shape[0])
#         return ops.matmul(inputs * self.gain, self.kernel)
#
# mixer = Mixer(5)                                # 1
# mixer(ops.zeros((32, 12, 6)), training=True)    # 2
# mixer(ops.zeros((8, 20, 6)))                    # 3
# ```
#
# Without running it, say:
#
# - `arrays_made`: how many arrays `mixer.weights` holds after line 1;
# - `parameters`: how many parameters the layer has after line 2, in all;
# - `trainable`: how many of them are trainable;
# - `parameters_again`: how many it has after line 3;
# - `seen`: what `mixer.seen` is after line 3. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 读懂一个层
#
# 一位同事运行了这段代码：
#
# ```python
# class Mixer(layers.Layer):
#     def __init__(self, units, **kwargs):
#         super().__init__(**kwargs)
#         self.units = units
#
#     def build(self, input_shape):
#         features = input_shape[-1]
#         self.gain = self.add_weight(shape=(features,), name="gain")
#         self.kernel = self.add_weight(shape=(features, self.units), name="kernel")
#         self.seen = self.add_weight(
#             shape=(), initializer="zeros", trainable=False, name="seen"
#         )
#
#     def call(self, inputs, training=False):
#         if training:
#             self.seen.assign(self.seen + inputs.shape[0])
#         return ops.matmul(inputs * self.gain, self.kernel)
#
# mixer = Mixer(5)                                # 1
# mixer(ops.zeros((32, 12, 6)), training=True)    # 2
# mixer(ops.zeros((8, 20, 6)))                    # 3
# ```
#
# 不运行，写出：
#
# - `arrays_made`：第 1 行之后，`mixer.weights` 里有几个数组；
# - `parameters`：第 2 行之后，这个层总共有多少个参数；
# - `trainable`：其中有多少个可训练；
# - `parameters_again`：第 3 行之后，总共有多少个参数；
# - `seen`：第 3 行之后，`mixer.seen` 等于多少。*（5 分）*

# %% answer="reading"
reading = {
    "arrays_made": None,
    "parameters": None,
    "trainable": None,
    "parameters_again": None,
    "seen": None,
}
### BEGIN SOLUTION
reading = {
    "arrays_made": 0,
    "parameters": 6 + 6 * 5 + 1,
    "trainable": 6 + 6 * 5,
    "parameters_again": 37,
    "seen": 32,
}
### END SOLUTION

# %% check="reading"

# %% [markdown] lang="fr"
# ## 3. Une couche qui n’existe pas : `Gain`
#
# Six microphones écoutent une ruche, mais ils ne sont pas également sensibles. Écrivez une couche `Gain(boost)` :
#
# - elle garde **un poids entraînable par microphone** (forme `(microphones,)`, la taille venant de l’entrée), qui vaut 1 au départ ;
# - elle rend l’entrée multipliée par ces poids, et par le nombre `boost` ;
# - enregistrée puis relue, elle a toujours son `boost`.
#
# Terminez votre réponse par ce modèle, qui reconnaît trois états de la ruche :
#
# ```python
# sounds = keras.Sequential(
#     [
#         keras.Input(shape=(6,)),
#         Gain(3.0),
#         layers.Dense(3, activation="softmax"),
#     ]
# )
# ```
#
# *(5 points)*
# %% [markdown] lang="en"
# ## 3. A layer that does not exist: `Gain`
#
# Six microphones listen to a beehive, but they are not equally sensitive. Write a layer `Gain(boost)`:
#
# - it keeps **one trainable weight per microphone** (shape `(microphones,)`, the size being that of the input), which starts at 1;
# - it returns the input multiplied by these weights, and by the number `boost`;
# - saved and read back, it still has its `boost`.
#
# End your answer with this model, which recognises three states of the hive:
#
# ```python
# sounds = keras.Sequential(
#     [
#         keras.Input(shape=(6,)),
#         Gain(3.0),
#         layers.Dense(3, activation="softmax"),
#     ]
# )
# ```
#
# *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 原本不存在的层：`Gain`
#
# 六个麦克风监听一个蜂箱，灵敏度各不相同。写一个层 `Gain(boost)`：
#
# - **每个麦克风有一个可训练的权重**（形状为 `(microphones,)`，大小由输入决定），初始值为 1；
# - 输出等于输入乘以这些权重，再乘以数 `boost`；
# - 保存再读回之后，`boost` 仍然是原来的值。
#
# 请用下面这个模型结束你的答案，它能识别蜂群的三种状态：
#
# ```python
# sounds = keras.Sequential(
#     [
#         keras.Input(shape=(6,)),
#         Gain(3.0),
#         layers.Dense(3, activation="softmax"),
#     ]
# )
# ```
#
# *（5 分）*


# %% answer="sounds"
### BEGIN SOLUTION
class Gain(layers.Layer):
    def __init__(self, boost, **kwargs):
        super().__init__(**kwargs)
        self.boost = boost

    def build(self, input_shape):
        self.gains = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gains")

    def call(self, inputs):
        return inputs * self.gains * self.boost


sounds = keras.Sequential(
    [
        keras.Input(shape=(6,)),
        Gain(3.0),
        layers.Dense(3, activation="softmax"),
    ]
)
### END SOLUTION

# %% check="sounds"

# %% [markdown] lang="fr"
# ## 4. Trois fautes qui ne font rien planter
#
# Un vigneron classe ses parcelles d’après 16 mesures. Certaines mesures manquent souvent ; il a donc écrit une couche dense dont les entrées sont éteintes au hasard. Il la décrit ainsi :
#
# - un `Dropout` de taux `rate` éteint des entrées, **à l’entraînement seulement** : on lui transmet `training`, il sait qu’en faire ;
# - puis le produit par une matrice `w` et l’ajout d’un vecteur `b`, **tous deux appris** ;
# - relue depuis un fichier, la couche a toujours les mêmes `units` et le même `rate`.
#
# La description est juste, mais la classe contient **trois** fautes. Écrivez `MendedParcels`, la même sans ces fautes, et terminez par ce modèle :
#
# ```python
# repaired = keras.Sequential([keras.Input(shape=(16,)), MendedParcels(4, rate=0.2)])
# ```
#
# *(6 points)*
# %% [markdown] lang="en"
# ## 4. Three faults that do not crash
#
# A wine grower classifies his plots of land from 16 measurements. Some are often missing, so he has written a dense layer whose inputs are switched off at random. He describes it as follows:
#
# - a `Dropout` of rate `rate` switches inputs off, **in training only**: it is handed `training` and knows what to do with it;
# - then comes the product with a matrix `w`, and a vector `b` is added, **both of them learned**;
# - read back from a file, the layer still has the same `units` and the same `rate`.
#
# The description is right, but the class contains **three** faults. Write `MendedParcels`, the same without these faults, and end with this model:
#
# ```python
# repaired = keras.Sequential([keras.Input(shape=(16,)), MendedParcels(4, rate=0.2)])
# ```
#
# *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 三处不报错的错误
#
# 一位果农根据 16 项测量值给地块分类。有些测量值常常缺失，于是他写了一个会随机关掉输入的全连接层。他这样描述：
#
# - 用比例为 `rate` 的 `Dropout` 关掉一部分输入，**只在训练时**起作用：把 `training` 交给它，它自己知道怎么办；
# - 然后乘以矩阵 `w`，再加上向量 `b`，**两者都要学习**；
# - 从文件读回之后，`units` 和 `rate` 仍然是原来的值。
#
# 描述没有问题，但这个类里有**三处**错误。请写出改正后的 `MendedParcels`，并用下面这个模型结束：
#
# ```python
# repaired = keras.Sequential([keras.Input(shape=(16,)), MendedParcels(4, rate=0.2)])
# ```
#
# *（6 分）*


# %%
class Parcels(layers.Layer):
    def __init__(self, units, rate=0.5, **kwargs):
        super().__init__(**kwargs)
        self.units, self.rate = units, rate
        self.drop = layers.Dropout(rate)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(
            shape=(self.units,), initializer="zeros", trainable=False, name="b"
        )

    def call(self, inputs):
        kept = self.drop(inputs, training=True)
        return ops.matmul(kept, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


# %% answer="repaired"
### BEGIN SOLUTION
class MendedParcels(layers.Layer):
    def __init__(self, units, rate=0.5, **kwargs):
        super().__init__(**kwargs)
        self.units, self.rate = units, rate
        self.drop = layers.Dropout(rate)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs, training=False):
        kept = self.drop(inputs, training=training)
        return ops.matmul(kept, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units, "rate": self.rate}


repaired = keras.Sequential([keras.Input(shape=(16,)), MendedParcels(4, rate=0.2)])
### END SOLUTION

# %% check="repaired"

# %% [markdown] lang="fr"
# ## 5. Ne pas compter le vide
#
# Un magasin estime le poids d’un panier d’après la liste des numéros de ses articles. Les listes sont complétées par des zéros, qui ne sont pas des articles. Écrivez une couche `SumOfItems`, qui reçoit un vecteur par article, de forme `(lot, articles, nombres)`, et rend la **somme des vecteurs des vrais articles**, de forme `(lot, nombres)` ; le masque lui dit lesquels.
#
# Terminez votre réponse par ce modèle :
#
# ```python
# items = keras.Input(shape=(None,), dtype="int32", name="items")
# vectors = layers.Embedding(300, 8, mask_zero=True)(items)
# basket = keras.Model(items, layers.Dense(1)(SumOfItems()(vectors)))
# ```
#
# *(5 points)*
# %% [markdown] lang="en"
# ## 5. Padding does not count
#
# A shop estimates the weight of a basket from the list of its item numbers. The lists are padded with zeros, which are not items. Write a layer `SumOfItems` that takes one vector per item, of shape `(batch, items, numbers)`, and returns the **sum of the vectors of the real items**, of shape `(batch, numbers)`; the mask tells it which they are.
#
# End your answer with this model:
#
# ```python
# items = keras.Input(shape=(None,), dtype="int32", name="items")
# vectors = layers.Embedding(300, 8, mask_zero=True)(items)
# basket = keras.Model(items, layers.Dense(1)(SumOfItems()(vectors)))
# ```
#
# *(5 points)*
# %% [markdown] lang="zh"
# ## 5. 空位不算数
#
# 一家超市根据购物篮里的商品编号估计篮子的重量。编号列表用零补齐，而零不是商品。写一个层 `SumOfItems`：它收到每件商品的向量，形状为（批次，商品数，向量长度），输出**所有真正商品的向量之和**，形状为（批次，向量长度）；哪些是真正的商品，由掩码告诉它。
#
# 请用下面这个模型结束你的答案：
#
# ```python
# items = keras.Input(shape=(None,), dtype="int32", name="items")
# vectors = layers.Embedding(300, 8, mask_zero=True)(items)
# basket = keras.Model(items, layers.Dense(1)(SumOfItems()(vectors)))
# ```
#
# *（5 分）*


# %% answer="basket"
### BEGIN SOLUTION
class SumOfItems(layers.Layer):
    def call(self, vectors, mask=None):
        if mask is not None:
            real = ops.cast(mask, vectors.dtype)
            vectors = vectors * ops.expand_dims(real, -1)
        return ops.sum(vectors, axis=1)

    def compute_mask(self, inputs, previous_mask=None):
        return None


items = keras.Input(shape=(None,), dtype="int32", name="items")
vectors = layers.Embedding(300, 8, mask_zero=True)(items)
basket = keras.Model(items, layers.Dense(1)(SumOfItems()(vectors)))
### END SOLUTION

# %% check="basket"

# %% [markdown] lang="fr"
# ## 6. Une autoroute
#
# Dans un *réseau autoroutier* (highway network ; Srivastava, Greff et Schmidhuber, 2015), chaque couche décide nombre par nombre de transformer son entrée ou de la laisser filer. Concevez la couche `Highway`. Pour une entrée *x* de *n* nombres :
#
# - *h* : une couche dense de *n* unités, activation ReLU, appliquée à *x* ;
# - *g*, la porte : une couche dense de *n* unités, activation sigmoïde, appliquée à *x* ;
# - le résultat : *g* × *h* + (1 − *g*) × *x*, nombre par nombre.
#
# *n* vient de l’entrée. Puis construisez `highway`, dans le style de votre choix : 12 nombres, **deux** couches `Highway` à la suite, chacune avec ses poids, puis une couche dense de 5 unités, softmax. *(6 points)*
# %% [markdown] lang="en"
# ## 6. A highway
#
# In a *highway network* (Srivastava, Greff and Schmidhuber, 2015), each layer decides number by number whether to transform its input or to let it pass. Design the layer `Highway`. For an input *x* of *n* numbers:
#
# - *h*: a dense layer of *n* units, ReLU activation, applied to *x*;
# - *g*, the gate: a dense layer of *n* units, sigmoid activation, applied to *x*;
# - the result: *g* × *h* + (1 − *g*) × *x*, number by number.
#
# *n* comes from the input. Then build `highway`, in the style of your choice: 12 numbers, **two** `Highway` layers one after another, each with its own weights, then a dense layer of 5 units, softmax. *(6 points)*
# %% [markdown] lang="zh"
# ## 6. 高速公路
#
# 在*高速公路网络*（highway network；Srivastava、Greff 与 Schmidhuber，2015 年）里，每一层都对每个数分别决定：是加以变换，还是让它直接通过。请设计 `Highway` 层。对于由 *n* 个数组成的输入 *x*：
#
# - *h*：作用在 *x* 上的全连接层，*n* 个单元，ReLU 激活；
# - *g*（门）：作用在 *x* 上的全连接层，*n* 个单元，sigmoid 激活；
# - 结果：*g* × *h* + (1 − *g*) × *x*，逐个数计算。
#
# *n* 由输入决定。然后搭建 `highway`，风格不限：输入 12 个数，依次经过**两个** `Highway` 层，各有各的权重，最后是一个全连接层，5 个单元，softmax 激活。*（6 分）*


# %% answer="highway"
### BEGIN SOLUTION
class Highway(layers.Layer):
    def build(self, input_shape):
        self.transform = layers.Dense(input_shape[-1], activation="relu")
        self.gate = layers.Dense(input_shape[-1], activation="sigmoid")
        self.transform.build(input_shape)
        self.gate.build(input_shape)

    def call(self, inputs):
        gate = self.gate(inputs)
        return gate * self.transform(inputs) + (1 - gate) * inputs


x = road = keras.Input(shape=(12,), name="road")
for _lane in range(2):
    x = Highway()(x)
highway = keras.Model(road, layers.Dense(5, activation="softmax")(x), name="highway")
### END SOLUTION

# %% check="highway"

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
class _Gain(layers.Layer):
    """The layer, in parts that the mistakes change; its one argument is captured by itself."""

    trainable_gains, forgets = True, False

    def __init__(self, boost=1.0, **kwargs):
        super().__init__(**kwargs)
        self.boost = boost

    def build(self, input_shape):
        self.gains = self.add_weight(shape=input_shape[-1:], trainable=self.trainable_gains)

    def joined(self, inputs):
        return inputs * self.gains

    def call(self, inputs):
        return self.joined(inputs) * self.boost

    def get_config(self):
        boost = {} if self.forgets else {"boost": self.boost}
        return {**super().get_config(), **boost}


def _sounds(boost=3.0, last="softmax", **changes):
    layer = type("Gain", (_Gain,), changes)(boost)
    return keras.Sequential([keras.Input((6,)), layer, layers.Dense(3, activation=last)])


def _added(layer, inputs):
    return inputs + layer.gains


def _untouched(layer, inputs):
    return inputs


def _not_built(layer, input_shape):
    pass


def _parcels(drop=True, mode=None, frozen=False, forgets=False):
    """The repaired layer with the faults that are asked for."""

    class Faulty(layers.Layer):
        def __init__(self, units, rate=0.5, **kwargs):
            super().__init__(**kwargs)
            self.units, self.rate = units, rate
            self.drop = layers.Dropout(rate) if drop else None

        def build(self, input_shape):
            self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
            self.b = self.add_weight(shape=(self.units,), trainable=not frozen, name="b")

        def call(self, inputs, training=False):
            if self.drop:
                inputs = self.drop(inputs, training=training if mode is None else mode)
            return ops.matmul(inputs, self.w) + self.b

        def get_config(self):
            rate = {} if forgets else {"rate": self.rate}
            return {**super().get_config(), "units": self.units, **rate}

    return keras.Sequential([keras.Input((16,)), Faulty(4, rate=0.2)])


def _basket(call, mask_zero=True):
    class SumOfItems(layers.Layer):
        def call(self, vectors, mask=None):
            return call(vectors, mask)

        def compute_mask(self, inputs, previous_mask=None):
            return None

    items = keras.Input(shape=(None,), dtype="int32", name="items")
    vectors = layers.Embedding(300, 8, mask_zero=mask_zero)(items)
    return keras.Model(items, layers.Dense(1)(SumOfItems()(vectors)))


def _real(mask):
    return ops.expand_dims(ops.cast(mask, "float32"), -1)


class _Unbuilt(Highway):
    """Builds its layers when it calls them, as is right, too: so saving is judged elsewhere."""

    def build(self, input_shape):
        self.transform = layers.Dense(input_shape[-1], activation="relu")
        self.gate = layers.Dense(input_shape[-1], activation="sigmoid")


def _asked():
    """What is asked of ``highway``; unlike the solution, it does not hold saving against anyone."""
    road = keras.Input((12,), name="road")
    through = _Unbuilt()(_Unbuilt()(road))
    return keras.Model(road, layers.Dense(5, activation="softmax")(through), name="highway")


def _highway(lanes=2, shared=False, gate="sigmoid", activation="relu", last="softmax", mix=None):
    """The network with each layer written out, and ``mix`` of the gate, h and x."""
    x = road = keras.Input((12,))
    made = []
    for lane in range(lanes):
        if not (shared and lane):
            made = [layers.Dense(12, activation=activation), layers.Dense(12, activation=gate)]
        x = (mix or _mixed)(made[1](x), made[0](x), x)
    return keras.Model(road, layers.Dense(5, activation=last)(x))


def _mixed(gate, h, x):
    return gate * h + (1 - gate) * x


RUBRIC = Rubric(
    "custom-layers",
    [
        value_task(
            "roles",
            roles,
            points=6,
            hints=[
                _(
                    "For each of them, ask what must be known: the user’s wish, the shape of the input, or the data?"
                ),
                _(
                    "“__init__” runs once and knows the user’s wish only; “build” runs once and knows the shape; “call” runs for every batch."
                ),
                _(
                    "Two of the six belong to “__init__”, two to “call”, one to “build” and one to “get_config”."
                ),
            ],
            mistakes={
                _(
                    "In “__init__” nobody knows the size of the input yet. A weight whose shape depends on it is made in “build”."
                ): {"kernel": "__init__"},
                _(
                    "“call” runs for every batch: a weight made there would come too late, and Keras refuses it."
                ): {"kernel": "call"},
                _(
                    "Drawn in “build”, the same numbers would be switched off for ever. Each batch needs a new draw, in “call”."
                ): {"draw": "build"},
                _(
                    "Made in “call”, the generator would start afresh with every batch. Make it once, in “__init__”, and draw from it in “call”."
                ): {"generator": "call"},
                _(
                    "“get_config” does not note the rate, it gives it back. It is “__init__” that receives it from the user."
                ): {"rate": "get_config"},
                _(
                    "“__init__” receives the settings; to give them back, so that the layer can be ordered again, is the job of “get_config”."
                ): {"settings": "__init__"},
            },
        ),
        value_task(
            "reading",
            reading,
            points=5,
            hints=[
                _(
                    "Which method makes the weights, and on which line does it run for the first time?"
                ),
                _(
                    "Only the last axis counts: 6 numbers come in, 5 go out, and “seen” is one number."
                ),
                _(
                    "The gain has 6 parameters, the kernel 6 × 5, “seen” has 1 and is not trained; “seen” grows in training only."
                ),
            ],
            mistakes={
                _("Line 1 runs “__init__” only: “build” has not run, so there are no weights."): {
                    "arrays_made": 3
                },
                _(
                    "You left “seen” out. It is not trained, but it is a parameter of the layer all the same: it is counted and saved."
                ): {"parameters": 36},
                _("“seen” has trainable=False: no gradient changes it."): {"trainable": 37},
                _(
                    "“build” runs once only. The second call uses the weights of the first, whatever the batch and the number of steps."
                ): {"parameters_again": 2 * 37},
                _("Line 3 is not in training, so “seen” does not grow there."): {"seen": 32 + 8},
                _(
                    "“features” is the last axis, 6. The 12 in the middle is a number of steps, which no weight depends on."
                ): {"parameters": 12 + 12 * 5 + 1},
            },
        ),
        model_task(
            "sounds",
            sounds,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("“__init__” notes boost, “build” makes the weights, “call” multiplies."),
                _(
                    'In build: self.gains = self.add_weight(shape=(input_shape[-1],), initializer="ones").'
                ),
                _(
                    "In call: return inputs * self.gains * self.boost. Keras remembers an argument that is a number: get_config is not needed, but __init__ must accept **kwargs."
                ),
            ],
            mistakes={
                _("You add the gains. A gain is a factor: multiply by it."): _sounds(joined=_added),
                _(
                    "The gains are not trainable, so they stay at 1 for ever. Leave trainable=False out."
                ): _sounds(trainable_gains=False),
                _(
                    "Read back from a file, the layer has lost its boost. Return it in get_config, under the name that __init__ gives it."
                ): _sounds(forgets=True),
                _("The number boost is not used: multiply by self.boost as well."): _sounds(
                    boost=1.0
                ),
                _(
                    "The layer has no weights of its own: it multiplies by boost, but learns nothing. Make one weight per microphone in build."
                ): _sounds(build=_not_built, joined=_untouched),
            },
        ),
        model_task(
            "repaired",
            repaired,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _("What does training=True tell the dropout, even while predict is running?"),
                _("Both w and b are to be learned: compare the two calls of add_weight."),
                _(
                    "The model has rate=0.2. Which rate would from_config(get_config()) give? Compare get_config with the arguments of __init__."
                ),
            ],
            mistakes={
                _("This is still the class as it was given: its three faults are all there."): (
                    _parcels(mode=True, frozen=True, forgets=True)
                ),
                _(
                    "The dropout is always told training=True, so it drops inputs in predictions, too. Pass on the training argument that call receives, or leave it out."
                ): _parcels(mode=True),
                _("The vector b is still frozen: trainable=False keeps it at zero for ever."): (
                    _parcels(frozen=True)
                ),
                _(
                    "Read back from a file, the layer has a rate of 0.5 again: get_config must return the rate, too."
                ): _parcels(forgets=True),
                _(
                    "Now the dropout never drops anything, not even in training. Pass on the training argument that call receives."
                ): _parcels(mode=False),
                _("You took the dropout out. It is asked for, in training."): _parcels(drop=False),
            },
        ),
        model_task(
            "basket",
            basket,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("Write call(self, vectors, mask=None), and Keras fills in the mask by itself."),
                _(
                    "The mask has the shape (batch, items), the vectors (batch, items, numbers): ops.expand_dims(mask, -1) makes them match."
                ),
                _(
                    "Turn the mask into numbers with ops.cast(mask, vectors.dtype), multiply the vectors by it, and sum over axis 1."
                ),
            ],
            mistakes={
                _(
                    "The zeros are summed as if they were items. Ask for the mask, call(self, vectors, mask=None), and use it."
                ): _basket(lambda vectors, mask: ops.sum(vectors, axis=1)),
                _(
                    "This is the mean of the real items; a basket weighs what its items weigh together: their sum."
                ): (
                    _basket(
                        lambda vectors, mask: (
                            ops.sum(vectors * _real(mask), axis=1) / ops.sum(_real(mask), axis=1)
                        )
                    )
                ),
                _(
                    "You use the mask the wrong way round: it is True for the real items, and you keep the others."
                ): (
                    _basket(
                        lambda vectors, mask: ops.sum(
                            vectors * _real(ops.logical_not(mask)), axis=1
                        )
                    )
                ),
                _(
                    "You keep the largest number of each column. The sum over the items is asked for."
                ): (_basket(lambda vectors, mask: ops.max(vectors * _real(mask), axis=1))),
                _(
                    "The embedding has no mask to give: mask_zero=True is missing. Take the model of the statement as it is."
                ): _basket(lambda vectors, mask: ops.sum(vectors, axis=1), mask_zero=False),
            },
        ),
        model_task(
            "highway",
            _asked(),
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _(
                    "Two dense layers of your own per Highway: make them in build, where input_shape[-1] tells their size."
                ),
                _(
                    "In call: gate = self.gate(inputs), then gate * self.transform(inputs) + (1 - gate) * inputs."
                ),
                _(
                    "Make a new Highway for each step: in a loop, x = Highway()(x); then the dense layer with softmax."
                ),
            ],
            mistakes={
                _(
                    "One Highway is called twice, so its weights are shared. Make a new one for each step."
                ): _highway(shared=True),
                _(
                    "The gate has no activation: it can be any number. A sigmoid keeps it between 0 (let pass) and 1 (transform)."
                ): _highway(gate=None),
                _(
                    "The gate is a ReLU, which is never below 0 but may be far above 1. A sigmoid is asked for."
                ): _highway(gate="relu"),
                _("The dense layer that transforms has no activation: ReLU is asked for."): (
                    _highway(activation=None)
                ),
                _(
                    "Your gate works the wrong way round: g should multiply the transformed numbers, and 1 − g the input."
                ): _highway(mix=lambda gate, h, x: gate * x + (1 - gate) * h),
                _(
                    "The input is added whole, as in a residual block. Here it should be multiplied by 1 − g, so that the two shares sum to 1."
                ): _highway(mix=lambda gate, h, x: gate * h + x),
                _("The output has no softmax: it gives raw scores."): _highway(last=None),
            },
        ),
    ],
)
