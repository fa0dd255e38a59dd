"""What the pages of all layouts are made of: the sheet around the body, and its parts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from babel.dates import format_date

from etl.demo.documents import CONTENT_TYPES, summarise
from etl.demo.markup import Markup, join, json_script
from etl.demo.markup import html_element as el
from etl.demo.phrases import PHRASES
from etl.demo.sites import DemoArticle, Site

_RELATED = 4


def render_sheet(
    site: Site, *, path: str, title: str, body: str, head: Markup | None = None
) -> str:
    """Return a whole page: head with canonical and feed links, masthead, `body`, footer."""
    # As most publishers do, the title carries the site's name; the headline is in the body.
    full_title = title if title == site.name else f"{title} | {site.name}"
    feed_type = CONTENT_TYPES[site.feed].partition(";")[0]
    heads = el(
        "head",
        el("meta", charset="utf-8"),
        el("title", full_title),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("link", rel="canonical", href=site.url(path)),
        el("link", rel="alternate", type=feed_type, title=site.name, href=site.feed_path),
        head,
    )
    page = el("html", heads, el("body", _masthead(site), body, _footer(site)), lang=site.language)
    return f"<!DOCTYPE html>\n{page}"


def _masthead(site: Site) -> Markup:
    words = PHRASES[site.language]
    sections = dict.fromkeys(article.section for article in site.articles)
    links = (el("li", el("a", each, href=anchor(each))) for each in sections)
    return el(
        "header",
        el("a", site.name, href="/", class_="logo"),
        el("nav", el("ul", el("li", el("a", words.home, href="/")), *links)),
        el("form", el("input", type="search", name="q", aria_label=words.search), action="/"),
        class_="masthead",
    )


def _footer(site: Site) -> Markup:
    words = PHRASES[site.language]
    feed = el("a", words.subscribe, href=site.feed_path)
    return el("footer", el("p", f"© 2026 {site.name}. {words.rights} ", feed))


def anchor(word: str) -> str:
    """Return where on the home page a section, an author or a keyword is: "/#city-hall"."""
    return "/#" + quote("-".join(word.lower().split()))


def article_links(site: Site, article: DemoArticle) -> Markup:
    """Return a list of links to the site's other articles, those of the same section first."""
    others = [each for each in site.articles if each.slug != article.slug]
    nearest = sorted(others, key=lambda each: each.section != article.section)[:_RELATED]
    return el("ul", *(el("li", el("a", each.title, href=each.path)) for each in nearest))


def share_buttons(site: Site, article: DemoArticle) -> Markup:
    """Return buttons to share the article with."""
    words = PHRASES[site.language]
    link = f"mailto:?body={site.url(article.path)}"
    mail = el("a", "E-mail", href=link)
    button = el("button", words.share, type="button")
    return el("div", button, " ", mail, class_="share")


def paywall(site: Site) -> Markup:
    """Return the prompt that stands where the rest of the text would."""
    words = PHRASES[site.language]
    button = el("button", words.subscribe, type="button")
    return el("div", el("p", words.paywall), button, class_="paywall")


def time_element(site: Site, moment: datetime, *, class_: str | None = None) -> Markup:
    """Return a time element: zoned for machines, in the site's language for readers."""
    return el("time", day_and_hour(site, moment), datetime=moment.isoformat(), class_=class_)


def day_and_hour(site: Site, moment: datetime) -> str:
    """Return `moment` as readers see it: "20. November 2026, 08:15"."""
    return f"{format_date(moment, 'long', locale=site.language)}, {moment:%H:%M}"


def social_meta(site: Site, article: DemoArticle) -> Markup:
    """Return the og:, twitter: and article: meta tags."""
    image = site.url(f"/images/{article.slug}.jpg")
    properties = [
        ("og:type", "article"),
        ("og:site_name", site.name),
        ("og:title", article.title),
        ("og:description", summarise(article)),
        ("og:url", site.url(article.path)),
        ("og:image", image),
        ("og:locale", f"{site.language}_{site.country}"),
        ("article:published_time", article.published.isoformat()),
        ("article:section", article.section),
        *(("article:author", author) for author in article.authors),
        *(("article:tag", word) for word in article.keywords),
    ]
    if article.updated:
        properties.append(("article:modified_time", article.updated.isoformat()))
    cards = {
        "twitter:card": "summary_large_image",
        "twitter:title": article.title,
        "twitter:image": image,
        "description": summarise(article),
    }
    return join(
        *(el("meta", property=name, content=value) for name, value in properties),
        *(el("meta", name=name, content=value) for name, value in cards.items()),
    )


def news_article(site: Site, article: DemoArticle, *, is_full: bool) -> Markup:
    """Return the article's JSON-LD; only what a paywall needs said, unless `is_full`."""
    claims: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "isAccessibleForFree": not article.paywalled,
    }
    if is_full:
        claims |= _full_claims(site, article)
    if article.paywalled:
        claims["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".paywall",
        }
    return json_script(claims)


def _full_claims(site: Site, article: DemoArticle) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "mainEntityOfPage": {"@type": "WebPage", "@id": site.url(article.path)},
        "datePublished": article.published.isoformat(),
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name, "url": site.url("/")},
        "articleSection": article.section,
        "keywords": list(article.keywords),
        "inLanguage": site.language,
        "image": [site.url(f"/images/{article.slug}.jpg")],
        "description": summarise(article),
    }
    if article.updated:
        claims["dateModified"] = article.updated.isoformat()
    return claims
