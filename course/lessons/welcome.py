"""Unit 00, lesson: a notebook, a first model, a first check. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Bienvenue à l’atelier
#
# Que faut-il avoir fait, une première fois, pour ne plus être arrêté ensuite par l’outil ? Exécuter une cellule, entraîner un modèle, faire vérifier une réponse, la rendre. C’est le programme de ce quart d’heure.
#
# **À la fin de cette leçon, vous saurez :**
#
# - vous servir d’un notebook, et le remettre d’aplomb quand plus rien ne marche ;
# - ce que désignent les mots *modèle*, *perte*, *entraînement*, pour l’avoir vu à l’œuvre ;
# - faire vérifier une réponse, demander un indice, rendre votre travail.
#
# Cette leçon existe en trois langues : français, [English](../../en/00-welcome/lesson.ipynb), [中文](../../zh/00-welcome/lesson.ipynb). Le code est le même partout ; changez quand vous voulez.
#
# ## 1. Un notebook, des cellules
#
# Un notebook est une suite de cellules : du texte comme celui-ci, ou du code. Cliquez dans la cellule grise ci-dessous, puis appuyez sur **Maj + Entrée** : elle s’exécute, et la suivante est sélectionnée.
# %% [markdown] lang="en"
# # Welcome to the atelier
#
# What is worth doing once, so that the tools never get in your way again? Run a cell, train a model, have an answer checked, hand it in. That is the programme of the next quarter of an hour.
#
# **By the end of this lesson you will be able to:**
#
# - use a notebook, and set it right again when nothing works any more;
# - say what *model*, *loss* and *training* mean, having seen them at work;
# - have an answer checked, ask for a hint, hand in your work.
#
# This lesson exists in three languages: [français](../../fr/00-welcome/lesson.ipynb), English, [中文](../../zh/00-welcome/lesson.ipynb). The code is the same in all of them; switch whenever you like.
#
# ## 1. A notebook is made of cells
#
# A notebook is a sequence of cells: text like this, or code. Click in the grey cell below and press **Shift + Enter**: it runs, and the next one is selected.
# %% [markdown] lang="zh"
# # 欢迎来到工坊
#
# 哪几件事先做上一遍，以后就不会再被工具绊住？运行一个单元格，训练一个模型，检查一个答案，然后提交。接下来的一刻钟就做这几件事。
#
# **学完本课，你将能够：**
#
# - 使用笔记本（notebook），并在它“什么都不对”的时候让它恢复正常；
# - 说清楚*模型*、*损失*、*训练*各是做什么的，因为你会亲眼看到它们怎样工作；
# - 检查答案、查看提示、提交作业。
#
# 本课有三种语言：[français](../../fr/00-welcome/lesson.ipynb)、[English](../../en/00-welcome/lesson.ipynb)、中文。代码完全相同，随时可以切换。
#
# ## 1. 笔记本由单元格组成
#
# 笔记本是一连串单元格，有的是文字（比如这里），有的是代码。点击下面的灰色单元格，按 **Shift + Enter**：它会运行，并选中下一个单元格。

# %%
import course

course.use_language(_("en"))

# %% [markdown] lang="fr"
# Elle n’affiche rien : elle a seulement dit dans quelle langue le cours vous parle. Chaque notebook commence ainsi.
#
# Une cellule affiche la valeur de sa dernière ligne, et ce que `print` écrit. Notre façon de travailler tient en trois temps : **prédire, exécuter, regarder**.
#
# **Prédisez.** Qu’affichera la cellule suivante ?
# %% [markdown] lang="en"
# It shows nothing: it only sets the language in which the course talks to you. Every notebook starts like this.
#
# A cell shows the value of its last line, and what `print` writes. Our way of working has three beats: **predict, run, look**.
#
# **Predict.** What will the next cell show?
# %% [markdown] lang="zh"
# 它什么也没显示，只是告诉课程该用哪种语言和你交流。每份笔记本都这样开头。
#
# 单元格会显示最后一行的值，以及 `print` 输出的内容。我们的学习方法就三步：**先预测，再运行，然后观察**。
#
# **先预测**：下一个单元格会显示什么？

# %%
count = 3
count = count + 1
count

# %% [markdown] lang="fr"
# On lit 4. Exécutez-la une seconde fois : encore 4, car `count = 3` repart du début. Celle-ci se comporte autrement :
# %% [markdown] lang="en"
# It shows 4. Run it a second time: 4 again, since `count = 3` starts afresh. This one behaves differently:
# %% [markdown] lang="zh"
# 是 4。再运行一次，还是 4，因为 `count = 3` 会重新赋值。下面这个就不一样了：

# %%
count = count + 1
count

# %% [markdown] lang="fr"
# 5, puis 6, puis 7 à chaque exécution. Le *noyau* (kernel), le programme qui exécute vos cellules, garde la mémoire de tout, dans l’ordre où **vous** avez exécuté, et non dans l’ordre de la page. Le nombre entre crochets, à gauche, donne cet ordre.
#
# Quand plus rien ne s’explique, un remède : le menu **Noyau → Redémarrer le noyau et exécuter toutes les cellules**. La mémoire est vidée, vos textes et votre code restent.
#
# ## 2. L’atelier est-il prêt ?
# %% [markdown] lang="en"
# 5, then 6, then 7: one more with every run. The *kernel*, the program that runs your cells, remembers everything, in the order in which **you** ran it and not in the order of the page. The number in square brackets on the left gives that order.
#
# When nothing makes sense any more there is one cure: the menu **Kernel → Restart Kernel and Run All Cells**. Memory is emptied; your text and your code stay.
#
# ## 2. Is the workshop ready?
# %% [markdown] lang="zh"
# 先是 5，再运行就是 6、7……*内核*（kernel）是运行单元格的程序，它会记住一切，而且按**你**运行的顺序来记，不是按页面上的顺序。左侧方括号里的数字就是运行顺序。
#
# 如果结果怎么也说不通，有一个办法：菜单**内核 → 重启并运行所有单元格**。记忆清空，文字和代码都还在。
#
# ## 2. 工坊准备好了吗？

# %%
import keras
import numpy as np
from course import plots
from keras import layers

keras.utils.set_random_seed(1)
print("Keras runs on", keras.backend.backend())

# %% [markdown] lang="fr"
# Keras décrit les modèles ; TensorFlow fait les calculs. Le premier import peut prendre quelques secondes, c’est normal.
#
# ## 3. Un premier modèle
#
# Vous héritez d’une boîte de vieux relevés météo. Chacun porte deux nombres, lus sur deux thermomètres : l’un en degrés Celsius, l’autre en degrés Fahrenheit. Supposons que vous ayez oublié la formule de conversion. Un modèle peut-il la **retrouver** à partir des seuls relevés ?
# %% [markdown] lang="en"
# Keras describes models; TensorFlow does the computing. The first import may take a few seconds, which is normal.
#
# ## 3. A first model
#
# You inherit a box of old weather records. Each has two numbers, read off two thermometers: one in degrees Celsius, the other in degrees Fahrenheit. Suppose that you have forgotten how to convert. Can a model **find the formula** from the records alone?
# %% [markdown] lang="zh"
# Keras 负责描述模型，TensorFlow 负责计算。第一次导入可能需要几秒钟，这很正常。
#
# ## 3. 第一个模型
#
# 你得到一箱旧的气象记录，每条记录有两个数，分别读自两支温度计：一支用摄氏度，一支用华氏度。假设你忘了换算公式，模型能不能只凭这些记录把公式**找出来**？

# %% alt="Forty measured points that lie roughly along a rising straight line"
celsius = np.linspace(-10, 35, 40).reshape(-1, 1)
reading_errors = np.random.default_rng(1).normal(scale=2, size=celsius.shape)
fahrenheit = 1.8 * celsius + 32 + reading_errors
plots.line(celsius, fahrenheit, x_label="°C", y_label="°F")

# %% [markdown] lang="fr"
# Les points suivent une droite, à peu près : on ne lit jamais un thermomètre au degré près. Le plus petit modèle possible est justement une droite : **une** couche d’**une** unité, qui calcule *poids × entrée + biais*.
# %% [markdown] lang="en"
# The points follow a straight line, more or less: people misread thermometers. The smallest model there is happens to be a straight line: **one** layer of **one** unit, which computes *weight × input + bias*.
# %% [markdown] lang="zh"
# 这些点大致在一条直线上，毕竟读温度计难免有误差。而最小的模型恰好就是一条直线：**一个**层、**一个**单元（unit），计算*权重 × 输入 + 偏置*。

# %% alt="Drawing of the model: an input of one number, then one dense layer of one unit"
degrees = keras.Input(shape=(1,), name="celsius")
answer = layers.Dense(1, name="fahrenheit")(degrees)
model = keras.Model(degrees, answer, name="thermometer")
plots.model_drawing(model)

# %% [markdown] lang="fr"
# Deux nombres à trouver : le poids et le biais. Ils valent pour l’instant n’importe quoi.
#
# **Prédisez.** À quoi ressemblera la droite du modèle avant tout entraînement ?
# %% [markdown] lang="en"
# There are two numbers to find: the weight and the bias. For now they have arbitrary values.
#
# **Predict.** What will the model’s line look like before any training?
# %% [markdown] lang="zh"
# 要找的数只有两个：权重和偏置。现在它们的值还是随便取的。
#
# **先预测**：还没训练时，模型画出的直线是什么样子？

# %% alt="Before training, the model's dashed line is far from the measured points"
plots.line(
    celsius, fahrenheit, model.predict(celsius, verbose=0), x_label="°C", y_label="°F"
)

# %% [markdown] lang="fr"
# Loin du compte, bien sûr. Voici maintenant la boucle qui fait tout l’apprentissage profond : le modèle **prédit**, la **perte** mesure son erreur, l’**optimiseur** corrige un peu le poids et le biais, et l’on recommence. Un passage sur toutes les données s’appelle une **époque**.
# %% [markdown] lang="en"
# Off the mark, of course. Now for the loop behind all of deep learning: the model **predicts**, the **loss** measures its error, the **optimizer** corrects the weight and the bias a little, and round we go again. One pass over all the data is called an **epoch**.
# %% [markdown] lang="zh"
# 当然对不上。接下来是整个深度学习的核心循环：模型做出**预测**，**损失**衡量误差，**优化器**把权重和偏置稍微改一改，然后再来一遍。把全部数据过一遍，叫一个**轮次**（epoch）。

# %% alt="The loss falls steeply at first, then levels off close to zero"
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.5),
    loss="mean_squared_error",
)
history = model.fit(celsius, fahrenheit, epochs=150, verbose=0)
plots.training(history)

# %% [markdown] lang="fr"
# La perte s’effondre, puis se stabilise : il ne reste que les erreurs de lecture. **Prédisez**, puis regardez la droite.
# %% [markdown] lang="en"
# The loss collapses, then levels off: only the reading errors are left. **Predict**, then look at the line.
# %% [markdown] lang="zh"
# 损失急剧下降，然后趋于平稳，剩下的只是读数误差。**先预测**，再看那条直线。

# %% alt="After training, the model's dashed line runs through the middle of the points"
plots.line(
    celsius, fahrenheit, model.predict(celsius, verbose=0), x_label="°C", y_label="°F"
)

# %%
weight, bias = (float(values.item()) for values in model.get_weights())
print("weight close to 1.8:", abs(weight - 1.8) < 0.1)
print("bias close to 32:   ", abs(bias - 32) < 2)

# %% [markdown] lang="fr"
# °F = 1,8 × °C + 32 : la formule est retrouvée, et personne ne l’a écrite dans le modèle. Dans les unités suivantes, tout changera de taille ; cette boucle, elle, restera la même.
#
# **Essayez.** Remplacez 150 époques par 5, puis exécutez tout depuis le début. Que voyez-vous ?
#
# ## 4. Vérifier une réponse
#
# Chaque unité se termine par un notebook d’exercice. Vous y donnez une réponse, et `check` vous dit ce qui va, couche par couche. Le premier exercice demande un modèle qui reçoit **4** nombres et qui a une seule couche dense de **3** unités, sans activation. En voici un qui se trompe.
#
# **Prédisez.** Que va dire `check` ?
# %% [markdown] lang="en"
# °F = 1.8 × °C + 32: the formula is found, and nobody wrote it into the model. The units to come will change the size of everything, but not this loop.
#
# **Try it.** Replace 150 epochs by 5, then run everything from the start. What do you see?
#
# ## 4. Have an answer checked
#
# Every unit ends with an exercise notebook. You give an answer there, and `check` tells you what is right, layer by layer. The first exercise asks for a model that takes **4** numbers and has a single dense layer of **3** units, without activation. Here is one that gets it wrong.
#
# **Predict.** What will `check` say?
# %% [markdown] lang="zh"
# °F = 1.8 × °C + 32，公式找到了，而谁也没有把它写进模型。后面的单元规模会大得多，但这个循环不变。
#
# **试一试**：把 150 个轮次改成 5 个，然后从头全部运行一遍。你看到了什么？
#
# ## 4. 检查答案
#
# 每个单元最后都有一份练习笔记本。你在里面作答，`check` 会逐层告诉你哪里对、哪里不对。第一个练习要求的模型接收 **4** 个数，只含一个有 **3** 个单元的全连接层（`Dense`），不带激活函数。下面这个模型有错。
#
# **先预测**：`check` 会怎么说？

# %%
from grader import check, hint

numbers = keras.Input(shape=(4,), name="numbers")
attempt = keras.Model(
    numbers, layers.Dense(3, activation="relu", name="only_layer")(numbers)
)
verdict = check("00-welcome.first", attempt)

# %% [markdown] lang="fr"
# Il nomme la couche, et ce qui est déjà juste rapporte ses points. Bloqué ? Demandez un indice ; chaque appel donne le suivant, du simple coup de pouce à la presque-réponse :
# %% [markdown] lang="en"
# It names the layer, and whatever is already right earns its points. Stuck? Ask for a hint; each call gives the next, from a nudge to nearly the answer:
# %% [markdown] lang="zh"
# 它指出了是哪一层，已经正确的部分照样得分。卡住了？可以看提示：每调用一次给出下一条，从轻轻点拨，到几乎说出答案：

# %%
hint("00-welcome.first")

# %% [markdown] lang="fr"
# Vous pouvez vérifier aussi souvent que vous voulez : rien n’est retenu contre vous.
#
# ## 5. Rendre son travail
#
# 1. Ouvrez le notebook `exercise.ipynb` de l’unité, à côté de cette leçon, dans la langue de votre choix, ou celui que votre établissement distribue : dans JupyterLab, menu **Nbgrader → Assignment List**, bouton **Fetch**.
# 2. Remplacez les lignes `# Votre code ici`, exécutez, vérifiez. N’effacez pas les cellules `check` : c’est par elles que vous serez noté.
# 3. **Enregistrez** (Ctrl + S).
# 4. Rendez : bouton **Submit** de la même liste ou, dans un terminal ouvert dans le dossier de votre langue (`course/fr`), `nbgrader submit 00-welcome --course keras-atelier`.
#
# Vous pouvez rendre plusieurs fois ; la dernière version compte. Un travail à moitié juste rapporte déjà des points : rendez-le.
#
# ## À retenir
#
# Les mots de base du cours. Certains, comme *lot* ou *métrique*, ne serviront qu’à partir de l’unité suivante :
#
# | terme | English | ce que c’est |
# |---|---|---|
# | modèle | model | une fonction dont certains nombres restent à apprendre |
# | couche | layer | un étage du modèle |
# | poids, biais | weights, bias | les nombres que l’entraînement ajuste |
# | entrée, sortie | input, output | ce que le modèle reçoit, ce qu’il rend |
# | forme | shape | les dimensions d’un tableau de nombres |
# | perte | loss | l’erreur à réduire, en un seul nombre |
# | optimiseur | optimizer | ce qui corrige les poids |
# | taux d’apprentissage | learning rate | l’ampleur de chaque correction |
# | lot | batch | les exemples traités ensemble |
# | époque | epoch | un passage sur toutes les données |
# | métrique | metric | une mesure que l’on suit sans l’optimiser |
# | entraînement, validation, test | training, validation, test | apprendre, surveiller, juger |
#
# - **Prédire, exécuter, regarder** : c’est la prédiction fausse qui vous apprend le plus.
# - Rien ne va plus ? Redémarrez le noyau et exécutez tout.
#
# ## Pour continuer
#
# - Faites [l’exercice](exercise.ipynb) : deux lignes, et un premier travail rendu.
# - Puis passez à [Sequential](../01-sequential/lesson.ipynb), où vous empilerez vos premières couches.
# - Le [site de Keras](https://keras.io/) a la documentation de chaque couche (en anglais).
# %% [markdown] lang="en"
# You may check as often as you like: nothing is held against you.
#
# ## 5. Hand in your work
#
# 1. Open the unit’s `exercise.ipynb`, next to this lesson, in the language of your choice, or the one that your school hands out: in JupyterLab, menu **Nbgrader → Assignment List**, button **Fetch**.
# 2. Replace the lines `# Your code here`, run, check. Do not delete the `check` cells: they are how you get your grade.
# 3. **Save** (Ctrl + S).
# 4. Hand in: button **Submit** in the same list or, in a terminal opened in the folder of your language (`course/en`), `nbgrader submit 00-welcome --course keras-atelier`.
#
# You may hand in several times; the last version counts. Work that is half right earns its points: hand it in.
#
# ## What to remember
#
# The basic words of the course. Some, such as *batch* or *metric*, come into use only in the next unit:
#
# | term | what it is |
# |---|---|
# | model | a function some of whose numbers are still to be learned |
# | layer | one step of the computation |
# | weights, bias | the numbers that training adjusts |
# | input, output | what the model takes, what it returns |
# | shape | the sizes of an array along its axes |
# | loss | the error to bring down, as a single number |
# | optimizer | what corrects the weights |
# | learning rate | how large each correction is |
# | batch | the examples processed together |
# | epoch | one pass over all the data |
# | metric | a measure that is followed, not optimised |
# | training, validation, test | to learn, to keep watch, to judge |
#
# - **Predict, run, look**: the wrong prediction is the one that teaches most.
# - Nothing works? Restart the kernel and run everything.
#
# ## Where to go
#
# - Do [the exercise](exercise.ipynb): two lines, and a first piece of work handed in.
# - Then move on to [Sequential](../01-sequential/lesson.ipynb), where you stack your first layers.
# - [Keras’s site](https://keras.io/) documents every layer.
# %% [markdown] lang="zh"
# 检查多少次都可以，不会扣分。
#
# ## 5. 提交作业
#
# 1. 打开本课旁边的 `exercise.ipynb`（选你喜欢的语言），或者打开学校下发的那一份：在 JupyterLab 里点菜单 **Nbgrader → Assignment List**，再点 **Fetch**。
# 2. 把 `# 在这里写代码` 这些行换成你的代码，运行，检查。不要删除 `check` 单元格，评分全靠它们。
# 3. **保存**（Ctrl + S）。
# 4. 提交：在同一个列表里点 **Submit**；或者在所选语言的文件夹（`course/zh`）里打开终端，运行 `nbgrader submit 00-welcome --course keras-atelier`。
#
# 可以提交多次，以最后一次为准。只对了一半也有相应的分数，请照常提交。
#
# ## 要点回顾
#
# 下面是本课程的基本词汇。有些词，比如“批次”和“指标”，要到下一个单元才用到：
#
# | 术语 | 英文 | 含义 |
# |---|---|---|
# | 模型 | model | 一个函数，其中有些数要靠学习得到 |
# | 层 | layer | 组成模型的一个环节 |
# | 权重、偏置 | weights, bias | 训练时调整的那些数 |
# | 输入、输出 | input, output | 模型接收的，模型给出的 |
# | 形状 | shape | 数组沿各个轴的大小 |
# | 损失 | loss | 要降低的误差，用一个数表示 |
# | 优化器 | optimizer | 负责修正权重 |
# | 学习率 | learning rate | 每次修正的幅度 |
# | 批次 | batch | 一起处理的一组样本 |
# | 轮次 | epoch | 把全部数据过一遍 |
# | 指标 | metric | 只跟踪、不优化的度量 |
# | 训练、验证、测试 | training, validation, test | 学习、监测、评判 |
#
# - **先预测，再运行，然后观察**：猜错的那一次，学到的最多。
# - 怎么都不对？重启内核，全部重新运行。
#
# ## 下一步
#
# - 完成[练习](exercise.ipynb)：两行代码，第一次提交作业。
# - 然后学习 [Sequential](../01-sequential/lesson.ipynb)，亲手堆起你的第一批层。
# - [Keras 官网](https://keras.io/)有每一种层的文档（英文）。
