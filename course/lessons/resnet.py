"""Unit 06, lesson: layers that are skipped. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Connexions résiduelles
#
# Votre réseau lit les chiffres sur papier blanc. Il doit maintenant lire des numéros de rue, photographiés au crépuscule, en couleurs. Le problème est plus difficile : vous ajoutez donc des couches. Quatre de plus, puis dix… et tout empire, **même sur les images d’entraînement**. Comment un réseau plus grand peut-il apprendre *moins* ?
#
# Le remède tient en un signe : `+`. Un chemin contourne les couches et les rejoint plus loin. Une pile ne sait pas le faire ; un graphe, si.
#
# **À la fin de cette leçon, vous saurez :**
#
# - mesurer ce qui cloche dans une pile trop profonde ;
# - construire un **bloc résiduel**, et dire pourquoi il aide ;
# - additionner deux branches de formes différentes, grâce à une **projection** ;
# - assembler, dessiner et entraîner un petit ResNet ;
# - dire ce que font `BatchNormalization` et `Dropout` dans un tel réseau, en entraînement puis en inférence.
#
# Comptez 35 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Residual connections
#
# Your network reads digits on white paper. Now it must read house numbers, photographed at dusk, in colour. That is harder, so you add layers. Four more, then ten… and everything gets worse, **even on the training images**. How can a larger network learn *less*?
#
# The remedy is a single sign: `+`. One path goes around the layers and joins them again further on. A stack cannot do that; a graph can.
#
# **By the end of this lesson you will be able to:**
#
# - measure what is wrong with a stack that is too deep;
# - build a **residual block**, and say why it helps;
# - add two branches of different shapes, with a **projection**;
# - assemble, draw and train a small ResNet;
# - say what `BatchNormalization` and `Dropout` do in such a network, in training and in inference.
#
# Allow 35 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 残差连接
#
# 你的网络能认白纸上的数字了。现在要认的是黄昏时拍下的彩色门牌号。任务更难，于是你往上加层：先加四层，再加十层……结果反而更差，**连训练图像都学不好**。网络变大了，怎么会学得*更少*？
#
# 药方只有一个符号：`+`。让一条路绕过几层，到后面再汇合。堆叠模型做不到，图可以。
#
# **学完本课，你将能够：**
#
# - 量出过深的堆叠究竟哪里出了问题；
# - 搭建**残差块**（residual block），并说清它为什么管用；
# - 用**投影**（projection）把形状不同的两路相加；
# - 组装、画出并训练一个小型 ResNet；
# - 说出 `BatchNormalization` 和 `Dropout` 在这种网络里，训练时和推理时各做什么。
#
# 阅读大约需要 35 分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import keras
import numpy as np
import tensorflow as tf
from course import data, plots
from keras import layers

keras.utils.set_random_seed(1)

# %% [markdown] lang="fr"
# ## 1. Des numéros au crépuscule
#
# Nos 1 797 chiffres manuscrits, à l’encre claire, sur des morceaux de deux photographies livrées avec scikit-learn : rien à télécharger.
# %% [markdown] lang="en"
# ## 1. Numbers at dusk
#
# Our 1,797 handwritten digits, in light ink, over pieces of two photographs that come with scikit-learn: nothing to download.
# %% [markdown] lang="zh"
# ## 1. 黄昏时的门牌号
#
# 还是那 1,797 个手写数字，这次用浅色墨迹叠在两张照片的碎块上；照片随 scikit-learn 一起提供，无须下载。

# %% alt="Twenty digits in light colours over pieces of photographs: leaves, sky, petals, a roof"
pictures = data.load("colour digits")
print("training:", pictures.x_train.shape, pictures.x_train.dtype)
print("test:    ", pictures.x_test.shape)
plots.images(pictures.x_train[:20], labels=pictures.y_train[:20])

# %% [markdown] lang="fr"
# 32 × 32 pixels et trois couleurs : le format de CIFAR-10. Pour ce grand jeu (170 Mo à télécharger), un seul argument change : `data.load("CIFAR-10")`. Tout le reste s’exécute tel quel ; seules les exactitudes annoncées plus bas ne seront plus les mêmes.
#
# Un même chiffre peut être sous un lampadaire ou dans l’ombre. Ramenons chaque image à une moyenne de 0 et un écart type de 1 : la lumière ne compte plus, le dessin reste.
# %% [markdown] lang="en"
# 32 × 32 pixels and three colours: the format of CIFAR-10. For that large set (a download of 170 MB), one argument changes: `data.load("CIFAR-10")`. All the rest runs as it is; only the accuracies claimed below will no longer be the same.
#
# The same digit may stand under a street lamp or in the shade. Let us bring each image to mean 0 and standard deviation 1: the light no longer counts, the drawing remains.
# %% [markdown] lang="zh"
# 32 × 32 像素，三种颜色：这正是 CIFAR-10 的格式。想用那个大数据集（要下载 170 MB），只改一个参数：`data.load("CIFAR-10")`。其余代码照常运行，只是下文给出的准确率会有所不同。
#
# 同一个数字，可能在路灯下，也可能在阴影里。我们把每张图像调整到均值 0、标准差 1：明暗不再有影响，图案还在。


# %%
def even_light(images):
    """Each image at mean 0 and standard deviation 1."""
    mean = images.mean(axis=(1, 2, 3), keepdims=True)
    return (images - mean) / images.std(axis=(1, 2, 3), keepdims=True)


x_train, y_train = even_light(pictures.x_train[:400]), pictures.y_train[:400]
x_test, y_test = even_light(pictures.x_test), pictures.y_test
print("means at 0:", np.allclose(x_train.mean(axis=(1, 2, 3)), 0, atol=1e-4))

# %% [markdown] lang="fr"
# Nous nous contenterons de quatre cents images : sans carte graphique, les convolutions sont lentes.
#
# ## 2. Trop profond pour apprendre
#
# Pour observer le mal, prenons plus léger : les mêmes chiffres en 8 × 8 pixels et en gris, soit 64 nombres, et **seize étapes** de 32 unités, l’une derrière l’autre. La fonction `assemble` les relie ; retenez sa boucle, nous y reviendrons.
# %% [markdown] lang="en"
# Four hundred images will have to do: convolutions are slow without a graphics card.
#
# ## 2. Too deep to learn
#
# To watch things go wrong, let us take something lighter: the same digits in grey, 8 × 8 pixels, that is 64 numbers, and **sixteen steps**, one after another, each a dense layer of 32 units and a ReLU (these are not steps of training). The function `assemble` connects them; remember its loop, we shall come back to it.
# %% [markdown] lang="zh"
# 这里只用四百张：没有显卡时，卷积算得慢。
#
# ## 2. 深得学不动
#
# 为了看清毛病，先用轻一点的材料：同样的数字，8 × 8 像素的灰度图，共 64 个数；后面依次接**十六步**，每一步是一个 32 个单元的全连接层加 ReLU（和训练的“步”不是一回事）。函数 `assemble` 负责把它们接起来；记住里面的循环，后面还要用到。

# %%
small = data.thumbnails()
scans_train, scans_test = small.x_train.reshape(-1, 64), small.x_test.reshape(-1, 64)
DEPTH = 16


def make_step(number, normalised=False):
    """Dense 32 and ReLU; with a normalisation between the two if ``normalised``."""
    inside = [layers.Dense(32)]
    if normalised:
        inside.append(layers.BatchNormalization(momentum=0.9))
    return keras.Sequential([*inside, layers.ReLU()], name=f"step_{number}")


def make_parts(depth=DEPTH, normalised=False):
    steps = [make_step(number + 1, normalised) for number in range(depth)]
    start = layers.Dense(32, activation="relu", name="start")
    return start, steps, layers.Dense(10, activation="softmax", name="digit")


def assemble(parts, skip, name):
    start, steps, digit = parts
    pixels = keras.Input(shape=(64,), name="pixels")
    x = start(pixels)
    for step in steps:
        x = layers.add([x, step(x)]) if skip else step(x)
    return keras.Model(pixels, digit(x), name=name)


plain = assemble(make_parts(), skip=False, name="plain")
print(f"{len(plain.layers)} layers, {plain.count_params():,} parameters")

# %% [markdown] lang="fr"
# Rien d’énorme. Que reçoit chaque étape pour apprendre ? Calculons le gradient de la perte par rapport à ses poids, avant tout entraînement, et mesurons sa longueur (sa *norme*).
#
# **Prédisez.** Par rapport à un réseau de deux étapes, les gradients d’un réseau de seize étapes seront-ils deux fois plus petits ? dix fois ?
# %% [markdown] lang="en"
# Nothing enormous. To see how much each step is given to learn from, let us compute the gradient of the loss with respect to its weights, before any training, and measure its length (its *norm*).
#
# **Predict.** Compared with a network of two steps, will the gradients of a network of sixteen be half as large? A tenth?
# %% [markdown] lang="zh"
# 规模并不大。想知道每一步能收到多少学习信号，就在训练之前，算出损失对它的权重的梯度，再量一量长度（*范数*）。
#
# **先预测**：和只有两步的网络相比，十六步网络的梯度会小一半，还是只剩十分之一？


# %%
def gradient_sizes(model):
    """The norm of the gradient of each step's kernel, from the first step to the last."""
    steps = [layer for layer in model.layers if layer.name.startswith("step_")]
    kernels = [step.trainable_variables[0] for step in steps]
    with tf.GradientTape() as tape:
        answers = model(scans_train[:256], training=True)
        losses = keras.losses.sparse_categorical_crossentropy(
            small.y_train[:256], answers
        )
        loss = tf.reduce_mean(losses)
    return np.array([np.linalg.norm(g) for g in tape.gradient(loss, kernels)])


shallow = assemble(make_parts(depth=2), skip=False, name="shallow")
of_two, of_sixteen = gradient_sizes(shallow), gradient_sizes(plain)
print("16 steps, gradients below a tenth:", of_sixteen.max() < of_two.min() / 10)

# %% [markdown] lang="fr"
# Moins du dixième, et ce partout. Chaque étape a affaibli un peu l’image à l’aller, et chacune affaiblit un peu l’erreur au retour. Or ces facteurs se **multiplient** :
# %% [markdown] lang="en"
# Less than a tenth, everywhere. Each step has weakened the image a little on the way forward, and each weakens the error a little on the way back. And these factors **multiply**:
# %% [markdown] lang="zh"
# 不到十分之一，而且每一步都如此。前向时，每一步都把图像削弱一点；反向时，每一步又把误差削弱一点。这些系数是**相乘**的：

# %%
for factor in (0.5, 0.9, 1.1, 2):
    print(f"{factor} sixteen times: {factor**DEPTH:,.5f}")

# %% [markdown] lang="fr"
# Nettement moins de 1 à chaque étape, et il ne reste presque rien : le gradient **s’évanouit** (*vanishing gradient*). Nettement plus de 1, et il **explose**. Plus la pile est haute, plus l’équilibre est fragile.
#
# ## 3. Un signe plus
#
# L’idée, due à Kaiming He et ses collègues (2015) : au lieu de $y = f(x)$, écrire
#
# $$y = x + f(x)$$
#
# Les couches n’ont plus à tout reconstruire ; elles apprennent ce qu’il faut *ajouter* à `x`, le **résidu**. Le `x` qui passe par-dessus s’appelle le **raccourci** (*skip connection*).
#
# **Prédisez.** Si tous les poids de `f` sont nuls, que rend une étape ordinaire ? Et une étape résiduelle ?
# %% [markdown] lang="en"
# Well below 1 at each step, and next to nothing is left: the gradient **vanishes**. Well above 1, and it **explodes**. The taller the stack, the finer the balance.
#
# ## 3. A plus sign
#
# The idea, of Kaiming He and his colleagues (2015): instead of $y = f(x)$, write
#
# $$y = x + f(x)$$
#
# The layers no longer have to rebuild everything; they learn what to *add* to `x`, the **residual**. The `x` that passes over them is called the **shortcut**, or skip connection.
#
# **Predict.** If all weights of `f` are zero, what does an ordinary step return? And a residual one?
# %% [markdown] lang="zh"
# 每一步的系数小于 1，越乘越接近零：梯度**消失**了（vanishing gradient）。大于 1，越乘越大：梯度又会**爆炸**。堆得越高，越难保持平衡。
#
# ## 3. 一个加号
#
# 何恺明（Kaiming He）等人在 2015 年提出：不写 $y = f(x)$，改写成
#
# $$y = x + f(x)$$
#
# 这些层不必再重建一切，只需学会往 `x` 上*加*点什么，也就是**残差**（residual）。从上面绕过去的 `x`，叫作**捷径**（shortcut），也叫跳跃连接（skip connection）。
#
# **先预测**：如果 `f` 的权重全是零，普通的一步输出什么？带残差的一步呢？

# %% alt="Drawing of one residual step: x goes into step_0 and also straight into the sum"
x = keras.Input(shape=(32,), name="x")
step = make_step(0)
ordinary = keras.Model(x, step(x), name="ordinary")
residual = keras.Model(x, layers.add([x, step(x)], name="sum"), name="residual")

step.set_weights([np.zeros_like(weight) for weight in step.get_weights()])
numbers = np.random.default_rng(1).normal(size=(5, 32)).astype("float32")
print("ordinary returns zeros:", np.allclose(ordinary(numbers), 0))
print("residual returns x:    ", np.allclose(residual(numbers), numbers))
plots.model_drawing(residual)

# %% [markdown] lang="fr"
# Un bloc résiduel qui ne sait rien laisse tout passer. Une étape de plus ne peut donc plus *empêcher* les autres d’apprendre : elle part de « ne rien changer ».
#
# Et le gradient ? La pente de $x + f(x)$ est $1 + f'(x)$. **Prédisez.** Chaque étape multiplie par 0,1 ; il y en a seize. Quelle pente en tout, sans raccourci ? Avec ?
# %% [markdown] lang="en"
# A residual block that knows nothing lets everything through. So one more step can no longer *keep* the others from learning: it starts from “change nothing”.
#
# And the gradient? The slope of $x + f(x)$ is $1 + f'(x)$. **Predict.** Each step multiplies by 0.1, and there are sixteen. What is the slope of the whole without shortcuts? With them?
# %% [markdown] lang="zh"
# 什么都不会的残差块，会让一切原样通过。多加一步，再也不会*妨碍*其他步学习，因为它的起点是“什么都不改”。
#
# 梯度呢？$x + f(x)$ 的斜率是 $1 + f'(x)$。**先预测**：每一步乘以 0.1，共十六步。没有捷径时，总的斜率是多少？有捷径呢？

# %%
for skip in (False, True):
    number = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = number
        for _step in range(DEPTH):
            y = y + 0.1 * y if skip else 0.1 * y
    print(f"skip: {skip!s:5}  slope: {tape.gradient(y, number).numpy():.2g}")

# %% [markdown] lang="fr"
# $10^{-16}$ contre 4,6. Grâce au 1, le gradient a toujours un chemin que rien n’affaiblit. Donnons des raccourcis à notre réseau : `skip=True`, et la boucle d’`assemble` additionne.
#
# **Prédisez.** Les raccourcis ajoutent-ils des paramètres ? Et les gradients seront-ils juste à la bonne taille ?
# %% [markdown] lang="en"
# $10^{-16}$ against 4.6. Thanks to the 1, the gradient always has a path that nothing weakens. Let us give shortcuts to our network: `skip=True`, and the loop of `assemble` adds.
#
# **Predict.** Do shortcuts add parameters? And will the gradients have just the right size?
# %% [markdown] lang="zh"
# $10^{-16}$ 对 4.6。有了那个 1，梯度总有一条不被削弱的路可走。现在给网络加上捷径：写上 `skip=True`，`assemble` 里的循环就会做加法。
#
# **先预测**：捷径会增加参数吗？梯度的大小会恰到好处吗？

# %% alt="Sizes of the gradients by step, in powers of ten: plain far down, skip far up, skip and normalisation near 0"
with_skips = assemble(make_parts(), skip=True, name="with_skips")
with_both = assemble(make_parts(normalised=True), skip=True, name="with_both")
print("same parameters:", with_skips.count_params() == plain.count_params())

sizes = {
    _("plain stack"): of_sixteen,
    _("with shortcuts"): gradient_sizes(with_skips),
    _("and normalisation"): gradient_sizes(with_both),
}
alone, added, both = sizes.values()
print("plain, all below 0.1:                ", alone.max() < 0.1)
print("shortcuts, all above 10:             ", added.min() > 10)
print("and normalisation, all 0.1 to 30:    ", both.min() > 0.1 and both.max() < 30)
plots.curves(
    {label: np.log10(found) for label, found in sizes.items()},
    title=_("size of the gradient, as a power of ten"),
    x_label=_("step"),
)

# %% [markdown] lang="fr"
# Aucun paramètre de plus : un raccourci ne contient rien. Mais les gradients sont passés de trop petits à trop **grands** : on additionne seize fois, et la somme enfle d’étape en étape. C’est pourquoi un bloc résiduel contient d’ordinaire une `BatchNormalization`, qui ramène ce que l’on ajoute à une taille constante : c’est la courbe du milieu.
#
# ## 4. Deux réseaux, un signe d’écart
#
# La normalisation suffirait-elle à elle seule ? Comparons à armes égales : seize étapes normalisées, avec ou sans raccourcis. Mêmes données, même graine, même réglage : seul le `+` change.
#
# **Prédisez.** Lequel sera le meilleur *sur l’entraînement*, et de combien ?
# %% [markdown] lang="en"
# Not one parameter more: a shortcut holds nothing. But the gradients have gone from too small to too **large**: we add sixteen times, and the sum swells from step to step. That is why a residual block usually contains a `BatchNormalization`, which keeps what is added at a constant size: that is the curve in the middle.
#
# ## 4. Two networks, one sign apart
#
# Would normalisation alone be enough? Let us compare fairly: sixteen normalised steps, with or without shortcuts. Same data, same seed, same settings: only the `+` changes.
#
# **Predict.** Which will be better *on the training set*, and by how much?
# %% [markdown] lang="zh"
# 参数一个也没多：捷径里什么都没有。不过梯度从太小变成了太**大**：加了十六次，和就一步步膨胀。所以残差块里通常有一个 `BatchNormalization`，让每次加上去的量保持稳定，就是中间那条曲线。
#
# ## 4. 两个网络，只差一个加号
#
# 会不会单靠归一化就够了？我们公平地比一比：都是十六个归一化的步，一个有捷径，一个没有。数据、随机种子、训练设置完全相同，只差一个 `+`。
#
# **先预测**：在*训练集*上哪个更好？好多少？

# %% alt="Training accuracy over 5 epochs: with shortcuts close to 1, without them far below"
parts, deep, accuracies = {}, {}, {}
for skip, label in {False: _("without shortcuts"), True: _("with shortcuts")}.items():
    keras.utils.set_random_seed(2)
    parts[skip] = make_parts(normalised=True)
    deep[skip] = assemble(parts[skip], skip=skip, name="deep")
    deep[skip].compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.02),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = deep[skip].fit(
        scans_train, small.y_train, batch_size=32, epochs=5, verbose=0
    )
    accuracies[label] = history.history["accuracy"]
plots.curves(accuracies, title=_("accuracy in training, 16 steps"))


# %%
def accuracy(model):
    return np.mean(np.argmax(model(scans_test), axis=1) == small.y_test)


without, with_shortcuts = (values[-1] for values in accuracies.values())
print("training: with shortcuts >= 0.90:     ", with_shortcuts >= 0.9)
print("training: without, at least 0.1 behind:", without <= with_shortcuts - 0.1)
print("test:     with shortcuts >= 0.90:     ", accuracy(deep[True]) >= 0.9)
print(
    "test:     without, at least 0.1 behind:",
    accuracy(deep[False]) <= accuracy(deep[True]) - 0.1,
)

# %% [markdown] lang="fr"
# Le réseau sans raccourcis est en retard **sur les images mêmes qu’il apprend** : ce n’est donc pas du surapprentissage. Il est assez grand ; il est seulement difficile à entraîner. C’est le constat d’où les ResNet sont nés.
#
# Voici une expérience plus cruelle : retirons *une* étape d’un réseau **entraîné**, sans rien réentraîner. `assemble` reprend les mêmes couches, avec leurs poids, sauf une.
#
# **Prédisez.** Que devient l’exactitude de chacun des deux réseaux ?
# %% [markdown] lang="en"
# The network without shortcuts is behind **on the very images it learns from**: so this is not overfitting. It is large enough; it is only hard to train. That is the finding from which ResNets were born.
#
# Now a crueller experiment: let us take *one* step out of a **trained** network, and retrain nothing. `assemble` takes the same layers, with their weights, all but one.
#
# **Predict.** What becomes of the accuracy of each of the two networks?
# %% [markdown] lang="zh"
# 没有捷径的网络，**连正在学的图像**都学得更差，所以这不是过拟合。它够大，只是难训练。ResNet 正是由此诞生的。
#
# 再做一个更狠的实验：从**训练好的**网络里拿掉*一步*，不再训练。`assemble` 用的还是原来那些层和权重，只少一个。
#
# **先预测**：两个网络的准确率各会怎样？

# %% alt="Accuracy by step left out: with shortcuts high nearly everywhere, without at chance"
left_out = {}
for skip, label in {False: _("without shortcuts"), True: _("with shortcuts")}.items():
    start, steps, digit = parts[skip]
    found = []
    for k in range(DEPTH):
        all_but_one = start, steps[:k] + steps[k + 1 :], digit
        shorter = assemble(all_but_one, skip=skip, name="shorter")
        found.append(accuracy(shorter))
    left_out[label] = found
broken, robust = left_out.values()
print("without shortcuts, at best <= 0.50:        ", max(broken) <= 0.5)
print("with, any of the last ten left out >= 0.80:", min(robust[6:]) >= 0.8)
plots.curves(
    left_out,
    title=_("accuracy on the test set, one step left out"),
    x_label=_("step left out"),
)

# %% [markdown] lang="fr"
# Sans raccourcis, chaque étape attend exactement ce que rend la précédente : une de moins, et la chaîne casse. Avec eux, chacune apporte une petite correction ; seules les premières sont indispensables. On peut voir un réseau résiduel comme une **équipe** de nombreux chemins courts, plus que comme une longue chaîne (Veit, Wilber et Belongie, 2016).
#
# ## 5. Un bloc pour les images
#
# Passons aux convolutions. Le bloc classique en compte deux. Une addition se fait nombre par nombre : les deux branches doivent avoir **exactement** la même forme.
#
# **Prédisez.** Une convolution 3 × 3, sans rien préciser, sur des cartes de 9 × 9 (une *carte* est l’image que rend un filtre) : peut-on additionner ?
# %% [markdown] lang="en"
# Without shortcuts, each step expects exactly what the one before returns: take one away, and the chain breaks. With them, each contributes a small correction; only the first ones are indispensable. You may think of a residual network as a **team** of many short paths rather than one long chain (Veit, Wilber and Belongie, 2016).
#
# ## 5. A block for images
#
# On to convolutions. The classic block has two of them. An addition goes number by number: both branches must have **exactly** the same shape.
#
# **Predict.** A 3 × 3 convolution, all other settings left alone, on maps of 9 × 9 (a *map* is the image that one filter returns): can you add its output to its input?
# %% [markdown] lang="zh"
# 没有捷径时，每一步都指望前一步给出特定的输出：少了一环，整条链就断了。有了捷径，每一步只做一点小修正，只有最前面几步不可或缺。残差网络与其说是一条长链，不如说是由许多短路径组成的**团队**（Veit、Wilber、Belongie，2016 年）。
#
# ## 5. 用于图像的残差块
#
# 接下来换成卷积。经典的残差块有两个卷积层。加法是逐个数相加的，所以两路的形状必须**完全**相同。
#
# **先预测**：在 9 × 9 的特征图（feature map，卷积层输出的图）上做 3 × 3 卷积，其他参数都用默认值，结果能和原来的相加吗？

# %%
maps = keras.Input(shape=(9, 9, 64), name="maps")
try:
    layers.add([maps, layers.Conv2D(64, 3)(maps)])
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# 9 × 9 contre 7 × 7 : sans bordure, la convolution rogne un pixel de chaque côté. `padding="same"` conserve le côté, et 64 filtres conservent les 64 canaux.
# %% [markdown] lang="en"
# 9 × 9 against 7 × 7: without padding, a convolution trims one pixel off each edge. `padding="same"` keeps the side, and 64 filters keep the 64 channels.
# %% [markdown] lang="zh"
# 9 × 9 对 7 × 7：不填充时，卷积会在每条边上切掉一个像素。`padding="same"` 让边长不变，64 个卷积核让通道数仍是 64。


# %% alt="Drawing of a residual block: two convolutions on one side, a straight arrow on the other, then the sum"
def residual_block(x, name):
    """(side, side, filters) -> the same: two convolutions, and x beside them."""
    filters = x.shape[-1]
    same = {"padding": "same", "activation": "relu", "kernel_initializer": "he_normal"}
    y = layers.Conv2D(filters, 3, **same, name=f"{name}_first")(x)
    y = layers.Conv2D(filters, 3, **same, name=f"{name}_second")(y)
    return layers.add([x, y], name=f"{name}_sum")


block = keras.Model(maps, residual_block(maps, "block"), name="block")
print(f"{block.count_params():,} parameters = 2 × (3 × 3 × 64 × 64 + 64)")
plots.model_drawing(block)

# %% [markdown] lang="fr"
# Deux flèches quittent `maps` et se rejoignent : ce graphe n’est plus une ligne. On parle de **topologie non linéaire**, et `Sequential` ne peut pas la décrire. Le bloc lui-même est une simple fonction, que l’on appelle autant de fois que l’on veut de blocs.
#
# Quant à `he_normal`, c’est un tirage des poids de départ adapté à la ReLU : il la compense, pour que les signaux ne rétrécissent pas de couche en couche. Ce n’est pas un paramètre de plus.
#
# > **Vous rencontrerez ceci.** `from keras.layers.merge import add`, ou `merge([x, y], mode="sum")`, dans du code ancien : écrivez `layers.add([x, y])`, ou simplement `x + y`. De même, `K.int_shape(x)` est devenu `x.shape`.
# %% [markdown] lang="en"
# Two arrows leave `maps` and meet again: this graph is no longer a line. That is called a **non-linear topology**, and `Sequential` cannot describe it. The block itself is a plain function, to be called as often as you want blocks.
#
# As for `he_normal`, it draws starting weights that suit ReLU: they are just large enough to make up for what ReLU cuts off, so that signals do not shrink from layer to layer. It adds no parameters.
#
# > **You will meet this.** `from keras.layers.merge import add`, or `merge([x, y], mode="sum")`, in old code: write `layers.add([x, y])`, or simply `x + y`. Likewise, `K.int_shape(x)` has become `x.shape`.
# %% [markdown] lang="zh"
# 两个箭头从 `maps` 出发，后来又汇合：这张图不再是一条直线了。这叫**非线性拓扑**（non-linear topology），`Sequential` 描述不了。残差块本身只是一个普通函数，要几个块就调用几次。
#
# 至于 `he_normal`，它按适合 ReLU 的方式抽取初始权重，弥补 ReLU 的削弱，使信号不会逐层缩小。参数并没有因此增加。
#
# > **你会遇到这种写法**：旧代码里的 `from keras.layers.merge import add`，或 `merge([x, y], mode="sum")`。现在写 `layers.add([x, y])`，或者直接写 `x + y`。同样，`K.int_shape(x)` 已改成 `x.shape`。

# %%
print("keras.layers.merge exists:    ", hasattr(layers, "merge"))
print("keras.backend.int_shape exists:", hasattr(keras.backend, "int_shape"))
twice = keras.Model(maps, maps + maps)
print("x + x in a graph:", [type(part).__name__ for part in twice.operations])

# %% [markdown] lang="fr"
# ## 6. Quand les formes diffèrent : la projection
#
# Un vrai réseau réduit le côté et augmente les canaux en chemin : par exemple, de 9 × 9 × 64 à 5 × 5 × 128, avec un pas de 2 (`strides=2`). Impossible d’additionner `x` tel quel. Alors on le fait passer par la couche la plus légère qui ait la bonne sortie : une **convolution 1 × 1**, de même pas.
#
# **Prédisez.** Combien de paramètres, pour une convolution 1 × 1 de 64 à 128 canaux ? Quelle couche que vous connaissez fait le même calcul, pixel par pixel ?
# %% [markdown] lang="en"
# ## 6. When shapes differ: the projection
#
# A real network reduces the side and adds channels on its way: say, from 9 × 9 × 64 to 5 × 5 × 128, with a stride of 2. There is no adding `x` as it is. So it goes through the lightest layer that has the right output: a **1 × 1 convolution** with the same stride.
#
# **Predict.** How many parameters does a 1 × 1 convolution from 64 to 128 channels have? Which layer that you know does the same computation, pixel by pixel?
# %% [markdown] lang="zh"
# ## 6. 形状不同时：投影
#
# 真正的网络一路上会缩小边长、增加通道，比如步幅取 2（`strides=2`），从 9 × 9 × 64 变成 5 × 5 × 128。这时 `x` 没法直接相加，就让它先经过一个参数最少的层，得到所需的形状：步幅相同的 **1 × 1 卷积**。
#
# **先预测**：64 个通道变成 128 个通道的 1 × 1 卷积，有多少个参数？你学过的哪种层，对每个像素做的是同样的计算？

# %%
pixel_by_pixel = layers.Conv2D(128, 1)
dense = layers.Dense(128)
image = np.random.default_rng(2).normal(size=(1, 9, 9, 64)).astype("float32")
pixel_by_pixel(image), dense(image)

kernel, bias = pixel_by_pixel.get_weights()
print("kernel:", kernel.shape, "->", dense.kernel.shape)
print(f"{pixel_by_pixel.count_params():,} parameters = 64 × 128 + 128")
dense.set_weights([kernel.reshape(64, 128), bias])
print("same answers:", np.allclose(pixel_by_pixel(image), dense(image), atol=1e-4))


# %% alt="Drawing of a block with a projection: two convolutions on one side, one 1 by 1 convolution on the other"
def any_block(x, filters, strides=1):
    """A residual block that may change the side and the number of channels."""
    y = layers.Conv2D(filters, 3, strides=strides, padding="same", name="first")(x)
    y = layers.ReLU(name="relu")(y)
    y = layers.Conv2D(filters, 3, padding="same", name="second")(y)
    if strides != 1 or filters != x.shape[-1]:
        x = layers.Conv2D(filters, 1, strides=strides, name="projection")(x)
    return layers.ReLU(name="relu_after")(layers.add([x, y], name="sum"))


wider = keras.Model(maps, any_block(maps, 128, strides=2), name="wider")
plots.model_drawing(wider)

# %% [markdown] lang="fr"
# Une couche dense appliquée à chaque pixel : **8 320** paramètres, contre 221 440 pour les deux convolutions d’à côté. On ne projette que si la forme change ; partout ailleurs, `x` passe tel quel, et c’est ce qui laisse au gradient un chemin libre.
#
# Ici, une ReLU vient *après* la somme : c’est l’usage du ResNet d’origine. Une règle vaut partout : rien sur le raccourci qui ne soit nécessaire à la forme.
#
# ## 7. Un petit ResNet
#
# Tout est prêt. Deux convolutions et un *max pooling* réduisent l’image, deux blocs la retravaillent, puis une moyenne sur toute l’image (`GlobalAveragePooling2D`) laisse 64 nombres à deux couches denses.
#
# **Prédisez.** Quel côté auront les cartes à l’entrée des blocs ? (32, puis deux convolutions sans bordure, puis un max pooling par carrés de 3 × 3.)
# %% [markdown] lang="en"
# A dense layer on each pixel: **8,320** parameters, against 221,440 for the two convolutions beside it. Project only where the shape changes; everywhere else `x` passes as it is, and that is what leaves the gradient a free path.
#
# Here a ReLU comes *after* the sum: that is how the original ResNet has it. One rule holds everywhere: nothing on the shortcut that the shape does not require.
#
# ## 7. A small ResNet
#
# Everything is ready. Two convolutions and a max pooling reduce the image, two blocks work on it, then an average over the whole image (`GlobalAveragePooling2D`) leaves 64 numbers to two dense layers.
#
# **Predict.** What side will the maps have as they enter the blocks? (32, then two convolutions without padding, then a max pooling of 3 × 3.)
# %% [markdown] lang="zh"
# 就是对每个像素用一次全连接层：**8,320** 个参数，而旁边那两个卷积层有 221,440 个。只有形状改变时才投影；其他地方 `x` 原样通过，梯度才有一条畅通的路。
#
# 这里在求和*之后*还有一个 ReLU，最早的 ResNet 就是这样。有一条规则处处适用：除非形状需要，捷径上什么都不放。
#
# ## 7. 一个小型 ResNet
#
# 准备就绪。先用两个卷积层和一个最大池化缩小图像，再用两个残差块加工，最后对整幅图取平均（`GlobalAveragePooling2D`），剩下 64 个数，交给两个全连接层。
#
# **先预测**：进入残差块时，特征图的边长是多少？（从 32 开始，经过两个不填充的卷积层，再按 3 × 3 的格子取最大值。）

# %%
photo = keras.Input(shape=(32, 32, 3), name="photo")
he = {"activation": "relu", "kernel_initializer": "he_normal"}
x = layers.Conv2D(32, 3, **he, name="edges")(photo)
x = layers.Conv2D(64, 3, **he, name="strokes")(x)
x = layers.MaxPooling2D(3, name="smaller")(x)

x = residual_block(x, "block_1")
x = residual_block(x, "block_2")

x = layers.Conv2D(64, 3, **he, name="shapes")(x)
x = layers.GlobalAveragePooling2D(name="everywhere")(x)
x = layers.Dense(256, **he, name="hidden")(x)
x = layers.Dropout(0.5, name="dropout")(x)
digit = layers.Dense(10, activation="softmax", name="digit")(x)

resnet = keras.Model(photo, digit, name="toy_resnet")
resnet.summary()

# %% alt="Drawing of the toy ResNet: two convolutions, pooling, two blocks each with an arrow around it, then the classifier"
plots.model_drawing(resnet)

# %% [markdown] lang="fr"
# **223 242** paramètres. Les blocs travaillent en 9 × 9, et les deux ensemble en comptent 147 712, les deux tiers. Dans la colonne « Connected to », une somme a deux origines : la seconde convolution du bloc, et ce qui entrait dans le bloc.
#
# Entraînons-le, par lots de quatre images : peu d’images, donc beaucoup de petits pas.
#
# **Prédisez.** Dix classes, 400 images, six passages : deviner au hasard donne 10 %. À combien arrivera-t-on sur des images jamais vues ?
# %% [markdown] lang="en"
# **223,242** parameters. The blocks work at 9 × 9, and the two of them hold 147,712, two thirds. In the column “Connected to”, a sum comes from two places: the second convolution of the block, and what came into the block.
#
# Let us train it, in batches of four images: few images, so many small steps.
#
# **Predict.** Ten classes, 400 images, six passes: guessing gives 10%. How far shall we get on images never seen?
# %% [markdown] lang="zh"
# **223,242** 个参数。两个残差块在 9 × 9 的特征图上工作，合计 147,712 个参数，占三分之二。在“Connected to”一列，求和层有两个来源：块里的第二个卷积层，以及进入这个块的张量。
#
# 开始训练，每批只有四张图像：图像少，就多走些小步。
#
# **先预测**：十个类别，400 张图像，学六遍。瞎猜是 10%，在没见过的图像上能达到多少？

# %% alt="Training curves of the toy ResNet: flat at first, then the loss falls and accuracy rises"
resnet.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = resnet.fit(
    x_train,
    y_train,
    batch_size=4,
    epochs=6,
    validation_data=(x_test[:60], y_test[:60]),
    verbose=0,
)
plots.training(history)

# %% alt="Ten test numbers on photographs, with the digit predicted above each"
probabilities = resnet.predict(x_test[60:260], verbose=0)
predicted = probabilities.argmax(axis=1)
print("accuracy >= 0.50:", np.mean(predicted == y_test[60:260]) >= 0.5)
plots.images(pictures.x_test[60:70], labels=y_test[60:70], predictions=predicted[:10])

# %% [markdown] lang="fr"
# Un début plat, puis l’apprentissage décolle : le réseau trouve d’abord à quoi ressemble un trait, ensuite tout va vite. Plus de la moitié de bonnes réponses, cinq fois mieux que le hasard, après quelques secondes ; avec toutes les images et plus de temps, il ferait bien mieux encore. Autre surprise : la validation est souvent *meilleure* que l’entraînement. Pourquoi ?
#
# ## 8. Les couches qui ont deux modes
#
# `fit` appelle le modèle avec `training=True` ; `evaluate`, `predict` et l’appel direct, avec `training=False`. Le `Dropout` n’agit que dans le premier cas.
#
# **Prédisez.** La même image, deux fois dans chaque mode : les réponses sont-elles égales ?
# %% [markdown] lang="en"
# A flat start, then learning takes off: the network first finds out what a stroke looks like, and then things go fast. More than half of the answers are right, five times better than chance, after a few seconds; with all the images and more time the network would do far better still. Another surprise: validation is often *better* than training. Why?
#
# ## 8. The layers with two modes
#
# `fit` calls the model with `training=True`; `evaluate`, `predict` and a direct call, with `training=False`. `Dropout` acts in the first case only.
#
# **Predict.** The same image twice in each mode: are the answers equal?
# %% [markdown] lang="zh"
# 开头平平，随后突飞猛进：网络先弄明白笔画是什么样子，之后就学得很快。只用几秒钟，就答对了一半以上，是瞎猜的五倍还多；用上全部图像、多花些时间，还会好得多。还有一个意外：验证成绩常常比训练*更好*。为什么？
#
# ## 8. 有两种模式的层
#
# `fit` 用 `training=True` 调用模型；`evaluate`、`predict` 和直接调用，用的是 `training=False`。`Dropout` 只在前一种情况下起作用。
#
# **先预测**：同一张图像，每种模式各跑两次，结果相同吗？

# %%
one = x_test[:1]
for training in (True, False):
    first, again = resnet(one, training=training), resnet(one, training=training)
    print(f"training={training!s:5}  twice the same: {np.allclose(first, again)}")

# %% [markdown] lang="fr"
# En entraînement, la moitié des 256 nombres cachés s’éteignent, au hasard : voilà pourquoi l’exactitude d’entraînement est mesurée avec un handicap, que la validation n’a pas.
#
# `BatchNormalization` aussi a deux modes, et c’est elle que vous trouverez dans presque tous les ResNet. Voici le bloc d’origine : convolution, normalisation, ReLU, convolution, normalisation, puis la somme, puis une ReLU.
# %% [markdown] lang="en"
# In training, half of the 256 hidden numbers go dark at random: that is why the training accuracy is measured with a handicap that validation does not have.
#
# `BatchNormalization` has two modes as well, and you will find it in nearly every ResNet. Here is the original block: convolution, normalisation, ReLU, convolution, normalisation, then the sum, then a ReLU.
# %% [markdown] lang="zh"
# 训练时，256 个隐藏数值里随机有一半被关掉：训练准确率是在这样的不利条件下测得的，验证则没有。
#
# `BatchNormalization` 也有两种模式，几乎所有 ResNet 里都有它。最早的残差块是这样的：卷积、归一化、ReLU、卷积、归一化，然后求和，再接一个 ReLU。


# %% alt="Drawing of the block with normalisation: conv, norm, relu, conv, norm, sum with the input, relu"
def normalised_block(x):
    filters = x.shape[-1]
    same = {"padding": "same", "use_bias": False}
    y = layers.Conv2D(filters, 3, **same, name="conv_1")(x)
    y = layers.BatchNormalization(name="norm_1")(y)
    y = layers.ReLU(name="relu_1")(y)
    y = layers.Conv2D(filters, 3, **same, name="conv_2")(y)
    y = layers.BatchNormalization(name="norm_2")(y)
    return layers.ReLU(name="relu_2")(layers.add([x, y], name="sum"))


normalised = keras.Model(maps, normalised_block(maps), name="normalised")
norm = normalised.get_layer("norm_1")
print("norm_1:", norm.count_params(), "parameters")
print("learned: ", [weight.name for weight in norm.trainable_weights])
print("followed:", [weight.name for weight in norm.non_trainable_weights])
plots.model_drawing(normalised)

# %% [markdown] lang="fr"
# 256 paramètres pour 64 canaux : deux appris, et deux seulement *suivis*, la moyenne et la variance mobiles. Remarquez `use_bias=False` : la normalisation retire la moyenne, donc aussi tout biais ajouté juste avant.
#
# **Prédisez.** La réponse pour une image dépend-elle des autres images du lot ? En entraînement ? En inférence ?
# %% [markdown] lang="en"
# 256 parameters for 64 channels, four each: two learned, and two only *followed*, the moving mean and variance. Notice `use_bias=False`: normalisation subtracts the mean, and with it any bias added just before.
#
# **Predict.** Does the answer for one image depend on the other images of the batch? In training? In inference?
# %% [markdown] lang="zh"
# 64 个通道共 256 个参数：每个通道有两个是学出来的，另外两个只是*跟踪*得到的，即移动均值和移动方差。注意 `use_bias=False`：归一化会减去均值，之前加的偏置也就一并消掉了。
#
# **先预测**：一张图像的结果，会受同批其他图像影响吗？训练时呢？推理时呢？

# %%
batch = np.random.default_rng(3).normal(size=(8, 9, 9, 64)).astype("float32")
other = np.concatenate(
    [batch[:1], 3 * batch[1:] + 1]
)  # same first image, other company

inference = np.allclose(normalised(batch)[0], normalised(other)[0], atol=1e-4)
one, same = (normalised(images, training=True)[0] for images in (batch, other))
print("inference, same answer in other company:", inference)
print("training, same answer in other company: ", np.allclose(one, same, atol=1e-4))
without, with_bias = norm(batch, training=True), norm(batch + 100, training=True)
print("a bias of 100 changes nothing:", np.allclose(without, with_bias, atol=1e-2))

# %% [markdown] lang="fr"
# En entraînement, chaque image est jugée en compagnie de son lot ; en inférence, seule, avec les moyennes mobiles. Celles-ci partent de 0 et de 1, et ne font à chaque pas qu’un petit bout du chemin (1 % avec `momentum=0.99`, la valeur par défaut).
#
# **Prédisez.** Après 10 pas, quelle part du chemin est faite ? Après 100 ?
# %% [markdown] lang="en"
# In training, each image is judged in the company of its batch; in inference, by itself, with the moving averages. These start from 0 and 1, and at each step go only a little of the way (1% with `momentum=0.99`, the default).
#
# **Predict.** After 10 steps, what part of the way is done? After 100?
# %% [markdown] lang="zh"
# 训练时，每张图像要和同批图像放在一起衡量；推理时则单独衡量，用的是移动平均值。它们从 0 和 1 出发，每一步只靠近一点（默认 `momentum=0.99`，每步走剩余路程的 1%）。
#
# **先预测**：10 步之后走了多少路程？100 步之后呢？

# %%
fives = np.full((4, 1), 5.0, "float32")
for momentum in (0.99, 0.9):
    follower = layers.BatchNormalization(momentum=momentum)
    for steps_done in range(1, 101):
        follower(fives, training=True)
        if steps_done in (10, 100):
            share = float(follower.moving_mean[0]) / 5
            print(f"momentum {momentum}: after {steps_done:3} steps {share:.0%}")

# %% [markdown] lang="fr"
# Un piège classique : bonne exactitude en entraînement, mauvaise en validation pendant les premières époques. Ce n’est pas du surapprentissage : les moyennes mobiles sont en retard. Avec peu de pas, prenez `momentum=0.9`, comme à la section 4.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | une connexion résiduelle | `layers.add([x, y])` ou `x + y` |
# | garder le côté | `padding="same"` |
# | additionner des formes différentes | `layers.Conv2D(filters, 1, strides=...)` sur le raccourci |
# | un bloc réutilisable | une fonction `x -> layers.add([x, y])` |
# | le bloc d’origine | Conv, BatchNormalization, ReLU, Conv, BatchNormalization, somme, ReLU |
# | suivre plus vite en peu de pas | `layers.BatchNormalization(momentum=0.9)` |
#
# - Dans une pile profonde, le gradient est un produit de nombreux facteurs : il s’évanouit ou il explose.
# - Avec $x + f(x)$, un bloc part de « ne rien changer », et le gradient garde un chemin libre.
# - Le raccourci ne coûte aucun paramètre ; la projection, peu, et seulement si la forme change.
# - La somme enfle : on normalise ce que l’on ajoute.
# - `Dropout` n’agit qu’en entraînement ; `BatchNormalization` s’y sert du lot, puis de ses moyennes mobiles.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), six questions, jusqu’à un réseau résiduel entier.
# - La documentation de Keras (en anglais) : [un petit ResNet dans le guide de l’API fonctionnelle](https://keras.io/guides/functional_api/#a-toy-resnet-model), [BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/), [les ResNet prêts à l’emploi](https://keras.io/api/applications/resnet/).
# - Les articles : K. He, X. Zhang, S. Ren et J. Sun, « Deep Residual Learning for Image Recognition », CVPR 2016 ; A. Veit, M. Wilber et S. Belongie, « Residual Networks Behave Like Ensembles of Relatively Shallow Networks », NIPS 2016.
# %% [markdown] lang="en"
# A classic trap: good accuracy in training, bad in validation for the first epochs. That is not overfitting: the moving averages are lagging behind. With few steps, take `momentum=0.9`, as in section 4.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | a residual connection | `layers.add([x, y])` or `x + y` |
# | to keep the side | `padding="same"` |
# | to add different shapes | `layers.Conv2D(filters, 1, strides=...)` on the shortcut |
# | a block to use again | a function `x -> layers.add([x, y])` |
# | the original block | Conv, BatchNormalization, ReLU, Conv, BatchNormalization, sum, ReLU |
# | to follow faster in few steps | `layers.BatchNormalization(momentum=0.9)` |
#
# - In a deep stack, the gradient is a product of many factors: it vanishes or explodes.
# - With $x + f(x)$, a block starts from “change nothing”, and the gradient keeps a free path.
# - A shortcut costs no parameters; a projection costs few, and only where the shape changes.
# - The sum swells: normalise what you add.
# - `Dropout` acts in training only; `BatchNormalization` uses the batch there, and its moving averages later.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), six questions, up to a whole residual network.
# - Keras’s own pages: [a toy ResNet in the guide to the functional API](https://keras.io/guides/functional_api/#a-toy-resnet-model), [BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/), [ready-made ResNets](https://keras.io/api/applications/resnet/).
# - The papers: K. He, X. Zhang, S. Ren and J. Sun, “Deep Residual Learning for Image Recognition”, CVPR 2016; A. Veit, M. Wilber and S. Belongie, “Residual Networks Behave Like Ensembles of Relatively Shallow Networks”, NIPS 2016.
# %% [markdown] lang="zh"
# 一个常见的误会：训练准确率很好，头几个轮次的验证准确率却很差。这不是过拟合，而是移动平均值还没跟上。步数少的时候，像第 4 节那样写 `momentum=0.9`。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 加一条残差连接 | `layers.add([x, y])` 或 `x + y` |
# | 保持边长 | `padding="same"` |
# | 把不同的形状相加 | 在捷径上放 `layers.Conv2D(filters, 1, strides=...)` |
# | 可以反复使用的块 | 一个函数 `x -> layers.add([x, y])` |
# | 最早的残差块 | 卷积、批归一化、ReLU、卷积、批归一化、求和、ReLU |
# | 步数少时跟得快些 | `layers.BatchNormalization(momentum=0.9)` |
#
# - 堆得太深，梯度层层相乘，要么消失，要么爆炸。
# - 写成 $x + f(x)$，每个块从“什么都不改”开始，梯度始终有一条畅通的路。
# - 捷径不增加参数；投影只增加一点，而且只用在形状改变的地方。
# - 和会越加越大，所以要对加上去的部分做归一化。
# - `Dropout` 只在训练时起作用；`BatchNormalization` 训练时用当前批次，推理时用移动平均值。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，六道题，最后一题要搭出一个完整的残差网络。
# - Keras 官方文档（英文）：[函数式 API 指南里的小型 ResNet](https://keras.io/guides/functional_api/#a-toy-resnet-model)、[BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/)、[现成的 ResNet](https://keras.io/api/applications/resnet/)。
# - 论文：K. He、X. Zhang、S. Ren、J. Sun，“Deep Residual Learning for Image Recognition”，CVPR 2016；A. Veit、M. Wilber、S. Belongie，“Residual Networks Behave Like Ensembles of Relatively Shallow Networks”，NIPS 2016。
