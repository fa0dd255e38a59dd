"""Opens the recognisers that are chosen, and has each read the texts of its languages."""

from __future__ import annotations

from collections.abc import Callable

from etl.ports import Recognizer
from etl.recognizers import ALL, DEFAULT, Choices, check_choices, name_tagger, settle
from etl.records import Span
from etl.tag.rules import RulesRecognizer


class ByLanguage:
    """Marks names by the recogniser that is chosen for the language of the text."""

    def __init__(self, name: str, recognizers: dict[str, Recognizer]) -> None:
        self.name = name
        self._recognizers = recognizers

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order."""
        chosen = self._recognizers.get(language or ALL) or self._recognizers[ALL]
        return chosen.recognize(text, language=language)


def open_recognizer(choices: Choices = DEFAULT) -> Recognizer:
    """Return the recogniser that `choices` come to; each model is loaded here, once.

    Raises:
        ConfigError: one is not installed.
    """
    check_choices(choices)
    settled = settle(choices)
    opened = {spec: _open(spec) for spec in sorted(set(settled.values()))}
    return ByLanguage(
        name_tagger(choices), {language: opened[spec] for language, spec in settled.items()}
    )


def _open(spec: str) -> Recognizer:
    """Return a recogniser, importing no more than it needs: workers start often."""
    library, _, model = spec.partition(":")
    return _OPENERS[library](model)


def _open_model(_: str) -> Recognizer:
    from etl.tag.english import ModelRecognizer  # noqa: PLC0415 - onnxruntime takes a quarter second
    from etl.tag.model.network import load_network, load_tokenizer  # noqa: PLC0415

    load_network()
    load_tokenizer()
    return ModelRecognizer(RulesRecognizer())


def _open_spacy(model: str) -> Recognizer:
    from etl.tag.backends.spacy import load  # noqa: PLC0415 - loaded where it is chosen

    return load(model)


def _open_gliner(model: str) -> Recognizer:
    from etl.tag.backends.gliner import load  # noqa: PLC0415 - loaded where it is chosen

    return load(model)


_OPENERS: dict[str, Callable[[str], Recognizer]] = {
    "model": _open_model,
    "rules": lambda _: RulesRecognizer(),
    "spacy": _open_spacy,
    "gliner": _open_gliner,
}
