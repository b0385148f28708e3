"""Unit 07, exercise: one graph, several models. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : autoencodeurs et ensembles
#
# Six questions, de la lecture à la conception ; comptez une demi-heure. Les deux premières se font de tête.
#
# Chaque énoncé fixe tout ce qui compte : tailles, activations, partage. **Ce qui n’est pas demandé est libre** : noms des couches, pile, graphe ou sous-classe.
#
# Sous chaque réponse, une cellule `check` vous dit ce qui va et ce qui ne va pas. Pour un coup de pouce, écrivez par exemple `hint("07-autoencoders.sides")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: autoencoders and ensembles
#
# Six questions, from reading to designing; allow half an hour. The first two are done in your head.
#
# Each statement fixes everything that counts: sizes, activations, sharing. **Whatever is not asked for is up to you**: the names of the layers, and whether you write a stack, a graph or a subclass.
#
# Below each answer, a `check` cell tells you what is right and what is not. For a nudge, write for instance `hint("07-autoencoders.sides")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：自编码器与模型集成
#
# 一共六道题，从“读懂模型”到“设计模型”，大约需要半小时。前两题用心算就行。
#
# 题目写明了所有会影响评分的要求：大小、激活函数、是否共享。**没有写明的都由你决定**：层的名称，用堆叠、图还是子类来写。
#
# 每个答案下面都有一个 `check` 单元格，告诉你哪里对、哪里不对；需要提示时，在新的单元格里写 `hint("07-autoencoders.sides")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## 1. De 20 × 20 pixels à un code
#
# Un encodeur reçoit un scan de 20 × 20 pixels en niveaux de gris, et le fait passer par :
#
# 1. `Conv2D(8, 3)`, ReLU ;
# 2. `MaxPooling2D(2)` ;
# 3. `Conv2D(4, 3)`, ReLU ;
# 4. `GlobalMaxPooling2D()`, qui donne le code.
#
# Les convolutions sont sans bordure (*padding*). Sans construire le modèle, écrivez le côté des cartes après chacune des trois premières couches, le nombre de valeurs du code, et le nombre de paramètres en tout. Remplacez chaque `None` par un nombre entier. *(5 points)*
# %% [markdown] lang="en"
# ## 1. From 20 × 20 pixels to a code
#
# An encoder takes a scan of 20 × 20 pixels in shades of grey, and passes it through:
#
# 1. `Conv2D(8, 3)`, ReLU;
# 2. `MaxPooling2D(2)`;
# 3. `Conv2D(4, 3)`, ReLU;
# 4. `GlobalMaxPooling2D()`, which gives the code.
#
# The convolutions have no padding. Without building the model, write down the side of the maps after each of the first three layers, the number of values in the code, and the number of parameters in all. Replace each `None` by a whole number. *(5 points)*
# %% [markdown] lang="zh"
# ## 1. 从 20 × 20 像素到编码
#
# 一个编码器接收 20 × 20 像素的灰度扫描图，依次经过：
#
# 1. `Conv2D(8, 3)`，ReLU；
# 2. `MaxPooling2D(2)`；
# 3. `Conv2D(4, 3)`，ReLU；
# 4. `GlobalMaxPooling2D()`，得到编码。
#
# 卷积层都不做填充。不搭建模型，写出前三层之后特征图的边长、编码里有多少个数，以及总共有多少个参数。把每个 `None` 换成一个整数。*（5 分）*

# %% answer="sides"
sides = {
    "after_conv_1": None,
    "after_pool": None,
    "after_conv_2": None,
    "code": None,
    "parameters": None,
}
### BEGIN SOLUTION
sides = {
    "after_conv_1": 20 - 2,
    "after_pool": 18 // 2,
    "after_conv_2": 9 - 2,
    "code": 4,
    "parameters": (9 * 8 + 8) + (9 * 8 * 4 + 4),
}
### END SOLUTION

# %% check="sides"

# %% [markdown] lang="fr"
# ## 2. Qui partage avec qui ?
#
# Lisez ce code sans l’exécuter. `Dense(8)` sur 30 nombres a 248 paramètres, `Dense(30)` sur 8 nombres en a 270.
#
# ```python
# encoder = keras.Sequential([keras.Input((30,)), layers.Dense(8, activation="relu")])
# decoder = keras.Sequential([keras.Input((8,)), layers.Dense(30)])
# copy = keras.models.clone_model(encoder)
# copy.name = "copy"
#
# signal = keras.Input((30,))
# autoencoder = keras.Model(signal, decoder(encoder(signal)))
# twice = keras.Model(signal, layers.average([encoder(signal), encoder(signal)]))
# with_copy = keras.Model(signal, layers.average([encoder(signal), copy(signal)]))
# ```
#
# - `autoencoder`, `twice`, `with_copy` : combien de paramètres a chacun de ces modèles ?
# - `frozen` : après `encoder.trainable = False`, combien de paramètres `autoencoder` peut-il encore apprendre ?
# - `follows` : on entraîne `autoencoder`, rien n’étant gelé. Lesquels changent ? `"a"` : `encoder` et `copy` ; `"b"` : `encoder` seulement ; `"c"` : ni l’un ni l’autre. *(5 points)*
# %% [markdown] lang="en"
# ## 2. Who shares with whom?
#
# Read this code without running it. `Dense(8)` on 30 numbers has 248 parameters, `Dense(30)` on 8 numbers has 270.
#
# ```python
# encoder = keras.Sequential([keras.Input((30,)), layers.Dense(8, activation="relu")])
# decoder = keras.Sequential([keras.Input((8,)), layers.Dense(30)])
# copy = keras.models.clone_model(encoder)
# copy.name = "copy"
#
# signal = keras.Input((30,))
# autoencoder = keras.Model(signal, decoder(encoder(signal)))
# twice = keras.Model(signal, layers.average([encoder(signal), encoder(signal)]))
# with_copy = keras.Model(signal, layers.average([encoder(signal), copy(signal)]))
# ```
#
# - `autoencoder`, `twice`, `with_copy`: how many parameters does each of these models have?
# - `frozen`: after `encoder.trainable = False`, how many parameters can `autoencoder` still learn?
# - `follows`: `autoencoder` is trained, with nothing frozen. Which of them change? `"a"`: `encoder` and `copy`; `"b"`: only `encoder`; `"c"`: neither. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 谁和谁共享？
#
# 只读下面的代码，不要运行。`Dense(8)` 作用在 30 个数上有 248 个参数，`Dense(30)` 作用在 8 个数上有 270 个参数。
#
# ```python
# encoder = keras.Sequential([keras.Input((30,)), layers.Dense(8, activation="relu")])
# decoder = keras.Sequential([keras.Input((8,)), layers.Dense(30)])
# copy = keras.models.clone_model(encoder)
# copy.name = "copy"
#
# signal = keras.Input((30,))
# autoencoder = keras.Model(signal, decoder(encoder(signal)))
# twice = keras.Model(signal, layers.average([encoder(signal), encoder(signal)]))
# with_copy = keras.Model(signal, layers.average([encoder(signal), copy(signal)]))
# ```
#
# - `autoencoder`、`twice`、`with_copy`：这三个模型各有多少个参数？
# - `frozen`：执行 `encoder.trainable = False` 之后，`autoencoder` 还有多少个参数可以学习？
# - `follows`：什么都不冻结，训练 `autoencoder`，哪些会跟着变？`"a"`：`encoder` 和 `copy`；`"b"`：只有 `encoder`；`"c"`：都不变。*（5 分）*

# %% answer="sharing"
sharing = {
    "autoencoder": None,
    "twice": None,
    "with_copy": None,
    "frozen": None,
    "follows": None,
}
### BEGIN SOLUTION
sharing = {
    "autoencoder": 248 + 270,
    "twice": 248,
    "with_copy": 2 * 248,
    "frozen": 270,
    "follows": "b",
}
### END SOLUTION

# %% check="sharing"

# %% [markdown] lang="fr"
# ## 3. Un graphe, deux modèles
#
# Un bracelet enregistre des battements de cœur : 64 nombres par battement, négatifs ou positifs. Construisez **deux** modèles qui partagent leurs couches :
#
# - `beat_encoder` : 64 nombres ; une couche dense de 32 unités, ReLU ; une couche dense de 6 unités, **sans** activation, qui donne le code ;
# - `beat_autoencoder` : le même chemin, puis une couche dense de 32 unités, ReLU, et une couche dense de 64 unités, **sans** activation.
#
# Quand on entraîne `beat_autoencoder`, `beat_encoder` doit apprendre avec lui. *(5 points)*
# %% [markdown] lang="en"
# ## 3. One graph, two models
#
# A wristband records heartbeats: 64 numbers per beat, negative or positive. Build **two** models that share their layers:
#
# - `beat_encoder`: 64 numbers; a dense layer of 32 units, ReLU; a dense layer of 6 units, with **no** activation, which gives the code;
# - `beat_autoencoder`: the same way, then a dense layer of 32 units, ReLU, and a dense layer of 64 units, with **no** activation.
#
# When `beat_autoencoder` is trained, `beat_encoder` must learn along with it. *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 一张图，两个模型
#
# 一只手环记录心跳，每次心跳 64 个数，有正有负。请搭建**两个**共享各层的模型：
#
# - `beat_encoder`：输入 64 个数；全连接层，32 个单元，ReLU；全连接层，6 个单元，**不带**激活函数，输出编码；
# - `beat_autoencoder`：走完同样的路径之后，再接全连接层，32 个单元，ReLU；最后是全连接层，64 个单元，**不带**激活函数。
#
# 训练 `beat_autoencoder` 时，`beat_encoder` 必须跟着一起学习。*（5 分）*

# %% answer="beat_encoder,beat_autoencoder"
### BEGIN SOLUTION
beat = keras.Input(shape=(64,), name="beat")
narrower = layers.Dense(32, activation="relu", name="narrower")(beat)
beat_code = layers.Dense(6, name="beat_code")(narrower)
wider = layers.Dense(32, activation="relu", name="wider")(beat_code)
rebuilt_beat = layers.Dense(64, name="rebuilt_beat")(wider)
beat_encoder = keras.Model(beat, beat_code, name="beat_encoder")
beat_autoencoder = keras.Model(beat, rebuilt_beat, name="beat_autoencoder")
### END SOLUTION

# %% check="two_models"

# %% [markdown] lang="fr"
# ## 4. Un décodeur pour un encodeur
#
# Une caméra thermique donne des images de 12 × 12 pixels. Voici son encodeur, `thermal_encoder`, qui rend un code de 9 nombres. Construisez :
#
# - `thermal_decoder`, un modèle qui a sa propre entrée de 9 nombres : remise en forme en 3 × 3 × 1 ; `Conv2DTranspose` de 8 filtres 3 × 3, ReLU ; `UpSampling2D` de facteur 2 ; `Conv2DTranspose` de 1 filtre 3 × 3, sigmoïde ;
# - `thermal_autoencoder`, qui reçoit une image de 12 × 12 × 1, et **appelle** `thermal_encoder`, puis `thermal_decoder`.
#
# Tout est sans bordure. `thermal_autoencoder` doit partager les poids des deux autres. *(6 points)*
# %% [markdown] lang="en"
# ## 4. A decoder for an encoder
#
# A thermal camera gives pictures of 12 × 12 pixels. Here is its encoder, `thermal_encoder`, which returns a code of 9 numbers. Build:
#
# - `thermal_decoder`, a model with an input of its own, of 9 numbers: reshape to 3 × 3 × 1; `Conv2DTranspose` of 8 filters of 3 × 3, ReLU; `UpSampling2D` by a factor of 2; `Conv2DTranspose` of 1 filter of 3 × 3, sigmoid;
# - `thermal_autoencoder`, which takes a picture of 12 × 12 × 1, and **calls** `thermal_encoder`, then `thermal_decoder`.
#
# There is no padding anywhere. `thermal_autoencoder` must share the weights of the other two. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 给编码器配一个解码器
#
# 一台热像仪给出 12 × 12 像素的图像。下面是它的编码器 `thermal_encoder`，输出由 9 个数组成的编码。请搭建：
#
# - `thermal_decoder`：一个有自己输入（9 个数）的模型：先变形为 3 × 3 × 1；`Conv2DTranspose`，8 个 3 × 3 的卷积核，ReLU；`UpSampling2D`，放大 2 倍；`Conv2DTranspose`，1 个 3 × 3 的卷积核，sigmoid；
# - `thermal_autoencoder`：接收 12 × 12 × 1 的图像，先**调用** `thermal_encoder`，再**调用** `thermal_decoder`。
#
# 所有层都不做填充。`thermal_autoencoder` 必须与另外两个模型共享权重。*（6 分）*

# %%
heat = keras.Input(shape=(12, 12, 1), name="heat")
spots = layers.Conv2D(8, 3, activation="relu", name="spots")(heat)
halved = layers.MaxPooling2D(2, name="halved")(spots)
flat = layers.Flatten(name="flat")(halved)
heat_code = layers.Dense(9, activation="relu", name="heat_code")(flat)
thermal_encoder = keras.Model(heat, heat_code, name="thermal_encoder")

# %% answer="thermal_decoder,thermal_autoencoder"
### BEGIN SOLUTION
numbers = keras.Input(shape=(9,), name="numbers")
square = layers.Reshape((3, 3, 1), name="square")(numbers)
strokes = layers.Conv2DTranspose(8, 3, activation="relu", name="strokes")(square)
larger = layers.UpSampling2D(2, name="larger")(strokes)
picture = layers.Conv2DTranspose(1, 3, activation="sigmoid", name="picture")(larger)
thermal_decoder = keras.Model(numbers, picture, name="thermal_decoder")

camera = keras.Input(shape=(12, 12, 1), name="camera")
thermal_autoencoder = keras.Model(
    camera, thermal_decoder(thermal_encoder(camera)), name="thermal_autoencoder"
)
### END SOLUTION

# %% check="chain" given="thermal_encoder"

# %% [markdown] lang="fr"
# ## 5. Un jury de trois experts
#
# Trois experts doivent dire s’il y a fraude, à partir de 20 nombres : chacun est **une** couche dense de 1 unité, sigmoïde, **avec ses propres poids**, et l’ensemble rend la **moyenne** de leurs avis. Un collègue pressé a écrit `draft`. Il s’exécute, mais il y a trois fautes.
#
# Trouvez-les, et construisez `jury`, le modèle juste. *(5 points)*
# %% [markdown] lang="en"
# ## 5. A jury of three experts
#
# Three experts have to judge a case of fraud from 20 numbers: each is **one** dense layer of 1 unit, sigmoid, **with weights of its own**, and the ensemble returns the **average** of their opinions. A colleague in a hurry wrote `draft`. It runs, but there are three mistakes in it.
#
# Find them, and build `jury`, the right model. *(5 points)*
# %% [markdown] lang="zh"
# ## 5. 三位专家的评审团
#
# 三位专家根据 20 个数判断是不是欺诈：每位专家是**一个**只有 1 个单元的全连接层，sigmoid 激活，**各有自己的权重**；集成输出三个意见的**平均值**。一位同事匆忙写下了 `draft`。它能运行，但有三处错误。
#
# 找出错误，搭建正确的模型 `jury`。*（5 分）*

# %%
case = keras.Input(shape=(20,), name="case")
expert = keras.Sequential([keras.Input((20,)), layers.Dense(1, activation="softmax")])
opinions = [expert(case), expert(case), expert(case)]
draft = keras.Model(case, layers.add(opinions), name="draft")

# %% answer="jury"
### BEGIN SOLUTION
experts = [
    keras.Sequential([keras.Input((20,)), layers.Dense(1, activation="sigmoid")], name=name)
    for name in ("banker", "lawyer", "engineer")
]
opinions = [expert(case) for expert in experts]
jury = keras.Model(case, layers.average(opinions), name="jury")
### END SOLUTION

# %% check="jury"

# %% [markdown] lang="fr"
# ## 6. Apprendre d’un encodeur sans l’abîmer
#
# `listener` est l’encodeur d’un autoencodeur entraîné sur des milliers d’enregistrements de moteurs. Vous avez peu d’étiquettes. Construisez `diagnosis` :
#
# - une entrée de 40 nombres ;
# - `listener`, **gelé** (il ne doit pas apprendre), et non une copie ;
# - une couche dense de 16 unités, ReLU ;
# - une couche dense de 3 unités, softmax : sain, à surveiller, en panne.
#
# Ces deux dernières couches doivent pouvoir apprendre. *(5 points)*
# %% [markdown] lang="en"
# ## 6. Learn from an encoder without spoiling it
#
# `listener` is the encoder of an autoencoder trained on thousands of recordings of engines. You have few labels. Build `diagnosis`:
#
# - an input of 40 numbers;
# - `listener`, **frozen** (it must not learn), and not a copy of it;
# - a dense layer of 16 units, ReLU;
# - a dense layer of 3 units, softmax: healthy, to be watched, broken down.
#
# These last two layers must be able to learn. *(5 points)*
# %% [markdown] lang="zh"
# ## 6. 借用编码器，但不改动它
#
# `listener` 是一个自编码器的编码器，用成千上万段发动机录音训练而成。你的标签很少。请搭建 `diagnosis`：
#
# - 输入：40 个数；
# - `listener` 本身（不是副本），并且要**冻结**，不许它学习；
# - 全连接层，16 个单元，ReLU；
# - 全连接层，3 个单元，softmax：正常、需留意、有故障。
#
# 最后这两层必须能够学习。*（5 分）*

# %%
sound = keras.Input(shape=(40,), name="sound")
tones = layers.Dense(24, activation="relu", name="tones")(sound)
timbre = layers.Dense(10, activation="relu", name="timbre")(tones)
listener = keras.Model(sound, timbre, name="listener")

# %% answer="diagnosis"
### BEGIN SOLUTION
listener.trainable = False
recording = keras.Input(shape=(40,), name="recording")
signs = layers.Dense(16, activation="relu", name="signs")(listener(recording))
state = layers.Dense(3, activation="softmax", name="state")(signs)
diagnosis = keras.Model(recording, state, name="diagnosis")
### END SOLUTION

# %% check="diagnosis" given="listener"

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
def _beats(code=None, last=None, again=False, one_more=True, early=False):
    inputs = keras.Input(shape=(64,))
    first, second = layers.Dense(32, activation="relu"), layers.Dense(6, activation=code)
    hidden = first(inputs)
    coded = second(hidden)
    if again:
        anew = layers.Dense(32, activation="relu")(inputs)
        encoder = keras.Model(inputs, layers.Dense(6)(anew))
    else:
        encoder = keras.Model(inputs, hidden if early else coded)
    back = layers.Dense(32, activation="relu")(coded) if one_more else coded
    return encoder, keras.Model(inputs, layers.Dense(64, activation=last)(back))


def _thermal_encoder():
    inputs = keras.Input(shape=(12, 12, 1))
    maps = layers.MaxPooling2D(2)(layers.Conv2D(8, 3, activation="relu")(inputs))
    return keras.Model(inputs, layers.Dense(9, activation="relu")(layers.Flatten()(maps)))


def _thermal_decoder(hidden="relu", last="sigmoid", late=False, kind=layers.Conv2DTranspose):
    inputs = keras.Input(shape=(9,))
    maps = layers.Reshape((3, 3, 1))(inputs)
    maps = kind(8, 3, activation=hidden)(maps)
    if not late:
        maps = layers.UpSampling2D(2)(maps)
    maps = kind(1, 3, activation=last)(maps)
    return keras.Model(inputs, layers.UpSampling2D(2)(maps) if late else maps)


def _thermal(encoder=None, decoder=None, **changes):
    """The given encoder, the decoder, and the two in a chain, each perhaps rebuilt in it."""
    given, own = _thermal_encoder(), _thermal_decoder(**changes)
    inputs = keras.Input(shape=(12, 12, 1))
    code = (encoder or given)(inputs)
    return given, own, keras.Model(inputs, (decoder or own)(code))


def _jury(merge=layers.average, activation="sigmoid", count=3, shared=False, after=None):
    inputs = keras.Input(shape=(20,))
    expert = layers.Dense(1, activation=activation)
    members = [expert if shared else layers.Dense(1, activation=activation) for _i in range(count)]
    verdict = merge([member(inputs) for member in members])
    return keras.Model(inputs, layers.Activation(after)(verdict) if after else verdict)


def _listener():
    inputs = keras.Input(shape=(40,))
    hidden = layers.Dense(24, activation="relu")(inputs)
    return keras.Model(inputs, layers.Dense(10, activation="relu")(hidden))


def _diagnosis(frozen=True, everything=False, rebuilt=False, last="softmax", hidden=True):
    given = _listener()
    used = _listener() if rebuilt else given
    given.trainable = used.trainable = not frozen
    inputs = keras.Input(shape=(40,))
    features = used(inputs)
    if hidden:
        features = layers.Dense(16, activation="relu")(features)
    model = keras.Model(inputs, layers.Dense(3, activation=last)(features))
    if everything:
        model.trainable = False
    return given, model


RUBRIC = Rubric(
    "autoencoders",
    [
        value_task(
            "sides",
            sides,
            points=5,
            hints=[
                _("Slide a 3 × 3 window over 20 pixels: how many positions does it have?"),
                _(
                    "A convolution without padding takes 2 off the side; a pooling of 2 halves it; a global pooling keeps one number for each map."
                ),
                _(
                    "A filter has 3 × 3 weights for each map that comes in, and one bias: 9 × 1 + 1 for each of the 8, then 9 × 8 + 1 for each of the 4."
                ),
            ],
            mistakes={
                _(
                    "The convolutions have no padding: the side shrinks by 2, one pixel at each edge."
                ): {"after_conv_1": 20},
                _(
                    "A pooling of 2 keeps one value out of each 2 × 2 square: the side is halved, not reduced by 2."
                ): {"after_pool": 16},
                _(
                    "Global max pooling keeps one number for each map, whatever its size; nothing is flattened here."
                ): {"code": 7 * 7 * 4},
                _(
                    "Each filter of the second convolution looks at all 8 maps: it has 3 × 3 × 8 weights."
                ): {"parameters": 80 + 9 * 4 + 4},
                _("You counted the weights of the filters, but not their biases."): {
                    "parameters": 9 * 8 + 9 * 8 * 4
                },
            },
        ),
        value_task(
            "sharing",
            sharing,
            points=5,
            hints=[
                _("Ask of each model: which layers are in it, each counted once?"),
                _(
                    "Calling a model uses its weights again; clone_model makes new layers of the same shape."
                ),
                _(
                    "A frozen layer is frozen in every model that it belongs to; training changes a layer in every model that it belongs to."
                ),
            ],
            mistakes={
                _(
                    "“twice” calls the same model two times: the weights are shared, and count once."
                ): {"twice": 2 * 248},
                _(
                    "clone_model copies the architecture into new layers: “copy” has weights of its own."
                ): {"with_copy": 248},
                _(
                    "The layer of “encoder” is also a layer of “autoencoder”: frozen here, it is frozen there."
                ): {"frozen": 248 + 270},
                _("That is what is frozen; the question is what can still learn."): {"frozen": 248},
                _("A copy goes its own way: training “autoencoder” does not reach it."): {
                    "follows": "a"
                },
                _(
                    "The layer of “encoder” belongs to “autoencoder” too, and learns when it is trained."
                ): {"follows": "c"},
            },
        ),
        model_task(
            "two_models",
            (beat_encoder, beat_autoencoder),
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("Write one chain of layers, and keep a name for the tensor in its middle."),
                _(
                    "keras.Model takes any two tensors of a graph: the input, and where you leave it."
                ),
                _(
                    "beat_encoder goes from the input to the code, beat_autoencoder from the same input to the last tensor."
                ),
            ],
            mistakes={
                _(
                    "The encoder has layers of its own: training the autoencoder would teach it nothing. Take the code from the same graph."
                ): _beats(again=True),
                _(
                    "Your code goes through a ReLU, so it loses its negative values. No activation is asked for there."
                ): _beats(code="relu"),
                _(
                    "A heartbeat goes below zero, but your output cannot: it ends with an activation. None is asked for."
                ): _beats(last="sigmoid"),
                _(
                    "The code goes straight to the last layer: a dense layer of 32 units is asked for in between."
                ): _beats(one_more=False),
                _("The encoder stops one layer too early: the code has 6 values."): _beats(
                    early=True
                ),
            },
        ),
        model_task(
            "chain",
            (thermal_encoder, thermal_decoder, thermal_autoencoder),
            [Criterion("interface", 1), Criterion("equivalent", 5)],
            hints=[
                _("The decoder is a model like any other: it starts with keras.Input(shape=(9,))."),
                _("Check the sides: 3, then 5, then 10, then 12."),
                _(
                    "A model is called like a layer: thermal_decoder(thermal_encoder(picture)), on a new input."
                ),
            ],
            mistakes={
                _(
                    "Your autoencoder has an encoder of its own. Call “thermal_encoder” itself, so that its weights are used."
                ): _thermal(encoder=_thermal_encoder()),
                _(
                    "Your autoencoder has a decoder of its own. Call “thermal_decoder” itself, so that the two share their weights."
                ): _thermal(decoder=_thermal_decoder()),
                _(
                    "Conv2D never makes a picture larger; going back takes Conv2DTranspose, which does."
                ): _thermal(
                    kind=lambda *sizes, **more: layers.Conv2D(*sizes, padding="same", **more)
                ),
                _(
                    "Upsampling comes between the two transposed convolutions, not after them."
                ): _thermal(late=True),
                _(
                    "ReLU lets pixels rise above 1. For a picture from 0 to 1, a sigmoid is asked for."
                ): _thermal(last="relu"),
                _("The first transposed convolution has a ReLU in what is asked for."): _thermal(
                    hidden=None
                ),
            },
        ),
        model_task(
            "jury",
            jury,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _(
                    "How many parameters does the draft have, and how many should three experts have?"
                ),
                _(
                    "Look at three things: how often a new expert is made, what a softmax gives over one unit, and what the opinions add up to."
                ),
                _(
                    "Make three Dense(1) layers with a sigmoid, call each on the input, and hand the list of results to layers.average."
                ),
            ],
            mistakes={
                _(
                    "An expert is called several times, so its opinion counts several times. Make three experts."
                ): _jury(shared=True),
                _(
                    "The opinions are added up: three sure experts would give 3. Their average is asked for."
                ): _jury(merge=layers.add),
                _(
                    "Softmax over a single unit always gives 1: each expert would always shout fraud. Use a sigmoid."
                ): _jury(activation="softmax"),
                _(
                    "The opinions stand side by side. A jury gives one verdict: average them."
                ): _jury(merge=layers.concatenate),
                _(
                    "The sigmoid comes after the average here. Each expert gives a probability first, then these are averaged."
                ): _jury(activation=None, after="sigmoid"),
                _("There are only two experts; three are asked for."): _jury(count=2),
            },
        ),
        model_task(
            "diagnosis",
            (listener, diagnosis),
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("A model is called like a layer: start with listener(recording)."),
                _(
                    "A layer or a model with trainable = False keeps its weights during training, wherever it is used."
                ),
                _(
                    "listener.trainable = False, then two dense layers on its result; do not freeze the whole of “diagnosis”."
                ),
            ],
            mistakes={
                _(
                    "“listener” can still learn: with few labels, it would forget what it knows. Freeze it."
                ): _diagnosis(frozen=False),
                _(
                    "Everything is frozen, your own layers too: nothing could learn. Freeze “listener” only."
                ): _diagnosis(everything=True),
                _(
                    "You built another encoder, with weights of its own. Call “listener” itself: what it learned is what you need."
                ): _diagnosis(rebuilt=True),
                _(
                    "Your last layer gives raw scores. Softmax is asked for, so that the three states get probabilities."
                ): _diagnosis(last=None),
                _("The dense layer of 16 units between “listener” and the answer is missing."): (
                    _diagnosis(hidden=False)
                ),
            },
        ),
    ],
)
