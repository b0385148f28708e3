"""Unit 05, lesson: layers that are called several times. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Couches partagées et réseaux siamois
#
# Dans une coopérative maraîchère, chaque producteur trace son signe au feutre sur ses cageots, et une caméra trie. Votre réseau, avec ses neuf sorties, connaît neuf signes. Or un dixième producteur arrive demain : il a tracé son signe **une seule fois**, sur une fiche. Faut-il réunir cent exemples, ajouter une sortie et tout réentraîner ?
#
# Non, si le réseau n’apprend pas à *nommer* les signes, mais à dire si deux dessins portent **le même**. Pour cela, il regarde deux images avec **les mêmes yeux** : une seule couche, appelée deux fois. C’est l’idée de cette leçon, et elle sert bien au-delà.
#
# **À la fin de cette leçon, vous saurez :**
#
# - partager une couche entre plusieurs entrées, et le vérifier ;
# - dire ce que devient son gradient ;
# - construire un **réseau siamois**, écrire sa perte contrastive, l’entraîner ;
# - choisir un seuil pour décider « même signe » ou « signe différent » ;
# - reconnaître un signe d’après un **unique exemple**, absent de l’entraînement.
#
# Comptez 35 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Shared layers and Siamese networks
#
# At a farmers’ co-operative, each grower marks the crates with a sign of their own, and a camera sorts them. Your network, with its nine outputs, knows nine signs. Tomorrow a tenth grower joins, who has drawn the new sign **just once**, on the membership form. Do you have to collect a hundred examples, add an output and train all over again?
#
# Not if the network learns, instead of *naming* signs, to say whether two drawings show **the same one**. To do so it looks at two images with **the same eyes**: one layer, called twice. That is the idea of this lesson, and it reaches well beyond.
#
# **By the end of this lesson you will be able to:**
#
# - share a layer between several inputs, and prove that it is shared;
# - say what becomes of its gradient;
# - build a **Siamese network**, write its contrastive loss, train it;
# - choose a threshold to decide between “same sign” and “another sign”;
# - recognise a sign from a **single example** that training never saw.
#
# Allow 35 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 共享层与孪生网络
#
# 在一家果蔬合作社，每户农家都在筐上手写自己的记号，由摄像头负责分拣。你的网络有九个输出，认得九种记号。可是明天要来一位新社员，他的记号**只写过一次**，就在入社登记表上。难道要收集上百个样本、加一个输出、再从头训练吗？
#
# 不必。只要让网络改学另一件事：不是给记号*起名字*，而是判断两张图像上是不是**同一个记号**。为此，它要用**同一双眼睛**看两张图像：同一个层，调用两次。这就是本课的核心，它的用处远不止于此。
#
# **学完本课，你将能够：**
#
# - 让多个输入共享一个层，并证明它确实是共享的；
# - 说清楚共享层的梯度是怎么来的；
# - 搭建**孪生网络**（Siamese network），编写对比损失，并完成训练；
# - 选定一个阈值，判断“同一记号”还是“不同记号”；
# - 只凭**一个样本**，认出训练时从没见过的记号。
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
import tensorflow as tf
from course import data, play, plots
from keras import layers, ops

keras.utils.set_random_seed(3)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. Deux textes, un seul vocabulaire
#
# Commençons par le cas le plus courant : un moteur de recherche compare une requête à un titre. Ce sont deux entrées, mais les mots sont les mêmes. « Facture » doit-il s’apprendre deux fois, une fois à gauche, une fois à droite ?
#
# Les textes arrivent sous forme de numéros de mots, de longueur quelconque : `shape=(None,)`. La couche `Embedding(1000, 128)` donne à chacun des 1 000 mots un vecteur de 128 nombres.
#
# **Prédisez.** Nous appelons la *même* couche sur les deux entrées. Combien de paramètres : 1 000 × 128, ou le double ?
# %% [markdown] lang="en"
# ## 1. Two texts, one vocabulary
#
# Let us begin with the commonest case: a search engine compares a query with a title. These are two inputs, but the words are the same. Must “invoice” be learned twice, once on the left and once on the right?
#
# Texts come in as word numbers, of any length: `shape=(None,)`. The layer `Embedding(1000, 128)` gives each of 1,000 words a vector of 128 numbers.
#
# **Predict.** We call the *same* layer on both inputs. How many parameters: 1,000 × 128, or twice that?
# %% [markdown] lang="zh"
# ## 1. 两段文本，一份词表
#
# 先看最常见的情形：搜索引擎要比较查询词和网页标题。输入有两个，用的词却是同一批。“发票”这个词，难道左边学一遍、右边再学一遍吗？
#
# 文本以词编号的形式输入，长短不限：`shape=(None,)`。`Embedding(1000, 128)` 为 1,000 个词各准备一个由 128 个数组成的向量。
#
# **先预测**：我们在两个输入上调用*同一个*层。参数是 1,000 × 128 个，还是两倍？

# %%
query = keras.Input(shape=(None,), dtype="int32", name="query")
title = keras.Input(shape=(None,), dtype="int32", name="title")

words = layers.Embedding(1000, 128, name="words")
query_vectors = words(query)
title_vectors = words(title)

print("query:", query_vectors.shape, "title:", title_vectors.shape)
print(f"{words.count_params():,} parameters, in", len(words.weights), "matrix")

# %% [markdown] lang="fr"
# **128 000**, une fois. Le premier appel a créé la matrice ; le second s’en est servi. C’est toute la recette : *créer* la couche une fois, *l’appeler* autant de fois qu’il le faut.
#
# Les formes `(None, None, 128)` se lisent : n’importe quel lot, n’importe quelle longueur, 128 nombres par mot. Résumons chaque texte par la moyenne de ses mots, et comparons les deux moyennes par leur cosinus : 1 si elles ont la même direction, 0 si elles sont perpendiculaires.
# %% [markdown] lang="en"
# **128,000**, once. The first call made the matrix; the second used it. That is the whole recipe: *make* the layer once, *call* it as often as you need.
#
# Read `(None, None, 128)` as: any batch, any length, 128 numbers per word. Let us summarise each text by the mean of its words, and compare the two means by their cosine: 1 if they point the same way, 0 if they are at right angles.
# %% [markdown] lang="zh"
# **128,000** 个，只有一份。第一次调用创建了矩阵，第二次直接拿来用。诀窍就这一条：层只*创建*一次，需要几次就*调用*几次。
#
# `(None, None, 128)` 的意思是：批次大小不限，长度不限，每个词 128 个数。下面用各词向量的平均值概括一段文本，再用余弦相似度（`Dot` 加上 `normalize=True`）比较两个平均值。

# %%
mean = layers.GlobalAveragePooling1D(name="mean")
likeness = layers.Dot(axes=1, normalize=True, name="likeness")
score = likeness([mean(query_vectors), mean(title_vectors)])
search = keras.Model([query, title], score, name="search")
search.summary()

# %% alt="Drawing of the search model: query and title both lead into one box, words, then on"
plots.model_drawing(search)

# %% [markdown] lang="fr"
# Lisez la colonne « Connected to » : la ligne `words` a **deux** origines, `query` et `title`, mais n’apparaît qu’une fois, avec ses 128 000 paramètres. `words[0][0]` et `words[1][0]` désignent son premier et son second appel. Sur le dessin, deux flèches entrent dans une seule boîte.
#
# **Prédisez.** Une requête de 2 mots, un titre de 7 mots : est-ce permis ? Et si les deux textes sont identiques, quelle ressemblance obtient-on avant tout entraînement ?
# %% [markdown] lang="en"
# Read the column “Connected to”: the row `words` comes from **two** places, `query` and `title`, but stands there once, with its 128,000 parameters. `words[0][0]` and `words[1][0]` are its first and its second call. In the drawing, two arrows enter one box.
#
# **Predict.** A query of 2 words and a title of 7: is that allowed? And if both texts are the same, what likeness comes out, before any training?
# %% [markdown] lang="zh"
# 看“Connected to”一列：`words` 这一行有**两个**来源，`query` 和 `title`，但它只出现一次，参数也只有 128,000 个。`words[0][0]` 和 `words[1][0]` 分别是它的第一次和第二次调用。在结构图里，两个箭头进入同一个方框。
#
# **先预测**：查询有 2 个词，标题有 7 个词，可以吗？如果两段文本完全相同，在训练之前相似度会是多少？

# %%
short = np.array([[12, 7]])
long = np.array([[3, 12, 90, 7, 412, 55, 8]])
print("2 words against 7:", search([short, long]).shape)
print("a text against itself:", f"{float(search([long, long])[0, 0]):.2f}")

# %% [markdown] lang="fr"
# Exactement 1 : le même mot a le même vecteur des deux côtés, *par construction*. Avec deux couches `Embedding`, il faudrait l’apprendre.
# %% [markdown] lang="en"
# Exactly 1: a word has the same vector on both sides, *by construction*. With two `Embedding` layers, that would have to be learned.
# %% [markdown] lang="zh"
# 正好是 1：同一个词在两边的向量必然相同，这是*结构*决定的。如果用两个 `Embedding` 层，这一点就得靠训练去学。

# %% alt="Drawing of the separate model: query and title each lead into an embedding of their own"
query_words = layers.Embedding(1000, 128, name="query_words")
title_words = layers.Embedding(1000, 128, name="title_words")
separate_score = likeness([mean(query_words(query)), mean(title_words(title))])
separate = keras.Model([query, title], separate_score, name="separate")

print(f"shared: {search.count_params():,}; separate: {separate.count_params():,}")
likeness_now = float(separate([long, long])[0, 0])
print("a text against itself gives 1:", abs(likeness_now - 1) < 0.01)
plots.model_drawing(separate)

# %% [markdown] lang="fr"
# 256 000 : le double, et « facture » à gauche ne sait rien de « facture » à droite.
#
# > **Vous rencontrerez ceci.** Dans du code ancien : `words.get_output_at(1)`, pour retrouver le résultat du second appel. La méthode a disparu de Keras 3 : gardez les tenseurs que les appels vous rendent, comme `title_vectors`.
# %% [markdown] lang="en"
# 256,000: twice as many, and “invoice” on the left knows nothing of “invoice” on the right.
#
# > **You will meet this.** In old code: `words.get_output_at(1)`, to find the result of the second call. The method is gone from Keras 3: keep the tensors that the calls return, such as `title_vectors`.
# %% [markdown] lang="zh"
# 256,000 个：多了一倍，而且左边的“发票”和右边的“发票”互不相识。
#
# > **你会遇到这种写法**：旧代码里用 `words.get_output_at(1)` 取第二次调用的结果。Keras 3 已经没有这个方法了；请把每次调用返回的张量保存下来，比如 `title_vectors`。

# %%
print("get_output_at exists:", hasattr(words, "get_output_at"))
print("one layer, found once:", [layer.name for layer in search.layers].count("words"))
print("the very same object:", search.get_layer("words") is words)

# %% [markdown] lang="fr"
# ## 2. Une couche partagée apprend de tous ses appels
#
# Que reçoit-elle à l’entraînement ? Ne gardons que l’essentiel : une couche de trois poids, appelée sur deux entrées, et la somme des deux résultats. Le gradient d’un poids est alors le nombre qu’il a multiplié.
#
# **Prédisez.** La gauche reçoit (1, 2, 3), la droite (10, 20, 30). Quel gradient pour les poids partagés ? Et pour deux couches séparées ?
# %% [markdown] lang="en"
# ## 2. A shared layer learns from all its calls
#
# What does such a layer receive in training? Let us strip it to the bone: a layer of three weights, called on two inputs, the two results added. The gradient of a weight is then the number that it multiplied.
#
# **Predict.** The left gets (1, 2, 3), the right (10, 20, 30). What is the gradient of the shared weights? And of two separate layers?
# %% [markdown] lang="zh"
# ## 2. 共享层从每一次调用中学习
#
# 训练时，它收到的是什么？我们把问题简化到极致：一个只有三个权重的层，作用在两个输入上，再把结果相加。这时，每个权重的梯度就是它所乘的那个数。
#
# **先预测**：左边输入（1, 2, 3），右边输入（10, 20, 30）。共享权重的梯度是多少？换成两个独立的层呢？


# %%
def gradients(left_layer, right_layer):
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    model = keras.Model([left, right], left_layer(left) + right_layer(right))
    with tf.GradientTape() as tape:
        total = model([np.array([[1.0, 2, 3]]), np.array([[10.0, 20, 30]])])
    return [g.numpy().ravel() for g in tape.gradient(total, model.trainable_variables)]


def three_weights():
    return layers.Dense(1, use_bias=False)


one = three_weights()
print("shared:  ", *gradients(one, one))
print("separate:", *gradients(three_weights(), three_weights()))

# %% [markdown] lang="fr"
# **Les gradients s’additionnent** : (11, 22, 33). Une couche partagée reçoit l’erreur de chacun de ses appels et fait *un* pas qui tient compte de tous. Il y a donc moins de poids à apprendre, et davantage d’exemples pour le faire. Deux couches séparées reçoivent chacune sa part et s’éloignent l’une de l’autre.
#
# Quand partager ? Quand les deux entrées sont **de même nature** et que le même traitement convient aux deux : deux textes, deux visages, deux signatures. Pas pour une image et un texte.
#
# ## 3. Des signes qui ne tiennent pas en place
#
# Revenons aux cageots. Les chiffres manuscrits joueront les signes, et le **zéro** sera celui du nouveau producteur : le réseau ne le verra pas à l’entraînement. La caméra cadre mal : chaque scan de 8 × 8 pixels tombe n’importe où dans un cadre de 12 × 12.
# %% [markdown] lang="en"
# **Gradients add up**: (11, 22, 33). A shared layer receives the error of each of its calls and takes *one* step that heeds them all. So there is less to learn, and there are more examples to learn it from. Two separate layers receive their own share each, and drift apart.
#
# When to share? When both inputs are **of one kind**, and the same treatment suits both: two texts, two faces, two signatures. Not for an image and a text.
#
# ## 3. Signs that will not keep still
#
# Back to the crates. Handwritten digits will stand in for the signs, and **zero** will be the new grower’s: training will not show it. The camera is badly aimed: each scan of 8 × 8 pixels may fall anywhere in a frame of 12 × 12.
# %% [markdown] lang="zh"
# **梯度相加**：（11, 22, 33）。共享层收到每一次调用的误差，然后迈出兼顾全部误差的*一*步。因此它要记的更少，可学的样本更多。两个独立的层则各收各的，越走越远。
#
# 什么时候该共享？两个输入**性质相同**、适合同样的处理时：两段文本、两张人脸、两个签名。一张图像和一段文本就不适合。
#
# ## 3. 位置不定的记号
#
# 回到筐上的记号。我们用手写数字来扮演记号，**数字 0** 是新社员的记号，训练时不让网络看到。摄像头取景不准：8 × 8 像素的扫描图会落在 12 × 12 画面中的任意位置。


# %%
def scatter(scans, seed):
    """(scans, 8, 8) -> (scans, 12, 12, 1): each scan somewhere in a larger frame."""
    frames = np.zeros((len(scans), 12, 12, 1), "float32")
    corners = np.random.default_rng(seed).integers(0, 5, (len(scans), 2))
    for frame, scan, (row, column) in zip(frames, scans, corners, strict=True):
        frame[row : row + 8, column : column + 8, 0] = scan
    return frames


scans = data.thumbnails()
x_all, y_all = scatter(scans.x_train, seed=1), scans.y_train
x_test, y_test = scatter(scans.x_test, seed=2), scans.y_test
print(x_all.shape, x_test.shape)

# %% alt="Sixteen handwritten digits, each at another place in its frame"
plots.images(x_all[:16, :, :, 0], labels=y_all[:16], columns=8)

# %% [markdown] lang="fr"
# Le réseau apprendra sur des **paires**. Si on les tirait au hasard, une sur neuf à peine montrerait deux fois le même signe. Équilibrons : à chaque image, un partenaire du même signe et un d’un autre. La cible vaut 0 si c’est le même, 1 s’ils diffèrent, comme une distance.
#
# **Prédisez.** Pour la validation, vaut-il mieux mettre de côté des *paires*, ou des *images* ?
# %% [markdown] lang="en"
# The network will learn from **pairs**. Drawn at random, barely one in nine would show the same sign twice. Let us balance them: for each image, one partner with the same sign and one with another. The target is 0 if they are the same and 1 if they differ, like a distance.
#
# **Predict.** For validation, is it better to set aside *pairs*, or *images*?
# %% [markdown] lang="zh"
# 网络要从**成对**的图像中学习。如果随机抽取，大约只有九分之一的图像对是同一记号。我们来平衡一下：给每张图像各配一个记号相同的伙伴和一个记号不同的伙伴。相同时目标值为 0，不同时为 1，就像距离一样。
#
# **先预测**：留作验证的，应该是*图像对*，还是*图像*？


# %%
def pairs(images, labels, seed, rounds=1):
    """For each image, a partner of the same label and one of another: a, b, different."""
    rng = np.random.default_rng(seed)
    everyone = np.arange(len(labels))
    left, right, different = [], [], []
    for index in np.tile(everyone, rounds):
        alike = labels == labels[index]
        left += [index, index]
        right.append(rng.choice(everyone[alike & (everyone != index)]))
        right.append(rng.choice(everyone[~alike]))
        different += [[0], [1]]
    return images[left], images[right], np.array(different, "float32")


known = y_all != 0
x_known, y_known = x_all[known], y_all[known]
x_train, y_train = x_known[:1100], y_known[:1100]
x_val, y_val = x_known[1100:], y_known[1100:]

a_train, b_train, different_train = pairs(x_train, y_train, seed=3, rounds=2)
a_val, b_val, different_val = pairs(x_val, y_val, seed=4)
a_test, b_test, different_test = pairs(x_test[y_test != 0], y_test[y_test != 0], seed=5)
print("pairs:", len(a_train), len(a_val), len(a_test))
print("zeros to learn from:", np.sum(y_train == 0) + np.sum(y_val == 0))

# %% [markdown] lang="fr"
# Des images : chacune figure dans plusieurs paires, et une validation faite de paires contiendrait des images déjà vues. On répartit d’abord les images, on forme les paires ensuite.
#
# Avant d’entraîner quoi que ce soit, essayons sans réseau : la distance entre les pixels.
#
# **Prédisez.** Deux 3 décalés de deux pixels se ressemblent-ils, pixel à pixel ?
# %% [markdown] lang="en"
# Images: each occurs in several pairs, and a validation made of pairs would contain images already seen. Split first, pair afterwards.
#
# Before training anything, let us try without a network: the distance between the pixels.
#
# **Predict.** The same 3 twice, once shifted by two pixels: do the two images look alike, pixel by pixel?
# %% [markdown] lang="zh"
# 应该留出图像：每张图像会出现在好几个图像对里，如果留出的是图像对，验证时就会遇到见过的图像。所以先划分，再配对。
#
# 在训练之前，先试试不用网络：直接计算像素之间的距离。
#
# **先预测**：两个错开两个像素的 3，逐个像素比较，像不像？


# %% alt="Pixel distances of same and of different pairs: the two humps lie on top of each other"
def pixel_distances(a, b):
    return np.sqrt(np.square(a - b).sum(axis=(1, 2, 3)))


def show(distances, different, mark=None):
    groups = {
        _("same sign"): distances[different[:, 0] == 0],
        _("different signs"): distances[different[:, 0] == 1],
    }
    return plots.histogram(groups, x_label=_("distance"), mark=mark)


in_pixels = pixel_distances(a_test, b_test)
right = [np.mean((in_pixels > t) == different_test[:, 0]) for t in in_pixels]
print("pixels, best of all thresholds <= 0.60:", max(right) <= 0.6)
show(in_pixels, different_test)

# %% [markdown] lang="fr"
# Deux bosses l’une sur l’autre : même avec le meilleur seuil, à peine mieux qu’à pile ou face. Il faut *apprendre* une distance.
#
# ## 4. Le réseau siamois
#
# Un encodeur réduit une image à 16 nombres, son *code*, que nous appellerons ici son **empreinte**. Le maximum global oublie *où* un motif a été vu ; reste *quels* motifs l’ont été.
# %% [markdown] lang="en"
# Two humps, one on top of the other: even the best threshold is hardly better than tossing a coin. A distance has to be *learned*.
#
# ## 4. The Siamese network
#
# An encoder reduces an image to 16 numbers, its **code**. The global maximum forgets *where* a pattern was seen; *which* patterns were seen remains.
# %% [markdown] lang="zh"
# 两个“山包”叠在一起：即使用最好的阈值，也只比抛硬币强一点点。距离得靠*学习*得来。
#
# ## 4. 孪生网络
#
# 编码器（encoder）把一张图像浓缩成 16 个数，也就是它的**编码**。全局最大池化会忘掉图案出现在*哪里*，只留下出现过*哪些*图案。


# %% alt="Drawing of the encoder: three convolutions, a global maximum, a dense layer of 16"
def make_encoder(name):
    image = keras.Input(shape=(12, 12, 1), name="image")
    x = layers.Conv2D(16, 3, activation="relu", name="strokes")(image)
    x = layers.Conv2D(32, 3, activation="relu", name="corners")(x)
    x = layers.Conv2D(64, 3, activation="relu", name="shapes")(x)
    x = layers.GlobalMaxPooling2D(name="anywhere")(x)
    return keras.Model(image, layers.Dense(16, name="code")(x), name=name)


encoder = make_encoder("encoder")
print(f"{encoder.count_params():,} parameters")
plots.model_drawing(encoder)

# %% [markdown] lang="fr"
# Un modèle s’appelle comme une couche, donc se partage comme une couche. Appelons-le sur deux images, puis mesurons la distance entre les deux empreintes : la racine de la somme des carrés des écarts.
#
# **Prédisez.** Combien de paramètres aura `siamese` ? Et pourquoi ce petit 1e-6 sous la racine ?
# %% [markdown] lang="en"
# A model is called like a layer, so it is shared like a layer. Let us call it on two images and measure the distance between the two codes: the square root of the sum of squared differences.
#
# **Predict.** How many parameters will `siamese` have? And why the small 1e-6 under the root?
# %% [markdown] lang="zh"
# 模型可以像层一样调用，也就可以像层一样共享。把它作用在两张图像上，再计算两个编码之间的距离：差的平方和，再开方。
#
# **先预测**：`siamese` 会有多少个参数？根号里为什么要加上小小的 1e-6？


# %%
def distance(a, b):
    """(batch, n), (batch, n) -> (batch, 1): the Euclidean distance."""
    squares = ops.sum(ops.square(a - b), axis=1, keepdims=True)
    return ops.sqrt(squares + 1e-6)


def compare_with(encode_a, encode_b, name):
    image_a = keras.Input(shape=(12, 12, 1), name="image_a")
    image_b = keras.Input(shape=(12, 12, 1), name="image_b")
    far = distance(encode_a(image_a), encode_b(image_b))
    return keras.Model([image_a, image_b], far, name=name)


siamese = compare_with(encoder, encoder, name="siamese")
siamese.summary()

# %% alt="Drawing of the Siamese network: two images, one encoder box, the distance between"
plots.model_drawing(siamese)

# %% [markdown] lang="fr"
# Autant que l’encodeur seul : **24 336**. Dans le résumé, `encoder` figure une fois, relié à `image_a` et à `image_b` ; tout le reste ne fait que calculer.
#
# Quant au 1e-6 : la pente de la racine en 0 est infinie. Une image comparée à elle-même donnerait un gradient qui n’est pas un nombre, et un seul `nan` gâche tous les poids. Vérifions.
# %% [markdown] lang="en"
# As many as the encoder alone: **24,336**. In the summary, `encoder` stands once, connected to `image_a` and `image_b`; all the rest only computes.
#
# As for the 1e-6: the slope of the square root at 0 is infinite. An image compared with itself would give a gradient that is not a number, and a single `nan` ruins every weight. Let us check.
# %% [markdown] lang="zh"
# 和单独的编码器一样多：**24,336** 个。`summary` 里 `encoder` 只出现一次，同时连着 `image_a` 和 `image_b`，其余各行只做计算。
#
# 至于 1e-6：平方根在 0 处的斜率是无穷大。一张图像和它自己比较，算出的梯度就不是数了，而一个 `nan` 足以毁掉所有权重。验证一下。

# %%
code = tf.Variable([[1.0, 2.0]])
for name, measure in {
    "plain root": lambda a, b: ops.sqrt(ops.sum(ops.square(a - b))),
    "with 1e-6": distance,
}.items():
    with tf.GradientTape() as tape:
        nothing = measure(code, tf.constant([[1.0, 2.0]]))
    print(f"{name}:", tape.gradient(nothing, code).numpy().ravel())

# %% [markdown] lang="fr"
# Et si chaque côté avait son propre encodeur ? C’est l’erreur la plus fréquente : appeler deux fois la *fonction* qui fabrique l’encodeur, au lieu d’appeler deux fois l’*encodeur*.
#
# **Prédisez.** Pour chacun des deux modèles, sans entraînement : la distance d’une image à elle-même est-elle nulle ? Celle de a à b égale-t-elle celle de b à a ?
# %% [markdown] lang="en"
# And if each side had an encoder of its own? That is the commonest mistake: to call twice the *function* that makes the encoder, instead of calling the *encoder* twice.
#
# **Predict.** For each of the two models, untrained: is the distance from an image to itself zero? Is that from a to b equal to that from b to a?
# %% [markdown] lang="zh"
# 如果两边各用各的编码器呢？这是最常见的错误：把创建编码器的*函数*调用了两次，而不是把*编码器*调用两次。
#
# **先预测**：两个模型都没训练过。图像到它自己的距离是零吗？a 到 b 的距离等于 b 到 a 的距离吗？

# %%
two_encoders = compare_with(
    make_encoder("encoder_a"), make_encoder("encoder_b"), name="two_encoders"
)
a, b = a_test[:50], b_test[:50]
for name, model in {"shared": siamese, "separate": two_encoders}.items():
    itself = model.predict([a, a], verbose=0)
    there, back = model.predict([a, b], verbose=0), model.predict([b, a], verbose=0)
    print(f"{name:8} {model.count_params():,} parameters,", end=" ")
    print("itself at 0:", bool(itself.max() < 0.01), end=", ")
    print("there and back alike:", np.allclose(there, back, atol=1e-5))

# %% alt="Drawing of the wrong network: each image has an encoder of its own"
plots.model_drawing(two_encoders)

# %% [markdown] lang="fr"
# Rien ne plante, rien ne prévient, mais ce n’est pas une distance. Deux indices le trahissent : un nombre de paramètres doublé, et deux boîtes sur le dessin. Dessinez toujours.
#
# ## 5. La perte contrastive
#
# Ce que l’on veut tient en deux phrases. Même signe : **rapprocher**, donc pénaliser la distance. Signes différents : **éloigner**, mais seulement jusqu’à une *marge*, ici 1 ; au-delà, c’est assez.
#
# $$\text{perte} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# où $d$ est la distance, et $y$ vaut 1 si les signes diffèrent (Hadsell, Chopra et LeCun, 2006).
#
# **Prédisez.** Calculez de tête la perte des quatre paires (*y*, *d*) écrites dans la cellule.
# %% [markdown] lang="en"
# Nothing crashes, nothing warns, but this is no distance. Two things give it away: twice the parameters, and two boxes in the drawing. Always draw.
#
# ## 5. The contrastive loss
#
# What we want takes two sentences. Same sign: **pull together**, so penalise the distance. Different signs: **push apart**, but only up to a *margin*, here 1; beyond it, enough is enough.
#
# $$\text{loss} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# where $d$ is the distance, and $y$ is 1 if the signs differ (Hadsell, Chopra and LeCun, 2006).
#
# **Predict.** Work out in your head the loss of the four pairs ($y$, $d$) in the cell below.
# %% [markdown] lang="zh"
# 没有报错，也没有警告，但这根本不是距离。有两处会露馅：参数多了一倍，结构图里有两个方框。所以，一定要画图。
#
# ## 5. 对比损失
#
# 我们的要求只有两句话。记号相同：**拉近**，距离越大惩罚越重。记号不同：**推远**，但只推到一个*间隔*（margin）为止，这里取 1，再远就不管了。
#
# $$\text{loss} = (1 - y)\, d^2 + y\, \max(1 - d,\ 0)^2$$
#
# 其中 $d$ 是距离；记号不同时 $y$ 为 1，相同时为 0（Hadsell、Chopra、LeCun，2006 年）。
#
# **先预测**：心算一下下面单元格里那四对（$y$，$d$）的损失。


# %%
def contrastive(different, far):
    pull = (1 - different) * ops.square(far)
    push = different * ops.square(ops.maximum(1 - far, 0))
    return ops.mean(pull + push)


for different, far in [(0, 0.1), (0, 0.8), (1, 0.3), (1, 1.7)]:
    loss = float(contrastive(np.float32(different), np.float32(far)))
    print(f"different: {different}, distance: {far}, loss: {loss:.2f}")

# %% [markdown] lang="fr"
# La dernière paire est déjà assez loin : elle ne coûte plus rien, et le réseau s’occupe des autres.
#
# Pour la métrique, une astuce : puisque la cible, comme la distance, est petite pour un même signe et grande sinon, `BinaryAccuracy(threshold=0.5)` compte les paires bien jugées quand on tranche à 0,5. Regardons d’abord le réseau avant tout entraînement.
# %% [markdown] lang="en"
# The last pair is far enough already: it costs nothing any more, and the network attends to the others.
#
# A trick for the metric: the target is small for the same sign and large for different ones, just as the distance is, so `BinaryAccuracy(threshold=0.5)` gives the share of pairs judged rightly when you cut at 0.5. First, a look at the untrained network.
# %% [markdown] lang="zh"
# 最后一对已经够远，不再产生损失，网络可以专心处理别的图像对。
#
# 指标有个小技巧：目标值和距离一样，都是小为同、大为异，所以 `BinaryAccuracy(threshold=0.5)` 正好统计以 0.5 为界判断正确的图像对。先看看还没训练的网络。

# %% alt="Distances before training: same and different pairs overlap"
before = siamese.predict([a_test, b_test], verbose=0)[:, 0]
show(before, different_test)

# %% alt="Training curves: the contrastive loss falls, accuracy on pairs rises above 0.95"
siamese.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.003),
    loss=contrastive,
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.5, name="accuracy")],
)
history = siamese.fit(
    [a_train, b_train],
    different_train,
    batch_size=64,
    epochs=5,
    validation_data=([a_val, b_val], different_val),
    verbose=0,
)
plots.training(history)

# %% [markdown] lang="fr"
# **Prédisez.** À quoi ressemblera maintenant l’histogramme des distances, sur les paires de test ?
# %% [markdown] lang="en"
# **Predict.** What will the histogram of distances look like now, on the test pairs?
# %% [markdown] lang="zh"
# **先预测**：现在再画测试图像对的距离直方图，会是什么样子？

# %% alt="Distances after training: same pairs near 0, different pairs near 1 and beyond"
after = siamese.predict([a_test, b_test], verbose=0)[:, 0]
accuracy = np.mean((after > 0.5) == different_test[:, 0])
apart = different_test[:, 0] == 1
print("accuracy on test pairs >= 0.90:", accuracy >= 0.9)
print("different, three times as far:", after[apart].mean() > 3 * after[~apart].mean())
show(after, different_test, mark=0.5)

# %% [markdown] lang="fr"
# Deux bosses bien séparées : les paires semblables près de 0, les autres autour de 1 et au-delà. Voyons quelques paires, image du haut contre image du bas, avec leur distance.
# %% [markdown] lang="en"
# Two humps, well apart: pairs of the same sign near 0, the others around 1 and beyond. Here are some pairs, upper image against lower, with their distance.
# %% [markdown] lang="zh"
# 两个“山包”分得清清楚楚：同一记号的在 0 附近，不同记号的在 1 附近及更远处。来看几对图像，上下为一对，上方是距离。


# %% alt="Eight pairs of digits, one above the other, with distances: small if same, large if not"
def show_pairs(chosen):
    both = np.concatenate([a_test[chosen], b_test[chosen]])[..., 0]
    labels = [f"{far:.2f}" for far in after[chosen]] + [""] * len(chosen)
    return plots.images(both, labels=labels, columns=len(chosen))


show_pairs(np.arange(8))

# %% [markdown] lang="fr"
# Le plus instructif, ce sont les erreurs. À gauche, les quatre paires de *même* signe les plus éloignées ; à droite, les quatre paires de signes *différents* les plus proches.
#
# **Prédisez.** Quels signes différents le réseau trouve-t-il presque pareils ?
# %% [markdown] lang="en"
# The mistakes teach most. On the left, the four pairs of the *same* sign that are furthest apart; on the right, the four pairs of *different* signs that are closest.
#
# **Predict.** Which different signs does the network find almost alike?
# %% [markdown] lang="zh"
# 最值得看的是错误。左边四对是*同一*记号里距离最远的，右边四对是*不同*记号里距离最近的。
#
# **先预测**：网络会觉得哪些不同的记号几乎一样？

# %% alt="Four same pairs that are far apart, then four different pairs that are close"
same_far = np.where(different_test[:, 0] == 0, after, -1).argsort()[::-1][:4]
different_close = np.where(different_test[:, 0] == 1, after, 9).argsort()[:4]
show_pairs(np.concatenate([same_far, different_close]))

# %% [markdown] lang="fr"
# ### Et sans le second terme ?
#
# **Prédisez.** Ne gardons que « rapprocher ». Quelle est la façon la plus simple d’avoir une perte nulle ?
# %% [markdown] lang="en"
# ### And without the second term?
#
# **Predict.** Let us keep only “pull together”. What is the easiest way to a loss of zero?
# %% [markdown] lang="zh"
# ### 如果去掉第二项呢？
#
# **先预测**：只保留“拉近”这一项。要让损失降到零，最省事的办法是什么？


# %%
def only_pull(different, far):
    return ops.mean((1 - different) * ops.square(far))


lazy_encoder = make_encoder("lazy_encoder")
lazy = compare_with(lazy_encoder, lazy_encoder, name="lazy")
lazy.compile(optimizer=keras.optimizers.Adam(learning_rate=0.003), loss=only_pull)
untrained = lazy.predict([a_test[apart], b_test[apart]], verbose=0).mean()
lazy.fit([a_train, b_train], different_train, batch_size=64, epochs=1, verbose=0)
trained = lazy.predict([a_test[apart], b_test[apart]], verbose=0).mean()
print("different signs, ten times closer than before:", trained < untrained / 10)

# %% [markdown] lang="fr"
# Répondre la même chose à tout le monde. L’encodeur s’**effondre** (*collapse*) : toutes les distances tendent vers 0, la perte est excellente, le modèle ne sait rien. Une perte qui baisse ne prouve rien ; un histogramme, si.
#
# ## 6. Choisir le seuil
#
# Le réseau donne une distance ; *vous* décidez où couper. Deux erreurs possibles : **accepter** un signe étranger, ou **refuser** le bon.
#
# **Prédisez.** En abaissant le seuil, laquelle devient plus rare ?
# %% [markdown] lang="en"
# Give every image the same code. The encoder **collapses**: all distances tend to 0, the loss is excellent, and the model knows nothing. A falling loss proves nothing; a histogram does.
#
# ## 6. Choose the threshold
#
# The network gives a distance; *you* decide where to cut. There are two mistakes: to **accept** a stranger’s sign, or to **reject** the right one.
#
# **Predict.** If you lower the threshold, which of the two becomes rarer?
# %% [markdown] lang="zh"
# 对谁都给同样的答案就行了。编码器**坍缩**（collapse）了：所有距离都趋于 0，损失漂亮极了，模型却什么也不会。损失下降说明不了问题，直方图才行。
#
# ## 6. 选定阈值
#
# 网络给出的是距离，在哪里划界由*你*决定。错误有两种：**误认**了别人的记号，或者**拒绝**了正确的记号。
#
# **先预测**：阈值调低，哪一种错误会变少？


# %%
def mistakes(distances, different, threshold):
    """Share of strangers accepted, share of the right ones rejected."""
    apart, accepted = different[:, 0] == 1, distances < threshold
    return np.mean(accepted[apart]), np.mean(~accepted[~apart])


on_validation = siamese.predict([a_val, b_val], verbose=0)[:, 0]
strict = mistakes(on_validation, different_val, 0.2)
lenient = mistakes(on_validation, different_val, 0.8)
print("strict accepts fewer strangers:       ", strict[0] < lenient[0])
print("strict rejects more of the right ones:", strict[1] > lenient[1])

# %% [markdown] lang="fr"
# Un coffre-fort veut un seuil strict, un moteur de recherche un seuil large. Sans préférence, prenons celui pour lequel la somme des deux taux d’erreur est la plus petite, **sur la validation** : le choisir sur le test serait tricher, puisque le test sert à juger.
# %% [markdown] lang="en"
# A safe wants a strict threshold, a search engine a lenient one. With no preference, take the one for which the two shares of mistakes have the smallest sum, **on validation**: choosing it on the test set would be cheating, since the test set is the judge.
# %% [markdown] lang="zh"
# 保险柜需要严格的阈值，搜索引擎则要宽松一些。没有偏好时，就选两种错误率之和最小的那个，而且要在**验证集**上选：测试集是用来评判的，在上面选阈值等于作弊。

# %% alt="Distances of the test pairs again, with the chosen threshold as a dotted line"
candidates = np.linspace(0.2, 0.8, 61)
totals = [sum(mistakes(on_validation, different_val, t)) for t in candidates]
threshold = candidates[np.argmin(totals)]
accepted, rejected = mistakes(after, different_test, threshold)
print("strangers accepted <= 0.10:", accepted <= 0.1)
print("right ones rejected <= 0.10:", rejected <= 0.1)
show(after, different_test, mark=threshold)

# %% [markdown] lang="fr"
# Dans JupyterLab, déplacez le seuil : sur les paires de test, l’une des deux erreurs monte quand l’autre descend, et aucune position ne les annule toutes les deux.
# %% [markdown] lang="en"
# In JupyterLab, move the threshold: on the test pairs, one kind of mistake grows rarer as the other grows commoner, and no position rids you of both.
# %% [markdown] lang="zh"
# 在 JupyterLab 里拖动阈值，看看在测试图像对上，两种错误如何此消彼长：没有哪个位置能把两种错误都消除。


# %% alt="Two bars for the chosen threshold: the share of strangers accepted, and of the right ones rejected"
def at_threshold(threshold=float(threshold)):
    accepted, rejected = mistakes(after, different_test, threshold)
    return plots.bars(
        {_("strangers accepted"): accepted, _("right ones rejected"): rejected}
    )


play.explore(at_threshold, threshold=play.Slider(_("threshold"), 0.1, 1.2, 0.02))

# %% [markdown] lang="fr"
# ## 7. Un seul exemple
#
# Le nouveau producteur remet sa fiche : **un** zéro. Le réseau n’en a jamais vu. On ne l’entraîne pas : on range l’empreinte de ce dessin à côté des neuf autres, une fiche par signe. Reconnaître un signe, c’est trouver la fiche la plus proche.
#
# **Prédisez.** Quelle part des images de test sera bien reconnue, avec une fiche par signe ? Et des zéros ?
# %% [markdown] lang="en"
# ## 7. A single example
#
# The new grower hands in the form: **one** zero. The network has never seen any. We do not train it: we file the code of that drawing beside the nine others, one card per sign. To recognise a sign is to find the nearest card.
#
# **Predict.** What share of the test images will be recognised, with one card per sign? And of the zeros?
# %% [markdown] lang="zh"
# ## 7. 只有一个样本
#
# 新社员交来登记表，上面有**一个** 0。网络从没见过 0。我们不再训练，只把这幅图的编码存档，和另外九个放在一起，每个记号一张卡片。认记号，就是找最近的那张卡片。
#
# **先预测**：每个记号只有一张卡片，测试图像能认对多少？其中的 0 又能认对多少？

# %% alt="The ten cards: one example of each sign, zero to nine"
cards = np.array([np.flatnonzero(y_all == sign)[0] for sign in range(10)])
plots.images(x_all[cards][..., 0], labels=range(10))


# %% alt="Test zeros and what they were taken for: nearly all are recognised as zero"
def nearest(points, references):
    return np.linalg.norm(points[:, None] - references[None], axis=2).argmin(axis=1)


codes, all_codes = encoder.predict(x_test, verbose=0), encoder.predict(x_all, verbose=0)
found = nearest(codes, all_codes[cards])
by_pixels = nearest(x_test.reshape(-1, 144), x_all[cards].reshape(-1, 144))

zeros = y_test == 0
print("pixels, all signs <= 0.30:", np.mean(by_pixels == y_test) <= 0.3)
print("codes, all signs >= 0.80:", np.mean(found == y_test) >= 0.8)
plots.images(
    x_test[zeros][:10, :, :, 0], labels=y_test[zeros], predictions=found[zeros]
)

# %% [markdown] lang="fr"
# Le zéro est entré dans la liste sans un pas d’entraînement ! Mais tout repose sur *une* fiche : et si elle avait été mal tracée ? Recommençons vingt fois avec d’autres fiches ; puis avec cinq fiches par signe, dont on prend la moyenne.
# %% [markdown] lang="en"
# Zero has joined the list without one step of training! But everything hangs on *one* card: what if it had been drawn badly? Let us do it again twenty times with other cards; then with five cards per sign, averaged.
# %% [markdown] lang="zh"
# 没有再训练一步，0 就加入了名单！不过一切都押在*一张*卡片上：要是它恰好写得潦草呢？我们换不同的卡片，重复二十次；再试试每个记号用五张卡片取平均。


# %%
def trial(cards_per_sign, draw):
    """Share recognised among all signs, and among zeros."""
    rng = np.random.default_rng(draw)
    references = []
    for sign in range(10):
        drawn = rng.choice(np.flatnonzero(y_all == sign), cards_per_sign, replace=False)
        references.append(all_codes[drawn].mean(axis=0))
    found = nearest(codes, np.stack(references))
    return np.mean(found == y_test), np.mean(found[zeros] == 0)


one_card = np.array([trial(1, draw) for draw in range(20)])
five_cards = np.array([trial(5, draw) for draw in range(20)])
print("one card, all signs >= 0.85:   ", one_card[:, 0].mean() >= 0.85)
print("one card, zero >= 0.60:        ", one_card[:, 1].mean() >= 0.6)
print("five cards, zero >= 0.75:      ", five_cards[:, 1].mean() >= 0.75)
print("zero depends more on the draw: ", one_card[:, 1].std() > one_card[:, 0].std())
print("five cards steady it:          ", five_cards[:, 1].std() < one_card[:, 1].std())

# %% [markdown] lang="fr"
# Soyons honnêtes : un exemple suffit souvent, cinq sont plus sûrs. Et neuf signes, c’est peu pour apprendre ce qui distingue *tous* les signes ; les réseaux qui reconnaissent des visages en ont vu des milliers.
#
# Dernière précaution. **Prédisez.** Le seuil choisi sur les neuf signes connus vaut-il pour le zéro ?
# %% [markdown] lang="en"
# Let us be fair: one example is often enough, five are safer. And nine signs can teach only so much about what sets *all* signs apart; networks that recognise faces have seen thousands of people.
#
# A last precaution. **Predict.** Does the threshold chosen on the nine known signs hold for zero?
# %% [markdown] lang="zh"
# 实话实说：一个样本往往就够，五个更稳妥。另外，只靠九种记号，很难学到能区分*所有*记号的特征；识别人脸的网络见过成千上万个人。
#
# 最后提个醒。**先预测**：在九种已知记号上选定的阈值，对 0 也合适吗？

# %%
to_zero = np.linalg.norm(codes - all_codes[cards[0]], axis=1)
strangers = np.mean(to_zero[~zeros] < threshold)
print("zeros accepted as zero >= 0.80:", np.mean(to_zero[zeros] < threshold) >= 0.8)
print("more strangers accepted than among known signs:", strangers > accepted)

# %% [markdown] lang="fr"
# Pas tout à fait : le réseau ne s’est jamais exercé à éloigner le zéro des autres. Pour un signe nouveau, revérifiez le seuil dès que vous avez quelques exemples.
#
# ## 8. Ce que l’on met en service
#
# Le réseau siamois n’était qu’un banc d’entraînement. Ce qui sert ensuite, c’est **l’encodeur** : on calcule une fois l’empreinte de chaque fiche, puis une seule par image qui passe.
#
# **Prédisez.** Faudra-t-il fournir `contrastive` pour recharger l’encodeur ? Et pour recharger le siamois ?
# %% [markdown] lang="en"
# Not quite: the network never practised pushing zero away from the others. For a new sign, check the threshold again as soon as you have a few examples.
#
# ## 8. What goes into production
#
# The Siamese network was only a workbench. What you use afterwards is **the encoder**: compute the code of each card once, then one code per image that comes by.
#
# **Predict.** Will `contrastive` be needed to reload the encoder? And to reload the Siamese network?
# %% [markdown] lang="zh"
# 不太合适：网络从没练习过把 0 和别的记号推开。遇到新记号，一旦有了几个样本，就要重新检查阈值。
#
# ## 8. 真正投入使用的部分
#
# 孪生网络只是训练用的工作台。真正派上用场的是**编码器**：每张卡片的编码只算一次，之后每来一张图像，只需再算一个编码。
#
# **先预测**：重新加载编码器时，需要提供 `contrastive` 吗？加载孪生网络呢？

# %%
encoder.save(workshop / "encoder.keras")
siamese.save(workshop / "siamese.keras")

reader = keras.models.load_model(workshop / "encoder.keras")
same = np.allclose(reader.predict(x_test, verbose=0), codes, atol=1e-5)
print("encoder alone, same codes:", same)
try:
    keras.models.load_model(workshop / "siamese.keras")
except TypeError as error:
    print("TypeError, loss not found:", "contrastive" in str(error))

known_names = {"contrastive": contrastive}
again = keras.models.load_model(workshop / "siamese.keras", custom_objects=known_names)
same = np.allclose(again.predict([a_test, b_test], verbose=0)[:, 0], after, atol=1e-4)
print("with its loss, same distances:", same)
print(f"still shared: {again.count_params():,} parameters")

# %% [markdown] lang="fr"
# L’encodeur ne contient que des couches de Keras : rien à fournir. Le siamois, lui, est compilé avec une fonction à vous, et le fichier n’en garde que le nom. Le partage survit à l’enregistrement : 24 336 paramètres, une fois.
#
# > **Vous rencontrerez ceci.** Dans beaucoup de tutoriels, la distance est une couche `Lambda`, avec `K.sqrt` et `K.maximum`. Ces fonctions ont quitté Keras 3 ; `keras.ops` les remplace, directement dans le graphe. Et Keras refuse, par défaut, de relire une `Lambda` venue d’un fichier, car elle peut contenir n’importe quel code.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | partager une couche | la créer une fois, l’appeler plusieurs fois : `words(query)`, `words(title)` |
# | partager tout un réseau | `encoder(image_a)`, `encoder(image_b)` |
# | vérifier le partage | une ligne dans le résumé, deux flèches vers une boîte, des paramètres comptés une fois |
# | une distance | `ops.sqrt(ops.sum(ops.square(a - b), axis=1, keepdims=True) + 1e-6)` |
# | une perte à moi | une fonction `(cible, réponse)`, passée à `compile(loss=...)` |
# | l’exactitude à un seuil | `keras.metrics.BinaryAccuracy(threshold=0.5)` |
#
# - Une couche partagée n’a qu’un jeu de poids, et ses gradients **s’additionnent**.
# - On partage entre des entrées de même nature.
# - La perte contrastive rapproche *et* éloigne ; sans le second terme, tout s’effondre.
# - On met de côté des images, puis on forme les paires ; on choisit le seuil sur la validation.
# - Un siamois apprend à comparer : il accueille un signe nouveau sans réentraînement.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions, jusqu’à un encodeur appelé sur trois images.
# - La documentation de Keras (en anglais) : [les couches partagées](https://keras.io/guides/functional_api/#shared-layers), [un siamois à perte contrastive](https://keras.io/examples/vision/siamese_contrastive/), [un siamois à triplets](https://keras.io/examples/vision/siamese_network/).
# - L’article d’origine : R. Hadsell, S. Chopra et Y. LeCun, « Dimensionality Reduction by Learning an Invariant Mapping », CVPR 2006.
# %% [markdown] lang="en"
# The encoder is made of Keras layers only: nothing to supply. The Siamese network is compiled with a function of yours, and the file keeps only its name. Sharing survives saving: 24,336 parameters, once.
#
# > **You will meet this.** In many tutorials the distance is a `Lambda` layer, with `K.sqrt` and `K.maximum`. Those functions have left Keras 3; `keras.ops` replaces them, directly in the graph. And by default Keras refuses to read a `Lambda` back from a file, for it may hold any code at all.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | to share a layer | make it once, call it several times: `words(query)`, `words(title)` |
# | to share a whole network | `encoder(image_a)`, `encoder(image_b)` |
# | to prove that it is shared | one row in the summary, two arrows into one box, parameters counted once |
# | a distance | `ops.sqrt(ops.sum(ops.square(a - b), axis=1, keepdims=True) + 1e-6)` |
# | a loss of my own | a function `(target, answer)`, given to `compile(loss=...)` |
# | accuracy at a threshold | `keras.metrics.BinaryAccuracy(threshold=0.5)` |
#
# - A shared layer has one set of weights, and its gradients **add up**.
# - Share between inputs of one kind.
# - The contrastive loss pulls *and* pushes; without the second term, everything collapses.
# - Set images aside first, then make pairs; choose the threshold on validation.
# - A Siamese network learns to compare: it welcomes a new sign without new training.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions, up to an encoder called on three images.
# - Keras’s own pages: [shared layers](https://keras.io/guides/functional_api/#shared-layers), [a Siamese network with contrastive loss](https://keras.io/examples/vision/siamese_contrastive/), [one with triplets](https://keras.io/examples/vision/siamese_network/).
# - The original paper: R. Hadsell, S. Chopra and Y. LeCun, “Dimensionality Reduction by Learning an Invariant Mapping”, CVPR 2006.
# %% [markdown] lang="zh"
# 编码器全由 Keras 自带的层组成，什么也不用提供。孪生网络编译时用了你自己的函数，文件里只记着它的名字。保存之后，共享关系依然在：24,336 个参数，只有一份。
#
# > **你会遇到这种写法**：许多教程用 `Lambda` 层计算距离，里面写的是 `K.sqrt` 和 `K.maximum`。这些函数已不在 Keras 3 里，改用 `keras.ops`，直接写进图中即可。另外，Keras 默认拒绝从文件里加载 `Lambda`，因为里面可能藏着任意代码。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 共享一个层 | 创建一次，调用多次：`words(query)`、`words(title)` |
# | 共享整个网络 | `encoder(image_a)`、`encoder(image_b)` |
# | 证明确实共享 | `summary` 里只有一行，图中两个箭头指向同一个方框，参数只算一份 |
# | 计算距离 | `ops.sqrt(ops.sum(ops.square(a - b), axis=1, keepdims=True) + 1e-6)` |
# | 自己写损失 | 写一个函数 `(目标值, 预测值)`，交给 `compile(loss=...)` |
# | 某个阈值下的准确率 | `keras.metrics.BinaryAccuracy(threshold=0.5)` |
#
# - 共享层只有一套权重，各次调用的梯度**相加**。
# - 只在性质相同的输入之间共享。
# - 对比损失既拉近、*又*推远；少了第二项，一切都会坍缩。
# - 先划分图像，再配对；阈值在验证集上选。
# - 孪生网络学的是比较，所以不用重新训练就能接纳新记号。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，最后一题要让一个编码器看三张图像。
# - Keras 官方文档（英文）：[共享层](https://keras.io/guides/functional_api/#shared-layers)、[用对比损失训练孪生网络](https://keras.io/examples/vision/siamese_contrastive/)、[用三元组训练孪生网络](https://keras.io/examples/vision/siamese_network/)。
# - 原始论文：R. Hadsell、S. Chopra、Y. LeCun，“Dimensionality Reduction by Learning an Invariant Mapping”，CVPR 2006。
