"""Which recogniser marks the names of which language, and how that is called.

Apart from `tag`, whose word lists and models take their time to load, because commands ask it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from etl.errors import ConfigError
from etl.rulesets import TAGGER

Choices = tuple[tuple[str, str], ...]
"""Language (ISO 639-1, or "*" for all others) and recogniser: "model", "spacy:de_core_news_sm"."""

ALL = "*"
DEFAULT: Choices = ((ALL, "model"),)


def name_tagger(choices: Choices = DEFAULT) -> str:
    """Return what articles tagged by `choices` say they were tagged by: "names-1"."""
    settled = settle(choices)
    if settled == dict(DEFAULT):
        return TAGGER
    return " ".join([TAGGER, *(f"{key}={value}" for key, value in sorted(settled.items()))])


def check_choices(choices: Choices) -> None:
    """Find out whether each chosen recogniser is there, without loading any.

    Raises:
        ConfigError: one is not; the text says how to come by it.
    """
    for _, spec in choices:
        library, _, model = spec.partition(":")
        if not model:
            continue
        if find_spec(library) is None:
            raise ConfigError(
                f"tag.recognizer = {spec!r}: {library} is not installed; `pip install {library}` "
                'beside newshouse, or choose "model" or "rules"'
            )
        if library == "spacy" and find_spec(model) is None and not Path(model).is_dir():
            raise ConfigError(
                f"tag.recognizer = {spec!r}: there is no pipeline {model}; "
                f"`python -m spacy download {model}`, or give the folder of one"
            )


def settle(choices: Choices) -> dict[str, str]:
    """Return the recogniser of each language, that of all others among them."""
    return dict(DEFAULT) | dict(choices)
