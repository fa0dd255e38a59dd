"""The HTML pages of a site: four layouts, as different as the sites of four publishers are.

classic   navigation, sidebar, <article>, share buttons, readers' comments, newsletter box
jsonld    everything in JSON-LD, the text deep in divs that say little
card      og:, twitter: and article: meta tags, sections, pull quotes, links between paragraphs
blog      hentry microformat and little else
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.demo.markup import Markup, join
from etl.demo.markup import html_element as el
from etl.demo.phrases import PHRASES
from etl.demo.sheets import (
    anchor,
    article_links,
    day_and_hour,
    news_article,
    paywall,
    render_sheet,
    share_buttons,
    social_meta,
    time_element,
)
from etl.demo.sites import DemoArticle, Site

_SECTION_PARAGRAPHS = 2


def render_article(site: Site, article: DemoArticle) -> str:
    """Return the page of `article`, both as they stand on a day (`Site.on`)."""
    match site.layout:
        case "classic":
            return _classic(site, article)
        case "jsonld":
            return _jsonld(site, article)
        case "card":
            return _card(site, article)
        case "blog":
            return _blog(site, article)


def render_home(site: Site) -> str:
    """Return the home page: what the site has published, under one heading a section."""
    sections = dict.fromkeys(article.section for article in site.articles)
    lists = (
        el(
            "section",
            el("h2", section),
            *(_teaser(site, each) for each in site.articles if each.section == section),
            id=anchor(section).removeprefix("/#"),
        )
        for section in sections
    )
    body = el("main", el("h1", site.name), *lists)
    return render_sheet(site, path="/", title=site.name, body=body)


def _teaser(site: Site, article: DemoArticle) -> Markup:
    link = el("a", article.title, href=article.path)
    return el("div", el("h3", link), time_element(site, article.published), class_="teaser")


def _classic(site: Site, article: DemoArticle) -> str:
    words = PHRASES[site.language]
    changed = article.updated
    byline = el("p", f"{words.by} {', '.join(article.authors)}", class_="byline")
    story = el(
        "article",
        el("h1", article.title),
        byline if article.authors else None,
        time_element(site, article.published, class_="published"),
        el("p", f"{words.updated} {day_and_hour(site, changed)}", class_="edited")
        if changed
        else None,
        share_buttons(site, article),
        *(el("p", paragraph) for paragraph in article.printed),
        paywall(site) if article.paywalled else None,
    )
    remarks = (
        el("li", el("cite", f"reader{number}"), el("p", remark))
        for number, remark in enumerate(words.remarks, start=1)
    )
    comments = el("section", el("h2", words.comments), el("ol", *remarks), id="comments")
    related = el("aside", el("h2", words.related), article_links(site, article), class_="related")
    newsletter = el(
        "form",
        el("h2", words.newsletter),
        el("p", words.pitch),
        el("input", type="email", name="email", aria_label="e-mail"),
        el("button", words.subscribe, type="submit"),
        class_="newsletter",
    )
    body = join(el("main", story, comments), related, newsletter)
    head = news_article(site, article, is_full=False) if article.paywalled else None
    return render_sheet(site, path=article.path, title=article.title, head=head, body=body)


def _jsonld(site: Site, article: DemoArticle) -> str:
    words = PHRASES[site.language]
    names = f"{words.by} {' · '.join(article.authors)}" if article.authors else None
    meta = el(
        "div",
        el("span", names, class_="c-meta__name") if names else None,
        el("span", day_and_hour(site, article.published), class_="c-meta__when"),
    )
    text = el(
        "div",
        *(el("p", paragraph, class_="c-text__p") for paragraph in article.printed),
        class_="c-text",
    )
    story = el(
        "div",
        el("div", article.section, class_="c-kicker"),
        el("div", el("h1", article.title, class_="c-title"), class_="c-head"),
        meta,
        el("div", el("div", text, class_="c-body__inner"), class_="c-body"),
        paywall(site) if article.paywalled else None,
        class_="c-story",
    )
    rail = el(
        "div",
        el("div", words.related, class_="c-rail__title"),
        article_links(site, article),
        class_="c-rail",
    )
    cookies = el("div", el("p", words.cookies), el("button", words.accept), class_="c-consent")
    grid = el("div", story, rail, class_="c-grid")
    return render_sheet(
        site,
        path=article.path,
        title=article.title,
        head=news_article(site, article, is_full=True),
        body=join(cookies, el("div", grid, class_="c-page")),
    )


def _card(site: Site, article: DemoArticle) -> str:
    words = PHRASES[site.language]
    image = el("img", src=f"/images/{article.slug}.jpg", alt="", width="1200", height="675")
    caption = el("figcaption", f"{', '.join(article.keywords)} · {words.photo}: {site.name}")
    header = el(
        "header",
        el("p", article.section, class_="kicker"),
        el("h1", article.title),
        el("p", words.by, " ", *_joined_authors(article)) if article.authors else None,
        time_element(site, article.published),
    )
    main = el(
        "main",
        el(
            "article",
            header,
            el("figure", image, caption),
            *_card_blocks(site, article),
            paywall(site) if article.paywalled else None,
            share_buttons(site, article),
        ),
        el("section", el("h2", words.related), article_links(site, article), class_="cards"),
    )
    head = join(
        social_meta(site, article),
        news_article(site, article, is_full=False) if article.paywalled else None,
    )
    return render_sheet(site, path=article.path, title=article.title, head=head, body=main)


def _card_blocks(site: Site, article: DemoArticle) -> Iterator[Markup]:
    """Yield the text section by section, a quote after the first, links after the next."""
    step = _SECTION_PARAGRAPHS
    printed = article.printed
    place = site.articles.index(article)
    others = (*site.articles[place + 1 :], *site.articles[:place])
    for number, start in enumerate(range(0, len(printed), step)):
        yield el("section", *(el("p", each) for each in printed[start : start + step]))
        if number == 0 and len(printed) > step:
            sentence = printed[1].partition(". ")[0].rstrip(".")
            yield el("aside", el("p", f"“{sentence}”"), class_="pull-quote")
        elif others and start + step < len(printed):
            other = others[number % len(others)]
            link = el("a", other.title, href=other.path)
            yield el("p", el("strong", PHRASES[site.language].read_more), " ", link)


def _joined_authors(article: DemoArticle) -> Iterator[str]:
    for number, author in enumerate(article.authors):
        yield ", " if number else ""
        yield el("a", author, rel="author", href=anchor(author))


def _blog(site: Site, article: DemoArticle) -> str:
    words = PHRASES[site.language]
    cards = (
        el("span", el("span", author, class_="fn"), class_="author vcard")
        for author in article.authors
    )
    tags = (el("a", word, rel="tag", href=anchor(word)) for word in article.keywords)
    post = el(
        "div",
        el("h1", article.title, class_="entry-title"),
        el(
            "p",
            time_element(site, article.published, class_="published"),
            *(join(" · ", card) for card in cards),
            class_="post-meta",
        ),
        el("div", *(el("p", each) for each in article.printed), class_="entry-content"),
        paywall(site) if article.paywalled else None,
        el("p", words.tags, ": ", *(join(tag, " ") for tag in tags), class_="post-tags"),
        class_="hentry post",
    )
    sidebar = el("div", el("h3", words.related), article_links(site, article), class_="sidebar")
    head = news_article(site, article, is_full=False) if article.paywalled else None
    body = join(el("div", post, id="content"), sidebar)
    return render_sheet(site, path=article.path, title=article.title, head=head, body=body)
