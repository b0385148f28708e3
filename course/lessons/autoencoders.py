"""Unit 07, lesson: one graph, several models; models called as layers. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Autoencodeurs et ensembles
#
# Une commune a numérisé un siècle de registres tenus à la main : des milliers de chiffres, et personne ne les a jamais étiquetés. Trois équipes attendent. Le stockage veut garder 16 nombres par scan au lieu de 784. La recherche veut que deux scans qui se ressemblent se retrouvent côte à côte. Le guichet veut *revoir* un scan à partir de ses 16 nombres. **Trois réseaux à entraîner, et pas une étiquette : par où commencer ?**
#
# Par un seul entraînement. Un graphe peut donner plusieurs modèles, et les modèles s’emboîtent comme des couches.
#
# **À la fin de cette leçon, vous saurez :**
#
# - construire un encodeur et un décodeur, sur un seul graphe ou comme deux modèles appelés l’un après l’autre, et dire ce que chaque façon apporte ;
# - entraîner sans étiquettes, et voir ce que le réseau a appris ;
# - dire à tout moment quels poids deux modèles partagent ;
# - réutiliser un encodeur entraîné quand les étiquettes sont rares ;
# - faire voter plusieurs modèles, et savoir ce qu’un ensemble garantit.
#
# Comptez 35 minutes. Toute la page s’exécute en moins d’une minute. À chaque **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Autoencoders and ensembles
#
# A weather service has scanned a century of handwritten logbooks: thousands of digits, and nobody has ever labelled them. Three teams are waiting. Storage wants to keep 16 numbers per scan instead of 784. Search wants scans that look alike to end up side by side. The help desk wants to *see* a scan again from its 16 numbers. **Three networks to train, and not one label: where do you start?**
#
# With a single training. One graph can give several models, and models fit together like layers.
#
# **By the end of this lesson you will be able to:**
#
# - build an encoder and a decoder, on one graph or as two models called one after the other, and say what each way gives you;
# - train without labels, and see what the network has learned;
# - tell at any moment which weights two models share;
# - reuse a trained encoder when labels are scarce;
# - have several models vote, and know what an ensemble guarantees.
#
# Allow 35 minutes. The whole page runs in less than a minute. At each **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 自编码器与模型集成
#
# 一家档案馆把百年来的手写账本扫描入库，得到成千上万个数字，却从没有人标注过。三个部门都在等：存储部门希望每张扫描图只存 16 个数，而不是 784 个；检索部门希望长得像的扫描图挨在一起；服务窗口希望凭这 16 个数*再看到*原图。**要训练三个网络，标签却一个也没有，从哪里下手？**
#
# 只要训练一次。一张图（graph）可以给出好几个模型，模型之间还能像层一样拼接。
#
# **学完本课，你将能够：**
#
# - 搭建编码器和解码器：既可以放在同一张图上，也可以写成两个模型、先后调用，并说出两种做法各自的好处；
# - 不用标签来训练，并看到网络学会了什么；
# - 随时说清两个模型共享哪些权重；
# - 在标签很少的时候，复用训练好的编码器；
# - 让几个模型一起“投票”，并知道集成能保证什么。
#
# 阅读大约需要 35 分钟，整页运行不到一分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import tempfile
from pathlib import Path

import keras
import numpy as np
from course import data, play, plots
from keras import layers
from sklearn.decomposition import PCA

# %% [markdown] lang="fr"
# ## 1. Un scan en seize nombres
#
# Nos archives : les chiffres de scikit-learn, 28 × 28 pixels de 0 (papier) à 1 (encre). Les convolutions attendent un axe pour les canaux ; en niveaux de gris, il n’y en a qu’un. Cinq cents scans suffiront pour apprendre, sans leurs étiquettes.
# %% [markdown] lang="en"
# ## 1. Sixteen numbers for a scan
#
# Our archive: scikit-learn’s digits, 28 × 28 pixels from 0 (paper) to 1 (ink). Convolutions expect an axis for channels; shades of grey have just one. Five hundred scans will do to learn from, without their labels.
# %% [markdown] lang="zh"
# ## 1. 用十六个数表示一张扫描图
#
# 我们的“档案”是 scikit-learn 的手写数字：28 × 28 像素，从 0（白纸）到 1（墨迹）。卷积层需要一个通道（channel）轴，灰度图只有一个通道。学习用五百张就够了，不带标签。

# %%
digits = data.digits()
archive = digits.x_train[..., np.newaxis]
x_train, x_test = archive[:500], digits.x_test[..., np.newaxis]
print("archive:", archive.shape, "to learn from:", x_train.shape, "test:", x_test.shape)

# %% [markdown] lang="fr"
# Voici la première moitié, l’**encodeur** : de l’image à 16 nombres, son *code*. Deux convolutions cherchent de petits traits ; un *max pooling* garde la réponse la plus forte de chaque carré de 3 × 3 ; deux autres convolutions cherchent des formes plus grandes. Enfin, `GlobalMaxPooling2D` ne garde de chacune des 16 cartes que son maximum.
#
# **Prédisez.** Une convolution 3 × 3 sans bordure (*padding*) perd un pixel de chaque côté : 28 devient 26. Quelles tailles viennent ensuite ? Et combien de paramètres pour `conv_1`, dont chaque filtre regarde 3 × 3 pixels ?
# %% [markdown] lang="en"
# Here is the first half, the **encoder**: from the picture to 16 numbers, its *code*. Two convolutions look for small strokes; a max pooling keeps the strongest answer in each 3 × 3 square; two more convolutions look for larger shapes. Finally, `GlobalMaxPooling2D` keeps only the maximum of each of the 16 maps.
#
# **Predict.** A 3 × 3 convolution without padding loses one pixel on each side: 28 becomes 26. Which sizes come next? And how many parameters does `conv_1` have, each of whose filters looks at 3 × 3 pixels?
# %% [markdown] lang="zh"
# 先搭前半部分，**编码器**（encoder）：把图像变成 16 个数，也就是它的*编码*（code）。两个卷积层寻找细小的笔画；最大池化（max pooling）在每个 3 × 3 的方块里只保留最强的响应；再用两个卷积层寻找更大的形状。最后，`GlobalMaxPooling2D` 对 16 张特征图各取一个最大值。
#
# **先预测**：3 × 3 的卷积不做填充，上下左右各少一个像素，28 变成 26。接下来各是多大？`conv_1` 的每个卷积核看 3 × 3 个像素，它一共有多少个参数？

# %%
keras.utils.set_random_seed(3)
image = keras.Input(shape=(28, 28, 1), name="image")
maps = layers.Conv2D(16, 3, activation="relu", name="conv_1")(image)
maps = layers.Conv2D(32, 3, activation="relu", name="conv_2")(maps)
maps = layers.MaxPooling2D(3, name="pool")(maps)
maps = layers.Conv2D(32, 3, activation="relu", name="conv_3")(maps)
maps = layers.Conv2D(16, 3, activation="relu", name="conv_4")(maps)
code = layers.GlobalMaxPooling2D(name="code")(maps)
encoder = keras.Model(image, code, name="encoder")
encoder.summary()

# %% [markdown] lang="fr"
# 28 → 26 → 24 → 8 → 6 → 4, puis 16 nombres. `conv_1` a 16 filtres de 9 poids et un biais : 160. En tout, **18 672** paramètres, et une image 49 fois plus petite.
# %% [markdown] lang="en"
# 28 → 26 → 24 → 8 → 6 → 4, then 16 numbers. `conv_1` has 16 filters of 9 weights and one bias each: 160. In all, **18,672** parameters, and a picture 49 times smaller.
# %% [markdown] lang="zh"
# 28 → 26 → 24 → 8 → 6 → 4，最后是 16 个数。`conv_1` 有 16 个卷积核，各有 9 个权重和一个偏置，共 160 个参数。整个编码器有 **18,672** 个参数，数据量缩小到原来的 1/49。

# %% alt="Drawing of the encoder: image, two convolutions, pooling, two convolutions, code of 16"
plots.model_drawing(encoder)

# %% [markdown] lang="fr"
# ## 2. Et retour : un graphe, deux modèles
#
# Le **décodeur** refait le chemin à l’envers. Il range les 16 nombres en un carré de 4 × 4 ; chaque `Conv2DTranspose`, une convolution retournée, *ajoute* un pixel de chaque côté ; `UpSampling2D(3)` répète chaque case 3 × 3 fois. La dernière ReLU évite les pixels négatifs.
#
# Continuons simplement le graphe, à partir du tenseur `code`. **Prédisez.** Quelles tailles, de 4 à 28 ?
# %% [markdown] lang="en"
# ## 2. And back: one graph, two models
#
# The **decoder** walks the same way back. It lays the 16 numbers out as a 4 × 4 square; each `Conv2DTranspose`, a convolution turned round, *adds* one pixel on each side; `UpSampling2D(3)` repeats each cell 3 × 3 times. The last ReLU rules out negative pixels.
#
# Let us simply carry the graph on, from the tensor `code`. **Predict.** Which sizes, from 4 to 28?
# %% [markdown] lang="zh"
# ## 2. 再变回去：一张图，两个模型
#
# **解码器**（decoder）沿原路返回：先把 16 个数排成 4 × 4 的方块；每个 `Conv2DTranspose`（转置卷积，方向相反的卷积）让上下左右各*多出*一个像素；`UpSampling2D(3)` 把每一格重复成 3 × 3 格。最后的 ReLU 保证像素不会是负数。
#
# 从张量 `code` 出发，把图继续画下去就行。**先预测**：从 4 到 28，中间各是多大？

# %%
maps = layers.Reshape((4, 4, 1), name="square")(code)
maps = layers.Conv2DTranspose(16, 3, activation="relu", name="deconv_1")(maps)
maps = layers.Conv2DTranspose(32, 3, activation="relu", name="deconv_2")(maps)
maps = layers.UpSampling2D(3, name="larger")(maps)
maps = layers.Conv2DTranspose(16, 3, activation="relu", name="deconv_3")(maps)
rebuilt = layers.Conv2DTranspose(1, 3, activation="relu", name="rebuilt")(maps)
autoencoder = keras.Model(image, rebuilt, name="autoencoder")

for layer in autoencoder.layers[7:]:
    print(f"{layer.name:9} -> {layer.output.shape}")

# %% [markdown] lang="fr"
# 4 → 6 → 8 → 24 → 26 → 28. Le tout s’appelle un **autoencodeur** : il doit rendre ce qu’il a reçu, à travers un goulot de 16 nombres.
#
# Nous avons maintenant deux modèles, `encoder` et `autoencoder`, qui partent de la même entrée. **Prédisez.** Leurs convolutions sont-elles des copies, ou les mêmes objets ?
# %% [markdown] lang="en"
# 4 → 6 → 8 → 24 → 26 → 28. The whole is called an **autoencoder**: it must give back what it received, through a bottleneck of 16 numbers.
#
# We now have two models, `encoder` and `autoencoder`, that start from the same input. **Predict.** Are their convolutions copies, or the same objects?
# %% [markdown] lang="zh"
# 4 → 6 → 8 → 24 → 26 → 28。整个模型叫做**自编码器**（autoencoder）：它要把收到的图像原样还回来，中间却只能通过一个 16 个数的瓶颈。
#
# 现在有了两个模型，`encoder` 和 `autoencoder`，都从同一个输入出发。**先预测**：它们的卷积层是副本，还是同一批对象？

# %% alt="Drawing of the autoencoder: the layers of the encoder, then square, deconvolutions, upsampling, rebuilt"
same = autoencoder.get_layer("conv_1") is encoder.get_layer("conv_1")
added = autoencoder.count_params() - encoder.count_params()
print("same layer:", same)
print(f"{encoder.count_params():,} + {added:,} = {autoencoder.count_params():,}")
plots.model_drawing(autoencoder)

# %% [markdown] lang="fr"
# Les mêmes. 18 672 + 9 569 = **28 241** paramètres : l’encodeur n’a pas été recopié, il est le début de l’autoencodeur. Un modèle n’est qu’un trajet entre deux tenseurs d’un graphe.
#
# ## 3. L’image est sa propre réponse
#
# Que rend un autoencodeur qui n’a rien appris ? **Prédisez**, puis regardez : en haut les scans, en bas ce qui revient.
# %% [markdown] lang="en"
# The same. 18,672 + 9,569 = **28,241** parameters: the encoder was not copied, it is how the autoencoder begins. A model is no more than a route between two tensors of a graph.
#
# ## 3. The picture is its own answer
#
# What does an autoencoder give back when it has learned nothing? **Predict**, then look: above are the scans, below is what comes back.
# %% [markdown] lang="zh"
# 是同一批对象。18,672 + 9,569 = **28,241** 个参数：编码器没有被复制，它就是自编码器的前半段。所谓模型，不过是图中两个张量之间的一条路径。
#
# ## 3. 图像就是自己的答案
#
# 什么都没学过的自编码器，还回来的会是什么？**先预测**，再看：上排是扫描图，下排是还原的结果。


# %% alt="Ten digits above; below them, ten nearly blank pictures"
def above_and_below(scans, others):
    pictures = np.concatenate([scans, np.clip(others, 0, 1)])[..., 0]
    return plots.images(pictures, columns=len(scans))


untrained_codes = encoder.predict(archive, verbose=0)
untrained_test_codes = encoder.predict(x_test, verbose=0)
above_and_below(x_test[:10], autoencoder.predict(x_test[:10], verbose=0))

# %% [markdown] lang="fr"
# Du papier presque blanc, quel que soit le scan. (Nous avons gardé les codes de cet encodeur ignorant : ils serviront de témoin.)
#
# Pour apprendre, il faut d’ordinaire des réponses. Ici, la réponse est la question : `fit(x_train, x_train)`. La perte est la moyenne des carrés des écarts entre pixels.
#
# **Prédisez.** Avec 16 nombres pour 784 pixels, la perte peut-elle arriver à zéro ?
# %% [markdown] lang="en"
# Nearly blank paper, whatever the scan. (We kept the codes of this ignorant encoder: they will be our control.)
#
# Learning usually needs answers. Here, the answer is the question itself: `fit(x_train, x_train)`. The loss measures the mean squared difference between pixels.
#
# **Predict.** With 16 numbers for 784 pixels, can the loss get down to zero?
# %% [markdown] lang="zh"
# 几乎是白纸一张，不管给它哪张扫描图。（我们把这个“一无所知”的编码器给出的编码留下来，后面作对照。）
#
# 学习通常需要答案。在这里，答案就是问题本身：`fit(x_train, x_train)`。损失是像素之差的平方的平均值。
#
# **先预测**：用 16 个数表示 784 个像素，损失能降到零吗？

# %% alt="The loss falls in training and validation, fast at first, then more slowly"
autoencoder.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
history = autoencoder.fit(
    x_train, x_train, batch_size=16, epochs=12, validation_split=0.1, verbose=0
)
plots.training(history)

# %% alt="Ten test digits above; below them, blurred digits of the same shapes"
rebuilt_test = autoencoder.predict(x_test, verbose=0)
loss = np.mean((rebuilt_test - x_test) ** 2)
loss_of_the_mean = np.mean((x_train.mean(axis=0) - x_test) ** 2)
print("far better than the average scan:", loss < 0.65 * loss_of_the_mean)
above_and_below(x_test[:10], rebuilt_test[:10])

# %% [markdown] lang="fr"
# Flous, mais reconnaissables, alors que ces scans n’ont jamais été vus. La comparaison qui compte est celle avec le modèle le plus paresseux, qui répondrait toujours l’image moyenne. Zéro reste hors d’atteinte : 16 nombres ne peuvent retenir chaque tremblement de la main, et devant le doute l’erreur quadratique préfère le gris.
#
# ## 4. Un entraînement, deux modèles entraînés
#
# Jamais `encoder` n’a été compilé, jamais nous n’avons appelé `encoder.fit`. **Prédisez.** Donne-t-il encore les codes d’avant ?
# %% [markdown] lang="en"
# Blurred, but recognisable, and these are scans never seen before. The comparison that counts is with the laziest model, which would always answer the average picture. Zero stays out of reach: 16 numbers cannot remember every tremble of the hand, and when in doubt squared error prefers grey.
#
# ## 4. One training, two trained models
#
# We never compiled `encoder`, and never called `encoder.fit`. **Predict.** Does it still give the same codes as before?
# %% [markdown] lang="zh"
# 有些模糊，但认得出来，而且这些扫描图它从没见过。真正值得比较的，是最“偷懒”的模型：永远回答平均图像。零是达不到的：16 个数记不住笔尖的每一次抖动，而拿不准的时候，均方误差宁愿给出灰色。
#
# ## 4. 训练一次，两个模型都学会了
#
# 我们从没编译过 `encoder`，也从没调用过 `encoder.fit`。**先预测**：它给出的编码还和原来一样吗？

# %%
codes = encoder.predict(archive, verbose=0)
test_codes = encoder.predict(x_test, verbose=0)
print("a code:", codes[0].shape)
print("same codes as before training:", np.allclose(codes, untrained_codes))

# %% [markdown] lang="fr"
# Ses couches sont celles de l’autoencodeur : elles ont appris avec lui. Le stockage est servi.
#
# Qu’y a-t-il dans ces 16 nombres ? Ils placent chaque scan dans un espace à 16 dimensions, l’**espace latent**. Pour le voir, projetons-le sur les deux directions où les codes varient le plus (analyse en composantes principales). Chaque scan devient un point, dessiné sous la forme de son chiffre.
#
# **Prédisez.** Le réseau n’a vu aucune étiquette. Les 3 se retrouveront-ils avec les 3 ?
# %% [markdown] lang="en"
# Its layers are those of the autoencoder: they learned along with it. Storage has what it wanted.
#
# What is in these 16 numbers? They place each scan in a space of 16 dimensions, the **latent space**. To see it, let us project it onto the two directions along which codes vary most (principal component analysis). Each scan becomes a point, drawn as its digit.
#
# **Predict.** The network has not seen a single label. Will the 3s end up with the 3s?
# %% [markdown] lang="zh"
# 它的层就是自编码器的层，跟着一起学会了。存储部门的需求满足了。
#
# 这 16 个数里有什么？它们把每张扫描图放进一个 16 维的空间，即**潜空间**（latent space）。想看见它，可以投影到编码变化最大的两个方向上（主成分分析，PCA）。每张扫描图变成一个点，用它的数字画出来。
#
# **先预测**：网络一个标签也没见过，那些 3 会和 3 聚在一起吗？

# %% alt="Two maps of 180 digits: mostly mixed before training, in clearer groups of the same digit after it"
few = slice(0, 180)
plots.points(
    {
        _("before training"): PCA(2).fit_transform(untrained_codes)[few],
        _("after training"): PCA(2).fit_transform(codes)[few],
    },
    labels=digits.y_train[few],
)

# %% [markdown] lang="fr"
# Des quartiers se dessinent, alors que l’on ne voit que deux dimensions sur seize. Pour rebâtir un chiffre, il a fallu coder sa forme, et les mêmes chiffres ont à peu près la même. Mesurons : dans les archives, le plus proche voisin d’un scan de test est-il le même chiffre ?
# %% [markdown] lang="en"
# Neighbourhoods appear, and these are only two dimensions out of sixteen. To rebuild a digit, its shape had to be encoded, and scans of the same digit have roughly the same shape. Let us measure: is the nearest neighbour of a test scan, in the archive, the same digit?
# %% [markdown] lang="zh"
# 一个个“街区”浮现出来，而这还只是十六维中的两维。要重建一个数字，就得把形状编进去，而同一个数字的形状大致相同。来量一量：对每张测试图，在档案里找出最近的一张，它们是同一个数字吗？


# %%
def neighbour_is_right(test_codes, codes):
    """How often the nearest of ``codes`` is the same digit."""
    nearest = [np.linalg.norm(codes - each, axis=1).argmin() for each in test_codes]
    return np.mean(digits.y_train[nearest] == digits.y_test)


before = neighbour_is_right(untrained_test_codes, untrained_codes)
after = neighbour_is_right(test_codes, codes)
print("same digit >= 0.9:", after >= 0.9)
print("more often than before training:", after > before + 0.05)

# %% [markdown] lang="fr"
# La recherche est servie, sans une étiquette. (Un encodeur non entraîné n’est pas ridicule : même au hasard, des convolutions gardent quelque chose des formes. D’où l’utilité d’un témoin.)
#
# ## 5. Deux cents étiquettes
#
# Quelqu’un a enfin étiqueté deux cents scans. C’est peu pour un réseau de convolutions, mais assez pour une couche de 170 paramètres posée sur les 16 nombres. L’encodeur devient un **extracteur de caractéristiques**. (`Normalization` ramène d’abord les 16 nombres à la même échelle ; elle mesure, elle n’apprend pas.)
#
# **Prédisez.** La même tête, avec les mêmes étiquettes, apprend-elle aussi bien sur les codes d’*avant* l’entraînement ?
# %% [markdown] lang="en"
# Search has what it wanted too, without a single label. (An untrained encoder is not hopeless: even at random, convolutions keep something of the shapes. That is what a control is for.)
#
# ## 5. Two hundred labels
#
# Someone has at last labelled two hundred scans. That is not much for a network of convolutions, but enough for a layer of 170 parameters on top of the 16 numbers. The encoder becomes a **feature extractor**. (`Normalization` first brings the 16 numbers to one scale; it measures, it does not learn.)
#
# **Predict.** Does the same head, with the same labels, learn as well from the codes made *before* training?
# %% [markdown] lang="zh"
# 检索部门的需求也满足了，一个标签都没用。（没训练过的编码器也不算太差：卷积核即使是随机的，也会保留一些形状信息。这正是要有对照的原因。）
#
# ## 5. 两百个标签
#
# 终于有人标注了两百张扫描图。用来训练一个卷积网络还不够；但要训练接在这 16 个数之后、只有 170 个参数的一层，就够了。编码器成了**特征提取器**（feature extractor）。（`Normalization` 先把 16 个数调到同一尺度；它只是测量，不学习。）
#
# **先预测**：同样的输出头、同样的标签，换成训练*之前*的编码，能学得一样好吗？


# %% alt="Accuracy on test scans over 12 epochs: clearly higher with the codes of the trained encoder"
def head_on(codes, test_codes):
    keras.utils.set_random_seed(1)
    scale = layers.Normalization(name="scale")
    scale.adapt(codes)
    digit = layers.Dense(10, activation="softmax", name="digit")
    head = keras.Sequential([keras.Input((16,)), scale, digit], name="head")
    head.compile(
        optimizer=keras.optimizers.Adam(0.05),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = head.fit(
        codes[:200],
        digits.y_train[:200],
        batch_size=20,
        epochs=12,
        validation_data=(test_codes, digits.y_test),
        validation_batch_size=360,
        verbose=0,
    )
    return head, history.history["val_accuracy"]


head, trained_accuracy = head_on(codes, test_codes)
control, untrained_accuracy = head_on(untrained_codes, untrained_test_codes)
plots.curves(
    {
        _("trained encoder"): trained_accuracy,
        _("untrained encoder"): untrained_accuracy,
    },
    title=_("accuracy on test scans, with 200 labels"),
)

# %% [markdown] lang="fr"
# Ce que l’encodeur a appris sans étiquettes profite à la tête. Reste à livrer *un* modèle, du scan au chiffre. Un modèle s’appelle comme une couche : appelons l’encodeur, puis la tête.
#
# **Prédisez.** Faut-il entraîner le résultat ?
# %% [markdown] lang="en"
# What the encoder learned without labels benefits the head. What remains is to deliver *one* model, from scan to digit. A model is called like a layer: let us call the encoder, then the head.
#
# **Predict.** Does the result need training?
# %% [markdown] lang="zh"
# 编码器不靠标签学到的东西，输出头用上了。剩下的事，是交付*一个*从扫描图到数字的模型。模型可以像层一样调用：先调用编码器，再调用输出头。
#
# **先预测**：拼出来的模型还需要训练吗？

# %% alt="Drawing of the reader: scan, encoder, head"
scan = keras.Input(shape=(28, 28, 1), name="scan")
reader = keras.Model(scan, head(encoder(scan)), name="reader")
predicted = reader.predict(x_test, verbose=0).argmax(axis=1)
accuracy = np.mean(predicted == digits.y_test)
print("accuracy >= 0.8:", accuracy >= 0.8)
print("ahead of the untrained encoder:", accuracy > untrained_accuracy[-1] + 0.05)
plots.model_drawing(reader)

# %% [markdown] lang="fr"
# Non : appeler un modèle réutilise son architecture **et** ses poids. `reader` ne possède rien à lui.
#
# D’où un piège. Vous voulez affiner `reader` sans toucher à l’encodeur : vous le gelez. **Prédisez.** Combien de poids `reader` peut-il encore apprendre ? Et `autoencoder` ?
# %% [markdown] lang="en"
# No: calling a model reuses its architecture **and** its weights. `reader` owns nothing of its own.
#
# Hence a trap. You want to refine `reader` without touching the encoder, so you freeze it. **Predict.** How many weights can `reader` still learn? And `autoencoder`?
# %% [markdown] lang="zh"
# 不需要：调用模型，就是复用它的结构**和**权重。`reader` 没有任何属于自己的东西。
#
# 由此要小心一件事。你想微调 `reader`，又不想动编码器，于是把它冻结。**先预测**：`reader` 还有多少参数可以学习？`autoencoder` 呢？


# %%
def trainable(model):
    return f"{sum(weight.shape.num_elements() for weight in model.trainable_weights):,}"


encoder.trainable = False
print("reader:", trainable(reader), "autoencoder:", trainable(autoencoder))
encoder.trainable = True
print("reader:", trainable(reader), "autoencoder:", trainable(autoencoder))

# %% [markdown] lang="fr"
# 170 pour `reader`, comme voulu ; mais `autoencoder` ne peut plus entraîner que son décodeur : son encodeur est fait des mêmes couches. Ce qui est partagé est partagé pour tout, le gel compris. Dégelez en sortant.
#
# ## 6. Deux modèles appelés l’un après l’autre
#
# Le guichet n’a que des codes, pas d’images : il lui faut le décodeur *seul*. Écrivons-le comme un modèle à part entière, avec sa propre entrée.
#
# **Prédisez.** Combien de paramètres pour ce décodeur ? Et pour l’encodeur et lui, appelés l’un après l’autre ?
# %% [markdown] lang="en"
# 170 for `reader`, as wanted; but `autoencoder` can now train nothing but its decoder: its encoder is made of the same layers. What is shared is shared for everything, freezing included. Unfreeze on your way out.
#
# ## 6. Two models, called one after the other
#
# The help desk has codes only, no pictures: it needs the decoder *alone*. Let us write it as a model in its own right, with an input of its own.
#
# **Predict.** How many parameters does this decoder have? And the encoder and the decoder, called one after the other?
# %% [markdown] lang="zh"
# `reader` 还剩 170 个，正合所愿；可是 `autoencoder` 的卷积层也跟着不能学了，因为它们是同一批层。共享意味着样样共享，冻结也不例外。用完记得解冻。
#
# ## 6. 两个模型，先后调用
#
# 服务窗口手里只有编码，没有图像，需要*单独*的解码器。我们把它写成一个独立的模型，有自己的输入。
#
# **先预测**：这个解码器有多少个参数？编码器和它先后调用，合起来又是多少？


# %% alt="Drawing of the decoder: numbers 16, square 4 by 4, up to a picture of 28 by 28"
def new_decoder():
    numbers = keras.Input(shape=(16,), name="numbers")
    maps = layers.Reshape((4, 4, 1), name="square")(numbers)
    maps = layers.Conv2DTranspose(16, 3, activation="relu", name="deconv_1")(maps)
    maps = layers.Conv2DTranspose(32, 3, activation="relu", name="deconv_2")(maps)
    maps = layers.UpSampling2D(3, name="larger")(maps)
    maps = layers.Conv2DTranspose(16, 3, activation="relu", name="deconv_3")(maps)
    picture = layers.Conv2DTranspose(1, 3, activation="relu", name="rebuilt")(maps)
    return keras.Model(numbers, picture, name="decoder")


decoder = new_decoder()
print(f"{decoder.count_params():,} parameters")
plots.model_drawing(decoder)

# %% alt="Drawing of the chain: photo, encoder, decoder, three boxes in a row"
photo = keras.Input(shape=(28, 28, 1), name="photo")
chain = keras.Model(photo, decoder(encoder(photo)), name="chain")
print(f"{chain.count_params():,} parameters")
plots.model_drawing(chain)

# %% [markdown] lang="fr"
# 9 569, et **28 241** des deux façons. Le dessin tient en trois boîtes ; `nested=True` les ouvrirait.
#
# **Prédisez.** L’encodeur est entraîné. La chaîne rend-elle déjà de bonnes images ?
# %% [markdown] lang="en"
# 9,569, and **28,241**, as in the autoencoder. The drawing is down to three boxes; `nested=True` would open them.
#
# **Predict.** The encoder is trained. Does the chain give good pictures already?
# %% [markdown] lang="zh"
# 9,569 个；编码器加解码器，两种写法都是 **28,241** 个。结构图只剩三个方框，写上 `nested=True` 就能展开。
#
# **先预测**：编码器已经训练好了，这条链现在就能还原出好的图像吗？

# %%
same = np.allclose(chain.predict(x_test, verbose=0), rebuilt_test, atol=1e-5)
print("same pictures as the autoencoder:", same)

in_encoder = len(encoder.get_weights())
decoder.set_weights(autoencoder.get_weights()[in_encoder:])
same = np.allclose(chain.predict(x_test, verbose=0), rebuilt_test, atol=1e-5)
print("and with the weights of its decoder:", same)

# %% [markdown] lang="fr"
# Appeler `encoder` a gardé ses poids ; *réécrire* le décodeur en a fait de nouveaux, tirés au hasard. Il a fallu les copier, et une copie ne suit plus l’original : si `autoencoder` apprend encore, la chaîne aura un encodeur neuf et un décodeur ancien. **Appeler partage, reconstruire sépare.**
#
# > **Vous rencontrerez ceci.** « On ne peut pas faire partir un modèle du milieu d’un graphe » : d’anciennes versions de Keras répondaient *Graph disconnected*. Keras 3 accepte, et partage :
# %% [markdown] lang="en"
# Calling `encoder` kept its weights; *writing* the decoder *again* made new ones, drawn at random. We had to copy, and a copy no longer follows its original: if `autoencoder` goes on learning, the chain will have a new encoder and an old decoder. **Calling shares, rebuilding separates.**
#
# > **You will meet this.** “A model cannot start in the middle of a graph”: old versions of Keras answered *Graph disconnected*. Keras 3 allows it, and shares the layers:
# %% [markdown] lang="zh"
# 调用 `encoder`，权重保持不变；*重写*解码器，得到的却是一套随机的新权重，只好把权重复制过来。而副本不再跟随原件：如果 `autoencoder` 继续学习，这条链就会变成“新编码器配旧解码器”。**调用是共享，重建是分家。**
#
# > **你会遇到这种说法**：“模型不能从图的中间开始。”旧版 Keras 会报错 *Graph disconnected*。Keras 3 允许这样做，而且共享权重：

# %%
cut_out = keras.Model(code, rebuilt, name="cut_out")
same_layer = cut_out.get_layer("deconv_1") is autoencoder.get_layer("deconv_1")
print(f"{cut_out.count_params():,} parameters, same layer: {same_layer}")

# %% [markdown] lang="fr"
# Servons enfin le guichet. Un décodeur seul accepte n’importe quels 16 nombres, même ceux qu’aucun scan n’a produits. Prenons les codes de deux scans, et marchons de l’un à l’autre en huit pas.
#
# **Prédisez.** Au milieu du chemin : deux images superposées, ou une forme intermédiaire ?
# %% [markdown] lang="en"
# Let us serve the help desk at last. A decoder alone accepts any 16 numbers, even some that no scan has produced. Take the codes of two scans, and walk from one to the other in eight steps.
#
# **Predict.** Halfway: two pictures on top of each other, or a shape in between?
# %% [markdown] lang="zh"
# 终于轮到服务窗口了。单独的解码器接受任意 16 个数，哪怕没有哪张扫描图产生过它们。取两张扫描图的编码，分八步从一个走到另一个。
#
# **先预测**：走到一半，会是两张图叠在一起，还是一个介于两者之间的形状？

# %% alt="Eight pictures that change little by little from one digit into another"
one, other = test_codes[3], test_codes[9]
walk = np.linspace(one, other, 8)
plots.images(decoder.predict(walk, verbose=0)[..., 0], columns=8)

# %% [markdown] lang="fr"
# Dans JupyterLab, faites le chemin vous-même (0 : le premier scan ; 1 : le second), et dépassez le but : au-delà de 1 comme en deçà de 0, le décodeur dessine ce qu’aucun scan ne montre.
# %% [markdown] lang="en"
# In JupyterLab, take the walk yourself (0 is the first scan, 1 the second), and overshoot: above 1 or below 0, the decoder draws what no scan shows.
# %% [markdown] lang="zh"
# 在 JupyterLab 里自己走一走（0 是第一张扫描图，1 是第二张），还可以走过头：大于 1 或小于 0 的地方，解码器会画出任何扫描图上都没有的样子。


# %% alt="One picture, half way between the two digits"
def between(position=0.5):
    code = one + position * (other - one)
    return plots.images(decoder.predict(code[None], verbose=0)[..., 0], columns=1)


play.explore(between, position=play.Slider(_("position"), -0.5, 1.5, 0.05))

# %% [markdown] lang="fr"
# Le trait se déforme plutôt qu’il ne se superpose : marcher dans l’espace latent, c’est passer d’une forme à l’autre. Bien des modèles génératifs partent de cette idée.
#
# Un dernier avantage de la chaîne : ses moitiés gardent leur nom dans le fichier. On enregistre un modèle, on en retrouve trois.
# %% [markdown] lang="en"
# The stroke bends rather than overlaps: to walk in latent space is to go from shape to shape. Many generative models start from this idea.
#
# One last advantage of the chain: its halves keep their names in the file. You save one model and find three.
# %% [markdown] lang="zh"
# 笔画是慢慢变形，而不是简单叠加：在潜空间里行走，就是从一种形状走向另一种形状。许多生成模型正是从这个想法出发的。
#
# 这条链还有一个好处：文件里保留着两半的名字。存一个模型，取出来三个。

# %%
with tempfile.TemporaryDirectory() as folder:
    chain.save(Path(folder) / "chain.keras")
    reloaded = keras.models.load_model(Path(folder) / "chain.keras")

loaded_encoder = reloaded.get_layer("encoder")
same = np.allclose(loaded_encoder.predict(x_test, verbose=0), test_codes, atol=1e-5)
print([layer.name for layer in reloaded.layers], "same codes:", same)

# %% [markdown] lang="fr"
# ## 7. Trois avis valent-ils mieux qu’un ?
#
# Autre métier, même idée. Trois centres de tri postal rangent le courrier par côté de rue, pair ou impair. Dans chacun, deux capteurs bon marché lisent le dernier chiffre en 8 × 8 pixels, avec du bruit : 128 nombres. Les données ne peuvent pas quitter leur centre ; un modèle, si. Chaque centre entraîne donc le sien : 128 nombres, une unité sigmoïde, « impair ? ».
# %% [markdown] lang="en"
# ## 7. Are three opinions better than one?
#
# Another trade, the same idea. Three sorting offices arrange letters by side of the street, odd or even. In each, two cheap sensors read the last digit in 8 × 8 pixels, with noise: 128 numbers. Data may not leave their office; a model may. So each office trains its own: 128 numbers, one sigmoid unit, “odd?”.
# %% [markdown] lang="zh"
# ## 7. 三个意见胜过一个？
#
# 换个行当，思路一样。三个邮件分拣中心要按街道两侧（单号、双号）分信。每个中心有两个便宜的传感器，各用 8 × 8 像素读门牌号的末位数字，还带噪声，一共 128 个数。数据不能离开本中心，模型可以。于是每个中心训练自己的模型：128 个数，一个 sigmoid 单元，回答“是单号吗？”。

# %% alt="Six readings with noise: the same three digits seen by two sensors"
thumbnails = data.thumbnails()
chance = np.random.default_rng(7)


def two_sensors(scans):
    """(scans, 8, 8) -> (scans, 128): what the two sensors read."""
    seen = [scans + chance.normal(0, 0.3, scans.shape) for sensor in range(2)]
    return np.stack(seen, axis=1).reshape(-1, 128).astype("float32")


seen_train, seen_test = two_sensors(thumbnails.x_train), two_sensors(thumbnails.x_test)
odd_train, odd_test = thumbnails.y_train % 2 == 1, thumbnails.y_test % 2 == 1
plots.images(seen_train[:3].reshape(6, 8, 8), columns=6)

# %% alt="The three losses fall; each office learns on its own data"
offices = {"north": slice(0, 479), "east": slice(479, 958), "south": slice(958, None)}


def new_member(name):
    reading = keras.Input(shape=(128,), name="reading")
    odd = layers.Dense(1, activation="sigmoid", name="odd")(reading)
    return keras.Model(reading, odd, name=name)


keras.utils.set_random_seed(5)
members, losses = [], {}
for name, own in offices.items():
    member = new_member(name)
    member.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
    history = member.fit(
        seen_train[own], odd_train[own], batch_size=16, epochs=10, verbose=0
    )
    members.append(member)
    losses[name] = history.history["loss"]
plots.curves(losses, title=_("training loss of each office"))

# %% [markdown] lang="fr"
# Le siège reçoit trois modèles, et les fait voter : il les appelle tous trois sur la même entrée, et prend la moyenne. C’est un **ensemble**, et c’est encore un graphe.
#
# **Prédisez.** Combien de paramètres ?
# %% [markdown] lang="en"
# Headquarters receives three models, and has them vote: it calls all three on the same input and takes the average. That is an **ensemble**, and it is a graph again.
#
# **Predict.** How many parameters?
# %% [markdown] lang="zh"
# 总部收到三个模型，让它们投票：在同一个输入上分别调用，再取平均。这就是**集成**（ensemble），它仍然是一张图。
#
# **先预测**：一共有多少个参数？

# %% alt="Drawing of the ensemble: one input goes to north, east and south, then to their average"
reading = keras.Input(shape=(128,), name="reading")
votes = [member(reading) for member in members]
ensemble = keras.Model(reading, layers.average(votes, name="average"), name="ensemble")
print([member.count_params() for member in members], ensemble.count_params())
plots.model_drawing(ensemble)

# %% [markdown] lang="fr"
# 3 × 129 = **387**, et rien à entraîner. **Prédisez.** Sur des scans jamais vus, la perte de l’ensemble sera-t-elle au milieu des trois, ou meilleure que toutes ?
# %% [markdown] lang="en"
# 3 × 129 = **387**, and nothing to train. **Predict.** On scans never seen before, will the loss of the ensemble lie among the three, or beat them all?
# %% [markdown] lang="zh"
# 3 × 129 = **387** 个，而且无须训练。**先预测**：在没见过的扫描图上，集成的损失会介于三者之间，还是比三个都好？


# %%
def test_loss(model):
    answers = model.predict(seen_test, verbose=0)[:, 0]
    return float(keras.losses.binary_crossentropy(odd_test.astype("float32"), answers))


alone = [test_loss(member) for member in members]
together = test_loss(ensemble)
print("at most the average of its members:", together <= np.mean(alone))
print("better than each of its members:   ", together < min(alone))

# %% [markdown] lang="fr"
# La première ligne est un théorème : avec une perte convexe comme l’entropie croisée ou l’erreur quadratique, l’ensemble ne fait jamais pire que la *moyenne* de ses membres. La seconde n’est pas garantie. Elle est vraie ici parce que chaque membre se trompe à sa façon : il a appris d’autres scans et un autre bruit, et les erreurs se compensent en partie.
#
# Et si les membres étaient toujours du même avis ? Appelons trois fois *le même* modèle. **Prédisez** les paramètres et la perte.
# %% [markdown] lang="en"
# The first line is a theorem: with a convex loss such as crossentropy or squared error, an ensemble never does worse than the *average* of its members. The second is not guaranteed. It holds here because each member is wrong in its own way: it learned from other scans and other noise, and the errors partly cancel out.
#
# What if the members always agreed? Let us call *the same* model three times. **Predict** the parameters and the loss.
# %% [markdown] lang="zh"
# 第一行是个定理：只要损失是凸的（交叉熵、均方误差都是），集成就不会比成员的*平均水平*差。第二行并没有保证，它在这里成立，是因为每个成员错得各不相同：见过的扫描图不同，噪声也不同，错误会相互抵消一部分。
#
# 要是成员的意见总是一致呢？把*同一个*模型调用三次看看。**先预测**参数个数和损失。

# %% alt="Drawing of the echo: the model north alone, read three times by the average"
north = members[0]
echoes = [north(reading) for vote in range(3)]
echo = keras.Model(reading, layers.average(echoes, name="average"), name="echo")
print(echo.count_params(), "same loss as north:", np.isclose(test_loss(echo), alone[0]))
plots.model_drawing(echo)

# %% [markdown] lang="fr"
# 129 : un seul avis, répété. Appeler partage, c’est toute la leçon. Pour trois avis, il faut trois modèles, donc trois appels à `new_member`.
#
# > **Vous rencontrerez ceci.** Deux modèles différents de même nom dans un graphe : Keras refuse.
# %% [markdown] lang="en"
# 129: one opinion, repeated. Calling shares; that is the whole lesson. Three opinions take three models, hence three calls of `new_member`.
#
# > **You will meet this.** Two different models with the same name in one graph: Keras refuses.
# %% [markdown] lang="zh"
# 129 个：同一个意见重复了三遍。调用就是共享，这正是本课的核心。要三个意见，就要三个模型，也就是调用三次 `new_member`。
#
# > **你会遇到这种情况**：同一张图里，两个不同的模型重名，Keras 会拒绝。

# %%
twins = [new_member("twin"), new_member("twin")]
try:
    keras.Model(reading, layers.average([twin(reading) for twin in twins]))
except ValueError as error:
    print("ValueError:", str(error).split(".")[0])

# %% [markdown] lang="fr"
# D’où l’argument `name` de `new_member`.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | deux modèles sur un graphe | `keras.Model(image, code)` et `keras.Model(image, rebuilt)` |
# | apprendre sans étiquettes | `autoencoder.fit(x, x)` |
# | un modèle dans un autre | `decoder(encoder(photo))` |
# | retrouver un modèle intérieur | `chain.get_layer("encoder")` |
# | des codes pour une autre tâche | `head(encoder(scan))`, avec `encoder.trainable = False` si besoin |
# | un ensemble | `layers.average([member(reading) for member in members])` |
#
# | | un graphe, deux modèles | deux modèles en chaîne |
# |---|---|---|
# | on écrit | les couches à la suite | deux modèles, puis un appel |
# | le décodeur seul | `keras.Model(code, rebuilt)` | `decoder` |
# | le dessin | toutes les couches | trois boîtes, que l’on peut ouvrir |
# | on le choisit | pour observer l’intérieur d’un modèle | pour composer, remplacer, distribuer des morceaux |
#
# - Un modèle est un trajet dans un graphe ; plusieurs modèles peuvent prendre le même.
# - **Appeler partage, reconstruire sépare.** Le partage vaut pour tout : entraînement, gel, valeurs.
# - Un ensemble ne fait pas pire que la moyenne de ses membres ; il fait mieux s’ils se trompent différemment.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), six questions, chacune vérifiée couche par couche.
# - Un trou de mémoire ? [L’API fonctionnelle](../02-functional/lesson.ipynb) reprend les graphes depuis le début.
# - La documentation de Keras (en anglais) : [l’API fonctionnelle](https://keras.io/guides/functional_api/), [geler et affiner](https://keras.io/guides/transfer_learning/), [`Conv2DTranspose`](https://keras.io/api/layers/convolution_layers/convolution2d_transpose/).
# %% [markdown] lang="en"
# Hence the argument `name` of `new_member`.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | two models on one graph | `keras.Model(image, code)` and `keras.Model(image, rebuilt)` |
# | to learn without labels | `autoencoder.fit(x, x)` |
# | a model inside another | `decoder(encoder(photo))` |
# | to find an inner model | `chain.get_layer("encoder")` |
# | codes for another task | `head(encoder(scan))`, with `encoder.trainable = False` if need be |
# | an ensemble | `layers.average([member(reading) for member in members])` |
#
# | | one graph, two models | two models in a chain |
# |---|---|---|
# | you write | the layers, one after the other | two models, then a call |
# | the decoder alone | `keras.Model(code, rebuilt)` | `decoder` |
# | the drawing | all the layers | three boxes, which can be opened |
# | choose it | to look inside a model | to compose, replace, hand out parts |
#
# - A model is a route through a graph; several models may take the same one.
# - **Calling shares, rebuilding separates.** Sharing holds for everything: training, freezing, values.
# - An ensemble does no worse than the average of its members; it does better if they err differently.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), six questions, each checked layer by layer.
# - Need a reminder? [The functional API](../02-functional/lesson.ipynb) explains graphs from the start.
# - Keras’s own documentation: [the functional API](https://keras.io/guides/functional_api/), [freezing and fine-tuning](https://keras.io/guides/transfer_learning/), [`Conv2DTranspose`](https://keras.io/api/layers/convolution_layers/convolution2d_transpose/).
# %% [markdown] lang="zh"
# `new_member` 的参数 `name` 就是为此而设的。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 在一张图上得到两个模型 | `keras.Model(image, code)` 和 `keras.Model(image, rebuilt)` |
# | 不用标签来学习 | `autoencoder.fit(x, x)` |
# | 把模型放进另一个模型 | `decoder(encoder(photo))` |
# | 取出内部的模型 | `chain.get_layer("encoder")` |
# | 把编码用于别的任务 | `head(encoder(scan))`，需要时设 `encoder.trainable = False` |
# | 集成 | `layers.average([member(reading) for member in members])` |
#
# | | 一张图，两个模型 | 两个模型连成链 |
# |---|---|---|
# | 写法 | 一层接一层写下去 | 写两个模型，再调用 |
# | 单独的解码器 | `keras.Model(code, rebuilt)` | `decoder` |
# | 结构图 | 显示所有的层 | 三个方框，可以展开 |
# | 适用场合 | 想看模型的内部 | 想组合、替换、分发各个部分 |
#
# - 模型是图中的一条路径，几个模型可以走同一段路。
# - **调用是共享，重建是分家**。共享意味着样样共享：训练、冻结、数值。
# - 集成不会比成员的平均水平差；成员错得各不相同，它就会更好。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，六道题，逐层检查。
# - 有些忘了？[函数式 API](../02-functional/lesson.ipynb) 从头讲图。
# - Keras 官方文档（英文）：[函数式 API](https://keras.io/guides/functional_api/)、[冻结与微调](https://keras.io/guides/transfer_learning/)、[`Conv2DTranspose`](https://keras.io/api/layers/convolution_layers/convolution2d_transpose/)。
