"""Elements of HTML and XML, escaped unless they are elements already."""

from __future__ import annotations

import html
import json

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_INLINE = frozenset({"a", "abbr", "button", "em", "span", "strong", "time"})


class Markup(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def html_element(name: str, /, *children: str | None, **attributes: str | None) -> Markup:
    """Return the HTML element `name`; plain strings are escaped, None is left out.

    Attribute names lose a trailing underscore (`class_`); their other underscores become hyphens.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    start = f"<{name}{_attributes(named)}>"
    end = "" if name in _INLINE else "\n"
    if name in _VOID:
        return Markup(f"{start}{end}")
    return Markup(f"{start}{join(*children)}</{name}>{end}")


def xml_element(name: str, /, *children: str | None, **attributes: str | None) -> Markup:
    """Return the XML element `name`; plain strings are escaped, None is left out."""
    return Markup(f"<{name}{_attributes(attributes)}>{join(*children)}</{name}>\n")


def join(*children: str | None) -> Markup:
    """Return the children one after the other, as one piece of markup."""
    return Markup("".join(_escaped(child) for child in children if child is not None))


def json_script(value: object) -> Markup:
    """Return a JSON-LD script element that holds `value`."""
    # "</script>" inside a headline would end the element: JSON can say "<" without the character.
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">\n{text}\n</script>\n')


def _escaped(text: str) -> str:
    return text if isinstance(text, Markup) else html.escape(text)


def _attributes(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {key}="{html.escape(value)}"' for key, value in attributes.items() if value is not None
    )
