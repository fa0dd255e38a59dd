"""What robots.txt says of machine use of pages; recorded, never judged.

Two ways are in use: denying the well-known agents that gather text for AI, by name, and stating
a preference ("Content-Signal", Cloudflare 2025; "Content-Usage", draft-ietf-aipref-attach).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego

from etl.records import UsageSignal

# As their operators document them, and as ai.robots.txt (github.com/ai-robots-txt) collects them.
AI_AGENTS = (
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "Andibot", "anthropic-ai", "Applebot-Extended",
    "Bytespider", "CCBot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "Claude-Web",
    "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "DeepSeekBot", "Diffbot",
    "DuckAssistBot", "FacebookBot", "Google-CloudVertexBot", "Google-Extended", "GPTBot",
    "ICC-Crawler", "ImagesiftBot", "Kangaroo Bot", "meta-externalagent", "meta-externalfetcher",
    "MistralAI-User", "OAI-SearchBot", "omgili", "Omgilibot", "PanguBot", "Perplexity-User",
    "PerplexityBot", "PetalBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended", "YouBot",
)  # fmt: skip
_BY_NAME = {agent.lower(): agent for agent in AI_AGENTS}
_PREFERENCES = {"content-signal": "Content-Signal", "content-usage": "Content-Usage"}
_WORTH_READING = re.compile(
    "|".join(re.escape(word) for word in (*_BY_NAME, *_PREFERENCES)), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Preference:
    signal: UsageSignal
    covers: Protego | None  # None: every page


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one robots.txt: AI agents it names, and the preferences that hold for us."""

    named: tuple[str, ...] = ()
    preferences: tuple[_Preference, ...] = ()

    def of_page(self, url: str, parsed: Protego) -> tuple[UsageSignal, ...]:
        """Return what holds for `url`: named agents denied it, and preferences, in file order."""
        denied = tuple(
            UsageSignal(source="robots", name=agent, value="disallow")
            for agent in self.named
            if not parsed.can_fetch(url, agent)
        )
        stated = tuple(
            each.signal
            for each in self.preferences
            if each.covers is None or not each.covers.can_fetch(url, "*")
        )
        return denied + stated


def read_signals(text: str, agent: str) -> Signals:
    """Return the signals of the robots.txt `text`; preferences are those for `*` and `agent`."""
    if not _WORTH_READING.search(text):
        return Signals()
    named: dict[str, None] = {}
    stated: dict[_Preference, None] = {}
    group: set[str] = set()
    is_naming = False
    for field, value in _lines(text):
        if field in {"user-agent", "useragent"}:
            group = {*group, value.lower()} if is_naming else {value.lower()}
            is_naming = True
            if (known := _BY_NAME.get(value.lower())) is not None:
                named[known] = None
            continue
        is_naming = False
        if field in _PREFERENCES and value and group & {"*", agent.lower()}:
            stated[_read_preference(_PREFERENCES[field], value)] = None
    return Signals(tuple(named), tuple(stated))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _read_preference(name: str, value: str) -> _Preference:
    signal = UsageSignal(source="robots", name=name, value=value)
    # Content-Usage may start with the path that it is about.
    path = value.split(maxsplit=1)[0] if value.startswith("/") else None
    covers = Protego.parse(f"User-agent: *\nDisallow: {path}\n") if path else None
    return _Preference(signal, covers)
