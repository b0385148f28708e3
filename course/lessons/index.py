"""The landing page: one source, three languages; the builder puts in the table of units."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # L’atelier Keras
#
# Un réseau de neurones se construit comme un meuble : pièce par pièce, en regardant à chaque étape ce que l’on a sous les mains. C’est ce que vous ferez ici. Chaque leçon part d’une question de métier, vous fait prévoir un résultat, puis l’exécute et le dessine ; chaque exercice vous dit **quelle couche** est à revoir, et pourquoi.
#
# Il vous faut un peu de Python (fonctions, listes, dictionnaires). Aucune expérience de l’apprentissage profond n’est nécessaire, et tout fonctionne hors ligne.
# %% [markdown] lang="en"
# # Keras Atelier
#
# A neural network is built like a piece of furniture: part by part, looking at each step at what is on the bench. That is what you will do here. Each lesson starts from a practitioner’s question, has you predict a result, then runs it and draws it; each exercise tells you **which layer** needs another look, and why.
#
# You need some Python (functions, lists, dictionaries). No experience of deep learning is required, and everything works offline.
# %% [markdown] lang="zh"
# # Keras 工坊
#
# 搭建神经网络就像做一件家具：一个部件一个部件地装，每一步都看看手里的东西是什么样。在这里，你也会这样一步步动手。每一课都从一个实际问题出发，先请你预测结果，再运行代码、画出图来；每一道练习都会告诉你**哪一层**需要再想想，并说明原因。
#
# 你只需要懂一点 Python（函数、列表、字典），不需要任何深度学习经验。所有内容都可以离线运行。
# %% [markdown] lang="fr"
# ## Les unités
#
# <!-- units -->
#
# Suivez-les dans l’ordre si vous débutez : chacune ne suppose que celles d’avant. Les durées sont celles de la lecture ; comptez à peu près autant pour l’exercice.
# %% [markdown] lang="en"
# ## The units
#
# <!-- units -->
#
# Take them in order if you are new to this: each assumes only those before it. The times are for reading; allow about as much for the exercise.
# %% [markdown] lang="zh"
# ## 单元一览
#
# <!-- units -->
#
# 初学者请按顺序学习：每个单元只用到前面讲过的内容。表中是阅读所需的时间，练习大约还需要同样长的时间。
# %% [markdown] lang="fr"
# ## Votre parcours
#
# Exécutez cette cellule (cliquez dedans, puis <kbd>Maj</kbd> + <kbd>Entrée</kbd>) : elle dessine la carte du cours, chaque unité sous celles qu’elle suppose, avec les points que vos `check` ont obtenus jusqu’ici. Revenez l’exécuter quand vous le souhaitez.
#
# Ces points ne sont que pour vous : ils restent sur cette machine, et la note est calculée à part.
# %% [markdown] lang="en"
# ## Your progress so far
#
# Run this cell (click in it, then press <kbd>Shift</kbd> + <kbd>Enter</kbd>): it draws the map of the course, each unit below those that it builds on, with the points that your checks have earned so far. Come back and run it whenever you like.
#
# These points are for your eyes only: they stay on this machine, and grading does not look at them.
# %% [markdown] lang="zh"
# ## 学习进度
#
# 运行下面的单元格（点击它，再按 <kbd>Shift</kbd> + <kbd>Enter</kbd>），就会画出课程地图：每个单元都排在它所依据的单元下面，并标出你运行 `check` 至今得到的分数。随时可以回来再运行一次。
#
# 这些分数只给你自己看：它们只保存在这台机器上，与正式评分无关。

# %%
import course
from course import progress

course.use_language(_("en"))
progress.show()

# %% [markdown] lang="fr"
# ## Travailler dans un notebook
#
# - **Exécuter une cellule** : cliquez dedans, puis <kbd>Maj</kbd> + <kbd>Entrée</kbd>. Exécutez-les dans l’ordre, de haut en bas.
# - **Tout recommencer** : menu « Noyau », puis « Redémarrer le noyau et exécuter toutes les cellules ».
# - **Essayer** : changez un nombre, une activation, une taille, et exécutez de nouveau. Rien ne peut casser : vos essais restent dans votre copie.
# %% [markdown] lang="en"
# ## Working in a notebook
#
# - **Run a cell**: click in it, then <kbd>Shift</kbd> + <kbd>Enter</kbd>. Run them in order, from top to bottom.
# - **Start afresh**: menu “Kernel”, then “Restart Kernel and Run All Cells”.
# - **Try things**: change a number, an activation, a size, and run again. Nothing can break: what you try stays in your copy.
# %% [markdown] lang="zh"
# ## 怎样使用笔记本
#
# - **运行单元格**：点击单元格，再按 <kbd>Shift</kbd> + <kbd>Enter</kbd>。请从上到下依次运行。
# - **从头再来**：打开“内核”菜单，选择“重启并运行所有单元格”。
# - **动手试试**：改一个数字、换一个激活函数、调一调层的大小，再运行一次。不会弄坏任何东西：所有改动都只在你自己的副本里。
# %% [markdown] lang="fr"
# ## Être aidé
#
# Sous chaque réponse d’un exercice se trouve une cellule `check`. Elle compare votre modèle à celui qui est demandé, critère par critère, et le dessine en marquant ce qui diffère. Relancez-la autant de fois que vous le souhaitez.
#
# Bloqué ? Dans une nouvelle cellule, `hint("02-functional.stack")` donne un indice pour la question nommée ; rappelez-le pour le suivant. Les indices ne coûtent pas de points.
#
# Un mot vous échappe ? Le [glossaire](glossary.ipynb) l’explique, et dit quelle leçon l’enseigne.
#
# ## Rendre un exercice
#
# 1. Enregistrez le notebook : <kbd>Ctrl</kbd> + <kbd>S</kbd>.
# 2. Si votre établissement distribue le cours avec nbgrader, ouvrez le menu « Nbgrader », puis « Assignment List », et cliquez sur *Submit* à côté de l’exercice. Sinon, envoyez le fichier `exercise.ipynb` comme votre enseignant l’indique.
# 3. Vous pouvez rendre un travail à moitié fait, et le rendre de nouveau : chaque critère réussi rapporte ses points, et c’est la dernière version qui compte.
#
# La correction arrive dans la langue du notebook que vous avez rempli.
# %% [markdown] lang="en"
# ## Getting help
#
# Below each answer of an exercise stands a `check` cell. It compares your model with the one that is asked for, criterion by criterion, and draws it, marking what differs. Run it as often as you like.
#
# Stuck? In a new cell, `hint("02-functional.stack")` gives a hint for the question that it names; call it again for the next one. Hints cost no points.
#
# Met a word that you do not know? The [glossary](glossary.ipynb) explains it, and says which lesson teaches it.
#
# ## Handing in an exercise
#
# 1. Save the notebook: <kbd>Ctrl</kbd> + <kbd>S</kbd>.
# 2. If your school hands out the course with nbgrader, open the menu “Nbgrader”, then “Assignment List”, and click *Submit* beside the exercise. Otherwise send the file `exercise.ipynb` the way your teacher asks.
# 3. You may hand in half-finished work, and hand it in again: each criterion that holds earns its points, and the last version counts.
#
# Feedback comes in the language of the notebook that you filled in.
# %% [markdown] lang="zh"
# ## 获得帮助
#
# 练习中每个答案的下面都有一个 `check` 单元格。它逐条比较你的模型和题目要求的模型，把模型画出来，并标出不同之处。可以反复运行。
#
# 卡住了？在新的单元格里运行 `hint("02-functional.stack")`，就会得到这道题的一条提示；再运行一次，得到下一条。看提示不扣分。
#
# 遇到不熟悉的术语？[术语表](glossary.ipynb)里有解释，并注明是哪一课讲的。
#
# ## 提交练习
#
# 1. 保存笔记本：<kbd>Ctrl</kbd> + <kbd>S</kbd>。
# 2. 如果学校用 nbgrader 发放课程，请打开“Nbgrader”菜单，选择“Assignment List”，点击练习旁边的 *Submit*。否则，请按老师的要求发送文件 `exercise.ipynb`。
# 3. 没做完也可以提交，之后还可以再次提交：每达到一条标准都会得分，以最后一次提交为准。
#
# 你填写的是哪种语言的笔记本，反馈就用哪种语言。
