"""Settings: defaults, then `newshouse.toml`, then the environment; each value knows its origin."""

from __future__ import annotations

import difflib
import ipaddress
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from etl.defaults import MIN_CHARS, REFINE_TIMEOUT_S
from etl.durations import parse_duration_s
from etl.errors import ConfigError

PREFIX = "NEWSHOUSE_"
RESERVED = frozenset({"NEWSHOUSE_HOME"})


def _check_network(text: str) -> str:
    ipaddress.ip_network(text)
    return text


def _check_duration(text: str) -> str:
    parse_duration_s(text)
    return text


def _check_age_and_wait(text: str) -> str:
    age, _, wait = text.partition(":")
    if parse_duration_s(age) <= 0 or parse_duration_s(wait) <= 0:
        raise ValueError("write AGE:WAIT, like 3h:15m")
    return text


def _check_recognizers(chosen: str | dict[str, str]) -> str | dict[str, str]:
    for language, spec in ({"*": chosen} if isinstance(chosen, str) else chosen).items():
        if not re.fullmatch(r"[a-z]{2}|\*", language):
            raise ValueError(f"{language!r} is no language; write two letters like de, or *")
        if not re.fullmatch(r"model|rules|(spacy|gliner):\S+", spec):
            raise ValueError(f"{spec!r} is none of model, rules, spacy:NAME, gliner:NAME")
    return chosen


Network = Annotated[str, AfterValidator(_check_network)]
AgeAndWait = Annotated[str, AfterValidator(_check_age_and_wait)]
Recognizers = Annotated[str | dict[str, str], AfterValidator(_check_recognizers)]
Duration = Annotated[str, AfterValidator(_check_duration)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class FetchSettings(_Section):
    """How the web is asked."""

    timeout_s: float = Field(20.0, gt=0)
    """Seconds of silence after which an answer is given up."""
    total_timeout_s: float = Field(60.0, gt=0)
    """Seconds one exchange may take in all, redirects included."""
    max_body_bytes: int = Field(10_000_000, gt=0)
    """Longest body read, in bytes after decompression."""
    max_redirects: int = Field(10, ge=0)
    """Redirects followed before giving up."""
    concurrency: int = Field(64, ge=1)
    """Exchanges at once, over all hosts."""
    per_host_concurrency: int = Field(2, ge=1)
    """Exchanges at once with one host."""
    per_host_delay_s: float = Field(0.25, ge=0)
    """Least seconds between two questions to one host; a longer Crawl-delay wins."""
    respect_robots: bool = True
    """Ask robots.txt before fetching article pages."""
    contact_url: str = ""
    """A page about you, put into the User-Agent so that publishers can reach you."""
    allow_private: tuple[Network, ...] = ()
    """Networks the SSRF guard lets through though they are not public."""
    resolve: dict[str, str] = Field(default_factory=dict)
    """Connect elsewhere: {"host:port" = "address:port"}; the address is still guarded."""


class RefineSettings(_Section):
    """How pages become articles."""

    workers: int = Field(0, ge=0)
    """Worker processes; 0 = one a core."""
    timeout_s: float = Field(REFINE_TIMEOUT_S, gt=0)
    """Seconds one page may take before it is given up."""
    max_memory_mb: int = Field(1_000, ge=200)
    """Megabytes a worker process may come to before the page it works on is given up (Linux)."""
    min_chars: int = Field(MIN_CHARS, ge=0)
    """Shortest text that is an article, in characters."""


class DedupSettings(_Section):
    """How repeats are found."""

    min_repeat_words: int = Field(8, ge=1)
    """Shortest paragraph, in words, that is dropped when it stands twice in an article."""


class TagSettings(_Section):
    """How names and dates are found."""

    recognizer: Recognizers = "model"
    """"model" (English; lists elsewhere), "rules", "spacy:NAME", "gliner:NAME"; or {de = "..."}."""


class ScheduleSettings(_Section):
    """When feeds are asked."""

    every: Duration = "15m"
    """How often `newshouse serve` starts a run."""
    min_interval: Duration = "5m"
    """Shortest time between two polls of a feed."""
    max_interval: Duration = "1d"
    """Longest time between two polls of a feed."""
    audit_share: float = Field(0.01, ge=0, le=1)
    """Share of "not modified" answers checked by asking for the whole feed."""
    maintain: Duration = "1d"
    """How often `newshouse serve` also does `newshouse maintain`."""


class RevisitSettings(_Section):
    """When article pages are looked at again."""

    plan: tuple[AgeAndWait, ...] = ("3h:15m", "1d:3h", "7d:1d")
    """"AGE:WAIT": an article younger than AGE is looked at again after WAIT; older ones never."""
    per_host: int = Field(60, ge=0)
    """Most pages of one host looked at again in one run; the others wait for the next."""


class KeepSettings(_Section):
    """How long history is kept."""

    polls: Duration = "90d"
    """How long polls that brought nothing stay in `fetches`; what brought something stays."""
    snapshots: int = Field(2, ge=1)
    """Published snapshots kept, the current one among them; from 2 on publishing costs less."""
    outcomes: Duration = "365d"
    """How long `outcomes` that brought nothing stay: unchanged, known, failed, deferred."""
    runs: Duration = "365d"
    """How long runs that found nothing to do stay in `runs`."""
    alarms: Duration = "730d"
    """How long alarms that are over stay in `alarms`."""
    free_share: float = Field(0.3, gt=0, le=1)
    """Share of the database file that may be free before `newshouse maintain` writes it anew."""


class PublishSettings(_Section):
    """When readers get what a run has loaded."""

    every: Duration = "5m"
    """How often a run that lasts publishes what it has so far; each run publishes at its end."""


class AlarmSettings(_Section):
    """When what is strange is an alarm."""

    false_a_year: float = Field(0.05, gt=0, le=100)
    """False alarms you accept of each source in a year: fewer come later."""
    drift_articles: int = Field(20, ge=8, le=200)
    """How many last articles of a source are compared with those before."""
    lag: Duration = "3h"
    """Articles that come at least so much later than usual for their source are an alarm."""
    failure_share: float = Field(0.25, gt=0, le=1)
    """Share of questions for a source's pages that must fail, and be unusual, for an alarm."""
    backlog: Duration = "1d"
    """A hundred entries due for longer than this are an alarm."""


class ServeSettings(_Section):
    """The local Prefect server of `newshouse serve`."""

    host: str = "127.0.0.1"
    """Address it listens on."""
    port: int = Field(4200, ge=1, le=65535)
    """Port of its UI and API."""


class Settings(_Section):
    """Everything that can be set."""

    fetch: FetchSettings = FetchSettings()
    refine: RefineSettings = RefineSettings()
    dedup: DedupSettings = DedupSettings()
    tag: TagSettings = TagSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    revisit: RevisitSettings = RevisitSettings()
    keep: KeepSettings = KeepSettings()
    publish: PublishSettings = PublishSettings()
    alarms: AlarmSettings = AlarmSettings()
    serve: ServeSettings = ServeSettings()


def load_settings(home: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the effective settings of a home.

    Raises:
        ConfigError: a file that is no TOML, an unknown key, or a value that does not fit; the
            text names the key, where it stands, and the nearest valid one.
    """
    return load_with_origins(home, environ)[0]


def load_with_origins(
    home: Path, environ: Mapping[str, str] = os.environ
) -> tuple[Settings, dict[str, str]]:
    """Return the settings and, for each "section.key" that is not a default, where it was set."""
    values: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    path = home / "newshouse.toml"
    for key, value, origin in [*_from_file(path), *_from_environment(environ)]:
        section, name = _known(key, origin)
        values.setdefault(section, {})[name] = value
        origins[f"{section}.{name}"] = origin
    try:
        return Settings.model_validate(values), origins
    except ValidationError as error:
        raise ConfigError(_explain(error, origins)) from error


def list_keys() -> tuple[str, ...]:
    """Return every valid "section.key"."""
    return tuple(f"{section}.{name}" for section, fields in _sections() for name in fields)


def describe(key: str) -> str:
    """Return the one-line description of a valid "section.key"."""
    section, _, name = key.partition(".")
    return dict(_sections())[section][name].description or ""


def _sections() -> Iterator[tuple[str, dict[str, Any]]]:
    for section, field in Settings.model_fields.items():
        model: Any = field.annotation
        yield section, model.model_fields


def _from_file(path: Path) -> Iterator[tuple[str, Any, str]]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    for section, table in document.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{path.name}: unknown key {section!r}{_nearest(section)}")
        for name, value in table.items():
            yield f"{section}.{name}", value, path.name


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Any, str]]:
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable in RESERVED:
            continue
        key = variable.removeprefix(PREFIX).lower().replace("__", ".", 1)
        yield key, _read_value(text, variable), variable


def _read_value(text: str, variable: str) -> Any:
    if not text.startswith(("[", "{")):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError(
            f"{variable}: {text!r} is not valid JSON ({error}); write lists like "
            "'[\"127.77.0.0/16\"]'"
        ) from error


def _known(key: str, origin: str) -> tuple[str, str]:
    if key not in list_keys():
        raise ConfigError(f"{origin}: unknown setting {key!r}{_nearest(key)}")
    section, _, name = key.partition(".")
    return section, name


def _nearest(key: str) -> str:
    close = difflib.get_close_matches(key, list_keys(), n=1, cutoff=0.4)
    return f"; did you mean {close[0]!r}?" if close else "; `newshouse config` lists all"


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    lines = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"][:2])
        origin = origins.get(key, "default")
        lines.append(f"{origin}: {key} = {problem['input']!r}: {problem['msg']}")
    return "\n".join(lines)
