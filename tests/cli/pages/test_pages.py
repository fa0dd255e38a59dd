"""`newshouse explore` over real HTTP: what pages tell, and what they let nobody do."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

import duckdb
import pytest

from tests.cli.newsroom import CAFE, COPY, EMPTY, FERRY, PLAIN, url_of
from tests.cli.pages.conftest import HOSTILE, STYLED, Serve, Site
from tests.cli.terminal import ENDLESS
from tests.patience import ends

PAGES = ("/", "/?q=ferry", "/days", "/days?q=ferry", "/sources", "/sql", "/sql?q=FROM+articles",
         f"/article/{FERRY}", f"/article/{HOSTILE}", "/nowhere")  # fmt: skip


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and those left open."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it; it needs no end."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        assert self.open.pop() == tag


def hits(site: Site, **asked: str) -> list[str]:
    """Return the articles a search shows, in order."""
    answer = site.get(f"/?{urlencode(asked)}")
    assert answer.status == 200, answer.text
    return re.findall(r'<h2><a href="/article/(\w+)"', answer.text)


def test_the_first_page_shows_the_newest_articles_the_undated_by_when_they_were_seen(site: Site):
    """As many as there are."""
    found = hits(site)
    assert found[0] == COPY
    assert found[-1] == CAFE
    assert set(found) == {FERRY, COPY, CAFE, PLAIN, EMPTY, HOSTILE}


def test_a_search_shows_the_best_first_with_its_words_marked(site: Site):
    """In any inflection."""
    page = site.get("/?q=ferries").text
    assert set(hits(site, q="ferries")) == {FERRY, COPY, HOSTILE}
    assert "<mark>ferry</mark>" in page
    assert hits(site, q="title:again") == [FERRY]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "pier.test"}, {COPY}),
        ({"language": "fr"}, {CAFE}),
        ({"entity": "lodz ferries"}, {FERRY}),
        ({"since": "2026-11-21"}, {COPY}),
        ({"until": "2026-11-10"}, {CAFE}),
        ({"since": "2026-11-10", "until": "2026-11-10"}, {CAFE}),
        ({"q": "ferry", "source": "harbour.test"}, {FERRY}),
        ({"q": "ferry", "since": "2026-11-21"}, {COPY}),
        ({"q": "ferry", "language": "fr"}, set()),
    ],
)
def test_filters_let_through_what_they_say(site: Site, filters: dict[str, str], found: set[str]):
    """Alone and with words; the form shows them again."""
    assert set(hits(site, **filters)) == found
    page = site.get(f"/?{urlencode(filters)}").text
    for name, value in filters.items():
        assert f'value="{value}"' in page or f"<option selected>{value}" in page, name


def test_a_day_that_is_none_is_told_beside_the_form(site: Site):
    """And what was typed is not lost."""
    answer = site.get("/?q=ferry&since=yesterday")
    assert answer.status == 400
    assert "not &#39;yesterday&#39;" in answer.text
    assert 'value="ferry"' in answer.text
    assert site.get("/days?until=never").status == 400


def test_a_page_number_that_is_none_is_the_first(site: Site):
    """Nor may one be asked that costs as much as all."""
    for page in ("0", "-1", "x", "²", "999999999999999999999"):
        assert site.get(f"/?{urlencode({'page': page})}").status == 200
    assert "There are no more" in site.get("/?page=2").text


def test_an_address_in_the_search_box_leads_to_its_article(site: Site):
    """As `show` takes one."""
    answer = site.get(f"/?{urlencode({'q': url_of(COPY, 'pier.test')})}")
    assert (answer.status, answer.headers["location"]) == (303, f"/article/{COPY}")


def test_an_article_tells_what_show_tells(site: Site):
    """Text, versions and what changed, names, dates, story, claims, lineage."""
    page = site.get(f"/article/{FERRY}").text
    assert "It costs 7 euros." in page
    assert "It costs <mark>5</mark> euros." in page
    assert "correction, from" in page
    assert "Łódź Ferries" in page
    assert "<td>Friday</td>" in page
    assert f'href="/article/{COPY}"' in page
    assert "3 of 4 names and figures agree" in page
    assert "Harbour Times" in page
    assert "run1.warc.gz" in page
    assert "ab" * 32 in page
    assert f"newshouse show {FERRY} --raw --version 1" in page


def test_a_version_has_an_address_and_says_that_it_is_no_longer_current(site: Site):
    """One that never was has none."""
    page = site.get(f"/article/{FERRY}?version=1").text
    assert "It costs 5 euros. Nobody" in page
    assert "no longer the current one" in page
    assert site.get(f"/article/{FERRY}?version=3").status == 404


def test_an_unknown_article_is_not_found_and_the_nearest_is_named(site: Site):
    """A slip of a letter is seen."""
    answer = site.get("/article/ferryferryfx")
    assert answer.status == 404
    assert f"The nearest is {FERRY}" in answer.text
    assert site.get("/article/%00").status == 404
    assert site.get("/nowhere").status == 404


def test_sources_and_feeds_tell_what_status_tells(site: Site):
    """Counts, feeds in trouble and why, alarms, runs."""
    page = site.get("/sources").text
    assert "harbour.test" in page
    assert "the server answered 410 Gone" in page
    assert "feed gone" in page
    assert "1 active, 1 gone" in page
    assert "completed" in page


def test_days_are_charted_for_all_for_a_search_and_by_source(site: Site):
    """Each bar tells its number and leads to its articles."""
    page = site.get("/days").text
    assert "2026-11-10: 1 article</title>" in page
    assert "2026-11-12: 0 articles</title>" in page
    assert "2026-11-20: 4 articles</title>" in page
    assert 'href="/?since=2026-11-10&amp;until=2026-11-10"' in page
    assert "pier.test</a>" in page
    found = site.get("/days?q=ferry").text
    assert "2026-11-20: 2 articles</title>" in found
    assert "2026-11-10" not in found
    assert 'href="/?q=ferry&amp;since=2026-11-21&amp;until=2026-11-21"' in found
    assert "No article matches" in site.get("/days?q=zeppelin").text


def test_sql_is_answered_with_a_table_and_the_same_as_csv(site: Site):
    """The CSV is that of `newshouse sql`."""
    query = (
        "SELECT source, count(*) AS n, NULL AS none FROM articles "
        "WHERE source = 'harbour.test' GROUP BY ALL"
    )
    page = site.get(f"/sql?{urlencode({'q': query})}").text
    assert '<td class="num"><div class="cell">3</div></td>' in page
    assert '<span class="none">NULL</span>' in page
    answer = site.get(f"/sql.csv?{urlencode({'q': query})}")
    assert answer.text == "source,n,none\nharbour.test,3,\n"
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]


def test_sql_shows_its_first_rows_and_the_csv_has_all(site: Site):
    """A browser is no place for a million rows."""
    query = urlencode({"q": "FROM range(12345) AS r(n)"})
    page = site.get(f"/sql?{query}").text
    assert "The first 500 rows; the CSV has all" in page
    assert page.count('<div class="cell">') == 500
    assert site.get(f"/sql.csv?{query}").text.split() == ["n", *map(str, range(12345))]


def test_wrong_sql_shows_its_error_and_the_query(site: Site):
    """To be mended there."""
    answer = site.get("/sql?q=SELEC+1")
    assert answer.status == 400
    assert "syntax error at or near" in answer.text
    assert "SELEC 1</textarea>" in answer.text
    assert site.get("/sql.csv?q=SELEC+1").status == 400


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("DELETE FROM core.articles", "no DELETE"),
        ("COPY articles TO '/tmp/stolen.csv'", "no COPY"),
        ("ATTACH '/tmp/other.duckdb'", "no ATTACH"),
        ("SET enable_external_access = true", "no SET"),
        ("INSTALL httpfs", "no LOAD"),
        ("SELECT 1; USE memory", "no SET"),
        ("FROM read_text('/etc/passwd')", "file system operations are disabled"),
        ("FROM '/etc/passwd'", ""),
        ("EXPLAIN ANALYZE COPY articles TO '/tmp/stolen.csv'", "file system operations"),
        ("CREATE TABLE t AS SELECT 1", "read-only"),
        ("SELECT $a", "-p"),
    ],
)
def test_sql_of_a_page_reads_the_warehouse_and_nothing_else(site: Site, query: str, error: str):
    """Any site can make a browser ask this address: it must be harmless."""
    answer = site.get(f"/sql?{urlencode({'q': query})}")
    assert answer.status == 400
    assert error in answer.text
    assert "root:" not in answer.text


def test_a_query_that_another_site_sends_is_shown_and_not_run(site: Site):
    """Nor is its CSV."""
    page = site.get("/sql?q=SELECT+6*7", Sec_Fetch_Site="cross-site").text
    assert "SELECT 6*7</textarea>" in page
    assert ">42<" not in page
    assert ">42<" in site.get("/sql?q=SELECT+6*7", Sec_Fetch_Site="same-origin").text
    assert site.get("/sql.csv?q=SELECT+6*7", Sec_Fetch_Site="cross-site").status == 400


def test_a_query_is_stopped_after_its_time(own_site: Site):
    """And the site goes on."""
    with ends():
        answer = own_site.get(f"/sql?{urlencode({'q': ENDLESS})}")
    assert answer.status == 503
    assert "stopped after 1 seconds" in answer.text
    assert own_site.get("/").status == 200


def test_a_query_is_stopped_when_its_reader_goes_away(site: Site, serve: Serve):
    """Nobody waits for the answer."""
    patient = serve(site.home, sql_s=3600)
    before = threading.active_count()
    with socket.create_connection((patient.host, patient.port)) as opened:
        line = f"GET /sql?{urlencode({'q': ENDLESS})} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        opened.sendall(line.encode())
        time.sleep(1)
        assert _brakes() > 0
    with ends():
        while _brakes():
            time.sleep(0.05)
    assert threading.active_count() <= before + 2
    assert patient.get("/").status == 200


def _brakes() -> int:
    """Return how many questions are watched over."""
    return sum("_watch" in thread.name for thread in threading.enumerate())


@pytest.mark.parametrize("path", PAGES)
def test_what_strangers_wrote_stays_text(site: Site, path: str):
    """No tag of theirs, no script, no address but of the web, nothing loaded from elsewhere."""
    page = Tags(site.get(path).text)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag not in {"script", "img", "iframe", "style", "b onclick", "i", "u", "em", "s"}
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("href", "src", "action"):
            target = attributes.get(name)
            if target is None:
                continue
            if not target.startswith(("/", "#")):
                assert target.startswith(("http://", "https://"))
                assert "noopener" in (attributes["rel"] or "")
            assert not target.startswith("//")


def test_hostile_titles_texts_and_addresses_are_shown_as_they_are(site: Site):
    """Whole, and harmless."""
    page = site.get(f"/article/{HOSTILE}").text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert "&lt;/div&gt;&lt;script src=//evil.example&gt;" in page
    assert "&lt;u&gt;old&lt;/u&gt;" in page
    assert STYLED in page
    assert "<mark>&lt;i&gt;" not in page
    found = site.get("/?q=bold").text
    assert "<mark>bold</mark>" in found
    assert "&lt;" in found
    asked = site.get(f"/?{urlencode({'q': chr(34) + '><script>'})}").text
    assert 'value="&#34;&gt;&lt;script&gt;"' in asked


@pytest.mark.parametrize("path", [*PAGES, "/style.css", "/sql.csv?q=SELECT+1"])
def test_every_answer_forbids_scripts_frames_and_other_sites(site: Site, path: str):
    """Whatever slips through can do nothing."""
    headers = site.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example",
     "192.168.1.7", "[2001:db8::1]", "", "127.0.0.1@evil.example", "[::1].evil.example"],
)  # fmt: skip
def test_a_foreign_host_is_refused(site: Site, host: str):
    """A name that was made to point here is another site's."""
    answer = site.get("/", Host=host)
    assert answer.status in {400, 421}
    assert "ferry" not in answer.text.lower()


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9999", "127.0.0.1", "[::1]:8800", "LOCALHOST"]
)
def test_our_own_names_are_answered(site: Site, host: str):
    """Also those of a tunnel, which has another port."""
    assert site.get("/style.css", Host=host).status == 200


def test_nothing_but_reading_is_answered(site: Site):
    """There is nothing to post."""
    for method in ("POST", "PUT", "DELETE"):
        assert site.get("/sql?q=SELECT+1", method=method).status == 405
    assert site.get("/", method="HEAD").text == ""


def test_a_page_tells_of_when_it_is(site: Site):
    """The age of the snapshot."""
    assert re.search(r"as of 20\d\d-\d\d-\d\d \d\d:\d\dZ, \d+ \w+ ago", site.get("/").text)


def republish(site: Site, title: str) -> None:
    """Publish a snapshot in which the ferry has another title."""
    fresh = site.home.data / "fresh.duckdb"
    shutil.copyfile(site.home.published, fresh)
    with duckdb.connect(fresh) as con:
        con.execute(
            "UPDATE core.versions SET title = $1 WHERE article_id = $2 AND version = 2",
            [title, FERRY],
        )
        con.execute("CHECKPOINT")
    fresh.replace(site.home.published)


def test_pages_read_the_newest_snapshot_through_every_swap(own_site: Site):
    """Without an error, while others are read, and while a query holds an old one open."""
    failures: list[str] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            for path in (f"/article/{FERRY}", "/?q=ferry", "/sql?q=FROM+stories"):
                answer = own_site.get(path)
                if answer.status != 200:
                    failures.append(f"{path} {answer.status} {answer.text}")

    def hold() -> None:
        while not is_over.is_set():
            own_site.get(f"/sql?{urlencode({'q': ENDLESS})}")

    readers = [threading.Thread(target=target) for target in (read, read, hold)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            republish(own_site, f"Ferry number {number}")
            assert f"Ferry number {number}</h1>" in own_site.get(f"/article/{FERRY}").text
    finally:
        is_over.set()
        for reader in readers:
            reader.join()
    assert failures == []


def test_a_home_whose_warehouse_went_away_is_told(own_site: Site):
    """A page, not a trace."""
    own_site.home.published.unlink()
    answer = own_site.get("/sql?q=SELECT+1")
    assert answer.status in {400, 503}
    assert "newshouse ingest" in answer.text
