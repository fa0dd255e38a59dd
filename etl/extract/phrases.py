"""What sites of many languages write around their articles; compared after `words.normalize`."""

from __future__ import annotations

import re


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
related, related articles, related stories, related topics, related content, more on this story
read more, read next, you may also like, recommended, recommended stories
mehr zum thema, lesen sie auch, das könnte sie auch interessieren, auch interessant
à lire aussi, lire aussi, sur le même sujet, te puede interesar, noticias relacionadas
artículos relacionados, leggi anche, articoli correlati, leia também, lees ook, czytaj także
читайте также, читайте також, baca juga, ilgili haberler
関 連 記 事, 相 关 新 闻, 관련기사
"""
RELATED = _split_lines(_RELATED)
"""Headings over links to other articles, as tokens joined by spaces."""

WALLS = re.compile(
    r"enable (?:javascript|cookies)|just a moment|checking your browser|ray id|captcha|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|access (?:to this page has been )?denied|"
    r"are you a robot|unusual traffic|attention required|request blocked|security check|"
    r"please turn (?:javascript|off your ad)|you have been blocked|accepter et continuer|"
    r"bitte (?:aktivieren|akzeptieren) sie"
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
