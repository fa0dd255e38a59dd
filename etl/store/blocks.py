"""Database files as blocks: what each holds, in short, and copying only those that changed.

The grid is DuckDB's own, a header and blocks of 256 KiB, so that a block it rewrote is one of ours.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

HEADER_BYTES = 3 * 4096
BLOCK_BYTES = 256 << 10
STRETCH = 64
"""Blocks a thread takes at a time."""

MOST_THREADS = 4


def digest_blocks(path: Path) -> bytes:
    """Return the SHA-256 of the header and of every block, one after the other, 32 bytes each."""
    with path.open("rb") as source:
        return _go_through(source.fileno(), None, b"")


def copy_blocks(source: Path, target: Path, *, known: bytes) -> bytes:
    """Make `target` what `source` is, on disk, and return the digests of its blocks.

    Args:
        source: nobody writes to it meanwhile.
        target: is made if missing.
        known: the digests of the blocks that `target` has; those that `source` has too are not
            written. Empty: everything is.
    """
    opened = os.open(target, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with source.open("rb") as file:
            digests = _go_through(file.fileno(), opened, known)
            os.ftruncate(opened, os.fstat(file.fileno()).st_size)
        os.fsync(opened)
    finally:
        os.close(opened)
    return digests


def name_blocks(digests: bytes) -> str:
    """Return one digest of all blocks, hex: the SHA-256 of theirs."""
    return hashlib.sha256(digests).hexdigest()


def _go_through(source: int, target: int | None, known: bytes) -> bytes:
    count = -(-max(os.fstat(source).st_size - HEADER_BYTES, 0) // BLOCK_BYTES) + 1
    stretches = [range(at, min(at + STRETCH, count)) for at in range(0, count, STRETCH)]
    # Half the cores: readers are at work beside us. Hashing and reading let go of the GIL.
    threads = min(MOST_THREADS, max(1, (os.cpu_count() or 1) // 2))
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(_go_along, stretches, repeat(source), repeat(target), repeat(known))
        return b"".join(parts)


def _go_along(blocks: Sequence[int], source: int, target: int | None, known: bytes) -> bytes:
    digests = []
    for block in blocks:
        at = HEADER_BYTES + (block - 1) * BLOCK_BYTES if block else 0
        content = os.pread(source, BLOCK_BYTES if block else HEADER_BYTES, at)
        digest = hashlib.sha256(content).digest()
        if target is not None and digest != known[32 * block : 32 * block + 32]:
            _write(target, content, at)
        digests.append(digest)
    return b"".join(digests)


def _write(target: int, content: bytes, at: int) -> None:
    left = memoryview(content)
    while left:
        written = os.pwrite(target, left, at)
        left, at = left[written:], at + written
