"""Unit 10, lesson: steps, loops and losses of your own. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Maîtriser l’entraînement
#
# Une banque éprouve son lecteur de chèques et demande des chiffres manuscrits que *personne* n’a jamais écrits. On sait en fabriquer : il faut deux réseaux qui s’affrontent, deux optimiseurs, et une perte qui change de camp. `fit` ne sait pas faire cela. **Combien faut-il écrire soi-même, et que peut-on garder ?**
#
# Moins qu’on ne le craint. `fit` est une boucle autour d’un *pas* ; remplacez le pas, gardez la boucle, et avec elle la validation, les *callbacks* (vos fonctions, appelées en chemin), les courbes.
#
# **À la fin de cette leçon, vous saurez :**
#
# - écrire à la main ce que fait `fit`, et montrer que le résultat est le même ;
# - dire ce qui se passe une fois et ce qui se passe à chaque pas quand une fonction est compilée ;
# - choisir, sur une échelle de quatre barreaux, **le plus bas qui suffise** ;
# - écrire un callback, une perte, un `train_step` et un `test_step` ;
# - entraîner un GAN, et voir s’il va bien ou s’il s’effondre.
#
# Comptez 40 minutes. Toute la page s’exécute en moins d’une minute. À chaque **Prédisez**, arrêtez-vous, répondez, *puis* exécutez.
# %% [markdown] lang="en"
# # Training by your own rules
#
# A bank is testing its cheque reader and asks for handwritten digits that *nobody* ever wrote. They can be made: it takes two networks that compete, two optimizers, and a loss that changes sides. `fit` as it comes cannot do that. **How much do you have to write yourself, and what can you keep?**
#
# Less than you may fear. `fit` is a loop around a *step*; replace the step, keep the loop, and with it validation, *callbacks* (functions of yours that are called along the way) and curves.
#
# **By the end of this lesson you will be able to:**
#
# - write by hand what `fit` does, and show that the result is the same;
# - say what happens once and what happens at every step when a function is compiled;
# - choose, on a ladder of four rungs, **the lowest that is enough**;
# - write a callback, a loss, a `train_step` and a `test_step`;
# - train a GAN, and tell whether it is healthy or collapsing.
#
# Allow 40 minutes. The whole page runs in less than a minute. At each **Predict**, stop, answer, *then* run the cell.
# %% [markdown] lang="zh"
# # 自定义训练
#
# 一家快递公司要测试面单识别系统，需要一批*从来没有人*写过的手写数字。这种数字造得出来：要两个互相较量的网络、两个优化器，两方还各有各的损失。`fit` 做不到。**有多少代码非自己写不可，又有哪些可以留下？**
#
# 要写的没有想象的那么多。`fit` 就是围着*一步*（step）转的循环：换掉这一步，留下循环，验证、回调（callback，训练途中会调用的、你写的函数）、曲线就都还在。
#
# **学完本课，你将能够：**
#
# - 亲手写出 `fit` 做的事，并证明结果相同；
# - 说清函数编译之后，哪些只发生一次，哪些每一步都发生；
# - 在四级台阶上，选出**够用的最低一级**；
# - 写出自己的回调、损失、`train_step` 和 `test_step`；
# - 训练一个 GAN，并看出它是健康，还是正在崩溃。
#
# 阅读大约需要 40 分钟，整页运行不到一分钟。每当看到**先预测**，请停下来想一想，写下答案，*再*运行单元格。

# %%
import course

course.use_language(_("en"))

# %%
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from course import data, plots
from keras import layers, ops

keras.utils.set_random_seed(1)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. Ce que `fit` répète
#
# Commençons petit : un lecteur de chiffres sur les scans d’origine, 8 × 8 pixels. Une couche cachée, une normalisation par lot, dix scores sans softmax (la perte s’en chargera, avec `from_logits=True`). Pour comparer des entraînements, il faut **le même départ** : nous gardons les poids de départ, et `fresh` rend à chaque appel un réseau neuf qui en part.
# %% [markdown] lang="en"
# ## 1. What `fit` repeats
#
# Let us start small: a digit reader on the original scans, 8 × 8 pixels. One hidden layer, batch normalisation, ten scores without softmax (the loss takes care of that, with `from_logits=True`). To compare training runs, they must have **the same start**: we keep the first weights, and `fresh` returns a network that starts from them each time.
# %% [markdown] lang="zh"
# ## 1. `fit` 反复做的事
#
# 先从小的开始：用原始的 8 × 8 像素扫描图训练一个认数字的网络。一个隐藏层，一个批归一化，十个不带 softmax 的分数（交给损失处理：`from_logits=True`）。要比较几次训练，**起点必须相同**：我们留下最初的权重，`fresh` 每次返回一个从这里出发的网络。

# %%
scans = data.thumbnails()
x_train, y_train = scans.x_train.reshape(-1, 64), scans.y_train
x_test, y_test = scans.x_test.reshape(-1, 64), scans.y_test

pixels = keras.Input(shape=(64,), name="pixels")
hidden = layers.Dense(32, activation="relu", name="hidden")(pixels)
steady = layers.BatchNormalization(name="steady")(hidden)
scores = layers.Dense(10, name="scores")(steady)
pattern = keras.Model(pixels, scores, name="reader")
start = pattern.get_weights()


def fresh(kind=keras.Model):
    """A network of class ``kind`` with the layout and the first weights of ``pattern``."""
    copy = keras.models.clone_model(pattern)
    model = kind(copy.input, copy.output, name="reader")
    model.set_weights(start)
    return model


print("images:", x_train.shape, "parameters:", f"{pattern.count_params():,}")

# %% alt="Drawing of the reader: 64 pixels, a dense layer of 32, batch normalisation, 10 scores"
plots.model_drawing(pattern)

# %% [markdown] lang="fr"
# **Prédisez.** 1 437 images par lots de 64, cinq époques. Combien de fois l’optimiseur va-t-il changer les poids ?
# %% [markdown] lang="en"
# **Predict.** 1,437 images in batches of 64, five epochs. How many times will the optimizer change the weights?
# %% [markdown] lang="zh"
# **先预测**：1,437 张图像，每批 64 张，五个轮次。优化器一共会修改多少次权重？

# %% alt="Loss falling and accuracy rising over five epochs, in training and in validation"
loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

by_fit = fresh()
by_fit.compile(keras.optimizers.SGD(0.1), loss=loss_function, metrics=["accuracy"])
history = by_fit.fit(
    x_train,
    y_train,
    batch_size=64,
    epochs=5,
    shuffle=False,
    validation_data=(x_test, y_test),
    verbose=0,
)
print("steps:", int(by_fit.optimizer.iterations))
plots.training(history)

# %% [markdown] lang="fr"
# 115 : vingt-deux lots pleins et un dernier de 29 images, cela fait 23 pas par époque, fois cinq. (`shuffle=False` parce que nous allons comparer ; d’ordinaire, on mélange.)
#
# Autre liberté : dans cette unité, le jeu de test sert de validation, car il n’y fait que tracer des courbes. Dès qu’une telle courbe vous sert à *choisir*, un nombre d’époques par exemple, mettez de côté pour cela une partie des images d’entraînement : un jeu de test qui a aidé à choisir ne juge plus.
#
# ## 2. La même boucle, à la main
#
# Un pas tient en quatre gestes : calculer les scores, calculer la perte, remonter aux gradients, corriger les poids. `tf.GradientTape` enregistre les deux premiers comme sur une bande magnétique ; `tape.gradient` la rejoue à l’envers.
# %% [markdown] lang="en"
# 115: twenty-two full batches and a last one of 29 images make 23 steps an epoch, times five. (`shuffle=False` because we are about to compare; normally you would shuffle.)
#
# One more liberty: in this unit the test set serves as validation, since all it does there is draw curves. As soon as you *choose* something by such a curve, a number of epochs, say, set some of the training images aside for that: a test set that has helped to choose no longer judges.
#
# ## 2. The same loop, by hand
#
# A step has four moves: compute the scores, compute the loss, work back to the gradients, correct the weights. `tf.GradientTape` records the first two like a tape recorder; `tape.gradient` plays the tape backwards.
# %% [markdown] lang="zh"
# 115 次：二十二个完整的批次，加上最后一批 29 张，每个轮次 23 步，再乘以五。（这里用 `shuffle=False` 是为了比较，平时应该打乱。）
#
# 还有一处从简：本单元直接拿测试集做验证，因为它在这里只用来画曲线。一旦要根据曲线*做选择*，比如选定轮次数，就应该从训练图像里另外留出一部分：帮你做过选择的测试集，就不能再当评判了。
#
# ## 2. 亲手写同样的循环
#
# 一步有四个动作：算分数，算损失，反推梯度，修改权重。`tf.GradientTape` 像录音机一样录下前两个动作，`tape.gradient` 再把它倒着放一遍。


# %%
def make_step(model, optimizer, training=True):
    optimizer.build(model.trainable_variables)

    def step(images, labels):
        with tf.GradientTape() as tape:
            scores = model(images, training=training)
            loss = loss_function(labels, scores)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss, scores

    return step


# %% [markdown] lang="fr"
# `optimizer.build` prépare l’état de l’optimiseur avant le premier pas. Autour du pas, la boucle ; et les métriques, que `fit` tenait pour vous : on les **vide** au début de chaque époque, on les **nourrit** à chaque lot, on les **lit** à la fin.
# %% [markdown] lang="en"
# `optimizer.build` sets up the optimizer’s memory before the first step. Around the step comes the loop; and the metrics, which `fit` kept for you: **empty** them when an epoch begins, **feed** them at each batch, **read** them at the end.
# %% [markdown] lang="zh"
# `optimizer.build` 在第一步之前备好优化器的内部状态。这一步的外面是循环，还有一直由 `fit` 代管的指标：每个轮次开始时**清空**，每个批次**更新**，结束时**读取**。

# %%
batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(64)


def train(step, epochs=5):
    mean_loss = keras.metrics.Mean()
    accuracy = keras.metrics.SparseCategoricalAccuracy()
    recorded: dict[str, list[float]] = {"loss": [], "accuracy": []}
    for _epoch in range(epochs):
        mean_loss.reset_state()
        accuracy.reset_state()
        for images, labels in batches:
            loss, scores = step(images, labels)
            mean_loss.update_state(loss, sample_weight=len(images))
            accuracy.update_state(labels, scores)
        recorded["loss"].append(float(mean_loss.result()))
        recorded["accuracy"].append(float(accuracy.result()))
    return recorded


# %% [markdown] lang="fr"
# Le dernier lot ne compte que 29 images : sa perte pèse 29, pas 64, d’où `sample_weight`.
#
# **Prédisez.** Partie des mêmes poids, sur les mêmes lots, notre boucle finira-t-elle *près* de `fit`, ou au même endroit ?
# %% [markdown] lang="en"
# The last batch has only 29 images: its loss must count for 29, not 64, hence `sample_weight`.
#
# **Predict.** From the same weights, on the same batches: will our loop end up *near* `fit`, or in the same place?
# %% [markdown] lang="zh"
# 最后一批只有 29 张图像，它的损失只占 29 份，不是 64 份，所以要写 `sample_weight`。
#
# **先预测**：从同样的权重出发，用同样的批次，我们的循环会停在 `fit` 的*附近*，还是同一个地方？


# %% alt="Loss and accuracy recorded by the loop written by hand: the curves of fit"
def distance(one, other):
    """The greatest difference between two networks, over all weights."""
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return max(np.abs(a - b).max() for a, b in pairs)


by_hand = fresh()
recorded = train(make_step(by_hand, keras.optimizers.SGD(0.1)))
print("weights have moved:      ", distance(by_hand, pattern) > 0.1)
print("same weights as fit:     ", distance(by_hand, by_fit) < 1e-3)
for name, values in recorded.items():
    print(
        f"same {name} in each epoch:",
        np.allclose(values, history.history[name], atol=1e-3),
    )
plots.training(recorded)

# %% [markdown] lang="fr"
# Au même endroit. Il n’y a pas de magie dans `fit` : vous venez de l’écrire. Mais regardez ce qui *manque* déjà : pas de validation, pas de callbacks, pas de barre de progression, et les métriques à tenir soi-même.
#
# > **Vous rencontrerez ceci.** `optimizer.apply_gradients(zip(gradients, variables))` : l’ancienne écriture, qui marche toujours. Keras 3 préfère `optimizer.apply(gradients, variables)`.
#
# ## 3. `training=True`, un oubli qui ne fait rien planter
#
# `fit` dit au modèle qu’il s’entraîne. Dans votre boucle, c’est à vous de le dire.
#
# **Prédisez.** On l’oublie. Qu’arrive-t-il à `steady`, qui doit suivre la moyenne de ce qui passe ?
# %% [markdown] lang="en"
# In the same place. There is no magic in `fit`: you have just written it. But see what is *missing* already: no validation, no callbacks, no progress bar, and you have to look after the metrics yourself.
#
# > **You will meet this.** `optimizer.apply_gradients(zip(gradients, variables))`: the older spelling, which still works. Keras 3 prefers `optimizer.apply(gradients, variables)`.
#
# ## 3. `training=True`: forgetting it never crashes
#
# `fit` tells the model that it is training. In your loop, telling it is up to you.
#
# **Predict.** We forget it. What happens to `steady`, which has to keep track of the mean of what passes through it?
# %% [markdown] lang="zh"
# 同一个地方。`fit` 里没有魔法，你刚刚就写了一个。不过也看看已经*少了*什么：没有验证，没有回调，没有进度条，指标也得自己管。
#
# > **你会遇到这种写法**：`optimizer.apply_gradients(zip(gradients, variables))`，这是旧写法，仍然能用。Keras 3 更推荐 `optimizer.apply(gradients, variables)`。
#
# ## 3. `training=True`：忘了也不报错
#
# `fit` 会告诉模型“正在训练”。在你自己的循环里，这句话要由你来说。
#
# **先预测**：如果忘了写，`steady` 会怎样？它本该跟踪流过的数据，记下平均值。

# %%
forgetful = fresh()
train(make_step(forgetful, keras.optimizers.SGD(0.1), training=None), epochs=1)

first_mean = pattern.get_layer("steady").moving_mean.numpy()
for name, model in {"by hand": by_hand, "forgetful": forgetful}.items():
    moved = not np.allclose(model.get_layer("steady").moving_mean, first_mean)
    print(f"{name:9} has tracked the mean: {moved}")

# %% [markdown] lang="fr"
# La moyenne n’a pas bougé : sans `training=True`, la normalisation s’est crue en inférence du premier au dernier pas, et un `Dropout` n’aurait rien éteint. Aucune erreur, un entraînement qui a l’air normal, un autre modèle à l’arrivée. C’est **la** faute des boucles écrites à la main.
#
# ## 4. Ce qui n’arrive qu’une fois
#
# Notre boucle a exécuté le pas en Python, 115 fois : c’est le mode *eager*. `fit`, lui, **compile** : à la première exécution, `tf.function` suit votre code une fois, note les opérations dans un graphe (c’est le *traçage*), et ne rejoue ensuite que ce graphe.
#
# **Prédisez.** Nous mettons un `print` dans le pas. Combien de lignes, pour 115 pas ? Pensez au dernier lot.
# %% [markdown] lang="en"
# The mean has not moved: without `training=True`, the normalisation thought it was in inference from the first step to the last, and a `Dropout` would have turned nothing off. No error, training that looks normal, and a different model at the end. This is **the** classic mistake in loops written by hand.
#
# ## 4. What happens only once
#
# Our loop ran the step in Python, 115 times: that is *eager* mode. `fit` **compiles**: the first time, `tf.function` follows your code once, writes the operations down in a graph (this is called *tracing*), and from then on replays only the graph.
#
# **Predict.** We put a `print` into the step. How many lines, for 115 steps? Think of the last batch.
# %% [markdown] lang="zh"
# 平均值一动没动：没有 `training=True`，归一化层从头到尾都以为自己在做推理；换成 `Dropout`，也一个单元都不会关。没有报错，训练看上去一切正常，最后得到的却是另一个模型。手写循环**最常见**的错误就是它。
#
# ## 4. 只发生一次的事
#
# 我们的循环用 Python 把这一步执行了 115 遍，这叫*即时执行*（eager）。`fit` 则会**编译**：第一次执行时，`tf.function` 跟着你的代码走一遍，把运算记成一张图（这叫*追踪*，tracing），以后只重放这张图。
#
# **先预测**：在这一步里放一个 `print`，跑 115 步会打印几行？想想最后那一批。

# %%
compiled = fresh()
inner_step = make_step(compiled, keras.optimizers.SGD(0.1))


@tf.function
def compiled_step(images, labels):
    print("Python is here, images:", images.shape)
    return inner_step(images, labels)


train(compiled_step)
print("same weights as fit:", distance(compiled, by_fit) < 1e-3)

# %% [markdown] lang="fr"
# Deux : une par *forme* de lot. Les 113 autres pas n’ont pas touché à Python, et c’est ce qui les rend plusieurs fois plus rapides (mesurez avec `%timeit`). Le prix : tout ce qui est du Python pur, un `print`, une liste à remplir, un tirage de `numpy`, n’a lieu qu’au traçage.
#
# **Prédisez.** Deux fonctions compilées tirent un nombre au hasard, l’une avec `numpy`, l’autre avec Keras. On appelle chacune deux fois. Laquelle donne deux nombres différents ?
# %% [markdown] lang="en"
# Two: one for each *shape* of batch. The other 113 steps never touched Python, which is what makes them several times faster (measure it with `%timeit`). The price: whatever is plain Python, a `print`, a list to fill, a draw from `numpy`, happens only during tracing.
#
# **Predict.** Two compiled functions draw a random number, one with `numpy`, the other with Keras. Each is called twice. Which gives two different numbers?
# %% [markdown] lang="zh"
# 两行：每种批次*形状*一行。其余 113 步根本没有碰 Python，所以快好几倍（可以用 `%timeit` 量一量）。代价是：凡是纯 Python 的东西，比如 `print`、往列表里添元素、用 `numpy` 取随机数，都只在追踪时发生。
#
# **先预测**：两个编译过的函数各取一个随机数，一个用 `numpy`，一个用 Keras，各调用两次。哪一个会给出两个不同的数？


# %%
@tf.function
def noise_of_numpy():
    return np.random.normal()


@tf.function
def noise_of_keras():
    return keras.random.normal(())


for library, draw in {"numpy": noise_of_numpy, "keras": noise_of_keras}.items():
    one, other = float(draw()), float(draw())
    print(f"{library}: two different numbers: {one != other}")

# %% [markdown] lang="fr"
# Celui de `numpy` a été tiré au traçage, puis **gravé** dans le graphe. Un GAN se nourrit de bruit : avec `numpy`, il recevrait toujours le même. Prenez `keras.random` et `keras.ops`.
#
# Et pour chercher une erreur, `compile(..., run_eagerly=True)` rend chaque pas à Python, avec ses `print` et son débogueur. Pensez à l’enlever ensuite.
#
# ## 5. L’échelle
#
# Entre « `fit` tel quel » et « tout à la main », il y a des barreaux. À chaque barreau, on écrit plus et on garde moins.
#
# | barreau | vous écrivez | vous voyez | vous gardez |
# |---|---|---|---|
# | **1. callback** | ce qui se passe *entre* les époques ou les lots | le modèle, les mesures | tout |
# | **2. perte**, métrique | une fonction de `y_true` et `y_pred` | un lot, ses réponses | tout |
# | **3. `train_step`** | un pas | les gradients, les variables, plusieurs réseaux | `fit`, validation, callbacks, compilation |
# | **4. boucle** | tout | tout | les couches, les optimiseurs, les métriques |
#
# Et avant le premier barreau, relisez les arguments de ce qui existe : `class_weight` dans `fit`, `clipnorm` ou `gradient_accumulation_steps` dans l’optimiseur ont déjà évité bien des boucles.
#
# ### Barreau 1 : un callback
#
# « Préviens-moi si les 8 se dégradent. » Cela se passe entre deux époques, et rien ne change dans le pas. Ce que l’on ajoute à `logs` rejoint l’historique.
# %% [markdown] lang="en"
# The one from `numpy` was drawn during tracing, then **baked into** the graph. A GAN feeds on noise: with `numpy` it would be given the same noise for ever. Use `keras.random` and `keras.ops`.
#
# To track down a bug, `compile(..., run_eagerly=True)` gives every step back to Python, with its `print` and its debugger. Remember to take it out again.
#
# ## 5. The ladder
#
# Between “`fit` as it is” and “all by hand” there are rungs. With each rung you write more and keep less.
#
# | rung | you write | you see | you keep |
# |---|---|---|---|
# | **1. callback** | what happens *between* epochs or batches | the model, the measurements | everything |
# | **2. loss**, metric | a function of `y_true` and `y_pred` | one batch and its answers | everything |
# | **3. `train_step`** | one step | gradients, variables, several networks | `fit`, validation, callbacks, compilation |
# | **4. loop** | everything | everything | layers, optimizers, metrics |
#
# And before the first rung, reread the arguments of what already exists: `class_weight` in `fit`, `clipnorm` or `gradient_accumulation_steps` in the optimizer have made many a loop unnecessary.
#
# ### Rung 1: a callback
#
# “Tell me if the 8s get worse.” That happens between two epochs, and nothing in the step changes. What you add to `logs` joins the history.
# %% [markdown] lang="zh"
# `numpy` 的随机数在追踪时取出来，从此就**刻**在图里了。GAN 靠噪声过日子：用 `numpy`，它得到的噪声永远一样。请用 `keras.random` 和 `keras.ops`。
#
# 要查错时，`compile(..., run_eagerly=True)` 会把每一步都交还给 Python，`print` 和调试器都能用。查完记得去掉。
#
# ## 5. 四级台阶
#
# 从“直接用 `fit`”到“全部手写”，中间有几级台阶。每上一级，写得更多，能留下的更少。
#
# | 台阶 | 你写什么 | 你看得见什么 | 留下什么 |
# |---|---|---|---|
# | **1. 回调**（callback） | 轮次或批次*之间*要做的事 | 模型、各项测量值 | 全部 |
# | **2. 损失**、指标 | 一个以 `y_true`、`y_pred` 为参数的函数 | 一个批次和它的回答 | 全部 |
# | **3. `train_step`** | 一步 | 梯度、变量、多个网络 | `fit`、验证、回调、编译 |
# | **4. 循环** | 全部 | 全部 | 层、优化器、指标 |
#
# 踏上第一级之前，先重读一遍现成的参数：`fit` 的 `class_weight`，优化器的 `clipnorm` 和 `gradient_accumulation_steps`，已经省掉了许多循环。
#
# ### 第 1 级：回调
#
# “如果数字 8 认得越来越差，就告诉我。”这件事发生在两个轮次之间，一步之内什么都不用改。写进 `logs` 的内容会进入训练历史。


# %%
class WatchEights(keras.callbacks.Callback):
    """Records, after each epoch, how many of the held-out eights are recognised."""

    def on_epoch_end(self, epoch, logs):
        scores = self.model(x_test[y_test == 8], training=False)
        logs["eights"] = float(np.mean(np.argmax(scores, axis=1) == 8))


# %% [markdown] lang="fr"
# ### Barreau 2 : une perte
#
# Lire 9 au lieu de 1 sur un montant coûte plus cher que lire 2. L’entropie croisée l’ignore : pour elle, toutes les erreurs se valent. Ajoutons l’*espérance* de l’écart entre le chiffre lu et le vrai. Une perte est une fonction, écrite avec `keras.ops`, qui rend un nombre pour chaque exemple.
# %% [markdown] lang="en"
# ### Rung 2: a loss
#
# In an amount of money, reading 9 for 1 costs more than reading 2. Crossentropy does not know that: to it, all mistakes are equal. Let us add the *expected* distance between the digit read and the true one. A loss is a function that returns one number per example, written with `keras.ops`.
# %% [markdown] lang="zh"
# ### 第 2 级：损失
#
# 读金额时，把 1 读成 9，代价比读成 2 大。交叉熵并不知道这一点，在它眼里所有错误都一样。我们把“读出的数字与真实数字相差多少”的*期望*加进去。损失就是一个用 `keras.ops` 写的函数，给每个样本返回一个数。


# %% alt="Loss falling and accuracy rising over eight epochs, in training and in validation"
def costly(digit, scores):
    crossentropy = keras.losses.sparse_categorical_crossentropy(
        digit, scores, from_logits=True
    )
    truth = ops.reshape(ops.cast(digit, "float32"), (-1, 1))
    error = ops.abs(ops.arange(10, dtype="float32") - truth)
    return crossentropy + ops.sum(ops.softmax(scores) * error, axis=-1)


teller = fresh()
teller.compile(keras.optimizers.Adam(0.01), loss=costly, metrics=["accuracy"])
watched = teller.fit(
    x_train,
    y_train,
    batch_size=64,
    epochs=8,
    validation_data=(x_test, y_test),
    callbacks=[WatchEights()],
    verbose=0,
)
results = teller.evaluate(x_test, y_test, verbose=0, return_dict=True)
print("recorded:", sorted(watched.history))
print("accuracy >= 0.85:", results["accuracy"] >= 0.85)
plots.training(watched, "loss", "accuracy")

# %% alt="Share of the held-out eights recognised after each of eight epochs"
plots.curves({_("eights recognised"): watched.history["eights"]})

# %% [markdown] lang="fr"
# Sept lignes pour la perte, cinq pour le callback, et tout le reste est resté : validation, historique, compilation.
#
# ### Barreau 3 : `train_step`
#
# Une perte ne voit que les réponses. Dès qu’il faut toucher aux **gradients**, c’est le pas qu’il faut écrire. C’est une méthode du modèle ; `fit` l’appelle à chaque lot et se charge du reste. Voici d’abord celui de Keras, récrit. Cherchez les différences avec votre boucle :
#
# - `compute_loss` applique la perte donnée à `compile` (et les régularisations, s’il y en a) ;
# - `self.metrics` contient toutes les métriques ; `fit` les vide à chaque époque ;
# - `compute_metrics` met à jour celles de `compile` et rend le dictionnaire que verront les callbacks.
# %% [markdown] lang="en"
# Seven lines for the loss, five for the callback, and everything else is still there: validation, history, compilation.
#
# ### Rung 3: `train_step`
#
# A loss sees only the answers. As soon as you must touch the **gradients**, you need the step. It is a method of the model; `fit` calls it for each batch and does the rest. Here is Keras’s own to begin with, rewritten. Look for the differences from your loop:
#
# - `compute_loss` applies the loss given to `compile` (and regularisation, if there is any);
# - `self.metrics` holds all metrics; `fit` empties them at each epoch;
# - `compute_metrics` updates those given to `compile` and returns the dictionary that callbacks will see.
# %% [markdown] lang="zh"
# 损失七行，回调五行，其余的都还在：验证、历史、编译。
#
# ### 第 3 级：`train_step`
#
# 损失只看得见回答。一旦要动**梯度**，就得自己写这一步。它是模型的一个方法，`fit` 对每个批次调用一次，别的照旧。先把 Keras 自带的那一步重写一遍。请找出它与你的循环有哪些不同：
#
# - `compute_loss` 会用上 `compile` 里给的损失（如果有正则化，也一并算入）；
# - `self.metrics` 里是所有指标，每个轮次开始时由 `fit` 清空；
# - `compute_metrics` 更新 `compile` 里的指标，并返回回调将看到的那个字典。


# %%
class Opened(keras.Model):
    def train_step(self, batch):
        images, labels = batch
        with tf.GradientTape() as tape:
            scores = self(images, training=True)
            loss = self.compute_loss(x=images, y=labels, y_pred=scores)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(self.corrected(gradients), self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(images)[0])
        return self.compute_metrics(images, labels, scores)

    def corrected(self, gradients):
        return gradients


def fitted(model, optimizer):
    model.compile(optimizer, loss=loss_function, metrics=["accuracy"])
    return model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=5,
        shuffle=False,
        validation_data=(x_test, y_test),
        verbose=0,
    )


opened = fresh(Opened)
run = fitted(opened, keras.optimizers.SGD(0.1))
print("recorded:", sorted(run.history))
print("same weights as fit:", distance(opened, by_fit) < 1e-3)

# %% [markdown] lang="fr"
# Le même modèle, encore, et la validation est revenue sans une ligne de plus. Maintenant, une raison de le faire : un entraînement qui déraille parfois, et l’on soupçonne des gradients énormes. On veut les **voir**, et les **écrêter** (*clipping*) : si leur longueur totale dépasse 1, la ramener à 1.
#
# La métrique est un attribut : elle rejoint `self.metrics` d’elle-même. La validation a son pas à elle, `test_step` ; elle ne calcule aucun gradient, donc n’a pas de longueur à annoncer.
# %% [markdown] lang="en"
# The same model once more, and validation has come back without another line. Now a reason to do it: training goes off the rails now and then, and we suspect huge gradients. We want to **see** them, and to **clip** them: if their total length exceeds 1, bring it back to 1.
#
# The metric is an attribute: it joins `self.metrics` by itself. Validation has a step of its own, `test_step`; it computes no gradients, so it has no length to report.
# %% [markdown] lang="zh"
# 又是同一个模型，而且验证自己回来了，一行也没有多写。现在来看一个真正的理由：训练有时会跑飞，怀疑是梯度太大。我们想**看到**梯度，还想**裁剪**它（clipping）：总长度超过 1，就缩回到 1。
#
# 指标写成属性，就会自动加入 `self.metrics`。验证有它自己的一步，叫 `test_step`；验证不算梯度，也就没有长度可报。


# %% alt="Loss, accuracy and length of the gradient over five epochs; the length falls"
class Clipped(Opened):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gradient_norm = keras.metrics.Mean(name="gradient_norm")

    def corrected(self, gradients):
        gradients, norm = tf.clip_by_global_norm(gradients, 1.0)
        self.gradient_norm.update_state(norm)
        return gradients

    def test_step(self, batch):
        measured = super().test_step(batch)
        return {name: measured[name] for name in measured if name != "gradient_norm"}


clipped = fresh(Clipped)
run = fitted(clipped, keras.optimizers.SGD(0.1))
norms = run.history["gradient_norm"]
print("recorded:", sorted(run.history))
print("same weights as fit:         ", distance(clipped, by_fit) < 1e-3)
print("the first gradients were long:", norms[0] > 1 and norms[0] > norms[-1])
plots.training(run)

# %% [markdown] lang="fr"
# Les premiers gradients dépassaient 1 en moyenne ; ensuite, ils se calment. Mais soyons honnêtes :
#
# **Prédisez.** Pour écrêter *seulement*, sans regarder, fallait-il tout cela ?
# %% [markdown] lang="en"
# In the first epoch the gradients were longer than 1 on average; then they calmed down. But let us be honest:
#
# **Predict.** To clip *only*, without looking, was all this necessary?
# %% [markdown] lang="zh"
# 最初的梯度平均长度超过 1，后来逐渐平静下来。不过老实说：
#
# **先预测**：如果*只要*裁剪，不用看，非得写这么多吗？

# %%
argument = fresh()
fitted(argument, keras.optimizers.SGD(0.1, global_clipnorm=1.0))
print("one argument, same weights:", distance(argument, clipped) < 1e-3)

# %% [markdown] lang="fr"
# Non : un argument de l’optimiseur suffisait. C’est *mesurer* qui demandait le pas. Gardez ce réflexe : **le barreau le plus bas qui suffise**.
#
# ### Barreau 4 : la boucle
#
# Vous l’avez écrite à la section 2. Elle devient nécessaire quand le *rythme* lui-même n’est plus celui de `fit` : des données que le modèle produit en agissant (apprentissage par renforcement), un entraînement dans l’entraînement (méta-apprentissage). Un GAN, malgré sa réputation, n’en est pas là.
#
# ## 6. Deux réseaux l’un contre l’autre
#
# Revenons à la banque. Un **générateur** reçoit 32 nombres tirés au hasard et rend une image. Un **discriminateur** reçoit une image et rend un score : grand s’il la croit vraie. Le faussaire et l’expert.
# %% [markdown] lang="en"
# No: one argument of the optimizer was enough. It was *measuring* that needed the step. Make it a habit: **the lowest rung that is enough**.
#
# ### Rung 4: the loop
#
# You wrote it in section 2. It becomes necessary when the *rhythm* itself is no longer that of `fit`: data that the model produces by acting (reinforcement learning), training within training (meta-learning). A GAN, despite its reputation, does not go that far.
#
# ## 6. Two networks against each other
#
# Back to the bank. A **generator** takes 32 numbers drawn at random and returns an image. A **discriminator** takes an image and returns a score: high if it believes the image is real. The forger and the expert.
# %% [markdown] lang="zh"
# 不用：优化器的一个参数就够了。只有要*测量*的时候，才真正需要自己写这一步。请养成这个习惯：**选够用的最低一级**。
#
# ### 第 4 级：循环
#
# 你在第 2 节已经写过。只有当*节奏*本身不再是 `fit` 的节奏时，才非用它不可：数据要靠模型的行动产生（强化学习），训练里面套着训练（元学习）。GAN 虽然名声在外，却还用不着它。
#
# ## 6. 两个互相较量的网络
#
# 回到快递公司的需求。**生成器**（generator）接过 32 个随机数，返回一张图像。**判别器**（discriminator）接过一张图像，返回一个分数：越相信是真的，分数越高。一个造假，一个鉴定。

# %% alt="Drawing of the generator: 32 numbers, dense 784, reshape to 7 by 7, two transposed convolutions, 28 by 28"
LATENT = 32


def make_generator():
    up = {"kernel_size": 5, "strides": 2, "padding": "same"}
    return keras.Sequential(
        [
            keras.Input(shape=(LATENT,), name="noise"),
            layers.Dense(7 * 7 * 16, activation="leaky_relu", name="seed"),
            layers.Reshape((7, 7, 16), name="small"),
            layers.Conv2DTranspose(16, activation="leaky_relu", name="up_1", **up),
            layers.Conv2DTranspose(1, activation="sigmoid", name="up_2", **up),
        ],
        name="generator",
    )


generator = make_generator()
print(f"{generator.count_params():,} parameters")
plots.model_drawing(generator)

# %% alt="Drawing of the discriminator: 28 by 28, two convolutions with stride 2, flatten, one score"
down = {"kernel_size": 5, "strides": 2, "padding": "same"}
discriminator = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1), name="image"),
        layers.Conv2D(12, activation="leaky_relu", name="down_1", **down),
        layers.Conv2D(24, activation="leaky_relu", name="down_2", **down),
        layers.Flatten(name="flat"),
        layers.Dense(1, name="real_or_not"),
    ],
    name="discriminator",
)
print(f"{discriminator.count_params():,} parameters")
plots.model_drawing(discriminator)

# %% [markdown] lang="fr"
# Le score n’a pas d’activation : c’est un *logit*. (Entre les couches, une *leaky ReLU* garde un cinquième de ce qui est négatif, au lieu de l’annuler : le gradient passe toujours.) Les deux pertes posent la même question, « vrai ou faux ? », avec des réponses opposées :
#
# - le discriminateur veut 1 pour les vraies images, 0 pour les fausses ;
# - le générateur veut que le discriminateur réponde 1 **aux fausses**.
#
# **Prédisez.** La perte du générateur dépend des poids des deux réseaux. Lesquels son optimiseur doit-il changer ?
# %% [markdown] lang="en"
# The score has no activation: it is a *logit*. (Between the layers, a *leaky ReLU* keeps a fifth of what is negative instead of replacing it by 0: so there is always a gradient.) The two losses ask the same question, “real or not?”, with opposite answers:
#
# - the discriminator wants 1 for real images and 0 for generated ones;
# - the generator wants the discriminator to answer 1 **to generated ones**.
#
# **Predict.** The generator’s loss depends on the weights of both networks. Which ones must its optimizer change?
# %% [markdown] lang="zh"
# 分数没有激活函数，是 *logit*。（各层之间用的 *leaky ReLU* 不把负数变成 0，而是保留它的五分之一，这样梯度总能通过。）两个损失问的是同一个问题：“真的还是假的？”，答案却相反：
#
# - 判别器希望真图像得 1，生成的图像得 0；
# - 生成器希望判别器对**生成的图像**也回答 1。
#
# **先预测**：生成器的损失取决于两个网络的权重。它的优化器应该修改哪些？


# %%
class GAN(keras.Model):
    def __init__(self, generator, discriminator):
        super().__init__()
        self.generator = generator
        self.discriminator = discriminator
        self.means = {
            "discriminator_loss": keras.metrics.Mean(name="discriminator_loss"),
            "generator_loss": keras.metrics.Mean(name="generator_loss"),
        }

    def compile(self, discriminator_optimizer, generator_optimizer, **settings):
        super().compile(**settings)
        self.discriminator_optimizer = discriminator_optimizer
        self.generator_optimizer = generator_optimizer

    def both_losses(self, real, training):
        ask = keras.losses.BinaryCrossentropy(from_logits=True)
        noise = keras.random.normal((ops.shape(real)[0], LATENT))
        made = self.generator(noise, training=training)
        of_real = self.discriminator(real, training=training)
        of_made = self.discriminator(made, training=training)
        ones, zeros = ops.ones_like(of_real), ops.zeros_like(of_made)
        expert = ask(ones, of_real) + ask(zeros, of_made)
        forger = ask(ones, of_made)
        return expert, forger

    def train_step(self, real):
        with tf.GradientTape() as expert_tape, tf.GradientTape() as forger_tape:
            expert, forger = self.both_losses(real, training=True)
        weights = self.discriminator.trainable_variables
        expert_gradients = expert_tape.gradient(expert, weights)
        forged = self.generator.trainable_variables
        forger_gradients = forger_tape.gradient(forger, forged)
        self.discriminator_optimizer.apply(expert_gradients, weights)
        self.generator_optimizer.apply(forger_gradients, forged)
        return self.measured(expert, forger)

    def test_step(self, real):
        return self.measured(*self.both_losses(real, training=False))

    def measured(self, expert, forger):
        self.means["discriminator_loss"].update_state(expert)
        self.means["generator_loss"].update_state(forger)
        return {name: mean.result() for name, mean in self.means.items()}


# %% [markdown] lang="fr"
# Chaque optimiseur ne reçoit que **ses** variables : c’est là que se joue l’affrontement. Donnez au générateur celles du discriminateur, et le faussaire corrompra l’expert au lieu de progresser.
#
# Comptez ce que vous avez écrit : les pertes, le pas. Et ce que vous gardez : `fit`, les lots, le mélange, la validation, la compilation, les callbacks. En voici un justement, qui photographie dix tirages, **toujours les mêmes**, à certains moments.
# %% [markdown] lang="en"
# Each optimizer is given only **its own** variables: that is where the contest takes place. Give the generator those of the discriminator, and the forger would bribe the expert instead of improving.
#
# Count what you have written: the losses, the step. And what you keep: `fit`, batches, shuffling, validation, compilation, callbacks. Here is one, in fact: it photographs ten draws, **always the same ones**, at certain moments.
# %% [markdown] lang="zh"
# 每个优化器只拿到**自己那一方**的变量，较量就体现在这里。如果把判别器的变量交给生成器，造假的就会去收买鉴定的，而不是提高手艺。
#
# 数一数你写了什么：两个损失，一步。再看看留下了什么：`fit`、分批、打乱、验证、编译、回调。这里正好用上一个回调：在几个时刻，让生成器用**始终相同的**十份噪声造图，并拍照留存。


# %%
class Photographs(keras.callbacks.Callback):
    """Keeps what the generator makes of ten fixed draws, at the end of some epochs."""

    def __init__(self, epochs):
        super().__init__()
        self.epochs = epochs
        self.noise = keras.random.normal((10, LATENT), seed=1)
        self.pictures = []

    def on_epoch_end(self, epoch, logs=None):
        if epoch + 1 in self.epochs:
            self.pictures.append(self.model.generator(self.noise)[..., 0])


def adam(learning_rate):
    return keras.optimizers.Adam(learning_rate, beta_1=0.5)


digits = data.digits()
real_train, real_test = digits.x_train[..., np.newaxis], digits.x_test[..., np.newaxis]
photographs = Photographs(epochs=(1, 2, 4, 7, 10))

gan = GAN(generator, discriminator)
gan.compile(adam(0.001), adam(0.002), jit_compile=False)
duel = gan.fit(
    real_train,
    batch_size=32,
    epochs=10,
    validation_data=real_test,
    validation_batch_size=120,
    callbacks=[photographs],
    verbose=0,
)
print("recorded:", sorted(duel.history))

# %% [markdown] lang="fr"
# (`jit_compile=False` : la compilation poussée de XLA prendrait ici plus de temps qu’elle n’en ferait gagner.)
#
# ## 7. Que regarder ?
#
# **Prédisez.** Deux pertes qui s’opposent. Vont-elles descendre toutes les deux ?
# %% [markdown] lang="en"
# (`jit_compile=False`: the heavier compilation by XLA would cost more time here than it saves.)
#
# ## 7. What to look at
#
# **Predict.** Two losses that oppose each other. Will both go down?
# %% [markdown] lang="zh"
# （`jit_compile=False`：在这里，XLA 的深度编译花的时间比省下的还多。）
#
# ## 7. 该看什么
#
# **先预测**：两个损失互相对立，它们会一起下降吗？

# %% alt="Losses of discriminator and generator over 10 epochs: they move up and down around a level"
final = {name: values[-1] for name, values in duel.history.items()}
print("the expert has not won:", final["discriminator_loss"] > 0.1)
print("the forger has not won:", final["generator_loss"] > 0.1)
plots.training(duel)

# %% [markdown] lang="fr"
# Non, et c’est bon signe. Un expert qui dirait toujours « une chance sur deux » aurait pour perte $2 \ln 2$, environ 1,39, et le faussaire $\ln 2$, environ 0,69 : c’est autour de ces valeurs que la partie reste ouverte. Si la perte de l’expert tombe à 0, il a gagné, et le faussaire n’a plus rien à apprendre de ses réponses. La courbe d’un GAN ne dit donc pas s’il *progresse*. Il faut regarder les images, une ligne par moment :
# %% [markdown] lang="en"
# No, and that is a good sign. An expert who always answered “fifty-fifty” would have a loss of $2 \ln 2 ≈ 1.39$, and the forger one of $\ln 2 ≈ 0.69$: around these values the game stays open. If the expert’s loss falls to 0, the expert has won, and the forger has nothing more to learn from its answers. So the curve of a GAN does not tell you whether it is *improving*. You have to look at the pictures, a row for each moment:
# %% [markdown] lang="zh"
# 不会，而这正是好兆头。如果鉴定者总是回答“各占一半”，它的损失是 $2 \ln 2 ≈ 1.39$，造假者的损失是 $\ln 2 ≈ 0.69$：在这两个值附近，胜负未分。如果判别器的损失跌到 0，它就赢了，生成器再也无法从它的回答里学到东西。所以，GAN 的曲线说明不了它有没有*进步*，必须看图像。每个时刻一行：

# %% alt="Rows of ten generated pictures after 1, 2, 4, 7 and 10 epochs: from a grey veil to strokes that look like digits"
rows = []
for epoch in photographs.epochs:
    rows += [epoch] + [""] * 9
plots.images(np.concatenate(photographs.pictures), labels=rows)

# %% [markdown] lang="fr"
# Le nombre au-dessus de chaque rangée est l’époque. D’abord un voile gris qui sait où se trouve l’encre, puis des traits, puis des formes que l’on croit reconnaître ; quelques-unes ne seront jamais un chiffre. Ce sont 10 époques sur 1 437 images ; sur le grand MNIST, ou dix fois plus longtemps, les traits se précisent.
#
# Les yeux se trompent vite ; comptons aussi. Trois questions à 500 images : y a-t-il la bonne quantité d’encre ? sont-elles aussi **diverses** que les vraies ? et combien de chiffres différents y lit notre lecteur de la section 1 (il lit du 8 × 8 : on réduit) ?
# %% [markdown] lang="en"
# The number above each row is the epoch. First a grey veil that knows where the ink is, then strokes, then shapes that you seem to recognise; some will never be a digit. This took 10 epochs on 1,437 images; on the full MNIST, or with ten times the training, the strokes become sharper.
#
# Eyes are easily fooled; let us count as well. Three questions for 500 pictures: is there the right amount of ink? Are they as **varied** as the real ones? And how many different digits does our reader of section 1 find in them (it reads 8 × 8: we shrink them)?
# %% [markdown] lang="zh"
# 每一行上方的数字是轮次。起初是一层灰雾，只知道墨迹大概在哪里；接着出现笔画，再后来是似曾相识的形状，也有一些永远不像数字。这只是 1,437 张图像上的 10 个轮次；换成完整的 MNIST，或者训练十倍的时间，笔画会清楚得多。
#
# 眼睛容易受骗，再来数一数。向 500 张图像提三个问题：墨量对不对？是不是和真的一样**多样**？第 1 节的网络（它读 8 × 8，所以先缩小）从中读出了几种不同的数字？


# %%
def inspected(pictures):
    """Ink, variety (spread of each pixel) and number of digits seen in at least 2% of them."""
    small = ops.image.resize(pictures, (8, 8), antialias=True)
    read = by_fit.predict(ops.reshape(small, (-1, 64)), verbose=0).argmax(axis=1)
    shares = np.bincount(read, minlength=10) / len(read)
    return pictures.mean(), pictures.std(axis=0).mean(), int((shares >= 0.02).sum())


draws = keras.random.normal((500, LATENT), seed=2)
ink, variety, kinds = inspected(generator.predict(draws, verbose=0))
real_ink, real_variety, real_kinds = inspected(real_test)
print("real pictures, kinds of digits:", real_kinds)
print("ink within a third of the real: ", abs(ink / real_ink - 1) < 1 / 3)
print("variety at least half the real: ", variety > real_variety / 2)
print("at least 5 kinds of digits:     ", kinds >= 5)

# %% [markdown] lang="fr"
# ## 8. L’effondrement
#
# Le pire ennemi d’un GAN s’appelle l’**effondrement des modes** (*mode collapse*) : le faussaire trouve *une* image qui passe, et ne fait plus qu’elle. Provoquons-le : un générateur neuf, face à notre expert, qui n’apprend plus (taux d’apprentissage 0).
#
# **Prédisez.** Que deviendra la perte du générateur ? Et son unique image vous trompera-t-elle, *vous* ?
# %% [markdown] lang="en"
# ## 8. Collapse
#
# The worst enemy of a GAN is called **mode collapse**: the forger finds *one* picture that passes, and makes nothing else. Let us provoke it: a new generator, facing our expert, who no longer learns (learning rate 0).
#
# **Predict.** What will become of the generator’s loss? And will its one picture fool *you*?
# %% [markdown] lang="zh"
# ## 8. 崩溃
#
# GAN 最大的敌人叫**模式崩溃**（mode collapse）：造假者找到*一张*能蒙混过关的图像，从此只造这一张。我们来故意引发它：换一个全新的生成器，面对不再学习的判别器（学习率为 0）。
#
# **先预测**：生成器的损失会怎样？它那一张图像，骗得过*你*吗？

# %% alt="The discriminator loss rises, the generator loss falls towards zero"
lone = GAN(make_generator(), discriminator)
lone.compile(keras.optimizers.SGD(0.0), adam(0.002), jit_compile=False)
collapse = lone.fit(real_train, batch_size=32, epochs=4, verbose=0)
losses = collapse.history["generator_loss"]
print("the forger's loss is at least halved:", losses[-1] < losses[0] / 2)
plots.training(collapse)

# %% alt="Ten generated pictures, nearly all the same, and none of them a digit"
same_again = lone.generator.predict(draws, verbose=0)
_ink, variety, _kinds = inspected(same_again)
print("variety below half the real:", variety < real_variety / 2)
plots.images(same_again[:10, ..., 0])

# %% [markdown] lang="fr"
# La perte est magnifique ; l’image, presque toujours la même, ne trompe que l’expert. **Une perte basse ne prouve rien quand le juge ne suit plus.** Dans un vrai entraînement, l’effondrement se reconnaît ainsi : les dix photographies se ressemblent de plus en plus, et la diversité chute. Les remèdes habituels : rendre l’expert plus fort ou plus rapide (deux pas pour lui, un pour le faussaire : une boucle `for` dans votre `train_step`), changer les taux d’apprentissage, changer de perte (Wasserstein).
#
# ## 9. Livrer
#
# La banque n’a besoin ni de l’expert ni de la classe `GAN`. Le générateur est un modèle comme les autres :
# %% [markdown] lang="en"
# The loss is splendid, and the picture, nearly the same every time, fools nobody but the expert. **A low loss proves nothing once the judge has stopped keeping up.** In real training, this is how to recognise collapse: the ten photographs look more and more alike, and variety drops. The usual remedies: make the expert stronger or quicker (two steps for it, one for the forger: a `for` loop in your `train_step`), change the learning rates, change the loss (Wasserstein).
#
# ## 9. Deliver
#
# The bank needs neither the expert nor the `GAN` class. The generator is a model like any other:
# %% [markdown] lang="zh"
# 损失漂亮极了；图像几乎张张相同，却只骗得过判别器。**裁判不再跟进，损失再低也说明不了什么**。在真实的训练里，崩溃是这样看出来的：十张照片越来越像，多样性骤降。常用的办法：让判别器更强或更快（它走两步，生成器走一步，也就是在 `train_step` 里写一个 `for`），调整学习率，或者换一种损失（Wasserstein）。
#
# ## 9. 交付
#
# 快递公司既不需要判别器，也不需要 `GAN` 这个类。生成器就是一个普通的模型：

# %%
generator.save(workshop / "generator.keras")
delivered = keras.models.load_model(workshop / "generator.keras")
same = np.allclose(delivered(draws), generator(draws), atol=1e-5)
print("loads without the class GAN, same pictures:", same)

# %% [markdown] lang="fr"
# ## À retenir
#
# | Je veux… | Le barreau le plus bas |
# |---|---|
# | donner plus de poids à une classe, écrêter, accumuler | un argument : `class_weight`, `clipnorm`, `gradient_accumulation_steps` |
# | mesurer, arrêter, enregistrer entre deux époques | un callback : `on_epoch_end(self, epoch, logs)` |
# | punir certaines erreurs plus que d’autres | une perte : `def costly(y_true, y_pred)` |
# | toucher aux gradients, entraîner deux réseaux | `train_step`, et `test_step` si la validation change aussi |
# | un rythme qui n’est plus celui de `fit` | votre boucle, dans `@tf.function` |
#
# - Un pas : scores, perte, gradients, `optimizer.apply(gradients, variables)`.
# - `training=True` dans le pas, toujours ; l’oublier ne fait rien planter.
# - Dans une fonction compilée, Python ne passe qu’au traçage : demandez le bruit à `keras.random`, non à `numpy`.
# - Deux réseaux, deux optimiseurs : à chacun **ses** variables.
# - Un GAN se juge à ses images et à leur diversité, pas à ses pertes.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), six questions, du bon barreau à un pas d’entraînement à réparer.
# - La documentation de Keras (en anglais) : [`train_step` avec TensorFlow](https://keras.io/guides/custom_train_step_in_tensorflow/), [une boucle à soi](https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/), [écrire ses callbacks](https://keras.io/guides/writing_your_own_callbacks/), [un GAN complet](https://keras.io/examples/generative/dcgan_overriding_train_step/).
# - L’article d’origine : I. Goodfellow et ses collègues, « Generative Adversarial Networks », 2014.
# %% [markdown] lang="en"
# ## What to remember
#
# | I want… | The lowest rung |
# |---|---|
# | to give a class more weight, to clip, to accumulate | an argument: `class_weight`, `clipnorm`, `gradient_accumulation_steps` |
# | to measure, stop or save between epochs | a callback: `on_epoch_end(self, epoch, logs)` |
# | to punish some mistakes more than others | a loss: `def costly(y_true, y_pred)` |
# | to touch the gradients, to train two networks | `train_step`, and `test_step` if validation changes too |
# | a rhythm that is no longer that of `fit` | your loop, in `@tf.function` |
#
# - A step: scores, loss, gradients, `optimizer.apply(gradients, variables)`.
# - `training=True` in the step, always; forgetting it never crashes.
# - In a compiled function, Python runs only during tracing: noise from `keras.random`, not from `numpy`.
# - Two networks, two optimizers: to each **its own** variables.
# - A GAN is judged by its pictures and their variety, not by its losses.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), six questions, from the right rung to a training step to mend.
# - Keras’s own guides: [`train_step` with TensorFlow](https://keras.io/guides/custom_train_step_in_tensorflow/), [a loop of your own](https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/), [writing callbacks](https://keras.io/guides/writing_your_own_callbacks/), [a complete GAN](https://keras.io/examples/generative/dcgan_overriding_train_step/).
# - The original paper: I. Goodfellow and others, “Generative Adversarial Networks”, 2014.
# %% [markdown] lang="zh"
# ## 要点回顾
#
# | 我想…… | 最低的一级 |
# |---|---|
# | 加重某一类的权重、裁剪、累积梯度 | 一个参数：`class_weight`、`clipnorm`、`gradient_accumulation_steps` |
# | 在两个轮次之间测量、停止、保存 | 回调：`on_epoch_end(self, epoch, logs)` |
# | 让某些错误受到更重的惩罚 | 损失：`def costly(y_true, y_pred)` |
# | 动梯度、训练两个网络 | `train_step`；如果验证也要改，再加 `test_step` |
# | 节奏不再是 `fit` 的节奏 | 自己的循环，放进 `@tf.function` |
#
# - 一步就是：分数、损失、梯度、`optimizer.apply(gradients, variables)`。
# - 训练的一步里，永远写上 `training=True`；忘了也不会报错。
# - 编译过的函数里，Python 只在追踪时出现：噪声用 `keras.random`，不要用 `numpy`。
# - 两个网络，两个优化器：各管**自己的**变量。
# - 评判 GAN 要看图像和多样性，不看损失。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，六道题，从选对台阶到修好一步训练。
# - Keras 官方指南（英文）：[TensorFlow 下的 `train_step`](https://keras.io/guides/custom_train_step_in_tensorflow/)、[自己写循环](https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/)、[编写回调](https://keras.io/guides/writing_your_own_callbacks/)、[完整的 GAN](https://keras.io/examples/generative/dcgan_overriding_train_step/)。
# - 原始论文：I. Goodfellow 等，“Generative Adversarial Networks”，2014 年。
