"""Unit 08, lesson: a trained model is data to read, reuse and copy. Three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Lire un graphe, réutiliser ce qu’il a appris
#
# Une collègue est partie en vous laissant un fichier, `reader.keras`, et un mot : « Il lit le numéro des quais, de 0 à 6. Bonne chance ! » Pas une ligne de code. Or trois quais ouvrent lundi, le 7, le 8 et le 9, et l’on vous donne **dix exemples** de chacun. Que pouvez-vous tirer d’un modèle dont vous n’avez que le fichier ?
#
# Presque tout, car un graphe est une *donnée* : il se lit, se mesure, se découpe, se prolonge et se recopie, sans le code qui l’a construit.
#
# **À la fin de cette leçon, vous saurez :**
#
# - retrouver dans un graphe ses couches, leurs formes, leurs réglages et leurs liens ;
# - faire un modèle de toutes ses activations, et **voir** ce que voient ses couches, jusque dans VGG19 ;
# - greffer une tête sur un tronc **gelé** et apprendre de trente exemples ce qui en demanderait sinon trois fois plus ;
# - copier un modèle, en comparer deux, l’écrire en texte et le relire.
#
# Comptez 35 minutes. Chaque fois que vous lisez **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Reading a graph, reusing what it has learned
#
# A colleague has moved on and left you a file, `reader.keras`, with a note: “It reads the dock numbers, 0 to 6. Good luck!” Not one line of code. But three docks open on Monday, 7, 8 and 9, and you are given **ten examples** of each. What can you get out of a model of which you have only the file?
#
# Nearly everything, for a graph is *data*: it can be read, measured, cut, extended and copied, without the code that built it.
#
# **By the end of this lesson you will be able to:**
#
# - find in a graph its layers, their shapes, their settings and their connections;
# - make one model of all its activations, and **see** what its layers see, even in VGG19;
# - graft a head on a **frozen** trunk and learn from thirty examples what would otherwise take three times as many;
# - copy a model, compare two, write one as text and read it back.
#
# Allow 35 minutes. Whenever you read **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 读懂模型的图，复用它学到的东西
#
# 一位同事离职了，只留下一个文件 `reader.keras` 和一张便条：“它能认月台号，0 到 6。祝你好运！”代码一行也没有。可是下周一要新开 7、8、9 三个月台，每个只给你**十个样本**。手里只有模型文件，能做些什么？
#
# 几乎什么都能做，因为模型的图（graph）就是*数据*：不需要当初的代码，就能查看、测量、截取、延伸、复制。
#
# **学完本课，你将能够：**
#
# - 从图里查出各层的形状、设置，以及层与层的连接；
# - 用一个模型输出所有的激活值（activations，各层算出的结果），**亲眼看看**每一层看到了什么，VGG19 也不例外；
# - 在**冻结**的主干上嫁接新的输出头，只用三十个样本，学会原本要三倍的样本才能学会的东西；
# - 复制模型、比较两个模型、把模型写成文本再读回来。
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
from course import data, plots
from keras import layers
from sklearn.datasets import load_sample_image

keras.utils.set_random_seed(1)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. Un fichier, et pas de code
#
# Jouons d’abord le rôle de la collègue ; vous oublierez ensuite cette section. Les numéros sont de vrais chiffres manuscrits ; la caméra cadre mal, et chaque scan de 8 × 8 pixels tombe n’importe où dans un cadre de 12 × 12 ; comme elle est infrarouge, la peinture y paraît tantôt sombre, tantôt claire. Chaque scan d’entraînement est cadré trois fois. Les 7, 8 et 9 sont mis de côté.
# %% [markdown] lang="en"
# ## 1. A file, and no code
#
# First, let us play the colleague; you will then forget this section. The numbers are real handwritten digits; the camera is badly aimed, and each scan of 8 × 8 pixels may fall anywhere in a frame of 12 × 12; as it is an infrared camera, the paint looks sometimes dark, sometimes light. Each training scan is framed three times. The 7s, 8s and 9s are set aside.
# %% [markdown] lang="zh"
# ## 1. 只有文件，没有代码
#
# 先来扮演那位同事，演完就请忘掉这一节。月台号用的是真实的手写数字；摄像头装歪了，8 × 8 像素的扫描图会落在 12 × 12 画面里的任意位置；又因为是红外摄像头，油漆有时显得深，有时显得浅。每张训练图像取三个不同的位置。7、8、9 先放在一边。


# %%
def framed(scans, seed):
    """Each scan of 8 x 8 pixels, somewhere in a frame of 12 x 12, half in negative."""
    rng = np.random.default_rng(seed)
    frames = np.zeros((len(scans), 12, 12, 1), "float32")
    corners = rng.integers(0, 5, (len(scans), 2))
    for frame, scan, (row, column) in zip(frames, scans, corners, strict=True):
        frame[row : row + 8, column : column + 8, 0] = scan
    negative = rng.random((len(scans), 1, 1, 1)) < 0.5
    return np.where(negative, 1 - frames, frames)


scans = data.thumbnails()
x_train = np.concatenate([framed(scans.x_train, seed) for seed in (1, 2, 3)])
y_train = np.tile(scans.y_train, 3)
x_test, y_test = framed(scans.x_test, seed=4), scans.y_test
old, old_test = y_train < 7, y_test < 7
print("docks 0 to 6:", old.sum(), "to train on,", old_test.sum(), "to test on")

# %% alt="Training curves: the loss falls, accuracy on the seven docks rises above 0.95"
image = keras.Input(shape=(12, 12, 1), name="image")
maps = layers.Conv2D(16, 3, padding="same", activation="relu", name="conv_1")(image)
maps = layers.Conv2D(16, 3, padding="same", activation="relu", name="conv_2")(maps)
maps = layers.MaxPooling2D(2, name="smaller")(maps)
maps = layers.Conv2D(32, 3, padding="same", activation="relu", name="conv_3")(maps)
maps = layers.Conv2D(64, 3, padding="same", activation="relu", name="conv_4")(maps)
mean = layers.GlobalAveragePooling2D(name="mean")(maps)
peak = layers.GlobalMaxPooling2D(name="peak")(maps)
code = layers.Concatenate(name="code")([mean, peak])
dock = layers.Dense(7, activation="softmax", name="dock")(code)
hers = keras.Model(image, dock, name="reader")

hers.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.003),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = hers.fit(
    x_train[old],
    y_train[old],
    batch_size=64,
    epochs=7,
    validation_data=(x_test[old_test], y_test[old_test]),
    validation_batch_size=253,
    verbose=0,
)
hers.save(workshop / "reader.keras")
plots.training(history)

# %% [markdown] lang="fr"
# Oubliez ces deux cellules : il ne reste que le fichier.
#
# **Prédisez.** `load_model` n’a que ce fichier. Saura-t-il donner les mêmes réponses ? Saura-t-il dire comment le modèle a été entraîné ?
# %% [markdown] lang="en"
# Forget those two cells: only the file is left.
#
# **Predict.** `load_model` has nothing but that file. Will the answers come back? Will it be able to say how the model was trained?
# %% [markdown] lang="zh"
# 忘掉这两个单元格吧：现在只剩下文件了。
#
# **先预测**：`load_model` 手里只有这个文件。模型还会给出同样的回答吗？它能说出当初是怎样训练的吗？

# %%
expected = hers(x_test)
del image, maps, mean, peak, code, dock, hers

reader = keras.models.load_model(workshop / "reader.keras")
answers = reader.predict(x_test, verbose=0)
print("same answers:", np.allclose(answers, expected, atol=1e-5))
right = answers[old_test].argmax(axis=1) == y_test[old_test]
print("docks 0 to 6, accuracy >= 0.95:", right.mean() >= 0.95)
print("loss:     ", reader.loss)
print("optimizer:", type(reader.optimizer).__name__)
print("steps:    ", int(reader.optimizer.iterations))

# %% [markdown] lang="fr"
# Tout y est, jusqu’au nombre de pas. Et devant un quai jamais vu ? La tête répond quand même : elle n’a que sept cases.
#
# ## 2. Lire le graphe
#
# Un modèle connaît ses couches ; chaque couche connaît le tenseur qu’elle rend dans ce graphe, `layer.output`, et celui qu’elle reçoit, `layer.input`.
#
# **Prédisez.** Quatre convolutions, deux résumés, une tête. Où est le gros des paramètres ?
# %% [markdown] lang="en"
# Everything is there, down to the number of steps. And when it meets a dock that it has never seen? The head answers all the same: it has seven boxes and no others.
#
# ## 2. Read the graph
#
# A model knows its layers; each layer knows the tensor that it returns in this graph, `layer.output`, and the one that it receives, `layer.input`.
#
# **Predict.** Four convolutions, two summaries, a head. Where are most of the parameters?
# %% [markdown] lang="zh"
# 样样都在，连训练了多少步都记着。那么遇到从没见过的月台呢？输出头照样会回答：它只有七个选项。
#
# ## 2. 读图
#
# 模型知道自己有哪些层；每一层都知道自己在这张图里输出的张量 `layer.output`，以及收到的张量 `layer.input`。
#
# **先预测**：四个卷积层、两个全局池化层、一个输出头。参数主要在哪里？

# %%
for layer in reader.layers:
    shape = str(layer.output.shape)
    kind = type(layer).__name__
    print(f"{layer.name:8} {kind:23} {shape:20} {layer.count_params():>6,}")
print(f"in all: {reader.count_params():,}")
print("from", reader.input.shape, "to", reader.output.shape)

# %% [markdown] lang="fr"
# `conv_4` en a 18 496 sur 26 519 : 3 × 3 × 32 poids et un biais pour chacune de ses 64 cartes. Les résumés et `code` n’en ont aucun.
#
# Les réglages d’une couche sont dans sa configuration, un dictionnaire.
# %% [markdown] lang="en"
# `conv_4` has 18,496 of the 26,519: 3 × 3 × 32 weights and a bias for each of its 64 maps. The summaries and `code` have none.
#
# The settings of a layer are in its configuration, a dictionary.
# %% [markdown] lang="zh"
# `conv_4` 占了 26,519 个里的 18,496 个：64 张特征图，每张有 3 × 3 × 32 个权重和一个偏置。全局池化层和 `code` 没有参数。
#
# 层的设置写在它的配置里，那是一个字典。

# %%
settings = reader.get_layer("conv_3").get_config()
for key in ("filters", "kernel_size", "padding", "activation", "trainable"):
    print(f"{key:12}", settings[key])

# %% [markdown] lang="fr"
# Restent les flèches : qui alimente qui ? La configuration du modèle le dit aussi. Chaque entrée de `inbound_nodes` décrit un appel, et un tenseur y est noté `keras_history`, avec le nom de la couche d’où il vient. Une petite fonction récursive suffit à les ramasser.
#
# **Prédisez.** Quelle couche est lue deux fois ? Laquelle en lit deux ?
# %% [markdown] lang="en"
# That leaves the arrows: who feeds whom? The model’s configuration says that too. Each entry of `inbound_nodes` describes one call, and a tensor is noted there as `keras_history`, with the name of the layer that it comes from. A small recursive function is enough to gather them.
#
# **Predict.** Which layer is read twice? Which one reads two?
# %% [markdown] lang="zh"
# 还剩下箭头：谁的结果给了谁？模型的配置里也写着。`inbound_nodes` 的每一项描述一次调用，其中的张量用 `keras_history` 标明来自哪一层。写一个小小的递归函数，就能把它们收集起来。
#
# **先预测**：哪一层的结果被读了两次？哪一层读了两个结果？


# %%
def sources(part):
    """The names of the layers whose tensors occur in a part of a configuration."""
    if isinstance(part, dict):
        if "keras_history" in part:
            return [part["keras_history"][0]]
        part = part.values()
    elif not isinstance(part, (list, tuple)):
        return []
    return [name for inner in part for name in sources(inner)]


for entry in reader.get_config()["layers"]:
    print(f"{entry['name']:8} <-", *sources(entry["inbound_nodes"]))

# %% alt="Drawing of the reader: a chain of convolutions, then mean and peak side by side, code, dock"
plots.model_drawing(reader)

# %% [markdown] lang="fr"
# `conv_4` est lue par `mean` et par `peak`, et `code` les réunit : le dessin dit la même chose. Vous venez d’écrire un outil qui marche sur n’importe quel graphe, sans l’exécuter. `plot_model` et `summary` ne font pas autre chose.
#
# > **Vous rencontrerez ceci.** Dans du code ancien : `layer.output_shape`, `layer.get_output_at(0)`, `model.get_layer("conv_1").inbound_nodes`. Dans Keras 3, tout passe par `layer.output`, dont on lit `.shape`, et par `get_config()`.
# %% [markdown] lang="en"
# `conv_4` is read by `mean` and by `peak`, and `code` brings them together: the drawing says the same. You have just written a tool that works on any graph, without running it. `plot_model` and `summary` work in the same way.
#
# > **You will meet this.** In old code: `layer.output_shape`, `layer.get_output_at(0)`, `model.get_layer("conv_1").inbound_nodes`. In Keras 3 it all goes through `layer.output`, whose `.shape` you read, and through `get_config()`.
# %% [markdown] lang="zh"
# `mean` 和 `peak` 都读 `conv_4` 的结果，`code` 再把两者合起来：和结构图完全一致。你刚写好的这个工具，不用运行模型，对任何一张图都适用。`plot_model` 和 `summary` 做的也就是这些。
#
# > **你会遇到这种写法**：旧代码里有 `layer.output_shape`、`layer.get_output_at(0)`、`model.get_layer("conv_1").inbound_nodes`。在 Keras 3 里，形状看 `layer.output.shape`，连接看 `get_config()`。

# %%
conv_1 = reader.get_layer("conv_1")
for name in ("output_shape", "get_output_at", "inbound_nodes", "output"):
    print(f"{name:13} exists:", hasattr(conv_1, name))

# %% [markdown] lang="fr"
# ## 3. Voir ce que voient les couches
#
# Chaque `layer.output` peut devenir une sortie du modèle. Ce qu’une couche rend pour une image donnée s’appelle ses **activations**. Prenons-les **toutes**, dans un dictionnaire.
#
# **Prédisez.** Combien de paramètres a le modèle `activations` ? Faut-il l’entraîner ?
# %% [markdown] lang="en"
# ## 3. See what the layers see
#
# Each `layer.output` can become an output of a model. What a layer returns for a given image is called its **activations**. Let us take them **all**, in a dictionary.
#
# **Predict.** How many parameters does the model `activations` have? Does it need training?
# %% [markdown] lang="zh"
# ## 3. 看看每一层看到了什么
#
# 每个 `layer.output` 都可以拿来做输出。那就**全都**要，放进一个字典。
#
# **先预测**：模型 `activations` 有多少个参数？它需要训练吗？

# %%
activations = keras.Model(
    inputs=reader.input,
    outputs={layer.name: layer.output for layer in reader.layers},
    name="activations",
)
print(f"{activations.count_params():,} parameters")

seen = activations(x_test[:1])
for layer in reader.layers:
    print(f"{layer.name:8}", seen[layer.name].shape)
print("last one is the answer:", np.allclose(seen["dock"], answers[:1], atol=1e-5))

# %% [markdown] lang="fr"
# Les mêmes 26 519, ni copiés ni réentraînés : `activations` n’est qu’une autre façon de *sortir* du même graphe. Une image entre, dix tableaux sortent.
#
# Une convolution rend une pile de **cartes de caractéristiques** (*feature maps*) : chaque carte dit où son filtre a trouvé ce qu’il cherche. Regardons les huit premières de chaque couche (clair : réponse forte ; chaque carte a sa propre échelle, et une carte nulle partout affiche 0).
# %% [markdown] lang="en"
# The same 26,519, neither copied nor trained again: `activations` is just another way *out* of the same graph. One picture goes in, ten arrays come out.
#
# A convolution returns a stack of **feature maps**: each map says where its filter has found what it looks for. Here are the first eight of each layer (bright: a strong response; each map has its own scale, and a map that is zero everywhere shows 0).
# %% [markdown] lang="zh"
# 还是那 26,519 个，既没有复制，也没有重新训练：`activations` 只是同一张图的另一组*出口*。一张图像进去，十个数组出来。
#
# 卷积层输出一叠**特征图**（feature map）：每张特征图标出自己的卷积核在哪里找到了要找的东西。下面是每一层的前八张（亮处响应强；每张各有自己的尺度，处处为零的只显示 0）。

# %% alt="One digit and eight feature maps of each convolution: strokes and edges first, then coarse blots"
convolutions = ["conv_1", "conv_2", "conv_3", "conv_4"]
plots.feature_maps({name: seen[name][0] for name in ["image", *convolutions]})

# %% [markdown] lang="fr"
# `conv_1` voit encore un chiffre : des bords, des traits, l’image en négatif. Plus on descend, moins on reconnaît le dessin : `conv_4` ne dit plus *de quoi c’est fait*, mais *ce qu’il y a là*.
#
# Que cherche une carte de `conv_4` ? Demandons quelles images de test la font réagir le plus fort : c’est ce que mesure `peak`. Voici trois cartes et, pour chacune, cinq chiffres connus, puis cinq que le modèle n’a jamais vus.
#
# **Prédisez.** Qu’auront en commun les deux moitiés d’une rangée ?
# %% [markdown] lang="en"
# `conv_1` still sees a digit: edges, strokes, the picture in negative. The further down, the less the drawing can be made out: `conv_4` no longer tells *what the picture is made of*, but *what is in it*.
#
# What does a map of `conv_4` look for? Let us ask which test images excite it most: that is what `peak` measures. Here are three maps and, for each, five digits that the model knows, then five that it has never seen.
#
# **Predict.** What will the two halves of a row have in common?
# %% [markdown] lang="zh"
# 在 `conv_1` 里还看得出数字：边缘、笔画、反色的图像。越往后，图形越难辨认：`conv_4` 告诉我们的，不再是图像*由什么组成*，而是图像*里有什么*。
#
# `conv_4` 的一张特征图在找什么？看看哪些测试图像最能激发它就知道了，`peak` 量的正是这个。下面选三张特征图，每张占一行：先是模型认识的数字，五个；再是它从没见过的，也是五个。
#
# **先预测**：同一行的左右两半，会有什么共同之处？

# %% alt="Three rows of test digits, five known and five new ones: within a row they share a stroke"
peaks = activations(x_test)["peak"].numpy()
exciting = []
for map_ in peaks[~old_test].std(axis=0).argsort()[::-1][:3]:
    ranked = peaks[:, map_].argsort()[::-1]
    exciting += [*ranked[old_test[ranked]][:5], *ranked[~old_test[ranked]][:5]]
plots.images(x_test[exciting, :, :, 0], labels=y_test[exciting])

# %% [markdown] lang="fr"
# Une rangée ne rassemble pas un chiffre, mais un *motif* : une courbe, une barre, un angle. Ces motifs se retrouvent dans des chiffres que le modèle ne connaît pas ; c’est ce qui le rend réutilisable.
#
# Mesurons-le. Décrivons chaque 7, 8 ou 9 par la moyenne et le maximum de chaque carte d’une couche, et cherchons, pour chaque image de test, la plus proche parmi les images d’entraînement. Est-ce le même chiffre ? Le témoin est un **clone** : `clone_model` copie le graphe, pas les poids.
#
# **Prédisez.** Laquelle distingue le mieux ces trois chiffres, la première couche ou la dernière ? Et chez le clone ?
# %% [markdown] lang="en"
# A row does not gather one digit but one *pattern*: a curve, a bar, a corner. These patterns occur in digits that the model does not know, too; that is what makes it reusable.
#
# Let us measure that. We describe each 7, 8 or 9 by the mean and the maximum of each map of a layer and look, for each test image, for the nearest among the training images. Is it the same digit? The control is a **clone**: `clone_model` copies the graph, not the weights.
#
# **Predict.** Which tells these three digits apart better, the first layer or the last? And in the clone?
# %% [markdown] lang="zh"
# 一行里聚在一起的不是同一个数字，而是同一种*图案*：一道弧、一横、一个拐角。模型不认识的数字里，也有这些图案；所以它学到的东西可以复用。
#
# 口说无凭，来量一量。对每个 7、8、9，取某一层每张特征图的平均值和最大值作为描述，再为每张测试图像找出最接近的训练图像：是同一个数字吗？对照组是一个**克隆**：`clone_model` 只复制图，不复制权重。
#
# **先预测**：第一层和最后一层，哪一层更能区分这三个数字？克隆出来的模型呢？


# %%
def described(model, pictures):
    """For each convolution, the mean and the maximum of each of its maps."""
    outputs = {name: model.get_layer(name).output for name in convolutions}
    found = keras.Model(model.input, outputs)(pictures)
    return {
        name: np.concatenate([np.mean(maps, (1, 2)), np.max(maps, (1, 2))], axis=1)
        for name, maps in found.items()
    }


def nearest_is_right(known, known_labels, asked, labels):
    gaps = np.linalg.norm(asked[:, None] - known[None], axis=2)
    return np.mean(known_labels[gaps.argmin(axis=1)] == labels)


new = np.flatnonzero(y_train >= 7)[:400]
x_new, y_new = x_test[~old_test], y_test[~old_test]
untrained = keras.models.clone_model(reader)
for name, model in {"trained": reader, "untrained": untrained}.items():
    known, asked = described(model, x_train[new]), described(model, x_new)
    print(name)
    for layer in (convolutions[0], convolutions[-1]):
        share = nearest_is_right(known[layer], y_train[new], asked[layer], y_new)
        print(f"  {layer}, right >= 0.82:", share >= 0.82)

# %% [markdown] lang="fr"
# Les premières couches ne voient que des bords, qui se ressemblent partout. La dernière du modèle entraîné sépare des chiffres qu’il n’a *jamais* vus. Celle du clone, de même forme mais aux poids tirés au hasard, n’y arrive pas : ce n’est pas l’architecture qui sait, ce sont les poids.
#
# ## 4. Un modèle venu d’ailleurs : VGG19
#
# Rien de tout cela ne dépend de la taille. VGG19 (Simonyan et Zisserman, 2014) a appris à nommer les objets d’un million de photos, ImageNet ; ses activations servent encore à mesurer la ressemblance ou le style d’une image. `keras.applications` le construit ; `include_top=False` en ôte les trois couches denses.
#
# Les poids se téléchargent (80 Mo). **Sans réseau, le modèle reste non entraîné**, et la cellule le dit : les formes et les nombres ci-dessous sont les mêmes, mais les cartes viendront de poids aléatoires.
# %% [markdown] lang="en"
# The first layers see only edges, and those look alike everywhere. The last one of the trained model separates digits that it has *never* seen. That of the clone, of the same shape but with random weights, cannot: it is not the architecture that knows, it is the weights.
#
# ## 4. A model from elsewhere: VGG19
#
# None of this depends on size. VGG19 (Simonyan and Zisserman, 2014) learned to name the objects in a million photos, ImageNet; its activations are still used to measure how alike two images are, in content or in style. `keras.applications` builds it; `include_top=False` leaves its three dense layers out.
#
# The weights are downloaded (80 MB). **Without an internet connection the model stays untrained**, and the cell says so: the shapes and numbers below are the same, but the maps will come from random weights.
# %% [markdown] lang="zh"
# 前面的层只看得到边缘，而边缘到处都差不多。而在训练过的模型里，最后一个卷积层却能区分*从没*见过的数字。克隆的那一层形状完全相同，但权重是随机的，就做不到：学到的东西不在结构里，而在权重里。
#
# ## 4. 别处来的模型：VGG19
#
# 这些做法和模型大小无关。VGG19（Simonyan 和 Zisserman，2014 年）在 ImageNet 的一百多万张照片上学会了识别物体；直到今天，人们还用它的激活值衡量图像的相似度或风格。`keras.applications` 能直接搭建它；`include_top=False` 去掉最后三个全连接层。
#
# 权重需要下载（80 MB）。**没有网络时，模型就是未经训练的**，单元格会如实说明：下面的形状和数目都一样，但特征图来自随机权重。

# %% tags=["nbval-ignore-output"]
vgg19 = data.imagenet(
    keras.applications.VGG19, include_top=False, input_shape=(128, 128, 3)
)

# %%
print(len(vgg19.layers), "layers,", f"{vgg19.count_params():,} parameters")
vgg19_features = keras.Model(
    inputs=vgg19.input,
    outputs={layer.name: layer.output for layer in vgg19.layers[1:]},
    name="vgg19_features",
)

photo = load_sample_image("flower.jpg")[:, 107:534].astype("float32")
photo = keras.ops.convert_to_numpy(keras.ops.image.resize(photo, (128, 128)))
prepared = keras.applications.vgg19.preprocess_input(photo[None].copy())
extracted = vgg19_features(prepared)
for layer in vgg19.layers[1:]:
    print(f"{layer.name:13}", extracted[layer.name].shape)

# %% [markdown] lang="fr"
# Une ligne pour le modèle, et les vingt et une activations d’une photo. `preprocess_input` met les couleurs comme VGG19 les a vues à l’entraînement : un modèle venu d’ailleurs a sa propre préparation, et l’oublier ne déclenche aucune erreur.
#
# Voici la photo (*flower.jpg*, par vultilion, CC BY 2.0, livrée avec scikit-learn), ses trois couleurs, puis une convolution par bloc.
# %% [markdown] lang="en"
# One line for the model, and the twenty-one activations of a photo. `preprocess_input` gives the colours the form that VGG19 saw in training: a model from elsewhere comes with its preparation, and forgetting it crashes nothing.
#
# Here is the photo (*flower.jpg* by vultilion, CC BY 2.0, shipped with scikit-learn), its three colours, then one convolution per block.
# %% [markdown] lang="zh"
# 模型只写了一行，一张照片的二十一组激活值就都有了。`preprocess_input` 把颜色变成 VGG19 训练时见到的形式：别处来的模型都带着自己的预处理，忘了它也不会报错。
#
# 下面是照片（*flower.jpg*，作者 vultilion，CC BY 2.0，随 scikit-learn 提供）、它的三个颜色通道，以及每个模块的一个卷积层。

# %% alt="A flower photographed from above, 128 by 128 pixels"
plots.images(photo[None] / 255, labels=["flower.jpg"])

# %% alt="The three colours of the photo, then eight feature maps for each of five blocks, ever coarser"
shown = ["block1_conv1", "block2_conv2", "block3_conv4", "block4_conv4", "block5_conv4"]
plots.feature_maps({"photo": photo} | {name: extracted[name][0] for name in shown})

# %% [markdown] lang="fr"
# Si vous êtes sans réseau, n’y cherchez pas de sens : même tirée au hasard, une convolution garde la disposition de l’image, et l’on *croit* voir des détecteurs. C’est pourquoi une carte ne prouve rien sans un témoin, comme celui de la section 3.
#
# Un graphe se mesure aussi. Combien de multiplications coûte une couche ? Son noyau, autant de fois qu’elle a de positions : tout se lit dans le graphe.
#
# **Prédisez.** De bloc en bloc, l’image rétrécit et les cartes se multiplient. Quel bloc a le plus de paramètres ? Lequel calcule le plus ?
# %% [markdown] lang="en"
# If you are offline, do not look for a meaning: even a random convolution keeps the layout of the picture, and you *believe* that you see detectors. That is why a map proves nothing without a control, like the one in section 3.
#
# A graph can be measured as well. How many multiplications does a layer cost? The size of its kernel times the number of positions: all of it is in the graph.
#
# **Predict.** From block to block the picture shrinks and the maps multiply. Which block has the most parameters? Which one computes the most?
# %% [markdown] lang="zh"
# 如果你没有联网，就别在这些特征图里找含义：即使是随机的卷积，也会保留图像的布局，让人*以为*看到了什么检测器。所以没有对照的特征图证明不了任何东西，第 3 节的克隆就是这样的对照。
#
# 图还可以用来计量。一层要做多少次乘法？卷积核有多少个权重，乘以它要放多少个位置：图里全都有。
#
# **先预测**：一个模块接一个模块，图像越来越小，特征图越来越多。哪个模块参数最多？哪个模块计算量最大？


# %%
def multiplications(layer):
    """How often the layer multiplies for one picture."""
    positions = np.prod(layer.output.shape[1:-1], dtype=int)
    return int(np.prod(layer.kernel.shape) * positions)


convs = [layer for layer in vgg19.layers if isinstance(layer, layers.Conv2D)]
work = sum(map(multiplications, convs))
print(f"for one photo: {work:,} multiplications")
for block in ("block1", "block2", "block3", "block4", "block5"):
    own = [layer for layer in convs if layer.name.startswith(block)]
    parameters = sum(layer.count_params() for layer in own) / vgg19.count_params()
    print(f"{block}: {parameters:6.1%} of the parameters,", end=" ")
    print(f"{sum(map(multiplications, own)) / work:4.0%} of the work")

# %% [markdown] lang="fr"
# Les paramètres sont au fond, le travail au milieu : `block3` calcule autant que `block4` avec quatre fois moins de paramètres. Si vous devez rendre un modèle plus *rapide*, ne vous fiez pas au nombre de paramètres.
#
# **Prédisez.** Et les trois couches denses que nous avons laissées : combien de paramètres, pour des photos de 224 × 224 ?
# %% [markdown] lang="en"
# The parameters are at the bottom, the work is in the middle: `block3` computes as much as `block4` with a quarter of the parameters. To make a model *faster*, the layers with the most parameters are not always the ones to look at.
#
# **Predict.** And the three dense layers that we left out: how many parameters, for photos of 224 × 224?
# %% [markdown] lang="zh"
# 参数集中在后面，计算集中在中间：`block3` 的参数只有 `block4` 的四分之一，计算量却一样大。想让模型*更快*，该看的不是参数多的层。
#
# **先预测**：我们去掉的那三个全连接层，对 224 × 224 的照片来说有多少个参数？

# %%
flat = 7 * 7 * 512
top = (flat * 4096 + 4096) + (4096 * 4096 + 4096) + (4096 * 1000 + 1000)
print(f"top: {top:,}; with the convolutions: {top + vgg19.count_params():,}")
print(f"share of the top: {top / (top + vgg19.count_params()):.0%}")

# %% [markdown] lang="fr"
# 143 667 240 paramètres en tout, dont 86 % pour nommer mille objets. Qui vient chercher des *caractéristiques* s’en passe.
#
# ## 5. Trois quais de plus, trente exemples
#
# Revenons à lundi. Voici tout ce que l’on vous donne : dix 7, dix 8, dix 9.
# %% [markdown] lang="en"
# 143,667,240 parameters in all, 86% of them to name a thousand objects. If *features* are what you came for, you can do without those.
#
# ## 5. Three more docks, thirty examples
#
# Back to Monday. Here is all that you are given: ten 7s, ten 8s, ten 9s.
# %% [markdown] lang="zh"
# 总共 143,667,240 个参数，其中 86% 只是为了说出一千种物体的名字。如果你要的是*特征*，完全用不着它们。
#
# ## 5. 三个新月台，三十个样本
#
# 回到下周一的任务。给你的全部样本就是：十个 7、十个 8、十个 9。

# %% alt="Three rows of ten digits, 7, 8 and 9, each badly framed, some of them light on dark"
few = np.concatenate([np.flatnonzero(y_train == sign)[:10] for sign in (7, 8, 9)])
x_few, y_few = x_train[few], y_train[few] - 7
plots.images(x_few[..., 0], labels=y_train[few])

# %% [markdown] lang="fr"
# L’**apprentissage par transfert** (*transfer learning*) tient en trois gestes : **geler** le tronc, **greffer** une tête, entraîner la tête. Pour greffer, on appelle une couche neuve sur un tenseur du vieux graphe, ici la sortie de `code`. Entre les deux, `scale` met les 128 nombres à la même échelle : elle mesure, elle n’apprend pas.
#
# **Prédisez.** `code` rend 128 nombres, la nouvelle tête a trois unités. Combien de paramètres pourront encore apprendre ?
# %% [markdown] lang="en"
# **Transfer learning** takes three moves: **freeze** the trunk, **graft** a head, train the head. To graft is to call a new layer on a tensor of the old graph, here the output of `code`. Between the two, `scale` brings the 128 numbers to one scale: it measures, it does not learn.
#
# **Predict.** `code` returns 128 numbers, the new head has three units. How many parameters will still be able to learn?
# %% [markdown] lang="zh"
# **迁移学习**（transfer learning）分三步：**冻结**主干，**嫁接**输出头，训练输出头。嫁接，就是在旧图的某个张量上调用一个新的层，这里用的是 `code` 的输出。两者之间的 `scale` 把 128 个数调到同一尺度：它只是测量，不学习。
#
# **先预测**：`code` 输出 128 个数，新的输出头有三个单元。还有多少个参数可以学习？


# %% alt="Drawing of the graft: the reader's layers up to code, then scale, then new_dock with three units"
def can_learn(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


reader.trainable = False
code = reader.get_layer("code").output
scale = layers.BatchNormalization(momentum=0.8, center=False, scale=False, name="scale")
new_dock = layers.Dense(3, activation="softmax", name="new_dock")(scale(code))
graft = keras.Model(reader.input, new_dock, name="graft")
print(f"{graft.count_params():,} parameters, of which {can_learn(graft):,} can learn")
plots.model_drawing(graft)

# %% [markdown] lang="fr"
# 128 × 3 + 3 = **387** : la nouvelle tête, et elle seule. La vieille tête `dock` n’est pas dans `graft` : rien ne mène d’elle à la sortie.
#
# Il faut deux témoins. Le **tronc au hasard** : même graphe, mêmes couches gelées, poids non appris. Et le modèle qui apprend tout **à partir de zéro**. Clonons la greffe, deux fois.
#
# **Prédisez.** `clone_model` recopie la configuration. Le clone est-il gelé, lui aussi ? Et après `scratch.trainable = True` ?
# %% [markdown] lang="en"
# 128 × 3 + 3 = **387**: the new head and nothing else. The old head `dock` is not in `graft`: nothing leads from it to the output.
#
# We need two controls. The **random trunk**: the same graph, the same frozen layers, weights that have learned nothing. And the model that learns everything **from scratch**. Let us clone the graft, twice.
#
# **Predict.** `clone_model` copies the configuration. Is the clone frozen as well? And after `scratch.trainable = True`?
# %% [markdown] lang="zh"
# 128 × 3 + 3 = **387** 个：只有新的输出头。旧的输出头 `dock` 不在 `graft` 里：它和新的输出之间没有通路。
#
# 还需要两个对照组。一个是**随机主干**：图相同，同样冻结，权重什么也没学过。另一个**从头学起**，全部参数都训练。我们把嫁接好的模型克隆两次。
#
# **先预测**：`clone_model` 照抄配置。克隆出来的模型也是冻结的吗？执行 `scratch.trainable = True` 之后呢？

# %%
random_trunk = keras.models.clone_model(graft)
scratch = keras.models.clone_model(graft)
print(f"clone, can learn:          {can_learn(scratch):,}")
scratch.trainable = True
print(f"with model.trainable = True: {can_learn(scratch):,}")
for layer in scratch.layers:
    layer.trainable = True
print(f"layer by layer:            {can_learn(scratch):,}")

# %% [markdown] lang="fr"
# Le gel fait partie de la configuration : le clone en hérite. Et voici un piège : `scratch.trainable` valait *déjà* `True` (seules ses couches étaient gelées), et l’affecter à la même valeur ne fait **rien**. Pour dégeler, parcourez les couches, et comptez toujours ce qui peut apprendre.
#
# **Prédisez.** Classez les trois : tronc entraîné et gelé, tronc au hasard et gelé, tout à partir de zéro.
# %% [markdown] lang="en"
# Freezing is part of the configuration: the clone inherits it. And here is a trap: `scratch.trainable` was `True` *already* (only its layers were frozen), and setting it to the value that it has does **nothing**. To unfreeze, go through the layers; and always count what can learn.
#
# **Predict.** Rank the three: learned trunk, frozen; random trunk, frozen; everything from scratch.
# %% [markdown] lang="zh"
# 冻结也写在配置里，克隆会照样继承。这里有个坑：`scratch.trainable` *本来*就是 `True`（冻结的只是它的各层），再赋一次相同的值，**什么也不会发生**。要解冻，请逐层设置，然后数一数究竟有多少参数可以学习。
#
# **先预测**：给三者排个名次：学过的主干（冻结）、随机主干（冻结）、全部从头学起。


# %% alt="Test accuracy over 20 epochs: the learned trunk is well above the two controls"
def learn(model, rate, epochs=20):
    """Train on the thirty examples; the accuracy on the test images, epoch by epoch."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(
        x_few,
        y_few,
        batch_size=30,
        epochs=epochs,
        validation_data=(x_new, y_new - 7),
        validation_batch_size=107,
        verbose=0,
    )
    return history.history["val_accuracy"]


keras.utils.set_random_seed(2)
before = reader.get_layer("conv_4").get_weights()[0]
transferred = learn(graft, rate=0.01)
by_chance = learn(random_trunk, rate=0.01)
from_zero = learn(scratch, rate=0.003)
plots.curves(
    {
        _("learned trunk, frozen"): transferred,
        _("random trunk, frozen"): by_chance,
        _("from scratch"): from_zero,
    },
    title=_("accuracy on new docks, 30 examples"),
)

# %%
print("learned trunk >= 0.65:         ", transferred[-1] >= 0.65)
print("ahead of the random trunk:     ", transferred[-1] > by_chance[-1] + 0.05)
print("ahead of learning from scratch:", transferred[-1] > from_zero[-1] + 0.05)
after = reader.get_layer("conv_4").get_weights()[0]
print("trunk unchanged:               ", np.array_equal(before, after))

# %% [markdown] lang="fr"
# Même graphe, mêmes trente exemples, autant d’époques : la différence, ce sont les poids appris sur *d’autres* chiffres. (Laissez le modèle parti de zéro apprendre quatre fois plus longtemps : il plafonne plus bas. Donnez-lui trois fois plus d’exemples, `[:30]` : il rattrape son retard. Le transfert est l’arme de qui a peu de données.) Et la lecture des quais 0 à 6 n’a pas bougé : mêmes couches, mêmes poids.
#
# > **Vous rencontrerez ceci.** « Gelez avant `compile` » : conseil toujours bon. `fit` prépare son calcul au premier appel ; geler *ensuite* ne change rien tant que l’on n’a pas recompilé. Autre détail : une `BatchNormalization` gelée cesse aussi de mettre à jour ses moyennes, ce qui est presque toujours ce que l’on veut.
#
# ### Affiner, sur une copie
#
# Dernier geste : dégeler, et poursuivre à petits pas. C’est l’**affinage** (*fine-tuning*). Mais le tronc est partagé avec `reader`, que d’autres utilisent.
#
# **Prédisez.** Comment affiner sans rien changer à `reader` ?
# %% [markdown] lang="en"
# The same graph, the same thirty examples, as many epochs: the difference is in the weights, learned from *other* digits. (Let the model from scratch learn four times as long: it levels off lower. Give it three times as many examples, `[:30]`: it catches up. Transfer is for those who have little data.) And docks 0 to 6 are read exactly as before: same layers, same weights.
#
# > **You will meet this.** “Freeze before `compile`”: still good advice. `fit` prepares its computation at its first call; freezing *afterwards* changes nothing until you compile again. Another detail: a frozen `BatchNormalization` stops updating its averages too, which is nearly always what you want.
#
# ### Fine-tune, on a copy
#
# One last move: unfreeze, and go on in small steps. That is **fine-tuning**. But the trunk is shared with `reader`, which other people use.
#
# **Predict.** How can you fine-tune without changing anything in `reader`?
# %% [markdown] lang="zh"
# 同样的图，同样的三十个样本，同样多的轮次，差别就在权重：它们是从*别的*数字学来的。（从头学起的模型，训练时间延长到四倍，也只能停在更低的水平；把 `[:10]` 改成 `[:30]`，样本多到三倍，它才追上来。迁移学习是数据少时的办法。）而 0 到 6 号月台的识别丝毫没变：还是那些层，还是那些权重。
#
# > **你会遇到这种说法**：“先冻结，再 `compile`。”这条建议仍然有效。`fit` 第一次调用时就准备好了计算过程，*之后*再冻结，不重新编译就不起作用。另外，冻结的 `BatchNormalization` 也不再更新移动平均值，这几乎总是我们想要的。
#
# ### 微调，但在副本上
#
# 最后一步：解冻，再用小步子继续训练，这叫**微调**（fine-tuning）。可是主干是和 `reader` 共用的，别人还在用它。
#
# **先预测**：怎样微调，才能丝毫不影响 `reader`？

# %%
tuned = keras.models.clone_model(graft)
tuned.set_weights(graft.get_weights())
for layer in tuned.layers:
    layer.trainable = True
print(f"can learn: {can_learn(tuned):,}")

refined = learn(tuned, rate=0.0005, epochs=8)
print("no worse than the frozen trunk:", refined[-1] >= transferred[-1] - 0.02)
same = np.allclose(reader(x_test), answers, atol=1e-5)
print("reader answers as before:      ", same)

# %% [markdown] lang="fr"
# Clone **plus** poids : une copie complète, qui ne partage rien. Le taux d’apprentissage est vingt fois plus petit : trente exemples ne doivent pas en effacer trois mille.
#
# ## 6. Comparer, réécrire, transmettre
#
# Dans le dossier de la collègue traîne une autre version. Qu’a-t-elle changé ? Inutile d’ouvrir du code : la différence de deux graphes est une différence de dictionnaires. Fabriquons d’abord cette version, en *réécrivant* des couches pendant la copie, puis comparons.
# %% [markdown] lang="en"
# Clone **plus** weights: a full copy, which shares nothing. The learning rate is twenty times smaller: thirty examples must not wipe out three thousand.
#
# ## 6. Compare, rewrite, pass on
#
# In the colleague’s folder there is another version. What did she change? No code to open: the difference of two graphs is a difference of dictionaries. Let us first make that version, by *rewriting* layers while copying, and then compare.
# %% [markdown] lang="zh"
# 克隆**加上**权重，才是完整的副本，互不共享。学习率只有原来的二十分之一：不能让三十个样本冲掉三千个样本学到的东西。
#
# ## 6. 比较、改写、传递
#
# 同事的文件夹里还有另一个版本。她改了什么？不用翻代码：两张图的差别，就是两个字典的差别。我们先在复制时*改写*几层，做出这个版本，再来比较。


# %%
def older(layer):
    settings = layer.get_config()
    if layer.name == "conv_3":
        settings |= {"activation": "elu", "filters": 24}
    if layer.name == "smaller":
        settings["pool_size"] = (3, 3)
    return type(layer).from_config(settings)


def all_settings(model):
    return {
        (layer.name, key): value
        for layer in model.layers
        for key, value in layer.get_config().items()
    }


version = keras.models.clone_model(reader, clone_function=older)
one, other = all_settings(reader), all_settings(version)
for place, value in one.items():
    if value != other[place]:
        print(*place, ":", value, "->", other[place])

# %% [markdown] lang="fr"
# Trois lignes, et rien d’autre. (Par défaut, `strides` suit `pool_size` ; mais son ancienne valeur était déjà écrite dans la configuration, qui dit tout, même ce que l’on n’avait pas précisé.)
#
# Un dictionnaire s’écrit en texte. `to_json` donne l’architecture ; les poids voyagent à part.
#
# **Prédisez.** Relu depuis le JSON, le modèle donne-t-il les mêmes réponses ?
# %% [markdown] lang="en"
# Three lines and nothing else. (By default `strides` follows `pool_size`; but its old value was already written in the configuration, which says everything, even what nobody had specified.)
#
# A dictionary can be written as text. `to_json` gives the architecture; the weights travel separately.
#
# **Predict.** Read back from the JSON, does the model give the same answers?
# %% [markdown] lang="zh"
# 就这三行，没有别的。（`strides` 默认等于池化大小，可它的旧值早已写进配置：配置里什么都有，连当初没写明的也有。）
#
# 字典可以写成文本。`to_json` 给出结构，权重另外保存。
#
# **先预测**：从 JSON 读回来的模型，回答和原来一样吗？

# %%
(workshop / "reader.json").write_text(reader.to_json())
text = (workshop / "reader.json").read_text()
bare = keras.models.model_from_json(text)

print("same graph:  ", all_settings(bare) == all_settings(reader))
print("same answers:", np.allclose(bare(x_test), answers, atol=1e-5))
bare.set_weights(reader.get_weights())
print("with weights:", np.allclose(bare(x_test), answers, atol=1e-5))

# %% [markdown] lang="fr"
# Le JSON se lit, se compare dans un gestionnaire de versions, se relit sans votre code ; il ne sait rien de ce qui a été appris. Le fichier `.keras` réunit les deux, et l’état de l’optimiseur.
#
# ## 7. Ce que donne un graphe, et ce qu’une classe ne donne pas
#
# Écrivons une petite tête de deux façons. **Prédisez.** Laquelle laissera lire la sortie de `hidden` ? Laquelle se laissera cloner, écrire en JSON ?
# %% [markdown] lang="en"
# The JSON can be read, compared in a version control tool, loaded without your code; it knows nothing of what was learned. The `.keras` file brings both together, and the state of the optimizer.
#
# ## 7. What a graph gives, and a class does not
#
# Let us write a small head in two ways. **Predict.** Which one will let you read the output of `hidden`? Which one can be cloned, written as JSON?
# %% [markdown] lang="zh"
# JSON 可以阅读，可以用版本管理工具比较，不需要你的代码就能加载，但对学到的东西一无所知。`.keras` 文件则两者兼有，还带着优化器的状态。
#
# ## 7. 图能给的，类给不了的
#
# 同一个小小的输出头，用两种方式写。**先预测**：哪一个能读到 `hidden` 的输出？哪一个能克隆、能写成 JSON？


# %%
class Head(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.hidden = layers.Dense(units, activation="relu", name="hidden")
        self.digit = layers.Dense(3, activation="softmax", name="digit")

    def call(self, code):
        return self.digit(self.hidden(code))


code = keras.Input((128,), name="code")
hidden = layers.Dense(16, activation="relu", name="hidden")(code)
digit = layers.Dense(3, activation="softmax", name="digit")(hidden)
as_graph, as_class = keras.Model(code, digit, name="head"), Head(16)
as_class(np.zeros((1, 128), "float32"))

questions = {
    "output of hidden": lambda model: model.get_layer("hidden").output.shape,
    "clone": lambda model: keras.models.clone_model(model).name,
    "Dense layers in its JSON": lambda model: model.to_json().count('"Dense"'),
}
for name, model in {"graph": as_graph, "class": as_class}.items():
    for question, ask in questions.items():
        try:
            print(f"{name}, {question}: {ask(model)}")
        except (AttributeError, NotImplementedError) as error:
            print(f"{name}, {question}: {type(error).__name__}")

# %% [markdown] lang="fr"
# La classe marche et s’entraîne aussi bien. Mais elle cache son chemin dans `call` : rien à lire, rien à couper. Voilà les cinq forces d’un graphe, que vous avez toutes utilisées :
#
# | Un graphe… | Dans cette leçon |
# |---|---|
# | demande peu à écrire | une greffe en trois lignes ; ni classe, ni `call` |
# | se vérifie pendant qu’on l’écrit | 387 paramètres et toutes les formes, connus avant la première image |
# | se dessine | `plots.model_drawing(reader)`, sur un modèle reçu |
# | s’écrit et se relit | `.keras`, `to_json`, `get_config`, sans le code |
# | se copie et se réécrit | `clone_model`, avec ou sans `clone_function` |
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | parcourir un modèle | `for layer in model.layers: layer.name, layer.output.shape` |
# | les réglages d’une couche | `model.get_layer("conv_3").get_config()` |
# | toutes les activations | `keras.Model(model.input, {l.name: l.output for l in model.layers})` |
# | greffer une tête | `layers.Dense(3)(model.get_layer("code").output)` |
# | geler, dégeler | `model.trainable = False` ; `layer.trainable = True`, couche par couche |
# | une copie complète | `clone_model(model)`, puis `set_weights(model.get_weights())` |
# | l’architecture en texte | `model.to_json()`, `keras.models.model_from_json(text)` |
#
# - Un modèle d’activations **partage** les couches ; un clone ne partage rien et n’a rien appris.
# - Gelez, greffez, entraînez la tête ; puis, s’il le faut, affinez une copie à petits pas.
# - Comptez ce qui peut apprendre avant d’entraîner.
# - Une jolie carte ne prouve rien : comparez avec un témoin non entraîné.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions, dont un transfert à réparer.
# - La documentation de Keras (en anglais) : [extraire et réutiliser des nœuds](https://keras.io/guides/functional_api/#extract-and-reuse-nodes-in-the-graph-of-layers), [transfert et affinage](https://keras.io/guides/transfer_learning/), [les modèles pré-entraînés](https://keras.io/api/applications/), [voir ce qu’apprennent les filtres](https://keras.io/examples/vision/visualizing_what_convnets_learn/).
# - L’article d’origine : K. Simonyan et A. Zisserman, « Very Deep Convolutional Networks for Large-Scale Image Recognition », 2014.
# %% [markdown] lang="en"
# The class works and trains just as well. But it hides its path inside `call`: nothing to read, nothing to cut. Here are the five strengths of a graph, all of which you have used:
#
# | A graph… | In this lesson |
# |---|---|
# | takes little writing | a graft in three lines; no class, no `call` |
# | is checked while it is defined | 387 parameters and every shape, known before the first picture |
# | can be drawn | `plots.model_drawing(reader)`, on a model that came as a file |
# | can be written and read back | `.keras`, `to_json`, `get_config`, without the code |
# | can be cloned and rewritten | `clone_model`, with or without `clone_function` |
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | to go through a model | `for layer in model.layers: layer.name, layer.output.shape` |
# | the settings of a layer | `model.get_layer("conv_3").get_config()` |
# | all activations | `keras.Model(model.input, {l.name: l.output for l in model.layers})` |
# | to graft a head | `layers.Dense(3)(model.get_layer("code").output)` |
# | to freeze, to unfreeze | `model.trainable = False`; `layer.trainable = True`, layer by layer |
# | a full copy | `clone_model(model)`, then `set_weights(model.get_weights())` |
# | the architecture as text | `model.to_json()`, `keras.models.model_from_json(text)` |
#
# - A model of activations **shares** the layers; a clone shares nothing and has learned nothing.
# - Freeze, graft, train the head; then, if need be, fine-tune a copy in small steps.
# - Count what can learn before you train.
# - A pretty map proves nothing: compare with an untrained control.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions, one of them a transfer to fix.
# - Keras’s own pages: [extract and reuse nodes](https://keras.io/guides/functional_api/#extract-and-reuse-nodes-in-the-graph-of-layers), [transfer learning and fine-tuning](https://keras.io/guides/transfer_learning/), [pretrained models](https://keras.io/api/applications/), [what convnets learn](https://keras.io/examples/vision/visualizing_what_convnets_learn/).
# - The original paper: K. Simonyan and A. Zisserman, “Very Deep Convolutional Networks for Large-Scale Image Recognition”, 2014.
# %% [markdown] lang="zh"
# 写成类的模型同样能用，训练起来也一样好。但它把计算路径藏在 `call` 里：既读不到什么，也无从截取。图的五个长处，你在这一课里全都用过了：
#
# | 图…… | 在本课中 |
# |---|---|
# | 写得少 | 嫁接只要三行，不用写类，也不用写 `call` |
# | 边写边检查 | 一张图像还没看，387 个参数和所有形状就都知道了 |
# | 可以画出来 | `plots.model_drawing(reader)`，哪怕模型只是别人给的文件 |
# | 可以写成文件再读回来 | `.keras`、`to_json`、`get_config`，都不需要代码 |
# | 可以克隆、可以改写 | `clone_model`，可以带上 `clone_function` |
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 逐层查看模型 | `for layer in model.layers: layer.name, layer.output.shape` |
# | 查看一层的设置 | `model.get_layer("conv_3").get_config()` |
# | 取得所有激活值 | `keras.Model(model.input, {l.name: l.output for l in model.layers})` |
# | 嫁接输出头 | `layers.Dense(3)(model.get_layer("code").output)` |
# | 冻结、解冻 | `model.trainable = False`；逐层 `layer.trainable = True` |
# | 完整的副本 | `clone_model(model)`，再 `set_weights(model.get_weights())` |
# | 把结构写成文本 | `model.to_json()`、`keras.models.model_from_json(text)` |
#
# - 激活值模型和原模型**共享**各层；克隆什么都不共享，也什么都没学过。
# - 先冻结、嫁接、训练输出头；有必要时，再在副本上用小步子微调。
# - 训练之前，先数一数有多少参数可以学习。
# - 漂亮的特征图证明不了什么：要和未经训练的对照组比较。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，其中一题要修好一次迁移学习。
# - Keras 官方文档（英文）：[提取并复用图中的节点](https://keras.io/guides/functional_api/#extract-and-reuse-nodes-in-the-graph-of-layers)、[迁移学习与微调](https://keras.io/guides/transfer_learning/)、[预训练模型](https://keras.io/api/applications/)、[卷积网络学到了什么](https://keras.io/examples/vision/visualizing_what_convnets_learn/)。
# - 原始论文：K. Simonyan、A. Zisserman，“Very Deep Convolutional Networks for Large-Scale Image Recognition”，2014 年。
