"""Unit 02, lesson: models as graphs of layers. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # L’API fonctionnelle
#
# Votre équipe a entraîné un réseau qui lit les chiffres manuscrits d’un code postal, et il marche. Arrivent alors trois demandes. « Retrouve-moi les scans qui ressemblent à celui-ci. » « Dis-nous aussi où se trouve l’encre : le scanner est décentré. » « Et il y a maintenant un second capteur. » Avec une pile `Sequential`, une entrée, une sortie, **faut-il tout recommencer ?**
#
# Non, si votre modèle est un *graphe*. Un graphe se coupe, se branche, se greffe, se copie et se relit. Vous allez faire tout cela, sur de vrais chiffres.
#
# **À la fin de cette leçon, vous saurez :**
#
# - décrire une entrée, brancher des couches, en faire un modèle, le lire et le dessiner ;
# - l’entraîner, l’évaluer, l’interroger, l’enregistrer et **reprendre l’entraînement là où il s’était arrêté** ;
# - lui donner plusieurs entrées et plusieurs sorties, chacune avec sa perte ;
# - réutiliser un morceau d’un modèle entraîné sans rien reconstruire ;
# - reconnaître les cas où un graphe ne suffit pas.
#
# Comptez 40 minutes. Toute la page s’exécute en moins d’une minute. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # The functional API
#
# Your team has trained a network that reads handwritten digits off forms, and it works. Then come three requests. “Find me the scans that look like this one.” “Tell us where the ink is, too: the scanner is off-centre.” “And by the way, there is a second sensor now.” With a `Sequential` stack, one way in and one way out, **do you have to start again?**
#
# Not if your model is a *graph*. A graph can be cut, branched, grafted, copied and read back. You are about to do all of that, on real digits.
#
# **By the end of this lesson you will be able to:**
#
# - describe an input, connect layers, make a model of them, read it and draw it;
# - train it, evaluate it, query it, save it, and **resume training exactly where it stopped**;
# - give it several inputs and several outputs, each with a loss of its own;
# - reuse part of a trained model without rebuilding anything;
# - tell when a graph is not enough.
#
# Allow 40 minutes. The whole page runs in less than a minute. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 函数式 API
#
# 你的团队训练好了一个网络，能识别快递单上的手写数字，效果不错。接着来了三个需求：“帮我找出和这张相似的扫描图。”“顺便报告墨迹的位置，扫描仪装偏了。”“对了，现在又多了一个传感器。”`Sequential` 只有一个入口、一个出口，**难道要推倒重来吗？**
#
# 如果你的模型是一张*图*（graph），就不必。图可以截取、分叉、嫁接、复制，也可以随时查看。接下来，你会用真实的手写数字把这些都做一遍。
#
# **学完本课，你将能够：**
#
# - 描述输入、连接各层、组成模型，并读懂它、画出它；
# - 训练、评估、预测、保存模型，并**从中断的地方接着训练**；
# - 为模型设置多个输入和多个输出，每个输出各有自己的损失；
# - 直接复用训练好的模型的一部分，无须重建；
# - 判断什么时候图不够用。
#
# 阅读大约需要 40 分钟，整页运行不到一分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import logging
import tempfile
import zipfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from course import data, plots
from keras import layers

keras.utils.set_random_seed(1)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# `set_random_seed` fixe le hasard : vous verrez ce que nous avons vu. `workshop` est un dossier temporaire où ranger nos fichiers.
#
# ## 1. Des chiffres, des vrais
#
# Ces 1 797 chiffres scannés, écrits par treize personnes, sont livrés avec scikit-learn : rien à télécharger. Un cinquième est mis de côté pour le test.
# %% [markdown] lang="en"
# `set_random_seed` makes chance repeatable: you will see what we saw. `workshop` is a temporary folder for our files.
#
# ## 1. Real digits
#
# These 1,797 scanned digits were written by thirteen people, and they come with scikit-learn: no download. One fifth is set aside for the test.
# %% [markdown] lang="zh"
# `set_random_seed` 固定了随机种子，这样你看到的结果会和我们一致。`workshop` 是一个临时文件夹，用来放文件。
#
# ## 1. 真实的手写数字
#
# 这 1,797 张扫描图出自十三个人的笔迹，随 scikit-learn 一起提供，无须下载。其中五分之一留作测试集。

# %%
digits = data.digits()
x_train = digits.x_train.reshape(-1, 784)
x_test = digits.x_test.reshape(-1, 784)
y_train, y_test = digits.y_train, digits.y_test
print("x_train:", x_train.shape, x_train.dtype, "y_train:", y_train.shape)
print("x_test: ", x_test.shape, x_test.dtype, "y_test: ", y_test.shape)

# %% alt="Ten handwritten digits, 28 by 28 pixels each, with their labels above"
plots.images(digits.x_train[:10], labels=y_train[:10])

# %% [markdown] lang="fr"
# Chaque image compte 28 × 28 = 784 pixels, comme dans MNIST (les scans d’origine en ont 8 × 8 ; `data.digits()` les agrandit), de 0 (papier) à 1 (encre), ici mis bout à bout dans un vecteur. Pour le grand jeu MNIST, il suffit d’écrire `data.mnist()` à la place de `data.digits()`.
#
# ## 2. Une entrée est une promesse
#
# Un graphe commence par une entrée. Elle ne contient aucune donnée : elle *promet* la forme et le type de ce qui viendra.
#
# **Prédisez.** Nous annonçons `shape=(784,)`. Quelle forme l’objet affichera-t-il : `(784,)` ou autre chose ?
# %% [markdown] lang="en"
# Each image has 28 × 28 = 784 pixels, as in MNIST (the original scans have 8 × 8; `data.digits()` enlarges them), from 0 (paper) to 1 (ink), laid end to end here in one vector. For the full MNIST, write `data.mnist()` instead of `data.digits()`, and that is all.
#
# ## 2. An input is a promise
#
# A graph begins with an input. It holds no data: it *promises* the shape and the dtype of what will come.
#
# **Predict.** We announce `shape=(784,)`. What shape will the object show: `(784,)`, or something else?
# %% [markdown] lang="zh"
# 每张图像有 28 × 28 = 784 个像素，和 MNIST 一样（原始扫描图只有 8 × 8，由 `data.digits()` 放大），取值从 0（白纸）到 1（墨迹），这里首尾相接排成一个向量。想用完整的 MNIST，把 `data.digits()` 换成 `data.mnist()` 即可。
#
# ## 2. 输入是一份约定
#
# 图从输入开始。输入里没有任何数据，它只*约定*将来的数据是什么形状（shape）、什么类型（dtype）。
#
# **先预测**：我们写的是 `shape=(784,)`，这个对象显示的形状会是 `(784,)`，还是别的？

# %%
image = keras.Input(shape=(784,), name="image")
print(image.shape, image.dtype)

# %% [markdown] lang="fr"
# `(None, 784)` : le premier axe est celui du lot (*batch*). On ne l’écrit jamais dans `shape`, et `None` signifie « n’importe quelle taille » : le même modèle lira une image ou dix mille. Le type par défaut est `float32`.
#
# Une image en couleurs, une suite de 12 numéros de mots ? Même principe.
# %% [markdown] lang="en"
# `(None, 784)`: the first axis is the batch. You never write it in `shape`, and `None` means “any size”: the same model will read one image or ten thousand. The default dtype is `float32`.
#
# A colour image, a sequence of 12 word numbers? Same idea.
# %% [markdown] lang="zh"
# 结果是 `(None, 784)`：第一个轴对应批次（batch）。`shape` 里从不写批次大小，`None` 表示“多大都行”，同一个模型既能读一张图像，也能读一万张。类型默认是 `float32`。
#
# 彩色图像、由 12 个词编号组成的序列，也是同样的写法。

# %%
photo = keras.Input(shape=(32, 32, 3), name="photo")
word_ids = keras.Input(shape=(12,), dtype="int32", name="word_ids")
print(photo.shape, photo.dtype)
print(word_ids.shape, word_ids.dtype)

# %% [markdown] lang="fr"
# > **Vous rencontrerez ceci.** Dans du code ancien : `Input(shape=4)`, ou `Dense(64, input_dim=784)`. Le second marche encore, avec un avertissement. Et le premier ?
# %% [markdown] lang="en"
# > **You will meet this.** In old code: `Input(shape=4)`, or `Dense(64, input_dim=784)`. The second still works, with a warning. And the first?
# %% [markdown] lang="zh"
# > **你会遇到这种写法**：旧代码里有 `Input(shape=4)`，也有 `Dense(64, input_dim=784)`。后一种仍然能用，只是会有警告。前一种呢？

# %%
try:
    keras.Input(shape=4)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# Une forme est toujours un tuple : `(4,)`, avec sa virgule.
#
# ## 3. Brancher des couches
#
# Une couche est un objet que l’on **appelle** sur un tenseur, comme une fonction ; d’où le nom de l’API. Appelée sur un tenseur *symbolique*, elle ne calcule rien : elle se branche.
#
# **Prédisez.** Quelle sera la forme de `first` ? Et celle de la matrice de poids que la couche vient de créer ?
# %% [markdown] lang="en"
# A shape is always a tuple: `(4,)`, comma included.
#
# ## 3. Connecting layers
#
# A layer is an object that you **call** on a tensor, as you would a function; hence the name of the API. Called on a *symbolic* tensor, it computes nothing: it connects.
#
# **Predict.** What will be the shape of `first`? And that of the weight matrix that the layer has just made?
# %% [markdown] lang="zh"
# 形状永远是元组：`(4,)`，逗号不能少。
#
# ## 3. 连接各层
#
# 层是一个可以像函数那样**调用**的对象，参数是张量（tensor），“函数式”API 由此得名。作用在*符号*张量（symbolic tensor，只有形状和类型，没有数值）上时，它什么也不计算，只是接到图上。
#
# **先预测**：`first` 的形状是什么？这一层刚刚创建的权重矩阵又是什么形状？

# %%
hidden_1 = layers.Dense(64, activation="relu", name="hidden_1")
first = hidden_1(image)
print("first: ", first.shape)
print("kernel:", tuple(hidden_1.kernel.shape), "bias:", tuple(hidden_1.bias.shape))

# %% [markdown] lang="fr"
# En voyant 784 nombres arriver, la couche a su qu’il lui fallait une matrice de poids 784 × 64 (son *kernel*, sans rapport avec le noyau du notebook) et 64 biais. Elle l’a créée aussitôt : dans un graphe, les formes se vérifient *pendant que vous écrivez*.
#
# Continuons. `Model` prend ensuite les deux bouts, et retrouve lui-même le chemin entre eux.
#
# **Prédisez.** Combien de paramètres en tout ? Comptez un poids par paire (entrée, unité) et un biais par unité.
# %% [markdown] lang="en"
# Seeing 784 numbers come in, the layer knew that it needed a 784 × 64 matrix of weights (its *kernel*, nothing to do with the notebook’s) and 64 biases, and made them at once: in a graph, shapes are checked *while you write*.
#
# Let us go on. `Model` then takes the two ends and finds the path between them by itself.
#
# **Predict.** How many parameters in all? Count one weight per pair (input, unit) and one bias per unit.
# %% [markdown] lang="zh"
# 看到有 784 个数进来，这一层就知道自己需要一个 784 × 64 的权重矩阵（*kernel*，和笔记本的内核无关）和 64 个偏置，并当场创建好：在图里，形状是*边写边检查*的。
#
# 继续往下接。最后把首尾两端交给 `Model`，中间的路径由它自己找出来。
#
# **先预测**：总共有多少个参数？每一对（输入，单元）有一个权重，每个单元有一个偏置。

# %%
second = layers.Dense(64, activation="relu", name="hidden_2")(first)
digit = layers.Dense(10, activation="softmax", name="digit")(second)
model = keras.Model(inputs=image, outputs=digit, name="digits")
model.summary()

# %% [markdown] lang="fr"
# 784 × 64 + 64 = 50 240, puis 64 × 64 + 64 = 4 160, puis 64 × 10 + 10 = 650 : **55 050** en tout. Presque tout est dans la première couche ; c’est le prix d’une grande entrée.
#
# Un graphe, cela se dessine. D’abord les couches seules :
# %% [markdown] lang="en"
# 784 × 64 + 64 = 50,240, then 64 × 64 + 64 = 4,160, then 64 × 10 + 10 = 650: **55,050** in all. Nearly everything is in the first layer; that is the price of a large input.
#
# A graph can be drawn. The layers alone, to begin with:
# %% [markdown] lang="zh"
# 784 × 64 + 64 = 50,240，64 × 64 + 64 = 4,160，64 × 10 + 10 = 650，合计 **55,050**。参数几乎都在第一层，这就是大输入的代价。
#
# 图当然可以画出来。先只画出各层：

# %% alt="Drawing of the digits model: an input layer, then three dense layers in a row"
keras.utils.plot_model(model, to_file=workshop / "digits.png", dpi=72)

# %% [markdown] lang="fr"
# Puis avec les noms et les formes, ce que vous voudrez presque toujours :
# %% [markdown] lang="en"
# Then with names and shapes, which is what you will nearly always want:
# %% [markdown] lang="zh"
# 再加上名称和形状，平时几乎都用这种画法：

# %% alt="The same drawing with names and shapes: image 784, hidden_1 64, hidden_2 64, digit 10"
keras.utils.plot_model(
    model,
    to_file=workshop / "digits.png",
    show_shapes=True,
    show_layer_names=True,
    dpi=72,
)

# %% [markdown] lang="fr"
# Lisez les flèches comme des tenseurs, les boîtes comme des couches. La suite de la leçon dessine ainsi avec un raccourci, `plots.model_drawing`.
#
# ## 4. Entraîner, évaluer, prédire
#
# Trois verbes. `compile` dit comment apprendre : l’optimiseur, la perte (ici l’*entropie croisée* : d’autant plus grande que la bonne réponse a reçu peu de probabilité), les métriques à suivre. `fit` apprend, et réserve ici 10 % du jeu d’entraînement à la validation : les *derniers* exemples, sans mélange. Si vos données sont triées, mélangez-les d’abord.
#
# **Prédisez.** La courbe de validation suivra-t-elle celle d’entraînement jusqu’au bout ?
# %% [markdown] lang="en"
# Read the arrows as tensors and the boxes as layers. The rest of the lesson draws this way through a shortcut, `plots.model_drawing`.
#
# ## 4. Train, evaluate, predict
#
# Three verbs. `compile` says how to learn: the optimizer, the loss (here *crossentropy*: the less probability the right answer was given, the larger it is), the metrics to follow. `fit` learns, and here keeps 10% of the training set for validation: the *last* examples, unshuffled. If your data are sorted, shuffle them first.
#
# **Predict.** Will the validation curve follow the training curve all the way?
# %% [markdown] lang="zh"
# 箭头是张量，方框是层。后面画模型时，我们改用一个简写：`plots.model_drawing`。
#
# ## 4. 训练、评估、预测
#
# `compile` 规定怎么学：用哪个优化器、哪个损失、跟踪哪些指标。这里的损失是*交叉熵*（crossentropy）：给正确答案的概率越小，损失越大。`fit` 开始学习，这里留出训练集的 10% 做验证。注意，留出的是*最后*那部分样本，不会先打乱；如果你的数据排过序，请先自己打乱。
#
# **先预测**：验证曲线会一直紧跟训练曲线吗？

# %% alt="Loss falling and accuracy rising over 20 epochs; validation levels off first"
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(
    x_train, y_train, batch_size=16, epochs=20, validation_split=0.1, verbose=0
)
plots.training(history)

# %% [markdown] lang="fr"
# La perte d’entraînement continue de descendre, celle de validation se stabilise : le réseau commence à retenir des détails propres aux images d’entraînement. C’est le début du surapprentissage, et l’exactitude qui compte est celle que l’on mesure sur des images jamais vues.
# %% [markdown] lang="en"
# The training loss keeps falling while the validation loss levels off: the network begins to remember details of the training images themselves. That is where overfitting starts, and the accuracy that counts is the one on images never seen.
# %% [markdown] lang="zh"
# 训练损失还在下降，验证损失却趋于平稳：网络开始记住训练图像自身的细枝末节，过拟合（overfitting）由此开始。真正重要的，是在从没见过的图像上的准确率（accuracy）。

# %%
results = model.evaluate(x_test, y_test, verbose=0, return_dict=True)
print("measured:", sorted(results))
print("accuracy >= 0.95:", results["accuracy"] >= 0.95)

# %% [markdown] lang="fr"
# Plus de 95 % sur le jeu de test, avec 1 293 images pour apprendre. `predict` rend une ligne par image : dix probabilités, dont la somme vaut 1.
# %% [markdown] lang="en"
# More than 95% on the test set, having learned from 1,293 images. `predict` returns one row per image: ten probabilities that sum to 1.
# %% [markdown] lang="zh"
# 只用 1,293 张图像学习，测试集上的准确率就超过了 95%。`predict` 为每张图像返回一行：十个概率，总和为 1。

# %% alt="Ten test digits with the predicted digit above each, and a tick or a cross"
probabilities = model.predict(x_test, verbose=0)
predicted = probabilities.argmax(axis=1)
print("shape:", probabilities.shape)
print("rows sum to 1:", np.allclose(probabilities.sum(axis=1), 1, atol=1e-5))
plots.images(digits.x_test[:10], labels=y_test[:10], predictions=predicted[:10])

# %% [markdown] lang="fr"
# Le plus instructif, ce sont les erreurs. **Prédisez.** Quels chiffres confondriez-vous vous-même ?
# %% [markdown] lang="en"
# The mistakes teach most. **Predict.** Which digits would you yourself confuse?
# %% [markdown] lang="zh"
# 最值得看的，是认错的那些。**先预测**：哪些数字连你自己都会看错？

# %% alt="The test digits that the model gets wrong: wrong answer, cross, true digit in brackets"
wrong = np.flatnonzero(predicted != y_test)[:10]
plots.images(digits.x_test[wrong], labels=y_test[wrong], predictions=predicted[wrong])

# %% [markdown] lang="fr"
# La plupart sont ambigus pour nous aussi : un bon signe.
#
# Ces verbes sont les mêmes pour **tous les styles** de modèles. Voici le même réseau en pile et en sous-classe (l’unité 03 y reviendra) : pas une ligne de la boucle ne change.
# %% [markdown] lang="en"
# Most of them would make us hesitate too: a good sign.
#
# These verbs are the same for **every style** of model. Here is the same network as a stack and as a subclass (the subject of unit 03): not one line of the loop changes.
# %% [markdown] lang="zh"
# 其中大部分，连人看了也会犹豫，这是个好兆头。
#
# 无论模型用**哪种风格**写成，训练、评估、预测的写法都一样。下面把同一个网络分别写成 `Sequential` 和子类（子类化另有专门的单元），循环里一行都不用改。

# %%
stack = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)


class DigitsModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden_1 = layers.Dense(64, activation="relu")
        self.hidden_2 = layers.Dense(64, activation="relu")
        self.digit = layers.Dense(10, activation="softmax")

    def call(self, image):
        return self.digit(self.hidden_2(self.hidden_1(image)))


for style, candidate in {"Sequential": stack, "subclass": DigitsModel()}.items():
    candidate.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    candidate.fit(x_train, y_train, epochs=8, verbose=0)
    scores = candidate.evaluate(x_test, y_test, verbose=0, return_dict=True)
    answers = candidate.predict(x_test, verbose=0)
    accurate = scores["accuracy"] >= 0.9
    print(f"{style:10} {candidate.count_params():,} parameters,", end=" ")
    print(f"answers {answers.shape}, accuracy >= 0.90: {accurate}")

# %% [markdown] lang="fr"
# Alors, pourquoi préférer le graphe ? Parce que les trois demandes du début attendent.
#
# ## 5. Un graphe est une donnée : coupez-le
#
# La sous-classe cache son chemin dans le code de `call`. Le graphe, lui, garde chaque tenseur intermédiaire : vous pouvez le parcourir.
# %% [markdown] lang="en"
# So why prefer the graph? Because the three requests are still waiting.
#
# ## 5. A graph is data: cut it
#
# The subclass hides its path in the code of `call`. The graph keeps every intermediate tensor: you can walk along it.
# %% [markdown] lang="zh"
# 那为什么还要用图？因为开头那三个需求还等着呢。
#
# ## 5. 图就是数据：截取一段
#
# 子类把计算路径藏在 `call` 的代码里；图则保留了每一个中间张量，可以逐个查看。

# %%
for layer in model.layers:
    print(f"{layer.name:9} {type(layer).__name__:11} -> {layer.output.shape}")

# %% [markdown] lang="fr"
# Chaque `layer.output` est un tenseur du graphe, donc un endroit où le couper. Gardons l’entrée, et sortons après `hidden_2` : c’est un **extracteur de caractéristiques**.
#
# **Prédisez.** Faut-il entraîner ce nouveau modèle ?
# %% [markdown] lang="en"
# Each `layer.output` is a tensor of the graph, so a place where you can cut it. Keep the input, stop after `hidden_2`: that is a **feature extractor**.
#
# **Predict.** Does this new model need training?
# %% [markdown] lang="zh"
# 每个 `layer.output` 都是图中的一个张量，都可以在那里截断。保留输入，从 `hidden_2` 之后引出，就得到一个**特征提取器**（feature extractor）。
#
# **先预测**：这个新模型还需要训练吗？

# %% alt="Drawing of the extractor: image, hidden_1, hidden_2, and no last layer"
extractor = keras.Model(
    inputs=model.input, outputs=model.get_layer("hidden_2").output, name="extractor"
)
print("same layer:", extractor.get_layer("hidden_2") is model.get_layer("hidden_2"))
plots.model_drawing(extractor)

# %% [markdown] lang="fr"
# Non : ce ne sont pas des copies, ce sont **les mêmes couches**, avec leurs poids appris. Une ligne a suffi.
#
# Voici de quoi répondre à la première demande. Deux images qui se ressemblent *pour le réseau* ont des caractéristiques proches. Prenons la deuxième image de test et cherchons ses neuf plus proches voisines parmi les images d’entraînement.
# %% [markdown] lang="en"
# No: these are not copies but **the very same layers**, with what they have learned. One line was enough.
#
# That answers the first request. Two images that look alike *to the network* have features close to each other. Take the second test image and look for its nine nearest neighbours among the training images.
# %% [markdown] lang="zh"
# 不需要：它们不是副本，就是**原来那些层**，带着学到的权重。一行代码就够了。
#
# 第一个需求就这样解决了。两张图像如果*在网络眼里*相似，它们的特征也就相近。我们取第二张测试图像，在训练集里找出离它最近的九张。

# %% alt="A test digit, followed by the nine training digits whose features are closest"
features_train = extractor.predict(x_train, verbose=0)
features_test = extractor.predict(x_test, verbose=0)
distances = np.linalg.norm(features_train - features_test[1], axis=1)
nearest = np.argsort(distances)[:9]
similar = np.concatenate([digits.x_test[1:2], digits.x_train[nearest]])
plots.images(similar, labels=["?", *y_train[nearest]])

# %% [markdown] lang="fr"
# Un moteur de recherche par ressemblance, tiré d’un modèle qui n’avait appris qu’à nommer. Est-ce solide ? Donnons à chaque image de test l’étiquette de sa plus proche voisine.
# %% [markdown] lang="en"
# A search by likeness, out of a model that had only learned to name digits. Can it be trusted? Let us give each test image the label of its nearest neighbour.
# %% [markdown] lang="zh"
# 一个只学过认数字的模型，竟然能用来“以图搜图”。它可靠吗？我们给每张测试图像直接套用最近邻的标签，看看对不对。

# %%
names = []
for feature in features_test:
    closest = np.linalg.norm(features_train - feature, axis=1).argmin()
    names.append(y_train[closest])
print("nearest neighbour is the same digit >= 0.95:", np.mean(names == y_test) >= 0.95)

# %% [markdown] lang="fr"
# ## 6. Plusieurs sorties
#
# Deuxième demande : où est l’encre ? Calculons la cible, le centre de gravité de l’encre, en pixels depuis le centre de l’image. Deux nombres : ligne et colonne.
# %% [markdown] lang="en"
# ## 6. Several outputs
#
# Second request: where is the ink? Let us compute the target, the centre of gravity of the ink, in pixels from the middle of the image. Two numbers: row and column.
# %% [markdown] lang="zh"
# ## 6. 多个输出
#
# 第二个需求：墨迹在哪里？先算出目标值，也就是墨迹的重心（以图像中心为原点，单位是像素）。一共两个数：行和列。


# %%
def ink_centre(images):
    """(images, 28, 28) -> (images, 2): row and column of the centre of the ink."""
    rows, columns = np.mgrid[0:28, 0:28] - 13.5
    ink = images.sum(axis=(1, 2))
    row = (images * rows).sum(axis=(1, 2)) / ink
    column = (images * columns).sum(axis=(1, 2)) / ink
    return np.stack([row, column], axis=1).astype("float32")


centre_train = ink_centre(digits.x_train)
centre_test = ink_centre(digits.x_test)
print(centre_train.shape, centre_train.dtype)

# %% [markdown] lang="fr"
# Deux façons de rendre deux nombres : une sortie de deux valeurs, ou deux têtes d’une valeur, sur le même tronc.
#
# **Prédisez.** Laquelle a le plus de paramètres ?
# %% [markdown] lang="en"
# There are two ways to give two numbers: one output of two values, or two heads of one value each on the same trunk.
#
# **Predict.** Which has more parameters?
# %% [markdown] lang="zh"
# 给出两个数有两种方式：一个输出含两个值，或者在同一个主干（trunk）上接两个输出头（head），各给一个值。
#
# **先预测**：哪一种参数更多？

# %% alt="Drawing of the locator: one trunk of two dense layers, then two heads, row and column"
image = keras.Input(shape=(784,), name="image")
hidden = layers.Dense(64, activation="relu", name="hidden_1")(image)
trunk = layers.Dense(64, activation="relu", name="hidden_2")(hidden)

one_head = keras.Model(image, layers.Dense(2, name="centre")(trunk), name="one_head")

row = layers.Dense(1, name="row")(trunk)
column = layers.Dense(1, name="column")(trunk)
locator = keras.Model(inputs=image, outputs=[row, column], name="locator")

print(f"one head: {one_head.count_params():,}; two heads: {locator.count_params():,}")
plots.model_drawing(locator)

# %% [markdown] lang="fr"
# **54 530** dans les deux cas : 50 240 + 4 160 pour le tronc, 130 pour les têtes (64 × 2 + 2, ou 2 × (64 + 1)). Remarquez au passage que `one_head` et `locator` partagent leur tronc : il est branché deux fois, il n’existe qu’une fois.
#
# Ce qui change, c’est la liberté : chaque tête peut avoir sa perte, son poids et ses métriques. En **listes**, dans l’ordre des sorties :
# %% [markdown] lang="en"
# **54,530** either way: 50,240 + 4,160 for the trunk and 130 for the heads (64 × 2 + 2, or 2 × (64 + 1)). Notice that `one_head` and `locator` share their trunk: it is connected twice and exists once.
#
# What you gain is freedom: each head can have a loss, a weight and metrics of its own. As **lists**, in the order of the outputs:
# %% [markdown] lang="zh"
# 两种方式都是 **54,530**：主干是 50,240 + 4,160，输出头是 130（64 × 2 + 2，或者两个 64 + 1）。顺便留意一下：`one_head` 和 `locator` 共用同一个主干，它接在两处，实际只有一份。
#
# 不同之处在于自由度：每个输出头都可以有自己的损失、损失权重和指标。可以用**列表**，按输出的顺序给出：

# %% alt="Training curves of the locator: total loss, and mean absolute error of row and column"
locator.compile(optimizer="adam", loss=["mse", "mse"], metrics=[["mae"], ["mae"]])
history = locator.fit(
    x_train,
    [centre_train[:, 0], centre_train[:, 1]],
    epochs=12,
    validation_split=0.1,
    verbose=0,
)
plots.training(history, "loss", "row_mae", "column_mae")

# %% [markdown] lang="fr"
# Chaque sortie a sa courbe, désignée par le nom de sa couche. Le modèle répond-il mieux que quelqu’un qui donnerait toujours la position moyenne ?
# %% [markdown] lang="en"
# Each output has its own curve, named after its layer. Does the model answer better than someone who always gives the average position?
# %% [markdown] lang="zh"
# 每个输出都有自己的曲线，以输出层的名称命名。模型的回答，比“永远报平均位置”强吗？

# %%
results = locator.evaluate(
    x_test, [centre_test[:, 0], centre_test[:, 1]], verbose=0, return_dict=True
)
always_the_mean = np.abs(centre_test - centre_train.mean(axis=0)).mean(axis=0)
print("measured:", sorted(results))
print("row at least twice as close:   ", results["row_mae"] < always_the_mean[0] / 2)
print("column at least twice as close:", results["column_mae"] < always_the_mean[1] / 2)

# %% [markdown] lang="fr"
# > **Vous rencontrerez ceci.** Dans des tutoriels anciens : `metrics=["accuracy"]` avec deux sorties. Keras 3 ne devine plus à quelle sortie vous pensez.
# %% [markdown] lang="en"
# > **You will meet this.** In old tutorials: `metrics=["accuracy"]` with two outputs. Keras 3 no longer guesses which output you have in mind.
# %% [markdown] lang="zh"
# > **你会遇到这种写法**：旧教程里，两个输出的模型会写 `metrics=["accuracy"]`。Keras 3 不再替你猜它指的是哪个输出。

# %%
locator.compile(optimizer="adam", loss=["mse", "mse"], metrics=["mae"])
try:
    locator.fit(x_train[:32], [centre_train[:32, 0], centre_train[:32, 1]], verbose=0)
except ValueError as error:
    print("ValueError about metrics:", "Invalid `metrics`" in str(error))

# %% [markdown] lang="fr"
# Notez que l’erreur vient de `fit`, et non de `compile`. Donnez une métrique par sortie, ou un dictionnaire.
#
# ### Des sorties de nature différente
#
# Le tronc a appris à *nommer*. Sait-il encore *où* est l’encre ? Posons-lui la question : à partir de ses 64 caractéristiques, une tête redit le chiffre (10 probabilités), une autre esquisse l’image en 32 cases, 8 lignes sur 4 colonnes, en disant pour chacune s’il y a de l’encre (32 réponses oui/non).
# %% [markdown] lang="en"
# Note that the error comes from `fit`, not from `compile`. Give one metric per output, or a dictionary.
#
# ### Outputs of different kinds
#
# The trunk has learned to *name*. Does it still know *where* the ink is? Let us ask: from its 64 features, one head names the digit again (10 probabilities), and another sketches the image in 32 cells, 8 rows by 4 columns, saying for each whether there is ink (32 yes-or-no answers).
# %% [markdown] lang="zh"
# 注意，报错的是 `fit`，不是 `compile`。请为每个输出各写一组指标，或者用字典。
#
# ### 不同性质的输出
#
# 这个主干学的是*认数字*。它还记得墨迹*在哪里*吗？问问它就知道了：从它的 64 个特征出发，一个输出头再说一遍是哪个数字（10 个概率），另一个用 8 行 4 列共 32 个格子勾勒图像，逐格回答有没有墨迹（32 个“是或否”）。


# %% alt="Ten digits sketched in 8 by 4 cells, black where there is ink"
def sketch(scans):
    """(scans, 8, 8) -> (scans, 32): is there ink in each of 8 x 4 cells?"""
    cells = scans.reshape(-1, 8, 4, 2).max(axis=3)
    return (cells > 0.5).astype("float32").reshape(-1, 32)


thumbnails = data.thumbnails()
ink_train, ink_test = sketch(thumbnails.x_train), sketch(thumbnails.x_test)
plots.images(ink_test[:10].reshape(-1, 8, 4), labels=y_test[:10])

# %% [markdown] lang="fr"
# Des sorties qui portent un nom se donnent dans un **dictionnaire**. Une question dont les réponses s’excluent prend une softmax ; 32 questions indépendantes prennent 32 sigmoïdes.
#
# **Prédisez.** Combien de paramètres : 64 → 64, puis 64 → 32 et 64 → 10 ?
# %% [markdown] lang="en"
# Outputs that have names go in a **dictionary**. One question whose answers exclude each other takes a softmax; 32 separate questions take 32 sigmoids.
#
# **Predict.** How many parameters: 64 → 64, then 64 → 32 and 64 → 10?
# %% [markdown] lang="zh"
# 有名字的输出可以用**字典**给出。一个问题、答案互斥，用 softmax；32 个互不相干的问题，用 32 个 sigmoid。
#
# **先预测**：64 → 64，再分成 64 → 32 和 64 → 10，一共多少个参数？


# %% alt="Drawing of the heads model: 64 features, a dense trunk, then ink 32 and digit 10"
def two_heads():
    features = keras.Input(shape=(64,), name="features")
    shared = layers.Dense(64, activation="relu", name="shared")(features)
    ink = layers.Dense(32, activation="sigmoid", name="ink")(shared)
    digit = layers.Dense(10, activation="softmax", name="digit")(shared)
    return keras.Model(features, {"ink": ink, "digit": digit}, name="heads")


heads = two_heads()
print(f"{heads.count_params():,} parameters")
plots.model_drawing(heads)

# %% [markdown] lang="fr"
# 4 160 + 2 080 + 650 = **6 890**. Pertes, métriques et cibles prennent les mêmes clés que les sorties. Un dictionnaire se relit mieux qu’une liste, et son ordre ne compte pas.
# %% [markdown] lang="en"
# 4,160 + 2,080 + 650 = **6,890**. Losses, metrics and targets take the same keys as the outputs. A dictionary reads better than a list, and its order does not matter.
# %% [markdown] lang="zh"
# 4,160 + 2,080 + 650 = **6,890**。损失、指标和目标值都用与输出相同的键。字典比列表好读，也不用在意顺序。

# %% alt="Training curves of the two heads: total loss, accuracy of the digit and of the ink"
losses = {"ink": "binary_crossentropy", "digit": "sparse_categorical_crossentropy"}
metrics = {"ink": ["binary_accuracy"], "digit": ["accuracy"]}
targets = {"ink": ink_train, "digit": y_train}

heads.compile(optimizer="adam", loss=losses, metrics=metrics)
history = heads.fit(features_train, targets, epochs=10, validation_split=0.1, verbose=0)
plots.training(history, "loss", "digit_accuracy", "ink_binary_accuracy")

# %% [markdown] lang="fr"
# Le chiffre est presque su d’avance : le tronc a été entraîné pour lui. L’esquisse s’apprend plus lentement. Regardons-la.
# %% [markdown] lang="en"
# The digit is known almost from the start: the trunk was made for it. The sketch comes more slowly. Let us look at it.
# %% [markdown] lang="zh"
# 数字几乎一上来就认得，因为主干正是为它训练的；草图学得慢一些。来看看效果。

# %% alt="Ten sketches by the model: shades of grey that follow the ink of the digits"
answers = heads.predict(features_test, verbose=0)
habit = (ink_train.mean(axis=0) > 0.5) == ink_test
ink_right = (answers["ink"] > 0.5) == ink_test
print("better than each cell's usual value:", ink_right.mean() > habit.mean())
plots.images(answers["ink"][:10].reshape(-1, 8, 4), labels=y_test[:10])

# %% [markdown] lang="fr"
# Une couche entraînée à nommer sait encore dessiner. Vous venez d’interroger un réseau sur ce qu’il a retenu, en quelques lignes.
#
# ### Le poids des pertes
#
# La perte totale est la somme des pertes, chacune multipliée par son poids (`loss_weights`, 1 par défaut). C’est elle, et elle seule, que l’optimiseur fait baisser.
#
# **Prédisez.** Que saura la tête `digit` si son poids est 0 ? Et 0,01 ?
# %% [markdown] lang="en"
# A layer trained to name can still draw. You have just asked a network what it remembers, in a few lines.
#
# ### What loss weights do
#
# The total loss is the sum of the losses, each times its weight (`loss_weights`, 1 by default). That sum, and nothing else, is what the optimizer brings down.
#
# **Predict.** What will the head `digit` know if its weight is 0? And 0.01?
# %% [markdown] lang="zh"
# 为认数字而训练的层，居然还能“画”出来。只用几行代码，你就问出了网络记住了什么。
#
# ### 损失权重的作用
#
# 总损失是各个损失乘以各自的权重再相加（`loss_weights`，默认都是 1）。优化器要降低的就是这个总和，别的一概不管。
#
# **先预测**：如果 `digit` 的损失权重是 0，这个输出头能学会什么？如果是 0.01 呢？

# %% alt="Accuracy of the digit head: fast with weight 1, slower with 0.01, at chance with 0"
accuracies = {"digit: 1": history.history["val_digit_accuracy"]}
truth = {"ink": ink_test, "digit": y_test}
first_scores = heads.evaluate(features_test, truth, verbose=0, return_dict=True)
scores = {"digit: 1": first_scores}
for weight in (0.01, 0):
    candidate = two_heads()
    candidate.compile(
        optimizer="adam",
        loss=losses,
        loss_weights={"ink": 1, "digit": weight},
        metrics=metrics,
    )
    run = candidate.fit(
        features_train, targets, epochs=10, validation_split=0.1, verbose=0
    )
    label = f"digit: {weight}"
    accuracies[label] = run.history["val_digit_accuracy"]
    scores[label] = candidate.evaluate(
        features_test, truth, verbose=0, return_dict=True
    )
plots.curves(accuracies, title=_("digit: accuracy in validation, by loss weight"))

# %%
for label, result in scores.items():
    digit_learned = result["digit_accuracy"] >= 0.9
    ink_learned = result["ink_binary_accuracy"] > habit.mean()
    print(f"{label:11} digit learned {digit_learned}, ink learned {ink_learned}")

# %% [markdown] lang="fr"
# Avec 1, les deux têtes apprennent. Avec 0,01, le chiffre vient aussi, mais plus tard. Avec 0, la tête `digit` n’apprend rien et répond n’importe quoi : personne ne lui a dit quand elle se trompait. Les poids servent surtout à mettre des pertes d’échelles différentes (des pixels au carré, des probabilités) à égalité.
#
# ## 7. Plusieurs entrées
#
# Troisième demande : un second capteur. Chacun voit la moitié du scan d’origine, de 8 × 8 pixels, soit 4 × 8 = 32 pixels. Question : laquelle des deux moitiés porte le plus d’encre ?
# %% [markdown] lang="en"
# With 1, both heads learn. With 0.01 the digit comes too, but later. With 0, the head `digit` learns nothing, and its answers mean nothing: nobody told it when it was wrong. Weights serve mostly to put losses of different scales (squared pixels, probabilities) on an equal footing.
#
# ## 7. Several inputs
#
# Third request: a second sensor. Each sees half of the original scan of 8 × 8 pixels, so 4 × 8 = 32 pixels. The question: which of the two halves has more ink?
# %% [markdown] lang="zh"
# 损失权重为 1 时，两个输出头都学会了；0.01 时数字也能学会，只是慢一些；0 时 `digit` 什么也没学到，只会乱答，因为没有人告诉它错在哪里。实际工作中，损失权重主要用来平衡量级不同的损失（比如一个按像素的平方计，一个由概率算出）。
#
# ## 7. 多个输入
#
# 第三个需求：多了一个传感器。两个传感器各看半张 8 × 8 的原始扫描图，各有 4 × 8 = 32 个像素。问题是：上下两半，哪一半墨迹更多？


# %%
def halves(scans):
    """(scans, 8, 8) -> two arrays (scans, 32): the top half and the bottom half."""
    return scans[:, :4].reshape(-1, 32), scans[:, 4:].reshape(-1, 32)


top_train, bottom_train = halves(thumbnails.x_train)
top_test, bottom_test = halves(thumbnails.x_test)
heavier_train = top_train.sum(axis=1) > bottom_train.sum(axis=1)
heavier_test = top_test.sum(axis=1) > bottom_test.sum(axis=1)
print(top_train.shape, bottom_train.shape, heavier_train.shape)

# %% [markdown] lang="fr"
# Deux `Input`, une concaténation, une seule unité.
#
# **Prédisez.** Combien de paramètres ? Et à quoi ressemblera le dessin ?
# %% [markdown] lang="en"
# Two `Input`s, a concatenation, a single unit.
#
# **Predict.** How many parameters? And what will the drawing look like?
# %% [markdown] lang="zh"
# 两个 `Input`，一次拼接，一个单元。
#
# **先预测**：有多少个参数？画出来会是什么样子？

# %%
top = keras.Input(shape=(32,), name="top")
bottom = keras.Input(shape=(32,), name="bottom")
both = layers.Concatenate(name="both")([top, bottom])
heavier = layers.Dense(1, activation="sigmoid", name="heavier")(both)
balance = keras.Model([top, bottom], {"heavier": heavier}, name="balance")
balance.summary()

# %% alt="Drawing of the balance: two inputs of 32, concatenated into 64, then one dense unit"
plots.model_drawing(balance)

# %% [markdown] lang="fr"
# 32 + 32 poids et un biais : **65**. Le résumé a gagné une colonne, « Connected to », parce que le graphe n’est plus une simple chaîne. Une liste de données suit l’ordre des entrées :
# %% [markdown] lang="en"
# 32 + 32 weights and one bias: **65**. The summary has gained a column, “Connected to”, because the graph is no longer a simple chain. A list of data follows the order of the inputs:
# %% [markdown] lang="zh"
# 32 + 32 个权重加一个偏置，共 **65** 个。`summary` 的表格多了一列“Connected to”，因为这张图不再是一条单链。用列表传入数据时，顺序与输入一致：

# %% alt="Training curves of the balance: the loss falls, the accuracy rises above 0.9"
balance.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.05),
    loss={"heavier": "binary_crossentropy"},
    metrics={"heavier": ["accuracy"]},
)
history = balance.fit(
    [top_train, bottom_train],
    {"heavier": heavier_train},
    epochs=15,
    validation_split=0.1,
    verbose=0,
)
plots.training(history, "loss", "accuracy")

# %% [markdown] lang="fr"
# **Prédisez.** Posez ses 64 poids sur le scan, chacun sur le pixel qu’il multiplie. Que verrez-vous ?
# %% [markdown] lang="en"
# **Predict.** Lay its 64 weights over the scan, each on the pixel that it looks at. What will you see?
# %% [markdown] lang="zh"
# **先预测**：把它的 64 个权重放回扫描图上各自对应的位置，你会看到什么？

# %% alt="The 64 weights as 8 by 8 cells: mostly plus in the top half, minus in the bottom half"
learned = balance.get_layer("heavier").kernel.numpy().reshape(1, 8, 8)
above, below = learned[0, :4].mean(), learned[0, 4:].mean()
print("top counts for, bottom against:", above > 0 > below)
plots.weights(learned)

# %% [markdown] lang="fr"
# Une balance : la moitié du haut pèse d’un côté, celle du bas de l’autre. Personne ne le lui a dit.
#
# ### Les trois façons de donner les données
#
# Listes, dictionnaires au nom des entrées, ou flux `tf.data` dont chaque élément est un couple de dictionnaires.
#
# **Prédisez.** Dans le dictionnaire, `bottom` vient en premier. Est-ce grave ?
# %% [markdown] lang="en"
# A pair of scales: the top half pulls one way, the bottom half the other. Nobody told it to.
#
# ### Three ways to give data
#
# Lists, dictionaries by input name, or a `tf.data.Dataset` whose elements are pairs of dictionaries.
#
# **Predict.** In the dictionary, `bottom` comes first. Does it matter?
# %% [markdown] lang="zh"
# 就像一架天平：上半部分往一边压，下半部分往另一边压。没有人教过它。
#
# ### 传入数据的三种方式
#
# 列表、以输入名为键的字典，或者 `tf.data`（每个元素是一对字典：输入和目标值）。
#
# **先预测**：字典里 `bottom` 写在前面，有影响吗？

# %%
inputs = {"bottom": bottom_test, "top": top_test}
outputs = {"heavier": heavier_test}
stream = tf.data.Dataset.from_tensor_slices((inputs, outputs)).batch(32)

by_list = balance.evaluate([top_test, bottom_test], outputs, verbose=0)
by_name = balance.evaluate(inputs, outputs, verbose=0)
by_stream = balance.evaluate(stream, verbose=0)
print("accuracy >= 0.90:", by_list[1] >= 0.9)
print("same result:", np.allclose(by_list, by_name) and np.allclose(by_list, by_stream))

# %% [markdown] lang="fr"
# Même résultat : les noms font foi. Attention toutefois, une clé de trop dans les entrées (`"botom"`, par faute de frappe, *à côté* de la bonne) est ignorée en silence.
#
# ## 8. Les modèles s’appellent comme des couches
#
# Un modèle est lui-même une couche : on peut l’appeler sur un tenseur. Greffons donc les deux têtes sur l’extracteur. Le résultat lit une page et rend le chiffre et l’esquisse.
#
# **Prédisez.** Combien de *nouveaux* poids ?
# %% [markdown] lang="en"
# Same result: names decide. Beware, though: an extra key among the inputs (`"botom"`, a typo, *beside* the right one) is silently ignored.
#
# ## 8. Models are called like layers
#
# A model is itself a layer: you can call it on a tensor. So let us graft the two heads onto the extractor. The result reads a page and gives both digit and sketch.
#
# **Predict.** How many *new* weights?
# %% [markdown] lang="zh"
# 结果相同：以名字为准。不过要小心，输入字典里多出来的键（比如拼错的 `"botom"`，而正确的键*也在*）会被悄悄忽略。
#
# ## 8. 模型可以像层一样调用
#
# 模型本身也是层，可以作用在张量上。那就把两个输出头嫁接到特征提取器上：新模型读入一张扫描图（`page`），同时给出数字和草图。
#
# **先预测**：会多出多少*新的*权重？

# %% alt="Drawing of the reader with its inner models open: the extractor, then the two heads"
page = keras.Input(shape=(784,), name="page")
reader = keras.Model(page, heads(extractor(page)), name="reader")
print(f"{extractor.count_params():,} + {heads.count_params():,}", end=" = ")
print(f"{reader.count_params():,} parameters")
plots.model_drawing(reader, nested=True)

# %%
answers = reader.predict(x_test, verbose=0)
in_two_steps = heads.predict(features_test, verbose=0)
print("same digits:", np.allclose(answers["digit"], in_two_steps["digit"], atol=1e-5))
print("same sketch:", np.allclose(answers["ink"], in_two_steps["ink"], atol=1e-5))
shared_kernel = reader.get_layer("extractor").get_layer("hidden_1").kernel
print("kernel shared with the first model:", shared_kernel is hidden_1.kernel)

# %% [markdown] lang="fr"
# Aucun nouveau poids. Appeler un modèle réutilise son architecture **et** ses poids : entraînez `reader`, et `model` change avec lui, puisque leurs couches sont partagées. Les trois demandes sont satisfaites, et le premier entraînement n’a jamais été refait.
#
# ## 9. Enregistrer, et reprendre
#
# **Prédisez.** Pour que l’entraînement reprenne demain *comme s’il ne s’était jamais arrêté*, que doit contenir le fichier, en plus des poids ?
# %% [markdown] lang="en"
# Not one. Calling a model reuses its architecture **and** its weights: train `reader`, and `model` changes along with it, since their layers are shared. The three requests are met, and the first training never had to be done again.
#
# ## 9. Save, and resume
#
# **Predict.** For training to resume tomorrow *as if it had never stopped*, what must the file hold besides the weights?
# %% [markdown] lang="zh"
# 一个也没有。调用模型，就是复用它的结构**和**权重：训练 `reader`，`model` 也会跟着变，因为它们的层是共享的。三个需求都满足了，而最初的训练一次也没有重做。
#
# ## 9. 保存，再接着训练
#
# **先预测**：要让明天的训练*像从没中断过一样*接下去，文件里除了权重，还得有什么？

# %%
model.save(workshop / "digits.keras")
print(zipfile.ZipFile(workshop / "digits.keras").namelist())

reloaded = keras.models.load_model(workshop / "digits.keras")
same = np.allclose(reloaded.predict(x_test, verbose=0), probabilities, atol=1e-6)
steps = int(reloaded.optimizer.iterations)
print("same predictions:", same)
print("loss:", reloaded.loss)
print("optimizer:", type(reloaded.optimizer).__name__, "after", steps, "steps")

# %% [markdown] lang="fr"
# Un fichier `.keras` est une archive : l’architecture et les réglages de `compile` (`config.json`), les poids **et l’état de l’optimiseur** (`model.weights.h5`). 20 époques de 81 lots font bien 1 620 pas. À quoi sert cet état ? Faisons l’expérience : quatre époques d’une traite, contre deux, un enregistrement, puis deux. Et un témoin qui ne reprend que les poids, avec un Adam tout neuf.
#
# **Prédisez.** Lequel des deux finit exactement comme celui qui ne s’est pas arrêté ?
# %% [markdown] lang="en"
# A `.keras` file is an archive: the architecture and the settings of `compile` (`config.json`), the weights **and the state of the optimizer** (`model.weights.h5`). 20 epochs of 81 batches do make 1,620 steps. What is that state good for? Let us try: four epochs in one go, against two, a save, then two more. And a control that takes over only the weights, with a brand-new Adam.
#
# **Predict.** Which of the two ends exactly like the one that never stopped?
# %% [markdown] lang="zh"
# `.keras` 文件是一个压缩包：模型结构和 `compile` 的设置（`config.json`），以及权重**和优化器状态**（`model.weights.h5`）。20 个轮次，每个轮次 81 个批次，正好 1,620 步。优化器状态有什么用？做个实验：一种是一口气训练四个轮次；一种是训练两个轮次、保存、再训练两个；另外再加一个对照，只沿用权重，Adam 是全新的。
#
# **先预测**：后两个之中，哪一个的结果和“从没停过”的完全一样？


# %%
def train(candidate, epochs):
    candidate.fit(x_train, y_train, epochs=epochs, shuffle=False, verbose=0)
    return candidate


def compiled(weights):
    candidate = keras.models.clone_model(model)
    candidate.set_weights(weights)
    candidate.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return candidate


def distance(one, other):
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return max(np.abs(a - b).max() for a, b in pairs)


start = keras.models.clone_model(model).get_weights()
never_stopped = train(compiled(start), epochs=4)

train(compiled(start), epochs=2).save(workshop / "halfway.keras")
resumed = train(keras.models.load_model(workshop / "halfway.keras"), epochs=2)

halfway = keras.models.load_model(workshop / "halfway.keras")
weights_only = train(compiled(halfway.get_weights()), epochs=2)

print("resumed, same weights:     ", distance(resumed, never_stopped) < 1e-4)
print("weights only, same weights:", distance(weights_only, never_stopped) < 1e-4)

# %% [markdown] lang="fr"
# Le *gradient* d’un poids dit à quelle vitesse la perte augmente quand ce poids augmente un peu. Adam garde pour chaque poids une mémoire des gradients passés. Sans elle, on repart des mêmes poids, mais on n’avance plus du même pas.
#
# > **Vous rencontrerez ceci.** `model.save("digits.h5")` : l’ancien format. Keras sait encore l’écrire, et prévient. Le relire est une autre affaire.
# %% [markdown] lang="en"
# The *gradient* of a weight says how fast the loss grows if that weight grows a little. Adam keeps, for each weight, a memory of past gradients. Without it you start again from the same weights, but you no longer take the same steps.
#
# > **You will meet this.** `model.save("digits.h5")`: the old format. Keras can still write it, with a warning. Reading it back is another matter.
# %% [markdown] lang="zh"
# 每个权重都有自己的*梯度*（gradient）：它变一点点，损失会跟着变多少。Adam 一路记着过去的梯度；丢了这份记忆，虽然从同样的权重出发，步子却不一样了。
#
# > **你会遇到这种写法**：`model.save("digits.h5")`，这是旧格式。Keras 还能写，但会警告。至于读回来，就是另一回事了。

# %%
#: The warning is long, so it is left out here.
logging.getLogger("absl").setLevel(logging.ERROR)
locator.compile(optimizer="adam", loss="mse")
locator.save(workshop / "locator.h5")
try:
    keras.models.load_model(workshop / "locator.h5")
except ValueError as error:
    print("ValueError:", str(error).split(" because")[0])

# %% [markdown] lang="fr"
# Si vous héritez d’un tel fichier, `load_model(..., compile=False)` relit l’architecture et les poids ; recompilez, puis enregistrez en `.keras`.
#
# L’autre ancien format, SavedModel, est devenu un format de *livraison* : `export` l’écrit pour un serveur ; il calcule, mais ne redevient pas un modèle Keras.
# %% [markdown] lang="en"
# If you inherit such a file, `load_model(..., compile=False)` reads architecture and weights; compile again, then save as `.keras`.
#
# The other old format, SavedModel, has become a format for *deployment*: `export` writes it for a server; it computes, but does not turn back into a Keras model.
# %% [markdown] lang="zh"
# 如果接手了这样的文件，可以用 `load_model(..., compile=False)` 读出结构和权重，重新编译，再存成 `.keras`。
#
# 另一种旧格式 SavedModel 现在只用于*部署*：`export` 按这种格式导出，供服务器使用；它能计算，但变不回 Keras 模型。

# %%
model.export(workshop / "served", verbose=False)
served = tf.saved_model.load(workshop / "served")
same = np.allclose(served.serve(x_test), probabilities, atol=1e-5)
print("served model answers the same:", same)
try:
    keras.models.load_model(workshop / "served")
except ValueError as error:
    print("ValueError:", str(error).split(":")[0])

# %% [markdown] lang="fr"
# Dernier point : nos modèles se rechargent **sans leur code**, car leur architecture est une donnée. Une classe à vous, elle, n’est pas dans le fichier.
# %% [markdown] lang="en"
# One last point: our models load **without their code**, since their architecture is data. A class of your own is not in the file.
# %% [markdown] lang="zh"
# 最后一点：我们的模型**不需要原来的代码**就能加载，因为结构就是数据。但你自己写的类并不在文件里。


# %%
class Negative(layers.Layer):
    def call(self, image):
        return 1 - image


flipped = keras.Model(image, Negative(name="negative")(image), name="flipped")
flipped.save(workshop / "flipped.keras")
try:
    keras.models.load_model(workshop / "flipped.keras")
except TypeError as error:
    print("TypeError, class not found:", "Could not locate class" in str(error))

known = {"Negative": Negative}
flipped = keras.models.load_model(workshop / "flipped.keras", custom_objects=known)
print("with its class:", flipped.name)

# %% [markdown] lang="fr"
# Le fichier ne retient que le nom de la classe : à vous de la fournir, par `custom_objects` ou en l’enregistrant auprès de Keras. L’unité sur les couches personnalisées y est consacrée.
#
# ## 10. Copier et réécrire un graphe
#
# `clone_model` copie l’architecture. **Prédisez.** Le clone donne-t-il les mêmes réponses ? Et après `set_weights` ?
# %% [markdown] lang="en"
# The file remembers only the name of the class: it is up to you to supply it, through `custom_objects` or by registering it with Keras. The unit on custom layers is all about that.
#
# ## 10. Copy a graph, rewrite a graph
#
# `clone_model` copies the architecture. **Predict.** Does the clone give the same answers? And after `set_weights`?
# %% [markdown] lang="zh"
# 文件里只记着类的名字，类本身要由你提供：要么用 `custom_objects`，要么向 Keras 注册。自定义层那个单元会专门讲。
#
# ## 10. 复制图，改写图
#
# `clone_model` 复制的是结构。**先预测**：克隆出来的模型，回答和原来一样吗？执行 `set_weights` 之后呢？

# %%
clone = keras.models.clone_model(model)
before = np.allclose(clone.predict(x_test, verbose=0), probabilities, atol=1e-5)
clone.set_weights(model.get_weights())
after = np.allclose(clone.predict(x_test, verbose=0), probabilities, atol=1e-5)
print("same answers before:", before, "and after:", after)

# %% [markdown] lang="fr"
# Non, puis oui : le clone a l’architecture, mais des poids tirés de nouveau au hasard. Sous le capot, un simple dictionnaire, que l’on peut lire, écrire en JSON, transmettre.
# %% [markdown] lang="en"
# No, then yes: the clone has the architecture, but weights drawn anew. Underneath lies a plain dictionary, which you can read, write as JSON, send to someone.
# %% [markdown] lang="zh"
# 先是不一样，后来一样：克隆得到的只有结构，权重是重新随机抽取的。说到底，图的描述只是一个普通的字典，可以查看、存成 JSON、发给别人。

# %%
config = model.get_config()
for entry in config["layers"]:
    settings = entry["config"]
    print(entry["class_name"], settings["name"], settings.get("units", ""))

rebuilt = keras.Model.from_config(config)
from_text = keras.models.model_from_json(model.to_json())
print(f"{rebuilt.count_params():,} and {from_text.count_params():,} parameters")

# %% [markdown] lang="fr"
# Et puisque c’est une donnée, on peut la **transformer** en la copiant. Remplaçons chaque ReLU par une tangente hyperbolique, sans toucher au code qui a construit le modèle :
# %% [markdown] lang="en"
# And since it is data, it can be **transformed** while it is copied. Let us replace each ReLU by a hyperbolic tangent, without touching the code that built the model:
# %% [markdown] lang="zh"
# 既然是数据，就能在复制时**改写**。下面把每个 ReLU 换成双曲正切（tanh），构建模型的代码一行不动：


# %%
def with_tanh(layer):
    config = layer.get_config()
    if config.get("activation") == "relu":
        config["activation"] = "tanh"
    return type(layer).from_config(config)


variant = keras.models.clone_model(model, clone_function=with_tanh)
print([layer.activation.__name__ for layer in variant.layers[1:]])

# %% [markdown] lang="fr"
# ## 11. Ce qu’un graphe vous donne, et ce qu’il ne peut pas
#
# Ses forces, vous les avez vues : peu à écrire ; dessinable, enregistrable sans code, clonable, découpable. Et vérifié *pendant* qu’on l’écrit :
# %% [markdown] lang="en"
# ## 11. What a graph gives you, and what it cannot
#
# You have seen its strengths: little to write; it can be drawn, saved without code, cloned, cut. And it is checked *while* you write it:
# %% [markdown] lang="zh"
# ## 11. 图的长处和短处
#
# 它的长处你已经见过了：写得少，可以画、可以克隆、可以截取，保存时不依赖代码。而且*边写边检查*：

# %%
try:
    layers.Add(name="sum")([keras.Input((64,), name="a"), keras.Input((32,), name="b")])
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# Pas une donnée n’a circulé, et l’erreur nomme déjà les deux formes. Une sous-classe ne se serait plainte qu’au premier lot.
#
# Ses faiblesses tiennent à sa nature : le dessin est fixé *avant* les données. Un `if` qui dépend d’une valeur n’a pas de sens, car il n’y a pas encore de valeur.
# %% [markdown] lang="en"
# Not one number has flowed, and the error already names both shapes. A subclass would have complained only at the first batch.
#
# Its weaknesses come from its nature: the drawing is fixed *before* the data. An `if` on a value makes no sense, for there is no value yet.
# %% [markdown] lang="zh"
# 还没有任何数据流过，报错就已经指明了两个形状。换成子类，要等到第一个批次才会发现问题。
#
# 它的短处也源于此：图在数据到来*之前*就定好了。根据数值来写 `if` 是没有意义的，因为这时还没有数值。

# %%
try:
    if image[0, 0] > 0.5:
        print("dark corner")
except TypeError as error:
    print("TypeError:", error)

# %% [markdown] lang="fr"
# De même, une fonction `tf.*` ne comprend pas un tenseur symbolique ; son équivalent dans `keras.ops`, si.
# %% [markdown] lang="en"
# Likewise, a `tf.*` function does not understand a symbolic tensor; its counterpart in `keras.ops` does.
# %% [markdown] lang="zh"
# 同样，`tf.*` 函数不认识符号张量，而 `keras.ops` 里对应的函数认识。

# %%
try:
    tf.reduce_sum(image, axis=1)
except ValueError as error:
    print("ValueError:", str(error).split(".")[0])

print("keras.ops.sum:", keras.ops.sum(image, axis=1).shape)

# %% [markdown] lang="fr"
# Un calcul récursif sur des arbres, une boucle dont la longueur dépend des données : là, aucun graphe statique ne convient, et il faut parfois tout écrire soi-même. C’est le terrain des sous-classes.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | une entrée | `keras.Input(shape=(784,), name="image")`, sans la taille du lot |
# | brancher une couche | `layers.Dense(64, name="hidden")(tensor)` |
# | un modèle | `keras.Model(inputs, outputs, name="digits")` |
# | plusieurs sorties nommées | `outputs={"ink": ink, "digit": digit}` |
# | une perte par sortie | `loss={"ink": ..., "digit": ...}`, `loss_weights={...}` |
# | des métriques par sortie | `metrics={"ink": [...], "digit": [...]}` |
# | couper un modèle | `keras.Model(model.input, model.get_layer("hidden_2").output)` |
# | greffer deux modèles | `heads(extractor(page))` |
# | tout enregistrer, puis reprendre | `model.save("digits.keras")`, `keras.models.load_model(...)` |
# | copier l’architecture | `keras.models.clone_model(model)`, puis `set_weights` |
#
# - Un tenseur symbolique promet une forme et un type ; il ne contient rien.
# - Appeler une couche ou un modèle une seconde fois **partage** ses poids.
# - Un fichier `.keras` garde aussi l’optimiseur : l’entraînement reprend où il s’était arrêté.
# - Un graphe est fixé avant les données : c’est sa force et sa limite.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions qui reprennent cette leçon, chacune vérifiée couche par couche.
# - La documentation de Keras (en anglais) : [l’API fonctionnelle](https://keras.io/guides/functional_api/), [l’enregistrement](https://keras.io/guides/serialization_and_saving/).
# - Couches partagées, connexions résiduelles, autoencodeurs : c’est là que l’idée de graphe donne toute sa mesure. Ce sont les unités suivantes.
# %% [markdown] lang="en"
# A recursion over trees, a loop whose length depends on the data: no static graph will do there, and sometimes you must write everything yourself. That is where subclasses come in.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | an input | `keras.Input(shape=(784,), name="image")`, without the batch size |
# | to connect a layer | `layers.Dense(64, name="hidden")(tensor)` |
# | a model | `keras.Model(inputs, outputs, name="digits")` |
# | several outputs by name | `outputs={"ink": ink, "digit": digit}` |
# | a loss per output | `loss={"ink": ..., "digit": ...}`, `loss_weights={...}` |
# | metrics per output | `metrics={"ink": [...], "digit": [...]}` |
# | to cut a model | `keras.Model(model.input, model.get_layer("hidden_2").output)` |
# | to graft two models | `heads(extractor(page))` |
# | to save everything, then resume | `model.save("digits.keras")`, `keras.models.load_model(...)` |
# | to copy the architecture | `keras.models.clone_model(model)`, then `set_weights` |
#
# - A symbolic tensor promises a shape and a dtype; it holds nothing.
# - Calling a layer or a model a second time **shares** its weights.
# - A `.keras` file keeps the optimizer too: training resumes where it stopped.
# - A graph is fixed before the data: that is its strength and its limit.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions that follow this lesson, each checked layer by layer.
# - Keras’s own guides: [the functional API](https://keras.io/guides/functional_api/), [saving](https://keras.io/guides/serialization_and_saving/).
# - Where the idea of a graph pays off most: shared layers, residual connections, autoencoders. They are the units to come.
# %% [markdown] lang="zh"
# 在树上递归，循环次数取决于数据：这类计算，静态图写不出来；也有时候，你就是想亲手写下每一步。这些都是子类化的用武之地。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 定义输入 | `keras.Input(shape=(784,), name="image")`，不写批次大小 |
# | 接入一层 | `layers.Dense(64, name="hidden")(tensor)` |
# | 组成模型 | `keras.Model(inputs, outputs, name="digits")` |
# | 多个有名字的输出 | `outputs={"ink": ink, "digit": digit}` |
# | 每个输出一个损失 | `loss={"ink": ..., "digit": ...}`，`loss_weights={...}` |
# | 每个输出各有指标 | `metrics={"ink": [...], "digit": [...]}` |
# | 截取模型的一段 | `keras.Model(model.input, model.get_layer("hidden_2").output)` |
# | 嫁接两个模型 | `heads(extractor(page))` |
# | 完整保存，接着训练 | `model.save("digits.keras")`，`keras.models.load_model(...)` |
# | 复制结构 | `keras.models.clone_model(model)`，再 `set_weights` |
#
# - 符号张量只约定形状和类型，里面没有数据。
# - 第二次调用同一个层或模型，就是**共享**它的权重。
# - `.keras` 文件连优化器状态也一起保存，训练可以从中断处继续。
# - 图在数据到来之前就已确定：这是它的长处，也是它的局限。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，顺序与本课一致，逐层检查。
# - Keras 官方指南（英文）：[函数式 API](https://keras.io/guides/functional_api/)、[保存与加载](https://keras.io/guides/serialization_and_saving/)。
# - 图的思想在共享层、残差连接、自编码器里最见威力，后面的单元会一一讲到。
