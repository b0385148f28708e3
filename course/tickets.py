"""The tickets that the lesson on several inputs and outputs routes: an invented shop's post.

A ticket has a title, a body and tags; the shop wants to know its priority and its department. The
tickets are put together from sentences written for this course (same licence as the course, see
LICENSE; no such customer, shop or order exists), in French, English and Chinese, each with names,
towns and habits of its own. Nothing is downloaded, and of random generators only Python's random()
is used, so the tickets are the same everywhere. Real post is messier: accuracies on these tickets
say that a model can learn, not how well it would do in a shop.

How a ticket comes about is told in the docstring of :func:`corpus`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

import course
from grader.text import LANGUAGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")
TRAIN, TEST = 768, 256
DELIVERY, BILLING, REPAIRS, ACCOUNTS = range(4)
_TAGS = range(12)
_APP, _E_MAIL, _PHONE, _NEW, _LOYAL, _BUSINESS, GIFT, _SALE, *_TELLING, _AGAIN = _TAGS
_ABROAD, _INVOICE, _PHOTO = _TELLING
# Where the body is unclear, one of these tags tells the department, in the departments' order.
_TELLS = (_ABROAD, _INVOICE, _PHOTO, _NEW)


@dataclass(frozen=True)
class Tickets:
    """Tickets, one a row.

    ``title`` and ``body`` are object arrays of shape (tickets,) that hold text; ``tags`` is a
    float32 array of shape (tickets, 12), 1 where a tag is set ("multi-hot"). ``priority`` is a
    float32 array of shape (tickets,), 1 for a ticket that must be answered today, else 0;
    ``department`` is an int64 array of shape (tickets,), from 0 to 3.
    """

    title: NDArray[np.object_]
    body: NDArray[np.object_]
    tags: NDArray[np.float32]
    priority: NDArray[np.float32]
    department: NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """Tickets in one ``language``, and the names of its ``departments`` (4) and ``tags`` (12)."""

    language: str
    departments: tuple[str, ...]
    tags: tuple[str, ...]
    train: Tickets
    test: Tickets


def corpus(language: str | None = None) -> Corpus:
    """1,024 tickets: 768 to train on, 256 held out; in the course's language unless told otherwise.

    The body opens with the order, states the problem, may say how pressing it is, and may close
    with a name. One body in five does not say what the problem is; then a tag does (such as
    "invoice attached"). About half of the titles name the problem, the others could be about
    anything. A ticket has priority if its body is pressing, or if it does not say and the customer
    has written before (a tag); titles that shout are more frequent among those, but not reliable.
    In all languages, the ticket of the same row has the same tags, priority and department.

    ``ValueError`` if the course does not have ``language``.
    """
    language = course.language() if language is None else language
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; the course has {', '.join(LANGUAGES)}")
    world, case = WORLDS[language], random.Random(10)
    train, test = draw(world, TRAIN, case), draw(world, TEST, case)
    return Corpus(language, world.departments, world.tags, train, test)


@dataclass(frozen=True)
class _Ticket:
    title: str
    body: str
    tags: tuple[bool, ...]
    priority: bool
    department: int


@dataclass(frozen=True)
class World:
    """What a language's tickets are made of.

    Sentences may hold {my} and {the} (the thing that was bought), {order}, {day}, {sum}, {city},
    {name}. ``titles`` and ``problems`` have one group a department, in order. ``shout`` makes a
    title loud. ``things`` are pairs: my thing, the thing. ``tells`` has the tag of each department
    that names it where the body is unclear, as ``unclear_share`` of them are; ``told_share`` of the
    titles name the problem.
    """

    departments: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[str, ...]
    cities: tuple[str, ...]
    days: tuple[str, ...]
    sums: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, ...], ...]
    vague: tuple[str, ...]
    shout: tuple[str, ...]
    openings: tuple[str, ...]
    problems: tuple[tuple[str, ...], ...]
    unclear: tuple[str, ...]
    pressing: tuple[str, ...]
    relaxed: tuple[str, ...]
    closings: tuple[str, ...]
    between: str = " "
    tells: tuple[int, ...] = _TELLS
    unclear_share: float = 0.2
    told_share: float = 0.45


class Case(Protocol):
    """What draws: Python's ``Random``, or a generator of numpy's."""

    def random(self) -> float: ...


def draw(world: World, count: int, case: Case) -> Tickets:
    """``count`` tickets of a world; its departments are numbered in order."""
    return _columns([_ticket(world, case) for _number in range(count)])


def _ticket(world: World, case: Case) -> _Ticket:
    """One ticket. The draws are as many, and in the same order, whatever the language."""

    def chance(probability: float) -> bool:
        return case.random() < probability

    def one(choices: Sequence[T]) -> T:
        # Of the methods of Random, only random() is the same in all versions of Python.
        return choices[int(case.random() * len(choices))]

    department = one(range(len(world.departments)))
    unclear = chance(world.unclear_share)
    tone = case.random()
    pressing, relaxed = tone < 0.35, tone > 0.6
    tags = _tags(world.tells, department, unclear, case)
    priority = pressing or (not relaxed and tags[_AGAIN])

    mine, the = one(world.things)
    facts = {
        "my": mine,
        "the": the,
        "order": str(4000 + int(case.random() * 900)),
        "day": one(world.days),
        "sum": one(world.sums),
        "city": one(world.cities),
        "name": one(world.names),
    }
    told, vague = one(world.titles[department]), one(world.vague)
    title = told if chance(world.told_share) else vague
    loud = one(world.shout)
    if chance(0.4 if priority else 0.15):
        title = loud.format(title=title)

    opening, closing = one(world.openings), one(world.closings)
    clear, hazy = one(world.problems[department]), one(world.unclear)
    hurry, patience = one(world.pressing), one(world.relaxed)
    sentences = [opening, hazy if unclear else clear]
    if pressing or relaxed:
        sentences.append(hurry if pressing else patience)
    if chance(0.4):
        sentences.append(closing)
    body = world.between.join(_capital(sentence.format(**facts)) for sentence in sentences)
    return _Ticket(_set(_capital(title.format(**facts))), _set(body), tags, priority, department)


def _tags(tells: Sequence[int], department: int, unclear: bool, case: Case) -> tuple[bool, ...]:
    found = [case.random() < share for share in _SHARES]
    channel = int(case.random() * 3)
    for tag in (_APP, _E_MAIL, _PHONE):
        found[tag] = tag == channel
    telling = [case.random() < 0.1 for _department in tells]
    own = case.random() < 0.4
    for other, tag in enumerate(tells):
        found[tag] = (own or unclear) if other == department else (telling[other] and not unclear)
    found[_LOYAL] = found[_LOYAL] and not found[_NEW]
    return tuple(found)


def _columns(tickets: Sequence[_Ticket]) -> Tickets:
    return Tickets(
        title=np.array([ticket.title for ticket in tickets], dtype=object),
        body=np.array([ticket.body for ticket in tickets], dtype=object),
        tags=np.array([ticket.tags for ticket in tickets], dtype=np.float32),
        priority=np.array([ticket.priority for ticket in tickets], dtype=np.float32),
        department=np.array([ticket.department for ticket in tickets], dtype=np.int64),
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _set(text: str) -> str:
    """French signs with their no-break spaces; other languages do not write a space there."""
    text = re.sub(" ([:;!?»€])", "\u00a0\\1", text)
    return text.replace("« ", "«\u00a0")


# How often a tag is set that tells nothing of the department (or is set otherwise, if 0).
_SHARES = [0.0, 0.0, 0.0, 0.0, 0.4, 0.15, 0.15, 0.2, 0.0, 0.0, 0.0, 0.35]

_ENGLISH = World(
    departments=("delivery", "billing", "repairs", "accounts"),
    tags=(
        *("app", "e-mail", "phone", "new customer", "loyal customer", "business"),
        *("gift", "sale", "abroad", "invoice attached", "photo attached", "has written before"),
    ),
    names=(
        *("Priya", "Callum", "Siobhan", "Owen", "Aisha", "Grace", "Tom", "Marcus", "Eilidh"),
        *("Harriet", "Dev", "Niamh", "Rhys", "Leila"),
    ),
    cities=(
        *("Bristol", "Leeds", "Cork", "Cardiff", "Glasgow", "Norwich", "Dublin", "Exeter"),
        *("Belfast", "York"),
    ),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    sums=("£19.90", "£24.50", "£38", "£42.99", "£65", "£79.90", "£110", "£130"),
    things=tuple(
        (f"my {thing}", f"the {thing}")
        for thing in (
            *("kettle", "desk lamp", "headset", "printer", "coffee machine", "e-reader"),
            *("vacuum cleaner", "radio", "keyboard", "speaker", "hair dryer", "toaster"),
            *("blender", "fan heater"),
        )
    ),
    titles=(
        (
            *("Parcel not here", "Where is my order?", "Wrong address", "Tracking number"),
            *("Left with the neighbours?", "Only half delivered"),
        ),
        (
            *("Charged twice", "Refund", "Wrong amount", "Invoice, please", "Discount not applied"),
            *("Trouble with a payment",),
        ),
        (
            *("Does not work", "{the} is broken", "Still under guarantee?", "A strange noise"),
            *("Repair", "Spare part for {my}"),
        ),
        (
            *(
                "Cannot log in",
                "Password",
                "New e-mail address",
                "My profile",
                "Closing my account",
            ),
            *("Loyalty points",),
        ),
    ),
    vague=(
        *("Question", "A problem", "Order {order}", "{my}", "Can you help?", "Your message"),
        *("About last week", "Not what I expected"),
    ),
    shout=("URGENT: {title}", "Answer today, please: {title}", "{title}!!!"),
    openings=(
        "Order {order}, {the}.",
        "It is about {my}.",
        "Hello, this is about order {order}.",
        "I bought {the} last {day}.",
        "We have {the} at our office.",
        "You know me from order {order}.",
        "Hello, {name} here, about {my}.",
        "A word about {my}.",
    ),
    problems=(
        (
            "The parcel was due on {day} and has not come.",
            "The tracking page has said “out for delivery” for four days.",
            "The courier left the box in the rain, outside the wrong house.",
            "The driver says that nobody was in, but I never left the house.",
            "The parcel has gone to my old address in {city}.",
            "One of the two boxes is missing from the shipment.",
            "The pickup point has closed, and nobody knows where the parcel is.",
            "The label is for someone in {city}: you have sent me their parcel.",
        ),
        (
            "My card was charged twice, {sum} each time.",
            "The refund of {sum} that you promised is not on my statement.",
            "The discount code was accepted, but I paid the full price.",
            "The invoice says {sum}, and the website said less.",
            "I need an invoice in the name of my company.",
            "You took {sum} for an order that I had cancelled.",
            "The bank says that the payment was refused, yet the money is gone.",
            "The VAT is missing from the receipt, and my accountant will not take it.",
        ),
        (
            "It no longer switches on.",
            "It stops after five minutes and starts again by itself.",
            "There is a crack along one side, and something rattles inside.",
            "It makes a grinding noise that frightens the dog.",
            "The switch has snapped off, and the guarantee runs until next year.",
            "The plug has come loose; I would like it mended, not replaced.",
            "The spare part that you sent does not fit.",
            "It has been to your workshop and is exactly as faulty as before.",
        ),
        (
            "I cannot log in: the link to reset my password never comes.",
            "Please change the e-mail address of my account.",
            "I have two accounts and would like to merge them.",
            "Please delete my profile and everything that you know about me.",
            "The app logs me out every time I open it.",
            "My loyalty points have vanished from my profile.",
            "The code that you text me to log in is always refused.",
            "My first name is misspelt in my profile, and I cannot edit it.",
        ),
    ),
    unclear=(
        "You asked me for a document: here it is.",
        "As agreed, I am sending you what you need.",
        "I have still not heard what you have decided.",
        "It is all in the form that I filled in; please go ahead.",
        "I was told that one of your colleagues would see to it.",
        "You will know what to do next.",
    ),
    pressing=(
        "My daughter’s wedding is on {day}, and it must be settled before then.",
        "I fly to {city} tomorrow morning.",
        "Without an answer today I lose a week’s work.",
        "My father is ill, and we cannot manage without it.",
        "My deadline is midnight tonight.",
        "We open our café on {day} and cannot do so like this.",
        "I have an exam in two days and nothing to work with.",
        "Twelve guests arrive tomorrow.",
    ),
    relaxed=(
        "There is no hurry.",
        "Take your time: I am on holiday until next month.",
        "Whenever you have a quiet moment.",
        "It can wait until after {day}.",
        "I only ask so that I know for next time.",
        "I can manage without it for now.",
        "Next week or the week after will do.",
        "Please see to the urgent cases first.",
    ),
    closings=(
        "Thank you, {name}",
        "Kind regards, {name}",
        "Best wishes from {city}, {name}",
        "Many thanks in advance, {name}",
        "{name}, {city}",
    ),
)

_FRENCH = World(
    departments=("livraison", "facturation", "réparation", "comptes"),
    tags=(
        *("appli", "courriel", "téléphone", "nouveau client", "client fidèle", "entreprise"),
        *("cadeau", "soldes", "étranger", "facture jointe", "photo jointe", "a déjà écrit"),
    ),
    names=(
        *("Camille", "Yanis", "Maëlle", "Antoine", "Fatou", "Solène", "Mathieu", "Inès", "Gaël"),
        *("Margaux", "Karim", "Élodie", "Baptiste", "Lucie"),
    ),
    cities=(
        *("Nantes", "Lille", "Grenoble", "Rennes", "Liège", "Toulouse", "Lausanne", "Dijon"),
        *("Brest", "Namur"),
    ),
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"),
    sums=("19,90 €", "24,50 €", "38 €", "42,99 €", "65 €", "79,90 €", "110 €", "130 €"),
    things=(
        ("ma bouilloire", "la bouilloire"),
        ("ma lampe de bureau", "la lampe de bureau"),
        ("mon casque audio", "le casque audio"),
        ("mon imprimante", "l’imprimante"),
        ("ma machine à café", "la machine à café"),
        ("ma liseuse", "la liseuse"),
        ("mon aspirateur", "l’aspirateur"),
        ("ma radio", "la radio"),
        ("mon clavier", "le clavier"),
        ("mon enceinte", "l’enceinte"),
        ("mon sèche-cheveux", "le sèche-cheveux"),
        ("mon grille-pain", "le grille-pain"),
        ("mon mixeur", "le mixeur"),
        ("mon radiateur d’appoint", "le radiateur d’appoint"),
    ),
    titles=(
        (
            *("Colis non reçu", "Où est ma commande ?", "Erreur d’adresse", "Numéro de suivi"),
            *("Déposé chez les voisins ?", "Livraison incomplète"),
        ),
        (
            *("Débité deux fois", "Remboursement", "Montant erroné", "Facture, s’il vous plaît"),
            *("Code promo non appliqué", "Souci de paiement"),
        ),
        (
            *("Ne marche plus", "{the} : en panne", "Encore sous garantie ?", "Un bruit bizarre"),
            *("Réparation", "Pièce détachée pour {my}"),
        ),
        (
            *("Connexion impossible", "Mot de passe", "Nouvelle adresse mail", "Mon profil"),
            *("Fermer mon compte", "Points de fidélité"),
        ),
    ),
    vague=(
        *("Question", "Un problème", "Commande {order}", "{my}", "Pouvez-vous m’aider ?"),
        *("Suite à votre message", "La semaine dernière", "Pas ce que j’attendais"),
    ),
    shout=("URGENT : {title}", "Réponse aujourd’hui SVP : {title}", "{title} !!!"),
    openings=(
        "Commande {order} ({the}).",
        "Il s’agit de {my}.",
        "Bonjour, c’est pour la commande {order}.",
        "J’ai acheté {the} {day} dernier.",
        "Nous avons {the} au bureau.",
        "Vous me connaissez par la commande {order}.",
        "Bonjour, ici {name}, pour {my}.",
        "Un mot à propos de {my}.",
    ),
    problems=(
        (
            "Le colis devait arriver {day} et n’est toujours pas là.",
            "Le suivi affiche « en cours de livraison » depuis quatre jours.",
            "Le livreur a laissé le carton sous la pluie, devant la mauvaise maison.",
            "Le livreur prétend qu’il n’y avait personne, or je n’ai pas bougé de chez moi.",
            "Le colis est parti à mon ancienne adresse, à {city}.",
            "Il manque un des deux cartons de l’envoi.",
            "Le point relais a fermé, et personne ne sait où est le colis.",
            "L’étiquette porte le nom de quelqu’un de {city} : j’ai reçu son colis.",
        ),
        (
            "Ma carte a été débitée deux fois de {sum}.",
            "Le remboursement promis de {sum} n’apparaît pas sur mon relevé.",
            "Le code promo a été accepté, mais j’ai payé le prix fort.",
            "La facture indique {sum}, le site annonçait moins.",
            "Il me faut une facture au nom de mon entreprise.",
            "Vous avez prélevé {sum} pour un achat que j’avais annulé.",
            "D’après ma banque le paiement est refusé, et pourtant l’argent est parti.",
            "La TVA ne figure pas sur le reçu, mon comptable n’en veut pas.",
        ),
        (
            "Plus moyen de l’allumer.",
            "Ça s’arrête au bout de cinq minutes, puis ça repart tout seul.",
            "Il y a une fente sur le côté, et quelque chose se balade à l’intérieur.",
            "Ça fait un grincement qui effraie le chien.",
            "L’interrupteur a cassé net, et la garantie court jusqu’à l’an prochain.",
            "La prise a pris du jeu ; je préfère une réparation à un échange.",
            "La pièce détachée que vous m’avez envoyée ne convient pas.",
            "Après un passage à l’atelier, la panne est exactement la même.",
        ),
        (
            "Je n’arrive plus à me connecter : le lien du mot de passe ne vient jamais.",
            "Merci de changer l’adresse mail de mon compte.",
            "J’ai deux comptes et je voudrais les réunir.",
            "Supprimez mon profil, s’il vous plaît, et tout ce que vous savez de moi.",
            "L’appli me déconnecte chaque fois que je l’ouvre.",
            "Mes points de fidélité ont disparu de mon profil.",
            "Le code de connexion reçu par SMS est toujours refusé.",
            "Mon prénom est mal écrit dans mon profil, et je ne peux pas le corriger.",
        ),
    ),
    unclear=(
        "Vous m’aviez demandé un document : le voici.",
        "Comme convenu, je vous envoie le nécessaire.",
        "Je ne sais toujours pas ce que vous avez décidé.",
        "Tout est dans le formulaire ; vous pouvez y aller.",
        "On m’a dit qu’un de vos collègues s’en chargerait.",
        "Vous saurez quoi faire.",
    ),
    pressing=(
        "Ma fille se marie {day}, il faut que ce soit réglé avant.",
        "Je prends le train pour {city} demain matin.",
        "Sans réponse aujourd’hui, je perds une semaine de travail.",
        "Mon père est malade, et nous ne pouvons pas nous en passer.",
        "J’ai jusqu’à ce soir minuit.",
        "Nous ouvrons notre café {day}, et c’est impossible dans ces conditions.",
        "Je passe un concours dans deux jours et je n’ai plus rien pour travailler.",
        "Douze invités arrivent demain.",
    ),
    relaxed=(
        "Rien ne presse.",
        "Prenez votre temps : je suis en congé jusqu’au mois prochain.",
        "Quand vous aurez un moment.",
        "Cela peut attendre, même après {day}.",
        "C’est juste pour savoir, la prochaine fois.",
        "Je peux m’en passer pour l’instant.",
        "La semaine prochaine ou la suivante, ce sera très bien.",
        "Occupez-vous d’abord des urgences.",
    ),
    closings=(
        "Merci, {name}",
        "Bien à vous, {name}",
        "Cordialement, {name}",
        "Merci d’avance pour votre aide, {name}",
        "{name}, {city}",
    ),
)

_CHINESE = World(
    departments=("物流", "账务", "维修", "账号"),
    tags=(
        *("应用", "邮件", "电话", "新客户", "老客户", "企业客户"),
        *("礼品", "促销", "海外", "附发票", "附照片", "曾来信"),
    ),
    names=(
        *("李静", "王浩", "陈小雨", "张磊", "刘芳", "赵敏", "黄志强", "周婷", "吴昊"),
        *("孙悦", "何欣怡", "林子轩", "郭凯", "唐雪"),
    ),
    cities=("成都", "杭州", "武汉", "西安", "广州", "苏州", "青岛", "长沙", "昆明", "厦门"),
    days=("周一", "周二", "周三", "周四", "周五", "周六"),
    sums=("99 元", "129 元", "168 元", "199 元", "259 元", "328 元", "469 元", "599 元"),
    things=tuple(
        (f"我的{thing}", thing)
        for thing in (
            *("电饭煲", "台灯", "耳机", "打印机", "豆浆机", "电子书", "吸尘器", "收音机"),
            *("键盘", "音箱", "吹风机", "热水壶", "破壁机", "电暖器"),
        )
    ),
    titles=(
        ("包裹没收到", "我的快递到哪了？", "地址错了", "快递单号", "放驿站了吗？", "只收到一半"),
        ("重复扣款", "退款", "金额不对", "请开发票", "优惠券没用上", "付款出了问题"),
        ("用不了了", "{the}坏了", "还在保修期吗？", "有异响", "报修", "{the}的配件"),
        ("登录不上", "密码", "换绑邮箱", "我的资料", "注销账号", "会员积分"),
    ),
    vague=(
        *("咨询", "有个问题", "订单 {order}", "{my}", "能帮个忙吗？", "回复你们的消息"),
        *("上周的事", "和想的不一样"),
    ),
    shout=("紧急：{title}", "请今天答复：{title}", "{title}！！！"),
    openings=(
        "订单 {order}，{the}。",
        "想说说{my}。",
        "你好，关于订单 {order}。",
        "上{day}买的{the}。",
        "我们办公室在用你们的{the}。",
        "还是订单 {order} 的事。",
        "你好，我是{name}，想说一下{my}。",
        "有件事，关于{my}。",
    ),
    problems=(
        (
            "包裹本该{day}到，现在还没来。",
            "物流一连四天都显示“派送中”。",
            "快递员把箱子扔在别人家门口，还淋了雨。",
            "快递员说家里没人，可我一直没出门。",
            "包裹寄到我在{city}的旧地址去了。",
            "一共两箱，有一箱没送到。",
            "驿站关门了，谁也不知道包裹在哪里。",
            "面单上是{city}另一个人的名字，你们把他的包裹寄给我了。",
        ),
        (
            "银行卡被扣了两次，每次 {sum}。",
            "答应退的 {sum}一直没到账。",
            "优惠券显示已使用，付的却是原价。",
            "发票上是 {sum}，网页上的价格没这么高。",
            "请把发票抬头改成我们公司。",
            "早就取消的订单，你们还是扣了 {sum}。",
            "支付页面说付款失败，钱却没了。",
            "电子发票上没有税号，财务不给报销。",
        ),
        (
            "按了开关没有反应。",
            "用五分钟就自己停，过一会儿又自己启动。",
            "侧面裂了一条缝，里面有东西在响。",
            "一开就吱吱响，把狗都吓着了。",
            "按钮断了，保修期到明年。",
            "插头松了，我想修，不想换新的。",
            "你们寄来的配件装不上。",
            "送修过一次，毛病和原来一模一样。",
        ),
        (
            "我登录不上，重置密码的链接一直收不到。",
            "请帮我更换账号绑定的邮箱。",
            "我有两个账号，想合并成一个。",
            "请注销我的账号，删除我的全部信息。",
            "每次打开应用都要重新登录。",
            "个人主页里的会员积分不见了。",
            "登录用的短信验证码总说不对。",
            "个人资料里我的名字写错了，自己改不了。",
        ),
    ),
    unclear=(
        "你们要的材料，我发过来了。",
        "按之前说好的，把东西发给你们。",
        "到现在也没告诉我怎么处理。",
        "该填的表我都填了，请往下办吧。",
        "说好会有同事来处理的。",
        "接下来怎么办，你们应该清楚。",
    ),
    pressing=(
        "我女儿{day}结婚，之前一定要解决。",
        "我明天一早飞{city}。",
        "今天再不答复，我一周的活就白干了。",
        "我爸病了，家里离不开它。",
        "今晚十二点就截止了。",
        "我们的小店{day}开张，这样没法营业。",
        "后天就考试了，我手头什么都没有。",
        "明天家里要来十二位客人。",
    ),
    relaxed=(
        "不着急。",
        "慢慢来，我下个月才休完假。",
        "你们有空的时候再看就行。",
        "过了{day}再说也行。",
        "我只是问问，下次好知道。",
        "暂时不用也没关系。",
        "下周或者下下周都可以。",
        "请先处理紧急的。",
    ),
    closings=(
        "谢谢，{name}",
        "麻烦了，{name}",
        "祝好，{city}{name}",
        "先谢谢了，{name}",
        "{name}，{city}",
    ),
    between="",
)

WORLDS = {"en": _ENGLISH, "fr": _FRENCH, "zh": _CHINESE}
