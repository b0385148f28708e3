"""Unit 04, exercise: several inputs and outputs. Statement, solution and rubric in one file."""

# %% active="py"
from course import helpdesk
from grader.difference import Difference
from grader.rubric import Criterion, Measure, Rubric, model_task, value_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : plusieurs entrées, plusieurs sorties
#
# Six questions : compter, reconnaître les pièges, réparer, construire, régler l’entraînement, et pour finir concevoir un modèle à vous. Comptez trois quarts d’heure.
#
# Chaque énoncé fixe tout ce qui compte : tailles, activations, noms. **Ce qui n’est pas demandé est libre**, y compris le style du modèle.
#
# La cellule `check` sous chaque réponse vous dit ce qui va et ce qui ne va pas ; relancez-la autant que vous voulez. Pour un coup de pouce : `hint("04-ticket-routing.mended")`, par exemple, dans une nouvelle cellule.
# %% [markdown] lang="en"
# # Exercise: several inputs, several outputs
#
# Six questions: count, recognise the traps, repair, build, set up the training, and at the end design a model of your own. Allow three quarters of an hour.
#
# Each statement fixes everything that counts: sizes, activations, names. **Whatever is not asked for is up to you**, the style of the model included.
#
# The `check` cell below each answer tells you what is right and what is not; run it as often as you like. For a nudge, write for instance `hint("04-ticket-routing.mended")` in a new cell.
# %% [markdown] lang="zh"
# # 练习：多输入与多输出
#
# 一共六道题：算参数、认出常见的坑、修模型、搭模型、设置训练，最后自己设计一个模型。大约需要四十五分钟。
#
# 题目写明了所有会影响评分的要求：大小、激活函数、名称。**没有写明的都由你决定**，包括模型的风格。
#
# 每个答案下面的 `check` 单元格会告诉你哪里对、哪里不对，可以反复运行；需要提示时，在新的单元格里写 `hint("04-ticket-routing.mended")` 即可。

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
# Une bibliothèque trie les demandes de ses lecteurs. Chaque demande est une suite de numéros de mots, accompagnée de 8 étiquettes :
#
# - les mots passent par une couche `Embedding` : vocabulaire de 5 000 mots, vecteurs de 32 ;
# - un `LSTM` de 16 unités lit la suite et en fait un résumé ;
# - le résumé et les 8 étiquettes sont concaténés ;
# - deux couches denses lisent le tout : `urgent`, 1 unité, et `team`, 3 unités.
#
# Un LSTM de *u* unités qui lit des vecteurs de *n* nombres possède 4 × (*n* × *u* + *u* × *u* + *u*) paramètres.
#
# Écrivez le nombre de paramètres de chaque couche et leur somme (`total`) ; et, pour `joined`, la **taille** du vecteur concaténé. *(6 points)*
# %% [markdown] lang="en"
# ## 1. Count before you build
#
# A library sorts the requests of its readers. Each request is a sequence of word numbers, with 8 tags:
#
# - the words go through an `Embedding` layer: a vocabulary of 5,000 words, vectors of 32;
# - an `LSTM` of 16 units reads the sequence and makes a summary of it;
# - the summary and the 8 tags are concatenated;
# - two dense layers read the whole: `urgent`, 1 unit, and `team`, 3 units.
#
# An LSTM of *u* units that reads vectors of *n* numbers has 4 × (*n* × *u* + *u* × *u* + *u*) parameters.
#
# Write the number of parameters of each layer and their sum (`total`); and, for `joined`, the **size** of the concatenated vector. *(6 points)*
# %% [markdown] lang="zh"
# ## 1. 先算，再搭
#
# 一家图书馆要给读者的留言分类。每条留言是一串词编号，另有 8 个标记（tags）：
#
# - 词经过一个 `Embedding` 层：词表 5,000 个词，向量 32 维；
# - 一个 16 个单元的 `LSTM` 按顺序读完，得出摘要；
# - 摘要和 8 个标记拼接；
# - 两个全连接层读取拼接结果：`urgent` 有 1 个单元，`team` 有 3 个单元。
#
# 一个有 *u* 个单元、读取 *n* 维向量的 LSTM，共有 4 × (*n* × *u* + *u* × *u* + *u*) 个参数。
#
# 写出每一层的参数个数，以及总数（`total`）；`joined` 要写的是拼接后向量的**长度**。*（6 分）*

# %% answer="counting"
counting = {
    "embedding": None,
    "lstm": None,
    "joined": None,
    "urgent": None,
    "team": None,
    "total": None,
}
### BEGIN SOLUTION
counting = {
    "embedding": 5_000 * 32,
    "lstm": 4 * (32 * 16 + 16 * 16 + 16),
    "joined": 16 + 8,
    "urgent": 24 + 1,
    "team": 24 * 3 + 3,
    "total": 160_000 + 3_136 + 25 + 75,
}
### END SOLUTION

# %% check="counting"

# %% [markdown] lang="fr"
# ## 2. Reconnaître les pièges
#
# Une lettre par question : `"a"`, `"b"` ou `"c"`.
#
# **`swapped`.** Un modèle a été défini avec `keras.Model([title, body, tags], ...)` ; `title` et `body` sont deux suites de numéros de mots. Vous écrivez `fit([x_body, x_title, x_tags], ...)`.
#
# - a) Keras reconnaît les deux textes et les remet en place.
# - b) Keras lève une erreur.
# - c) Le modèle s’entraîne, sans un mot, sur des textes échangés.
#
# **`weights`.** Avec Adam, vous remplacez `loss_weights={"priority": 1, "department": 1}` par 10 et 10.
#
# - a) Le modèle apprend dix fois plus vite.
# - b) Presque rien ne change.
# - c) L’entraînement diverge.
#
# **`missed`.** Le modèle est entraîné, et il laisse passer trop d’urgences. Que faire sans réentraîner ?
#
# - a) Abaisser le seuil à partir duquel on donne l’alerte.
# - b) Augmenter le poids de la perte `priority`.
# - c) Relever le seuil à partir duquel on donne l’alerte.
#
# **`chinese`.** Combien de tokens la couche `TextVectorization()`, réglages par défaut, voit-elle dans 包裹还没到 ?
#
# - a) 1
# - b) 3
# - c) 5
#
# **`first_loss`.** Une sortie softmax choisit parmi 8 services. Avant tout entraînement, sa perte devrait être proche de :
#
# - a) 0,125
# - b) log 8, soit environ 2,08
# - c) 8
#
# *(5 points)*
# %% [markdown] lang="en"
# ## 2. Recognise the traps
#
# One letter for each question: `"a"`, `"b"` or `"c"`.
#
# **`swapped`.** A model was defined with `keras.Model([title, body, tags], ...)`; `title` and `body` are both sequences of word numbers. You write `fit([x_body, x_title, x_tags], ...)`.
#
# - a) Keras recognises the two texts and puts them back in place.
# - b) Keras raises an error.
# - c) The model trains, without a word, on texts that have changed places.
#
# **`weights`.** With Adam, you replace `loss_weights={"priority": 1, "department": 1}` by 10 and 10.
#
# - a) The model learns ten times as fast.
# - b) Hardly anything changes.
# - c) Training diverges.
#
# **`missed`.** The model is trained, and it misses too many urgent tickets. What can be done without training again?
#
# - a) Lower the threshold above which the alarm is given.
# - b) Raise the weight of the loss `priority`.
# - c) Raise the threshold above which the alarm is given.
#
# **`chinese`.** How many tokens does the layer `TextVectorization()`, with default settings, see in 包裹还没到?
#
# - a) 1
# - b) 3
# - c) 5
#
# **`first_loss`.** A softmax output chooses among 8 departments. Before any training, its loss should be close to:
#
# - a) 0.125
# - b) log 8, which is about 2.08
# - c) 8
#
# *(5 points)*
# %% [markdown] lang="zh"
# ## 2. 认出常见的坑
#
# 每题填一个字母：`"a"`、`"b"` 或 `"c"`。
#
# **`swapped`**：模型用 `keras.Model([title, body, tags], ...)` 定义，`title` 和 `body` 都是词编号序列。你写了 `fit([x_body, x_title, x_tags], ...)`。
#
# - a) Keras 认得出两段文本，会把它们放回原位。
# - b) Keras 会报错。
# - c) 模型一声不吭，用对调了的文本训练。
#
# **`weights`**：使用 Adam，你把 `loss_weights={"priority": 1, "department": 1}` 改成了 10 和 10。
#
# - a) 学得快十倍。
# - b) 几乎没有变化。
# - c) 训练会发散。
#
# **`missed`**：模型训练好了，但漏掉的急件太多。不重新训练，可以怎么办？
#
# - a) 降低报警的阈值。
# - b) 增大 `priority` 的损失权重。
# - c) 提高报警的阈值。
#
# **`chinese`**：默认设置的 `TextVectorization()` 会把“包裹还没到”看成几个词元？
#
# - a) 1
# - b) 3
# - c) 5
#
# **`first_loss`**：一个 softmax 输出要从 8 个部门中选一个。训练之前，它的损失应当接近：
#
# - a) 0.125
# - b) log 8，约 2.08
# - c) 8
#
# *（5 分）*

# %% answer="traps"
traps = {
    "swapped": None,
    "weights": None,
    "missed": None,
    "chinese": None,
    "first_loss": None,
}
### BEGIN SOLUTION
traps = {
    "swapped": "c",
    "weights": "b",
    "missed": "a",
    "chinese": "a",
    "first_loss": "b",
}
### END SOLUTION

# %% check="traps"

# %% [markdown] lang="fr"
# ## 3. Trouver les erreurs
#
# Un collègue vous confie `broken`, qui s’entraîne sans se plaindre et répond n’importe quoi. Voici ce qu’il devait être :
#
# - trois entrées : `title` et `body`, suites de numéros de mots de longueur quelconque (`int32`), et `tags`, 8 nombres ;
# - chaque texte a **sa propre** couche `Embedding` (3 000 mots, vecteurs de 16, sans masque), puis **son** `LSTM` : 12 unités pour le titre, 20 pour le texte ;
# - les deux résumés et les étiquettes sont concaténés, dans cet ordre : titre, texte, étiquettes ;
# - deux sorties : `urgent`, la probabilité que ce soit urgent (1 unité), et `team`, un choix parmi 5 équipes.
#
# Il contient **trois** erreurs. Construisez `mended`, le modèle réparé. *(5 points)*
# %% [markdown] lang="en"
# ## 3. Find the bugs
#
# A colleague hands you `broken`, which trains without complaint and gives meaningless answers. Here is what it was meant to be:
#
# - three inputs: `title` and `body`, sequences of word numbers of any length (`int32`), and `tags`, 8 numbers;
# - each text has an `Embedding` layer **of its own** (3,000 words, vectors of 16, no mask), then an `LSTM` **of its own**: 12 units for the title, 20 for the body;
# - the two summaries and the tags are concatenated, in this order: title, body, tags;
# - two outputs: `urgent`, the probability that the ticket is urgent (1 unit), and `team`, a choice among 5 teams.
#
# It has **three** bugs. Build `mended`, the repaired model. *(5 points)*
# %% [markdown] lang="zh"
# ## 3. 找出错误
#
# 同事交给你一个模型 `broken`：训练时从不报错，回答却一塌糊涂。它本来应该是这样的：
#
# - 三个输入：`title` 和 `body` 是长度不限的词编号序列（`int32`），`tags` 是 8 个数；
# - 两段文本**各有自己的** `Embedding` 层（3,000 个词，16 维向量，不用掩码），再接**各自的** `LSTM`：标题 12 个单元，正文 20 个单元；
# - 两份摘要和标记拼接，顺序为标题、正文、标记；
# - 两个输出：`urgent` 是紧急的概率（1 个单元），`team` 从 5 个小组中选一个。
#
# 里面有**三处**错误。请搭建修好的模型 `mended`。*（5 分）*

# %%
title = keras.Input(shape=(None,), dtype="int32", name="title")
body = keras.Input(shape=(None,), dtype="int32", name="body")
tags = keras.Input(shape=(8,), name="tags")
title_words = layers.Embedding(3_000, 16, name="title_words")(title)
body_words = layers.Embedding(3_000, 16, name="body_words")(body)
title_summary = layers.LSTM(12, name="title_summary")(title_words)
body_summary = layers.LSTM(20, name="body_summary")(title_words)
joined = layers.concatenate([title_summary, body_summary], name="joined")
urgent = layers.Dense(1, activation="softmax", name="urgent")(joined)
team = layers.Dense(5, activation="softmax", name="team")(joined)
broken = keras.Model([title, body, tags], [urgent, team], name="broken")

# %% answer="mended"
### BEGIN SOLUTION
title = keras.Input(shape=(None,), dtype="int32", name="title")
body = keras.Input(shape=(None,), dtype="int32", name="body")
tags = keras.Input(shape=(8,), name="tags")
title_words = layers.Embedding(3_000, 16, name="title_words")(title)
body_words = layers.Embedding(3_000, 16, name="body_words")(body)
title_summary = layers.LSTM(12, name="title_summary")(title_words)
body_summary = layers.LSTM(20, name="body_summary")(body_words)
joined = layers.concatenate([title_summary, body_summary, tags], name="joined")
urgent = layers.Dense(1, activation="sigmoid", name="urgent")(joined)
team = layers.Dense(5, activation="softmax", name="team")(joined)
mended = keras.Model([title, body, tags], [urgent, team], name="mended")
### END SOLUTION

# %% check="mended"

# %% [markdown] lang="fr"
# ## 4. Construire
#
# Une chaîne de gîtes lit les avis de ses hôtes. Pour chacun, elle veut deviner la note et le sujet. Construisez `review_model` :
#
# - une entrée nommée `review` : une suite de numéros de mots de longueur quelconque, type `int32` ;
# - une entrée nommée `stay` : 6 nombres qui décrivent le séjour ;
# - l’avis passe par une couche `Embedding` (2 000 mots, vecteurs de 16, sans masque), puis par un `LSTM` de 24 unités ;
# - son résumé et `stay` sont concaténés, l’avis d’abord ;
# - une couche de sortie nommée `rating` : dense, 1 unité, **sans** activation ;
# - une couche de sortie nommée `topic` : dense, 5 unités, activation softmax.
#
# La note vient en premier, le sujet en second. *(6 points)*
# %% [markdown] lang="en"
# ## 4. Build
#
# A chain of guest houses reads what its guests write. For each review, it wants to guess the rating and the topic. Build `review_model`:
#
# - an input named `review`: a sequence of word numbers of any length, dtype `int32`;
# - an input named `stay`: 6 numbers that describe the stay;
# - the review goes through an `Embedding` layer (2,000 words, vectors of 16, no mask), then through an `LSTM` of 24 units;
# - its summary and `stay` are concatenated, the review first;
# - an output layer named `rating`: dense, 1 unit, with **no** activation;
# - an output layer named `topic`: dense, 5 units, softmax activation.
#
# The rating comes first, the topic second. *(6 points)*
# %% [markdown] lang="zh"
# ## 4. 搭建
#
# 一家连锁民宿要读住客的评论，从每条评论推测评分和话题。搭建模型 `review_model`：
#
# - 名为 `review` 的输入：长度不限的词编号序列，类型 `int32`；
# - 名为 `stay` 的输入：描述这次入住的 6 个数；
# - 评论先经过 `Embedding` 层（2,000 个词，16 维向量，不用掩码），再经过 24 个单元的 `LSTM`；
# - 评论的摘要与 `stay` 拼接，评论在前；
# - 名为 `rating` 的输出层：全连接，1 个单元，**不带**激活函数；
# - 名为 `topic` 的输出层：全连接，5 个单元，softmax 激活。
#
# 输出的顺序是先评分，后话题。*（6 分）*

# %% answer="review_model"
### BEGIN SOLUTION
review = keras.Input(shape=(None,), dtype="int32", name="review")
stay = keras.Input(shape=(6,), name="stay")
review_words = layers.Embedding(2_000, 16, name="review_words")(review)
review_summary = layers.LSTM(24, name="review_summary")(review_words)
visit = layers.concatenate([review_summary, stay], name="visit")
rating = layers.Dense(1, name="rating")(visit)
topic = layers.Dense(5, activation="softmax", name="topic")(visit)
review_model = keras.Model([review, stay], [rating, topic], name="review_model")
### END SOLUTION

# %% check="review_model"

# %% [markdown] lang="fr"
# ## 5. Régler l’entraînement
#
# Une ville reçoit des signalements (nid-de-poule, lampadaire éteint…), déjà changés en 30 nombres. Construisez **et compilez** `city_model` :
#
# - une entrée de 30 nombres nommée `report` ;
# - un tronc commun : une couche dense de 24 unités, activation ReLU ;
# - trois couches de sortie denses, nommées : `delay`, 1 unité sans activation (le délai en jours) ; `urgent`, 1 unité, sigmoïde ; `service`, 4 unités, softmax.
#
# Pour l’entraînement :
#
# - l’optimiseur Adam, taux d’apprentissage 0,002 ;
# - les pertes : erreur quadratique moyenne pour `delay`, entropie croisée binaire pour `urgent`, et pour `service`, dont les cibles sont des **numéros** de 0 à 3, l’entropie croisée catégorielle qui convient ;
# - les poids des pertes : 0,05 pour `delay`, 2 pour `urgent`, 1 pour `service` ;
# - les métriques : l’erreur absolue moyenne (`mae`) pour `delay`, l’exactitude (`accuracy`) **et** le rappel (`Recall`) pour `urgent`, l’exactitude pour `service`. *(8 points)*
# %% [markdown] lang="en"
# ## 5. Set up the training
#
# A city receives reports (a pothole, a street lamp out…), already turned into 30 numbers. Build **and compile** `city_model`:
#
# - an input of 30 numbers named `report`;
# - a common trunk: a dense layer of 24 units, ReLU activation;
# - three dense output layers, with these names: `delay`, 1 unit, no activation (the delay in days); `urgent`, 1 unit, sigmoid; `service`, 4 units, softmax.
#
# For training:
#
# - the Adam optimizer, learning rate 0.002;
# - the losses: mean squared error for `delay`, binary crossentropy for `urgent`, and for `service`, whose targets are **numbers** from 0 to 3, the categorical crossentropy that fits;
# - the loss weights: 0.05 for `delay`, 2 for `urgent`, 1 for `service`;
# - the metrics: mean absolute error (`mae`) for `delay`, accuracy **and** recall (`Recall`) for `urgent`, accuracy for `service`. *(8 points)*
# %% [markdown] lang="zh"
# ## 5. 设置训练
#
# 一座城市的热线收到各种报修（路面坑洼、路灯不亮……），已经变成 30 个数。搭建**并编译**模型 `city_model`：
#
# - 名为 `report` 的输入（30 个数）；
# - 公共主干：全连接层，24 个单元，ReLU 激活；
# - 三个全连接输出层，名称分别为：`delay`，1 个单元，不带激活函数（处理天数）；`urgent`，1 个单元，sigmoid；`service`，4 个单元，softmax。
#
# 训练设置：
#
# - Adam 优化器，学习率 0.002；
# - 损失：`delay` 用均方误差，`urgent` 用二元交叉熵；`service` 的目标值是 0 到 3 的**编号**，请选用合适的分类交叉熵；
# - 损失权重：`delay` 为 0.05，`urgent` 为 2，`service` 为 1；
# - 指标：`delay` 用平均绝对误差（`mae`），`urgent` 用准确率（`accuracy`）**和**召回率（`Recall`），`service` 用准确率。*（8 分）*

# %% answer="city_model"
### BEGIN SOLUTION
report = keras.Input(shape=(30,), name="report")
trunk = layers.Dense(24, activation="relu", name="trunk")(report)
delay = layers.Dense(1, name="delay")(trunk)
urgent = layers.Dense(1, activation="sigmoid", name="urgent")(trunk)
service = layers.Dense(4, activation="softmax", name="service")(trunk)
city_model = keras.Model(report, [delay, urgent, service], name="city_model")
city_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.002),
    loss={
        "delay": "mean_squared_error",
        "urgent": "binary_crossentropy",
        "service": "sparse_categorical_crossentropy",
    },
    loss_weights={"delay": 0.05, "urgent": 2.0, "service": 1.0},
    metrics={
        "delay": ["mae"],
        "urgent": ["accuracy", keras.metrics.Recall()],
        "service": ["accuracy"],
    },
)
### END SOLUTION

# %% check="city_model"

# %% [markdown] lang="fr"
# ## 6. Concevoir
#
# La boutique de la leçon a grandi : un cinquième service, le conseil, répond avant l’achat. Ses clients sont aussi devenus moins clairs : trois titres sur quatre ne disent pas de quoi il s’agit, deux textes sur cinq non plus, et dans ce cas une étiquette désigne le service. Voici 1 200 tickets, mots déjà numérotés (0 : place vide ; 1 : mot inconnu).
# %% [markdown] lang="en"
# ## 6. Design
#
# The shop of the lesson has grown: a fifth department, advice, answers before people buy. Its customers have become less clear, too: three titles in four do not say what it is about, nor do two bodies in five, and then a tag tells the department. Here are 1,200 tickets, their words already numbered (0: an empty place; 1: an unknown word).
# %% [markdown] lang="zh"
# ## 6. 自己设计
#
# 课文里的那家网店做大了，新设了第五个部门：导购，负责购买前的咨询。顾客的话却更含糊了：四个标题里有三个没说是什么事，五段正文里也有两段没说；正文没说时，会有一个标签指明部门。下面是 1,200 张工单，词已经换成编号（0 表示空位，1 表示不认识的词）。

# %% active="ipynb"
# from course import helpdesk
#
# x, y = helpdesk.post()
# print(helpdesk.departments())
# for name, column in (x | y).items():
#     print(f"{name:<10} {column.dtype!s:<7} {column.shape}, {column.min():g} ... {column.max():g}")

# %% [markdown] lang="fr"
# Construisez, compilez **et entraînez** `router`, un modèle qui trie ces tickets :
#
# - trois entrées : `title`, 12 numéros de mots, et `body`, 48 numéros, de type `int32` et de 0 à 499 ; `tags`, 12 nombres ;
# - deux sorties : `department`, 5 unités, softmax (les services dans l’ordre affiché) ; `priority`, 1 unité, sigmoïde.
#
# **Tout le reste est libre** : les couches, leurs tailles, le style, les pertes, l’optimiseur, le nombre d’époques. Seul compte ce que le modèle sait faire : `check` tire au sort, à chaque fois, **200 tickets que personne n’a vus**, dans la langue de ce notebook ; la correction en tire d’autres.
#
# | | tous les points | la moitié des points |
# |---|---|---|
# | le bon service | dès 90 % des tickets | dès 70 % |
# | la bonne priorité (`priority` au-dessus de 0,5 ou non) | dès 85 % des tickets | dès 75 % |
#
# La correction exécute de nouveau ce notebook, entraînement compris : quelques secondes suffisent. *(9 points)*
# %% [markdown] lang="en"
# Build, compile **and train** `router`, a model that sorts these tickets:
#
# - three inputs: `title`, 12 word numbers, and `body`, 48 of them, of dtype `int32` and from 0 to 499; `tags`, 12 numbers;
# - two outputs: `department`, 5 units, softmax (the departments in the order printed above); `priority`, 1 unit, sigmoid.
#
# **Everything else is up to you**: the layers, their sizes, the style, the losses, the optimizer, the number of epochs. All that counts is what the model can do: each time, `check` draws **200 tickets that nobody has seen**, in the language of this notebook; grading draws others.
#
# | | all points | half of the points |
# |---|---|---|
# | the right department | from 90% of the tickets | from 70% |
# | the right priority (`priority` above 0.5 or not) | from 85% of the tickets | from 75% |
#
# Grading runs this notebook again, training included: a few seconds are enough. *(9 points)*
# %% [markdown] lang="zh"
# 搭建、编译**并训练**模型 `router`，让它给这些工单分类：
#
# - 三个输入：`title` 是 12 个词编号，`body` 是 48 个词编号，类型都是 `int32`，取值 0 到 499；`tags` 是 12 个数；
# - 两个输出：`department`，5 个单元，softmax（部门的顺序就是上面打印的顺序）；`priority`，1 个单元，sigmoid。
#
# **其余一切由你决定**：用哪些层、多大、什么风格，损失、优化器、训练几轮，都可以。评分只看模型的本事：每次运行 `check`，都会用这份笔记本的语言随机生成 **200 张谁也没见过的工单**；正式评分时另外再生成一批。
#
# | | 得满分 | 得一半的分 |
# |---|---|---|
# | 部门正确 | 达到 90% 的工单 | 达到 70% |
# | 优先级正确（`priority` 是否大于 0.5） | 达到 85% 的工单 | 达到 75% |
#
# 评分时会把这份笔记本重新运行一遍，训练也在内：训练几秒钟就够了。*（9 分）*

# %% answer="router" active="ipynb"
# ### BEGIN SOLUTION
# title = keras.Input(shape=(12,), dtype="int32", name="title")
# body = keras.Input(shape=(48,), dtype="int32", name="body")
# tags = keras.Input(shape=(12,), name="tags")
# # Of each number in the word vectors, the largest: it tells whether some word is there.
# read = [layers.GlobalMaxPooling1D()(layers.Embedding(500, 32)(text)) for text in (title, body)]
# known = layers.Dense(32, activation="relu")(layers.concatenate([*read, tags]))
# department = layers.Dense(5, activation="softmax", name="department")(known)
# priority = layers.Dense(1, activation="sigmoid", name="priority")(known)
# router = keras.Model([title, body, tags], [department, priority], name="router")
# router.compile(
#     optimizer=keras.optimizers.Adam(learning_rate=0.01),
#     loss={"department": "sparse_categorical_crossentropy", "priority": "binary_crossentropy"},
# )
# history = router.fit(x, y, epochs=8, batch_size=64, verbose=0)
# ### END SOLUTION

# %% check="router"

# %% [markdown] lang="fr"
# ## Et maintenant ?
#
# Quand tout est vert, enregistrez le notebook et rendez-le. Une question n’est juste qu’à moitié ? Rendez-le quand même : chaque critère réussi rapporte ses points.
# %% [markdown] lang="en"
# ## What now?
#
# When everything is green, save the notebook and hand it in. Is a question only half right? Hand it in all the same: each criterion that holds earns its points.
# %% [markdown] lang="zh"
# ## 接下来
#
# 全部通过以后，保存并提交这份笔记本。有题目只对了一半？也请照常提交：每达到一条标准都会得分。


# %% active="py"
def _router(
    body_read=True, tags_read=True, urgent="sigmoid", team="softmax", tables=2, order=(0, 1, 2)
):
    inputs = [
        keras.Input(shape=(None,), dtype="int32", name="title"),
        keras.Input(shape=(None,), dtype="int32", name="body"),
        keras.Input(shape=(8,), name="tags"),
    ]
    made = [layers.Embedding(3_000, 16) for _table in range(tables)]
    words = [made[0](inputs[0]), made[-1](inputs[1])]
    parts = [layers.LSTM(12)(words[0]), layers.LSTM(20)(words[1 if body_read else 0]), inputs[2]]
    both = layers.concatenate([parts[i] for i in order if tags_read or i != 2])
    outputs = [layers.Dense(1, activation=urgent)(both), layers.Dense(5, activation=team)(both)]
    return keras.Model(inputs, outputs)


def _review(
    words=(2_000, 16),
    units=24,
    swapped=False,
    stay_read=True,
    heads=(None, "softmax"),
    whole=False,
):
    inputs = [
        keras.Input(shape=(None,), dtype="int32", name="review"),
        keras.Input(shape=(6,), name="stay"),
    ]
    read = layers.Embedding(*words)(inputs[0])
    read = layers.LSTM(units, return_sequences=whole)(read)
    if whole:
        read = layers.GlobalAveragePooling1D()(read)
    parts = [read, inputs[1]]
    both = layers.concatenate(parts[::-1] if swapped else parts) if stay_read else read
    outputs = [
        layers.Dense(1, activation=heads[0], name="rating")(both),
        layers.Dense(5, activation=heads[1], name="topic")(both),
    ]
    return keras.Model(inputs, outputs)


def _city(
    heads=(None, "sigmoid", "softmax"),
    losses=("mse", "binary_crossentropy", "sparse_categorical_crossentropy"),
    weights=(0.05, 2.0, 1.0),
    metrics=(("mae",), ("accuracy", "recall"), ("accuracy",)),
    rate=0.002,
    trunks=1,
):
    report = keras.Input(shape=(30,), name="report")
    made = [layers.Dense(24, activation="relu") for _trunk in range(trunks)]
    read = [made[i % trunks](report) for i in range(3)]
    outputs = [
        layers.Dense(1, activation=heads[0], name="delay")(read[0]),
        layers.Dense(1, activation=heads[1], name="urgent")(read[1]),
        layers.Dense(4, activation=heads[2], name="service")(read[2]),
    ]
    model = keras.Model(report, outputs)
    model.compile(
        keras.optimizers.Adam(rate),
        loss=list(losses),
        loss_weights=list(weights),
        metrics=[[_metric(name) for name in of_output] for of_output in metrics],
    )
    return model


def _metric(name):
    return keras.metrics.Recall() if name == "recall" else name


def _sorter():
    """The inputs and outputs of a router; what lies between is up to the student."""
    title = keras.Input(shape=(helpdesk.TITLE,), dtype="int32", name="title")
    body = keras.Input(shape=(helpdesk.BODY,), dtype="int32", name="body")
    tags = keras.Input(shape=(12,), name="tags")
    words = layers.Embedding(helpdesk.WORDS, 4)
    read = [layers.GlobalMaxPooling1D()(words(text)) for text in (title, body)]
    known = layers.concatenate([*read, tags])
    department = layers.Dense(5, activation="softmax", name="department")(known)
    priority = layers.Dense(1, activation="sigmoid", name="priority")(known)
    return keras.Model([title, body, tags], [department, priority])


def _shows(kind, output, **params):
    return Difference(kind, params={"output": output, **params})


RUBRIC = Rubric(
    "ticket-routing",
    [
        value_task(
            "counting",
            counting,
            points=6,
            hints=[
                _("An embedding is a table: one row for each word, one column for each number."),
                _(
                    "What is concatenated is the summary that the LSTM gives, one number for each of its units, and the tags."
                ),
                _(
                    "A dense layer with n inputs and u units has n × u weights and u biases. Here n is the size of the concatenated vector."
                ),
            ],
            mistakes={
                _(
                    "An embedding has no biases: it is a table of words by numbers, and nothing more."
                ): {"embedding": 5_000 * 32 + 32},
                _(
                    "You forgot the factor 4: an LSTM has four sets of weights, one for its memory and three for its gates."
                ): {"lstm": 32 * 16 + 16 * 16 + 16},
                _(
                    "You left out the 8 tags: they are concatenated with the summary and reach both outputs."
                ): {"joined": 16},
                _(
                    "The LSTM passes on its 16 units, not the 32 numbers of the word vectors: that is what the tags are joined to."
                ): {"joined": 32 + 8},
                _("You counted the weights of the two outputs, but not their biases."): {
                    "urgent": 24,
                    "team": 72,
                },
            },
        ),
        value_task(
            "traps",
            traps,
            points=5,
            hints=[
                _(
                    "The lesson ran each of these: look again at the traps of lists, at loss weights, at the threshold, at the tokens."
                ),
                _(
                    "Keras can only notice what it can see: the number of arrays, their names if they have any, their shapes and dtypes."
                ),
                _(
                    "A softmax that knows nothing gives each of n choices a probability of 1/n; crossentropy is minus the logarithm of it."
                ),
            ],
            mistakes={
                _(
                    "In a list, arrays have a place but no name: Keras cannot know which text is which. Names in a dictionary would have saved you."
                ): {"swapped": "a"},
                _(
                    "Both texts are sequences of whole numbers, of any length: nothing is wrong in shape or dtype, so there is no error."
                ): {"swapped": "b"},
                _(
                    "Adam divides each gradient by its usual size, so a common factor disappears. Only the ratio of the weights counts."
                ): {"weights": "a"},
                _(
                    "A loss weight arbitrates between outputs, and acts only in training. Here one output makes the wrong kind of mistakes, and it is trained already."
                ): {"missed": "b"},
                _(
                    "With a higher threshold the alarm is given less often, so more urgent tickets are missed."
                ): {"missed": "c"},
                _(
                    "By default text is cut at spaces only, and there is none between Chinese words: the whole sentence is one token."
                ): {"chinese": "c"},
                _("0.125 is the probability of each choice. The loss is minus its logarithm."): {
                    "first_loss": "a"
                },
            },
        ),
        model_task(
            "mended",
            mended,
            [Criterion("interface", 1), Criterion("equivalent", 4)],
            hints=[
                _(
                    "Draw “broken” with keras.utils.plot_model and follow each input down: which ones never arrive?"
                ),
                _(
                    "One LSTM reads the wrong words, and one input is missing from the concatenation."
                ),
                _(
                    "What does a softmax over a single unit give, whatever comes in? Only one activation suits a single probability."
                ),
            ],
            mistakes={
                _("Nothing has been fixed yet: these are the three bugs of “broken”."): _router(
                    body_read=False, tags_read=False, urgent="softmax"
                ),
                _(
                    "The LSTM of the body still reads the words of the title: the body has no effect on the answers."
                ): _router(body_read=False),
                _(
                    "The tags are an input that leads nowhere: they are missing from the concatenation."
                ): _router(tags_read=False),
                _(
                    "A softmax over one unit always gives 1: everything would be urgent. One probability takes a sigmoid."
                ): _router(urgent="softmax"),
                _(
                    "Five sigmoids answer five separate questions. One team out of five is asked for: a softmax."
                ): _router(team="sigmoid"),
                _(
                    "Title and body share one table of words. Each is asked to have an Embedding layer of its own."
                ): _router(tables=1),
                _("The order of the concatenation is title, body, tags."): _router(order=(2, 0, 1)),
            },
        ),
        model_task(
            "review_model",
            review_model,
            [
                Criterion("interface", 1),
                Criterion("input-names", 1),
                Criterion("output-names", 1),
                Criterion("equivalent", 3),
            ],
            hints=[
                _(
                    'A sequence of any length is keras.Input(shape=(None,), dtype="int32", name="review").'
                ),
                _(
                    "Embedding(number of words, size of a vector) makes the word vectors; LSTM(24) reads them and keeps its last state only."
                ),
                _(
                    "Concatenate the summary and “stay”, call both output layers on the result, and give keras.Model two lists."
                ),
            ],
            mistakes={
                _(
                    "The two numbers of Embedding are swapped: the size of the vocabulary comes first, then the size of a vector."
                ): _review(words=(16, 2_000)),
                _(
                    "“stay” is an input that leads nowhere: concatenate it with the summary of the review."
                ): _review(stay_read=False),
                _("The review comes first in the concatenation, then the stay."): _review(
                    swapped=True
                ),
                _(
                    "You average over all steps of the LSTM. Its last output is the summary: without return_sequences, no pooling is needed."
                ): _review(whole=True),
                _(
                    "A rating with a sigmoid stays between 0 and 1. A regression output takes no activation."
                ): _review(heads=("sigmoid", "softmax")),
                _("Five sigmoids do not exclude each other. A review has one topic: a softmax."): (
                    _review(heads=(None, "sigmoid"))
                ),
                _("The LSTM has 24 units; 16 is the size of the word vectors."): _review(units=16),
            },
        ),
        model_task(
            "city_model",
            city_model,
            [
                Criterion("interface", 1),
                Criterion("output-names", 1),
                Criterion("equivalent", 2),
                Criterion("loss", 1),
                Criterion("loss-weights", 1),
                Criterion("metrics", 1),
                Criterion("optimizer", 1),
            ],
            hints=[
                _("All three output layers are called on the same trunk tensor."),
                _(
                    "Targets that are whole numbers take the sparse version of categorical crossentropy."
                ),
                _(
                    'metrics is a dictionary of lists: {"urgent": ["accuracy", keras.metrics.Recall()], ...}; loss_weights has the same keys.'
                ),
            ],
            mistakes={
                _(
                    "categorical_crossentropy expects targets of four numbers, one of them 1. Yours are plain numbers from 0 to 3: take the sparse version."
                ): _city(losses=("mse", "binary_crossentropy", "categorical_crossentropy")),
                _("The loss weights of “delay” and “urgent” are swapped."): _city(
                    weights=(2.0, 0.05, 1.0)
                ),
                _(
                    "The loss weights are missing: squared days would drown out the two other losses."
                ): _city(weights=(1.0, 1.0, 1.0)),
                _(
                    "Recall is missing from the metrics of “urgent”: accuracy does not say how many urgent reports were missed."
                ): _city(metrics=(("mae",), ("accuracy",), ("accuracy",))),
                _(
                    "A delay with a ReLU gives no gradient wherever it answers 0. A regression output takes no activation."
                ): _city(heads=("relu", "sigmoid", "softmax")),
                _(
                    "Each output has a trunk of its own. One common trunk is asked for: call the layer once, and start all three outputs from its result."
                ): _city(trunks=3),
                _("This is Adam with its usual learning rate of 0.001; 0.002 is asked for."): _city(
                    rate=0.001
                ),
            },
        ),
        model_task(
            "router",
            _sorter(),
            [
                Criterion("interface", 1),
                Criterion("input-names", 1),
                Criterion("output-names", 1),
                Criterion(
                    "measured",
                    4,
                    measure=Measure(
                        "tickets",
                        "department",
                        full=90,
                        half=70,
                        title=_("It sends tickets that it has not seen to the right department"),
                    ),
                ),
                Criterion(
                    "measured",
                    2,
                    measure=Measure(
                        "tickets",
                        "priority",
                        full=85,
                        half=75,
                        title=_("It gives tickets that it has not seen the right priority"),
                    ),
                ),
            ],
            hints=[
                _(
                    "Start from the router of the lesson: an Embedding for each text, a summary of each, everything concatenated, two output layers."
                ),
                _(
                    "A summary need not be an LSTM, which would have to be told about the empty places (mask_zero=True): GlobalMaxPooling1D over the word vectors is faster, and enough here."
                ),
                _(
                    "Two losses (sparse categorical and binary crossentropy), Adam with a learning rate of 0.01, about ten epochs; compile and fit stand in the same cell as the model."
                ),
            ],
            mistakes={
                _(
                    "The department is decided without the body, but three titles in four do not say what it is about."
                ): _shows("unread-input", "department", expected="body"),
                _(
                    "The department is decided without the tags. Two bodies in five do not say what the problem is; then only a tag tells."
                ): _shows("unread-input", "department", expected="tags"),
                _(
                    "Every ticket is sent to the same department: training went astray. A learning rate that is far too high does that, or a ReLU on the output."
                ): _shows("same-answer", "department"),
                _(
                    "Your departments have other numbers than those asked for: they count from 0, in the order of helpdesk.departments()."
                ): _shows("renumbered", "department"),
                _(
                    "This is guessing. Either the model was not trained, or tickets and departments no longer stood row beside row when it was."
                ): _shows("like-guessing", "department"),
                _(
                    "The priority is the same for every ticket. A softmax over one unit always gives 1: one probability takes a sigmoid."
                ): _shows("same-answer", "priority"),
                _(
                    "The priority is the wrong way round: 1 stands for a ticket that must be answered today."
                ): _shows("renumbered", "priority"),
            },
        ),
    ],
)
