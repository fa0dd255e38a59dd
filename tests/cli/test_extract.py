"""`newshouse extract`: pages in, articles out, none left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.cli.newsroom import Run

SENTENCE = "The council of {} voted on Tuesday to rebuild the old harbour before the winter comes. "
PAGE = """<html lang="en"><head><title>{0} votes</title>
<meta property="article:published_time" content="2024-05-06T07:08:09Z">
<meta name="author" content="Ada Moreno"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{0} votes</h1>{1}</article></body></html>"""


def page_of(town: str) -> str:
    """Return a page with an article of its own."""
    paragraphs = "".join(f"<p>{number}. {SENTENCE.format(town) * 3}</p>" for number in range(4))
    return PAGE.format(town, paragraphs)


def read(text: str) -> list[dict]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_pages_come_out_as_articles_in_the_order_they_came_in(run: Run, tmp_path: Path):
    """Whether their HTML is in the line, in a file beside it, or packed."""
    (tmp_path / "b.html").write_text(page_of("Balo"), "utf-8")
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(page_of("Cana").encode()))
    rows = [
        {"id": "a", "html": page_of("Ansa"), "url": "https://news.example/a"},
        {"id": "b", "html_path": "b.html"},
        {"id": 3, "html_path": str(tmp_path / "c.html.gz")},
        {"html": page_of("Dene")},
    ]
    given = tmp_path / "pages.jsonl"
    given.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    code, out, err = run("extract", str(given))
    found = read(out)
    assert code == 0
    assert [one["id"] for one in found] == ["a", "b", 3, 4]
    assert [one["title"] for one in found] == [
        f"{n} votes" for n in ("Ansa", "Balo", "Cana", "Dene")
    ]
    assert "\n\n".join(found[0]["paragraphs"]) == found[0]["text"]
    assert len(found[0]["paragraphs"]) == 4
    assert found[0]["authors"] == ["Ada Moreno"]
    assert found[0]["published_at"] == "2024-05-06T07:08:09+00:00"
    assert found[0]["language"] == "en"
    assert "4 pages: 4 articles" in err


def test_what_is_no_page_is_told_in_its_place_and_the_rest_goes_on(run: Run, tmp_path: Path):
    """Nothing that enters vanishes."""
    lines = [
        "{",
        "[1]",
        json.dumps({"id": "none"}),
        json.dumps({"id": "gone", "html_path": "gone.html"}),
        json.dumps({"id": "odd", "html": page_of("Ansa"), "url": "ftp://a.example/"}),
        json.dumps({"id": "when", "html": page_of("Ansa"), "fetched_at": "yesterday"}),
        json.dumps({"id": "pdf", "html": "%PDF-1.7 no page"}),
        json.dumps({"id": "torn", "html_path": "torn.html.gz"}),
        json.dumps({"id": "half \ud800", "html": page_of("Ansa")}),
    ]
    torn = bytearray(gzip.compress(page_of("Ansa").encode()))
    torn[20:60] = bytes(40)
    (tmp_path / "torn.html.gz").write_bytes(torn)
    given = tmp_path / "pages.jsonl"
    given.write_text("\n".join(lines), "utf-8")
    code, out, err = run("extract", str(given))
    found = read(out)
    assert code == 0
    assert [one.get("rejected") for one in found] == [
        *["bad_input"] * 6, "not_html", "unparsable", None,
    ]  # fmt: skip
    assert found[-1]["id"] == "half \ud800"
    assert [one["id"] for one in found[:4]] == [1, 2, "none", "gone"]
    assert "gone.html" in found[3]["detail"]
    assert "9 pages: 6 bad_input, 1 not_html, 1 unparsable, 1 articles" in err


def test_a_date_keeps_the_zone_its_publisher_gave_it_in(run: Run, tmp_path: Path):
    """The day is that of the publisher's readers: in UTC this one would be the 3rd."""
    page = tmp_path / "page.html"
    page.write_text(page_of("Ansa").replace("06T07:08:09Z", "04T02:37:08+09:00"), "utf-8")
    _, out, _ = run("extract", str(page))
    assert read(out)[0]["published_at"] == "2024-05-04T02:37:08+09:00"


def test_a_file_of_html_stands_for_itself(run: Run, tmp_path: Path):
    """And the results go to a file that is there whole or not at all."""
    page, target = tmp_path / "page.html", tmp_path / "out.jsonl"
    page.write_text(page_of("Ansa"), "utf-8")
    code, out, _ = run("extract", str(page), "--out", str(target), "--provenance")
    (found,) = read(target.read_text("utf-8"))
    assert (code, out) == (0, "")
    assert found["id"] == str(page)
    assert {"title", "authors", "published_at"} <= {one["field"] for one in found["provenance"]}
    assert list(tmp_path.glob("*.part")) == []


def test_a_file_that_is_not_there_is_said_so(run: Run, tmp_path: Path):
    """Before anything is written."""
    for name in ("none.html", "none.jsonl"):
        code, out, err = run("extract", str(tmp_path / name))
        assert (code, out) == (2, "")
        assert name in err
        assert "Traceback" not in err


def test_a_gzip_bomb_is_refused_without_being_unpacked(run: Run, tmp_path: Path):
    """A gigabyte of blanks is a megabyte of gzip."""
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"<p>" + b" " * 20_000_000))
    _, out, _ = run("extract", str(bomb))
    (found,) = read(out)
    assert found["rejected"] == "unparsable"
    assert "8000000 bytes" in found["detail"]


def test_a_page_without_any_mark_up_is_no_bug_of_ours(run: Run, tmp_path: Path):
    """There is nothing to parse in a comment, and that is the page's fault."""
    (tmp_path / "empty.html").write_text("<!-- nothing here -->", "utf-8")
    code, out, _ = run("extract", str(tmp_path / "empty.html"))
    assert (code, read(out)[0]["rejected"]) == (0, "unparsable")
