"""What a page becomes: an article, what it is compared by, and what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from etl.outcomes import Reason
from etl.records.web import UsageSignal

EntityKind = Literal[
    "PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "PRODUCT", "WORK", "FAC", "MISC"
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefineOptions:
    """What of the settings decides a result.

    `recognizers` go by language, "*" for all others. `text_in` are (feed's URL, CSS selector of its
    pages' text), as `feeds.toml` has them.
    """

    min_chars: int = 200
    min_repeat_words: int = 8
    recognizers: tuple[tuple[str, str], ...] = (("*", "model"),)
    text_in: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """There is no article here, and why; `signals` are the page's own, as an article's."""

    reason: Reason
    detail: str
    signals: tuple[UsageSignal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """newshouse failed on this input; `where` is its archive address, `trace` the traceback."""

    where: str
    detail: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A candidate for a field: who says it (`source`), by which rule it won or lost.

    "alternate_url" is another form of the page (AMP, another language): never chosen. "text" is
    claimed only where the article was made of what the feed carried.
    """

    field: Literal[
        "title", "published_at", "modified_at", "authors", "language", "canonical_url",
        "alternate_url", "text",
    ]  # fmt: skip
    value: str
    source: str
    rule: str
    is_chosen: bool


ArticleKind = Literal["article", "live_blog"]
"""A text that is finished, or one to whose entries others are added while something goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Text and metadata of one page. `text` is `paragraphs` joined by a blank line.

    `canonical_url` is our normal form of the page's identity; `language` is ISO 639-1; `signals`
    are what the page's headers and markup say of machine use. `published_offset_minutes` is how
    far east of UTC its publisher was then, None where nothing tells.
    """

    url: str
    canonical_url: str
    declared_canonical_url: str | None
    source: str
    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    published_raw: str | None
    modified_at: datetime | None
    language: str | None
    paragraphs: tuple[str, ...]
    section: str | None
    keywords: tuple[str, ...]
    image_url: str | None
    is_paywalled: bool
    is_truncated: bool
    extractor: str
    charset: str
    claims: tuple[Claim, ...]
    published_offset_minutes: int | None = None
    kind: ArticleKind = "article"
    signals: tuple[UsageSignal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A paragraph left out because it stood before: indexes into `Article.paragraphs`."""

    paragraph: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The words of a text, a code each, for comparing it with others (`etl.dedup.sketch`).

    `codes` has a character a word, paragraphs parted by NUL; `kinds` a byte a word: 0 plain, 1 a
    name, 2 a figure, 3 a word of a script without capitals; `title` the codes of the title;
    `paragraph_keys` a 32-bit key for each paragraph without its facts, 0 = it is too short.
    """

    title: str
    codes: str
    kinds: bytes
    paragraph_keys: tuple[int, ...]


NO_SKETCH = Sketch(title="", codes="", kinds=b"", paragraph_keys=())
"""The sketch of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprinted:
    """An article with repeated paragraphs taken once, and what it is compared by.

    `text` is the kept paragraphs joined by a blank line; `content_hash` is 128 bits, hex, of its
    normalised tokens; `shingles` are 32-bit keys, ascending: sampled word 5-grams, then paragraphs.
    """

    article: Article
    text: str
    text_sha256: str
    content_hash: str
    word_count: int
    repeats: tuple[Repeat, ...]
    shingles: tuple[int, ...]
    sketch: Sketch = NO_SKETCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a recogniser marks: `text[start_char:end_char]` names something of `kind`."""

    start_char: int
    end_char: int
    kind: EntityKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span and the entity it denotes. `country_code` is ISO 3166-1 alpha-2."""

    start_char: int
    end_char: int
    surface: str
    kind: EntityKind
    score: float
    entity_id: str
    entity_name: str
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A date or time expression: TIMEX3 type and value, and the days it covers (inclusive).

    `date_from` and `date_to` are None when no interval can be known. `timex_mod` is the TIMEX3
    modifier, "START" of "early 2019", None if there is none; it does not narrow the interval.
    """

    start_char: int
    end_char: int
    surface: str
    timex_type: TimexType
    timex_value: str
    date_from: date | None
    date_to: date | None
    timex_mod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is marked in a text of `language` (ISO 639-1, None: nobody knows)."""

    language: str | None
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The words an article is found by: tuples of one length, an element a word.

    `forms` are folded, `stems` what their inflections share; keys are 64-bit hashes of both, starts
    the first 32 bits of the stem. `places` are ascending, the title's before the text's;
    `title_words` and `text_words` count places.
    """

    title_words: int
    text_words: int
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    form_keys: tuple[int, ...]
    stem_starts: tuple[int, ...]
    stem_keys: tuple[int, ...]
    title_counts: tuple[int, ...]
    text_counts: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An article ready to load; `indexed` None: the store indexes it once it is loaded."""

    fingerprinted: Fingerprinted
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]
    tagger: str
    indexed: Indexed | None = None
