"""Unit 10, exercise: training by your own rules. Statement, solution and rubric in one file."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : maîtriser l’entraînement
#
# Six questions : choisir le bon barreau, compter les pas, puis construire, écrire et réparer. Comptez une demi-heure, un peu plus si vous écrivez votre premier `train_step`.
#
# Chaque énoncé fixe ce qui compte. **Ce qui n’est pas demandé est libre** : style du modèle, noms, façon d’écrire un pas. Rien n’est tiré au hasard : une réponse juste donne toujours les mêmes nombres.
#
# Sous chaque réponse, la cellule `check` vous répond, autant de fois que vous voulez. Pour un coup de pouce, écrivez par exemple `hint("10-custom-training.signed")` dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: training by your own rules
#
# Six questions: choose the right rung, count steps, then build, write and mend. Allow half an hour, a little more if this is your first `train_step`.
#
# Each statement fixes what counts. **What is not asked for is free**: the style of a model, names, the way a step is written. Nothing is drawn at random: a right answer always gives the same numbers.
#
# Below each answer, the `check` cell replies as often as you like. For a nudge, write for instance `hint("10-custom-training.signed")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：自定义训练
#
# 一共六道题：选台阶，数步数，然后搭建、编写、修理。大约需要半小时；如果是第一次写 `train_step`，会稍久一点。
#
# 题目写明了所有会影响评分的要求。**没有写明的都由你决定**：模型的风格、名称、一步的具体写法。这里没有随机性，正确的答案总会得到同样的数。
#
# 每个答案下面的 `check` 单元格都可以反复运行；需要提示时，在新的单元格里写 `hint("10-custom-training.signed")` 即可。

# %%
import course

course.use_language(_("en"))

# %%
import keras
import numpy as np
import tensorflow as tf
from grader import check, hint
from keras import layers, ops

# %% [markdown] lang="fr"
# ## 1. Le barreau le plus bas
#
# Pour chaque besoin, choisissez le barreau **le plus bas** qui suffise : `"callback"`, `"loss"`, `"train_step"` ou `"loop"`, dans cet ordre.
#
# - `message` : après chaque époque, envoyer l’exactitude de validation dans la messagerie de l’équipe.
# - `flood` : annoncer une crue trop basse doit coûter dix fois plus cher que l’annoncer trop haute.
# - `nudged` : à chaque pas, calculer le gradient de la perte par rapport aux *images*, les décaler un peu dans cette direction, et apprendre sur les images décalées. Validation et callbacks restent.
# - `duel` : deux réseaux, deux optimiseurs, deux pertes, un pas chacun par lot ; vous voulez garder la barre de progression.
# - `game` : le modèle joue ; ses coups décident des données suivantes, et une partie dure aussi longtemps qu’elle dure. *(5 points)*
# %% [markdown] lang="en"
# ## 1. The lowest rung
#
# For each need, choose the **lowest** rung that is enough: `"callback"`, `"loss"`, `"train_step"` or `"loop"`, in this order.
#
# - `message`: after each epoch, post the validation accuracy in the team’s chat.
# - `flood`: forecasting a flood too low must cost ten times as much as forecasting it too high.
# - `nudged`: at each step, compute the gradient of the loss with respect to the *images*, shift them a little that way, and learn on the shifted images. Validation and callbacks stay.
# - `duel`: two networks, two optimizers, two losses, one step each per batch; you want to keep the progress bar.
# - `game`: the model plays; its moves decide which data come next, and a game lasts as long as it lasts. *(5 points)*
# %% [markdown] lang="zh"
# ## 1. 最低的一级
#
# 针对每种需求，选出够用的**最低**一级：`"callback"`、`"loss"`、`"train_step"` 或 `"loop"`，由低到高。
#
# - `message`：每个轮次之后，把验证准确率发到团队群里。
# - `flood`：把洪水水位报低了，代价应当是报高了的十倍。
# - `nudged`：每一步都计算损失对*图像*的梯度，把图像朝这个方向挪一点，再用挪过的图像学习。验证和回调照旧。
# - `duel`：两个网络、两个优化器、两个损失，每个批次各走一步；进度条要保留。
# - `game`：模型下棋，它走的每一步决定接下来的数据，一局下多久没有定数。*（5 分）*

# %% answer="levels"
levels = {
    "message": None,
    "flood": None,
    "nudged": None,
    "duel": None,
    "game": None,
}
### BEGIN SOLUTION
levels = {
    "message": "callback",
    "flood": "loss",
    "nudged": "train_step",
    "duel": "train_step",
    "game": "loop",
}
### END SOLUTION

# %% check="levels"

# %% [markdown] lang="fr"
# ## 2. Compter les pas
#
# `images` contient 1 000 images. Un collègue exécute cette boucle :
#
# ```python
# batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(32)
#
# @tf.function
# def step(x, y):
#     print("here")
#     ...  # scores, perte, gradients, optimizer.apply
#
# for epoch in range(3):
#     for x, y in batches:
#         step(x, y)
# ```
#
# Sans l’exécuter, dites :
#
# - `last_batch` : combien d’images contient le dernier lot d’une époque ;
# - `steps` : combien de fois l’optimiseur change les poids, en tout ;
# - `printed` : combien de lignes `here` s’affichent ;
# - `printed_eager` : combien s’affichent sans la ligne `@tf.function`. *(4 points)*
# %% [markdown] lang="en"
# ## 2. Count the steps
#
# `images` holds 1,000 images. A colleague runs this loop:
#
# ```python
# batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(32)
#
# @tf.function
# def step(x, y):
#     print("here")
#     ...  # scores, loss, gradients, optimizer.apply
#
# for epoch in range(3):
#     for x, y in batches:
#         step(x, y)
# ```
#
# Without running it, say:
#
# - `last_batch`: how many images the last batch of an epoch has;
# - `steps`: how many times the optimizer changes the weights, in all;
# - `printed`: how many `here` lines are printed;
# - `printed_eager`: how many are printed without the line `@tf.function`. *(4 points)*
# %% [markdown] lang="zh"
# ## 2. 数一数步数
#
# `images` 里有 1,000 张图像。一位同事运行了这个循环：
#
# ```python
# batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(32)
#
# @tf.function
# def step(x, y):
#     print("here")
#     ...  # 分数、损失、梯度、optimizer.apply
#
# for epoch in range(3):
#     for x, y in batches:
#         step(x, y)
# ```
#
# 不运行，写出：
#
# - `last_batch`：每个轮次的最后一批有几张图像；
# - `steps`：优化器一共修改几次权重；
# - `printed`：会打印几行 `here`；
# - `printed_eager`：去掉 `@tf.function` 那一行，会打印几行。*（4 分）*

# %% answer="counting"
counting = {"last_batch": None, "steps": None, "printed": None, "printed_eager": None}
### BEGIN SOLUTION
counting = {"last_batch": 1000 - 31 * 32, "steps": 3 * 32, "printed": 2, "printed_eager": 96}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 3. L’expert
#
# Construisez **et compilez** `expert`, le discriminateur d’un GAN pour des timbres de 16 × 16 pixels :
#
# - une entrée de forme 16 × 16 × 1 ;
# - une convolution 2D de 8 filtres 4 × 4, pas (*strides*) de 2, `padding="same"`, activation leaky ReLU de pente 0,2 ;
# - une deuxième convolution, pareille mais avec 16 filtres ;
# - un aplatissement, puis un `Dropout` de taux 0,3 ;
# - une couche dense de 1 unité, qui rend un **logit**.
#
# Pour l’entraînement : l’optimiseur Adam avec un taux d’apprentissage de 0,0002 et `beta_1=0.5`, et la perte `keras.losses.BinaryCrossentropy` réglée pour des logits. *(6 points)*
# %% [markdown] lang="en"
# ## 3. The expert
#
# Build **and compile** `expert`, the discriminator of a GAN for stamps of 16 × 16 pixels:
#
# - an input of shape 16 × 16 × 1;
# - a 2D convolution of 8 filters of 4 × 4, a stride of 2, `padding="same"`, leaky ReLU activation with slope 0.2;
# - a second convolution, the same but with 16 filters;
# - flattening, then a `Dropout` of rate 0.3;
# - a dense layer of 1 unit that returns a **logit**.
#
# For training: the Adam optimizer with a learning rate of 0.0002 and `beta_1=0.5`, and the loss `keras.losses.BinaryCrossentropy` set up for logits. *(6 points)*
# %% [markdown] lang="zh"
# ## 3. 鉴定专家
#
# 搭建**并编译** `expert`，这是一个 GAN 的判别器，处理 16 × 16 像素的邮票：
#
# - 输入形状 16 × 16 × 1；
# - 二维卷积，8 个 4 × 4 的卷积核，步幅（strides）为 2，`padding="same"`，leaky ReLU 激活，斜率 0.2；
# - 第二个卷积，与前一个相同，只是卷积核为 16 个；
# - 展平，然后是 `Dropout`，比例 0.3；
# - 全连接层，1 个单元，输出 **logit**。
#
# 训练设置：Adam 优化器，学习率 0.0002，`beta_1=0.5`；损失用 `keras.losses.BinaryCrossentropy`，并设置成适用于 logit。*（6 分）*

# %% answer="expert"
### BEGIN SOLUTION
convolution = {"kernel_size": 4, "strides": 2, "padding": "same"}
expert = keras.Sequential(
    [
        keras.Input(shape=(16, 16, 1), name="stamp"),
        layers.Conv2D(8, activation="leaky_relu", name="edges", **convolution),
        layers.Conv2D(16, activation="leaky_relu", name="shapes", **convolution),
        layers.Flatten(name="flat"),
        layers.Dropout(0.3, name="drop"),
        layers.Dense(1, name="real"),
    ]
)
expert.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.0002, beta_1=0.5),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
)
### END SOLUTION

# %% check="expert"

# %% [markdown] lang="fr"
# ## 4. Un GAN à l’ancienne
#
# Avant `train_step`, on entraînait le générateur dans un modèle **empilé** : le bruit traverse le générateur, puis le discriminateur, **gelé** pour que seul le générateur apprenne. Vous lirez encore ce code.
#
# Voici `forger` et `judge`. Construisez `stacked` : il prend les 16 nombres de `forger` et rend le score que `judge` donne à son œuvre. Ce sont **leurs propres couches** qui servent ; tout `judge` est gelé, `forger` apprend. Inutile de compiler. *(5 points)*
# %% [markdown] lang="en"
# ## 4. A GAN the old way
#
# Before `train_step`, people trained the generator inside a **stacked** model: noise goes through the generator, then through the discriminator, **frozen** so that only the generator learns. You will still come across such code.
#
# Here are `forger` and `judge`. Build `stacked`: it takes the 16 numbers of `forger` and returns the score that `judge` gives its work. It uses **their own layers**; all of `judge` is frozen, `forger` learns. There is no need to compile. *(5 points)*
# %% [markdown] lang="zh"
# ## 4. 老式的 GAN
#
# 在 `train_step` 出现之前，人们把生成器放在一个**叠起来的**模型里训练：噪声先经过生成器，再经过判别器；判别器**冻结**，只让生成器学习。这样的代码你还会读到。
#
# 下面是 `forger` 和 `judge`。请搭建 `stacked`：输入是 `forger` 的 16 个数，输出是 `judge` 给它的作品打的分。要用**它们自己的层**；`judge` 全部冻结，`forger` 要能学习。不需要编译。*（5 分）*

# %%
noise = keras.Input(shape=(16,), name="noise")
sketch = layers.Dense(40, activation="leaky_relu", name="sketch")(noise)
drawn = layers.Dense(64, activation="sigmoid", name="drawn")(sketch)
forger = keras.Model(noise, drawn, name="forger")

picture = keras.Input(shape=(64,), name="picture")
clues = layers.Dense(30, activation="leaky_relu", name="clues")(picture)
score = layers.Dense(1, name="score")(clues)
judge = keras.Model(picture, score, name="judge")

# %% answer="stacked"
### BEGIN SOLUTION
judge.trainable = False
stacked = keras.Model(forger.input, judge(forger.output), name="stacked")
### END SOLUTION

# %% check="stacked" given="forger,judge"

# %% [markdown] lang="fr"
# ## 5. Votre `train_step`
#
# « Seule la direction compte, pas la longueur. » Écrivez une sous-classe de `keras.Model` dont le pas d’entraînement donne à l’optimiseur le **signe** de chaque gradient (−1, 0 ou 1) au lieu du gradient. Tout le reste se passe comme dans `fit` :
#
# - un lot est un couple (entrées, cibles) ;
# - la perte est celle de `compile` ; toutes les variables entraînables apprennent ;
# - le modèle sait qu’il s’entraîne ;
# - `loss` et les métriques de `compile` figurent dans l’historique, avec les bonnes valeurs.
#
# La fonction `after_two_steps` entraîne votre classe sur un tout petit jeu de données, à partir de zéro. Terminez votre réponse par cette ligne, avec le nom de votre classe :
#
# ```python
# signed = after_two_steps(Signed)
# ```
#
# *(6 points)*
# %% [markdown] lang="en"
# ## 5. Your `train_step`
#
# “Only the direction counts, not the length.” Write a subclass of `keras.Model` whose training step gives the optimizer the **sign** of each gradient (−1, 0 or 1) in place of the gradient. Everything else as in `fit`:
#
# - a batch is a pair (inputs, targets);
# - the loss is that of `compile`; all trainable variables learn;
# - the model knows that it is training;
# - `loss` and the metrics given to `compile` are in the history, with the right values.
#
# The function `after_two_steps` trains your class on a tiny data set, from scratch. End your answer with this line, using the name of your class:
#
# ```python
# signed = after_two_steps(Signed)
# ```
#
# *(6 points)*
# %% [markdown] lang="zh"
# ## 5. 你的 `train_step`
#
# “只看方向，不看长短。”请写一个 `keras.Model` 的子类，它在训练的一步里，交给优化器的不是梯度，而是每个梯度的**符号**（−1、0 或 1）。其余都和 `fit` 一样：
#
# - 一个批次是一对：（输入，目标值）；
# - 损失用 `compile` 里的那个；所有可训练的变量都要学习；
# - 模型知道自己正在训练；
# - 历史里有 `loss` 和 `compile` 里的指标，而且数值正确。
#
# 函数 `after_two_steps` 会在很小的数据集上，从零开始训练你的类。请用这一行结束你的答案，换成你的类名：
#
# ```python
# signed = after_two_steps(Signed)
# ```
#
# *（6 分）*


# %%
def after_two_steps(kind):
    """What two steps make of a model of class ``kind``, from a fixed start, on fixed data."""
    weather = np.array([[0, 2, 8], [4, 0, 6], [2, 6, 0], [6, 4, 2]], "float32")
    hours = np.array([[1], [2], [6], [7]], "float32")
    sky = keras.Input(shape=(3,), name="sky")
    steady = layers.BatchNormalization(momentum=0.5)
    sun = layers.Dense(1, kernel_initializer="zeros", name="sun")
    model = kind(sky, sun(steady(sky)))
    model.compile(keras.optimizers.SGD(0.5), loss="mse", metrics=["mae"], run_eagerly=True)
    history = model.fit(weather, hours, batch_size=4, epochs=2, verbose=0).history
    return {
        "kernel": [round(float(weight), 3) for weight in sun.kernel.numpy().ravel()],
        "gamma": [round(float(weight), 3) for weight in steady.gamma.numpy()],
        "moving_mean": [round(float(mean), 3) for mean in steady.moving_mean.numpy()],
        "first_loss": round(float(history.get("loss", [0])[0]), 3),
        "first_mae": round(float(history.get("mae", [0])[0]), 3),
    }


# %% answer="signed"
### BEGIN SOLUTION
class Signed(keras.Model):
    def train_step(self, batch):
        inputs, targets = batch
        with tf.GradientTape() as tape:
            answers = self(inputs, training=True)
            loss = self.compute_loss(x=inputs, y=targets, y_pred=answers)
        gradients = tape.gradient(loss, self.trainable_variables)
        signs = [ops.sign(gradient) for gradient in gradients]
        self.optimizer.apply(signs, self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
        return self.compute_metrics(inputs, targets, answers)


signed = after_two_steps(Signed)
### END SOLUTION

# %% check="signed"

# %% [markdown] lang="fr"
# ## 6. Trois fautes dans un GAN
#
# Ce petit GAN s’entraîne sans un message d’erreur, et n’apprend rien de bon. Sa description est juste :
#
# - un lot est un couple : (vraies données, bruit) ;
# - les **deux** réseaux s’entraînent, et le savent ;
# - `expert` veut répondre 1 aux vraies données, 0 aux fausses ; `forger` veut que `expert` réponde 1 aux fausses ;
# - chaque optimiseur ne change que les poids de **son** réseau ;
# - les deux gradients sont calculés avant que l’un ou l’autre ne soit appliqué.
#
# Le `train_step` contient **trois** fautes. Écrivez une classe corrigée, et terminez votre réponse par
#
# ```python
# mended = after_one_step(Mended)
# ```
#
# *(6 points)*
# %% [markdown] lang="en"
# ## 6. Three faults in a GAN
#
# This small GAN trains without a single error message, and learns nothing good. The description of it is right:
#
# - a batch is a pair: (real data, noise);
# - **both** networks are training, and know it;
# - `expert` wants to answer 1 to real data and 0 to generated data; `forger` wants `expert` to answer 1 to generated data;
# - each optimizer changes only the weights of **its** network;
# - both gradients are computed before either is applied.
#
# The `train_step` contains **three** faults. Write a corrected class, and end your answer with
#
# ```python
# mended = after_one_step(Mended)
# ```
#
# *(6 points)*
# %% [markdown] lang="zh"
# ## 6. GAN 里的三处错误
#
# 这个小 GAN 训练时一条报错也没有，却学不到什么好东西。下面的描述没有错：
#
# - 一个批次是一对：（真实数据，噪声）；
# - **两个**网络都在训练，而且都知道自己在训练；
# - `expert` 希望对真实数据回答 1，对造出来的回答 0；`forger` 希望 `expert` 对造出来的回答 1；
# - 每个优化器只修改**自己那个**网络的权重；
# - 两组梯度都算好之后，才开始更新。
#
# `train_step` 里有**三处**错误。请写一个改正后的类，并用这一行结束你的答案：
#
# ```python
# mended = after_one_step(Mended)
# ```
#
# *（6 分）*


# %%
class Duel(keras.Model):
    def __init__(self):
        super().__init__()
        self.forger = keras.Sequential(
            [
                keras.Input(shape=(2,)),
                layers.BatchNormalization(momentum=0.5),
                layers.Dense(3, kernel_initializer="ones"),
            ]
        )
        self.expert = keras.Sequential(
            [keras.Input(shape=(3,)), layers.Dense(1, kernel_initializer="ones")]
        )
        self.ask = keras.losses.BinaryCrossentropy(from_logits=True)
        self.forger_optimizer = keras.optimizers.SGD(0.5)
        self.expert_optimizer = keras.optimizers.SGD(0.5)

    def train_step(self, batch):
        real, noise = batch
        with tf.GradientTape() as expert_tape, tf.GradientTape() as forger_tape:
            made = self.forger(noise)
            of_real = self.expert(real, training=True)
            of_made = self.expert(made, training=True)
            ones, zeros = ops.ones_like(of_real), ops.zeros_like(of_made)
            expert_loss = self.ask(ones, of_real) + self.ask(zeros, of_made)
            forger_loss = self.ask(zeros, of_made)
        expert_weights = self.expert.trainable_variables
        forger_weights = self.trainable_variables
        expert_gradients = expert_tape.gradient(expert_loss, expert_weights)
        forger_gradients = forger_tape.gradient(forger_loss, forger_weights)
        self.expert_optimizer.apply(expert_gradients, expert_weights)
        self.forger_optimizer.apply(forger_gradients, forger_weights)
        return {"expert_loss": expert_loss, "forger_loss": forger_loss}


def after_one_step(kind):
    """What one step makes of a GAN of class ``kind``, from a fixed start, on fixed data."""
    real = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1], [1, 2, -2]], "float32")
    noise = np.array([[4, 0], [-2, 3], [1, -1], [1, 2]], "float32")
    gan = kind()
    gan.compile(run_eagerly=True)
    gan.fit(tf.data.Dataset.from_tensors((real, noise)), shuffle=False, verbose=0)
    expert, forger = gan.expert.layers[-1], gan.forger.layers[-1]
    moving_mean = gan.forger.layers[0].moving_mean
    return {
        "expert": [round(float(weight), 2) for weight in expert.kernel.numpy().ravel()],
        "forger": round(float(forger.bias.numpy()[0]), 2),
        "moving_mean": [round(float(mean), 2) for mean in moving_mean.numpy()],
    }


# %% answer="mended"
### BEGIN SOLUTION
class Mended(Duel):
    def train_step(self, batch):
        real, noise = batch
        with tf.GradientTape() as expert_tape, tf.GradientTape() as forger_tape:
            made = self.forger(noise, training=True)
            of_real = self.expert(real, training=True)
            of_made = self.expert(made, training=True)
            ones, zeros = ops.ones_like(of_real), ops.zeros_like(of_made)
            expert_loss = self.ask(ones, of_real) + self.ask(zeros, of_made)
            forger_loss = self.ask(ones, of_made)
        expert_weights = self.expert.trainable_variables
        forger_weights = self.forger.trainable_variables
        expert_gradients = expert_tape.gradient(expert_loss, expert_weights)
        forger_gradients = forger_tape.gradient(forger_loss, forger_weights)
        self.expert_optimizer.apply(expert_gradients, expert_weights)
        self.forger_optimizer.apply(forger_gradients, forger_weights)
        return {"expert_loss": expert_loss, "forger_loss": forger_loss}


mended = after_one_step(Mended)
### END SOLUTION

# %% check="mended"

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
def _expert(
    filters=(8, 16),
    activation="leaky_relu",
    last=None,
    drop=True,
    strides=2,
    logits=True,
    rate=0.0002,
    beta=0.5,
):
    parts = [keras.Input((16, 16, 1))]
    for count in filters:
        parts.append(layers.Conv2D(count, 4, strides, "same", activation=activation))
    parts += [layers.Flatten(), *([layers.Dropout(0.3)] if drop else [])]
    model = keras.Sequential([*parts, layers.Dense(1, activation=last)])
    loss = keras.losses.BinaryCrossentropy(from_logits=logits)
    model.compile(keras.optimizers.Adam(rate, beta_1=beta), loss)
    return model


def _stacked(frozen=("judge",), copied=False, last=None, made_only=False, order="forger"):
    """Both given models and the answer; ``frozen`` names the models that do not learn."""
    inputs = keras.Input((16,))
    hidden = layers.Dense(40, activation="leaky_relu", name="sketch")(inputs)
    makes = keras.Model(inputs, layers.Dense(64, activation="sigmoid", name="drawn")(hidden))
    seen = keras.Input((64,))
    found = layers.Dense(30, activation="leaky_relu", name="clues")(seen)
    says = keras.Model(seen, layers.Dense(1, name="score")(found))
    used = keras.models.clone_model(says) if copied else says
    for name, model in {"forger": makes, "judge": used}.items():
        model.trainable = name not in frozen
    answer = makes.output if made_only else used(makes.output)
    if last is not None:
        answer = layers.Activation(last)(answer)
    return makes, says, keras.Model(makes.input, answer)


# What the two functions return for steps with known faults; all else is right.
_NOT_SIGNED = {"kernel": [0.559, 0.001, -0.001], "gamma": [-0.574, -3.048, -4.623]}
_INFERENCE = {"kernel": [0.0, 1.0, 0.0], "gamma": [0.5, 1.5, 0.5], "moving_mean": [0.0] * 3}


RUBRIC = Rubric(
    "custom-training",
    [
        value_task(
            "levels",
            levels,
            points=5,
            hints=[
                _(
                    "For each need, ask what it has to see: only the measurements, only the answers, or the gradients too?"
                ),
                _(
                    "A loss is a function of targets and answers; it can weigh errors in any way, but sees no gradients."
                ),
                _(
                    "As long as “one step per batch” fits, fit can keep the loop, even with two networks."
                ),
            ],
            mistakes={
                _(
                    "Two networks fit into one train_step: one step each per batch. A loop of your own would lose the progress bar, validation and callbacks."
                ): {"duel": "loop"},
                _(
                    "The cost of an error depends on target and answer only: a loss is enough, and everything else stays."
                ): {"flood": "train_step"},
                _("Between two epochs a callback is enough; nothing in the step changes."): {
                    "message": "train_step"
                },
                _(
                    "A loss is given targets and answers. The gradient with respect to the images exists only inside the step."
                ): {"nudged": "loss"},
                _(
                    "fit goes through data that exist beforehand. Here each move makes the next data: the rhythm is no longer that of fit."
                ): {"game": "train_step"},
            },
        ),
        value_task(
            "counting",
            counting,
            points=4,
            hints=[
                _("1,000 divided by 32 is not a whole number: what becomes of the rest?"),
                _("The last batch is smaller, but it is a step like any other."),
                _(
                    "A compiled function runs its Python once for each new shape of its arguments, then replays the graph it recorded."
                ),
            ],
            mistakes={
                _("You left out the last batch, which is smaller: it makes a step too."): {
                    "steps": 93
                },
                _(
                    "The last batch has another shape, so the function is traced a second time for it."
                ): {"printed": 1},
                _(
                    "print is Python: in a compiled function it runs while tracing, not at each step."
                ): {"printed": 96},
                _("What has been traced is kept from one epoch to the next."): {"printed": 6},
                _("That is one epoch; the loop runs three."): {"steps": 32},
            },
        ),
        model_task(
            "expert",
            expert,
            [
                Criterion("interface", 1),
                Criterion("equivalent", 3),
                Criterion("loss", 1),
                Criterion("optimizer", 1),
            ],
            hints=[
                _(
                    'In Keras, activation="leaky_relu" has the slope 0.2; the layer LeakyReLU takes its slope as its first argument.'
                ),
                _(
                    "A logit is a score without activation; it is the loss that applies the sigmoid."
                ),
                _(
                    "keras.optimizers.Adam(learning_rate=0.0002, beta_1=0.5) and keras.losses.BinaryCrossentropy(from_logits=True)."
                ),
            ],
            mistakes={
                _(
                    "Your last layer has a sigmoid, but the loss is set up for logits: the sigmoid would be applied twice."
                ): _expert(last="sigmoid"),
                _(
                    "Your loss takes the score for a probability. For a logit, it needs from_logits=True."
                ): _expert(logits=False),
                _(
                    "Your discriminator computes probabilities with a sigmoid and a loss to match. That would work, but a logit is asked for: it is numerically more stable."
                ): _expert(last="sigmoid", logits=False),
                _(
                    "The slope of your leaky ReLU is 0: that is an ordinary ReLU, which lets no gradient through for negative numbers."
                ): _expert(activation="relu"),
                _(
                    "Your two convolutions are the wrong way round: 8 filters come first, then 16."
                ): (_expert(filters=(16, 8))),
                _("beta_1 of your Adam is still 0.9. For this GAN, 0.5 is asked for."): _expert(
                    beta=0.9
                ),
            },
        ),
        model_task(
            "stacked",
            (forger, judge, stacked),
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _("A model is called like a layer: judge(forger.output)."),
                _("Freezing is one line, and it holds for all layers of a model."),
                _(
                    "judge.trainable = False; then keras.Model(forger.input, judge(forger.output)). Do not touch forger.trainable."
                ),
            ],
            mistakes={
                _(
                    "Nothing is frozen: training “stacked” would teach the judge to be fooled."
                ): _stacked(frozen=()),
                _("You froze the forger. It is the judge that must not learn here."): _stacked(
                    frozen=("forger",)
                ),
                _("Both models are frozen: nothing could learn."): _stacked(
                    frozen=("forger", "judge")
                ),
                _(
                    "Your judge is a copy with weights of its own: it knows nothing of what “judge” learns. Call “judge” itself."
                ): _stacked(copied=True),
                _("You return the score after a sigmoid. The judge’s own score is asked for."): (
                    _stacked(last="sigmoid")
                ),
            },
        ),
        value_task(
            "signed",
            signed,
            points=6,
            hints=[
                _(
                    "Start from the train_step of the lesson; only what is given to the optimizer changes."
                ),
                _("ops.sign works on one tensor; the gradients are a list of them."),
                _(
                    'Three things are easily forgotten: training=True, updating the metric whose name is "loss", and returning what self.compute_metrics gives.'
                ),
            ],
            mistakes={
                _("The optimizer has been given the gradients themselves, not their signs."): {
                    **signed,
                    **_NOT_SIGNED,
                },
                _(
                    "The moving mean has not moved: your step calls the model without training=True."
                ): {**signed, **_INFERENCE},
                _("The loss in the history is 0: the metric called “loss” has not been updated."): {
                    **signed,
                    "first_loss": 0.0,
                },
                _("“mae” is missing from the history: return what self.compute_metrics gives."): {
                    **signed,
                    "first_mae": 0.0,
                },
                _("Nothing has learned: no sign has reached optimizer.apply."): {
                    **signed,
                    "kernel": [0.0, 0.0, 0.0],
                    "gamma": [1.0, 1.0, 1.0],
                },
                _(
                    "Only the weights of the dense layer have learned. Take all of self.trainable_variables."
                ): {**signed, "gamma": [1.0, 1.0, 1.0]},
                _(
                    "You are going uphill: the optimizer subtracts what it is given, so give it the sign as it is."
                ): {**signed, "kernel": [-1.0, -1.0, 1.0]},
            },
        ),
        value_task(
            "mended",
            mended,
            points=6,
            hints=[
                _("Compare the code with the description, sentence by sentence."),
                _(
                    "Who is in training mode? What does the forger want to hear? Whose weights does each optimizer change?"
                ),
                _(
                    "The faults are in the line of “made”, in that of “forger_loss” and in that of “forger_weights”."
                ),
            ],
            mistakes={
                _("This is still the class with all three faults."): {
                    "expert": [-0.88, -0.98, -1.05],
                    "forger": -0.43,
                    "moving_mean": [0.0, 0.0],
                },
                _(
                    "The forger is still called without training=True: its moving mean has not moved."
                ): {
                    "expert": [0.11, 0.02, -0.06],
                    "forger": 0.07,
                    "moving_mean": [0.0, 0.0],
                },
                _(
                    "The forger is in training mode now, but the other two faults are still there."
                ): {"expert": [0.81, 0.72, 0.64], "forger": -0.27, "moving_mean": [0.5, 0.5]},
                _(
                    "The forger still wants to hear 0, so it helps the expert. It has to want the expert to answer 1."
                ): {**mended, "forger": -0.27},
                _(
                    "The forger’s optimizer still changes the expert as well: the forger bribes the expert."
                ): {**mended, "expert": [0.81, 0.72, 0.64]},
            },
        ),
    ],
)
