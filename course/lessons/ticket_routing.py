"""Unit 04, lesson: several inputs and outputs. One source, three languages."""

# %% active="py"
from grader.text import mark as _

# %% [markdown] lang="fr"
# # Plusieurs entrées, plusieurs sorties
#
# Lundi, neuf heures, dans une boutique en ligne : huit cents messages de clients attendent. Chacun a un titre, un texte et quelques étiquettes (*tags*). Pour chacun, deux questions : **quel service doit le lire, et est-ce pour aujourd’hui ?** Faut-il trois modèles pour trois sources, deux pour deux réponses ?
#
# Un seul suffit : trois entrées, deux sorties, un graphe. Vous allez le construire, l’entraîner, et lui confier un message écrit de votre main.
#
# **À la fin de cette leçon, vous saurez :**
#
# - mesurer ce que *chaque* entrée apporte, avant de construire grand ;
# - changer un texte en nombres, en français, en anglais comme en chinois ;
# - assembler textes et étiquettes dans un modèle à deux têtes ;
# - donner pertes, métriques et données par liste ou par nom, et déjouer les pièges des listes ;
# - dire ce que `loss_weights` change, et ce qu’il ne change pas ;
# - livrer un modèle qui lit du texte brut.
#
# Comptez 40 minutes. Toute la page s’exécute en moins d’une minute.
# %% [markdown] lang="en"
# # Several inputs, several outputs
#
# Monday, nine o’clock, at an online shop: eight hundred messages from customers are waiting. Each has a title, a body and a few tags. Two questions about each: **which department should read it, and must it be today?** Does that take three models for three sources, or two for two answers?
#
# One will do: three inputs, two outputs, one graph. You are about to build it, train it, and hand it a message of your own.
#
# **By the end of this lesson you will be able to:**
#
# - measure what *each* input is worth, before you build anything big;
# - turn text into numbers, in English and French as well as in Chinese;
# - put texts and tags together in a model with two heads;
# - give losses, metrics and data by list or by name, and avoid the traps of lists;
# - say what `loss_weights` changes, and what it does not;
# - deliver a model that reads plain text.
#
# Allow 40 minutes. The whole page runs in less than a minute.
# %% [markdown] lang="zh"
# # 多输入与多输出
#
# 周一早上九点，一家网店的客服系统里积压了八百条工单。每条工单有标题、正文和几个标记（tags，比如“附照片”“电话”）。每条都要回答两个问题：**该交给哪个部门**？**今天必须处理吗**？三种信息来源，要三个模型吗？两个答案，要两个模型吗？
#
# 一个就够了：三个输入，两个输出，一张图。接下来你会把它搭起来、训练好，再让它处理一条你自己写的工单。
#
# **学完本课，你将能够：**
#
# - 在搭大模型之前，先量出*每个*输入有多大用处；
# - 把文字变成数字，不论中文、英文还是法文；
# - 把文本和标记合到一个有两个输出头的模型里；
# - 用列表或名称给出损失、指标和数据，并避开列表里的坑；
# - 说清楚 `loss_weights` 改变什么、不改变什么；
# - 交付一个直接读取原始文本的模型。
#
# 阅读大约需要 40 分钟，整页运行不到一分钟。

# %%
import course

course.use_language(_("en"))

# %%
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from course import play, plots, tickets
from keras import layers

keras.utils.set_random_seed(1)
workshop = Path(tempfile.mkdtemp())

# %% [markdown] lang="fr"
# ## 1. Le courrier
#
# Ces tickets sont inventés : des phrases écrites pour ce cours, assemblées par un programme. Ni boutique, ni client, ni téléchargement. Le vrai courrier est plus désordonné ; gardez-le en tête quand vous lirez les scores.
# %% [markdown] lang="en"
# ## 1. The post
#
# These tickets are invented: sentences written for this course, put together by a program. No shop, no customer, no download. Real post is messier; keep that in mind when you read the scores.
# %% [markdown] lang="zh"
# ## 1. 收到的工单
#
# 这些工单是虚构的：句子是专为本课程写的，由程序拼成。没有真实的店铺和客户，也无须下载。真实的工单要乱得多，看分数的时候请记住这一点。

# %%
post = tickets.corpus()
train, test = post.train, post.test
print("title:     ", train.title.shape)
print("body:      ", train.body.shape)
print("tags:      ", train.tags.shape, train.tags.dtype)
print("priority:  ", train.priority.shape, train.priority.dtype)
print("department:", train.department.shape, train.department.dtype)
print("held out:  ", len(test.title))
print("departments:", ", ".join(post.departments))

# %% [markdown] lang="fr"
# 768 tickets pour apprendre, 256 pour tester. `priority` vaut 1 si la réponse ne peut pas attendre demain ; `department` est un numéro de 0 à 3. Voici quatre titres.
#
# **Prédisez.** À quel service va chacun ? Lequel est pour aujourd’hui ?
# %% [markdown] lang="en"
# 768 tickets to learn from, 256 to test on. `priority` is 1 if the answer cannot wait until tomorrow; `department` is a number from 0 to 3. Here are four titles.
#
# **Predict.** Which department does each go to? Which of them is for today?
# %% [markdown] lang="zh"
# 768 条用来学习，256 条用来测试。`priority` 为 1 表示必须今天答复；`department` 是 0 到 3 的编号。`tags` 我们叫“标记”，是输入；“标签”（label）一词，留给要预测的正确答案。先看四个标题。
#
# **先预测**：各该交给哪个部门？哪一条今天必须处理？

# %%
samples = [2, 5, 16, 25]
for row in samples:
    print(train.title[row])

# %%
for row in samples:
    tags = [post.tags[number] for number in np.flatnonzero(train.tags[row])]
    department = post.departments[train.department[row]]
    print(f"{train.title[row]}\n    {train.body[row]}")
    print(f"    tags: {', '.join(tags)}")
    print(f"    -> {department}, today: {train.priority[row] == 1}\n")

# %% [markdown] lang="fr"
# Le deuxième ne se comprend que par ses étiquettes : une photo jointe, c’est une panne. Le troisième est pour aujourd’hui, car le client a déjà écrit. Et celui qui crie « URGENT » ne l’est pas. Aucune source ne suffit à elle seule.
#
# ## 2. Des mots aux nombres
#
# Une couche d’un genre particulier, `TextVectorization`, apprend un vocabulaire (`adapt`), puis remplace chaque mot par son numéro. Voyons comment elle découpe **la même réclamation dans les trois langues**, avec ses réglages par défaut.
#
# **Prédisez.** Combien de mots (*tokens*) dans chaque langue ?
# %% [markdown] lang="en"
# The second makes sense only through its tags: with a photo attached, it is about something broken. The third is for today, because the customer has written before. And the one that shouts “URGENT” is not. No source is enough by itself.
#
# ## 2. From words to numbers
#
# A layer of a special kind, `TextVectorization`, learns a vocabulary (`adapt`), then replaces each word by its number. Let us see how it cuts **the same complaint in three languages**, with its default settings.
#
# **Predict.** How many tokens in each language?
# %% [markdown] lang="zh"
# 第二条只有看标记才明白：附了照片，说明是东西坏了。第三条今天必须处理，因为客户之前来过信。而喊着“紧急”的那条其实不急。单靠哪一种信息来源都不够。
#
# ## 2. 从文字到数字
#
# 有一种特殊的层叫 `TextVectorization`：先学习一份词表（`adapt`），再把每个词换成它的编号。我们来看看，在默认设置下，它怎样切分**同一条投诉的三种语言版本**。
#
# **先预测**：每种语言各切成多少个词元（token）？


# %%
def tokens(vectorizer, text):
    words = vectorizer.get_vocabulary()
    return [str(words[number]) for number in vectorizer([text])[0].numpy()]


for language in ("en", "fr", "zh"):
    text = tickets.corpus(language).train.body[565]
    default = layers.TextVectorization()
    default.adapt([text])
    words = tokens(default, text)
    print(f"{language}: {len(words)} tokens")
    print(f"    {words}")

# %% [markdown] lang="fr"
# Le chinois : **un** seul token, le message entier. Par défaut, la couche passe en minuscules, retire la ponctuation ASCII, puis coupe aux espaces ; or le chinois n’en met pas entre les mots. Un message entier ne revient presque jamais : le modèle n’apprendrait rien.
#
# Le français n’est pas indemne : les guillemets et l’espace insécable (`\xa0`) restent collés aux mots, si bien que « livraison » avec et sans guillemet font deux mots différents.
#
# Le remède tient en trois lignes, et vaut pour les trois langues : minuscules ; une espace de part et d’autre de chaque caractère chinois (`\p{Han}`) ; une espace à la place de tout ce qui n’est ni lettre (`\p{L}`) ni chiffre (`\p{N}`).
# %% [markdown] lang="en"
# Chinese: **one** token, the whole message. By default the layer lowers case, strips ASCII punctuation, then cuts at spaces; and Chinese has none between words. A whole message hardly ever comes back: the model would learn nothing.
#
# English does not come out unscathed: the curly quotation marks stay glued to their words, so “delivery” with and without one are two different words. In French, guillemets do the same, together with the no-break space (`\xa0`).
#
# The cure is three lines long and works for all three: lower case; a space on either side of every Chinese character (`\p{Han}`); a space in place of anything that is neither letter (`\p{L}`) nor digit (`\p{N}`).
# %% [markdown] lang="zh"
# 中文只有**一个**词元：整段文字。默认情况下，这一层先转成小写，去掉 ASCII 标点，再按空格切开；而中文的词与词之间没有空格。一整段文字几乎不会再次出现，模型什么也学不到。
#
# 英文和法文也没能幸免：弯引号、法文引号和不换行空格（`\xa0`）都粘在词上，带引号和不带引号的同一个词成了两个词。
#
# 解决办法只有三行，三种语言通用：转成小写；在每个汉字（`\p{Han}`）两边加空格；把既不是字母（`\p{L}`）也不是数字（`\p{N}`）的一切换成空格。


# %%
@keras.saving.register_keras_serializable(package="tickets")
def spaced(text):
    """Lower case, letters and digits only, a space around each Chinese character."""
    text = tf.strings.lower(text, encoding="utf-8")
    text = tf.strings.regex_replace(text, r"\p{Han}", r" \0 ")
    return tf.strings.regex_replace(text, r"[^\p{L}\p{N}]+", " ")


for language in ("en", "fr", "zh"):
    text = tickets.corpus(language).train.body[565]
    careful = layers.TextVectorization(standardize=spaced)
    careful.adapt([text])
    words = tokens(careful, text)
    print(f"{language}: {len(words)} tokens")
    print(f"    {words}")

# %% [markdown] lang="fr"
# Un caractère chinois n’est pas toujours un mot (快递, « colis express », en compte deux), mais une couche qui lit dans l’ordre sait les assembler. Avec plus de données, on préférerait un segmenteur de mots ou des sous-mots (*subwords*). `split="character"` existe aussi, mais il épellerait le français lettre à lettre.
#
# La fonction est *enregistrée* auprès de Keras (`register_keras_serializable`) : nous en aurons besoin pour enregistrer le modèle.
#
# Un vocabulaire pour les titres, un autre pour les textes, d’au plus 10 000 mots chacun, appris **sur les tickets d’entraînement seulement**. `output_sequence_length` coupe ou complète chaque texte à la même longueur.
#
# **Prédisez.** Quel numéro reçoit un mot jamais vu ? Et les places vides d’un titre court ?
# %% [markdown] lang="en"
# A Chinese character is not always a word (快递, “courier parcel”, takes two), but a layer that reads in order can put them together. With more data you would prefer a word segmenter, or subwords. `split="character"` exists too, but it would spell out English letter by letter.
#
# The function is *registered* with Keras (`register_keras_serializable`): we shall need that to save the model.
#
# One vocabulary for the titles, another for the bodies, of 10,000 words at most each, learned **from the training tickets only**. `output_sequence_length` cuts or pads every text to the same length.
#
# **Predict.** Which number stands for a word that was never seen? And for the empty places of a short title?
# %% [markdown] lang="zh"
# 一个汉字不一定是一个词（“快递”就是两个字），但按顺序阅读的层能把它们拼起来。数据更多时，宜用分词工具或子词（subword）。`split="character"` 也能拆开汉字，可它会把英文和法文拆成一个个字母。
#
# 这个函数向 Keras *注册*过（`register_keras_serializable`），后面保存模型时要用到。
#
# 标题和正文各有一份词表，最多 10,000 个词，**只从训练集学习**。`output_sequence_length` 把每段文本截断或补齐到同样长度。
#
# **先预测**：没见过的词会得到什么编号？短标题后面的空位呢？


# %%
def vectorizer(texts, length, name):
    layer = layers.TextVectorization(
        max_tokens=10_000,
        standardize=spaced,
        output_sequence_length=length,
        name=name,
    )
    layer.adapt(texts)
    return layer


title_numbers = vectorizer(train.title, length=10, name="title_numbers")
body_numbers = vectorizer(train.body, length=40, name="body_numbers")

new_title = title_numbers([train.title[2] + " zzz"])[0].numpy()
print("numbers:", new_title)
print("0 and 1 stand for:", title_numbers.get_vocabulary()[:2])

# %% [markdown] lang="fr"
# 1 pour un mot inconnu, 0 pour une place vide : deux numéros réservés. Rangeons tout dans des **dictionnaires**, une clé par entrée, une clé par sortie.
# %% [markdown] lang="en"
# 1 for an unknown word, 0 for an empty place: two reserved numbers. Let us put everything in **dictionaries**, one key for each input, one key for each output.
# %% [markdown] lang="zh"
# 1 表示不认识的词，0 表示空位：这是两个保留编号。把所有数据放进**字典**：每个输入一个键，每个输出一个键。


# %%
def inputs_of(part):
    return {
        "title": title_numbers(part.title).numpy(),
        "body": body_numbers(part.body).numpy(),
        "tags": part.tags,
    }


def targets_of(part):
    return {"priority": part.priority, "department": part.department}


x_train, x_test = inputs_of(train), inputs_of(test)
y_train, y_test = targets_of(train), targets_of(test)
for name, array in (x_train | y_train).items():
    print(f"{name:11} {array.shape}")

# %% [markdown] lang="fr"
# ## 3. Que vaut chaque entrée ?
#
# Avant de construire grand, un essai rapide. Ce petit lecteur prend la *moyenne* des vecteurs de mots de chaque texte, sans égard à leur ordre, et répond aussitôt. `reads` dit quelles sources il peut lire.
# %% [markdown] lang="en"
# ## 3. What is each input worth?
#
# Before building big, a quick try. This small reader takes the *average* of the word vectors of each text, whatever their order, and answers at once. `reads` says which sources it may read.
# %% [markdown] lang="zh"
# ## 3. 每个输入有多大用处？
#
# 先别急着搭大模型，快速试一下。下面这个小模型对每段文本的词向量取*平均*，不管词序，直接给出答案。`reads` 指定它能读哪些来源。


# %% alt="Drawing of the quick reader: title and body embedded and averaged, joined with the tags, two heads"
def quick_reader(*reads):
    keras.utils.set_random_seed(1)
    sources = {
        "title": keras.Input(shape=(None,), dtype="int32", name="title"),
        "body": keras.Input(shape=(None,), dtype="int32", name="body"),
        "tags": keras.Input(shape=(12,), name="tags"),
    }
    features = []
    for name in reads:
        feature = sources[name]
        if name != "tags":
            words = layers.Embedding(1_000, 16, mask_zero=True, name=f"{name}_words")
            mean = layers.GlobalAveragePooling1D(name=f"{name}_mean")
            feature = mean(words(feature))
        features.append(feature)
    joined = features[0]
    if len(features) > 1:
        joined = layers.Concatenate(name="joined")(features)
    priority = layers.Dense(1, activation="sigmoid", name="priority")(joined)
    department = layers.Dense(4, activation="softmax", name="department")(joined)
    return keras.Model([sources[name] for name in reads], [priority, department])


reader = quick_reader("title", "body", "tags")
print(f"{reader.count_params():,} parameters")
plots.model_drawing(reader, shapes=False)

# %% [markdown] lang="fr"
# `Embedding` est une table : pour chaque numéro de mot, un vecteur de 16 nombres, appris. Les étiquettes, elles, sont déjà des nombres (douze 0 ou 1, dits *multi-hot*) et entrent telles quelles. Les boîtes `not_equal` viennent de `mask_zero` : elles repèrent les places vides ; nous y reviendrons.
#
# **Prédisez.** Le titre seul : quelle exactitude pour le service ? Que gagne-t-on avec le texte, puis avec les étiquettes ?
# %% [markdown] lang="en"
# `Embedding` is a table: for each word number, a vector of 16 numbers, which is learned. The tags are numbers already (twelve 0s or 1s, called *multi-hot*) and come in as they are. The boxes `not_equal` come from `mask_zero`: they spot the empty places; more on that soon.
#
# **Predict.** The title alone: what accuracy for the department? What does the body add, and then the tags?
# %% [markdown] lang="zh"
# `Embedding`（嵌入）是一张表：每个词编号对应一个由 16 个数组成的向量，要靠学习得到。标记本来就是数字（十二个 0 或 1，称为 *multi-hot*），直接输入即可。图中的 `not_equal` 来自 `mask_zero`，用来标出空位，后面会讲。
#
# **先预测**：只看标题，部门的准确率有多高？加上正文能提高多少？再加上标记呢？

# %% alt="Accuracy of the department by input: the title alone stays low, the body adds much, the tags the rest"
losses = {
    "priority": "binary_crossentropy",
    "department": "sparse_categorical_crossentropy",
}


def learn(reads, loss_weights=None):
    """Train a quick reader; return its history and its scores on the test tickets."""
    reader = quick_reader(*reads)
    reader.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        loss=losses,
        loss_weights=loss_weights,
        metrics={"priority": ["accuracy"], "department": ["accuracy"]},
    )
    seen = {name: x_train[name] for name in reads}
    unseen = {name: x_test[name] for name in reads}
    run = reader.fit(
        seen, y_train, batch_size=64, epochs=8, validation_split=1 / 6, verbose=0
    )
    scores = reader.evaluate(unseen, y_test, batch_size=64, verbose=0, return_dict=True)
    return run.history, scores


title_run, title_scores = learn(["title"])
texts_run, texts_scores = learn(["title", "body"])
all_run, all_scores = learn(["title", "body", "tags"])
plots.curves(
    {
        _("title alone"): title_run["val_department_accuracy"],
        _("title and body"): texts_run["val_department_accuracy"],
        _("title, body and tags"): all_run["val_department_accuracy"],
    },
    title=_("department: accuracy in validation, by what is read"),
)

# %%
for output in ("department_accuracy", "priority_accuracy"):
    print(output)
    print("    title alone <= 2/3:     ", title_scores[output] <= 2 / 3)
    print("    title and body >= 0.75: ", texts_scores[output] >= 0.75)
    print("    all >= title and body:  ", all_scores[output] >= texts_scores[output])
print("department, all three >= 0.9:", all_scores["department_accuracy"] >= 0.9)

# %% [markdown] lang="fr"
# Le titre seul ne décide pas : la moitié sont des « Question » ou des « Un problème ». Le texte apporte l’essentiel, les étiquettes tranchent les cas où le texte se tait. Les trois entrées ont mérité leur place ; nous avons aussi un score à battre.
#
# ## 4. L’aiguilleur
#
# Voici maintenant le modèle complet, qui lit *dans l’ordre* avec des couches `LSTM`. Une précaution d’abord : nos textes se terminent par des zéros. Donnons à un LSTM deux fois le même titre, la seconde avec dix zéros de plus.
#
# **Prédisez.** Son résumé change-t-il ? Et avec `mask_zero=True` ?
# %% [markdown] lang="en"
# The title alone does not decide: half of the titles say no more than “Question” or “A problem”. The body brings most of it, and the tags settle the cases where the body says nothing. All three inputs have earned their place; we also have a score to beat.
#
# ## 4. The router
#
# Now for the full model, which reads *in order* with `LSTM` layers. One precaution first: our texts end in zeros. Let us give an LSTM the same title twice, the second time with ten more zeros.
#
# **Predict.** Does its summary change? And with `mask_zero=True`?
# %% [markdown] lang="zh"
# 只看标题定不了部门：一半标题不过是“咨询”“有个问题”之类。正文贡献最大，正文没说清楚的，由标记定夺。三个输入都有用；这个分数，也成了大模型要超越的目标。
#
# ## 4. 分派模型
#
# 现在来搭完整的模型，它用 `LSTM` 层*按顺序*阅读。先当心一件事：我们的文本末尾补了零。把同一个标题给 LSTM 读两遍，第二遍多补十个零。
#
# **先预测**：它给出的结果会变吗？加上 `mask_zero=True` 呢？

# %%
title_once = x_train["title"][:1]
with_more_zeros = np.pad(title_once, [(0, 0), (0, 10)])
for masked in (False, True):
    words = layers.Embedding(10_000, 64, mask_zero=masked)
    in_order = layers.LSTM(128)
    once, again = in_order(words(title_once)), in_order(words(with_more_zeros))
    print(f"mask_zero={masked}: same summary {np.allclose(once, again, atol=1e-6)}")

# %% [markdown] lang="fr"
# Sans masque, le remplissage efface peu à peu ce qui a été lu. Avec `mask_zero=True`, `Embedding` signale les zéros et le LSTM les saute : pas un poids de plus. À ne pas oublier pour des textes complétés.
#
# Assemblons : deux vocabulaires de 10 000 mots, des vecteurs de 64, un LSTM de 128 pour le titre, de 32 pour le texte. Les deux résumés et les douze étiquettes sont concaténés ; deux têtes lisent le tout.
#
# **Prédisez.** Combien de paramètres, à cent mille près ? Où sont-ils presque tous ?
# %% [markdown] lang="en"
# Without a mask, the padding slowly wipes out what was read. With `mask_zero=True`, `Embedding` points out the zeros and the LSTM skips them, without a single extra weight. Remember it for padded texts.
#
# Let us put it together: two vocabularies of 10,000 words, vectors of 64, an LSTM of 128 for the title and one of 32 for the body. The two summaries and the twelve tags are concatenated; two heads read the whole.
#
# **Predict.** How many parameters, to the nearest hundred thousand? Where are nearly all of them?
# %% [markdown] lang="zh"
# 不用掩码（mask）时，补的零会慢慢冲掉读到的内容。有了 `mask_zero=True`，`Embedding` 会标出零，LSTM 就跳过它们，而且不增加任何权重。文本只要补过零，就别忘了它。
#
# 把各部分组装起来：两份 10,000 词的词表，64 维词向量，标题用 128 个单元的 LSTM，正文用 32 个单元的 LSTM。两份摘要和十二个标记拼接起来，由两个输出头读取。
#
# **先预测**：参数有多少（精确到十万）？绝大多数在哪里？

# %%
keras.utils.set_random_seed(1)
title = keras.Input(shape=(None,), dtype="int32", name="title")
body = keras.Input(shape=(None,), dtype="int32", name="body")
tags = keras.Input(shape=(12,), name="tags")

title_words = layers.Embedding(10_000, 64, mask_zero=True, name="title_words")(title)
title_summary = layers.LSTM(128, name="title_summary")(title_words)
body_words = layers.Embedding(10_000, 64, mask_zero=True, name="body_words")(body)
body_summary = layers.LSTM(32, name="body_summary")(body_words)

ticket = layers.Concatenate(name="ticket")([title_summary, body_summary, tags])
priority = layers.Dense(1, activation="sigmoid", name="priority")(ticket)
department = layers.Dense(4, activation="softmax", name="department")(ticket)

router = keras.Model([title, body, tags], [priority, department], name="router")
for layer in router.layers:
    if layer.count_params():
        print(f"{layer.name:14} {layer.count_params():>9,}")
print(f"{'in all':14} {router.count_params():>9,}")

# %% alt="Drawing of the router: title and body each embedded and read by an LSTM, joined with the tags into 172 numbers, then priority and department"
plots.model_drawing(router)

# %% [markdown] lang="fr"
# **1 392 097**, dont 1 280 000 dans les deux tables de mots : deux fois 10 000 × 64. `None` dans la forme de `title` et `body` veut dire « de longueur quelconque » : les poids d’un LSTM ne dépendent pas du nombre de mots.
#
# Et combien de ces 20 000 lignes servent ?
# %% [markdown] lang="en"
# **1,392,097**, of which 1,280,000 are in the two tables of words: twice 10,000 × 64. `None` in the shape of `title` and `body` means “of any length”: the weights of an LSTM do not depend on the number of words.
#
# And how many of those 20,000 rows are ever used?
# %% [markdown] lang="zh"
# **1,392,097** 个，其中 1,280,000 个在两张词表里：10,000 × 64，两份。`title` 和 `body` 形状里的 `None` 表示“长度不限”：LSTM 的权重与词数无关。
#
# 这 20,000 行里，真正用到的有多少？

# %%
used = len(title_numbers.get_vocabulary()) + len(body_numbers.get_vocabulary())
print("less than one row in twenty:", used < 20_000 / 20)

# %% [markdown] lang="fr"
# Moins d’une sur vingt : une grande table coûte de la mémoire, pas de l’exactitude. Pour livrer, on la taillerait à `vocabulary_size()`.
#
# ## 5. Une perte par sortie
#
# `priority` est une question oui/non : entropie croisée binaire. `department`, un choix parmi quatre donné par son numéro : entropie croisée catégorielle, version `sparse`. En **liste**, dans l’ordre des sorties, ou en **dictionnaire**, par nom de sortie.
#
# **Prédisez.** Le modèle n’a rien appris. Que vaut chaque perte, s’il répond au hasard entre 2, puis entre 4 possibilités ?
# %% [markdown] lang="en"
# Less than one in twenty: a large table costs memory, not accuracy. To deliver, you would trim it to `vocabulary_size()`.
#
# ## 5. A loss for each output
#
# `priority` is a yes-or-no question: binary crossentropy. `department` is a choice among four, given by its number: categorical crossentropy, the `sparse` version. As a **list**, in the order of the outputs, or as a **dictionary**, by name of output.
#
# **Predict.** The model has learned nothing. What is each loss, if it guesses between 2 possibilities, and then between 4?
# %% [markdown] lang="zh"
# 不到二十分之一：词表大了费内存，但不影响准确率。真要部署，可以把它裁到 `vocabulary_size()` 那么大。
#
# ## 5. 每个输出一个损失
#
# `priority` 是“是或否”的问题，用二元交叉熵；`department` 是四选一，答案是编号，用分类交叉熵的 `sparse` 版本。可以写成**列表**，按输出的顺序；也可以写成**字典**，按输出的名称。
#
# **先预测**：模型还什么都没学。如果它在 2 种可能之间瞎猜，损失是多少？在 4 种之间呢？

# %%
router.compile(
    optimizer="adam",
    loss=["binary_crossentropy", "sparse_categorical_crossentropy"],
    metrics=[["accuracy"], ["accuracy"]],
)
by_list = router.evaluate(x_test, y_test, verbose=0, return_dict=True)

router.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss={
        "department": "sparse_categorical_crossentropy",
        "priority": "binary_crossentropy",
    },
    metrics={
        "department": ["accuracy"],
        "priority": ["accuracy", keras.metrics.Recall(name="recall")],
    },
)
by_name = router.evaluate(x_test, y_test, verbose=0, return_dict=True)

print("measured:", sorted(by_name))
print("same loss:", np.isclose(by_list["loss"], by_name["loss"]))
print("priority about log 2:  ", abs(by_name["priority_loss"] - np.log(2)) < 0.1)
print("department about log 4:", abs(by_name["department_loss"] - np.log(4)) < 0.1)

# %% [markdown] lang="fr"
# Un modèle qui ne sait rien a une perte de log *n* pour *n* choix : 0,69 et 1,39. C’est un bon contrôle avant d’entraîner ; une perte initiale bien plus forte signale une erreur de cible ou d’activation.
#
# Le dictionnaire a donné `department` en premier, sans dommage. Et chaque sortie a **ses** métriques : pour l’urgence, le *rappel* (*recall*), la part des urgences bien repérées.
#
# ## 6. Trois façons de donner les données
#
# Listes dans l’ordre, dictionnaires par nom, ou `tf.data` : un flux de couples de dictionnaires, utile quand tout ne tient pas en mémoire.
# %% [markdown] lang="en"
# A model that knows nothing has a loss of log *n* for *n* choices: 0.69 and 1.39. That is a good check before training; a much larger first loss points to a wrong target or activation.
#
# The dictionary gave `department` first, and no harm was done. And each output has metrics **of its own**: for urgency, the *recall*, the share of urgent tickets that were caught.
#
# ## 6. Three ways to give data
#
# Lists in order, dictionaries by name, or `tf.data`: a stream of pairs of dictionaries, useful when not everything fits in memory.
# %% [markdown] lang="zh"
# 一无所知的模型，面对 *n* 个选项，损失约为 log *n*：0.69 和 1.39。训练前用它检查一下很有用：初始损失大得多，往往说明目标值或激活函数弄错了。
#
# 字典里 `department` 写在前面，毫无影响。而且每个输出都有**自己的**指标：对紧急程度，我们看*召回率*（recall），也就是紧急工单中被认出来的比例。
#
# ## 6. 传入数据的三种方式
#
# 按顺序的列表、按名称的字典，或者 `tf.data`：一个由“字典对”组成的数据流，适合内存放不下的情况。

# %%
stream = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(32)
inputs, targets = next(iter(stream))
print("inputs: ", {name: tuple(tensor.shape) for name, tensor in inputs.items()})
print("targets:", {name: tuple(tensor.shape) for name, tensor in targets.items()})

lists = (
    [x_test["title"], x_test["body"], x_test["tags"]],
    [test.priority, test.department],
)
from_lists = router.evaluate(*lists, verbose=0, return_dict=True)
from_stream = router.evaluate(stream, verbose=0, return_dict=True)
print("lists give the same loss:  ", np.isclose(from_lists["loss"], by_name["loss"]))
print("stream gives the same loss:", np.isclose(from_stream["loss"], by_name["loss"]))

# %% [markdown] lang="fr"
# Avec `tf.data`, c’est à vous de mélanger (`shuffle`) et de mettre en lots (`batch`). Et un flux ne se coupe pas en deux :
# %% [markdown] lang="en"
# With `tf.data`, shuffling (`shuffle`) and batching (`batch`) are up to you. And a stream cannot be cut in two:
# %% [markdown] lang="zh"
# 用 `tf.data` 时，打乱（`shuffle`）和分批（`batch`）都要自己来。而且数据流没法一分为二：

# %%
try:
    router.fit(stream, validation_split=1 / 6, verbose=0)
except ValueError as error:
    print("ValueError:", str(error).split(".")[0])

# %% [markdown] lang="fr"
# Donnez donc un second flux à `validation_data`.
#
# ## 7. Entraîner
# %% [markdown] lang="en"
# So give a second stream to `validation_data`.
#
# ## 7. Train
# %% [markdown] lang="zh"
# 所以要另备一个数据流，交给 `validation_data`。
#
# ## 7. 训练

# %% alt="Training curves of the router: the total loss falls, both accuracies rise above 0.8 in four epochs"
history = router.fit(x_train, y_train, epochs=4, validation_split=1 / 6, verbose=0)
plots.training(history, "loss", "department_accuracy", "priority_accuracy")

# %%
scores = router.evaluate(x_test, y_test, verbose=0, return_dict=True)
print("department: accuracy >= 0.8:", scores["department_accuracy"] >= 0.8)
print("priority:   accuracy >= 0.8:", scores["priority_accuracy"] >= 0.8)
quick = all_scores["department_accuracy"]
print("the quick reader does as well:", quick >= scores["department_accuracy"])

# %% [markdown] lang="fr"
# Les deux têtes ont appris. Mais le lecteur rapide, avec quarante fois moins de poids, fait aussi bien ! Sur quelques centaines de tickets bâtis avec les mêmes phrases, la *présence* des mots suffit. L’ordre compte dans un vrai courrier (« pas urgent », « urgent, ou pas ? »), quand il y en a assez pour l’apprendre. Gardez le réflexe : commencez par le modèle bon marché, et ne payez l’autre que s’il le bat.
#
# ### Les pièges des listes
#
# `title` et `body` sont deux suites d’entiers : rien ne les distingue, sinon leur place.
#
# **Prédisez.** Que se passe-t-il si l’on échange les deux dans la liste : une erreur, ou un mauvais score ?
# %% [markdown] lang="en"
# Both heads have learned. But the quick reader, with a fortieth of the weights, does just as well! On a few hundred tickets built from the same sentences, the *presence* of words is enough. Order counts in real post (“not urgent”, “urgent, or not?”), when there is enough of it to learn from. Keep the habit: begin with the cheap model, and pay for the other only if it wins.
#
# ### The traps of lists
#
# `title` and `body` are two sequences of integers: nothing tells them apart but their place.
#
# **Predict.** What happens if the two change places in the list: an error, or a bad score?
# %% [markdown] lang="zh"
# 两个输出头都学会了。可是那个小模型，权重只有它的四十分之一左右，表现一点不差！几百条用同样句子拼成的工单，只看词*有没有出现*就够了。真实的工单里词序才要紧（“不紧急”“急不急？”），但要有足够的数据来学。养成这个习惯：先用便宜的模型，贵的那个赢了它，才值得花这个钱。
#
# ### 列表里的坑
#
# `title` 和 `body` 都是整数序列，除了位置，没有任何东西能区分它们。
#
# **先预测**：如果在列表里把两者对调，会报错，还是分数变差？

# %%
swapped = router.evaluate(
    [x_test["body"], x_test["title"], x_test["tags"]],
    y_test,
    verbose=0,
    return_dict=True,
)
print("no error, but accuracy <= 0.6:", swapped["department_accuracy"] <= 0.6)

# %% [markdown] lang="fr"
# Aucune erreur, et des réponses à la dérive : c’est pour cela qu’on nomme ses entrées. Second piège, plus sournois : un modèle dont les **sorties** sont un dictionnaire, à qui l’on donne les cibles en liste.
# %% [markdown] lang="en"
# Not a word of warning, and the answers are worthless: that is why inputs get names. A second trap, more devious: a model whose **outputs** are a dictionary is given its targets as a list.
# %% [markdown] lang="zh"
# 一声不吭，模型就废了，所以要给输入起名字。第二个坑更隐蔽：模型的**输出**是字典，目标值却写成了列表。

# %%
named = keras.Model(
    inputs=[title, body, tags],
    outputs={"priority": priority, "department": department},
)
named.compile(loss=losses, metrics={"department": ["accuracy"]})
mixed = named.evaluate(x_test, [test.priority, test.department], verbose=0)
print("no error, but a larger loss:", mixed[0] > 2 * scores["loss"])

# %% [markdown] lang="fr"
# La liste a été lue dans l’ordre *alphabétique* des clés : les services jugés sur les urgences. La règle est simple : **des noms partout, ou des listes partout**. Un nom oublié, lui, se signale aussitôt :
# %% [markdown] lang="en"
# The list was read in *alphabetical* order of the keys: departments were marked against priorities. The rule is simple: **names everywhere, or lists everywhere**. A name left out, on the other hand, is reported at once:
# %% [markdown] lang="zh"
# 列表是按键的*字母顺序*配对的：部门的答案被拿去和优先级对照了。规则很简单：**要么全用名称，要么全用列表**。而漏掉一个名称，会立刻报错：

# %%
try:
    router.evaluate(
        {"title": x_test["title"], "body": x_test["body"]}, y_test, verbose=0
    )
except ValueError as error:
    print("ValueError:", str(error).split(".")[0])

# %% [markdown] lang="fr"
# ## 8. Ce que change `loss_weights`
#
# L’optimiseur ne voit qu’un nombre : la somme des pertes, chacune multipliée par son poids. Reprenons le lecteur rapide, en divisant par cent tantôt une perte, tantôt l’autre.
#
# **Prédisez.** Qui en souffre ?
# %% [markdown] lang="en"
# ## 8. What `loss_weights` changes
#
# The optimizer sees one number only: the sum of the losses, each times its weight. Back to the quick reader, with first one loss, then the other, made a hundred times smaller.
#
# **Predict.** Which output suffers?
# %% [markdown] lang="zh"
# ## 8. `loss_weights` 改变了什么
#
# 优化器只看一个数：各个损失乘以各自的权重，再相加。回到小模型，分别把其中一个损失缩小到百分之一。
#
# **先预测**：谁会吃亏？

# %% alt="Accuracy of the department by loss weights: equal or in favour of the department it climbs fast, in favour of priority it lags"
reads = ["title", "body", "tags"]
urgent_run, urgent_scores = learn(reads, {"priority": 1, "department": 0.01})
routed_run, routed_scores = learn(reads, {"priority": 0.01, "department": 1})
plots.curves(
    {
        "priority 1, department 1": all_run["val_department_accuracy"],
        "priority 1, department 0.01": urgent_run["val_department_accuracy"],
        "priority 0.01, department 1": routed_run["val_department_accuracy"],
    },
    title=_("department: accuracy in validation, by loss weights"),
)

# %%
runs = {"1, 1": all_scores, "1, 0.01": urgent_scores, "0.01, 1": routed_scores}
for weights, result in runs.items():
    urgent = result["priority_accuracy"] >= 0.8
    routed = result["department_accuracy"] >= 0.9
    print(f"{weights:8} priority learned: {urgent}, department learned: {routed}")

weighted = urgent_scores["priority_loss"] + 0.01 * urgent_scores["department_loss"]
print("the total is the weighted sum:", np.isclose(urgent_scores["loss"], weighted))

# %% [markdown] lang="fr"
# Les têtes se partagent les vecteurs de mots. Avec des poids égaux, ces vecteurs servent les deux ; sinon, la sortie négligée doit se contenter de vecteurs façonnés pour l’autre. C’est le **rapport** des poids qui compte. Et leur taille ?
#
# **Prédisez.** On multiplie *tous* les poids par 100 : les gradients sont cent fois plus grands. Adam fait-il des pas cent fois plus grands ? Et SGD ?
# %% [markdown] lang="en"
# The heads share the word vectors. With equal weights, these vectors serve both; otherwise the neglected output must make do with vectors shaped for the other. What counts is the **ratio** of the weights. And their size?
#
# **Predict.** *All* loss weights are multiplied by 100: gradients are a hundred times larger. Does Adam take steps a hundred times larger? Does SGD?
# %% [markdown] lang="zh"
# 两个输出头共用词向量。权重相等时，词向量兼顾两者；否则，被冷落的输出只能将就着用为另一个输出塑造的词向量。起作用的是损失权重的**比例**。那么大小呢？
#
# **先预测**：把*所有*损失权重都乘以 100，梯度也变成一百倍。Adam 的步子会变成一百倍吗？SGD 呢？


# %%
def step(name, scale):
    weight = keras.Variable([1.0, 1.0])
    gradient = scale * tf.constant([0.3, -0.2])
    keras.optimizers.get(name).apply([gradient], [weight])
    return weight.numpy() - 1


for name in ("adam", "sgd"):
    ratio = np.abs(step(name, scale=100) / step(name, scale=1)).mean()
    print(f"{name}: steps {round(ratio)} times as large")

# %% [markdown] lang="fr"
# Adam règle lui-même la longueur de ses pas : multiplier tous les poids des pertes par 100 n’y change pratiquement rien. Les poids servent donc à deux choses : mettre à égalité des pertes d’échelles différentes, et dire laquelle passe avant l’autre.
#
# Ce qu’ils ne font pas : choisir *quelles* erreurs une sortie commet. « Je préfère dix fausses alertes à une urgence oubliée » se règle ailleurs, par le **seuil**, après l’entraînement.
#
# **Prédisez.** Seuil de 0,5, puis de 0,1 : que deviennent le rappel (urgences repérées) et la précision (alertes fondées) ?
# %% [markdown] lang="en"
# Adam settles the length of its steps by itself: multiplying all loss weights by 100 changes practically nothing. So loss weights are good for two things: to put losses of different scales on an equal footing, and to say which comes first.
#
# What they do not do is choose *which* mistakes an output makes. “Better ten false alarms than one urgent ticket missed” is settled elsewhere, by the **threshold**, after training.
#
# **Predict.** A threshold of 0.5, then of 0.1: what becomes of recall (urgent tickets caught) and precision (alarms that were right)?
# %% [markdown] lang="zh"
# Adam 会自己调节步子的大小：所有损失权重一起乘以 100，几乎什么也不会变。所以损失权重有两个用处：平衡量级不同的损失，以及说明哪个更重要。
#
# 它不能决定一个输出犯*哪一种*错。“宁可十次误报，不可漏掉一条急件”，要靠别的办法：训练之后调整判定**阈值**（threshold）。
#
# **先预测**：阈值从 0.5 降到 0.1，召回率（急件有多少被认出）和精确率（报警有多少是对的）会怎样变化？


# %%
def recall_and_precision(threshold):
    alarm = urgency > threshold
    return alarm[urgent].mean(), urgent[alarm].mean()


urgency, departments = router.predict(x_test, verbose=0)
urgency, urgent = urgency[:, 0], test.priority == 1
print("shapes:", urgency.shape, departments.shape)
usual, wary = recall_and_precision(0.5), recall_and_precision(0.1)
print("more urgent tickets caught:", wary[0] > usual[0])
print("more false alarms:         ", wary[1] < usual[1])

# %% [markdown] lang="fr"
# Un réglage gratuit, à décider avec ceux qui lisent les tickets.
#
# > **Vous rencontrerez ceci.** `class_weight` dans `fit`, pour donner du poids à une classe rare. Et avec deux sorties ?
# %% [markdown] lang="en"
# A setting that costs nothing, to be decided with the people who read the tickets.
#
# > **You will meet this.** `class_weight` in `fit`, to give weight to a rare class. And with two outputs?
# %% [markdown] lang="zh"
# 这个调节不花成本，不过要和读工单的人一起商定。
#
# > **你会遇到这种写法**：在 `fit` 里用 `class_weight` 给稀有类别加权。如果有两个输出呢？

# %%
try:
    router.fit(x_train, y_train, class_weight={0: 1, 1: 2}, verbose=0)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="fr"
# Donnez plutôt un poids à chaque exemple : `sample_weight`, un tableau par sortie. La règle des noms vaut ici aussi : liste ou dictionnaire, il prend la même structure que les sorties, d’où le modèle `named`.
# %% [markdown] lang="en"
# Give each example a weight instead: `sample_weight`, one array for each output. The rule on names holds here too: it takes the form of the outputs, hence the model `named`.
# %% [markdown] lang="zh"
# 可以改为给每个样本加权：`sample_weight`，每个输出一个数组。名称的规则在这里同样适用：它的结构要与输出一致，所以用 `named` 模型。

# %%
three_for_urgent = {
    "priority": 1 + 2 * test.priority,
    "department": np.ones(len(test.priority)),
}
three = named.evaluate(x_test, y_test, sample_weight=three_for_urgent, verbose=0)
print("urgent tickets now cost more:", three[0] > scores["loss"])

# %% [markdown] lang="fr"
# ## 9. Livrer : du texte brut à la réponse
#
# Le service client a des phrases, pas des numéros. Mettons le découpage **dans** le modèle : des entrées de type `string`, les deux vectoriseurs, puis l’aiguilleur appelé comme une couche.
#
# **Prédisez.** Combien de poids à entraîner en plus ?
# %% [markdown] lang="en"
# ## 9. Deliver: from plain text to the answer
#
# The support desk has sentences, not numbers. Let us put the cutting **inside** the model: inputs of type `string`, the two vectorizers, then the router called like a layer.
#
# **Predict.** How many more weights to train?
# %% [markdown] lang="zh"
# ## 9. 交付：从原始文本到答案
#
# 客服手里是句子，不是编号。把切分也放**进**模型：输入类型为 `string`，经过两个向量化层，再像调用层一样调用分派模型。
#
# **先预测**：要训练的权重会多出多少？

# %% alt="Drawing of the desk: title and body as text go through vectorizers, then with the tags into the router"
title_text = keras.Input(shape=(), dtype="string", name="title")
body_text = keras.Input(shape=(), dtype="string", name="body")
tags_set = keras.Input(shape=(12,), name="tags")
priority_now, department_now = router(
    [title_numbers(title_text), body_numbers(body_text), tags_set]
)
desk = keras.Model(
    inputs=[title_text, body_text, tags_set],
    outputs={"priority": priority_now, "department": department_now},
    name="desk",
)
print(f"{desk.count_params():,} parameters")
plots.model_drawing(desk)

# %% [markdown] lang="fr"
# Aucun. Enregistrons, relisons, et posons une question que personne n’a encore posée. Changez le texte, et recommencez.
# %% [markdown] lang="en"
# None. Let us save it, load it, and ask a question that nobody has asked yet. Change the text, and run it again.
# %% [markdown] lang="zh"
# 一个也没有。保存、加载，再问一个没人问过的问题。改一改文字，多试几次。

# %%
desk.save(workshop / "desk.keras")
reloaded = keras.models.load_model(workshop / "desk.keras")

ticket_title = _("Quick question")
ticket_body = _(
    "The parcel with my new kettle has not come. I fly to Leeds tomorrow morning!"
)
no_tags = np.zeros((1, 12), dtype="float32")
answer = reloaded.predict(
    {
        "title": np.array([ticket_title], dtype=object),
        "body": np.array([ticket_body], dtype=object),
        "tags": no_tags,
    },
    verbose=0,
)
print("department:", post.departments[answer["department"][0].argmax()])
print("today:", answer["priority"][0, 0] > 0.5)

# %% [markdown] lang="fr"
# À vous de jouer : dans JupyterLab, écrivez votre propre ticket et validez avec <kbd>Entrée</kbd>. Essayez un titre calme et un texte pressé, une phrase sur deux sujets, puis un mot que la boutique n’a jamais lu. (Ailleurs, vous voyez la réponse au ticket ci-dessus.)
# %% [markdown] lang="en"
# Now play: in JupyterLab, write a ticket of your own and press <kbd>Enter</kbd>. Try a calm title above an impatient body, a sentence about two things at once, then a word that the shop has never read. (Elsewhere you see the answer to the ticket above.)
# %% [markdown] lang="zh"
# 现在动手玩一玩：在 JupyterLab 里写一条自己的工单，按 <kbd>Enter</kbd> 确认。试试标题平静、正文着急的工单，一句话里说两件事，再用一个店里从没见过的词。（在别处打开时，看到的是上面那条工单的答案。）


# %% alt="Bars for the ticket above: how urgent it is, and how likely each department is"
def decision(title=ticket_title, body=ticket_body):
    said = reloaded.predict(
        {
            "title": np.array([title], dtype=object),
            "body": np.array([body], dtype=object),
            "tags": no_tags,
        },
        verbose=0,
    )
    shares = dict(zip(post.departments, said["department"][0], strict=True))
    return plots.bars({_("urgent"): said["priority"][0, 0], **shares})


play.explore(decision, title=play.Field(_("title")), body=play.Field(_("body")))

# %%
texts = {"title": test.title, "body": test.body, "tags": test.tags}
answers = reloaded.predict(texts, verbose=0)
print("same urgency:", np.allclose(answers["priority"][:, 0], urgency, atol=1e-5))
print("same departments:", np.allclose(answers["department"], departments, atol=1e-5))

# %% [markdown] lang="fr"
# Du texte brut à la décision, vocabulaire compris, en un fichier. Dans un autre programme, définissez (ou importez) `spaced` avant `load_model` : le fichier n’en garde que le nom.
#
# ## À retenir
#
# | Je veux… | J’écris |
# |---|---|
# | un texte de longueur quelconque | `keras.Input(shape=(None,), dtype="int32", name="title")` |
# | ignorer le remplissage | `layers.Embedding(10_000, 64, mask_zero=True)` |
# | réunir des sources | `layers.Concatenate()([title_summary, body_summary, tags])` |
# | deux réponses | `keras.Model([title, body, tags], [priority, department])` |
# | une perte par nom | `loss={"priority": ..., "department": ...}` |
# | des métriques par nom | `metrics={"priority": ["accuracy"], ...}` |
# | donner la priorité à une sortie | `loss_weights={"priority": 1.0, "department": 0.2}` |
# | des données par nom | `fit({"title": ..., "body": ..., "tags": ...}, {"priority": ..., ...})` |
# | un flux | `tf.data.Dataset.from_tensor_slices((inputs, targets)).batch(32)` |
# | un découpage à moi | `layers.TextVectorization(standardize=spaced)` |
#
# - Mesurez ce que vaut chaque entrée avec un modèle bon marché, avant d’en construire un cher.
# - Le découpage par défaut suppose des espaces entre les mots : regardez vos tokens avant d’entraîner.
# - Des noms partout : une liste dans le désordre ne prévient pas.
# - `loss_weights` arbitre *entre* les sorties ; le seuil arbitre entre les erreurs d’*une* sortie.
#
# ## Pour aller plus loin
#
# - À vous : [l’exercice](exercise.ipynb), cinq questions, de la lecture à la conception.
# - La documentation de Keras (en anglais) : [plusieurs entrées et sorties](https://keras.io/guides/functional_api/), [`TextVectorization`](https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/), [masques et remplissage](https://keras.io/guides/understanding_masking_and_padding/).
# - Ici, titre et texte ont chacun leur table de mots. Que gagne-t-on à la **partager** ? C’est le sujet des couches partagées.
# %% [markdown] lang="en"
# From plain text to decision, vocabulary included, in one file. In another program, define (or import) `spaced` before `load_model`: the file keeps only its name.
#
# ## What to remember
#
# | I want… | I write |
# |---|---|
# | a text of any length | `keras.Input(shape=(None,), dtype="int32", name="title")` |
# | to skip the padding | `layers.Embedding(10_000, 64, mask_zero=True)` |
# | to bring sources together | `layers.Concatenate()([title_summary, body_summary, tags])` |
# | two answers | `keras.Model([title, body, tags], [priority, department])` |
# | a loss by name | `loss={"priority": ..., "department": ...}` |
# | metrics by name | `metrics={"priority": ["accuracy"], ...}` |
# | to put one output first | `loss_weights={"priority": 1.0, "department": 0.2}` |
# | data by name | `fit({"title": ..., "body": ..., "tags": ...}, {"priority": ..., ...})` |
# | a stream | `tf.data.Dataset.from_tensor_slices((inputs, targets)).batch(32)` |
# | to cut text my way | `layers.TextVectorization(standardize=spaced)` |
#
# - Measure what each input is worth with a cheap model, before you build an expensive one.
# - The default cutting assumes spaces between words: look at your tokens before you train.
# - Names everywhere: a list out of order gives no warning.
# - `loss_weights` arbitrates *between* outputs; the threshold arbitrates between the mistakes of *one* output.
#
# ## Where to go
#
# - Your turn: [the exercise](exercise.ipynb), five questions, from reading to designing.
# - Keras’s own pages: [several inputs and outputs](https://keras.io/guides/functional_api/), [`TextVectorization`](https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/), [masking and padding](https://keras.io/guides/understanding_masking_and_padding/).
# - Here, title and body each have a table of words. What is gained by **sharing** it? That is what shared layers are about.
# %% [markdown] lang="zh"
# 从原始文本到决定，连同词表，都在一个文件里。在别的程序里，要先定义（或导入）`spaced`，再执行 `load_model`：文件里只记着它的名字。
#
# ## 要点回顾
#
# | 我想…… | 这样写 |
# |---|---|
# | 输入任意长度的文本 | `keras.Input(shape=(None,), dtype="int32", name="title")` |
# | 跳过补的零 | `layers.Embedding(10_000, 64, mask_zero=True)` |
# | 合并多个来源 | `layers.Concatenate()([title_summary, body_summary, tags])` |
# | 给出两个答案 | `keras.Model([title, body, tags], [priority, department])` |
# | 按名称给损失 | `loss={"priority": ..., "department": ...}` |
# | 按名称给指标 | `metrics={"priority": ["accuracy"], ...}` |
# | 让某个输出优先 | `loss_weights={"priority": 1.0, "department": 0.2}` |
# | 按名称给数据 | `fit({"title": ..., "body": ..., "tags": ...}, {"priority": ..., ...})` |
# | 数据流 | `tf.data.Dataset.from_tensor_slices((inputs, targets)).batch(32)` |
# | 自定义切分方式 | `layers.TextVectorization(standardize=spaced)` |
#
# - 先用便宜的模型量出每个输入有多大用处，再搭昂贵的。
# - 默认的切分方式以为词与词之间有空格：训练之前，先看看切出来的词元。
# - 处处用名称：列表顺序错了，不会有任何提醒。
# - `loss_weights` 在*多个输出之间*取舍；判定阈值在*一个输出*的两种错误之间取舍。
#
# ## 下一步
#
# - 轮到你了：[练习](exercise.ipynb)，五道题，从读懂到设计。
# - Keras 官方文档（英文）：[多输入与多输出](https://keras.io/guides/functional_api/)、[`TextVectorization`](https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/)、[掩码与填充](https://keras.io/guides/understanding_masking_and_padding/)。
# - 在这里，标题和正文各有一张词表。**共享**一张会有什么好处？共享层那个单元会讲到。
