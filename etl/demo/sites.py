"""The invented sites: read from `sites/<host>.toml`, immutable, each as it stood on a given day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Literal

from pydantic import AwareDatetime, ConfigDict, TypeAdapter, ValidationError

from etl.errors import ConfigError

CORRECTED_ON = date(2026, 11, 21)
"""The date of day 2: what corrected articles give as their updated time."""

_FEED_PATHS = {
    "rss": "/feed.xml",
    "atom": "/atom.xml",
    "json": "/feed.json",
    "sitemap": "/sitemap-news.xml",
}
Language = Literal["en", "de", "fr", "es", "pt", "it", "uk"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What editors change in an article for day 2: every `find` becomes `replace`."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    find: str
    replace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """An article as its editors wrote it; `text` has its paragraphs split by blank lines.

    `updated` is None until a correction is published. `appears` is the first day the site has it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    slug: str
    title: str
    published: AwareDatetime
    authors: tuple[str, ...] = ()
    section: str
    keywords: tuple[str, ...] = ()
    text: str = ""
    copy_of: str | None = None
    credit: str = ""
    repeats: bool = False
    paywalled: bool = False
    correction: Correction | None = None
    appears: int = 1
    updated: AwareDatetime | None = None

    @property
    def path(self) -> str:
        """The page's path: "/2026/11/slug"."""
        return f"/{self.published:%Y/%m}/{self.slug}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The whole text, one string a paragraph, each on one line."""
        blocks = (" ".join(block.split()) for block in _blocks(self.text))
        return tuple(block for block in blocks if block)

    @property
    def printed(self) -> tuple[str, ...]:
        """The paragraphs its page shows: two if paywalled, the last half twice if it repeats."""
        paragraphs = self.paragraphs
        if self.paywalled:
            return paragraphs[:2]
        if self.repeats:
            return paragraphs + paragraphs[len(paragraphs) // 2 :]
        return paragraphs

    def on(self, day: int) -> DemoArticle:
        """Return the article as it reads on `day`: corrected, with its updated time, from day 2."""
        if self.correction is None or day <= 1:
            return self
        find, new = self.correction.find, self.correction.replace
        # The printing time is the site's own half past nine: feeds carry the site's zone.
        updated = datetime.combine(CORRECTED_ON, time(9, 30), tzinfo=self.published.tzinfo)
        return replace(
            self,
            title=self.title.replace(find, new),
            text=self.text.replace(find, new),
            updated=updated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An invented newspaper. `trouble` says what its feed answers with instead of a feed."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    host: str
    name: str
    country: str
    language: Language
    layout: Literal["classic", "jsonld", "card", "blog"]
    feed: Literal["rss", "atom", "json", "sitemap"]
    articles: tuple[DemoArticle, ...] = ()
    trouble: Literal["gone", "cookie_wall"] | None = None

    @property
    def feed_path(self) -> str:
        """Where its feed is: "/feed.xml", "/atom.xml", "/feed.json" or "/sitemap-news.xml"."""
        return _FEED_PATHS[self.feed]

    def url(self, path: str) -> str:
        """Return the absolute URL of `path` ("/…") on this site."""
        return f"http://{self.host}{path}"

    def on(self, day: int) -> Site:
        """Return the site as it stands on `day`: its articles of that day, newest first."""
        present = (article.on(day) for article in self.articles if article.appears <= day)
        newest_first = sorted(present, key=lambda each: (each.published, each.slug), reverse=True)
        return replace(self, articles=tuple(newest_first))


TROUBLED = (
    Site(
        host="gone-courier.test",
        name="Gone Courier",
        country="US",
        language="en",
        layout="classic",
        feed="rss",
        trouble="gone",
    ),
    Site(
        host="broken-bulletin.test",
        name="Broken Bulletin",
        country="GB",
        language="en",
        layout="blog",
        feed="rss",
        trouble="cookie_wall",
    ),
)
"""Two sites without articles, whose feeds fail as feeds in the wild do."""


def load_sites(folder: Traversable | None = None) -> tuple[Site, ...]:
    """Return the sites of `folder` (default: the bundled ones) by host, then the troubled two.

    Raises:
        ConfigError: a file does not follow the schema, or names an article that is not there.
    """
    folder = files("etl.demo") / "sites" if folder is None else folder
    texts = {each.name: each.read_text("utf-8") for each in folder.iterdir()}
    written = [parse_site(name, texts[name]) for name in sorted(texts) if name.endswith(".toml")]
    return (*resolve_copies(written), *TROUBLED)


def parse_site(name: str, toml: str) -> Site:
    """Return the site that `toml` describes; copies have no text yet.

    Raises:
        ConfigError: naming the file and the key that is wrong.
    """
    try:
        site = TypeAdapter(Site).validate_python(tomllib.loads(toml))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{name}: {error}") from error
    if name != f"{site.host}.toml":
        raise ConfigError(f"{name}: its host is {site.host}; name the file {site.host}.toml")
    return site


def resolve_copies(sites: Iterable[Site]) -> tuple[Site, ...]:
    """Return `sites` with every copy's text taken from its original, the credit before it.

    Raises:
        ConfigError: a copy names no article with a text, an article has none, or a correction
            finds nothing to correct.
    """
    sites = tuple(sites)
    texts = {f"{site.host}/{each.slug}": each.text for site in sites for each in site.articles}
    return tuple(
        replace(site, articles=tuple(_complete(site, each, texts) for each in site.articles))
        for site in sites
    )


def _complete(site: Site, article: DemoArticle, texts: dict[str, str]) -> DemoArticle:
    """Return `article` with its text; it must have one, and its correction must apply to it."""
    where = f"{site.host}/{article.slug}"
    if article.copy_of is not None:
        original = texts.get(article.copy_of, "").strip()
        if not original:
            raise ConfigError(f"{where}: copy_of = {article.copy_of!r} names no article with text")
        article = replace(article, text=f"{article.credit} {original}".strip())
    if not article.paragraphs:
        raise ConfigError(f"{where}: it has neither text nor copy_of")
    if article.correction is not None and article.correction.find not in article.text:
        raise ConfigError(f"{where}: correction.find is not in its text")
    return article


def _blocks(text: str) -> list[str]:
    """Split `text` at blank lines; a line of spaces is blank too."""
    return "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
