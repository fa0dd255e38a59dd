"""What makes an article of a page, besides the page."""

from __future__ import annotations

import json
from dataclasses import dataclass

from etl.records.ids import make_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Everything that decides what comes of archived bytes: rules, settings, libraries.

    The rule sets go by name and edition (see `rulesets`). `settings` are those that decide a
    result, as (section.key, value as JSON), and `libraries` what it depends on, as (name,
    version). Two of the same `derivation_id` make the same of the same page.
    """

    extractor: str
    feed_extractor: str
    fingerprinter: str
    tagger: str
    deduplicator: str
    newshouse_version: str
    settings: tuple[tuple[str, str], ...]
    libraries: tuple[tuple[str, str], ...]

    @property
    def settings_json(self) -> str:
        """The settings as JSON, the same for the same settings."""
        return _canonical({key: json.loads(value) for key, value in self.settings})

    @property
    def libraries_json(self) -> str:
        """The libraries as JSON, likewise."""
        return _canonical(dict(self.libraries))

    @property
    def derivation_id(self) -> str:
        """The id of all of it; `checks/derivations_are_what_they_say.sql` makes it too."""
        return make_id(
            "derivation", self.extractor, self.feed_extractor, self.fingerprinter, self.tagger,
            self.deduplicator, self.newshouse_version, self.settings_json, self.libraries_json,
        )  # fmt: skip


def _canonical(values: dict[str, object]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
