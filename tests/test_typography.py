"""French and Chinese prose is set as its readers expect, and nothing but prose is touched."""

from __future__ import annotations

import random

import pytest

from course.build import typography
from grader.text import TRANSLATED, read_catalogue

N = "\u00a0"
FRENCH = [
    # plain rules
    ("Bonjour !", f"Bonjour{N}!"),
    ("Bonjour!", f"Bonjour{N}!"),
    ("Quoi\u202f?", f"Quoi{N}?"),
    ("Vraiment ?!", f"Vraiment{N}?!"),
    ("Voici : une liste ; puis une autre.", f"Voici{N}: une liste{N}; puis une autre."),
    ("« couche »", f"«{N}couche{N}»"),
    ("«couche»", f"«{N}couche{N}»"),
    ('Le mot "couche" revient.', f"Le mot «{N}couche{N}» revient."),
    ("Le mot “couche” revient.", f"Le mot «{N}couche{N}» revient."),
    ("L'API d'aujourd'hui", "L’API d’aujourd’hui"),
    ("l'`Input`", "l’`Input`"),
    ("95 % et 3%", f"95{N}% et 3{N}%"),
    ("55 050 paramètres", f"55{N}050 paramètres"),
    ("1 392 097 poids", f"1{N}392{N}097 poids"),
    ("en 2024 300 images", "en 2024 300 images"),
    ("À 10:30, ratio 3:1.", "À 10:30, ratio 3:1."),
    ("(!) et [?]", "(!) et [?]"),
    ("Et alors… ?", f"Et alors…{N}?"),
    # beside markup
    ("**Attention :** ici", f"**Attention{N}:** ici"),
    ("**Attention** : ici", f"**Attention**{N}: ici"),
    ("Voici `x` : un tenseur", f"Voici `x`{N}: un tenseur"),
    ("[La suite !](a.ipynb)", f"[La suite{N}!](a.ipynb)"),
    ("![Une courbe : la perte](a:b.png)", f"![Une courbe{N}: la perte](a:b.png)"),
    ("## Pourquoi ?", f"## Pourquoi{N}?"),
    ("- oui ;\n- non !", f"- oui{N};\n- non{N}!"),
    (
        "| a : b | c ? |\n|---|:---:|\n| d ; | e |",
        f"| a{N}: b | c{N}? |\n|---|:---:|\n| d{N}; | e |",
    ),
    ("$0{,}95$ % de", f"$0{{,}}95${N}% de"),
    # untouched
    ("`a ? b : c`", "`a ? b : c`"),
    (
        "```python\nd = {'a' : 1} ; print(\"!\")\n```",
        "```python\nd = {'a' : 1} ; print(\"!\")\n```",
    ),
    ("$f : x \\mapsto y ; z !$", "$f : x \\mapsto y ; z !$"),
    ("$$\nf : x ; y\n$$", "$$\nf : x ; y\n$$"),
    ("https://example.org/a?b=c;d:e", "https://example.org/a?b=c;d:e"),
    ('[ici](https://a.org/x?y:z "Un titre")', '[ici](https://a.org/x?y:z "Un titre")'),
    ('<img alt="a : b" src="c?d">', '<img alt="a : b" src="c?d">'),
    ("<!-- note : à voir ! -->", "<!-- note : à voir ! -->"),
    ("a\n\n    code : x ; y\n", "a\n\n    code : x ; y\n"),
    ("&nbsp;: non", "&nbsp;: non"),
    ("{task} : {points} points", f"{{task}}{N}: {{points}} points"),
]
CHINESE = [
    # punctuation
    ("你好,世界!", "你好，世界！"),
    ("首先, 然后; 最后: 结束.", "首先，然后；最后：结束。"),
    ("为什么?", "为什么？"),
    ("层(layer)是", "层（layer）是"),
    ("模型 (全连接层) 很小", "模型（全连接层）很小"),
    ('叫做"层"的东西', "叫做“层”的东西"),
    ("你用过 Keras?", "你用过 Keras？"),
    ("我们使用 Keras.", "我们使用 Keras。"),
    ("Keras, 它很好", "Keras，它很好"),
    ("用 `Dense`, 再用它", "用 `Dense`，再用它"),
    ("这是 **重点**: 记住", "这是 **重点**：记住"),
    ("共 1,797 张, 每张 3.5 元", "共 1,797 张，每张 3.5 元"),
    ("上午 10:30 开始", "上午 10:30 开始"),
    ("等等...", "等等..."),
    # spaces
    ("使用Keras构建", "使用 Keras 构建"),
    ("有64个单元", "有 64 个单元"),
    ("准确率95%以上", "准确率 95% 以上"),
    ("调用`Dense`层", "调用 `Dense` 层"),
    ("公式$x+1$成立", "公式 $x+1$ 成立"),
    ("使用**Keras**构建", "使用 **Keras** 构建"),
    ("见[Keras文档](a.md)吧", "见 [Keras 文档](a.md)吧"),
    ("**Keras** ，很好", "**Keras**，很好"),
    ("输入（ 64 个数 ） ，输出", "输入（64 个数），输出"),
    ("Dense(64)层", "Dense(64) 层"),
    ("按<kbd>Shift</kbd>键", "按 <kbd>Shift</kbd> 键"),
    ("第一行，\n第二行", "第一行，第二行"),
    ("第一行\n第二行", "第一行第二行"),
    ("换行  \n第二行", "换行  \n第二行"),
    ("# 标题\n正文", "# 标题\n正文"),
    ("- 一\n- 二", "- 一\n- 二"),
    ("1. 第一\n2. 第二", "1. 第一\n2. 第二"),
    ("## 1. 先算", "## 1. 先算"),
    (
        "| 层,形状 | 参数(个) |\n|---|---|\n| 甲 | 乙 |",
        "| 层，形状 | 参数（个） |\n|---|---|\n| 甲 | 乙 |",
    ),
    ("![曲线:损失](a:b,c.png)", "![曲线：损失](a:b,c.png)"),
    # untouched
    ("`层,层`", "`层,层`"),
    ("```\n中文,abc中文\n```", "```\n中文,abc中文\n```"),
    ("$层,x$", "$层,x$"),
    ("https://a.org/x,y?z", "https://a.org/x,y?z"),
    ("<!-- 层,层 -->", "<!-- 层,层 -->"),
    ('<img alt="层,层">', '<img alt="层,层">'),
    ("Dense, ReLU", "Dense, ReLU"),
    ("{task}，共 {points} 分", "{task}，共 {points} 分"),
]


@pytest.mark.parametrize(("written", "set_"), FRENCH)
def test_french_prose_is_set_as_french(written: str, set_: str) -> None:
    assert typography.apply(written, "fr") == set_


@pytest.mark.parametrize(("written", "set_"), CHINESE)
def test_chinese_prose_is_set_as_chinese(written: str, set_: str) -> None:
    assert typography.apply(written, "zh") == set_


def test_english_prose_is_left_as_it_is() -> None:
    assert typography.apply("It's 95 % : done !", "en") == "It's 95 % : done !"


@pytest.mark.parametrize("language", TRANSLATED)
def test_applying_the_rules_twice_changes_nothing(language: str) -> None:
    fragments = [w for w, _ in FRENCH + CHINESE] + list("，。（）“”«»:;!?%()\"'. \n") + ["**", "层"]
    draw = random.Random(2)
    for _ in range(3000):
        text = draw.choice(["", " "]).join(draw.choices(fragments, k=draw.randint(1, 5)))
        once = typography.apply(text, language)
        assert typography.apply(once, language) == once, text


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogued_text_is_set_as_its_language_wants(language: str) -> None:
    wrong = {
        message.string: typography.apply(message.string, language)
        for message in read_catalogue(language)
        if message.id and typography.apply(message.string, language) != message.string
    }
    assert not wrong


def test_emphasis_that_markdown_does_not_take_is_found() -> None:
    assert typography.unclosed_emphasis("这是**重点：**后面")
    assert not typography.unclosed_emphasis("这是**重点**：后面")
