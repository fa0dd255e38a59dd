"""The pages in a real browser, where Chromium is installed; it is no dependency of the project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.cli.newsroom import FERRY
from tests.cli.pages.conftest import HOSTILE, Site

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=390,844",
)  # fmt: skip
PATIENCE_S = 120
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium with a chromedriver is installed here"
)


class Browser:
    """A browser, driven by the WebDriver protocol (W3C) over loopback."""

    def __init__(self, driver: str, profile: Path) -> None:
        self._driver = driver
        options = {"binary": CHROMIUM, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{made['sessionId']}"

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        payload = None if method == "GET" else json.dumps(body or {}).encode()
        asked = Request(f"{self._driver}{path}", payload, method=method)
        with urlopen(asked, timeout=PATIENCE_S) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        """Go there."""
        self._call("POST", f"{self._session}/url", {"url": url})

    def find(self, css: str) -> list[str]:
        """Return what a selector finds."""
        found = self._call(
            "POST", f"{self._session}/elements", {"using": "css selector", "value": css}
        )
        return [each[ELEMENT] for each in found]

    def text(self, css: str) -> list[str]:
        """Return the texts a person sees."""
        return [
            self._call("GET", f"{self._session}/element/{each}/text") for each in self.find(css)
        ]

    def click(self, css: str) -> None:
        """Click the first that a selector finds."""
        self._call("POST", f"{self._session}/element/{self.find(css)[0]}/click")

    def type(self, css: str, text: str) -> None:
        """Type into the first that a selector finds, in place of what it holds."""
        path = f"{self._session}/element/{self.find(css)[0]}"
        self._call("POST", f"{path}/clear")
        self._call("POST", f"{path}/value", {"text": text})

    @property
    def url(self) -> str:
        """Where it is."""
        return str(self._call("GET", f"{self._session}/url"))

    def run(self, script: str) -> Any:
        """Return what a script of the test says, past the page's policy."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": []})

    def complaints(self) -> list[str]:
        """Return what the browser logged: refused scripts, missing files."""
        log = self._call("POST", f"{self._session}/se/log", {"type": "browser"})
        return [entry["message"] for entry in log]

    def quit(self) -> None:
        """Close it."""
        self._call("DELETE", self._session)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with an empty profile."""
    assert DRIVER is not None
    process = subprocess.Popen(
        [DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"HOME": str(tmp_path_factory.mktemp("browser-home"))},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        port = next(
            line.rstrip(".\n").rpartition("port ")[2]
            for line in process.stdout
            if "started successfully on port" in line
        )
        opened = Browser(f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("profile"))
        try:
            yield opened
        finally:
            opened.quit()
    finally:
        process.kill()
        process.wait()


def test_a_person_searches_reads_charts_and_asks(site: Site, browser: Browser):
    """By typing and clicking alone, on the screen of a telephone."""
    browser.open(f"{site.url}/")
    browser.type("#q", "title:again")
    browser.click(".ask button")
    assert browser.text(".hits h2") == ["Ferry runs again"]
    browser.click(".hits h2 a")
    assert browser.url.endswith(f"/article/{FERRY}")
    assert browser.text("h1") == ["Ferry runs again"]
    assert "It costs 5 euros." in browser.text("del")[0]
    browser.click("header a[href='/days']")
    assert len(browser.find("svg.chart .bar")) > 10
    browser.click("header a[href='/sql']")
    browser.type("#sql", "SELECT 6 * 7 AS answer")
    browser.click(".sql button")
    assert browser.text("table.result th") == ["answer"]
    assert browser.text("table.result td") == ["42"]
    assert browser.complaints() == []


def test_hostile_texts_run_nothing_and_the_browser_has_nothing_to_refuse(
    site: Site, browser: Browser
):
    """They are text: the policy, which would refuse a script, is not even needed."""
    for path in (f"/article/{HOSTILE}", "/", "/?q=ferry", f"/sql?q={quote('FROM articles')}"):
        browser.open(f"{site.url}{path}")
        assert browser.find("script, img, iframe, b[onclick]") == []
        assert "<script>alert('x')</script>" in browser.run("return document.body.innerText")
    assert browser.complaints() == []


@pytest.mark.parametrize(
    "path", ["/", "/days", "/sources", "/sql?q=FROM+articles", "/article/" + FERRY]
)
def test_no_page_is_wider_than_a_narrow_screen(site: Site, browser: Browser, path: str):
    """Tables scroll by themselves."""
    browser.open(f"{site.url}{path}")
    wide = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]


@pytest.mark.parametrize("path", ["/", "/days", "/sources", "/sql", "/article/" + FERRY])
def test_everything_has_a_name_for_those_who_do_not_see_it(site: Site, browser: Browser, path: str):
    """Fields have labels, links and buttons texts, the page a language and one headline."""
    browser.open(f"{site.url}{path}")
    unnamed = browser.run(
        "return [...document.querySelectorAll('input, select, textarea')]"
        ".filter(each => !each.labels.length).length"
        " + [...document.querySelectorAll('main a, button, summary')]"
        ".filter(each => !each.textContent.trim()).length"
    )
    assert unnamed == 0
    assert len(browser.find("h1")) == 1
    assert browser.run("return document.documentElement.lang") == "en"
