"""Tests of what pages say of machine use."""

from __future__ import annotations

import pytest

from etl.extract.signals import find_usage_signals
from etl.extract.tree import parse_html
from etl.records import UsageSignal

from .pages import extract_or_fail, make_html, refuse_or_fail


def find(markup: str) -> list[tuple[str, str]]:
    """Return name and value of the signals in a page's head."""
    tree = parse_html(f"<html><head>{markup}</head><body><p>text</body></html>")
    return [(one.name, one.value) for one in find_usage_signals((), tree)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Robots-Tag", "noai, noimageai"),
        ("x-robots-tag", "GPTBot: noindex, nofollow"),
        ("X-Robots-Tag", "all"),
        ("tdm-reservation", "1"),
        ("TDM-Policy", "https://a.example/policy.json"),
        ("content-usage", "train-ai=n"),
        ("Content-Signal", "search=yes,ai-train=no"),
        ("link", '<https://a.example/terms.xml>; rel="license"; type="application/rsl+xml"'),
    ],
)
def test_headers_are_noted_as_they_stand(name: str, value: str):
    """Google's, TDMRep's, AIPREF's, and links to a licence (RFC 4946)."""
    assert find_usage_signals(((name, value),), None) == (
        UsageSignal(source="header", name=name.lower(), value=value),
    )


def test_a_header_sent_twice_is_noted_twice():
    """X-Robots-Tag speaks to one crawler at a time; what is said again is no news."""
    sent = (("x-robots-tag", "a: noai"), ("x-robots-tag", "b: noai"), ("x-robots-tag", "a: noai"))
    assert [one.value for one in find_usage_signals(sent, None)] == ["a: noai", "b: noai"]


def test_of_several_links_only_the_licence_is_noted():
    """A Link header names style sheets too; a comma may stand in a URL."""
    value = '</a,license.css>; rel=preload, </l,1>; title="t"; rel=license , </n>; rel="next"'
    (signal,) = find_usage_signals((("link", value),), None)
    assert signal.value == '</l,1>; title="t"; rel=license'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("robots", "noai, noimageai"),
        ("ROBOTS", "index,follow,NOARCHIVE"),
        ("googlebot", "nosnippet"),
        ("googlebot-news", "noindex"),
        ("robots", "max-snippet: 0"),
        ("robots", "none"),
        ("GPTBot", "noindex"),
        ("Google-Extended", "noai; nofollow"),
        ("omgili", "noindex,nofollow"),
        ("tdm-reservation", "0"),
        ("tdm-policy", "https://a.example/policy.json"),
    ],
)
def test_meta_tags_are_noted_as_they_stand(name: str, content: str):
    """To all crawlers or to one."""
    assert find(f'<meta name="{name}" content="{content}">') == [(name.lower(), content)]


@pytest.mark.parametrize(
    "markup",
    [
        '<meta name="robots" content="index, follow, max-image-preview:large, max-snippet:-1">',
        '<meta name="robots" content="nofollow, notranslate">',
        '<meta name="keywords" content="noindex">',
        '<meta name="twitter:title" content="noindex">',
        '<meta name="page-topic" content="noai and what it means">',
        '<meta name="msapplication-config" content="none">',
        '<meta property="og:title" content="noai"><meta name="robots"><meta content="noai">',
        '<link rel="stylesheet" href="/license.css"><link rel="license">',
    ],
)
def test_what_forbids_nothing_is_no_signal(markup: str):
    """Defaults, limits of previews, and words that only look like directives."""
    assert find(markup) == []


def test_other_spellings_in_markup_are_found():
    """A header's name in http-equiv, a link to a licence."""
    markup = '<meta http-equiv="X-Robots-Tag" content="noai"><LINK REL=LICENSE HREF="/terms">'
    assert find(markup) == [("x-robots-tag", "noai"), ("license", "/terms")]


def test_signals_are_bounded():
    """A hostile page fills no table."""
    found = find("".join(f'<meta name="robots" content="noai, x{n}">' for n in range(99)))
    assert len(found) == 30
    ((_, value),) = find(f'<meta name="tdm-policy" content="{"x" * 9_999}">')
    assert len(value) == 500


def test_a_rejected_pages_signals_are_kept_too():
    """Headers' and markup's; of what is no page at all, the headers'."""
    said = (("x-robots-tag", "noai"),)
    header = UsageSignal(source="header", name="x-robots-tag", value="noai")
    meta = UsageSignal(source="meta", name="robots", value="noarchive")
    head = '<meta name="robots" content="noarchive">'
    assert extract_or_fail(make_html(head=head), headers=said).signals == (header, meta)
    short = make_html(head=head, paragraphs=("Too little.",))
    assert refuse_or_fail(short, headers=said).signals == (header, meta)
    assert refuse_or_fail(b"%PDF-1.7", headers=said).signals == (header,)
