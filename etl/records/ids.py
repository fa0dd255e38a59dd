"""What everything is named by."""

from __future__ import annotations

import hashlib
from base64 import b32encode


def make_id(*parts: str) -> str:
    """Return a 12-character id (60 bits of SHA-256, lower-case base32) of `parts`.

    Twelve bytes is the longest string DuckDB keeps inline, so joins on ids cost what joins on
    integers cost. Parts are length-prefixed: ("ab", "c") and ("a", "bc") differ.
    """
    named = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest)[:12].decode("ascii").lower()
