"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

_SCRIPT_CHARS = 2_000_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_NODES = 400
# Where an article's own node may stand below another; lists of teasers are not among them.
_NESTS = ("@graph", "mainEntity", "mainEntityOfPage", "@list")
_ARTICLE_TYPES = frozenset({"report", "blogposting", "liveblogposting", "socialmediaposting"})
_PAGE_TYPES = frozenset({"webpage", "itempage", "videoobject", "creativework", "review"})

Node = Mapping[str, Any]


def read_nodes(tree: HtmlElement) -> list[Node]:
    """Return the schema.org nodes of the page that may describe it, lists of teasers left out.

    Broken blocks are passed over: a page has several, and half of one is worth nothing.
    """
    return [node for block in _read_blocks(tree) for node in _walk(block)][:_NODES]


def choose_article_node(nodes: list[Node]) -> Node:
    """Return the node that describes the page's article, {} where there is none.

    Its "author" and "publisher" are resolved where they are references into the same page.
    """
    best = max(nodes, key=_rank, default=None)
    if best is None or _rank(best)[0] == 0:
        return {}
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    resolved = dict(best)
    for key in ("author", "publisher", "image"):
        if key in resolved:
            resolved[key] = [_resolve(item, by_id) for item in as_list(resolved[key])]
    return resolved


def as_list(value: Any) -> list[Any]:
    """Return a JSON-LD value as the list it may stand for; None is no value."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def as_text(value: Any) -> str | None:
    """Return a JSON-LD value as text: itself, its "@value" or "name", or its first item."""
    for item in as_list(value):
        if isinstance(item, dict):
            found = as_text(item.get("@value") or item.get("name") or item.get("url"))
        else:
            found = str(item).strip() if isinstance(item, str | int | float) else None
        if found:
            return found
    return None


def types_of(node: Node) -> frozenset[str]:
    """Return the node's types, lower case, without a namespace."""
    names = (item for item in as_list(node.get("@type")) if isinstance(item, str))
    return frozenset(re.split(r"[/:#]", name)[-1].lower() for name in names)


def is_article_type(types: frozenset[str]) -> bool:
    """Return whether one of `types` is an article's."""
    return any(name.endswith("article") for name in types) or bool(types & _ARTICLE_TYPES)


def _read_blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        if len(text) > _SCRIPT_CHARS:
            continue
        try:
            # Publishers write raw line ends inside strings, which strict JSON forbids.
            yield json.loads(_WRAPPING.sub("", text), strict=False)
        except (ValueError, RecursionError):
            continue


def _walk(block: Any, depth: int = 0) -> Iterator[Node]:
    for item in as_list(block)[:_NODES]:
        if not isinstance(item, dict):
            continue
        yield item
        if depth < len(_NESTS):
            for nest in _NESTS:
                yield from _walk(item.get(nest), depth + 1)


def _rank(node: Node) -> tuple[int, int]:
    """Return how much `node` looks like the article: its type first, then what it tells."""
    types = types_of(node)
    kind = 2 if is_article_type(types) else 1 if types & _PAGE_TYPES else 0
    told = sum(key in node for key in ("headline", "datePublished", "author", "articleBody"))
    return kind, told


def _resolve(item: Any, by_id: Mapping[str, Node]) -> Any:
    if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
        return by_id.get(item["@id"], item)
    return item
