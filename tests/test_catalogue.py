"""Subscriptions: read, added, removed, imported and exported."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.catalogue import add, import_file, read_catalogue, remove, starter_text
from etl.errors import ConfigError
from etl.opml import clean_tags, normalize_feed_url, read_opml, read_url_list, write_opml
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
    """Address, title and tags; a missing file holds nothing."""
    assert read_catalogue(catalogue) == (
        Subscription(url="https://a.test/rss", title="A", tags=("GB", "en")),
        Subscription(url="https://b.test/rss"),
    )
    assert read_catalogue(catalogue.parent / "none.toml") == ()


def test_a_feed_may_say_where_its_pages_have_their_text(catalogue: Path):
    """As a CSS selector; it survives another feed being added, and what is none is told."""
    text = catalogue.read_text("utf-8") + 'text_in = "div.story > p"\n'
    catalogue.write_text(text.replace("# the end\n", ""), encoding="utf-8")
    add(catalogue, (Subscription(url="https://c.test/rss", text_in="article"),))
    assert [sub.text_in for sub in read_catalogue(catalogue)] == [None, "div.story > p", "article"]
    for wrong in ('"div >"', "3"):
        catalogue.write_text(f'[[feeds]]\nurl = "https://a.test/rss"\ntext_in = {wrong}\n', "utf-8")
        with pytest.raises(ConfigError, match="text_in"):
            read_catalogue(catalogue)


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
    """The first place, the first title, the tags of both."""
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feeds]]\nurl = "https://a.test:443/rss#x"\ntags = ["GB", " ", "en"]\n'
        '[[feeds]]\nurl = "https://a.test/rss"\ntitle = "A"\ntags = ["en", "world  news"]\n',
        encoding="utf-8",
    )
    assert read_catalogue(path) == (
        Subscription(url="https://a.test:443/rss#x", title="A", tags=("GB", "en", "world news")),
    )


def test_adding_appends_and_keeps_what_was_written(catalogue: Path):
    """What is there already, in any spelling, is counted and not added."""
    subs = [
        Subscription(url="https://c.test/rss", title='The "C"\\ Times', tags=("GB", 'a "b", c')),
        Subscription(url="HTTPS://A.test/rss?utm_source=x"),
        Subscription(url="feed://d.test/rss"),
        Subscription(url="http://d.test/rss"),
    ]
    assert add(catalogue, subs) == (2, 2)
    assert catalogue.read_text(encoding="utf-8").startswith(FILE)
    assert read_catalogue(catalogue)[2:] == (
        Subscription(url="https://c.test/rss", title='The "C"\\ Times', tags=("GB", 'a "b", c')),
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
  <outline text="News"><outline title="Deeper" text="x">
    <outline type="rss" text="A" xmlUrl="https://a.test/rss"/></outline>
    <outline text="B &amp; C" title="B" xmlurl="feed://b.test/rss" category="/World/Asia,News"/>
  </outline>
  <outline text="A again" xmlUrl="https://a.test/rss" category="daily"/>
  <outline text="a folder"/>
</body></opml>"""


def test_opml_is_read_at_any_depth():
    """Folders and categories are tags, addresses normalised, duplicates merged."""
    assert read_opml(OPML) == (
        Subscription(url="https://a.test/rss", title="A", tags=("News", "Deeper", "daily")),
        Subscription(url="http://b.test/rss", title="B", tags=("News", "World", "Asia")),
    )


def test_hostile_opml_opens_nothing(tmp_path: Path):
    """External entities stay closed."""
    secret = tmp_path / "secret"
    secret.write_text("swordfish", encoding="utf-8")
    text = OPML.replace(
        b"<opml", f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]><opml'.encode(), 1
    ).replace(b"</body>", b"&x;</body>")
    assert "swordfish" not in str(read_opml(text))


BOMB = b"""<!DOCTYPE opml [<!ENTITY a "%b">%b]><opml><body><outline text="&j;"
  xmlUrl="https://a.test/rss"/><outline text="b" xmlUrl="https://b.test/rss"/></body></opml>""" % (
    b"a" * 1000,
    b"".join(
        b'<!ENTITY %c "%b">' % (name, b"&%c;" % before * 30)
        for before, name in zip(b"abcdefghi", b"bcdefghij", strict=True)
    ),
)


@pytest.mark.parametrize(
    "document",
    [
        BOMB,
        b"<opml><body>" + b"<outline text='x'>" * 300_000,
        b"<opml><body>"
        + b"<outline text='x'>" * 200
        + b"<outline xmlUrl='https://a.test/'/>" * 50_000,
        b"<opml " + b"a='1' " * 200_000 + b"/>",
        b"<opml xmlns='" + b"u" * 1_000_000 + b"'>" + b"<outline/>" * 100_000 + b"</opml>",
        b"<opml>" + b" " * 40_000_000,
    ],
    ids=["bomb", "depth", "deep folders", "attributes", "namespace", "size"],
)
def test_hostile_opml_ends_well(document: bytes):
    """Subscriptions of ordinary size or a sentence, soon."""
    with ends(), suppress(ConfigError):
        assert all(len(str(sub)) < 1000 for sub in read_opml(document))


def test_a_hundred_thousand_outlines_are_read_and_written():
    """A large collection is no attack."""
    subs = [
        Subscription(url=f"https://n{at}.test/rss", tags=("a", str(at))) for at in range(100_000)
    ]
    with ends():
        assert read_opml(write_opml(subs).encode()) == tuple(subs)


def texts(*, max_size: int | None = None) -> st.SearchStrategy[str]:
    """Generate texts as people could type them into a title, without space at the ends."""
    characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
    typed = st.text(characters, min_size=1, max_size=max_size)
    return typed.map(lambda text: " ".join(text.split())).filter(bool)


SUBSCRIPTIONS = st.builds(
    Subscription,
    url=st.integers(0, 50).map("https://n{}.test/?a&b".format),
    title=st.none() | texts(),
    tags=st.lists(
        st.sampled_from(["News", "a, b", "x/y", "<&>"]) | texts(max_size=8), max_size=4
    ).map(clean_tags),
)


@given(st.lists(SUBSCRIPTIONS, unique_by=lambda sub: sub.url))
def test_what_is_exported_is_imported_again(subs: list[Subscription]):
    """Addresses, titles and tags come back, in order."""
    assert read_opml(write_opml(subs).encode()) == tuple(subs)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SUBSCRIPTIONS, unique_by=lambda sub: sub.url))
def test_what_is_added_is_read_again(tmp_path: Path, subs: list[Subscription]):
    """The file keeps what OPML brought, whatever characters are in it."""
    path = tmp_path / "feeds.toml"
    path.unlink(missing_ok=True)
    add(path, subs)
    assert read_catalogue(path) == tuple(subs)


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
