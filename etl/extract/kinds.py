"""What kind of page it is, where it is no article's: a home page, a list, a gallery, a video."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.extract.jsonld import is_article_type
from etl.extract.metadata import Declared
from etl.outcomes import Reason
from etl.records import ArticleKind, Rejected

_HOME_PATHS = frozenset({"", "index.html", "index.htm", "index.php", "home"})
_LISTS = frozenset({"collectionpage", "searchresultspage", "profilepage", "contactpage"})
_SHOWS = frozenset({"imagegallery", "mediagallery", "videogallery", "videoobject"})
_SHOWN_TYPES = re.compile(r"video|music|profile|product", re.IGNORECASE)
_LIST_PATH = re.compile(
    r"/(?:tags?|categor(?:y|ies)|kategorien?|topics?|themen?|temas?|authors?|autor(?:en|es)?|"
    r"search|suche|buscar)/[^/]{1,60}/?$|/(?:search|suche|buscar)/?$",
    re.IGNORECASE,
)
_SHOW_PATH = re.compile(
    r"/(?:videos?|galler(?:y|ies)|galerien?|fotos?|photos?|fotostrecken?|mediathek|bilder)/",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"\blive-?(?:blog|ticker|updates?)\b|\bminuto-a-minuto\b|\ben-direct-live\b|/tempo-real/",
    re.IGNORECASE,
)
_CAPTION_CHARS = 600


def find_other_kind(declared: Declared, *, text_chars: int) -> Rejected | None:
    """Return what the page is, if itself or its URL says so; None where it may be an article.

    A page that says it is an article is one: templates of articles stand in lists' folders. What
    shows pictures or a film is refused only where there is no more text to it than a caption.
    """
    found = _name_kind(declared, text_chars)
    return None if found is None else Rejected(reason=Reason.NOT_AN_ARTICLE, detail=found)


def find_article_kind(declared: Declared) -> ArticleKind:
    """Return whether the article in a page is finished, or a live blog.

    A page that declares a LiveBlogPosting, or is called a live blog by its address. Its text is of
    many hours, and another with each look: who counts edits or compares lengths leaves it out.
    """
    path = urlsplit(declared.url).path
    is_live = "liveblogposting" in declared.types or _LIVE_PATH.search(path) is not None
    return "live_blog" if is_live else "article"


def _name_kind(declared: Declared, text_chars: int) -> str | None:
    path = urlsplit(declared.url).path
    if path.strip("/").lower() in _HOME_PATHS and not is_article_type(declared.types):
        return f"a home page: {declared.url[:200]}"
    if _says_article(declared):
        return None
    return _name_list(declared, path) or _name_show(declared, path, text_chars)


def _name_list(declared: Declared, path: str) -> str | None:
    if lists := declared.types & _LISTS:
        return f"a list: its JSON-LD says {min(lists)}"
    found = _LIST_PATH.search(path)
    return f'a list: "{found.group()[:80]}" in its URL' if found else None


def _name_show(declared: Declared, path: str, text_chars: int) -> str | None:
    said = declared.meta.get("og:type", "")
    shows, found = declared.types & _SHOWS, _SHOW_PATH.search(path)
    if text_chars >= _CAPTION_CHARS:
        return None
    if _SHOWN_TYPES.match(said):
        return f'og:type is "{said[:40]}", {text_chars} chars of text'
    if shows:
        return f"its JSON-LD says {min(shows)}, {text_chars} chars of text"
    return f'"{found.group()}" in its URL, {text_chars} chars of text' if found else None


def _says_article(declared: Declared) -> bool:
    return (
        is_article_type(declared.types)
        or declared.meta.get("og:type", "").lower() == "article"
        or "article:published_time" in declared.meta
    )
