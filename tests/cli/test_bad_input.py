"""What goes wrong is said in a sentence, has an exit code, and costs nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from etl.store.connect import writer_lock
from tests.cli.newsroom import Run
from tests.net.site import Site, answer

PARAGRAPHS = [
    f"Paragraph {n} of the council's report says that the harbour bridge near Tromsø carries "
    f"{n}00 lorries a day, which the engineer Ingrid Solbakken called far too many in winter."
    for n in range(1, 5)
]
PAGE = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Bridge over limit</title>"
    "</head><body><article><h1>Bridge over limit</h1>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
)


def feed_of(*paths: str, port: int) -> bytes:
    """Return an RSS feed that lists pages of the site."""
    items = "".join(
        f"<item><title>Item {path}</title><link>http://127.0.0.1:{port}{path}</link>"
        f"<guid isPermaLink='false'>{path}</guid></item>"
        for path in paths
    )
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def test_bad_feeds_and_pages_are_stated_and_the_rest_is_ingested(
    run: Run, site: Site, tmp_path: Path
):
    """Every kind of bad feed and page at once, beside one good article of each charset."""
    html = {"content_type": "text/html"}
    site.plays |= {
        "/good.xml": answer(
            body=feed_of("/good", "/koi8", "/huge", "/missing", "/tiny", port=site.port)
        ),
        "/page.xml": answer(body=b"<!doctype html><html><body>Enable cookies</body></html>"),
        "/empty.xml": answer(body=b""),
        "/huge.xml": answer(body=b"<rss>" + b" " * 50_000_000),
        "/good": answer(body=PAGE.encode(), **html),
        "/koi8": answer(
            body=PAGE.replace("limit", "limits").encode(), content_type="text/html; charset=koi8-u"
        ),
        "/huge": answer(body=b"<p>" + b"a" * 50_000_000, **html),
        "/tiny": answer(body=b"<html><title>T</title><p>Too short to be news.</p></html>", **html),
    }
    here = f"http://127.0.0.1:{site.port}"
    feeds = [f"{here}/{name}.xml" for name in ("good", "page", "empty", "huge")]
    (tmp_path / "feeds.toml").write_text("")
    run("feeds", "add", *feeds, "http://127.0.0.1:1999/unreachable.xml")
    code, out, err = run("ingest", "--json")
    summary = json.loads(out.splitlines()[-1])
    assert code == 0, err
    assert (summary["feeds_polled"], summary["feeds_failed"]) == (5, 4)
    assert summary["articles_new"] == 2
    con = duckdb.connect(str(tmp_path / "data/news.duckdb"), read_only=True)
    reasons = dict(con.execute("SELECT title, outcome || ' ' || reason FROM entries").fetchall())
    texts = con.execute("SELECT text FROM articles").fetchall()
    errors = dict(con.execute("SELECT feed_url, last_error FROM feeds").fetchall())
    con.close()
    assert reasons == {
        "Item /good": None,
        "Item /koi8": None,
        "Item /huge": "rejected too_large",
        "Item /missing": "gave_up http_status",
        "Item /tiny": "rejected too_short",
    }
    assert all("Tromsø" in text for (text,) in texts)
    assert "HTML page" in errors[f"{here}/page.xml"]
    assert "empty" in errors[f"{here}/empty.xml"]
    assert "max_body_bytes" in errors[f"{here}/huge.xml"]
    assert "No connection" in errors["http://127.0.0.1:1999/unreachable.xml"]


def test_a_second_ingest_while_one_runs_says_who_writes(run: Run, tmp_path: Path):
    """Exit 3, and nothing is touched."""
    (tmp_path / "feeds.toml").write_text("[[feeds]]\nurl = 'http://127.0.0.1:9/f.xml'\n")
    with writer_lock(tmp_path / "data/warehouse"):
        code, _, err = run("ingest")
    assert code == 3
    assert "another newshouse is writing" in err


def test_a_typo_in_a_setting_names_the_key_and_the_nearest(run: Run, tmp_path: Path):
    """In the file and in the environment."""
    (tmp_path / "newshouse.toml").write_text("[fetch]\ntimeout = 3\n")
    code, _, err = run("config")
    assert code == 2
    assert "fetch.timeout" in err
    assert "did you mean 'fetch.timeout_s'" in err


def test_a_typo_in_the_environment_is_an_error_too(run: Run, monkeypatch: pytest.MonkeyPatch):
    """Else a misspelt override would silently do nothing."""
    monkeypatch.setenv("NEWSHOUSE_FETCH__TIMEOUTS", "3")
    code, _, err = run("config")
    assert code == 2
    assert "NEWSHOUSE_FETCH__TIMEOUTS" in err


def test_a_value_that_does_not_fit_names_its_key(run: Run, tmp_path: Path):
    """With where it was set."""
    (tmp_path / "newshouse.toml").write_text("[fetch]\nmax_redirects = 'many'\n")
    code, _, err = run("config")
    assert code == 2
    assert "newshouse.toml: fetch.max_redirects" in err


def test_a_home_that_cannot_be_written_is_said_so(run: Run, tmp_path: Path):
    """A file where the folder should be: what even root cannot write into."""
    (tmp_path / "file").write_text("")
    code, _, err = run("init", home=tmp_path / "file" / "home")
    assert code == 2
    assert "cannot write" in err


@pytest.mark.parametrize(
    "words", [("feeds", "add", "https://example.org/f.xml"), ("ingest",), ("demo",)]
)
def test_no_command_answers_an_unwritable_home_with_a_traceback(
    run: Run, tmp_path: Path, words: tuple[str, ...]
):
    """Each says what it could not write, or that there is nothing to do there."""
    (tmp_path / "file").write_text("")
    home = tmp_path / "file" / "home"
    keep = ("--keep", str(home)) if words == ("demo",) else ()
    code, _, err = run(*words, *keep, home=home)
    assert code in {1, 2}
    assert err.startswith("newshouse: ")


def test_an_ingest_without_feeds_says_how_to_get_some(run: Run):
    """Exit 2 and the command to type."""
    code, _, err = run("ingest")
    assert code == 2
    assert "newshouse feeds add" in err


def test_init_never_overwrites(run: Run, tmp_path: Path):
    """What is there stays as it is; the rest is added."""
    (tmp_path / "feeds.toml").write_text("# mine\n")
    code, out, _ = run("init")
    assert code == 0
    assert (tmp_path / "feeds.toml").read_text() == "# mine\n"
    assert "kept" in out
    assert (tmp_path / "data/news.duckdb").exists()


def test_config_says_where_each_value_came_from(run: Run, tmp_path: Path):
    """File, environment or default."""
    (tmp_path / "newshouse.toml").write_text("[refine]\nmin_chars = 50\n")
    _, out, _ = run("config", "--json")
    found = json.loads(out)
    assert found["refine.min_chars"] == {"value": 50, "origin": "newshouse.toml"}
    assert found["refine.workers"]["origin"] == "NEWSHOUSE_REFINE__WORKERS"
    assert found["tag.recognizer"]["origin"] == "default"


def test_feeds_can_be_added_listed_exported_imported_and_removed(run: Run, tmp_path: Path):
    """The round of a subscription."""
    run("feeds", "add", "https://example.org/a.xml", "--title", "A")
    run("feeds", "export", str(tmp_path / "out.opml"))
    run("feeds", "remove", "https://example.org/a.xml")
    assert run("feeds", "list")[1] == ""
    run("feeds", "import", str(tmp_path / "out.opml"))
    assert run("feeds", "list")[1] == "https://example.org/a.xml\tA\n"
    code, _, err = run("feeds", "remove", "https://example.org/other.xml")
    assert code == 2
    assert "not subscribed" in err


def test_a_new_home_asks_who_you_are_until_it_is_told(run: Run, tmp_path: Path):
    """Publishers meet the User-Agent: without a contact they can only block it."""
    asked = run("init", str(tmp_path / "new"))
    assert "contact_url" in asked[1]
    settings = tmp_path / "new" / "newshouse.toml"
    settings.write_text('[fetch]\ncontact_url = "https://example.org/us"\n', "utf-8")
    assert "contact_url" not in run("init", str(tmp_path / "new"))[1]
