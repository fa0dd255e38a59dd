"""What names of classes, and words, say of a block: each kind of hint is a bit."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

_NAMES = """
article: article|story|artikel|articulo|articolo|noticia|nachricht|news
body: body|content|text|prose|richtext|inhalt|cuerpo|corpo|texto|paragraph|block
post: post|entry|blog|detail|single
main: main|primary|center|column
comment: comment|disqus|repl(?:y|ies)|respon[ds]|discussion|kommentar|coment
related: relat|recommend|also|read-?(?:next|more|also)|similar|next|recirc|onward|see-?more
teaser: teaser|promo|card|trending|popular|latest|most-|headlines|feed|taboola|outbrain|feature
side: side|aside|rail|widget|module|column-?right|secondary
share: shar(?:e|ing)|social|follow|facebook|twitter|whatsapp|tool|action|print
advert: advert|\\bads?\\b|-ad-|ad[-_]|banner|sponsor|commercial|werbung|publi|dfp|gpt|affiliate|shop
letter: newsletter|subscri|sign-?up|register|email|e-mail|abo\\b|login|account|mailing
wall: paywall|premium|meter|piano|tp-|gate|locked|regwall|member|donat|support|fundrais|campaign
consent: cookie|consent|gdpr|privacy|modal|popup|overlay|dialog|notice|alert|lightbox
caption: caption|credit|legend|copyright|bildunter
picture: image|img|photo|picture|foto|figure|media|gallery|slide|carousel|video|player|audio
author: author|byline|by-line|bio|avatar|contributor|autor|auteur|writer|profile|person
meta: meta|date|time|publish|updat|label|info|details|stamp|source|dateline
topic: tags?\\b|topic|categor|keyword|section-?name|breadcrumb|kicker|eyebrow|overline|rubri|filed
head: header|masthead|title|headline|hero|heading|titre|titulo|top\\b
lead: lead|lede|dek|deck|summary|standfirst|intro|sub-?(?:title|head)|excerpt|abstract|descr|chapo
foot: foot|bottom|legal|disclaimer|after|end\\b|terms|rights
menu: nav|menu|pagina|toc\\b|table-of-|index|skip|search|filter|tabs?\\b|jump
list: list|grid|item|row|collection|archive|loop|stream|results?
quote: quote|pull|tweet|embed|instagram|cite|zitat|testimon
box: box|panel|callout|infobox|fact|highlight|note|aside|sidebar|inset|tip
hidden: hidden|sr-only|screen-reader|visually|d-none|collapse|offscreen|invisible|display:none
live: live|liveblog|ticker|timeline
prose: article-?_?-?(?:body|content|text)|(?:entry|post|story|news)-?_?-?(?:body|content|text)
named: articlebody|description|headline|alternativeheadline
prompt: newsletter|donat|consent|cookie|sign-?up|subscribe-?(?:box|form)|support-us|fundrais
"""
_PATTERNS = [line.split(": ", 1) for line in _NAMES.strip().splitlines()]
CUES = len(_PATTERNS)
"""How many bits the cues of names have."""

CUE_NAMES = tuple(name for name, _ in _PATTERNS)
_ALL_CUES = re.compile("|".join(f"(?P<c{n}>{text})" for n, (_, text) in enumerate(_PATTERNS)))
_EACH_CUE = [re.compile(text) for _, text in _PATTERNS]
# Of an element within a line: what its styling is called says nothing of the line.
INLINE_CUES = sum(
    1 << n
    for n, name in enumerate(CUE_NAMES)
    if name in {"caption", "author", "meta", "share", "hidden", "advert", "topic", "letter"}
)
_READ = ("class", "id", "itemprop", "role", "style", "data-component", "data-testid", "data-type")
_NAMES_CHARS = 300

_WORDS = """
subscribe: subscribe subscriber subscribers subscription subscriptions abonnieren abonnement abo
 abonnent abonnenten abonnez abonné abonnés suscríbete suscribirse suscriptores abbonati assine
 assinante assinantes подписка подпишитесь подписывайтесь підписуйтесь abone prenumerera premium
letter: newsletter newsletters inbox email mail emails posteingang correo boletín rassegna почту
 mailing unsubscribe bülten nyhetsbrev nieuwsbrief
share: share shares teilen partager partagez compartir condividi compartilhar compartilhe delen del
 paylaş поделиться bagikan udostępnij tweet pin print drucken imprimer copy link kopieren
social: facebook twitter instagram whatsapp telegram linkedin youtube tiktok pinterest reddit follow
 folgen suivez síguenos seguici siga threads bluesky messenger viber channel kanal
photo: photo photos photograph image images picture foto fotos bild bilder getty afp reuters epa
 dpa ap shutterstock alamy istock imago unsplash courtesy credit via illustration screenshot
 fotografía crédito фото ansa fotogramma file
more: read more mehr lesen lire leer leggi leia lees czytaj читайте читать também aussi también
 anche auch także baca okuyun also see siehe voir ver continue weiterlesen next previous
related: related recommended trending popular latest stories articles artikel articles mehr
 verwandte connexes relacionadas relacionados correlati podobne похожие ilgili terkait
 recent editor's picks popular most
rights: copyright rights reserved rechte vorbehalten droits réservés derechos reservados diritti
 riservati direitos права защищены terms privacy policy datenschutz impressum ©
consent: cookie cookies consent einwilligung javascript browser adblock enable settings accept
 akzeptieren accepter zustimmen gdpr
comment: comment comments kommentar kommentare commentaire commentaires comentario comentarios
 commenti comentários reply replies antworten respond leave post комментарии yorum
dated: published updated posted modified veröffentlicht aktualisiert stand publié actualizado
 publicado aggiornato pubblicato atualizado опубликовано обновлено edited january february march
 april may june july august september october november december januar februar märz mai juni juli
 oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
 enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gmt am pm
 uhr est utc ist min ago hours
byline: by von par por di door av af oleh author authors autor autorin redaktion staff reporter
 correspondent editor editorial editing reporting contributed contributor writer written
advert: advertisement advertising advertise anzeige werbung publicidad publicité pubblicità reklama
 reklam sponsored gesponsert promoted affiliate commission sponsor iklan реклама offer deal deals
login: login log sign account register registrieren anmelden konto inscription connexion connectez
 password passwort iniciar sesión accedi
support: donate donation donations spenden don contribute support fundraising journalism
 independent member membership unterstützen patreon
click: click here tap download klicken hier cliquez ici clic aquí clicca qui app scroll
media: video videos watch listen podcast audio gallery slideshow play episode livestream live
tags: tags tag topics topic schlagworte themen etiquetas temas tagged categories category filed
 under section kategorie keywords
shop: buy shop price prices sale discount cart checkout order shipping coupon cheapest
about: about bio biography is he she lives writes author's contact reach reached
news: news magazine daily times post journal online media press tv radio
source: source sources quelle fuente fonte источник джерело kaynak sumber edited editing additional
"""
ASKING_WORDS = frozenset({"subscribe", "letter", "consent", "login", "support"})
"""The cues of words that a page asks its reader for something in."""

_BIT_OF_WORD: dict[str, int] = {}
_WORD_LINES = _WORDS.replace("\n ", " ").strip().splitlines()
WORD_CUES = len(_WORD_LINES)
"""How many bits the cues of words have."""

WORD_CUE_NAMES = tuple(line.partition(":")[0] for line in _WORD_LINES)

for _place, _line in enumerate(_WORD_LINES):
    for _word in _line.partition(":")[2].split():
        _BIT_OF_WORD[_word] = _BIT_OF_WORD.get(_word, 0) | 1 << _place

_STOP_WORDS = """
the of and to in a is that for on was with as it at his he by be has had are from this but have not
who they an were said which their we will been or you she her its one all would there about when
der die das und in zu den von mit ist des auf für nicht ein eine dem im sich als auch es an hat er
sie bei aus nach wie noch wird einen um am sind war über einer so zum haben nur oder aber vor
le la les de des et en un une du est que qui dans pour au sur pas par il plus ce avec se sont sa
son ne ses mais ont été aux cette elle nous leur
el los las y que se por con una para su al lo como más pero sus le ya este fue ha sin sobre entre
il di che è della per con non una sono del dei le si nel alla più ha gli anche da come
o que de e do da em um para com não uma os no se na por mais as dos foi ao das
de het een van en is dat op te zijn voor met niet aan er om ook maar als bij
i w na z się do nie że to jest o jak po za od
och att det som en på är av för den till inte om har de med
og det at er på som til af en ikke de med har for
\u0438 \u0432 на не что \u0441 по как это \u0430 \u043a из \u0443 за от он \u0435\u0433\u043e для
\u0456 \u0432 на що \u0437 не до та як це \u0443 за від його
ve bir bu da de için ile olarak olan daha çok
yang dan di dengan untuk dari pada ini itu tidak dalam akan
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that prose is full of and menus are not."""


# A name at a time: pages share them, not the lists of them.
@lru_cache(maxsize=20_000)
def _cues_of(name: str) -> int:
    if not _ALL_CUES.search(name):
        return 0
    return sum(1 << n for n, cue in enumerate(_EACH_CUE) if cue.search(name))


def read_cues(element: HtmlElement) -> tuple[str, int]:
    """Return what names `element` has, as one text, and the cues in it as bits."""
    found = [value for key, value in element.items() if key in _READ]
    if not found:
        return "", 0
    names = " ".join(found)[:_NAMES_CHARS].lower()
    cues = 0
    for name in names.split():
        cues |= _cues_of(name)
    return names, cues


def find_word_cues(tokens: list[str]) -> int:
    """Return the cues of the words `tokens`, case folded, as bits."""
    found = 0
    for token in tokens:
        if token in _BIT_OF_WORD:
            found |= _BIT_OF_WORD[token]
    return found
