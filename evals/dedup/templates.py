"""Articles that programs write: one frame, other facts each day. None is a duplicate of another."""

from __future__ import annotations

import re
from random import Random

from evals.dedup.edits import person

_TOWNS = (
    "Alnwick", "Bergama", "Colima", "Dinant", "Elbasan", "Faro", "Gjirokastër", "Hallein", "Ioannina",
    "Jihlava", "Kotka", "Lugo", "Matera", "Nantes", "Odda", "Pula", "Quimper", "Rovaniemi", "Sligo",
)  # fmt: skip
_ZH = ("临江", "青山", "白河", "东阳", "南溪", "西岭", "北原", "长桥")
_JA = ("白浜", "青川", "赤谷", "北山", "南原", "東野", "西沢", "中島")
_AR = ("القلعة", "الميناء", "الواحة", "النخيل", "الجسر", "السوق", "البستان", "المنارة")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

FRAMES = (
    ("Lane closures on route {n} near {town}", (
        "Drivers on route {n} should expect delays of up to {m} minutes near {town} from {day}, the road"
        " authority said.",
        "Crews will resurface {m}.{k} kilometres between exits {k} and {n}, working nightly from {k} p.m."
        " until 5 a.m., weather permitting.",
        "The work is part of a {n} million programme led by engineer {person}. A detour through {town} will"
        " be signed.",
        "The authority asks motorists to slow down in work zones, where fines are doubled, to leave room for"
        " crews and to plan extra time. Current conditions can be checked by phone at any hour.",
    )),
    ("{town} lottery: numbers for {day}", (
        "The numbers drawn on {day} in {town} were {k}, {m}, {n}, {j} and {i}, with {k} as the bonus ball.",
        "No ticket matched all numbers, so the jackpot grows to {n}.{k} million for the next draw.",
        "{m} players matched four numbers and win {j},{n}0 each; one of them bought the ticket at the shop of"
        " {person} in {town}.",
        "Tickets are sold until an hour before the draw. Players must be adults. Prizes lapse after a hundred"
        " and eighty days, and winners should sign the back of the ticket. Please play responsibly.",
    )),
    ("{town} gegen {town2}: {k}:{g}", (
        "{town} hat am {tag} mit {k}:{g} gegen {town2} gespielt. Vor {n}{m} Zuschauern traf {person} in der"
        " {m}. Minute.",
        "Nach der Pause erhöhte {person} in der {j}. Minute, ehe die Gäste durch {person} verkürzten.",
        "In der Tabelle steht {town} nun mit {n} Punkten auf Rang {k}, {town2} bleibt mit {m} Punkten auf"
        " Rang {i}.",
        "Dieser Bericht wurde automatisch aus den Daten des Verbandes erstellt und von der Redaktion vor der"
        " Veröffentlichung nicht im Einzelnen geprüft. Fehler bitten wir der Redaktion zu melden.",
    )),
    ("Marées à {town} pour la journée", (
        "À {town}, la pleine mer est attendue à {k} h {m} avec un coefficient de {n}, la basse mer à {g} h"
        " {j}.",
        "La hauteur d'eau atteindra {k},{m} mètres au port, selon le relevé de {person}.",
        "Le vent soufflera du large à {n} km/h et la température de l'eau sera de {g} degrés.",
        "Ces horaires sont calculés par le service des marées et donnés à titre indicatif ; il convient de"
        " rester prudent à l'approche des rochers et de prévenir un proche avant toute sortie en mer.",
    )),
    ("Precios del mercado de {town}", (
        "En la lonja de {town}, el trigo cerró el {m} a {n},{k} euros la tonelada, frente a {j},{g} la semana"
        " anterior.",
        "La cebada se pagó a {i},{m} euros y el maíz a {n},{j}, según el informe firmado por {person}.",
        "Se vendieron {m}{k} toneladas de aceite a {j},{i} euros el litro.",
        "Los precios se refieren a mercancía puesta en almacén, sin impuestos, y los publica cada semana la"
        " mesa de cereales con los datos que envían los socios. No constituyen una recomendación.",
    )),
    ("{zh}今日天气", (
        "{zh}气象台{m}日发布预报：今天白天最高气温{k}度，夜间最低气温{g}度，东风{k}级。",
        "明天{zh}降水概率为百分之{n}，空气质量指数为{j}，相对湿度{i}%。",
        "气象台提醒市民出行注意安全，及时增减衣物，关注最新预报预警信息，山区道路请减速慢行。",
        "本文由系统根据观测数据自动生成，经编辑审核后发布，如有出入请以气象部门最新发布的信息为准。",
    )),
    ("{ja}で震度{g}の地震", (
        "{m}日{k}時{n}分ごろ、{ja}で震度{g}を観測する地震がありました。震源の深さは{j}キロです。",
        "地震の規模を示すマグニチュードは{g}.{k}と推定され、{ja}の役場によりますと被害の情報は{k}件です。",
        "この地震による津波の心配はありません。揺れの強かった地域では落石や崖崩れに注意してください。",
        "この記事は気象当局の発表をもとに自動で作成されました。最新の情報は各自治体の発表を確認してください。",
    )),
    ("أسعار الصرف في {ar}", (
        "سجل سعر الدولار في مصارف {ar} اليوم {n}.{k} للشراء و{n}.{m} للبيع، وفق نشرة المصرف.",
        "وبلغ سعر اليورو {j}.{g} للشراء، فيما استقر سعر الجنيه عند {i}.{k} في تعاملات {ar}.",
        "وقال متعاملون في السوق إن حجم التداول وصل إلى {m} مليونا مقابل {j} مليونا في الجلسة السابقة.",
        "تنشر هذه الأسعار يوميا اعتمادا على بيانات المصارف ولا تعد توصية بالشراء أو البيع، وقد تختلف من"
        " فرع إلى آخر خلال ساعات العمل الرسمية.",
    )),
)  # fmt: skip


def fill(frame: int, rnd: Random) -> tuple[str, list[str]]:
    """Return title and paragraphs of one article of a frame."""
    title, paragraphs = FRAMES[frame]
    towns = rnd.sample(_TOWNS, 2)
    told = {
        "town": towns[0], "town2": towns[1], "zh": rnd.choice(_ZH), "ja": rnd.choice(_JA),
        "ar": rnd.choice(_AR), "day": rnd.choice(_DAYS), "tag": rnd.choice(_TAGE),
    }  # fmt: skip

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in told:
            return told[name]
        if name == "person":
            return person(rnd)
        return str(rnd.randint(2, 9) if name in "kg" else rnd.randint(10, 59))

    return _put(title, put), [_put(part, put) for part in paragraphs]


def _put(text: str, put: object) -> str:
    return re.sub(r"\{(\w+)\}", put, text)  # type: ignore[call-overload,no-any-return] # as above
