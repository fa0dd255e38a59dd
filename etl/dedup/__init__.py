"""What an article repeats, what it is compared by, and how two versions of it differ."""

from etl.dedup.compare import classify_change
from etl.dedup.fingerprint import fingerprint, fingerprint_text, sketch_loose, sketch_whole
from etl.dedup.repeats import find_repeats

__all__ = [
    "classify_change", "find_repeats", "fingerprint", "fingerprint_text", "sketch_loose",
    "sketch_whole",
]  # fmt: skip
