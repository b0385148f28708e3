"""Unit 01, lesson: models as stacks of layers. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Sequential : des couches en pile
#
# Un bras articulé inspecte l’intérieur d’un réacteur. Son simulateur sait dire jusqu’où il s’étend, mais il met une minute par position, et l’opérateur en essaie mille. Un petit réseau pourrait-il apprendre la réponse à partir d’exemples, et la donner aussitôt ? Et d’abord : **quelle est la façon la plus courte d’écrire un réseau, et jusqu’où suffit-elle ?**
#
# La plus courte, c’est une liste : des couches, l’une après l’autre. Keras l’appelle `Sequential`.
#
# **À la fin de cette leçon, vous saurez :**
#
# - écrire une pile, compter ses paramètres avant de la construire, l’entraîner et l’interroger ;
# - la construire plus tard, lui ajouter une couche, lui en retirer une, sans tomber dans le piège ;
# - choisir une couche d’après la forme des données : convolution, récurrence, plongement, et dire ce qui entre et ce qui sort ;
# - expliquer quelles couches changent de comportement entre l’entraînement et l’inférence ;
# - reconnaître le moment où une pile ne suffit plus.
#
# Comptez 40 minutes. Quand vous lisez **Prédisez**, répondez *avant* d’exécuter.
# %% [markdown] lang="en"
# # Sequential: a stack of layers
#
# A jointed arm inspects the inside of a reactor. Its simulator can tell how far it reaches, but takes a minute for each position, and the operator tries a thousand. Could a small network learn the answer from examples, and give it at once? And to begin with: **what is the shortest way to write a network, and how far does it take you?**
#
# The shortest is a list: layers, one after another. Keras calls it `Sequential`.
#
# **By the end of this lesson you will be able to:**
#
# - write a stack, count its parameters before building it, train it and query it;
# - build it later, add a layer, take one off, without falling into the trap;
# - choose a layer by the shape of the data: convolution, recurrence, embedding, and say what goes in and what comes out;
# - explain which layers behave differently in training and in inference;
# - tell when a stack is no longer enough.
#
# Allow 40 minutes. Where you read **Predict**, answer *before* you run the cell.
# %% [markdown] lang="zh"
# # Sequential：层的堆叠
#
# 一条多关节机械臂伸进反应堆里做检查。仿真程序能算出它伸到了多远，但每个姿态要算一分钟，而操作员一次要试上千个姿态。能不能让一个小网络从样本中学会，当场给出答案？首先要问：**写一个网络，最短的写法是什么？这种写法够用到什么程度？**
#
# 最短的写法就是一个列表：一层接一层。在 Keras 里它叫 `Sequential`。
#
# **学完本课，你将能够：**
#
# - 写出一个层的堆叠，搭建之前就算出参数量，并训练它、用它预测；
# - 推迟构建，添加一层、去掉一层，而且不踩坑；
# - 根据数据的形状选择层：卷积、循环、嵌入，并说出输入和输出各是什么形状；
# - 说明哪些层在训练和推理时表现不同；
# - 判断什么时候堆叠已经不够用。
#
# 阅读大约需要 40 分钟。每当看到**先预测**，请先想好答案，*再*运行。

# %%
import course

course.use_language(_("en"))

# %%
import warnings

import keras
import numpy as np
from course import data, plots
from keras import layers

keras.utils.set_random_seed(1)

# %% [markdown] lang="fr"
# ## 1. Un bras, huit articulations
#
# Chaque articulation tourne d’un angle compris entre −60° et 60°, donné en radians : huit nombres en entrée. En sortie, un seul : la distance de la base (carré) à la main (rond), le bras tendu mesurant 1. Nous avons généré 3 000 positions par le calcul ; un cinquième est mis de côté pour le test. Faisons comme si nous ignorions la trigonométrie.
# %% [markdown] lang="en"
# ## 1. One arm, eight joints
#
# Each joint turns by an angle between −60° and 60°, given in radians: eight numbers go in. One comes out: the distance from the base (square) to the hand (dot), taking the length of the fully stretched arm as 1. We have generated 3,000 positions by calculation; one fifth is set aside for the test. Let us pretend that we know no trigonometry.
# %% [markdown] lang="zh"
# ## 1. 一条机械臂，八个关节
#
# 每个关节可以在 −60° 到 60° 之间转动，角度用弧度表示：输入是八个数。输出只有一个数：从基座（方块）到末端（圆点）的距离，手臂完全伸直时长度为 1。我们用公式生成了 3,000 个姿态，其中五分之一留作测试集。现在，就当我们不懂三角学。

# %% alt="Ten positions of an arm with eight joints; above each, how far the hand is from the base"
arms = data.arms()
print(
    "x_train:", arms.x_train.shape, arms.x_train.dtype, "y_train:", arms.y_train.shape
)
print("x_test: ", arms.x_test.shape, arms.x_test.dtype, "y_test: ", arms.y_test.shape)
plots.paths(
    data.joints(arms.x_train[:10]), labels=[f"{y:.2f}" for y in arms.y_train[:10, 0]]
)

# %% [markdown] lang="fr"
# ## 2. Une liste de couches
#
# D’abord l’entrée, puis les couches dans l’ordre où les données les traversent. Chacune reçoit ce que la précédente a rendu ; il n’y a rien d’autre à préciser.
#
# **Prédisez.** Combien de paramètres, couche par couche ? Une couche dense a un poids par paire (entrée, unité) et un biais par unité. Et les deux ReLU ?
# %% [markdown] lang="en"
# ## 2. A list of layers
#
# First the input, then the layers in the order in which data go through them. Each takes what the one before has returned; there is nothing else to say.
#
# **Predict.** How many parameters, layer by layer? A dense layer has one weight for each pair (input, unit) and one bias for each unit. And the two ReLUs?
# %% [markdown] lang="zh"
# ## 2. 一个由层组成的列表
#
# 先写输入，再按数据经过的顺序写各层。每一层接收前一层的结果，别的什么都不用说明。
#
# **先预测**：每一层各有多少个参数？全连接层中，每一对（输入，单元）有一个权重，每个单元有一个偏置。那两个 ReLU 呢？

# %%
reach = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.Dense(64, name="hidden_1"),
        layers.ReLU(name="relu_1"),
        layers.Dense(32, name="hidden_2"),
        layers.ReLU(name="relu_2"),
        layers.Dense(1, name="distance"),
    ],
    name="reach",
)
reach.summary()

# %% [markdown] lang="fr"
# 8 × 64 + 64 = 576, puis 64 × 32 + 32 = 2 080, puis 32 + 1 = 33 : **2 689** en tout. Une ReLU n’apprend rien : elle remplace par 0 ce qui est négatif.
#
# `None` est la taille du lot (*batch*). On ne l’écrit jamais dans `Input(shape=(8,))` : le modèle lira une position ou dix mille.
# %% [markdown] lang="en"
# 8 × 64 + 64 = 576, then 64 × 32 + 32 = 2,080, then 32 + 1 = 33: **2,689** in all. A ReLU learns nothing: it replaces what is negative by 0.
#
# `None` is the batch size. You never write it in `Input(shape=(8,))`: the model will read one position or ten thousand.
# %% [markdown] lang="zh"
# 8 × 64 + 64 = 576，64 × 32 + 32 = 2,080，32 + 1 = 33，合计 **2,689**。ReLU 不学任何东西，只把负数换成 0。
#
# `None` 是批次（batch）大小，从不写进 `Input(shape=(8,))`：模型既能读一个姿态，也能读一万个。

# %% alt="Drawing of the reach model: hidden_1 64, relu_1, hidden_2 32, relu_2, distance 1, in a row"
plots.model_drawing(reach)

# %% [markdown] lang="fr"
# Une seule colonne, sans fourche : voilà à quoi l’on reconnaît une pile.
#
# D’ordinaire, on écrit l’activation *dans* la couche dense. **Prédisez.** Avec les mêmes poids, ces deux écritures donnent-elles les mêmes réponses ?
# %% [markdown] lang="en"
# A single column without a fork: that is how you know a stack.
#
# The activation is usually written *inside* the dense layer. **Predict.** With the same weights, do the two ways of writing it give the same answers?
# %% [markdown] lang="zh"
# 只有一列，没有分叉，这就是堆叠的样子。
#
# 激活函数通常直接写*在*全连接层里。**先预测**：权重相同时，两种写法的结果一样吗？

# %%
shorter = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(1),
    ]
)
shorter.set_weights(reach.get_weights())
same = np.allclose(shorter(arms.x_test), reach(arms.x_test), atol=1e-6)
print(len(reach.layers), "layers or", len(shorter.layers), "- same answers:", same)
print(f"{shorter.count_params():,} parameters")

# %% [markdown] lang="fr"
# C’est le même modèle. La couche séparée sert quand on veut glisser quelque chose entre le calcul et l’activation, une normalisation par exemple.
#
# > **Vous rencontrerez ceci.** Du code ancien donne la taille de l’entrée à la première couche : `Dense(64, input_dim=8)`. Que répond Keras 3 ?
# %% [markdown] lang="en"
# It is the same model. The separate layer is useful when something is to go between the calculation and the activation, such as a normalisation.
#
# > **You will meet this.** Old code gives the size of the input to the first layer: `Dense(64, input_dim=8)`. What does Keras 3 say?
# %% [markdown] lang="zh"
# 它们是同一个模型。如果要在计算和激活之间插入别的层（比如归一化），就需要单独的激活层。
#
# > **你会遇到这种写法**：旧代码把输入大小写在第一层里：`Dense(64, input_dim=8)`。Keras 3 会怎么说？

# %%
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    keras.Sequential([layers.Dense(64, input_dim=8)])
print(caught[0].category.__name__, "-", str(caught[0].message).split(". ")[1])

# %% [markdown] lang="fr"
# Cela marche encore, et Keras vous renvoie à `Input`. Suivez-le : l’entrée se lit alors d’un coup d’œil, et toute couche peut venir en premier.
#
# ## 3. Entraîner, évaluer, prédire
#
# Ce que nous prédisons est une quantité : c’est une **régression**. La dernière couche n’a donc pas d’activation, et peut répondre n’importe quel nombre. `compile` choisit l’optimiseur, la perte (l’erreur quadratique moyenne, `mse`) et une métrique plus parlante : l’erreur absolue moyenne (*mean absolute error*), `mae`. `fit` réserve les derniers 10 % du jeu d’entraînement à la validation.
#
# **Prédisez.** Un réseau qui répondrait toujours la distance moyenne se tromperait de 0,12 environ. Le nôtre fera-t-il deux fois mieux ? Quatre fois ?
# %% [markdown] lang="en"
# It still works, and Keras points you to `Input`. Follow the advice: the input can then be read at a glance, and any layer can come first.
#
# ## 3. Train, evaluate, predict
#
# What we predict is a quantity, which is called **regression**: so the last layer has no activation, and can answer any number. `compile` chooses the optimizer, the loss (mean squared error, `mse`) and a metric that speaks more plainly: the mean absolute error, `mae`. `fit` keeps the last 10% of the training set for validation.
#
# **Predict.** A network that always answered the average distance would be off by about 0.12. Will ours do twice as well? Four times?
# %% [markdown] lang="zh"
# 这样写仍然能用，但 Keras 建议改用 `Input`。听它的吧：输入一目了然，而且任何层都可以放在第一位。
#
# ## 3. 训练、评估、预测
#
# 要预测的是一个数量，这叫**回归**（regression），所以最后一层不带激活函数：任何数都答得出来。`compile` 选定优化器、损失（均方误差，`mse`），再加一个更直观的指标：平均绝对误差，`mae`。`fit` 把训练集最后的 10% 留作验证。
#
# **先预测**：如果永远回答平均距离，误差大约是 0.12。我们的网络能把误差减半吗？能降到四分之一吗？

# %% alt="Loss and mean absolute error fall over 20 epochs, in training and in validation alike"
reach.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.005), loss="mse", metrics=["mae"]
)
history = reach.fit(
    arms.x_train,
    arms.y_train,
    batch_size=64,
    epochs=20,
    validation_split=0.1,
    verbose=0,
)
plots.training(history)

# %%
always_the_mean = np.abs(arms.y_test - arms.y_train.mean()).mean()
results = reach.evaluate(arms.x_test, arms.y_test, verbose=0, return_dict=True)
print("measured:", sorted(results))
print("always the mean, off by:", always_the_mean.round(2))
print("error at least 4 times smaller:", results["mae"] < always_the_mean / 4)

# %% [markdown] lang="fr"
# Plus de quatre fois, sur des positions jamais vues. Et la courbe de validation descend avec celle d’entraînement jusqu’au bout : le réseau n’a pas appris ses exemples par cœur (ce serait du *surapprentissage*), car les données sont nombreuses et sans bruit.
#
# `predict` rend une ligne pour chaque exemple, et une colonne pour chaque unité de la dernière couche. Au-dessus de chaque bras, la prédiction ; entre parenthèses, la vraie distance.
# %% [markdown] lang="en"
# More than four times as well, on positions never seen. And the validation curve falls along with the training curve to the end: the network has not learned its examples by heart (that would be *overfitting*), for the data are plentiful and free of noise.
#
# `predict` returns one row for each example and one column for each unit of the last layer. Above each arm stands the prediction; in brackets, the true distance.
# %% [markdown] lang="zh"
# 误差连四分之一都不到，而且是在从没见过的姿态上。验证曲线自始至终和训练曲线一起下降：这里没有**过拟合**（只把训练样本背下来，遇到新样本就不灵），因为数据充足，而且没有噪声。
#
# `predict` 为每个样本返回一行，最后一层有几个单元就有几列。下图每条手臂上方是预测值，括号里是真实距离。

# %% alt="Ten test arms; the predicted distance above each is close to the true one in brackets"
answers = reach.predict(arms.x_test[:10], verbose=0)
print("shape:", answers.shape)
labels = [
    f"{answer:.2f} ({truth:.2f})"
    for answer, truth in zip(answers[:, 0], arms.y_test[:10, 0], strict=True)
]
plots.paths(data.joints(arms.x_test[:10]), labels=labels)

# %% [markdown] lang="fr"
# ### À quoi sert une ReLU ?
#
# Refaisons la pile sans les ReLU, cette fois une couche à la fois, avec `add` : commode dans une boucle. Autant de paramètres ; quatre époques suffiront pour voir.
#
# **Prédisez.** Que va-t-elle apprendre ?
# %% [markdown] lang="en"
# ### What is a ReLU for?
#
# Let us make the stack again without its ReLUs, this time one layer at a time with `add`, which is handy in a loop. The number of parameters is the same; four epochs will be enough to see.
#
# **Predict.** What will it learn?
# %% [markdown] lang="zh"
# ### ReLU 有什么用？
#
# 去掉 ReLU，重新搭一个堆叠。这次用 `add` 一层一层地加，写在循环里很方便。参数一样多，训练四个轮次就能看出结果。
#
# **先预测**：它能学到什么？

# %% alt="Without ReLU, the error hardly falls: the curves are flat from the second epoch on"
flat = keras.Sequential([keras.Input(shape=(8,))], name="flat")
for units in (64, 32, 1):
    flat.add(layers.Dense(units))

flat.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.005), loss="mse", metrics=["mae"]
)
history = flat.fit(
    arms.x_train,
    arms.y_train,
    batch_size=64,
    epochs=4,
    validation_split=0.1,
    verbose=0,
)
error = flat.evaluate(arms.x_test, arms.y_test, verbose=0, return_dict=True)["mae"]
print(f"{flat.count_params():,} parameters")
print("even 10% better than the mean:", error < 0.9 * always_the_mean)
plots.training(history)

# %% [markdown] lang="fr"
# Rien, ou presque. Sans activation, chaque couche est un produit de matrices, et une chaîne de produits n’est qu’un seul produit. Vérifions : multiplions les trois couches, et rangeons le résultat dans **une** couche d’une unité.
# %% [markdown] lang="en"
# Next to nothing. Without activations, each layer is a product of matrices, and a chain of products is just one product. Let us check: multiply the three layers, and put the result into **one** layer of one unit.
# %% [markdown] lang="zh"
# 几乎什么也没学到。没有激活函数，每一层都只是一次矩阵乘法，连乘几次，还是一次矩阵乘法。验证一下：把三层乘到一起，放进**一个**只有一个单元的层里。

# %%
kernel, bias = np.eye(8), np.zeros(8)
for layer in flat.layers:
    layer_kernel, layer_bias = layer.get_weights()
    kernel, bias = kernel @ layer_kernel, bias @ layer_kernel + layer_bias

single = keras.Sequential([keras.Input(shape=(8,)), layers.Dense(1)])
single.set_weights([kernel, bias])
same = np.allclose(single(arms.x_test), flat(arms.x_test), atol=1e-4)
print("same answers:", same, "- with", single.count_params(), "parameters")

# %% [markdown] lang="fr"
# 2 689 paramètres faisaient le travail de 9. Or une distance n’est pas linéaire : pliez le bras vers la gauche ou vers la droite, tous les angles changent de signe, et la distance reste la même. Retenez ce miroir, il reviendra.
#
# ## 4. Construire plus tard
#
# On peut omettre `Input`. **Prédisez.** Combien de poids a cette pile, tant qu’elle n’a rien vu ?
# %% [markdown] lang="en"
# 2,689 parameters were doing the work of 9. But a distance is not linear: bend the arm to the right instead of the left, and all angles change sign, while the distance stays the same. Remember this mirror: it will come back.
#
# ## 4. Build later
#
# `Input` may be left out. **Predict.** How many weights does this stack have before it has seen anything?
# %% [markdown] lang="zh"
# 2,689 个参数，干的是 9 个参数的活。而距离不是线性的：手臂向左弯还是向右弯，所有角度都变号，距离却不变。记住这个镜像，后面还会用到。
#
# ## 4. 推迟构建
#
# `Input` 可以不写。**先预测**：还没见过任何数据时，这个堆叠有多少个权重？

# %%
later = keras.Sequential(
    [layers.Dense(64), layers.ReLU(), layers.Dense(1)], name="later"
)
print("built:", later.built, "- weight arrays:", len(later.weights))
try:
    later.count_params()
except ValueError as error:
    print("ValueError:", str(error).split(". ")[0])

# %% [markdown] lang="fr"
# Aucun : sans savoir combien de nombres arrivent, impossible de dimensionner la première matrice. C’est la **construction différée** (*deferred building*). Elle se fait au premier appel sur des données (donc aussi par `fit`), ou à la demande.
# %% [markdown] lang="en"
# None: without knowing how many numbers come in, the first matrix has no size. This is **deferred building**. It happens at the first call on data (so by `fit`, too), or on request.
# %% [markdown] lang="zh"
# 一个也没有：不知道输入有几个数，第一个矩阵的大小就定不下来。这叫**推迟构建**（deferred building）。第一次用数据调用时（`fit` 也算）才会构建，也可以主动要求构建。

# %%
print("answer:", later(arms.x_test[:5]).shape)
print("built:", later.built, f"- {later.count_params():,} parameters")

on_request = keras.Sequential([layers.Dense(64), layers.ReLU(), layers.Dense(1)])
on_request.build((None, 8))
print("output:", on_request.output_shape, f"- {on_request.count_params():,} parameters")

# %% [markdown] lang="fr"
# Attention, `build((None, 8))` veut la taille du lot, alors que `Input(shape=(8,))` n’en veut pas.
#
# Quand différer ? Quand le code qui écrit la pile ne connaît pas encore la taille des données ; une fois la pile construite, cette taille est fixée. Dans tous les autres cas, mettez `Input` : le résumé est complet tout de suite, et une erreur de forme se montre à la ligne qui la cause, et non au premier lot.
#
# ## 5. Retirer une couche, en ajouter une autre
#
# Une pile se dépile : `pop` enlève la dernière couche. Travaillons sur une copie de `reach`, poids compris.
#
# **Prédisez.** On retire la dernière couche, entraînée, et l’on en ajoute une toute neuve. `predict` donnera-t-il les mêmes réponses qu’avant ?
# %% [markdown] lang="en"
# Note that `build((None, 8))` wants the batch size, whereas `Input(shape=(8,))` does not.
#
# When should you defer? When the code that writes the stack does not know the size of the data yet; once the stack is built, that size is fixed. In all other cases, put an `Input`: the summary is complete at once, and a shape error shows on the line that causes it, not at the first batch.
#
# ## 5. Take a layer off, add another
#
# Stacks can be unstacked: `pop` takes off the last layer. Let us work on a copy of `reach`, weights included.
#
# **Predict.** We take off the last layer, which is trained, and add a brand-new one. Will `predict` give the same answers as before?
# %% [markdown] lang="zh"
# 注意：`build((None, 8))` 要写批次大小，而 `Input(shape=(8,))` 不写。
#
# 什么时候推迟构建？写堆叠的代码还不知道数据有多大的时候。一旦构建，大小就固定了。除此之外，都请写上 `Input`：`summary` 立刻就是完整的；形状有错，出错的那一行当场就会报，不必等到第一个批次。
#
# ## 5. 去掉一层，换上一层
#
# 能堆上去，也能拿下来：`pop` 去掉最后一层。我们在 `reach` 的副本上操作，权重也一起复制。
#
# **先预测**：去掉训练好的最后一层，换上一个全新的层。`predict` 的结果会和原来一样吗？

# %%
copy = keras.models.clone_model(reach)
copy.set_weights(reach.get_weights())
copy.compile(loss="mse")
before = copy.predict(arms.x_test, verbose=0)

copy.pop()
print("after pop:", copy.output_shape, f"- {copy.count_params():,} parameters")
copy.add(layers.Dense(1, name="new_distance"))
print("after add:", copy.output_shape, f"- {copy.count_params():,} parameters")


def same_as_before(answers):
    return np.allclose(answers, before, atol=1e-3)


print("called, same answers:      ", same_as_before(copy(arms.x_test)))
print(
    "predict, same answers:     ", same_as_before(copy.predict(arms.x_test, verbose=0))
)
copy.compile(loss="mse")
print(
    "compiled again, same ones: ", same_as_before(copy.predict(arms.x_test, verbose=0))
)

# %% [markdown] lang="fr"
# Voilà le piège. La pile a bien changé : appelée directement, elle répond autre chose, car la nouvelle couche n’a rien appris. Mais `predict` avait préparé son calcul une fois pour toutes, et continue avec **l’ancienne** couche, sans un mot. Règle : après `pop` ou `add`, appelez de nouveau `compile`.
#
# Les autres couches, elles, ont gardé leurs poids. C’est l’usage principal de `pop` : changer la tête d’un modèle entraîné, c’est-à-dire ses dernières couches.
#
# ## 6. Le tour des couches
#
# Une pile de couches denses lit des nombres sans ordre ni voisinage. Choisissez plutôt la couche d’après la forme d’**un** exemple :
#
# | un exemple est… | sa forme | couches |
# |---|---|---|
# | des mesures | `(8,)` | `Dense` |
# | une suite | `(instants, mesures)` | `Conv1D`, `GRU`, `LSTM` |
# | une image | `(lignes, colonnes, canaux)` | `Conv2D` |
# | un film, un volume | `(instants, lignes, colonnes, canaux)` | `Conv3D`, `ConvLSTM2D` |
# | des numéros de mots | `(mots,)`, entiers | `Embedding`, puis une suite |
#
# Pour chaque couche, trois questions : quelle forme entre, laquelle sort, combien de paramètres ? Une petite fonction répond aux trois, en mettant la couche seule dans une pile.
# %% [markdown] lang="en"
# There is the trap. The stack has indeed changed: called directly, it answers something else, since the new layer has learned nothing. But `predict` had prepared its computation once and for all, and goes on with **the old** layer, without a word. The rule: after `pop` or `add`, call `compile` again.
#
# The other layers have kept their weights. That is what `pop` is mostly used for: to change the head, that is, the last layers, of a trained model.
#
# ## 6. A tour of the layers
#
# A stack of dense layers reads numbers without order or neighbours. Choose a layer by the shape of **one** example instead:
#
# | one example is… | its shape | layers |
# |---|---|---|
# | measurements | `(8,)` | `Dense` |
# | a sequence | `(steps, features)` | `Conv1D`, `GRU`, `LSTM` |
# | an image | `(rows, columns, channels)` | `Conv2D` |
# | a film, a volume | `(steps, rows, columns, channels)` | `Conv3D`, `ConvLSTM2D` |
# | word numbers | `(words,)`, integers | `Embedding`, then a sequence |
#
# For each layer, three questions: what shape goes in, what comes out, how many parameters? One function asks all three by putting the layer alone in a stack.
# %% [markdown] lang="zh"
# 坑就在这里。堆叠确实变了：直接调用，结果不同，因为新的层什么都没学过。可是 `predict` 早已把计算过程准备好，会不声不响地继续用**旧的**那一层。规矩是：`pop` 或 `add` 之后，重新调用 `compile`。
#
# 其余各层的权重都还在。`pop` 的主要用途正在于此：给训练好的模型换一个输出头（head，最后的那几层）。
#
# ## 6. 各类层一览
#
# 全连接层读的是一组没有先后、也没有相邻关系的数。更好的做法是根据**一个**样本的形状来选层：
#
# | 一个样本是…… | 形状 | 层 |
# |---|---|---|
# | 若干测量值 | `(8,)` | `Dense` |
# | 序列 | `(时间步, 特征)` | `Conv1D`、`GRU`、`LSTM` |
# | 图像 | `(行, 列, 通道)` | `Conv2D` |
# | 视频、立体数据 | `(时间步, 行, 列, 通道)` | `Conv3D`、`ConvLSTM2D` |
# | 词的编号 | `(词数,)`，整数 | 先 `Embedding`，再按序列处理 |
#
# 对每一种层都问三个问题：输入什么形状，输出什么形状，有多少参数？下面的函数把层单独放进一个堆叠，一次回答这三个问题。


# %%
def describe(layer, *shape, dtype="float32"):
    """Print what goes into a layer, what comes out, and how many parameters it has."""
    stack = keras.Sequential([keras.Input(shape=shape, dtype=dtype), layer])
    kind = type(layer).__name__
    print(f"{kind:18} {stack.input_shape} -> {stack.output_shape}", end=", ")
    print(f"{stack.count_params():,} parameters")


describe(layers.Dense(64), 8)

# %% [markdown] lang="fr"
# ### Convolutions : une petite fenêtre qui glisse
#
# `Conv2D(16, 3)` fait glisser une fenêtre de 3 × 3 sur l’image. À chaque arrêt, 16 *filtres* calculent chacun une somme pondérée de la fenêtre.
#
# **Prédisez.** Une image 28 × 28 en gris : combien d’arrêts par ligne ? Combien de paramètres ? Et avec une image deux fois plus large et deux fois plus haute ?
# %% [markdown] lang="en"
# ### Convolutions: a small window that slides
#
# `Conv2D(16, 3)` slides a window of 3 × 3 over the image. At every stop, each of 16 *filters* computes a weighted sum of the window.
#
# **Predict.** A grey image of 28 × 28: how many stops in a row? How many parameters? And with an image twice as wide and twice as high?
# %% [markdown] lang="zh"
# ### 卷积：滑动的小窗口
#
# `Conv2D(16, 3)` 让一个 3 × 3 的窗口在图像上滑动。每停一处，16 个*卷积核*（filter）各自对窗口内的数值算一次加权和。
#
# **先预测**：28 × 28 的灰度图像，窗口在每一行停几次？有多少个参数？图像的边长加倍呢？

# %%
describe(layers.Conv2D(16, 3), 28, 28, 1)
describe(layers.Conv2D(16, 3), 56, 56, 1)
describe(layers.Conv2D(16, 3, padding="same"), 28, 28, 1)
describe(layers.Conv2D(16, 3, strides=2, padding="same"), 28, 28, 1)

# %% [markdown] lang="fr"
# 26 arrêts : l’image perd un pixel de chaque côté, sauf si `padding="same"` la borde de zéros. `strides=2` s’arrête un pixel sur deux.
#
# Les paramètres ne dépendent **pas** de la taille de l’image : 3 × 3 × 1 poids par filtre et un biais, soit 16 × 10 = 160. Le même œil regarde partout. En une et en trois dimensions, seule la fenêtre change :
# %% [markdown] lang="en"
# 26 stops: the window cannot lean out of the image, which costs it one stop on each side, unless `padding="same"` borders the image with zeros. `strides=2` stops at every other pixel.
#
# The parameters do **not** depend on the size of the image: 3 × 3 × 1 weights for each filter and one bias, so 16 × 10 = 160. The same eye looks everywhere. In one dimension and in three, only the window changes:
# %% [markdown] lang="zh"
# 26 次：窗口不能探出图像，左右两侧各少停一次，除非用 `padding="same"` 在图像四周补零。`strides=2` 则是每隔一个像素停一次。
#
# 参数量与图像大小**无关**：每个卷积核有 3 × 3 × 1 个权重和一个偏置，共 16 × 10 = 160 个。到处都用同一只“眼睛”看。换成一维或三维，变的只是窗口：

# %%
describe(layers.Conv1D(16, 3), 50, 6)
describe(layers.Conv2D(16, 3), 28, 28, 6)
describe(layers.Conv3D(16, 3), 10, 28, 28, 6)

# %% [markdown] lang="fr"
# Six canaux entrent ; chaque filtre les lit tous : 16 × (3 × 6 + 1) = 304, 16 × (3 × 3 × 6 + 1) = 880, 16 × (3 × 3 × 3 × 6 + 1) = 2 608.
#
# Que voit un filtre ? Écrivons-en un à la main : la colonne de droite de la fenêtre moins celle de gauche. **Prédisez.** Où répondra-t-il fort sur un chiffre ?
# %% [markdown] lang="en"
# Six channels go in, and each filter reads all of them: 16 × (3 × 6 + 1) = 304, 16 × (3 × 3 × 6 + 1) = 880, 16 × (3 × 3 × 3 × 6 + 1) = 2,608.
#
# What does a filter see? Let us write one by hand: the right column of the window minus the left one. **Predict.** Where on a digit will it answer strongly?
# %% [markdown] lang="zh"
# 输入有六个通道，每个卷积核都会读全：16 × (3 × 6 + 1) = 304，16 × (3 × 3 × 6 + 1) = 880，16 × (3 × 3 × 3 × 6 + 1) = 2,608。
#
# 卷积核看到的是什么？我们手写一个：窗口右边一列减去左边一列。**先预测**：在数字图像的哪些地方，它的反应会很强？

# %% alt="Five digits seen by the filter: plus on the left edge of each stroke, minus on the right"
digits = data.digits()
images = digits.x_train[:5, ..., np.newaxis]
window = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]], "float32")

edges = keras.Sequential(
    [keras.Input((28, 28, 1)), layers.Conv2D(1, 3, padding="same")], name="edges"
)
edges.set_weights([window.reshape(3, 3, 1, 1), np.zeros(1)])
seen = edges.predict(images, verbose=0)

by_hand = (images[0, 5:8, 9:12, 0] * window).sum()
print("one stop, by hand:", np.isclose(seen[0, 6, 10, 0], by_hand, atol=1e-5))
plots.weights(seen[..., 0], labels=digits.y_train[:5])

# %% [markdown] lang="fr"
# Aux bords verticaux : positif (violet) là où l’encre commence, négatif (orange) là où elle finit. Dans un vrai réseau, personne n’écrit les filtres : l’entraînement les trouve.
#
# ### Réduire et agrandir
#
# Le *pooling* résume chaque carré en un nombre. **Prédisez** les quatre résultats.
# %% [markdown] lang="en"
# At vertical edges: positive (purple) where ink begins, negative (orange) where it ends. In a real network nobody writes the filters: training finds them.
#
# ### Shrinking and enlarging
#
# *Pooling* summarises each square in one number. **Predict** the four results.
# %% [markdown] lang="zh"
# 在竖直的边缘：墨迹开始的地方为正（紫色），结束的地方为负（橙色）。真正的网络里没有人手写卷积核，它们是训练出来的。
#
# ### 缩小与放大
#
# *池化*（pooling）把每个小方块概括成一个数。**先预测**下面四个结果。

# %%
grid = np.arange(16, dtype="float32").reshape(1, 4, 4, 1)
print(grid[0, ..., 0])
print("max:           ", layers.MaxPooling2D(2)(grid).numpy()[0, ..., 0].tolist())
print("average:       ", layers.AveragePooling2D(2)(grid).numpy()[0, ..., 0].tolist())
print("global max:    ", layers.GlobalMaxPooling2D()(grid).numpy().tolist())
print("global average:", layers.GlobalAveragePooling2D()(grid).numpy().tolist())

# %% [markdown] lang="fr"
# Aucun paramètre. La version *globale* rend un nombre par canal, quelle que soit la taille de l’image. Comme pour les convolutions, il y a des versions 1D et 3D.
#
# En sens inverse, `UpSampling2D` répète, et une convolution **transposée** apprend à agrandir :
# %% [markdown] lang="en"
# No parameters. The *global* version returns one number for each channel, whatever the size of the image. As with convolutions, there are 1D and 3D versions.
#
# The other way round, `UpSampling2D` repeats, and a **transposed** convolution learns how to enlarge:
# %% [markdown] lang="zh"
# 没有任何参数。*全局*池化每个通道只给出一个数，与图像大小无关。和卷积一样，池化也有一维和三维的版本。
#
# 反过来，`UpSampling2D` 只是重复，**转置卷积**（transposed convolution）则是学着放大：

# %%
small = np.array([[1, 2], [3, 4]], "float32").reshape(1, 2, 2, 1)
print(layers.UpSampling2D(2)(small).numpy()[0, ..., 0])

describe(layers.UpSampling2D(2), 13, 13, 16)
describe(layers.Conv2DTranspose(8, 3), 26, 26, 16)
describe(layers.Conv1DTranspose(8, 3, strides=2, padding="same"), 25, 16)
describe(layers.Conv2DTranspose(8, 3, strides=2, padding="same"), 14, 14, 16)
describe(layers.Conv3DTranspose(8, 3, strides=2, padding="same"), 4, 14, 14, 16)

# %% [markdown] lang="fr"
# Là où une convolution passe de 28 à 26, la transposée passe de 26 à 28 ; avec `strides=2` et `padding="same"`, elle double la taille. Vous la retrouverez dans les autoencodeurs.
#
# ### Une pile qui lit des images
#
# Assemblons. L’intérêt de `add` : regarder la forme après chaque couche. La dernière couche a une unité par chiffre ; son activation, `softmax`, tire de leurs nombres dix probabilités dont la somme vaut 1. (Pour une seule question, à répondre par oui ou non, `sigmoid` donne une probabilité ; vous la verrez plus bas.) **Prédisez** chaque ligne ; les images seront des chiffres scannés de 8 × 8 pixels.
# %% [markdown] lang="en"
# Where a convolution goes from 28 to 26, its transpose goes from 26 to 28; with `strides=2` and `padding="same"` it doubles the size. You will meet it again in autoencoders.
#
# ### A stack that reads images
#
# Let us put this together. What `add` is good for: looking at the shape after every layer. The last layer has one unit for each digit; its activation, `softmax`, turns their numbers into ten probabilities that sum to 1. (For a single yes-or-no question, `sigmoid` gives one probability; you will see it further down.) **Predict** each line; the images will be scanned digits of 8 × 8 pixels.
# %% [markdown] lang="zh"
# 卷积从 28 变成 26，转置卷积就从 26 变回 28；用 `strides=2` 和 `padding="same"`，大小翻倍。在自编码器那个单元里你会再见到它。
#
# ### 读图像的堆叠
#
# 现在把它们搭起来。最后一层的 softmax 把十个分数变成十个概率，总和为 1。用 `add` 的好处是：每加一层，都能看看形状。**先预测**每一行的形状；扫描图的大小是 8 × 8。

# %%
image_reader = keras.Sequential([keras.Input(shape=(8, 8, 1))], name="image_reader")
for layer in (
    layers.Conv2D(16, 3, padding="same", activation="relu", name="conv_1"),
    layers.MaxPooling2D(2, name="pooling"),
    layers.Conv2D(32, 3, padding="same", activation="relu", name="conv_2"),
    layers.Flatten(name="flatten"),
    layers.Dense(10, activation="softmax", name="digit"),
):
    image_reader.add(layer)
    print(f"{layer.name:8} -> {image_reader.output_shape}", end=", ")
    print(f"{layer.count_params():,} parameters")
print(f"{image_reader.count_params():,} parameters in all")

# %% alt="Drawing of the image reader: convolution, pooling, convolution, flatten, dense, in a row"
plots.model_drawing(image_reader)

# %% alt="Loss falling and accuracy rising over 8 epochs of the image reader"
scans = data.thumbnails()
x_train, x_test = scans.x_train[..., np.newaxis], scans.x_test[..., np.newaxis]
image_reader.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.005),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = image_reader.fit(
    x_train,
    scans.y_train,
    batch_size=64,
    epochs=8,
    validation_split=0.1,
    verbose=0,
)
scores = image_reader.evaluate(x_test, scans.y_test, verbose=0, return_dict=True)
print("accuracy >= 0.95:", scores["accuracy"] >= 0.95)
plots.training(history)

# %% [markdown] lang="fr"
# Plus de la moitié des paramètres sont dans la dernière couche, qui voit 512 nombres : `Flatten` coûte cher, `GlobalMaxPooling2D` coûterait moins.
#
# > **N’oubliez pas le canal.** Une image grise a un canal, et non zéro : `(8, 8, 1)`. Voici ce que Keras répond à `(8, 8)`.
# %% [markdown] lang="en"
# More than half of the parameters are in the last layer, which sees 512 numbers: `Flatten` is expensive; `GlobalMaxPooling2D` would be cheaper.
#
# > **Do not forget the channel.** A grey image has one channel, not none: `(8, 8, 1)`. Here is what Keras says to `(8, 8)`.
# %% [markdown] lang="zh"
# 一半以上的参数都在最后一层里，因为它要看 512 个数：`Flatten` 的代价很高，换成 `GlobalMaxPooling2D` 会省得多。
#
# > **别忘了通道**：灰度图像有一个通道，而不是没有通道，形状是 `(8, 8, 1)`。如果写成 `(8, 8)`，Keras 会这样说：

# %%
try:
    keras.Sequential([keras.Input(shape=(8, 8)), layers.Conv2D(16, 3, name="conv")])
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# ### Récurrence : lire pas à pas
#
# Une couche récurrente lit une suite un instant après l’autre, en gardant une mémoire. `GRU` et `LSTM` diffèrent par ce qu’elles gardent ; elles s’emploient de la même façon.
#
# **Prédisez.** Une suite de 8 instants de 8 nombres, 48 unités : quelle forme sort ? Et avec `return_sequences=True` ?
# %% [markdown] lang="en"
# ### Recurrence: reading step by step
#
# A recurrent layer reads a sequence one step after another, and keeps a memory. `GRU` and `LSTM` differ in what they keep; they are used in the same way.
#
# **Predict.** A sequence of 8 steps of 8 numbers, 48 units: what shape comes out? And with `return_sequences=True`?
# %% [markdown] lang="zh"
# ### 循环：一步一步地读
#
# 循环层按时间步依次读一个序列，边读边记。`GRU` 和 `LSTM` 记忆的方式不同，用法是一样的。
#
# **先预测**：序列有 8 个时间步，每步 8 个数，层有 48 个单元，输出是什么形状？加上 `return_sequences=True` 呢？

# %%
describe(layers.GRU(48), 8, 8)
describe(layers.LSTM(48), 8, 8)
describe(layers.LSTM(48, return_sequences=True), 8, 8)
describe(layers.LSTM(48), 800, 8)

# %% [markdown] lang="fr"
# La mémoire finale, ou la mémoire à chaque instant. La longueur ne change pas le nombre de paramètres : les mêmes poids servent à tous les instants. LSTM en a quatre jeux, 4 × ((8 + 48) × 48 + 48) = 10 944 ; GRU trois, avec deux biais chacun : 3 × ((8 + 48) × 48 + 2 × 48) = 8 352.
#
# **Prédisez.** Empilons deux couches LSTM, sans rien préciser. Que dira Keras ?
# %% [markdown] lang="en"
# The final memory, or the memory at every step. Length does not change the number of parameters: the same weights serve at all steps. LSTM has four sets of them, 4 × ((8 + 48) × 48 + 48) = 10,944; GRU has three, with two biases each: 3 × ((8 + 48) × 48 + 2 × 48) = 8,352.
#
# **Predict.** Let us stack two LSTMs, without further ado. What will Keras say?
# %% [markdown] lang="zh"
# 一种只给出最后的记忆，一种给出每一步的记忆。参数量与序列长度无关：每一步用的都是同一套权重。LSTM 有四组，4 × ((8 + 48) × 48 + 48) = 10,944；GRU 有三组，每组两个偏置：3 × ((8 + 48) × 48 + 2 × 48) = 8,352。
#
# **先预测**：直接把两个 LSTM 叠在一起，别的什么都不写，Keras 会怎么说？

# %%
try:
    keras.Sequential(
        [keras.Input(shape=(8, 8)), layers.LSTM(48), layers.LSTM(48, name="second")]
    )
except ValueError as error:
    print("ValueError:", str(error).split(". ")[0])

# %% [markdown] lang="fr"
# La première ne rend que sa mémoire finale, `(None, 48)` : la seconde attend une suite, à trois axes. Quand on empile des couches récurrentes, toutes prennent `return_sequences=True`, sauf la dernière.
#
# Un chiffre est aussi une suite : huit lignes, lues de haut en bas, comme le fait un vieux télécopieur.
# %% [markdown] lang="en"
# The first returns only its final memory, `(None, 48)`: the second expects a sequence, with three axes. Except for the last one, a recurrent layer in a stack takes `return_sequences=True`.
#
# A digit is a sequence, too: eight rows, read from top to bottom, as an old fax machine does.
# %% [markdown] lang="zh"
# 第一个只给出最后的记忆 `(None, 48)`，而第二个要的是序列，得有三个轴。堆叠循环层时，除了最后一个，都要写 `return_sequences=True`。
#
# 一个数字也可以看成序列：从上到下一共八行，就像老式传真机那样逐行读取。

# %% alt="Drawing of the row reader: eight rows of eight numbers, a GRU of 48 units, ten outputs"
row_reader = keras.Sequential(
    [
        keras.Input(shape=(8, 8), name="rows"),
        layers.GRU(48, name="memory"),
        layers.Dense(10, activation="softmax", name="digit"),
    ],
    name="row_reader",
)
plots.model_drawing(row_reader)

# %% alt="Loss falling and accuracy rising over 8 epochs of the row reader"
row_reader.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = row_reader.fit(
    scans.x_train,
    scans.y_train,
    batch_size=64,
    epochs=8,
    validation_split=0.1,
    verbose=0,
)
scores = row_reader.evaluate(scans.x_test, scans.y_test, verbose=0, return_dict=True)
print("accuracy >= 0.93:", scores["accuracy"] >= 0.93)
plots.training(history)

# %% [markdown] lang="fr"
# ### Des films : l’espace et le temps
#
# Faisons glisser un chiffre vers la droite, en quatre images ; puis passons le film à l’envers. La question : vers où va-t-il ?
# %% [markdown] lang="en"
# ### Films: space and time
#
# Let us make a digit drift to the right, in four frames, then run the film backwards. The question: which way is it going?
# %% [markdown] lang="zh"
# ### 视频：既有空间，又有时间
#
# 让一个数字向右移动，拍成四帧；再把它倒着放。问题是：它在往哪边走？


# %% alt="Four frames of a digit that drifts to the right, then the same frames in reverse order"
def films(scans):
    """(scans, 8, 8) -> films (2 x scans, 4, 8, 8, 1), and 1 if they go to the right."""
    steps = [np.roll(scans, step, axis=2) for step in range(4)]
    to_the_right = np.stack(steps, axis=1)[..., np.newaxis]
    both = np.concatenate([to_the_right, to_the_right[:, ::-1]])
    return both, np.repeat([1, 0], len(scans))


films_train, right_train = films(scans.x_train[:200])
films_test, right_test = films(scans.x_test)
print(films_train.shape, right_train.shape)
plots.images(np.concatenate([films_train[3], films_train[203]])[..., 0], columns=4)

# %% [markdown] lang="fr"
# Les deux films contiennent exactement les mêmes images : seul leur ordre donne la réponse. Trois piles s’y essaient :
#
# - `one_frame` : une fenêtre 1 × 3 × 3, une seule image à la fois ;
# - `two_frames` : une fenêtre 2 × 3 × 3, deux images voisines ;
# - `memory` : `ConvLSTM2D`, un LSTM dont les calculs sont des convolutions.
#
# **Prédisez** leur exactitude.
# %% [markdown] lang="en"
# Both films hold exactly the same frames: only their order gives the answer. Three stacks have a go:
#
# - `one_frame`: a window of 1 × 3 × 3, one frame at a time;
# - `two_frames`: a window of 2 × 3 × 3, two neighbouring frames;
# - `memory`: `ConvLSTM2D`, an LSTM whose calculations are convolutions.
#
# **Predict** their accuracy.
# %% [markdown] lang="zh"
# 两段视频的画面一模一样，只有先后顺序能给出答案。让三个堆叠来试试：
#
# - `one_frame`：1 × 3 × 3 的窗口，一次只看一帧；
# - `two_frames`：2 × 3 × 3 的窗口，一次看相邻的两帧；
# - `memory`：`ConvLSTM2D`，用卷积来计算的 LSTM。
#
# 最后都接一个 sigmoid 单元，给出一个 0 到 1 之间的概率：向右走的可能性有多大。
#
# **先预测**它们的准确率。

# %% alt="Accuracy over 3 epochs: one frame stays at one half, two frames and memory reach 1"
watchers = {
    "one_frame": [layers.Conv3D(8, (1, 3, 3)), layers.GlobalMaxPooling3D()],
    "two_frames": [layers.Conv3D(8, (2, 3, 3)), layers.GlobalMaxPooling3D()],
    "memory": [layers.ConvLSTM2D(8, 3, name="film"), layers.GlobalMaxPooling2D()],
}
accuracies = {}
for name, body in watchers.items():
    watcher = keras.Sequential(
        [
            keras.Input(shape=(4, 8, 8, 1)),
            *body,
            layers.Dense(1, activation="sigmoid", name="right"),
        ],
        name=name,
    )
    watcher.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    history = watcher.fit(films_train, right_train, epochs=3, verbose=0)
    accuracies[name] = history.history["accuracy"]
    accuracy = watcher.evaluate(films_test, right_test, verbose=0)[1]
    print(
        f"{name:10} {body[0].output.shape}, {watcher.count_params():,} parameters,",
        end=" ",
    )
    print("accuracy >= 0.9:", accuracy >= 0.9)
plots.curves(accuracies, title=_("accuracy: which way does the digit go?"))

# %% [markdown] lang="fr"
# Sans relier les images entre elles, on ne peut que tirer à pile ou face. `Conv3D` compare des images voisines ; `ConvLSTM2D` se souvient, d’une image à la suivante, de tout le film.
# %% [markdown] lang="en"
# Without relating one frame to another, you can only toss a coin. `Conv3D` compares neighbouring frames; `ConvLSTM2D` remembers, from frame to frame, all through the film.
# %% [markdown] lang="zh"
# 不把前后帧联系起来，就只能靠猜。`Conv3D` 比较相邻的帧；`ConvLSTM2D` 则一帧一帧地记住整段视频。

# %% alt="Drawing of the memory stack: films of four frames, ConvLSTM2D, pooling, one output"
plots.model_drawing(watcher)

# %% [markdown] lang="fr"
# ### Plongement : un mot, un vecteur
#
# Le mot n° 5 n’est pas cinq fois le mot n° 1. `Embedding` range un vecteur par mot dans un tableau, et va y lire. **Prédisez.** Un vocabulaire de 1 000 mots, des vecteurs de 128 nombres : combien de paramètres ?
# %% [markdown] lang="en"
# ### Embedding: one word, one vector
#
# Word number 5 is not five times word number 1. `Embedding` keeps one vector for each word in a table, and looks it up. **Predict.** A vocabulary of 1,000 words, vectors of 128 numbers: how many parameters?
# %% [markdown] lang="zh"
# ### 嵌入：一个词，一个向量
#
# 5 号词并不是 1 号词的五倍。`Embedding`（嵌入）把每个词的向量存在一张表里，用的时候去查。**先预测**：词表有 1,000 个词，向量长 128，有多少个参数？

# %%
describe(layers.Embedding(1000, 128), 12, dtype="int32")

words = layers.Embedding(1000, 128)
vectors = words(np.array([[5, 2, 5]])).numpy()[0]
print("5 and 5 alike:", np.array_equal(vectors[0], vectors[2]))
print("5 and 2 alike:", np.array_equal(vectors[0], vectors[1]))
print("row 5 of the table:", np.array_equal(vectors[0], words.get_weights()[0][5]))

# %% [markdown] lang="fr"
# 1 000 × 128 = **128 000**, sans biais, quelle que soit la longueur des phrases. Il en sort une suite, `(12, 128)`, à confier à une couche de la famille des suites. Laquelle ? « Paul aime Marie » n’est pas « Marie aime Paul ».
#
# **Prédisez.** Laquelle de ces deux piles, même sans entraînement, voit la différence ?
# %% [markdown] lang="en"
# 1,000 × 128 = **128,000**, without biases, however long the sentences are. What comes out is a sequence, `(12, 128)`, to be handed to a layer for sequences. Which one? “Dog bites man” is not “man bites dog”.
#
# **Predict.** Which of these two stacks sees the difference, even untrained?
# %% [markdown] lang="zh"
# 1,000 × 128 = **128,000**，没有偏置，与句子长短无关。输出是一个序列 `(12, 128)`，接下来要交给处理序列的层。选哪一种？“狗咬人”和“人咬狗”可不是一回事。
#
# **先预测**：下面两个堆叠，即使没有训练，哪一个能看出区别？

# %%
sentence = np.array([[5, 2, 9]])
reversed_sentence = np.array([[9, 2, 5]])
for name, summary in {
    "average": layers.GlobalAveragePooling1D(),
    "GRU": layers.GRU(8),
}.items():
    reader = keras.Sequential(
        [keras.Input(shape=(3,), dtype="int32"), layers.Embedding(10, 8), summary]
    )
    same = np.allclose(reader(sentence), reader(reversed_sentence), atol=1e-6)
    print(f"{name:7} {reader.output_shape}, same answer: {same}")

# %% [markdown] lang="fr"
# La moyenne oublie l’ordre ; cela suffit souvent pour le sujet d’un texte, jamais pour savoir qui aime qui.
#
# ### Deux couches à double vie
#
# `Dropout` et `BatchNormalization` ne font pas la même chose pendant l’entraînement et après. **Prédisez.** `Dropout(0.5)` lit mille fois le nombre 1. Que rend-il dans chaque cas ?
# %% [markdown] lang="en"
# The average forgets the order; that is often good enough for the topic of a text, never for who bites whom.
#
# ### Two layers with a double life
#
# `Dropout` and `BatchNormalization` do one thing during training and another after it. **Predict.** `Dropout(0.5)` reads the number 1, a thousand times. What does it return in each case?
# %% [markdown] lang="zh"
# 平均会丢掉顺序：判断一段文字的主题，常常够用；要分清谁咬谁，就不行了。
#
# ### 两副面孔的层
#
# `Dropout` 和 `BatchNormalization` 在训练时和训练后做的事不一样。**先预测**：给 `Dropout(0.5)` 一千个 1，两种情况下各输出什么？

# %%
dropout = layers.Dropout(0.5, seed=1)
ones = np.ones((1, 1000), "float32")
in_training = dropout(ones, training=True).numpy()
in_inference = dropout(ones, training=False).numpy()
print("in training, values:    ", np.unique(in_training).tolist())
print("in training, mean near 1:", abs(in_training.mean() - 1) < 0.1)
print("in inference, values:   ", np.unique(in_inference).tolist())

# %% [markdown] lang="fr"
# En entraînement, la moitié des nombres tombent à 0, au hasard, et les autres doublent pour que la moyenne reste la même. Ainsi, aucune unité ne peut compter sur une seule voisine. En inférence, rien.
#
# `BatchNormalization` centre et réduit chaque canal. **Prédisez.** Des mesures de moyenne 5 et d’écart type 3 : que rend-elle en entraînement ? Et en inférence, juste après sa création ?
# %% [markdown] lang="en"
# In training, about half of the numbers fall to 0, at random, and the others double, so that the mean stays about the same. In this way no unit can rely on a single neighbour. In inference, nothing happens.
#
# `BatchNormalization` centres and rescales each channel. **Predict.** Measurements with mean 5 and standard deviation 3: what does it return in training? And in inference, just after it was made?
# %% [markdown] lang="zh"
# 训练时，大约一半的数随机变成 0，其余的翻倍，平均值大致不变：这样，任何单元都不能只指望某一个同伴。推理时则什么也不做。
#
# `BatchNormalization`（批归一化）把每个通道的数据调整到均值 0、标准差 1。**先预测**：测量值的均值是 5，标准差是 3，训练时输出什么？刚创建就用来推理，又输出什么？

# %%
measurements = np.random.default_rng(1).normal(5, 3, size=(1000, 2)).astype("float32")
normalisation = layers.BatchNormalization()


def look(title, numbers):
    numbers = np.asarray(numbers)
    print(f"{title:26} mean {abs(numbers.mean()):.0f}, deviation {numbers.std():.0f}")


look("inference, at first:", normalisation(measurements, training=False))
look("training:", normalisation(measurements, training=True))
print("moving mean, after one batch:", normalisation.moving_mean.numpy().round(2))
for _batch in range(300):
    normalisation(measurements, training=True)
look("inference, 300 batches on:", normalisation(measurements, training=False))

# %% [markdown] lang="fr"
# En entraînement, elle se sert de la moyenne et de l’écart type **du lot**, et en rapproche ses moyennes mobiles, de 1 % à chaque lot. En inférence, elle se sert des **moyennes mobiles**, et la réponse pour un exemple ne dépend plus de ses voisins de lot. À sa création, elle ne sait encore rien.
# %% [markdown] lang="en"
# In training it uses the mean and deviation **of the batch**, and updates its moving averages a little: by 1% with every batch. In inference it uses the **moving averages**, and the answer for one example no longer depends on the others in its batch. When it is new, it knows nothing yet.
# %% [markdown] lang="zh"
# 训练时，它用**当前批次**的均值和标准差，同时把移动平均值更新一点：每个批次更新 1%。推理时，它用**移动平均值**，一个样本的结果不再受同批其他样本的影响。刚创建时，它还什么都不知道。

# %%
describe(layers.Dropout(0.5), 8, 8, 16)
describe(layers.BatchNormalization(), 8, 8, 16)
print("not trained:", [weight.name for weight in normalisation.non_trainable_weights])

mixed = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.Dense(64, name="hidden"),
        layers.BatchNormalization(name="normalisation"),
        layers.ReLU(name="relu"),
        layers.Dropout(0.5, name="dropout"),
        layers.Dense(1, name="answer"),
    ],
    name="mixed",
)
x = arms.x_test
print(
    "predict and a call, same: ",
    np.allclose(mixed.predict(x, verbose=0), mixed(x), atol=1e-5),
)
print(
    "training=True twice, same:",
    np.allclose(mixed(x, training=True), mixed(x, training=True)),
)

# %% [markdown] lang="fr"
# Quatre nombres par canal : deux appris, deux suivis (les moyennes mobiles), qui ne sont pas entraînables. Et vous n’avez rien à préciser : `fit` travaille en mode entraînement ; `evaluate`, `predict` et un appel direct, en mode inférence. C’est pourquoi la perte d’entraînement peut être *plus haute* que celle de validation.
#
# Voilà aussi l’intérêt d’une ReLU séparée : la normalisation s’est glissée entre la couche dense et elle.
# %% [markdown] lang="en"
# Four numbers for each channel: two are learned, two are kept track of (the moving averages) and are not trainable. And you do not have to say anything: `fit` works in training mode; `evaluate`, `predict` and a direct call, in inference mode. That is why the training loss can be *higher* than the validation loss.
#
# You can also see the point of a separate ReLU: the normalisation has slipped in between the dense layer and the ReLU.
# %% [markdown] lang="zh"
# 每个通道四个数：两个靠学习得到，另外两个（移动平均值）只是跟踪，不可训练。你什么都不用说：`fit` 用训练模式；`evaluate`、`predict` 和直接调用都用推理模式。所以训练损失有时反而比验证损失*高*。
#
# 单独的 ReLU 层，好处也在这里：归一化正好插在全连接层和它之间。

# %% alt="Drawing of the mixed stack: dense, batch normalisation, ReLU, dropout, dense, in a row"
plots.model_drawing(mixed)

# %% [markdown] lang="fr"
# ## 7. Quand la pile ne suffit plus
#
# Une pile convient tant que tout suit **un seul chemin** : une entrée, une sortie, chaque couche après la précédente. Cela couvre beaucoup de bons modèles. Essayons d’en sortir : deux entrées, puis une jonction.
# %% [markdown] lang="en"
# ## 7. When a stack is not enough
#
# A stack will do as long as everything follows **a single path**: one way in, one way out, each layer after the one before. That covers a great many good models. Let us try to leave that path: two inputs, then a junction.
# %% [markdown] lang="zh"
# ## 7. 堆叠什么时候不够用
#
# 只要一切都走在**同一条路**上，一个入口、一个出口，一层接一层，堆叠就合适。许多好模型都是这样。我们来试着走出这条路：先试两个输入，再试一个汇合点。

# %%
try:
    keras.Sequential(
        [keras.Input((8,)), keras.Input((8,)), layers.Dense(1)], name="two"
    )
except ValueError as error:
    print("ValueError:", str(error).split(". ")[1])

try:
    keras.Sequential([keras.Input((8,)), layers.Dense(8), layers.Concatenate()])
except ValueError as error:
    print("ValueError:", str(error).split(". ")[0])

# %% [markdown] lang="fr"
# Une couche d’une pile ne reçoit jamais qu’**un** tenseur, celui que rend la couche précédente. Or voici une idée qui en demande deux. Le bras plié à gauche et son image dans un miroir vont aussi loin ; notre réseau l’ignore et donne deux réponses un peu différentes. Demandons-lui les deux, et prenons la moyenne.
#
# **Prédisez.** Sans un pas d’entraînement de plus, la réponse sera-t-elle meilleure ? Et combien de paramètres aura le tout ?
# %% [markdown] lang="en"
# A layer of a stack only ever gets **one** tensor, the one that the layer before returns. But here is an idea that takes two. The arm bent to the left and its mirror image reach equally far; our network does not know that, and gives two slightly different answers. Let us ask it for both, and take the average.
#
# **Predict.** Without one more step of training, will the answer be better? And how many parameters will the whole model have?
# %% [markdown] lang="zh"
# 堆叠里的每一层都只能收到**一个**张量（tensor，一组按轴排列的数），就是前一层的结果。而下面这个想法需要两个：向左弯的手臂和它的镜像，伸到的距离一样远；我们的网络不知道这一点，给出的两个答案略有出入。那就两个都问，再取平均。
#
# **先预测**：一步也不多训练，结果会更好吗？整个模型有多少个参数？

# %% alt="Drawing of the mirrored model: one input forks, reach reads both branches, one average"
angles = keras.Input(shape=(8,), name="angles")
average = layers.Average(name="average")([reach(angles), reach(-angles)])
mirrored = keras.Model(angles, average, name="mirrored")

mirrored.compile(loss="mse", metrics=["mae"])
together = mirrored.evaluate(arms.x_test, arms.y_test, verbose=0, return_dict=True)
print(f"{mirrored.count_params():,} parameters")
print("smaller error than reach alone:", together["mae"] < results["mae"])
plots.model_drawing(mirrored)

# %% [markdown] lang="fr"
# Meilleure, et sans un paramètre de plus : la même pile est **appelée deux fois**, ses poids sont partagés. Une fourche, un partage, une jonction : trois choses qu’une liste ne sait pas dire, et que trois lignes d’un *graphe* disent très bien. Votre pile n’est pas perdue pour autant : elle y entre telle quelle, comme une couche.
#
# | Il vous faut… | une pile ? | alors |
# |---|---|---|
# | une chaîne de couches, une entrée, une sortie | oui | `Sequential` |
# | deux entrées, deux sorties | non | un graphe, [unité 02](../02-functional/lesson.ipynb) |
# | une couche partagée par deux branches | non | un graphe |
# | une connexion qui saute des couches (résiduelle) | non | un graphe |
# | une boucle ou un `if` sur les données | non | une sous-classe |
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | une pile | `keras.Sequential([keras.Input(shape=(8,)), layers.Dense(64), ...])` |
# | ajouter, retirer une couche | `stack.add(layer)`, `stack.pop()`, puis `compile` |
# | construire sans `Input` | appeler sur des données, ou `stack.build((None, 8))` |
# | lire des images, puis les résumer | `Conv2D(16, 3)`, `MaxPooling2D(2)`, `Flatten()` |
# | agrandir | `UpSampling2D(2)`, `Conv2DTranspose(16, 3, strides=2)` |
# | lire une suite | `GRU(48)`, `LSTM(48)` ; `return_sequences=True` pour les empiler |
# | lire un film | `Conv3D(8, 3)`, `ConvLSTM2D(8, 3)` |
# | lire des numéros de mots | `Embedding(1000, 128)` |
#
# - Une pile est un chemin : chaque couche reçoit ce que la précédente a rendu.
# - Sans activation, une pile de couches denses ne vaut qu’une seule couche.
# - Une convolution et une récurrence réutilisent leurs poids : la taille de l’image et la longueur de la suite n’y changent rien.
# - `Dropout` et `BatchNormalization` distinguent l’entraînement de l’inférence ; `fit` et `predict` choisissent pour vous.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), six questions, de la lecture à la réparation d’un modèle.
# - La documentation de Keras (en anglais) : [le modèle séquentiel](https://keras.io/guides/sequential_model/), [toutes les couches](https://keras.io/api/layers/), [entraîner et évaluer](https://keras.io/guides/training_with_built_in_methods/).
# - Ensuite : [l’API fonctionnelle](../02-functional/lesson.ipynb), où les piles deviennent des graphes.
# %% [markdown] lang="en"
# Better, and without a single extra parameter: the same stack is **called twice**, its weights are shared. A fork, shared weights, a junction: three things that a list cannot say, and that three lines of a *graph* say very well. But your stack is not wasted: it goes in as it is, like a layer.
#
# | You need… | a stack? | then |
# |---|---|---|
# | a chain of layers, one input, one output | yes | `Sequential` |
# | two inputs, two outputs | no | a graph, [unit 02](../02-functional/lesson.ipynb) |
# | a layer shared by two branches | no | a graph |
# | a connection that skips layers (residual) | no | a graph |
# | a loop or an `if` on the data | no | a subclass |
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | a stack | `keras.Sequential([keras.Input(shape=(8,)), layers.Dense(64), ...])` |
# | to add a layer, to take one off | `stack.add(layer)`, `stack.pop()`, then `compile` |
# | to build without `Input` | a call on data, or `stack.build((None, 8))` |
# | to read images, then summarise them | `Conv2D(16, 3)`, `MaxPooling2D(2)`, `Flatten()` |
# | to enlarge | `UpSampling2D(2)`, `Conv2DTranspose(16, 3, strides=2)` |
# | to read a sequence | `GRU(48)`, `LSTM(48)`; `return_sequences=True` to stack them |
# | to read a film | `Conv3D(8, 3)`, `ConvLSTM2D(8, 3)` |
# | to read word numbers | `Embedding(1000, 128)` |
#
# - A stack is a path: each layer takes what the one before has returned.
# - Without activations, a stack of dense layers is worth no more than one.
# - Convolution and recurrence use their weights again and again: the size of the image and the length of the sequence change nothing.
# - `Dropout` and `BatchNormalization` tell training from inference; `fit` and `predict` choose for you.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), six questions, from reading a model to repairing one.
# - Keras’s own pages: [the Sequential model](https://keras.io/guides/sequential_model/), [all layers](https://keras.io/api/layers/), [training and evaluation](https://keras.io/guides/training_with_built_in_methods/).
# - Next: [the functional API](../02-functional/lesson.ipynb), where stacks become graphs.
# %% [markdown] lang="zh"
# 更好了，而且一个参数也没多：同一个堆叠**被调用两次**，权重是共享的。分叉、共享、汇合，这三件事用列表说不出来，用*图*只要三行。你的堆叠也没有白写：它可以像一个层那样，原封不动地放进图里。
#
# | 你需要…… | 堆叠够用吗？ | 那就用 |
# |---|---|---|
# | 一条由层组成的链，一个输入，一个输出 | 够 | `Sequential` |
# | 两个输入，两个输出 | 不够 | 图，见[第 02 单元](../02-functional/lesson.ipynb) |
# | 两个分支共享一层 | 不够 | 图 |
# | 跳过若干层的连接（残差） | 不够 | 图 |
# | 取决于数据的循环或 `if` | 不够 | 子类 |
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 搭一个堆叠 | `keras.Sequential([keras.Input(shape=(8,)), layers.Dense(64), ...])` |
# | 加一层，去掉一层 | `stack.add(layer)`，`stack.pop()`，然后 `compile` |
# | 不写 `Input` 而构建 | 用数据调用，或者 `stack.build((None, 8))` |
# | 读图像，再加以概括 | `Conv2D(16, 3)`，`MaxPooling2D(2)`，`Flatten()` |
# | 放大 | `UpSampling2D(2)`，`Conv2DTranspose(16, 3, strides=2)` |
# | 读序列 | `GRU(48)`，`LSTM(48)`；要叠起来就加 `return_sequences=True` |
# | 读视频 | `Conv3D(8, 3)`，`ConvLSTM2D(8, 3)` |
# | 读词的编号 | `Embedding(1000, 128)` |
#
# - 堆叠是一条路：每一层接收前一层的结果。
# - 没有激活函数，多少个全连接层叠在一起也只相当于一层。
# - 卷积和循环反复使用同一套权重：参数量与图像大小、序列长度无关。
# - `Dropout` 和 `BatchNormalization` 区分训练与推理；`fit` 和 `predict` 会替你选好模式。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，六道题，从读懂模型到修好模型。
# - Keras 官方文档（英文）：[Sequential 模型](https://keras.io/guides/sequential_model/)、[所有的层](https://keras.io/api/layers/)、[训练与评估](https://keras.io/guides/training_with_built_in_methods/)。
# - 接下来：[函数式 API](../02-functional/lesson.ipynb)，在那里堆叠会变成图。
