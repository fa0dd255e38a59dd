"""An article with its repeats taken once, and what it is compared by."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, sha256

from etl.dedup.repeats import find_repeats
from etl.dedup.shingles import sample_shingles
from etl.records import Article, Fingerprinted
from etl.words import normalize, tokenize

_HASH_BYTES = 16


def fingerprint(article: Article, *, min_repeat_words: int = 8) -> Fingerprinted:
    """Return `article` with repeated paragraphs kept once, its hashes and its shingles.

    White space, case and punctuation make no difference to what repeats, to `content_hash` and to
    `shingles`; `text` and its hash keep them.

    Args:
        article: its paragraphs are the source of `text`.
        min_repeat_words: a paragraph of fewer words is kept however often it stands.
    """
    tokenized = [tokenize(normalize(paragraph)) for paragraph in article.paragraphs]
    repeats = find_repeats(tokenized, min_words=min_repeat_words)
    dropped = {repeat.paragraph for repeat in repeats}
    kept = [place for place in range(len(tokenized)) if place not in dropped]
    text = "\n\n".join(article.paragraphs[place] for place in kept)
    tokens = [token for place in kept for token in tokenized[place]]
    return Fingerprinted(
        article=article,
        text=text,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        content_hash=hash_tokens(tokens),
        word_count=len(tokens),
        repeats=repeats,
        shingles=sample_shingles(tokens),
    )


def fingerprint_text(text: str) -> tuple[str, int, tuple[int, ...]]:
    """Return content hash, word count and shingles of a text whose repeats were dropped before."""
    tokens = [token for part in text.split("\n\n") for token in tokenize(normalize(part))]
    return hash_tokens(tokens), len(tokens), sample_shingles(tokens)


def hash_tokens(tokens: Sequence[str]) -> str:
    """Return 128 bits, in hex, that two texts share if and only if they have the same tokens."""
    return blake2b(" ".join(tokens).encode(), digest_size=_HASH_BYTES).hexdigest()
