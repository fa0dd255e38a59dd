"""Keeps raw answers for ever, as standard WARC/1.1 files any WARC tool reads.

`WarcArchive` is the port `Archive`, `ArchiveReader` the port of that name; `check` looks after
the files themselves.
"""

from etl.archive.read import ArchiveReader
from etl.archive.write import WarcArchive

__all__ = ["ArchiveReader", "WarcArchive"]
