"""Tests of etl/extract/decode.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.decode import decode_page

GERMAN = "<html><h1>Größe – “Öfen” für Köln</h1>"
JAPANESE = "<html><h1>東京の新しい橋が開通しました</h1>"


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])))
def test_sound_utf8_wins_over_any_declared_charset(text: str):
    """Publishers send koi8-u for UTF-8 pages; the bytes know better."""
    page = f'<meta charset="koi8-u">{text}'
    decoded = decode_page(page.encode(), "text/html; charset=koi8-u")
    assert decoded == (page, "utf-8")


def test_one_bad_byte_does_not_turn_a_page_into_mojibake():
    """Only the bad byte is lost, also where a single-byte charset is declared."""
    text, charset = decode_page(GERMAN.encode() + b"\x92 end", "text/html; charset=iso-8859-1")
    assert charset == "utf-8"
    assert text == f"{GERMAN}\ufffd end"


@pytest.mark.parametrize(
    ("text", "codec", "header", "charset"),
    [
        (GERMAN, "cp1252", "text/html; charset=ISO-8859-1", "cp1252"),
        ('<meta charset="windows-1252">' + GERMAN, "cp1252", "text/html", "cp1252"),
        (JAPANESE, "cp932", "text/html; charset=x-sjis", "cp932"),
        (JAPANESE, "iso2022_jp", "text/html; charset=iso-2022-jp", "iso2022_jp"),
        ("<h1>北京的新桥开通了</h1>", "gb18030", "text/html; charset=gb2312", "gb18030"),
        (GERMAN, "utf-16-le", None, "utf-16-le"),
        ('<meta charset="utf-16"><p>' + GERMAN, "cp1252", None, "cp1252"),
        ('<meta charset="euc-jp">' + JAPANESE, "euc_jp", "text/html; charset=latin1", "euc_jp"),
    ],
)
def test_declared_charsets_are_used_where_the_bytes_fit(
    text: str, codec: str, header: str | None, charset: str
):
    """Labels mean what browsers take them for; a fitting multi-byte one is evidence."""
    assert decode_page(text.encode(codec), header) == (text, charset)


def test_a_byte_order_mark_decides():
    """The mark itself is not text."""
    assert decode_page("Ö".encode("utf-16"), "text/html; charset=utf-8") == ("Ö", "utf-16-le")
    assert decode_page("\ufeffÖ".encode(), None) == ("Ö", "utf-8")


def test_undeclared_cyrillic_is_recognised():
    """Without any declaration, statistics choose."""
    text = "<p>" + "Президент заявил о новых мерах поддержки экономики страны. " * 8
    assert decode_page(text.encode("cp1251"), None).text == text


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html; charset=punycode", "text/html; charset=hex"]),
)
def test_any_bytes_become_text_without_what_xml_cannot_hold(body: bytes, header: str | None):
    """Decoding never fails, and control characters are gone."""
    assert not set(decode_page(body, header).text) & {"\0", "\x01", "\x08", "\x1f"}
