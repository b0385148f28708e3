"""The glossary: one source, three languages; the builder puts in the terms of each group."""

# %% [markdown] lang="fr"
# # Glossaire
#
# Les mots du cours, tels que les leçons et les messages de `check` les emploient. À côté de chacun, le mot anglais, que vous retrouverez dans la documentation de Keras, et le mot chinois, quand ils diffèrent. Le lien mène à la leçon qui l’explique en premier.
#
# Chaque partie est en ordre alphabétique.
# %% [markdown] lang="en"
# # Glossary
#
# The words of the course, as the lessons and the messages of `check` use them. Beside each stand the French word, where it differs, and the Chinese one, then a link to the lesson that explains it first.
#
# Each part is in alphabetical order.
# %% [markdown] lang="zh"
# # 术语表
#
# 这里收录本课程的术语，与各课和 `check` 的消息用词一致。每个术语后面附有英文（Keras 文档里用的就是它），法文与英文不同时也一并列出。链接指向最先讲解它的那一课。
#
# 每一部分都按拼音排序，英文词排在最前面。
# %% [markdown] lang="fr"
# ## Construire un modèle
#
# <!-- terms: model -->
# %% [markdown] lang="en"
# ## Building a model
#
# <!-- terms: model -->
# %% [markdown] lang="zh"
# ## 搭建模型
#
# <!-- terms: model -->
# %% [markdown] lang="fr"
# ## Ce que font les couches
#
# <!-- terms: layers -->
# %% [markdown] lang="en"
# ## What layers do
#
# <!-- terms: layers -->
# %% [markdown] lang="zh"
# ## 层的作用
#
# <!-- terms: layers -->
# %% [markdown] lang="fr"
# ## Les données
#
# <!-- terms: data -->
# %% [markdown] lang="en"
# ## The data
#
# <!-- terms: data -->
# %% [markdown] lang="zh"
# ## 数据
#
# <!-- terms: data -->
# %% [markdown] lang="fr"
# ## Entraîner et juger
#
# <!-- terms: training -->
# %% [markdown] lang="en"
# ## Training and judging
#
# <!-- terms: training -->
# %% [markdown] lang="zh"
# ## 训练与评判
#
# <!-- terms: training -->
# %% [markdown] lang="fr"
# ## Assembler et réutiliser
#
# <!-- terms: reuse -->
# %% [markdown] lang="en"
# ## Combining and reusing
#
# <!-- terms: reuse -->
# %% [markdown] lang="zh"
# ## 组合与复用
#
# <!-- terms: reuse -->
# %% [markdown] lang="fr"
# ## À l’établi : notebook et exercices
#
# <!-- terms: work -->
# %% [markdown] lang="en"
# ## At the bench: notebooks and exercises
#
# <!-- terms: work -->
# %% [markdown] lang="zh"
# ## 动手：笔记本与练习
#
# <!-- terms: work -->
