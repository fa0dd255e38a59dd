"""The editions of our rule sets, in one place: whoever makes one decide otherwise counts it up.

Apart from the rooms they name because those load their parsers, which take a second. What they
come to together is a `Derivation`; articles made by another one than the present are those that a
replay would change.
"""

from __future__ import annotations

EXTRACTOR = "newshouse-5"
"""How text and metadata are read off a page (`extract`)."""

FEED_EXTRACTOR = "feed-3"
"""How an article is made of what a feed carried (`extract.carried`)."""

FINGERPRINTER = "sketches-2"
"""What is taken for repeated, hashed, and compared (`dedup.fingerprint`)."""

NAMER = "names-4"
"""How names are marked and resolved (`tag`)."""

TIMEXER = "grammars-4"
"""How dates are found and resolved (`tag.dates`)."""

TAGGER = f"{NAMER}+{TIMEXER}"
"""How names and dates are marked (`tag`)."""

DEDUPLICATOR = "aligned-3"
"""Which articles are pairs and stories (`dedup.verdict`, `store.duplicates`)."""
