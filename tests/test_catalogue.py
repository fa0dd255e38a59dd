"""Subscriptions: read, added, removed, imported and exported."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue import add, import_file, read_catalogue, remove, starter_text
from etl.errors import ConfigError
from etl.opml import normalize_feed_url, read_opml, read_url_list, write_opml
from etl.records import Subscription
from tests.patience import ends

FILE = """# mine
[[feeds]]  # the first
url = "https://a.test/rss"
title = "A"
tags = ["GB", "en"]

# --- Africa ---
[[feeds]]
url = "https://b.test/rss"  # twice a day

# the end
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A file with two feeds and comments everywhere."""
    path = tmp_path / "feeds.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def urls(subs: tuple[Subscription, ...]) -> list[str]:
    """Return the addresses, in order."""
    return [sub.url for sub in subs]


def test_the_file_is_read_in_order(catalogue: Path):
    """Address and title; a missing file holds nothing."""
    assert read_catalogue(catalogue) == (
        Subscription(url="https://a.test/rss", title="A"),
        Subscription(url="https://b.test/rss"),
    )
    assert read_catalogue(catalogue.parent / "none.toml") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feeds]\n", ["line 1"]),
        (
            '[[feeds]]\nurl = "https://a.test/"\n\n[[feeds]]\nulr = "x"\n',
            ["feed 2, line 4", '"ulr"', '"url"'],
        ),
        ('[[feeds]]\ntitle = "x"\n', ["feed 1, line 1", "url is missing"]),
        ('[[feeds]]\nurl = "ftp://a.test/"\n', ["ftp://a.test/", "no http"]),
        ('[[feeds]]\nurl = "https://a.test/"\ntags = "GB"\n', ["tags"]),
        ('[[feeds]]\nurl = "https://a.test/"\ntitle = 3\n', ["title"]),
        ('[feeds]\nurl = "https://a.test/"\n', ["[[feeds]]"]),
        ("feed = 1\n", ['"feed"']),
        ("feeds = [1]\n", ["table"]),
    ],
)
def test_a_wrong_file_is_explained(tmp_path: Path, text: str, words: list[str]):
    """The file, the feed, the line, and what to write instead."""
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_catalogue(path)
    assert all(word in str(caught.value) for word in [str(path), *words])


def test_a_feed_written_twice_is_one_subscription(tmp_path: Path):
    """The first place, the first title."""
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feeds]]\nurl = "https://a.test:443/rss#x"\n'
        '[[feeds]]\nurl = "https://a.test/rss"\ntitle = "A"\n',
        encoding="utf-8",
    )
    assert read_catalogue(path) == (Subscription(url="https://a.test:443/rss#x", title="A"),)


def test_adding_appends_and_keeps_what_was_written(catalogue: Path):
    """What is there already, in any spelling, is counted and not added."""
    subs = [
        Subscription(url="https://c.test/rss", title='The "C"\\ Times'),
        Subscription(url="HTTPS://A.test/rss?utm_source=x"),
        Subscription(url="feed://d.test/rss"),
        Subscription(url="http://d.test/rss"),
    ]
    assert add(catalogue, subs) == (2, 2)
    assert catalogue.read_text(encoding="utf-8").startswith(FILE)
    assert read_catalogue(catalogue)[2:] == (
        Subscription(url="https://c.test/rss", title='The "C"\\ Times'),
        Subscription(url="http://d.test/rss"),
    )
    assert add(catalogue, subs) == (0, 4)
    assert [path.name for path in catalogue.parent.iterdir()] == ["feeds.toml"]


def test_adding_makes_the_file_and_its_folder(tmp_path: Path):
    """A first subscription needs no init."""
    path = tmp_path / "home" / "feeds.toml"
    assert add(path, [Subscription(url="https://a.test/rss")]) == (1, 0)
    assert urls(read_catalogue(path)) == ["https://a.test/rss"]


def test_nothing_is_written_when_something_is_wrong(catalogue: Path):
    """A bad address, a broken file, a list in one line: the file stays as it was."""
    good = Subscription(url="https://c.test/rss")
    with pytest.raises(ConfigError, match="ftp"):
        add(catalogue, [good, Subscription(url="ftp://x.test/")])
    assert catalogue.read_text(encoding="utf-8") == FILE
    catalogue.write_text('feeds = [{url = "https://a.test/"}]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[\[feeds\]\] table"):
        add(catalogue, [good])
    assert "c.test" not in catalogue.read_text(encoding="utf-8")


def test_twenty_thousand_feeds_are_added_in_seconds(tmp_path: Path):
    """An imported collection is one append."""
    path = tmp_path / "feeds.toml"
    subs = [Subscription(url=f"https://n{at}.test/rss", title=f"N {at}") for at in range(20_000)]
    with ends():
        assert add(path, subs) == (20_000, 0)
    assert path.read_text(encoding="utf-8").count("\n[[feeds]]\n") == 20_000


def test_removing_keeps_every_comment_and_the_other_feeds(catalogue: Path):
    """Known by any spelling of its address; unknown ones are counted."""
    assert remove(catalogue, ["a.test/rss", "https://nobody.test/"]) == (1, 1)
    text = catalogue.read_text(encoding="utf-8")
    assert urls(read_catalogue(catalogue)) == ["https://b.test/rss"]
    assert text.startswith("# mine\n")
    assert "# --- Africa ---\n[[feeds]]\n" in text
    assert remove(catalogue, ["https://b.test/rss"]) == (1, 0)
    assert read_catalogue(catalogue) == ()
    assert "# the end" in catalogue.read_text(encoding="utf-8")
    assert add(catalogue, [Subscription(url="https://b.test/rss")]) == (1, 0)


def test_a_file_that_cannot_be_edited_safely_is_left_alone(catalogue: Path):
    """A header inside a string would mislead the editor: it notices, and says so."""
    tricky = '[[feeds]]\nurl = "https://a.test/"\ntitle = """\n[[feeds]]\n"""\n' + FILE
    catalogue.write_text(tricky, encoding="utf-8")
    with pytest.raises(ConfigError, match="by hand"):
        remove(catalogue, ["https://b.test/rss"])
    assert catalogue.read_text(encoding="utf-8") == tricky


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://a.test/rss ", "https://a.test/rss"),
        ("feed://a.test/rss", "http://a.test/rss"),
        ("feed:https://a.test/rss", "https://a.test/rss"),
        ("a.test/rss", "https://a.test/rss"),
        ("a.test:8080/rss", "https://a.test:8080/rss"),
        ("http://localhost:8000/rss", "http://localhost:8000/rss"),
        ("mailto:x@a.test", None),
        ("file:///etc/passwd", None),
        ("hello", None),
        ("https://a.test/a b", None),
        ("", None),
    ],
)
def test_an_address_is_understood_as_people_write_it(text: str, url: str | None):
    """feed: and bare hosts are web addresses; other schemes and words are not."""
    assert normalize_feed_url(text) == url


OPML = b"""<?xml version="1.0"?>
<opml version="1.0"><head><title>mine</title></head><body>
  <outline text="News"><outline text="Deeper">
    <outline type="rss" text="A" xmlUrl="https://a.test/rss"/></outline>
    <outline text="B &amp; C" title="B" xmlurl="feed://b.test/rss"/></outline>
  <outline text="A again" xmlUrl="https://a.test/rss"/>
  <outline text="a folder"/>
</body></opml>"""


def test_opml_is_read_at_any_depth():
    """Folders are opened, addresses normalised, duplicates merged."""
    assert read_opml(OPML) == (
        Subscription(url="https://a.test/rss", title="A"),
        Subscription(url="http://b.test/rss", title="B"),
    )


def test_hostile_opml_opens_nothing(tmp_path: Path):
    """External entities stay closed."""
    secret = tmp_path / "secret"
    secret.write_text("swordfish", encoding="utf-8")
    text = OPML.replace(
        b"<opml", f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]><opml'.encode(), 1
    ).replace(b"</body>", b"&x;</body>")
    assert "swordfish" not in str(read_opml(text))


TITLES = st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(
    lambda text: text.strip() or None
)


SUBSCRIPTIONS = st.builds(
    Subscription, url=st.integers(0, 50).map("https://n{}.test/?a&b".format), title=TITLES
)


@given(st.lists(SUBSCRIPTIONS, unique_by=lambda sub: sub.url))
def test_what_is_exported_is_imported_again(subs: list[Subscription]):
    """Addresses come back in order, and titles where XML can hold them."""
    back = read_opml(write_opml(subs).encode())
    assert urls(back) == [sub.url for sub in subs]
    for sub, again in zip(subs, back, strict=True):
        if sub.title and sub.title.isascii():
            assert again.title == sub.title


def test_a_list_has_an_address_a_line():
    """Comments and blank lines are skipped; "#" inside an address is none."""
    text = (
        "# mine\nhttps://a.test/rss\n\n  b.test/rss  # B\nhttps://c.test/#x\nhttps://a.test/rss\n"
    )
    assert urls(read_url_list(text)) == [
        "https://a.test/rss",
        "https://b.test/rss",
        "https://c.test/#x",
    ]
    with pytest.raises(ConfigError, match='line 2: "two words"'):
        read_url_list("https://a.test/\ntwo words\n")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_imported_by_what_is_in_it(tmp_path: Path, bom: bytes):
    """OPML or a list, whatever its name."""
    path = tmp_path / "export.txt"
    path.write_bytes(bom + OPML)
    assert urls(import_file(path)) == ["https://a.test/rss", "http://b.test/rss"]
    path.write_bytes(bom + b"https://a.test/rss\n")
    assert urls(import_file(path)) == ["https://a.test/rss"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\xff\xff", "neither OPML nor a list"),
        (b"Dear Sir,\n", "line 1"),
        (b"<rss/>", "newshouse feeds add"),
        (b"<", "no OPML"),
        (b"<opml><body><outline xmlUrl='ftp://a.test'/></body></opml>", "ftp://a.test"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_neither_is_explained(tmp_path: Path, content: bytes | None, words: str):
    """In words, with the file's name."""
    path = tmp_path / "export.opml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"export\.opml") as caught:
        import_file(path)
    assert words in str(caught.value)


def test_the_starter_list_covers_the_world(tmp_path: Path):
    """Real tags: countries, and a dozen languages at least; every feed once."""
    path = tmp_path / "feeds.toml"
    path.write_text(starter_text(), encoding="utf-8")
    tables = tomllib.loads(starter_text())["feeds"]
    assert len(read_catalogue(path)) == len(tables) >= 55
    assert all(table["title"] and len(table["tags"]) == 2 for table in tables)
    countries, languages = zip(*(table["tags"] for table in tables), strict=True)
    assert all(code == "XX" or code in Locale("en").territories for code in countries)
    assert all(code in Locale("en").languages for code in languages)
    assert len(set(languages)) >= 12
    assert len(set(countries)) >= 30
