"""Unit 02, exercise: models as graphs of layers. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : l’API fonctionnelle
#
# Cinq questions, de la lecture à la conception. Elles suivent l’ordre de la leçon ; comptez une demi-heure.
#
# Chaque énoncé fixe tout ce qui compte : tailles, activations, noms. **Ce qui n’est pas demandé est libre** : l’API fonctionnelle est la plus naturelle ici, mais une pile `Sequential` ou une sous-classe qui calcule la même chose est tout aussi juste.
#
# Sous chaque réponse, une cellule `check` vous dit ce qui va et ce qui ne va pas, couche par couche. Vous pouvez la relancer autant de fois que vous voulez ; pour un coup de pouce, écrivez par exemple `hint("02-functional.stack")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: the functional API
#
# Five questions, from reading to designing. They follow the lesson in order; allow half an hour.
#
# Each statement fixes everything that counts: sizes, activations, names. **Whatever is not asked for is up to you**: the functional API is the natural choice here, but a `Sequential` stack or a subclass that computes the same thing is just as right.
#
# Below each answer, a `check` cell tells you what is right and what is not, layer by layer. Run it as often as you like; for a nudge, write for instance `hint("02-functional.stack")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：函数式 API
#
# 一共五道题，从“读懂模型”到“设计模型”，顺序与本单元的课程一致，大约需要半小时。
#
# 题目写明了所有会影响评分的要求：大小、激活函数、名称。**没有写明的都由你决定**：这里用函数式 API 最自然，但只要计算结果相同，用 `Sequential` 堆叠或子类来写同样正确。
#
# 每个答案下面都有一个 `check` 单元格，它会逐层告诉你哪里对、哪里不对，可以反复运行；需要提示时，在新的单元格里写 `hint("02-functional.stack")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## 1. Compter avant de construire
#
# Un scan de 8 × 8 pixels, aplati en un vecteur de 64 nombres, traverse deux couches denses : la première, `hidden`, a 32 unités ; la seconde, `digit`, en a 10.
#
# Sans construire le modèle, écrivez combien de paramètres possède chaque couche, et combien en tout. Remplacez chaque `None` par un nombre entier. *(3 points)*
# %% [markdown] lang="en"
# ## 1. Count before you build
#
# A scan of 8 × 8 pixels, flattened into a vector of 64 numbers, goes through two dense layers: the first, `hidden`, has 32 units; the second, `digit`, has 10.
#
# Without building the model, write down how many parameters each layer has, and how many there are in all. Replace each `None` by a whole number. *(3 points)*
# %% [markdown] lang="zh"
# ## 1. 先算，再搭
#
# 一张 8 × 8 像素的扫描图展平成 64 个数的向量，依次经过两个全连接层：第一层 `hidden` 有 32 个单元，第二层 `digit` 有 10 个单元。
#
# 不搭建模型，写出每一层有多少个参数，以及总共有多少个。把每个 `None` 换成一个整数。*（3 分）*

# %% answer="counting"
counting = {"hidden": None, "digit": None, "total": None}
### BEGIN SOLUTION
counting = {"hidden": 64 * 32 + 32, "digit": 32 * 10 + 10, "total": 2080 + 330}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 2. Une pile dont les couches ont un nom
#
# Construisez `stack`, le modèle qui reconnaît un chiffre dans ces 64 pixels :
#
# - une entrée de 64 nombres ;
# - une couche dense de 48 unités, activation ReLU, nommée `hidden_1` ;
# - une couche dense de 32 unités, activation ReLU, nommée `hidden_2` ;
# - une couche dense de 10 unités, activation softmax, nommée `digit`.
#
# Inutile de le compiler ou de l’entraîner. *(5 points)*
# %% [markdown] lang="en"
# ## 2. A stack whose layers have names
#
# Build `stack`, the model that recognises a digit in these 64 pixels:
#
# - an input of 64 numbers;
# - a dense layer of 48 units, ReLU activation, named `hidden_1`;
# - a dense layer of 32 units, ReLU activation, named `hidden_2`;
# - a dense layer of 10 units, softmax activation, named `digit`.
#
# There is no need to compile or train it. *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 给每一层起名字
#
# 搭建模型 `stack`，它从这 64 个像素中识别数字：
#
# - 输入：64 个数；
# - 全连接层，48 个单元，ReLU 激活，名为 `hidden_1`；
# - 全连接层，32 个单元，ReLU 激活，名为 `hidden_2`；
# - 全连接层，10 个单元，softmax 激活，名为 `digit`。
#
# 不需要编译，也不需要训练。*（5 分）*

# %% answer="stack"
### BEGIN SOLUTION
pixels = keras.Input(shape=(64,), name="pixels")
hidden_1 = layers.Dense(48, activation="relu", name="hidden_1")(pixels)
hidden_2 = layers.Dense(32, activation="relu", name="hidden_2")(hidden_1)
digit = layers.Dense(10, activation="softmax", name="digit")(hidden_2)
stack = keras.Model(pixels, digit, name="stack")
### END SOLUTION

# %% check="stack"

# %% [markdown] lang="fr"
# ## 3. Deux entrées qui se rejoignent
#
# Une plateforme d’écoute veut estimer la probabilité qu’une chanson soit écoutée jusqu’au bout. Elle dispose de deux descriptions de chaque morceau. Construisez `song_model` :
#
# - une entrée de 40 nombres nommée `audio` et une entrée de 60 nombres nommée `lyrics` ;
# - **chaque** entrée traverse sa propre couche dense de 16 unités, activation ReLU ;
# - les deux résultats sont concaténés, l’audio d’abord ;
# - une couche dense de 1 unité, activation sigmoïde, donne la réponse. *(5 points)*
# %% [markdown] lang="en"
# ## 3. Two inputs that meet
#
# A streaming service wants to estimate the probability that a song is played to the end. It has two descriptions of each track. Build `song_model`:
#
# - an input of 40 numbers named `audio` and an input of 60 numbers named `lyrics`;
# - **each** input goes through a dense layer of its own, with 16 units and ReLU activation;
# - the two results are concatenated, audio first;
# - a dense layer of 1 unit with sigmoid activation gives the answer. *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 两路输入汇合
#
# 一个音乐平台想估计一首歌被完整播放的概率，手头有每首歌的两种描述。搭建模型 `song_model`：
#
# - 一个名为 `audio` 的输入（40 个数）和一个名为 `lyrics` 的输入（60 个数）；
# - **每个**输入各自经过一个属于自己的全连接层：16 个单元，ReLU 激活；
# - 把两路结果拼接起来，音频在前；
# - 最后用一个只有 1 个单元的全连接层（sigmoid 激活）给出答案。*（5 分）*

# %% answer="song_model"
### BEGIN SOLUTION
audio = keras.Input(shape=(40,), name="audio")
lyrics = keras.Input(shape=(60,), name="lyrics")
audio_features = layers.Dense(16, activation="relu", name="audio_features")(audio)
lyrics_features = layers.Dense(16, activation="relu", name="lyrics_features")(lyrics)
both = layers.concatenate([audio_features, lyrics_features], name="both")
played_to_end = layers.Dense(1, activation="sigmoid", name="played_to_end")(both)
song_model = keras.Model([audio, lyrics], played_to_end, name="song_model")
### END SOLUTION

# %% check="song_model"

# %% [markdown] lang="fr"
# ## 4. Deux sorties, deux pertes
#
# Une station météo veut prévoir deux choses à partir de 24 mesures : la température du lendemain et la probabilité de pluie. Construisez **et compilez** `weather_model` :
#
# - une entrée de 24 nombres nommée `sensors` ;
# - un tronc commun : une couche dense de 32 unités, activation ReLU ;
# - la température : une couche de sortie dense de 1 unité, **sans** activation, nommée `temperature` ;
# - la pluie : une couche de sortie dense de 1 unité, activation sigmoïde, nommée `rain`.
#
# Pour l’entraînement :
#
# - l’optimiseur Adam avec un taux d’apprentissage de 0,01 ;
# - l’erreur quadratique moyenne (*mean squared error*) pour `temperature`, l’entropie croisée binaire (*binary crossentropy*) pour `rain` ;
# - les poids des pertes : 0,1 pour `temperature`, 1 pour `rain`. *(7 points)*
# %% [markdown] lang="en"
# ## 4. Two outputs, two losses
#
# A weather station wants to forecast two things from 24 measurements: tomorrow’s temperature and the probability of rain. Build **and compile** `weather_model`:
#
# - an input of 24 numbers named `sensors`;
# - a common trunk: a dense layer of 32 units, ReLU activation;
# - a first output: a dense layer of 1 unit, with **no** activation, named `temperature`;
# - a second output: a dense layer of 1 unit, sigmoid activation, named `rain`.
#
# For training:
#
# - the Adam optimizer with a learning rate of 0.01;
# - mean squared error for `temperature`, binary crossentropy for `rain`;
# - loss weights: 0.1 for `temperature`, 1 for `rain`. *(7 points)*
# %% [markdown] lang="zh"
# ## 4. 两个输出，两个损失
#
# 一个气象站想用 24 个测量值预报两件事：明天的气温，以及下雨的概率。搭建**并编译**模型 `weather_model`：
#
# - 一个名为 `sensors` 的输入（24 个数）；
# - 公共主干：全连接层，32 个单元，ReLU 激活；
# - 气温输出：全连接层，1 个单元，**不带**激活函数，名为 `temperature`；
# - 降雨输出：全连接层，1 个单元，sigmoid 激活，名为 `rain`。
#
# 训练设置：
#
# - Adam 优化器，学习率 0.01；
# - `temperature` 用均方误差（mean squared error），`rain` 用二元交叉熵（binary crossentropy）；
# - 损失权重：`temperature` 为 0.1，`rain` 为 1。*（7 分）*

# %% answer="weather_model"
### BEGIN SOLUTION
sensors = keras.Input(shape=(24,), name="sensors")
trunk = layers.Dense(32, activation="relu", name="trunk")(sensors)
temperature = layers.Dense(1, name="temperature")(trunk)
rain = layers.Dense(1, activation="sigmoid", name="rain")(trunk)
weather_model = keras.Model(sensors, [temperature, rain], name="weather_model")
weather_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss={"temperature": "mean_squared_error", "rain": "binary_crossentropy"},
    loss_weights={"temperature": 0.1, "rain": 1.0},
)
### END SOLUTION

# %% check="weather_model"

# %% [markdown] lang="fr"
# ## 5. Réutiliser un tenseur intermédiaire
#
# Voici un petit modèle tout fait, `reader`. À partir de **ses propres couches**, construisez `features` : le modèle qui prend la même entrée et rend ce que calcule la couche `summary`.
#
# Il n’y a rien à reconstruire : quand on entraîne `reader`, `features` doit changer avec lui. *(4 points)*
# %% [markdown] lang="en"
# ## 5. Reuse an intermediate tensor
#
# Here is a small model, ready made: `reader`. From **its own layers**, build `features`: the model that takes the same input and returns what the layer `summary` computes.
#
# Nothing has to be rebuilt: when `reader` is trained, `features` must change along with it. *(4 points)*
# %% [markdown] lang="zh"
# ## 5. 复用中间张量
#
# 下面是一个现成的小模型 `reader`。请用**它自己的层**搭建 `features`：输入与它相同，输出是 `summary` 层的计算结果。
#
# 不需要重新搭建任何层：训练 `reader` 时，`features` 也必须随之改变。*（4 分）*

# %%
scan = keras.Input(shape=(64,), name="scan")
detail = layers.Dense(40, activation="relu", name="detail")(scan)
summary = layers.Dense(12, activation="tanh", name="summary")(detail)
letter = layers.Dense(26, activation="softmax", name="letter")(summary)
reader = keras.Model(scan, letter, name="reader")

# %% answer="features"
### BEGIN SOLUTION
features = keras.Model(reader.input, reader.get_layer("summary").output, name="features")
### END SOLUTION

# %% check="features" given="reader"

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
def _stack(units=(48, 32), activations=("relu", "relu"), last="softmax"):
    inputs = keras.Input(shape=(64,))
    first = layers.Dense(units[0], activation=activations[0], name="hidden_1")(inputs)
    second = layers.Dense(units[1], activation=activations[1], name="hidden_2")(first)
    return keras.Model(inputs, layers.Dense(10, activation=last, name="digit")(second))


def _song(merge=layers.concatenate, swapped=False, activation="relu", last="sigmoid"):
    one, other = keras.Input(shape=(40,), name="audio"), keras.Input(shape=(60,), name="lyrics")
    parts = [
        layers.Dense(16, activation=activation)(one),
        layers.Dense(16, activation=activation)(other),
    ]
    joined = merge(parts[::-1] if swapped else parts)
    return keras.Model([one, other], layers.Dense(1, activation=last)(joined))


def _raw_song():
    one, other = keras.Input(shape=(40,), name="audio"), keras.Input(shape=(60,), name="lyrics")
    joined = layers.concatenate([one, other])
    return keras.Model([one, other], layers.Dense(1, activation="sigmoid")(joined))


def _weather(
    heads=(None, "sigmoid"),
    losses=("mse", "binary_crossentropy"),
    weights=(0.1, 1.0),
    two_trunks=False,
):
    inputs = keras.Input(shape=(24,), name="sensors")
    trunk = layers.Dense(32, activation="relu")
    other = layers.Dense(32, activation="relu") if two_trunks else trunk
    outputs = [
        layers.Dense(1, activation=heads[0], name="temperature")(trunk(inputs)),
        layers.Dense(1, activation=heads[1], name="rain")(other(inputs)),
    ]
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), loss=list(losses), loss_weights=list(weights))
    return model


def _rebuilt():
    inputs = keras.Input(shape=(64,), name="scan")
    first = layers.Dense(40, activation="relu", name="detail")(inputs)
    return keras.Model(inputs, layers.Dense(12, activation="tanh", name="summary")(first))


RUBRIC = Rubric(
    "functional",
    [
        value_task(
            "counting",
            counting,
            points=3,
            hints=[
                _("Each unit of a dense layer looks at every number that comes in."),
                _(
                    "A dense layer holds one weight for each pair (input, unit), and one bias for each unit."
                ),
                _(
                    "So a layer with n inputs and u units has n × u + u parameters; the total is the sum over the layers."
                ),
            ],
            mistakes={
                _(
                    "You counted the weights, but not the biases: each unit has one more parameter of its own."
                ): {
                    "hidden": 64 * 32,
                    "digit": 32 * 10,
                },
                _("The inputs of “digit” are the 32 outputs of “hidden”, not the 64 pixels."): {
                    "digit": 64 * 10 + 10
                },
                _("There is one bias for each unit, not one for the whole layer."): {
                    "hidden": 64 * 32 + 1,
                    "digit": 32 * 10 + 1,
                },
            },
        ),
        model_task(
            "stack",
            stack,
            [
                Criterion("interface", 1),
                Criterion("equivalent", 3),
                Criterion("layer-names", 1, ("hidden_1", "hidden_2", "digit")),
            ],
            hints=[
                _("Start from keras.Input(shape=(64,)): the batch size is left out."),
                _(
                    'Call each layer on the result of the one before, and give it its name: layers.Dense(..., name="hidden_1")(...).'
                ),
                _(
                    "At the end, keras.Model(inputs, outputs) takes the first tensor and the last one."
                ),
            ],
            mistakes={
                _(
                    "Your last layer gives raw scores (logits). Softmax is asked for, so that the ten outputs are probabilities that sum to 1."
                ): _stack(last=None),
                _(
                    "Sigmoid treats the ten digits as ten separate yes-or-no questions. A scan shows exactly one digit: softmax makes them compete."
                ): _stack(last="sigmoid"),
                _(
                    "ReLU on the last layer cuts scores at 0 and gives no probabilities. Keep ReLU for the hidden layers."
                ): _stack(last="relu"),
                _(
                    "Without an activation in between, two dense layers are no more than one: a product of matrices is a matrix."
                ): _stack(activations=(None, None)),
                _(
                    "The two hidden layers have swapped sizes: 48 units come first, then 32."
                ): _stack(units=(32, 48)),
            },
        ),
        model_task(
            "song_model",
            song_model,
            [Criterion("interface", 1), Criterion("input-names", 1), Criterion("equivalent", 3)],
            hints=[
                _(
                    "There are two keras.Input, each with its name; keras.Model takes them as a list."
                ),
                _(
                    "Make two Dense layers of 16 units, one for each input: calling the same layer twice would share its weights."
                ),
                _(
                    "layers.concatenate([a, b]) puts the vectors end to end: 16 + 16 = 32 numbers for the last layer."
                ),
            ],
            mistakes={
                _(
                    "You add the two descriptions. A sum mixes them for good; concatenating keeps them side by side, so that the last layer can weigh each."
                ): _song(merge=layers.add),
                _(
                    "The two inputs are concatenated as they are. Each is asked to go through its own dense layer first."
                ): _raw_song(),
                _("Audio comes first in the concatenation, then the lyrics."): _song(swapped=True),
                _(
                    "The output has no activation: it can be any number. A probability needs a sigmoid."
                ): _song(last=None),
                _(
                    "Softmax over a single unit always gives 1. For one probability, use a sigmoid."
                ): _song(last="softmax"),
            },
        ),
        model_task(
            "weather_model",
            weather_model,
            [
                Criterion("interface", 1),
                Criterion("output-names", 1),
                Criterion("equivalent", 2),
                Criterion("loss", 1),
                Criterion("loss-weights", 1),
                Criterion("optimizer", 1),
            ],
            hints=[
                _(
                    "Both outputs start from the same trunk tensor; keras.Model takes them as a list."
                ),
                _(
                    'The names of the output layers are the keys for compile: loss={"temperature": ..., "rain": ...}.'
                ),
                _(
                    "loss_weights is a dictionary with the same keys; the learning rate is set in keras.optimizers.Adam(learning_rate=...)."
                ),
            ],
            mistakes={
                _(
                    "Your temperature goes through a ReLU, so it can never fall below 0 degrees. A regression output takes no activation."
                ): _weather(heads=("relu", "sigmoid")),
                _(
                    "Your temperature goes through a sigmoid, so it stays between 0 and 1. A regression output takes no activation."
                ): _weather(heads=("sigmoid", "sigmoid")),
                _(
                    "The two losses are swapped: squared error measures a distance in degrees, crossentropy a probability."
                ): _weather(losses=("binary_crossentropy", "mse")),
                _("The two loss weights are swapped."): _weather(weights=(1.0, 0.1)),
                _(
                    "You built two trunks. One common trunk is asked for: call the layer once and start both outputs from its result."
                ): _weather(two_trunks=True),
                _(
                    "The rain output has no activation, so it gives raw scores. A sigmoid is asked for: it makes a probability of them."
                ): _weather(heads=(None, None)),
            },
        ),
        model_task(
            "features",
            (reader, features),
            [Criterion("interface", 1), Criterion("equivalent", 3)],
            hints=[
                _('A functional model knows its layers by name: reader.get_layer("summary").'),
                _("A layer that belongs to a graph has an output: the tensor it produced there."),
                _(
                    "keras.Model(inputs, outputs) accepts any two tensors of one graph: start from reader.input."
                ),
            ],
            mistakes={
                _(
                    "Your layers look right but are new ones, with weights of their own: training “reader” would not change them. Take the tensors of “reader” itself."
                ): (reader, _rebuilt()),
                _("This is the output of “detail”, one layer too early."): (
                    reader,
                    keras.Model(reader.input, reader.get_layer("detail").output),
                ),
                _("This is the whole of “reader”: stop one layer earlier, at “summary”."): (
                    reader,
                    keras.Model(reader.input, reader.output),
                ),
            },
        ),
    ],
)
