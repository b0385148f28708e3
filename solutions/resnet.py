"""Unit 06, exercise: layers that are skipped. Statement, solution and rubric."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : connexions résiduelles
#
# Six questions, de la plus simple au réseau entier ; comptez une demi-heure.
#
# Chaque énoncé fixe ce qui compte : tailles, bordures, pas, activations, et ce que l’on additionne. **Ce qui n’est pas demandé est libre** : noms, style, tirage des poids de départ, façon d’écrire la somme. Une convolution a un biais, et un pas de 1, sauf mention contraire.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("06-resnet.block")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: residual connections
#
# Six questions, from the simplest to a whole network; allow half an hour.
#
# Each statement fixes what counts: sizes, padding, strides, activations, and what is added to what. **Whatever is not asked for is up to you**: names, style, how starting weights are drawn, how you write the sum. A convolution has a bias and a stride of 1 unless stated otherwise.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("06-resnet.block")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：残差连接
#
# 一共六道题，从最简单的开始，最后搭出整个网络，大约需要半小时。
#
# 题目写明了所有会影响评分的要求：大小、填充、步幅、激活函数，以及谁和谁相加。**没有写明的都由你决定**：名称、写法风格、初始权重、怎样写加法。除非另有说明，卷积层带偏置，步幅为 1。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("06-resnet.block")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## 1. Compter sans construire
#
# Des cartes de 15 × 15, à 32 canaux. Donnez :
#
# - `block` : le nombre de paramètres d’un bloc résiduel fait de deux convolutions de 32 filtres 3 × 3 (`padding="same"`), dont le résultat est additionné à l’entrée ;
# - `projection` : le nombre de paramètres d’une convolution de 48 filtres 1 × 1 sur ces cartes, avec un pas de 2 ;
# - `side` : le côté des cartes qu’elle rend (elle aussi avec `padding="same"`) ;
# - `normalisation` : le nombre total de paramètres d’une `BatchNormalization` sur 32 canaux, entraînables ou non.
#
# Remplacez chaque `None` par un nombre entier. *(4 points)*
# %% [markdown] lang="en"
# ## 1. Count without building
#
# Maps of 15 × 15 with 32 channels. Give:
#
# - `block`: the number of parameters of a residual block made of two convolutions of 32 filters 3 × 3 (`padding="same"`), whose result is added to the input;
# - `projection`: the number of parameters of a convolution of 48 filters 1 × 1 on these maps, with a stride of 2;
# - `side`: the side of the maps that it returns (with `padding="same"` as well);
# - `normalisation`: the number of all parameters of a `BatchNormalization` on 32 channels, trainable or not.
#
# Replace each `None` by a whole number. *(4 points)*
# %% [markdown] lang="zh"
# ## 1. 不搭建，先数一数
#
# 特征图大小为 15 × 15，有 32 个通道。请写出：
#
# - `block`：一个残差块的参数个数；块里有两个卷积层，各 32 个 3 × 3 卷积核（`padding="same"`），结果与输入相加；
# - `projection`：在这些特征图上做卷积，48 个 1 × 1 卷积核，步幅为 2，这一层的参数个数；
# - `side`：上面这一层输出的边长（同样是 `padding="same"`）；
# - `normalisation`：作用在 32 个通道上的 `BatchNormalization` 一共有多少个参数，可训练的和不可训练的都算。
#
# 把每个 `None` 换成一个整数。*（4 分）*

# %% answer="counting"
counting = {"block": None, "projection": None, "side": None, "normalisation": None}
### BEGIN SOLUTION
counting = {
    "block": 2 * (3 * 3 * 32 * 32 + 32),
    "projection": 32 * 48 + 48,
    "side": 8,
    "normalisation": 4 * 32,
}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 2. Un bloc résiduel
#
# Construisez `block`, un modèle dont l’entrée est faite de cartes de 8 × 8, à 16 canaux (`shape=(8, 8, 16)`) :
#
# - une convolution de 16 filtres 3 × 3, `padding="same"`, activation ReLU ;
# - une seconde convolution, pareille mais **sans** activation ;
# - la somme de son résultat et de l’entrée ;
# - une ReLU sur la somme : c’est la sortie. *(4 points)*
# %% [markdown] lang="en"
# ## 2. A residual block
#
# Build `block`, a model whose input is maps of 8 × 8 with 16 channels (`shape=(8, 8, 16)`):
#
# - a convolution of 16 filters 3 × 3, `padding="same"`, ReLU activation;
# - a second convolution, alike but **without** activation;
# - the sum of its result and the input;
# - a ReLU on the sum: that is the output. *(4 points)*
# %% [markdown] lang="zh"
# ## 2. 一个残差块
#
# 搭建模型 `block`，输入是 8 × 8、16 个通道的特征图（`shape=(8, 8, 16)`）：
#
# - 卷积层：16 个 3 × 3 卷积核，`padding="same"`，ReLU 激活；
# - 第二个卷积层，与前一个相同，但**不带**激活函数；
# - 把它的结果与输入相加；
# - 对和再做一次 ReLU，就是输出。*（4 分）*

# %% answer="block"
### BEGIN SOLUTION
maps = keras.Input(shape=(8, 8, 16), name="maps")
y = layers.Conv2D(16, 3, padding="same", activation="relu", name="first")(maps)
y = layers.Conv2D(16, 3, padding="same", name="second")(y)
total = layers.add([maps, y], name="sum")
block = keras.Model(maps, layers.ReLU(name="relu")(total), name="block")
### END SOLUTION

# %% check="block"

# %% [markdown] lang="fr"
# ## 3. Un bloc qui réduit
#
# Construisez `smaller`, qui passe de cartes de 8 × 8 à 16 canaux (`shape=(8, 8, 16)`) à des cartes de 4 × 4 à 32 canaux. Toutes les convolutions ont `padding="same"`.
#
# - une convolution de 32 filtres 3 × 3, de pas **2**, activation ReLU ;
# - une convolution de 32 filtres 3 × 3, de pas 1, sans activation ;
# - sur le raccourci, une convolution de 32 filtres 1 × 1, de pas 2, sans activation ;
# - la somme des deux branches, puis une ReLU. *(5 points)*
# %% [markdown] lang="en"
# ## 3. A block that shrinks
#
# Build `smaller`, which goes from maps of 8 × 8 with 16 channels (`shape=(8, 8, 16)`) to maps of 4 × 4 with 32 channels. All convolutions have `padding="same"`.
#
# - a convolution of 32 filters 3 × 3 with a stride of **2**, ReLU activation;
# - a convolution of 32 filters 3 × 3 with a stride of 1, without activation;
# - on the shortcut, a convolution of 32 filters 1 × 1 with a stride of 2, without activation;
# - the sum of both branches, then a ReLU. *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 会缩小的残差块
#
# 搭建模型 `smaller`，把 8 × 8、16 个通道的特征图（`shape=(8, 8, 16)`）变成 4 × 4、32 个通道。所有卷积层都用 `padding="same"`。
#
# - 卷积层：32 个 3 × 3 卷积核，步幅为 **2**，ReLU 激活；
# - 卷积层：32 个 3 × 3 卷积核，步幅为 1，不带激活函数；
# - 捷径上放一个卷积层：32 个 1 × 1 卷积核，步幅为 2，不带激活函数；
# - 两路相加，再做 ReLU。*（5 分）*

# %% answer="smaller"
### BEGIN SOLUTION
maps = keras.Input(shape=(8, 8, 16), name="maps")
y = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu", name="first")(maps)
y = layers.Conv2D(32, 3, padding="same", name="second")(y)
shortcut = layers.Conv2D(32, 1, strides=2, padding="same", name="projection")(maps)
total = layers.add([shortcut, y], name="sum")
smaller = keras.Model(maps, layers.ReLU(name="relu")(total), name="smaller")
### END SOLUTION

# %% check="smaller"

# %% [markdown] lang="fr"
# ## 4. Trois erreurs à trouver
#
# Un collègue a voulu trier des photos de 16 × 16 pixels en cinq sortes :
#
# - une convolution de 16 filtres 3 × 3, ReLU ;
# - un bloc : convolution de 16 filtres 3 × 3, normalisation, ReLU, convolution de 16 filtres 3 × 3, normalisation ; on **additionne** le résultat à **ce qui est entré dans le bloc** ; enfin, une ReLU **après** la somme ;
# - une moyenne sur toute l’image, un `Dropout` de 0,5, une couche dense de 5 unités, softmax.
#
# Toutes les convolutions ont `padding="same"`. La description est bonne, mais son code contient **trois** erreurs, et rien ne plante. Corrigez-les : votre réponse s’appellera `mended`. *(6 points)*
# %% [markdown] lang="en"
# ## 4. Three mistakes to find
#
# A colleague wanted to sort photos of 16 × 16 pixels into five kinds:
#
# - a convolution of 16 filters 3 × 3, ReLU;
# - a block: convolution of 16 filters 3 × 3, normalisation, ReLU, convolution of 16 filters 3 × 3, normalisation; the result is **added** to **what came into the block**; finally, a ReLU **after** the sum;
# - an average over the whole image, a `Dropout` of 0.5, a dense layer of 5 units, softmax.
#
# All convolutions have `padding="same"`. The description is right, but the code contains **three** mistakes, and nothing crashes. Fix them, and call your answer `mended`. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 找出三处错误
#
# 一位同事想把 16 × 16 像素的照片分成五类：
#
# - 卷积层：16 个 3 × 3 卷积核，ReLU 激活；
# - 残差块：卷积（16 个 3 × 3 卷积核）、归一化、ReLU、卷积（16 个 3 × 3 卷积核）、归一化；结果与**进入这个块的张量** **相加**；求和**之后**再做 ReLU；
# - 对整幅图取平均，接比例为 0.5 的 `Dropout`，最后是 5 个单元的全连接层，softmax 激活。
#
# 所有卷积层都用 `padding="same"`。这段描述没有问题，但他的代码里有**三处**错误，而且都不会报错。请改正，并把改好的模型命名为 `mended`。*（6 分）*

# %%
photo = keras.Input(shape=(16, 16, 3), name="photo")
start = layers.Conv2D(16, 3, padding="same", activation="relu")(photo)
y = layers.Conv2D(16, 3, padding="same")(start)
y = layers.BatchNormalization()(y)
inside = layers.ReLU()(y)
y = layers.Conv2D(16, 3, padding="same")(inside)
y = layers.BatchNormalization()(y)
y = layers.ReLU()(y)
y = layers.multiply([inside, y])
y = layers.GlobalAveragePooling2D()(y)
y = layers.Dropout(0.5)(y)
draft = keras.Model(photo, layers.Dense(5, activation="softmax")(y))

# %% answer="mended"
### BEGIN SOLUTION
start = layers.Conv2D(16, 3, padding="same", activation="relu", name="start")(photo)
y = layers.Conv2D(16, 3, padding="same", name="conv_1")(start)
y = layers.BatchNormalization(name="norm_1")(y)
y = layers.ReLU(name="relu_1")(y)
y = layers.Conv2D(16, 3, padding="same", name="conv_2")(y)
y = layers.BatchNormalization(name="norm_2")(y)
y = layers.add([start, y], name="sum")
y = layers.ReLU(name="relu_2")(y)
y = layers.GlobalAveragePooling2D(name="everywhere")(y)
y = layers.Dropout(0.5, name="dropout")(y)
mended = keras.Model(photo, layers.Dense(5, activation="softmax", name="kind")(y), name="mended")
### END SOLUTION

# %% check="mended"

# %% [markdown] lang="fr"
# ## 5. Que se passe-t-il, et quand ?
#
# Pour chaque ligne, choisissez `"a"`, `"b"` ou `"c"`. *(4 points)*
#
# | | `"a"` | `"b"` | `"c"` |
# |---|---|---|---|
# | `dropout` : en inférence, `Dropout(0.5)`… | éteint la moitié des nombres | laisse tout passer tel quel | divise tous les nombres par 2 |
# | `training` : en entraînement, `BatchNormalization` se sert… | de la moyenne du lot | de la moyenne mobile | de la moyenne de tout le jeu d’entraînement |
# | `inference` : en inférence, elle se sert… | de la moyenne du lot | de la moyenne mobile | de la moyenne de tout le jeu de test |
# | `deeper` : une pile plus profonde fait pire, *même sur l’entraînement* ; le plus probable : | elle surapprend | elle a trop peu de paramètres | elle est difficile à entraîner |
# %% [markdown] lang="en"
# ## 5. What happens, and when?
#
# For each row, choose `"a"`, `"b"` or `"c"`. *(4 points)*
#
# | | `"a"` | `"b"` | `"c"` |
# |---|---|---|---|
# | `dropout`: in inference, `Dropout(0.5)`… | turns off half of the numbers | lets everything through as it is | divides all numbers by 2 |
# | `training`: in training, `BatchNormalization` uses… | the mean of the batch | the moving mean | the mean of the whole training set |
# | `inference`: in inference, it uses… | the mean of the batch | the moving mean | the mean of the whole test set |
# | `deeper`: a deeper stack does worse, *even on the training set*; most likely: | it overfits | it has too few parameters | it is hard to train |
# %% [markdown] lang="zh"
# ## 5. 什么时候，发生什么？
#
# 每一行从 `"a"`、`"b"`、`"c"` 中选一个。*（4 分）*
#
# | | `"a"` | `"b"` | `"c"` |
# |---|---|---|---|
# | `dropout`：推理时，`Dropout(0.5)` 会…… | 关掉一半的数 | 让所有数原样通过 | 把所有数除以 2 |
# | `training`：训练时，`BatchNormalization` 用的是…… | 当前批次的均值 | 移动均值 | 整个训练集的均值 |
# | `inference`：推理时，它用的是…… | 当前批次的均值 | 移动均值 | 整个测试集的均值 |
# | `deeper`：堆得更深，*连训练集上*都更差，最可能的原因是…… | 过拟合 | 参数太少 | 难以训练 |

# %% answer="modes"
modes = {"dropout": None, "training": None, "inference": None, "deeper": None}
### BEGIN SOLUTION
modes = {"dropout": "b", "training": "a", "inference": "b", "deeper": "c"}
### END SOLUTION

# %% check="modes"

# %% [markdown] lang="fr"
# ## 6. Un réseau résiduel entier
#
# À vous de l’assembler. `network` lit des photos de 16 × 16 pixels en couleurs (`shape=(16, 16, 3)`) ; toutes les convolutions ont `padding="same"` :
#
# - une convolution de 8 filtres 3 × 3, ReLU ;
# - **trois** blocs ordinaires, l’un derrière l’autre, chacun avec ses propres poids : deux convolutions de 8 filtres 3 × 3, ReLU **toutes les deux** ; leur résultat est additionné à l’entrée du bloc, sans activation après la somme ;
# - **un** bloc qui réduit : une convolution de 16 filtres 3 × 3, de pas 2, ReLU, puis une de pas 1, ReLU aussi ; sur le raccourci, une convolution de 16 filtres 1 × 1, de pas 2, sans activation ; puis la somme, sans activation ;
# - une moyenne sur toute l’image, puis une couche dense de 4 unités, softmax.
#
# Une fonction et une boucle vous éviteront de tout écrire trois fois. *(6 points)*
# %% [markdown] lang="en"
# ## 6. A whole residual network
#
# Now assemble one. `network` reads photos of 16 × 16 pixels in colour (`shape=(16, 16, 3)`); all convolutions have `padding="same"`:
#
# - a convolution of 8 filters 3 × 3, ReLU;
# - **three** ordinary blocks, one after another, each with weights of its own: two convolutions of 8 filters 3 × 3, **both** with ReLU; their result is added to the input of the block, with no activation after the sum;
# - **one** block that shrinks: a convolution of 16 filters 3 × 3 with a stride of 2, ReLU, then one with a stride of 1, ReLU as well; on the shortcut, a convolution of 16 filters 1 × 1 with a stride of 2, without activation; then the sum, without activation;
# - an average over the whole image, then a dense layer of 4 units, softmax.
#
# A function and a loop will save you writing everything three times. *(6 points)*
# %% [markdown] lang="zh"
# ## 6. 一个完整的残差网络
#
# 轮到你来组装。`network` 读取 16 × 16 像素的彩色照片（`shape=(16, 16, 3)`）；所有卷积层都用 `padding="same"`：
#
# - 卷积层：8 个 3 × 3 卷积核，ReLU 激活；
# - 依次接**三个**普通残差块，各有自己的权重：两个卷积层，各 8 个 3 × 3 卷积核，**都**用 ReLU 激活；结果与块的输入相加，求和之后不带激活函数；
# - 再接**一个**会缩小的残差块：一个卷积层有 16 个 3 × 3 卷积核，步幅为 2，ReLU 激活；接着一个步幅为 1 的同样的卷积层，也用 ReLU；捷径上放一个卷积层，16 个 1 × 1 卷积核，步幅为 2，不带激活函数；然后相加，求和之后不带激活函数；
# - 对整幅图取平均，最后是 4 个单元的全连接层，softmax 激活。
#
# 写一个函数，再用一个循环，就不必把同样的代码写三遍。*（6 分）*


# %% answer="network"
### BEGIN SOLUTION
def residual(x, filters, strides=1):
    same = {"padding": "same", "activation": "relu"}
    y = layers.Conv2D(filters, 3, strides=strides, **same)(x)
    y = layers.Conv2D(filters, 3, **same)(y)
    if strides != 1:
        x = layers.Conv2D(filters, 1, strides=strides, padding="same")(x)
    return layers.add([x, y])


picture = keras.Input(shape=(16, 16, 3), name="picture")
x = layers.Conv2D(8, 3, padding="same", activation="relu", name="start")(picture)
for _number in range(3):
    x = residual(x, 8)
x = residual(x, 16, strides=2)
x = layers.GlobalAveragePooling2D(name="everywhere")(x)
network = keras.Model(picture, layers.Dense(4, activation="softmax", name="kind")(x))
### END SOLUTION

# %% check="network"

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
def _conv(filters, size=3, strides=1, activation=None):
    return layers.Conv2D(filters, size, strides=strides, padding="same", activation=activation)


def _one_block(join=layers.add, skip="input", relus=("relu", None, "relu")):
    maps = keras.Input((8, 8, 16))
    inner = _conv(16, activation=relus[0])(maps)
    y = _conv(16, activation=relus[1])(inner)
    if skip != "none":
        y = join([maps if skip == "input" else inner, y])
    return keras.Model(maps, layers.ReLU()(y) if relus[2] else y)


def _smaller(strides=(2, 1), size=1, on_shortcut=None, last=True, pool=None):
    maps = keras.Input((8, 8, 16))
    y = _conv(32, strides=strides[0], activation="relu")(maps)
    y = _conv(32, strides=strides[1])(y)
    shortcut = pool(maps) if pool else maps
    shortcut = _conv(32, size, 1 if pool else 2, on_shortcut)(shortcut)
    y = layers.add([shortcut, y])
    return keras.Model(maps, layers.ReLU()(y) if last else y)


def _mended(join=layers.add, outer=True, relu_first=False, end=layers.GlobalAveragePooling2D):
    image = keras.Input((16, 16, 3))
    start = _conv(16, activation="relu")(image)
    inside = layers.ReLU()(layers.BatchNormalization()(_conv(16)(start)))
    y = layers.BatchNormalization()(_conv(16)(inside))
    y = layers.ReLU()(y) if relu_first else y
    y = join([start if outer else inside, y])
    y = y if relu_first else layers.ReLU()(y)
    y = layers.Dropout(0.5)(end()(y))
    return keras.Model(image, layers.Dense(5, activation="softmax")(y))


def _network(blocks=3, shared=False, skips=True, end=layers.GlobalAveragePooling2D, last="relu"):
    def block(filters, strides=1):
        convs = [_conv(filters, 3, strides, "relu"), _conv(filters, activation=last)]
        projection = _conv(filters, 1, strides) if strides > 1 else layers.Identity()

        def call(x):
            y = convs[1](convs[0](x))
            return layers.add([projection(x), y]) if skips else y

        return call

    image = keras.Input((16, 16, 3))
    x = _conv(8, activation="relu")(image)
    made = [block(8)] * blocks if shared else [block(8) for _each in range(blocks)]
    for one in [*made, block(16, 2)]:
        x = one(x)
    return keras.Model(image, layers.Dense(4, activation="softmax")(end()(x)))


RUBRIC = Rubric(
    "resnet",
    [
        value_task(
            "counting",
            counting,
            points=4,
            hints=[
                _("A sum has no weights: only the convolutions of the block count."),
                _(
                    "A convolution of n × n has n × n × (channels that come in) weights for each filter, and one bias for each filter; strides change nothing in that."
                ),
                _(
                    'With padding="same" and a stride of 2, every other pixel counts, the first included: of 1, 2, 3, …, 15 the pixels 1, 3, 5, …, 15. And a normalisation keeps four numbers for each channel.'
                ),
            ],
            mistakes={
                _(
                    "You counted the weights of the convolutions, but not their biases: one for each filter."
                ): {
                    "block": 2 * 9 * 32 * 32,
                    "projection": 32 * 48,
                },
                _(
                    "The window of the projection is 1 × 1, not 3 × 3: that is what makes it light."
                ): {"projection": 9 * 32 * 48 + 48},
                _('With padding="same", a stride of 2 rounds half the side up, not down.'): {
                    "side": 7
                },
                _(
                    "You counted only what the normalisation learns. The moving mean and variance are parameters too, not trained ones."
                ): {"normalisation": 2 * 32},
            },
        ),
        model_task(
            "block",
            block,
            [Criterion("interface", 1), Criterion("equivalent", 3)],
            hints=[
                _("Keep the input in a variable of its own: you need it twice."),
                _("layers.add([maps, y]) adds number by number; both have the shape (8, 8, 16)."),
                _(
                    "In this order: convolution with ReLU, convolution without, sum with the input, layers.ReLU()."
                ),
            ],
            mistakes={
                _(
                    "There is no shortcut: the input has to be added to what the second convolution gives."
                ): _one_block(skip="none"),
                _(
                    "The shortcut has to start before the first convolution, at the input of the block."
                ): _one_block(skip="inner"),
                _("The last ReLU stands before the sum. It is asked for after it."): _one_block(
                    relus=("relu", "relu", None)
                ),
                _(
                    "Concatenating puts the channels side by side and doubles them. Add the two branches instead."
                ): _one_block(join=layers.concatenate),
                _(
                    "Between the two convolutions, a ReLU is asked for: without it they amount to a single one."
                ): _one_block(relus=(None, None, "relu")),
            },
        ),
        model_task(
            "smaller",
            smaller,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("Both branches start from the input, and both must give (4, 4, 32)."),
                _(
                    "The stride of 2 is asked for twice: in the first convolution, and on the shortcut."
                ),
                _(
                    'The shortcut is layers.Conv2D(32, 1, strides=2, padding="same")(maps): no activation, and nothing else.'
                ),
            ],
            mistakes={
                _(
                    "The projection on the shortcut has a ReLU. It should let everything through: no activation there."
                ): _smaller(on_shortcut="relu"),
                _(
                    "The convolution on the shortcut is 3 × 3. A window of 1 × 1 is asked for: it only changes the shape."
                ): _smaller(size=3),
                _(
                    "The stride of 2 belongs to the first convolution of the branch, not to the second."
                ): _smaller(strides=(1, 2)),
                _("The ReLU after the sum is missing."): _smaller(last=False),
                _(
                    "You shrink the shortcut by pooling. A convolution of 1 × 1 with a stride of 2 does it on its own."
                ): _smaller(pool=layers.MaxPooling2D(2)),
            },
        ),
        model_task(
            "mended",
            mended,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _(
                    "Follow the shortcut backwards from where the branches meet: where does it start?"
                ),
                _(
                    "What do the two branches do where they meet? Compare with the description, word by word."
                ),
                _("In the description, what comes right before the sum, and what right after it?"),
            ],
            mistakes={
                _(
                    "The shortcut starts inside the block, after its first convolution. It has to start where the block starts."
                ): _mended(outer=False),
                _(
                    "The branches are multiplied. A residual block adds: only a sum leaves the gradient a free path."
                ): _mended(join=layers.multiply),
                _(
                    "The last ReLU of the block stands before the sum. It belongs after it."
                ): _mended(relu_first=True),
                _("This is still the draft: none of its three mistakes is mended."): _mended(
                    outer=False, join=layers.multiply, relu_first=True
                ),
                _(
                    "Flatten keeps the place of every pixel. An average over the whole image is asked for."
                ): _mended(end=layers.Flatten),
                _(
                    "GlobalMaxPooling2D keeps the largest value of each channel. An average is asked for."
                ): _mended(end=layers.GlobalMaxPooling2D),
            },
        ),
        value_task(
            "modes",
            modes,
            points=4,
            hints=[
                _("In inference, the answer for one image must depend on nothing but that image."),
                _(
                    "A layer that meets one batch at a time knows no mean of a whole set; what can it use instead, in each mode?"
                ),
                _(
                    "Overfitting shows in a gap between training and validation. If even the training set goes badly, look for the cause in the gradients."
                ),
            ],
            mistakes={
                _(
                    "Dropout turns numbers off in training only. In inference it does nothing at all."
                ): {"dropout": "a"},
                _(
                    "Dropout makes up for it in training already, by doubling what stays. In inference nothing is left to divide."
                ): {"dropout": "c"},
                _(
                    "You have exchanged the two modes of BatchNormalization: the batch serves in training, the moving mean in inference."
                ): {
                    "training": "b",
                    "inference": "a",
                },
                _(
                    "Overfitting means good on the training set, bad elsewhere. Here the training set itself goes badly."
                ): {"deeper": "a"},
            },
        ),
        model_task(
            "network",
            network,
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _(
                    "Write a function that takes x and returns the sum, and call it three times in a loop."
                ),
                _(
                    "Make the layers inside the function: then each call makes new ones, with weights of their own."
                ),
                _(
                    'In the block that shrinks, x goes through layers.Conv2D(16, 1, strides=2, padding="same") before the sum; then GlobalAveragePooling2D and the dense layer.'
                ),
            ],
            mistakes={
                _(
                    "The three blocks share their weights: one block is called three times. Make new layers for each block."
                ): _network(shared=True),
                _("There are two ordinary blocks; three are asked for."): _network(blocks=2),
                _("The shortcuts are missing: this is a plain stack."): _network(skips=False),
                _(
                    "Flatten keeps the place of every pixel. An average over the whole image is asked for."
                ): _network(end=layers.Flatten),
                _(
                    "The second convolution of each block has a ReLU as well, before the sum."
                ): _network(last=None),
            },
        ),
    ],
)
