"""Unit 01, exercise: models as stacks of layers. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : des couches en pile
#
# Six questions : reconnaître, compter, construire trois piles, en réparer une. Comptez une demi-heure.
#
# Chaque énoncé fixe tout ce qui compte : formes, tailles, activations. **Ce qui n’est pas demandé est libre** : les noms des couches, l’activation dans la couche ou à part, et même le style. Sous chaque réponse, `check` vous dit ce qui va ; pour un coup de pouce, écrivez par exemple `hint("01-sequential.counting")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: a stack of layers
#
# Six questions: recognise, count, build three stacks, repair one. Allow half an hour.
#
# Each statement fixes everything that counts: shapes, sizes, activations. **Whatever is not asked for is up to you**: the names of the layers, an activation inside a layer or as a layer of its own, even the style. Below each answer, `check` tells you what is right; for a nudge, write for instance `hint("01-sequential.counting")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：层的堆叠
#
# 一共六道题：辨认、计算、搭建三个堆叠、修好一个。大约需要半小时。
#
# 题目写明了所有会影响评分的要求：形状、大小、激活函数。**没有写明的都由你决定**：层的名称、激活函数写在层里还是单独成层，甚至模型的写法。每个答案下面的 `check` 会告诉你哪里对；需要提示时，在新的单元格里写 `hint("01-sequential.counting")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## 1. Une pile suffit-elle ?
#
# Pour chaque modèle, remplacez `None` par `"stack"` si une pile de couches suffit, par `"graph"` s’il faut un graphe.
#
# - `spam` : les mots d’un message entrent, la probabilité que ce soit un spam sort.
# - `house` : une photo de la maison **et** une fiche de dix nombres entrent, le prix sort.
# - `film` : un court film entre, une couche `ConvLSTM2D` le lit, le nom du geste sort.
# - `signature` : deux signatures passent dans la **même** suite de couches, puis on compare les deux résultats.
# - `shortcut` : une image traverse dix convolutions ; à mi-chemin, on **ajoute** au résultat l’image de départ. *(5 points)*
# %% [markdown] lang="en"
# ## 1. Is a stack enough?
#
# For each model, replace `None` by `"stack"` if a stack of layers is enough, by `"graph"` if it takes a graph.
#
# - `spam`: the words of a message go in, the probability of spam comes out.
# - `house`: a photo of the house **and** a form of ten numbers go in, the price comes out.
# - `film`: a short film goes in, a `ConvLSTM2D` layer reads it, the name of the gesture comes out.
# - `signature`: two signatures go through the **same** series of layers, then the two results are compared.
# - `shortcut`: an image goes through ten convolutions; half-way, the original image is **added** to the result. *(5 points)*
# %% [markdown] lang="zh"
# ## 1. 堆叠够用吗？
#
# 对下面每个模型，如果用层的堆叠就够了，把 `None` 换成 `"stack"`；如果需要图，换成 `"graph"`。
#
# - `spam`：输入一条短信里的词，输出它是垃圾短信的概率。
# - `house`：输入房屋的一张照片**和**一份含十个数的表格，输出房价。
# - `film`：输入一小段视频，用 `ConvLSTM2D` 层读取，输出手势的名称。
# - `signature`：两个签名经过**同一**串层，再比较两个结果。
# - `shortcut`：一张图像经过十个卷积层；走到一半时，把原始图像**加**到结果上。*（5 分）*

# %% answer="choosing"
choosing = {
    "spam": None,
    "house": None,
    "film": None,
    "signature": None,
    "shortcut": None,
}
### BEGIN SOLUTION
choosing = {
    "spam": "stack",
    "house": "graph",
    "film": "stack",
    "signature": "graph",
    "shortcut": "graph",
}
### END SOLUTION

# %% check="choosing"

# %% [markdown] lang="fr"
# ## 2. Suivre une image à la trace
#
# Une image grise, de forme `(28, 28, 1)`, traverse dans l’ordre :
#
# - `conv_1` : `Conv2D(8, 5)`, sans bordure (`padding="valid"`, la valeur par défaut) ;
# - `MaxPooling2D(2)` ;
# - `conv_2` : `Conv2D(16, 3, padding="same")` ;
# - `Flatten()` ;
# - `digit` : `Dense(10)`.
#
# Sans rien construire, remplacez chaque `None` par un nombre entier : `side`, le côté (en pixels) de l’image qui **sort du pooling** ; `flat`, la longueur du vecteur qui sort de `Flatten` ; et le nombre de paramètres de `conv_1`, `conv_2` et `digit`. *(5 points)*
# %% [markdown] lang="en"
# ## 2. Follow an image
#
# A grey image of shape `(28, 28, 1)` goes through, in this order:
#
# - `conv_1`: `Conv2D(8, 5)`, without a border (`padding="valid"`, the default);
# - `MaxPooling2D(2)`;
# - `conv_2`: `Conv2D(16, 3, padding="same")`;
# - `Flatten()`;
# - `digit`: `Dense(10)`.
#
# Without building anything, replace each `None` by a whole number: `side`, the side (in pixels) of the image that **leaves the pooling**; `flat`, the length of the vector that leaves `Flatten`; and the number of parameters of `conv_1`, `conv_2` and `digit`. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 跟着一张图像走
#
# 一张形状为 `(28, 28, 1)` 的灰度图像，依次经过：
#
# - `conv_1`：`Conv2D(8, 5)`，不做填充（`padding="valid"`，默认值）；
# - `MaxPooling2D(2)`；
# - `conv_2`：`Conv2D(16, 3, padding="same")`；
# - `Flatten()`；
# - `digit`：`Dense(10)`。
#
# 不搭建模型，把每个 `None` 换成一个整数：`side` 是**池化之后**图像的边长（像素）；`flat` 是 `Flatten` 输出的向量长度；其余三项是 `conv_1`、`conv_2`、`digit` 的参数量。*（5 分）*

# %% answer="counting"
counting = {"conv_1": None, "side": None, "conv_2": None, "flat": None, "digit": None}
### BEGIN SOLUTION
side = (28 - 5 + 1) // 2
flat = side * side * 16
counting = {
    "conv_1": 8 * (5 * 5 * 1 + 1),
    "side": side,
    "conv_2": 16 * (3 * 3 * 8 + 1),
    "flat": flat,
    "digit": flat * 10 + 10,
}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 3. La petite pile, compilée
#
# Une éolienne envoie huit mesures (vent, température, angle des pales…). Construisez **et compilez** `turbine`, qui en déduit la puissance produite :
#
# - une entrée de 8 nombres ;
# - une couche dense de 64 unités, puis une ReLU ;
# - une couche dense de 32 unités, puis une ReLU ;
# - une couche dense de 1 unité, **sans** activation.
#
# Pour l’entraînement : l’optimiseur Adam avec un taux d’apprentissage de 0,005 ; l’erreur quadratique moyenne (*mean squared error*) comme perte. Vous devriez trouver 2 689 paramètres. *(6 points)*
# %% [markdown] lang="en"
# ## 3. The small stack, compiled
#
# A wind turbine sends eight measurements (wind, temperature, angle of the blades…). Build **and compile** `turbine`, which estimates the power produced:
#
# - an input of 8 numbers;
# - a dense layer of 64 units, then a ReLU;
# - a dense layer of 32 units, then a ReLU;
# - a dense layer of 1 unit, with **no** activation.
#
# For training: the Adam optimizer with a learning rate of 0.005; mean squared error as the loss. You should find 2,689 parameters. *(6 points)*
# %% [markdown] lang="zh"
# ## 3. 搭一个小堆叠，并编译
#
# 一台风力发电机传来八个测量值（风速、温度、叶片角度……）。搭建**并编译**模型 `turbine`，由它推算发电功率：
#
# - 输入：8 个数；
# - 全连接层，64 个单元，后接 ReLU；
# - 全连接层，32 个单元，后接 ReLU；
# - 全连接层，1 个单元，**不带**激活函数。
#
# 训练设置：Adam 优化器，学习率 0.005；损失用均方误差（mean squared error）。参数量应为 2,689。*（6 分）*

# %% answer="turbine"
### BEGIN SOLUTION
turbine = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.Dense(64),
        layers.ReLU(),
        layers.Dense(32),
        layers.ReLU(),
        layers.Dense(1),
    ],
    name="turbine",
)
turbine.compile(optimizer=keras.optimizers.Adam(learning_rate=0.005), loss="mean_squared_error")
### END SOLUTION

# %% check="turbine"

# %% [markdown] lang="fr"
# ## 4. Une pile qui lit des images
#
# Une caméra de bord doit reconnaître six panneaux de signalisation. Construisez `sign_model` (inutile de le compiler) :
#
# - des images en couleurs de 32 × 32 pixels, à 3 canaux ;
# - une convolution de 16 filtres, fenêtre 3 × 3, `padding="same"`, activation ReLU ;
# - un *max pooling* de 2 × 2 ;
# - une convolution de 32 filtres, fenêtre 3 × 3, sans bordure (`padding="valid"`), activation ReLU ;
# - une moyenne globale (*global average pooling*), qui rend 32 nombres ;
# - un *dropout* de 0,4 ;
# - une couche dense de 6 unités, activation softmax. *(5 points)*
# %% [markdown] lang="en"
# ## 4. A stack that reads images
#
# An on-board camera has to recognise six road signs. Build `sign_model` (no need to compile it):
#
# - colour images of 32 × 32 pixels, with 3 channels;
# - a convolution with 16 filters, window 3 × 3, `padding="same"`, ReLU activation;
# - max pooling of 2 × 2;
# - a convolution with 32 filters, window 3 × 3, without a border (`padding="valid"`), ReLU activation;
# - global average pooling, which returns 32 numbers;
# - a dropout of 0.4;
# - a dense layer of 6 units, softmax activation. *(5 points)*
# %% [markdown] lang="zh"
# ## 4. 读图像的堆叠
#
# 车载摄像头要识别六种交通标志。搭建模型 `sign_model`（不需要编译）：
#
# - 输入：32 × 32 像素的彩色图像，3 个通道；
# - 卷积层，16 个卷积核，3 × 3 的窗口，`padding="same"`，ReLU 激活；
# - 2 × 2 的最大池化；
# - 卷积层，32 个卷积核，3 × 3 的窗口，不做填充（`padding="valid"`），ReLU 激活；
# - 全局平均池化（global average pooling），输出 32 个数；
# - Dropout，比例 0.4；
# - 全连接层，6 个单元，softmax 激活。*（5 分）*

# %% answer="sign_model"
### BEGIN SOLUTION
sign_model = keras.Sequential(
    [
        keras.Input(shape=(32, 32, 3)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dropout(0.4),
        layers.Dense(6, activation="softmax"),
    ],
    name="sign_model",
)
### END SOLUTION

# %% check="sign_model"

# %% [markdown] lang="fr"
# ## 5. Une pile qui lit des phrases
#
# Un restaurant veut savoir si un avis est favorable. Chaque avis est une suite de 20 numéros de mots. Construisez `review_model` :
#
# - une entrée de 20 entiers, `keras.Input(shape=(20,), dtype="int32")` ;
# - un plongement (*embedding*) : un vocabulaire de 500 mots, des vecteurs de 24 nombres ;
# - une couche LSTM de 32 unités, qui rend sa mémoire **à chaque mot** ;
# - une couche LSTM de 16 unités, qui ne rend que sa mémoire **finale** ;
# - une couche dense de 1 unité, activation sigmoïde. *(5 points)*
# %% [markdown] lang="en"
# ## 5. A stack that reads sentences
#
# A restaurant wants to know whether a review is favourable. Each review is a sequence of 20 word numbers. Build `review_model`:
#
# - an input of 20 integers, `keras.Input(shape=(20,), dtype="int32")`;
# - an embedding: a vocabulary of 500 words, vectors of 24 numbers;
# - an LSTM layer of 32 units that returns its memory **at every word**;
# - an LSTM layer of 16 units that returns only its **final** memory;
# - a dense layer of 1 unit, sigmoid activation. *(5 points)*
# %% [markdown] lang="zh"
# ## 5. 读句子的堆叠
#
# 一家餐馆想知道一条评价是不是好评。每条评价是由 20 个词编号组成的序列。搭建模型 `review_model`：
#
# - 输入：20 个整数，`keras.Input(shape=(20,), dtype="int32")`；
# - 嵌入层：词表 500 个词，向量长 24；
# - LSTM 层，32 个单元，输出**每个词处**的记忆；
# - LSTM 层，16 个单元，只输出**最后**的记忆；
# - 全连接层，1 个单元，sigmoid 激活。*（5 分）*

# %% answer="review_model"
### BEGIN SOLUTION
review_model = keras.Sequential(
    [
        keras.Input(shape=(20,), dtype="int32"),
        layers.Embedding(500, 24),
        layers.LSTM(32, return_sequences=True),
        layers.LSTM(16),
        layers.Dense(1, activation="sigmoid"),
    ],
    name="review_model",
)
### END SOLUTION

# %% check="review_model"

# %% [markdown] lang="fr"
# ## 6. Trois fautes, aucun message d’erreur
#
# Une collègue voulait ceci : 12 mesures entrent ; une couche dense de 32 unités **sans** activation ; une normalisation par lot (`BatchNormalization`, réglages par défaut) ; une ReLU ; un *dropout* de 0,3 ; une couche dense de 1 unité donne la probabilité de pluie, par une sigmoïde.
#
# Elle a écrit `broken`. Keras ne proteste pas, et pourtant `broken` annonce toujours la pluie et, en entraînement, certaines réponses tombent à 0. Trouvez les trois fautes et construisez `repaired`, le modèle qu’elle voulait. *(4 points)*
# %% [markdown] lang="en"
# ## 6. Three faults, no error message
#
# A colleague wanted this: 12 measurements go in; a dense layer of 32 units with **no** activation; a batch normalisation (`BatchNormalization`, default settings); a ReLU; a dropout of 0.3; a dense layer of 1 unit gives the probability of rain, through a sigmoid.
#
# She wrote `broken`. Keras does not complain, and yet `broken` always forecasts rain, and in training some answers drop to 0. Find the three faults and build `repaired`, the model that she wanted. *(4 points)*
# %% [markdown] lang="zh"
# ## 6. 三处毛病，一个报错也没有
#
# 一位同事想要的模型是：输入 12 个测量值；全连接层，32 个单元，**不带**激活函数；批归一化（`BatchNormalization`，默认设置）；ReLU；Dropout，比例 0.3；最后是 1 个单元的全连接层，通过 sigmoid 给出下雨的概率。
#
# 她写成了 `broken`。Keras 没有报错，可是 `broken` 永远预报有雨，训练时还有些答案会变成 0。请找出三处毛病，搭建她想要的模型 `repaired`。*（4 分）*

# %%
broken = keras.Sequential(
    [
        keras.Input(shape=(12,)),
        layers.Dense(32, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(1, activation="softmax"),
        layers.Dropout(0.3),
    ]
)

# %% answer="repaired"
### BEGIN SOLUTION
repaired = keras.Sequential(
    [
        keras.Input(shape=(12,)),
        layers.Dense(32),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.Dropout(0.3),
        layers.Dense(1, activation="sigmoid"),
    ],
    name="repaired",
)
### END SOLUTION

# %% check="repaired"

# %% [markdown] lang="fr"
# ## Et maintenant ?
#
# Enregistrez le notebook et rendez-le, même si tout n’est pas vert : chaque critère réussi rapporte ses points.
#
# À la première question, vous avez écrit trois fois `"graph"`. Ces trois modèles, vous les construirez dans les unités suivantes.
# %% [markdown] lang="en"
# ## What now?
#
# Save the notebook and hand it in, even if not everything is green: each criterion that holds earns its points.
#
# In the first question you wrote `"graph"` three times. You will build all three of those models in the units to come.
# %% [markdown] lang="zh"
# ## 接下来
#
# 保存并提交这份笔记本，即使没有全部通过也可以：每达到一条标准都会得分。
#
# 第一题里，你写了三次 `"graph"`。这三种模型，你会在后面的单元里一一搭建出来。


# %% active="py"
def _turbine(units=(64, 32), activation="relu", last=None, loss="mse", rate=0.005):
    model = keras.Sequential([keras.Input((8,))])
    for size in units:
        model.add(layers.Dense(size, activation=activation))
    model.add(layers.Dense(1, activation=last))
    model.compile(keras.optimizers.Adam(rate), loss=loss)
    return model


def _sign(
    padding=("same", "valid"),
    filters=(16, 32),
    pooling=layers.MaxPooling2D,
    summary=layers.GlobalAveragePooling2D,
    drop=0.4,
    last="softmax",
):
    model = keras.Sequential([keras.Input((32, 32, 3))])
    model.add(layers.Conv2D(filters[0], 3, padding=padding[0], activation="relu"))
    model.add(pooling(2))
    model.add(layers.Conv2D(filters[1], 3, padding=padding[1], activation="relu"))
    model.add(summary())
    if drop is not None:
        model.add(layers.Dropout(drop))
    model.add(layers.Dense(6, activation=last))
    return model


def _review(table=(500, 24), units=(32, 16), kind=layers.LSTM, every=False, last="sigmoid"):
    return keras.Sequential(
        [
            keras.Input((20,), dtype="int32"),
            layers.Embedding(*table),
            kind(units[0], return_sequences=True),
            kind(units[1], return_sequences=every),
            layers.Dense(1, activation=last),
        ]
    )


def _rain(*body):
    return keras.Sequential([keras.Input((12,)), *body])


RUBRIC = Rubric(
    "sequential",
    [
        value_task(
            "choosing",
            choosing,
            points=5,
            hints=[
                _("A stack is a single path: one input, one output, each layer after the other."),
                _("Follow the data with a finger: does the path ever fork, or do two paths meet?"),
                _(
                    "Two inputs, a layer used on two branches, and a sum of two tensors all need a graph. A film is one tensor, however many frames it has."
                ),
            ],
            mistakes={
                _(
                    "“house” has two inputs, a photo and a form; the layers of a stack only ever get one tensor."
                ): {"house": "stack"},
                _(
                    "In “signature” the same layers are used twice and the results meet: a shared part on two branches, which a list cannot say."
                ): {"signature": "stack"},
                _(
                    "In “shortcut” the original image skips some layers and comes back: the path forks, then meets again."
                ): {"shortcut": "stack"},
                _(
                    "A film is a single tensor, of shape (steps, rows, columns, channels). One input, one path: a stack is enough."
                ): {"film": "graph"},
                _(
                    "The words of one message are one input, a sequence. An embedding, a recurrent layer and a dense layer make a stack."
                ): {"spam": "graph"},
            },
        ),
        value_task(
            "counting",
            counting,
            points=5,
            hints=[
                _("A filter has one weight for each number in its window, and one bias."),
                _(
                    "The window reads all channels that come in: 1 for the first convolution, as many as the first has filters for the second."
                ),
                _(
                    "Without a border, a window of 5 fits 28 - 5 + 1 = 24 times in a row; pooling by 2 halves that. Flatten multiplies rows, columns and channels."
                ),
            ],
            mistakes={
                _("You left out the biases: each filter has one, and each unit too."): {
                    "conv_1": 8 * 25,
                    "conv_2": 16 * 72,
                },
                _(
                    "The filters of “conv_2” read all 8 channels that come in: 3 × 3 × 8 weights each."
                ): {"conv_2": 16 * (3 * 3 + 1)},
                _(
                    "Without padding, a window of 5 stops at 24 places in a row, not 28; then the pooling halves."
                ): {"side": 14},
                _("“side” is asked for after the pooling, which halves rows and columns."): {
                    "side": 24
                },
                _(
                    "Flatten keeps every number: rows × columns × channels, and there are 16 channels."
                ): {"flat": 12 * 12},
            },
        ),
        model_task(
            "turbine",
            turbine,
            [
                Criterion("interface", 1),
                Criterion("equivalent", 3),
                Criterion("loss", 1),
                Criterion("optimizer", 1),
            ],
            hints=[
                _("Start the list with keras.Input(shape=(8,)), then the layers in order."),
                _(
                    'A ReLU can be a layer of its own, layers.ReLU(), or an argument: layers.Dense(64, activation="relu").'
                ),
                _(
                    'compile(optimizer=keras.optimizers.Adam(learning_rate=0.005), loss="mean_squared_error")'
                ),
            ],
            mistakes={
                _(
                    "Without a ReLU after the first two layers, the whole stack is a single straight line, whatever its size."
                ): _turbine(activation=None),
                _(
                    "The last layer goes through a ReLU: where it falls below 0 it stops learning. A regression output takes no activation."
                ): _turbine(last="relu"),
                _(
                    "A sigmoid keeps the power between 0 and 1. A regression output takes no activation."
                ): _turbine(last="sigmoid"),
                _("The sizes are swapped: 64 units come first, then 32."): _turbine(units=(32, 64)),
                _(
                    "Binary crossentropy is for yes-or-no answers. A power in kilowatts is any number: mean squared error."
                ): _turbine(loss="binary_crossentropy"),
            },
        ),
        model_task(
            "sign_model",
            sign_model,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("The shape of one image is (rows, columns, channels): (32, 32, 3)."),
                _(
                    'layers.Conv2D(16, 3, padding="same", activation="relu"): filters, window, border, activation. Without padding=, there is no border.'
                ),
                _(
                    "The order is Conv2D, MaxPooling2D, Conv2D, GlobalAveragePooling2D, Dropout, Dense."
                ),
            ],
            mistakes={
                _(
                    "Flatten hands on every pixel of every channel. Global average pooling is asked for: one number for each channel."
                ): _sign(summary=layers.Flatten),
                _("You take the global maximum of each channel; its average is asked for."): _sign(
                    summary=layers.GlobalMaxPooling2D
                ),
                _(
                    'The first convolution needs padding="same": without it, the image loses a pixel on each side.'
                ): _sign(padding=("valid", "valid")),
                _('Only the first convolution has a border; the second takes padding="valid".'): (
                    _sign(padding=("same", "same"))
                ),
                _("The dropout is missing, just before the last layer."): _sign(drop=None),
                _(
                    "Dropout(0.6) drops 60% of the numbers. The argument is the share that is dropped, not the share that is kept: 0.4."
                ): _sign(drop=0.6),
                _(
                    "A sign is one of six: softmax makes the six answers compete. Sigmoid would allow several at once."
                ): _sign(last="sigmoid"),
            },
        ),
        model_task(
            "review_model",
            review_model,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("An embedding reads whole numbers, the numbers of the words: hence dtype=int32."),
                _("layers.Embedding(500, 24) has one row for each word and 24 columns."),
                _(
                    "Only the first LSTM takes return_sequences=True: the second reads that sequence and returns its final memory."
                ),
            ],
            mistakes={
                _(
                    "The second LSTM returns its memory at every word, so there are 20 answers for each review. Only its final memory is asked for."
                ): _review(every=True),
                _(
                    "The two numbers of the embedding are swapped: first the size of the vocabulary, then the length of the vectors."
                ): _review(table=(24, 500)),
                _("The two LSTM layers have swapped sizes: 32 units come first, then 16."): _review(
                    units=(16, 32)
                ),
                _("These are GRU layers; LSTM layers are asked for."): _review(kind=layers.GRU),
                _(
                    "Softmax over a single unit is always 1: every review would be favourable. Use a sigmoid."
                ): _review(last="softmax"),
            },
        ),
        model_task(
            "repaired",
            repaired,
            [Criterion("interface", 1), Criterion("equivalent", 3)],
            hints=[
                _("What does softmax give for a single number? Try it with 3 and with -3."),
                _("In training, a dropout at the very end sets answers themselves to 0."),
                _(
                    "The order is Dense, BatchNormalization, ReLU, Dropout, Dense: the ReLU leaves the first dense layer and becomes a layer of its own."
                ),
            ],
            mistakes={
                _("This is still “broken”: its three faults are all there."): broken,
                _(
                    "Softmax over a single unit always gives 1: rain, for ever. One probability takes a sigmoid."
                ): _rain(
                    layers.Dense(32),
                    layers.BatchNormalization(),
                    layers.ReLU(),
                    layers.Dropout(0.3),
                    layers.Dense(1, activation="softmax"),
                ),
                _(
                    "The dropout still comes last: in training it wipes out answers. Put it before the last dense layer."
                ): _rain(
                    layers.Dense(32),
                    layers.BatchNormalization(),
                    layers.ReLU(),
                    layers.Dense(1, activation="sigmoid"),
                    layers.Dropout(0.3),
                ),
                _(
                    "The ReLU still comes before the normalisation, which then only sees what is left above 0. It belongs after it."
                ): _rain(
                    layers.Dense(32, activation="relu"),
                    layers.BatchNormalization(),
                    layers.Dropout(0.3),
                    layers.Dense(1, activation="sigmoid"),
                ),
                _(
                    "You took the ReLU out of the dense layer, but did not put it back after the normalisation."
                ): _rain(
                    layers.Dense(32),
                    layers.BatchNormalization(),
                    layers.Dropout(0.3),
                    layers.Dense(1, activation="sigmoid"),
                ),
            },
        ),
    ],
)
