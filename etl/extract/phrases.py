"""What sites of many languages write around their articles; compared by `key_of`."""

from __future__ import annotations

import re

from etl.words import normalize, tokenize


def key_of(text: str) -> str:
    """Return what `text` is compared by: its tokens, normalised, joined by spaces."""
    return " ".join(tokenize(normalize(text)))


def _split_lines(table: str) -> frozenset[str]:
    return frozenset(phrase for line in table.splitlines() for phrase in line.split(", ") if phrase)


_FURNITURE = """\
advertisement, advertising, anzeige, werbung, publicidad, publicité, pubblicità, reklama, reklam
share, share this, share this article, teilen, artikel teilen, partager, compartir, condividi
read more, mehr lesen, lire aussi, read also, copy link, link copied, print, drucken, iklan
scroll to continue, story continues below, article continues after advertisement
comments, kommentare, inhalt, 広告, 広告の後に続きます
"""
FURNITURE = _split_lines(_FURNITURE)
"""Lines that are never part of an article, as tokens joined by spaces."""

_RELATED = """\
related, related articles, related posts, related stories, related topics, related content
more on this story, read more, read next, you may also like, recommended, recommended stories
mehr zum thema, lesen sie auch, das könnte sie auch interessieren, auch interessant
à lire aussi, lire aussi, sur le même sujet, te puede interesar, noticias relacionadas
artículos relacionados, leggi anche, articoli correlati, leia também, lees ook, czytaj także
читайте также, читайте також, baca juga, ilgili haberler
関 連 記 事, 相 关 新 闻, 관련기사
"""
RELATED = _split_lines(_RELATED)
"""Headings over links to other articles, as tokens joined by spaces."""

_ONWARD = """\
continue reading, keep reading, read on, read the full, read full, read the rest, read the whole
read the entire, read the original, read original, click here to read, click here to continue
click here for more, view full, full story, full article, den ganzen artikel lesen, zum artikel
lire la suite, la suite, lire l article, seguir leyendo, sigue leyendo, continuar leyendo
continue lendo, continuar lendo, continua a leggere, leggi tutto, verder lezen, lees verder
läs vidare, læs videre, les videre, czytaj dalej, číst dál, devam\u0131n\u0131 oku, читать далее
читать дальше, читать полностью, читати далі, baca selengkapnya
続 き を 読 む, 阅 读 全 文, 閱 讀 全 文, 계속 읽기
"""
_MORE = """\
read more, read article, mehr lesen, en savoir plus, lire plus, leer más, leer mas, ver más
leia mais, ler mais, saiba mais, leggi di più, lees meer, läs mer, læs mere, les mer, lue lisää
czytaj więcej, citește mai mult, 더 보기
"""
_WORDS = "more, continue, weiterlesen, mehr, continua, leggi, více, tovább, подробнее, докладніше"


def _any_of(phrases: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


ONWARD = _split_lines(_ONWARD)
"""What a link to the rest of a text begins with, as tokens joined by spaces."""

MORE_LINK = re.compile(
    rf"(?P<phrase>{_any_of(ONWARD | _split_lines(_MORE))})(?: (?P<rest>.*))?$"
    rf"|(?:{_any_of(_split_lines(_WORDS))})$"
)
"""A link that leads to the rest of a text, or to another, as tokens joined by spaces."""

MORE_TEXT = re.compile(
    rf"(?:^|(?<=[.!?:;\u2026)\]\"\u201d\u00bb]))\s*"
    rf"(?:[\[(]?\b(?:{_any_of(ONWARD | _split_lines(_MORE))})(?: (?:article|story|post|here)\b)?"
    r"|[\[(]more\b)\W{0,6}$",
    re.IGNORECASE,
)
"""What stands for such a link at the end of a plain text."""

# WordPress signs every entry so; from its translations.
_SIGNED = (
    "the post, the article, der beitrag, l.article, cet article, la entrada, el cargo, l.articolo"
    ", o post, o conteúdo, het bericht, inlägget, indlægget, innlegget, artykuł, příspěvek"
    ", сообщение, запись, artikkeli, l.entrada, articolul"
)
_FIRST_AT = (
    "appeared first on, erschien zuerst auf, est apparu en premier sur, se publicó primero en"
    ", aparece primero en, apareció primero en, proviene da, sembra essere il primo su"
    ", apareceu primeiro em, aparece primeiro em, verscheen eerst op, dök först upp på"
    ", blev først udgivet på, dukket først opp på, pochodzi z serwisu, pochází z"
    ", se nejdříve objevil na, появились сначала на, впервые появилась, julkaistiin ensimmäisenä"
    ", ha aparegut primer a, apare prima dată în"
)
_SIGNS = _SIGNED.replace(", ", "|")
CREDIT = re.compile(
    rf"\b(?:{_SIGNS})\s(?:(?!\b(?:{_SIGNS})\s).){{1,400}}"
    rf"\s(?:{_FIRST_AT.replace(', ', '|')})\s.{{1,200}}$",
    re.IGNORECASE,
)
"""The sentence at an entry's end that says where it appeared first."""

WALLS = re.compile(
    r"enable (?:javascript|cookies)|just a moment|checking your browser|ray id|captcha|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|access (?:to this page has been )?denied|"
    r"are you a robot|unusual traffic|attention required|request blocked|security check|"
    r"please turn (?:javascript|off your ad)|you have been blocked|accepter et continuer|"
    r"bitte (?:aktivieren|akzeptieren) sie|(?:we|wir) (?:value|respect|schätzen|respektieren) "
    r"(?:your|ihre) (?:privacy|privatsphäre)|before you continue|nous respectons votre vie privée|"
    r"(?:accept|manage|reject) (?:all )?cookies|alle (?:cookies )?akzeptieren|zustimmen und weiter|"
    r"tout (?:accepter|refuser)|accetta (?:tutti|e continua)|aceptar (?:todo|y continuar)|"
    r"alles accepteren|godkänn alla|cookie-?einstellungen|prove (?:that )?you.re not a robot|"
    r"проверка браузера|ロボットではありません|pardon our interruption|press (?:and|&) hold|"
    r"you don.t have permission to access|human verification|performing security verification|"
    r"enable js and disable any ad blocker|if the site connection is secure|"
    r"(?:bestätigen sie|bitte bestätigen), dass sie (?:kein roboter|ein mensch) sind|"
    r"vérifie[zr] que vous (?:êtes|n.êtes pas) (?:humain|un robot)|confirme que no eres un robot"
)
"""What stands on a page that asks for consent, or for proof of not being a robot."""

MISSING = re.compile(
    r"^(?:error )?404\b|^410 gone|página no encontrada|pagina non trovata|página não encontrada|"
    r"\b(?:page|article|seite|artikel)[\w\s]{0,20} (?:not|nicht) (?:be )?"
    r"(?:found|gefunden|available|verfügbar)|page (?:introuvable|non trouvée)|"
    r"sayfa bulunamad[i\u0131]|страница не найдена|ページが見つかりません|页面不存在"
)
"""What stands in the title of a page that is not there (and was sent with status 200)."""

PROMPTS = re.compile(
    r"subscribe (?:now |today )?to (?:continue|read|keep)|subscribers? only|already a subscriber|"
    r"to (?:continue|keep) reading|sign (?:in|up) to (?:continue|read)|premium content|"
    r"log in to (?:continue|read)|this article is for subscribers|please subscribe|"
    r"jetzt (?:weiterlesen|abonnieren)|weiterlesen mit|(?:nur|exklusiv) für abonnenten|"
    r"réservé aux abonnés|il vous reste [\d,.]+ ?%|pour lire la suite|solo para suscriptores|"
    r"suscr[ií]bete para|per gli abbonati|abbonati per|continua a leggere|para assinantes|"
    r"alleen voor abonnees|для подписчиков|только по подписке|会員限定|有料会員|残り\s?\d+文字|"
    r"구독자 전용|订阅后"
)
"""What a page that shows only the start of its article asks for."""

NOBODY = re.compile(
    r"\b(?:redaktion|redaktionsnetzwerk|redacci[oó]n|redazione|r[eé]daction|redaktor|redakcja|"
    r"redactie|toimitus|editor(?:s|ial)?|staff|newsroom|news|desk|team|admin|administrator|"
    r"agenc(?:y|ies)|agentur(?:en)?|agencias?|agence|press|associated|media|online|digital|"
    r"correspondents?|reporters?|writers?|contributors?|guest|unknown|author|webmaster|gmbh|ltd|"
    r"inc|min(?:s|utes)? read|minutes?)\b|https?:|www\.|[@#{}<>=]|\d|"
    r"\.(?:com|org|net|de|at|ch|co|info)\b"
)
"""What makes a byline a desk, a company or an account, not a person."""

_AGENCIES = """\
afp, ap, dpa, reuters, ansa, efe, apa, sda, tass, interfax, ria, upi, pti, ani, ians, xinhua
yonhap, kyodo, anadolu, aa, bloomberg, pa, sid, epd, kna, dapd, stt, ntb, tt, ritzau, belga
anp, lusa, lapresse, bbc, cnn, npr
"""
AGENCIES = _split_lines(_AGENCIES)
"""News agencies and broadcasters that sign articles, as normalised words."""
