"""Which language an article is in: what the page says, unless its text says otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from etl.extract.jsonld import as_text
from etl.extract.metadata import Declared
from etl.records import Claim

_SAMPLE_CHARS = 4_000
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_LONG_CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "tur": "tr",
    "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "heb": "he", "fas": "fa",
    "swe": "sv", "nor": "no", "nob": "nb", "dan": "da", "fin": "fi", "ces": "cs", "cze": "cs",
    "ell": "el", "gre": "el", "ron": "ro", "rum": "ro", "hun": "hu", "ind": "id", "vie": "vi",
    "zul": "zu", "xho": "xh", "afr": "af", "swa": "sw", "hin": "hi", "ben": "bn", "tam": "ta",
}  # fmt: skip
# Codes sites use that ISO 639-1 does not have, or has under another name.
_MENDED = {"iw": "he", "in": "id", "ua": "uk", "cz": "cs", "jp": "ja", "gr": "el", "dk": "da",
           "cn": "zh", "kr": "ko", "se": "sv", "ji": "yi"}  # fmt: skip
_SCRIPTS = {
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh", "ja"),
    "THAI": ("th",),
    "HEBREW": ("he", "yi"),
    "GREEK": ("el",),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "BENGALI": ("bn", "as"),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ku", "sd", "ug"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "uz", "bs"),
}
_FUNCTION_WORDS = {
    "en": "the of and to in that is was for with on as have be by it from",
    "de": "der die und das nicht von mit den ist ein eine auf für im sich dem auch wird",
    "fr": "de la en un le les des et est dans une pour que qui sur par pas plus du avec au ce",
    "es": "de la un no el los las que en y una por con para del se como más su al fue es",
    "it": "il di che la è per un con non sono del della gli nel anche più alla dei",
    "pt": "de a e um o os que não uma para com do da dos em no na por mais foi ao as é",
    "nl": "de het een van en dat is niet op te voor met zijn aan er door ook",
    "sv": "och att det som en är på för av inte med den till har om ett de",
    "da": "og at det som en er på for af ikke med den til har der et de blev",
    "nb": "og at det som en er på for av ikke med den til har om et de ble",
    "fi": "ja on että ei se oli hän mutta myös kun joka ovat ole mukaan",
    "sw": "ya na wa kwa ni katika za la cha kuwa hiyo huo hilo",
    "af": "die en van het nie is in op te wat vir n dat sy met aan ook",
    "pl": "w i na z do nie się to że jest o jak po przez od dla ale",
    "cs": "a v na se je že to s z do o jako pro ale by podle které",
    "tr": "ve bir bu için ile da de olarak olan daha çok gibi sonra kadar",
    "id": "yang dan di dengan untuk dari ini itu pada dalam tidak akan adalah",
    "hu": "a az és hogy nem is egy ez azt volt meg de csak már",
    "ro": "și în de la cu a pe care nu din pentru este că sau mai",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_SCRIPT_CODES = frozenset(code for codes in _SCRIPTS.values() for code in codes)
_CLEAR_LEAD = 3
_CLEAR_SHARE = 0.12
_SCRIPT_SHARE = 0.5
# A fifth of any text in these is function words; agglutinating languages have far fewer.
_WORDY = frozenset({"en", "de", "fr", "es", "it", "pt", "nl"})
_FOREIGN_WORDS = 80
_FOREIGN_SHARE = 0.04
_KANA_SHARE = 0.1


class Language(NamedTuple):
    """ISO 639-1 code of the article, None where nobody knows, and what was claimed."""

    code: str | None
    claims: tuple[Claim, ...]


def choose_language(declared: Declared, text: str) -> Language:
    """Return the language of `text`, found on the page that declares `declared`.

    The first declaration counts unless the script or the function words of the text clearly
    contradict it: half the sites' templates say "en" whatever they publish.
    """
    said = (
        ("html lang", declared.html_language),
        ("json-ld", as_text(declared.node.get("inLanguage"))),
        ("og:locale", declared.first("og:locale")),
        ("content-language", declared.first("content-language", "language", "dc.language")),
    )
    codes = [(source, raw, parse_language(raw)) for source, raw in said if raw]
    declared_code = next((code for _, _, code in codes if code), None)
    seen = detect_language(text)
    if seen and declared_code and _may_be(text, declared_code, rather=seen[0]):
        seen = (declared_code,)
    if not seen and declared_code and _is_foreign(text, declared_code):
        codes = [(source, raw, None) for source, raw, _ in codes]
        declared_code = None
    agrees = not seen or declared_code in seen
    code = declared_code if agrees else next((one for _, _, one in codes if one in seen), seen[0])
    claims = [
        Claim(
            field="language",
            value=raw[:40],
            source=source,
            rule="declared" if one and (not seen or one in seen) else "contradicted by the text",
            is_chosen=one is not None and one == code,
        )
        for source, raw, one in codes
    ]
    if seen and not any(claim.is_chosen for claim in claims):
        rule = "script and function words"
        claims.append(
            Claim(field="language", value=seen[0], source="text", rule=rule, is_chosen=True)
        )
    return Language(code, tuple(_keep_one_chosen(claims)))


def _keep_one_chosen(claims: list[Claim]) -> list[Claim]:
    """Return `claims` with only the first of the chosen ones chosen."""
    first = next((claim for claim in claims if claim.is_chosen), None)
    return [
        claim
        if claim is first or not claim.is_chosen
        else Claim(
            field=claim.field,
            value=claim.value,
            source=claim.source,
            rule="agrees with the chosen one",
            is_chosen=False,
        )
        for claim in claims
    ]


def parse_language(raw: str | None) -> str | None:
    """Return the ISO 639-1 code in a language tag or locale ("de-AT", "en_GB", "deu")."""
    match = _CODE.fullmatch((raw or "").split(",")[0].strip())
    if match is None:
        return None
    code = match.group(1).lower()
    return _LONG_CODES.get(code) if len(code) > len("en") else _MENDED.get(code, code)


def detect_language(text: str) -> tuple[str, ...]:
    """Return the languages `text` may be in, likeliest first; () where it is not clear."""
    sample = text[:_SAMPLE_CHARS]
    letters, scripts = 0, Counter[str]()
    for char, count in Counter(sample).items():
        if char.isalpha():
            letters += count
            if char > "\u02ff":
                scripts[unicodedata.name(char, "").split(" ")[0].removesuffix("-")] += count
    if letters and sum(scripts.values()) > letters * _SCRIPT_SHARE:
        return _judge_script(scripts)
    words = Counter(sample.lower().split())
    total = sum(words.values())
    hits = sorted(
        (
            (sum(words[word] for word in known if word in words), code)
            for code, known in _WORDS.items()
        ),
        reverse=True,
    )
    (best, code), (second, rival) = hits[0], hits[1]
    if best < max(_CLEAR_SHARE * total, _CLEAR_LEAD) or best < second + _CLEAR_LEAD:
        return (code, rival) if {code, rival} == {"da", "nb"} else ()
    return (code, "no") if code == "nb" else (code,)


def _may_be(text: str, code: str, *, rather: str) -> bool:
    """Return whether a text that looks like `rather` may be in the declared `code` all the same.

    Sisters share function words: half a page of Spanish scores as Romanian by "de" and "la".
    What has no list of its own, Catalan say, looks like its sister and is believed.
    """
    if rather not in _WORDS or code == "en":
        return False
    if code not in _WORDS:
        return code not in _SCRIPT_CODES
    words = text[:_SAMPLE_CHARS].lower().split()
    hits = {one: sum(word in _WORDS[one] for word in words) for one in (code, rather)}
    return 2 * hits[code] >= hits[rather]


def _is_foreign(text: str, code: str) -> bool:
    """Return whether a text of some length has next to none of the function words of `code`.

    Sites in isiZulu and isiXhosa call themselves English; nobody's taggers should believe them.
    """
    words = text[:_SAMPLE_CHARS].lower().split()
    known = _WORDS[code] if code in _WORDY else None
    if known is None or len(words) < _FOREIGN_WORDS:
        return False
    return sum(word in known for word in words) < len(words) * _FOREIGN_SHARE


def _judge_script(scripts: Counter[str]) -> tuple[str, ...]:
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > scripts.total() * _KANA_SHARE:
        return ("ja",)
    script, count = scripts.most_common(1)[0]
    return _SCRIPTS.get(script, ()) if count > scripts.total() * _SCRIPT_SHARE else ()
