"""Unit 09, lesson: layers of your own. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Écrire ses propres couches
#
# Vous vous souvenez du bras articulé ? Un réseau de 2 689 paramètres apprenait, tant bien que mal, jusqu’où il s’étend. L’atelier qui l’a construit hausse les épaules : « Huit segments mis bout à bout, c’est de la trigonométrie. Il ne manque que leurs longueurs. » Huit nombres au lieu de 2 689 ! Mais Keras n’a pas de couche « bras ». **La couche qu’il vous faut n’existe pas : comment en écrire une qui s’entraîne, s’enregistre et se relit comme les autres ?**
#
# **À la fin de cette leçon, vous saurez :**
#
# - écrire une couche avec `__init__`, `build` et `call`, et dire ce qui a sa place dans chacune ;
# - l’enregistrer, la relire, et reconnaître d’avance les couches qui ne reviendront pas ;
# - tenir compte de `training` et de `mask` ;
# - donner à une couche un état qui ne s’entraîne pas, ou une perte à elle ;
# - mettre des modèles dans des couches, et des couches dans des modèles.
#
# Comptez 40 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Layers of your own
#
# Remember the jointed arm? A network of 2,689 parameters learned, more or less, how far it reaches. The workshop that built it shrugs: “Eight segments end to end, that is trigonometry. Only their lengths are missing.” Eight numbers instead of 2,689! But Keras has no “arm” layer. **The layer that you need does not exist: how do you write one that trains, saves and reloads like a built-in?**
#
# **By the end of this lesson you will be able to:**
#
# - write a layer with `__init__`, `build` and `call`, and say what belongs in each;
# - save it, read it back, and tell in advance which layers will not come back;
# - heed `training` and `mask`;
# - give a layer a state that is not trained, or a loss of its own;
# - put models into layers, and layers into models.
#
# Allow 40 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 自定义层
#
# 还记得那条机械臂吗？一个有 2,689 个参数的网络，总算大致学会了手臂能伸多远。造它的车间听了直摇头：“八节臂首尾相接，三角函数就能算，只差每节的长度。”八个数，而不是 2,689 个！可是 Keras 里没有“机械臂”这种层。**你需要的层并不存在，怎样自己写一个，让它像内置层那样能训练、能保存、能读回？**
#
# **学完本课，你将能够：**
#
# - 用 `__init__`、`build` 和 `call` 写出一个层，并说清楚每个方法里该放什么；
# - 把它保存下来再读回，并能事先看出哪些层读不回来；
# - 正确处理 `training` 和 `mask`；
# - 给层加上不参与训练的状态，或者属于它自己的损失；
# - 把模型放进层里，把层放进模型里。
#
# 阅读大约需要 40 分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import inspect
import json
import tempfile
import warnings
import zipfile
from pathlib import Path

import keras
import numpy as np
from course import data, plots
from grader import compare
from keras import layers, ops

keras.utils.set_random_seed(9)
workshop = Path(tempfile.mkdtemp())


def attempt(what, action):
    try:
        result = action()
    except Exception as error:
        result = f"no, {type(error).__name__}"
    print(f"{what}: {result}")


# %% [markdown] lang="fr"
# `attempt` essaie, et affiche le résultat ou l’erreur ; `compare` est la comparaison que `check` emploie dans les exercices.
#
# ## 1. Une couche en trois temps
#
# Commençons par récrire une couche que vous connaissez, la couche dense. Une couche a trois moments dans sa vie, et une méthode pour chacun :
#
# - `__init__` : on la **commande**. Elle note ses réglages ;
# - `build` : elle apprend la forme de ce qui arrive, **une seule fois**. Elle crée ses poids ;
# - `call` : **chaque fois** que des données arrivent, elle calcule.
# %% [markdown] lang="en"
# `attempt` tries, and prints the result or the error; `compare` is the comparison that `check` uses in the exercises.
#
# ## 1. Three moments in the life of a layer
#
# Let us begin by rewriting a layer that you know, the dense one. A layer has three moments in its life, and a method for each:
#
# - `__init__`: it is **ordered**, as from a catalogue. It notes its settings;
# - `build`: it learns the shape of what comes in, **once**. It makes its weights;
# - `call`: data come in, **every time**. It calculates.
# %% [markdown] lang="zh"
# `attempt` 试着执行，并打印结果或错误；`compare` 就是练习里 `check` 用的那套比较。
#
# ## 1. 层的三个时刻
#
# 先重写一个你熟悉的层：全连接层。层的一生有三个时刻，各有一个方法：
#
# - `__init__`：**定制**。记下各项设置；
# - `build`：得知输入的形状，**只此一次**。创建权重；
# - `call`：数据到来，**每次都执行**。进行计算。


# %%
class CustomDense(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="w"
        )
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


# %% [markdown] lang="fr"
# `add_weight` crée un tableau que Keras connaît : il sera entraîné, compté, enregistré. La quatrième méthode, `get_config`, servira bientôt.
#
# **Prédisez.** Branchons `CustomDense(10)` sur quatre nombres. Combien de poids avant ? Combien de paramètres après ?
# %% [markdown] lang="en"
# `add_weight` makes an array that Keras knows about: it will be trained, counted, saved. The fourth method, `get_config`, will have its turn soon.
#
# **Predict.** Let us connect `CustomDense(10)` to four numbers. How many weights before? How many parameters after?
# %% [markdown] lang="zh"
# `add_weight` 创建的数组是 Keras 认得的：会被训练、被计数、被保存。第四个方法 `get_config` 稍后登场。
#
# **先预测**：把 `CustomDense(10)` 接到四个数上。接上之前有几个权重？之后有多少个参数？

# %%
scores = CustomDense(10, name="scores")
print("built:", scores.built, "- weight arrays:", len(scores.weights))
measurements = keras.Input(shape=(4,), name="measurements")
small = keras.Model(measurements, scores(measurements), name="small")
print("built:", scores.built, "- weight arrays:", len(scores.weights))
small.summary()

# %% alt="Drawing of the small model: measurements 4, then scores, a CustomDense of 10"
plots.model_drawing(small)

# %% [markdown] lang="fr"
# 4 × 10 + 10 = **50**. Dans le résumé comme sur le dessin, notre couche est une couche parmi d’autres. Est-elle la *même* que `Dense` ?
# %% [markdown] lang="en"
# 4 × 10 + 10 = **50**. In the summary as in the drawing, our layer is a layer like any other. Is it the *same* as `Dense`?
# %% [markdown] lang="zh"
# 4 × 10 + 10 = **50**。无论在 `summary` 里还是图上，它都和别的层没有两样。它和 `Dense` *等价*吗？

# %%
builtin = keras.Model(measurements, layers.Dense(10)(measurements))
print("equivalent:", compare(builtin, small).equivalent)

# %% [markdown] lang="fr"
# Oui : la comparaison a lu notre `call`, et y a reconnu une couche dense. Elle le peut parce que `call` n’emploie que `keras.ops`. Ces opérations calculent sur des nombres, se branchent sur des tenseurs symboliques, se dérivent, et passent telles quelles de TensorFlow à JAX ou à PyTorch.
#
# **Prédisez.** Et avec NumPy ?
# %% [markdown] lang="en"
# Yes: the comparison has read our `call` and recognised a dense layer. It can, because `call` uses nothing but `keras.ops`. These operations calculate with numbers, connect to symbolic tensors, have gradients, and carry over unchanged from TensorFlow to JAX or PyTorch.
#
# **Predict.** What about NumPy?
# %% [markdown] lang="zh"
# 等价。比较时读了我们的 `call`，认出那就是一个全连接层。能认出来，是因为 `call` 里只用了 `keras.ops`。这些运算既能算数值，也能接到符号张量上，还能求梯度；从 TensorFlow 换到 JAX 或 PyTorch，一个字都不用改。
#
# **先预测**：换成 NumPy 呢？


# %%
class WithNumpy(CustomDense):
    def call(self, inputs):
        return np.matmul(inputs, self.w) + self.b


four_numbers = np.ones((1, 4), "float32")
attempt("on numbers", lambda: WithNumpy(10)(four_numbers).shape)
attempt("on symbols", lambda: WithNumpy(10)(measurements).shape)

# %% [markdown] lang="fr"
# NumPy a besoin de nombres, et n’a pas de gradients. `tf.matmul` aurait marché ici (dans `call`, contrairement à l’unité 02, elle reçoit des tenseurs de TensorFlow), mais avec TensorFlow seulement. D’où la règle : **dans `call`, des couches et `keras.ops`, rien d’autre.**
#
# ## 2. Ce que `build` apporte
#
# On pourrait créer les poids dans `__init__`. Il faudrait alors y donner la taille de l’entrée, que la couche d’avant connaît déjà. **Prédisez.** Un même `CustomDense(10)`, commandé deux fois, branché sur 4 puis sur 7 nombres : combien de paramètres de chaque côté ? Et si l’on présente 7 nombres à une couche bâtie pour 4 ?
# %% [markdown] lang="en"
# NumPy needs numbers, and has no gradients. `tf.matmul` would have worked here (inside `call`, unlike in unit 02, it is given TensorFlow’s own tensors), but with TensorFlow only. Hence the rule: **in `call`, layers and `keras.ops`, nothing else.**
#
# ## 2. What `build` gives
#
# Weights could be made in `__init__`. You would then have to give it the size of the input, which the layer before knows already. **Predict.** The same `CustomDense(10)`, ordered twice, connected to 4 and to 7 numbers: how many parameters on each side? And if 7 numbers come to a layer that was built for 4?
# %% [markdown] lang="zh"
# NumPy 只认数值，也没有梯度。`tf.matmul` 在这里能用（和第 02 单元不同，在 `call` 里它拿到的是 TensorFlow 自己的张量），但只限于 TensorFlow。所以规矩是：**`call` 里只用层和 `keras.ops`。**
#
# ## 2. `build` 的好处
#
# 权重也可以在 `__init__` 里创建，不过那就得写明输入的大小，而这个大小前一层本来就知道。**先预测**：两个同样的 `CustomDense(10)`，一个接 4 个数，一个接 7 个数，各有多少个参数？再拿 7 个数去喂为 4 个数建好的层呢？

# %%
for size in (4, 7):
    layer = CustomDense(10)
    layer(keras.Input(shape=(size,)))
    print(f"{size} inputs: {layer.count_params()} parameters")
attempt("7 numbers into scores", lambda: scores(np.ones((1, 7), "float32")).shape)

# %% [markdown] lang="fr"
# La taille vient des données ; une fois les poids créés, elle ne change plus. Une couche qui crée ses poids dans `__init__` marche aussi, mais ne sert qu’à un endroit. Et dans `call` ?
# %% [markdown] lang="en"
# The size comes from the data; once the weights are made, it does not change. A layer that makes its weights in `__init__` works, too, but fits one place only. And in `call`?
# %% [markdown] lang="zh"
# 大小由数据决定；权重一旦创建，就不再变了。在 `__init__` 里创建权重也行，但这个层只能用在一处。那在 `call` 里创建呢？


# %%
class TooLate(CustomDense):
    def build(self, input_shape):
        pass

    def call(self, inputs):
        super().build(inputs.shape)
        return super().call(inputs)


class Unknown(CustomDense):
    def build(self, input_shape):
        self.w = ops.ones((input_shape[-1], self.units))
        self.b = ops.zeros((self.units,))


attempt("weights made in call", lambda: TooLate(10)(four_numbers).shape)
unknown = Unknown(10)
print("plain tensors:", unknown(four_numbers).shape, len(unknown.weights), "weights")

# %% [markdown] lang="fr"
# Dans `call`, c’est trop tard : Keras refuse (`All state must be created in the __init__() method or in the build() method`). L’autre faute est plus sournoise : de simples tenseurs au lieu de `add_weight`. Tout semble marcher, mais Keras n’a rien à entraîner ni à enregistrer. Même sort pour une `tf.Variable`.
#
# > **Vous rencontrerez ceci.** `self.add_weight("kernel", shape=...)`, le nom d’abord : l’ordre de Keras 2. Le premier argument est maintenant la forme ; écrivez toujours `shape=` et `name=`. Et `super().build(input_shape)` à la fin de `build` n’est plus nécessaire.
#
# ### Elle s’entraîne comme les autres
#
# Refaisons avec elle la pile de l’[unité 01](../01-sequential/lesson.ipynb), qui dit d’après huit angles jusqu’où va le bras. **Prédisez.** Combien de paramètres ?
# %% [markdown] lang="en"
# In `call` it is too late: Keras refuses (`All state must be created in the __init__() method or in the build() method`). The other fault is more insidious: plain tensors in place of `add_weight`. Everything seems to work, but Keras has nothing to train and nothing to save. A `tf.Variable` fares no better.
#
# > **You will meet this.** `self.add_weight("kernel", shape=...)`, the name first: that is the order of Keras 2. The first argument is now the shape; always write `shape=` and `name=`. And `super().build(input_shape)` at the end of `build` is no longer needed.
#
# ### It trains like the others
#
# Let us use it to remake the stack of [unit 01](../01-sequential/lesson.ipynb), which tells from eight angles how far the arm reaches. **Predict.** How many parameters?
# %% [markdown] lang="zh"
# 在 `call` 里就太晚了，Keras 会拒绝（`All state must be created in the __init__() method or in the build() method`）。另一种错误更隐蔽：不用 `add_weight`，而用普通张量。看上去一切正常，Keras 却没有东西可训练，也没有东西可保存。换成 `tf.Variable` 也一样。
#
# > **你会遇到这种写法**：`self.add_weight("kernel", shape=...)`，名字在前，这是 Keras 2 的顺序。现在第一个参数是形状，请一律写明 `shape=` 和 `name=`。`build` 末尾的 `super().build(input_shape)` 也不再需要了。
#
# ### 训练起来也一样
#
# 用它重做[第 01 单元](../01-sequential/lesson.ipynb)的堆叠：根据八个角度说出手臂伸到多远。**先预测**：有多少个参数？

# %% alt="Loss and mean absolute error of the network of CustomDense layers fall over 6 epochs"
arms = data.arms()
network = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        CustomDense(64),
        layers.ReLU(),
        CustomDense(32),
        layers.ReLU(),
        CustomDense(1),
    ],
    name="network",
)
print(f"{network.count_params():,} parameters")


def train(model, epochs):
    model.compile(keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    return model.fit(
        arms.x_train,
        arms.y_train,
        batch_size=64,
        epochs=epochs,
        validation_split=0.1,
        verbose=0,
    )


def error(model, angles=arms.x_test, reach=arms.y_test):
    return float(np.abs(model.predict(angles, verbose=0) - reach).mean())


plots.training(train(network, epochs=6))

# %% [markdown] lang="fr"
# **2 689**, et une courbe comme celles que vous connaissez. Keras a trouvé les six tableaux, calculé leurs gradients, fait avancer Adam.
#
# ## 3. Se décrire
#
# Pour copier ou enregistrer une couche, Keras lui demande sa **configuration** : un dictionnaire avec tout ce qu’il faut pour la commander à nouveau. C’est `get_config` ; `from_config` fait le chemin inverse.
# %% [markdown] lang="en"
# **2,689**, and a curve like those you know. Keras has found the six arrays, computed their gradients, and kept Adam going.
#
# ## 3. Describing itself
#
# To copy or save a layer, Keras asks for its **configuration**: a dictionary with all that it takes to order it again. That is `get_config`; `from_config` goes the other way.
# %% [markdown] lang="zh"
# **2,689** 个，曲线也是你熟悉的样子。六个数组 Keras 都找到了，梯度算好了，Adam 也照常前进。
#
# ## 3. 描述自己
#
# 要复制或保存一个层，Keras 先向它要**配置**（configuration）：一个字典，凭它就能照原样再造一个这样的层。这就是 `get_config`；`from_config` 则反过来。

# %%
config = scores.get_config()
print({key: config[key] for key in ("name", "units", "trainable")})
twin = CustomDense.from_config(config)
print("twin:", twin.name, twin.units, "- weight arrays:", len(twin.weights))

copy = keras.Model.from_config(small.get_config(), {"CustomDense": CustomDense})
print("model from its configuration:", copy.count_params(), "parameters")
print("same answers:", np.allclose(copy(four_numbers), small(four_numbers)))

# %% [markdown] lang="fr"
# La configuration dit *quelle* couche, pas *ce qu’elle a appris* : les poids sont neufs. L’appel à `super().get_config()` a fourni `name`, `trainable` et `dtype` ; à la relecture ils reviennent par `**kwargs`. Les deux vont ensemble.
#
# ### Faut-il toujours l’écrire ?
#
# Non. Keras 3 retient les arguments reçus par `__init__` : sans `get_config`, il les rend tels quels. À une condition, que cinq cas vont révéler. **Prédisez.** Lesquelles de ces couches reviennent *intactes* d’un fichier ?
# %% [markdown] lang="en"
# The configuration says *which* layer, not *what it has learned*: the weights are new. The call to `super().get_config()` supplied `name`, `trainable` and `dtype`; on loading they come back through `**kwargs`. The two go together.
#
# ### Must it always be written?
#
# No. Keras 3 remembers the arguments that `__init__` received: without `get_config`, it hands them back as they were. But not always, as five cases will show. **Predict.** Which of these layers come back *the same* from a file?
# %% [markdown] lang="zh"
# 配置说的是*哪一种*层，而不是*学到了什么*：权重是新的。`super().get_config()` 提供了 `name`、`trainable` 和 `dtype`；读回时，它们从 `**kwargs` 进来。一出一进，缺一不可。
#
# ### 一定要写吗？
#
# 不一定。Keras 3 会记住 `__init__` 收到的参数；没有 `get_config` 时，就原样交回。但有一个条件，看下面五种情形。**先预测**：从文件读回时，哪些层还是*原来的样子*？


# %%
class Times(layers.Layer):
    """A number, and no get_config."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


class NoKeywords(layers.Layer):
    """The same, but nothing to receive name and dtype with."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


class ScaledDense(layers.Dense):
    """A built-in layer and one argument more."""

    def __init__(self, units, factor=1.0, **kwargs):
        super().__init__(units, **kwargs)
        self.factor = factor

    def call(self, inputs):
        return super().call(inputs) * self.factor


classes = {c.__name__: c for c in (CustomDense, Times, NoKeywords, ScaledDense)}


def comes_back(model, example):
    """Does the model give the same answers once it is saved and read back?"""
    model.save(workshop / "trip.keras")
    again = keras.models.load_model(workshop / "trip.keras", custom_objects=classes)
    return np.allclose(again(example), model(example), atol=1e-6)


def alone(layer):
    return keras.Sequential([keras.Input(shape=(4,)), layer])


prices = np.array([2.0, 3.0, 5.0, 7.0])
attempt("a number        ", lambda: comes_back(alone(Times(3.0)), four_numbers))
attempt(
    "a list          ",
    lambda: comes_back(alone(Times([2.0, 5.0, 3.0, 7.0])), four_numbers),
)
attempt("an array        ", lambda: comes_back(alone(Times(prices)), four_numbers))
attempt("no **kwargs     ", lambda: comes_back(alone(NoKeywords(3.0)), four_numbers))
attempt(
    "one more setting", lambda: comes_back(alone(ScaledDense(2, 3.0)), four_numbers)
)

# %% [markdown] lang="fr"
# Regardez la dernière ligne : `False`, et pas d’erreur. Le fichier s’est relu sans un mot, et le modèle ne donne plus les mêmes réponses ! `Dense` a déjà son `get_config`, qui ignore tout de `factor` : à la relecture, `factor` vaut 1. Les autres échecs, au moins, se voient.
#
# Écrivez donc `get_config` quand :
#
# - un argument est autre chose qu’un nombre, un texte, un booléen, `None`, ou des listes, tuples et dictionnaires de ceux-ci ;
# - la couche hérite d’une classe qui a déjà un `get_config` ;
# - les réglages peuvent changer après `__init__` (Keras n’a retenu que ce qu’il a *reçu*).
#
# Et mettez toujours `**kwargs`.
# %% [markdown] lang="en"
# Look at the last line: `False`, and no error. The file loaded without a word, and the model no longer gives the same answers! `Dense` already has a `get_config`, which knows nothing of `factor`: on loading, `factor` is 1. The other failures can at least be seen.
#
# So write `get_config` when:
#
# - an argument is anything but a number, a string, a boolean, `None`, or lists, tuples and dictionaries of these;
# - the layer inherits from a class that already has a `get_config`;
# - settings may change after `__init__` (Keras has kept only what it *received*).
#
# And always write `**kwargs`.
# %% [markdown] lang="zh"
# 请看最后一行：`False`，却没有报错。文件顺利读回，一声不吭，模型的答案却变了！`Dense` 自带 `get_config`，它根本不知道有 `factor`，读回时 `factor` 就成了 1。其他几种失败，至少看得见。
#
# 所以，下列情况要写 `get_config`：
#
# - 有的参数不是数、文本、布尔值、`None`，也不是由它们组成的列表、元组、字典；
# - 这个层继承的类已经有自己的 `get_config`；
# - 设置在 `__init__` 之后还可能改变（Keras 记下的只是当初*收到*的值）。
#
# 还有，`**kwargs` 一定要写上。

# %% [markdown] lang="fr"
# ## 4. Se relire, et d’abord se retrouver
#
# Le fichier contient la configuration et les poids, pas votre code. Jusqu’ici, nous passions les classes à `load_model` par `custom_objects`. **Prédisez.** Que fait-il sans elles ? Et qu’en dit le fichier ?
# %% [markdown] lang="en"
# ## 4. Being read back, and first of all found
#
# The file contains the configuration and the weights, not your code. So far we handed the classes to `load_model` through `custom_objects`. **Predict.** What does it do without them? And what does the file record of the class?
# %% [markdown] lang="zh"
# ## 4. 要读回，先得找得到
#
# 文件里有配置和权重，没有你的代码。到目前为止，我们都是通过 `custom_objects` 把类交给 `load_model` 的。**先预测**：不给会怎样？文件里又记了什么？


# %%
def load_small():
    again = keras.models.load_model(workshop / "small.keras")
    return np.allclose(again(four_numbers), small(four_numbers))


def noted():
    with zipfile.ZipFile(workshop / "small.keras") as archive:
        model_config = json.loads(archive.read("config.json"))
    entry = model_config["config"]["layers"][1]
    return {key: entry[key] for key in ("module", "class_name", "registered_name")}


small.save(workshop / "small.keras")
print(noted())
attempt("without the class", load_small)

keras.saving.register_keras_serializable(package="atelier")(CustomDense)
small.save(workshop / "small.keras")
print(noted())
attempt("registered       ", load_small)

# %% [markdown] lang="fr"
# Pas de module, rien qu’un nom : Keras ne sait pas où chercher. `register_keras_serializable` inscrit la classe dans un registre, sous un nom qui ne se confondra pas avec le `CustomDense` d’un autre ; `load_model` l’y retrouve tout seul. D’ordinaire, c’est un décorateur au-dessus de la classe.
#
# **Prédisez.** Un collègue reçoit `small.keras` et lance Python. Peut-il le lire ? Vidons le registre pour nous mettre à sa place.
# %% [markdown] lang="en"
# No module, nothing but a name: Keras does not know where to look. `register_keras_serializable` enters the class in a registry, under a name that cannot be mistaken for somebody else’s `CustomDense`; `load_model` finds it there by itself. Usually it is a decorator above the class.
#
# **Predict.** A colleague receives `small.keras` and starts Python. Can she read it? Let us clear the registry, to put ourselves in her place.
# %% [markdown] lang="zh"
# 没有模块，只有一个名字，Keras 不知道去哪里找。`register_keras_serializable` 把类登记到注册表里，用的名字不会和别人的 `CustomDense` 混淆，`load_model` 自己就能找到。平时一般写成类上面的装饰器。
#
# **先预测**：一位同事收到 `small.keras`，启动 Python，她读得了吗？我们清空注册表，模拟她那边的情形。

# %%
registry = keras.saving.get_custom_objects()
mine = dict(registry)
registry.clear()
attempt("in a new session           ", load_small)
registry.update(mine)
attempt("after importing your module", load_small)

# %% [markdown] lang="fr"
# Le registre vit dans la mémoire, pas dans le fichier. Livrez donc votre couche dans un module, que l’on importe *avant* `load_model` : le décorateur s’exécute à l’import.
#
# > **Vous rencontrerez ceci.** `layers.Lambda(lambda x: 2 * x)`, la couche d’une ligne. Elle enregistre du *code* dans le fichier ; à la relecture, Keras refuse de l’exécuter, sauf avec `safe_mode=False`, à ne jamais employer pour un fichier venu d’ailleurs. Une classe de six lignes coûte moins cher.
# %% [markdown] lang="en"
# The registry lives in memory, not in the file. So ship your layer in a module, to be imported *before* `load_model`: the decorator runs on import.
#
# > **You will meet this.** `layers.Lambda(lambda x: 2 * x)`, the one-line layer. It puts *code* into the file; on loading, Keras refuses to run it unless given `safe_mode=False`, which you should never pass for a file that you did not make yourself. A class of six lines is cheaper.
# %% [markdown] lang="zh"
# 注册表在内存里，不在文件里。所以请把层写进一个模块一起交付，在 `load_model` *之前*导入：装饰器在导入时执行。
#
# > **你会遇到这种写法**：`layers.Lambda(lambda x: 2 * x)`，一行写成的层。它把*代码*存进文件；读回时 Keras 拒绝执行，除非给出 `safe_mode=False`，而对来路不明的文件绝不能这样做。写个六行的类更划算。

# %%
doubled = alone(layers.Lambda(lambda x: 2 * x))
attempt("Lambda", lambda: comes_back(doubled, four_numbers))

# %% [markdown] lang="fr"
# ## 5. La couche qui n’existait pas
#
# À l’atelier, maintenant. Chaque angle s’ajoute aux précédents : leur somme cumulée donne la direction de chaque segment. Un segment de longueur ℓ et de direction θ avance de ℓ cos θ sur un axe, de ℓ sin θ sur l’autre. Additionnons ; la portée est la distance à l’origine. Les huit longueurs, en mètres, sont les poids ; elles partent de 0,2.
# %% [markdown] lang="en"
# ## 5. The layer that did not exist
#
# Now to the workshop. Each angle adds to those before it: their running sum gives the direction of each segment. A segment of length ℓ and direction θ goes ℓ cos θ along one axis and ℓ sin θ along the other. Let us add up; the reach is the distance from the origin. The eight lengths, in metres, are the weights; they start from 0.2.
# %% [markdown] lang="zh"
# ## 5. 原本不存在的层
#
# 现在回到车间。每个角度都叠加在前面的角度上，所以累加起来就是每一节的方向。长度为 ℓ、方向为 θ 的一节，横向前进 ℓ cos θ，纵向前进 ℓ sin θ。全部相加，得到末端的位置；它到原点的距离，就是手臂伸到的距离。八个长度（以米为单位）就是权重，都从 0.2 开始。


# %%
@keras.saving.register_keras_serializable(package="atelier")
class Arm(layers.Layer):
    """Angles (batch, joints) -> how far the hand is from the base, (batch, 1)."""

    def build(self, input_shape):
        self.lengths = self.add_weight(
            shape=(input_shape[-1],),
            initializer=keras.initializers.Constant(0.2),
            constraint="non_neg",
            name="lengths",
        )

    def call(self, angles):
        directions = ops.cumsum(angles, axis=-1)
        across = ops.sum(self.lengths * ops.cos(directions), axis=-1, keepdims=True)
        up = ops.sum(self.lengths * ops.sin(directions), axis=-1, keepdims=True)
        return ops.sqrt(ops.square(across) + ops.square(up))


angles = keras.Input(shape=(8,), name="angles")
arm = keras.Model(angles, Arm(name="arm")(angles), name="arm_model")
print(arm.count_params(), "parameters")

# %% alt="Drawing of the arm model: 8 angles, then a single layer, arm, which gives 1 number"
plots.model_drawing(arm)

# %% [markdown] lang="fr"
# Ni `__init__` ni `get_config` : il n’y a rien à régler, ceux de `Layer` suffisent. Les réglages de `add_weight` sont ceux des couches de Keras : valeurs de départ, contrainte (une longueur n’est pas négative), régularisation.
#
# **Prédisez.** En six époques, qui gagne : 2 689 paramètres ou 8 ?
# %% [markdown] lang="en"
# No `__init__` and no `get_config`: there is nothing to set, so those of `Layer` will do. The settings of `add_weight` are those of Keras’s layers: initial values, a constraint (no length is negative), regularisation.
#
# **Predict.** In six epochs, which wins: 2,689 parameters or 8?
# %% [markdown] lang="zh"
# 没有 `__init__`，也没有 `get_config`：没什么可设置的，用 `Layer` 自带的就够了。`add_weight` 的设置和 Keras 各层的一样：初始值、约束（长度不能为负）、正则化（对过大的权重加罚）。
#
# **先预测**：六个轮次之后，谁更准，2,689 个参数的，还是 8 个参数的？

# %% alt="Loss and mean absolute error of the arm layer fall steeply to almost nothing"
plots.training(train(arm, epochs=6))

# %%
print("arm at least 20 times more precise:", error(arm) < error(network) / 20)
(lengths,) = arm.get_weights()
print("each length within 2 mm of 125 mm:", np.abs(lengths - 0.125).max() < 0.002)
print("comes back from its file:", comes_back(arm, arms.x_test))

# %% [markdown] lang="fr"
# Huit paramètres ont retrouvé huit segments d’un huitième de mètre, et ces nombres veulent *dire* quelque chose. Ce que vous savez, écrivez-le dans la couche ; ce que vous ignorez, laissez-le aux poids.
#
# **Prédisez.** Les angles de l’entraînement allaient jusqu’à 60°. Doublons-les : qui s’en sort ?
# %% [markdown] lang="en"
# Eight parameters have found eight segments of an eighth of a metre, and these numbers *mean* something. What you know, write into the layer; what you do not know, leave to the weights.
#
# **Predict.** The angles in training went up to 60°. Let us double them: which of the two copes?
# %% [markdown] lang="zh"
# 八个参数找出了八节臂，每节八分之一米，而且这些数是有*含义*的。你知道的，写进层里；不知道的，留给权重。
#
# **先预测**：训练时的角度最大 60°。把它们加倍，哪一个还能应付？

# %%
wide = 2 * arms.x_test
wide_reach = np.linalg.norm(data.joints(wide)[:, -1], axis=1, keepdims=True)
print("arm, error below 5 mm:     ", error(arm, wide, wide_reach) < 0.005)
print("network, error above 50 mm:", error(network, wide, wide_reach) > 0.05)

# %% [markdown] lang="fr"
# La trigonométrie ne s’arrête pas à 60° ; ce que le réseau a appris par l’exemple, si.
#
# ## 6. Entraîner n’est pas prédire : `training`
#
# Sur le vrai bras, des capteurs tombent en panne et rendent 0. `Dropout` n’y ressemble qu’à moitié : il amplifie ce qui reste. Écrivons la couche qu’il nous faut. Elle n’agit qu’à l’entraînement, et cela se dit dans la signature : `call(self, readings, training=False)`. Keras remplit `training` tout seul.
# %% [markdown] lang="en"
# Trigonometry does not stop at 60°; what the network has learned by example does.
#
# ## 6. Training is not predicting: `training`
#
# On the real arm, sensors fail and return 0. `Dropout` is only half like that: it amplifies what is left. Let us write the layer that we need. It acts in training only, and the signature says so: `call(self, readings, training=False)`. Keras fills in `training` by itself.
# %% [markdown] lang="zh"
# 三角函数不会在 60° 处失灵；网络从样本里学来的东西，却会。
#
# ## 6. 训练不同于预测：`training`
#
# 真实的机械臂上，传感器会失灵，读数变成 0。`Dropout` 只有一半像：它还会放大剩下的数。我们来写真正需要的层。它只在训练时起作用，这一点写在签名里：`call(self, readings, training=False)`。`training` 由 Keras 自动填写。


# %%
@keras.saving.register_keras_serializable(package="atelier")
class SensorFailure(layers.Layer):
    """In training, each number is replaced by 0 with probability ``rate``."""

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate, self.seed = rate, seed
        self.generator = keras.random.SeedGenerator(seed)

    def call(self, readings, training=False):
        if not training:
            return readings
        drawn = keras.random.uniform(ops.shape(readings), seed=self.generator)
        return ops.where(drawn >= self.rate, readings, 0.0)


def lost(layer, training):
    answers = ops.convert_to_numpy(layer(np.ones((2_000, 8)), training=training))
    return float((answers == 0).mean())


failing = SensorFailure(0.2, seed=1)
print("predicting, lost:", lost(failing, training=False))
print("training, lost: ", round(lost(failing, training=True), 1))
print("remaining values:", np.unique(failing(np.ones((9, 8)), training=True)))
print("settings:", {key: failing.get_config()[key] for key in ("rate", "seed")})

# %% [markdown] lang="fr"
# Le `if` ne porte pas sur les données : `training` est un booléen de Python, connu avant qu’elles n’arrivent.
#
# Pourquoi un `SeedGenerator` ? Parce que `fit` compile `call`. **Prédisez.** Trois exemples, un par lot : les mêmes capteurs tomberont-ils en panne ? Voici les deux façons de tirer, appliquées même en inférence, pour voir.
# %% [markdown] lang="en"
# The `if` is not about a value: `training` is a Python boolean, known before the data.
#
# Why a `SeedGenerator`? Because `fit` compiles `call`. **Predict.** Three examples, one per batch: will the same sensors fail? Here are the two ways to draw, applied even when predicting, so that we can see.
# %% [markdown] lang="zh"
# 这个 `if` 判断的不是数值：`training` 是 Python 的布尔值，在数据之前就知道了。
#
# 为什么要用 `SeedGenerator`？因为 `fit` 会编译 `call`。**先预测**：三个样本，每批一个，失灵的会是同一些传感器吗？下面是两种抽取随机数的办法；为了看清楚，预测时也让它们起作用。


# %%
class Always(SensorFailure):
    def call(self, readings, training=False):
        return super().call(readings, training=True)


class AlwaysNumpy(SensorFailure):
    def call(self, readings, training=False):
        drawn = np.random.uniform(size=readings.shape[1:])
        return ops.where(drawn >= self.rate, readings, 0.0)


for layer in (Always(0.5, seed=1), AlwaysNumpy(0.5, seed=1)):
    model = keras.Sequential([keras.Input(shape=(8,)), layer])
    first, second, third = model.predict(np.ones((3, 8)), batch_size=1, verbose=0)
    alike = np.array_equal(first, second) and np.array_equal(second, third)
    print(f"{type(layer).__name__}: three times the same draw: {alike}")

# %% [markdown] lang="fr"
# NumPy n’a tiré qu’une fois, pendant que Keras compilait ; son tirage est devenu une constante. Le `SeedGenerator` garde son état dans une variable, et avance à chaque lot.
#
# Ces deux couches ont aussi l’autre défaut, le plus courant : elles ne regardent pas `training`, et éteignent des capteurs *jusque dans les prédictions*.
#
# ## 7. Se souvenir sans apprendre, punir sans étiquette
#
# Le réseau répond n’importe quoi au-delà de 60°, sans prévenir. Une couche pourrait **retenir** l’intervalle vu à l’entraînement, et y ramener ensuite ce qui en sort. Cette mémoire ne s’apprend pas, aucun gradient ne la change : `add_weight(trainable=False)`, et `assign` pour la mettre à jour.
#
# **Prédisez.** Combien de paramètres entraînables ? Et non entraînables ?
# %% [markdown] lang="en"
# NumPy drew once only, while Keras was compiling; its draw became a constant. The `SeedGenerator` keeps its state in a variable, and moves on with every batch.
#
# These two layers also have the other fault, the most common one: they do not look at `training`, and switch sensors off *even in predictions*.
#
# ## 7. Remembering without learning, a penalty without labels
#
# Beyond 60° the network answers anything at all, without warning. A layer could **remember** the range seen in training, and later bring back into it whatever lies outside. This memory is not trained, and no gradient changes it: `add_weight(trainable=False)`, and `assign` to update it.
#
# **Predict.** How many trainable parameters? And how many that are not?
# %% [markdown] lang="zh"
# NumPy 只在 Keras 编译的时候抽了一次，抽到的数从此成了常数。`SeedGenerator` 则把状态存在变量里，每个批次都往前走一步。
#
# 这两个层还有另一个毛病，也是最常见的毛病：不看 `training`，*连预测时*也在关传感器。
#
# ## 7. 只记住，不学习；没有标签，也有损失
#
# 超过 60°，网络就随口乱答，而且毫无征兆。不妨让一个层**记住**训练时见过的范围，以后把超出的数拉回来。这份记忆不参与训练，没有梯度去改它：用 `add_weight(trainable=False)` 创建，用 `assign` 更新。
#
# **先预测**：可训练的参数有多少个？不可训练的呢？


# %%
@keras.saving.register_keras_serializable(package="atelier")
class KnownRange(layers.Layer):
    """Remembers, per feature, the range seen in training; keeps predictions within it."""

    def build(self, input_shape):
        settings = {
            "shape": input_shape[1:],
            "initializer": "zeros",
            "trainable": False,
        }
        self.low = self.add_weight(name="low", **settings)
        self.high = self.add_weight(name="high", **settings)

    def call(self, inputs, training=False):
        if training:
            self.low.assign(ops.minimum(self.low, ops.min(inputs, axis=0)))
            self.high.assign(ops.maximum(self.high, ops.max(inputs, axis=0)))
            return inputs
        return ops.clip(inputs, self.low, self.high)


known = KnownRange()
known(arms.x_train, training=True)
print("trainable:", len(known.trainable_weights), "arrays -", end=" ")
print("not trainable:", len(known.non_trainable_weights), "arrays,", end=" ")
print(known.count_params(), "numbers")
print("widest angles, in degrees:", np.rad2deg([known.low, known.high]).round(0)[:, 0])

# %% alt="Drawing of the guarded model: known_range, then the network, 8 angles to 1 number"
guarded = keras.Sequential([keras.Input(shape=(8,)), known, network], name="guarded")
same = np.allclose(guarded(arms.x_train), network(arms.x_train), atol=1e-5)
print("within the range, same answers:", same)
far, farther = np.full((1, 8), 9.0), np.full((1, 8), 99.0)
print("far beyond, brought back:", np.allclose(guarded(far), guarded(farther)))
print("comes back from its file:", comes_back(guarded, wide))
plots.model_drawing(guarded)

# %% [markdown] lang="fr"
# Le fichier garde cet état avec les poids. `BatchNormalization` est faite ainsi.
#
# Reste la **perte propre à la couche**. L’atelier sait une chose de plus : déplié, le bras mesure exactement un mètre. `add_loss` fait de ce savoir une pénalité, que Keras additionne à la perte de `compile`.
#
# **Prédisez.** Huit longueurs de 0,2, et la pénalité (somme − 1)² : combien vaut-elle au départ ? Et après deux appels ?
# %% [markdown] lang="en"
# The file keeps this state along with the weights. `BatchNormalization` is made like this.
#
# A layer can also have a **loss of its own**. The workshop knows one more thing: stretched out, the arm measures exactly one metre. `add_loss` turns this knowledge into a penalty, and Keras adds it to the loss given to `compile`.
#
# **Predict.** Eight lengths of 0.2, and the penalty (sum − 1)²: what is it at the start? And after two calls?
# %% [markdown] lang="zh"
# 文件会把这种状态和权重一起保存。`BatchNormalization` 就是这样实现的。
#
# 再来看**自己的损失**。车间还知道一件事：手臂完全伸直时，正好一米。`add_loss` 可以把这条知识加进损失，Keras 会把它和 `compile` 的损失相加。
#
# **先预测**：八个长度都是 0.2，惩罚项是“总和减 1”的平方，一开始等于多少？调用两次之后呢？


# %%
@keras.saving.register_keras_serializable(package="atelier")
class MeasuredArm(Arm):
    def __init__(self, total=1.0, **kwargs):
        super().__init__(**kwargs)
        self.total = total

    def call(self, angles):
        self.add_loss(ops.square(ops.sum(self.lengths) - self.total))
        return super().call(angles)


measured = keras.Model(angles, MeasuredArm(name="measured")(angles))
for _again in range(2):
    reach = measured(arms.x_test)
    print("penalties:", [round(float(penalty), 2) for penalty in measured.losses])
mean_squared_error = float(np.mean((reach - arms.y_test) ** 2))
measured.compile(loss="mse")
total_loss = measured.evaluate(arms.x_test, arms.y_test, verbose=0)
print("loss = mse + 0.36:", abs(total_loss - mean_squared_error - 0.36) < 1e-4)

# %% [markdown] lang="fr"
# (1,6 − 1)² = 0,36, une seule fois : chaque appel remplace les pénalités de l’appel précédent. Ici, la pénalité porte sur des poids ; elle pourrait porter sur ce que rend la couche : c’est ainsi que sont faits les régularisateurs d’activité et la perte des autoencodeurs variationnels.
#
# ## 8. Laisser de côté le remplissage : `mask`
#
# Des phrases de longueurs différentes sont complétées par des zéros, et `Embedding(mask_zero=True)` indique aux couches suivantes lesquels sont de vrais mots ([unité 04](../04-ticket-routing/lesson.ipynb)). Une couche à vous reçoit ce **masque** si sa signature le demande : `call(self, vectors, mask=None)`. Voici deux moyennes des mots d’une phrase.
#
# **Prédisez.** `[3, 7]` et `[3, 7, 0, 0]` : la même phrase, complétée. Même résumé ?
# %% [markdown] lang="en"
# (1.6 − 1)² = 0.36, and once only: each call replaces the penalties of the call before. Here the penalty is on weights; it could be on what the layer returns: that is how activity regularizers and the loss of variational autoencoders are made.
#
# ## 8. Leaving the padding out: `mask`
#
# Sentences of different lengths are padded with zeros, and `Embedding(mask_zero=True)` tells the layers after it which words are real ([unit 04](../04-ticket-routing/lesson.ipynb)). A layer of yours receives this **mask** if its signature asks for it: `call(self, vectors, mask=None)`. Here are two averages of the words of a sentence.
#
# **Predict.** `[3, 7]` and `[3, 7, 0, 0]`: the same sentence, padded. The same summary?
# %% [markdown] lang="zh"
# (1.6 − 1)² = 0.36，而且只算一次：每次调用都会替换上一次的惩罚项。这里是对权重求和，也可以对激活值求和：激活正则化和变分自编码器的损失就是这样实现的。
#
# ## 8. 跳过补的零：`mask`
#
# 长短不一的句子要用零补齐，`Embedding(mask_zero=True)` 会告诉后面的层哪些是真正的词（[第 04 单元](../04-ticket-routing/lesson.ipynb)）。自己写的层，只要签名里要求，就能收到这个**掩码**（mask）：`call(self, vectors, mask=None)`。下面用两种办法求一句话里各个词的平均。
#
# **先预测**：`[3, 7]` 和 `[3, 7, 0, 0]` 是同一句话，后者补了零。得到的结果一样吗？


# %%
@keras.saving.register_keras_serializable(package="atelier")
class PlainMean(layers.Layer):
    def call(self, vectors):
        return ops.mean(vectors, axis=1)


@keras.saving.register_keras_serializable(package="atelier")
class MeanOfWords(layers.Layer):
    """(batch, words, features) -> the mean over the words that are real."""

    def call(self, vectors, mask=None):
        if mask is None:
            return ops.mean(vectors, axis=1)
        real = ops.expand_dims(ops.cast(mask, vectors.dtype), -1)
        return ops.sum(vectors * real, axis=1) / ops.maximum(ops.sum(real, axis=1), 1)

    def compute_mask(self, inputs, previous_mask=None):
        return None


words = keras.Input(shape=(None,), dtype="int32", name="words")
vectors = layers.Embedding(50, 4, mask_zero=True, name="vectors")(words)
sentence, padded = np.array([[3, 7]]), np.array([[3, 7, 0, 0]])


def same_summary(*steps):
    """Build the model; do padded and unpadded agree, and how often does Keras warn?"""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        x = vectors
        for step in steps:
            x = step(x)
        model = keras.Model(words, x)
        same = np.allclose(model(sentence), model(padded), atol=1e-6)
    print(f"same summary: {same!s:5} - warned: {bool(caught)}")
    return model


same_summary(PlainMean())
averaged = same_summary(MeanOfWords())
pooled = same_summary(layers.GlobalAveragePooling1D())
print("ours and Keras's, equivalent:", compare(pooled, averaged).equivalent)

# %% alt="Drawing of the model: words give vectors of 4, and the mask, not_equal; both enter mean_of_words"
plots.model_drawing(averaged)

# %% [markdown] lang="fr"
# La moyenne simple a compté deux zéros comme des mots ; Keras nous en a prévenus : cette couche *détruit* le masque. La nôtre vaut celle de Keras, et le dessin montre ce qu’elle reçoit de plus : le masque, `not_equal`, calculé à partir des mots (différents de 0 ou non).
#
# `compute_mask` dit ce que devient le masque **après** la couche. Ici, plus de mots, donc plus de masque : `None`. Une couche qui traite chaque mot à part doit au contraire le laisser passer : `self.supports_masking = True`.
#
# **Prédisez.** Une couche qui double chaque vecteur, glissée avant notre moyenne : le résumé tient-il encore ?
# %% [markdown] lang="en"
# The plain mean has counted two zeros as words; Keras warned us: this layer *destroys* the mask. Ours equals Keras’s own, and the drawing shows what else it receives: the mask, `not_equal`, computed from the words (different from 0 or not).
#
# `compute_mask` says what becomes of the mask **after** the layer. Here there are no words left, so no mask: `None`. A layer that treats each word separately must, by contrast, let it pass: `self.supports_masking = True`.
#
# **Predict.** A layer that doubles each vector, slipped in before our mean: does the summary still hold?
# %% [markdown] lang="zh"
# 普通平均把两个零也当成了词。Keras 其实提醒过：这个层会*毁掉*掩码。我们写的那个，和 Keras 自带的等价；从图上可以看到，它多收到一样东西：掩码 `not_equal`，由词计算得来（是否不等于 0）。
#
# `compute_mask` 说明掩码**经过**这个层之后变成什么。这里已经没有词了，也就没有掩码：`None`。逐词处理的层则正相反，应当让掩码通过：`self.supports_masking = True`。
#
# **先预测**：在求平均之前，插进一个把每个向量加倍的层，结果还一样吗？


# %%
class Doubled(layers.Layer):
    def call(self, vectors):
        return 2 * vectors


class DoubledWithMask(Doubled):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True


for doubled in (Doubled(), DoubledWithMask()):
    print(f"{type(doubled).__name__:15}", end=" ")
    same_summary(doubled, MeanOfWords())

# %% [markdown] lang="fr"
# Un maillon qui ne dit rien, et le masque n’arrive pas au bout. Retenez les trois attitudes : le **demander** (`mask=None`), le **laisser passer** (`supports_masking`), l’**arrêter** (ce qui se passe par défaut, avec un avertissement).
#
# ## 9. Des modèles dans des couches, des couches dans des modèles
#
# Une couche peut contenir des couches, et même un modèle. `CustomRNN` lit une suite pas à pas, par une boucle Python : à chaque instant, la projection de ce qui arrive plus la projection de l’état précédent. Les états sont confiés à un classifieur, qui est un **modèle fonctionnel**.
#
# Trois choses à remarquer : `build` bâtit les sous-couches, dont lui seul connaît l’entrée ; l’argument `classifier` n’est pas un nombre, donc `get_config` le décrit et `from_config` le relit ; `training` n’est écrit nulle part.
# %% [markdown] lang="en"
# One link that says nothing, and the mask does not get to the end. Remember the three attitudes: **ask for it** (`mask=None`), **let it pass** (`supports_masking`), **stop it** (the default, with a warning).
#
# ## 9. Models in layers, layers in models
#
# A layer can hold layers, and even a model. `CustomRNN` reads a sequence step by step, in a Python loop: at each step, the projection of what comes in plus the projection of the state before. The states go to a classifier, which is a **functional model**.
#
# Three things to notice: `build` builds the sublayers, for it alone knows their input; the argument `classifier` is a model, not a number, so `get_config` describes it and `from_config` reads it back; `training` is not written anywhere.
# %% [markdown] lang="zh"
# 只要有一环不声不响，掩码就到不了终点。请记住三种态度：**要它**（`mask=None`）、**让它过**（`supports_masking`）、**拦下它**（默认如此，会有警告）。
#
# ## 9. 层里有模型，模型里有层
#
# 层里可以有别的层，甚至可以有模型。`CustomRNN` 用 Python 循环一步一步读序列：每一步，把新来的数据做一次投影，把上一步的状态也做一次投影，再相加。所有状态交给一个分类器，而这个分类器是一个**函数式模型**。
#
# 有三点值得注意：`build` 负责构建各个子层，因为只有它知道子层的输入；参数 `classifier` 不是数，所以由 `get_config` 描述、由 `from_config` 读回；`training` 一次也没有写。


# %%
@keras.saving.register_keras_serializable(package="atelier")
class CustomRNN(layers.Layer):
    def __init__(self, units, classifier, **kwargs):
        super().__init__(**kwargs)
        self.units, self.classifier = units, classifier
        self.project_input = layers.Dense(units, activation="tanh")
        self.project_state = layers.Dense(units, activation="tanh")

    def build(self, input_shape):
        self.project_input.build((input_shape[0], input_shape[-1]))
        self.project_state.build((input_shape[0], self.units))

    def start(self, sequence):
        return ops.zeros((sequence.shape[0], self.units))

    def read(self, sequence):
        state, states = self.start(sequence), []
        for step in range(sequence.shape[1]):
            arrives = self.project_input(sequence[:, step])
            state = arrives + self.project_state(state)
            states.append(state)
        return ops.stack(states, axis=1)

    def call(self, sequence):
        return self.classifier(self.read(sequence))

    def get_config(self):
        classifier = keras.saving.serialize_keras_object(self.classifier)
        return {**super().get_config(), "units": self.units, "classifier": classifier}

    @classmethod
    def from_config(cls, config):
        classifier = keras.saving.deserialize_keras_object(config.pop("classifier"))
        return cls(classifier=classifier, **config)


def make_classifier(units):
    states = keras.Input(shape=(None, units), name="states")
    summary = layers.GlobalAveragePooling1D(name="summary")(states)
    dropped = layers.Dropout(0.5, name="dropped")(summary)
    answer = layers.Dense(1, activation="sigmoid", name="answer")(dropped)
    return keras.Model(states, answer, name="classifier")


# %% [markdown] lang="fr"
# **Premier sens : un graphe dans une classe.** **Prédisez.** Une suite de 10 instants de 5 nombres : quelle forme ont les états ? Quelle forme a la réponse ?
# %% [markdown] lang="en"
# **One way: a graph in a class.** **Predict.** One sequence of 10 steps of 5 numbers: what is the shape of the states? And of the answer?
# %% [markdown] lang="zh"
# **第一个方向：类里有图**。**先预测**：一个序列，共 10 步，每步 5 个数。所有状态的形状是什么？回答的形状呢？

# %% alt="Drawing of the classifier: states of 32, their average, dropout, then 1 number"
rnn = CustomRNN(32, make_classifier(32))
sequence = np.ones((1, 10, 5), "float32")
print("answer:", rnn(sequence).shape, "- parameters:", f"{rnn.count_params():,}")
print("states:", rnn.read(sequence).shape)

once, again = rnn(sequence), rnn(sequence)
print("predicting, same answer twice:", np.array_equal(once, again))
drawn = {float(rnn(sequence, training=True)[0, 0]) for _time in range(9)}
print("training, same answer nine times:", len(drawn) == 1)
plots.model_drawing(rnn.classifier)

# %% [markdown] lang="fr"
# **(1, 10, 32)** : dix états de 32 nombres. Et le `Dropout` du classifieur s’est bien réveillé, deux étages plus bas : `training`, donné tout en haut, descend de lui-même dans tout ce que l’on appelle. `call` ne le demande que s’il en fait quelque chose.
#
# **L’autre sens : une classe dans un graphe.** Une convolution, puis notre couche, en modèle fonctionnel. **Prédisez.** L’entrée annonce des lots de 16 exactement, par `batch_shape`. Pourquoi ? Que se passe-t-il sans cela ?
# %% [markdown] lang="en"
# **(1, 10, 32)**: ten states of 32 numbers. And the classifier’s `Dropout` did wake up, two floors down: `training`, given at the very top, goes down by itself into everything that is called. `call` asks for it only if it has a use for it.
#
# **The other way: a class in a graph.** A convolution, then our layer, as a functional model. **Predict.** The input announces batches of exactly 16, by `batch_shape`. Why? What happens without it?
# %% [markdown] lang="zh"
# **(1, 10, 32)**：十个状态，每个 32 个数。分类器里的 `Dropout` 藏在两层之下，也照样醒了过来：在最上面给出的 `training`，会自动传到下面调用的每一处。`call` 自己用得着，才需要写上它。
#
# **另一个方向：图里有类**。先是一个卷积层，再是我们的层，写成函数式模型。**先预测**：输入用 `batch_shape` 写明每批正好 16 个。为什么？不写会怎样？

# %% alt="Drawing of the mixed model: 16 signals of 10 by 5, convolution 32, then the rnn layer"
signals = keras.Input(batch_shape=(16, 10, 5), name="signals")
smoothed = layers.Conv1D(32, 3, name="smoothed")(signals)
outputs = CustomRNN(32, make_classifier(32), name="rnn")(smoothed)
mixed = keras.Model(signals, outputs, name="mixed")
print(f"{mixed.count_params():,} parameters")
print("comes back from its file:", comes_back(mixed, np.ones((16, 10, 5))))
plots.model_drawing(mixed)


# %%
class AnyBatch(CustomRNN):
    def start(self, sequence):
        return ops.zeros((ops.shape(sequence)[0], self.units))


any_signals = keras.Input(shape=(10, 5))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for cell in (CustomRNN, AnyBatch):
        layer = cell(32, make_classifier(32))
        attempt(cell.__name__, lambda layer=layer: layer(any_signals).shape)

# %% [markdown] lang="fr"
# `sequence.shape[0]` est la taille *écrite*, `None` quand elle est libre ; et l’on ne fait pas de zéros avec `None`. `ops.shape(sequence)[0]` est la taille *réelle*, connue au moment du calcul : préférez-la.
#
# ### Le même perceptron, deux fois
#
# 32 → 64 ReLU → 10, encore, mais cette fois avec *nos* couches, et avec ce qu’il faut pour revenir d’un fichier. **Prédisez.** De combien la classe est-elle plus longue ? Et le contenu est-il le même ?
# %% [markdown] lang="en"
# `sequence.shape[0]` is the size as *written*, `None` where it is free; and there is no making zeros with `None`. `ops.shape(sequence)[0]` is the *real* size, known when the calculation runs: prefer it.
#
# ### The same perceptron, twice
#
# 32 → 64 ReLU → 10 once more, but this time with *our* layers, and with what it takes to come back from a file. **Predict.** How much longer is the class? And is it the same inside?
# %% [markdown] lang="zh"
# `sequence.shape[0]` 是*写明*的大小，没有写明就是 `None`，而 `None` 是造不出零张量的。`ops.shape(sequence)[0]` 是*真实*的大小，计算时才知道：请优先用它。
#
# ### 同一个感知机，写两遍
#
# 还是 32 → 64 ReLU → 10，但这次用*我们自己的*层，而且要能从文件读回。**先预测**：类会长多少？里面是一样的吗？


# %%
def functional_mlp(hidden=64, classes=10):
    inputs = keras.Input(shape=(32,))
    activated = ops.relu(CustomDense(hidden)(inputs))
    return keras.Model(inputs, CustomDense(classes)(activated))


@keras.saving.register_keras_serializable(package="atelier")
class MLP(keras.Model):
    def __init__(self, hidden=64, classes=10, **kwargs):
        super().__init__(**kwargs)
        self.hidden = CustomDense(hidden)
        self.scores = CustomDense(classes)

    def build(self, input_shape):
        self.hidden.build(input_shape)
        self.scores.build((input_shape[0], self.hidden.units))

    def call(self, inputs):
        return self.scores(ops.relu(self.hidden(inputs)))


def length(*parts):
    return sum(len(inspect.getsource(part).splitlines()) for part in parts)


as_graph, as_class = functional_mlp(), MLP()
as_class.build((None, 32))
many = length(MLP.__init__, MLP.build, MLP.call) + 2
print(f"graph: {length(functional_mlp)} lines, {as_graph.count_params():,} parameters")
print(f"class: {many} lines, {as_class.count_params():,} parameters")
print("equivalent:", compare(as_graph, as_class).equivalent)
thirty_two = np.ones((1, 32), "float32")
print("come back:", comes_back(as_graph, thirty_two), comes_back(as_class, thirty_two))

# %% alt="Drawing of the functional perceptron: 32, CustomDense 64, relu, CustomDense 10"
plots.model_drawing(as_graph)

# %% [markdown] lang="fr"
# Quatre lignes contre onze, **2 762** paramètres des deux côtés, et le même calcul : `compare` l’a vérifié. Cette fois `build((None, 32))` construit bel et bien, puisque la classe en a un. Le graphe reste le plus court ; faites une classe de la *pièce* nouvelle, et assemblez les pièces en graphe.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | un réglage | `__init__(self, rate, **kwargs)`, puis `super().__init__(**kwargs)` |
# | un poids | dans `build` : `self.add_weight(shape=..., initializer=..., name=...)` |
# | un état qui ne s’entraîne pas | `add_weight(..., trainable=False)`, et `assign` dans `call` |
# | un calcul | dans `call` : des couches et `keras.ops` |
# | une couche qui agit à l’entraînement | `call(self, inputs, training=False)` |
# | du hasard | `keras.random.SeedGenerator` dans `__init__` |
# | tenir compte du masque, le laisser passer | `call(self, inputs, mask=None)`, `self.supports_masking = True` |
# | une perte propre à la couche | `self.add_loss(...)` dans `call` |
# | relire sans donner la classe | `@keras.saving.register_keras_serializable(package="...")` |
# | un argument qui n’est pas simple | `get_config` et `from_config` |
#
# - On note dans `__init__`, on crée dans `build`, on calcule dans `call`.
# - Des nombres et des textes pour arguments : Keras les retient. Autre chose, ou une classe mère qui a déjà un `get_config` : à vous de l’écrire.
# - Un fichier relu sans erreur n’est pas toujours relu *juste*. Comparez les réponses avant et après : trois lignes, `comes_back`, pour chacune de vos couches.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), six questions, de la lecture d’une couche à sa conception.
# - La documentation de Keras (en anglais) : [écrire couches et modèles](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [la classe Layer](https://keras.io/api/layers/base_layer/), [l’enregistrement](https://keras.io/guides/serialization_and_saving/), [masques et remplissage](https://keras.io/guides/understanding_masking_and_padding/).
# - Et quand c’est l’entraînement lui-même qui n’existe pas encore ? C’est l’unité suivante.
# %% [markdown] lang="en"
# Four lines against eleven, **2,762** parameters either way, and the same calculation: `compare` has checked. This time `build((None, 32))` really builds, since the class has one of its own. The graph remains the shorter; write the new *part* as a class, and put the parts together as a graph.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | a setting | `__init__(self, rate, **kwargs)`, then `super().__init__(**kwargs)` |
# | a weight | in `build`: `self.add_weight(shape=..., initializer=..., name=...)` |
# | a state that is not trained | `add_weight(..., trainable=False)`, and `assign` in `call` |
# | a calculation | in `call`: layers and `keras.ops` |
# | a layer that acts in training | `call(self, inputs, training=False)` |
# | randomness | a `keras.random.SeedGenerator` in `__init__` |
# | to heed the mask, to let it pass | `call(self, inputs, mask=None)`, `self.supports_masking = True` |
# | a loss of its own | `self.add_loss(...)` in `call` |
# | to reload without giving the class | `@keras.saving.register_keras_serializable(package="...")` |
# | an argument that is not simple | `get_config` and `from_config` |
#
# - Note in `__init__`, make in `build`, calculate in `call`.
# - Numbers and strings as arguments: Keras remembers them. Anything else, or a parent class that already has a `get_config`: write your own.
# - A file that loads without error has not always loaded *right*. Compare the answers before and after: three lines, `comes_back`, for each layer of yours.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), six questions, from reading a layer to designing one.
# - Keras’s own pages: [making layers and models](https://keras.io/guides/making_new_layers_and_models_via_subclassing/), [the Layer class](https://keras.io/api/layers/base_layer/), [saving](https://keras.io/guides/serialization_and_saving/), [masking and padding](https://keras.io/guides/understanding_masking_and_padding/).
# - And when it is the training itself that does not exist yet? That is [the next unit](../10-custom-training/lesson.ipynb).
# %% [markdown] lang="zh"
# 四行对十一行，两边都是 **2,762** 个参数，计算也完全相同：`compare` 检查过了。这一次 `build((None, 32))` 真的建好了，因为这个类有自己的 `build`。最短的还是图；所以，新的*零件*写成类，再用图把零件组装起来。
#
# ## 要点回顾
#
# | 我想要…… | 这样写 |
# |---|---|
# | 一项设置 | `__init__(self, rate, **kwargs)`，接着 `super().__init__(**kwargs)` |
# | 一个权重 | 在 `build` 里：`self.add_weight(shape=..., initializer=..., name=...)` |
# | 不参与训练的状态 | `add_weight(..., trainable=False)`，在 `call` 里用 `assign` 更新 |
# | 计算 | 在 `call` 里：只用层和 `keras.ops` |
# | 只在训练时起作用的层 | `call(self, inputs, training=False)` |
# | 随机数 | `__init__` 里的 `keras.random.SeedGenerator` |
# | 使用掩码，或让掩码通过 | `call(self, inputs, mask=None)`，`self.supports_masking = True` |
# | 自己的损失 | 在 `call` 里：`self.add_loss(...)` |
# | 读回时不必给出类 | `@keras.saving.register_keras_serializable(package="...")` |
# | 不是简单值的参数 | `get_config` 和 `from_config` |
#
# - 在 `__init__` 里记录，在 `build` 里创建，在 `call` 里计算。
# - `__init__` 的参数是数或文本，Keras 会记住；是别的东西，或者父类已有 `get_config`，就要自己写 `get_config`。
# - 读回时没有报错，不等于读得*对*。保存前后的答案要比一比：像 `comes_back` 那样三行代码，自己写的每个层都该过一遍。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，六道题，从读懂一个层到设计一个层。
# - Keras 官方文档（英文）：[编写层和模型](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)、[Layer 类](https://keras.io/api/layers/base_layer/)、[保存与加载](https://keras.io/guides/serialization_and_saving/)、[掩码与填充](https://keras.io/guides/understanding_masking_and_padding/)。
# - 如果连训练的方法也要自己发明呢？请看下一个单元。
