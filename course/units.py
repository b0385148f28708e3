"""The table of units: their order, numbers, topics and titles; nothing else knows a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Unit:
    """One unit of the course.

    ``needs`` are the numbers of the units that it builds on directly.
    ``topic`` names the sources ``course/lessons/<topic>.py`` and ``solutions/<topic>.py``;
    ``slug`` (``NN-topic``) names the built folders and is nbgrader's assignment id.
    """

    number: int
    topic: str
    minutes: int
    titles: Mapping[str, str]
    needs: tuple[int, ...] = ()

    @property
    def slug(self) -> str:
        return f"{self.number:02d}-{self.topic}"

    @property
    def module(self) -> str:
        """The topic as a Python module name."""
        return self.topic.replace("-", "_")


def _unit(number: int, topic: str, minutes: int, *needs: int, fr: str, en: str, zh: str) -> Unit:
    return Unit(number, topic, minutes, MappingProxyType({"fr": fr, "en": en, "zh": zh}), needs)


UNITS = (
    _unit(
        0, "welcome", 15, fr="Bienvenue à l’atelier", en="Welcome to the atelier", zh="欢迎来到工坊"
    ),
    _unit(
        1,
        "sequential",
        40,
        0,
        fr="Sequential : des couches en pile",
        en="Sequential: a stack of layers",
        zh="Sequential：层的堆叠",
    ),
    _unit(
        2, "functional", 40, 1, fr="L’API fonctionnelle", en="The functional API", zh="函数式 API"
    ),
    _unit(
        3, "subclassing", 35, 2, fr="Sous-classer Model", en="Subclassing Model", zh="子类化 Model"
    ),
    _unit(
        4,
        "ticket-routing",
        40,
        2,
        fr="Plusieurs entrées, plusieurs sorties",
        en="Several inputs, several outputs",
        zh="多输入与多输出",
    ),
    _unit(
        5,
        "siamese",
        35,
        2,
        fr="Couches partagées et réseaux siamois",
        en="Shared layers and Siamese networks",
        zh="共享层与孪生网络",
    ),
    _unit(
        6,
        "resnet",
        35,
        2,
        fr="Connexions résiduelles",
        en="Residual connections",
        zh="残差连接",
    ),
    _unit(
        7,
        "autoencoders",
        35,
        2,
        fr="Autoencodeurs et ensembles",
        en="Autoencoders and ensembles",
        zh="自编码器与模型集成",
    ),
    _unit(
        8,
        "feature-extraction",
        35,
        6,
        fr="Lire un graphe, réutiliser ce qu’il a appris",
        en="Reading a graph, reusing what it has learned",
        zh="读懂模型的图，复用它学到的东西",
    ),
    _unit(
        9,
        "custom-layers",
        40,
        3,
        fr="Écrire ses propres couches",
        en="Layers of your own",
        zh="自定义层",
    ),
    _unit(
        10,
        "custom-training",
        40,
        3,
        7,
        fr="Maîtriser l’entraînement",
        en="Training by your own rules",
        zh="自定义训练",
    ),
    _unit(
        11,
        "choosing",
        35,
        4,
        9,
        10,
        fr="Choisir son style",
        en="Choosing a style",
        zh="三种风格，怎么选",
    ),
)


def unit(name: str) -> Unit:
    """The unit whose slug or topic is ``name``; ``KeyError`` names those that exist."""
    for candidate in UNITS:
        if name in (candidate.slug, candidate.topic):
            return candidate
    raise KeyError(f"no unit {name!r}; the units are {', '.join(u.slug for u in UNITS)}")
