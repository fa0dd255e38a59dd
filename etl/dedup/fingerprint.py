"""An article with its repeats taken once, and what it is compared by."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, sha256

from etl.dedup.repeats import find_repeats
from etl.dedup.sketch import list_keys, sketch_text
from etl.records import Article, Fingerprinted, Sketch
from etl.words import normalize, tokenize

_HASH_BYTES = 16


def fingerprint(article: Article, *, min_repeat_words: int = 8) -> Fingerprinted:
    """Return `article` with repeated paragraphs kept once, its hash and what it is compared by.

    White space and punctuation make no difference to what repeats, to `content_hash` and to
    `shingles`; `text` and its hash keep them.

    Args:
        article: its paragraphs are the source of `text`.
        min_repeat_words: a paragraph of fewer words is kept however often it stands.
    """
    tokenized = [tokenize(normalize(paragraph)) for paragraph in article.paragraphs]
    repeats = find_repeats(tokenized, min_words=min_repeat_words)
    dropped = {repeat.paragraph for repeat in repeats}
    kept = [place for place in range(len(tokenized)) if place not in dropped]
    paragraphs = [article.paragraphs[place] for place in kept]
    text = "\n\n".join(paragraphs)
    tokens = [token for place in kept for token in tokenized[place]]
    sketch = sketch_text(article.title, paragraphs)
    return Fingerprinted(
        article=article,
        text=text,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        content_hash=hash_tokens(tokens),
        word_count=len(tokens),
        repeats=repeats,
        shingles=list_keys(sketch),
        sketch=sketch,
    )


def sketch_loose(title: str, paragraphs: Sequence[str], *, min_repeat_words: int) -> Sketch:
    """Return the sketch of a text that no page was extracted for, its repeats taken once."""
    tokenized = [tokenize(normalize(paragraph)) for paragraph in paragraphs]
    dropped = {one.paragraph for one in find_repeats(tokenized, min_words=min_repeat_words)}
    return sketch_text(
        title, [part for place, part in enumerate(paragraphs) if place not in dropped]
    )


def fingerprint_text(title: str, text: str) -> tuple[str, int, tuple[int, ...], Sketch]:
    """Return content hash, word count, keys and sketch of a text without its repeats."""
    tokens = [token for part in text.split("\n\n") for token in tokenize(normalize(part))]
    return hash_tokens(tokens), len(tokens), *sketch_whole(title, text)


def sketch_whole(title: str, text: str) -> tuple[tuple[int, ...], Sketch]:
    """Return keys and sketch of a text without its repeats."""
    sketch = sketch_text(title, text.split("\n\n"))
    return list_keys(sketch), sketch


def hash_tokens(tokens: Sequence[str]) -> str:
    """Return 128 bits, in hex, that two texts share if and only if they have the same tokens."""
    return blake2b(" ".join(tokens).encode(), digest_size=_HASH_BYTES).hexdigest()
