"""Unit 00, exercise: a first check that fails, then one that passes."""

# %% active="py"
from grader.rubric import Criterion, Rubric, model_task
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Exercice : un premier essai
#
# Deux lignes suffisent ici. Le but est de voir ce qui se passe quand une réponse est fausse, puis quand elle est juste, et de rendre un premier travail.
# %% [markdown] lang="en"
# # Exercise: a first try
#
# Two lines are enough here. The aim is to see what happens when an answer is wrong, then when it is right, and to hand in a first piece of work.
# %% [markdown] lang="zh"
# # 练习：初次尝试
#
# 这里只需要两行代码。目的是看看答错时会怎样、答对时又会怎样，并完成第一次提交。

# %%
import course

course.use_language(_("en"))

# %%
import keras
from grader import check, hint
from keras import layers

# %% [markdown] lang="fr"
# ## Une réponse fausse
#
# On demande un modèle qui reçoit **4 nombres** et qui a **une seule couche dense de 3 unités**, sans activation. Le brouillon ci-dessous contient une erreur. Avant d’exécuter la cellule : que va répondre `check` ?
# %% [markdown] lang="en"
# ## A wrong answer
#
# What is asked for is a model that takes **4 numbers** and has **a single dense layer of 3 units**, without activation. The draft below contains a mistake. Before you run the cell: what will `check` answer?
# %% [markdown] lang="zh"
# ## 一个错误的答案
#
# 要求的模型接收 **4 个数**，只有**一个 3 个单元的全连接层**，不带激活函数。下面的草稿里有一处错误。运行之前先想一想：`check` 会怎么回答？

# %% active="ipynb"
# draft = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(5, name="draft_layer")])
# verdict = check("00-welcome.first", draft)

# %% [markdown] lang="fr"
# `check` nomme la couche fautive, dit ce qu’il a trouvé et ce qui est demandé. Ce qui est déjà juste rapporte ses points. Bloqué ? `hint` donne un indice ; rappelez-le pour le suivant :
# %% [markdown] lang="en"
# `check` names the layer at fault, says what it found and what is asked for. Whatever is already right earns its points. For a hint, call `hint`; each call gives the next:
# %% [markdown] lang="zh"
# `check` 会指出出错的层，说明它看到了什么、要求的又是什么；已经正确的部分照样得分。用 `hint` 可以得到下一条提示：

# %% active="ipynb"
# hint("00-welcome.first")

# %% [markdown] lang="fr"
# ## À vous
#
# Construisez `first`, le modèle demandé : 4 nombres en entrée, une couche dense de 3 unités, pas d’activation. *(2 points)*
# %% [markdown] lang="en"
# ## Your turn
#
# Build `first`, the model that is asked for: 4 numbers in, one dense layer of 3 units, no activation. *(2 points)*
# %% [markdown] lang="zh"
# ## 轮到你了
#
# 搭建要求的模型 `first`：输入 4 个数，一个 3 个单元的全连接层，不带激活函数。*（2 分）*

# %% answer="first"
### BEGIN SOLUTION
first = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(3)])
### END SOLUTION

# %% check="first"

# %% [markdown] lang="fr"
# Tout est vert ? Enregistrez le notebook, puis rendez-le comme l’explique la leçon : vous savez maintenant tout ce qu’il faut pour la suite.
# %% [markdown] lang="en"
# All green? Save the notebook, then hand it in as the lesson explains: you now have all the tools that the rest of the course needs.
# %% [markdown] lang="zh"
# 全部通过了吗？保存笔记本，再按课程里说明的方法提交：学习后面的内容所需要的，你已经全都会了。


# %% active="py"
def _first(*before, units=3, activation=None, size=4):
    return keras.Sequential(
        [keras.Input(shape=(size,)), *before, layers.Dense(units, activation=activation)]
    )


RUBRIC = Rubric(
    "welcome",
    [
        model_task(
            "first",
            first,
            [Criterion("interface", 1), Criterion("equivalent", 1)],
            hints=[
                _("Compare what you wrote in layers.Dense(...) with what is asked for."),
                _(
                    "keras.Input(shape=(4,)) says that 4 numbers come in; layers.Dense(3) is a layer of 3 units."
                ),
            ],
            mistakes={
                _(
                    "The numbers 3 and 4 have changed places: 4 numbers come in, 3 come out."
                ): _first(units=4, size=3),
                _("Everything is right but the activation: none is asked for here."): _first(
                    activation="relu"
                ),
                _(
                    "The 4 numbers have a dense layer of their own: keras.Input lets them in, and the only layer is the one of 3 units."
                ): _first(layers.Dense(4)),
            },
        ),
    ],
)
