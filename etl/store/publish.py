"""Giving readers a new snapshot without their noticing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from etl.store.blocks import copy_blocks, digest_blocks, name_blocks
from etl.store.snapshots import (
    KEPT,
    folder_of,
    keep_published,
    name_snapshot,
    sweep,
    sync_folder,
    take_spare,
    write_digests,
)

WHOLE, BLOCKS = "sha256", "sha256-of-blocks"
"""What a manifest's digest is of: the file, until newshouse 0.1, or the digests of its blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was last published: the digest both files had, the writer's and the readers'."""

    sha256: str
    file_bytes: int
    published_at: str
    form: str = WHOLE

    @property
    def name(self) -> str:
        """What the snapshot is called once another is published."""
        return name_snapshot(published_at=self.published_at, sha256=self.sha256)


def publish_snapshot(live: Path, published: Path, *, now: datetime, keep: int = KEPT) -> Manifest:
    """Give readers of `published` the closed database `live` in one step, and return its manifest.

    Readers that hold the old file keep it; those that open the name get the old or the new one
    whole. The new one is on disk before it is named, and digested on the way, so that `verify` can
    tell whether anyone but us changed either file. Its manifest waits under a name of its own
    until the snapshot is named: killed in between, `settle_publication` tells which of them is
    true.

    Args:
        live: the writer's database; nobody has it open.
        published: what readers open.
        now: the time of publication.
        keep: snapshots kept, the published one among them. From two on only the blocks that
            changed since the oldest of them are written; see `snapshots.take_spare`.
    """
    folder, fresh = folder_of(live), _fresh_path(published)
    fresh.unlink(missing_ok=True)
    known = take_spare(folder, fresh, keep=keep)
    digests = copy_blocks(live, fresh, known=known)
    manifest = Manifest(
        sha256=name_blocks(digests),
        file_bytes=fresh.stat().st_size,
        published_at=now.isoformat(),
        form=BLOCKS,
    )
    write_digests(folder, manifest.name, digests, of=fresh)
    _write_manifest(_pending_path(live), manifest)
    old = read_manifest(live)
    if old is not None and keep > 1 and published.exists():
        keep_published(folder, published, old.name)
    fresh.replace(published)
    sync_folder(published.parent)
    _pending_path(live).replace(manifest_path(live))
    mark_published(live)
    sweep(folder, published, name=manifest.name, keep=keep)
    return manifest


def restore_live(live: Path, published: Path) -> None:
    """Begin again from the snapshot when the writer's own database is gone.

    Without this, a new empty one would be published over everything readers had.
    """
    if live.exists() or not published.exists():
        return
    live.with_name(f"{live.name}.wal").unlink(missing_ok=True)
    fresh = live.with_name(f".{live.name}.new")
    shutil.copyfile(published, fresh)
    fresh.replace(live)


def settle_publication(live: Path, published: Path, *, keep: int = KEPT) -> None:
    """Finish or forget what a killed `publish_snapshot` left: the manifest names what is there."""
    pending = _read(_pending_path(live))
    if pending is not None:
        if published.exists() and is_named(published, [pending]):
            _pending_path(live).replace(manifest_path(live))
        else:
            _pending_path(live).unlink()
    _fresh_path(published).unlink(missing_ok=True)
    manifest = read_manifest(live)
    sweep(folder_of(live), published, name=manifest.name if manifest else None, keep=keep)


def mark_ahead(live: Path) -> None:
    """Record, on disk, that `live` is about to differ from what is published."""
    _ahead_path(live).touch()
    sync_folder(live.parent)


def mark_published(live: Path) -> None:
    """Record that `live` is what is published."""
    _ahead_path(live).unlink(missing_ok=True)


def is_ahead(live: Path) -> bool:
    """Return whether the writer has changed `live` since it was last published."""
    return _ahead_path(live).exists()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_database(path: Path) -> str:
    """Return the digest of a closed database that its manifest has, hex."""
    return name_blocks(digest_blocks(path))


def is_named(path: Path, manifests: Iterable[Manifest], *, sha256: str | None = None) -> bool:
    """Return whether one of `manifests` names the bytes of `path`, of either form.

    `sha256` is its `digest_database`, where that is known.
    """
    for manifest in manifests:
        if manifest.form == WHOLE:
            found = digest_file(path)
        else:
            found = sha256 = sha256 or digest_database(path)
        if found == manifest.sha256:
            return True
    return False


def manifest_path(live: Path) -> Path:
    """Return where the manifest of the warehouse at `live` lies."""
    return live.with_name("published.json")


def read_manifest(live: Path) -> Manifest | None:
    """Return the manifest last written, None when nothing was ever published."""
    return _read(manifest_path(live))


def read_manifests(live: Path) -> tuple[Manifest, ...]:
    """Return the manifests one of which names what is published: two if we were killed between."""
    found = (_read(manifest_path(live)), _read(_pending_path(live)))
    return tuple(manifest for manifest in found if manifest is not None)


def _pending_path(live: Path) -> Path:
    return live.with_name("publishing.json")


def _ahead_path(live: Path) -> Path:
    return live.with_name("unpublished")


def _fresh_path(published: Path) -> Path:
    return published.with_name(f".{published.name}.new")


def _read(path: Path) -> Manifest | None:
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None


def _write_manifest(path: Path, manifest: Manifest) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(manifest)) + "\n", "utf-8")
    fresh.replace(path)
