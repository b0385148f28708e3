"""Unit 05, exercise: layers that are called several times. Statement, solution and rubric."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : couches partagées et réseaux siamois
#
# Cinq questions, dans l’ordre de la leçon ; comptez une demi-heure.
#
# Chaque énoncé fixe ce qui compte : tailles, activations, et ce qui est partagé. **Ce qui n’est pas demandé est libre** : noms des couches, style, façon d’écrire les calculs. Ici, le partage fait partie de la réponse : deux couches identiques mais distinctes ne valent pas une couche appelée deux fois.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("05-siamese.search_model")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: shared layers and Siamese networks
#
# Five questions, in the order of the lesson; allow half an hour.
#
# Each statement fixes what counts: sizes, activations, and what is shared. **Whatever is not asked for is up to you**: names of layers, style, how you write the arithmetic. Sharing is part of the answer here: two layers that look alike are not one layer called twice.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("05-siamese.search_model")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：共享层与孪生网络
#
# 一共五道题，顺序与本单元的课程一致，大约需要半小时。
#
# 题目写明了所有会影响评分的要求：大小、激活函数，以及哪些要共享。**没有写明的都由你决定**：层的名称、写法风格、怎样书写运算。在这里，共享也是答案的一部分：两个一模一样的层，不等于一个层调用两次。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("05-siamese.search_model")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers, ops

# %% [markdown] lang="fr"
# ## 1. Compter ce qui est partagé
#
# Sans rien construire, combien de paramètres ?
#
# - `shared` : une couche `Embedding(5000, 64)`, appelée sur **trois** entrées ;
# - `separate` : **trois** couches `Embedding(5000, 64)`, une par entrée ;
# - `siamese` : un encodeur fait d’une couche dense de 32 unités sur 64 nombres, puis d’une couche dense de 8 unités ; l’encodeur est appelé sur **deux** images, et la distance est calculée avec `keras.ops`.
#
# Remplacez chaque `None` par un nombre entier. *(3 points)*
# %% [markdown] lang="en"
# ## 1. Count what is shared
#
# Without building anything, how many parameters?
#
# - `shared`: one layer `Embedding(5000, 64)`, called on **three** inputs;
# - `separate`: **three** layers `Embedding(5000, 64)`, one per input;
# - `siamese`: an encoder made of a dense layer of 32 units on 64 numbers, then a dense layer of 8 units; the encoder is called on **two** images, and the distance is computed with `keras.ops`.
#
# Replace each `None` by a whole number. *(3 points)*
# %% [markdown] lang="zh"
# ## 1. 数一数共享的参数
#
# 不搭建模型，写出各有多少个参数：
#
# - `shared`：一个 `Embedding(5000, 64)` 层，在**三个**输入上调用；
# - `separate`：**三个** `Embedding(5000, 64)` 层，每个输入一个；
# - `siamese`：编码器由两个全连接层组成，第一层接收 64 个数、有 32 个单元，第二层有 8 个单元；编码器在**两张**图像上调用，距离用 `keras.ops` 计算。
#
# 把每个 `None` 换成一个整数。*（3 分）*

# %% answer="counting"
counting = {"shared": None, "separate": None, "siamese": None}
### BEGIN SOLUTION
counting = {
    "shared": 5000 * 64,
    "separate": 3 * 5000 * 64,
    "siamese": (64 * 32 + 32) + (32 * 8 + 8),
}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 2. Une recherche, un vocabulaire
#
# Un site d’aide veut estimer la probabilité qu’une page réponde à une requête. Construisez `search_model` :
#
# - deux entrées de longueur quelconque, `query` et `page`, faites de numéros de mots (`dtype="int32"`) ;
# - **un seul** plongement (*embedding*) de 2 000 mots, 32 nombres par mot, pour les deux textes ;
# - chaque texte est résumé par la moyenne de ses vecteurs (`GlobalAveragePooling1D`) ;
# - les deux moyennes sont concaténées, la requête d’abord ;
# - une couche dense de 1 unité, activation sigmoïde, donne la réponse. *(5 points)*
# %% [markdown] lang="en"
# ## 2. One search, one vocabulary
#
# A help site wants to estimate the probability that a page answers a query. Build `search_model`:
#
# - two inputs of any length, `query` and `page`, made of word numbers (`dtype="int32"`);
# - **a single** embedding of 2,000 words, 32 numbers per word, for both texts;
# - each text is summarised by the mean of its vectors (`GlobalAveragePooling1D`);
# - the two means are concatenated, the query first;
# - a dense layer of 1 unit with sigmoid activation gives the answer. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 一次搜索，一份词表
#
# 一个帮助中心想估计：某个页面能解答某条查询的概率有多大。搭建模型 `search_model`：
#
# - 两个长度不限的输入 `query` 和 `page`，内容是词编号（`dtype="int32"`）；
# - **只用一个**嵌入层（embedding）处理两段文本：2,000 个词，每个词 32 个数；
# - 每段文本用词向量的平均值概括（`GlobalAveragePooling1D`）；
# - 把两个平均值拼接起来，查询在前；
# - 最后用一个只有 1 个单元的全连接层（sigmoid 激活）给出答案。*（5 分）*

# %% answer="search_model"
### BEGIN SOLUTION
query = keras.Input(shape=(None,), dtype="int32", name="query")
page = keras.Input(shape=(None,), dtype="int32", name="page")
words = layers.Embedding(2000, 32, name="words")
mean = layers.GlobalAveragePooling1D(name="mean")
both = layers.concatenate([mean(words(query)), mean(words(page))], name="both")
answers = layers.Dense(1, activation="sigmoid", name="answers")(both)
search_model = keras.Model([query, page], answers, name="search_model")
### END SOLUTION

# %% check="search_model"

# %% [markdown] lang="fr"
# ## 3. La perte contrastive, à la main
#
# Rappel : la marge vaut 1, $y$ vaut 1 si les signes diffèrent et 0 si c’est le même, et
#
# $$\text{perte} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# Écrivez la perte de ces quatre paires :
#
# - `same_close` : même signe, distance 0,2 ;
# - `same_far` : même signe, distance 0,9 ;
# - `different_close` : signes différents, distance 0,4 ;
# - `different_far` : signes différents, distance 1,5. *(4 points)*
# %% [markdown] lang="en"
# ## 3. The contrastive loss by hand
#
# As a reminder: the margin is 1, $y$ is 1 if the signs differ and 0 if they are the same, and
#
# $$\text{loss} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# Write the loss of these four pairs:
#
# - `same_close`: same sign, distance 0.2;
# - `same_far`: same sign, distance 0.9;
# - `different_close`: different signs, distance 0.4;
# - `different_far`: different signs, distance 1.5. *(4 points)*
# %% [markdown] lang="zh"
# ## 3. 手算对比损失
#
# 回顾一下：间隔取 1；记号不同时 $y$ 为 1，相同时为 0；
#
# $$\text{loss} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# 写出这四对图像的损失：
#
# - `same_close`：同一记号，距离 0.2；
# - `same_far`：同一记号，距离 0.9；
# - `different_close`：不同记号，距离 0.4；
# - `different_far`：不同记号，距离 1.5。*（4 分）*

# %% answer="losses"
losses = {
    "same_close": None,
    "same_far": None,
    "different_close": None,
    "different_far": None,
}
### BEGIN SOLUTION
losses = {
    "same_close": 0.2**2,
    "same_far": 0.9**2,
    "different_close": (1 - 0.4) ** 2,
    "different_far": 0.0,
}
### END SOLUTION

# %% check="losses"

# %% [markdown] lang="fr"
# ## 4. Trois erreurs à trouver
#
# Un collègue a voulu construire un vérificateur de signatures :
#
# - deux images de 8 × 8 pixels en niveaux de gris (`shape=(8, 8, 1)`), `signature_a` et `signature_b` ;
# - **un même** encodeur pour les deux : une convolution de 8 filtres 3 × 3, activation ReLU, puis `Flatten`, puis une couche dense de 16 unités sans activation ;
# - la **valeur absolue** de la différence des deux empreintes, nombre par nombre : l’ordre des signatures ne doit pas compter ;
# - une couche dense de 1 unité, activation sigmoïde : la probabilité que les signatures diffèrent.
#
# La description est bonne, mais son code contient **trois** erreurs, dont aucune ne fait planter quoi que ce soit. Corrigez-les : votre réponse s’appellera `verifier`. *(6 points)*
# %% [markdown] lang="en"
# ## 4. Three mistakes to find
#
# A colleague wanted to build a signature verifier:
#
# - two grey images of 8 × 8 pixels (`shape=(8, 8, 1)`), `signature_a` and `signature_b`;
# - **one and the same** encoder for both: a convolution of 8 filters 3 × 3, ReLU activation, then `Flatten`, then a dense layer of 16 units without activation;
# - the **absolute value** of the difference of the two codes, number by number: the order of the signatures must not matter;
# - a dense layer of 1 unit with sigmoid activation: the probability that the signatures differ.
#
# The description is right, but the code contains **three** mistakes, none of which makes anything crash. Fix them, and call your answer `verifier`. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 找出三处错误
#
# 一位同事想搭建一个签名核验模型：
#
# - 两张 8 × 8 像素的灰度图像（`shape=(8, 8, 1)`），`signature_a` 和 `signature_b`；
# - 两张图像用**同一个**编码器：卷积层（8 个 3 × 3 卷积核，ReLU 激活），然后是 `Flatten`，再接 16 个单元的全连接层，不带激活函数；
# - 两个编码逐个数相减，取**绝对值**：两个签名的先后顺序不应有影响；
# - 最后用一个只有 1 个单元的全连接层（sigmoid 激活），给出两个签名不同的概率。
#
# 这段描述没有问题，但他的代码里有**三处**错误，而且都不会报错。请改正，并把改好的模型命名为 `verifier`。*（6 分）*


# %%
def make_encoder():
    image = keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(8, 3, activation="relu")(image)
    x = layers.Flatten()(x)
    return keras.Model(image, layers.Dense(16)(x))


signature_a = keras.Input(shape=(8, 8, 1), name="signature_a")
signature_b = keras.Input(shape=(8, 8, 1), name="signature_b")
difference = make_encoder()(signature_a) - make_encoder()(signature_b)
differ = layers.Dense(1, activation="softmax")(difference)
draft = keras.Model([signature_a, signature_b], differ)

# %% answer="verifier"
### BEGIN SOLUTION
encode = make_encoder()
difference = ops.abs(encode(signature_a) - encode(signature_b))
differ = layers.Dense(1, activation="sigmoid", name="differ")(difference)
verifier = keras.Model([signature_a, signature_b], differ, name="verifier")
### END SOLUTION

# %% check="verifier"

# %% [markdown] lang="fr"
# ## 5. Trois images, un encodeur
#
# Une autre façon d’apprendre à comparer : les **triplets**. Une image de référence, l’*ancre*, doit être plus proche d’une image du même signe que d’une image d’un autre signe. Construisez `encoder`, puis `triplet`, qui s’en sert :
#
# - `encoder` reçoit 64 nombres : une couche dense de 32 unités, activation ReLU, puis une couche dense de 8 unités, sans activation ;
# - `triplet` a trois entrées de 64 nombres nommées, dans cet ordre, `anchor`, `positive` et `negative` ; elles traversent toutes ce même `encoder` ;
# - `triplet` a deux sorties de forme `(None, 1)`, dans une liste et dans cet ordre : la distance **au carré** (somme des carrés des écarts, sans racine) entre `anchor` et `positive`, puis entre `anchor` et `negative`. *(6 points)*
# %% [markdown] lang="en"
# ## 5. Three images, one encoder
#
# Another way to learn to compare: **triplets**. A reference image, the *anchor*, must be closer to an image of the same sign than to an image of another sign. Build `encoder`, then `triplet`, which uses it:
#
# - `encoder` takes 64 numbers: a dense layer of 32 units, ReLU activation, then a dense layer of 8 units without activation;
# - `triplet` has three inputs of 64 numbers named `anchor`, `positive` and `negative`, in this order, all of which go through this same `encoder`;
# - `triplet` has two outputs of shape `(None, 1)`, in a list and in this order: the **squared** distance (sum of squared differences, no root) between `anchor` and `positive`, then between `anchor` and `negative`. *(6 points)*
# %% [markdown] lang="zh"
# ## 5. 三张图像，一个编码器
#
# 学习比较还有另一种方法：**三元组**（triplet）。作为基准的图像叫*锚点*（anchor），它离同一记号的图像应该比离其他记号的图像更近。先搭建 `encoder`，再搭建用到它的 `triplet`：
#
# - `encoder` 接收 64 个数：先是 32 个单元的全连接层，ReLU 激活；再接 8 个单元的全连接层，不带激活函数；
# - `triplet` 有三个输入，各 64 个数，依次名为 `anchor`、`positive` 和 `negative`，都经过这同一个 `encoder`；
# - `triplet` 有两个形状为 `(None, 1)` 的输出，放在列表里，顺序为：先是 `anchor` 与 `positive` 之间距离的**平方**（差的平方和，不开方），再是 `anchor` 与 `negative` 之间距离的平方。*（6 分）*

# %% answer="encoder,triplet"
### BEGIN SOLUTION
image = keras.Input(shape=(64,), name="image")
hidden = layers.Dense(32, activation="relu", name="hidden")(image)
encoder = keras.Model(image, layers.Dense(8, name="code")(hidden), name="encoder")

anchor = keras.Input(shape=(64,), name="anchor")
positive = keras.Input(shape=(64,), name="positive")
negative = keras.Input(shape=(64,), name="negative")


def squared_distance(one, other):
    return ops.sum(ops.square(one - other), axis=1, keepdims=True)


near = squared_distance(encoder(anchor), encoder(positive))
far = squared_distance(encoder(anchor), encoder(negative))
triplet = keras.Model([anchor, positive, negative], [near, far], name="triplet")
### END SOLUTION

# %% check="triplet"

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
def _search(embeddings=1, merge=layers.concatenate, swapped=False, last="sigmoid"):
    texts = [keras.Input((None,), dtype="int32", name=name) for name in ("query", "page")]
    made = [layers.Embedding(2000, 32) for _copy in range(embeddings)]
    means = [layers.GlobalAveragePooling1D()(made[i % embeddings](t)) for i, t in enumerate(texts)]
    joined = merge(means[::-1] if swapped else means)
    return keras.Model(texts, layers.Dense(1, activation=last)(joined))


def _verifier(encoders=1, compare=lambda a, b: ops.abs(a - b), last="sigmoid"):
    images = [keras.Input((8, 8, 1), name=f"signature_{side}") for side in "ab"]
    made = [make_encoder() for _copy in range(encoders)]
    a, b = (made[index % encoders](image) for index, image in enumerate(images))
    return keras.Model(images, layers.Dense(1, activation=last)(compare(a, b)))


def _triplet(
    encoders=1,
    measure=squared_distance,
    pairs=((0, 1), (0, 2)),
    last=None,
):
    def made():
        image = keras.Input((64,))
        hidden = layers.Dense(32, activation="relu")(image)
        return keras.Model(image, layers.Dense(8, activation=last)(hidden))

    copies = [made() for _copy in range(encoders)]
    images = [keras.Input((64,), name=name) for name in ("anchor", "positive", "negative")]
    codes = [copies[index % encoders](image) for index, image in enumerate(images)]
    outputs = [measure(codes[one], codes[other]) for one, other in pairs]
    return copies[0], keras.Model(images, outputs)


RUBRIC = Rubric(
    "siamese",
    [
        value_task(
            "counting",
            counting,
            points=3,
            hints=[
                _("What counts is how many layers are made, not how often they are called."),
                _(
                    "An embedding is a table: one row for each word, as many columns as numbers a word gets. No bias."
                ),
                _(
                    "The encoder has (64 × 32 + 32) + (32 × 8 + 8) parameters; calling it again adds none, nor does a distance."
                ),
            ],
            mistakes={
                _(
                    "You counted the shared embedding once for each call. It is made once: its matrix exists once."
                ): {"shared": 3 * 5000 * 64},
                _("You counted the encoder twice. Both images go through the same weights."): {
                    "siamese": 2 * 2344
                },
                _("You counted the weights of the encoder, but not its biases: 32, then 8."): {
                    "siamese": 64 * 32 + 32 * 8
                },
                _("Three separate embeddings have three matrices, one each."): {
                    "separate": 5000 * 64
                },
            },
        ),
        model_task(
            "search_model",
            search_model,
            [Criterion("interface", 1), Criterion("input-names", 1), Criterion("equivalent", 3)],
            hints=[
                _(
                    'An input of any length has shape=(None,): keras.Input(shape=(None,), dtype="int32", name="query").'
                ),
                _(
                    "Make the embedding once and keep it in a variable; then call that variable on both inputs."
                ),
                _(
                    "words(query) has shape (None, None, 32); GlobalAveragePooling1D makes (None, 32) of it, and two of these make 64 numbers."
                ),
            ],
            mistakes={
                _(
                    "Each text has an embedding of its own, so the same word is learned twice. Make one Embedding and call it on both."
                ): _search(embeddings=2),
                _(
                    "You add the two means. Then nothing tells the query from the page any more: concatenate them."
                ): _search(merge=layers.add),
                _("The query comes first in the concatenation, then the page."): _search(
                    swapped=True
                ),
                _(
                    "The output has no activation: it can be any number. A probability needs a sigmoid."
                ): _search(last=None),
                _(
                    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
                ): _search(last="softmax"),
            },
        ),
        value_task(
            "losses",
            losses,
            points=4,
            hints=[
                _(
                    "For each pair only one of the two terms counts: the other is multiplied by zero."
                ),
                _(
                    "Same sign: y = 0, and the loss is the squared distance. Different signs: y = 1, and what counts is how far the distance falls short of 1."
                ),
                _("A pair of different signs further apart than 1 costs nothing: max(…, 0) is 0."),
            ],
            mistakes={
                _(
                    "You have exchanged the two terms: here y is 1 for different signs, and those are to be pushed apart."
                ): {
                    "same_close": (1 - 0.2) ** 2,
                    "same_far": (1 - 0.9) ** 2,
                    "different_close": 0.4**2,
                    "different_far": 1.5**2,
                },
                _("You forgot the squares: both terms are squared."): {
                    "same_close": 0.2,
                    "same_far": 0.9,
                    "different_close": 0.6,
                },
                _(
                    "Beyond the margin there is nothing left to push: max(1 − 1.5, 0) is 0, and so is the loss."
                ): {"different_far": 0.5**2},
            },
        ),
        model_task(
            "verifier",
            verifier,
            [Criterion("interface", 1), Criterion("input-names", 1), Criterion("equivalent", 4)],
            hints=[
                _("How many times does the code call make_encoder? What does each call make?"),
                _(
                    "If the two signatures change places, the difference changes its sign: ops.abs removes it."
                ),
                _(
                    "What does softmax give when it has a single number to share 1 among? Compare with the description."
                ),
            ],
            mistakes={
                _(
                    "Each call of make_encoder makes a new encoder: the two signatures are seen with different eyes. Call it once, and use its result twice."
                ): _verifier(encoders=2),
                _(
                    "Without the absolute value, exchanging the two signatures changes the answer."
                ): _verifier(compare=lambda a, b: a - b),
                _(
                    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
                ): _verifier(last="softmax"),
                _(
                    "You square the difference. Its absolute value is asked for: large differences count less heavily."
                ): _verifier(compare=lambda a, b: ops.square(a - b)),
                _(
                    "You concatenate the two codes. Then the order of the signatures counts: take the absolute value of their difference."
                ): _verifier(compare=lambda a, b: layers.concatenate([a, b])),
            },
        ),
        model_task(
            "triplet",
            (encoder, triplet),
            [
                Criterion("interface", 1),
                Criterion("layer-names", 1, ("anchor", "positive", "negative")),
                Criterion("equivalent", 4),
            ],
            hints=[
                _(
                    "Build encoder first, as a model; then call it three times, once for each input."
                ),
                _(
                    "ops.sum(ops.square(a - b), axis=1, keepdims=True) has shape (None, 1): keepdims keeps the last axis."
                ),
                _(
                    "At the end: keras.Model([anchor, positive, negative], [near, far]), where near compares anchor with positive."
                ),
            ],
            mistakes={
                _(
                    "There is more than one set of weights. All three images must go through “encoder” itself, made once and called three times."
                ): _triplet(encoders=3),
                _("You took the root. The squared distance is asked for."): _triplet(
                    measure=lambda a, b: ops.sqrt(squared_distance(a, b))
                ),
                _(
                    "The second distance should start from the anchor as well: anchor and negative."
                ): _triplet(pairs=((0, 1), (1, 2))),
                _(
                    "ReLU on the last layer of the encoder cuts the code at 0. No activation is asked for there."
                ): _triplet(last="relu"),
            },
        ),
    ],
)
