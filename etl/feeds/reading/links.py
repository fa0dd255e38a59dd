"""Find and mend links as publishers write them; whether they lead anywhere is decided later."""

from __future__ import annotations

import re

from etl.feeds.reading.tree import Children, Element, named, text_of

MAX_LINK_CHARS = 8_192
"""Longer addresses are asked by nobody and stored by nobody."""

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_DOUBLED_SCHEME = re.compile(r"\Ahttps?:/*(?=https?://)", re.IGNORECASE)
_MISCOUNTED_SLASHES = re.compile(r"\A(https?:)(?:/|/{3,})(?=[^/])", re.IGNORECASE)
_WWW = re.compile(r"www\.[\w-]+\.", re.IGNORECASE)


def mend_link(written: str | None) -> str | None:
    """Return `written` as its author meant it, absolute or relative; None where it is empty.

    Invisible characters around it go, "&amp;" escaped twice, "http://https://…", "http:/…" and
    "http:///…" are put right as browsers do, "www.…" without a scheme is a host. Of an endless
    one so much is kept that it is still seen to be too long.
    """
    link = (written or "").strip().strip(_INVISIBLE).strip()
    if not link:
        return None
    link = link[: MAX_LINK_CHARS + 1].replace("&amp;", "&")
    link = _MISCOUNTED_SLASHES.sub(r"\1//", _DOUBLED_SCHEME.sub("", link))
    return "//" + link if _WWW.match(link) else link


def page_link(children: Children) -> str | None:
    """Return where the page of a feed or an item is, the spelling for readers first.

    RSS writes the address inside, Atom in href; rel="self", "enclosure", "replies" are other
    things than the page, and a JSON or PDF alternate is second best.
    """
    other = None
    for link in named(children, "link", "atom:link"):
        target = mend_link(text_of(link) or link.get("href"))
        if target is not None and _is_alternate(link):
            if "html" in link.get("type", "html").lower():
                return target
            other = other or target
    return other


def _is_alternate(link: Element) -> bool:
    """Return whether `link` names the page; registered relations may be written as URLs."""
    relations = (link.get("rel") or "alternate").lower().split()
    return any(relation.rpartition("/")[2] == "alternate" for relation in relations)
